/* internal_unclosed.c - an internal passage ends where its writer meant it to. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_passages passages;
    pk_internal(minutes->arena, minutes, &passages);
    for (uint32_t i = 0; i < passages.unclosed.count; i++)
        pk_report(lint, passages.unclosed.items[i],
                  "nothing closes this passage: all that follows stays in the house; write "
                  "<!-- /internal --> where it ends");
}

const struct pk_rule pk_rule_internal_unclosed = {
    .id = "internal-unclosed",
    .severity = PK_WARNING,
    .summary = "an internal passage is closed",
    .help = "A passage that nothing closes goes to the end of the text, so that no secret gets out "
            "by a slip; but then the others lack the rest of the minutes. Close it:\n\n"
            "    <!-- internal -->\n"
            "    Our lowest price is 4.10.\n"
            "    <!-- /internal -->",
    .check = check,
};
