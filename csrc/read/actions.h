/* actions.h - what the files that look for action items share: one search. */
#ifndef PK_ACTIONS_H
#define PK_ACTIONS_H

#include "read/read.h"

/* What an item of a list is to those inside it. */
enum role {
    PLAIN,  /* nothing */
    GROUP,  /* a heading over its sub-items, perhaps their owner */
    ACTION, /* an action; its sub-items are details */
};

struct search {
    struct pk_reader *reader;
    uint8_t *role;    /* by block, of items */
    uint32_t colon;   /* the list whose last entry ended with a colon: the next may be its parts */
    int last;         /* the section-mate an attribute line belongs to: an action, or -1 */
    uint32_t heading; /* the last one */
    bool signing;     /* behind a line to sign on, below that heading */
    uint32_t given;   /* the list in which an entry said that tasks were given out */
    uint32_t column;  /* of what was decided, in the rows of [decided, decided_end) */
    uint32_t decided, decided_end;
};

/* A stretch of a leaf that may be an action. */
struct candidate {
    uint32_t block; /* the item, or the paragraph */
    const struct pk_flow *flow;
    struct pk_range range;
    enum pk_source source;
    enum pk_task task;
    struct pk_span box;
    bool firm; /* surely an action */
};

/* Takes the item apart, with the owners and state it brings, into the minutes. False: it is none.
 */
bool pk_add_action(struct search *, struct candidate *, struct pk_item *);

static inline bool pk_is_resolved(enum pk_section_kind kind)
{
    return kind == PK_SECTION_DECISIONS || kind == PK_SECTION_AGREEMENTS;
}

/* -- In running text (actions_text.c) -- */

/* What keywords open in a leaf. False: nothing. */
bool pk_find_keywords(struct search *, struct candidate *, uint32_t leaf);
/* Sentences that give somebody something to do, or in which somebody takes something on. */
void pk_find_sentences(struct search *, struct candidate *, uint32_t leaf, enum pk_section_kind);
/* An agreement is an action as well where it says who carries it out, or stands under a name. */
bool pk_has_owner(struct search *, const struct candidate *, struct pk_item *owner);

/* -- Groups, and what their items have from them (groups.c) -- */

uint32_t pk_outer_item(const struct pk_reader *, uint32_t item); /* or 0 */
/* An item that only gathers those inside it: it ends with a colon or is but a name. */
bool pk_is_group(const struct pk_reader *, uint32_t item, uint32_t paragraph,
                 const struct pk_flow *);
/* Who owns the groups an item stands in, the nearest first, however deep. */
bool pk_inherit(struct search *, uint32_t item, struct pk_item *names);
void pk_inherit_owners(struct search *, uint32_t item, struct pk_action *);
void pk_inherit_due(struct search *, struct pk_action *);

#endif
