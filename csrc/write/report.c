/* report.c - what several formats of findings say alike: places in code points, levels. */
#include "write/report.h"

static bool has_mark(const struct pk_minutes *minutes)
{
    return pk_starts(minutes->blocks.text, PK_VIEW("\xEF\xBB\xBF"));
}

void pk_gauge_at(struct pk_gauge *gauge, const struct pk_minutes *minutes, uint32_t offset)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    uint32_t line = pk_line_at(blocks, offset), start = blocks->line.items[line];
    bool ahead = gauge->line == line + 1 && offset >= gauge->offset;
    bool behind = gauge->line == line + 1 && offset < gauge->offset &&
                  gauge->offset - offset < offset - start;
    if (ahead) {
        gauge->column += (uint32_t)pk_codepoints(
            pk_slice(blocks->text, (struct pk_span){gauge->offset, offset}));
    } else if (behind) {
        gauge->column -= (uint32_t)pk_codepoints(
            pk_slice(blocks->text, (struct pk_span){offset, gauge->offset}));
    } else {
        size_t points = pk_codepoints(pk_slice(blocks->text, (struct pk_span){start, offset}));
        gauge->column = (uint32_t)points + 1 - (line == 0 && points && has_mark(minutes));
    }
    gauge->line = line + 1;
    gauge->offset = offset;
}

struct pk_place pk_place_in_codepoints(struct pk_gauge gauge[2], const struct pk_minutes *minutes,
                                       struct pk_span span)
{
    pk_gauge_at(&gauge[0], minutes, span.start);
    pk_gauge_at(&gauge[1], minutes, span.end);
    return (struct pk_place){gauge[0].line, gauge[0].column, gauge[1].line, gauge[1].column};
}

const char *pk_level(enum pk_severity severity, const char *other)
{
    return severity >= PK_WARNING ? pk_severities[severity] : other;
}

void pk_put_safe(struct pk_buffer *out, struct pk_view view,
                 void (*put)(struct pk_buffer *, struct pk_view))
{
    size_t width;
    for (; view.length; view = pk_view_part(view, width, view.length)) {
        uint32_t codepoint = pk_decode(view, &width);
        bool control = codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0);
        if (control && pk_is_space(codepoint))
            put(out, PK_VIEW(" "));
        else if (control || codepoint == PK_REPLACEMENT || (codepoint & 0xFFFE) == 0xFFFE)
            put(out, PK_VIEW("\xEF\xBF\xBD"));
        else
            put(out, pk_view_part(view, 0, width));
    }
}
