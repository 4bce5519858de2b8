/* embedded.h - the library of built-in languages and profiles, ready for use: made by the build
 * (face/embed.c), so that nobody waits at a start for YAML to be read and words to be gathered. */
#ifndef PK_EMBEDDED_H
#define PK_EMBEDDED_H

#include "profile/profile.h"

/* Read-only, with all that it leads to; its arena is empty. */
extern const struct pk_library *const pk_built_in;

/* A language's file or a profile's, by the name it has below csrc/profile/. */
struct pk_built_file {
    const char *name; /* "language/ru.yaml" */
    struct pk_view text;
};
/* The library of such files, the build's own. All that it leads to is in the arena: no literal of
 * the program, for it goes into another one. */
enum pk_status pk_library_build(struct pk_arena *, const struct pk_built_file *, size_t count,
                                struct pk_library **, struct pk_error *);

#endif
