/* tone_shouting.c - nothing is shouted: no words in capitals, no rows of exclamation marks. */
#include "lint/lint.h"

/* A row of words in capitals, while it lasts. */
struct row {
    size_t start, end;
    uint32_t words, letters;
    bool common; /* one of them is a frequent small word: these are no abbreviations */
};

enum { FEWEST_WORDS = 4, FEWEST_LETTERS = 15, FEWEST_MARKS = 3 };

static bool is_common(const struct pk_minutes *minutes, struct pk_view word)
{
    const struct pk_phrase *phrase =
        pk_words_whole_of(&minutes->library->words, word, PK_WORD_COMMON);
    for (; phrase; phrase = pk_words_kind(pk_words_again(phrase), PK_WORD_COMMON))
        if (phrase->meaning.language == minutes->language->index)
            return true;
    return false;
}

static void end_row(struct pk_lint *lint, const struct pk_flow *flow, struct row *row)
{
    struct pk_span span = pk_flow_span(flow, row->start, row->end);
    struct pk_view words = pk_view_part(flow->text, row->start, row->end);
    bool whole = words.length + 2 >= flow->text.length; /* a title that is no heading */
    if (row->words >= FEWEST_WORDS && row->letters >= FEWEST_LETTERS && row->common && !whole &&
        !(pk_flow_style(flow, row->start) & (PK_CODE_SPAN | PK_LINK | PK_STRONG)) &&
        !pk_has_placeholder(pk_minutes_of(lint), span))
        pk_report1(lint, span, "\"%1\" is shouted; write it in small letters", words);
    *row = (struct row){0};
}

/* The word at `start`: another one of the row, or its end. */
static void take_word(struct pk_lint *lint, const struct pk_flow *flow, struct row *row,
                      size_t start, size_t end)
{
    uint32_t letters = 0, small = 0;
    size_t width;
    for (size_t at = start; at < end; at += width) {
        uint32_t codepoint = pk_decode(pk_view_part(flow->text, at, end), &width);
        letters += pk_is_letter(codepoint);
        small += pk_is_letter(codepoint) && !pk_is_upper(codepoint);
    }
    if (small || !letters) {
        end_row(lint, flow, row);
        return;
    }
    row->start = row->words ? row->start : start;
    row->end = end;
    row->words++;
    row->letters += letters;
    row->common = row->common || (letters > 2 && is_common(pk_minutes_of(lint),
                                                           pk_view_part(flow->text, start, end)));
}

/* "!!!" at `start`; behind it. */
static size_t take_marks(struct pk_lint *lint, const struct pk_flow *flow, size_t start)
{
    uint32_t marks = 0;
    size_t end = start;
    for (; end < flow->text.length && (flow->text.at[end] == '!' || flow->text.at[end] == '?');
         end++)
        marks += flow->text.at[end] == '!';
    struct pk_span span = pk_flow_span(flow, start, end);
    if (marks >= FEWEST_MARKS && !(pk_flow_style(flow, start) & (PK_CODE_SPAN | PK_LINK))) {
        pk_report1(lint, span, "\"%1\" shouts; one mark is enough",
                   pk_view_part(flow->text, start, end));
        pk_offer_edit(lint, pk_offer(lint, "leave one mark", PK_VIEW("")), span,
                      marks == end - start ? PK_VIEW("!") : PK_VIEW("?"));
    }
    return end;
}

static void check_flow(struct pk_lint *lint, const struct pk_flow *flow)
{
    struct pk_view text = flow->text;
    struct row row = {0};
    size_t at = 0, width;
    while (at < text.length) {
        uint32_t codepoint = pk_decode(pk_view_part(text, at, text.length), &width);
        size_t start = at;
        if (codepoint == '!' || codepoint == '?') {
            at = take_marks(lint, flow, at);
            continue;
        }
        at += width;
        if (!pk_is_word(codepoint)) {
            if (!pk_is_space(codepoint) && codepoint != ',')
                end_row(lint, flow, &row);
            continue;
        }
        while (at < text.length &&
               pk_is_word(pk_decode(pk_view_part(text, at, text.length), &width)))
            at += width;
        take_word(lint, flow, &row, start, at);
    }
    end_row(lint, flow, &row);
}

/* Has its block told? Some of its lines may show more than in a block with markup that goes on over
 * several. */
static bool may_shout(struct pk_lint *lint, const struct pk_sights *sights,
                      const struct pk_stretch *stretch)
{
    uint32_t lines = pk_minutes_of(lint)->blocks.block.items[stretch->block].segment_count;
    return sights->trait[stretch->block] & PK_TRAIT_SHOUTS ||
           (stretch->segment_count < lines &&
            pk_minutes_flow(pk_minutes_of(lint), stretch->block)->run.count > lines);
}

static void check(struct pk_lint *lint)
{
    uint32_t count;
    const struct pk_sights *sights = pk_sights_of(lint);
    const struct pk_stretch *stretch = pk_stretches_of(lint, &count), *end = stretch + count;
    for (; sights && stretch < end; stretch++)
        if (may_shout(lint, sights, stretch) && !pk_is_quoted(pk_minutes_of(lint), stretch->block))
            check_flow(lint, pk_stretch_flow(lint, stretch));
}

const struct pk_rule pk_rule_tone_shouting = {
    .id = "tone-shouting",
    .severity = PK_INFO,
    .summary = "nothing is shouted: no words in capitals, no rows of exclamation marks",
    .help =
        "Capitals and rows of exclamation marks are read as shouting, and are harder to read at "
        "that. Let the words carry the weight. Headings, abbreviations, code and what is set in "
        "bold are not meant:\n\n"
        "    DO NOT SEND THE OLD OFFER!!!   ->   The old offer is not to be sent.",
    .check = check,
};
