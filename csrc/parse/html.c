/* html.c - recognise HTML: the lines that start a block of it, and single tags. */
#include "parse/scan.h"

#include <string.h>

/* Names for start condition 6, each between commas. */
static const char block_names[] =
    ",address,article,aside,base,basefont,blockquote,body,caption,center,col,colgroup,dd,"
    "details,dialog,dir,div,dl,dt,fieldset,figcaption,figure,footer,form,frame,frameset,h1,h2,"
    "h3,h4,h5,h6,head,header,hr,html,iframe,legend,li,link,main,menu,menuitem,nav,noframes,ol,"
    "optgroup,option,p,param,search,section,summary,table,tbody,td,tfoot,th,thead,title,tr,"
    "track,ul,";

/* And for condition 1. */
static const char raw_names[] = ",pre,script,style,textarea,";

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

static bool is_among(struct pk_view name, const char *names)
{
    char wanted[16];
    if (name.length < 1 || name.length > sizeof wanted - 3)
        return false;
    wanted[0] = ',';
    for (size_t i = 0; i < name.length; i++)
        wanted[i + 1] = lower(name.at[i]);
    wanted[name.length + 1] = ',';
    wanted[name.length + 2] = 0;
    return strstr(names, wanted) != NULL;
}

static bool is_name_part(char byte)
{
    return pk_is_ascii_letter(byte) || pk_is_ascii_digit(byte) || byte == '-';
}

static struct pk_view name_at(struct pk_view line, size_t start)
{
    size_t end = start;
    while (end < line.length && is_name_part(line.at[end]))
        end++;
    return pk_view_part(line, start, end);
}

/* What stands behind the name of a tag that opens a block. */
static bool ends_name(struct pk_view line, size_t at, bool closing_too)
{
    if (at >= line.length || pk_is_blank(line.at[at]) || line.at[at] == '>')
        return true;
    return closing_too && at + 1 < line.length && line.at[at] == '/' && line.at[at + 1] == '>';
}

unsigned pk_scan_html(struct pk_view line)
{
    if (line.length < 2 || line.at[0] != '<')
        return 0;
    if (pk_starts(line, PK_VIEW("<!--")))
        return 2;
    if (line.at[1] == '?')
        return 3;
    if (pk_starts(line, PK_VIEW("<![CDATA[")))
        return 5;
    if (line.at[1] == '!')
        return line.length > 2 && pk_is_ascii_letter(line.at[2]) ? 4 : 0;

    bool closing = line.at[1] == '/';
    size_t start = closing ? 2 : 1;
    struct pk_view name = name_at(line, start);
    if (!closing && is_among(name, raw_names) && ends_name(line, start + name.length, false))
        return 1;
    if (is_among(name, block_names) && ends_name(line, start + name.length, true))
        return 6;
    size_t tag = pk_scan_tag(line);
    return tag && pk_is_all_blank(pk_view_part(line, tag, line.length)) ? 7 : 0;
}

static bool has(struct pk_view line, const char *wanted)
{
    size_t length = strlen(wanted);
    const char *at = line.at, *end = line.at + line.length;
    while ((size_t)(end - at) >= length && (at = memchr(at, wanted[0], (size_t)(end - at)))) {
        size_t same = 0;
        while (same < length && at + same < end && lower(at[same]) == wanted[same])
            same++;
        if (same == length)
            return true;
        at++;
    }
    return false;
}

bool pk_scan_html_end(struct pk_view line, unsigned condition)
{
    switch (condition) {
    case 1:
        return has(line, "</pre>") || has(line, "</script>") || has(line, "</style>") ||
               has(line, "</textarea>");
    case 2:
        return has(line, "-->");
    case 3:
        return has(line, "?>");
    case 4:
        return has(line, ">");
    case 5:
        return has(line, "]]>");
    default:
        return false;
    }
}

/* -- Comments and tags (CommonMark 6.6) -- */

size_t pk_comment_end(struct pk_view text, size_t start)
{
    struct pk_view rest = pk_view_part(text, start + 4, text.length);
    if (pk_starts(rest, PK_VIEW(">")) || pk_starts(rest, PK_VIEW("->")))
        return start + (rest.at[0] == '>' ? 5 : 6);
    for (size_t at = start + 4; at < text.length; at++) {
        const char *found = memchr(text.at + at, '>', text.length - at);
        if (!found)
            return 0;
        at = (size_t)(found - text.at);
        if (at >= start + 6 && text.at[at - 1] == '-' && text.at[at - 2] == '-')
            return at + 1;
    }
    return 0;
}

static bool is_tag_space(char byte)
{
    return pk_is_blank(byte) || byte == '\n' || byte == '\r';
}

static size_t skip_space(struct pk_view tag, size_t at)
{
    while (at < tag.length && is_tag_space(tag.at[at]))
        at++;
    return at;
}

static bool is_attribute_part(char byte)
{
    return is_name_part(byte) || byte == '_' || byte == '.' || byte == ':';
}

/* Behind the value that starts at `at`, 0: none there. */
static size_t skip_value(struct pk_view tag, size_t at)
{
    if (at >= tag.length)
        return 0;
    char quote = tag.at[at];
    if (quote == '"' || quote == '\'') {
        const char *end = memchr(tag.at + at + 1, quote, tag.length - at - 1);
        return end ? (size_t)(end - tag.at) + 1 : 0;
    }
    size_t start = at;
    while (at < tag.length && !is_tag_space(tag.at[at]) && !strchr("\"'=<>`", tag.at[at]))
        at++;
    return at > start ? at : 0;
}

/* Behind the attribute at `at`, 0: none there. */
static size_t skip_attribute(struct pk_view tag, size_t at)
{
    char first = at < tag.length ? tag.at[at] : 0;
    if (!pk_is_ascii_letter(first) && first != '_' && first != ':')
        return 0;
    while (at < tag.length && is_attribute_part(tag.at[at]))
        at++;
    size_t equals = skip_space(tag, at);
    if (equals >= tag.length || tag.at[equals] != '=')
        return at;
    return skip_value(tag, skip_space(tag, equals + 1));
}

size_t pk_scan_tag(struct pk_view tag)
{
    tag = pk_view_part(tag, 0, PK_TAG_MAX);
    bool closing = tag.length > 1 && tag.at[1] == '/';
    size_t at = closing ? 2 : 1;
    if (at >= tag.length || tag.at[0] != '<' || !pk_is_ascii_letter(tag.at[at]))
        return 0;
    at += name_at(tag, at).length;
    for (;;) {
        size_t next = skip_space(tag, at);
        if (next >= tag.length)
            return 0;
        if (tag.at[next] == '>')
            return next + 1;
        if (!closing && tag.at[next] == '/')
            return next + 1 < tag.length && tag.at[next + 1] == '>' ? next + 2 : 0;
        if (closing || next == at)
            return 0;
        at = skip_attribute(tag, next);
        if (!at)
            return 0;
    }
}
