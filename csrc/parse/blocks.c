/* blocks.c - go through the lines once, opening and closing blocks (CommonMark, appendix). */
#include "parse/scan.h"

#include <string.h>

enum { TAB = 4, CODE_INDENT = 4 };

/* A container that more lines can still go into. */
struct open {
    uint32_t block;
    uint32_t indent; /* item: columns its content stands in from the container around it */
    uint32_t quote;  /* the innermost quote up to here, as an index of `open`; 0: none */
};

struct parser {
    struct pk_arena *arena;
    struct pk_blocks *out;
    const char *text;
    bool plain;

    struct open open[PK_DEPTH_MAX]; /* the document first */
    uint32_t depth;
    uint32_t leaf;         /* the open leaf block, 0: none; always the last block but for a table */
    struct pk_fence fence; /* of the open code block */
    uint32_t fence_indent;
    unsigned html; /* start condition of the open HTML block */

    /* The line. */
    uint32_t line, end;    /* its number; where it ends */
    uint32_t at, column;   /* how far we are; a tab may be used in part */
    uint32_t first;        /* the first byte from there that is no blank, or end */
    uint32_t first_column; /* its column */
    uint32_t matched;      /* containers this line goes on with */
    bool settled;          /* the others are closed */
};

/* -- The cursor ---------------------------------------------------------------- */

static void look(struct parser *p)
{
    uint32_t at = p->at, column = p->column;
    for (; at < p->end; at++) {
        if (p->text[at] == ' ')
            column++;
        else if (p->text[at] == '\t')
            column += TAB - column % TAB;
        else
            break;
    }
    p->first = at;
    p->first_column = column;
}

static uint32_t indent(const struct parser *p)
{
    return p->first_column - p->column;
}

static bool is_code_indent(const struct parser *p)
{
    return !p->plain && indent(p) >= CODE_INDENT;
}

static bool is_blank_line(const struct parser *p)
{
    return p->first == p->end;
}

static struct pk_view rest(const struct parser *p)
{
    return (struct pk_view){p->text + p->first, p->end - p->first};
}

static void go_to_first(struct parser *p)
{
    p->at = p->first;
    p->column = p->first_column;
}

/* Over blanks and tabs; a tab may be left half used. */
static void skip_columns(struct parser *p, uint32_t columns)
{
    uint32_t target = p->column + columns;
    while (p->column < target && p->at < p->end && pk_is_blank(p->text[p->at])) {
        uint32_t next = p->text[p->at] == '\t' ? p->column + TAB - p->column % TAB : p->column + 1;
        if (next > target) {
            p->column = target;
            return;
        }
        p->column = next;
        p->at++;
    }
}

static void skip_bytes(struct parser *p, uint32_t bytes) /* that are no tabs */
{
    p->at += bytes;
    p->column += bytes;
}

/* -- Blocks and segments ---------------------------------------------------------- */

static struct pk_block *block_at(const struct parser *p, uint32_t index)
{
    return &p->out->block.items[index];
}

static uint8_t leaf_kind(const struct parser *p)
{
    return p->leaf ? block_at(p, p->leaf)->kind : PK_DOCUMENT;
}

static uint32_t add_block(struct parser *p, enum pk_block_kind kind, uint32_t parent)
{
    struct pk_block *block = pk_push(p->arena, &p->out->block);
    block->kind = (uint8_t)kind;
    block->parent = parent;
    block->line = p->line;
    block->end_line = p->line + 1;
    block->span = (struct pk_span){p->first, p->end};
    block->segment = p->out->segment.count;
    return p->out->block.count - 1;
}

static void add_segment(struct parser *p, uint32_t block, uint32_t start, uint32_t end)
{
    *pk_push(p->arena, &p->out->segment) = (struct pk_span){start, end < start ? start : end};
    block_at(p, block)->segment_count++;
    block_at(p, block)->end_line = p->line + 1;
}

static void add_trimmed(struct parser *p, uint32_t block, uint32_t start)
{
    uint32_t end = p->end;
    while (end > start && pk_is_blank(p->text[end - 1]))
        end--;
    add_segment(p, block, start, end);
}

static void count_words(struct parser *p, uint32_t block)
{
    const struct pk_block *b = block_at(p, block);
    for (uint32_t i = 0; i < b->segment_count; i++)
        p->out->words +=
            pk_line_words(pk_slice(p->out->text, p->out->segment.items[b->segment + i]));
}

