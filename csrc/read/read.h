/* read.h - what the files of this floor share: what each of them finds in a document. */
#ifndef PK_READ_H
#define PK_READ_H

#include "read/reader.h"

/* -- Dates -- */

/* "from" opens a range of days and "to" closes it; the date is its last day. */
enum pk_days { PK_NO_RANGE, PK_RANGE_OPENED, PK_RANGE_CLOSED };

struct pk_when {
    enum pk_dated dated;
    struct pk_date date; /* of PK_DATED */
    struct pk_time time; /* of day, where one stands beside the date */
    bool ambiguous;      /* another reader may name another day */
    enum pk_days range;
    enum pk_opener opener; /* the due word or sign before it; a shape may ask for one */
    struct pk_range whole; /* all that belongs to it: the due word, machine signs */
    struct pk_range words; /* what to show */
    struct pk_range day;   /* of them what names the day, without the due word */
    bool relative;         /* counted from the meeting: "Friday", "in two weeks" */
};

/* Phrases that begin an expression of time, or open one. */
#define PK_TIME_KINDS                                                                              \
    (PK_KIND(PK_WORD_DUE) | PK_KIND(PK_WORD_COLUMN) | PK_KIND(PK_WORD_RANGE) |                     \
     PK_KIND(PK_WORD_MONTH) | PK_KIND(PK_WORD_WEEKDAY) | PK_KIND(PK_WORD_DAY) |                    \
     PK_KIND(PK_WORD_UNIT) | PK_KIND(PK_WORD_NEXT) | PK_KIND(PK_WORD_END) |                        \
     PK_KIND(PK_WORD_ENDS) | PK_KIND(PK_WORD_PERIOD) | PK_KIND(PK_WORD_NUMBER) |                   \
     PK_KIND(PK_WORD_EVENT))
/* The date, weekday or period that stands at `at` (when.c). */
bool pk_when_at(const struct pk_reader *, struct pk_view, size_t at, struct pk_when *);
/* Only a day in figures or with a month's name; `whole` is not set. */
bool pk_when_day(const struct pk_reader *, struct pk_view, size_t at, struct pk_when *);
/* Any date in the range: of a field or a title. */
bool pk_when_any(const struct pk_reader *, struct pk_view, struct pk_range, struct pk_when *);
/* The due date of an item (due.c). */
bool pk_when_due(const struct pk_reader *, struct pk_view, struct pk_range, struct pk_when *);

/* Shapes of expressions: what stands at `at`, if it is one. They fill dated, date, ambiguous
 * and words.end. */
typedef bool pk_shape(const struct pk_reader *, struct pk_view, size_t at, struct pk_when *);
pk_shape pk_calendar_at; /* in figures or with a month's name; without a year if it has none */
pk_shape pk_weekday_at;  /* "Friday", "пятница, 13 марта" */
pk_shape pk_period_at;   /* "next week", "Ende März", "Q2", "KW 12" */
pk_shape pk_amount_at;   /* behind a due word: "3 working days", "20 числа"; behind none
                            "2 days before the call", which makes the opener PK_COUNTED */

bool pk_say_when(struct pk_when *, enum pk_dated, size_t end); /* true */
/* That day, or only words where the meeting's date is not known. */
bool pk_say_day(const struct pk_reader *, struct pk_when *, struct pk_date, size_t end);
bool pk_say_event(const struct pk_reader *, struct pk_when *, size_t end); /* the next meeting's */
/* A number of at most four digits at `at`; how many digits, 0: none. */
size_t pk_number_at(struct pk_view, size_t at, int *number);
/* The weekday that stands beside a date, "Friday, 23.11.2026" or "23.11.2026 (Fr.)", and its
 * number, 1 Monday to 7; 0: none does (weekday.c). */
int pk_weekday_beside(const struct pk_reader *, const struct pk_flow *, const struct pk_when *,
                      struct pk_range *weekday);
/* German "Do" is Thursday, English "do" is not: a short word of another language. */
bool pk_is_foreign(const struct pk_reader *, const struct pk_phrase *);
/* The year that brings the day nearest to the meeting, rather after it than before. */
struct pk_date pk_date_near(struct pk_date day, struct pk_date meeting);
/* What the document's own dates tell of 3/4/2026: PK_YEAR_FIRST is nothing. */
enum pk_date_order pk_order_of_slashes(struct pk_view text);

