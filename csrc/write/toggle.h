/* toggle.h - open, done, cancelled: change the state of action items, as edits.
 *
 * Each item is marked where its kind keeps its state, and as the document
 * itself does it:
 *
 *   - a task item in its brackets: [ ] [x] [-];
 *   - a table's row in its status cell: by the word or sign that another row
 *     has there, else by a word of the cell's language;
 *   - anything else by a word in brackets behind it, "(done)", which stands
 *     before the full stop of a sentence. Such marks are taken away again,
 *     "✅" in front and what is struck out as well.
 *
 * The day is recorded where another item that is done has one: as
 * "✅ 2026-01-03", "[completion:: 2026-01-03]", "done:2026-01-03" and the like,
 * or in a table's column of such days. It goes when the item is opened again.
 */
#ifndef PK_TOGGLE_H
#define PK_TOGGLE_H

#include "lint/lint.h"

/* One item's. A fix: `title` is its text. */
struct pk_change {
    struct pk_fix fix;
    struct pk_span span; /* the item */
    enum pk_state from, to;
};

struct pk_changes {
    PK_LIST(struct pk_change) change;
};

struct pk_toggle {
    uint32_t line, end_line; /* lines [line, end_line), from 0 */
    uint32_t column;         /* bytes, from 0: which of several items on a single line is meant */
    int to;                  /* enum pk_state; -1: the next one */
};

/* The items on these lines, those of them that change. The next state of open is
 * done, that of others is open; where an open item is among several, only the open
 * ones become done. Cancelled ones that are to be cancelled are opened. Task items
 * that are no action items, as of who is present, are changed as well. */
void pk_toggle(const struct pk_minutes *, const struct pk_toggle *, struct pk_changes *);

#endif
