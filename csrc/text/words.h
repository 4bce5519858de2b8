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
    uint32_t hash;                /* of the first word */
    const struct pk_phrase *next; /* same bucket: longer phrases first, then in order of adding */
};

struct pk_words {
    const struct pk_phrase **bucket;
    uint32_t room, count;
};

void pk_words_add(struct pk_arena *, struct pk_words *, struct pk_view phrase, struct pk_meaning);

/* The longest phrase at the very start of `text` that ends where a word ends;
 * *length (bytes of text it covers) is set. NULL: none. The caller sees to it
 * that a word starts here. Cheap for a word no phrase begins with. */
const struct pk_phrase *pk_words_at(const struct pk_words *, struct pk_view text, size_t *length);
/* Likewise the longest of that kind: "Nov" where "Nov." is a phrase of another kind. */
const struct pk_phrase *pk_words_of(const struct pk_words *, struct pk_view text, uint16_t kind,
                                    size_t *length);
/* Which kinds of phrases begin with the first word of `text`, a bit for each (kinds below 64);
 * and its hash, for a look by pk_words_hashed. A word that no phrase begins with has none. */
uint64_t pk_words_kinds(const struct pk_words *, struct pk_view text, uint32_t *hash);
const struct pk_phrase *pk_words_hashed(const struct pk_words *, struct pk_view text, uint32_t hash,
                                        uint16_t kind, size_t *length);
/* The whole of `text`, not a part of it. */
const struct pk_phrase *pk_words_whole(const struct pk_words *, struct pk_view text);
/* The same phrase with its next meaning, or NULL. */
const struct pk_phrase *pk_words_again(const struct pk_phrase *);
/* Of a phrase's meanings the first of that kind, or NULL; NULL in gives NULL. */
const struct pk_phrase *pk_words_kind(const struct pk_phrase *, uint16_t kind);

#endif
