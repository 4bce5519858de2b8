/* headers.c - write a mail's header lines: folded, in ASCII, and never more of them than asked for.
 */
#include "approval/mime.h"

#include <string.h>

/* RFC 5322, 2.1.1 would have 78; RFC 2047, 2 has 76 for a line with an encoded word. */
enum { LINE = 76, WORD = 75 };

static bool is_printable(struct pk_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < 0x20 || text.at[i] > 0x7e)
            return false;
    }
    return true;
}

static bool is_atom_byte(char byte)
{
    return byte > 0x20 && byte < 0x7f && !strchr("()<>[]:;@\\,.\"", byte);
}

/* -- Cleaning -- */

static bool is_harmful(uint32_t codepoint)
{
    return codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0) || codepoint == 0x200e ||
           codepoint == 0x200f || (codepoint >= 0x2028 && codepoint <= 0x202e) ||
           (codepoint >= 0x2066 && codepoint <= 0x2069) || codepoint == 0xfeff;
}

struct pk_view pk_header_line(struct pk_arena *arena, struct pk_view text)
{
    struct pk_buffer out = {.arena = arena};
    bool blank = false;
    size_t width;
    for (size_t at = 0; at < text.length; at += width) {
        char bytes[4];
        uint32_t codepoint = pk_decode(pk_view_part(text, at, text.length), &width);
        if (codepoint == ' ' || is_harmful(codepoint)) {
            blank = out.length > 0;
            continue;
        }
        if (blank)
            pk_putc(&out, ' ');
        blank = false;
        pk_put(&out, (struct pk_view){bytes, pk_encode(codepoint, bytes)});
    }
    return pk_written(&out);
}

/* -- Lines -- */

void pk_header_begin(struct pk_header *header, struct pk_buffer *out, const char *name)
{
    size_t before = out->length;
    *header = (struct pk_header){.out = out};
    pk_puts(out, name);
    pk_putc(out, ':');
    header->column = out->length - before;
}

static void put_word(struct pk_header *header, struct pk_view word, bool fits)
{
    if (!fits) {
        pk_puts(header->out, "\r\n");
        header->column = 0;
    }
    pk_putc(header->out, ' ');
    pk_put(header->out, word);
    header->column += 1 + word.length;
}

void pk_header_word(struct pk_header *header, struct pk_view word)
{
    put_word(header, word, header->column + 1 + word.length <= LINE);
}

void pk_header_end(struct pk_header *header)
{
    pk_puts(header->out, "\r\n");
}

/* -- RFC 2047 -- */

/* Bytes that stand for themselves wherever an encoded word may stand: RFC 2047, 5 (3). */
static bool is_plain(char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z') ||
           (byte && strchr("!*+-/", byte));
}

static size_t quoted_width(struct pk_view text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.length; i++)
        width += is_plain(text.at[i]) || text.at[i] == ' ' ? 1 : 3;
    return width;
}

static size_t base64_width(struct pk_view text)
{
    return (text.length + 2) / 3 * 4;
}

static void put_quoted(struct pk_buffer *out, struct pk_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == ' ')
            pk_putc(out, '_');
        else if (is_plain(text.at[i]))
            pk_putc(out, text.at[i]);
        else
            pk_putf(out, "=%02X", (unsigned char)text.at[i]);
    }
}

/* As much of the text as one encoded word holds, code points whole. */
static struct pk_view word_of(struct pk_view text, size_t room, bool base64)
{
    size_t length = 0, width;
    while (length < text.length) {
        pk_decode(pk_view_part(text, length, text.length), &width);
        struct pk_view longer = pk_view_part(text, 0, length + width);
        if ((base64 ? base64_width(longer) : quoted_width(longer)) > room && length)
            break;
        length += width;
    }
    return pk_view_part(text, 0, length);
}

static void put_encoded(struct pk_header *header, struct pk_view text)
{
    static const size_t frame = sizeof "=?utf-8?B?"
                                       "?=" -
                                1;
    bool base64 = base64_width(text) * 3 / 2 < quoted_width(text); /* the other can be read */
    while (text.length) {
        struct pk_buffer word = {.arena = header->out->arena};
        size_t left = header->column + 1 < LINE ? LINE - header->column - 1 : 0;
        size_t whole = frame + (base64 ? base64_width(text) : quoted_width(text));
        /* Less is not worth a word; and what fits one word is in one: some put a blank between. */
        bool starts = left >= whole || (left >= frame + 16 && whole > WORD);
        size_t room = (starts && left < WORD ? left : WORD) - frame;
        struct pk_view part = word_of(pk_view_part(text, 0, room), room, base64);
        pk_puts(&word, base64 ? "=?utf-8?B?" : "=?utf-8?Q?");
        if (base64)
            pk_put_base64_word(&word, part);
        else
            put_quoted(&word, part);
        pk_puts(&word, "?=");
        put_word(header, pk_written(&word), starts);
        text = pk_view_part(text, part.length, text.length);
    }
}

