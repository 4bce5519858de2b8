/* due.c - by when an item is due: which of the dates in it says so. */
#include "read/read.h"

enum { SHORTEST_LABEL = 3 /* letters: "К:" labels nothing */ };

/* How well a find answers "by when"; more is better. NOT_THIS is a date of something else. */
enum weight { NOT_DUE, NOT_THIS, BARE, PERIOD_WORDS, OPENED, OPENED_APART, MACHINE };

/* Bulgarian "на" is no due word in Russian: a short one in the letters of both. */
static bool is_of_others(const struct pk_reader *reader, const struct pk_phrase *word)
{
    enum { SHORT = 2 /* letters */ };
    size_t width;
    const struct pk_language *language = reader->minutes->language;
    return language && word->meaning.language != language->index &&
           pk_is_cyrillic(pk_decode(word->folded, &width)) &&
           pk_is_cyrillic(pk_decode(language->name, &width)) &&
           pk_codepoints(word->folded) <= SHORT;
}

/* A due word at `at`, or the header of a due column used as a label. */
static enum pk_opener opener_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                                bool *due, size_t *end)
{
    const struct pk_phrase *word = pk_phrase_at(reader, text, at, PK_WORD_DUE, end);
    *due = word && !is_of_others(reader, word);
    if (*due)
        return word->meaning.value ? (enum pk_opener)word->meaning.value : PK_UNTIL;
    const struct pk_phrase *column = pk_phrase_at(reader, text, at, PK_WORD_COLUMN, end);
    return column && column->meaning.value == PK_COLUMN_DUE ? PK_UNTIL : PK_UNOPENED;
}

/* "the call on Tuesday", "starting Monday": does the date at `at` belong to the word before
 * it, when something takes place or begins? */
static bool belongs_before(const struct pk_reader *reader, struct pk_view text,
                           struct pk_range item, size_t at)
{
    size_t width, behind, end = pk_skip_back(text, at), start = end;
    while (start > item.start && pk_is_word(pk_decode_before(text, start, &width)))
        start -= width;
    if (start == end)
        return false;
    const struct pk_phrase *from = pk_phrase_at(reader, text, start, PK_WORD_RANGE, &behind);
    if (from && from->meaning.value == 1 && behind >= end)
        return true;
    return start > item.start && pk_phrase_at(reader, text, start, PK_WORD_EVENT, &behind) &&
           behind == end;
}

/* Behind signs that may stand between a due word and its date: `:: `, ` - `, ` <`, `(`. */
static size_t behind_joint(struct pk_view text, size_t at, bool *label)
{
    size_t width, from = at;
    *label = false;
    for (; at < text.length && at - from < 8; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        bool joint = sign == ':' || sign == 0xFF1A || sign == '<' || sign == '(' || sign == '=' ||
                     (pk_is_dash(sign) && at > from);
        if (!joint && !pk_is_space(sign))
            break;
        *label = *label || joint;
    }
    return at;
}

static bool is_small(struct pk_view text, size_t at)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    return pk_is_letter(sign) && !pk_is_upper(sign);
}

/* A label's value that is no date as such: up to the end of its sentence, line or bracket. */
static size_t value_end(struct pk_view text, size_t at)
{
    size_t width;
    for (; at < text.length; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        bool stop = sign == '.' || sign == ',';
        size_t blank = pk_behind_placeholder(text, at);
        width = blank > at ? blank - at : width;
        if (blank > at)
            continue;
        if (sign == ';' || sign == ')' || sign == ']' || sign == '}' || sign == '|')
            break;
        size_t next = pk_skip_blanks(text, at + width);
        bool shortened = sign == '.' && next < text.length && is_small(text, next);
        if (stop && next > at + width && !shortened)
            break;
        if (stop && at + width == text.length)
            break;
    }
    return at;
}

/* A label's value that is no date. */
static enum weight take_value(const struct pk_reader *reader, struct pk_view text, size_t at,
                              size_t next, struct pk_when *when)
{
    struct pk_range value = pk_trim_range(text, (struct pk_range){next, value_end(text, next)});
    when->whole = (struct pk_range){at, value.end};
    when->words = value;
    when->dated = PK_DATED_WORDS;
    struct pk_view words = pk_view_part(text, value.start, value.end);
    if (!words.length || pk_phrase_whole(reader, words, PK_WORD_NOBODY))
        when->dated = PK_DATED_NONE;
    return OPENED;
}

