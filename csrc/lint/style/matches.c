/* matches.c - existence and substitution: words that should not stand here. */
#include "lint/style/style.h"

static bool starts_upper(struct pk_view text)
{
    size_t width;
    return text.length && pk_is_upper(pk_decode(text, &width));
}

static struct pk_view with_capital(struct pk_arena *arena, struct pk_view text)
{
    struct pk_buffer out = {.arena = arena};
    char bytes[4];
    size_t width;
    if (!text.length)
        return text;
    uint32_t first = pk_decode(text, &width);
    pk_put(&out, (struct pk_view){bytes, pk_encode(pk_to_upper(first), bytes)});
    pk_put(&out, pk_view_part(text, width, text.length));
    return pk_written(&out);
}

static bool has_upper(struct pk_view text)
{
    size_t width;
    for (size_t i = 0; i < text.length; i += width)
        if (pk_is_upper(pk_decode(pk_view_part(text, i, text.length), &width)))
            return true;
    return false;
}

/* At the start of a sentence what stands instead gets its capital, too, unless its author gave
 * it capitals of its own, as in "iPhone". */
static struct pk_view in_case_of(struct pk_style_run *run, struct pk_view instead,
                                 struct pk_view observed)
{
    bool wanted = run->rule->capitalize || (run->rule->ignorecase && !has_upper(instead));
    return wanted && starts_upper(observed) ? with_capital(run->minutes->arena, instead) : instead;
}

/* -- Existence -- */

static void report_existence(struct pk_style_run *run, const struct pk_part *part,
                             const struct pk_hit *hit, struct pk_view observed)
{
    struct pk_view said[2] = {observed, observed};
    if (run->rule->action.param.count == 1)
        said[1] = run->rule->action.param.items[0];
    if (pk_style_report(run, part, hit->start, hit->end, pk_style_message(run, said, 2)))
        pk_style_act(run, observed);
}

/* -- Substitution -- */

static struct pk_view expected_of(struct pk_style_run *run, struct pk_view text,
                                  const struct pk_hit *hit)
{
    struct pk_buffer out = {.arena = run->minutes->arena};
    struct pk_found found = {.start = hit->start, .end = hit->end};
    for (uint32_t i = 0; i < PK_FOUND_GROUPS; i++) {
        found.group[i][0] = hit->group[i][0];
        found.group[i][1] = hit->group[i][1];
    }
    pk_put_groups(&out, run->rule->entry.items[hit->entry].value, text, &found);
    return pk_written(&out);
}

/* "a|b" means either: *rest is what stands behind the next "|". */
static struct pk_view next_choice(struct pk_view *rest)
{
    size_t i = 0;
    while (i < rest->length && rest->at[i] != '|')
        i++;
    struct pk_view choice = pk_view_part(*rest, 0, i);
    *rest = pk_view_part(*rest, i + 1, rest->length);
    return choice;
}

/* Is what was found already one of what should stand here? */
static bool is_right(struct pk_view expected, struct pk_view observed)
{
    while (expected.length)
        if (pk_same(next_choice(&expected), observed))
            return true;
    return false;
}

/* The choices as the message tells them: the quotes around %s go around each. */
static struct pk_view told(struct pk_style_run *run, struct pk_view expected)
{
    struct pk_buffer out = {.arena = run->minutes->arena};
    struct pk_view message = run->rule->message;
    char before = '\0', behind = '\0';
    for (size_t i = 1; i + 2 < message.length && !before; i++) {
        if (message.at[i] != '%' || message.at[i + 1] != 's')
            continue;
        before = message.at[i - 1];
        behind = message.at[i + 2];
    }
    bool quoted = before == behind && (before == '\'' || before == '"' || before == '`');
    while (expected.length) {
        pk_put(&out, next_choice(&expected));
        if (expected.length && quoted) {
            pk_putc(&out, behind);
            pk_puts(&out, " / ");
            pk_putc(&out, before);
        } else if (expected.length) {
            pk_puts(&out, " / ");
        }
    }
    return pk_written(&out);
}

static void report_substitution(struct pk_style_run *run, const struct pk_part *part,
                                struct pk_view text, const struct pk_hit *hit,
                                struct pk_view observed)
{
    const struct pk_style_action *action = &run->rule->action;
    struct pk_view expected = expected_of(run, text, hit);
    if (is_right(expected, pk_trim(observed)))
        return;
    struct pk_view said[2] = {told(run, expected), observed};
    if (!pk_style_report(run, part, hit->start, hit->end, pk_style_message(run, said, 2)))
        return;
    if (!pk_is(action->name, "replace") || action->param.count) {
        pk_style_act(run, observed);
        return;
    }
    struct pk_view rest = expected;
    struct pk_view first = next_choice(&rest);
    bool certain = !rest.length && first.length;
    for (rest = expected; rest.length || first.length; first = (struct pk_view){0}) {
        struct pk_view choice = next_choice(&rest);
        pk_style_offer(run, observed, in_case_of(run, choice, observed), certain);
    }
}

/* -- Both -- */

void pk_run_matches(struct pk_style_run *run, enum pk_style_unit unit)
{
    const struct pk_parts *parts = pk_parts_of(run, unit);
    struct pk_hits hits = {0};
    for (uint32_t i = 0; i < parts->part.count && !run->given_up; i++) {
        const struct pk_part *part = &parts->part.items[i];
        if (!pk_lies_in_scope(run, run->rule, unit, part))
            continue;
        pk_find(run, unit, i, &hits);
        struct pk_view text = pk_part_text(run, unit, part);
        for (uint32_t j = 0; j < hits.hit.count; j++) {
            const struct pk_hit *hit = &hits.hit.items[j];
            struct pk_view observed = pk_view_part(text, hit->start, hit->end);
            if (pk_is_excepted(run, observed, part))
                continue;
            if (run->rule->kind == PK_STYLE_SUBSTITUTION)
                report_substitution(run, part, text, hit, observed);
            else
                report_existence(run, part, hit, observed);
        }
    }
}
