/* actions_table.c - action items that stand in the rows of a table, by its column headers. */
#include "read/read.h"

enum { MOST_COLUMNS = 16 };

/* "Done?" asks for what "Done" tells. */
static struct pk_view header_of(struct pk_reader *reader, uint32_t cell)
{
    struct pk_view words = pk_bare_title(reader->library, pk_flow_of(reader, cell)->text);
    if (words.length > 1 && words.at[words.length - 1] == '?')
        words.length--;
    return pk_trim(words);
}

uint32_t pk_columns_of(struct pk_reader *reader, uint32_t table, enum pk_column *column,
                       uint32_t room)
{
    uint32_t row = table + 1, count = 0;
    if (row >= pk_block_of(reader, table)->next)
        return 0;
    uint32_t end = pk_block_of(reader, row)->next;
    for (uint32_t cell = row + 1; cell < end && count < room;
         cell = pk_block_of(reader, cell)->next) {
        const struct pk_phrase *phrase =
            pk_phrase_whole(reader, header_of(reader, cell), PK_WORD_COLUMN);
        column[count++] = phrase ? (enum pk_column)phrase->meaning.value : PK_COLUMN_OTHER;
    }
    return count;
}

/* Which column holds what; -1: none does. */
struct layout {
    int task, owner, due, status, id;
    bool decided;  /* the task is what was decided: nobody may have it to do */
    bool day_done; /* the status column is headed "Done": a day there says since when */
};

/* A header may mean several things ("When", "Item"): each meaning is asked for by itself. */
static bool means(struct pk_reader *reader, uint32_t cell, enum pk_column column)
{
    const struct pk_phrase *phrase =
        pk_phrase_whole(reader, header_of(reader, cell), PK_WORD_COLUMN);
    for (; phrase; phrase = pk_words_kind(pk_words_again(phrase), PK_WORD_COLUMN)) {
        if (phrase->meaning.value == column)
            return true;
    }
    return false;
}

/* The n-th cell of a row, or 0. */
static uint32_t cell_at(const struct pk_reader *reader, uint32_t row, int number)
{
    uint32_t cell = row + 1, end = pk_block_of(reader, row)->next;
    if (number < 0)
        return 0;
    while (number-- && cell < end)
        cell = pk_block_of(reader, cell)->next;
    return cell < end ? cell : 0;
}

/* "Вопрос | Решение | Ответственный": what is to be done is what was decided. */
static void take_decisions(struct pk_reader *reader, uint32_t row, int other, struct layout *layout)
{
    uint32_t task = cell_at(reader, row, layout->task), cell = cell_at(reader, row, other);
    const struct pk_phrase *topic =
        task && means(reader, cell, PK_COLUMN_DECISION)
            ? pk_phrase_whole(reader, header_of(reader, task), PK_WORD_FIELD)
            : NULL;
    if (!topic || topic->meaning.value != PK_FIELD_SUBJECT)
        return;
    layout->task = other;
    layout->decided = true;
}

static struct layout layout_of(struct pk_reader *reader, uint32_t table)
{
    static const enum pk_column wanted[] = {PK_COLUMN_TASK, PK_COLUMN_OWNER, PK_COLUMN_DUE,
                                            PK_COLUMN_STATUS, PK_COLUMN_ID};
    struct layout layout = {-1, -1, -1, -1, -1, false, false};
    int *place[] = {&layout.task, &layout.owner, &layout.due, &layout.status, &layout.id};
    uint32_t row = table + 1;
    if (row >= pk_block_of(reader, table)->next)
        return layout;
    uint32_t end = pk_block_of(reader, row)->next, cell = row + 1;
    int other = -1;
    for (int i = 0; cell < end && i < MOST_COLUMNS; i++, cell = pk_block_of(reader, cell)->next) {
        bool known = false;
        for (size_t w = 0; w < sizeof wanted / sizeof *wanted && !known; w++) {
            known = *place[w] < 0 && means(reader, cell, wanted[w]);
            if (known)
                *place[w] = i;
        }
        if (!known && other < 0)
            other = i;
    }
    if (other >= 0 && layout.owner >= 0)
        take_decisions(reader, row, other, &layout);
    bool assigned = layout.owner >= 0 && (layout.due >= 0 || layout.status >= 0);
    if (layout.task < 0 && assigned)
        layout.task = other;
    return layout;
}

/* A column that nothing heads, but in whose first row stands somebody we know. */
static int column_of_names(struct pk_reader *reader, uint32_t table, const struct layout *layout)
{
    uint32_t row = pk_block_of(reader, table + 1)->next;
    if (row >= pk_block_of(reader, table)->next)
        return -1;
    for (int i = 0; i < MOST_COLUMNS; i++) {
        uint32_t cell = cell_at(reader, row, i);
        struct pk_range names[4];
        uint32_t count;
        size_t end;
        if (!cell || i == layout->task || i == layout->due || i == layout->status)
            continue;
        struct pk_view words = pk_trim(pk_flow_of(reader, cell)->text);
        enum pk_named named = pk_names_at(reader, words, 0, words.length, names, 4, &count, &end);
        if (named == PK_SURE_NAME && end == words.length)
            return i;
    }
    return -1;
}

static bool holds_day(struct pk_reader *reader, uint32_t cell)
{
    const struct pk_flow *flow = pk_flow_of(reader, cell);
    struct pk_when when;
    return pk_when_any(reader, flow->text, (struct pk_range){0, flow->text.length}, &when);
}

