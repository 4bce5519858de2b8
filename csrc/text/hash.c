/* hash.c - a number for a word, the same however its letters are written. */
#include "text/words.h"

const unsigned char pk_plain_word[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
    ['7'] = '7', ['8'] = '8', ['9'] = '9', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
    ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k',
    ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
    ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y',
    ['z'] = 'z', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
    ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm',
    ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
    ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z', ['_'] = '_',
};

/* Letters are turned and laid over each other, ten apart before they begin to meet; what they
 * amount to is spread over all bits by the golden ratio, as Knuth has it. */
static inline uint64_t mix(uint64_t hash, uint32_t codepoint)
{
    return (hash << 6 | hash >> 58) ^ codepoint;
}

static uint32_t spread(uint64_t hash)
{
    return (uint32_t)(hash * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

/* The Russian letter of these two bytes, folded; 0: they are none, or "ё". */
static inline uint32_t russian_at(const unsigned char *at)
{
    uint32_t pair = (uint32_t)at[0] << 8 | at[1];
    if (pair - 0xD0B0 < 0x10) /* а to п */
        return pair - 0xD0B0 + 0x430;
    if (pair - 0xD180 < 0x10) /* р to я */
        return pair - 0xD180 + 0x440;
    return pair - 0xD090 < 0x20 ? pair - 0xD090 + 0x430 : 0; /* А to Я */
}

/* From where it is no longer of ASCII or Russian letters alone. */
static uint32_t hash_letters(struct pk_view text, size_t at, uint64_t hash, size_t *end)
{
    size_t width;
    for (; at < text.length; at += width) {
        uint32_t codepoint = pk_decode((struct pk_view){text.at + at, text.length - at}, &width);
        bool inside = pk_is_word(codepoint);
        if (!inside && at > 0)
            break;
        hash = mix(hash, pk_fold(codepoint));
        if (!inside) {
            at += width;
            break;
        }
    }
    *end = at;
    return spread(hash);
}

/* Of the first word: its letters and digits, or the one character that is neither. Text that
 * is folded already is not changed by folding it again. */
uint32_t pk_hash_word(struct pk_view text, size_t *end)
{
    const unsigned char *start = (const unsigned char *)text.at, *at = start;
    const unsigned char *limit = start + text.length;
    uint64_t hash = 0;
    uint32_t letter = pk_plain_word[*at];
    if (!letter && *at < 0x80) {
        *end = 1;
        return spread(mix(0, *at));
    }
    if (letter) {
        do
            hash = mix(hash, letter);
        while (++at < limit && (letter = pk_plain_word[*at]));
    } else {
        for (; limit - at > 1 && (letter = russian_at(at)); at += 2)
            hash = mix(hash, letter);
    }
    if (at < limit && (*at >= 0x80 || pk_plain_word[*at]))
        return hash_letters(text, (size_t)(at - start), hash, end);
    *end = (size_t)(at - start);
    return spread(hash);
}