/* A time of day at `at`, "14:00", "5 pm", "12 Uhr": its end, or 0 (clock.c). `bare`: "14.00"
 * and "18 часов" are times too. */
size_t pk_clock_at(const struct pk_reader *, struct pk_view, size_t at, bool bare,
                   struct pk_time *);
/* A time of day, "14:00" or "14.00 Uhr", as a range. */
bool pk_time_any(const struct pk_reader *, struct pk_view, struct pk_range, struct pk_range *);

/* What programs write beside an item (machine.c). */
enum pk_mark { PK_NO_MARK, PK_DUE_MARK, PK_OTHER_MARK /* done, scheduled, created ... */ };
/* The mark at `at`: when->whole is all of it. */
enum pk_mark pk_mark_at(const struct pk_reader *, struct pk_view, size_t at, struct pk_when *);

/* -- Names (names.c) -- */

enum pk_named {
    PK_NO_NAME,
    PK_MAYBE_NAME, /* capitalised words */
    PK_HEARD_NAME, /* a first name, or somebody who speaks or owns something elsewhere */
    PK_SURE_NAME,  /* @handle, initials, everybody, one of the people */
};

enum pk_named pk_name_at(const struct pk_reader *, struct pk_view, size_t at, size_t *end);
/* One name or several with commas and "and" between them; how sure we are of the least sure.
 * Ranges go to `names`, at most `room`. */
enum pk_named pk_names_at(const struct pk_reader *, struct pk_view, size_t at, size_t limit,
                          struct pk_range *names, uint32_t room, uint32_t *count, size_t *end);
/* Is somebody we know of named there, or do the words begin as with a name: "Ann Lee (mills)"? */
bool pk_names_somebody(const struct pk_reader *, struct pk_view, struct pk_range);
void pk_learn_name(struct pk_reader *, struct pk_view name);
bool pk_knows_name(const struct pk_reader *, struct pk_view name);
void pk_hear_name(struct pk_reader *, struct pk_view name);
void pk_hear_owner(struct pk_reader *, struct pk_view name); /* (heard.c) */

/* -- What is taken on (will.c) -- */

/* Values of PK_WORD_WILL. What begins with a dash is an ending. */
enum pk_will_value {
    PK_PROMISES = 1, /* takes something on whoever it is: "will" */
    PK_MUST,         /* does so behind a name that is known: "soll", "-ть" */
    PK_DOES,  /* does so, being the verb itself: "-ит" in "Мария подготовит" */
    PK_TELLS, /* never does: "says", "hat", "to the" */
    PK_BE,    /* does unless it is passive: "will be"; the endings are those of a passive */
};

/* What stands between names and what they take on. */
struct pk_will {
    size_t verb;   /* where what they take on begins; 0: nothing of the kind stands here */
    bool promises; /* "will", "to": takes it on whoever it is; not so "should", "can" */
    bool several;  /* words: "agreed to", "will try to" */
    bool is_verb;  /* they belong to what is done */
};

void pk_learn_endings(struct pk_reader *);
struct pk_will pk_will_at(const struct pk_reader *, struct pk_view, size_t at);
/* What the word at `at` is, or ends as: a verb that says what somebody is to do (PK_MUST:
 * "подготовить"), will do (PK_DOES: "подготовит", "kümmert") or only tells (PK_TELLS); 0: none. */
enum pk_will_value pk_verb_at(const struct pk_reader *, struct pk_view, size_t at);
/* Does the word at `at` say what somebody will do, with words behind it? "Anna fragt, ob" asks. */
bool pk_does_at(const struct pk_reader *, struct pk_view, size_t at);
/* Likewise of a word that is known to be such a verb. */
bool pk_does_something(struct pk_view, size_t at);
/* Does the sentence say what is to be done, be it with "soll" or with an infinitive? */
bool pk_has_will(const struct pk_reader *, struct pk_view, struct pk_range sentence);

/* -- Owners (owners.c) -- */

enum { PK_MOST_OWNERS = 16, PK_MOST_CUTS = 24 };

/* An item being taken apart. */
struct pk_item {
    const struct pk_flow *flow;
    struct pk_range range; /* the item in the flow */
    struct pk_range owner[PK_MOST_OWNERS];
    uint32_t owners;
    struct pk_when when;
    struct pk_range cut[PK_MOST_CUTS]; /* what is not part of the text */
    uint32_t cuts;
    bool opened;           /* behind a keyword: "ACTION: ..." */
    struct pk_range said;  /* words for its state */
    struct pk_range stamp; /* when it was done, as programs write it; not empty: `stamped` is set */
    struct pk_date stamped;
};

