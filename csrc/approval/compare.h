/* compare.h - what became of the items of one revision in another.
 *
 *     struct pk_comparison comparison;
 *     pk_compare(arena, &sent, &now, &comparison);
 *     ... comparison.difference ...
 *
 * Items are known again by an explicit id ("A3"), else by their identity (pk_identity_of), else by
 * their words without owners and due, else by how many words they share. What is internal
 * (internal.c) is no part of either: those who agree on the minutes never get to see it.
 */
#ifndef PK_COMPARE_H
#define PK_COMPARE_H

#include "approval/approval.h"

enum pk_compared {
    PK_COMPARED_FIELD, /* date, place ... of the meeting */
    PK_COMPARED_PERSON,
    PK_COMPARED_ACTION,
    PK_COMPARED_AGREEMENT,
    PK_COMPARED_DECISION,
    PK_COMPARED_QUESTION,
    PK_COMPARED_RISK,
    PK_COMPARED_KINDS
};
extern const char *const pk_compared[PK_COMPARED_KINDS]; /* "field", "person", ... */

enum pk_differing {
    PK_IS_ADDED,
    PK_IS_REMOVED,
    PK_IS_REWORDED,
    PK_IS_REOWNED,  /* another owner */
    PK_IS_MOVED,    /* another due date */
    PK_IS_RESTATED, /* open, done, cancelled; of a person present, absent */
    PK_IS_REVOTED,  /* the vote went otherwise */
    PK_DIFFERINGS
};
extern const char *const pk_differings[PK_DIFFERINGS]; /* "added", "removed", "reworded", ... */

struct pk_difference {
    enum pk_compared what;
    enum pk_differing how;
    struct pk_span old_span, new_span; /* of the item in either text; {0, 0}: it is not there */
    struct pk_view id;                 /* explicit; empty: none */
    struct pk_view text;               /* the item's words as they are now, of a removed one as
                                          they were */
    struct pk_view before, after;      /* what differs, in the language of the new minutes;
                                          empty when added or removed */
};

struct pk_comparison {
    const struct pk_minutes *old_minutes, *new_minutes;
    PK_LIST(struct pk_difference) difference; /* kind by kind, as in the new text; then removed
                                              ones */
    uint32_t added, removed, changed;         /* items */
    bool around; /* the items are the same, but other words differ (pk_canonical) */
};

/* Of each item of either text. Its cost grows with their number only, so that of thousands with
 * nearly the same words some may be told as removed and added. */
void pk_compare(struct pk_arena *, const struct pk_minutes *old_minutes,
                const struct pk_minutes *new_minutes, struct pk_comparison *);

/* "owner changed: action A3 "send the draft": Anna Weber -> Ben Lee" in that language. */
struct pk_view pk_difference_message(struct pk_arena *, const struct pk_language *,
                                     const struct pk_difference *);
/* "added: 2, removed: 1, changed: 3", or that nothing differs. */
struct pk_view pk_comparison_message(struct pk_arena *, const struct pk_comparison *);

#endif
