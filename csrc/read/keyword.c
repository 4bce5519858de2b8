/* keyword.c - words that open an action, a decision, a question or a risk: "ACTION - Anna:",
 * "TODO", "Beschluss:", "Risk:". */
#include "read/read.h"

enum { LONGEST_NAME = 80 /* bytes */ };

static uint32_t sign_at(struct pk_view text, size_t at)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    return width ? sign : 0;
}

static void own(struct pk_item *item, const struct pk_range *names, uint32_t count)
{
    for (uint32_t i = 0; item && i < count && item->owners < PK_MOST_OWNERS; i++)
        item->owner[item->owners++] = names[i];
}

static bool is_shouted(struct pk_view word)
{
    size_t width, letters = 0;
    for (size_t i = 0; i < word.length; i += width) {
        uint32_t codepoint = pk_char_at(word, i, &width);
        if (pk_is_letter(codepoint) && !pk_is_upper(codepoint))
            return false;
        letters += pk_is_letter(codepoint);
    }
    return letters > 3;
}

/* Behind closing brackets, colons and dashes: where what was opened begins. */
static size_t behind_joint(struct pk_view text, size_t at)
{
    size_t width;
    for (; at < text.length; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        if (sign != ']' && sign != ')' && sign != ':' && sign != 0xFF1A && !pk_is_dash(sign) &&
            !pk_is_space(sign))
            break;
    }
    return at;
}

/* "[BS]", "(Anna, Bob)" or "Anna:" behind the keyword; 0: none. */
static size_t behind_names(const struct pk_reader *reader, struct pk_view text, size_t at,
                           bool bracketed, struct pk_item *item)
{
    size_t end, next = pk_skip_blanks(text, at);
    uint32_t sign = sign_at(text, next), count;
    bool opens = sign == '[' || sign == '(';
    if (pk_is_dash(sign) && bracketed)
        next = behind_joint(text, next);
    struct pk_range names[PK_MOST_OWNERS];
    if (!pk_names_at(reader, text, next + opens, text.length, names, PK_MOST_OWNERS, &count, &end))
        return 0;
    uint32_t behind = sign_at(text, end);
    bool closed = behind == ']' || behind == ')';
    if (behind != ':' && behind != 0xFF1A && !(closed && (opens || bracketed)))
        return 0;
    own(item, names, count);
    return behind_joint(text, end);
}

/* What the keyword that ends at `end` opens begins here; 0: it opens nothing. */
static size_t content_start(const struct pk_reader *reader, struct pk_view text,
                            struct pk_range keyword, uint32_t before, struct pk_item *item)
{
    bool bracketed = before == '[' || before == '(';
    struct pk_view word = pk_view_part(text, keyword.start, keyword.end);
    size_t names = behind_names(reader, text, keyword.end, bracketed, item);
    if (names)
        return names;
    size_t width, next = pk_skip_blanks(text, keyword.end);
    uint32_t sign = pk_char_at(text, next, &width);
    if (sign == ':' || sign == 0xFF1A || (bracketed && (sign == ']' || sign == ')')))
        return behind_joint(text, next + width);
    if (pk_is_dash(sign) && (next > keyword.end || !(sign_at(text, next + width) - '0' < 10)))
        return next + width < text.length && pk_is_space(sign_at(text, next + width))
                   ? behind_joint(text, next)
                   : 0;
    if (next == keyword.end || next >= text.length)
        return 0;
    if (before == '#' || is_shouted(word))
        return next;
    /* "Поручить Петрову ...": an infinitive that opens by itself, with names behind it */
    struct pk_range names_range[PK_MOST_OWNERS];
    uint32_t count;
    size_t end;
    if (pk_is_cyrillic(sign_at(text, keyword.start)) &&
        pk_names_at(reader, text, next, text.length, names_range, PK_MOST_OWNERS, &count, &end)) {
        own(item, names_range, count);
        return pk_skip_blanks(text, end);
    }
    return 0;
}

