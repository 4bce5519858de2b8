/* linting.h - what the files of `protokol lint` share. */
#ifndef PK_LINTING_H
#define PK_LINTING_H

#include "face/cli.h"

/* How often a rule found something. */
struct cli_count {
    const struct pk_rule *rule;
    uint32_t severity[PK_OFF];
};

/* The run of the command. */
struct cli_linting {
    struct cli_baseline *baseline; /* NULL: none */
    PK_LIST(struct cli_count) count;
    uint32_t files, lines;
    uint32_t shown, left_out; /* findings: printed, and beyond --max-findings */
};

/* The findings in minutes of the document, those hidden by the baseline aside. False: no memory,
 * and said so. */
bool cli_lint(struct cli *, const struct cli_document *, const struct pk_minutes *,
              struct pk_findings *);
/* What the run has to say of a document in the end: printed, as far as it is wanted, counted, and
 * recorded for a baseline. */
void cli_put_findings(struct cli *, const struct cli_document *, const struct pk_minutes *,
                      const struct pk_findings *, FILE *);

/* -- mend.c: --fix and --diff -- */

void cli_mend_document(struct cli *, struct cli_document *);

/* -- tally.c: --stats -- */

void cli_tally(struct cli *, const struct pk_minutes *, const struct pk_findings *);
void cli_put_tally(const struct cli *);

/* -- baseline.c: --baseline and --write-baseline -- */

/* False: it cannot be read, and said so. */
bool cli_open_baseline(struct cli *);
/* Takes out of the findings those that are recorded. */
void cli_hide_known(struct cli *, const struct cli_document *, const struct pk_minutes *,
                    struct pk_findings *);
/* How many, in the documents as they are now. */
uint32_t cli_hidden(const struct cli *);
void cli_record(struct cli *, const struct cli_document *, const struct pk_minutes *,
                const struct pk_findings *);
/* Writes what was recorded, and tells what is no longer needed. */
void cli_end_baseline(struct cli *);

#endif
