/* will.c - what stands between names and what they take on: "will", "soll", "-ть". */
#include "read/read.h"

enum { LONGEST_ENDING = 6, SHORTEST_VERB = 4 };

/* Verbs are those of the document's language, or of one in other letters than its own. */
static bool is_own(const struct pk_reader *reader, const struct pk_phrase *verb)
{
    const struct pk_language *language = reader->minutes->language;
    size_t width;
    size_t letter = verb->folded.at[0] == '-';
    bool cyrillic = pk_is_cyrillic(pk_char_at(verb->folded, letter, &width));
    return verb->meaning.language == language->index ||
           cyrillic != pk_is_cyrillic(pk_decode(language->name, &width));
}

static void learn_ending(struct pk_reader *reader, struct pk_view ending, uint16_t value)
{
    uint64_t digest = PK_DIGEST;
    size_t width;
    for (size_t at = ending.length; at > 0; at -= width)
        digest = pk_digest_letter(digest, pk_decode_before(ending, at, &width));
    struct pk_affix *known = pk_affix_add(reader->arena, &reader->endings, digest);
    if (known && !known->meaning)
        known->meaning = (uint8_t)value;
}

/* The endings among the words, without their dashes. */
void pk_learn_endings(struct pk_reader *reader)
{
    const struct pk_words *words = reader->words;
    const struct pk_first *dash = pk_words_first(words, PK_VIEW("-")).first;
    for (const struct pk_phrase *phrase = dash ? dash->phrase : NULL; phrase;
         phrase = phrase->next) {
        struct pk_view ending = phrase->folded;
        if (phrase->meaning.kind == PK_WORD_WILL && ending.at[0] == '-' && is_own(reader, phrase))
            learn_ending(reader, pk_view_part(ending, 1, ending.length), phrase->meaning.value);
    }
}

/* What the word's letters at its end say; the longest ending wins. */
static enum pk_will_value ending_of(const struct pk_reader *reader, struct pk_view text, size_t at,
                                    size_t end)
{
    enum pk_will_value value = 0;
    uint64_t digest = PK_DIGEST;
    size_t width;
    for (int letters = 0; letters < LONGEST_ENDING && end > at; letters++) {
        digest = pk_digest_letter(digest, pk_decode_before(text, end, &width));
        end -= width;
        const struct pk_affix *ending = end > at ? pk_affix_of(&reader->endings, digest) : NULL;
        if (ending)
            value = (enum pk_will_value)ending->meaning;
    }
    return value;
}

enum pk_will_value pk_verb_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t end = pk_word_end(text, at), length;
    const struct pk_phrase *will = pk_phrase_at(reader, text, at, PK_WORD_WILL, &length);
    if (will && is_own(reader, will))
        return (enum pk_will_value)will->meaning.value;
    if (pk_codepoints(pk_view_part(text, at, end)) < SHORTEST_VERB)
        return 0;
    uint64_t titles = UINT64_C(1) << PK_WORD_SECTION | UINT64_C(1) << PK_WORD_COLUMN |
                      UINT64_C(1) << PK_WORD_FIELD | UINT64_C(1) << PK_WORD_ACTION |
                      UINT64_C(1) << PK_WORD_DONE | UINT64_C(1) << PK_WORD_CANCELLED;
    const struct pk_headword *known = pk_headword_here(reader, text, at);
    if (known->kinds & ~titles &&
        pk_headword_at(*known, pk_view_part(text, at, text.length), &length))
        return 0; /* a word with a meaning of its own */
    return ending_of(reader, text, at, end);
}

bool pk_does_something(struct pk_view text, size_t at)
{
    size_t end = pk_word_end(text, at), next = pk_skip_blanks(text, end), width;
    return next > end && !pk_is_upper(pk_char_at(text, at, &width)) &&
           pk_is_word(pk_char_at(text, next, &width));
}

bool pk_does_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    return pk_does_something(text, at) && pk_verb_at(reader, text, at) == PK_DOES;
}

/* An English verb behind "to" or "will" is in small letters. */
static bool is_capital_of_english(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    const struct pk_language *language = reader->minutes->language;
    size_t width, next;
    return language && pk_is(language->id, "en") && pk_is_upper(pk_char_at(text, at, &width)) &&
           !pk_is_upper(pk_char_at(text, at + width, &next));
}

struct pk_will pk_will_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    struct pk_will will = {0};
    size_t behind, width;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_WILL, &behind);
    if (!phrase || phrase->meaning.value == PK_TELLS || phrase->meaning.value == PK_DOES)
        return will;
    size_t verb = pk_skip_blanks(text, behind);
    if (verb < text.length && text.at[verb] == ',') /* "erklärt sich bereit, ... zu" */
        verb = pk_skip_blanks(text, verb + 1);
    if (!pk_is_word(pk_char_at(text, verb, &width)))
        return will;
    if (pk_word_end(text, at) == behind && is_capital_of_english(reader, text, verb))
        return will; /* "Defer to August" */
    bool be = phrase->meaning.value == PK_BE;
    if (be && ending_of(reader, text, verb, pk_word_end(text, verb)) == PK_BE)
        return will; /* "will be linked" gives nobody anything to do */
    size_t first = pk_word_end(text, at);
    will.several = first < behind;
    const struct pk_phrase *alone =
        will.several ? pk_phrase_whole(reader, pk_view_part(text, at, first), PK_WORD_WILL) : NULL;
    while (alone && alone->meaning.value != PK_PROMISES) /* German "will" wants */
        alone = pk_words_kind(pk_words_again(alone), PK_WORD_WILL);
    will.is_verb = will.several && !alone;
    will.verb = alone && will.several ? pk_skip_blanks(text, first) : verb;
    will.promises = phrase->meaning.value == PK_PROMISES || be;
    return will;
}

/* Does the sentence say what is to be done, be it with "soll" or with an infinitive? */
bool pk_has_will(const struct pk_reader *reader, struct pk_view text, struct pk_range range)
{
    static const uint64_t kinds = PK_KIND(PK_WORD_WILL);
    struct pk_view part = pk_view_part(text, 0, range.end);
    size_t end;
    if (pk_verb_at(reader, text, range.start) == PK_MUST)
        return true;
    for (size_t at = pk_next_spot(reader, part, range.start, kinds, 0); at < range.end;
         at = pk_next_spot(reader, part, at + 1, kinds, 0)) {
        const struct pk_phrase *will = pk_phrase_at(reader, text, at, PK_WORD_WILL, &end);
        if (will && will->meaning.value != PK_TELLS && will->meaning.value != PK_DOES)
            return true;
    }
    return false;
}
