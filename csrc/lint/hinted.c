/* hinted.c - day, hour and place of a meeting where they stand in a form that is read as no field:
 * a rule that asks for them had better be quiet there. */
#include "lint/lint.h"

#include <string.h>

/* -- The lines that tell of the meeting itself -- */

enum { HEAD = 60, TAIL = 12 /* lines that are not empty */ };

typedef bool on_line(const struct pk_minutes *, struct pk_view line);

static bool is_digit(struct pk_view text, size_t at)
{
    return at < text.length && text.at[at] >= '0' && text.at[at] <= '9';
}

/* The next digit from there on; the length: there is none. Eight bytes at a time. */
static size_t next_digit(struct pk_view text, size_t at)
{
    static const uint64_t ones = UINT64_C(0x0101010101010101);
    for (uint64_t eight; at + sizeof eight <= text.length; at += sizeof eight) {
        memcpy(&eight, text.at + at, sizeof eight);
        eight ^= '0' * ones;
        if (~(((eight & 0x7F * ones) + (0x80 - 10) * ones) | eight) & 0x80 * ones)
            break;
    }
    while (at < text.length && !is_digit(text, at))
        at++;
    return at;
}

static size_t next_byte(struct pk_view text, size_t at, char byte)
{
    const char *found = at < text.length ? memchr(text.at + at, byte, text.length - at) : NULL;
    return found ? (size_t)(found - text.at) : text.length;
}

/* Where the text behind the front matter starts. */
static size_t behind_front(const struct pk_minutes *minutes)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    if (blocks->block.count < 2 || blocks->block.items[1].kind != PK_FRONT_MATTER)
        return 0;
    const struct pk_block *front = &blocks->block.items[1];
    return front->segment_count
               ? blocks->segment.items[front->segment + front->segment_count - 1].end
               : 0;
}

/* Where the last lines start. */
static size_t tail_of(struct pk_view text)
{
    size_t at = text.length, lines = 0;
    while (at) {
        bool filled = false;
        for (; at && !filled && text.at[at - 1] != '\n'; at--)
            filled = text.at[at - 1] > ' ';
        while (at && text.at[at - 1] != '\n')
            at--;
        if (at && filled && ++lines == TAIL)
            return at;
        at -= at > 0;
    }
    return at;
}

/* Is it so of one of the first lines, of the last ones, or of a heading? */
static bool any_line(const struct pk_minutes *minutes, on_line *is)
{
    struct pk_view text = minutes->blocks.text;
    size_t tail = tail_of(text), lines = 0;
    for (size_t at = behind_front(minutes), end; at < text.length; at = end + 1) {
        end = next_byte(text, at, '\n');
        struct pk_view line = pk_trim(pk_view_part(text, at, end));
        if (!line.length)
            continue;
        bool asked = lines++ < HEAD || at >= tail || line.at[0] == '#';
        if (asked && is(minutes, line))
            return true;
    }
    return false;
}

/* -- The hour -- */

static bool ends_hour(const struct pk_minutes *minutes, struct pk_view line, size_t at)
{
    while (at < line.length && line.at[at] == ' ')
        at++;
    size_t length;
    struct pk_view rest = pk_view_part(line, at, line.length);
    const struct pk_phrase *unit =
        pk_words_of(&minutes->library->words, rest, PK_WORD_UNIT, &length);
    bool half = rest.length > 1 && ((rest.at[0] | 32) == 'a' || (rest.at[0] | 32) == 'p') &&
                ((rest.at[1] | 32) == 'm' || rest.at[1] == '.');
    return half || (unit && unit->meaning.value == PK_UNIT_CLOCK);
}

/* "10:30", "19 Uhr", "8pm" */
static bool tells_hour(const struct pk_minutes *minutes, struct pk_view line)
{
    for (size_t at = 0; (at = next_digit(line, at)) < line.length; at++) {
        if (at && is_digit(line, at - 1))
            continue;
        size_t end = at + 1 + is_digit(line, at + 1);
        bool hour = !is_digit(line, end) && (end == at + 1 || line.at[at] < '2' ||
                                             (line.at[at] == '2' && line.at[at + 1] <= '4'));
        bool minutes_behind = end + 2 < line.length && line.at[end] == ':' &&
                              line.at[end + 1] <= '5' && is_digit(line, end + 1) &&
                              is_digit(line, end + 2) && !is_digit(line, end + 3);
        bool first = !at || (line.at[at - 1] != '.' && line.at[at - 1] != ':' &&
                             line.at[at - 1] != '/' && line.at[at - 1] != '-');
        if (hour && first && (minutes_behind || ends_hour(minutes, line, end)))
            return true;
    }
    return false;
}

