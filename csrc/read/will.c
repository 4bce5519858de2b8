/* will.c - what stands between names and what they take on: "will", "soll", "-ть". */
#include "read/read.h"

/* "will be linked" gives nobody anything to do. */
static bool is_passive(struct pk_view text, size_t verb)
{
    if (!pk_starts(pk_view_part(text, verb, text.length), PK_VIEW("be ")))
        return false;
    size_t word = pk_skip_blanks(text, verb + 3), end = pk_word_end(text, word);
    struct pk_view ending = pk_view_part(text, end > word + 2 ? end - 2 : word, end);
    return pk_is(ending, "ed") || pk_is(ending, "en");
}

struct pk_will pk_will_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    struct pk_will will = {0};
    size_t behind, width;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_WILL, &behind);
    if (!phrase)
        return will;
    size_t verb = pk_skip_blanks(text, behind);
    if (!pk_is_letter(pk_char_at(text, verb, &width)) || is_passive(text, verb))
        return will;
    will.verb = verb;
    will.promises = phrase->meaning.value == PK_PROMISES;
    for (size_t i = 0; i < phrase->folded.length; i++)
        will.is_verb = will.is_verb || phrase->folded.at[i] == ' ';
    return will;
}

/* Does the word at `at` end as a verb does that says what somebody is to do (PK_MUST:
 * "подготовить") or will do (PK_DOES: "подготовит", "kümmert")? */
bool pk_ends_as(const struct pk_reader *reader, struct pk_view text, size_t at,
                enum pk_will_value value)
{
    enum { LONGEST = 6, SHORTEST = 4 };
    size_t end = pk_word_end(text, at), start = end, width;
    if (pk_codepoints(pk_view_part(text, at, end)) < SHORTEST || pk_kinds_at(reader, text, at))
        return false;
    while (start > at && end - start < LONGEST) {
        pk_decode_before(text, start, &width);
        start -= width;
        struct pk_view ending = pk_view_part(text, start, end);
        char dashed[LONGEST + 8] = "-";
        if (ending.length > LONGEST || start == at)
            break;
        for (size_t i = 0; i < ending.length; i++)
            dashed[i + 1] = ending.at[i];
        const struct pk_phrase *phrase =
            pk_phrase_whole(reader, (struct pk_view){dashed, ending.length + 1}, PK_WORD_WILL);
        if (phrase)
            return phrase->meaning.value == (uint16_t)value;
    }
    return false;
}

/* Does the sentence say what is to be done, be it with "soll" or with an infinitive? */
bool pk_has_will(const struct pk_reader *reader, struct pk_view text, struct pk_range range)
{
    size_t width, end;
    if (pk_ends_as(reader, text, range.start, PK_MUST))
        return true;
    for (size_t at = range.start; at < range.end; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        if (pk_is_letter(sign) && pk_word_starts(text, at) &&
            pk_phrase_at(reader, text, at, PK_WORD_WILL, &end))
            return true;
    }
    return false;
}
