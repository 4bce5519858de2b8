/* finding_limit.c - no rule finds more in a document than anybody reads. */
#include "lint/run.h"

enum { MOST = 1000, EACH_BYTES = 256 * 1024 };

uint32_t pk_findings_most(const struct pk_minutes *minutes)
{
    const struct pk_rule *rule = &pk_rule_finding_limit;
    uint32_t most = pk_rule_value(rule, rule->option, minutes->profile, minutes->detail);
    uint32_t parts = 1 + (uint32_t)minutes->blocks.text.length / EACH_BYTES;
    return (most < MOST ? most : MOST) * parts;
}

void pk_report_ended(const struct pk_lint *ended, struct pk_span span)
{
    struct pk_lint lint = pk_lint_as(ended, &pk_rule_finding_limit);
    lint.about = ended->rule;
    if (lint.severity != PK_OFF)
        pk_report2(&lint, span,
                   "%1 ends here (findings: %2); mend some of them, or turn the rule off",
                   pk_view_of(ended->rule->id), pk_number(&lint, ended->most));
}

const struct pk_rule pk_rule_finding_limit = {
    .id = "finding-limit",
    .severity = PK_WARNING,
    .summary = "no rule finds more than anybody reads",
    .help = "Where a rule has more than a thousand findings in a document, or in a large one more "
            "than a thousand for each 256 KB, it is ended there, and this says so: what follows "
            "was not looked at by that rule. Mend some of its findings, divide the document, or "
            "turn the rule off if it does not suit your minutes. `max` sets a lower limit:\n\n"
            "    rules: {finding-limit: {max: 100}}",
    .option = {{"max", {MOST, MOST, MOST}}},
};
