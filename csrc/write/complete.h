/* complete.h - what may be meant by the words before the cursor: people and days.
 *
 * Behind a word that opens a due date ("by ", "срок: "), or in such a column of a table, days are
 * offered: today, tomorrow, the coming weekdays, the end of next week and of the month, counted
 * from the day of the meeting and written as the language writes dates. Elsewhere people are: those
 * who take part, and the @handles that the minutes have.
 */
#ifndef PK_COMPLETE_H
#define PK_COMPLETE_H

#include "read/minutes.h"

struct pk_candidate {
    struct pk_view text; /* what to write */
    struct pk_view note; /* what it is: "Friday", "head of sales"; may be empty */
};

struct pk_candidates {
    uint32_t start; /* offset: the text stands in place of bytes [start, cursor) */
    PK_LIST(struct pk_candidate) candidate; /* the likeliest first */
};

/* For a cursor at that offset. Memory is the minutes' own. */
void pk_complete(const struct pk_minutes *, uint32_t cursor, struct pk_candidates *);

#endif
