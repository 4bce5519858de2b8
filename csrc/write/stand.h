/* stand.h - where the approval of minutes stands, told to programs and to people. */
#ifndef PK_STAND_H
#define PK_STAND_H

#include "approval/approval.h"
#include "write/write.h"

struct pk_stood {
    const struct pk_minutes *minutes;
    const struct pk_language *language; /* in which people are told */
    struct pk_log log;
    struct pk_standing standing;
    bool settled; /* the client was asked for the level of detail */
};
void pk_stood_of(struct pk_arena *, const struct pk_minutes *, struct pk_stood *);

/* What is to be done before the next stand, in the document's language. */
struct pk_steps {
    PK_LIST(struct pk_view) step;
};
void pk_next_steps(struct pk_arena *, const struct pk_stood *, struct pk_steps *);

/* A record; without a file where that is empty. `since` is RFC 3339 or null. */
void pk_tell_status(struct pk_sink *, struct pk_arena *, const struct pk_stood *,
                    struct pk_view file);
/* "sent, revision 2, days: 4, it is the client's move": without a line end. */
void pk_text_stand(struct pk_buffer *, const struct pk_stood *);
/* That, with file, title and the next steps: lines. */
void pk_text_status(struct pk_buffer *, const struct pk_stood *, struct pk_view file);

#endif
