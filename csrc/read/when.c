/* when.c - days, weekdays and periods, as people write them. */
#include "read/read.h"

enum {
    UNIT_DAY = 1,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_QUARTER,
    UNIT_YEAR,
    UNIT_HOUR,
    UNIT_WORKING_DAY,
    UNIT_DAY_OF_MONTH
};
enum { NEXT = 2 };
enum { AT_THE_END = 1 };

/* -- What stands at one place --------------------------------------------------------- */

/* Looks for one shape of expression at `at`. Fills dated, date and words.end. */
typedef bool shape(const struct pk_reader *, struct pk_view, size_t at, struct pk_when *);

static bool say(struct pk_when *when, enum pk_dated dated, size_t end)
{
    when->dated = dated;
    when->words.end = end;
    return true;
}

static bool on_day(const struct pk_reader *reader, struct pk_when *when, int32_t days, size_t end)
{
    if (!reader->minutes->date.year)
        return say(when, PK_DATED_WORDS, end);
    when->date = pk_date_of_days(days);
    return say(when, PK_DATED, end);
}

static int32_t meeting_days(const struct pk_reader *reader)
{
    return pk_date_days(reader->minutes->date);
}

/* "<2026-06-15 Mon>": what a program wrote before the closing bracket. */
static size_t behind_weekday(struct pk_view text, size_t at, size_t end)
{
    enum { LONGEST = 16 };
    if (!at || text.at[at - 1] != '<')
        return end;
    for (size_t close = end; close < text.length && close < end + LONGEST; close++) {
        if (text.at[close] == '>')
            return close;
    }
    return end;
}

static bool calendar(const struct pk_reader *reader, struct pk_view text, size_t at,
                     struct pk_when *when)
{
    size_t end;
    enum pk_dated dated = pk_calendar_at(reader, text, at, when->opened, &when->date, &end);
    if (dated == PK_DATED_NONE)
        return false;
    end = behind_weekday(text, at, end);
    if (dated == PK_DATED)
        when->date = pk_date_near(when->date, reader->minutes->date);
    if (dated == PK_DATED && !when->date.year)
        dated = PK_DATED_WORDS;
    return say(when, dated, end);
}

/* German "Do" is Thursday, English "do" is not. */
static bool is_foreign(const struct pk_reader *reader, const struct pk_phrase *phrase)
{
    enum { SHORT = 3 /* bytes */ };
    return phrase->folded.length <= SHORT && reader->minutes->language &&
           phrase->meaning.language != reader->minutes->language->index;
}

/* "Friday", "Monday 17.06", "пятница, 13 марта". */
static bool weekday(const struct pk_reader *reader, struct pk_view text, size_t at,
                    struct pk_when *when)
{
    size_t end;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_WEEKDAY, &end);
    if (!phrase || is_foreign(reader, phrase))
        return false;
    size_t next = end;
    while (next < text.length && (text.at[next] == ',' || text.at[next] == '.'))
        next++;
    bool opened = when->opened;
    when->opened = true;
    bool dated = calendar(reader, text, pk_skip_blanks(text, next), when);
    when->opened = opened;
    if (dated)
        return true;
    int32_t today = meeting_days(reader);
    int ahead = phrase->meaning.value - pk_date_weekday(reader->minutes->date);
    return on_day(reader, when, today + (ahead > 0 ? ahead : ahead + 7), end);
}

/* "this Friday", "next week", "следующей среды". */
static bool next_one(const struct pk_reader *reader, struct pk_view text, size_t at,
                     struct pk_when *when)
{
    size_t end;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_NEXT, &end);
    if (!phrase)
        return false;
    size_t behind, next = pk_skip_blanks(text, end);
    if (pk_phrase_at(reader, text, next, PK_WORD_UNIT, &behind))
        return say(when, PK_DATED_WORDS, behind);
    if (!pk_phrase_at(reader, text, next, PK_WORD_WEEKDAY, &behind))
        return false;
    if (phrase->meaning.value == NEXT)
        return say(when, PK_DATED_WORDS, behind); /* of this week or the next: who knows */
    return weekday(reader, text, next, when);
}