#define PK_OWNER_KINDS (PK_KIND(PK_WORD_OWNER) | PK_KIND(PK_WORD_COLUMN))
void pk_cut(struct pk_item *, struct pk_range);
void pk_cut_marks(const struct pk_reader *, struct pk_item *); /* those that tell no due date */
/* Brackets that hold nothing else go with it, and the "@" of `@due(...)`. */
struct pk_range pk_with_brackets(struct pk_view, struct pk_range item, struct pk_range found);
/* `firm`: the item is known to be an action, so a name alone at its start owns it. */
void pk_find_owners(const struct pk_reader *, struct pk_item *, bool firm);
/* Owners in a table's cell, or behind a label: every name in the range. */
void pk_take_owners(const struct pk_reader *, struct pk_item *, struct pk_range);
/* "Исполнитель: подготовить смету": a party of the meeting at `at`, not a label whose value,
 * which begins at `behind`, is a name. */
bool pk_is_party(const struct pk_reader *, struct pk_view, size_t at, size_t behind);
/* Does someone take something on here, "Anna will ...", "... soll ... (Jonas)"? And how sure
 * is it that this is a name? */
enum pk_named pk_takes_on(const struct pk_reader *, struct pk_item *);
/* Likewise, but only at its start, "Anna will ...": who it is goes to the item. */
enum pk_named pk_starts_promise(const struct pk_reader *, struct pk_item *);

void pk_own(struct pk_item *, const struct pk_range *names, uint32_t count);

/* -- Signatures (signature.c) -- */

/* The item's end without the due date that stands there and closing signs. */
size_t pk_last_word_end(const struct pk_item *);
/* Those who are named at its end, "... (Jonas)", "... - Jonas"; false: nobody is. */
bool pk_take_signature(const struct pk_reader *, struct pk_item *, bool firm);
/* Is somebody? Where what the name is put to ends, or 0. */
size_t pk_is_signed(const struct pk_reader *, const struct pk_flow *, struct pk_range);

/* -- Leads (lead.c) -- */

struct pk_lead {
    struct pk_range name[PK_MOST_OWNERS];
    uint32_t count;
    size_t end; /* behind the colon */
};

/* "Fa. Müller GmbH: ...", "Ann Lee (ACME): ...", "И.о. директора Петров В.В.: ..." at `start`. */
bool pk_lead_at(const struct pk_reader *, struct pk_view, size_t start, struct pk_lead *);
/* "Отв.: Борис, 04.12. — сделать ...": where the task begins behind a label and its names, which
 * go to the item with the due date before it; 0: it is none. */
size_t pk_task_behind_label(const struct pk_reader *, const struct pk_flow *, struct pk_item *);
/* Is it this, or names alone, that stand there in front of a colon? */
bool pk_names_lead(const struct pk_reader *, struct pk_view, size_t start);

/* -- Promises (promise.c) ------------------------------------------------------------- */

/* The sentences of a leaf in which somebody takes something on. */
struct pk_promises {
    struct pk_reader *reader;
    uint32_t leaf;
    const struct pk_flow *flow;
    struct pk_range range;
    bool entry; /* the leaf is an item of a list */
    /* their own: */
    size_t from, line_end;
    uint32_t line;
    bool promised; /* the sentence before did */
};

struct pk_promise {
    struct pk_range range;
    enum pk_named named;
    bool goes_on;        /* "And will ...": by those of the promise before */
    struct pk_item item; /* with those who are named at its start */
};

bool pk_next_promise(struct pk_promises *, struct pk_promise *);

/* -- Pledges (speaker.c) -- */

/* Sentences of a leaf in which a speaker takes something on: "Anna: I'll ...". */
struct pk_pledges {
    struct pk_reader *reader;
    uint32_t leaf;
    const struct pk_flow *flow;
    struct pk_range range;
    bool grouped; /* the leaf stands under somebody's name */
    /* their own: */
    uint32_t line;
    size_t from, end;
    struct pk_range speaker;
};

struct pk_pledge {
    struct pk_range speaker; /* empty: whose name stands above */
    struct pk_range task;
};

bool pk_next_pledge(struct pk_pledges *, struct pk_pledge *);

