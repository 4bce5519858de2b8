/* complete.c - people and days that go on from the words before the cursor. */
#include "write/complete.h"

#include "write/write.h"

#include <string.h>

enum { LONGEST = 80 /* bytes before the cursor that are looked at */ };
enum { MOST = 500 /* people: each is compared with those before it */ };
enum { DAYS_OF_WEEK = 7, FRIDAY = 5 };

struct completion {
    const struct pk_minutes *minutes;
    struct pk_arena *arena;
    struct pk_view line; /* up to the cursor */
    uint32_t line_start;
    struct pk_candidates people, days;
    struct pk_candidates *out;
};

static struct pk_view rest_of(struct pk_view view, size_t from)
{
    return pk_view_part(view, from, view.length);
}

static uint32_t char_before(struct pk_view text, size_t at)
{
    size_t width;
    return at ? pk_decode_before(text, at, &width) : ' ';
}

static bool word_starts(struct pk_view text, size_t at)
{
    size_t width;
    return at < text.length && ((unsigned char)text.at[at] & 0xC0) != 0x80 &&
           pk_is_word(pk_decode(rest_of(text, at), &width)) && !pk_is_word(char_before(text, at));
}

static size_t skip_blanks(struct pk_view text, size_t at)
{
    while (at < text.length && (text.at[at] == ' ' || text.at[at] == '\t'))
        at++;
    return at;
}

/* -- Days ------------------------------------------------------------------------------------ */

/* The n-th of a list of lists of words, its first; from 1. */
static struct pk_view nth(const struct pk_yaml *list, int n)
{
    const struct pk_yaml *item = list && list->kind == PK_YAML_LIST ? list->first : NULL;
    while (item && --n)
        item = item->next;
    if (item && item->kind == PK_YAML_LIST)
        item = item->first;
    return item ? item->value : PK_VIEW("");
}

/* "tomorrow, Tuesday" */
static void add_day(struct completion *completion, int32_t days, struct pk_view name)
{
    const struct pk_language *language = completion->minutes->language;
    struct pk_date date = pk_date_of_days(days);
    struct pk_buffer text = {.arena = completion->arena}, note = {.arena = completion->arena};
    pk_write_date(&text, date, language);
    pk_put(&note, name);
    pk_puts(&note, name.length ? ", " : "");
    pk_put(&note, nth(pk_yaml_get(language->source, "weekdays"), pk_date_weekday(date)));
    *pk_push(completion->arena, &completion->days.candidate) =
        (struct pk_candidate){pk_written(&text), pk_written(&note)};
}

static int32_t end_of_month(struct pk_date date)
{
    struct pk_date next = {(int16_t)(date.year + (date.month == 12)),
                           (uint8_t)(date.month % 12 + 1), 1};
    return pk_date_days(next) - 1;
}

/* From the day of the meeting, as such words are read; from today where it is not known. */
static void list_days(struct completion *completion)
{
    const struct pk_minutes *minutes = completion->minutes;
    struct pk_date from = minutes->date.year ? minutes->date : minutes->today;
    if (!from.year)
        return;
    const struct pk_yaml *words = pk_yaml_get(minutes->language->source, "words");
    int32_t today = pk_date_days(from);
    for (int i = 0; i <= DAYS_OF_WEEK; i++)
        add_day(completion, today + i, i < 3 ? nth(pk_yaml_get(words, "day"), i + 1) : PK_VIEW(""));
    int32_t friday = today - pk_date_weekday(from) + DAYS_OF_WEEK + FRIDAY;
    add_day(completion, friday, pk_label(minutes->language, "next-week"));
    add_day(completion, end_of_month(from), pk_label(minutes->language, "month-end"));
}

/* -- People ---------------------------------------------------------------------------------- */

static void add_name(struct completion *completion, struct pk_view text, struct pk_view note)
{
    if (completion->people.candidate.count >= MOST)
        return;
    for (uint32_t i = 0; i < completion->people.candidate.count; i++)
        if (pk_same_folded(completion->people.candidate.items[i].text, text))
            return;
    if (text.length && !memchr(text.at, '{', text.length))
        *pk_push(completion->arena, &completion->people.candidate) =
            (struct pk_candidate){text, note};
}

