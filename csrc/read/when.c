/* when.c - the day that an expression of time means, seen from the day of the meeting. */
#include "read/read.h"

#define NUMERIC PK_KIND(PK_WORD_KINDS) /* no kind of a word */
_Static_assert(PK_WORD_KINDS < 64, "a bit for each");

bool pk_say_when(struct pk_when *when, enum pk_dated dated, size_t end)
{
    when->dated = dated;
    when->words.end = end;
    return true;
}

bool pk_say_day(const struct pk_reader *reader, struct pk_when *when, struct pk_date day,
                size_t end)
{
    if (!reader->minutes->date.year || !pk_date_valid(day))
        return pk_say_when(when, PK_DATED_WORDS, end);
    when->date = day;
    when->relative = true;
    return pk_say_when(when, PK_DATED, end);
}

bool pk_say_event(const struct pk_reader *reader, struct pk_when *when, size_t end)
{
    if (!reader->next_meeting.year)
        return pk_say_when(when, PK_DATED_WORDS, end);
    when->date = reader->next_meeting;
    return pk_say_when(when, PK_DATED, end);
}

/* -- Shapes -- */

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

/* The year of a day without one is the meeting's, or the one it brings near. */
static bool calendar(const struct pk_reader *reader, struct pk_view text, size_t at,
                     struct pk_when *when)
{
    if (!pk_calendar_at(reader, text, at, when))
        return false;
    when->words.end = behind_weekday(text, at, when->words.end);
    if (when->dated == PK_DATED)
        when->date = pk_date_near(when->date, reader->minutes->date);
    if (when->dated == PK_DATED && !when->date.year)
        when->dated = PK_DATED_WORDS;
    return true;
}

/* "To Do" over what is to be done names no Thursday, "Do" in German. */
static bool is_to_do(struct pk_view text, size_t at, const struct pk_phrase *phrase)
{
    size_t to = pk_skip_back(text, at);
    return pk_is(phrase->folded, "do") && to < at && to >= 2 && (text.at[to - 2] | 32) == 't' &&
           (text.at[to - 1] | 32) == 'o';
}

/* "Monday 17.06" where nobody else writes dates with dots: a day, if it is that one of the week. */
static bool confirms(const struct pk_reader *reader, struct pk_view text, size_t at, int weekday,
                     struct pk_when *when)
{
    int day, month;
    size_t days = pk_number_at(text, at, &day), dot = at + days;
    if (!days || days > 2 || dot + 2 >= text.length || text.at[dot] != '.')
        return false;
    size_t months = pk_number_at(text, dot + 1, &month), end = dot + 1 + months;
    struct pk_date near = {0, (uint8_t)month, (uint8_t)day};
    if (months != 2 || month > 12 || (end < text.length && text.at[end] == ':') ||
        !reader->minutes->date.year)
        return false;
    near = pk_date_near(near, reader->minutes->date);
    if (!near.year || !pk_date_valid(near) || pk_date_weekday(near) != weekday)
        return false;
    when->date = near;
    return pk_say_when(when, PK_DATED, end);
}

bool pk_weekday_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                   struct pk_when *when)
{
    size_t end, longer;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_WEEKDAY, &end);
    if (!phrase || pk_is_foreign(reader, phrase) || is_to_do(text, at, phrase))
        return false;
    if (pk_phrase_at(reader, text, at, PK_WORD_PERIOD, &longer) && longer > end)
        return false; /* "so bald wie möglich" is no Sunday */
    size_t next = end;
    while (next < text.length && (text.at[next] == ',' || text.at[next] == '.'))
        next++;
    enum pk_opener opener = when->opener;
    when->opener = PK_AROUND; /* "Monday 17.06" may do without a year */
    bool dated = calendar(reader, text, pk_skip_blanks(text, next), when);
    when->opener = opener;
    if (dated || confirms(reader, text, pk_skip_blanks(text, next), phrase->meaning.value, when))
        return true;
    if (!reader->minutes->date.year)
        return pk_say_when(when, PK_DATED_WORDS, end);
    int ahead = phrase->meaning.value - pk_date_weekday(reader->minutes->date);
    int32_t today = pk_date_days(reader->minutes->date);
    return pk_say_day(reader, when, pk_date_of_days(today + (ahead > 0 ? ahead : ahead + 7)), end);
}

static bool day_word(const struct pk_reader *reader, struct pk_view text, size_t at,
                     struct pk_when *when)
{
    size_t end;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_DAY, &end);
    if (!phrase)
        return false;
    int32_t today = pk_date_days(reader->minutes->date);
    return pk_say_day(reader, when, pk_date_of_days(today + phrase->meaning.value - 1), end);
}