/* "Plans for next week: ...": by when, in the words that open the item. */
static void take_period(const struct pk_reader *reader, struct pk_view text,
                        struct pk_range keyword, struct pk_item *item)
{
    struct pk_view part = pk_view_part(text, 0, keyword.end);
    size_t next = pk_word_end(part, keyword.start);
    for (next = pk_skip_blanks(part, next); item && next < part.length;
         next = pk_skip_blanks(part, pk_word_end(part, next))) {
        struct pk_when when = {0};
        if (pk_when_at(reader, part, next, &when) && when.words.end == part.length) {
            item->when = when;
            return;
        }
        if (!pk_is_word(sign_at(part, next)))
            return;
    }
}

/* "Решено задать ...", "Решили не менять ...", "Договорились, что ...": where that begins; 0: no
 * such thing stands there. */
static size_t decided_at(const struct pk_reader *reader, struct pk_view text, size_t end)
{
    size_t next = pk_skip_blanks(text, end), verb;
    struct pk_view rest = pk_view_part(text, next, text.length);
    static const struct pk_view that = {", что ", sizeof ", что " - 1},
                                not_to = {"не ", sizeof "не " - 1};
    if (pk_starts(rest, that))
        return pk_skip_blanks(text, next + that.length);
    if (next == end)
        return 0;
    verb = pk_starts(rest, not_to) ? pk_skip_blanks(text, next + not_to.length) : next;
    return pk_infinitive_at(reader, text, verb) ? next : 0;
}

/* "Решение по вопросу № 1: ...": behind the number, or `at` itself. */
static size_t behind_question(struct pk_view text, size_t at)
{
    enum { LONGEST = 40 /* bytes */ };
    static const uint32_t numero = 0x2116;
    size_t end = at;
    uint32_t sign = sign_at(text, at);
    if (sign != numero && sign - '0' >= 10)
        return at;
    while (end < text.length && end < at + LONGEST && text.at[end] != ':')
        end++;
    return end < text.length && text.at[end] == ':' ? behind_joint(text, end) : at;
}

size_t pk_opened_by(const struct pk_reader *reader, const struct pk_flow *flow,
                    struct pk_range range, enum pk_word_kind kind, struct pk_item *item)
{
    struct pk_view text = pk_view_part(flow->text, 0, range.end);
    size_t at = range.start, end;
    uint32_t before = 0;
    struct pk_view rest = pk_view_part(text, at, text.length);
    if (pk_starts(rest, PK_VIEW("[name="))) { /* a signature: HackMD */
        size_t name = at + 6;
        while (at < text.length && at < name + LONGEST_NAME && text.at[at] != ']')
            at++;
        own(item, &(struct pk_range){name, at}, 1);
        at = pk_skip_blanks(text, at + 1);
    }
    while (at < text.length &&
           (text.at[at] == '[' || text.at[at] == '(' || text.at[at] == '#' || text.at[at] == '*'))
        before = (unsigned char)text.at[at++];
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, kind, &end);
    if (!phrase || (pk_flow_style(flow, at) & PK_CODE_SPAN && end < text.length))
        return 0;
    bool several = false;
    for (size_t i = 0; i < phrase->folded.length; i++)
        several = several || phrase->folded.at[i] == ' ';
    size_t start = content_start(reader, text, (struct pk_range){at, end}, before, item);
    if (!start && several && kind == PK_WORD_DECISION && pk_is_space(sign_at(text, end)))
        start = behind_question(text, pk_skip_blanks(text, end));
    if (!start && kind == PK_WORD_DECISION && pk_is_cyrillic(sign_at(text, at)))
        start = decided_at(reader, text, end);
    if (start && several)
        take_period(reader, text, (struct pk_range){at, end}, item);
    return start < range.end ? start : 0;
}

/* -- One after another -- */

static const uint64_t openers = PK_KIND(PK_WORD_ACTION) | PK_KIND(PK_WORD_DECISION) |
                                PK_KIND(PK_WORD_QUESTION) | PK_KIND(PK_WORD_RISK);

