/* profile.h - what good minutes of one kind look like, and in which words.
 *
 * A library holds languages and profiles. Built-in ones are YAML files beside
 * this header (builtin/, language/), embedded when the program is built. The
 * user's own stand in $XDG_CONFIG_HOME/protokol and its folder language, a
 * project's own is the nearest .protokol.yaml upwards of a document. A later
 * file of the same id is laid over the earlier one, key by key.
 *
 * A library is read-only once it is loaded and may serve many documents.
 */
#ifndef PK_PROFILE_H
#define PK_PROFILE_H

#include "text/text.h"
#include "text/words.h"
#include "text/yaml.h"

/* -- Vocabulary: what words mean, whatever the language -- */

/* What a phrase of a language file may be. The names in YAML are those of
 * pk_word_kinds[], in this order. A word's value is 0; in a list of lists, as
 * `months:` and `weekdays:` are, all of the n-th list have value n. */
enum pk_word_kind {
    PK_WORD_SECTION,   /* a section's title; value: enum pk_section_kind */
    PK_WORD_FIELD,     /* a meeting field's label; value: enum pk_field_kind */
    PK_WORD_COLUMN,    /* a table's column header; value: enum pk_column */
    PK_WORD_TITLE,     /* a word of a document's title that makes it minutes */
    PK_WORD_MEETING,   /* in a title with a date: these are minutes */
    PK_WORD_ACTION,    /* opens an action item: "action", "TODO", "поручение" */
    PK_WORD_DECISION,  /* opens a decision */
    PK_WORD_QUESTION,  /* opens an open question */
    PK_WORD_RISK,      /* opens a risk */
    PK_WORD_VOTE,      /* value: 1 for, 2 against, 3 abstained; 4 unanimous;
                          5 opens the counts: "vote 5/2/1" */
    PK_WORD_OWNER,     /* opens an owner: "owner", "отв.", "verantwortlich" */
    PK_WORD_DUE,       /* opens a due date; value: enum pk_opener */
    PK_WORD_DONE,      /* a status: done */
    PK_WORD_OPEN,      /* a status: not done */
    PK_WORD_CANCELLED, /* a status: dropped */
    PK_WORD_NOBODY,    /* stands where a value is missing: "TBD", "нет", "-" */
    PK_WORD_MONTH,     /* value: 1 to 12 */
    PK_WORD_WEEKDAY,   /* value: 1 (Monday) to 7 */
    PK_WORD_PERIOD,    /* a due phrase that is no date; value: 1 wherever it stands ("ASAP"), 2 only
                          first, last or in brackets ("later") */
    PK_WORD_DAY,       /* a day from today; value: 1 today, 2 tomorrow, 3 the day after */
    PK_WORD_UNIT,      /* of time; value: enum pk_unit */
    PK_WORD_NEXT, /* before a weekday, unit or event; value: 1 "this", 2 "next", "следующей",
                     3 "coming", "ближайшей" */
    PK_WORD_END,  /* before a unit or month; value: 1 "end of the", "конца", 2 "start of the",
                      3 "middle of the", 4 nearly so: "late", "early" */
    PK_WORD_AND,  /* between names: "and", "und", "и", "oder" */
    PK_WORD_WILL, /* between an owner and a verb; value: enum pk_will_value in read/read.h. What
                     begins with a dash is an ending: "-ть" */
    PK_WORD_SELF, /* opens what its speaker takes on; value: 1 "I'll", 2 with the verb in it, "ich
                     kläre", 3 only talks: "I'll be" */
    PK_WORD_ASSIGN,    /* gives what follows to those behind it: "instructs", "поручает"; value:
                          2 gives them what stands in front, "возложить на", 3 makes them
                          responsible for it, "назначить" */
    PK_WORD_PLAN,      /* in a line with a colon: a list of what is to be done comes; what
                                  begins with a dash is the ending of the last word of a clause that
                                  bids to do something ("-en") */
    PK_WORD_TOLD,      /* a verb of what was or is, "wurde": an infinitive with it bids nothing */
    PK_WORD_EVERYBODY, /* owners that are no names: "all", "alle", "все"; what begins with a
                          dash is the ending of many before an infinitive ("-ам") */
    PK_WORD_NUMBERING, /* opens a heading's number: "TOP", "П.", "Item" */
    PK_WORD_ABBREVIATION, /* its full stop ends no sentence */
    PK_WORD_COMMON,       /* frequent in running text: tells the language */
    PK_WORD_NUMBER,       /* before a unit; value: the number, "a" is 1 */
    PK_WORD_EVENT,        /* what people meet for: "meeting", "call", "встреча" */
    PK_WORD_RANGE,        /* of days; value: 1 opens it, "from", 2 joins its ends, "to" */
    PK_WORD_ENDS,  /* the end of a unit in one word, "EOW", "Monatsende"; value: enum pk_unit */
    PK_WORD_NAME,  /* a frequent first name */
    PK_WORD_VENUE, /* a place that is none on a map, "online", "Zoom"; value: 1 in the head of
                      minutes, 2 only in the title, 3 in a heading too, 4 marks a town: "г." */
    PK_WORD_KINDS
};