/* -- Items (item.c) -- */

/* Finds due date and owners, and cuts what stands apart from the text. */
void pk_take_apart(const struct pk_reader *, struct pk_item *, bool firm);
enum pk_state pk_state_in_words(const struct pk_reader *, struct pk_item *);
/* "✅ 2026-01-03", "[completion:: 2026-01-03]", "done:2026-01-03" (stamp.c): cut, and kept. */
void pk_take_stamp(struct pk_item *);
/* Where "2026-" stands, at or behind `at`, or the view's length: programs mark with such days. */
size_t pk_next_iso_day(struct pk_view, size_t at);
bool pk_state_of_cell(const struct pk_reader *, struct pk_view, enum pk_state *);
/* "Done, see the mail": the state a cell begins with; behind its word or sign. 0: none. */
size_t pk_state_leads(const struct pk_reader *, struct pk_view, enum pk_state *);
struct pk_view pk_take_id(struct pk_item *);
struct pk_view pk_text_left(struct pk_reader *, struct pk_item *); /* the item without its cuts */
bool pk_says_nothing(const struct pk_reader *, struct pk_view);    /* "none", "-", "____" */
void pk_set_due(struct pk_action *, const struct pk_item *);
void pk_set_owners(struct pk_reader *, struct pk_action *, const struct pk_item *);

/* -- Signs (signs.c) -- */

/* The ending, "-en" in the language file, that the word at `at` has; NULL: none of that kind. */
const struct pk_phrase *pk_ending_at(const struct pk_reader *, struct pk_view, size_t at,
                                     enum pk_word_kind);
/* Is the word at `at` an infinitive, in languages that tell it by its ending at the start? */
bool pk_infinitive_at(const struct pk_reader *, struct pk_view, size_t at);
/* Is its first clause an infinitive, "Prepare" in languages that tell it by its ending? */
bool pk_bids(const struct pk_reader *, struct pk_view, struct pk_range);
/* Does a sign that stands for a box open it: "☐ ..."; or "(❌) ...", if it bids somebody do
 * something? */
bool pk_signed_as_task(const struct pk_reader *, struct pk_view, struct pk_range);
/* Is the line of an item a section's title, "1.2 Open issues", rather than an entry? */
bool pk_is_board_title(const struct pk_reader *, struct pk_view line, bool holds_items,
                       enum pk_section_kind *);
/* Is the item but a day and people we know, "17.06.: Anna, Boris"? Then both are in it. */
bool pk_is_duty(const struct pk_reader *, struct pk_item *);

/* -- Orders (orders.c) -- */

/* "Отделу кадров (Ким) до 5 марта провести ...": a party in front of an infinitive, by its ending,
 * by the names in it, or `assigned` to it. Who goes to the item; where the verb is, 0: none. */
size_t pk_bidden_at(const struct pk_reader *, struct pk_view, size_t start, bool assigned,
                    struct pk_item *);

/* The same at the start of a sentence or entry, "Поручить" before it or, in a resolution, not. */
bool pk_is_bidden(const struct pk_reader *, struct pk_view, size_t start, bool resolution,
                  struct pk_item *, struct pk_range *task);

/* Does the sentence give somebody something to do: "поручает Иванову подготовить ...", "instructs
 * Anna to ..."; in a resolution also "учителям подготовить ..."? Who goes to the item, what to
 * `task`. */
bool pk_is_order(const struct pk_reader *, const struct pk_flow *, struct pk_range sentence,
                 bool resolution, struct pk_item *, struct pk_range *task);

/* Does the text tell how a vote went (votes.c)? */
bool pk_votes_in(const struct pk_reader *, struct pk_view, struct pk_votes *);
/* Does it tell that and nothing else? Numbers may still be placeholders. */
bool pk_is_mere_vote(const struct pk_reader *, struct pk_view);

/* -- The floors, in their order (one file each) -- */

void pk_read_sections(struct pk_reader *);
void pk_read_fields(struct pk_reader *);
void pk_read_told(struct pk_reader *); /* what tells of fields without a label */
void pk_read_next_meeting(struct pk_reader *);
void pk_read_people(struct pk_reader *);
void pk_read_aliases(struct pk_reader *); /* and all that tells whose a name is (match.c) */
void pk_read_heard(struct pk_reader *);
void pk_read_placeholders(struct pk_reader *);
void pk_read_actions(struct pk_reader *);
void pk_match_owners(struct pk_reader *); /* of actions to people (match.c) */
void pk_read_decisions(struct pk_reader *);

