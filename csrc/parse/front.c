/* front.c - find the front matter that opens a document. */
#include "parse/parser.h"

/* Without the blanks behind it. */
static struct pk_view fence_line(const struct pk_blocks *blocks, uint32_t line, uint32_t start)
{
    struct pk_span span = {start, pk_line_end(blocks, line)};
    while (span.end > start && pk_is_blank(blocks->text.at[span.end - 1]))
        span.end--;
    return pk_slice(blocks->text, span);
}

uint32_t pk_front_matter_end(const struct pk_blocks *blocks, uint32_t start)
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

void pk_add_front_matter(struct pk_parser *p, uint32_t start, uint32_t end)
{
    p->first = start;
    uint32_t block = pk_add_block(p, PK_FRONT_MATTER, 0);
    for (p->line = 1; p->line < end - 1; p->line++)
        pk_add_segment(p, block, p->out->line.items[p->line], pk_line_end(p->out, p->line));
    pk_block_at(p, block)->end_line = end;
    p->line = end;
    pk_finish_block(p, block);
}