extern const char *const pk_word_kinds[PK_WORD_KINDS]; /* "section", "field", ... */

/* What a due word says of the date behind it. */
enum pk_opener {
    PK_UNOPENED,
    PK_UNTIL,   /* "by", "до", "bis", and labels such as "due", "срок" */
    PK_AROUND,  /* "on", "in", "в", "am" */
    PK_COUNTED, /* from the meeting, and "one" may be left out: "через неделю" */
    PK_AT,      /* only before a time of day: "at", "um" */
};

enum pk_unit {
    PK_UNIT_DAY = 1,
    PK_UNIT_WEEK,
    PK_UNIT_MONTH,
    PK_UNIT_QUARTER,
    PK_UNIT_YEAR,
    PK_UNIT_HOUR,
    PK_UNIT_WORKING_DAY,
    PK_UNIT_DAY_OF_MONTH, /* "20 числа" */
    PK_UNIT_THIS_YEAR,    /* behind day and month: "с.г.", "d. J." */
    PK_UNIT_CLOCK,        /* behind a time: "Uhr", "o'clock" */
};

/* The sections minutes are made of. A profile's section has one of these as
 * its kind: by its id, or by `kind:` for a section with an id of its own. */
enum pk_section_kind {
    PK_SECTION_OTHER,
    PK_SECTION_PARTICIPANTS,
    PK_SECTION_ABSENT,
    PK_SECTION_AGENDA,
    PK_SECTION_PURPOSE,
    PK_SECTION_TOPICS,
    PK_SECTION_OTHER_BUSINESS, /* topics that were on no agenda; they stand anywhere */
    PK_SECTION_AGREEMENTS,
    PK_SECTION_DECISIONS,
    PK_SECTION_ACTIONS,
    PK_SECTION_PAST_ACTIONS, /* a review of earlier items: no source of new ones */
    PK_SECTION_QUESTIONS,
    PK_SECTION_RISKS,
    PK_SECTION_NEXT_MEETING,
    PK_SECTION_CLOSING,
    PK_SECTION_ATTACHMENTS,
    PK_SECTION_KINDS
};
extern const char *const pk_section_kinds[PK_SECTION_KINDS]; /* "other", "participants", ... */

enum pk_field_kind {
    PK_FIELD_OTHER,
    PK_FIELD_DATE,
    PK_FIELD_TIME,
    PK_FIELD_PLACE,
    PK_FIELD_CLIENT,
    PK_FIELD_SUBJECT,
    PK_FIELD_CHAIR,
    PK_FIELD_SECRETARY,
    PK_FIELD_NUMBER,
    PK_FIELD_ORGANISATION,
    PK_FIELD_PARTICIPANTS, /* people in one line: "Present: A, B" */
    PK_FIELD_ABSENT,
    PK_FIELD_NEXT_MEETING,
    PK_FIELD_KINDS
};
extern const char *const pk_field_kinds[PK_FIELD_KINDS]; /* "other", "date", ... */

