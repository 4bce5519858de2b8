/* count.c - count the words that readers count. */
#include "lint/run.h"

#include <string.h>

static bool is_link(struct pk_view word)
{
    bool may = word.length > 3 && (*word.at == 'h' || *word.at == 'w');
    return may && (pk_starts(word, PK_VIEW("http")) || pk_starts(word, PK_VIEW("www.")));
}

/* Behind the run of no white space at `at`; does it hold a letter or digit? */
static size_t behind_run(struct pk_view text, size_t at, bool *counts)
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    bool word = false;
    while (at < text.length) {
        if (pk_plain_word[bytes[at]]) {
            word = true;
            at++;
        } else if (bytes[at] < 0x80) {
            if (pk_is_space(bytes[at]))
                break;
            at++;
        } else {
            size_t width;
            uint32_t codepoint = pk_decode(pk_view_part(text, at, text.length), &width);
            if (pk_is_space(codepoint))
                break;
            word = word || pk_is_word(codepoint);
            at += width;
        }
    }
    *counts = word;
    return at;
}

uint32_t pk_spoken_words(struct pk_view text)
{
    uint32_t words = 0;
    size_t at = 0, width;
    while (at < text.length) {
        bool counts;
        size_t start = at;
        at = behind_run(text, at, &counts);
        words += counts && !is_link(pk_view_part(text, start, at));
        if (at < text.length) {
            pk_decode(pk_view_part(text, at, text.length), &width);
            at += width;
        }
    }
    return words;
}

/* Of eight bytes, as high bits, those with which a word may end: white space, control characters,
 * and what may begin white space beyond ASCII - C2 and all from E0 on. */
static uint64_t ends(const char *bytes)
{
    static const uint64_t low = 0x7f7f7f7f7f7f7f7fu, high = ~low, above_blank = 0x5f5f5f5f5f5f5f5fu,
                          c2 = 0xc2c2c2c2c2c2c2c2u;
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    uint64_t blank = ~(((eight & low) + above_blank) | eight);
    if (!(eight & high))
        return blank & high;
    uint64_t other = eight ^ c2;
    uint64_t is_c2 = ~(((other & low) + low) | other);
    return (blank | is_c2 | (eight & eight << 1 & eight << 2)) & high;
}

uint32_t pk_words_at_most(struct pk_view text)
{
    uint32_t words = 1;
    size_t at = 0;
    for (; at + 8 <= text.length; at += 8)
        words += (uint32_t)((ends(text.at + at) >> 7) * 0x0101010101010101u >> 56);
    char rest[8] = "xxxxxxxx";
    if (at < text.length)
        memcpy(rest, text.at + at, text.length - at);
    return words + (uint32_t)((ends(rest) >> 7) * 0x0101010101010101u >> 56);
}

bool pk_speaks_beyond(struct pk_view text, uint32_t words)
{
    return text.length / 2 >= words && pk_words_at_most(text) > words &&
           pk_spoken_words(text) > words;
}
