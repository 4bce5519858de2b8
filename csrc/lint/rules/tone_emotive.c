/* tone_emotive.c - minutes tell what was said, not what the writer feels about it. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    uint32_t count = 0;
    const struct pk_found_word *found = pk_found_words(lint, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (found[i].section == PK_SECTION_CLOSING) /* thanks may be warm */
            continue;
        pk_report1(lint, found[i].span, "\"%1\" tells a feeling; write what happened",
                   found[i].text);
        pk_offer_better(lint, &found[i], "write \"%1\" instead");
    }
}

const struct pk_rule pk_rule_tone_emotive = {
    .id = "tone-emotive",
    .severity = PK_INFO,
    .summary = "minutes tell what was said, not what the writer feels about it",
    .help =
        "Those who were there will read the minutes cold, and some will object to the word "
        "instead of the matter. Write what happened, with figures where there are any; a strong "
        "word that somebody said stands in quotation marks. Thanks at the end may be warm:\n\n"
        "    an outrageous delay   ->   a delay of three weeks",
    .words = {"emotive"},
    .check = check,
};
