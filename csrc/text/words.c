/* words.c - find the phrase that starts here. */
#include "text/words.h"

#include <string.h>

/* FNV-1a (draft-eastlake-fnv), 32 bits, taken over code points. */
static const uint32_t FNV_BASIS = 2166136261u, FNV_PRIME = 16777619u;

static uint32_t mix(uint32_t hash, uint32_t codepoint)
{
    return (hash ^ codepoint) * FNV_PRIME;
}

/* Letters, folded, and digits of ASCII; 0: neither. "_" is one of them. */
static const unsigned char plain[256] = {
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

/* Of the first word: its letters and digits, or the one character that is neither. Text that
 * is folded already is not changed by folding it again. */
uint32_t pk_hash_word(struct pk_view text, size_t *end)
{
    const unsigned char *at = (const unsigned char *)text.at;
    uint32_t hash = FNV_BASIS;
    size_t i = 0, width;
    while (i < text.length) {
        unsigned char byte = plain[at[i]];
        if (byte) {
            hash = mix(hash, byte);
            i++;
            continue;
        }
        if (i > 0 && at[i] < 0x80)
            break;
        if ((at[i] & 0xFE) == 0xD0 && i + 1 < text.length) {
            uint32_t letter = (at[i] & 0x1Fu) << 6 | (at[i + 1] & 0x3Fu);
            if ((at[i + 1] & 0xC0) == 0x80 && pk_is_russian(letter)) {
                hash = mix(hash, letter < 0x430 ? letter + 32 : letter);
                i += 2;
                continue;
            }
        }
        uint32_t codepoint = pk_decode(pk_view_part(text, i, text.length), &width);
        bool inside = pk_is_word(codepoint);
        if (i > 0 && !inside)
            break;
        hash = mix(hash, pk_fold(codepoint));
        i += width;
        if (!inside)
            break;
    }
    *end = i;
    return hash;
}

static bool is_word(struct pk_view word, struct pk_view folded)
{
    size_t at = 0, width;
    size_t alike = 0;
    while (alike < word.length && alike < folded.length &&
           plain[(unsigned char)word.at[alike]] == (unsigned char)folded.at[alike])
        alike++;
    at = alike;
    for (size_t i = alike; i < word.length; i += width) {
        uint32_t codepoint = pk_fold(pk_decode(pk_view_part(word, i, word.length), &width));
        size_t folded_width;
        if (at >= folded.length ||
            pk_decode(pk_view_part(folded, at, folded.length), &folded_width) != codepoint)
            return false;
        at += folded_width;
    }
    return at == folded.length;
}

static struct pk_view word_of(const struct pk_first *first)
{
    return pk_view_part(first->phrase->folded, 0, first->length);
}

/* The place of that word, or the empty one where it would go. */
static struct pk_first *place_of(const struct pk_words *words, uint32_t hash, struct pk_view word)
{
    uint32_t at = hash & (words->room - 1);
    while (words->first[at].phrase &&
           (words->first[at].hash != hash || !is_word(word, word_of(&words->first[at]))))
        at = (at + 1) & (words->room - 1);
    return &words->first[at];
}

/* A table at most half full. */
void pk_words_reserve(struct pk_arena *arena, struct pk_words *words, uint32_t count)
{
    struct pk_words wider = *words;
    wider.room = 64;
    while (wider.room / 2 < count)
        wider.room *= 2;
    wider.first =
        wider.room > words->room ? pk_alloc(arena, wider.room * sizeof *wider.first) : NULL;
    if (!wider.first)
        return;
    for (uint32_t i = 0; i < words->room; i++) {
        if (words->first[i].phrase)
            *place_of(&wider, words->first[i].hash, word_of(&words->first[i])) = words->first[i];
    }
    *words = wider;
}

/* The place of that pair, or the empty one where it would go. */
static struct pk_pair *pair_of(const struct pk_words *words, uint32_t hash)
{
    uint32_t at = hash & (words->pair_room - 1);
    while (words->pair[at].kinds && words->pair[at].hash != hash)
        at = (at + 1) & (words->pair_room - 1);
    return &words->pair[at];
}

/* Room for one pair more, in a table at most half full. */
static bool make_room_for_pair(struct pk_arena *arena, struct pk_words *words)
{
    if (words->pairs < words->pair_room / 2)
        return true;
    struct pk_words wider = {.pair_room = words->pair_room ? words->pair_room * 2 : 64};
    wider.pair = pk_alloc(arena, wider.pair_room * sizeof *wider.pair);
    for (uint32_t i = 0; wider.pair && i < words->pair_room; i++) {
        if (words->pair[i].kinds)
            *pair_of(&wider, words->pair[i].hash) = words->pair[i];
    }
    if (!wider.pair)
        return false;
    words->pair = wider.pair;
    words->pair_room = wider.pair_room;
    return true;
}

/* The first word is followed by `rest`, which does not begin with a blank. */
static void add_pair(struct pk_arena *arena, struct pk_words *words, uint32_t first,
                     struct pk_view rest, uint64_t kind)
{
    size_t width;
    uint32_t hash = mix(first, pk_hash_word(rest, &width));
    if (!make_room_for_pair(arena, words))
        return;
    struct pk_pair *pair = pair_of(words, hash);
    words->pairs += !pair->kinds;
    pair->hash = hash;
    pair->kinds |= kind;
}

static const struct pk_phrase *own_phrases(struct pk_arena *arena, const struct pk_phrase *phrase)
{
    const struct pk_phrase *own = NULL, **link = &own;
    for (; phrase; phrase = phrase->next) {
        struct pk_phrase *copy = pk_alloc(arena, sizeof *copy);
        if (!copy)
            break;
        *copy = *phrase;
        copy->next = NULL;
        *link = copy;
        link = &copy->next;
    }
    return own;
}

void pk_words_own(struct pk_arena *arena, struct pk_words *words)
{
    struct pk_first *first = pk_alloc(arena, words->room * sizeof *first);
    struct pk_pair *pair = pk_alloc(arena, words->pair_room * sizeof *pair);
    if (!first || !pair)
        return;
    for (uint32_t i = 0; i < words->room; i++) {
        first[i] = words->first[i];
        first[i].phrase = own_phrases(arena, first[i].phrase);
    }
    if (words->pair_room)
        memcpy(pair, words->pair, words->pair_room * sizeof *pair);
    words->first = first;
    words->pair = pair;
}

void pk_words_add(struct pk_arena *arena, struct pk_words *words, struct pk_view phrase,
                  struct pk_meaning meaning)
{
    struct pk_view folded = pk_folded(arena, pk_trim(phrase));
    if (words->count >= words->room / 2)
        pk_words_reserve(arena, words, words->count + 1);
    struct pk_phrase *entry = folded.length ? pk_alloc(arena, sizeof *entry) : NULL;
    if (!entry || words->count >= words->room / 2)
        return;
    size_t width = 0;
    uint32_t hash = pk_hash_word(folded, &width);
    struct pk_first *first = place_of(words, hash, pk_view_part(folded, 0, width));
    words->count += first->phrase == NULL;
    first->hash = hash;
    first->length = (uint32_t)width;
    uint64_t kind = UINT64_C(1) << (meaning.kind & 63);
    size_t second = width + (width < folded.length && folded.at[width] == ' ');
    first->kinds |= kind;
    if (second < folded.length)
        add_pair(arena, words, hash, pk_view_part(folded, second, folded.length), kind);
    else
        first->alone |= kind;
    entry->folded = folded;
    entry->meaning = meaning;
    const struct pk_phrase **link = &first->phrase;
    while (*link && (*link)->folded.length >= folded.length)
        link = (const struct pk_phrase **)&(*link)->next;
    entry->next = *link;
    *link = entry;
}

/* How many bytes of white space `text` starts with. */
static size_t blanks(struct pk_view text)
{
    size_t at = 0, width;
    while (at < text.length && pk_is_space(pk_decode(pk_view_part(text, at, text.length), &width)))
        at += width;
    return at;
}

/* How many bytes of `text` the folded phrase covers, of which the first ones are known to; 0 when
 * it is not there. */
static size_t covers(struct pk_view folded, size_t known, struct pk_view text, size_t at)
{
    size_t width, text_width;
    uint32_t last = ' ';
    for (size_t i = known; i < folded.length; i += width) {
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
    if (known == folded.length)
        return at; /* words end where letters end, signs stand alone */
    uint32_t behind = pk_decode(pk_view_part(text, at, text.length), &text_width);
    bool in_word = text_width && pk_is_word(last) && pk_is_word(behind);
    return in_word ? 0 : at;
}

struct pk_headword pk_words_hashed(const struct pk_words *words, uint32_t hash, struct pk_view word)
{
    struct pk_headword known = {.hash = hash, .width = word.length};
    if (!words->room)
        return known;
    const struct pk_first *first = place_of(words, hash, word);
    known.first = first->phrase ? first : NULL;
    known.kinds = first->kinds;
    return known;
}

struct pk_headword pk_words_first(const struct pk_words *words, struct pk_view text)
{
    size_t width = 0;
    if (!text.length)
        return (struct pk_headword){0};
    uint32_t hash = pk_hash_word(text, &width);
    return pk_words_hashed(words, hash, pk_view_part(text, 0, width));
}

/* Nothing but the first word, or a second one that begins with the same letter. */
static bool may_cover(const struct pk_phrase *phrase, struct pk_headword known, struct pk_view text)
{
    size_t second = known.first->length + 1u, at = known.width + 1;
    if (second >= phrase->folded.length || at >= text.length || text.at[at - 1] != ' ')
        return true;
    unsigned char wanted = (unsigned char)phrase->folded.at[second];
    unsigned char here = (unsigned char)text.at[at];
    return phrase->folded.at[second - 1] != ' ' || wanted >= 0x80 || here >= 0x80 ||
           wanted == pk_fold(here) || pk_is_space(here);
}

static const struct pk_phrase *first_phrase(struct pk_headword known)
{
    return known.first ? known.first->phrase : NULL;
}

const struct pk_phrase *pk_headword_among(struct pk_headword known, struct pk_view text,
                                          uint64_t kinds, const struct pk_phrase *after,
                                          size_t *length)
{
    const struct pk_phrase *phrase = after ? after->next : first_phrase(known);
    *length = 0;
    for (; phrase; phrase = phrase->next) {
        bool wanted = kinds >> (phrase->meaning.kind & 63) & 1;
        if (!wanted || !may_cover(phrase, known, text))
            continue;
        *length = covers(phrase->folded, known.first->length, text, known.width);
        if (*length)
            return phrase;
    }
    return NULL;
}

uint64_t pk_words_kinds(const struct pk_words *words, const struct pk_headword *known,
                        const struct pk_headword *next)
{
    const struct pk_first *first = known->first;
    if (!first || first->kinds == first->alone || !words->pair)
        return first ? first->alone : 0;
    return first->alone | pair_of(words, mix(known->hash, next->hash))->kinds;
}

const struct pk_phrase *pk_headword_next(struct pk_headword known, struct pk_view text,
                                         const struct pk_phrase *after, size_t *length)
{
    return pk_headword_among(known, text, UINT64_MAX, after, length);
}

const struct pk_phrase *pk_headword_at(struct pk_headword known, struct pk_view text,
                                       size_t *length)
{
    return pk_headword_next(known, text, NULL, length);
}

const struct pk_phrase *pk_words_at(const struct pk_words *words, struct pk_view text,
                                    size_t *length)
{
    return pk_headword_at(pk_words_first(words, text), text, length);
}

const struct pk_phrase *pk_headword_of(struct pk_headword known, struct pk_view text, uint16_t kind,
                                       size_t *length)
{
    *length = 0;
    for (const struct pk_phrase *phrase = first_phrase(known); phrase; phrase = phrase->next) {
        if (phrase->meaning.kind != kind || !may_cover(phrase, known, text))
            continue;
        *length = covers(phrase->folded, known.first->length, text, known.width);
        if (*length)
            return phrase;
    }
    return NULL;
}

const struct pk_phrase *pk_words_of(const struct pk_words *words, struct pk_view text,
                                    uint16_t kind, size_t *length)
{
    return pk_headword_of(pk_words_first(words, text), text, kind, length);
}

const struct pk_phrase *pk_words_whole(const struct pk_words *words, struct pk_view text)
{
    text = pk_trim(text);
    struct pk_headword known = pk_words_first(words, text);
    for (const struct pk_phrase *phrase = first_phrase(known); phrase; phrase = phrase->next) {
        if (covers(phrase->folded, known.first->length, text, known.width) == text.length)
            return phrase;
    }
    return NULL;
}

const struct pk_phrase *pk_words_whole_of(const struct pk_words *words, struct pk_view text,
                                          uint16_t kind)
{
    size_t length;
    text = pk_trim(text);
    struct pk_headword known = pk_words_first(words, text);
    if (!known.first || !(known.first->kinds & UINT64_C(1) << (kind & 63)))
        return NULL;
    const struct pk_phrase *phrase = pk_headword_of(known, text, kind, &length);
    return length == text.length ? phrase : NULL;
}

const struct pk_phrase *pk_words_again(const struct pk_phrase *phrase)
{
    for (const struct pk_phrase *next = phrase->next; next; next = next->next) {
        if (pk_same(next->folded, phrase->folded))
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