static struct pk_view with_at(struct completion *completion, struct pk_view name)
{
    struct pk_buffer out = {.arena = completion->arena};
    pk_putc(&out, '@');
    pk_put(&out, name);
    return pk_written(&out);
}

static bool has_at(const struct pk_minutes *minutes, const struct pk_owner *owner)
{
    return owner->span.start && minutes->blocks.text.at[owner->span.start - 1] == '@';
}

/* Who takes part; then handles; where nobody is named, those who own an item. */
static void list_people(struct completion *completion)
{
    const struct pk_minutes *minutes = completion->minutes;
    uint32_t persons = minutes->person.count < MOST ? minutes->person.count : MOST;
    for (uint32_t i = 0; i < persons; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        add_name(completion, person->name,
                 person->role.length ? person->role : person->organisation);
    }
    for (uint32_t i = 0; i < persons; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        for (uint32_t j = 0; j < person->contact.count; j++)
            if (pk_starts(person->contact.items[j], PK_VIEW("@")))
                add_name(completion, person->contact.items[j], person->name);
    }
    for (uint32_t i = 0; i < minutes->action.count && i < MOST; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        for (uint32_t j = 0; j < action->owner.count; j++) {
            const struct pk_owner *owner = &action->owner.items[j];
            if (has_at(minutes, owner))
                add_name(completion, with_at(completion, owner->name), PK_VIEW(""));
            else if (!persons)
                add_name(completion, owner->name, PK_VIEW(""));
        }
    }
}

/* -- What goes on from what is typed ------------------------------------------------------------
 */

static bool begins(struct completion *completion, struct pk_view text, struct pk_view typed)
{
    return pk_starts(pk_folded(completion->arena, text), pk_folded(completion->arena, typed));
}

/* Does the text, or one of its words, begin with what is typed? */
static bool has_word(struct completion *completion, struct pk_view text, struct pk_view typed)
{
    for (size_t i = 0; i < text.length; i++)
        if ((i == 0 || word_starts(text, i)) && begins(completion, rest_of(text, i), typed))
            return true;
    return false;
}

/* "пятницы" is "пятница": a weekday in any of its forms. */
static bool is_same_weekday(struct completion *completion, struct pk_view note,
                            struct pk_view typed)
{
    const struct pk_words *words = &completion->minutes->library->words;
    const struct pk_phrase *said = pk_words_kind(pk_words_whole(words, typed), PK_WORD_WEEKDAY);
    const struct pk_phrase *day = pk_words_kind(pk_words_whole(words, note), PK_WORD_WEEKDAY);
    return said && day && said->meaning.value == day->meaning.value;
}

/* The candidates that fit the line from `start` on. False: none does. */
static bool take_from(struct completion *completion, const struct pk_candidates *all, size_t start)
{
    struct pk_view typed = rest_of(completion->line, start);
    bool days = all == &completion->days;
    for (uint32_t i = 0; i < all->candidate.count; i++) {
        const struct pk_candidate *candidate = &all->candidate.items[i];
        bool fits = has_word(completion, candidate->text, typed) ||
                    (days && (has_word(completion, candidate->note, typed) ||
                              is_same_weekday(completion, candidate->note, typed)));
        if (fits && !pk_same(candidate->text, typed)) /* an owner being typed is read as one */
            *pk_push(completion->arena, &completion->out->candidate) = *candidate;
    }
    if (!completion->out->candidate.count)
        return false;
    completion->out->start = completion->line_start + (uint32_t)start;
    return true;
}

/* -- Where the cursor is ---------------------------------------------------------------------- */

/* Behind a word of that kind, its colon and blanks; 0: none stands at `at`, or nothing behind. */
static size_t behind_word(struct completion *completion, size_t at, uint16_t kind)
{
    size_t length = 0;
    struct pk_view line = completion->line;
    if (!pk_words_of(&completion->minutes->library->words, rest_of(line, at), (uint16_t)kind,
                     &length))
        return 0;
    size_t end = at + length;
    while (end < line.length && memchr(":*_", line.at[end], 3))
        end++;
    return skip_blanks(line, end) > at + length ? skip_blanks(line, end) : 0;
}

/* "owner: Anna, To": behind the last comma. */
static size_t behind_comma(struct pk_view line, size_t start)
{
    for (size_t i = line.length; i > start; i--)
        if (line.at[i - 1] == ',' || line.at[i - 1] == '&' || line.at[i - 1] == '/')
            return skip_blanks(line, i);
    return start;
}

