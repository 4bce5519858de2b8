/* definition.c - recognise link reference definitions (CommonMark 4.7). */
#include "parse/scan.h"

/* Where we are in the lines of a paragraph; the end of a line reads as '\n'. */
struct place {
    const char *text;
    const struct pk_span *segments;
    uint32_t count;
    uint32_t segment, at;
};

static bool is_over(const struct place *place)
{
    return place->segment == place->count;
}

static char peek(const struct place *place)
{
    return is_over(place) || place->at == place->segments[place->segment].end
               ? '\n'
               : place->text[place->at];
}

static void step(struct place *place)
{
    if (place->at < place->segments[place->segment].end) {
        place->at++;
        return;
    }
    place->segment++;
    if (!is_over(place))
        place->at = place->segments[place->segment].start;
}

static void skip_blanks(struct place *place)
{
    while (!is_over(place) && pk_is_blank(peek(place)))
        step(place);
}

/* Blanks and at most one line end. */
static void skip_space(struct place *place)
{
    skip_blanks(place);
    if (!is_over(place) && peek(place) == '\n') {
        step(place);
        skip_blanks(place);
    }
}

static void skip_escaped(struct place *place)
{
    step(place);
    if (!is_over(place) && pk_is_ascii_mark(peek(place)))
        step(place);
}

static bool skip_label(struct place *place)
{
    enum { LONGEST = 999 };
    bool words = false;
    if (is_over(place) || peek(place) != '[')
        return false;
    step(place);
    for (uint32_t length = 0; length < LONGEST && !is_over(place); length++) {
        char byte = peek(place);
        if (byte == '[')
            return false;
        if (byte == ']') {
            step(place);
            return words;
        }
        words = words || (!pk_is_blank(byte) && byte != '\n');
        if (byte == '\\')
            skip_escaped(place);
        else
            step(place);
    }
    return false;
}

static bool skip_pointed(struct place *place)
{
    step(place);
    while (!is_over(place)) {
        char byte = peek(place);
        if (byte == '\n' || byte == '<')
            return false;
        if (byte == '\\') {
            skip_escaped(place);
            continue;
        }
        step(place);
        if (byte == '>')
            return true;
    }
    return false;
}

static bool skip_destination(struct place *place)
{
    if (is_over(place))
        return false;
    if (peek(place) == '<')
        return skip_pointed(place);
    bool any = false;
    for (int open = 0; !is_over(place); any = true) {
        char byte = peek(place);
        if ((unsigned char)byte <= ' ' || byte == 0x7f)
            return any && open == 0;
        if (byte == '(')
            open++;
        if (byte == ')' && --open < 0)
            return false;
        if (byte == '\\')
            skip_escaped(place);
        else
            step(place);
    }
    return any;
}

static bool skip_title(struct place *place)
{
    if (is_over(place))
        return false;
    char open = peek(place), close = open == '(' ? ')' : open;
    if (open != '"' && open != '\'' && open != '(')
        return false;
    step(place);
    while (!is_over(place)) {
        char byte = peek(place);
        if (byte == '\\') {
            skip_escaped(place);
            continue;
        }
        if (open == '(' && byte == '(')
            return false;
        step(place);
        if (byte == close)
            return true;
    }
    return false;
}

/* Nothing more on this line: then its number counts. */
static bool ends_line(struct place *place)
{
    skip_blanks(place);
    return is_over(place) || peek(place) == '\n';
}

uint32_t pk_scan_definition(struct pk_view text, const struct pk_span *segments, uint32_t count)
{
    struct place place = {text.at, segments, count, 0, count ? segments[0].start : 0};
    if (!skip_label(&place) || is_over(&place) || peek(&place) != ':')
        return 0;
    step(&place);
    skip_space(&place);
    if (!skip_destination(&place))
        return 0;

    struct place behind = place, plain = place; /* plain: without a title, should that fail */
    bool plain_ends = ends_line(&plain);
    skip_space(&place);
    bool apart = place.segment > behind.segment || place.at > behind.at;
    if (apart && skip_title(&place) && ends_line(&place))
        return (is_over(&place) ? count - 1 : place.segment) + 1;
    return plain_ends ? plain.segment + 1 : 0;
}