static bool phrase(const struct pk_reader *reader, struct pk_view text, size_t at,
                   struct pk_when *when)
{
    size_t end;
    return pk_phrase_at(reader, text, at, PK_WORD_PERIOD, &end) &&
           pk_say_when(when, PK_DATED_WORDS, end);
}

/* With the kinds of words that one of them begins with, where it begins with none of NUMERIC. */
static const struct {
    pk_shape *shape;
    uint64_t kinds;
} shapes[] = {
    {calendar, NUMERIC | PK_KIND(PK_WORD_MONTH) | PK_KIND(PK_WORD_RANGE)},
    {pk_weekday_at, PK_KIND(PK_WORD_WEEKDAY)},
    {pk_period_at, NUMERIC | PK_KIND(PK_WORD_END) | PK_KIND(PK_WORD_ENDS) | PK_KIND(PK_WORD_NEXT) |
                       PK_KIND(PK_WORD_MONTH) | PK_KIND(PK_WORD_UNIT)},
    {day_word, PK_KIND(PK_WORD_DAY)},
    {pk_amount_at,
     NUMERIC | PK_KIND(PK_WORD_NEXT) | PK_KIND(PK_WORD_NUMBER) | PK_KIND(PK_WORD_UNIT)},
    {phrase, PK_KIND(PK_WORD_PERIOD)},
};

/* What a time may begin with: the kinds of the word, NUMERIC for a figure, "the 27th", "Q2" or a
 * Roman number. */
static uint64_t kinds_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    struct pk_view rest = pk_view_part(text, at, text.length);
    if (rest.length && *rest.at == 't' && pk_starts(rest, PK_VIEW("the ")))
        rest = pk_view_part(rest, 4, rest.length);
    char sign = rest.length ? *rest.at : ' ';
    bool numeric = (sign >= '0' && sign <= '9') || sign == 'Q' || sign == 'q' || sign == 'I';
    return (pk_kinds_at(reader, text, at) & PK_TIME_KINDS) | (numeric ? NUMERIC : 0);
}

static bool date_at(const struct pk_reader *reader, struct pk_view text, size_t at, uint64_t kinds,
                    struct pk_when *when)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].kinds & kinds && shapes[i].shape(reader, text, at, when))
            return true;
    }
    return false;
}

/* -- With a time of day -- */

/* Behind a comma and a word like "at" or "до", which may stand between a date and a time. */
static size_t behind_joint(const struct pk_reader *reader, struct pk_view text, size_t at,
                           bool *joined)
{
    size_t end;
    if (at < text.length && text.at[at] == ',')
        at++;
    at = pk_skip_blanks(text, at);
    *joined = pk_phrase_at(reader, text, at, PK_WORD_DUE, &end);
    return *joined ? pk_skip_blanks(text, end) : at;
}

/* "by 5 pm on Friday", "до 18:00": without a date on the day of the meeting. */
static bool clock_first(const struct pk_reader *reader, struct pk_view text, size_t at,
                        struct pk_when *when)
{
    struct pk_time time;
    size_t end = when->opener == PK_UNTIL ? pk_clock_at(reader, text, at, false, &time) : 0;
    if (!end)
        return false;
    bool joined;
    size_t next = behind_joint(reader, text, end, &joined);
    if (next == end || !date_at(reader, text, next, kinds_at(reader, text, next), when))
        pk_say_day(reader, when, reader->minutes->date, end);
    when->time = time;
    return true;
}

static void take_clock(const struct pk_reader *reader, struct pk_view text, struct pk_when *when)
{
    bool joined;
    size_t next = behind_joint(reader, text, when->words.end, &joined);
    size_t end = pk_clock_at(reader, text, next, true, &when->time);
    if (end)
        when->words.end = end;
}

bool pk_when_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                struct pk_when *when)
{
    when->words = (struct pk_range){at, at};
    uint64_t kinds = kinds_at(reader, text, at);
    if (!kinds)
        return false;
    if (!clock_first(reader, text, at, when)) {
        if (!date_at(reader, text, at, kinds, when))
            return false;
        take_clock(reader, text, when);
    }
    when->whole = when->day = when->words;
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
    static const uint64_t kinds = PK_KIND(PK_WORD_MONTH) | PK_KIND(PK_WORD_RANGE);
    struct pk_view part = pk_view_part(text, 0, range.end);
    for (size_t at = pk_next_spot(reader, part, range.start, kinds, PK_AT_FIGURE); at < part.length;
         at = pk_next_spot(reader, part, at + 1, kinds, PK_AT_FIGURE)) {
        *when = (struct pk_when){.opener = PK_AROUND};
        bool found = pk_calendar_at(reader, part, at, when);
        when->words.start = at;
        when->whole = when->words;
        if (found && (when->dated == PK_DATED_INVALID || when->date.year))
            return true;
    }
    *when = (struct pk_when){0};
    return false;
}
