/* due.c - by when an item is due: which of the dates in it says so. */
#include "read/read.h"

enum { SHORTEST_LABEL = 3 /* letters: "К:" labels nothing */ };

/* How well a find answers "by when"; more is better. */
enum weight { NOT_DUE, BARE, PERIOD_WORDS, OPENED, MACHINE };

static bool is_calendar_sign(uint32_t codepoint)
{
    return codepoint == 0x1F4C5 || codepoint == 0x1F4C6 || codepoint == 0x1F5D3;
}

/* A due word at `at`, or the header of a due column used as a label. */
static bool due_word_at(const struct pk_reader *reader, struct pk_view text, size_t at, bool *due,
                        size_t *end)
{
    *due = pk_phrase_at(reader, text, at, PK_WORD_DUE, end);
    if (*due)
        return true;
    const struct pk_phrase *column = pk_phrase_at(reader, text, at, PK_WORD_COLUMN, end);
    return column && column->meaning.value == PK_COLUMN_DUE;
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
        if (stop && pk_skip_blanks(text, at + width) > at + width)
            break;
        if (stop && at + width == text.length)
            break;
    }
    return at;
}

/* A due word at `at` and what it opens. */
static enum weight opened_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                             struct pk_when *when)
{
    bool label, due;
    size_t end;
    if (!due_word_at(reader, text, at, &due, &end))
        return NOT_DUE;
    size_t next = behind_joint(text, end, &label);
    bool preposition = pk_codepoints(pk_view_part(text, at, end)) < SHORTEST_LABEL;
    if ((!due && !label) || (label && preposition))
        return NOT_DUE;
    when->opened = true;
    bool machine =
        at && (text.at[at - 1] == '@' || text.at[at - 1] == '[' || text.at[at - 1] == '{');
    size_t second; /* "Срок: до 5 марта", "не позднее до" */
    bool again = pk_phrase_at(reader, text, next, PK_WORD_DUE, &second);
    size_t from = again ? pk_skip_blanks(text, second) : next;
    if (pk_when_at(reader, text, from, when)) {
        when->words.start = label ? next : at;
        when->whole.start = at;
        return machine || (label && !again && from == end + 1 && text.at[end] == ':') ? MACHINE
                                                                                      : OPENED;
    }
    if (!label || pk_is_dash(pk_char_before(text, at)))
        return NOT_DUE;
    struct pk_range value = pk_trim_range(text, (struct pk_range){next, value_end(text, next)});
    when->whole = (struct pk_range){at, value.end};
    when->words = value;
    when->dated = PK_DATED_WORDS;
    struct pk_view words = pk_view_part(text, value.start, value.end);
    if (!words.length || pk_phrase_whole(reader, words, PK_WORD_NOBODY))
        when->dated = PK_DATED_NONE;
    return OPENED;
}

/* A bare date is the item's where it stands apart: in brackets, first or last. */
static bool stands_apart(struct pk_view text, struct pk_range range, struct pk_range found)
{
    size_t width, next = pk_skip_blanks(text, found.end);
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
    return next >= range.end;
}

/* "📅 2026-01-01" and "//2026-01-01": signs that people's programs write. */
static enum weight machine_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                              struct pk_when *when)
{
    size_t width, next = at;
    uint32_t sign = pk_char_at(text, at, &width);
    *when = (struct pk_when){.opened = true};
    if (is_calendar_sign(sign)) {
        next += width;
        if (pk_char_at(text, next, &width) == 0xFE0F) /* "show the sign before as a picture" */
            next += width;
        next = pk_skip_blanks(text, next);
    } else if (pk_starts(pk_view_part(text, at, text.length), PK_VIEW("//")) &&
               pk_is_space(pk_char_before(text, at))) {
        next += 2;
    } else {
        return NOT_DUE;
    }
    bool dated = pk_when_day(reader, text, next, when);
    when->words.start = next;
    when->whole = (struct pk_range){at, when->words.end};
    return dated ? MACHINE : NOT_DUE;
}

static bool is_period(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    static const enum pk_word_kind kinds[] = {PK_WORD_PERIOD, PK_WORD_END, PK_WORD_NEXT,
                                              PK_WORD_DAY};
    size_t end;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (pk_phrase_at(reader, text, at, kinds[i], &end))
            return true;
    }
    return false;
}

static enum weight weigh(const struct pk_reader *reader, struct pk_view text, struct pk_range range,
                         size_t at, struct pk_when *when)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    bool figure = sign - '0' < 10;
    if (!pk_is_word(sign))
        return machine_at(reader, text, at, when);
    *when = (struct pk_when){0};
    if (!figure && !pk_kinds_at(reader, text, at))
        return NOT_DUE;
    enum weight weight = figure ? NOT_DUE : opened_at(reader, text, at, when);
    if (weight != NOT_DUE)
        return weight;
    *when = (struct pk_when){.opened = at == range.start || pk_char_before(text, at) == '('};
    if (!pk_when_at(reader, text, at, when) && figure) {
        when->opened = true; /* "... 5/22" at the very end */
        if (!pk_when_day(reader, text, at, when))
            return NOT_DUE;
        when->words.start = at;
        when->whole = when->words;
    }
    when->opened = false;
    if (when->dated == PK_DATED_NONE || when->words.end <= at)
        return NOT_DUE;
    if (!figure && is_period(reader, text, at))
        return PERIOD_WORDS;
    return stands_apart(text, range, when->words) ? BARE : NOT_DUE;
}

/* Brackets that hold nothing else go with it, and the "@" of `@due(...)`. */
static struct pk_range with_brackets(struct pk_view text, struct pk_range range,
                                     struct pk_range found)
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
    struct pk_view part = pk_view_part(text, 0, range.end);
    enum weight heaviest = NOT_DUE;
    size_t width;
    for (size_t at = range.start; at < range.end; at += width) {
        struct pk_when when;
        pk_char_at(part, at, &width);
        if (!pk_word_starts(part, at))
            continue;
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
    if (heaviest == NOT_DUE)
        return false;
    best->whole = with_brackets(part, range, best->whole);
    return true;
}
