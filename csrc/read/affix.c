/* affix.c - know the beginning or the ending of a word by its letters. */
#include "read/affix.h"

/* The place of that one, or the empty one where it would go. */
static struct pk_affix *place_of(const struct pk_affixes *set, uint64_t digest)
{
    uint32_t at = (uint32_t)(digest >> 32) & (set->room - 1);
    while (set->place[at].digest && set->place[at].digest != digest)
        at = (at + 1) & (set->room - 1);
    return &set->place[at];
}

/* A set at most half full. */
static bool make_room(struct pk_arena *arena, struct pk_affixes *set)
{
    if (set->count < set->room / 2)
        return true;
    struct pk_affixes wider = {
        .room = set->room ? set->room * 2 : 64, .count = set->count, .letters = set->letters};
    wider.place = pk_alloc(arena, wider.room * sizeof *wider.place);
    if (!wider.place)
        return false;
    for (uint32_t i = 0; i < set->room; i++) {
        if (set->place[i].digest)
            *place_of(&wider, set->place[i].digest) = set->place[i];
    }
    *set = wider;
    return true;
}

struct pk_affix *pk_affix_add(struct pk_arena *arena, struct pk_affixes *set, uint64_t digest)
{
    if (!make_room(arena, set))
        return NULL;
    struct pk_affix *place = place_of(set, digest);
    set->count += !place->digest;
    place->digest = digest;
    return place;
}

const struct pk_affix *pk_affix_of(const struct pk_affixes *set, uint64_t digest)
{
    const struct pk_affix *place = set->room ? place_of(set, digest) : NULL;
    return place && place->digest ? place : NULL;
}
