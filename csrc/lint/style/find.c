/* find.c - find what a rule looks for: words by one table, the rest by its patterns. */
#include "lint/style/style.h"

#include <stdlib.h>

/* -- Words -- */

/* Is what was found by the folded table really this word? Case may count, and ё is not е. */
static bool is_word(struct pk_view found, struct pk_view word, bool ignorecase)
{
    size_t i = 0, j = 0, step, width;
    while (i < found.length && j < word.length) {
        uint32_t here = pk_decode(pk_view_part(found, i, found.length), &step);
        uint32_t wanted = pk_decode(pk_view_part(word, j, word.length), &width);
        if (pk_is_space(here) && pk_is_space(wanted)) {
            while (i < found.length &&
                   pk_is_space(pk_decode(pk_view_part(found, i, found.length), &step)))
                i += step;
            while (j < word.length &&
                   pk_is_space(pk_decode(pk_view_part(word, j, word.length), &width)))
                j += width;
            continue;
        }
        if (here != wanted && (!ignorecase || pk_to_lower(here) != pk_to_lower(wanted)))
            return false;
        i += step;
        j += width;
    }
    return i == found.length && j == word.length;
}

static void add_words_at(struct pk_style_run *run, enum pk_style_unit unit, uint32_t number,
                         struct pk_view text, size_t at)
{
    const struct pk_part *part = &run->unit[unit].part.items[number];
    struct pk_view rest = pk_view_part(text, at, text.length);
    const struct pk_phrase *phrase = NULL;
    struct pk_headword first = pk_words_first(&run->styles->words, rest);
    size_t length;
    while ((phrase = pk_headword_next(first, rest, phrase, &length))) {
        uint32_t index = phrase->meaning.kind;
        const struct pk_style_rule *rule = run->styles->rule.items[index];
        if (!run->active[index] ||
            !is_word(pk_view_part(rest, 0, length), rule->entry.items[phrase->meaning.value].key,
                     rule->ignorecase) ||
            !pk_lies_in_scope(run, rule, unit, part))
            continue;
        struct pk_hit *hit = pk_push(run->minutes->arena, &run->word[index].hit);
        hit->part = number;
        hit->start = (uint32_t)at;
        hit->end = (uint32_t)(at + length);
        hit->entry = phrase->meaning.value;
        hit->group[0][0] = hit->start;
        hit->group[0][1] = hit->end;
    }
}

/* One walk over the words of all parts serves all rules. */
void pk_find_words(struct pk_style_run *run, enum pk_style_unit unit)
{
    const struct pk_parts *parts = pk_parts_of(run, unit);
    for (uint32_t i = 0; i < run->styles->rule.count; i++)
        run->word[i].hit.count = 0;
    for (uint32_t i = 0; run->styles->words.count && i < parts->part.count; i++) {
        struct pk_view text = pk_part_text(run, unit, &parts->part.items[i]);
        bool inside = false;
        size_t width;
        for (size_t at = 0; at < text.length; at += width) {
            bool word = pk_is_word(pk_decode(pk_view_part(text, at, text.length), &width));
            if (word && !inside)
                add_words_at(run, unit, i, text, at);
            inside = word;
        }
    }
}

/* -- Patterns -- */

/* A pattern that would take for ever is told once and not tried again. */
static void give_up(struct pk_style_run *run, const struct pk_pattern *pattern,
                    const struct pk_part *part)
{
    const struct pk_piece *piece = &run->piece.items[part->piece];
    struct pk_view words = pk_view_part(piece->plain, part->start, part->end);
    size_t end = 0, width;
    run->given_up = true;
    struct pk_lint lint = pk_lint_as(&run->lint, pk_rule_of(PK_VIEW("pattern-limit")));
    if (lint.severity == PK_OFF)
        return;
    while (end < words.length &&
           !pk_is_space(pk_decode(pk_view_part(words, end, words.length), &width)))
        end += width;
    pk_report_costly_pattern(&lint, pk_flow_span(&piece->flow, part->start, part->start + end),
                             run->rule->id, pattern);
}

static size_t step_behind(struct pk_view text, size_t at)
{
    size_t width;
    pk_decode(pk_view_part(text, at, text.length), &width);
    return at + (width ? width : 1);
}

