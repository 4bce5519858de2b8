/* json.c - a sink that writes JSON (RFC 8259). */
#include "write/write.h"

#include <string.h>

/* -- Strings -- */

static const char *escape_of(uint32_t codepoint)
{
    switch (codepoint) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

/* Are these eight bytes printable ASCII that needs no escape? A byte less than what is taken from
 * it, or with one more than seven bits, shows in its highest bit. */
static bool are_plain(const char *bytes)
{
    static const uint64_t ones = 0x0101010101010101u;
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    uint64_t no_quote = (eight ^ ones * '"') - ones, no_slash = (eight ^ ones * '\\') - ones;
    uint64_t odd = eight | (eight + ones) | (eight - ones * ' ') | no_quote | no_slash;
    return !(odd & ones * 0x80);
}

static bool is_plain(char byte)
{
    return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

/* How many bytes at the start need no escape: printable ASCII and code points of two bytes from
 * U+00C0 on, most of any text. */
static size_t plain_run(struct pk_view view)
{
    size_t run = 0;
    for (;;) {
        while (run + 8 <= view.length && are_plain(view.at + run))
            run += 8;
        while (run < view.length && is_plain(view.at[run]))
            run++;
        size_t start = run;
        while (run + 1 < view.length && (unsigned char)view.at[run] >= 0xC3 &&
               (unsigned char)view.at[run] < 0xE0 && (view.at[run + 1] & 0xC0) == 0x80)
            run += 2;
        if (run == start)
            return run;
    }
}

static size_t put_codepoint(struct pk_buffer *out, struct pk_view view)
{
    size_t width;
    uint32_t codepoint = pk_decode(view, &width);
    const char *escape = escape_of(codepoint);
    if (escape)
        pk_puts(out, escape);
    else if (codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0))
        pk_putf(out, "\\u%04x", codepoint);
    else if (codepoint == PK_REPLACEMENT)
        pk_puts(out, "\xEF\xBF\xBD"); /* also for a byte that is no UTF-8 */
    else
        pk_put(out, pk_view_part(view, 0, width));
    return width;
}

void pk_json_string(struct pk_buffer *out, struct pk_view view)
{
    pk_putc(out, '"');
    while (view.length) {
        size_t step = plain_run(view);
        pk_put(out, pk_view_part(view, 0, step));
        view = pk_view_part(view, step, view.length);
        if (view.length) {
            step = put_codepoint(out, view);
            view = pk_view_part(view, step, view.length);
        }
    }
    pk_putc(out, '"');
}

/* -- The sink -- */

static struct pk_buffer *member(struct pk_sink *sink, struct pk_view key)
{
    struct pk_json *json = (struct pk_json *)sink;
    if (json->comma)
        pk_putc(json->out, ',');
    json->comma = true;
    if (key.length) {
        pk_json_string(json->out, key);
        pk_putc(json->out, ':');
    }
    return json->out;
}

static void open_json(struct pk_sink *sink, struct pk_view key, char bracket)
{
    pk_putc(member(sink, key), bracket);
    ((struct pk_json *)sink)->comma = false;
}

static void close_json(struct pk_sink *sink, char bracket)
{
    struct pk_json *json = (struct pk_json *)sink;
    pk_putc(json->out, bracket);
    json->comma = true;
}

static void text(struct pk_sink *sink, struct pk_view key, struct pk_view value)
{
    pk_json_string(member(sink, key), value);
}

static void number(struct pk_sink *sink, struct pk_view key, uint32_t value)
{
    pk_put_number(member(sink, key), value, 1);
}

static void truth(struct pk_sink *sink, struct pk_view key, bool value)
{
    pk_puts(member(sink, key), value ? "true" : "false");
}

static void nothing(struct pk_sink *sink, struct pk_view key)
{
    pk_puts(member(sink, key), "null");
}

struct pk_json pk_json_to(struct pk_buffer *out)
{
    return (struct pk_json){
        .sink = {open_json, close_json, text, number, truth, nothing},
        .out = out,
    };
}
