/* period.c - weeks, months and quarters, and the day one of them ends. */
#include "read/read.h"

enum { AT_THE_END = 1, AT_THE_START, IN_THE_MIDDLE, NEARLY };
enum { THIS = 1, NEXT, COMING };

/* The words that stand here, in their order: "end of", "the next", "week". */
struct period {
    int edge;  /* a value of PK_WORD_END; 0: none */
    int which; /* a value of PK_WORD_NEXT; 0: none */
    size_t at; /* what is behind them */
};

static struct pk_date days_after(struct pk_date date, int days)
{
    return pk_date_of_days(pk_date_days(date) + days);
}

/* -- Which day -- */

/* The day of a period of work that "end of", "start of" or "middle of" names. Weeks of work
 * end on Friday. */
static struct pk_date day_of_week(struct pk_date monday, int edge)
{
    return days_after(monday, edge == AT_THE_START ? 0 : edge == IN_THE_MIDDLE ? 2 : 4);
}

/* Likewise of `length` months that begin with that one; year 0: nobody could say. */
static struct pk_date day_of_months(int year, int month, int length, int edge)
{
    if (edge == AT_THE_START)
        return pk_date_of_month(year, month, 1);
    if (edge == AT_THE_END)
        return pk_date_of_month(year, month + length - 1, 31);
    return length < 12 ? pk_date_of_month(year, month + length / 2, 15) : (struct pk_date){0};
}

static struct pk_date day_of_unit(struct pk_date meeting, int unit, int ahead, int edge)
{
    struct pk_date first = {meeting.year, meeting.month, 1};
    int weekday = pk_date_weekday(meeting);
    switch (unit) {
    case PK_UNIT_DAY:
        return days_after(meeting, ahead);
    case PK_UNIT_WEEK:
        if (weekday > 5 && !ahead && edge == AT_THE_END)
            return days_after(meeting, 7 - weekday);
        return day_of_week(days_after(meeting, 1 - weekday + 7 * ahead), edge);
    case PK_UNIT_MONTH:
        first = pk_date_after_months(first, ahead);
        return day_of_months(first.year, first.month, 1, edge);
    case PK_UNIT_QUARTER:
        first.month = (uint8_t)((first.month - 1) / 3 * 3 + 1);
        first = pk_date_after_months(first, 3 * ahead);
        return day_of_months(first.year, first.month, 3, edge);
    case PK_UNIT_YEAR:
        return day_of_months(meeting.year + ahead, 1, 12, edge);
    default:
        return (struct pk_date){0};
    }
}

/* A start or middle is a day only where something is due until then. */
static bool say_edge(const struct pk_reader *reader, struct pk_when *when, int edge,
                     struct pk_date day, size_t end)
{
    bool named = edge == AT_THE_END ||
                 (when->opener == PK_UNTIL && (edge == AT_THE_START || edge == IN_THE_MIDDLE));
    bool past = day.year && pk_date_compare(day, reader->minutes->date) < 0;
    if (!named || !day.year || past)
        return pk_say_when(when, PK_DATED_WORDS, end);
    return pk_say_day(reader, when, day, end);
}

/* Of a period that has a name or a number, and is the same whoever reads it. */
static bool say_named_edge(const struct pk_reader *reader, struct pk_when *when, int edge,
                           struct pk_date day, size_t end)
{
    say_edge(reader, when, edge, day, end);
    when->relative = false;
    return true;
}

/* -- Weeks and quarters by number -- */

static size_t year_at(struct pk_view text, size_t at, int *year)
{
    size_t next = pk_skip_blanks(text, at), width;
    if (next < text.length && text.at[next] == '/')
        next++;
    size_t size = pk_number_at(text, next, year), end = next + size;
    bool whole = size == 4 && (*year / 100 == 19 || *year / 100 == 20) &&
                 !(pk_is_word(pk_char_at(text, end, &width)) && width);
    *year = whole ? *year : 0;
    return whole ? end : at;
}

/* "года" behind a year. */
static size_t behind_year(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t end;
    const struct pk_phrase *unit =
        pk_phrase_at(reader, text, pk_skip_blanks(text, at), PK_WORD_UNIT, &end);
    return unit && unit->meaning.value == PK_UNIT_YEAR ? end : at;
}

/* Monday of a week of ISO 8601: the first has 4 January in it. */
static struct pk_date monday_of(int year, int week)
{
    struct pk_date fourth = {(int16_t)year, 1, 4};
    return days_after(fourth, 1 - pk_date_weekday(fourth) + 7 * (week - 1));
}

