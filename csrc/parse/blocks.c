/* blocks.c - go through the lines once, opening and closing blocks (CommonMark, appendix). */
#include "parse/inline.h"
#include "parse/parser.h"

#include <string.h>

/* The container goes on with this line: then its marker or indentation is behind us. */
static bool goes_on(struct pk_parser *p, const struct pk_open *open)
{
    struct pk_block *block = pk_block_at(p, open->block);
    if (block->kind == PK_LIST)
        return true;
    pk_look(p);
    if (block->kind == PK_QUOTE) {
        if (pk_is_code_indent(p) || pk_is_blank_line(p) || p->text[p->first] != '>')
            return false;
        pk_go_to_first(p);
        pk_skip_bytes(p, 1);
        pk_skip_columns(p, 1);
        block->end_line = p->line + 1;
        return true;
    }
    if (pk_is_blank_line(p)) {
        pk_go_to_first(p);
        /* Items all go on, but for an innermost one that is empty: it may begin with one
         * blank line, not with two. */
        if (pk_innermost(p)->quote < p->matched && p->matched + 2 < p->depth)
            p->matched = p->depth - 2;
        return p->out->block.count > open->block + 1;
    }
    if (pk_indent(p) < open->indent)
        return false;
    pk_skip_columns(p, open->indent);
    return true;
}

/* The open leaf takes the line, or ends with it. False: the line may start something. */
static bool goes_on_leaf(struct pk_parser *p)
{
    pk_look(p);
    switch (pk_leaf_kind(p)) {
    case PK_CODE:
        if (pk_block_at(p, p->leaf)->fenced) {
            if (!pk_is_code_indent(p) && pk_scan_fence_end(pk_rest(p), &p->fence)) {
                pk_block_at(p, p->leaf)->end_line = p->line + 1;
                pk_close_leaf(p);
                return true;
            }
            pk_skip_columns(p, p->fence_indent);
        } else if (pk_is_blank_line(p) || pk_is_code_indent(p)) {
            pk_skip_columns(p, PK_CODE_INDENT);
        } else {
            return false;
        }
        pk_add_segment(p, p->leaf, p->at, p->end);
        return true;
    case PK_HTML:
        if (p->html >= 6 && pk_is_blank_line(p)) {
            pk_close_leaf(p);
            return true;
        }
        pk_add_segment(p, p->leaf, p->at, p->end);
        if (pk_scan_html_end(pk_rest(p), p->html))
            pk_close_leaf(p);
        return true;
    default:
        if (!pk_is_blank_line(p))
            return false;
        pk_close_leaf(p);
        return true;
    }
}

static void add_text(struct pk_parser *p)
{
    if (pk_is_near_paragraph(p)) { /* perhaps lazily: then its containers go on too */
        pk_add_trimmed(p, p->leaf, p->first);
        return;
    }
    if (!p->settled && p->matched == p->depth && pk_leaf_kind(p) == PK_TABLE) {
        uint32_t table = p->leaf;
        pk_add_row(p, table, pk_rest(p));
        return;
    }
    uint32_t block = p->leaf = pk_start_block(p, PK_PARAGRAPH);
    uint32_t parent = pk_block_at(p, block)->parent, start = p->first;
    if (parent + 1 == block && pk_block_at(p, parent)->kind == PK_ITEM) {
        enum pk_task task;
        uint32_t width = pk_scan_box(pk_rest(p), &task);
        if (width) {
            pk_block_at(p, parent)->task = (uint8_t)task;
            pk_block_at(p, parent)->box = (struct pk_span){start, start + width};
            start += width;
            while (start < p->end && pk_is_blank(p->text[start]))
                start++;
            pk_block_at(p, block)->span.start = start;
        }
    }
    pk_add_trimmed(p, block, start);
}

static void read_line(struct pk_parser *p)
{
    p->column = 0;
    p->settled = false;
    p->matched = 1;
    while (p->matched < p->depth && goes_on(p, &p->open[p->matched]))
        p->matched++;
    if (p->leaf && p->matched == p->depth && goes_on_leaf(p))
        return;
    for (;;) {
        pk_look(p);
        if (pk_is_blank_line(p)) {
            pk_settle(p);
            return;
        }
        enum pk_outcome outcome = pk_is_code_indent(p) ? pk_start_indented_code(p) : pk_start(p);
        if (outcome == PK_WHOLE)
            return;
        if (outcome == PK_NOTHING)
            break;
    }
    add_text(p);
}

enum pk_status pk_parse(struct pk_arena *arena, struct pk_view text, enum pk_markup markup,
                        struct pk_blocks *out)
{
    memset(out, 0, sizeof *out);
    out->text = text.at ? text : PK_VIEW("");
    if (text.length >= PK_TEXT_MAX)
        return PK_ETOOBIG;
    out->room = pk_flow_room(arena);
    pk_index_lines(arena, out);
    if (arena->failed)
        return PK_ENOMEM;

    uint32_t start = pk_starts(text, PK_VIEW("\xEF\xBB\xBF")) ? 3 : 0;
    uint32_t last = out->line.count; /* nothing behind the last line end is no line to read */
    if (last > 1 && out->line.items[last - 1] == text.length)
        last--;
    struct pk_parser parser = {.arena = arena, .out = out, .text = out->text.at};
    struct pk_parser *p = &parser;
    p->plain = markup == PK_PLAIN;
    p->first = start;
    uint32_t document = pk_add_block(p, PK_DOCUMENT, 0);
    if (arena->failed) /* from here on there is a block to stand in for any other */
        return PK_ENOMEM;
    pk_open_container(p, document, 0);

    uint32_t behind = pk_front_matter_end(out, start);
    if (behind)
        pk_add_front_matter(p, start, behind);
    for (; p->line < last && !arena->failed; p->line++) {
        p->at = p->line ? out->line.items[p->line] : start;
        p->end = pk_line_end(out, p->line);
        read_line(p);
    }
    if (arena->failed)
        return PK_ENOMEM;
    pk_close_leaf(p);
    while (p->depth)
        pk_close_container(p);
    out->block.items[0].end_line = last;
    out->block.items[0].span = (struct pk_span){start, (uint32_t)text.length};
    return arena->failed ? PK_ENOMEM : PK_OK;
}
