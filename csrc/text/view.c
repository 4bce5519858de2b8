/* view.c - look at bytes without owning them; write bytes into a buffer. */
#include "text/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct pk_view pk_view_of(const char *string)
{
    return (struct pk_view){string ? string : "", string ? strlen(string) : 0};
}

struct pk_span pk_span_of(struct pk_view text, struct pk_view part)
{
    uint32_t start = (uint32_t)(part.at - text.at);
    return (struct pk_span){start, start + (uint32_t)part.length};
}

bool pk_is(struct pk_view view, const char *string)
{
    return pk_same(view, pk_view_of(string));
}

uint64_t pk_digest(uint64_t before, struct pk_view view)
{
    for (size_t i = 0; i < view.length; i++)
        before = (before ^ (unsigned char)view.at[i]) * UINT64_C(0x100000001b3);
    return before;
}

/* -- Buffers -- */

static bool reserve(struct pk_buffer *out, size_t more)
{
    if (out->room - out->length >= more)
        return true;
    enum { LARGE = 1 << 20 };
    size_t room = out->room ? out->room : 256;
    while (room - out->length < more)
        room += room < LARGE ? room : room / 4;
    char *bytes = pk_grow(out->arena, out->bytes, out->room, room);
    if (!bytes)
        return false;
    out->bytes = bytes;
    out->room = room;
    return true;
}

void pk_put(struct pk_buffer *out, struct pk_view view)
{
    if (!view.length || !reserve(out, view.length))
        return;
    memcpy(out->bytes + out->length, view.at, view.length);
    out->length += view.length;
}

void pk_puts(struct pk_buffer *out, const char *string)
{
    pk_put(out, pk_view_of(string));
}

void pk_putc(struct pk_buffer *out, char byte)
{
    if (out->length < out->room || reserve(out, 1))
        out->bytes[out->length++] = byte;
}

void pk_put_number(struct pk_buffer *out, uint32_t number, int digits)
{
    char bytes[10]; /* those of 2^32 */
    size_t at = sizeof bytes;
    for (; at && (number || digits > 0); number /= 10, digits--)
        bytes[--at] = (char)('0' + number % 10);
    pk_put(out, (struct pk_view){bytes + at, sizeof bytes - at});
}

void pk_putf(struct pk_buffer *out, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length > 0 && reserve(out, (size_t)length + 1)) {
        vsnprintf(out->bytes + out->length, (size_t)length + 1, format, again);
        out->length += (size_t)length;
    }
    va_end(again);
    va_end(arguments);
}

struct pk_view pk_all_written(struct pk_buffer *out)
{
    if (out->length < out->room)
        pk_give_back(out->arena, out->bytes, out->room, out->length);
    out->room = out->length;
    return pk_written(out);
}

struct pk_view pk_written(const struct pk_buffer *out)
{
    return (struct pk_view){out->bytes ? out->bytes : "", out->length};
}

/* -- Trouble -- */

enum pk_status pk_fail(struct pk_error *error, enum pk_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}
