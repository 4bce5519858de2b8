/* items.c - the action items that rules judge, one after another. */
#include "lint/run.h"

/* "Decision: ..." among the next steps says what was decided, not what is to be done. */
static bool is_decision(const struct pk_minutes *minutes, const struct pk_action *action)
{
    size_t at = 0, length;
    struct pk_view text = pk_slice(minutes->blocks.text, action->span);
    while (at < text.length && (text.at[at] == '*' || text.at[at] == '_'))
        at++;
    text = pk_view_part(text, at, text.length);
    if (!pk_words_of(&minutes->library->words, text, PK_WORD_DECISION, &length))
        return false;
    while (length < text.length && (text.at[length] == '*' || text.at[length] == '_'))
        length++;
    return length < text.length && text.at[length] == ':' && action->source == PK_FROM_SECTION;
}

const struct pk_action *pk_next_waiting(const struct pk_minutes *minutes, uint32_t *at)
{
    while (*at < minutes->action.count) {
        const struct pk_action *action = &minutes->action.items[(*at)++];
        if (pk_is_waiting(minutes, action) && !is_decision(minutes, action))
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

uint32_t pk_list_around(const struct pk_minutes *minutes, uint32_t block)
{
    uint32_t parent = minutes->blocks.block.items[block].parent;
    enum pk_block_kind kind = minutes->blocks.block.items[parent].kind;
    return kind == PK_LIST || kind == PK_TABLE ? parent : 0;
}

static bool is_of_actions(const struct pk_minutes *minutes, const struct pk_action *action)
{
    return action->section >= 0 &&
           minutes->section.items[action->section].kind == PK_SECTION_ACTIONS;
}

/* Is it a part of another item? */
static bool is_nested(const struct pk_minutes *minutes, const struct pk_action *action)
{
    const struct pk_block *blocks = minutes->blocks.block.items;
    return blocks[blocks[blocks[action->block].parent].parent].kind == PK_ITEM;
}

bool pk_are_beside(const struct pk_minutes *minutes, const struct pk_action *one,
                   const struct pk_action *other)
{
    uint32_t list = pk_list_around(minutes, one->block);
    if (list && list == pk_list_around(minutes, other->block))
        return true;
    return one->section == other->section && is_of_actions(minutes, one) &&
           !is_nested(minutes, one) && !is_nested(minutes, other);
}
