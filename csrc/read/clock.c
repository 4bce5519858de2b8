/* clock.c - a time of day, as people write it. */
#include "read/read.h"

/* "am", "p.m." at `at` tell which of two hours it is; *end behind it. */
static bool half_at(struct pk_view text, size_t at, int *hour, size_t *end)
{
    if (at + 1 >= text.length || *hour < 1 || *hour > 12)
        return false;
    char half = text.at[at] | 32;
    size_t next = at + 1;
    bool dotted = text.at[next] == '.';
    next += dotted;
    if ((half != 'a' && half != 'p') || next >= text.length || (text.at[next] | 32) != 'm')
        return false;
    next++;
    if (dotted && next < text.length && text.at[next] == '.')
        next++;
    size_t width;
    if (pk_is_word(pk_char_at(text, next, &width)) && width)
        return false;
    *end = next;
    *hour = *hour % 12 + (half == 'p' ? 12 : 0);
    return true;
}

/* ":30" or ".30" at `at`: whether minutes stand here. */
static bool minutes_at(struct pk_view text, size_t at, int *minutes)
{
    if (at + 2 >= text.length || (text.at[at] != ':' && text.at[at] != '.'))
        return false;
    size_t width;
    bool ends = !(at + 3 < text.length && text.at[at + 3] >= '0' && text.at[at + 3] <= '9');
    bool dotted = at + 4 < text.length && text.at[at + 3] == '.' &&
                  pk_is_digit(pk_char_at(text, at + 4, &width));
    return ends && !dotted && text.at[at + 1] <= '5' && pk_number_at(text, at + 1, minutes) == 2;
}

size_t pk_clock_at(const struct pk_reader *reader, struct pk_view text, size_t at, bool bare,
                   struct pk_time *time)
{
    int hour, minute = 0;
    size_t size = pk_number_at(text, at, &hour), width, behind;
    if (!size || size > 2 || hour > 24)
        return 0;
    size_t end = at + size;
    bool minutes = minutes_at(text, end, &minute);
    bool whole = minutes && (text.at[end] == ':' || bare);
    end += minutes ? 3 : 0;
    size_t next = pk_skip_blanks(text, end);
    bool half = half_at(text, next, &hour, &behind);
    const struct pk_phrase *unit =
        half ? NULL : pk_phrase_at(reader, text, next, PK_WORD_UNIT, &behind);
    bool sign = unit && (unit->meaning.value == PK_UNIT_CLOCK ||
                         (bare && unit->meaning.value == PK_UNIT_HOUR));
    if (!whole && !sign && !half)
        return 0;
    if (sign || half)
        end = behind;
    uint32_t behind_it = pk_char_at(text, end, &width);
    if (width && pk_is_word(behind_it) && behind_it != 'Z') /* "14:00Z" */
        return 0;
    *time = (struct pk_time){true, (uint8_t)hour, (uint8_t)minute};
    return end;
}

bool pk_time_any(const struct pk_reader *reader, struct pk_view text, struct pk_range range,
                 struct pk_range *found)
{
    struct pk_time time;
    struct pk_view part = pk_view_part(text, 0, range.end);
    size_t at = range.start; /* as in "2027-03-05T14:00" */
    if (at >= range.end || text.at[at] < '0' || text.at[at] > '9')
        at = pk_next_spot(reader, part, at, 0, PK_AT_FIGURE);
    for (; at < range.end; at = pk_next_spot(reader, part, at + 1, 0, PK_AT_FIGURE)) {
        if ((at && text.at[at - 1] == '.') || !pk_clock_at(reader, part, at, true, &time))
            continue;
        *found = (struct pk_range){at, range.end};
        return true;
    }
    return false;
}
