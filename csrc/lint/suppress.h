/* suppress.h - what a writer has silenced: <!-- protokol: off action-due --> and the like. */
#ifndef PK_SUPPRESS_H
#define PK_SUPPRESS_H

#include "lint/run.h"
#include "text/table.h"

enum pk_suppress {
    PK_SUPPRESS_UNKNOWN, /* a word that means nothing here */
    PK_SUPPRESS_OFF,     /* from here to "on", or to the end */
    PK_SUPPRESS_LINE,    /* the line it stands on */
    PK_SUPPRESS_NEXT,    /* the next line that is neither blank nor such a comment */
    PK_SUPPRESS_FILE,
    PK_SUPPRESS_ON, /* ends what "off" began */
};
extern const char *const pk_suppress_words[]; /* "off" ...: one less than the kind */

/* A rule that a comment names. */
struct pk_suppressed {
    struct pk_span span;
    uint32_t slot; /* the same for the same rule, from 1; 0: there is no such rule */
    bool used;     /* silences something, or, after "on", ends something */
};

struct pk_suppression {
    enum pk_suppress kind;
    struct pk_span span; /* of the comment */
    struct pk_span word; /* of "off" */
    uint32_t line;       /* from 0; of LINE and NEXT that which is silenced, UINT32_MAX: none */
    PK_LIST(struct pk_suppressed) rule; /* none: all rules */
    bool used;                          /* one that names no rules: as above */
    uint32_t ended;                     /* ON: how many OFF it ends */
    int32_t ends_at;                    /* OFF: the ON that ends it, -1: none */
};

struct pk_suppressions {
    PK_LIST(struct pk_suppression) comment; /* in the order of the text */
    struct pk_table slot;                   /* of each rule named */
    uint32_t words;                         /* in HTML comments of any kind within running text */
};

/* -- comment.c -- */

void pk_find_suppressions(const struct pk_minutes *, struct pk_suppressions *);

/* -- suppress.c -- */

/* Takes out of the findings, which are in the order of the text, those that are silenced, and
 * marks what silences them. */
void pk_suppress(const struct pk_minutes *, struct pk_suppressions *, struct pk_findings *);

#endif
