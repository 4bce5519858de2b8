/* pairing.h - which item of one revision is which of another; for compare.c. */
#ifndef PK_PAIRING_H
#define PK_PAIRING_H

#include "approval/compare.h"

#define PK_ALONE UINT32_MAX

/* An item as far as it can be known again. */
struct pk_comparable {
    enum pk_compared what;
    struct pk_span span;
    struct pk_view id;
    struct pk_view text;
    struct pk_view bare;    /* without owners and due, blanks as one */
    struct pk_view section; /* its title, folded */
    uint64_t owners;        /* digest of their names, in any order; 0: none */
    uint64_t identity;      /* digest; 0: none */
    const void *item;       /* struct pk_action ... */
    uint32_t pair;          /* index on the other side, or PK_ALONE */
};

struct pk_comparables {
    PK_LIST(struct pk_comparable) item; /* in the order of the text, kind by kind */
    const struct pk_minutes *minutes;
};

/* Sets `pair` on both sides. */
void pk_pair(struct pk_arena *, struct pk_comparables *old_side, struct pk_comparables *new_side);
/* Of those that are left, by how many words they share (likeness.c). */
void pk_pair_alike(struct pk_arena *, struct pk_comparables *old_side,
                   struct pk_comparables *new_side);

/* Agreements and decisions go by either name from one revision to the next. */
enum pk_compared pk_pool_of(enum pk_compared);
/* "A3", but not "3": a mere number is that of a row. */
bool pk_is_naming(struct pk_view id);

#endif
