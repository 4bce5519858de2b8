/* embedded.h - the YAML files that come with the program, made by the build. */
#ifndef PK_EMBEDDED_H
#define PK_EMBEDDED_H

#include <stddef.h>

struct pk_embedded {
    const char *name; /* "builtin/negotiation.yaml", "language/ru.yaml"; NULL ends the list */
    const char *text; /* with a NUL behind it */
    size_t length;    /* bytes */
};

extern const struct pk_embedded pk_embedded[];

#endif
