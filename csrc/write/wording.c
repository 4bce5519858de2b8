/* wording.c - what an action says in the words of its document, links and emphasis kept. */
#include "write/carrying.h"

#include <string.h>

enum { LONGEST = 4096 /* bytes of a block that is searched for the words */ };

/* -- Where the words stand -- */

static uint32_t leaf_of(const struct pk_minutes *minutes, const struct pk_action *action)
{
    const struct pk_block *block = minutes->blocks.block.items;
    for (uint32_t i = action->block; i < block[action->block].next; i++) {
        bool leaf = block[i].kind == PK_PARAGRAPH || block[i].kind == PK_CELL;
        if (leaf && block[i].span.start <= action->span.start &&
            action->span.start <= block[i].span.end)
            return i;
    }
    return 0;
}

static bool find(struct pk_view text, struct pk_view words, size_t *at)
{
    for (*at = 0; *at + words.length <= text.length; (*at)++) {
        if (memcmp(text.at + *at, words.at, words.length) == 0)
            return true;
    }
    return false;
}

static uint32_t run_at(const struct pk_flow *flow, size_t offset)
{
    uint32_t i = 0;
    while (i + 1 < flow->run.count && flow->run.items[i + 1].flat <= offset)
        i++;
    return i;
}

/* The source of flat bytes [start, end), with the marks that open before the first and close
 * behind the last of them. False: a mark is opened or closed in the middle. */
static bool source_of(const struct pk_flow *flow, size_t start, size_t end, struct pk_span whole,
                      struct pk_span *source)
{
    const struct pk_run *run = flow->run.items;
    uint32_t first = run_at(flow, start), last = run_at(flow, end - 1);
    uint32_t before = first ? run[first - 1].style : 0;
    uint32_t behind = last + 1 < flow->run.count ? run[last + 1].style : 0;
    bool opens = start == run[first].flat, closes = end == run[last].flat + run[last].length;
    if (run[first].style & (opens ? before : ~0u) || run[last].style & (closes ? behind : ~0u))
        return false;
    *source = pk_flow_span(flow, start, end);
    if (run[first].style)
        source->start = first ? run[first - 1].source + run[first - 1].length : whole.start;
    if (run[last].style)
        source->end = last + 1 < flow->run.count ? run[last + 1].source : whole.end;
    return true;
}

/* Its lines joined by blanks, without what stands before them in a list or quote. */
static struct pk_view in_one_line(const struct pk_minutes *minutes, uint32_t leaf,
                                  struct pk_span source)
{
    const struct pk_block *block = &minutes->blocks.block.items[leaf];
    const struct pk_span *segment = minutes->blocks.segment.items + block->segment;
    struct pk_buffer out = {.arena = minutes->arena};
    for (uint32_t i = 0; i < block->segment_count; i++) {
        uint32_t start = segment[i].start > source.start ? segment[i].start : source.start;
        uint32_t end = segment[i].end < source.end ? segment[i].end : source.end;
        if (start >= end)
            continue;
        if (out.length)
            pk_putc(&out, ' ');
        pk_put(&out, pk_slice(minutes->blocks.text, (struct pk_span){start, end}));
    }
    return pk_trim(pk_written(&out));
}

/* -- Words without a source -- */

/* So that they read as they are, whatever Markdown would make of them. */
static struct pk_view escaped(struct pk_arena *arena, struct pk_view text)
{
    struct pk_buffer out = {.arena = arena};
    for (size_t i = 0; i < text.length; i++) {
        char next = i + 1 < text.length ? text.at[i + 1] : ' ';
        bool tag = text.at[i] == '<' && memchr("/!?", next, 3);
        tag = tag || (text.at[i] == '<' && (unsigned char)((next | 32) - 'a') < 26);
        if (tag || memchr("\\`*_~", text.at[i], 5))
            pk_putc(&out, '\\');
        pk_putc(&out, text.at[i] == '\n' ? ' ' : text.at[i]);
    }
    return pk_written(&out);
}

/* The flow of a leaf, made once for all items in it. NULL: too long to look through. */
static const struct pk_flow *flow_of(struct pk_carrying *carrying, uint32_t leaf)
{
    const struct pk_blocks *blocks = &carrying->previous->blocks;
    struct pk_span span = blocks->block.items[leaf].span;
    if (!leaf || span.end - span.start > LONGEST)
        return NULL;
    if (leaf != carrying->leaf) {
        carrying->flow = (struct pk_flow){0};
        carrying->leaf =
            pk_flow(carrying->arena, blocks, leaf, &carrying->flow) == PK_OK ? leaf : 0;
    }
    return carrying->leaf && carrying->flow.run.count ? &carrying->flow : NULL;
}

struct pk_view pk_wording_of(struct pk_carrying *carrying, const struct pk_action *action)
{
    const struct pk_minutes *previous = carrying->previous;
    struct pk_view document = previous->blocks.text, words = action->text;
    if (words.length && words.at >= document.at && words.at < document.at + document.length)
        return words;
    struct pk_span source;
    size_t at;
    uint32_t leaf = leaf_of(previous, action);
    const struct pk_flow *flow = flow_of(carrying, leaf);
    bool found =
        flow && words.length && find(flow->text, words, &at) &&
        source_of(flow, at, at + words.length, previous->blocks.block.items[leaf].span, &source);
    return found ? in_one_line(previous, leaf, source) : escaped(carrying->arena, words);
}