bool pk_find_next(struct pk_style_run *run, const struct pk_pattern *pattern, struct pk_view text,
                  size_t *from, struct pk_found *found, const struct pk_part *part)
{
    while (!run->given_up && *from <= text.length) {
        enum pk_match match = pk_matcher_find(run->matcher, pattern, text, *from, found);
        if (match == PK_MATCH_LIMIT)
            give_up(run, pattern, part);
        if (match == PK_MATCH_NO_MEMORY)
            run->minutes->arena->failed = true;
        if (match != PK_MATCH)
            return false;
        bool empty = found->end <= found->start;
        *from = found->end > *from ? found->end : step_behind(text, *from);
        if (!empty)
            return true;
    }
    return false;
}

/* -- Exceptions -- */

static bool list_has(struct pk_style_run *run, const struct pk_style_list *list,
                     struct pk_view text, const struct pk_part *part)
{
    bool inside = false;
    size_t width, length;
    for (size_t at = 0; list->entry.count && at < text.length; at += width) {
        struct pk_view rest = pk_view_part(text, at, text.length);
        bool word = pk_is_word(pk_decode(rest, &width));
        const struct pk_phrase *phrase = NULL;
        struct pk_headword first = {0};
        if (word && !inside)
            first = pk_words_first(&list->words, rest);
        while ((phrase = pk_headword_next(first, rest, phrase, &length)))
            if (is_word(pk_view_part(rest, 0, length), list->entry.items[phrase->meaning.value],
                        false))
                return true;
        inside = word;
    }
    for (uint32_t i = 0; i < list->pattern.count; i++) {
        struct pk_found found;
        size_t from = 0;
        if (pk_find_next(run, list->pattern.items[i], text, &from, &found, part))
            return true;
    }
    return false;
}

bool pk_is_excepted(struct pk_style_run *run, struct pk_view text, const struct pk_part *part)
{
    text = pk_trim(text);
    return list_has(run, &run->rule->except, text, part) ||
           (run->rule->vocab && list_has(run, &run->styles->accepted, text, part));
}

/* -- Both together -- */

static void find_patterns(struct pk_style_run *run, enum pk_style_unit unit, uint32_t number,
                          struct pk_hits *out)
{
    const struct pk_part *part = &run->unit[unit].part.items[number];
    struct pk_view text = pk_part_text(run, unit, part);
    for (uint32_t i = 0; i < run->rule->pattern.count; i++) {
        struct pk_found found;
        size_t from = 0;
        while (pk_find_next(run, run->rule->pattern.items[i], text, &from, &found, part)) {
            struct pk_hit *hit = pk_push(run->minutes->arena, &out->hit);
            hit->part = number;
            hit->start = (uint32_t)found.start;
            hit->end = (uint32_t)found.end;
            hit->entry = found.mark;
            for (uint32_t j = 0; j < PK_FOUND_GROUPS; j++) {
                hit->group[j][0] = (uint32_t)found.group[j][0];
                hit->group[j][1] = (uint32_t)found.group[j][1];
            }
        }
    }
}

/* By start, the longest first. */
static int by_place(const void *a, const void *b)
{
    const struct pk_hit *one = a, *other = b;
    if (one->start != other->start)
        return one->start < other->start ? -1 : 1;
    if (one->end != other->end)
        return one->end > other->end ? -1 : 1;
    return one->entry < other->entry ? -1 : one->entry > other->entry;
}

/* The first word hit of the part; they are in the order of the parts. */
static uint32_t first_word(const struct pk_hits *words, uint32_t part)
{
    uint32_t low = 0, high = words->hit.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (words->hit.items[middle].part < part)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void pk_find(struct pk_style_run *run, enum pk_style_unit unit, uint32_t part, struct pk_hits *out)
{
    const struct pk_hits *words = &run->word[run->number];
    out->hit.count = 0;
    for (uint32_t i = first_word(words, part);
         i < words->hit.count && words->hit.items[i].part == part; i++)
        *pk_push(run->minutes->arena, &out->hit) = words->hit.items[i];
    find_patterns(run, unit, part, out);
    if (out->hit.count > 1)
        qsort(out->hit.items, out->hit.count, sizeof *out->hit.items, by_place);
    uint32_t kept = 0;
    for (uint32_t i = 0, end = 0; i < out->hit.count; i++) {
        if (out->hit.items[i].start < end)
            continue;
        end = out->hit.items[i].end;
        out->hit.items[kept++] = out->hit.items[i];
    }
    out->hit.count = kept;
}
