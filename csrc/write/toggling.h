/* toggling.h - what the files of toggle.h share. */
#ifndef PK_TOGGLING_H
#define PK_TOGGLING_H

#include "write/toggle.h"

/* An item whose state is to change. */
struct subject {
    const struct pk_minutes *minutes;
    const struct pk_action *action; /* NULL: a task item that is no action item */
    uint32_t block;
    enum pk_state from, to;
    struct pk_fix *fix;
    struct pk_likes *likes;
};

void pk_edit_to(struct subject *, struct pk_span, struct pk_view);
/* A word of that state, in the language; as the language's file has it. */
struct pk_view pk_state_word(const struct pk_language *, enum pk_state);
/* The day, in the manner of another one: 3.1.26, 03.01.2026, 2026-01-03 ... */
struct pk_view pk_day_like(const struct pk_minutes *, struct pk_date, struct pk_view sample);

/* toggle_like.c: others that are in a state, the nearest before the subject, else the first; NULL:
 * none is. Rows are those of its table. */
struct pk_likes *pk_likes_of(const struct pk_minutes *); /* NULL: out of memory */
const struct pk_action *pk_row_like(const struct subject *, enum pk_state);
const struct pk_action *pk_stamped_like(const struct subject *, enum pk_state);
const struct pk_action *pk_marked_like(const struct subject *, enum pk_state); /* the first */

/* What a row's cell says for its column to be one of days when things were done. */
struct pk_day_cell {
    struct pk_view day;
    bool other; /* neither a day of something done nor blank: against it */
    bool blank; /* and the item is open: for it */
};

/* All rows of the subject's table in that column. NULL: there is no such column. */
struct pk_day_column {
    uint32_t others, blanks;
    struct pk_view last, before_last; /* days */
};
const struct pk_day_column *pk_day_column_of(const struct subject *, uint32_t number);
struct pk_day_cell pk_day_cell_of(const struct pk_minutes *, const struct pk_action *,
                                  uint32_t cell);

/* toggle_row.c: a row of a table that has a status cell, and a cell for the day, perhaps. */
void pk_toggle_row(struct subject *);
/* toggle_words.c: what has neither brackets nor a cell, and days that programs write. */
void pk_toggle_words(struct subject *);
void pk_toggle_stamp(struct subject *);

#endif
