/* words.c - find the phrase that starts here. */
#include "text/words.h"

#include <string.h>

static uint32_t hash_pair(uint32_t first, uint32_t second)
{
    return first * 0x9E3779B1u + second;
}

/* How many bytes before a blank both begin with that are the same but for capital letters of
 * ASCII, and end no code point in the middle. */
static size_t alike(struct pk_view text, struct pk_view folded)
{
    size_t limit = text.length < folded.length ? text.length : folded.length, at = 0;
    for (; at < limit && folded.at[at] != ' '; at++) {
        unsigned char here = pk_plain_word[(unsigned char)text.at[at]];
        if (text.at[at] != folded.at[at] && (!here || here != (unsigned char)folded.at[at]))
            break;
    }
    while (at && at < folded.length && ((unsigned char)folded.at[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static inline uint64_t four_at(const char *at)
{
    uint32_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

static inline uint64_t eight_at(const char *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

/* Are so many bytes the same? As memcmp, which takes longer to call than most words to compare;
 * the last four or eight may be looked at twice. */
static inline bool same_bytes(const char *one, const char *other, size_t count)
{
    if (count < 4) {
        while (count && *one == *other)
            one++, other++, count--;
        return !count;
    }
    size_t last = count - (count < 8 ? 4 : 8);
    if (count < 8)
        return four_at(one) == four_at(other) && four_at(one + last) == four_at(other + last);
    for (size_t at = 0; at < last; at += 8) {
        if (eight_at(one + at) != eight_at(other + at))
            return false;
    }
    return eight_at(one + last) == eight_at(other + last);
}

/* Bytes of the letter both words begin with, which in the one may be a capital; 0: they begin with
 * others. */
static inline size_t first_letter(struct pk_view word, struct pk_view folded)
{
    size_t width, folded_width;
    unsigned char first = (unsigned char)word.at[0], wanted = (unsigned char)folded.at[0];
    if (first < 0x80)
        return first == wanted || (wanted && pk_plain_word[first] == wanted);
    bool same = pk_fold(pk_decode(word, &width)) == pk_decode(folded, &folded_width);
    return same && width == folded_width ? width : 0;
}

/* The same as it stands, or but for a capital letter at the start, is most often all there is. */
static bool is_word(struct pk_view word, struct pk_view folded)
{
    size_t width, folded_width;
    size_t at = word.length && word.length == folded.length ? first_letter(word, folded) : 0;
    if (at && same_bytes(word.at + at, folded.at + at, word.length - at))
        return true;
    at = 0;
    for (size_t i = 0; i < word.length; i += width) {
        uint32_t codepoint = pk_fold(pk_decode(pk_view_part(word, i, word.length), &width));
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

static void set_bit(struct pk_words *words, uint32_t hash)
{
    words->filter[hash >> words->shift >> 6] |= UINT64_C(1) << (hash >> words->shift & 63);
}

/* A table at most half full, and a filter of four bits for each place. */
void pk_words_reserve(struct pk_arena *arena, struct pk_words *words, uint32_t count)
{
    struct pk_words wider = *words;
    wider.room = 64;
    wider.shift = 24;
    for (; wider.room / 2 < count; wider.shift--)
        wider.room *= 2;
    if (wider.room <= words->room)
        return;
    wider.first = pk_alloc(arena, wider.room * sizeof *wider.first);
    wider.filter = pk_alloc(arena, wider.room / 16 * sizeof *wider.filter);
    if (!wider.first || !wider.filter)
        return;
    for (uint32_t i = 0; i < words->room; i++) {
        const struct pk_first *first = &words->first[i];
        if (!first->phrase)
            continue;
        *place_of(&wider, first->hash, word_of(first)) = *first;
        set_bit(&wider, first->hash);
    }
    *words = wider;
}

/* The place of that pair, or the empty one where it would go. */
static struct pk_pair *pair_of(const struct pk_words *words, uint32_t hash)
{
    uint32_t at = hash & (words->pair_room - 1);
    while (words->pair[at].phrase && words->pair[at].hash != hash)
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
        if (words->pair[i].phrase)
            *pair_of(&wider, words->pair[i].hash) = words->pair[i];
    }
    if (!wider.pair)
        return false;
    words->pair = wider.pair;
    words->pair_room = wider.pair_room;
    return true;
}

/* Puts it behind those that are as long or longer. */
static void link_phrase(const struct pk_phrase **link, struct pk_phrase *entry, bool beside)
{
    while (*link && (*link)->folded.length >= entry->folded.length) {
        struct pk_phrase *phrase = (struct pk_phrase *)*link; /* the table's own */
        link = beside ? &phrase->beside : &phrase->next;
    }
    *(beside ? &entry->beside : &entry->next) = *link;
    *link = entry;
}

/* Where in the phrase its second word starts, of which the first has so many bytes. */
static size_t second_word(struct pk_view folded, size_t first)
{
    return first + (first < folded.length && folded.at[first] == ' ');
}

/* A phrase that goes on behind its first word. */
static void add_pair(struct pk_arena *arena, struct pk_words *words, const struct pk_first *first,
                     struct pk_phrase *entry)
{
    size_t width, second = second_word(entry->folded, first->length);
    struct pk_view rest = pk_view_part(entry->folded, second, entry->folded.length);
    uint32_t hash = hash_pair(first->hash, pk_hash_word(rest, &width));
    if (!make_room_for_pair(arena, words))
        return;
    struct pk_pair *pair = pair_of(words, hash);
    words->pairs += !pair->phrase;
    pair->hash = hash;
    link_phrase(&pair->phrase, entry, true);
}

static const struct pk_phrase *own_phrases(struct pk_arena *arena, const struct pk_phrase *phrase)
{
    const struct pk_phrase *own = NULL, **link = &own;
    for (; phrase; phrase = phrase->next) {
        struct pk_phrase *copy = pk_alloc(arena, sizeof *copy);
        if (!copy)
            break;
        *copy = *phrase;
        copy->next = copy->beside = NULL;
        *link = copy;
        link = &copy->next;
    }
    return own;
}

/* The phrases of a first word that are the table's own take their places in it. */
static void take_phrases(struct pk_arena *arena, struct pk_words *words, struct pk_first *first)
{
    first->single = NULL;
    for (const struct pk_phrase *phrase = first->phrase; phrase; phrase = phrase->next) {
        if (phrase->folded.length > first->length)
            add_pair(arena, words, first, (struct pk_phrase *)phrase);
        else if (!first->single)
            first->single = phrase;
    }
}

void pk_words_own(struct pk_arena *arena, struct pk_words *words)
{
    struct pk_first *first = pk_alloc(arena, words->room * sizeof *first);
    struct pk_pair *pair = pk_alloc(arena, words->pair_room * sizeof *pair);
    uint64_t *filter = pk_alloc(arena, words->room / 16 * sizeof *filter);
    if (!first || !pair || !filter)
        return;
    if (words->room) {
        memcpy(first, words->first, words->room * sizeof *first);
        memcpy(filter, words->filter, words->room / 16 * sizeof *filter);
    }
    words->first = first;
    words->filter = filter;
    words->pair = pair;
    words->pairs = 0;
    for (uint32_t i = 0; i < words->room; i++) {
        first[i].phrase = own_phrases(arena, first[i].phrase);
        take_phrases(arena, words, &first[i]);
    }
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
    first->kinds |= kind;
    set_bit(words, hash);
    entry->folded = folded;
    entry->meaning = meaning;
    link_phrase(&first->phrase, entry, false);
    if (folded.length > width) {
        add_pair(arena, words, first, entry);
        return;
    }
    first->alone |= kind;
    if (!first->single)
        first->single = entry;
}

/* How many bytes of white space `text` starts with. */
static size_t blanks(struct pk_view text)
{
    size_t at = 0, width;
    while (at < text.length && pk_is_space(pk_decode(pk_view_part(text, at, text.length), &width)))
        at += width;
    return at;
}

/* Behind the words of `text` at `at` that are those of the folded phrase from `known` on, however
 * they are written; 0: they are others. */
static size_t behind_alike(struct pk_view folded, size_t known, struct pk_view text, size_t at)
{
    size_t width, text_width;
    for (size_t i = known; i < folded.length; i += width) {
        struct pk_view want = pk_view_part(folded, i, folded.length);
        struct pk_view have = pk_view_part(text, at, text.length);
        size_t same = alike(have, want);
        if (same) {
            width = same;
            at += same;
            continue;
        }
        if (!have.length)
            return 0;
        if (want.at[0] == ' ') {
            size_t blank = blanks(have);
            if (!blank)
                return 0;
            width = 1;
            at += blank;
            continue;
        }
        if (pk_fold(pk_decode(have, &text_width)) != pk_decode(want, &width))
            return 0;
        at += text_width;
    }
    return at;
}

static bool is_word_at(struct pk_view text, size_t at)
{
    size_t width;
    if (at >= text.length)
        return false;
    unsigned char byte = (unsigned char)text.at[at];
    return byte < 0x80 ? pk_plain_word[byte]
                       : pk_is_word(pk_decode(pk_view_part(text, at, text.length), &width));
}

/* How many bytes of `text` the folded phrase covers, of which the first ones are known to; 0 when
 * it is not there. */
static size_t covers(struct pk_view folded, size_t known, struct pk_view text, size_t at)
{
    size_t width, rest = folded.length - known;
    if (!rest)
        return at; /* words end where letters end, signs stand alone */
    bool same = rest <= text.length - at && same_bytes(folded.at + known, text.at + at, rest);
    at = same ? at + rest : behind_alike(folded, known, text, at);
    bool goes_on = at && is_word_at(text, at);
    return goes_on && pk_is_word(pk_decode_before(folded, folded.length, &width)) ? 0 : at;
}

const struct pk_first *pk_first_of(const struct pk_words *words, uint32_t hash, struct pk_view word)
{
    const struct pk_first *first = pk_may_begin(words, hash) ? place_of(words, hash, word) : NULL;
    return first && first->phrase ? first : NULL;
}

struct pk_headword pk_words_hashed(const struct pk_words *words, uint32_t hash, struct pk_view word)
{
    struct pk_headword known = {.hash = hash, .width = (uint32_t)word.length};
    const struct pk_first *first = pk_first_of(words, hash, word);
    if (!first)
        return known;
    known.first = first;
    known.phrase = first->phrase;
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

const struct pk_phrase *pk_headword_among(struct pk_headword known, struct pk_view text,
                                          uint64_t kinds, const struct pk_phrase *after,
                                          size_t *length)
{
    const struct pk_phrase *phrase = after ? after->next : known.phrase;
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

const struct pk_phrase *pk_headword_next(struct pk_headword known, struct pk_view text,
                                         const struct pk_phrase *after, size_t *length)
{
    return pk_headword_among(known, text, UINT64_MAX, after, length);
}

uint64_t pk_paired_kinds(const struct pk_words *words, uint32_t first, uint32_t second)
{
    uint64_t kinds = 0;
    const struct pk_phrase *phrase =
        words->pair ? pair_of(words, hash_pair(first, second))->phrase : NULL;
    for (; phrase; phrase = phrase->beside)
        kinds |= UINT64_C(1) << (phrase->meaning.kind & 63);
    return kinds;
}

void pk_words_settle(const struct pk_words *words, struct pk_headword *known, uint32_t next,
                     struct pk_view text)
{
    const struct pk_first *first = known->first;
    const struct pk_phrase *phrase =
        words->pair ? pair_of(words, hash_pair(known->hash, next))->phrase : NULL;
    struct pk_view word = word_of(first);
    known->kinds = first->alone;
    known->phrase = first->single;
    for (bool found = false; phrase; phrase = phrase->beside) {
        if (!pk_starts(phrase->folded, word) ||
            !covers(phrase->folded, word.length, text, known->width))
            continue;
        known->phrase = found ? known->phrase : phrase;
        known->kinds |= UINT64_C(1) << (phrase->meaning.kind & 63);
        found = true;
    }
    known->first = known->kinds ? first : NULL;
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
    for (const struct pk_phrase *phrase = known.phrase; phrase; phrase = phrase->next) {
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

/* The hash of the word behind the first one; 0: there is none. */
static uint32_t hash_behind(struct pk_view text, size_t first)
{
    size_t width;
    struct pk_view rest = pk_view_part(text, first, text.length);
    rest = pk_view_part(rest, blanks(rest), rest.length);
    return rest.length ? pk_hash_word(rest, &width) : 0;
}

const struct pk_phrase *pk_words_whole(const struct pk_words *words, struct pk_view text)
{
    text = pk_trim(text);
    struct pk_headword known = pk_words_first(words, text);
    if (!known.first || known.width == text.length)
        return known.first ? known.first->single : NULL;
    pk_words_settle(words, &known, hash_behind(text, known.width), text);
    for (const struct pk_phrase *phrase = known.phrase; phrase; phrase = phrase->next) {
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
    if (!(known.kinds & UINT64_C(1) << (kind & 63)))
        return NULL;
    if (known.width < text.length) /* many begin with "-" */
        pk_words_settle(words, &known, hash_behind(text, known.width), text);
    if (!(known.kinds & UINT64_C(1) << (kind & 63)))
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
