/* pattern_limit.c - the patterns of the profile find titles without trying for ever. */
#include "lint/run.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->given_up.count; i++) {
        const struct pk_given_up *given_up = &minutes->given_up.items[i];
        pk_report2(lint, given_up->span,
                   "the pattern \"%1\" takes too long on this title; make it simpler: %2",
                   pk_pattern_text(given_up->pattern), pk_pattern_place(given_up->pattern));
    }
}

void pk_report_costly_pattern(struct pk_lint *lint, struct pk_span span, struct pk_view rule,
                              const struct pk_pattern *pattern)
{
    pk_report2(lint, span, "the pattern of %1 takes too long here; make it simpler: %2", rule,
               pk_pattern_place(pattern));
}

const struct pk_rule pk_rule_pattern_limit = {
    .id = "pattern-limit",
    .severity = PK_ERROR,
    .summary = "the patterns of the profile cope with the titles",
    .help = "A section's `pattern:` in a profile may have so many ways to fit that trying them all "
            "takes for ever. Such a pattern is given up at the first title that shows it, and not "
            "tried on the others: sections that it should find count as missing. Make it simpler "
            "where the message says; most often one repetition stands within another:\n\n"
            "    pattern: ^(\\w+\\s*)+$      better: ^[\\w\\s]+$\n\n"
            "The same holds for patterns of your own rules (`styles:`).",
    .check = check,
};
