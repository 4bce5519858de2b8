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
    if (!pk_words_of(&minutes->library->words, line, PK_WORD_DECISION, &length) ||
        has_person(minutes, action))
        return false;
    while (length < line.length && (line.at[length] == '*' || line.at[length] == '_'))
        length++;
    return length < line.length && line.at[length] == ':';
}

/* -- Which are still to be done: looked at once for all rules -- */

enum { WAITING = 1, JUDGED = 2 };

static bool is_open(const struct pk_minutes *minutes, const struct pk_action *action)
{
    const struct pk_block *block = &minutes->blocks.block.items[action->block];
    struct pk_span span = block->kind == PK_ROW ? block->span : action->span;
    return action->state == PK_OPEN && action->source != PK_FROM_SENTENCE &&
           !pk_is_blank_value(minutes, action->text) && !pk_has_placeholder(minutes, span);
}

static void look_at_all(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = lint->minutes;
    uint8_t *waiting = pk_alloc(minutes->arena, minutes->action.count);
    for (uint32_t i = 0; waiting && i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        if (is_open(minutes, action))
            waiting[i] = is_decision(minutes, action) ? WAITING : WAITING | JUDGED;
    }
    lint->looked->waiting = waiting;
}

/* NULL: no memory. */
static const uint8_t *look_at(struct pk_lint *lint)
{
    if (!lint->looked->waiting)
        look_at_all(lint);
    return lint->looked->waiting;
}

bool pk_is_waiting(struct pk_lint *lint, const struct pk_action *action)
{
    const uint8_t *waiting = look_at(lint);
    return waiting && waiting[action - lint->minutes->action.items];
}

const struct pk_action *pk_next_waiting(struct pk_lint *lint, uint32_t *at)
{
    const struct pk_minutes *minutes = lint->minutes;
    const uint8_t *waiting = look_at(lint);
    while (waiting && *at < minutes->action.count)
        if (waiting[(*at)++] & JUDGED)
            return &minutes->action.items[*at - 1];
    return NULL;
}

const struct pk_action *pk_next_due(struct pk_lint *lint, uint32_t *at)
{
    const struct pk_action *action;
    while ((action = pk_next_waiting(lint, at))) {
        const struct pk_action *before = *at > 1 ? action - 1 : NULL;
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