enum pk_column {
    PK_COLUMN_OTHER,
    PK_COLUMN_TASK,
    PK_COLUMN_OWNER,
    PK_COLUMN_DUE,
    PK_COLUMN_STATUS,
    PK_COLUMN_ID,
    PK_COLUMN_NAME,
    PK_COLUMN_ROLE,
    PK_COLUMN_ORGANISATION,
    PK_COLUMN_CONTACT,
    PK_COLUMN_PRESENT,
    PK_COLUMN_DECISION,
    PK_COLUMNS
};
extern const char *const pk_columns[PK_COLUMNS]; /* "other", "task", ... */

/* -- Words that rules look for -- */

/* One of them. */
struct pk_rule_word {
    struct pk_view group;         /* empty: the rule's first */
    const struct pk_yaml *better; /* NULL, or what to write instead: a text or a list of texts */
};

/* What one rule looks for in one language, or what it spares. */
struct pk_rule_list {
    struct pk_view rule, language; /* no language: any */
    bool spared;                   /* what these words cover is left alone */
    bool all;                      /* all that the language itself gives the rule is */
};

/* Those of a language's `rules:`, or of a profile's, in one table: a phrase's kind is the
 * number of its list, and pk_rule_word_of knows the word. */
struct pk_rule_words {
    struct pk_words words;
    PK_LIST(struct pk_rule_list) list;
    PK_LIST(struct pk_rule_word) word;
};

const struct pk_rule_word *pk_rule_word_of(const struct pk_rule_words *, const struct pk_phrase *);

/* -- Languages -- */

enum pk_date_order { PK_DAY_FIRST, PK_MONTH_FIRST, PK_YEAR_FIRST };

struct pk_language {
    struct pk_view id;              /* "ru" (BCP 47) */
    struct pk_view name;            /* "русский": in the language itself */
    uint16_t index;                 /* in the library; a pk_meaning's language */
    enum pk_date_order date_order;  /* of 3/4/2026 */
    struct pk_view date_format;     /* strftime-like, of %d %m %Y only: "%d.%m.%Y" */
    const struct pk_yaml *sections; /* section kind -> titles, the first is written */
    const struct pk_yaml *labels;   /* words that the template writes: date -> "Дата" */
    const struct pk_yaml *prompts; /* what a placeholder asks for: date -> "дата встречи" */
    const struct pk_yaml *rules; /* rule id -> {summary, help, messages: {English: translation}} */
    struct pk_rule_words rule_words;
    struct pk_view file;    /* where it was last read from; of a built-in one its name */
    struct pk_yaml *source; /* all of the file */
};

/* -- Profiles -- */

enum pk_detail { PK_BRIEF, PK_STANDARD, PK_DETAILED, PK_DETAILS };
extern const char *const pk_details[PK_DETAILS]; /* "brief", "standard", "detailed" */

/* Text that differs by level of detail, and by language if its author likes. */
struct pk_by_detail {
    const struct pk_yaml *text[PK_DETAILS]; /* NULL: none; see pk_text_for */
};

struct pk_profile_field {
    struct pk_view id;       /* "date", or a name of the profile's own */
    enum pk_field_kind kind; /* by id; PK_FIELD_OTHER for its own */
    bool required[PK_DETAILS];
    const struct pk_yaml *labels; /* NULL, or language -> label or list of labels beside the
                                     language's own, the first is written */
};

struct pk_profile_section {
    struct pk_view id;
    enum pk_section_kind kind;
    bool required[PK_DETAILS];        /* false: may be left out, and the template does so */
    const struct pk_yaml *severity;   /* NULL, or how grave its absence is: as in `rules` */
    struct pk_by_detail body;         /* template text; see write.h */
    const struct pk_pattern *pattern; /* NULL, or titles it knows beside the words */
    const struct pk_yaml
        *titles; /* NULL, or language -> title or list of titles, the first is written */
};

/* A day without work; year 0: in every year. */
struct pk_holiday {
    int16_t year;
    uint8_t month, day;
};

/* What the final text is given that leaves the house. */
struct pk_paper_wishes {
    PK_LIST(const char *) reference; /* paths of the house's documents whose styles it takes */
    bool signatures;                 /* a block to be signed */
    bool distribution;               /* a list of those who get a copy */
};

