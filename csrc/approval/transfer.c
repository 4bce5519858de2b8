/* transfer.c - bytes as mails carry them: base64 (RFC 4648) and quoted-printable (RFC 2045, 6.7).
 */
#include "approval/mime.h"

enum { LINE = 76 };

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* -- Writing -- */

void pk_put_base64_word(struct pk_buffer *out, struct pk_view bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t left = bytes.length - i;
        unsigned long three = (unsigned long)at[i] << 16 |
                              (left > 1 ? (unsigned long)at[i + 1] << 8 : 0) |
                              (left > 2 ? at[i + 2] : 0u);
        char four[] = {digits[three >> 18], digits[three >> 12 & 63], '=', '='};
        if (left > 1)
            four[2] = digits[three >> 6 & 63];
        if (left > 2)
            four[3] = digits[three & 63];
        pk_put(out, (struct pk_view){four, sizeof four});
    }
}

void pk_put_base64(struct pk_buffer *out, struct pk_view bytes)
{
    for (size_t at = 0; at < bytes.length; at += LINE / 4 * 3) {
        pk_put_base64_word(out, pk_view_part(bytes, at, at + LINE / 4 * 3));
        pk_puts(out, "\r\n");
    }
}

void pk_put_quoted_printable(struct pk_buffer *out, struct pk_view text)
{
    size_t column = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        bool last = i + 1 == text.length || text.at[i + 1] == '\n';
        bool blank = byte == ' ' || byte == '\t';
        if (byte == '\n') {
            pk_puts(out, "\r\n");
            column = 0;
            continue;
        }
        bool plain = byte > 0x20 && byte < 0x7f && byte != '=';
        /* A "From " or a lone dot at the start of a line is what some programs on the way change.
         */
        if (column == 0 &&
            (byte == '.' || pk_starts(pk_view_part(text, i, text.length), PK_VIEW("From "))))
            plain = false;
        size_t width = plain || (blank && !last) ? 1 : 3;
        if (column + width > LINE - (last ? 0 : 1)) {
            pk_puts(out, "=\r\n");
            column = 0;
        }
        if (width == 1)
            pk_putc(out, byte);
        else
            pk_putf(out, "=%02X", (unsigned char)byte);
        column += width;
    }
    if (column)
        pk_puts(out, "\r\n");
}

/* -- Reading -- */

static int digit_of(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9')
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

struct pk_view pk_base64_decoded(struct pk_arena *arena, struct pk_view text)
{
    char *bytes = pk_alloc(arena, text.length / 4 * 3 + 4);
    unsigned long held = 0;
    unsigned bits = 0;
    size_t length = 0;
    for (size_t i = 0; bytes && i < text.length && text.at[i] != '='; i++) {
        int digit = digit_of(text.at[i]);
        if (digit < 0)
            continue;
        held = (held << 6 | (unsigned)digit) & 0xffffff;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes[length++] = (char)(held >> bits & 0xff);
        }
    }
    return (struct pk_view){bytes ? bytes : "", length};
}

static int hexadecimal(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return (byte | 32) >= 'a' && (byte | 32) <= 'f' ? (byte | 32) - 'a' + 10 : -1;
}

/* The length of a soft line break behind "=" at this place; 0: none. */
static size_t soft_break(struct pk_view text, size_t at)
{
    size_t end = at + 1;
    while (end < text.length && (text.at[end] == ' ' || text.at[end] == '\t'))
        end++;
    if (end < text.length && text.at[end] == '\r')
        end++;
    if (end < text.length && text.at[end] == '\n')
        return end + 1 - at;
    return end == text.length ? end - at : 0;
}

struct pk_view pk_quoted_decoded(struct pk_arena *arena, struct pk_view text, bool in_header)
{
    char *bytes = pk_alloc(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; bytes && i < text.length; i++) {
        bool equals = text.at[i] == '=';
        int high = equals && i + 2 < text.length ? hexadecimal(text.at[i + 1]) : -1;
        int low = high >= 0 ? hexadecimal(text.at[i + 2]) : -1;
        size_t soft = equals && low < 0 && !in_header ? soft_break(text, i) : 0;
        if (low >= 0) {
            bytes[length++] = (char)(high << 4 | low);
            i += 2;
        } else if (soft) {
            i += soft - 1;
        } else {
            bytes[length++] = in_header && text.at[i] == '_' ? ' ' : text.at[i];
        }
    }
    return (struct pk_view){bytes ? bytes : "", length};
}
