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
};

void pk_edit_to(struct subject *, struct pk_span, struct pk_view);
/* A word of that state, in the language; as the language's file has it. */
struct pk_view pk_state_word(const struct pk_language *, enum pk_state);
/* The day, in the manner of another one: 3.1.26, 03.01.2026, 2026-01-03 ... */
struct pk_view pk_day_like(const struct pk_minutes *, struct pk_date, struct pk_view sample);

/* toggle_row.c: a row of a table that has a status cell, and a cell for the day, perhaps. */
void pk_toggle_row(struct subject *);
/* toggle_words.c: what has neither brackets nor a cell, and days that programs write. */
void pk_toggle_words(struct subject *);
void pk_toggle_stamp(struct subject *);

#endif
