/* inline.c - find the markup inside a paragraph (CommonMark, chapter 6). */
#include "parse/inline.h"

#include <string.h>

/* Of `length` bytes from `at`, the first gets one fate and the others are dropped. */
static void set_fate(struct pk_inline *in, size_t at, size_t length, enum pk_fate first)
{
    memset(in->fate + at, PK_DROP, length);
    in->fate[at] = (uint8_t)first;
}

static struct pk_view from(const struct pk_inline *in, size_t at)
{
    return pk_view_part(in->text, at, in->text.length);
}

static uint32_t run_at(const struct pk_inline *in, uint32_t at)
{
    uint32_t end = at;
    while (end < in->text.length && in->text.at[end] == in->text.at[at])
        end++;
    return end - at;
}

/* Each reader below takes the place of its character and gives the place to go on from. */

static uint32_t read_backslash(struct pk_inline *in, uint32_t at)
{
    if (at + 1 >= in->text.length)
        return at + 1;
    char next = in->text.at[at + 1];
    if (next != '\n' && !pk_is_ascii_mark(next))
        return at + 1;
    in->fate[at] = PK_DROP;
    return next == '\n' ? at + 1 : at + 2;
}

/* -- Code spans (6.1) -- */

/* The next run of just so many backticks behind `at`, 0: none. */
static uint32_t find_ticks(struct pk_inline *in, uint32_t at, uint32_t length)
{
    if (length > PK_TICKS_MAX || (in->ticks_known && in->ticks[length] <= at))
        return 0;
    for (uint32_t i = at; i < in->text.length;) {
        const char *found = memchr(in->text.at + i, '`', in->text.length - i);
        if (!found)
            break;
        i = (uint32_t)(found - in->text.at);
        uint32_t run = run_at(in, i);
        if (run <= PK_TICKS_MAX)
            in->ticks[run] = i;
        if (run == length)
            return i;
        i += run;
    }
    in->ticks_known = true;
    return 0;
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n';
}

static uint32_t read_code(struct pk_inline *in, uint32_t at)
{
    uint32_t length = run_at(in, at), start = at + length, end = find_ticks(in, start, length);
    if (!end)
        return start;
    set_fate(in, at, length, PK_OPEN_CODE);
    set_fate(in, end, length, PK_CLOSE_CODE);
    const char *text = in->text.at;
    if (end - start > 2 && is_space(text[start]) && is_space(text[end - 1]) &&
        pk_trim(pk_view_part(in->text, start, end)).length) {
        in->fate[start] = PK_DROP;
        in->fate[end - 1] = PK_DROP;
    }
    for (uint32_t i = start; in->cell && i + 1 < end; i++)
        if (text[i] == '\\' && text[i + 1] == '|')
            in->fate[i] = PK_DROP;
    return end + length;
}

/* -- Autolinks and HTML (6.5, 6.6) -- */

static size_t skip_scheme(struct pk_view view, size_t at)
{
    size_t start = at;
    while (at < view.length && at - start < 32 &&
           (pk_is_ascii_letter(view.at[at]) || pk_is_ascii_digit(view.at[at]) ||
            (view.at[at] && strchr("+.-", view.at[at]))))
        at++;
    bool whole = at - start >= 2 && pk_is_ascii_letter(view.at[start]);
    return whole && at < view.length && view.at[at] == ':' ? at + 1 : 0;
}

/* Bytes of <scheme:...> or <somebody@somewhere>, 0: neither. */
static size_t scan_autolink(struct pk_view view)
{
    size_t scheme = skip_scheme(view, 1), at = scheme ? scheme : 1, signs = 0;
    for (; at < view.length && view.at[at] != '>'; at++) {
        char byte = view.at[at];
        if ((unsigned char)byte <= ' ' || byte == '<' || byte == 0x7f)
            return 0;
        if (!scheme && byte == '@')
            signs++;
        else if (!scheme && !pk_is_ascii_letter(byte) && !pk_is_ascii_digit(byte) &&
                 !strchr(signs ? ".-" : ".!#$%&'*+/=?^_`{|}~-", byte))
            return 0;
    }
    if (at == view.length || (!scheme && (signs != 1 || view.at[1] == '@')))
        return 0;
    return at + 1;
}

