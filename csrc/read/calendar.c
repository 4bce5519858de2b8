/* calendar.c - a day written in figures or with its month's name. */
#include "read/read.h"

#include <string.h>

size_t pk_number_at(struct pk_view text, size_t at, int *number)
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
    bool year = sign == 0x433 && !pk_is_word(pk_char_at(text, end + width, &(size_t){0}));
    if (width && pk_is_word(sign) && !year && /* "2027г." */
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

/* Numbers with ".", "/" or "-" between them, as they stand. */
struct figures {
    int part[3];
    size_t size[3]; /* digits */
    uint32_t count;
    char sign;
    size_t end;
};

static struct figures figures_at(struct pk_view text, size_t at)
{
    struct figures found = {.end = at};
    size_t next = at;
    for (; found.count < 3; found.count++) {
        size_t from = found.count == 2 && found.sign == '.' ? pk_skip_blanks(text, next) : next;
        found.size[found.count] = pk_number_at(text, from, &found.part[found.count]);
        if (!found.size[found.count])
            break;
        next = found.end = from + found.size[found.count];
        char here = next < text.length ? text.at[next] : 0;
        bool joins = here == '.' || here == '/' || here == '-';
        if (found.count == 2 || !joins || (found.sign && found.sign != here)) {
            found.count++;
            break;
        }
        found.sign = here;
        next++;
    }
    return found;
}

/* "in 3.3" is a release where nobody writes dates with dots. */
static bool may_lack_year(const struct pk_reader *reader, char sign)
{
    const struct pk_language *language = reader->minutes->language;
    return sign != '.' || !language ||
           memchr(language->date_format.at, '.', language->date_format.length);
}

/* Could it be a date at all? Without a year and a stop behind only where the caller is
 * `loose`. */
static bool is_dated(const struct figures *found, struct pk_view text, bool loose, bool *stopped)
{
    *stopped = found->sign == '.' && found->count == 2 && found->end < text.length &&
               text.at[found->end] == '.';
    if (found->count < 2 || !found->sign || found->size[0] > 2 || found->size[1] > 2)
        return false;
    if (found->count == 3)
        return (found->size[2] == 2 || found->size[2] == 4) &&
               (found->sign != '-' || found->size[2] == 4 || loose);
    return found->sign != '-' && (loose || *stopped);
}

/* 3/4/2026: by the document's other dates, or else by its language. */
static bool is_month_first(const struct pk_reader *reader, const struct figures *found,
                           bool *ambiguous)
{
    const struct pk_language *language = reader->minutes->language;
    *ambiguous = false;
    if (found->sign != '/' || found->part[0] > 12)
        return false;
    if (found->part[1] > 12)
        return true;
    if (reader->slashes != PK_YEAR_FIRST)
        return reader->slashes == PK_MONTH_FIRST;
    *ambiguous = found->part[0] != found->part[1];
    return language && language->date_order == PK_MONTH_FIRST;
}

/* 2026-03-05, 5.3.2026, 5.3.26, 5.3., 3/5/2026, 3/5, 05-03-2026. */
static enum pk_dated in_figures(const struct pk_reader *reader, struct pk_view text, size_t at,
                                struct pk_when *when)
{
    struct figures found = figures_at(text, at);
    bool stopped;
    size_t *end = &when->words.end;
    *end = found.end;
    if (found.count == 3 && found.size[0] == 4)
        return ends_well(text, *end)
                   ? settle(found.part[0], found.part[1], found.part[2], true, &when->date)
                   : PK_DATED_NONE;
    bool loose =
        when->opener != PK_UNOPENED && (found.count == 3 || may_lack_year(reader, found.sign));
    if (!is_dated(&found, text, loose, &stopped))
        return PK_DATED_NONE;
    if (stopped && ends_well(text, *end))
        ++*end;
    if (!ends_well(text, *end))
        return PK_DATED_NONE;
    bool month_first = is_month_first(reader, &found, &when->ambiguous);
    return settle(full_year(found.part[2], found.size[2]), found.part[month_first ? 0 : 1],
                  found.part[month_first ? 1 : 0], found.size[2] == 4, &when->date);
}

/* A year behind day and month, with a comma or "г." where there is one. */
static int year_behind(const struct pk_reader *reader, struct pk_view text, size_t *end)
{
    size_t next = *end;
    if (next < text.length && (text.at[next] == ',' || text.at[next] == '.'))
        next++;
    next = pk_skip_blanks(text, next);
    int year;
    size_t size = pk_number_at(text, next, &year);
    if (size == 4 && ends_well(text, next + size))
        *end = next + size;
    else
        year = 0;
    size_t behind;
    const struct pk_phrase *unit =
        pk_phrase_at(reader, text, pk_skip_blanks(text, *end), PK_WORD_UNIT, &behind);
    bool this_year = unit && unit->meaning.value == PK_UNIT_THIS_YEAR && !year;
    if (this_year || (unit && unit->meaning.value == PK_UNIT_YEAR)) {
        *end = behind;
        if (behind < text.length && text.at[behind] == '.')
            ++*end;
    }
    return this_year ? reader->minutes->date.year : year;
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

/* "to", "по", "bis" behind "from". */
static const struct pk_phrase *joint_at(const struct pk_reader *reader, struct pk_view text,
                                        size_t at, const struct pk_when *when, size_t *end)
{
    if (when->range == PK_NO_RANGE)
        return NULL;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_RANGE, end);
    return phrase && phrase->meaning.value == 2 ? phrase : NULL;
}

/* "1-5", "1.–5.", and behind "from": "1 to 5". Behind the second number, or `at`: one alone. */
static size_t behind_range(const struct pk_reader *reader, struct pk_view text, size_t at,
                           struct pk_when *when, int *day)
{
    size_t width, behind, next = pk_skip_blanks(text, at);
    uint32_t sign = pk_char_at(text, next, &width);
    int last;
    if (next < text.length && sign == '.')
        sign = pk_char_at(text, next = pk_skip_blanks(text, next + 1), &width);
    const struct pk_phrase *joint =
        pk_is_letter(sign) ? joint_at(reader, text, next, when, &behind) : NULL;
    if (!pk_is_dash(sign) && !joint)
        return at;
    next = pk_skip_blanks(text, joint ? behind : next + width);
    size_t size = pk_number_at(text, next, &last);
    if (!size || size > 2 || last <= *day)
        return at;
    *day = last;
    when->range = PK_RANGE_CLOSED;
    return next + size;
}

/* 2027 March 5, 2027-Mar-5: the year before the month's name. */
static enum pk_dated year_month_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                                   struct pk_when *when)
{
    int year, day;
    size_t next, size = pk_number_at(text, at, &year), apart = at + size;
    if (size != 4 || apart >= text.length || (text.at[apart] != ' ' && text.at[apart] != '-'))
        return PK_DATED_NONE;
    const struct pk_phrase *month = pk_phrase_at(reader, text, apart + 1, PK_WORD_MONTH, &next);
    if (!month || next >= text.length || text.at[next] != text.at[apart])
        return PK_DATED_NONE;
    size = pk_number_at(text, next + 1, &day);
    size_t end = next + 1 + size;
    if (!size || size > 2 || !ends_well(text, end))
        return PK_DATED_NONE;
    when->words.end = end;
    return settle(year, month->meaning.value, day, true, &when->date);
}

