/* placeholders.c - what a template left for the author to fill in: {{...}} outside code. */
#include "read/read.h"

#include <string.h>

/* Backticks on a line, counted once as we go along it. */
struct ticks {
    size_t seen; /* bytes looked at */
    bool open;
};

static bool in_code_span(struct ticks *ticks, struct pk_view text, uint32_t line_start, size_t at)
{
    if (ticks->seen < line_start)
        *ticks = (struct ticks){line_start, false};
    for (; ticks->seen < at; ticks->seen++)
        ticks->open = ticks->open != (text.at[ticks->seen] == '`');
    return ticks->open;
}

static size_t find(struct pk_view text, size_t from, size_t limit, const char *pair)
{
    while (from + 1 < limit) {
        const char *hit = memchr(text.at + from, pair[0], limit - from - 1);
        if (!hit)
            break;
        size_t at = (size_t)(hit - text.at);
        if (text.at[at + 1] == pair[1])
            return at;
        from = at + 1;
    }
    return limit;
}

/* "{{outlet.title}}", "{{#each}}", "{{/if}}": what a program fills in, not the author. */
static bool is_member(struct pk_view text, size_t start, size_t end)
{
    bool dot = start < end && (text.at[start] == '#' || text.at[start] == '/');
    for (size_t at = start; at < end; at++) {
        if (text.at[at] == ' ')
            return false;
        dot = dot || (text.at[at] == '.' && at > start && at + 1 < end);
    }
    return dot;
}

static size_t line_end(const struct pk_blocks *blocks, uint32_t line)
{
    return line + 1 < blocks->line.count ? blocks->line.items[line + 1] : blocks->text.length;
}

void pk_read_placeholders(struct pk_reader *reader)
{
    struct pk_minutes *minutes = reader->minutes;
    const struct pk_blocks *blocks = &minutes->blocks;
    struct pk_view text = blocks->text;
    uint32_t line = 0, block = 0;
    struct ticks ticks = {0};
    for (size_t at = find(text, 0, text.length, "{{"); at < text.length;
         at = find(text, at, text.length, "{{")) {
        while (line + 1 < blocks->line.count && blocks->line.items[line + 1] <= at)
            line++;
        while (block + 1 < blocks->block.count && blocks->block.items[block + 1].span.start <= at)
            block++;
        size_t limit = line_end(blocks, line), close = find(text, at + 2, limit, "}}");
        bool code =
            blocks->block.items[block].kind == PK_CODE && at < blocks->block.items[block].span.end;
        if (close >= limit || code || is_member(text, at + 2, close) ||
            in_code_span(&ticks, text, blocks->line.items[line], at)) {
            at = close < limit ? close + 2 : limit;
            continue;
        }
        pk_push(reader->arena, &minutes->placeholder)->span =
            (struct pk_span){(uint32_t)at, (uint32_t)close + 2};
        at = close + 2;
    }
}