/* "KW 12", "week 12": until then is until its Friday. */
static bool numbered_week(const struct pk_reader *reader, struct pk_view text, size_t at, int edge,
                          struct pk_when *when)
{
    enum { BACK = 60 }; /* days that it may lie back before it means next year's */
    int week, year;
    size_t next = pk_skip_blanks(text, at), size = pk_number_at(text, next, &week);
    size_t end = next + size;
    if (!size || size > 2 || week < 1 || week > 53 || pk_word_end(text, next) != end)
        return false;
    end = year_at(text, end, &year);
    struct pk_date meeting = reader->minutes->date;
    if (!meeting.year || (!edge && when->opener != PK_UNTIL))
        return pk_say_when(when, PK_DATED_WORDS, end);
    struct pk_date monday = monday_of(year ? year : meeting.year, week);
    if (!year && pk_date_days(monday) < pk_date_days(meeting) - BACK)
        monday = monday_of(meeting.year + 1, week);
    return say_named_edge(reader, when, edge ? edge : AT_THE_END,
                          day_of_week(monday, edge ? edge : AT_THE_END), end);
}

/* "Q2", "III" or "2-й" before "квартал"; 0: none. */
static int quarter_at(const struct pk_reader *reader, struct pk_view text, size_t at, size_t *end)
{
    static const struct pk_view roman[] = {{"IV", 2}, {"III", 3}, {"II", 2}, {"I", 1}};
    size_t size, next = at, width;
    int number = 0;
    bool letter = at < text.length && (text.at[at] | 32) == 'q';
    size = pk_number_at(text, at + letter, &number);
    if (letter) {
        *end = at + 1 + size;
        return size == 1 && number > 0 && number < 5 && pk_word_end(text, at) == *end ? number : 0;
    }
    for (size_t i = 0; !size && i < 4; i++) {
        if (pk_starts(pk_view_part(text, at, text.length), roman[i]) &&
            pk_word_end(text, at) == at + roman[i].length) {
            size = roman[i].length;
            number = i ? 4 - (int)i : 4;
        }
    }
    next += size;
    if (!size || number < 1 || number > 4)
        return 0;
    while (next < text.length && (text.at[next] == '.' || text.at[next] == '-'))
        next++;
    while (next > at + size && pk_is_letter(pk_char_at(text, next, &width)) && width)
        next += width;
    const struct pk_phrase *unit =
        pk_phrase_at(reader, text, pk_skip_blanks(text, next), PK_WORD_UNIT, end);
    return unit && unit->meaning.value == PK_UNIT_QUARTER ? number : 0;
}

static bool numbered_quarter(const struct pk_reader *reader, struct pk_view text, size_t at,
                             int edge, struct pk_when *when)
{
    size_t end;
    int number = quarter_at(reader, text, at, &end), year;
    if (!number)
        return false;
    end = year_at(text, end, &year);
    if (year)
        end = behind_year(reader, text, end);
    struct pk_date meeting = reader->minutes->date;
    if (!edge || !meeting.year)
        return pk_say_when(when, PK_DATED_WORDS, end);
    struct pk_date day = day_of_months(year ? year : meeting.year, 3 * number - 2, 3, edge);
    if (!year && pk_date_compare(day, meeting) < 0)
        day = day_of_months(meeting.year + 1, 3 * number - 2, 3, edge);
    return say_named_edge(reader, when, edge, day, end);
}

/* -- Months and years -- */

/* "Ende März", "mid-December", "конца марта 2027 года"; alone only behind a due word. */
static bool of_month(const struct pk_reader *reader, struct pk_view text, struct period period,
                     struct pk_when *when)
{
    size_t end;
    int year;
    if ((!period.edge && when->opener == PK_UNOPENED) || period.which)
        return false;
    const struct pk_phrase *month = pk_phrase_at(reader, text, period.at, PK_WORD_MONTH, &end);
    if (!month)
        return false;
    end = year_at(text, end, &year);
    if (year)
        end = behind_year(reader, text, end);
    struct pk_date meeting = reader->minutes->date;
    struct pk_date day = {(int16_t)year, (uint8_t)month->meaning.value, 1};
    day = pk_date_near(day, (struct pk_date){meeting.year, meeting.month, 28});
    if (!period.edge || !day.year)
        return pk_say_when(when, PK_DATED_WORDS, end);
    return say_named_edge(reader, when, period.edge,
                          day_of_months(day.year, day.month, 1, period.edge), end);
}

