/* calendar.c - a day written in figures or with its month's name. */
#include "read/read.h"

/* A number of at most four digits at `at`; how many digits, 0: none. */
static size_t number_at(struct pk_view text, size_t at, int *number)
{
    size_t end = at;
    *number = 0;
    while (end < text.length && text.at[end] >= '0' && text.at[end] <= '9' && end - at < 5)
        *number = *number * 10 + (text.at[end++] - '0');
    return end - at < 5 ? end - at : 0;
}

static int full_year(int year, size_t digits)
{
    if (digits != 2)
        return year;
    return year < 70 ? 2000 + year : 1900 + year;
}

/* What follows must not make it part of a number, a version or a path. */
static bool ends_well(struct pk_view text, size_t end)
{
    size_t width;
    uint32_t sign = pk_char_at(text, end, &width);
    if (width && pk_is_word(sign) &&
        !(sign == 'T' && pk_is_digit(pk_char_at(text, end + 1, &width))))
        return false;
    if (sign != '.' && sign != '-' && sign != '/' && sign != ':')
        return true;
    uint32_t behind = pk_char_at(text, end + 1, &width);
    return !width || !pk_is_word(behind);
}

static bool starts_well(struct pk_view text, size_t at)
{
    size_t width;
    if (!at)
        return true;
    uint32_t before = pk_decode_before(text, at, &width);
    if (pk_is_word(before) || before == '#' || before == '$')
        return false;
    bool joins = before == '.' || before == '-' || before == '/' || before == '=';
    return !joins || !pk_is_word(pk_char_before(text, at - width));
}

static enum pk_dated settle(int year, int month, int day, bool sure, struct pk_date *date)
{
    bool sane = month >= 0 && month < 100 && day >= 0 && day < 100;
    struct pk_date found = {(int16_t)year, (uint8_t)month, (uint8_t)day};
    struct pk_date try = found;
    if (!year)
        try.year = 2024; /* a leap year: 29 February may be one */
    *date = found;
    if (sane && pk_date_valid(try))
        return PK_DATED;
    return sure && year ? PK_DATED_INVALID : PK_DATED_NONE;
}

/* Figures: 2026-03-05, 5.3.2026, 5.3.26, 5.3., 3/5/2026, 3/5, 05-03-2026. Without a year
 * and a stop behind only where the caller is `loose`. */
static enum pk_dated figures_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                                bool loose, struct pk_date *date, size_t *end)
{
    int part[3] = {0};
    size_t size[3] = {0}, next = at;
    uint32_t count = 0;
    char sign = 0;
    for (; count < 3; count++) {
        size_t from = count == 2 && sign == '.' ? pk_skip_blanks(text, next) : next;
        size[count] = number_at(text, from, &part[count]);
        if (!size[count])
            break;
        next = from + size[count];
        *end = next;
        char here = next < text.length ? text.at[next] : 0;
        if (count == 2 || (here != '.' && here != '/' && here != '-') || (sign && sign != here)) {
            count++;
            break;
        }
        sign = here;
        next++;
    }
    if (count < 2 || !sign)
        return PK_DATED_NONE;
    bool year_first = size[0] == 4 && count == 3;
    if (year_first)
        return ends_well(text, *end) ? settle(part[0], part[1], part[2], true, date)
                                     : PK_DATED_NONE;
    if (size[0] > 2 || size[1] > 2 || size[2] == 3 || (count == 3 && size[2] == 1))
        return PK_DATED_NONE;
    bool stopped = sign == '.' && count == 2 && *end < text.length && text.at[*end] == '.';
    if (count == 2 && (sign == '-' || (!loose && !stopped)))
        return PK_DATED_NONE;
    if (count == 3 && sign == '-' && size[2] == 2 && !loose)
        return PK_DATED_NONE;
    if (stopped && ends_well(text, *end))
        ++*end;
    if (!ends_well(text, *end))
        return PK_DATED_NONE;
    const struct pk_language *language = reader->minutes->language;
    bool month_first = sign == '/' && language && language->date_order == PK_MONTH_FIRST;
    if (sign == '/' && part[0] > 12)
        month_first = false;
    else if (sign == '/' && part[1] > 12)
        month_first = true;
    int year = full_year(part[2], size[2]);
    return settle(year, part[month_first ? 0 : 1], part[month_first ? 1 : 0], size[2] == 4, date);
}

