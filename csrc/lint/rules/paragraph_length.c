/* paragraph_length.c - paragraphs are short. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t max = pk_option(lint, "max"), count;
    const struct pk_stretch *stretch = pk_stretches_of(lint, &count), *end = stretch + count;
    for (; stretch < end; stretch++) {
        if (stretch->words <= max)
            continue;
        uint32_t words = pk_spoken_words(pk_slice(minutes->blocks.text, stretch->span));
        if (words > max && !pk_has_placeholder(minutes, stretch->span))
            pk_report2(lint, stretch->span, "a paragraph of %1 words: split it or cut it to %2",
                       pk_number(lint, words), pk_number(lint, max));
    }
}

const struct pk_rule pk_rule_paragraph_length = {
    .id = "paragraph-length",
    .severity = PK_INFO,
    .summary = "paragraphs are short",
    .help = "A paragraph that fills half a screen hides the one thing the reader looks for. Give "
            "each thought a paragraph or a list item. `max` sets how many words are well:\n\n"
            "    rules: {paragraph-length: {max: 100}}",
    .option = {{"max", {80, 120, 160}}},
    .check = check,
};