static bool last_day_of(const struct pk_reader *reader, struct pk_when *when, int year, int month,
                        size_t end)
{
    struct pk_date next = {(int16_t)(month == 12 ? year + 1 : year),
                           (uint8_t)(month == 12 ? 1 : month + 1), 1};
    return on_day(reader, when, pk_date_days(next) - 1, end);
}

/* "end of the month", "Ende April", "конца недели", "end of next week". */
static bool end_of(const struct pk_reader *reader, struct pk_view text, size_t at,
                   struct pk_when *when)
{
    size_t end;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_END, &end);
    if (!phrase)
        return false;
    bool last = phrase->meaning.value == AT_THE_END;
    struct pk_date meeting = reader->minutes->date;
    size_t behind, next = pk_skip_blanks(text, end);
    const struct pk_phrase *month = pk_phrase_at(reader, text, next, PK_WORD_MONTH, &behind);
    if (month) {
        struct pk_date day = {0, (uint8_t)month->meaning.value, 28};
        day = pk_date_near(day, meeting);
        return last ? last_day_of(reader, when, day.year, day.month, behind)
                    : say(when, PK_DATED_WORDS, behind);
    }
    bool modified = pk_phrase_at(reader, text, next, PK_WORD_NEXT, &behind);
    if (modified)
        next = pk_skip_blanks(text, behind);
    const struct pk_phrase *unit = pk_phrase_at(reader, text, next, PK_WORD_UNIT, &behind);
    if (!unit)
        return modified && pk_phrase_at(reader, text, next, PK_WORD_WEEKDAY, &behind) &&
               say(when, PK_DATED_WORDS, behind);
    if (last && !modified && unit->meaning.value == UNIT_MONTH && meeting.year)
        return last_day_of(reader, when, meeting.year, meeting.month, behind);
    if (last && !modified && unit->meaning.value == UNIT_DAY)
        return on_day(reader, when, meeting_days(reader), behind);
    return say(when, PK_DATED_WORDS, behind);
}

static bool day_word(const struct pk_reader *reader, struct pk_view text, size_t at,
                     struct pk_when *when)
{
    size_t end;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_DAY, &end);
    return phrase && on_day(reader, when, meeting_days(reader) + phrase->meaning.value - 1, end);
}

/* "до 20 числа": of this month, or of the next when that day is past. */
static bool on_day_of_month(const struct pk_reader *reader, struct pk_when *when, int number,
                            size_t end)
{
    struct pk_date day = reader->minutes->date;
    bool past = number < day.day;
    if (past && day.month == 12)
        day.year++;
    if (past)
        day.month = (uint8_t)(day.month % 12 + 1);
    day.day = (uint8_t)number;
    return pk_date_valid(day) ? on_day(reader, when, pk_date_days(day), end)
                              : say(when, PK_DATED_WORDS, end);
}

/* "3 working days", "2-недельный срок", "20 числа"; only behind a due word. */
static bool amount(const struct pk_reader *reader, struct pk_view text, size_t at,
                   struct pk_when *when)
{
    if (!when->opened)
        return false;
    size_t next = at, behind;
    int number = 0;
    while (next < text.length && text.at[next] >= '0' && text.at[next] <= '9' && next - at < 3)
        number = number * 10 + (text.at[next++] - '0');
    if (next == at)
        return false;
    if (next < text.length && text.at[next] == '-')
        next++;
    next = pk_skip_blanks(text, next);
    const struct pk_phrase *unit = pk_phrase_at(reader, text, next, PK_WORD_UNIT, &behind);
    if (!unit)
        return false;
    switch (unit->meaning.value) {
    case UNIT_DAY:
        return on_day(reader, when, meeting_days(reader) + number, behind);
    case UNIT_WEEK:
        return on_day(reader, when, meeting_days(reader) + 7 * number, behind);
    case UNIT_DAY_OF_MONTH:
        return on_day_of_month(reader, when, number, behind);
    default:
        return say(when, PK_DATED_WORDS, behind);
    }
}

/* "KW 12", "week 12". */
static bool numbered_week(const struct pk_reader *reader, struct pk_view text, size_t at,
                          struct pk_when *when)
{
    size_t end;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_UNIT, &end);
    if (!phrase || phrase->meaning.value != UNIT_WEEK)
        return false;
    size_t next = pk_skip_blanks(text, end), behind = pk_word_end(text, next);
    bool number =
        behind > next && behind - next < 3 && text.at[next] >= '0' && text.at[next] <= '9';
    return number && say(when, PK_DATED_WORDS, behind);
}

