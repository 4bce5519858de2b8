/* yaml.h - YAML as a small tree, for profiles, languages and front matter.
 *
 * The one door to libyaml. What is refused, with a place: aliases and anchors,
 * tags, duplicate keys, keys that are no scalars, more than one document,
 * depth over 16, more than 256 KiB, more than 50,000 values. What is not UTF-8
 * or holds control characters is no YAML. Reading stops at the first such
 * place, so that hostile text costs no more than a plain one of its size.
 */
#ifndef PK_YAML_H
#define PK_YAML_H

#include "text/text.h"

enum pk_yaml_kind { PK_YAML_SCALAR, PK_YAML_LIST, PK_YAML_MAP };

struct pk_yaml {
    enum pk_yaml_kind kind;
    bool quoted;          /* a scalar in quotes or a block scalar: never null, a number or a date */
    struct pk_view value; /* of a scalar, unescaped; in the arena */
    struct pk_view key;   /* of a map's member; empty elsewhere */
    struct pk_span span;  /* of the value in the YAML text */
    struct pk_span key_span;
    uint32_t key_line, key_column; /* from 1; column in bytes */
    uint32_t line, column;         /* of the value, likewise */
    struct pk_yaml *first;         /* of a list or map: its members */
    struct pk_yaml *next;          /* the sibling */
};

/* *root becomes the tree, NULL for a text with no node in it. */
enum pk_status pk_yaml_read(struct pk_arena *, struct pk_view text, struct pk_yaml **root,
                            struct pk_error *);

const struct pk_yaml *pk_yaml_get(const struct pk_yaml *map, const char *key); /* NULL: none */
bool pk_yaml_is_null(const struct pk_yaml *); /* plain and empty, ~ or null */

/* `over` laid on `base`: maps member by member, lists whose items are maps
 * with an `id` by that id, anything else replaced. */
struct pk_yaml *pk_yaml_merge(struct pk_arena *, struct pk_yaml *base, struct pk_yaml *over);

#endif
