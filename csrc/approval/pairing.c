/* pairing.c - know the items of one revision again in another: by id, by identity, by words. */
#include "approval/pairing.h"

#include <stdlib.h>

enum pk_compared pk_pool_of(enum pk_compared what)
{
    return what == PK_COMPARED_AGREEMENT ? PK_COMPARED_DECISION : what;
}

bool pk_is_naming(struct pk_view id)
{
    size_t width;
    for (; id.length; id = pk_view_part(id, width, id.length)) {
        if (pk_is_letter(pk_decode(id, &width)))
            return true;
    }
    return false;
}

/* -- By a key -- */

struct keyed {
    uint64_t key;
    uint32_t index;
};

struct keys {
    PK_LIST(struct keyed) key;
};

typedef uint64_t key_of(struct pk_arena *, const struct pk_comparable *);

static uint64_t digest_of(struct pk_arena *arena, const struct pk_comparable *item,
                          struct pk_view text)
{
    char pool = (char)pk_pool_of(item->what);
    uint64_t digest = pk_digest(pk_digest(PK_DIGEST, (struct pk_view){&pool, 1}),
                                pk_folded(arena, pk_trim(text)));
    return digest ? digest : 1;
}

static uint64_t by_id(struct pk_arena *arena, const struct pk_comparable *item)
{
    return pk_is_naming(item->id) ? digest_of(arena, item, item->id) : 0;
}

static uint64_t by_identity(struct pk_arena *arena, const struct pk_comparable *item)
{
    (void)arena;
    return item->identity;
}

static uint64_t by_text(struct pk_arena *arena, const struct pk_comparable *item)
{
    return item->text.length ? digest_of(arena, item, item->text) : 0;
}

static uint64_t by_bare_text(struct pk_arena *arena, const struct pk_comparable *item)
{
    return item->bare.length ? digest_of(arena, item, item->bare) : 0;
}

static int by_key(const void *a, const void *b)
{
    const struct keyed *one = a, *other = b;
    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    return one->index < other->index ? -1 : one->index > other->index;
}

static void gather(struct pk_arena *arena, const struct pk_comparables *side, key_of *key,
                   struct keys *out)
{
    for (uint32_t i = 0; i < side->item.count; i++) {
        const struct pk_comparable *item = &side->item.items[i];
        uint64_t value = item->pair == PK_ALONE ? key(arena, item) : 0;
        if (value)
            *pk_push(arena, &out->key) = (struct keyed){value, i};
    }
    if (out->key.count)
        qsort(out->key.items, out->key.count, sizeof *out->key.items, by_key);
}

/* Of several with the same key the first goes with the first. */
static void pair_by(struct pk_arena *arena, struct pk_comparables *old_side,
                    struct pk_comparables *new_side, key_of *key)
{
    struct keys old_keys = {0}, new_keys = {0};
    gather(arena, old_side, key, &old_keys);
    gather(arena, new_side, key, &new_keys);
    for (uint32_t i = 0, j = 0; i < old_keys.key.count && j < new_keys.key.count;) {
        const struct keyed *one = &old_keys.key.items[i], *other = &new_keys.key.items[j];
        if (one->key == other->key) {
            old_side->item.items[one->index].pair = other->index;
            new_side->item.items[other->index].pair = one->index;
        }
        i += one->key <= other->key;
        j += other->key <= one->key;
    }
}

void pk_pair(struct pk_arena *arena, struct pk_comparables *old_side,
             struct pk_comparables *new_side)
{
    static key_of *const passes[] = {by_id, by_identity, by_text, by_bare_text};
    for (size_t i = 0; i < sizeof passes / sizeof *passes; i++)
        pair_by(arena, old_side, new_side, passes[i]);
    pk_pair_alike(arena, old_side, new_side);
}
