/* embedded.h - the YAML files that come with the program, as trees: made by the build
 * (face/embed.c), so that nobody waits for YAML to be read at every start. */
#ifndef PK_EMBEDDED_H
#define PK_EMBEDDED_H

#include <stdint.h>

/* A struct pk_yaml with numbers for pointers. Nodes stand in the order of the text, the root first.
 */
struct pk_packed_node {
    uint32_t key, key_length, value, value_length; /* bytes of `text` */
    uint32_t first, next;                          /* numbers of nodes; 0: none */
    uint32_t line, column, key_line, key_column;
    uint8_t kind, quoted;
};

struct pk_embedded {
    const char *name; /* "builtin/negotiation.yaml", "language/ru.yaml"; NULL ends the list */
    const char *text; /* keys and values, one behind the other */
    const struct pk_packed_node *node;
    uint32_t count; /* of nodes */
};

extern const struct pk_embedded pk_embedded[];

#endif
