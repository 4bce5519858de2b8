/* likeness.c - pair the items that share most of their words, at a cost that is bounded. */
#include "approval/pairing.h"
#include "read/stem.h"

#include <stdlib.h>

enum {
    MOST_WORDS = 64,   /* of an item that are looked at */
    NEARBY = 32,       /* items that share a word and are looked at, those nearest in order */
    FINALISTS = 8,     /* of them, those that share most words, weighed exactly */
    ENOUGH = 500,      /* of 1000: so alike is reworded */
    SAME_NUMBER = 200, /* on top: both are number 3 */
    SAME_OWNERS = 100,
    SAME_SECTION = 50,
    LEAST_SHARED = 250, /* without what is on top */
};

/* The words of an item: digests, sorted, each once. */
struct bag {
    const uint64_t *word;
    uint32_t count;
};

struct posting {
    uint64_t word;
    uint32_t item; /* on the old side */
};

struct candidate {
    uint32_t likeness, distance, old_item, new_item;
};

struct search {
    struct pk_arena *arena;
    struct pk_comparables *old_side, *new_side;
    struct bag *old_bag, *new_bag;
    PK_LIST(struct posting) posting; /* sorted */
    uint16_t *shared;                /* by old item: words met so far */
    PK_LIST(struct candidate) candidate;
};

/* -- Words -- */

static int by_value(const void *a, const void *b)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return one < other ? -1 : one > other;
}

static bool is_common(const struct pk_minutes *minutes, struct pk_view text)
{
    size_t length;
    return pk_words_of(&minutes->library->words, text, PK_WORD_COMMON, &length) != NULL;
}

static uint32_t words_in(const struct pk_minutes *minutes, const struct pk_comparable *item,
                         bool common_too, uint64_t out[MOST_WORDS])
{
    struct pk_view text = item->bare;
    struct pk_name_word word;
    uint32_t count = 0;
    char pool = (char)pk_pool_of(item->what);
    uint64_t start = pk_digest(PK_DIGEST, (struct pk_view){&pool, 1});
    while (count < MOST_WORDS && text.length) {
        size_t width;
        while (text.length && !pk_is_word(pk_decode(text, &width)))
            text = pk_view_part(text, width, text.length);
        bool left_out = !common_too && text.length && is_common(minutes, text);
        if (!pk_take_name_word(&text, &word))
            break;
        if (!left_out)
            out[count++] = pk_digest(start, (struct pk_view){word.bytes, word.stem});
    }
    return count;
}

static struct bag bag_of(struct pk_arena *arena, const struct pk_minutes *minutes,
                         const struct pk_comparable *item)
{
    uint64_t word[MOST_WORDS];
    uint32_t found = words_in(minutes, item, false, word), count = 0;
    if (!found)
        found = words_in(minutes, item, true, word);
    uint64_t *kept = pk_alloc(arena, (found + 1) * sizeof *kept);
    if (!kept)
        return (struct bag){0};
    qsort(word, found, sizeof *word, by_value);
    for (uint32_t i = 0; i < found; i++) {
        if (!count || kept[count - 1] != word[i])
            kept[count++] = word[i];
    }
    return (struct bag){kept, count};
}

static struct bag *bags_of(struct pk_arena *arena, const struct pk_comparables *side)
{
    struct bag *bag = pk_alloc(arena, (side->item.count + 1) * sizeof *bag);
    for (uint32_t i = 0; bag && i < side->item.count; i++) {
        const struct pk_comparable *item = &side->item.items[i];
        if (item->pair == PK_ALONE && item->what != PK_COMPARED_FIELD)
            bag[i] = bag_of(arena, side->minutes, item);
    }
    return bag;
}

/* -- How alike are two? -- */

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* Twice the words they share by the words they have (Dice), in thousandths. */
static uint32_t sharing(struct bag one, struct bag other)
{
    uint32_t shared = 0;
    for (uint32_t i = 0, j = 0; i < one.count && j < other.count;) {
        uint64_t a = one.word[i], b = other.word[j];
        shared += a == b;
        i += a <= b;
        j += b <= a;
    }
    return one.count + other.count ? 2000 * shared / (one.count + other.count) : 0;
}

static bool both(bool given, bool same)
{
    return given && same;
}

/* 0: not the same item. People are the same by all words of their name, in any order. */
static uint32_t likeness(const struct search *search, uint32_t old_item, uint32_t new_item)
{
    const struct pk_comparable *one = &search->old_side->item.items[old_item];
    const struct pk_comparable *other = &search->new_side->item.items[new_item];
    uint32_t share = sharing(search->old_bag[old_item], search->new_bag[new_item]);
    if (one->what == PK_COMPARED_PERSON)
        return share == 1000 ? share : 0;
    if (share < LEAST_SHARED)
        return 0;
    if (both(one->id.length, pk_same_folded(one->id, other->id)))
        share += SAME_NUMBER;
    if (both(one->owners, one->owners == other->owners))
        share += SAME_OWNERS;
    if (both(one->section.length, pk_same(one->section, other->section)))
        share += SAME_SECTION;
    return share >= ENOUGH ? share : 0;
}

