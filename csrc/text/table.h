/* table.h - a number for each key, found at once however many there are. */
#ifndef PK_TABLE_H
#define PK_TABLE_H

#include "text/text.h"

/* Keys are bytes, told apart byte for byte; whoever made them keeps them. Start with a zeroed
 * table; its memory is the arena's. */
struct pk_table {
    struct pk_table_entry **bucket;
    uint32_t room, count;
};

/* The number of that key, 0 where it is new: read it, or write another. Never NULL; without
 * memory it leads to the arena's spill. */
uint32_t *pk_table_at(struct pk_arena *, struct pk_table *, struct pk_view key);
/* Likewise only of a key that is there; 0: it is not. */
uint32_t pk_table_find(const struct pk_table *, struct pk_view key);

#endif
