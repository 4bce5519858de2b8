/* items.c - the action items that rules judge, one after another. */
#include "lint/run.h"

static bool has_person(const struct pk_minutes *minutes, const struct pk_action *action)
{
    for (uint32_t i = 0; i < action->owner.count; i++) {
        struct pk_view name = action->owner.items[i].name;
        if (!pk_words_whole_of(&minutes->library->words, name, PK_WORD_EVERYBODY))
            return true;
    }
    return false;
}

/* "**Decision:** the team will keep the call" says what was decided, not what somebody is to do.
 * The label may stand before the action's own words: its line tells. */
static bool is_decision(const struct pk_minutes *minutes, const struct pk_action *action)
{
    size_t at = 0, width = 0, length;
    const struct pk_blocks *blocks = &minutes->blocks;
    uint32_t start = blocks->line.items[pk_line_at(blocks, action->span.start)];
    struct pk_view line = pk_slice(blocks->text, (struct pk_span){start, action->span.end});
    while (at < line.length &&
           !pk_is_letter(pk_decode(pk_view_part(line, at, line.length), &width)))
        at += width;
    line = pk_view_part(line, at, line.length);
    if (has_person(minutes, action) ||
        !pk_words_of(&minutes->library->words, line, PK_WORD_DECISION, &length))
        return false;
    while (length < line.length && (line.at[length] == '*' || line.at[length] == '_'))
        length++;
    return length < line.length && line.at[length] == ':';
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
