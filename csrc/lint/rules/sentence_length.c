/* sentence_length.c - sentences are short enough to be understood at once. */
#include "lint/lint.h"

/* Names, figures and short entries between commas are read one by one, however
 * many there are: three words or fewer to a comma, or hardly a word that is not a name. */
static bool is_enumeration(struct pk_view sentence, uint32_t words)
{
    uint32_t commas = 0, names = 0;
    bool starts = true;
    size_t width = 0;
    for (size_t at = 0; at < sentence.length; at += width) {
        uint32_t codepoint = pk_decode(pk_view_part(sentence, at, sentence.length), &width);
        commas += codepoint == ',' || codepoint == ';' || codepoint == '|' || codepoint == '/';
        names += starts && (pk_is_upper(codepoint) || codepoint == '@' || pk_is_digit(codepoint));
        starts = !pk_is_word(codepoint);
    }
    return commas * 3 >= words || names * 4 >= words * 3;
}

/* Do so many letters stand before that place? */
static bool is_behind_letters(struct pk_view sentence, size_t at, int count)
{
    size_t width;
    for (; count && at && pk_is_letter(pk_decode_before(sentence, at, &width)); count--)
        at -= width;
    return !count;
}

/* "it may work. perhaps not": the most words up to a stop behind a whole word, for those who take
 * notes in small letters. `words` are all of them. */
static uint32_t most_words(struct pk_view sentence, uint32_t words)
{
    enum { WHOLE = 4 /* letters: no "e.g." */ };
    uint32_t most = 0;
    size_t start = 0;
    for (size_t at = 0; at + 1 < sentence.length; at++) {
        char sign = sentence.at[at];
        if ((sign != '.' && sign != '?' && sign != '!') || sentence.at[at + 1] != ' ' ||
            !is_behind_letters(sentence, at, WHOLE))
            continue;
        uint32_t part = pk_spoken_words(pk_view_part(sentence, start, at + 1));
        most = part > most ? part : most;
        start = at + 1;
    }
    if (start)
        words = pk_spoken_words(pk_view_part(sentence, start, sentence.length));
    return words > most ? words : most;
}

static void check_stretch(struct pk_lint *lint, const struct pk_stretch *stretch, uint32_t max)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_flow *flow = pk_stretch_flow(lint, stretch);
    size_t from = 0, start = 0, end = 0;
    while (pk_sentence(minutes, flow->text, &from, &start, &end)) {
        struct pk_view sentence = pk_view_part(flow->text, start, end);
        if (!pk_speaks_beyond(sentence, max))
            continue;
        struct pk_span span = pk_flow_span(flow, start, end);
        uint32_t words = pk_spoken_words(sentence);
        if (most_words(sentence, words) > max && !is_enumeration(sentence, words) &&
            !pk_has_placeholder(minutes, span))
            pk_report2(lint, span, "a sentence of %1 words: split it or cut it to %2",
                       pk_number(lint, words), pk_number(lint, max));
    }
}

static void check(struct pk_lint *lint)
{
    uint32_t max = pk_option(lint, "max"), count;
    const struct pk_stretch *stretch = pk_stretches_of(lint, &count), *end = stretch + count;
    for (; stretch < end; stretch++)
        if (stretch->words > max && !pk_is_quoted(pk_minutes_of(lint), stretch->block))
            check_stretch(lint, stretch, max);
}

const struct pk_rule pk_rule_sentence_length = {
    .id = "sentence-length",
    .severity = PK_INFO,
    .summary = "sentences are short enough to be understood at once",
    .help = "A sentence that must be read twice will be read in two ways. Make two of it, or a "
            "list. Tables, code, quotations and enumerations of names do not count. `max` sets how "
            "many words "
            "are well:\n\n"
            "    rules: {sentence-length: {max: 30}}",
    .option = {{"max", {30, 35, 40}}},
    .check = check,
};
