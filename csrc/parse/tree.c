/* tree.c - open blocks, fill them and close them. */
#include "parse/parser.h"

uint32_t pk_add_block(struct pk_parser *p, enum pk_block_kind kind, uint32_t parent)
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

void pk_add_segment(struct pk_parser *p, uint32_t block, uint32_t start, uint32_t end)
{
    *pk_push(p->arena, &p->out->segment) = (struct pk_span){start, end < start ? start : end};
    if (p->arena->failed) /* then there is no such segment */
        return;
    pk_block_at(p, block)->segment_count++;
    pk_block_at(p, block)->end_line = p->line + 1;
}

void pk_add_trimmed(struct pk_parser *p, uint32_t block, uint32_t start)
{
    uint32_t end = p->end;
    while (end > start && pk_is_blank(p->text[end - 1]))
        end--;
    pk_add_segment(p, block, start, end);
}

void pk_sum_words(struct pk_parser *p, uint32_t block)
{
    const struct pk_block *b = pk_block_at(p, block);
    for (uint32_t i = 0; i < b->segment_count; i++)
        p->out->words +=
            pk_line_words(pk_slice(p->out->text, p->out->segment.items[b->segment + i]));
}

void pk_finish_block(struct pk_parser *p, uint32_t index)
{
    struct pk_block *block = pk_block_at(p, index), *parent = pk_block_at(p, block->parent);
    block->next = p->out->block.count;
    block->span.end = pk_line_end(p->out, block->end_line - 1);
    if (parent->end_line < block->end_line)
        parent->end_line = block->end_line;
}

bool pk_split_definitions(struct pk_parser *p)
{
    for (;;) {
        struct pk_block *block = pk_block_at(p, p->leaf);
        const struct pk_span *segments = p->out->segment.items + block->segment;
        if (!block->segment_count || segments[0].start == segments[0].end ||
            p->text[segments[0].start] != '[')
            return true;
        uint32_t taken = pk_scan_definition(p->out->text, segments, block->segment_count);
        if (!taken)
            return true;
        struct pk_block left = *block;
        block->kind = PK_DEFINITION;
        block->segment_count = taken;
        block->end_line = block->line + taken;
        pk_finish_block(p, p->leaf);
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
static void drop_blank_end(struct pk_parser *p)
{
    struct pk_block *block = pk_block_at(p, p->leaf);
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

void pk_close_leaf(struct pk_parser *p)
{
    if (!p->leaf)
        return;
    if (pk_leaf_kind(p) == PK_PARAGRAPH && !pk_split_definitions(p))
        return;
    if (pk_leaf_kind(p) == PK_CODE && !pk_block_at(p, p->leaf)->fenced)
        drop_blank_end(p);
    if (pk_leaf_kind(p) == PK_PARAGRAPH || pk_leaf_kind(p) == PK_HEADING)
        pk_sum_words(p, p->leaf);
    pk_finish_block(p, p->leaf);
    p->leaf = 0;
}

void pk_close_container(struct pk_parser *p)
{
    pk_finish_block(p, p->open[--p->depth].block);
}

void pk_settle(struct pk_parser *p)
{
    if (p->settled)
        return;
    p->settled = true;
    pk_close_leaf(p);
    while (p->depth > p->matched)
        pk_close_container(p);
}

uint32_t pk_start_block(struct pk_parser *p, enum pk_block_kind kind)
{
    pk_settle(p);
    /* Only items stand in a list. */
    if (kind != PK_ITEM && pk_block_at(p, pk_innermost(p)->block)->kind == PK_LIST)
        pk_close_container(p);
    return pk_add_block(p, kind, pk_innermost(p)->block);
}

void pk_open_container(struct pk_parser *p, uint32_t block, uint32_t columns)
{
    uint32_t quote = p->depth ? pk_innermost(p)->quote : 0;
    if (pk_block_at(p, block)->kind == PK_QUOTE)
        quote = p->depth;
    p->open[p->depth++] = (struct pk_open){block, columns, quote};
}
