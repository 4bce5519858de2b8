/* start.c - begin the blocks that a line can begin.
 *
 * Each function looks at the line from its first character and says what it made of it.
 */
#include "parse/parser.h"

static enum pk_outcome start_quote(struct pk_parser *p)
{
    if (p->text[p->first] != '>' || p->depth + 1 > PK_DEPTH_MAX)
        return PK_NOTHING;
    pk_open_container(p, pk_start_block(p, PK_QUOTE), 0);
    pk_go_to_first(p);
    pk_skip_bytes(p, 1);
    pk_skip_columns(p, 1);
    return PK_CONTAINER;
}

static enum pk_outcome start_heading(struct pk_parser *p)
{
    struct pk_view words;
    uint8_t level = pk_scan_heading(pk_rest(p), &words);
    if (!level)
        return PK_NOTHING;
    uint32_t block = pk_start_block(p, PK_HEADING);
    pk_block_at(p, block)->level = level;
    struct pk_span span = pk_span_of(p->out->text, words);
    pk_add_segment(p, block, span.start, span.end);
    pk_sum_words(p, block);
    pk_finish_block(p, block);
    return PK_WHOLE;
}

static enum pk_outcome start_fence(struct pk_parser *p)
{
    struct pk_fence fence;
    if (!pk_scan_fence(pk_rest(p), &fence))
        return PK_NOTHING;
    uint32_t block = pk_start_block(p, PK_CODE);
    pk_block_at(p, block)->fenced = true;
    pk_block_at(p, block)->box = pk_span_of(p->out->text, fence.info);
    p->leaf = block;
    p->fence = fence;
    p->fence_indent = pk_indent(p);
    return PK_WHOLE;
}

static enum pk_outcome start_html(struct pk_parser *p)
{
    unsigned condition = p->plain || p->text[p->first] != '<' ? 0 : pk_scan_html(pk_rest(p));
    if (!condition || (condition == 7 && pk_is_near_paragraph(p)))
        return PK_NOTHING;
    uint32_t block = pk_start_block(p, PK_HTML);
    pk_block_at(p, block)->comment = condition == 2;
    pk_add_segment(p, block, p->at, p->end);
    if (pk_scan_html_end(pk_rest(p), condition)) {
        pk_finish_block(p, block);
        return PK_WHOLE;
    }
    p->leaf = block;
    p->html = condition;
    return PK_WHOLE;
}

static enum pk_outcome start_setext(struct pk_parser *p)
{
    uint8_t level = pk_is_in_paragraph(p) ? pk_scan_setext(pk_rest(p)) : 0;
    if (!level || !pk_split_definitions(p))
        return PK_NOTHING;
    struct pk_block *block = pk_block_at(p, p->leaf);
    block->kind = PK_HEADING;
    block->level = level;
    block->setext = true;
    block->end_line = p->line + 1;
    pk_close_leaf(p);
    return PK_WHOLE;
}

static enum pk_outcome start_break(struct pk_parser *p)
{
    if (!pk_scan_break(pk_rest(p)))
        return PK_NOTHING;
    pk_finish_block(p, pk_start_block(p, PK_BREAK));
    return PK_WHOLE;
}

/* The columns from the marker to the item's content (5.2, rules 1 to 3). */
static uint32_t go_to_content(struct pk_parser *p, const struct pk_marker *marker)
{
    pk_go_to_first(p);
    pk_skip_bytes(p, marker->width);
    uint32_t at = p->at, column = p->column;
    pk_look(p);
    uint32_t blanks = pk_indent(p);
    if (marker->empty || blanks > PK_CODE_INDENT) {
        p->at = at;
        p->column = column;
        pk_skip_columns(p, 1);
        return marker->width + 1;
    }
    pk_skip_columns(p, blanks);
    return marker->width + blanks;
}

static enum pk_outcome start_item(struct pk_parser *p)
{
    struct pk_marker marker;
    if (!pk_scan_marker(pk_rest(p), &marker) || p->depth + 2 > PK_DEPTH_MAX)
        return PK_NOTHING;
    bool ordered = marker.kind == '.' || marker.kind == ')';
    if (pk_is_in_paragraph(p) && (marker.empty || (ordered && marker.number != 1 && !p->plain)))
        return PK_NOTHING;

    pk_settle(p);
    const struct pk_block *list = pk_block_at(p, pk_innermost(p)->block);
    if (list->kind != PK_LIST || list->marker != marker.kind) {
        uint32_t block = pk_start_block(p, PK_LIST);
        pk_block_at(p, block)->marker = marker.kind;
        pk_block_at(p, block)->number = marker.number;
        pk_open_container(p, block, 0);
    }
    uint32_t item = pk_start_block(p, PK_ITEM);
    pk_block_at(p, item)->marker = marker.kind;
    pk_block_at(p, item)->number = marker.number;
    uint32_t before = pk_indent(p);
    pk_open_container(p, item, before + go_to_content(p, &marker));
    return PK_CONTAINER;
}

enum pk_outcome pk_start_indented_code(struct pk_parser *p)
{
    if (pk_is_near_paragraph(p))
        return PK_NOTHING;
    pk_skip_columns(p, PK_CODE_INDENT);
    p->leaf = pk_start_block(p, PK_CODE);
    pk_add_segment(p, p->leaf, p->at, p->end);
    return PK_WHOLE;
}

/* What the first character may start; most lines start with none of these. */
enum pk_outcome pk_start(struct pk_parser *p)
{
    enum pk_outcome outcome;
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
        return pk_start_table(p);
    case '-':
        if ((outcome = pk_start_table(p)) || (outcome = start_setext(p)))
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
        return pk_is_ascii_digit(p->text[p->first]) ? start_item(p) : PK_NOTHING;
    }
}
