/* run.h - one run of the rules: what the files of lint/ share and a rule need not see. */
#ifndef PK_LINT_RUN_H
#define PK_LINT_RUN_H

#include "lint/lint.h"

#include <setjmp.h>

/* What the profile and the language say of a rule. */
struct pk_rule_setting {
    const struct pk_yaml *profile, *language; /* NULL: nothing */
    enum pk_severity severity;
};

/* By the rule's number; NULL: no memory. */
struct pk_rule_setting *pk_rule_settings(const struct pk_minutes *);
/* The number of the rule of that id, sought from `hint` on; of many that come in alphabetical order
 * each is the next one. pk_rule_count: there is none. */
uint32_t pk_rule_number(struct pk_view id, uint32_t hint);
uint32_t pk_rule_count(void);

/* What is looked up once for all rules: the words they look for, the actions they judge, and the
 * log of approval. */
struct pk_looked {
    struct pk_arena *arena;    /* where the long lists of it are kept until the run ends */
    struct pk_found_words *of; /* by the rule's number; NULL: not looked for yet */
    struct pk_word_lists *lists;
    struct pk_sights *sights; /* NULL: not looked at yet */
    PK_LIST(struct pk_stretch) stretch;
    bool at_prose;    /* it was gone through for stretches */
    uint8_t *waiting; /* by the action's number, see items.c; NULL: not looked at yet */
    struct pk_approval approval;
    bool at_approval; /* it was looked at */
};

/* The words that rules look for. */
enum { PK_WORD_TABLES = 2 }; /* the profile's, before the language's */

struct pk_word_lists {
    const struct pk_rule_words *table[PK_WORD_TABLES];
    int32_t
        *rule[PK_WORD_TABLES]; /* by list: whose it is, -1: of none that is looked for in text */
    uint64_t runs[PK_WORD_TABLES]; /* the others, a bit for each; from the 64th on they share */
    uint64_t *own[PK_WORD_TABLES]; /* by the rule's number: its lists, likewise */
};

const struct pk_word_lists *pk_word_lists_of(const struct pk_lint *); /* NULL: no memory */

struct pk_found_words {
    PK_LIST(struct pk_found_word) found;
};

struct pk_suppressions;

struct pk_lint {
    const struct pk_minutes *minutes;
    struct pk_findings *findings;
    const struct pk_rule *rule; /* the running one */
    enum pk_severity severity;
    const struct pk_yaml *messages; /* its translations; NULL: none */
    struct pk_diagnostic *last;
    struct pk_looked *looked;              /* of the run */
    uint32_t number;                       /* of the rule in pk_rules */
    const struct pk_rule_setting *setting; /* of all rules */
    struct pk_suppressions *suppressions;
    uint32_t told, most;         /* findings of the rule so far; and at most */
    jmp_buf *end;                /* of the one with more than that; NULL: it may have any number */
    const struct pk_rule *about; /* see pk_diagnostic */
};

/* For a finding of another rule, which no limit ends; its severity may be PK_OFF. */
struct pk_lint pk_lint_as(const struct pk_lint *, const struct pk_rule *);

extern const struct pk_rule pk_rule_finding_limit;
/* How many findings each rule may have, and a finding that the running one is ended there:
 * rules/finding_limit.c. */
uint32_t pk_findings_most(const struct pk_minutes *);
void pk_report_ended(const struct pk_lint *, struct pk_span);

/* A finding whose message is ready. */
void pk_report_ready(struct pk_lint *, struct pk_span, struct pk_view message);

/* A pattern of a house's own rule that was given up: rules/pattern_limit.c. */
void pk_report_costly_pattern(struct pk_lint *, struct pk_span, struct pk_view rule,
                              const struct pk_pattern *);

/* The house's own rules: style/run.c. */
enum pk_status pk_lint_styles(const struct pk_minutes *, struct pk_findings *);

/* A sentence in the document's language, with %1 to %3 filled in. */
struct pk_view pk_message(const struct pk_lint *, const char *english,
                          const struct pk_view argument[3]);

/* PK_EINPUT, with a place, where its words are for a rule or a group there is not. */
enum pk_status pk_language_check(const struct pk_language *, struct pk_error *);
/* Its digest: the English, and the arguments without their digits. */
uint64_t pk_said(const char *english, const struct pk_view argument[3]);

/* Ascending. A key is made of a place and a number, so that equal places keep their order. */
void pk_sort_keys(uint64_t *key, uint32_t count);

#endif
