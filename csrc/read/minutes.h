/* minutes.h - what the words say: fields, sections, people, actions, decisions, questions, risks.
 *
 * Reading never fails but for memory. Views lie in the document's text or in
 * its arena; spans always lie in the text.
 */
#ifndef PK_MINUTES_H
#define PK_MINUTES_H

#include "parse/blocks.h"
#include "profile/profile.h"

/* A day of the proleptic Gregorian calendar; year 0: none. */
struct pk_date {
    int16_t year;
    uint8_t month, day; /* from 1 */
};

bool pk_date_valid(struct pk_date);
int pk_date_compare(struct pk_date, struct pk_date);
int32_t pk_date_days(struct pk_date); /* days since 1970-01-01 */
struct pk_date pk_date_of_days(int32_t);
int pk_date_weekday(struct pk_date); /* 1 Monday to 7 Sunday (ISO 8601) */
bool pk_date_parse_iso(struct pk_view,
                       struct pk_date *); /* the whole view is YYYY-MM-DD and a valid day */
void pk_date_write(struct pk_buffer *, struct pk_date); /* YYYY-MM-DD */
/* In the language's own format, as a template's `date` is written. */
void pk_write_date(struct pk_buffer *, struct pk_date, const struct pk_language *);

struct pk_date pk_date_of_month(int year, int month,
                                int day); /* the last one, if `day` is beyond */
struct pk_date pk_date_after_months(struct pk_date, int months); /* likewise */
/* `count` working days after the day: not Saturday, Sunday or a holiday of the profile's. */
struct pk_date pk_date_after_working_days(struct pk_date, int count, const struct pk_profile *);

/* A time of day. */
struct pk_time {
    bool given;
    uint8_t hour, minute; /* hour to 24 */
};

/* How a date was found. */
enum pk_dated {
    PK_DATED_NONE,
    PK_DATED,         /* a day */
    PK_DATED_INVALID, /* looks like a date and is none: 2026-02-30 */
    PK_DATED_WORDS,   /* a period or an event that is no day: "next week", "ASAP" */
};

struct pk_field {
    enum pk_field_kind kind;
    struct pk_view id;    /* "date", or the profile's own name */
    struct pk_span label; /* empty in a title */
    struct pk_span span;  /* of the value; empty where the label stands alone */
    struct pk_view value; /* trimmed, without markup */
    struct pk_date date;  /* of PK_FIELD_DATE and PK_FIELD_NEXT_MEETING, where it is one */
    bool ambiguous;       /* 3/4/2026, which the language alone makes 3 April */
    bool invalid;         /* looks like a date and is none: 2026-02-30 */
    struct pk_span day;   /* the words of the date, also of an invalid one; empty: none */
    int weekday;          /* that stands beside it, 1 Monday to 7; 0: none */
    struct pk_span weekday_span;
    bool front_matter;
};

struct pk_section {
    int profile_section; /* index in the profile's list, -1: not one of them */
    enum pk_section_kind kind;
    struct pk_view title;    /* as written, without numbering */
    struct pk_span span;     /* of the title */
    uint8_t level;           /* of the heading; 7 for a bold or colon-ended line */
    uint32_t block;          /* the heading's or line's block */
    uint32_t first, end;     /* blocks [first, end) of its content, subsections included */
    uint32_t line, end_line; /* from 0 */
};

struct pk_person {
    struct pk_view name, role, organisation;
    PK_LIST(struct pk_view) contact; /* e-mail, phone, @handle */
    bool present;
    struct pk_span span;  /* of the name */
    struct pk_span whole; /* of the item, row or line */
    uint32_t line;        /* from 0 */
};

enum pk_source {
    PK_FROM_CHECKBOX,
    PK_FROM_KEYWORD,
    PK_FROM_SECTION,
    PK_FROM_TABLE,
    PK_FROM_FIELD,
    PK_FROM_SENTENCE,
};
extern const char *const pk_sources_names[]; /* "checkbox", "keyword", ... */

enum pk_state { PK_OPEN, PK_DONE, PK_CANCELLED };
extern const char *const pk_states[]; /* "open", "done", "cancelled" */

struct pk_owner {
    struct pk_view name; /* as written, without @ and markup */
    struct pk_span span;
    struct pk_view full_name; /* of whom is meant; empty: nobody we know */
    int person;               /* index in minutes->person; -1: none, or known by aliases alone */
};

struct pk_action {
    struct pk_span span; /* the item: from its first word to its last */
    struct pk_view text; /* what is to be done: no bullet, checkbox, owner and due phrases where
                            they stand clearly apart */
    PK_LIST(struct pk_owner) owner;
    enum pk_dated dated;
    struct pk_date due; /* year 0 unless dated == PK_DATED */
    bool due_ambiguous; /* another reader may name another day: 3/4/2026, "next Friday" */
    struct pk_time due_time;
    struct pk_view due_text;   /* as written; empty: none */
    struct pk_span due_span;   /* without due_text: a word for a missing date, "TBD" */
    struct pk_span due_day;    /* of it what names the day, without "by" */
    enum pk_opener due_opener; /* the word before that */
    bool due_relative;         /* a day counted from the meeting: "Friday", "in two weeks" */
    enum pk_state state;
    struct pk_view id; /* explicit id; empty: none */
    int section;       /* index in minutes->section, -1: before the first */
    enum pk_source source;
    bool naming;          /* it has no owner, but its words name somebody */
    uint32_t block;       /* the item's, row's or paragraph's block */
    struct pk_span box;   /* the checkbox or status cell; empty: none */
    struct pk_span said;  /* words that say its state beside a box: "(done)", "✅", or all that
                             is struck; empty: none */
    struct pk_date stamp; /* when it was done or dropped, as programs write it; year 0: unsaid */
    struct pk_span stamp_span; /* "✅ 2026-01-03", "[completion:: 2026-01-03]" */
};

