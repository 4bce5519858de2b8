/* toggle.c - find the items whose state is to change, and change what is in brackets. */
#include "write/toggling.h"

static bool comes_before(const struct pk_edit *one, const struct pk_edit *other)
{
    if (one->span.start != other->span.start)
        return one->span.start < other->span.start;
    return one->span.end == one->span.start && other->span.end > other->span.start;
}

/* Kept in the order of the text: an item's mark may stand before what is taken out behind it. */
void pk_edit_to(struct subject *subject, struct pk_span span, struct pk_view text)
{
    struct pk_edit edit = {span, text};
    if (pk_same(pk_slice(subject->minutes->blocks.text, span), text))
        return;
    *pk_push(subject->minutes->arena, &subject->fix->edit) = edit;
    for (uint32_t i = subject->fix->edit.count; i-- > 1;) {
        struct pk_edit *before = &subject->fix->edit.items[i - 1];
        if (!comes_before(&edit, before))
            break;
        before[1] = *before;
        *before = edit;
    }
}

/* -- What is on the lines -- */

struct found {
    const struct pk_action *action;
    uint32_t block;
    enum pk_state state;
};

struct search {
    const struct pk_minutes *minutes;
    const struct pk_toggle *toggle;
    bool *taken; /* by block, of boxes: two items may share their brackets; they change once */
    PK_LIST(struct found) found;
};

static const struct pk_block *block_of(const struct pk_minutes *minutes, uint32_t block)
{
    return &minutes->blocks.block.items[block];
}

/* Does it lie on the lines, its bullet or row included? */
static bool is_there(const struct search *search, const struct pk_action *action)
{
    const struct pk_minutes *minutes = search->minutes;
    const struct pk_block *block = block_of(minutes, action->block);
    uint32_t first = pk_line_at(&minutes->blocks, action->span.start);
    uint32_t last = action->span.end > action->span.start
                        ? pk_line_at(&minutes->blocks, action->span.end - 1)
                        : first;
    if ((block->kind == PK_ITEM || block->kind == PK_ROW) && block->line < first)
        first = block->line;
    return first < search->toggle->end_line && last >= search->toggle->line;
}

static bool is_box(const struct pk_block *block)
{
    return block->kind == PK_ITEM && block->task != PK_TASK_NONE;
}

static void take(struct search *search, struct found found)
{
    if (is_box(block_of(search->minutes, found.block))) {
        if (search->taken[found.block])
            return;
        search->taken[found.block] = true;
    }
    *pk_push(search->minutes->arena, &search->found) = found;
}

static void find_actions(struct search *search)
{
    const struct pk_minutes *minutes = search->minutes;
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        if (is_there(search, action))
            take(search, (struct found){action, action->block, action->state});
    }
}

/* Boxes that are no action items: of people, of decisions. */
static void find_boxes(struct search *search)
{
    static const enum pk_state states[] = {PK_OPEN,      PK_OPEN, PK_DONE,
                                           PK_CANCELLED, PK_OPEN, PK_CANCELLED};
    const struct pk_minutes *minutes = search->minutes;
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = block_of(minutes, i);
        bool here = block->line >= search->toggle->line && block->line < search->toggle->end_line;
        if (is_box(block) && here)
            take(search, (struct found){NULL, i, states[block->task]});
    }
}

/* On a single line the item at the column is meant, else the first. */
static void keep_one(struct search *search)
{
    const struct pk_minutes *minutes = search->minutes;
    uint32_t at = minutes->blocks.line.items[search->toggle->line] + search->toggle->column;
    uint32_t chosen = 0;
    for (uint32_t i = search->found.count; i-- > 0;) {
        const struct pk_action *action = search->found.items[i].action;
        if (action && action->span.start <= at && at < action->span.end)
            chosen = i;
    }
    search->found.items[0] = search->found.items[chosen];
    search->found.count = 1;
}

/* -- Which state comes next -- */

static bool is_any(const struct search *search, enum pk_state state)
{
    for (uint32_t i = 0; i < search->found.count; i++)
        if (search->found.items[i].state == state)
            return true;
    return false;
}

/* Is what is found to be opened again? */
static bool reopens(const struct search *search)
{
    int wanted = search->toggle->to;
    if (wanted == PK_CANCELLED)
        return !is_any(search, PK_OPEN) && !is_any(search, PK_DONE);
    return wanted < 0 && !is_any(search, PK_OPEN);
}

static enum pk_state next_state(const struct search *search, bool reopened, enum pk_state from)
{
    int wanted = search->toggle->to;
    if (reopened)
        return PK_OPEN;
    if (wanted >= 0)
        return (enum pk_state)wanted;
    return from == PK_OPEN ? PK_DONE : from;
}

/* -- The edits -- */

static void toggle_box(struct subject *subject)
{
    static const struct pk_view marks[] = {{" ", 1}, {"x", 1}, {"-", 1}};
    struct pk_span box = block_of(subject->minutes, subject->block)->box;
    pk_edit_to(subject, (struct pk_span){box.start + 1, box.end - 1}, marks[subject->to]);
}

static bool has_cell(const struct pk_action *action)
{
    return action && action->source == PK_FROM_TABLE && action->box.start;
}

static void change(struct subject *subject)
{
    const struct pk_action *action = subject->action;
    bool box = is_box(block_of(subject->minutes, subject->block));
    if (box)
        toggle_box(subject);
    else if (has_cell(action))
        pk_toggle_row(subject);
    if (action && ((!box && !has_cell(action)) || action->said.end > action->said.start))
        pk_toggle_words(subject);
    if (action && !has_cell(action))
        pk_toggle_stamp(subject);
}

void pk_toggle(const struct pk_minutes *minutes, const struct pk_toggle *toggle,
               struct pk_changes *changes)
{
    struct search search = {.minutes = minutes, .toggle = toggle};
    *changes = (struct pk_changes){0};
    search.taken = pk_alloc(minutes->arena, minutes->blocks.block.count);
    if (toggle->line >= minutes->blocks.line.count || !search.taken)
        return;
    find_actions(&search);
    find_boxes(&search);
    if (search.found.count > 1 && toggle->end_line == toggle->line + 1)
        keep_one(&search);
    struct pk_likes *likes = pk_likes_of(minutes);
    bool reopened = reopens(&search);
    for (uint32_t i = 0; i < search.found.count && likes; i++) {
        const struct found *found = &search.found.items[i];
        enum pk_state to = next_state(&search, reopened, found->state);
        if (to == found->state)
            continue;
        struct pk_change *done = pk_push(minutes->arena, &changes->change);
        done->span = found->action ? found->action->span : block_of(minutes, found->block)->span;
        done->from = found->state;
        done->to = to;
        done->fix.title = found->action ? found->action->text : (struct pk_view){"", 0};
        struct subject subject = {.minutes = minutes,
                                  .action = found->action,
                                  .block = found->block,
                                  .from = found->state,
                                  .to = to,
                                  .fix = &done->fix,
                                  .likes = likes};
        change(&subject);
    }
}