struct pk_span pk_front_span(const struct pk_reader *, struct pk_span in_yaml);
bool pk_read_action_table(struct pk_reader *, uint32_t table); /* false: not one of actions */
/* Are its entries items or rows? Then its paragraphs only speak about them. */
bool pk_lists_its_entries(struct pk_reader *, const struct pk_section *);

/* "СЛУШАЛИ: ..." and then "РЕШИЛИ:" in one paragraph of an item: what it ends with are entries. */
bool pk_ends_with_entries(const struct pk_reader *, uint32_t paragraph);
typedef void pk_on_entry(void *context, uint32_t block, const struct pk_flow *, struct pk_range);
/* A paragraph of a section as entries, which may be lines ("1.1. ...") or the whole. */
uint32_t pk_entries_of(struct pk_reader *, uint32_t block, pk_on_entry *, void *context);
/* Where the number behind that at `start` stands in the same text: "1. ... 2. ..."; its end: none.
 */
size_t pk_next_number(struct pk_view text, size_t start);
size_t pk_behind_mark(struct pk_view text,
                      size_t at); /* "1.1.", "2)", "•"; `at`: none stands there */
/* "Owner: ...", "Срок – ...": what such a line says about the item before it, as the column
 * it would fill; PK_COLUMN_OTHER: nothing. */
enum pk_column pk_attribute_at(const struct pk_reader *, const struct pk_flow *, size_t start);
/* Which column each cell of a table's first row heads; their count. */
uint32_t pk_columns_of(struct pk_reader *, uint32_t table, enum pk_column *column, uint32_t room);
/* Words that open an action, a decision, a question or a risk at the start of the range: where
 * what they open begins. Names that belong to it ("ACTION - Anna:", "TODO [Bob]:") go to the
 * item, which may be NULL. 0: none opens here. */
size_t pk_opened_by(const struct pk_reader *, const struct pk_flow *, struct pk_range,
                    enum pk_word_kind, struct pk_item *);
/* Does the range open as an open question or a risk, "Risk: ..."? The kind of the word, or 0. */
enum pk_word_kind pk_marked_as_point(const struct pk_reader *, const struct pk_flow *,
                                     struct pk_range, size_t *content);
/* Where in a leaf words open actions, decisions and the like, one after another: at the start of
 * a sentence, or of a line if a colon is behind the word. Set the first four members. */
struct pk_openings {
    const struct pk_reader *reader;
    const struct pk_flow *flow;
    struct pk_range range;
    uint32_t leaf;
    bool begun;
    uint32_t line;           /* the next one */
    size_t sentence, behind; /* where the next sentence starts, and where it ends */
    size_t word;             /* the next that may open something */
};

struct pk_opening {
    enum pk_word_kind kind; /* PK_WORD_ACTION, _DECISION, _QUESTION or _RISK */
    size_t start, content;  /* of the word; of what it opens */
    struct pk_item item;    /* with the names that belong to the word */
};

bool pk_next_opening(struct pk_openings *, struct pk_opening *);
bool pk_may_open(const struct pk_reader *, const struct pk_flow *); /* false: it has no such word */

/* Parses, and reads front matter and title: what choosing a profile needs. */
enum pk_status pk_reader_open(struct pk_reader *, struct pk_minutes *, struct pk_arena *,
                              const struct pk_library *, struct pk_view text, struct pk_view name);

/* -- What kind of document (detect.c) -- */

const struct pk_language *pk_detect_language(const struct pk_library *, struct pk_view text);
const struct pk_profile *pk_profile_of_title(const struct pk_library *, struct pk_view title);
bool pk_title_of_minutes(const struct pk_library *, struct pk_view title);
/* Are they minutes by what front matter or title say, which leaves the reader as it was? */
bool pk_head_tells_minutes(const struct pk_reader *);
/* By their sections or what else they hold? The reader is of no other use then. */
bool pk_body_tells_minutes(struct pk_reader *);

/* The one word of a line that is but a word, a number and a date: "П Р О Т О К О Л № 7 от 5 марта";
 * its letters, set together, in `out`. Empty: there are more words, or no room. */
struct pk_view pk_lone_word(const struct pk_library *, struct pk_view line, char *out, size_t room);

#endif