/* -- Candidates -- */

static int by_word(const void *a, const void *b)
{
    const struct posting *one = a, *other = b;
    if (one->word != other->word)
        return one->word < other->word ? -1 : 1;
    return one->item < other->item ? -1 : one->item > other->item;
}

static void index_old(struct search *search)
{
    for (uint32_t i = 0; i < search->old_side->item.count; i++)
        for (uint32_t j = 0; j < search->old_bag[i].count; j++)
            *pk_push(search->arena, &search->posting) =
                (struct posting){search->old_bag[i].word[j], i};
    if (search->posting.count)
        qsort(search->posting.items, search->posting.count, sizeof *search->posting.items, by_word);
}

/* The first posting that is not before that one. */
static uint32_t posting_from(const struct search *search, uint64_t word, uint32_t item)
{
    struct posting wanted = {word, item};
    uint32_t from = 0, to = search->posting.count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (by_word(&search->posting.items[middle], &wanted) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

struct touched {
    uint32_t item[MOST_WORDS * NEARBY];
    uint32_t count;
};

static void touch_nearby(struct search *search, uint64_t word, uint32_t expected,
                         struct touched *touched)
{
    const struct posting *posting = search->posting.items;
    uint32_t behind = posting_from(search, word, expected), before = behind;
    for (uint32_t i = 0; i < NEARBY; i++) {
        bool up = behind < search->posting.count && posting[behind].word == word;
        bool down = before > 0 && posting[before - 1].word == word;
        if (!up && !down)
            return;
        if (up && down)
            up = posting[behind].item - expected <= expected - posting[before - 1].item;
        uint32_t item = up ? posting[behind++].item : posting[--before].item;
        if (!search->shared[item]++)
            touched->item[touched->count++] = item;
    }
}

/* Those that share most words, the nearest of them. */
static uint32_t finalists_of(const struct search *search, const struct touched *touched,
                             uint32_t expected, uint32_t out[FINALISTS])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < touched->count; i++) {
        uint32_t item = touched->item[i], at = count;
        while (at > 0 && (search->shared[out[at - 1]] < search->shared[item] ||
                          (search->shared[out[at - 1]] == search->shared[item] &&
                           distance(out[at - 1], expected) > distance(item, expected))))
            at--;
        if (at == FINALISTS)
            continue;
        count += count < FINALISTS;
        for (uint32_t j = count - 1; j > at; j--)
            out[j] = out[j - 1];
        out[at] = item;
    }
    return count;
}

static void find_candidates(struct search *search, uint32_t new_item, struct touched *touched)
{
    uint32_t finalist[FINALISTS];
    uint64_t scaled = (uint64_t)new_item * search->old_side->item.count;
    uint32_t expected = (uint32_t)(scaled / search->new_side->item.count);
    touched->count = 0;
    for (uint32_t i = 0; i < search->new_bag[new_item].count; i++)
        touch_nearby(search, search->new_bag[new_item].word[i], expected, touched);
    uint32_t count = finalists_of(search, touched, expected, finalist);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t like = likeness(search, finalist[i], new_item);
        if (like)
            *pk_push(search->arena, &search->candidate) =
                (struct candidate){like, distance(finalist[i], expected), finalist[i], new_item};
    }
    for (uint32_t i = 0; i < touched->count; i++)
        search->shared[touched->item[i]] = 0;
}

static int by_likeness(const void *a, const void *b)
{
    const struct candidate *one = a, *other = b;
    if (one->likeness != other->likeness)
        return one->likeness > other->likeness ? -1 : 1;
    if (one->distance != other->distance)
        return one->distance < other->distance ? -1 : 1;
    if (one->new_item != other->new_item)
        return one->new_item < other->new_item ? -1 : 1;
    return one->old_item < other->old_item ? -1 : one->old_item > other->old_item;
}

void pk_pair_alike(struct pk_arena *arena, struct pk_comparables *old_side,
                   struct pk_comparables *new_side)
{
    struct search search = {.arena = arena, .old_side = old_side, .new_side = new_side};
    struct touched *touched = pk_alloc(arena, sizeof *touched);
    search.old_bag = bags_of(arena, old_side);
    search.new_bag = bags_of(arena, new_side);
    search.shared = pk_alloc(arena, (old_side->item.count + 1) * sizeof *search.shared);
    if (!touched || !search.old_bag || !search.new_bag || !search.shared)
        return;
    index_old(&search);
    for (uint32_t i = 0; i < new_side->item.count; i++) {
        if (search.new_bag[i].count)
            find_candidates(&search, i, touched);
    }
    if (search.candidate.count)
        qsort(search.candidate.items, search.candidate.count, sizeof *search.candidate.items,
              by_likeness);
    for (uint32_t i = 0; i < search.candidate.count; i++) {
        const struct candidate *best = &search.candidate.items[i];
        struct pk_comparable *one = &old_side->item.items[best->old_item];
        struct pk_comparable *other = &new_side->item.items[best->new_item];
        if (one->pair != PK_ALONE || other->pair != PK_ALONE)
            continue;
        one->pair = best->new_item;
        other->pair = best->old_item;
    }
}
