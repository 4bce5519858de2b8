/* stem.c - the word of a name without the endings that grammar gives it. */
#include "read/stem.h"
#include "text/words.h"

#include <string.h>

/* Endings of Russian names in their cases, the longer ones first. */
static const struct pk_view endings[] = {
    {"ого", 6}, {"его", 6}, {"ому", 6}, {"ему", 6}, {"ой", 4}, {"ей", 4}, {"ою", 4},
    {"ею", 4},  {"ом", 4},  {"ем", 4},  {"ым", 4},  {"им", 4}, {"ий", 4}, {"ый", 4},
    {"ая", 4},  {"яя", 4},  {"ую", 4},  {"юю", 4},  {"а", 2},  {"я", 2},  {"у", 2},
    {"ю", 2},   {"е", 2},   {"и", 2},   {"ы", 2},   {"о", 2},  {"й", 2},  {"ь", 2},
};

static bool ends_in(struct pk_view word, struct pk_view ending)
{
    return word.length >= ending.length &&
           word.at[word.length - 1] == ending.at[ending.length - 1] &&
           memcmp(word.at + word.length - ending.length, ending.at, ending.length) == 0;
}

/* "и", "е", "й" and "ь" before an ending come and go: Василий, Василия; Сергей, Сергею. */
static size_t without_glide(struct pk_view word)
{
    static const struct pk_view glides[] = {{"и", 2}, {"е", 2}, {"й", 2}, {"ь", 2}};
    enum { SHORTEST = 6 /* bytes: three letters */ };
    for (size_t i = 0; i < sizeof glides / sizeof *glides; i++) {
        if (word.length >= SHORTEST + 2 && ends_in(word, glides[i]))
            return word.length - 2;
    }
    return word.length;
}

/* So does the vowel before the last consonant: Павел, Павла; Кравец, Кравцу. */
static size_t without_fleeting(char *bytes, size_t length)
{
    static const struct pk_view last[] = {{"ел", 4}, {"ец", 4}, {"ек", 4}, {"ок", 4}};
    enum { SHORTEST = 8 };
    struct pk_view word = {bytes, length};
    for (size_t i = 0; i < sizeof last / sizeof *last; i++) {
        if (length < SHORTEST || !ends_in(word, last[i]))
            continue;
        memcpy(bytes + length - 4, last[i].at + 2, 2);
        return length - 2;
    }
    return length;
}

static void stem_of_russian(struct pk_name_word *word)
{
    enum { SHORTEST = 4 /* bytes: two letters */ };
    struct pk_view whole = {word->bytes, word->length};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (!ends_in(whole, endings[i]) || whole.length < endings[i].length + SHORTEST)
            continue;
        word->stem = whole.length - endings[i].length;
        break;
    }
    word->stem = without_glide((struct pk_view){word->bytes, word->stem});
    memcpy(word->ending, word->bytes + word->stem, word->length - word->stem);
    word->ending_length = word->length - word->stem;
    word->stem = without_fleeting(word->bytes, word->stem);
}

/* ä is ae, ß is ss: as they are written where there are no such letters. */
static size_t spell(uint32_t codepoint, char out[4])
{
    static const struct {
        uint32_t letter;
        char spelt[3];
    } umlauts[] = {{0xE4, "ae"}, {0xF6, "oe"}, {0xFC, "ue"}, {0xDF, "ss"}};
    for (size_t i = 0; codepoint - 0xDF < 0x20 && i < sizeof umlauts / sizeof *umlauts; i++) {
        if (umlauts[i].letter == codepoint) {
            memcpy(out, umlauts[i].spelt, 2);
            return 2;
        }
    }
    return pk_encode(codepoint, out);
}

/* A letter of Russian as it is spelt, folded: no other is met as often. */
static size_t spell_russian(uint32_t letter, char out[4])
{
    letter = pk_fold(letter);
    out[0] = (char)(0xC0 | letter >> 6);
    out[1] = (char)(0x80 | (letter & 0x3F));
    return 2;
}

static bool is_of_word(uint32_t codepoint)
{
    return pk_is_word(codepoint) && codepoint != '_';
}

/* Behind the letters at the start of the text, which go into the word. */
static size_t take_letters(struct pk_view text, struct pk_name_word *word)
{
    size_t at = 0, width, length = 0, letters = 0;
    for (; at < text.length; at += width, letters++) {
        unsigned char byte = (unsigned char)text.at[at];
        char bytes[4] = {(char)pk_plain_word[byte]};
        size_t size = width = 1;
        if (byte < 0x80 && (!*bytes || byte == '_'))
            break;
        if (byte >= 0x80) {
            uint32_t codepoint = pk_decode(pk_view_part(text, at, text.length), &width);
            bool russian = pk_is_russian(codepoint);
            if (!russian && !is_of_word(codepoint))
                break;
            size = russian ? spell_russian(codepoint, bytes) : spell(pk_fold(codepoint), bytes);
        }
        if (length + size > sizeof word->bytes)
            continue;
        for (size_t i = 0; i < size; i++)
            word->bytes[length++] = bytes[i];
    }
    word->length = length;
    word->letters = letters;
    return at;
}

/* The next word, folded and spelt; the text moves behind it. False: there is none. */
bool pk_take_name_word(struct pk_view *text, struct pk_name_word *word)
{
    size_t width;
    while (text->length && !is_of_word(pk_decode(*text, &width)))
        *text = pk_view_part(*text, width, text->length);
    if (!text->length)
        return false;
    bool russian = pk_is_cyrillic(pk_decode(*text, &width));
    *text = pk_view_part(*text, take_letters(*text, word), text->length);
    word->ending_length = 0;
    /* "Anna's": the genitive is no word of its own */
    if (pk_starts(*text, PK_VIEW("'s")) || pk_starts(*text, PK_VIEW("’s")))
        *text = pk_view_part(*text, *text->at == '\'' ? 2 : 4, text->length);
    word->stem = word->length;
    if (russian && word->letters > 2)
        stem_of_russian(word);
    return true;
}
