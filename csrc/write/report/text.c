/* text.c - findings for people: the message, the line it speaks of, and a caret under the words. */
#include "write/report.h"

#include <string.h>

enum { LEFT = 60 /* code points shown before a finding */, WIDEST = 110 /* columns */, TAB = 4 };

/* SGR sequences of ECMA-48, and nothing where there is no colour. */
static void paint(const struct pk_report *report, const char *code)
{
    if (report->colour)
        pk_putf(report->out, "\x1b[%sm", code);
}

static const char *colour_of(enum pk_severity severity)
{
    static const char *const colours[] = {
        [PK_HINT] = "32", [PK_INFO] = "36", [PK_WARNING] = "33", [PK_ERROR] = "31", [PK_OFF] = "0"};
    return colours[severity];
}

/* The part of the line that is shown: enough to see the words where they stand. */
static struct pk_span window(const struct pk_blocks *blocks, uint32_t from, bool *cut)
{
    uint32_t line = pk_line_at(blocks, from);
    struct pk_span shown = {blocks->line.items[line], pk_line_end(blocks, line)};
    struct pk_view before = pk_slice(blocks->text, (struct pk_span){shown.start, from});
    size_t at = before.length, width;
    for (int i = 0; i < LEFT && at > 0; i++, at -= width)
        pk_decode_before(before, at, &width);
    shown.start += (uint32_t)at;
    *cut = at > 0;
    if (shown.start == 0 && pk_starts(blocks->text, PK_VIEW("\xEF\xBB\xBF")))
        shown.start = shown.end < 3 ? shown.end : 3;
    return shown;
}

/* One code point as it is shown; its columns. Tabs become blanks, control characters "?". */
static uint32_t put_shown(struct pk_buffer *out, struct pk_view one, uint32_t codepoint,
                          uint32_t column)
{
    if (codepoint == '\t') {
        uint32_t width = TAB - column % TAB;
        for (uint32_t i = 0; i < width; i++)
            pk_putc(out, ' ');
        return width;
    }
    if (codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0))
        pk_putc(out, '?');
    else if (codepoint == PK_REPLACEMENT)
        pk_puts(out, "\xEF\xBF\xBD");
    else
        pk_put(out, one);
    return pk_is_russian(codepoint) ? 1 : pk_width(codepoint);
}

/* How many bytes from `at` on are printable ASCII, up to the end or to that many. */
static uint32_t plain(struct pk_view text, uint32_t at, uint32_t end, uint32_t most)
{
    uint32_t from = at;
    while (at < end && at - from < most && text.at[at] >= 0x20 && text.at[at] < 0x7f)
        at++;
    return at - from;
}

/* Up to the next border of the span, not beyond. */
static uint32_t border(struct pk_span span, uint32_t at, uint32_t end)
{
    uint32_t next = at < span.start ? span.start : at < span.end ? span.end : end;
    return next < end ? next : end;
}

/* Writes what is shown, from that column on; the columns that the finding has in it. */
static struct pk_span put_line(struct pk_buffer *out, struct pk_view text, struct pk_span shown,
                               struct pk_span span, uint32_t column)
{
    struct pk_span mark = {UINT32_MAX, 0};
    size_t width;
    for (uint32_t at = shown.start; at < shown.end; at += (uint32_t)width) {
        struct pk_view rest = pk_slice(text, (struct pk_span){at, shown.end});
        uint32_t codepoint = pk_decode(rest, &width), from = column;
        if (column >= WIDEST) {
            pk_puts(out, "\xE2\x80\xA6");
            break;
        }
        uint32_t run = plain(text, at, border(span, at, shown.end), WIDEST - column);
        if (run) {
            width = run;
            column += run;
            pk_put(out, pk_view_part(rest, 0, run));
        } else {
            column += put_shown(out, pk_view_part(rest, 0, width), codepoint, column);
        }
        if (at + width <= span.start)
            continue;
        if (mark.start == UINT32_MAX)
            mark.start = from;
        if (at < span.end)
            mark.end = column;
    }
    if (mark.start == UINT32_MAX)
        mark.start = column;
    if (mark.end <= mark.start)
        mark.end = mark.start + 1;
    return mark;
}

static void put_repeated(struct pk_buffer *out, char byte, uint32_t count)
{
    char room[64];
    memset(room, byte, sizeof room);
    for (; count > sizeof room; count -= (uint32_t)sizeof room)
        pk_put(out, (struct pk_view){room, sizeof room});
    pk_put(out, (struct pk_view){room, count});
}

/* At least five columns wide. */
static void put_line_number(struct pk_buffer *out, uint32_t line)
{
    for (uint32_t least = 10000; line < least && least > 1; least /= 10)
        pk_putc(out, ' ');
    pk_put_number(out, line, 1);
}

static void put_source(struct pk_report *report, const struct pk_minutes *minutes,
                       const struct pk_diagnostic *found)
{
    struct pk_buffer *out = report->out;
    const struct pk_blocks *blocks = &minutes->blocks;
    bool cut;
    struct pk_span shown = window(blocks, found->span.start, &cut);
    if (!pk_trim(pk_view_part(pk_slice(blocks->text, shown), 0, 4 * (LEFT + WIDEST))).length)
        return;
    put_line_number(out, pk_line_at(blocks, found->span.start) + 1);
    pk_puts(out, cut ? " | \xE2\x80\xA6" : " | ");
    struct pk_span mark = put_line(out, blocks->text, shown, found->span, cut);
    pk_puts(out, "\n      | ");
    put_repeated(out, ' ', mark.start);
    paint(report, colour_of(found->severity));
    pk_putc(out, '^');
    put_repeated(out, '~', mark.end - mark.start - 1);
    paint(report, "0");
    pk_putc(out, '\n');
}

static void put_message(struct pk_report *report, const struct pk_reported *of,
                        const struct pk_diagnostic *found)
{
    struct pk_buffer *out = report->out;
    struct pk_place place = pk_place_of(of->minutes, found->span);
    paint(report, "1");
    pk_text_path(out, of->file);
    pk_putc(out, ':');
    pk_put_number(out, place.line, 1);
    pk_putc(out, ':');
    pk_put_number(out, place.column, 1);
    pk_putc(out, ':');
    paint(report, "0");
    pk_putc(out, ' ');
    paint(report, colour_of(found->severity));
    pk_puts(out, pk_severities[found->severity]);
    pk_putc(out, ':');
    paint(report, "0");
    pk_putc(out, ' ');
    pk_text_plain(out, found->message);
    pk_puts(out, " [");
    pk_puts(out, found->rule->id);
    pk_puts(out, "]\n");
}

/* Findings of the same words share one picture of them. */
static bool goes_on(const struct pk_findings *findings, uint32_t i)
{
    if (i + 1 == findings->diagnostic.count)
        return false;
    struct pk_span here = findings->diagnostic.items[i].span;
    struct pk_span next = findings->diagnostic.items[i + 1].span;
    return here.start == next.start && here.end == next.end;
}

static void document(struct pk_report *report, const struct pk_reported *of)
{
    for (uint32_t i = 0; i < of->findings->diagnostic.count; i++) {
        put_message(report, of, &of->findings->diagnostic.items[i]);
        if (!goes_on(of->findings, i))
            put_source(report, of->minutes, &of->findings->diagnostic.items[i]);
    }
}

const struct pk_report_format pk_report_text = {
    .name = "text",
    .summary = "for people: the message, the line and a caret under the words",
    .for_people = true,
    .apart = true,
    .document = document,
};
