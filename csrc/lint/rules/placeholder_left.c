/* placeholder_left.c - finished minutes hold no placeholder of the template. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->placeholder.count; i++) {
        struct pk_span span = minutes->placeholder.items[i].span;
        struct pk_view asked = pk_slice(minutes->blocks.text, span);
        pk_report1(lint, span, "still to fill in: %1",
                   pk_trim(pk_view_part(asked, 2, asked.length - 2)));
    }
}

const struct pk_rule pk_rule_placeholder_left = {
    .id = "placeholder-left",
    .severity = PK_WARNING,
    .summary = "finished minutes hold no placeholder of the template",
    .help = "A template marks what only you know by {{...}}, and no other rule speaks about it "
            "while the mark stands. Write the value in its place, or take the line out if it does "
            "not apply:\n\n"
            "    Client: {{name of the client}}   ->   Client: Muster AG",
    .check = check,
};