/* -- Text -- */

/* In ASCII, in words that fit a line, and nothing that looks like an encoded word. */
static bool is_simple(struct pk_view text)
{
    size_t word = 0;
    for (size_t i = 0; i < text.length; i++) {
        word = text.at[i] == ' ' ? 0 : word + 1;
        if (word >= LINE || (text.at[i] == '?' && i && text.at[i - 1] == '='))
            return false;
    }
    return is_printable(text);
}

void pk_header_text(struct pk_header *header, struct pk_view text)
{
    text = pk_header_line(header->out->arena, text);
    if (!is_simple(text)) {
        put_encoded(header, text);
        return;
    }
    for (size_t at = 0, end; at < text.length; at = end + 1) {
        const char *blank = memchr(text.at + at, ' ', text.length - at);
        end = blank ? (size_t)(blank - text.at) : text.length;
        pk_header_word(header, pk_view_part(text, at, end));
    }
}

static bool is_atoms(struct pk_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] != ' ' && !is_atom_byte(text.at[i]))
            return false;
    }
    return true;
}

void pk_header_phrase(struct pk_header *header, struct pk_view name)
{
    enum { MOST_QUOTED = 60 };
    struct pk_buffer quoted = {.arena = header->out->arena};
    name = pk_header_line(header->out->arena, name);
    if (!is_simple(name) || (!is_atoms(name) && name.length > MOST_QUOTED)) {
        put_encoded(header, name);
        return;
    }
    if (is_atoms(name)) {
        pk_header_text(header, name);
        return;
    }
    pk_putc(&quoted, '"');
    for (size_t i = 0; i < name.length; i++) {
        if (name.at[i] == '"' || name.at[i] == '\\')
            pk_putc(&quoted, '\\');
        pk_putc(&quoted, name.at[i]);
    }
    pk_putc(&quoted, '"');
    pk_header_word(header, pk_written(&quoted));
}

/* -- Parameters: RFC 2231 -- */

static void put_percented(struct pk_buffer *out, char byte)
{
    if (is_plain(byte) ? byte != '*' : byte && strchr("._", byte))
        pk_putc(out, byte);
    else
        pk_putf(out, "%%%02X", (unsigned char)byte);
}

/* name*0*=utf-8''...; name*1*=... */
static void put_pieces(struct pk_header *header, const char *name, struct pk_view value)
{
    enum { PIECE = 50 };
    struct pk_buffer all = {.arena = header->out->arena};
    for (size_t i = 0; i < value.length; i++)
        put_percented(&all, value.at[i]);
    struct pk_view left = pk_written(&all);
    bool one = left.length <= PIECE;
    for (unsigned number = 0; left.length || !number; number++) {
        struct pk_buffer word = {.arena = header->out->arena};
        size_t length = left.length < PIECE ? left.length : PIECE;
        for (size_t back = 1; back <= 2 && length < left.length; back++) {
            if (left.at[length - back] == '%') { /* %XX stays whole */
                length -= back;
                break;
            }
        }
        if (one)
            pk_putf(&word, "%s*=utf-8''", name);
        else
            pk_putf(&word, number ? "%s*%u*=" : "%s*%u*=utf-8''", name, number);
        pk_put(&word, pk_view_part(left, 0, length));
        left = pk_view_part(left, length, left.length);
        pk_putc(header->out, ';');
        header->column++;
        pk_header_word(header, pk_written(&word));
    }
}

void pk_header_parameter(struct pk_header *header, const char *name, struct pk_view value)
{
    struct pk_buffer word = {.arena = header->out->arena};
    value = pk_header_line(header->out->arena, value);
    if (!is_printable(value) || value.length > LINE / 2 || memchr(value.at, '"', value.length) ||
        memchr(value.at, '\\', value.length)) {
        put_pieces(header, name, value);
        return;
    }
    pk_putf(&word, "%s=\"", name);
    pk_put(&word, value);
    pk_putc(&word, '"');
    pk_putc(header->out, ';');
    header->column++;
    pk_header_word(header, pk_written(&word));
}
