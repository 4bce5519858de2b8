/* toggle_row.c - write a table's row's state into its cells, as its other rows have it. */
#include "write/toggling.h"

/* One cell: its words, and what lies between its pipes. */
struct cell {
    struct pk_span words, inside;
    uint32_t number; /* in its row, from 0 */
};

static const struct pk_block *block_of(const struct subject *subject, uint32_t block)
{
    return &subject->minutes->blocks.block.items[block];
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static struct cell cell_of(const struct subject *subject, struct pk_span words, uint32_t number)
{
    struct pk_view text = subject->minutes->blocks.text;
    struct cell cell = {words, words, number};
    while (cell.inside.start > 0 && is_blank(text.at[cell.inside.start - 1]))
        cell.inside.start--;
    while (cell.inside.end < text.length && is_blank(text.at[cell.inside.end]))
        cell.inside.end++;
    return cell;
}

static struct pk_view words_of(const struct subject *subject, struct pk_span span)
{
    return pk_slice(subject->minutes->blocks.text, span);
}

/* The n-th cell of a row. False: the row is shorter. */
static bool cell_at(const struct subject *subject, uint32_t row, uint32_t number, struct cell *cell)
{
    uint32_t end = block_of(subject, row)->next, at = row + 1;
    for (uint32_t i = 0; i < number && at < end; i++)
        at = block_of(subject, at)->next;
    if (at >= end)
        return false;
    *cell = cell_of(subject, block_of(subject, at)->span, number);
    return true;
}

static uint32_t number_of(const struct subject *subject, uint32_t row, struct pk_span words)
{
    uint32_t end = block_of(subject, row)->next, number = 0;
    for (uint32_t at = row + 1; at < end; at = block_of(subject, at)->next, number++)
        if (block_of(subject, at)->span.end >= words.start)
            break;
    return number;
}

/* -- Putting words into a cell -- */

static size_t column_of(const struct subject *subject, uint32_t offset)
{
    const struct pk_blocks *blocks = &subject->minutes->blocks;
    uint32_t start = blocks->line.items[pk_line_at(blocks, offset)];
    return pk_codepoints(pk_view_part(blocks->text, start, offset));
}

/* Does the cell end below the end of its header? Then somebody keeps the columns straight. */
static bool is_aligned(const struct subject *subject, const struct cell *cell)
{
    struct cell header;
    uint32_t table = block_of(subject, subject->block)->parent;
    return cell_at(subject, table + 1, cell->number, &header) &&
           column_of(subject, header.inside.end) == column_of(subject, cell->inside.end);
}

static bool is_closed(const struct subject *subject, const struct cell *cell)
{
    struct pk_view text = subject->minutes->blocks.text;
    return cell->inside.end < text.length && text.at[cell->inside.end] == '|';
}

/* Blanks to stand behind the words, so that aligned columns stay so. */
static size_t blanks_behind(const struct subject *subject, const struct cell *cell, size_t lead,
                            struct pk_view words)
{
    size_t width = pk_codepoints(words_of(subject, cell->inside));
    size_t used = lead + pk_codepoints(words);
    if (!is_closed(subject, cell))
        return 0;
    if (is_aligned(subject, cell))
        return width > used ? width - used : 1;
    bool empty = cell->words.start == cell->words.end;
    return empty ? 1 : cell->inside.end - cell->words.end;
}

static void put_words(struct subject *subject, const struct cell *cell, struct pk_view words)
{
    struct pk_view text = subject->minutes->blocks.text;
    bool empty = cell->words.start == cell->words.end;
    struct pk_span span = {empty ? cell->inside.start : cell->words.start, cell->inside.end};
    struct pk_buffer out = {.arena = subject->minutes->arena};
    size_t lead = empty ? 1 : cell->words.start - cell->inside.start;
    size_t behind = blanks_behind(subject, cell, lead, words);
    if (pk_same(words_of(subject, cell->words), words))
        return;
    if (!words.length && is_closed(subject, cell) && !is_aligned(subject, cell)) {
        pk_edit_to(subject, cell->inside, PK_VIEW(" "));
        return;
    }
    if (empty)
        pk_putc(&out, ' ');
    pk_put(&out, words);
    while (behind--)
        pk_putc(&out, ' ');
    /* Blanks that stay are no part of the edit. */
    while (span.end > span.start && is_blank(text.at[span.end - 1]) && out.length &&
           out.bytes[out.length - 1] == ' ') {
        span.end--;
        out.length--;
    }
    pk_edit_to(subject, span, pk_written(&out));
}

/* -- The state -- */

static bool heads_done(const struct subject *subject, const struct cell *cell)
{
    struct cell header;
    uint32_t table = block_of(subject, subject->block)->parent;
    if (!cell_at(subject, table + 1, cell->number, &header))
        return false;
    struct pk_view words = words_of(subject, header.words);
    const struct pk_words *known = &subject->minutes->library->words;
    return pk_words_kind(pk_words_whole(known, words), PK_WORD_DONE) != NULL;
}

/* Signs for the states, as cells have them. */
static bool sign_for(struct pk_view words, enum pk_state to, struct pk_view *sign)
{
    static const char *const signs[][3] = {
        {"[ ]", "[x]", "[-]"},
        {"[]", "[x]", "[-]"},
        {"\xE2\x98\x90", "\xE2\x98\x91", "-"}, /* ☐ ☑ */
        {"\xE2\x9D\x8C", "\xE2\x9C\x85", "-"}, /* ❌ ✅ */
        {"", "\xE2\x9C\x93", "-"},             /* ✓ */
        {"", "\xE2\x9C\x94", "-"},             /* ✔ */
        {"", "x", "-"},
        {"", "X", "-"},
    };
    for (size_t i = 0; words.length && i < sizeof signs / sizeof *signs; i++)
        for (int j = 0; j < 3; j++)
            if (pk_is(words, signs[i][j]) && signs[i][to]) {
                *sign = pk_view_of(signs[i][to]);
                return true;
            }
    return false;
}

/* The language in which the words mean that, the document's own before others; NULL: none. */
static const struct pk_language *language_in(const struct subject *subject, struct pk_view words,
                                             enum pk_word_kind kind)
{
    const struct pk_library *library = subject->minutes->library;
    const struct pk_language *found = NULL;
    const struct pk_phrase *phrase = pk_words_whole(&library->words, words);
    for (; phrase; phrase = pk_words_again(phrase)) {
        const struct pk_language *language = &library->language.items[phrase->meaning.language];
        if (phrase->meaning.kind == kind && (!found || language == subject->minutes->language))
            found = language;
    }
    return found;
}

/* Of the word that stands there, of the column's header, of the document. */
static const struct pk_language *language_of(const struct subject *subject, const struct cell *cell)
{
    static const enum pk_word_kind kinds[] = {PK_WORD_OPEN, PK_WORD_DONE, PK_WORD_CANCELLED};
    struct cell header;
    uint32_t table = block_of(subject, subject->block)->parent;
    const struct pk_language *found =
        language_in(subject, words_of(subject, cell->words), kinds[subject->from]);
    if (!found && cell_at(subject, table + 1, cell->number, &header))
        found = language_in(subject, words_of(subject, header.words), PK_WORD_COLUMN);
    return found ? found : subject->minutes->language;
}

/* "waiting for the supplier's drawings": more than a state's few words, not to be written over. */
static bool is_told(struct pk_view words)
{
    enum { LONGEST = 24 /* code points */ };
    return pk_codepoints(words) > LONGEST;
}

static struct pk_view state_in_cell(const struct subject *subject, const struct cell *cell)
{
    struct pk_view now = words_of(subject, cell->words), sign;
    const struct pk_action *like = pk_row_like(subject, subject->to);
    if (like && is_told(words_of(subject, like->box)))
        like = NULL;
    if (like && like->stamp.year && subject->minutes->today.year)
        return pk_day_like(subject->minutes, subject->minutes->today, words_of(subject, like->box));
    if (like && !like->stamp.year)
        return words_of(subject, like->box);
    if (sign_for(now, subject->to, &sign))
        return sign;
    if (heads_done(subject, cell) && subject->to != PK_CANCELLED)
        return subject->to == PK_DONE ? PK_VIEW("x") : PK_VIEW("");
    return pk_state_word(language_of(subject, cell), subject->to);
}

/* -- The day, in a column of such -- */

/* Figures of the sample, and the signs between them; false: it is written otherwise. */
struct figures {
    size_t digits[3];
    uint32_t number[3];
    char between[2];
};

static bool read_figures(struct pk_view sample, struct figures *figures)
{
    size_t at = 0;
    *figures = (struct figures){0};
    for (int i = 0; i < 3; i++) {
        while (at < sample.length && sample.at[at] >= '0' && sample.at[at] <= '9') {
            figures->number[i] = figures->number[i] * 10 + (uint32_t)(sample.at[at++] - '0');
            figures->digits[i]++;
        }
        if (!figures->digits[i] || figures->digits[i] > 4)
            return false;
        if (i < 2 && at < sample.length)
            figures->between[i] = sample.at[at++];
    }
    return at == sample.length;
}

/* Does the header begin with a word for what is done: "Done on", "Erledigt am"? */
static bool heads_day(const struct subject *subject, uint32_t number)
{
    struct cell header;
    size_t length;
    uint32_t table = block_of(subject, subject->block)->parent;
    const struct pk_words *known = &subject->minutes->library->words;
    return cell_at(subject, table + 1, number, &header) &&
           pk_words_of(known, words_of(subject, header.words), PK_WORD_DONE, &length);
}

struct pk_day_cell pk_day_cell_of(const struct pk_minutes *minutes, const struct pk_action *action,
                                  uint32_t cell)
{
    struct pk_span span = minutes->blocks.block.items[cell].span;
    struct pk_view words = pk_slice(minutes->blocks.text, span);
    struct figures figures;
    bool day = read_figures(words, &figures), none = !words.length || pk_is(words, "-");
    bool open = action->state == PK_OPEN, due = span.start == action->due_span.start;
    return (struct pk_day_cell){.day = day ? words : PK_VIEW(""),
                                .other = !none && (!day || open || due),
                                .blank = none && open};
}

/* Is this a column in which the other rows that are done have a day, and open ones nothing? */
static bool is_of_days(const struct subject *subject, uint32_t number, uint32_t block,
                       struct pk_view *sample)
{
    const struct pk_day_column *column = pk_day_column_of(subject, number);
    struct pk_day_cell own = pk_day_cell_of(subject->minutes, subject->action, block);
    if (!column || column->others > own.other)
        return false;
    bool last = own.day.length && own.day.at == column->last.at;
    *sample = last ? column->before_last : column->last;
    return sample->length && (column->blanks > own.blank || heads_day(subject, number));
}

static void put_day(struct subject *subject, uint32_t status)
{
    struct figures figures;
    struct pk_view sample;
    uint32_t end = block_of(subject, subject->block)->next, number = 0;
    for (uint32_t at = subject->block + 1; at < end; at = block_of(subject, at)->next, number++) {
        struct cell cell = cell_of(subject, block_of(subject, at)->span, number);
        struct pk_view now = words_of(subject, cell.words);
        bool day = read_figures(now, &figures);
        if (number == status || (now.length && !day && !pk_is(now, "-")) ||
            !is_of_days(subject, number, at, &sample))
            continue;
        if (subject->to == PK_DONE && !day && subject->minutes->today.year)
            put_words(subject, &cell,
                      pk_day_like(subject->minutes, subject->minutes->today, sample));
        else if (subject->from == PK_DONE && day)
            put_words(subject, &cell, PK_VIEW(""));
        return;
    }
}

void pk_toggle_row(struct subject *subject)
{
    struct pk_span box = subject->action->box;
    struct cell cell = cell_of(subject, box, number_of(subject, subject->block, box));
    struct pk_view state = state_in_cell(subject, &cell);
    if (is_told(words_of(subject, box))) {
        struct pk_buffer out = {.arena = subject->minutes->arena};
        pk_put(&out, state);
        pk_puts(&out, state.length ? "; " : "");
        pk_edit_to(subject, (struct pk_span){box.start, box.start}, pk_written(&out));
    } else {
        put_words(subject, &cell, state);
    }
    put_day(subject, cell.number);
}

struct pk_view pk_day_like(const struct pk_minutes *minutes, struct pk_date day,
                           struct pk_view sample)
{
    struct figures like;
    struct pk_buffer out = {.arena = minutes->arena};
    if (!read_figures(sample, &like)) {
        pk_date_write(&out, day);
        return pk_written(&out);
    }
    bool year_first = like.digits[0] == 4;
    bool month_first = minutes->language->date_order == PK_MONTH_FIRST && like.between[0] == '/' &&
                       like.number[0] <= 12;
    unsigned part[3] = {day.day, day.month, (unsigned)day.year};
    if (year_first || month_first) {
        part[0] = year_first ? (unsigned)day.year : day.month;
        part[1] = year_first ? day.month : day.day;
        part[2] = year_first ? day.day : (unsigned)day.year;
    }
    bool narrow = like.digits[0] == 1 || like.digits[1] == 1 || like.digits[2] == 1;
    for (int i = 0; i < 3; i++) {
        bool year = part[i] == (unsigned)day.year;
        bool wide = year || !narrow;
        pk_putf(&out, wide ? "%02u" : "%u", year && like.digits[i] == 2 ? part[i] % 100 : part[i]);
        if (i < 2)
            pk_putc(&out, like.between[i]);
    }
    return pk_written(&out);
}
