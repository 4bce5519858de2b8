/* canon.c - the text that is agreed on, and the text that others get to see. */
#include "approval/log.h"

static bool is_break(char byte)
{
    return byte == '\n' || byte == '\r';
}

static uint32_t line_end(const struct pk_blocks *blocks, uint32_t line)
{
    return line + 1 < blocks->line.count ? blocks->line.items[line + 1]
                                         : (uint32_t)blocks->text.length;
}

/* Lines that belong to the key above them: they begin with a blank, "-", "#" or a bracket that
 * closes, or are empty. */
static bool goes_on(char first)
{
    return first == ' ' || first == '\t' || first == '-' || first == '#' || first == ']' ||
           first == '}' || is_break(first);
}

static const struct pk_block *front_of(const struct pk_minutes *minutes)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    const struct pk_block *front = blocks->block.count > 1 ? &blocks->block.items[1] : NULL;
    return front && front->kind == PK_FRONT_MATTER ? front : NULL;
}

struct pk_span pk_log_lines(const struct pk_minutes *minutes)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    const struct pk_block *front = front_of(minutes);
    struct pk_span lines = {0, 0};
    for (uint32_t line = 1; front && line + 1 < front->end_line; line++) {
        uint32_t start = blocks->line.items[line];
        struct pk_view text = pk_view_part(blocks->text, start, line_end(blocks, line));
        if (pk_starts(text, PK_VIEW("approval:")))
            lines = (struct pk_span){start, line_end(blocks, line)};
        else if (lines.end == start && lines.end && text.length && goes_on(text.at[0]))
            lines.end = line_end(blocks, line);
    }
    return lines;
}

/* The log; or all of the front matter, where it holds nothing else. */
static struct pk_span without_log(const struct pk_minutes *minutes)
{
    const struct pk_block *front = front_of(minutes);
    const struct pk_blocks *blocks = &minutes->blocks;
    struct pk_span lines = pk_log_lines(minutes);
    if (!front)
        return lines;
    uint32_t first = blocks->line.items[1], last = blocks->line.items[front->end_line - 1];
    bool all = first == last || (lines.start == first && lines.end == last);
    return all ? (struct pk_span){blocks->line.items[0], line_end(blocks, front->end_line - 1)}
               : lines;
}

struct pk_view pk_public_text(struct pk_arena *arena, const struct pk_minutes *minutes)
{
    struct pk_passages internal;
    struct pk_buffer out = {.arena = arena};
    struct pk_view text = minutes->blocks.text;
    struct pk_span log = without_log(minutes);
    size_t at = pk_starts(text, PK_VIEW("\xEF\xBB\xBF")) ? 3 : 0;
    pk_internal(arena, minutes, &internal);
    if (log.end > log.start) {
        pk_put(&out, pk_view_part(text, at, log.start));
        at = log.end;
    }
    for (uint32_t i = 0; i < internal.span.count; i++) {
        pk_put(&out, pk_view_part(text, at, internal.span.items[i].start));
        at = internal.span.items[i].end;
    }
    pk_put(&out, pk_view_part(text, at, text.length));
    return pk_written(&out);
}

struct pk_view pk_canonical(struct pk_arena *arena, const struct pk_minutes *minutes)
{
    struct pk_view text = pk_public_text(arena, minutes);
    char *bytes = pk_alloc(arena, text.length + 1);
    size_t length = 0, solid = 0; /* solid: behind the last byte that is no blank of this line */
    if (!bytes)
        return PK_VIEW("");
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        if (byte == '\r' && i + 1 < text.length && text.at[i + 1] == '\n')
            continue;
        if (is_break(byte)) {
            length = solid;
            byte = '\n';
        }
        bytes[length++] = byte;
        if (byte != ' ' && byte != '\t')
            solid = length;
    }
    while (solid && bytes[solid - 1] == '\n')
        solid--;
    if (solid)
        bytes[solid++] = '\n';
    return (struct pk_view){bytes, solid};
}