/* A year behind day and month, with a comma or "г." where there is one. */
static int year_behind(const struct pk_reader *reader, struct pk_view text, size_t *end)
{
    size_t next = *end;
    if (next < text.length && (text.at[next] == ',' || text.at[next] == '.'))
        next++;
    next = pk_skip_blanks(text, next);
    int year;
    size_t size = number_at(text, next, &year);
    if (size == 4 && ends_well(text, next + size))
        *end = next + size;
    else
        year = 0;
    size_t behind;
    const struct pk_phrase *unit =
        pk_phrase_at(reader, text, pk_skip_blanks(text, *end), PK_WORD_UNIT, &behind);
    if (unit && unit->meaning.value == 5) {
        *end = behind;
        if (behind < text.length && text.at[behind] == '.')
            ++*end;
    }
    return year;
}

/* "st", "th", ".", "-го" behind a day. */
static size_t behind_ordinal(struct pk_view text, size_t at)
{
    size_t width;
    if (at < text.length && (text.at[at] == '.' || text.at[at] == '-'))
        at++;
    for (int letters = 0; letters < 2 && at < text.length; letters++) {
        if (!pk_is_letter(pk_char_at(text, at, &width)))
            break;
        at += width;
    }
    return at;
}

/* 15 марта 2026, 15. März, 5th of March. */
static enum pk_dated day_month_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                                  struct pk_date *date, size_t *end)
{
    int day;
    size_t size = number_at(text, at, &day);
    if (!size || size > 2)
        return PK_DATED_NONE;
    size_t next = pk_skip_blanks(text, behind_ordinal(text, at + size));
    if (pk_starts(pk_view_part(text, next, text.length), PK_VIEW("of ")))
        next += 3;
    const struct pk_phrase *month = pk_phrase_at(reader, text, next, PK_WORD_MONTH, end);
    if (!month)
        return PK_DATED_NONE;
    int year = year_behind(reader, text, end);
    return settle(year, month->meaning.value, day, true, date);
}

/* March 5, 2026; Nov. 6. */
static enum pk_dated month_day_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                                  struct pk_date *date, size_t *end)
{
    size_t next;
    const struct pk_phrase *month = pk_phrase_at(reader, text, at, PK_WORD_MONTH, &next);
    if (!month)
        return PK_DATED_NONE;
    if (next < text.length && text.at[next] == '.')
        next++;
    int day;
    size_t from = pk_skip_blanks(text, next);
    size_t size = from > next ? number_at(text, from, &day) : 0;
    if (!size || size > 2)
        return PK_DATED_NONE;
    *end = from + size;
    if (*end < text.length && pk_is_letter((unsigned char)text.at[*end]))
        *end = behind_ordinal(text, *end);
    if (!ends_well(text, *end))
        return PK_DATED_NONE;
    int year = year_behind(reader, text, end);
    return settle(year, month->meaning.value, day, true, date);
}

enum pk_dated pk_calendar_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                             bool loose, struct pk_date *date, size_t *end)
{
    size_t width;
    uint32_t first = pk_char_at(text, at, &width);
    if (!starts_well(text, at))
        return PK_DATED_NONE;
    if (!width || !(first - '0' < 10))
        return pk_is_letter(first) ? month_day_at(reader, text, at, date, end) : PK_DATED_NONE;
    enum pk_dated dated = day_month_at(reader, text, at, date, end);
    if (dated == PK_DATED_NONE)
        dated = figures_at(reader, text, at, loose, date, end);
    if (dated == PK_DATED && date->year)
        year_behind(reader, text, end);
    return dated;
}

struct pk_date pk_date_near(struct pk_date day, struct pk_date meeting)
{
    enum { BEFORE = 60 }; /* days that a date may lie back before it means next year's */
    if (day.year || !meeting.year)
        return day;
    struct pk_date found = {0};
    for (int16_t year = (int16_t)(meeting.year - 1); year <= meeting.year + 4; year++) {
        struct pk_date try = {year, day.month, day.day};
        if (pk_date_valid(try) && pk_date_days(try) >= pk_date_days(meeting) - BEFORE)
            return try;
    }
    return found;
}
