/* address.c - which words are an address a mail can go to, and which are a Message-ID. */
#include "approval/mime.h"

#include <string.h>

/* RFC 5321, 4.5.3.1. */
enum { MOST_LOCAL = 64, MOST_ADDRESS = 254, MOST_ID = 900 };

static bool is_alphanumeric(char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z');
}

static bool is_dot_atom(struct pk_view text)
{
    char before = '.';
    for (size_t i = 0; i < text.length; before = text.at[i++]) {
        char byte = text.at[i];
        if (byte == '.' ? before == '.'
                        : !is_alphanumeric(byte) && (!byte || !strchr("!#$%&'*+-/=?^_`{|}~", byte)))
            return false;
    }
    return before != '.';
}

static bool is_quoted(struct pk_view text)
{
    if (text.length < 3 || text.at[0] != '"' || text.at[text.length - 1] != '"')
        return false;
    for (size_t i = 1; i + 1 < text.length; i++) {
        if (text.at[i] == '\\' && i + 2 < text.length)
            i++;
        else if (text.at[i] == '"' || text.at[i] == '\\')
            return false;
        if (text.at[i] < 0x20 || text.at[i] > 0x7e)
            return false;
    }
    return true;
}

static bool is_domain(struct pk_view text)
{
    char before = '.';
    for (size_t i = 0; i < text.length; before = text.at[i++]) {
        char byte = text.at[i];
        bool inner = is_alphanumeric(before);
        if (byte == '.' ? !inner : byte == '-' ? before == '.' : !is_alphanumeric(byte))
            return false;
    }
    return is_alphanumeric(before);
}

static bool is_address(struct pk_view text)
{
    size_t at = text.length;
    while (at > 0 && text.at[at - 1] != '@')
        at--;
    if (at < 2 || text.length > MOST_ADDRESS || at - 1 > MOST_LOCAL)
        return false;
    struct pk_view local = pk_view_part(text, 0, at - 1);
    return (is_dot_atom(local) || is_quoted(local)) &&
           is_domain(pk_view_part(text, at, text.length));
}

static bool unquote(struct pk_arena *arena, struct pk_view *name)
{
    struct pk_buffer out = {.arena = arena};
    struct pk_view text = *name;
    if (text.length < 2 || text.at[0] != '"')
        return false;
    for (size_t i = 1; i < text.length; i++) {
        if (text.at[i] == '"') {
            *name = pk_written(&out);
            return i + 1 == text.length;
        }
        i += text.at[i] == '\\' && i + 1 < text.length;
        pk_putc(&out, text.at[i]);
    }
    return false;
}

bool pk_mailbox_split(struct pk_arena *arena, struct pk_view text, struct pk_view *name,
                      struct pk_view *address)
{
    text = pk_trim(text);
    *address = pk_mail_address(text);
    *name = (struct pk_view){"", 0};
    if (!address->length)
        return false;
    if (address->at == text.at)
        return true;
    struct pk_view rest = pk_trim(pk_view_part(text, 0, (size_t)(address->at - text.at) - 1));
    *name = rest;
    if (!unquote(arena, name))
        *name = rest;
    return true;
}

struct pk_view pk_mail_address(struct pk_view text)
{
    text = pk_trim(text);
    if (text.length && text.at[text.length - 1] == '>') {
        size_t open = text.length - 1;
        while (open > 0 && text.at[open - 1] != '<')
            open--;
        text = open ? pk_view_part(text, open, text.length - 1) : PK_VIEW("");
    }
    return is_address(text) ? text : PK_VIEW("");
}

bool pk_is_message_id(struct pk_view text)
{
    size_t at = 0;
    if (text.length < 5 || text.length > MOST_ID || text.at[0] != '<' ||
        text.at[text.length - 1] != '>')
        return false;
    for (size_t i = 1; i + 1 < text.length; i++) {
        if (text.at[i] <= 0x20 || text.at[i] > 0x7e || text.at[i] == '<' || text.at[i] == '>')
            return false;
        if (text.at[i] == '@')
            at = i;
    }
    return at > 1 && at + 2 < text.length;
}