struct pk_profile {
    struct pk_view id;
    struct pk_view file;          /* where it was last read from; empty: built in */
    const struct pk_yaml *name;   /* language -> its name for menus */
    const struct pk_yaml *titles; /* language -> titles a document may have; the first is written */
    struct pk_view language;      /* empty: by the document */
    enum pk_detail detail;        /* where the document names none */
    struct pk_by_detail head;     /* template text before the first section */
    PK_LIST(struct pk_profile_field) field;
    PK_LIST(struct pk_profile_section) section; /* in the order they are to have */
    PK_LIST(struct pk_holiday) holiday;         /* in order */
    uint32_t response;    /* days in which a client is to answer what was sent; 0: none set */
    bool deemed_accepted; /* no answer in that time is a yes */
    struct pk_paper_wishes paper;
    const struct pk_yaml *aliases; /* NULL, or name -> other name or list of other names */
    const struct pk_yaml *rules;   /* rule id -> off | severity | {severity, option: value} */
    struct pk_rule_words rule_words;
    const struct pk_yaml *labels;  /* NULL, or language -> {key: text}: before the language's own */
    const struct pk_yaml *prompts; /* likewise */
    struct pk_yaml *source;        /* all of it, its base's members among them */
    struct pk_words words; /* its own titles: PK_WORD_SECTION with value = index in `section`,
                              PK_WORD_TITLE, PK_WORD_FIELD with value = index in `field` */
    const struct pk_styles *styles; /* NULL, or the house's own rules: see style.h */
    struct pk_words about;          /* words in a title of minutes that make them of this kind */
};

bool pk_is_holiday(const struct pk_profile *, struct pk_holiday day); /* NULL has none */

struct pk_library {
    struct pk_arena arena;
    PK_LIST(struct pk_language) language;
    PK_LIST(struct pk_profile *) profile;
    struct pk_words words;              /* of all languages together */
    const struct pk_profile *preferred; /* a project's own, or negotiation */
    bool project;                       /* a project's own */
    bool shares_words;                  /* with all libraries, which no one may write */
    struct pk_pattern *patterns;        /* all that were compiled, newest first */
    PK_LIST(const char *) style_path;   /* files and folders that rules of styles came from */
};

/* An empty library with the built-in languages and profiles in it. */
enum pk_status pk_library_open(struct pk_library **, struct pk_error *);
void pk_library_close(struct pk_library *); /* NULL is fine */

/* A profile or language from YAML text. `file` is for messages, and its stem
 * the id of a profile that names none (of ".protokol.yaml": its base, or the
 * preferred one). Nothing is added when it fails. */
enum pk_status pk_library_add_profile(struct pk_library *, struct pk_view yaml, const char *file,
                                      struct pk_error *);
enum pk_status pk_library_add_language(struct pk_library *, struct pk_view yaml, const char *file,
                                       struct pk_error *);

const struct pk_profile *pk_library_profile(const struct pk_library *,
                                            struct pk_view id); /* or NULL */
const struct pk_language *pk_library_language(const struct pk_library *,
                                              struct pk_view id); /* or NULL */

/* The language itself; English instead of one that is read only, having no labels. */
const struct pk_language *pk_language_to_write(const struct pk_library *,
                                               const struct pk_language *);

/* A label in that language; the key itself where there is none. */
struct pk_view pk_label(const struct pk_language *, const char *key);
/* An English sentence in that language, by its `says`; itself where it has none. */
struct pk_view pk_say(const struct pk_language *, const char *english);

/* The title the template writes for a section or the document. */
struct pk_view pk_section_title(const struct pk_profile_section *, const struct pk_language *);
struct pk_view pk_profile_title(const struct pk_profile *, const struct pk_language *);
/* The text of that level in that language, else the English one; empty: there is none. */
struct pk_view pk_text_for(const struct pk_by_detail *, enum pk_detail, const struct pk_language *);
/* Its name for menus. */
struct pk_view pk_profile_name(const struct pk_profile *, const struct pk_language *);

/* Patterns that hit their limit on a title of one document; start with a zeroed one. */
#define PK_PATTERNS_LIMIT 32 /* of one profile */
struct pk_costly {
    const struct pk_pattern *pattern[PK_PATTERNS_LIMIT];
    uint32_t count;
    bool no_memory; /* for a search: what was found does not count */
};