/* "the next meeting": something may be for it rather than due by it. */
static bool is_event(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t end;
    return pk_phrase_at(reader, text, at, PK_WORD_NEXT, &end) &&
           pk_phrase_at(reader, text, pk_skip_blanks(text, end), PK_WORD_EVENT, &end);
}

/* A due word at `at` and what it opens. */
static enum weight opened_at(const struct pk_reader *reader, struct pk_view text,
                             struct pk_range item, size_t at, struct pk_when *when)
{
    bool label, due, again;
    size_t end, second;
    enum pk_opener opener = opener_at(reader, text, at, &due, &end);
    size_t next = behind_joint(text, end, &label);
    if (opener == PK_UNOPENED || (opener == PK_AT && !is_event(reader, text, next)))
        return NOT_DUE;
    bool preposition = pk_codepoints(pk_view_part(text, at, end)) < SHORTEST_LABEL;
    if ((!due && !label) || (label && preposition))
        return NOT_DUE;
    when->opener = opener;
    bool machine =
        at && (text.at[at - 1] == '@' || text.at[at - 1] == '[' || text.at[at - 1] == '{');
    opener = opener_at(reader, text, next, &again, &second); /* "Срок: до 5 марта" */
    if (again && opener != PK_AT)
        when->opener = opener;
    if (pk_when_at(reader, text, again ? pk_skip_blanks(text, second) : next, when)) {
        when->words.start = label ? next : at;
        when->whole.start = at;
        if (when->opener == PK_AROUND && !label && belongs_before(reader, text, item, at))
            return NOT_THIS;
        return machine || (label && !again && next == end + 1 && text.at[end] == ':') ? MACHINE
                                                                                      : OPENED;
    }
    if (!label || pk_is_dash(pk_char_before(text, at)))
        return NOT_DUE;
    return take_value(reader, text, at, next, when);
}

/* A bare date is the item's where it stands apart: in brackets, first or last. */
static bool stands_apart(const struct pk_reader *reader, struct pk_view text, struct pk_range range,
                         struct pk_range found)
{
    size_t width, end, next = pk_skip_blanks(text, found.end);
    uint32_t before = pk_char_before(text, pk_skip_back(text, found.start));
    uint32_t behind = pk_char_at(text, next, &width);
    bool bracketed = (before == '(' || before == '[') && (behind == ')' || behind == ']');
    if (bracketed)
        return true;
    if (found.start == range.start)
        return behind == ':' || pk_is_dash(behind) || behind == ',' || next >= range.end;
    while (next < range.end && (text.at[next] == '.' || text.at[next] == ')' ||
                                text.at[next] == ';' || text.at[next] == '!'))
        next = pk_skip_blanks(text, next + 1);
    if (next < range.end && (text.at[next] == ',' || text.at[next] == '('))
        next = pk_skip_blanks(text, next + 1);
    return next >= range.end || pk_phrase_at(reader, text, next, PK_WORD_OWNER, &end);
}

/* "(5 лет)": how long something is or lasts. */
static bool counts_years(const struct pk_reader *reader, struct pk_view text, struct pk_range words)
{
    enum { MOST = 99 };
    int years;
    size_t width, end, start = words.end;
    if (!pk_number_at(text, words.start, &years) || years > MOST)
        return false;
    while (start > words.start && pk_is_word(pk_decode_before(text, start, &width)))
        start -= width;
    const struct pk_phrase *unit = pk_phrase_at(reader, text, start, PK_WORD_UNIT, &end);
    return unit && unit->meaning.value == PK_UNIT_YEAR;
}

/* Words that are about time wherever they stand. */
static bool is_period(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    static const enum pk_word_kind kinds[] = {PK_WORD_END, PK_WORD_DAY, PK_WORD_ENDS};
    size_t end;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (pk_phrase_at(reader, text, at, kinds[i], &end))
            return true;
    }
    if (pk_phrase_at(reader, text, at, PK_WORD_NEXT, &end))
        return !is_event(reader, text, at);
    const struct pk_phrase *period = pk_phrase_at(reader, text, at, PK_WORD_PERIOD, &end);
    return period && period->meaning.value != 2;
}

