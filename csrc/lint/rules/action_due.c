/* action_due.c - every open action has a date by which it is due. */
#include "lint/lint.h"

/* A word where the date should be: "TBD". */
static bool is_left_open(const struct pk_minutes *minutes, const struct pk_action *action)
{
    bool word = action->due_span.end > action->due_span.start;
    return word && pk_is_blank_value(minutes, pk_slice(minutes->blocks.text, action->due_span));
}

/* "Контроль за исполнением", "Ответственной за сцену назначить ...": a duty that lasts. */
static bool is_duty(const struct pk_minutes *minutes, const struct pk_action *action)
{
    size_t length;
    return action->owner.count &&
           pk_words_of(&minutes->library->words, action->text, PK_WORD_OWNER, &length) &&
           length < action->text.length && action->text.at[length] == ' ';
}

/* Does an event stand in these blocks, up to `end`? */
static bool tells_event(struct pk_lint *lint, uint32_t block, uint32_t end)
{
    uint32_t low = 0, high = 0;
    const struct pk_found_word *found = pk_found_words(lint, &high);
    uint32_t count = high;
    while (low < high) { /* the first at the block or behind it */
        uint32_t middle = low + (high - low) / 2;
        if (found[middle].block < block)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && found[low].block < end;
}

/* "Book a room for next time", or "For the next sprint:" over the list: by then. */
static bool is_for_event(struct pk_lint *lint, const struct pk_action *action)
{
    enum { DEEPEST = 4 };
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_block *blocks = minutes->blocks.block.items;
    uint32_t item = action->block;
    if (tells_event(lint, item, blocks[item].next))
        return true;
    for (uint32_t deep = 0; deep < DEEPEST && blocks[item].kind == PK_ITEM; deep++) {
        uint32_t list = blocks[item].parent;
        if (blocks[list - 1].kind == PK_PARAGRAPH && tells_event(lint, list - 1, list))
            return true;
        item = blocks[list].parent;
    }
    return false;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        struct pk_view due = pk_slice(minutes->blocks.text, action->due_span);
        if (!pk_is_waiting(lint, action))
            continue;
        if (is_left_open(minutes, action))
            pk_report1(lint, action->due_span, "the due date is left open: \"%1\"", due);
        else if (action->dated == PK_DATED_NONE && !is_duty(minutes, action) &&
                 !is_for_event(lint, action))
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
    .words = {"event"},
    .check = check,
};
