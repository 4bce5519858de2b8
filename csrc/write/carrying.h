/* carrying.h - what the files share that carry minutes over. */
#ifndef PK_CARRYING_H
#define PK_CARRYING_H

#include "profile/template.h"
#include "read/minutes.h"

struct pk_carrying {
    const struct pk_minutes *previous;
    const struct pk_language *language; /* of the new minutes */
    struct pk_arena *arena;             /* the previous minutes' own */
    uint32_t leaf;                      /* the last one words were looked for in; 0: none yet */
    struct pk_flow flow;                /* of that leaf */
};

struct pk_values {
    PK_LIST(struct pk_value) value;
};

/* Unless it is empty. */
void pk_add_value(struct pk_carrying *, struct pk_values *, const char *key, struct pk_view);
bool pk_is_to_fill_in(struct pk_view); /* does it hold a placeholder? */

/* An item for the new minutes (carry_item.c): to be done, and done. */
struct pk_known pk_open_item(struct pk_carrying *, const struct pk_action *);
struct pk_known pk_closed_item(struct pk_carrying *, const struct pk_action *);

/* An action's words with their markup, in one line (wording.c). */
struct pk_view pk_wording_of(struct pk_carrying *, const struct pk_action *);

#endif
