/* counts.c - occurrence and repetition: too often, too seldom, twice in a row. */
#include "lint/style/style.h"

/* -- Occurrence -- */

static void report_occurrence(struct pk_style_run *run, const struct pk_part *part, uint32_t count,
                              uint32_t start, uint32_t end)
{
    struct pk_buffer digits = {.arena = run->minutes->arena};
    pk_putf(&digits, "%u", count);
    struct pk_view said[1] = {pk_written(&digits)}, message = pk_style_message(run, said, 1);
    bool whole = run->rule->scope.items[0].unit == PK_UNIT_OF_SUMMARY ||
                 run->rule->scope.items[0].unit == PK_UNIT_OF_RAW;
    if (count)
        pk_style_report(run, part, start, end, message);
    else if (!whole)
        pk_style_report(run, part, 0, part->end - part->start, message);
    else if (!run->minutes->placeholder.count)
        pk_style_report_at(run, pk_document_span(run->minutes), message);
}

void pk_run_occurrence(struct pk_style_run *run, enum pk_style_unit unit)
{
    const struct pk_parts *parts = pk_parts_of(run, unit);
    const struct pk_style_rule *rule = run->rule;
    for (uint32_t i = 0; i < parts->part.count && !run->given_up; i++) {
        const struct pk_part *part = &parts->part.items[i];
        if (!pk_lies_in_scope(run, rule, unit, part))
            continue;
        struct pk_view text = pk_part_text(run, unit, part);
        uint32_t count = 0, start = 0, end = 0;
        struct pk_found found;
        for (size_t from = 0; pk_find_next(run, rule->pattern.items[0], text, &from, &found, part);
             count++) {
            start = count ? start : (uint32_t)found.start;
            end = (uint32_t)found.end;
        }
        if (!run->given_up && text.length &&
            ((rule->max && count > rule->max) || count < rule->min))
            report_occurrence(run, part, count, start, end);
    }
}

/* -- Repetition -- */

static bool is_letters(struct pk_view text)
{
    size_t width;
    for (size_t i = 0; i < text.length; i += width)
        if (!pk_is_letter(pk_decode(pk_view_part(text, i, text.length), &width)))
            return false;
    return text.length;
}

static bool is_hidden(struct pk_view text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] != '*')
            return false;
    return true;
}

static bool is_again(const struct pk_style_rule *rule, struct pk_view word, struct pk_view last)
{
    bool same = rule->ignorecase ? pk_same_folded(word, last) : pk_same(word, last);
    return same && word.length && !is_hidden(word) && (!rule->alpha || is_letters(word));
}

static void run_repetition(struct pk_style_run *run, const struct pk_part *part,
                           struct pk_view text, const struct pk_hits *hits)
{
    struct pk_view last = {0};
    uint32_t times = 0;
    for (uint32_t i = 0; i < hits->hit.count; i++) {
        const struct pk_hit *hit = &hits->hit.items[i];
        struct pk_view word = pk_trim(pk_view_part(text, hit->start, hit->end));
        times = is_again(run->rule, word, last) ? times + 1 : 0;
        last = word;
        if (times <= run->rule->max || !times)
            continue;
        const struct pk_hit *before = hit - 1;
        struct pk_view both = pk_view_part(text, before->start, hit->end);
        if (!pk_is_excepted(run, both, part) &&
            pk_style_report(run, part, before->start, hit->end, pk_style_message(run, &word, 1)))
            pk_style_act(run, both);
        times = 0;
    }
}

void pk_run_repetition(struct pk_style_run *run, enum pk_style_unit unit)
{
    const struct pk_parts *parts = pk_parts_of(run, unit);
    struct pk_hits hits = {0};
    for (uint32_t i = 0; i < parts->part.count && !run->given_up; i++) {
        const struct pk_part *part = &parts->part.items[i];
        if (!pk_lies_in_scope(run, run->rule, unit, part))
            continue;
        pk_find(run, unit, i, &hits);
        run_repetition(run, part, pk_part_text(run, unit, part), &hits);
    }
}