/* 5-Mar-2027: as programs write a day. */
static enum pk_dated hyphened_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                                 struct pk_when *when)
{
    int year, day;
    size_t next, size = pk_number_at(text, at, &day), apart = at + size;
    if (!size || size > 2 || apart + 1 >= text.length || text.at[apart] != '-')
        return PK_DATED_NONE;
    const struct pk_phrase *month = pk_phrase_at(reader, text, apart + 1, PK_WORD_MONTH, &next);
    if (!month || next >= text.length || text.at[next] != '-')
        return PK_DATED_NONE;
    size = pk_number_at(text, next + 1, &year);
    size_t end = next + 1 + size;
    if ((size != 4 && size != 2) || !ends_well(text, end))
        return PK_DATED_NONE;
    when->words.end = end;
    return settle(full_year(year, size), month->meaning.value, day, true, &when->date);
}

/* 15 марта 2026, 15. März, 5th of March, 1-5 June. */
static enum pk_dated day_month_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                                  struct pk_when *when)
{
    int day;
    size_t *end = &when->words.end, size = pk_number_at(text, at, &day);
    if (!size || size > 2)
        return PK_DATED_NONE;
    size_t width, last = behind_range(reader, text, at + size, when, &day);
    uint32_t quote = pk_char_at(text, last, &width); /* от «19» января */
    if (quote == 0xBB || quote == '"' || quote == 0x201D || quote == 0x201C)
        last += width;
    size_t next = pk_skip_blanks(text, behind_ordinal(text, last));
    if (pk_starts(pk_view_part(text, next, text.length), PK_VIEW("of ")))
        next += 3;
    const struct pk_phrase *month = pk_phrase_at(reader, text, next, PK_WORD_MONTH, end);
    if (!month)
        return PK_DATED_NONE;
    int year = year_behind(reader, text, end);
    return settle(year, month->meaning.value, day, true, &when->date);
}