/* Bytes up to the end of a comment, instruction, declaration or CDATA; 0: none. */
static size_t scan_special(struct pk_inline *in, struct pk_view view)
{
    static const struct {
        const char *start, *end;
    } special[] = {{"<!--", "-->"}, {"<?", "?>"}, {"<![CDATA[", "]]>"}, {"<!", ">"}};
    if (pk_starts(view, PK_VIEW("<!-->")))
        return 5;
    if (pk_starts(view, PK_VIEW("<!--->")))
        return 6;
    for (unsigned i = 0; i < 4; i++) {
        struct pk_view start = pk_view_of(special[i].start), end = pk_view_of(special[i].end);
        if (!pk_starts(view, start))
            continue;
        if (i == 3 && (view.length < 3 || !pk_is_ascii_letter(view.at[2])))
            return 0;
        if (in->endless & 1u << i)
            return 0;
        size_t at = start.length;
        for (; at + end.length <= view.length; at++) {
            const char *found = memchr(view.at + at, end.at[0], view.length - at);
            if (!found)
                break;
            at = (size_t)(found - view.at);
            if (pk_starts(pk_view_part(view, at, view.length), end))
                return at + end.length;
        }
        in->endless |= 1u << i;
        return 0;
    }
    return 0;
}

static bool is_line_break(struct pk_view tag) /* <br>, <br/>, <br /> */
{
    return tag.length > 3 && (tag.at[1] | 32) == 'b' && (tag.at[2] | 32) == 'r' &&
           !pk_is_ascii_letter(tag.at[3]) && !pk_is_ascii_digit(tag.at[3]);
}

static uint32_t read_angle(struct pk_inline *in, uint32_t at)
{
    struct pk_view view = from(in, at);
    size_t length = scan_autolink(view);
    if (length) {
        in->fate[at] = PK_OPEN_LINK;
        in->fate[at + length - 1] = PK_CLOSE_LINK;
        return at + (uint32_t)length;
    }
    length = pk_scan_tag(view);
    if (!length)
        length = scan_special(in, view);
    if (!length)
        return at + 1;
    bool blank = is_line_break(pk_view_part(view, 0, length));
    set_fate(in, at, length, blank ? PK_BLANK : PK_DROP);
    return at + (uint32_t)length;
}

/* -- Links (6.3) -- */

static size_t skip_space(struct pk_view view, size_t at)
{
    while (at < view.length && (pk_is_blank(view.at[at]) || view.at[at] == '\n'))
        at++;
    return at;
}

static size_t skip_escaped(struct pk_view view, size_t at)
{
    return at + 1 < view.length && pk_is_ascii_mark(view.at[at + 1]) ? at + 2 : at + 1;
}

/* Behind the bytes up to `close`; 0: it does not come, or one of `never` does first. */
static size_t skip_until(struct pk_view view, size_t at, char close, const char *never)
{
    while (at < view.length) {
        char byte = view.at[at];
        if (byte == close)
            return at + 1;
        if (byte && strchr(never, byte))
            return 0;
        at = byte == '\\' ? skip_escaped(view, at) : at + 1;
    }
    return 0;
}

/* Behind a link destination, which may be empty; 0: broken. */
static size_t skip_destination(struct pk_view view, size_t at)
{
    enum { NESTED = 32 }; /* parentheses, as in cmark: bounds the time */
    if (at < view.length && view.at[at] == '<')
        return skip_until(view, at + 1, '>', "<\n");
    int open = 0;
    while (at < view.length) {
        char byte = view.at[at];
        if ((unsigned char)byte <= ' ' || byte == 0x7f || (byte == ')' && open == 0))
            break;
        if (byte == '(' && ++open > NESTED)
            return 0;
        if (byte == ')')
            open--;
        at = byte == '\\' ? skip_escaped(view, at) : at + 1;
    }
    return open ? 0 : at;
}