/* The name of whom is meant, where the people tell; else the name as written. */
struct pk_view pk_owner_name(const struct pk_owner *);
/* Is an owner before the n-th the same one: "AL, Anna Lee"? */
bool pk_is_owner_again(const struct pk_action *, uint32_t number);

/* Which item it is, wherever it stands: a UUID (RFC 9562, version 8) of its
 * explicit id if that holds a letter ("A3"; a bare "1.2" only numbers the items
 * of one document), else of its text and owners - whoever is meant by them, where
 * that is known - in which case, punctuation, the order of the owners' names and the words for when
 * it is due do not count. */
struct pk_identity {
    char uuid[37]; /* with a NUL behind it */
};
struct pk_identity pk_identity_of(const struct pk_action *);

/* How a vote went. */
struct pk_votes {
    bool given;
    bool unanimous;
    int in_favour, against, abstained; /* -1: unsaid */
};

struct pk_decision {
    struct pk_span span;
    struct pk_view text;
    struct pk_view id;
    int section;
    uint32_t block;
    struct pk_votes votes;
};

/* What is marked as neither done with nor to be done: an open question, a risk. */
struct pk_point {
    struct pk_span span;
    struct pk_view text; /* without the word that marks it */
    struct pk_view id;
    int section; /* index in minutes->section, -1: before the first */
    uint32_t block;
};

struct pk_placeholder {
    struct pk_span span; /* with its braces */
};

/* A pattern of the profile that was given up, and the title it was given up on. */
struct pk_given_up {
    struct pk_span span;
    const struct pk_pattern *pattern;
};

struct pk_minutes {
    struct pk_arena *arena;
    const struct pk_library *library;
    const struct pk_profile *profile;
    const struct pk_language *language;
    enum pk_detail detail;
    struct pk_date today;
    struct pk_date date; /* of the meeting; year 0: not known */
    struct pk_blocks blocks;
    struct pk_flow *flow; /* by block, where reading asked for it; see pk_minutes_flow */
    struct pk_view title; /* of the document, without markup; empty: none */
    struct pk_span title_span;
    PK_LIST(struct pk_field) field;
    PK_LIST(struct pk_section) section;
    PK_LIST(struct pk_person) person;
    PK_LIST(struct pk_action) action;
    PK_LIST(struct pk_decision) decision;
    PK_LIST(struct pk_point) question; /* that stayed open */
    PK_LIST(struct pk_point) risk;
    PK_LIST(struct pk_placeholder) placeholder; /* {{...}} outside code */
    PK_LIST(struct pk_given_up) given_up;       /* each once */
    const struct pk_yaml *front;                /* front matter, NULL: none or broken */
    struct pk_error front_error; /* message not empty: broken; line counts in the document */
};

/* Reads the front matter of minutes whose blocks are parsed. What pk_yaml_read says. */
enum pk_status pk_front_read(struct pk_minutes *);
/* Where its YAML starts in the document; 0: there is none. */
uint32_t pk_front_start(const struct pk_minutes *);

struct pk_read_options {
    struct pk_view name; /* of the file, for its ending (.txt is plain text); may be empty */
    struct pk_view
        profile; /* id; empty: the document's own, then by its title words, then preferred */
    struct pk_view language; /* id; empty: front matter, then the words of the text */
    struct pk_view detail;   /* empty: front matter, then the profile's */
    struct pk_date today;    /* year 0: not known; nothing is overdue then */
};

/* PK_EINPUT: options name a profile, language or level there is not. */
enum pk_status pk_read(struct pk_arena *, const struct pk_library *, struct pk_view text,
                       const struct pk_read_options *, struct pk_minutes *out, struct pk_error *);

/* Are these minutes? By front matter `protokol:`, by title words of a profile, or
 * by most of a profile's required sections. Cheap: reads only headings. */
enum pk_status pk_is_minutes(const struct pk_library *, struct pk_view text, struct pk_view name,
                             bool *is);

/* pk_read where these are minutes, else nothing but *is set: what tells so is read once. */
enum pk_status pk_read_if_minutes(struct pk_arena *, const struct pk_library *, struct pk_view text,
                                  const struct pk_read_options *, struct pk_minutes *out, bool *is,
                                  struct pk_error *);

/* The flow of a heading, paragraph or cell of minutes that were read, made once and kept: nobody
 * need call pk_flow. Never NULL; without memory its text is empty. */
const struct pk_flow *pk_minutes_flow(const struct pk_minutes *, uint32_t block);
const struct pk_field *pk_minutes_field(const struct pk_minutes *,
                                        enum pk_field_kind); /* first with a value, or NULL */
const struct pk_section *pk_minutes_section(const struct pk_minutes *,
                                            enum pk_section_kind); /* or NULL */

/* The next sentence of a flow at or after *from: its bytes [*start, *end) there;
 * *from moves behind it. False: no more. Abbreviations of the language
 * ("и т.д.", "z. B.", "e.g."), initials ("Иванов И.И."), decimals, dates and
 * ordinals ("15. März") end no sentence. */
bool pk_sentence(const struct pk_minutes *, struct pk_view flow, size_t *from, size_t *start,
                 size_t *end);

#endif
