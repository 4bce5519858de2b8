/* promise.c - the sentences in which somebody takes something on: "Anna will ...". */
#include "read/read.h"

#include <string.h>

enum { NARROWEST = 60 /* letters of a line: nobody breaks them shorter for room's sake */ };

/* -- Sentences, and lines that stand for one ------------------------------------------ */

static struct pk_view line_of(const struct pk_reader *reader, uint32_t leaf, uint32_t line)
{
    const struct pk_blocks *blocks = &reader->minutes->blocks;
    return pk_slice(blocks->text, blocks->segment.items[pk_block_of(reader, leaf)->segment + line]);
}

static bool holds_link(struct pk_view line)
{
    const char *at = line.at, *end = line.at + line.length, *colon;
    for (; end - at > 2 && (colon = memchr(at, ':', (size_t)(end - at - 2))); at = colon + 1) {
        if (colon[1] == '/' && colon[2] == '/')
            return true;
    }
    return false;
}

/* Code points of a line, eight bytes at a time: all but the bytes that go on with one. */
static uint32_t letters_of(struct pk_view line)
{
    static const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t inner = 0, at = 0;
    for (uint64_t bytes; at + sizeof bytes <= line.length; at += sizeof bytes) {
        memcpy(&bytes, line.at + at, sizeof bytes);
        inner += (bytes >> 7 & ~bytes >> 6 & ones) * ones >> 56;
    }
    for (; at < line.length; at++)
        inner += ((unsigned char)line.at[at] & 0xC0) == 0x80;
    return (uint32_t)(line.length - inner);
}

/* How wide the author writes: letters of the longest line, those with links aside. */
static uint32_t width_of(struct pk_reader *reader)
{
    uint32_t widest = reader->width, count = widest ? 0 : reader->minutes->blocks.block.count;
    for (uint32_t i = 1; i < count; i++) {
        const struct pk_block *block = pk_block_of(reader, i);
        for (uint32_t line = 0; block->kind == PK_PARAGRAPH && line < block->segment_count;
             line++) {
            struct pk_view words = line_of(reader, i, line);
            if (words.length > widest && !holds_link(words)) {
                uint32_t letters = letters_of(words);
                widest = letters > widest ? letters : widest;
            }
        }
    }
    if (widest < NARROWEST)
        widest = NARROWEST;
    return reader->width = widest;
}

/* A line that ends although the next word would have found room on it ends on purpose. */
static bool ends_on_purpose(struct pk_reader *reader, uint32_t leaf, uint32_t line)
{
    struct pk_view words = line_of(reader, leaf, line), next = line_of(reader, leaf, line + 1);
    size_t first = 0;
    while (first < next.length && next.at[first] != ' ')
        first++;
    return letters_of(words) + 1 + letters_of(pk_view_part(next, 0, first)) <= width_of(reader);
}

static size_t end_of_lines(struct pk_promises *all)
{
    uint32_t count = pk_block_of(all->reader, all->leaf)->segment_count;
    while (all->line + 1 < count && !ends_on_purpose(all->reader, all->leaf, all->line))
        all->line++;
    if (all->line + 1 >= count)
        return all->range.end;
    struct pk_range line = pk_flow_line(all->reader, all->leaf, all->flow, all->line++);
    return line.end < all->range.end ? line.end : all->range.end;
}

static bool next_sentence(struct pk_promises *all, struct pk_range *sentence)
{
    if (!all->line_end)
        all->from = all->range.start;
    while (all->line_end < all->range.end || all->from < all->line_end) {
        if (all->from >= all->line_end) {
            all->line_end = end_of_lines(all);
            continue;
        }
        struct pk_view text = pk_view_part(all->flow->text, 0, all->line_end);
        if (pk_sentence(all->reader->minutes, text, &all->from, &sentence->start, &sentence->end))
            return true;
        all->from = all->line_end;
    }
    return false;
}

/* -- Where in a sentence -------------------------------------------------------------- */

