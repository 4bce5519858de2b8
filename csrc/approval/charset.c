/* charset.c - text in the charsets that mails are written in, as UTF-8: the one file that sees
 * iconv. */
#include "approval/mime.h"

#include <errno.h>
#include <iconv.h>

/* Only these are asked of iconv: a mail shall not choose which of its modules run. */
static const char *const known[] = {
    "ISO-8859-1",   "ISO-8859-2",   "ISO-8859-5",   "ISO-8859-9",   "ISO-8859-15", "WINDOWS-1250",
    "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1254", "WINDOWS-1257", "KOI8-R",      "KOI8-U",
    "IBM866",       "UTF-16",       "UTF-16LE",     "UTF-16BE",
};

/* Other names that they go by. */
static const struct {
    const char *name, *known;
} others[] = {
    {"latin1", "ISO-8859-1"},   {"cp1250", "WINDOWS-1250"}, {"cp1251", "WINDOWS-1251"},
    {"cp1252", "WINDOWS-1252"}, {"cp866", "IBM866"},        {"koi8r", "KOI8-R"},
};

static const char *known_as(struct pk_view charset)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (pk_same_folded(charset, pk_view_of(others[i].name)))
            return others[i].known;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (pk_same_folded(charset, pk_view_of(known[i])))
            return known[i];
    }
    return NULL;
}

/* Well-formed UTF-8, whatever it was. */
static struct pk_view mended(struct pk_arena *arena, struct pk_view bytes)
{
    struct pk_buffer out = {.arena = arena};
    size_t width;
    for (size_t at = 0; at < bytes.length; at += width) {
        char code[4];
        uint32_t codepoint = pk_decode(pk_view_part(bytes, at, bytes.length), &width);
        pk_put(&out, (struct pk_view){code, pk_encode(codepoint, code)});
    }
    return pk_written(&out);
}

static struct pk_view convert(struct pk_arena *arena, iconv_t way, struct pk_view bytes)
{
    struct pk_buffer out = {.arena = arena};
    char *from = (char *)(uintptr_t)bytes.at; /* iconv does not write there, POSIX says it may */
    size_t left = bytes.length;
    while (left) {
        char piece[1024], *to = piece;
        size_t room = sizeof piece;
        size_t done = iconv(way, &from, &left, &to, &room);
        pk_put(&out, (struct pk_view){piece, sizeof piece - room});
        if (done != (size_t)-1 || errno == E2BIG)
            continue;
        pk_puts(&out, "\xEF\xBF\xBD");
        from++;
        left--;
    }
    return pk_written(&out);
}

struct pk_view pk_converted(struct pk_arena *arena, struct pk_view charset, struct pk_view bytes)
{
    const char *name = known_as(charset);
    iconv_t way = name ? iconv_open("UTF-8", name) : (iconv_t)-1;
    arena->failed = arena->failed || (name && way == (iconv_t)-1 && errno == ENOMEM);
    if (way == (iconv_t)-1)
        return mended(arena, bytes);
    struct pk_view text = convert(arena, way, bytes);
    iconv_close(way);
    return mended(arena, text);
}