/* "end of 2026", "конца 2026 года". */
static bool of_year(const struct pk_reader *reader, struct pk_view text, struct period period,
                    struct pk_when *when)
{
    int year;
    size_t end = period.edge && !period.which ? year_at(text, period.at, &year) : period.at;
    if (end == period.at)
        return false;
    return say_named_edge(reader, when, period.edge, day_of_months(year, 1, 12, period.edge),
                          behind_year(reader, text, end));
}

/* -- "this", "next" -- */

/* "next Friday" is that of next week, and some mean the one to come. */
static bool named_weekday(const struct pk_reader *reader, struct pk_view text, struct period period,
                          struct pk_when *when)
{
    struct pk_date meeting = reader->minutes->date;
    size_t end;
    const struct pk_phrase *day = pk_phrase_at(reader, text, period.at, PK_WORD_WEEKDAY, &end);
    if (!day || !period.which || period.edge)
        return false;
    if (period.which != NEXT || !meeting.year)
        return pk_weekday_at(reader, text, period.at, when);
    int today = pk_date_weekday(meeting), wanted = day->meaning.value;
    when->ambiguous = wanted > today;
    return pk_say_day(reader, when, days_after(meeting, 7 - today + wanted), end);
}

static bool of_unit(const struct pk_reader *reader, struct pk_view text, struct period period,
                    struct pk_when *when)
{
    size_t end;
    const struct pk_phrase *found = pk_phrase_at(reader, text, period.at, PK_WORD_UNIT, &end);
    if (!found)
        return false;
    int unit = found->meaning.value, ahead = period.which == NEXT || period.which == COMING;
    struct pk_date meeting = reader->minutes->date;
    if (unit == PK_UNIT_WEEK && numbered_week(reader, text, end, period.edge, when))
        return true;
    if ((!period.edge && !period.which) || unit > PK_UNIT_WORKING_DAY)
        return false;
    bool day = unit == PK_UNIT_DAY || unit == PK_UNIT_WORKING_DAY;
    if (!meeting.year || (!period.edge && !(day && ahead)))
        return pk_say_when(when, PK_DATED_WORDS, end);
    if (unit == PK_UNIT_WORKING_DAY)
        return pk_say_day(reader, when,
                          pk_date_after_working_days(meeting, ahead, reader->minutes->profile),
                          end);
    return say_edge(reader, when, day ? AT_THE_END : period.edge,
                    day_of_unit(meeting, unit, ahead, period.edge), end);
}

/* -- All of them -- */

/* "EOM", "Monatsende"; behind "EOD" may stand which day. */
static bool end_in_a_word(const struct pk_reader *reader, struct pk_view text, size_t at,
                          struct pk_when *when)
{
    size_t end, behind;
    const struct pk_phrase *unit = pk_phrase_at(reader, text, at, PK_WORD_ENDS, &end);
    if (!unit)
        return false;
    if (unit->meaning.value == PK_UNIT_DAY) {
        size_t next = pk_skip_blanks(text, end);
        if (pk_phrase_at(reader, text, next, PK_WORD_DUE, &behind))
            next = pk_skip_blanks(text, behind);
        if (pk_weekday_at(reader, text, next, when))
            return true;
    }
    struct pk_date meeting = reader->minutes->date;
    if (!meeting.year)
        return pk_say_when(when, PK_DATED_WORDS, end);
    return say_edge(reader, when, AT_THE_END,
                    day_of_unit(meeting, unit->meaning.value, 0, AT_THE_END), end);
}

bool pk_period_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                  struct pk_when *when)
{
    size_t behind;
    struct period period = {.at = at};
    if (end_in_a_word(reader, text, at, when))
        return true;
    const struct pk_phrase *edge = pk_phrase_at(reader, text, at, PK_WORD_END, &behind);
    if (edge) {
        period.edge = edge->meaning.value;
        period.at = behind + (behind < text.length && text.at[behind] == '-');
        period.at = pk_skip_blanks(text, period.at);
    }
    const struct pk_phrase *which = pk_phrase_at(reader, text, period.at, PK_WORD_NEXT, &behind);
    if (which) {
        period.which = which->meaning.value;
        period.at = pk_skip_blanks(text, behind);
    }
    if (which && !edge && pk_phrase_at(reader, text, period.at, PK_WORD_EVENT, &behind))
        return period.which == THIS ? pk_say_when(when, PK_DATED_WORDS, behind)
                                    : pk_say_event(reader, when, behind);
    return named_weekday(reader, text, period, when) || of_month(reader, text, period, when) ||
           numbered_quarter(reader, text, period.at, period.edge, when) ||
           of_unit(reader, text, period, when) || of_year(reader, text, period, when);
}
