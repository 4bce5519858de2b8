/* run.h - one run of the rules: what the files of lint/ share and a rule need not see. */
#ifndef PK_LINT_RUN_H
#define PK_LINT_RUN_H

#include "lint/lint.h"

struct pk_lint {
    const struct pk_minutes *minutes;
    struct pk_findings *findings;
    const struct pk_rule *rule; /* the running one */
    enum pk_severity severity;
    const struct pk_yaml *messages; /* its translations; NULL: none */
    struct pk_diagnostic *last;
};

/* A sentence in the document's language, with %1 to %3 filled in. */
struct pk_view pk_message(const struct pk_lint *, const char *english,
                          const struct pk_view argument[3]);

/* Ascending. A key is made of a place and a number, so that equal places keep their order. */
void pk_sort_keys(uint64_t *key, uint32_t count);

#endif