static bool is_blank_at(struct pk_view text, size_t at)
{
    return at >= text.length || text.at[at] == ' ' || text.at[at] == '\n';
}

/* Behind the sign at `at` if a clause may start there: ", ", "; ", ": ", " - ", ") ", "(". */
static size_t behind_joint(struct pk_view text, size_t at)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    bool dash = pk_is_dash(sign) && at && is_blank_at(text, at - 1);
    if (sign == '(')
        return at + 1;
    if (!dash && sign != ',' && sign != ';' && sign != ':' && sign != ')')
        return 0;
    return is_blank_at(text, at + width) ? pk_skip_blanks(text, at + width) : 0;
}

static size_t closing_at(struct pk_view text, size_t at, size_t limit)
{
    enum { LONGEST = 400 };
    limit = limit > at + LONGEST ? at + LONGEST : limit;
    while (at < limit && text.at[at] != ')')
        at++;
    return at;
}

/* Somebody we know, or at least what only people do: "Bert will try to". */
static enum pk_named takes_on_inside(const struct pk_promises *all, struct pk_range clause)
{
    const struct pk_reader *reader = all->reader;
    struct pk_view text = pk_view_part(all->flow->text, 0, clause.end);
    size_t end;
    struct pk_item item = {.flow = all->flow, .range = clause};
    enum pk_named named = pk_starts_promise(reader, &item);
    if (named != PK_MAYBE_NAME)
        return named;
    pk_name_at(reader, text, clause.start, &end);
    struct pk_will will = pk_will_at(reader, text, pk_skip_blanks(text, end));
    return will.promises && will.several ? PK_MAYBE_NAME : PK_NO_NAME;
}

/* A clause inside the sentence: "The price is open, Nele will ask." */
static enum pk_named find_clause(const struct pk_promises *all, struct pk_range sentence,
                                 struct pk_range *clause)
{
    static const unsigned joints = PK_AT_JOINT | PK_AT_SIGN; /* dashes are of these */
    struct pk_view text = all->flow->text;
    struct pk_view part = pk_view_part(text, 0, sentence.end);
    for (size_t at = pk_next_spot(all->reader, part, sentence.start, 0, joints);
         at + 1 < sentence.end; at = pk_next_spot(all->reader, part, at + 1, 0, joints)) {
        size_t start = behind_joint(text, at), end;
        if (!start || start >= sentence.end)
            continue;
        if (!pk_name_at(all->reader, text, start, &end))
            continue;
        end = text.at[at] == '(' ? closing_at(text, start, sentence.end) : sentence.end;
        *clause = (struct pk_range){start, end};
        enum pk_named named = takes_on_inside(all, *clause);
        if (named)
            return named;
    }
    return PK_NO_NAME;
}

/* "Until Friday Anna will ...", "Bis Freitag schreibt Anna ...": a due date goes first. */
static bool starts_with_date(const struct pk_promises *all, struct pk_range sentence)
{
    const struct pk_reader *reader = all->reader;
    struct pk_view text = pk_view_part(all->flow->text, 0, sentence.end);
    struct pk_when when = {0};
    size_t end = sentence.start;
    bool opened = pk_phrase_at(reader, text, sentence.start, PK_WORD_DUE, &end);
    if (opened)
        when.opener = PK_UNTIL;
    if (!(opened && pk_when_at(reader, text, pk_skip_blanks(text, end), &when)) &&
        !pk_when_at(reader, text, sentence.start, &when))
        return false;
    size_t next = pk_skip_blanks(text, when.whole.end);
    if (pk_does_at(reader, text, next) || pk_will_at(reader, text, next).verb) {
        size_t name = pk_skip_blanks(text, pk_word_end(text, next));
        return pk_name_at(reader, text, name, &end) >= PK_HEARD_NAME;
    }
    struct pk_item item = {.flow = all->flow, .range = {next, sentence.end}};
    return pk_starts_promise(reader, &item) >= PK_HEARD_NAME;
}

/* -- "Order the chairs (Anna)", "the chairs - Anna" ----------------------------------- */