static void step_sentence(struct pk_openings *all)
{
    struct pk_view text = pk_view_part(all->flow->text, 0, all->range.end);
    size_t end;
    if (!pk_sentence(all->reader->minutes, text, &all->behind, &all->sentence, &end))
        all->sentence = SIZE_MAX;
}

static size_t line_start(const struct pk_openings *all)
{
    if (all->line >= pk_block_of(all->reader, all->leaf)->segment_count)
        return SIZE_MAX;
    return pk_flow_line(all->reader, all->leaf, all->flow, all->line).start;
}

static void begin(struct pk_openings *all)
{
    struct pk_view text = pk_view_part(all->flow->text, 0, all->range.end);
    all->begun = true;
    all->word = pk_next_spot(all->reader, text, all->range.start, openers, 0);
    all->behind = all->range.start;
    step_sentence(all);
    while (line_start(all) < all->range.start)
        all->line++;
}

/* The next start of a sentence or of a line; SIZE_MAX: none is left. */
static size_t next_place(struct pk_openings *all, bool *of_sentence)
{
    size_t line = line_start(all), place = line < all->sentence ? line : all->sentence;
    *of_sentence = place == all->sentence;
    if (place >= all->range.end)
        return SIZE_MAX;
    if (place == all->sentence)
        step_sentence(all);
    if (place == line)
        all->line++;
    return place;
}

enum pk_word_kind pk_marked_as_point(const struct pk_reader *reader, const struct pk_flow *flow,
                                     struct pk_range range, size_t *content)
{
    static const enum pk_word_kind kinds[] = {PK_WORD_QUESTION, PK_WORD_RISK};
    size_t width;
    range = pk_trim_range(flow->text, range);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        *content = pk_opened_by(reader, flow, range, kinds[i], NULL);
        /* "RISK is high" only speaks of it */
        for (size_t at = range.start; at < *content; at += width) {
            uint32_t sign = pk_char_at(flow->text, at, &width);
            if (!pk_is_word(sign) && !pk_is_space(sign) && sign != '#')
                return kinds[i];
        }
    }
    return (enum pk_word_kind)0;
}

static bool has_colon(struct pk_view opening)
{
    static const char wide[] = "\uFF1A";
    for (size_t i = 0; i < opening.length; i++)
        if (opening.at[i] == ':' ||
            pk_starts(pk_view_part(opening, i, opening.length), PK_VIEW(wide)))
            return true;
    return false;
}

bool pk_may_open(const struct pk_reader *reader, const struct pk_flow *flow)
{
    return pk_kinds_in(reader, flow->text) & openers;
}

bool pk_next_opening(struct pk_openings *all, struct pk_opening *out)
{
    static const enum pk_word_kind kinds[] = {PK_WORD_ACTION, PK_WORD_DECISION};
    struct pk_view text = pk_view_part(all->flow->text, 0, all->range.end);
    bool of_sentence;
    size_t width;
    if (!all->begun)
        begin(all);
    for (size_t at; (at = next_place(all, &of_sentence)) != SIZE_MAX;) {
        if (all->word < at)
            all->word = pk_next_spot(all->reader, text, at, openers, 0);
        if (all->word == text.length)
            return false;
        if (all->word > at && pk_is_word(pk_char_at(text, at, &width)))
            continue;
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            *out = (struct pk_opening){.kind = kinds[i], .start = at};
            struct pk_range rest = {at, all->range.end};
            out->content = pk_opened_by(all->reader, all->flow, rest, kinds[i], &out->item);
            struct pk_view opening = pk_view_part(all->flow->text, at, out->content);
            if (out->content && (of_sentence || has_colon(opening)))
                return true;
        }
        struct pk_range rest = {at, all->range.end};
        out->kind = pk_marked_as_point(all->reader, all->flow, rest, &out->content);
        if (out->kind)
            return true;
    }
    return false;
}