/* -- The day -- */

static size_t digits_at(struct pk_view line, size_t at)
{
    size_t end = at;
    while (is_digit(line, end))
        end++;
    return end - at;
}

/* "04/09/2027", "4.9.27", "2027-09-04" */
static bool tells_day(const struct pk_minutes *minutes, struct pk_view line)
{
    (void)minutes;
    for (size_t at = 0; (at = next_digit(line, at)) < line.length; at++) {
        if (at && is_digit(line, at - 1))
            continue;
        size_t first = digits_at(line, at), middle = at + first;
        char sign = middle < line.length ? line.at[middle] : ' ';
        if (first > 4 || (sign != '.' && sign != '/' && sign != '-'))
            continue;
        size_t second = digits_at(line, middle + 1), last = middle + 1 + second;
        size_t third = last < line.length && line.at[last] == sign ? digits_at(line, last + 1) : 0;
        bool year = first == 4 || third == 4 || (third == 2 && sign != '-');
        if (year && second && second <= 2 && third && (first == 4 ? third <= 2 : first <= 2))
            return true;
    }
    return false;
}

/* -- The place -- */

/* "Bern, den 4. September 2027": where it was signed. */
static bool is_signed_at(struct pk_view line)
{
    enum { LONGEST = 60, ARTICLE = 4 /* bytes */ };
    size_t width, comma = line.length > LONGEST ? line.length : next_byte(line, 0, ',');
    if (comma + 2 >= line.length || !pk_is_upper(pk_decode(line, &width)))
        return false;
    for (size_t at = 0; at < comma; at += width) {
        uint32_t sign = pk_decode(pk_view_part(line, at, comma), &width);
        if (!pk_is_letter(sign) && sign != ' ' && sign != '-' && sign != '.')
            return false;
    }
    size_t day = comma + 1;
    while (day < line.length && day < comma + 2 + ARTICLE && !is_digit(line, day))
        day++;
    if (!is_digit(line, day))
        return false;
    size_t year = line.length;
    while (year && !is_digit(line, year - 1))
        year--;
    return year > day + 4 && line.length - year <= 1 && is_digit(line, year - 2) &&
           is_digit(line, year - 3) && is_digit(line, year - 4);
}

/* Where people meet who do not meet in a room, by their address. */
static bool is_room_of_calls(struct pk_view host)
{
    static const char *const known[] = {"zoom.",    "meet.",   "teams.",   "webex.",    "youtube.",
                                        "youtu.be", "jitsi",   "bbb",      "bigblue",   "whereby.",
                                        "vimeo.",   "discord", "gotomeet", "hangouts.", "senfcall"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t length = strlen(known[i]);
        for (size_t at = 0; at + length <= host.length; at++)
            if (memcmp(host.at + at, known[i], length) == 0 &&
                (!at || host.at[at - 1] == '.' || host.at[at - 1] == '/'))
                return true;
    }
    return false;
}

static bool links_call(struct pk_view line)
{
    for (size_t at = 0; (at = next_byte(line, at, ':')) + 3 < line.length; at++) {
        if (memcmp(line.at + at, "://", 3) != 0)
            continue;
        size_t end = at + 3;
        while (end < line.length && line.at[end] != '/' && line.at[end] > ' ')
            end++;
        if (is_room_of_calls(pk_view_part(line, at + 2, end)))
            return true;
    }
    return false;
}

/* "Mode: online" */
static bool is_held_without_room(const struct pk_minutes *minutes, struct pk_view line)
{
    size_t at = next_byte(line, 0, ':'), length;
    while (at < line.length && (line.at[at] == ':' || line.at[at] == '*' || line.at[at] == ' '))
        at++;
    return at < line.length &&
           pk_words_of(&minutes->library->words, pk_view_part(line, at, line.length), PK_WORD_VENUE,
                       &length);
}

static bool tells_place(const struct pk_minutes *minutes, struct pk_view line)
{
    return is_signed_at(line) || links_call(line) || is_held_without_room(minutes, line);
}

/* -- All of them -- */

bool pk_hints_field(const struct pk_minutes *minutes, enum pk_field_kind kind)
{
    for (uint32_t i = 0; i < minutes->field.count; i++)
        if (minutes->field.items[i].kind == kind)
            return false; /* a label, and what is or is not behind it */
    switch (kind) {
    case PK_FIELD_DATE:
        return any_line(minutes, tells_day);
    case PK_FIELD_TIME:
        return any_line(minutes, tells_hour);
    case PK_FIELD_PLACE:
        return any_line(minutes, tells_place);
    default:
        return false;
    }
}
