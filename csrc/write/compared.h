/* compared.h - what differs between two revisions, told to programs and to people. */
#ifndef PK_COMPARED_H
#define PK_COMPARED_H

#include "approval/compare.h"
#include "write/write.h"

/* A record; without a file where that is empty. */
void pk_tell_difference(struct pk_sink *, struct pk_arena *, const struct pk_comparison *,
                        struct pk_view file, const struct pk_difference *);
/* file:line:column: message; of what is there no more, in the old file. */
void pk_text_difference(struct pk_buffer *, const struct pk_comparison *, struct pk_view old_file,
                        struct pk_view new_file, const struct pk_difference *);

#endif