static bool period(const struct pk_reader *reader, struct pk_view text, size_t at,
                   struct pk_when *when)
{
    size_t end;
    return pk_phrase_at(reader, text, at, PK_WORD_PERIOD, &end) && say(when, PK_DATED_WORDS, end);
}

/* "by March", "до марта 2027 года"; only behind a due word. */
static bool month_alone(const struct pk_reader *reader, struct pk_view text, size_t at,
                        struct pk_when *when)
{
    size_t end;
    if (!when->opened || !pk_phrase_at(reader, text, at, PK_WORD_MONTH, &end))
        return false;
    size_t year = pk_skip_blanks(text, end), behind = pk_word_end(text, year);
    bool dated = behind == year + 4 && (text.at[year] == '1' || text.at[year] == '2');
    return say(when, PK_DATED_WORDS, dated ? behind : end);
}

static shape *const shapes[] = {calendar, weekday,       next_one, end_of,     day_word,
                                amount,   numbered_week, period,   month_alone};

/* "14:00" at `at`: its end, or 0. */
static size_t clock_at(struct pk_view text, size_t at)
{
    size_t next = at;
    int hour = 0;
    while (next < text.length && text.at[next] >= '0' && text.at[next] <= '9' && next - at < 3)
        hour = hour * 10 + (text.at[next++] - '0');
    if (next == at || next - at > 2 || hour > 24 || next + 3 > text.length)
        return 0;
    bool minutes = (text.at[next] == ':' || text.at[next] == '.') && text.at[next + 1] >= '0' &&
                   text.at[next + 1] <= '5' && text.at[next + 2] >= '0' && text.at[next + 2] <= '9';
    size_t width;
    uint32_t behind = pk_char_at(text, next + 3, &width);
    return minutes && !(width && pk_is_word(behind)) ? next + 3 : 0;
}

bool pk_when_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                struct pk_when *when)
{
    when->words = (struct pk_range){at, at};
    bool found = false;
    for (size_t i = 0; !found && i < sizeof shapes / sizeof *shapes; i++)
        found = shapes[i](reader, text, at, when);
    if (!found)
        return false;
    size_t next = when->words.end;
    if (next < text.length && text.at[next] == ',')
        next++;
    size_t clock = clock_at(text, pk_skip_blanks(text, next));
    if (clock)
        when->words.end = clock;
    when->whole = when->words;
    return true;
}

bool pk_when_day(const struct pk_reader *reader, struct pk_view text, size_t at,
                 struct pk_when *when)
{
    when->words.start = at;
    return calendar(reader, text, at, when);
}

bool pk_when_any(const struct pk_reader *reader, struct pk_view text, struct pk_range range,
                 struct pk_when *when)
{
    struct pk_view part = pk_view_part(text, 0, range.end);
    size_t width;
    for (size_t at = range.start; at < range.end; at += width) {
        pk_char_at(part, at, &width);
        *when = (struct pk_when){0};
        if (!pk_word_starts(part, at))
            continue;
        size_t end = at;
        when->dated = pk_calendar_at(reader, part, at, true, &when->date, &end);
        when->words = when->whole = (struct pk_range){at, end};
        if (when->dated == PK_DATED_INVALID || (when->dated == PK_DATED && when->date.year))
            return true;
    }
    *when = (struct pk_when){0};
    return false;
}

bool pk_time_any(struct pk_view text, struct pk_range range, struct pk_range *found)
{
    for (size_t at = range.start; at < range.end; at++) {
        bool starts = text.at[at] >= '0' && text.at[at] <= '9' && pk_word_starts(text, at);
        size_t end = starts && (!at || text.at[at - 1] != '.') ? clock_at(text, at) : 0;
        if (!end || end > range.end ||
            (end < text.length && text.at[end] == '.' && end + 1 < text.length &&
             text.at[end + 1] >= '0' && text.at[end + 1] <= '9'))
            continue;
        *found = (struct pk_range){at, range.end};
        return true;
    }
    return false;
}
