/* carry.h - what new minutes take over from earlier ones of the same series.
 *
 *     struct pk_carried carried;
 *     pk_carry_over(&previous, &template, &carried);
 *     pk_write_template(&out, &template);       the new minutes
 *     pk_apply(..., carried.edit.items, ...);   the old ones, if the user wants them marked
 *
 * Taken over are the fields that last (client, place, who leads ...), the people who were
 * there, and what is still to be done; what was done is listed where the profile has a section
 * for it (kind past-actions, with a body at that level of detail). An item keeps its words, owners
 * and explicit id, so that it is the same item in both; "by Friday" becomes the day it meant. A
 * comment behind it tells from which meeting it comes, the first one, however often it is carried.
 */
#ifndef PK_CARRY_H
#define PK_CARRY_H

#include "lint/lint.h"
#include "profile/template.h"

struct pk_carried {
    uint32_t open, closed;        /* how many items were taken over, and how many listed as done */
    PK_LIST(struct pk_edit) edit; /* of the earlier minutes: marks all that was taken over */
};

/* Adds to the template, whose profile, language and level of detail are chosen; values it has
 * already stay. What is added lives as long as the earlier minutes. */
void pk_carry_over(const struct pk_minutes *previous, struct pk_template *, struct pk_carried *);

#endif
