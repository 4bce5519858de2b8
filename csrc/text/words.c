/* words.c - find the phrase that starts here. */
#include "text/words.h"

#include <string.h>

/* FNV-1a (draft-eastlake-fnv), 32 bits, taken over code points. */
static const uint32_t FNV_BASIS = 2166136261u, FNV_PRIME = 16777619u;

static uint32_t mix(uint32_t hash, uint32_t codepoint)
{
    return (hash ^ codepoint) * FNV_PRIME;
}

/* Of the first word: its letters and digits, or the one character that is neither. */
static uint32_t hash_first_word(struct pk_view text, bool folded)
{
    uint32_t hash = FNV_BASIS;
    size_t width;
    for (size_t i = 0; i < text.length; i += width) {
        unsigned char byte = (unsigned char)text.at[i];
        if ((byte | 0x20u) - 'a' < 26) {
            hash = mix(hash, byte | 0x20u);
            width = 1;
            continue;
        }
        uint32_t codepoint = pk_decode(pk_view_part(text, i, text.length), &width);
        if (i > 0 && !pk_is_word(codepoint))
            break;
        hash = mix(hash, folded ? codepoint : pk_fold(codepoint));
        if (i == 0 && !pk_is_word(codepoint))
            break;
    }
    return hash;
}

static void insert(struct pk_words *words, struct pk_phrase *phrase)
{
    const struct pk_phrase **link = &words->bucket[phrase->hash & (words->room - 1)];
    while (*link && (*link)->folded.length >= phrase->folded.length)
        link = (const struct pk_phrase **)&(*link)->next;
    phrase->next = *link;
    *link = phrase;
}

static bool make_room(struct pk_arena *arena, struct pk_words *words)
{
    if (words->count < words->room)
        return true;
    struct pk_words wider = {.room = words->room ? words->room * 2 : 64, .count = words->count};
    wider.bucket = pk_alloc(arena, wider.room * sizeof(struct pk_phrase *));
    if (!wider.bucket)
        return false;
    for (uint32_t i = 0; i < words->room; i++) {
        const struct pk_phrase *phrase = words->bucket[i];
        while (phrase) {
            const struct pk_phrase *next = phrase->next;
            insert(&wider, (struct pk_phrase *)phrase);
            phrase = next;
        }
    }
    *words = wider;
    return true;
}

void pk_words_add(struct pk_arena *arena, struct pk_words *words, struct pk_view phrase,
                  struct pk_meaning meaning)
{
    struct pk_view folded = pk_folded(arena, pk_trim(phrase));
    if (!folded.length || !make_room(arena, words))
        return;
    struct pk_phrase *entry = pk_alloc(arena, sizeof *entry);
    if (!entry)
        return;
    entry->folded = folded;
    entry->meaning = meaning;
    entry->hash = hash_first_word(folded, true);
    insert(words, entry);
    words->count++;
}

/* How many bytes of white space `text` starts with. */
static size_t blanks(struct pk_view text)
{
    size_t at = 0, width;
    while (at < text.length && pk_is_space(pk_decode(pk_view_part(text, at, text.length), &width)))
        at += width;
    return at;
}

/* How many bytes of `text` the folded phrase covers; 0 when it is not there. */
static size_t covers(struct pk_view folded, struct pk_view text)
{
    size_t at = 0, width, text_width;
    uint32_t last = ' ';
    for (size_t i = 0; i < folded.length; i += width) {
        unsigned char wanted = (unsigned char)folded.at[i];
        unsigned char here = at < text.length ? (unsigned char)text.at[at] : 0x80;
        if (wanted < 0x80 && here < 0x80 && wanted != ' ') {
            if (wanted != (here >= 'A' && here <= 'Z' ? here | 0x20 : here))
                return 0;
            at++;
            width = 1;
            last = wanted;
            continue;
        }
        uint32_t want = pk_decode(pk_view_part(folded, i, folded.length), &width);
        uint32_t have = pk_decode(pk_view_part(text, at, text.length), &text_width);
        if (!text_width)
            return 0;
        if (want == ' ') {
            size_t blank = blanks(pk_view_part(text, at, text.length));
            if (!blank)
                return 0;
            at += blank;
            continue;
        }
        if (pk_fold(have) != want)
            return 0;
        at += text_width;
        last = want;
    }
    uint32_t behind = pk_decode(pk_view_part(text, at, text.length), &text_width);
    bool in_word = text_width && pk_is_word(last) && pk_is_word(behind);
    return in_word ? 0 : at;
}

const struct pk_phrase *pk_words_at(const struct pk_words *words, struct pk_view text,
                                    size_t *length)
{
    *length = 0;
    if (!words->room || !text.length)
        return NULL;
    uint32_t hash = hash_first_word(text, false);
    const struct pk_phrase *phrase = words->bucket[hash & (words->room - 1)];
    for (; phrase; phrase = phrase->next) {
        if (phrase->hash == hash && (*length = covers(phrase->folded, text)) != 0)
            return phrase;
    }
    return NULL;
}

const struct pk_phrase *pk_words_hashed(const struct pk_words *words, struct pk_view text,
                                        uint32_t hash, uint16_t kind, size_t *length)
{
    *length = 0;
    if (!words->room)
        return NULL;
    const struct pk_phrase *phrase = words->bucket[hash & (words->room - 1)];
    for (; phrase; phrase = phrase->next) {
        if (phrase->hash == hash && phrase->meaning.kind == kind &&
            (*length = covers(phrase->folded, text)) != 0)
            return phrase;
    }
    return NULL;
}

const struct pk_phrase *pk_words_of(const struct pk_words *words, struct pk_view text,
                                    uint16_t kind, size_t *length)
{
    *length = 0;
    if (!text.length)
        return NULL;
    return pk_words_hashed(words, text, hash_first_word(text, false), kind, length);
}

uint64_t pk_words_kinds(const struct pk_words *words, struct pk_view text, uint32_t *hash)
{
    uint64_t kinds = 0;
    *hash = hash_first_word(text, false);
    if (!words->room)
        return 0;
    const struct pk_phrase *phrase = words->bucket[*hash & (words->room - 1)];
    for (; phrase; phrase = phrase->next) {
        if (phrase->hash == *hash)
            kinds |= UINT64_C(1) << (phrase->meaning.kind & 63);
    }
    return kinds;
}

const struct pk_phrase *pk_words_whole(const struct pk_words *words, struct pk_view text)
{
    if (!words->room || !text.length)
        return NULL;
    text = pk_trim(text);
    uint32_t hash = hash_first_word(text, false);
    const struct pk_phrase *phrase = words->bucket[hash & (words->room - 1)];
    for (; phrase; phrase = phrase->next) {
        if (phrase->hash == hash && text.length && covers(phrase->folded, text) == text.length)
            return phrase;
    }
    return NULL;
}

const struct pk_phrase *pk_words_again(const struct pk_phrase *phrase)
{
    for (const struct pk_phrase *next = phrase->next; next; next = next->next) {
        if (next->hash == phrase->hash && pk_same(next->folded, phrase->folded))
            return next;
        if (next->folded.length < phrase->folded.length)
            break;
    }
    return NULL;
}

const struct pk_phrase *pk_words_kind(const struct pk_phrase *phrase, uint16_t kind)
{
    while (phrase && phrase->meaning.kind != kind)
        phrase = pk_words_again(phrase);
    return phrase;
}