static bool behind_label(struct completion *completion)
{
    struct pk_view line = completion->line;
    size_t first = line.length > LONGEST ? line.length - LONGEST : 0;
    for (size_t at = line.length; at-- > first;) {
        if (!word_starts(line, at))
            continue;
        size_t due = behind_word(completion, at, PK_WORD_DUE);
        if (due && take_from(completion, &completion->days, due))
            return true;
        size_t owner = behind_word(completion, at, PK_WORD_OWNER);
        if (owner && take_from(completion, &completion->people, behind_comma(line, owner)))
            return true;
    }
    return false;
}

/* The longest end of the line that a name begins with; a blank or sign alone: all names. */
static bool as_name(struct completion *completion)
{
    struct pk_view line = completion->line;
    size_t first = line.length > LONGEST ? line.length - LONGEST : 0;
    for (size_t at = first; at < line.length; at++) {
        bool handle = line.at[at] == '@' && !pk_is_word(char_before(line, at));
        if ((handle || word_starts(line, at)) && take_from(completion, &completion->people, at))
            return true;
    }
    return !pk_is_word(char_before(line, line.length)) &&
           take_from(completion, &completion->people, line.length);
}

/* -- Tables -------------------------------------------------------------------------------------
 */

/* The header above the cursor in a table, and where its cell begins in the line; 0: no table. */
static uint32_t header_above(struct completion *completion, size_t *start)
{
    const struct pk_blocks *blocks = &completion->minutes->blocks;
    const struct pk_block *block = blocks->block.items;
    uint32_t line = pk_line_at(blocks, completion->line_start), table = 0, pipes = 0;
    for (uint32_t i = 1; i < blocks->block.count && block[i].line <= line; i++)
        if (block[i].kind == PK_TABLE && line < block[i].end_line)
            table = i;
    if (!table || block[table + 1].line >= line)
        return 0;
    size_t first = skip_blanks(completion->line, 0);
    for (size_t i = first; i < completion->line.length; i++) {
        if (completion->line.at[i] != '|' || (i && completion->line.at[i - 1] == '\\'))
            continue;
        pipes += i > first;
        *start = skip_blanks(completion->line, i + 1);
    }
    uint32_t cell = table + 2;
    while (pipes-- && cell < block[table + 1].next)
        cell = block[cell].next;
    return cell < block[table + 1].next ? cell : 0;
}

static bool heads(struct completion *completion, uint32_t cell, enum pk_column column)
{
    const struct pk_minutes *minutes = completion->minutes;
    struct pk_flow flow = {0};
    if (pk_flow(completion->arena, &minutes->blocks, cell, &flow) != PK_OK)
        return false;
    struct pk_view title = pk_bare_title(minutes->library, flow.text);
    const struct pk_phrase *phrase =
        pk_words_kind(pk_words_whole(&minutes->library->words, title), PK_WORD_COLUMN);
    for (; phrase; phrase = pk_words_kind(pk_words_again(phrase), PK_WORD_COLUMN))
        if (phrase->meaning.value == column)
            return true;
    return false;
}

/* True: the column says what its cells hold. */
static bool in_column(struct completion *completion)
{
    size_t start = 0;
    uint32_t cell = header_above(completion, &start);
    if (!cell)
        return false;
    bool owner = heads(completion, cell, PK_COLUMN_OWNER);
    bool due = !owner && heads(completion, cell, PK_COLUMN_DUE);
    if (owner)
        take_from(completion, &completion->people, behind_comma(completion->line, start));
    else if (due && !take_from(completion, &completion->days, start))
        behind_label(completion);
    return owner || due;
}

void pk_complete(const struct pk_minutes *minutes, uint32_t cursor, struct pk_candidates *out)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    if (cursor > blocks->text.length)
        cursor = (uint32_t)blocks->text.length;
    struct completion completion = {.minutes = minutes, .arena = minutes->arena, .out = out};
    completion.line_start = blocks->line.items[pk_line_at(blocks, cursor)];
    completion.line = pk_view_part(blocks->text, completion.line_start, cursor);
    *out = (struct pk_candidates){.start = cursor};
    list_days(&completion);
    list_people(&completion);
    if (!in_column(&completion) && !behind_label(&completion))
        as_name(&completion);
}
