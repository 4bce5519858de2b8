/* owner_many.c - few people own one action. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_action *action;
    uint32_t max = pk_option(lint, "max");
    for (uint32_t at = 0, spoken = 0; (action = pk_next_waiting(lint, &at));) {
        if (action->owner.count <= max)
            continue;
        struct pk_span first = action->owner.items[0].span;
        struct pk_span last = action->owner.items[action->owner.count - 1].span;
        if (first.start + 1 != spoken) /* once over a group of items */
            pk_report1(lint, last.end > first.end ? (struct pk_span){first.start, last.end} : first,
                       "%1 owners: name one who answers for it",
                       pk_number(lint, action->owner.count));
        spoken = first.start + 1;
    }
}

const struct pk_rule pk_rule_owner_many = {
    .id = "owner-many",
    .severity = PK_INFO,
    .summary = "few people own one action",
    .help = "The more people own an action, the less each of them does. Name one who answers for "
            "it, or make an item for each. `max` sets how many are well:\n\n"
            "    rules: {owner-many: {max: 2}}",
    .option = {{"max", {3, 3, 3}}},
    .check = check,
};
