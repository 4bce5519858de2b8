/* decisions.c - what was decided, what stayed open and what may go wrong: entries of such
 * sections, and lines that say so. */
#include "read/read.h"

static bool is_of_decisions(enum pk_section_kind kind)
{
    return kind == PK_SECTION_DECISIONS || kind == PK_SECTION_AGREEMENTS;
}

/* A vote that stands by itself is that on the decision before it. */
static bool take_mere_vote(struct pk_reader *reader, struct pk_view text)
{
    struct pk_minutes *minutes = reader->minutes;
    struct pk_decision *last =
        minutes->decision.count ? &minutes->decision.items[minutes->decision.count - 1] : NULL;
    if (!pk_is_mere_vote(reader, text))
        return false;
    if (last && !last->votes.given)
        pk_votes_in(reader, text, &last->votes);
    return true;
}

/* "Председатель __________ Е.А. Ким" */
static bool is_to_sign(struct pk_view text)
{
    enum { SHORTEST = 5 };
    size_t run = 0;
    for (size_t i = 0; i < text.length && run < SHORTEST; i++)
        run = text.at[i] == '_' ? run + 1 : 0;
    return run == SHORTEST;
}

static void add_decision(struct pk_reader *reader, uint32_t block, const struct pk_flow *flow,
                         struct pk_range range)
{
    if (take_mere_vote(reader, pk_view_part(flow->text, range.start, range.end)))
        return;
    struct pk_item item = {.flow = flow, .range = pk_trim_range(flow->text, range)};
    struct pk_view id = pk_take_id(&item);
    struct pk_view text = pk_text_left(reader, &item);
    if (pk_says_nothing(reader, text) || is_to_sign(text))
        return;
    struct pk_decision *decision = pk_push(reader->arena, &reader->minutes->decision);
    decision->span = pk_span_in(flow, pk_trim_range(flow->text, range));
    decision->text = text;
    decision->id = id;
    decision->section = reader->section[block];
    decision->block = block;
    pk_votes_in(reader, pk_view_part(flow->text, range.start, range.end), &decision->votes);
}

/* The word that marks what the entries of such a section are; 0: of no such section. */
static enum pk_word_kind marked_by(enum pk_section_kind kind)
{
    return is_of_decisions(kind)          ? PK_WORD_DECISION
           : kind == PK_SECTION_QUESTIONS ? PK_WORD_QUESTION
           : kind == PK_SECTION_RISKS     ? PK_WORD_RISK
                                          : (enum pk_word_kind)0;
}

static void add_point(struct pk_reader *reader, uint32_t block, const struct pk_flow *flow,
                      struct pk_range range, enum pk_word_kind kind)
{
    struct pk_minutes *minutes = reader->minutes;
    struct pk_item item = {.flow = flow, .range = pk_trim_range(flow->text, range)};
    struct pk_point point = {.span = pk_span_in(flow, item.range),
                             .id = pk_take_id(&item),
                             .section = reader->section[block],
                             .block = block};
    point.text = pk_text_left(reader, &item);
    bool blank = pk_behind_placeholder(point.text, 0) == point.text.length;
    if (blank || pk_says_nothing(reader, point.text))
        return;
    if (kind == PK_WORD_RISK)
        *pk_push(reader->arena, &minutes->risk) = point;
    else
        *pk_push(reader->arena, &minutes->question) = point;
}

static void add(struct pk_reader *reader, uint32_t block, const struct pk_flow *flow,
                struct pk_range range, enum pk_word_kind kind)
{
    if (kind == PK_WORD_DECISION)
        add_decision(reader, block, flow, range);
    else
        add_point(reader, block, flow, range, kind);
}

/* "РЕШИЛИ: 1. Утвердить план. 2. Купить насос.": each number begins one. */
static void add_numbered(struct pk_reader *reader, uint32_t block, const struct pk_flow *flow,
                         struct pk_range range, enum pk_word_kind kind)
{
    struct pk_view text = pk_view_part(flow->text, 0, range.end);
    while (range.start < range.end) {
        size_t next = pk_next_number(text, range.start);
        struct pk_range one = {pk_behind_mark(text, range.start), pk_skip_back(text, next)};
        if (one.start < one.end)
            add(reader, block, flow, one, kind);
        range.start = next;
    }
}

static bool find_keyword(struct pk_reader *reader, uint32_t block, uint32_t leaf)
{
    const struct pk_flow *flow = pk_flow_of(reader, leaf);
    if (!pk_may_open(reader, flow))
        return false;
    struct pk_openings all = {
        .reader = reader, .leaf = leaf, .flow = flow, .range = {0, flow->text.length}};
    struct pk_opening one, next;
    bool any = false, more = pk_next_opening(&all, &one);
    while (more) {
        more = pk_next_opening(&all, &next);
        struct pk_range range = {one.content, more ? next.start : flow->text.length};
        if (one.kind != PK_WORD_ACTION)
            add_numbered(reader, block, flow, range, one.kind), any = true;
        one = next;
    }
    return any;
}

