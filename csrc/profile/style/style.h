/* style.h (style/) - what the files that load styles share. */
#ifndef PK_STYLE_LOADING_H
#define PK_STYLE_LOADING_H

#include "profile/load.h"
#include "profile/style.h"

/* One rule's file while it is read. */
struct pk_style_reader {
    struct pk_library *library;
    const struct pk_profile *profile;
    struct pk_styles *styles;
    struct pk_style_rule *rule;
    const struct pk_yaml *tree;
    struct pk_error *error;
};

/* The member of that name, whatever its case, as Vale finds it; NULL: none or null. */
const struct pk_yaml *pk_style_key(const struct pk_yaml *map, const char *key);

/* -- read.c -- */
/* A rule from its YAML: added, or told in `trouble`. */
void pk_style_read(struct pk_library *, const struct pk_profile *, struct pk_styles *,
                   const struct pk_yaml *tree, struct pk_view id, const char *path);
void pk_style_tell(struct pk_library *, struct pk_styles *, const struct pk_error *,
                   struct pk_view id, const char *path);

/* -- scope.c -- */
enum pk_status pk_style_read_scopes(struct pk_style_reader *);

/* -- terms.c: what the rule looks for -- */
enum pk_status pk_style_read_terms(struct pk_style_reader *);
/* Exceptions, or words of a vocabulary: a list or a single one. */
enum pk_status pk_style_read_list(struct pk_style_reader *, const struct pk_yaml *,
                                  struct pk_style_list *);
/* Letters, digits and single blanks, hyphens or apostrophes between them. */
bool pk_style_is_plain(struct pk_view);

/* -- dialect.c -- */
/* The pattern as PCRE2 reads it. PK_EINPUT, with the nearest equivalent, where it has none. */
enum pk_status pk_style_translate(struct pk_arena *, const struct pk_yaml *at, struct pk_view,
                                  struct pk_view *out, struct pk_error *);

/* -- terms.c -- */
/* One pattern of its own, as `first`, `match` or `edit: regex` have. */
enum pk_status pk_style_pattern(struct pk_style_reader *, const struct pk_yaml *at, bool caseless,
                                struct pk_pattern **out);

#endif
