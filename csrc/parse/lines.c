/* lines.c - know where each line starts and ends. */
#include "parse/scan.h"

#include <string.h>

static const char *find(const char *at, const char *end, char byte)
{
    const char *found = at < end ? memchr(at, byte, (size_t)(end - at)) : NULL;
    return found ? found : end;
}

void pk_index_lines(struct pk_arena *arena, struct pk_blocks *blocks)
{
    const char *text = blocks->text.at, *end = text + blocks->text.length, *at = text;
    const char *feed = find(at, end, '\n'), *back = find(at, end, '\r');
    *pk_push(arena, &blocks->line) = 0;
    /* Each search goes on from where the last one stopped, so that all together they
     * read the text once even where one kind of line end is missing. */
    while (feed < end || back < end) {
        at = feed < back ? feed + 1 : back + 1;
        if (back < feed && at == feed && feed < end)
            at++;
        *pk_push(arena, &blocks->line) = (uint32_t)(at - text);
        if (feed < at)
            feed = find(at, end, '\n');
        if (back < at)
            back = find(at, end, '\r');
    }
}

uint32_t pk_line_end(const struct pk_blocks *blocks, uint32_t line)
{
    if (line + 1 >= blocks->line.count)
        return (uint32_t)blocks->text.length;
    uint32_t start = blocks->line.items[line], end = blocks->line.items[line + 1];
    if (end > start && blocks->text.at[end - 1] == '\n')
        end--;
    if (end > start && blocks->text.at[end - 1] == '\r')
        end--;
    return end;
}

uint32_t pk_line_at(const struct pk_blocks *blocks, uint32_t offset)
{
    uint32_t low = 0, high = blocks->line.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (blocks->line.items[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Of eight bytes, those that are no white space or control character, as high bits. */
static uint64_t inked(const char *bytes)
{
    const uint64_t low = 0x7f7f7f7f7f7f7f7fu, above_blank = 0x5f5f5f5f5f5f5f5fu;
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return (((eight & low) + above_blank) | eight) & ~low;
}

uint32_t pk_line_words(struct pk_view line)
{
    uint32_t words = line.length && (unsigned char)line.at[0] > ' ';
    size_t i = 1;
    for (; i + 8 <= line.length; i += 8) { /* a word starts behind a byte without ink */
        uint64_t starts = inked(line.at + i) & ~inked(line.at + i - 1);
        words += (uint32_t)((starts >> 7) * 0x0101010101010101u >> 56);
    }
    for (; i < line.length; i++)
        words += (unsigned char)line.at[i] > ' ' && (unsigned char)line.at[i - 1] <= ' ';
    return words;
}
