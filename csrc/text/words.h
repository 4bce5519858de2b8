/* words.h - a table of phrases that knows at once whether one stands here.
 *
 * Phrases are folded (pk_fold; white space as one blank) and found by their
 * first word, so that the cost of a look does not grow with their number.
 */
#ifndef PK_WORDS_H
#define PK_WORDS_H

#include "text/text.h"

/* What a phrase means; the numbers are the owner's. */
struct pk_meaning {
    uint16_t kind;
    uint16_t value;
    uint16_t language;
};

struct pk_phrase {
    struct pk_view folded;
    struct pk_meaning meaning;
    const struct pk_phrase *next; /* same first word: longer ones first, then in order of adding */
    const struct pk_phrase *beside; /* likewise of those with the same second word, too */
};

/* All phrases that begin with one word. */
struct pk_first {
    const struct pk_phrase *phrase; /* NULL: an empty place in the table */
    const struct pk_phrase *single; /* the first of them that is but this word, or NULL */
    uint64_t kinds;                 /* of these phrases, a bit for each (kinds below 64) */
    uint64_t alone;                 /* likewise of those that are but this word */
    uint32_t hash;
    uint32_t length; /* bytes of the word, folded */
};

/* A word of a text, and the phrases that begin with it. */
struct pk_headword {
    const struct pk_first *first;   /* NULL: none do */
    const struct pk_phrase *phrase; /* no longer one of them stands there */
    uint64_t kinds;                 /* theirs, a bit for each */
    uint32_t hash;                  /* of the word */
    uint32_t width;                 /* bytes: letters and digits, or the one sign that is neither */
};

/* The phrases that begin with two words, by a hash of both. */
struct pk_pair {
    const struct pk_phrase *phrase; /* NULL: an empty place */
    uint32_t hash;
};

struct pk_words {
    struct pk_first *first;
    uint32_t room, count; /* places, a power of two; how many are taken */
    uint64_t *filter;     /* bits that the hashes of first words set: most other words are told by
                             theirs to begin nothing */
    uint32_t shift;       /* of a hash, which leaves the number of its bit */
    struct pk_pair *pair;
    uint32_t pair_room, pairs; /* likewise */
};

/* -- The hash of a word, the same however its letters are written (hash.c) -- */

/* Letters, folded, and digits of ASCII; 0: neither. "_" is one of them. */
extern const unsigned char pk_plain_word[256];

/* Letters are turned and laid over each other, ten apart before they begin to meet; what they
 * amount to is spread over all bits by the golden ratio, as Knuth has it. */
static inline uint64_t pk_hash_letter(uint64_t hash, uint32_t letter)
{
    return (hash << 6 | hash >> 58) ^ letter;
}