/* Bytes of "(destination title)" at the start, 0: that is no link. */
static size_t scan_target(struct pk_view view)
{
    size_t at = skip_destination(view, skip_space(view, 1));
    if (!at)
        return 0;
    size_t title = skip_space(view, at);
    char quote = title > at && title < view.length ? view.at[title] : 0;
    if (quote == '"' || quote == '\'')
        title = skip_until(view, title + 1, quote, "");
    else if (quote == '(')
        title = skip_until(view, title + 1, ')', "(");
    if (!title)
        return 0;
    at = skip_space(view, title);
    return at < view.length && view.at[at] == ')' ? at + 1 : 0;
}

/* Bytes of "[label]", 0: none. An empty one is an empty pair of brackets. */
static size_t scan_label(struct pk_view view)
{
    enum { LONGEST = 999 };
    size_t end = skip_until(pk_view_part(view, 0, LONGEST + 2), 1, ']', "[");
    return end && pk_trim(pk_view_part(view, 1, end - 1)).length ? end : 0;
}

static uint32_t read_open_bracket(struct pk_inline *in, uint32_t at, bool image)
{
    *pk_push(in->arena, &in->room->bracket) = (struct pk_bracket){at, in->last, image};
    return at + 1;
}

static uint32_t read_close_bracket(struct pk_inline *in, uint32_t at)
{
    if (!in->room->bracket.count)
        return at + 1;
    uint32_t outer = --in->room->bracket.count; /* how many stand around it */
    struct pk_bracket open = in->room->bracket.items[outer];
    bool dead = !open.image && outer < in->dead;
    struct pk_view behind = from(in, at + 1);
    size_t length = 0;
    if (in->dead > outer)
        in->dead = outer;
    if (!dead && behind.length && behind.at[0] == '(')
        length = scan_target(behind);
    if (!dead && !length && behind.length && behind.at[0] == '[')
        length = scan_label(behind);
    if (!length)
        return at + 1;
    if (open.image)
        in->fate[open.at - 1] = PK_DROP;
    in->fate[open.at] = PK_OPEN_LINK;
    set_fate(in, at, length + 1, PK_CLOSE_LINK);
    pk_pair_delimiters(in, open.last);
    if (!open.image)
        in->dead = outer;
    return at + 1 + (uint32_t)length;
}

/* -- All of it -- */

static uint32_t read_at(struct pk_inline *in, uint32_t at)
{
    uint32_t length;
    switch (in->text.at[at]) {
    case '\\':
        return read_backslash(in, at);
    case '`':
        return read_code(in, at);
    case '<':
        return read_angle(in, at);
    case '!':
        if (at + 1 < in->text.length && in->text.at[at + 1] == '[')
            return read_open_bracket(in, at + 1, true);
        return at + 1;
    case '[':
        return read_open_bracket(in, at, false);
    case ']':
        return read_close_bracket(in, at);
    case '*':
    case '_':
    case '~':
        length = run_at(in, at);
        pk_add_delimiters(in, at, length);
        return at + length;
    default:
        return at + 1;
    }
}

void pk_read_inline(struct pk_inline *in)
{
    static const bool is_special[256] = {
        ['\\'] = true, ['`'] = true, ['<'] = true, ['!'] = true, ['['] = true,
        [']'] = true,  ['*'] = true, ['_'] = true, ['~'] = true};
    const unsigned char *text = (const unsigned char *)in->text.at;
    uint32_t length = (uint32_t)in->text.length;
    for (uint32_t at = 0; at < length && !in->arena->failed;) {
        while (at < length && !is_special[text[at]])
            at++;
        if (at < length)
            at = read_at(in, at);
    }
    pk_pair_delimiters(in, 0);
    const char *line_end = in->text.at, *end = in->text.at + in->text.length;
    while (line_end < end && (line_end = memchr(line_end, '\n', (size_t)(end - line_end)))) {
        uint8_t *fate = &in->fate[line_end++ - in->text.at];
        if (*fate == PK_KEEP)
            *fate = PK_BLANK;
    }
}
