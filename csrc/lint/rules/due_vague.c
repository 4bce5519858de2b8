/* due_vague.c - a due date tells when. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_action *action;
    for (uint32_t at = 0; (action = pk_next_due(lint, &at));) {
        struct pk_view day = pk_slice(minutes->blocks.text, action->due_day);
        if (action->dated == PK_DATED_WORDS &&
            (pk_is_listed(lint, day) || pk_is_listed(lint, action->due_text)))
            pk_report1(lint, action->due_span,
                       "\"%1\" is no date: write a day, or an event to come", action->due_text);
    }
}

const struct pk_rule pk_rule_due_vague = {
    .id = "due-vague",
    .severity = PK_WARNING,
    .summary = "a due date tells when",
    .help = "\"As soon as possible\" is tomorrow to one side and next month to the other, and late "
            "to nobody. Write a day, or an event that will come. `words` adds to the list:\n\n"
            "    - [ ] Anna: send the offer ASAP   ->   by 20 November",
    .words = {"vague"},
    .listed = true,
    .check = check,
};
