/* action_owner.c - somebody owns every open action. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        if (!action->owner.count && pk_is_waiting(minutes, action))
            pk_report(lint, action->span, "nobody owns this action");
    }
}

const struct pk_rule pk_rule_action_owner = {
    .id = "action-owner",
    .severity = PK_WARNING,
    .summary = "somebody owns every open action",
    .help = "What everybody should do, nobody does. Name who is responsible, at the start, in "
            "brackets, with @ or behind \"owner:\"; a done or cancelled action needs no owner:\n\n"
            "    - [ ] Anna: send the revised offer by 20 November",
    .check = check,
};