/* The block takes no more: settles where it ends, and that its parent ends no earlier. */
static void finish(struct parser *p, uint32_t index)
{
    struct pk_block *block = block_at(p, index), *parent = block_at(p, block->parent);
    block->next = p->out->block.count;
    block->span.end = pk_line_end(p->out, block->end_line - 1);
    if (parent->end_line < block->end_line)
        parent->end_line = block->end_line;
}

/* Definitions at the start of the open paragraph become blocks of their own. False: they
 * took all of it. */
static bool split_definitions(struct parser *p)
{
    for (;;) {
        struct pk_block *block = block_at(p, p->leaf);
        const struct pk_span *segments = p->out->segment.items + block->segment;
        if (p->text[segments[0].start] != '[' || segments[0].start == segments[0].end)
            return true;
        uint32_t taken = pk_scan_definition(p->out->text, segments, block->segment_count);
        if (!taken)
            return true;
        struct pk_block left = *block;
        block->kind = PK_DEFINITION;
        block->segment_count = taken;
        block->end_line = block->line + taken;
        finish(p, p->leaf);
        if (taken == left.segment_count) {
            p->leaf = 0;
            return false;
        }
        left.segment += taken;
        left.segment_count -= taken;
        left.line += taken;
        left.span.start = p->out->segment.items[left.segment].start;
        *pk_push(p->arena, &p->out->block) = left;
        p->leaf = p->out->block.count - 1;
    }
}

/* Blank lines at the end of indented code are no part of it. */
static void drop_blank_end(struct parser *p)
{
    struct pk_block *block = block_at(p, p->leaf);
    while (block->segment_count > 1) {
        struct pk_view last = pk_slice(
            p->out->text, p->out->segment.items[block->segment + block->segment_count - 1]);
        if (!pk_is_all_blank(last))
            return;
        block->segment_count--;
        block->end_line--;
        p->out->segment.count--;
    }
}

static void close_leaf(struct parser *p)
{
    if (!p->leaf)
        return;
    if (leaf_kind(p) == PK_PARAGRAPH && !split_definitions(p))
        return;
    if (leaf_kind(p) == PK_CODE && !block_at(p, p->leaf)->fenced)
        drop_blank_end(p);
    if (leaf_kind(p) == PK_PARAGRAPH || leaf_kind(p) == PK_HEADING)
        count_words(p, p->leaf);
    finish(p, p->leaf);
    p->leaf = 0;
}

static void close_container(struct parser *p)
{
    finish(p, p->open[--p->depth].block);
}

/* What this line does not go on with is closed. */
static void settle(struct parser *p)
{
    if (p->settled)
        return;
    p->settled = true;
    close_leaf(p);
    while (p->depth > p->matched)
        close_container(p);
}

static struct open *innermost(struct parser *p)
{
    return &p->open[p->depth - 1];
}

/* A block that starts at `first` in the innermost container. Only items stand in a list. */
static uint32_t start_block(struct parser *p, enum pk_block_kind kind)
{
    settle(p);
    if (kind != PK_ITEM && block_at(p, innermost(p)->block)->kind == PK_LIST)
        close_container(p);
    return add_block(p, kind, innermost(p)->block);
}

static void open_container(struct parser *p, uint32_t block, uint32_t columns)
{
    uint32_t quote = p->depth ? innermost(p)->quote : 0;
    if (block_at(p, block)->kind == PK_QUOTE)
        quote = p->depth;
    p->open[p->depth++] = (struct open){block, columns, quote};
}

/* A leaf that is one line and no more. */
static uint32_t start_and_finish(struct parser *p, enum pk_block_kind kind)
{
    uint32_t block = start_block(p, kind);
    finish(p, block);
    return block;
}

/* -- What a line can start ----------------------------------------------------------
 * Each looks at the line from its first character and says what it made of it. */

enum outcome {
    NOTHING,   /* it is something else */
    CONTAINER, /* and what follows on the line goes into it */
    WHOLE,     /* the line is done */
};

/* The open paragraph this line would go on with; not one it could only go on with lazily. */
static bool is_in_paragraph(const struct parser *p)
{
    return !p->settled && p->matched == p->depth && leaf_kind(p) == PK_PARAGRAPH;
}

static bool is_near_paragraph(const struct parser *p)
{
    return !p->settled && leaf_kind(p) == PK_PARAGRAPH;
}

static enum outcome start_quote(struct parser *p)
{
    if (p->text[p->first] != '>' || p->depth + 1 > PK_DEPTH_MAX)
        return NOTHING;
    open_container(p, start_block(p, PK_QUOTE), 0);
    go_to_first(p);
    skip_bytes(p, 1);
    skip_columns(p, 1);
    return CONTAINER;
}

