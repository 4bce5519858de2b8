/* decisions.c - what was decided: entries of decision sections, and lines that say so. */
#include "read/read.h"

static bool is_of_decisions(enum pk_section_kind kind)
{
    return kind == PK_SECTION_DECISIONS || kind == PK_SECTION_AGREEMENTS;
}

static void add_decision(struct pk_reader *reader, uint32_t block, const struct pk_flow *flow,
                         struct pk_range range)
{
    struct pk_item item = {.flow = flow, .range = pk_trim_range(flow->text, range)};
    struct pk_view id = pk_take_id(&item);
    struct pk_view text = pk_text_left(reader, &item);
    if (pk_says_nothing(reader, text))
        return;
    struct pk_decision *decision = pk_push(reader->arena, &reader->minutes->decision);
    decision->span = pk_span_in(flow, pk_trim_range(flow->text, range));
    decision->text = text;
    decision->id = id;
    decision->section = reader->section[block];
    decision->block = block;
    pk_votes_in(reader, pk_view_part(flow->text, range.start, range.end), &decision->votes);
}

static bool find_keyword(struct pk_reader *reader, uint32_t block, uint32_t leaf)
{
    const struct pk_flow *flow = pk_flow_of(reader, leaf);
    struct pk_openings all = {
        .reader = reader, .leaf = leaf, .flow = flow, .range = {0, flow->text.length}};
    struct pk_opening one, next;
    bool any = false, more = pk_next_opening(&all, &one);
    while (more) {
        more = pk_next_opening(&all, &next);
        struct pk_range range = {one.content, more ? next.start : flow->text.length};
        if (one.kind == PK_WORD_DECISION)
            add_decision(reader, block, flow, range), any = true;
        one = next;
    }
    return any;
}

static void on_entry(void *context, uint32_t block, const struct pk_flow *flow,
                     struct pk_range range)
{
    size_t width;
    uint32_t last = pk_decode_before(flow->text, range.end, &width);
    size_t opened = pk_opened_by(context, flow, range, PK_WORD_DECISION, NULL);
    if (opened)
        range.start = opened;
    if (last != ':' && last != 0xFF1A)
        add_decision(context, block, flow, range);
}

/* Sub-items explain the decision they stand under; only those of a group decide. */
static bool is_detail(const struct pk_reader *reader, uint32_t item)
{
    uint32_t list = pk_block_of(reader, item)->parent;
    uint32_t outer = pk_inside(reader, pk_block_of(reader, list)->parent, PK_ITEM);
    uint32_t paragraph = outer ? pk_first_paragraph(reader, outer) : 0;
    if (!paragraph || !is_of_decisions(pk_section_kind_at(reader, outer)))
        return false;
    const struct pk_flow *flow = &reader->flow[paragraph];
    size_t end = pk_skip_back(flow->text, flow->text.length);
    return !(end && flow->text.at[end - 1] == ':');
}

static void at_item(struct pk_reader *reader, uint32_t block, uint32_t paragraph)
{
    const struct pk_flow *flow = pk_flow_of(reader, paragraph);
    size_t end = pk_skip_back(flow->text, flow->text.length);
    bool group = end && flow->text.at[end - 1] == ':' &&
                 pk_block_of(reader, block)->next > pk_block_of(reader, paragraph)->next;
    if (find_keyword(reader, block, paragraph))
        return;
    bool entry = is_of_decisions(pk_section_kind_at(reader, block)) && !group;
    if (entry && !is_detail(reader, block))
        add_decision(reader, block, flow, (struct pk_range){0, flow->text.length});
}

static void at_table(struct pk_reader *reader, uint32_t table)
{
    enum pk_column column[16];
    uint32_t columns = pk_columns_of(reader, table, column, 16), wanted = 16;
    for (uint32_t i = columns; i-- > 0;)
        wanted = column[i] == PK_COLUMN_DECISION ? i : wanted;
    if (wanted == 16)
        return;
    uint32_t end = pk_block_of(reader, table)->next;
    uint32_t row = pk_block_of(reader, table + 1)->next;
    for (; row < end; row = pk_block_of(reader, row)->next) {
        uint32_t cell = row + 1, last = pk_block_of(reader, row)->next;
        for (uint32_t i = 0; i < wanted && cell < last; i++)
            cell = pk_block_of(reader, cell)->next;
        if (cell >= last)
            continue;
        const struct pk_flow *flow = pk_flow_of(reader, cell);
        add_decision(reader, cell, flow, (struct pk_range){0, flow->text.length});
    }
}

/* "За – 4, против – 0" behind a decision tells how it came about. */
static void read_votes(struct pk_reader *reader, uint32_t block)
{
    struct pk_minutes *minutes = reader->minutes;
    struct pk_decision *last =
        minutes->decision.count ? &minutes->decision.items[minutes->decision.count - 1] : NULL;
    if (last && !last->votes.given && last->section == reader->section[block])
        pk_votes_in(reader, pk_flow_of(reader, block)->text, &last->votes);
}

static void at_paragraph(struct pk_reader *reader, uint32_t block)
{
    const struct pk_section *section = pk_section_at(reader, block);
    bool title = section && section->block == block && section->first != block;
    if (title)
        return;
    bool entries = section && is_of_decisions(section->kind) &&
                   !pk_inside(reader, block, PK_ITEM) && !pk_lists_its_entries(reader, section);
    if (entries)
        pk_entries_of(reader, block, on_entry, reader);
    else if (!find_keyword(reader, block, block))
        read_votes(reader, block);
}

void pk_read_decisions(struct pk_reader *reader)
{
    uint32_t first = 0;
    for (uint32_t i = 1; i < reader->minutes->blocks.block.count; i++) {
        enum pk_section_kind kind = pk_section_kind_at(reader, i);
        if (kind == PK_SECTION_PARTICIPANTS || kind == PK_SECTION_ABSENT)
            continue;
        uint8_t block = pk_block_of(reader, i)->kind;
        if (block == PK_ITEM && pk_first_paragraph(reader, i))
            at_item(reader, i, first = pk_first_paragraph(reader, i));
        else if (block == PK_PARAGRAPH && i != first)
            at_paragraph(reader, i);
        else if (block == PK_TABLE)
            at_table(reader, i);
    }
}
