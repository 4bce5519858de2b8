/* action_due.c - every open action has a date by which it is due. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        if (!pk_is_waiting(minutes, action))
            continue;
        if (action->dated == PK_DATED_INVALID)
            pk_report1(lint, action->due_span, "\"%1\" is no date", action->due_text);
        else if (action->dated != PK_DATED_NONE)
            continue;
        else if (action->due_text.length)
            pk_report1(lint, action->due_span, "the due date is left open: \"%1\"",
                       action->due_text);
        else
            pk_report(lint, action->span, "no date by which this is due");
    }
}

const struct pk_rule pk_rule_action_due = {
    .id = "action-due",
    .severity = PK_WARNING,
    .summary = "every open action has a date by which it is due",
    .help = "Without a date an action is a wish: nobody can say that it is late. Write a day, or "
            "an event that will come; a done or cancelled action needs none:\n\n"
            "    - [ ] Anna: send the revised offer by 20 November",
    .check = check,
};
