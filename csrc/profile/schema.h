/* schema.h - which keys a profile or language file may have, as a table.
 *
 * The table is what refuses unknown keys, and what a description of the format
 * is made from (write/schema.h). The tables themselves are in profile.c and language.c.
 */
#ifndef PK_SCHEMA_H
#define PK_SCHEMA_H

#include "text/yaml.h"

#define PK_RECORDS_LIMIT 200 /* fields or sections of one profile */

enum pk_shape {
    PK_SHAPE_TEXT,       /* a scalar */
    PK_SHAPE_CHOICE,     /* a scalar that is one of `names` */
    PK_SHAPE_WORDS,      /* a scalar or a list of scalars */
    PK_SHAPE_GROUPS,     /* likewise, or a list of such lists */
    PK_SHAPE_LIST,       /* a list of `inner`, of `length` members where that is not 0 */
    PK_SHAPE_MAP,        /* a map to `inner`; its keys are from `names` where there are names */
    PK_SHAPE_OBJECT,     /* a map with the keys of `keys` */
    PK_SHAPE_RECORDS,    /* a list of such maps, each with an `id` of its own */
    PK_SHAPE_DETAIL,     /* an `inner`, or a map from level of detail to it */
    PK_SHAPE_LANGUAGES,  /* an `inner` for all languages, or a map from language to it */
    PK_SHAPE_LEVELS,     /* true, false or a list of levels of detail */
    PK_SHAPE_VOCABULARY, /* a scalar, or a list of scalars and of maps from a word to what is
                            better, a scalar or a list of scalars */
    PK_SHAPE_TRUTH,      /* true or false */
    PK_SHAPE_GROUPED,    /* an `inner`, or a map from a group's name to it */
    /* What only the rules can check; here they are a scalar, a scalar and a map. */
    PK_SHAPE_SEVERITY,
    PK_SHAPE_NUMBER,
    PK_SHAPE_RULES, /* rule -> its setting */
};

struct pk_schema {
    enum pk_shape shape;
    const struct pk_key *keys;
    const struct pk_schema *inner;
    const char *const *names;
    uint32_t name_count;
    uint32_t length;
};

struct pk_key {
    const char *name; /* NULL ends the keys */
    struct pk_schema value;
    const char *about; /* English, one line */
};

/* What a profile and a language file may hold. */
extern const struct pk_schema pk_profile_schema, pk_language_schema;

/* PK_EINPUT with the place of the first thing that does not fit. A key without
 * a value (null) fits anywhere: it is as if it were not there. */
enum pk_status pk_schema_check(const struct pk_schema *, const struct pk_yaml *, struct pk_error *);

/* As pk_fail, with the place of `at`. */
enum pk_status pk_fail_at(struct pk_error *, const struct pk_yaml *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The name most like `word`, NULL: none is near. */
const char *pk_nearest(struct pk_view word, const char *const *names, uint32_t count);

#endif
