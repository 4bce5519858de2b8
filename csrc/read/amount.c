/* amount.c - a day so many days, weeks or months from the meeting. */
#include "read/read.h"

struct amount {
    int number;
    int unit;     /* 0: "20-го", a day of the month */
    bool several; /* "2-3 weeks": nobody can say which */
    size_t end;
};

/* "th", "-го", and behind "zum" a full stop: ordinals of a day of the month; 0: none. */
static size_t ordinal_at(struct pk_view text, size_t at)
{
    static const struct pk_view endings[] = {{"th", 2},  {"st", 2},   {"nd", 2}, {"rd", 2},
                                             {"-го", 5}, {"-ого", 7}, {"-е", 3}, {"го", 4}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t end = at + endings[i].length, width;
        bool here = pk_starts(pk_view_part(text, at, text.length), endings[i]);
        if (here && !(pk_is_word(pk_char_at(text, end, &width)) && width))
            return end;
    }
    return 0;
}

/* "bis 20." behind its number, at an end or before a word that is no month: in German. */
static size_t full_stop_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    const struct pk_language *language = reader->minutes->language; /* none yet in pk_is_minutes */
    size_t width, next = pk_skip_blanks(text, at + 1);
    if (!language || !pk_is(language->id, "de") || at >= text.length || text.at[at] != '.')
        return 0;
    uint32_t sign = next < text.length ? pk_char_at(text, next, &width) : ')';
    bool ends = sign == ')' || sign == ']' || sign == ',' || sign == ';' || pk_is_dash(sign);
    bool small = next > at + 1 && pk_is_letter(sign) && !pk_is_upper(sign);
    return ends || small ? at + 1 : 0;
}

/* Behind a number in figures or words; 0: none stands here. */
static size_t behind_number(const struct pk_reader *reader, struct pk_view text, size_t at,
                            struct amount *amount)
{
    size_t behind, width, size = pk_number_at(text, at, &amount->number);
    if (size > 3)
        return 0;
    if (!size) {
        const struct pk_phrase *word = pk_phrase_at(reader, text, at, PK_WORD_NUMBER, &behind);
        size_t first = behind;
        amount->number = word ? word->meaning.value : 0;
        amount->several = word && first < text.length && text.at[first] == '-' &&
                          pk_phrase_at(reader, text, first + 1, PK_WORD_NUMBER, &behind);
        return !word ? 0 : amount->several ? behind : first;
    }
    size_t end = at + size;
    uint32_t sign = pk_char_at(text, end, &width);
    int last;
    size_t second = pk_is_dash(sign) ? pk_number_at(text, end + width, &last) : 0;
    amount->several = second > 0;
    return second ? end + width + second : end;
}

static bool amount_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                      enum pk_opener opener, struct amount *amount)
{
    size_t behind, next = at;
    *amount = (struct amount){0};
    if (pk_phrase_at(reader, text, next, PK_WORD_NEXT, &behind)) /* "the next two weeks" */
        next = pk_skip_blanks(text, behind);
    if (opener == PK_UNTIL && pk_starts(pk_view_part(text, next, text.length), PK_VIEW("the ")))
        next += 4; /* "by the 27th" */
    size_t number = behind_number(reader, text, next, amount);
    if (!number && opener != PK_COUNTED)
        return false;
    if (!number) {
        amount->number = 1;
        number = at;
        if (next > at)
            return false;
    }
    size_t ordinal = ordinal_at(text, number);
    next = ordinal ? ordinal : number;
    if (!ordinal && next < text.length && text.at[next] == '-')
        next++;
    const struct pk_phrase *unit =
        pk_phrase_at(reader, text, pk_skip_blanks(text, next), PK_WORD_UNIT, &amount->end);
    bool counts = unit && (unit->meaning.value <= PK_UNIT_WORKING_DAY ||
                           unit->meaning.value == PK_UNIT_DAY_OF_MONTH);
    if (counts) {
        amount->unit = ordinal ? PK_UNIT_DAY_OF_MONTH : unit->meaning.value;
        return true;
    }
    amount->unit = PK_UNIT_DAY_OF_MONTH;
    if (!ordinal && opener == PK_UNTIL && !amount->several)
        ordinal = full_stop_at(reader, text, number);
    amount->end = ordinal;
    return ordinal && opener == PK_UNTIL && amount->number > 0 && amount->number < 32;
}

/* "до 20 числа": of this month, or of the next when that day is past. */
static bool say_day_of_month(const struct pk_reader *reader, struct pk_when *when,
                             const struct amount *amount)
{
    struct pk_date day = reader->minutes->date;
    if (amount->number < day.day)
        day = pk_date_after_months((struct pk_date){day.year, day.month, 1}, 1);
    day.day = (uint8_t)amount->number;
    return pk_say_day(reader, when, day, amount->end);
}

static bool say_amount(const struct pk_reader *reader, struct pk_when *when,
                       const struct amount *amount)
{
    struct pk_date day = reader->minutes->date;
    int months = 0, number = amount->number;
    if (!day.year || amount->several)
        return pk_say_when(when, PK_DATED_WORDS, amount->end);
    switch (amount->unit) {
    case PK_UNIT_DAY:
        day = pk_date_of_days(pk_date_days(day) + number);
        break;
    case PK_UNIT_WEEK:
        day = pk_date_of_days(pk_date_days(day) + 7 * number);
        break;
    case PK_UNIT_HOUR:
        if (number % 24)
            return pk_say_when(when, PK_DATED_WORDS, amount->end);
        day = pk_date_of_days(pk_date_days(day) + number / 24);
        break;
    case PK_UNIT_WORKING_DAY:
        day = pk_date_after_working_days(day, number, reader->minutes->profile);
        break;
    case PK_UNIT_DAY_OF_MONTH:
        return say_day_of_month(reader, when, amount);
    default:
        months = amount->unit == PK_UNIT_MONTH ? 1 : amount->unit == PK_UNIT_QUARTER ? 3 : 12;
        day = pk_date_after_months(day, months * number);
    }
    return pk_say_day(reader, when, day, amount->end);
}

/* "5 days before the next call": counted back from the meeting to come. */
static bool before_event(const struct pk_reader *reader, struct pk_view text, struct pk_when *when,
                         const struct amount *amount)
{
    size_t end, next = pk_skip_blanks(text, amount->end);
    const struct pk_phrase *due = pk_phrase_at(reader, text, next, PK_WORD_DUE, &end);
    if (!due || due->meaning.value != PK_UNTIL)
        return false;
    next = pk_skip_blanks(text, end);
    if (pk_phrase_at(reader, text, next, PK_WORD_NEXT, &end))
        next = pk_skip_blanks(text, end);
    if (!pk_phrase_at(reader, text, next, PK_WORD_EVENT, &end))
        return false;
    when->opener = PK_COUNTED;
    int days = amount->unit == PK_UNIT_DAY    ? amount->number
               : amount->unit == PK_UNIT_WEEK ? 7 * amount->number
                                              : 0;
    if (!reader->next_meeting.year || !days || amount->several)
        return pk_say_when(when, PK_DATED_WORDS, end);
    pk_say_day(reader, when, pk_date_of_days(pk_date_days(reader->next_meeting) - days), end);
    when->relative = false;
    return true;
}

bool pk_amount_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                  struct pk_when *when)
{
    struct amount amount;
    if (!amount_at(reader, text, at, when->opener, &amount))
        return false;
    return before_event(reader, text, when, &amount) ||
           (when->opener != PK_UNOPENED && say_amount(reader, when, &amount));
}
