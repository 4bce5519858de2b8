/* export.h - lists of actions and decisions in the formats that people and programs read.
 *
 * A format is one C file in export/, found by the build. It writes each record
 * by itself, so that a face may sort, leave out and stop where it likes; what
 * stands before, between and behind the records is the same for any of them.
 * Exports go one way and are idempotent: the same minutes give the same bytes,
 * for nothing here asks for the time.
 */
#ifndef PK_EXPORT_H
#define PK_EXPORT_H

#include "write/write.h"

/* What a list is of. */
enum pk_listed { PK_RECORDS, PK_ACTIONS, PK_DECISIONS };

/* Where a record comes from, and how what is put around it is worded. */
struct pk_origin {
    const struct pk_minutes *minutes;
    struct pk_view file;
    const struct pk_language *language; /* of the whole list: its first document's */
};

struct pk_format {
    const char *name;    /* "csv", as in --format csv */
    const char *summary; /* for the help */
    bool any;            /* whoever has records to tell can write it: text, json, jsonl */
    bool once;           /* its readers take a key for one item: the latest state is written */
    bool dated;          /* a calendar's: what has no due date is easily overlooked there */

    /* Before the first record; NULL: nothing. Without a document the language may be NULL. */
    void (*head)(struct pk_buffer *, enum pk_listed, const struct pk_language *);
    /* One record; NULL: not a format for these. */
    void (*action)(struct pk_buffer *, const struct pk_origin *, const struct pk_action *);
    void (*decision)(struct pk_buffer *, const struct pk_origin *, const struct pk_decision *);
    /* Instead of `action`: cells, to be aligned when all are there (pk_text_rows). */
    struct pk_row (*row)(struct pk_arena *, const struct pk_minutes *, struct pk_view file,
                         const struct pk_action *);
    /* Behind each record, between two, behind the last; NULL: nothing. */
    const char *after, *between, *tail;
    const char *none; /* an empty list; NULL: head and tail */
};

/* All there are, the one for people first, NULL behind the last; the build gathers them. */
extern const struct pk_format *const pk_formats[];

/* -- What several formats say alike -- */

/* In the arena, in one line without control characters, as pk_text_plain. */
struct pk_view pk_one_line(struct pk_arena *, struct pk_view);
/* "Anna Weber, Tom Reed" */
struct pk_view pk_owners_line(struct pk_arena *, const struct pk_action *);
/* The due date, or the words for it; empty: none. */
struct pk_view pk_due_line(struct pk_arena *, const struct pk_action *);
/* "minutes/2026-03-12.md:30"; what is no UTF-8 becomes U+FFFD. */
struct pk_view pk_source_line(struct pk_arena *, const struct pk_origin *, struct pk_span);
/* With whom the meeting was, where the minutes say so: a task's project. */
struct pk_view pk_project_line(struct pk_arena *, const struct pk_minutes *);
/* As one word, a tag: "Anna_Weber". What is neither letter nor digit becomes "_". */
struct pk_view pk_tag(struct pk_arena *, struct pk_view);
/* The day a record is of: the meeting's, or today where that is not known. */
struct pk_date pk_day_of(const struct pk_minutes *);
/* An object without its line end: of json and jsonl. */
void pk_json_action(struct pk_buffer *, const struct pk_origin *, const struct pk_action *);
void pk_json_decision(struct pk_buffer *, const struct pk_origin *, const struct pk_decision *);

#endif