/* Which section of the profile bears this title, numbering ("3.", "III.",
 * "TOP 2:", "П. 4") and final colon aside: its index, or -1. *kind is set in
 * any case: titles are known by every language's words, also for sections the
 * profile does not have. Decisions stand in for agreements where a profile has
 * only these, and the other way round. A pattern that hits its limit joins the
 * costly ones, which are not tried. */
int pk_section_of_title(const struct pk_library *, const struct pk_profile *, struct pk_view title,
                        enum pk_section_kind *kind, struct pk_costly *);
/* Likewise of a title that pk_bare_title gave. */
int pk_section_of_bare(const struct pk_library *, const struct pk_profile *, struct pk_view bare,
                       enum pk_section_kind *kind, struct pk_costly *);
/* The kinds that the parts of a title name, "Agenda & notes", a bit for each; 0: some part names
 * none. `first` is its first part. */
uint32_t pk_kinds_of_title(const struct pk_library *, struct pk_view title, struct pk_view *first);
/* The title without numbering, final colon and surrounding blanks. */
struct pk_view pk_bare_title(const struct pk_library *, struct pk_view title);

/* -- Patterns: PCRE2, one door -- */

struct pk_pattern; /* compiled; freed with its library */

enum pk_match {
    PK_NO_MATCH,
    PK_MATCH,
    PK_MATCH_LIMIT, /* the limit was hit: pattern too costly here */
    PK_MATCH_NO_MEMORY
};

/* `file` is what it is called where the place of the pattern is told. */
enum pk_status pk_pattern_new(struct pk_library *, const struct pk_yaml *at, struct pk_view file,
                              struct pk_pattern **, struct pk_error *);
enum pk_match pk_pattern_find(const struct pk_pattern *, struct pk_view text, size_t from,
                              size_t *start, size_t *end);
struct pk_view pk_pattern_text(const struct pk_pattern *);  /* as its author wrote it */
struct pk_view pk_pattern_place(const struct pk_pattern *); /* file:line:column */

/* A pattern made from what an author wrote at `at`; ^ and $ match at every line, too. The
 * text must live as long as the library. */
struct pk_pattern_source {
    struct pk_view text, file;
    const struct pk_yaml *at;
    bool caseless;
};
enum pk_status pk_pattern_make(struct pk_library *, const struct pk_pattern_source *,
                               struct pk_pattern **, struct pk_error *);

/* For many searches by such patterns, in one thread. */
struct pk_matcher;
struct pk_matcher *pk_matcher_new(void); /* NULL: no memory */
void pk_matcher_free(struct pk_matcher *);
/* From here on so much time of the thread for all searches together, until it is called again;
 * then they give PK_MATCH_LIMIT. 0, as at first: no end. */
void pk_matcher_begin(struct pk_matcher *, uint64_t nanoseconds);

#define PK_FOUND_GROUPS 10
struct pk_found {
    size_t start, end;
    size_t group[PK_FOUND_GROUPS][2]; /* of $0 to $9; empty where not set */
    uint32_t mark;                    /* the number of the last (*:number) passed */
};
/* The text must be UTF-8. */
enum pk_match pk_matcher_find(struct pk_matcher *, const struct pk_pattern *, struct pk_view text,
                              size_t from, struct pk_found *);

/* -- Where profiles come from -- */

/* The files that bear on documents in `folder`, as found now: the user's, then
 * the nearest .protokol.yaml upwards. `signature` changes when one of them
 * appears, vanishes or is written, so a face may keep a library until then. */
struct pk_sources {
    PK_LIST(const char *) language;
    PK_LIST(const char *) profile; /* the project's own last */
    bool project;                  /* the last one is a project's own */
    uint64_t signature;
};

enum pk_status pk_sources_find(struct pk_arena *, const char *folder, struct pk_sources *);
/* A library with the built-ins and these files in it. */
enum pk_status pk_library_load(const struct pk_sources *, struct pk_library **, struct pk_error *);
/* As pk_library_add_profile, where the user's own files among the sources may be
 * the base, or hold the language. One of them that is `file` itself is left out;
 * one that is broken is no trouble unless it is the base. */
enum pk_status pk_library_add_among(struct pk_library *, const struct pk_sources *,
                                    struct pk_view yaml, const char *file, struct pk_error *);

#endif
