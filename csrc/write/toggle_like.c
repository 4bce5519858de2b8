/* toggle_like.c - what other items have that are in the state one is to be in; looked up once. */
#include "write/toggling.h"

enum { STATES = PK_CANCELLED + 1 };

/* By state. */
struct likes {
    const struct pk_action *of[STATES];
};

struct pk_likes {
    const struct pk_minutes *minutes;
    struct likes *row;     /* by action: the row of its table before it, else the first */
    struct likes *stamped; /* by action: whose day is written, likewise in all of the text */
    struct likes marked;   /* the first with a word in brackets */
    uint32_t table;        /* whose columns these are; 0: none yet */
    PK_LIST(struct pk_day_column) column;
};

_Static_assert(sizeof(struct pk_day_column) <= sizeof((struct pk_arena *)0)->spill, "see PK_LIST");

static bool is_stamped(const struct pk_action *action)
{
    return action->stamp_span.end > action->stamp_span.start;
}

static bool is_marked(const struct pk_minutes *minutes, const struct pk_action *action)
{
    return action->said.start > action->span.start &&
           pk_starts(pk_slice(minutes->blocks.text, action->said), PK_VIEW("("));
}

static uint32_t table_of(const struct pk_minutes *minutes, const struct pk_action *action)
{
    return action->source == PK_FROM_TABLE ? minutes->blocks.block.items[action->block].parent : 0;
}

/* Of actions [from, to), which ones are alike: to each the one of a state before it, else the
 * first of that state. */
static void link_up(const struct pk_minutes *minutes, struct likes *like, uint32_t from,
                    uint32_t to, bool fits(const struct pk_action *))
{
    struct likes last = {{0}};
    for (uint32_t i = from; i < to; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        like[i] = last;
        if (fits(action))
            last.of[action->state] = action;
    }
    for (uint32_t i = to; i-- > from;) {
        const struct pk_action *action = &minutes->action.items[i];
        for (int state = 0; state < STATES; state++)
            if (!like[i].of[state])
                like[i].of[state] = last.of[state];
        if (fits(action))
            last.of[action->state] = action;
    }
}

static bool has_cell(const struct pk_action *action)
{
    return action->box.start;
}

struct pk_likes *pk_likes_of(const struct pk_minutes *minutes)
{
    uint32_t count = minutes->action.count, end;
    struct pk_likes *likes = pk_alloc(minutes->arena, sizeof *likes);
    if (!likes)
        return NULL;
    *likes = (struct pk_likes){.minutes = minutes};
    likes->row = pk_alloc(minutes->arena, (count + 1) * sizeof *likes->row);
    likes->stamped = pk_alloc(minutes->arena, (count + 1) * sizeof *likes->stamped);
    if (!likes->row || !likes->stamped)
        return NULL;
    link_up(minutes, likes->stamped, 0, count, is_stamped);
    for (uint32_t i = 0; i < count; i = end) {
        uint32_t table = table_of(minutes, &minutes->action.items[i]);
        for (end = i + 1; end < count && table_of(minutes, &minutes->action.items[end]) == table;)
            end++;
        if (table)
            link_up(minutes, likes->row, i, end, has_cell);
    }
    for (uint32_t i = count; i-- > 0;)
        if (is_marked(minutes, &minutes->action.items[i]))
            likes->marked.of[minutes->action.items[i].state] = &minutes->action.items[i];
    return likes;
}

static size_t index_of(const struct subject *subject)
{
    return (size_t)(subject->action - subject->minutes->action.items);
}

const struct pk_action *pk_row_like(const struct subject *subject, enum pk_state state)
{
    return subject->likes->row[index_of(subject)].of[state];
}

const struct pk_action *pk_stamped_like(const struct subject *subject, enum pk_state state)
{
    return subject->likes->stamped[index_of(subject)].of[state];
}

const struct pk_action *pk_marked_like(const struct subject *subject, enum pk_state state)
{
    return subject->likes->marked.of[state];
}

/* -- Columns of days -- */

static void look_at_row(struct pk_likes *likes, const struct pk_action *action)
{
    const struct pk_minutes *minutes = likes->minutes;
    const struct pk_block *block = minutes->blocks.block.items;
    uint32_t cell = action->block + 1, end = block[action->block].next;
    for (uint32_t i = 0; i < likes->column.count && cell < end; i++, cell = block[cell].next) {
        struct pk_day_column *column = &likes->column.items[i];
        struct pk_day_cell one = pk_day_cell_of(minutes, action, cell);
        column->others += one.other;
        column->blanks += one.blank;
        if (one.day.length) {
            column->before_last = column->last;
            column->last = one.day;
        }
    }
}

const struct pk_day_column *pk_day_column_of(const struct subject *subject, uint32_t number)
{
    struct pk_likes *likes = subject->likes;
    const struct pk_minutes *minutes = subject->minutes;
    const struct pk_block *block = minutes->blocks.block.items;
    uint32_t table = block[subject->block].parent;
    if (likes->table != table) {
        uint32_t end = block[table + 1].next;
        likes->table = table;
        likes->column.count = 0;
        for (uint32_t cell = table + 2; cell < end; cell = block[cell].next)
            *pk_push(minutes->arena, &likes->column) = (struct pk_day_column){0};
        for (uint32_t i = 0; i < minutes->action.count && !minutes->arena->failed; i++)
            if (table_of(minutes, &minutes->action.items[i]) == table)
                look_at_row(likes, &minutes->action.items[i]);
    }
    return number < likes->column.count ? &likes->column.items[number] : NULL;
}
