/* better.c - tell whether minutes are better after a mend. */
#include "lint/run.h"

/* One key a finding, ascending. */
struct keys {
    PK_LIST(uint64_t) key;
};

static bool was_ended(const struct pk_findings *findings, const struct pk_diagnostic *found)
{
    for (uint32_t i = 0; i < findings->ended.count; i++)
        if (found->rule == findings->ended.items[i] || found->about == findings->ended.items[i])
            return true;
    return false;
}

/* Of rules that were not ended before: the others had not told all. */
static void gather(struct pk_arena *arena, const struct pk_findings *before,
                   const struct pk_findings *findings, struct keys *out)
{
    for (uint32_t i = 0; i < findings->diagnostic.count; i++) {
        const struct pk_diagnostic *found = &findings->diagnostic.items[i];
        struct pk_view rule = pk_view_of(found->rule->id);
        if (!pk_is(rule, "placeholder-left") && !was_ended(before, found))
            *pk_push(arena, &out->key) = pk_digest(found->said, rule);
    }
    if (out->key.count)
        pk_sort_keys(out->key.items, out->key.count);
}

bool pk_is_better(struct pk_arena *arena, const struct pk_findings *before,
                  const struct pk_findings *after)
{
    struct keys old = {0}, new = {0};
    uint32_t at = 0;
    gather(arena, before, before, &old);
    gather(arena, before, after, &new);
    for (uint32_t i = 0; i < new.key.count; i++, at++) {
        while (at < old.key.count && old.key.items[at] < new.key.items[i])
            at++;
        if (at == old.key.count || old.key.items[at] != new.key.items[i])
            return false;
    }
    return !arena->failed && new.key.count < old.key.count + (before->ended.count > 0);
}
