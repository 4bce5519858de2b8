/* items.c - the action items that rules judge, one after another. */
#include "lint/run.h"

const struct pk_action *pk_next_waiting(const struct pk_minutes *minutes, uint32_t *at)
{
    while (*at < minutes->action.count) {
        const struct pk_action *action = &minutes->action.items[(*at)++];
        if (pk_is_waiting(minutes, action))
            return action;
    }
    return NULL;
}

const struct pk_action *pk_next_due(const struct pk_minutes *minutes, uint32_t *at)
{
    const struct pk_action *action;
    while ((action = pk_next_waiting(minutes, at))) {
        const struct pk_action *before = action > minutes->action.items ? action - 1 : NULL;
        bool shared = before && before->due_span.start == action->due_span.start;
        if (action->due_text.length && !shared)
            return action;
    }
    return NULL;
}

/* The list or table the item is an entry of. */
static uint32_t list_of(const struct pk_minutes *minutes, const struct pk_action *action)
{
    return minutes->blocks.block.items[action->block].parent;
}

static bool is_of_actions(const struct pk_minutes *minutes, const struct pk_action *action)
{
    return action->section >= 0 &&
           minutes->section.items[action->section].kind == PK_SECTION_ACTIONS;
}

bool pk_are_beside(const struct pk_minutes *minutes, const struct pk_action *one,
                   const struct pk_action *other)
{
    uint32_t list = list_of(minutes, one);
    bool nested =
        minutes->blocks.block.items[minutes->blocks.block.items[list].parent].kind == PK_ITEM;
    return list == list_of(minutes, other) ||
           (!nested && one->section == other->section && is_of_actions(minutes, one));
}