/* "Item | By | Due": both may head days; that with the days in it does, and the other names. */
static void part_owner(struct pk_reader *reader, uint32_t table, struct layout *layout)
{
    uint32_t row = pk_block_of(reader, table + 1)->next;
    if (layout->owner >= 0 || layout->due < 0 || row >= pk_block_of(reader, table)->next)
        return;
    uint32_t by = cell_at(reader, row, layout->due), cell, head;
    for (int i = 0; i < MOST_COLUMNS && by && !holds_day(reader, by); i++) {
        cell = cell_at(reader, row, i);
        head = cell_at(reader, table + 1, i);
        if (i == layout->due || !cell || !head || !means(reader, head, PK_COLUMN_DUE) ||
            !holds_day(reader, cell))
            continue;
        layout->owner = layout->due;
        layout->due = i;
        return;
    }
}

static bool is_of_actions(const struct layout *layout, enum pk_section_kind section)
{
    if (layout->task < 0)
        return false;
    bool in_section = section == PK_SECTION_ACTIONS;
    return in_section || layout->owner >= 0 || (layout->due >= 0 && layout->status >= 0);
}

static struct pk_range all_of(const struct pk_flow *flow)
{
    return pk_trim_range(flow->text, (struct pk_range){0, flow->text.length});
}

static void read_owner(struct pk_reader *reader, uint32_t cell, struct pk_action *action)
{
    const struct pk_flow *flow = pk_flow_of(reader, cell);
    struct pk_item item = {.flow = flow, .range = all_of(flow)};
    pk_take_owners(reader, &item, item.range);
    pk_set_owners(reader, action, &item);
}

/* Whatever stands in a due column is when it is due, be it a date or not. */
static void read_due(struct pk_reader *reader, uint32_t cell, struct pk_action *action)
{
    const struct pk_flow *flow = pk_flow_of(reader, cell);
    struct pk_item item = {.flow = flow, .range = all_of(flow)};
    struct pk_view words = pk_view_part(flow->text, item.range.start, item.range.end);
    if (!words.length || pk_phrase_whole(reader, words, PK_WORD_NOBODY)) {
        if (words.length) /* a place for a date, and none in it */
            action->due_span = pk_span_in(flow, item.range);
        return;
    }
    item.when.opener = PK_UNTIL;
    if (!pk_when_at(reader, flow->text, item.range.start, &item.when) &&
        !pk_when_due(reader, flow->text, item.range, &item.when))
        item.when.dated = PK_DATED_WORDS;
    item.when.words = item.range;
    pk_set_due(action, &item);
}

static void read_status(struct pk_reader *reader, uint32_t cell, bool day_done,
                        struct pk_action *action)
{
    const struct pk_flow *flow = pk_flow_of(reader, cell);
    struct pk_view words = flow->text;
    struct pk_when when = {0};
    action->box = pk_block_of(reader, cell)->span;
    bool known = pk_state_of_cell(reader, words, &action->state);
    size_t end = pk_state_leads(reader, words, &action->state);
    if (end && end < pk_skip_back(words, words.length)) /* what is told behind it is no state */
        action->box = pk_flow_span(flow, pk_skip_blanks(words, 0), end);
    if (!known && !end && day_done && pk_when_day(reader, words, pk_skip_blanks(words, 0), &when) &&
        when.dated == PK_DATED) {
        action->state = PK_DONE;
        action->stamp = when.date;
    }
}

static void read_row(struct pk_reader *reader, uint32_t row, const struct layout *layout)
{
    uint32_t task = cell_at(reader, row, layout->task), owner = cell_at(reader, row, layout->owner),
             due = cell_at(reader, row, layout->due), status = cell_at(reader, row, layout->status),
             id = cell_at(reader, row, layout->id);
    if (!task)
        return;
    const struct pk_flow *flow = pk_flow_of(reader, task);
    struct pk_item item = {.flow = flow, .range = all_of(flow)};
    struct pk_view whole = pk_view_part(flow->text, item.range.start, item.range.end);
    bool nobody =
        layout->decided && owner && pk_says_nothing(reader, pk_flow_of(reader, owner)->text);
    if (pk_says_nothing(reader, whole) || nobody)
        return;
    struct pk_action *action = pk_push(reader->arena, &reader->minutes->action);
    action->source = PK_FROM_TABLE;
    action->block = row;
    action->section = reader->section[row];
    pk_take_stamp(&item);
    action->state = pk_state_in_words(reader, &item);
    action->said = pk_span_in(flow, item.said);
    action->stamp = item.stamped;
    action->stamp_span = pk_span_in(flow, item.stamp);
    if (owner)
        read_owner(reader, owner, action);
    if (due)
        read_due(reader, due, action);
    if (status)
        read_status(reader, status, layout->day_done, action);
    if (id)
        action->id = pk_trim(pk_flow_of(reader, id)->text);
    if (!owner || !due) { /* the task may name what no column does */
        pk_take_apart(reader, &item, true);
        if (!owner)
            pk_set_owners(reader, action, &item);
        if (!due)
            pk_set_due(action, &item);
    }
    action->text = pk_text_left(reader, &item);
    action->span = pk_span_in(flow, all_of(flow));
}

bool pk_read_action_table(struct pk_reader *reader, uint32_t table)
{
    struct layout layout = layout_of(reader, table);
    if (!is_of_actions(&layout, pk_section_kind_at(reader, table)))
        return false;
    uint32_t head = cell_at(reader, table + 1, layout.status);
    layout.day_done = head && pk_phrase_whole(reader, pk_flow_of(reader, head)->text, PK_WORD_DONE);
    part_owner(reader, table, &layout);
    if (layout.owner < 0)
        layout.owner = column_of_names(reader, table, &layout);
    uint32_t end = pk_block_of(reader, table)->next;
    uint32_t row = pk_block_of(reader, table + 1)->next;
    for (; row < end; row = pk_block_of(reader, row)->next)
        read_row(reader, row, &layout);
    return true;
}