static enum outcome start_heading(struct parser *p)
{
    struct pk_view words;
    uint8_t level = pk_scan_heading(rest(p), &words);
    if (!level)
        return NOTHING;
    uint32_t block = start_block(p, PK_HEADING);
    block_at(p, block)->level = level;
    struct pk_span span = pk_span_of(p->out->text, words);
    add_segment(p, block, span.start, span.end);
    count_words(p, block);
    finish(p, block);
    return WHOLE;
}

static enum outcome start_fence(struct parser *p)
{
    struct pk_fence fence;
    if (!pk_scan_fence(rest(p), &fence))
        return NOTHING;
    uint32_t block = start_block(p, PK_CODE);
    block_at(p, block)->fenced = true;
    block_at(p, block)->box = pk_span_of(p->out->text, fence.info);
    p->leaf = block;
    p->fence = fence;
    p->fence_indent = indent(p);
    return WHOLE;
}

static enum outcome start_html(struct parser *p)
{
    unsigned condition = p->plain || p->text[p->first] != '<' ? 0 : pk_scan_html(rest(p));
    if (!condition || (condition == 7 && is_near_paragraph(p)))
        return NOTHING;
    uint32_t block = start_block(p, PK_HTML);
    block_at(p, block)->comment = condition == 2;
    add_segment(p, block, p->at, p->end);
    if (pk_scan_html_end(rest(p), condition)) {
        finish(p, block);
        return WHOLE;
    }
    p->leaf = block;
    p->html = condition;
    return WHOLE;
}

static enum outcome start_setext(struct parser *p)
{
    uint8_t level = is_in_paragraph(p) ? pk_scan_setext(rest(p)) : 0;
    if (!level || !split_definitions(p))
        return NOTHING;
    struct pk_block *block = block_at(p, p->leaf);
    block->kind = PK_HEADING;
    block->level = level;
    block->setext = true;
    block->end_line = p->line + 1;
    close_leaf(p);
    return WHOLE;
}

static enum outcome start_break(struct parser *p)
{
    if (!pk_scan_break(rest(p)))
        return NOTHING;
    start_and_finish(p, PK_BREAK);
    return WHOLE;
}

/* The columns from the marker to the item's content (5.2, rules 1 to 3). */
static uint32_t go_to_content(struct parser *p, const struct pk_marker *marker)
{
    go_to_first(p);
    skip_bytes(p, marker->width);
    uint32_t at = p->at, column = p->column;
    look(p);
    uint32_t blanks = indent(p);
    if (marker->empty || blanks > CODE_INDENT) {
        p->at = at;
        p->column = column;
        skip_columns(p, 1);
        return marker->width + 1;
    }
    skip_columns(p, blanks);
    return marker->width + blanks;
}

static enum outcome start_item(struct parser *p)
{
    struct pk_marker marker;
    if (!pk_scan_marker(rest(p), &marker) || p->depth + 2 > PK_DEPTH_MAX)
        return NOTHING;
    bool ordered = marker.kind == '.' || marker.kind == ')';
    if (is_in_paragraph(p) && (marker.empty || (ordered && marker.number != 1 && !p->plain)))
        return NOTHING;

    settle(p);
    const struct pk_block *list = block_at(p, innermost(p)->block);
    if (list->kind != PK_LIST || list->marker != marker.kind) {
        uint32_t block = start_block(p, PK_LIST);
        block_at(p, block)->marker = marker.kind;
        block_at(p, block)->number = marker.number;
        open_container(p, block, 0);
    }
    uint32_t item = start_block(p, PK_ITEM);
    block_at(p, item)->marker = marker.kind;
    block_at(p, item)->number = marker.number;
    uint32_t before = indent(p);
    open_container(p, item, before + go_to_content(p, &marker));
    return CONTAINER;
}

static enum outcome start_indented_code(struct parser *p)
{
    if (is_near_paragraph(p))
        return NOTHING;
    skip_columns(p, CODE_INDENT);
    p->leaf = start_block(p, PK_CODE);
    add_segment(p, p->leaf, p->at, p->end);
    return WHOLE;
}

/* -- Tables ------------------------------------------------------------------------ */

static void add_row(struct parser *p, uint32_t table, struct pk_view words)
{
    uint32_t row = add_block(p, PK_ROW, table);
    struct pk_span span = pk_span_of(p->out->text, words);
    block_at(p, row)->span.start = span.start;
    size_t at = 0;
    struct pk_view cell;
    while (pk_next_cell(words, &at, &cell)) {
        uint32_t block = add_block(p, PK_CELL, row);
        struct pk_span inside = pk_span_of(p->out->text, cell);
        add_segment(p, block, inside.start, inside.end);
        count_words(p, block);
        block_at(p, block)->next = p->out->block.count;
        block_at(p, block)->span = inside;
    }
    finish(p, row);
}