static void on_entry(void *context, uint32_t block, const struct pk_flow *flow,
                     struct pk_range range)
{
    size_t width, marked;
    uint32_t last = pk_decode_before(flow->text, range.end, &width);
    enum pk_word_kind kind = marked_by(pk_section_kind_at(context, block));
    enum pk_word_kind point = pk_marked_as_point(context, flow, range, &marked);
    size_t opened = pk_opened_by(context, flow, range, PK_WORD_DECISION, NULL);
    if (opened || point)
        range.start = opened ? opened : marked;
    if (last != ':' && last != 0xFF1A)
        add(context, block, flow, range, opened ? PK_WORD_DECISION : point ? point : kind);
}

/* Sub-items explain the entry they stand under; only those of a group are some. */
static bool is_detail(const struct pk_reader *reader, uint32_t item)
{
    uint32_t list = pk_block_of(reader, item)->parent;
    uint32_t outer = pk_inside(reader, pk_block_of(reader, list)->parent, PK_ITEM);
    uint32_t paragraph = outer ? pk_first_paragraph(reader, outer) : 0;
    if (!paragraph || !marked_by(pk_section_kind_at(reader, outer)))
        return false;
    const struct pk_flow *flow = pk_minutes_flow(reader->minutes, paragraph);
    size_t end = pk_skip_back(flow->text, flow->text.length);
    return !(end && flow->text.at[end - 1] == ':');
}

static void at_item(struct pk_reader *reader, uint32_t block, uint32_t paragraph)
{
    const struct pk_flow *flow = pk_flow_of(reader, paragraph);
    size_t end = pk_skip_back(flow->text, flow->text.length);
    bool group = end && flow->text.at[end - 1] == ':' &&
                 pk_block_of(reader, block)->next > pk_block_of(reader, paragraph)->next;
    if (pk_ends_with_entries(reader, paragraph)) {
        pk_entries_of(reader, paragraph, on_entry, reader);
        return;
    }
    if (find_keyword(reader, block, paragraph))
        return;
    enum pk_word_kind kind = marked_by(pk_section_kind_at(reader, block));
    const struct pk_section *own = pk_section_at(reader, paragraph);
    if (own && own->block == paragraph && !marked_by(own->kind))
        return; /* "2. СЛУШАЛИ: ..." */
    if (kind && !group && !is_detail(reader, block))
        add(reader, block, flow, (struct pk_range){0, flow->text.length}, kind);
}

/* The column of decisions; in a section of questions or risks the one headed so, or the first
 * that is none of numbers. */
static uint32_t column_wanted(struct pk_reader *reader, uint32_t table, enum pk_word_kind *kind)
{
    enum { MOST = 16 };
    enum pk_column column[MOST];
    enum pk_word_kind section = marked_by(pk_section_kind_at(reader, table));
    uint32_t columns = pk_columns_of(reader, table, column, MOST), first = UINT32_MAX;
    uint32_t cell = table + 2, end = pk_block_of(reader, table + 1)->next;
    *kind = PK_WORD_DECISION;
    for (uint32_t i = 0; i < columns; i++)
        if (column[i] == PK_COLUMN_DECISION)
            return i;
    if (!section || section == PK_WORD_DECISION)
        return UINT32_MAX;
    *kind = section;
    for (uint32_t i = 0; i < columns && cell < end; i++, cell = pk_block_of(reader, cell)->next) {
        if (pk_phrase_whole(reader, pk_flow_of(reader, cell)->text, section))
            return i;
        if (first == UINT32_MAX && (column[i] == PK_COLUMN_OTHER || column[i] == PK_COLUMN_TASK))
            first = i;
    }
    return first;
}

static void at_table(struct pk_reader *reader, uint32_t table)
{
    enum pk_word_kind kind;
    uint32_t wanted = column_wanted(reader, table, &kind);
    if (wanted == UINT32_MAX)
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
        add(reader, cell, flow, (struct pk_range){0, flow->text.length}, kind);
    }
}

/* Does a paragraph stand before it that is but a vote? */
static bool follows_vote(struct pk_reader *reader, uint32_t block)
{
    return pk_block_of(reader, block - 1)->kind == PK_PARAGRAPH &&
           pk_is_mere_vote(reader, pk_flow_of(reader, block - 1)->text);
}

/* "За – 4, против – 0" behind a decision tells how it came about; by itself it tells of one. */
static void read_votes(struct pk_reader *reader, uint32_t block)
{
    struct pk_minutes *minutes = reader->minutes;
    struct pk_decision *last =
        minutes->decision.count ? &minutes->decision.items[minutes->decision.count - 1] : NULL;
    const struct pk_flow *flow = pk_flow_of(reader, block);
    struct pk_votes votes = {0};
    if (!pk_votes_in(reader, flow->text, &votes))
        return;
    if (last && !last->votes.given && last->section == reader->section[block])
        last->votes = votes;
    else if ((votes.in_favour >= 0 && votes.against >= 0) || /* counted: it was put to the vote */
             (votes.unanimous && follows_vote(reader, block)))
        add_decision(reader, block, flow, (struct pk_range){0, flow->text.length});
}

static void at_paragraph(struct pk_reader *reader, uint32_t block)
{
    const struct pk_section *section = pk_section_at(reader, block);
    bool title = section && section->block == block && section->first != block;
    if (title)
        return;
    bool entries = section && marked_by(section->kind) && !pk_inside(reader, block, PK_ITEM) &&
                   !pk_lists_its_entries(reader, section);
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
