/* comment.c - find the HTML comments of a document. */
#include "parse/blocks.h"

#include <string.h>

/* The first "<!--" from `at` on; the length of the text: none. */
static size_t find_start(struct pk_view text, size_t at)
{
    while (at < text.length) {
        const char *found = memchr(text.at + at, '<', text.length - at);
        at = found ? (size_t)(found - text.at) : text.length;
        if (pk_starts(pk_view_part(text, at, text.length), PK_VIEW("<!--")))
            return at;
        at += found != NULL;
    }
    return text.length;
}

/* Does the flow keep the byte at that place? Then no comment begins there. */
static bool keeps(const struct pk_flow *flow, uint32_t *run, size_t place)
{
    while (*run < flow->run.count &&
           flow->run.items[*run].source + flow->run.items[*run].length <= place)
        ++*run;
    return *run < flow->run.count && flow->run.items[*run].source <= place;
}

void pk_each_comment(struct pk_arena *arena, const struct pk_blocks *blocks,
                     pk_on_comment *on_comment, void *context)
{
    if (find_start(blocks->text, 0) == blocks->text.length)
        return;
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        const struct pk_block *block = &blocks->block.items[i];
        bool words =
            block->kind == PK_PARAGRAPH || block->kind == PK_HEADING || block->kind == PK_CELL;
        if (!words && block->kind != PK_HTML)
            continue;
        struct pk_view text = pk_view_part(blocks->text, 0, block->span.end);
        size_t at = find_start(text, block->span.start), end;
        struct pk_flow flow = {0};
        uint32_t run = 0;
        if (at >= text.length)
            continue;
        if (words && pk_flow(arena, blocks, i, &flow) != PK_OK)
            return;
        for (; at < text.length; at = find_start(text, end)) {
            end = at + 4;
            if (words && keeps(&flow, &run, at))
                continue;
            end = pk_comment_end(text, at);
            if (!end)
                break;
            on_comment(context, (struct pk_span){(uint32_t)at, (uint32_t)end}, i);
        }
    }
}
