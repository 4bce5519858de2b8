/* owner_vague.c - an owner is somebody, not everybody. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_action *action;
    for (uint32_t at = 0, spoken = 0; (action = pk_next_waiting(lint, &at));) {
        uint32_t vague = 0;
        while (vague < action->owner.count && pk_is_listed(lint, action->owner.items[vague].name))
            vague++;
        if (!vague || vague < action->owner.count) /* somebody with a name is among them */
            continue;
        const struct pk_owner *owner = &action->owner.items[0];
        if (owner->span.start + 1 != spoken) /* once over a group of items */
            pk_report1(lint, owner->span, "\"%1\" is nobody in particular: name who answers for it",
                       owner->name);
        spoken = owner->span.start + 1;
    }
}

const struct pk_rule pk_rule_owner_vague = {
    .id = "owner-vague",
    .severity = PK_WARNING,
    .summary = "an owner is somebody, not everybody",
    .help = "What the whole team is to do, each of them leaves to the others. Name one who answers "
            "for it; the others may help. Where somebody with a name stands beside them, nothing "
            "is said. `words` adds to the list:\n\n"
            "    - [ ] all: read the draft   ->   - [ ] Anna: see to it that all read the draft",
    .words = {"vague"},
    .listed = true,
    .check = check,
};
