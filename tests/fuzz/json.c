/* json.c - tell whether a text is one JSON value (RFC 8259). */
#include "fuzz.h"

#include <string.h>

struct reader {
    struct pk_view text;
    size_t at;
    int depth;
};

static char peek(struct reader *reader)
{
    while (reader->at < reader->text.length &&
           memchr(" \t\r\n", reader->text.at[reader->at], 4) != NULL)
        reader->at++;
    return reader->at < reader->text.length ? reader->text.at[reader->at] : '\0';
}

static bool take(struct reader *reader, char byte)
{
    bool there = peek(reader) == byte && reader->at < reader->text.length;
    reader->at += there;
    return there;
}

static bool word(struct reader *reader, const char *word)
{
    struct pk_view rest = pk_view_part(reader->text, reader->at, reader->text.length);
    bool there = pk_starts(rest, pk_view_of(word));
    reader->at += there ? strlen(word) : 0;
    return there;
}

static bool digits(struct reader *reader)
{
    size_t from = reader->at;
    while (reader->at < reader->text.length && reader->text.at[reader->at] >= '0' &&
           reader->text.at[reader->at] <= '9')
        reader->at++;
    return reader->at > from;
}

/* Whole numbers are all that is written. */
static bool number(struct reader *reader)
{
    word(reader, "-");
    size_t from = reader->at;
    return digits(reader) && (reader->text.at[from] != '0' || reader->at == from + 1);
}

static bool escape(struct reader *reader)
{
    struct pk_view rest = pk_view_part(reader->text, reader->at, reader->text.length);
    if (!rest.length)
        return false;
    if (rest.at[0] != 'u') {
        reader->at++;
        return memchr("\"\\/bfnrt", rest.at[0], 8) != NULL;
    }
    for (size_t i = 1; i <= 4; i++)
        if (i >= rest.length || !strchr("0123456789abcdefABCDEF", rest.at[i]) || !rest.at[i])
            return false;
    reader->at += 5;
    return true;
}

static bool string(struct reader *reader)
{
    if (!take(reader, '"'))
        return false;
    while (reader->at < reader->text.length) {
        unsigned char byte = (unsigned char)reader->text.at[reader->at++];
        if (byte == '"')
            return true;
        if (byte < 0x20 || (byte == '\\' && !escape(reader)))
            return false;
    }
    return false;
}

static bool value(struct reader *reader);

static bool members(struct reader *reader, char end)
{
    reader->at++;
    if (take(reader, end))
        return true;
    do {
        if (end == '}' && (peek(reader) != '"' || !string(reader) || !take(reader, ':')))
            return false;
        if (!value(reader))
            return false;
    } while (take(reader, ','));
    return take(reader, end);
}

static bool value(struct reader *reader)
{
    bool good;
    if (++reader->depth > 100)
        return false;
    switch (peek(reader)) {
    case '{':
        good = members(reader, '}');
        break;
    case '[':
        good = members(reader, ']');
        break;
    case '"':
        good = string(reader);
        break;
    default:
        good =
            word(reader, "true") || word(reader, "false") || word(reader, "null") || number(reader);
    }
    reader->depth--;
    return good;
}

bool fuzz_is_utf8(struct pk_view text)
{
    size_t width = 1;
    for (size_t at = 0; at < text.length; at += width)
        if (pk_decode(pk_view_part(text, at, text.length), &width) == PK_REPLACEMENT && width == 1)
            return false;
    return true;
}

bool fuzz_is_json(struct pk_view text)
{
    struct reader reader = {.text = text};
    return fuzz_is_utf8(text) && value(&reader) && peek(&reader) == '\0' &&
           reader.at == text.length;
}