/* A delimiter row under the last line of the paragraph, with as many cells as that has. */
static enum outcome start_table(struct parser *p)
{
    uint32_t columns = is_in_paragraph(p) ? pk_scan_delimiter(rest(p)) : 0;
    if (!columns)
        return NOTHING;
    struct pk_block *paragraph = block_at(p, p->leaf);
    struct pk_span last = p->out->segment.items[paragraph->segment + paragraph->segment_count - 1];
    struct pk_view header = pk_slice(p->out->text, last);
    if (pk_count_cells(header) != columns)
        return NOTHING;

    uint32_t parent = paragraph->parent, line = p->line, end = p->end;
    p->out->segment.count--;
    if (--paragraph->segment_count) {
        paragraph->end_line--;
        close_leaf(p);
    } else {
        memset(paragraph, 0, sizeof *paragraph); /* as pk_push promises the next one to be */
        p->out->block.count--;
        p->leaf = 0;
    }
    p->settled = true;
    p->line = line - 1;
    p->first = last.start;
    p->end = pk_line_end(p->out, p->line);
    p->leaf = add_block(p, PK_TABLE, parent);
    add_row(p, p->leaf, header);
    p->line = line;
    p->end = end;
    block_at(p, p->leaf)->end_line = line + 1;
    return WHOLE;
}

/* -- Lines ------------------------------------------------------------------------- */

static bool goes_on(struct parser *p, const struct open *open)
{
    struct pk_block *block = block_at(p, open->block);
    if (block->kind == PK_LIST)
        return true;
    look(p);
    if (block->kind == PK_QUOTE) {
        if (is_code_indent(p) || is_blank_line(p) || p->text[p->first] != '>')
            return false;
        go_to_first(p);
        skip_bytes(p, 1);
        skip_columns(p, 1);
        block->end_line = p->line + 1;
        return true;
    }
    if (is_blank_line(p)) {
        go_to_first(p);
        /* Items all go on, but for an innermost one that is empty: it may begin with one
         * blank line, not with two. */
        if (innermost(p)->quote < p->matched && p->matched + 2 < p->depth)
            p->matched = p->depth - 2;
        return p->out->block.count > open->block + 1;
    }
    if (indent(p) < open->indent)
        return false;
    skip_columns(p, open->indent);
    return true;
}

/* The open leaf takes the line, or ends with it. False: the line may start something. */
static bool goes_on_leaf(struct parser *p)
{
    look(p);
    switch (leaf_kind(p)) {
    case PK_CODE:
        if (block_at(p, p->leaf)->fenced) {
            if (!is_code_indent(p) && pk_scan_fence_end(rest(p), &p->fence)) {
                block_at(p, p->leaf)->end_line = p->line + 1;
                close_leaf(p);
                return true;
            }
            skip_columns(p, p->fence_indent);
        } else if (is_blank_line(p) || is_code_indent(p)) {
            skip_columns(p, CODE_INDENT);
        } else {
            return false;
        }
        add_segment(p, p->leaf, p->at, p->end);
        return true;
    case PK_HTML:
        if (p->html >= 6 && is_blank_line(p)) {
            close_leaf(p);
            return true;
        }
        add_segment(p, p->leaf, p->at, p->end);
        if (pk_scan_html_end(rest(p), p->html))
            close_leaf(p);
        return true;
    default:
        if (!is_blank_line(p))
            return false;
        close_leaf(p);
        return true;
    }
}

/* What the first character may start; most lines start with none of these. */
static enum outcome start(struct parser *p)
{
    enum outcome outcome;
    switch (p->text[p->first]) {
    case '>':
        return start_quote(p);
    case '#':
        return start_heading(p);
    case '`':
    case '~':
        return start_fence(p);
    case '<':
        return start_html(p);
    case '=':
        return start_setext(p);
    case '|':
    case ':':
        return start_table(p);
    case '-':
        if ((outcome = start_table(p)) || (outcome = start_setext(p)))
            return outcome;
        /* fall through */
    case '*':
    case '_':
        if ((outcome = start_break(p)))
            return outcome;
        /* fall through */
    case '+':
        return start_item(p);
    default:
        return pk_is_ascii_digit(p->text[p->first]) ? start_item(p) : NOTHING;
    }
}

