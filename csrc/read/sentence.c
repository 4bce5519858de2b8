/* sentence.c - where a sentence ends, and where its full stop only seems to end it. */
#include "read/read.h"

#include <string.h>

static bool is_closing(uint32_t codepoint)
{
    return codepoint == ')' || codepoint == ']' || codepoint == '"' || codepoint == '\'' ||
           codepoint == 0xBB || codepoint == 0x201C || codepoint == 0x201D || codepoint == 0x2019;
}

static bool ends(uint32_t codepoint)
{
    return codepoint == '.' || codepoint == '!' || codepoint == '?' || codepoint == 0x2026;
}

/* Behind the signs that may close a sentence: `...`, `?!`, `.)`. */
static size_t behind_signs(struct pk_view text, size_t at)
{
    size_t width;
    for (; at < text.length; at += width) {
        uint32_t codepoint = pk_char_at(text, at, &width);
        if (!ends(codepoint) && !is_closing(codepoint))
            break;
    }
    return at;
}

static bool is_month(const struct pk_minutes *minutes, struct pk_view text, size_t at)
{
    size_t length;
    struct pk_view rest = pk_view_part(text, at, text.length);
    return pk_words_of(&minutes->library->words, rest, PK_WORD_MONTH, &length);
}

/* The word that ends at `end`, of letters and digits. */
static struct pk_view word_before(struct pk_view text, size_t start, size_t end)
{
    size_t at = end, width;
    while (at > start && pk_is_word(pk_decode_before(text, at, &width)))
        at -= width;
    return pk_view_part(text, at, end);
}

/* "15." before a month, "1." that numbers a sentence. */
static bool is_ordinal(const struct pk_minutes *minutes, struct pk_view text, size_t start,
                       struct pk_view word, size_t next)
{
    for (size_t i = 0; i < word.length; i++) {
        if (word.at[i] < '0' || word.at[i] > '9')
            return false;
    }
    if (!word.length || word.length > 2)
        return false;
    bool numbers = word.at == text.at + start;
    return numbers || is_month(minutes, text, next);
}

static bool is_initial(struct pk_view word)
{
    size_t width;
    uint32_t codepoint = pk_decode(word, &width);
    return word.length && width == word.length && pk_is_upper(codepoint);
}

/* A full stop at `at`: does it end the sentence that began at `start`? */
static bool stop_ends(const struct pk_minutes *minutes, struct pk_view text, size_t start,
                      size_t at)
{
    size_t behind = behind_signs(text, at), width;
    size_t next = pk_skip_blanks(text, behind);
    if (next == text.length)
        return true;
    uint32_t codepoint = pk_char_at(text, next, &width);
    if (pk_is_letter(codepoint) && !pk_is_upper(codepoint))
        return false;
    struct pk_view word = word_before(text, start, at);
    return !is_initial(word) && !is_ordinal(minutes, text, start, word, next);
}

/* Behind the abbreviation that starts at `at` and whose full stop, or one of them, stands at
 * `stop`; 0: none does. */
static size_t behind_abbreviation(const struct pk_minutes *minutes, struct pk_view text, size_t at,
                                  size_t stop)
{
    size_t length;
    struct pk_view rest = pk_view_part(text, at, text.length);
    if (!pk_words_of(&minutes->library->words, rest, PK_WORD_ABBREVIATION, &length))
        return 0;
    size_t end = at + length;
    return end > stop ? end : end == stop ? stop + 1 : 0;
}

/* Where the word that ends before `end`, or before signs there, starts; `start` where none does. */
static size_t start_before(struct pk_view text, size_t start, size_t end)
{
    size_t width;
    while (end > start && !pk_is_word(pk_decode_before(text, end, &width)))
        end -= width;
    struct pk_view word = word_before(text, start, end);
    return end - word.length;
}

/* Behind the sign at `at`, which ends no sentence; 0: it ends one. An abbreviation may have two
 * words, "et al." */
static size_t behind_inner_sign(const struct pk_minutes *minutes, struct pk_view flow, size_t start,
                                size_t at)
{
    size_t behind = behind_signs(flow, at);
    bool stop = flow.at[at] == '.';
    if (behind < flow.length && pk_skip_blanks(flow, behind) == behind)
        return behind; /* 3.5, example.com, "what?really" */
    if (stop && !stop_ends(minutes, flow, start, at))
        return behind;
    if (!stop || pk_skip_blanks(flow, behind) >= flow.length)
        return 0;
    size_t last = start_before(flow, start, at);
    size_t shortened = behind_abbreviation(minutes, flow, last, at);
    if (!shortened)
        shortened = behind_abbreviation(minutes, flow, start_before(flow, start, last), at);
    return shortened && pk_skip_blanks(flow, shortened) < flow.length ? shortened : 0;
}

/* Is one of eight bytes zero? High bits tell; those behind the first may be of others. */
static inline uint64_t zeros_in(uint64_t eight)
{
    return (eight - UINT64_C(0x0101010101010101)) & ~eight & UINT64_C(0x8080808080808080);
}

/* Is one of eight bytes ".", "!", "?" or 0xE2? */
static inline bool holds_sign(const char *at)
{
    static const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    return zeros_in(eight ^ ones * '.') | zeros_in(eight ^ ones * '!') |
           zeros_in(eight ^ ones * '?') | zeros_in(eight ^ ones * 0xE2);
}

/* The next sign that may end a sentence at or behind `at`. */
static size_t next_sign(struct pk_view flow, size_t at)
{
    static const bool may_end[256] = {['.'] = true, ['!'] = true, ['?'] = true, [0xE2] = true};
    const unsigned char *text = (const unsigned char *)flow.at;
    size_t width;
    for (;; at++) {
        while (flow.length - at >= 8 && !holds_sign(flow.at + at))
            at += 8;
        while (flow.length - at >= 4 && !(may_end[text[at]] | may_end[text[at + 1]] |
                                          may_end[text[at + 2]] | may_end[text[at + 3]]))
            at += 4;
        while (at < flow.length && !may_end[text[at]])
            at++;
        if (at == flow.length || ends(pk_char_at(flow, at, &width)))
            return at;
    }
}

bool pk_sentence(const struct pk_minutes *minutes, struct pk_view flow, size_t *from, size_t *start,
                 size_t *end)
{
    size_t at = pk_skip_blanks(flow, *from), behind;
    *start = at;
    *from = flow.length;
    if (at >= flow.length)
        return false;
    for (at = next_sign(flow, at); at < flow.length; at = next_sign(flow, behind)) {
        behind = behind_inner_sign(minutes, flow, *start, at);
        if (!behind) {
            *end = *from = behind_signs(flow, at);
            return true;
        }
    }
    *end = pk_skip_back(flow, flow.length);
    return true;
}