/* March 5, 2026; Nov. 6; June 1-5. */
static enum pk_dated month_day_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                                  struct pk_when *when)
{
    size_t next, *end = &when->words.end;
    const struct pk_phrase *month = pk_phrase_at(reader, text, at, PK_WORD_MONTH, &next);
    if (!month)
        return PK_DATED_NONE;
    if (next < text.length && text.at[next] == '.')
        next++;
    int day;
    size_t from = pk_skip_blanks(text, next);
    size_t size = from > next ? pk_number_at(text, from, &day) : 0;
    if (!size || size > 2)
        return PK_DATED_NONE;
    *end = behind_range(reader, text, from + size, when, &day);
    if (*end < text.length && pk_is_letter((unsigned char)text.at[*end]))
        *end = behind_ordinal(text, *end);
    if (!ends_well(text, *end))
        return PK_DATED_NONE;
    int year = year_behind(reader, text, end);
    return settle(year, month->meaning.value, day, true, &when->date);
}

static enum pk_dated one_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                            struct pk_when *when)
{
    size_t width;
    uint32_t first = pk_char_at(text, at, &width);
    if (!starts_well(text, at))
        return PK_DATED_NONE;
    if (!width || !(first - '0' < 10))
        return pk_is_letter(first) ? month_day_at(reader, text, at, when) : PK_DATED_NONE;
    enum pk_dated dated = day_month_at(reader, text, at, when);
    if (dated == PK_DATED_NONE)
        dated = year_month_at(reader, text, at, when);
    if (dated == PK_DATED_NONE)
        dated = hyphened_at(reader, text, at, when);
    if (dated == PK_DATED_NONE)
        dated = in_figures(reader, text, at, when);
    if (dated == PK_DATED && when->date.year)
        year_behind(reader, text, &when->words.end);
    return dated;
}

/* "- 5 June", "по 5 июня": the other end of a range, which is when it is due. */
static void take_last(const struct pk_reader *reader, struct pk_view text, struct pk_when *when)
{
    size_t width, behind, next = pk_skip_blanks(text, when->words.end);
    uint32_t sign = pk_char_at(text, next, &width);
    const struct pk_phrase *joint =
        pk_is_letter(sign) ? joint_at(reader, text, next, when, &behind) : NULL;
    bool apart = next > when->words.end || pk_char_before(text, next) == '.';
    bool dash = pk_is_dash(sign) && apart; /* "2026-03-01-2" is no range */
    if (!dash && !joint)
        return;
    next = pk_skip_blanks(text, joint ? behind : next + width);
    struct pk_when last = {.opener = when->opener};
    if (one_at(reader, text, next, &last) != PK_DATED || (when->date.year && !last.date.year))
        return;
    when->date = last.date;
    when->ambiguous = last.ambiguous;
    when->words.end = last.words.end;
    when->range = PK_RANGE_CLOSED;
}

bool pk_calendar_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                    struct pk_when *when)
{
    size_t width, behind, start = at;
    bool letter = pk_is_letter(pk_char_at(text, at, &width));
    const struct pk_phrase *from =
        letter ? pk_phrase_at(reader, text, at, PK_WORD_RANGE, &behind) : NULL;
    bool opened = from && from->meaning.value == 1;
    if (opened)
        start = pk_skip_blanks(text, behind);
    when->words.end = at;
    when->ambiguous = false;
    when->range = opened ? PK_RANGE_OPENED : PK_NO_RANGE;
    when->dated = one_at(reader, text, start, when);
    if (when->dated == PK_DATED && when->range != PK_RANGE_CLOSED)
        take_last(reader, text, when);
    if (when->range == PK_RANGE_OPENED) /* "from 1 June" tells when something begins */
        when->dated = PK_DATED_NONE;
    return when->dated != PK_DATED_NONE;
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

/* -- Does the document tell? -- */

enum pk_date_order pk_order_of_slashes(struct pk_view text)
{
    bool day_first = false, month_first = false;
    const char *end = text.at + text.length;
    for (const char *at = text.at; at && at < end;) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        if (!slash)
            break;
        at = slash + 1;
        size_t start = (size_t)(slash - text.at);
        while (start > 0 && (size_t)(slash - text.at) - start < 3 && text.at[start - 1] >= '0' &&
               text.at[start - 1] <= '9')
            start--;
        struct figures found = figures_at(text, start);
        bool whole = found.count == 3 && found.sign == '/' && found.size[2] == 4 &&
                     found.size[0] < 3 && starts_well(text, start) && ends_well(text, found.end);
        day_first = day_first || (whole && found.part[0] > 12 && found.part[0] < 32 &&
                                  found.part[1] > 0 && found.part[1] < 13);
        month_first = month_first || (whole && found.part[1] > 12 && found.part[1] < 32 &&
                                      found.part[0] > 0 && found.part[0] < 13);
    }
    return day_first == month_first ? PK_YEAR_FIRST : day_first ? PK_DAY_FIRST : PK_MONTH_FIRST;
}