static void add_text(struct parser *p)
{
    if (is_near_paragraph(p)) { /* perhaps lazily: then its containers go on too */
        add_trimmed(p, p->leaf, p->first);
        return;
    }
    if (!p->settled && p->matched == p->depth && leaf_kind(p) == PK_TABLE) {
        uint32_t table = p->leaf;
        add_row(p, table, rest(p));
        return;
    }
    uint32_t block = p->leaf = start_block(p, PK_PARAGRAPH);
    uint32_t parent = block_at(p, block)->parent, start = p->first;
    if (parent + 1 == block && block_at(p, parent)->kind == PK_ITEM) {
        enum pk_task task;
        uint32_t width = pk_scan_box(rest(p), &task);
        if (width) {
            block_at(p, parent)->task = (uint8_t)task;
            block_at(p, parent)->box = (struct pk_span){start, start + width};
            start += width;
            while (start < p->end && pk_is_blank(p->text[start]))
                start++;
            block_at(p, block)->span.start = start;
        }
    }
    add_trimmed(p, block, start);
}

static void read_line(struct parser *p)
{
    p->column = 0;
    p->settled = false;
    p->matched = 1;
    while (p->matched < p->depth && goes_on(p, &p->open[p->matched]))
        p->matched++;
    if (p->leaf && p->matched == p->depth && goes_on_leaf(p))
        return;
    for (;;) {
        look(p);
        if (is_blank_line(p)) {
            settle(p);
            return;
        }
        enum outcome outcome = is_code_indent(p) ? start_indented_code(p) : start(p);
        if (outcome == WHOLE)
            return;
        if (outcome == NOTHING)
            break;
    }
    add_text(p);
}

/* -- Front matter -------------------------------------------------------------------- */

/* Without the blanks behind it. */
static struct pk_view fence_line(const struct pk_blocks *blocks, uint32_t line, uint32_t start)
{
    struct pk_span span = {start, pk_line_end(blocks, line)};
    while (span.end > start && pk_is_blank(blocks->text.at[span.end - 1]))
        span.end--;
    return pk_slice(blocks->text, span);
}

/* The line behind front matter, 0: there is none. `start`: behind a BOM. */
static uint32_t front_matter_end(const struct pk_blocks *blocks, uint32_t start)
{
    if (!pk_is(fence_line(blocks, 0, start), "---"))
        return 0;
    for (uint32_t line = 1; line < blocks->line.count; line++) {
        struct pk_view words = fence_line(blocks, line, blocks->line.items[line]);
        if (line == 1 && !words.length)
            return 0;
        if (pk_is(words, "---") || pk_is(words, "..."))
            return line + 1;
    }
    return 0;
}

static void add_front_matter(struct parser *p, uint32_t start, uint32_t end)
{
    p->first = start;
    uint32_t block = add_block(p, PK_FRONT_MATTER, 0);
    for (p->line = 1; p->line < end - 1; p->line++)
        add_segment(p, block, p->out->line.items[p->line], pk_line_end(p->out, p->line));
    block_at(p, block)->end_line = end;
    p->line = end;
    finish(p, block);
}

enum pk_status pk_parse(struct pk_arena *arena, struct pk_view text, enum pk_markup markup,
                        struct pk_blocks *out)
{
    memset(out, 0, sizeof *out);
    out->text = text.at ? text : PK_VIEW("");
    if (text.length >= PK_TEXT_MAX)
        return PK_ETOOBIG;
    pk_index_lines(arena, out);
    if (arena->failed)
        return PK_ENOMEM;

    uint32_t start = pk_starts(text, PK_VIEW("\xEF\xBB\xBF")) ? 3 : 0;
    uint32_t last = out->line.count; /* nothing behind the last line end is no line to read */
    if (last > 1 && out->line.items[last - 1] == text.length)
        last--;
    struct parser parser = {.arena = arena, .out = out, .text = out->text.at};
    struct parser *p = &parser;
    p->plain = markup == PK_PLAIN;
    p->first = start;
    open_container(p, add_block(p, PK_DOCUMENT, 0), 0);
    if (arena->failed)
        return PK_ENOMEM;

    uint32_t behind = front_matter_end(out, start);
    if (behind)
        add_front_matter(p, start, behind);
    for (; p->line < last && !arena->failed; p->line++) {
        p->at = p->line ? out->line.items[p->line] : start;
        p->end = pk_line_end(out, p->line);
        read_line(p);
    }
    close_leaf(p);
    while (p->depth)
        close_container(p);
    out->block.items[0].end_line = last;
    out->block.items[0].span = (struct pk_span){start, (uint32_t)text.length};
    return arena->failed ? PK_ENOMEM : PK_OK;
}