/* "said", "done": a word that tells of something. */
static bool tells_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    enum pk_will_value verb = pk_verb_at(reader, text, at);
    return verb == PK_TELLS || verb == PK_BE;
}

/* May these words be a task? Three words at least, none of which tells what was or is. */
static bool may_be_task(const struct pk_reader *reader, struct pk_view text, struct pk_range range)
{
    uint32_t words = 0;
    size_t width;
    for (size_t at = range.start; at < range.end; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        if (!pk_is_letter(sign) || !pk_word_starts(text, at))
            continue;
        bool may_tell = !words || pk_kinds_at(reader, text, at) & UINT64_C(1) << PK_WORD_WILL;
        if (may_tell && tells_at(reader, text, at))
            return false;
        words++;
    }
    return words >= 3;
}

/* Does the item it stands in tell of what was done? "Finished last week:" */
static bool is_told_of(const struct pk_promises *all)
{
    struct pk_reader *reader = all->reader;
    uint32_t item = pk_inside(reader, all->leaf, PK_ITEM);
    uint32_t outer =
        pk_inside(reader, pk_block_of(reader, pk_block_of(reader, item)->parent)->parent, PK_ITEM);
    uint32_t paragraph = outer ? pk_first_paragraph(reader, outer) : 0;
    if (!paragraph)
        return false;
    struct pk_view text = pk_flow_of(reader, paragraph)->text;
    size_t width;
    for (size_t at = 0; at < text.length; at += width) {
        if (!pk_is_letter(pk_char_at(text, at, &width)) || !pk_word_starts(text, at))
            continue;
        if (tells_at(reader, text, at))
            return true;
    }
    return false;
}

static bool is_signed_task(const struct pk_promises *all, struct pk_range sentence)
{
    size_t end = all->entry ? pk_is_signed(all->reader, all->flow, sentence) : 0;
    return end && !is_told_of(all) &&
           may_be_task(all->reader, all->flow->text, (struct pk_range){sentence.start, end});
}

/* -- All of them ---------------------------------------------------------------------- */

/* "And will ask the printer", behind a sentence that says who. */
static bool goes_on(const struct pk_promises *all, struct pk_range sentence)
{
    struct pk_view text = pk_view_part(all->flow->text, 0, sentence.end);
    size_t behind;
    if (!all->promised || !pk_phrase_at(all->reader, text, sentence.start, PK_WORD_AND, &behind))
        return false;
    behind = pk_skip_blanks(text, behind);
    return pk_does_at(all->reader, text, behind) || pk_will_at(all->reader, text, behind).verb;
}

bool pk_next_promise(struct pk_promises *all, struct pk_promise *found)
{
    struct pk_view text = all->flow->text;
    struct pk_range sentence;
    while (next_sentence(all, &sentence)) {
        bool before = all->promised;
        all->promised = false;
        if (text.at[sentence.end - 1] == '?')
            continue;
        *found = (struct pk_promise){.range = sentence, .item = {.flow = all->flow}};
        found->item.range = sentence;
        pk_state_in_words(all->reader, &found->item); /* "... (Jonas) (done)." */
        found->item.cuts = 0;                         /* whoever takes it apart finds that again */
        found->named = pk_takes_on(all->reader, &found->item);
        if (!found->named && starts_with_date(all, sentence))
            found->named = PK_SURE_NAME;
        if (!found->named && is_signed_task(all, sentence))
            found->named = PK_SURE_NAME;
        if (!found->named) {
            struct pk_range clause;
            found->named = find_clause(all, sentence, &clause);
            found->range = found->named ? clause : sentence;
        }
        if (found->named && text.at[found->range.start] == '[' &&
            text.at[found->range.end - 1] == ']')
            found->range.end--; /* "[Anna: to ask]" */
        all->promised = before;
        found->goes_on = !found->named && goes_on(all, sentence);
        all->promised = found->named || found->goes_on;
        if (all->promised)
            return true;
    }
    return false;
}
