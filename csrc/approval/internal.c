/* internal.c - passages that do not leave the house. */
#include "approval/log.h"

#include <string.h>

struct search {
    struct pk_arena *arena;
    const struct pk_minutes *minutes;
    struct pk_passages *out;
    struct pk_span opened; /* the comment that opened a passage; empty: none is open */
};

static bool is_alone(struct pk_view text, struct pk_span span, struct pk_span *line)
{
    uint32_t start = span.start, end = span.end;
    while (start > 0 && (text.at[start - 1] == ' ' || text.at[start - 1] == '\t'))
        start--;
    while (end < text.length && (text.at[end] == ' ' || text.at[end] == '\t'))
        end++;
    bool starts = start == 0 || text.at[start - 1] == '\n' || text.at[start - 1] == '\r';
    bool ends = end == text.length || text.at[end] == '\n' || text.at[end] == '\r';
    if (end < text.length && text.at[end] == '\r')
        end++;
    if (end < text.length && text.at[end] == '\n')
        end++;
    *line = (struct pk_span){start, end};
    return starts && ends;
}

/* A comment alone on its line takes the line with it. */
static void add(struct search *search, struct pk_span opening, struct pk_span closing)
{
    struct pk_view text = search->minutes->blocks.text;
    struct pk_span line, passage = {opening.start, closing.end};
    bool lines = is_alone(text, opening, &line);
    if (lines)
        passage.start = line.start;
    if (lines && is_alone(text, closing, &line))
        passage.end = line.end;
    *pk_push(search->arena, &search->out->span) = passage;
}

/* To the next heading of its level or one above it, or to the end. */
static void add_section(struct search *search, uint32_t heading)
{
    const struct pk_blocks *blocks = &search->minutes->blocks;
    const struct pk_block *block = &blocks->block.items[heading];
    struct pk_span passage = {blocks->line.items[block->line], (uint32_t)blocks->text.length};
    for (uint32_t i = heading + 1; i < blocks->block.count; i++) {
        const struct pk_block *next = &blocks->block.items[i];
        if (next->kind == PK_HEADING && next->level <= block->level) {
            passage.end = blocks->line.items[next->line];
            break;
        }
    }
    *pk_push(search->arena, &search->out->span) = passage;
}

static void at_comment(void *context, struct pk_span span, uint32_t block)
{
    struct search *search = context;
    const struct pk_blocks *blocks = &search->minutes->blocks;
    struct pk_view words =
        pk_trim(pk_view_part(blocks->text, span.start + 4, (size_t)span.end - 3));
    const struct pk_passages *out = search->out;
    uint32_t inside = out->span.count ? out->span.items[out->span.count - 1].end : 0;
    if (span.start < inside)
        return;
    if (search->opened.end) {
        if (!pk_same_folded(words, PK_VIEW("/internal")))
            return;
        add(search, search->opened, span);
        search->opened.end = 0;
    } else if (pk_same_folded(words, PK_VIEW("internal"))) {
        if (blocks->block.items[block].kind == PK_HEADING)
            add_section(search, block);
        else
            search->opened = span;
    }
}

void pk_internal(struct pk_arena *arena, const struct pk_minutes *minutes, struct pk_passages *out)
{
    struct search search = {.arena = arena, .minutes = minutes, .out = out};
    *out = (struct pk_passages){0};
    pk_each_comment(arena, &minutes->blocks, at_comment, &search);
    if (!search.opened.end)
        return;
    uint32_t end = (uint32_t)minutes->blocks.text.length;
    add(&search, search.opened, (struct pk_span){end, end});
    *pk_push(arena, &out->unclosed) = search.opened;
}
