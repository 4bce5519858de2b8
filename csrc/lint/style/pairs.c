/* pairs.c - consistency and conditional: what must not, or must, stand with something else. */
#include "lint/style/style.h"

/* -- Consistency -- */

/* The spelling met first is the document's; the other one is told wherever it is met.
 * Entries 2n and 2n + 1 are the two of a pair. */
void pk_run_consistency(struct pk_style_run *run, enum pk_style_unit unit)
{
    const struct pk_parts *parts = pk_parts_of(run, unit);
    struct pk_hits hits = {0};
    if (!run->first_met)
        run->first_met = pk_alloc(run->minutes->arena,
                                  (run->rule->entry.count / 2 + 1) * sizeof *run->first_met);
    for (uint32_t i = 0; run->first_met && i < parts->part.count && !run->given_up; i++) {
        const struct pk_part *part = &parts->part.items[i];
        if (!pk_lies_in_scope(run, run->rule, unit, part))
            continue;
        pk_find(run, unit, i, &hits);
        struct pk_view text = pk_part_text(run, unit, part);
        for (uint32_t j = 0; j < hits.hit.count; j++) {
            const struct pk_hit *hit = &hits.hit.items[j];
            uint8_t *first = &run->first_met[hit->entry / 2], which = (uint8_t)(hit->entry % 2 + 1);
            struct pk_view word = pk_view_part(text, hit->start, hit->end);
            *first = *first ? *first : which;
            if (*first != which &&
                pk_style_report(run, part, hit->start, hit->end, pk_style_message(run, &word, 1)))
                pk_style_act(run, word);
        }
    }
}

/* -- Conditional -- */

/* What `second` captured so far. */
static bool is_told(const struct pk_words *told, const struct pk_style_run *run,
                    struct pk_view word)
{
    const struct pk_phrase *phrase = pk_words_whole(told, word);
    for (; phrase; phrase = pk_words_again(phrase)) {
        uint32_t number = phrase->meaning.kind | (uint32_t)phrase->meaning.value << 16;
        if (pk_same(run->defined.items[number], word))
            return true;
    }
    return false;
}

static void tell(struct pk_style_run *run, struct pk_words *told, struct pk_view word)
{
    uint32_t number = run->defined.count;
    struct pk_meaning meaning = {.kind = (uint16_t)number, .value = (uint16_t)(number >> 16)};
    if (!word.length || is_told(told, run, word))
        return;
    *pk_push(run->minutes->arena, &run->defined) = word;
    pk_words_add(run->minutes->arena, told, word, meaning);
}

void pk_run_conditional(struct pk_style_run *run, enum pk_style_unit unit)
{
    const struct pk_parts *parts = pk_parts_of(run, unit);
    const struct pk_pattern *first = run->rule->pattern.items[0],
                            *second = run->rule->pattern.items[1];
    struct pk_words told = {0};
    run->defined.count = 0;
    for (uint32_t i = 0; i < parts->part.count && !run->given_up; i++) {
        const struct pk_part *part = &parts->part.items[i];
        struct pk_found found;
        if (!pk_lies_in_scope(run, run->rule, unit, part))
            continue;
        struct pk_view text = pk_part_text(run, unit, part);
        for (size_t from = 0; pk_find_next(run, second, text, &from, &found, part);)
            for (uint32_t group = 1; group < PK_FOUND_GROUPS; group++)
                tell(run, &told, pk_view_part(text, found.group[group][0], found.group[group][1]));
        for (size_t from = 0; pk_find_next(run, first, text, &from, &found, part);) {
            struct pk_view word = pk_view_part(text, found.start, found.end);
            if (is_told(&told, run, word) || pk_is_excepted(run, word, part))
                continue;
            if (pk_style_report(run, part, (uint32_t)found.start, (uint32_t)found.end,
                                pk_style_message(run, &word, 1)))
                pk_style_act(run, word);
        }
    }
}