/* A date that no word opens. */
static enum weight bare_at(const struct pk_reader *reader, struct pk_view text,
                           struct pk_range range, size_t at, bool figure, struct pk_when *when)
{
    bool edge = at == range.start || pk_char_before(text, at) == '(';
    *when = (struct pk_when){.opener = edge ? PK_UNTIL : PK_UNOPENED};
    if (!pk_when_at(reader, text, at, when) && figure) {
        when->opener = PK_AROUND; /* "... 5/22" at the very end */
        if (!pk_when_day(reader, text, at, when))
            return NOT_DUE;
        when->whole = when->words;
    }
    bool counted = when->opener == PK_COUNTED;
    when->opener = PK_UNOPENED;
    if (when->dated == PK_DATED_NONE || when->words.end <= at ||
        (figure && counts_years(reader, text, (struct pk_range){at, when->words.end})))
        return NOT_DUE;
    if (counted)
        return OPENED;
    if (!figure && (is_period(reader, text, at) || when->range == PK_RANGE_CLOSED))
        return PERIOD_WORDS;
    if (belongs_before(reader, text, range, at))
        return NOT_THIS;
    return stands_apart(reader, text, range, when->words) ? BARE : NOT_DUE;
}

/* In the brackets an item ends with, where what holds for it is told: "... until June (owner:
 * Anna, due 3 May)". */
static bool in_last_brackets(struct pk_view text, struct pk_range range, size_t at)
{
    enum { LONGEST = 200 /* bytes */ };
    size_t end = pk_skip_back(text, range.end),
           from = at > range.start + LONGEST ? at - LONGEST : range.start;
    if (end > at && text.at[end - 1] == '.')
        end--;
    if (end <= at || end - at > LONGEST || text.at[end - 1] != ')')
        return false;
    for (size_t i = at; i + 1 < end; i++) {
        if (text.at[i] == ')' || text.at[i] == '(')
            return false;
    }
    while (at > from && text.at[at - 1] != '(' && text.at[at - 1] != ')')
        at--;
    return at > from && text.at[at - 1] == '(';
}

static enum weight weigh(const struct pk_reader *reader, struct pk_view text, struct pk_range range,
                         size_t at, struct pk_when *when)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    bool figure = sign - '0' < 10;
    if (!figure) {
        enum pk_mark mark = pk_mark_at(reader, text, at, when);
        if (mark != PK_NO_MARK)
            return mark == PK_DUE_MARK ? MACHINE : NOT_THIS;
    }
    static const uint64_t openers = PK_KIND(PK_WORD_DUE) | PK_KIND(PK_WORD_COLUMN);
    uint64_t kinds = figure || !pk_is_word(sign) ? 0 : pk_kinds_at(reader, text, at);
    if (!figure && !kinds)
        return NOT_DUE;
    *when = (struct pk_when){0};
    enum weight weight = kinds & openers ? opened_at(reader, text, range, at, when) : NOT_DUE;
    if (weight == OPENED && in_last_brackets(text, range, at))
        return OPENED_APART;
    return weight != NOT_DUE ? weight : bare_at(reader, text, range, at, figure, when);
}

struct pk_range pk_with_brackets(struct pk_view text, struct pk_range range, struct pk_range found)
{
    size_t width, next = pk_skip_blanks(text, found.end);
    uint32_t behind = pk_char_at(text, next, &width);
    if (behind == '.' && next == found.end)
        behind = pk_char_at(text, pk_skip_blanks(text, ++next), &width);
    bool closes = next < range.end && (behind == ')' || behind == ']' || behind == '}');
    size_t first = pk_skip_back(text, found.start);
    uint32_t before = pk_char_before(text, first);
    if (closes && first > range.start && (before == '(' || before == '[' || before == '{'))
        return (struct pk_range){first - 1, next + width};
    if (first > range.start && before == '@')
        return (struct pk_range){first - 1, closes ? next + width : found.end};
    return found;
}

bool pk_when_due(const struct pk_reader *reader, struct pk_view text, struct pk_range range,
                 struct pk_when *best)
{
    static const uint64_t kinds = PK_TIME_KINDS;
    static const unsigned what = PK_AT_FIGURE | PK_AT_KEY | PK_AT_SIGN;
    struct pk_view part = pk_view_part(text, 0, range.end);
    enum weight heaviest = NOT_THIS;
    size_t width;
    for (size_t at = pk_next_spot(reader, part, range.start, kinds, what); at < range.end;
         at = pk_next_spot(reader, part, at + width, kinds, what)) {
        struct pk_when when;
        pk_char_at(part, at, &width);
        enum weight weight = weigh(reader, part, range, at, &when);
        if (weight == NOT_DUE)
            continue;
        if (weight > heaviest || (weight == BARE && weight == heaviest)) {
            heaviest = weight;
            *best = when;
        }
        if (when.whole.end > at + width)
            width = when.whole.end - at;
    }
    if (heaviest == NOT_THIS)
        return false;
    best->whole = pk_with_brackets(part, range, best->whole);
    return true;
}
