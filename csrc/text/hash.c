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

uint32_t pk_hash_letters(struct pk_view text, size_t at, uint64_t hash, size_t *end)
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    bool inside = true;
    size_t width;
    for (uint32_t letter; inside && at < text.length; at += width) {
        for (; text.length - at > 1 && (letter = russian_at(bytes + at)); at += 2)
            hash = pk_hash_letter(hash, letter);
        if (at == text.length)
            break;
        letter = pk_plain_word[bytes[at]];
        width = 1;
        if (!letter) {
            letter = pk_decode((struct pk_view){text.at + at, text.length - at}, &width);
            inside = pk_is_word(letter);
            if (!inside && at > 0)
                break;
            letter = pk_fold(letter);
        }
        hash = pk_hash_letter(hash, letter);
    }
    *end = at;
    return pk_hash_end(hash);
}
