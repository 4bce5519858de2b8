/* entity.c - a mail of whatever bytes in its parts: headers, and the first text meant to be read.
 */
#include "approval/mime.h"

enum { MOST_DEPTH = 8, MOST_PARTS = 200, MOST_HEADER = 64 * 1024 };

/* -- Lines -- */

/* The line that starts there, without its end; *next is where the following one starts. */
static struct pk_view line_at(struct pk_view text, size_t at, size_t *next)
{
    size_t end = at;
    while (end < text.length && text.at[end] != '\n')
        end++;
    *next = end < text.length ? end + 1 : end;
    if (end > at && text.at[end - 1] == '\r')
        end--;
    return pk_view_part(text, at, end);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* Where the body starts: behind the first empty line. */
static size_t body_at(struct pk_view entity)
{
    size_t at = 0, next;
    while (at < entity.length) {
        struct pk_view line = line_at(entity, at, &next);
        if (!line.length)
            return next;
        at = next;
    }
    return entity.length;
}

/* -- Headers -- */

static bool is_named(struct pk_view line, struct pk_view name)
{
    struct pk_view head = pk_view_part(line, 0, name.length);
    size_t colon = name.length;
    while (colon < line.length && is_blank(line.at[colon]))
        colon++;
    return pk_same_folded(head, name) && colon < line.length && line.at[colon] == ':';
}

struct pk_view pk_entity_header(struct pk_arena *arena, struct pk_view entity, const char *name)
{
    struct pk_view wanted = pk_view_of(name);
    struct pk_buffer out = {.arena = arena};
    bool found = false;
    size_t at = 0, next;
    for (; at < entity.length; at = next) {
        struct pk_view line = line_at(entity, at, &next);
        bool goes_on = line.length && at && is_blank(line.at[0]);
        if (!line.length || (found && !goes_on) || out.length > MOST_HEADER)
            break;
        if (!goes_on && is_named(line, wanted)) {
            size_t colon = wanted.length;
            while (line.at[colon] != ':')
                colon++;
            line = pk_view_part(line, colon + 1, line.length);
            found = true;
        }
        if (found)
            pk_put(&out, line);
    }
    return pk_trim(pk_view_part(pk_written(&out), 0, MOST_HEADER));
}

/* -- RFC 2047 -- */

struct word {
    struct pk_view charset, text;
    bool base64;
    size_t end;
};

/* An encoded word at that place: =?charset*language?B?text?= */
static bool word_at(struct pk_view value, size_t at, struct word *word)
{
    size_t mark[3], marks = 0;
    if (!pk_starts(pk_view_part(value, at, value.length), PK_VIEW("=?")))
        return false;
    for (size_t i = at + 2; i < value.length && marks < 3; i++) {
        if (is_blank(value.at[i]))
            return false;
        if (value.at[i] == '?')
            mark[marks++] = i;
    }
    if (marks < 3 || mark[1] != mark[0] + 2 || mark[2] + 1 >= value.length ||
        value.at[mark[2] + 1] != '=')
        return false;
    char way = (char)(value.at[mark[0] + 1] | 32);
    size_t language = at + 2;
    while (language < mark[0] && value.at[language] != '*')
        language++;
    *word = (struct word){.charset = pk_view_part(value, at + 2, language),
                          .text = pk_view_part(value, mark[1] + 1, mark[2]),
                          .base64 = way == 'b',
                          .end = mark[2] + 2};
    return way == 'b' || way == 'q';
}

/* Words of one charset are put together before they are converted: some programs split letters. */
struct decoding {
    struct pk_arena *arena;
    struct pk_buffer out, held;
    struct pk_view charset;
};

static void release(struct decoding *decoding)
{
    if (decoding->held.length)
        pk_put(&decoding->out,
               pk_converted(decoding->arena, decoding->charset, pk_written(&decoding->held)));
    decoding->held.length = 0;
}

struct pk_view pk_header_decoded(struct pk_arena *arena, struct pk_view value)
{
    struct decoding decoding = {.arena = arena, .out = {.arena = arena}, .held = {.arena = arena}};
    struct word word;
    size_t at = 0;
    while (at < value.length) {
        if (word_at(value, at, &word)) {
            if (!pk_same_folded(word.charset, decoding.charset))
                release(&decoding);
            decoding.charset = word.charset;
            pk_put(&decoding.held, word.base64 ? pk_base64_decoded(arena, word.text)
                                               : pk_quoted_decoded(arena, word.text, true));
            at = word.end;
            size_t behind = at;
            while (behind < value.length && is_blank(value.at[behind]))
                behind++;
            if (word_at(value, behind, &word))
                at = behind;
            continue;
        }
        release(&decoding);
        size_t start = at++;
        while (at < value.length && value.at[at] != '=')
            at++;
        pk_put(&decoding.out,
               pk_converted(arena, PK_VIEW("utf-8"), pk_view_part(value, start, at)));
    }
    release(&decoding);
    return pk_header_line(arena, pk_written(&decoding.out));
}

/* -- Content types -- */

/* The value of "; name=value" or "; name=\"value\"". */
static struct pk_view parameter(struct pk_view header, struct pk_view name)
{
    bool quoted = false;
    for (size_t i = 0; i < header.length; i++) {
        if (quoted && header.at[i] == '\\')
            i++;
        else if (header.at[i] == '"')
            quoted = !quoted;
        if (quoted || i >= header.length || header.at[i] != ';')
            continue;
        size_t at = i + 1;
        while (at < header.length && is_blank(header.at[at]))
            at++;
        struct pk_view rest = pk_view_part(header, at, header.length);
        if (rest.length <= name.length || rest.at[name.length] != '=' ||
            !pk_same_folded(pk_view_part(rest, 0, name.length), name))
            continue;
        rest = pk_view_part(rest, name.length + 1, rest.length);
        bool in_quotes = rest.length && rest.at[0] == '"';
        size_t end = in_quotes;
        while (end < rest.length &&
               (in_quotes ? rest.at[end] != '"' : rest.at[end] != ';' && !is_blank(rest.at[end])))
            end++;
        return pk_view_part(rest, in_quotes, end);
    }
    return PK_VIEW("");
}

static struct pk_view first_word(struct pk_view header)
{
    size_t end = 0;
    while (end < header.length && header.at[end] != ';' && !is_blank(header.at[end]))
        end++;
    return pk_view_part(header, 0, end);
}

static bool is_of(struct pk_view type, struct pk_view prefix)
{
    return pk_same_folded(pk_view_part(type, 0, prefix.length), prefix);
}

/* -- Parts -- */

struct search {
    struct pk_arena *arena;
    struct pk_view text, html; /* found; empty: not yet */
    bool has_text, has_html;
    unsigned parts;
};

static struct pk_view decoded(struct pk_arena *arena, struct pk_view entity)
{
    struct pk_view body = pk_view_part(entity, body_at(entity), entity.length);
    struct pk_view type = pk_entity_header(arena, entity, "Content-Type");
    struct pk_view way = first_word(pk_entity_header(arena, entity, "Content-Transfer-Encoding"));
    if (pk_same_folded(way, PK_VIEW("base64")))
        body = pk_base64_decoded(arena, body);
    else if (pk_same_folded(way, PK_VIEW("quoted-printable")))
        body = pk_quoted_decoded(arena, body, false);
    return pk_converted(arena, parameter(type, PK_VIEW("charset")), body);
}

static void look(struct search *, struct pk_view entity, int depth);

/* Each part stands between lines of "--" and the boundary. */
static void look_in_parts(struct search *search, struct pk_view body, struct pk_view boundary,
                          int depth)
{
    size_t next, part = SIZE_MAX;
    for (size_t at = 0; at < body.length && !search->has_text; at = next) {
        struct pk_view line = line_at(body, at, &next);
        bool delimits = pk_starts(line, PK_VIEW("--")) &&
                        pk_starts(pk_view_part(line, 2, line.length), boundary);
        struct pk_view rest = pk_view_part(line, 2 + boundary.length, line.length);
        bool closes = delimits && pk_starts(rest, PK_VIEW("--"));
        if (!delimits || (!closes && pk_trim(rest).length))
            continue;
        if (part != SIZE_MAX)
            look(search, pk_view_part(body, part, at), depth);
        part = closes ? SIZE_MAX : next;
        if (closes)
            return;
    }
    if (part != SIZE_MAX && !search->has_text) /* cut off on the way */
        look(search, pk_view_part(body, part, body.length), depth);
}

static void look(struct search *search, struct pk_view entity, int depth)
{
    struct pk_view header = pk_entity_header(search->arena, entity, "Content-Type");
    struct pk_view type = first_word(header);
    struct pk_view disposition =
        first_word(pk_entity_header(search->arena, entity, "Content-Disposition"));
    if (search->has_text || depth > MOST_DEPTH || search->parts++ >= MOST_PARTS)
        return;
    if (is_of(type, PK_VIEW("multipart/"))) {
        struct pk_view boundary = parameter(header, PK_VIEW("boundary"));
        struct pk_view body = pk_view_part(entity, body_at(entity), entity.length);
        if (boundary.length)
            look_in_parts(search, body, boundary, depth + 1);
        return;
    }
    if (pk_same_folded(disposition, PK_VIEW("attachment")))
        return;
    if (!type.length || pk_same_folded(type, PK_VIEW("text/plain"))) {
        search->text = decoded(search->arena, entity);
        search->has_text = true;
    } else if (!search->has_html && pk_same_folded(type, PK_VIEW("text/html"))) {
        search->html = decoded(search->arena, entity);
        search->has_html = true;
    }
}

struct pk_view pk_entity_text(struct pk_arena *arena, struct pk_view entity)
{
    struct search search = {.arena = arena};
    look(&search, entity, 0);
    return search.has_text ? search.text : pk_html_words(arena, search.html);
}