static inline uint32_t pk_hash_end(uint64_t hash)
{
    return (uint32_t)(hash * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

/* The rest of it, from a letter at `at` that is not of ASCII. */
uint32_t pk_hash_letters(struct pk_view text, size_t at, uint64_t hash, size_t *end);

/* Of the first word of a text that is not empty, which ends at *end: its letters and digits, or
 * the one character that is neither. Text that is folded already is not changed by folding it
 * again. */
static inline uint32_t pk_hash_word(struct pk_view text, size_t *end)
{
    const unsigned char *start = (const unsigned char *)text.at, *at = start;
    const unsigned char *limit = start + text.length;
    uint64_t hash = 0;
    for (uint32_t letter; at < limit && (letter = pk_plain_word[*at]); at++)
        hash = pk_hash_letter(hash, letter);
    if (at < limit && *at >= 0x80)
        return pk_hash_letters(text, (size_t)(at - start), hash, end);
    if (at == start)
        hash = pk_hash_letter(hash, *at++);
    *end = (size_t)(at - start);
    return pk_hash_end(hash);
}

/* Room for that many first words at once. */
void pk_words_reserve(struct pk_arena *, struct pk_words *, uint32_t count);
/* A copy takes the place of a table that may be another's, too: it is then added to alone. Keeps
 * the phrases' texts. */
void pk_words_own(struct pk_arena *, struct pk_words *);
void pk_words_add(struct pk_arena *, struct pk_words *, struct pk_view phrase, struct pk_meaning);

/* The longest phrase at the very start of `text` that ends where a word ends;
 * *length (bytes of text it covers) is set. NULL: none. The caller sees to it
 * that a word starts here. Cheap for a word no phrase begins with. */
const struct pk_phrase *pk_words_at(const struct pk_words *, struct pk_view text, size_t *length);
/* Likewise the longest of that kind: "Nov" where "Nov." is a phrase of another kind. */
const struct pk_phrase *pk_words_of(const struct pk_words *, struct pk_view text, uint16_t kind,
                                    size_t *length);
/* The first word of `text`. */
struct pk_headword pk_words_first(const struct pk_words *, struct pk_view text);
/* What begins with the word of that hash (pk_hash_word). */
const struct pk_first *pk_first_of(const struct pk_words *, uint32_t hash, struct pk_view word);
struct pk_headword pk_words_hashed(const struct pk_words *, uint32_t hash, struct pk_view word);
/* May a phrase begin with a word of that hash? Most words none begins with are told here. */
static inline bool pk_may_begin(const struct pk_words *words, uint32_t hash)
{
    return words->room &&
           words->filter[hash >> words->shift >> 6] >> (hash >> words->shift & 63) & 1;
}
/* Narrows what is known of the first word of `text`, which begins phrases, to those that do stand
 * there; `next` is the hash of the word behind it, 0: there is none. */
void pk_words_settle(const struct pk_words *, struct pk_headword *, uint32_t next,
                     struct pk_view text);
/* The kinds of the phrases that begin with two words of these hashes, a bit for each. */
uint64_t pk_paired_kinds(const struct pk_words *, uint32_t first, uint32_t second);
/* As pk_words_at and pk_words_of, where the first word is known. */
const struct pk_phrase *pk_headword_at(struct pk_headword, struct pk_view text, size_t *length);
/* Of all phrases that stand there the next one behind `after`, longer ones first; NULL at first. */
const struct pk_phrase *pk_headword_next(struct pk_headword, struct pk_view text,
                                         const struct pk_phrase *after, size_t *length);
const struct pk_phrase *pk_headword_of(struct pk_headword, struct pk_view text, uint16_t kind,
                                       size_t *length);
/* Of those of these kinds (a bit for each) the next one behind `after`; NULL at first. */
const struct pk_phrase *pk_headword_among(struct pk_headword, struct pk_view text, uint64_t kinds,
                                          const struct pk_phrase *after, size_t *length);
/* The whole of `text`, not a part of it. */
const struct pk_phrase *pk_words_whole(const struct pk_words *, struct pk_view text);
/* Likewise one of that kind. */
const struct pk_phrase *pk_words_whole_of(const struct pk_words *, struct pk_view text,
                                          uint16_t kind);
/* The same phrase with its next meaning, or NULL. */
const struct pk_phrase *pk_words_again(const struct pk_phrase *);
/* Of a phrase's meanings the first of that kind, or NULL; NULL in gives NULL. */
const struct pk_phrase *pk_words_kind(const struct pk_phrase *, uint16_t kind);

/* The kinds of the phrases that begin with a word of that hash, a bit for each; *alone: of those
 * that are but this word. */
static inline uint64_t pk_hashed_alone(const struct pk_words *words, uint32_t hash, uint64_t *alone)
{
    uint64_t kinds = 0;
    *alone = 0;
    if (!pk_may_begin(words, hash))
        return 0;
    for (uint32_t at = hash; words->first[at & (words->room - 1)].phrase; at++) {
        const struct pk_first *first = &words->first[at & (words->room - 1)];
        if (first->hash == hash) {
            kinds |= first->kinds;
            *alone |= first->alone;
        }
    }
    return kinds;
}

static inline uint64_t pk_hashed_kinds(const struct pk_words *words, uint32_t hash)
{
    uint64_t alone;
    return pk_hashed_alone(words, hash, &alone);
}

#endif
