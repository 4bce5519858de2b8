/* id_duplicate.c - an id stands for one item. */
#include "lint/lint.h"

#include "text/table.h"

static bool is_review(const struct pk_minutes *minutes, int section)
{
    return section >= 0 && minutes->section.items[section].kind == PK_SECTION_PAST_ACTIONS;
}

/* The id within its list: "1" may open many lists. */
static struct pk_view key_of(const struct pk_minutes *minutes, struct pk_view id, uint32_t block)
{
    struct pk_view folded = pk_folded(minutes->arena, id);
    struct pk_buffer key = {.arena =
                                minutes->arena}; /* the newest piece: what it leaves goes back */
    pk_put_number(&key, pk_list_around(minutes, block), 1);
    pk_putc(&key, ':');
    pk_put(&key, folded);
    return pk_all_written(&key);
}

static void report(struct pk_lint *lint, struct pk_span span, struct pk_view id, uint32_t first)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    pk_report2(lint, span, "the id %1 stands for another item in line %2", id,
               pk_number(lint, pk_line_at(&minutes->blocks, first) + 1));
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_table items = {0}, decisions = {0}; /* id -> the item's number, from 1 */
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        if (!action->id.length || pk_is_blank_value(minutes, action->id) ||
            is_review(minutes, action->section) || pk_has_placeholder(minutes, action->span) ||
            !pk_list_around(minutes, action->block))
            continue;
        struct pk_view key = key_of(minutes, action->id, action->block);
        uint32_t *number = pk_table_at(minutes->arena, &items, key);
        const struct pk_action *first = *number ? &minutes->action.items[*number - 1] : NULL;
        if (first && !pk_same_folded(first->text, action->text))
            report(lint, action->span, action->id, first->span.start);
        *number = *number ? *number : i + 1;
    }
    for (uint32_t i = 0; i < minutes->decision.count; i++) {
        const struct pk_decision *decision = &minutes->decision.items[i];
        if (!decision->id.length || pk_is_blank_value(minutes, decision->id) ||
            pk_has_placeholder(minutes, decision->span) ||
            !pk_list_around(minutes, decision->block))
            continue;
        struct pk_view key = key_of(minutes, decision->id, decision->block);
        if (pk_table_find(&items, key))
            continue;
        uint32_t *number = pk_table_at(minutes->arena, &decisions, key);
        const struct pk_decision *first = *number ? &minutes->decision.items[*number - 1] : NULL;
        if (first && first->block != decision->block &&
            !pk_same_folded(first->text, decision->text))
            report(lint, decision->span, decision->id, first->span.start);
        *number = *number ? *number : i + 1;
    }
}

const struct pk_rule pk_rule_id_duplicate = {
    .id = "id-duplicate",
    .severity = PK_WARNING,
    .summary = "an id stands for one item",
    .help = "Who writes \"A3 is done\" in a mail must mean one thing. Give the later item an id of "
            "its own. Ids are compared within one list or table, and a column of numbers counts "
            "as well:\n\n"
            "    - [ ] Anna: send the offer [id:: A3]\n"
            "    - [ ] Ben: book the hall [id:: A3]",
    .check = check,
};
