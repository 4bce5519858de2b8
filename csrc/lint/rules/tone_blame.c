/* tone_blame.c - minutes say what is to be done, not whose fault it was. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    uint32_t count = 0;
    const struct pk_found_word *found = pk_found_words(lint, &count);
    for (uint32_t i = 0; i < count; i++) {
        pk_report1(lint, found[i].span, "\"%1\" blames; write what happened and what mends it",
                   found[i].text);
        pk_offer_better(lint, &found[i], "write \"%1\" instead");
    }
}

const struct pk_rule pk_rule_tone_blame = {
    .id = "tone-blame",
    .severity = PK_INFO,
    .summary = "minutes say what is to be done, not whose fault it was",
    .help =
        "Minutes that blame are not approved, and whoever is blamed stops helping. Write what "
        "happened, when, and what was agreed to mend it; what somebody said in so many words "
        "stands in quotation marks:\n\n"
        "    the carrier botched the delivery   ->   the delivery came on 5 May instead of 2 May",
    .words = {"blame"},
    .check = check,
};
