/* html_words.c - the words of a mail that is written in HTML only, as well as they can be had. */
#include "approval/mime.h"

static bool is_tag(struct pk_view rest, const char *name)
{
    struct pk_view word = pk_view_of(name);
    size_t slash = rest.length > 1 && rest.at[1] == '/';
    struct pk_view tag = pk_view_part(rest, 1 + slash, 1 + slash + word.length);
    size_t width, behind = 1 + slash + word.length;
    return pk_same_folded(tag, word) &&
           !(behind < rest.length &&
             pk_is_word(pk_decode(pk_view_part(rest, behind, rest.length), &width)));
}

/* Behind the ">" of the tag that starts there. */
static size_t tag_end(struct pk_view html, size_t at)
{
    while (at < html.length && html.at[at] != '>')
        at++;
    return at < html.length ? at + 1 : at;
}

static const struct {
    const char *name, *text;
} entities[] = {{"&lt;", "<"},    {"&gt;", ">"},  {"&amp;", "&"},
                {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}};

static size_t put_entity(struct pk_buffer *out, struct pk_view rest)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        struct pk_view name = pk_view_of(entities[i].name);
        if (!pk_starts(rest, name))
            continue;
        pk_puts(out, entities[i].text);
        return name.length;
    }
    pk_putc(out, '&');
    return 1;
}

struct pk_view pk_html_words(struct pk_arena *arena, struct pk_view html)
{
    static const char *const breaks[] = {"br", "p", "div", "li", "tr", "blockquote"};
    struct pk_buffer out = {.arena = arena};
    const char *hidden = NULL; /* the element whose content is not shown */
    for (size_t at = 0; at < html.length;) {
        struct pk_view rest = pk_view_part(html, at, html.length);
        if (rest.at[0] != '<') {
            if (hidden)
                at++;
            else if (rest.at[0] == '&')
                at += put_entity(&out, rest);
            else
                pk_putc(&out, html.at[at++]);
            continue;
        }
        bool closes = rest.length > 1 && rest.at[1] == '/';
        if (hidden && closes && is_tag(rest, hidden))
            hidden = NULL;
        else if (!hidden && !closes)
            hidden = is_tag(rest, "style") ? "style" : is_tag(rest, "script") ? "script" : NULL;
        for (size_t i = 0; !hidden && i < sizeof breaks / sizeof *breaks; i++) {
            if (is_tag(rest, breaks[i]))
                pk_putc(&out, '\n');
        }
        at = tag_end(html, at);
    }
    return pk_written(&out);
}
