/* affix.h - a set of beginnings or endings of words, asked for in one pass over a word's letters.
 */
#ifndef PK_AFFIX_H
#define PK_AFFIX_H

#include "text/text.h"

/* Known by a digest of its folded letters alone: should two be alike in 64 bits, a word is taken
 * for a name, no more. */
struct pk_affix {
    uint64_t digest; /* 0: an empty place */
    uint8_t meaning; /* the owner's */
};

struct pk_affixes {
    struct pk_affix *place;
    uint64_t letters; /* the owner's: which ones they begin with, a bit for each of pk_letter_bit */
    uint32_t room, count; /* places, a power of two; how many are taken */
};

/* Begin with PK_DIGEST; letters of a beginning from the first on, of an ending from the last. */
static inline uint64_t pk_digest_letter(uint64_t digest, uint32_t letter)
{
    return (digest ^ pk_fold(letter)) * UINT64_C(0x100000001b3);
}

static inline uint64_t pk_letter_bit(uint32_t letter)
{
    return UINT64_C(1) << (pk_fold(letter) & 63);
}

/* Its place, with what it already means; 0: it is new. NULL: no memory. */
struct pk_affix *pk_affix_add(struct pk_arena *, struct pk_affixes *, uint64_t digest);
/* NULL: these letters are none. */
const struct pk_affix *pk_affix_of(const struct pk_affixes *, uint64_t digest);

#endif
