/* edit.c - change a text by edits, and touch no byte beside them. */
#include "lint/run.h"

#include <string.h>

static bool is_inside(const struct pk_edit *edit, size_t length)
{
    return edit->span.start <= edit->span.end && edit->span.end <= length;
}

/* The numbers of the edits in the order of the text: what is inserted at a
 * place stands before what is replaced there. NULL: no memory. */
static uint64_t *in_order(struct pk_arena *arena, const struct pk_edit *edit, uint32_t count)
{
    uint64_t *key = pk_alloc(arena, count * sizeof *key);
    if (!key)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        key[i] = (uint64_t)edit[i].span.start << 33 |
                 (uint64_t)(edit[i].span.end > edit[i].span.start) << 32 | i;
    pk_sort_keys(key, count);
    return key;
}

struct pk_view pk_apply(struct pk_arena *arena, struct pk_view text, const struct pk_edit *edit,
                        uint32_t count, uint32_t *applied)
{
    size_t length = text.length, done = 0;
    uint32_t made = 0;
    uint64_t *key = in_order(arena, edit, count);
    if (applied)
        *applied = 0;
    for (uint32_t i = 0; key && i < count; i++) {
        const struct pk_edit *next = &edit[key[i] & UINT32_MAX];
        if (next->span.start < done || !is_inside(next, text.length))
            continue;
        done = next->span.end;
        length += next->text.length - (next->span.end - next->span.start);
        key[made++] = key[i];
    }
    char *bytes = key ? pk_alloc(arena, length + 1) : NULL;
    if (!bytes || !made)
        return text;

    char *out = bytes;
    done = 0;
    for (uint32_t i = 0; i < made; i++) {
        const struct pk_edit *next = &edit[key[i] & UINT32_MAX];
        memcpy(out, text.at + done, next->span.start - done);
        out += next->span.start - done;
        if (next->text.length)
            memcpy(out, next->text.at, next->text.length);
        out += next->text.length;
        done = next->span.end;
    }
    memcpy(out, text.at + done, text.length - done);
    if (applied)
        *applied = made;
    return (struct pk_view){bytes, length};
}

/* -- The fixes of many findings -- */

/* Marks a fix as left out where one of its edits starts inside an edit of another. */
static void drop_overlapping(const struct pk_edits *all, const uint32_t *fix, const uint64_t *key,
                             bool *dropped)
{
    uint32_t end = 0, holder = 0;
    for (uint32_t i = 0; i < all->edit.count; i++) {
        uint32_t at = (uint32_t)(key[i] & UINT32_MAX);
        struct pk_span span = all->edit.items[at].span;
        if (dropped[fix[at]])
            continue;
        if (span.start < end && fix[at] != holder) {
            dropped[fix[at] > holder ? fix[at] : holder] = true;
            if (fix[at] > holder)
                continue;
        }
        end = span.end;
        holder = fix[at];
    }
}

const struct pk_fix *pk_certain_fix(const struct pk_diagnostic *found)
{
    for (uint32_t i = 0; i < found->fix.count; i++)
        if (!found->fix.items[i].choice)
            return &found->fix.items[i];
    return NULL;
}

void pk_gather(struct pk_arena *arena, const struct pk_findings *findings, struct pk_edits *out)
{
    struct pk_edits all = {0};
    PK_LIST(uint32_t) fix = {0}; /* of each edit: its finding's number in all.mended */
    for (uint32_t i = 0; i < findings->diagnostic.count; i++) {
        const struct pk_fix *certain = pk_certain_fix(&findings->diagnostic.items[i]);
        for (uint32_t j = 0; certain && j < certain->edit.count; j++) {
            *pk_push(arena, &all.edit) = certain->edit.items[j];
            *pk_push(arena, &fix) = all.mended.count;
        }
        if (certain && certain->edit.count)
            *pk_push(arena, &all.mended) = &findings->diagnostic.items[i];
    }

    memset(out, 0, sizeof *out);
    bool *dropped = pk_alloc(arena, all.mended.count);
    uint64_t *key = in_order(arena, all.edit.items, all.edit.count);
    if (arena->failed)
        return;
    drop_overlapping(&all, fix.items, key, dropped);
    for (uint32_t i = 0; i < all.edit.count; i++)
        if (!dropped[fix.items[key[i] & UINT32_MAX]])
            *pk_push(arena, &out->edit) = all.edit.items[key[i] & UINT32_MAX];
    for (uint32_t i = 0; i < all.mended.count; i++)
        if (!dropped[i])
            *pk_push(arena, &out->mended) = all.mended.items[i];
}
