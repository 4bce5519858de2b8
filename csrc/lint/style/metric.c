/* metric.c - metric: a formula over how many words, sentences, syllables ... there are. */
#include "lint/style/style.h"

#include <string.h>

enum { LONG_WORD = 6 /* letters */, COMPLEX = 3 /* syllables */ };

static bool is_vowel(uint32_t codepoint)
{
    static const uint32_t vowels[] = {'a',   'e',   'i',   'o',   'u',   'y',   0xE4,  0xF6,
                                      0xFC,  0x430, 0x435, 0x451, 0x438, 0x43E, 0x443, 0x44B,
                                      0x44D, 0x44E, 0x44F, 0xE9,  0xE8,  0xE0};
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        if (codepoint == vowels[i])
            return true;
    return false;
}

/* Vowels that follow each other are one syllable, but in Russian, where each is its own; an "e"
 * that ends an English word is none. */
static uint32_t syllables_of(struct pk_view word, bool english)
{
    uint32_t count = 0, last = 0;
    size_t width;
    bool vowel_before = false;
    for (size_t i = 0; i < word.length; i += width) {
        uint32_t codepoint = pk_to_lower(pk_decode(pk_view_part(word, i, word.length), &width));
        bool vowel = is_vowel(codepoint);
        count += vowel && (!vowel_before || pk_is_cyrillic(codepoint));
        if (i + width < word.length || codepoint != 'e')
            vowel_before = vowel;
        else if (english && count > 1 && !vowel_before && last != 'l')
            count--;
        last = codepoint;
    }
    return count ? count : 1;
}

static void count_word(double *variable, struct pk_view word, bool english)
{
    uint32_t syllables = syllables_of(word, english);
    size_t letters = pk_codepoints(word);
    variable[PK_FORMULA_WORDS] += 1;
    variable[PK_FORMULA_CHARACTERS] += (double)letters;
    variable[PK_FORMULA_SYLLABLES] += syllables;
    variable[PK_FORMULA_LONG_WORDS] += letters > LONG_WORD;
    variable[PK_FORMULA_COMPLEX_WORDS] += syllables >= COMPLEX;
    variable[PK_FORMULA_POLYSYLLABIC_WORDS] += syllables >= COMPLEX;
}

static void count_words(double *variable, struct pk_view text, bool english)
{
    size_t width, start = 0;
    bool inside = false;
    for (size_t i = 0; i <= text.length; i += width ? width : 1) {
        uint32_t codepoint = pk_decode(pk_view_part(text, i, text.length), &width);
        bool part = i < text.length && (pk_is_word(codepoint) || (inside && codepoint == '\''));
        if (part && !inside)
            start = i;
        else if (!part && inside)
            count_word(variable, pk_view_part(text, start, i), english);
        inside = part;
    }
}

static void count_blocks(double *variable, const struct pk_minutes *minutes)
{
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        if (block->kind == PK_HEADING && block->level >= 1 && block->level <= 6)
            variable[PK_FORMULA_HEADING_H1 + block->level - 1] += 1;
        variable[PK_FORMULA_LIST] += block->kind == PK_ITEM;
        variable[PK_FORMULA_BLOCKQUOTE] += block->kind == PK_QUOTE;
        variable[PK_FORMULA_PRE] += block->kind == PK_CODE;
    }
    variable[PK_FORMULA_ACTIONS] = minutes->action.count;
    variable[PK_FORMULA_DECISIONS] = minutes->decision.count;
    variable[PK_FORMULA_PEOPLE] = minutes->person.count;
}

/* The document is judged as a whole, and not before it is filled in. */
void pk_run_metric(struct pk_style_run *run, enum pk_style_unit unit)
{
    const struct pk_minutes *minutes = run->minutes;
    double variable[PK_FORMULA_VARIABLES] = {0};
    bool english = pk_is(minutes->language->id, "en");
    const struct pk_parts *parts = pk_parts_of(run, PK_UNIT_OF_TEXT);
    (void)unit;
    for (uint32_t i = 0; i < parts->part.count; i++) {
        const struct pk_piece *piece = &run->piece.items[i];
        if (piece->places & (PK_IN_HEADING | PK_IN_TABLE))
            continue;
        variable[PK_FORMULA_PARAGRAPHS] += 1;
        count_words(variable, piece->prose, english);
    }
    variable[PK_FORMULA_SENTENCES] = pk_parts_of(run, PK_UNIT_OF_SENTENCE)->part.count;
    if (variable[PK_FORMULA_WORDS] < 1 || minutes->placeholder.count)
        return;
    count_blocks(variable, minutes);
    variable[PK_FORMULA_RESULT] = pk_formula_value(&run->rule->formula, variable);
    if (pk_formula_value(&run->rule->condition, variable) == 0)
        return;
    struct pk_buffer digits = {.arena = minutes->arena};
    pk_putf(&digits, "%.2f", variable[PK_FORMULA_RESULT]);
    struct pk_view said[1] = {pk_written(&digits)};
    pk_style_report_at(run, pk_document_span(minutes), pk_style_message(run, said, 1));
}
