/* say.c - findings of a style's rule, and what its action makes of them. */
#include "lint/style/style.h"

#include <string.h>

/* -- Messages -- */

struct pk_view pk_style_message(const struct pk_style_run *run, const struct pk_view *argument,
                                uint32_t count)
{
    struct pk_view text = run->rule->message;
    struct pk_buffer out = {.arena = run->minutes->arena};
    uint32_t used = 0;
    for (size_t i = 0; i < text.length; i++) {
        char next = i + 1 < text.length ? text.at[i + 1] : '\0';
        if (text.at[i] == '%' && next == 's') {
            pk_put(&out, used < count ? pk_trim(argument[used]) : PK_VIEW(""));
            used++;
            i++;
        } else {
            pk_putc(&out, text.at[i]);
            i += text.at[i] == '%' && next == '%';
        }
    }
    return pk_written(&out);
}

/* -- Findings -- */

/* No line speaks of a placeholder. */
static bool is_to_fill_in(const struct pk_minutes *minutes, struct pk_span span)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    uint32_t first = pk_line_at(blocks, span.start), last = pk_line_at(blocks, span.end);
    uint32_t end = last + 1 < blocks->line.count ? blocks->line.items[last + 1]
                                                 : (uint32_t)blocks->text.length;
    return minutes->placeholder.count &&
           pk_has_placeholder(minutes,
                              (struct pk_span){blocks->line.items[first], end ? end - 1 : 0});
}

bool pk_style_report_at(struct pk_style_run *run, struct pk_span span, struct pk_view message)
{
    if (run->rule->limit && run->reported >= run->rule->limit)
        return false;
    if (is_to_fill_in(run->minutes, span))
        return false;
    run->reported++;
    pk_report_ready(&run->lint, span, message);
    return true;
}

bool pk_style_report(struct pk_style_run *run, const struct pk_part *part, uint32_t start,
                     uint32_t end, struct pk_view message)
{
    const struct pk_flow *flow = &run->piece.items[part->piece].flow;
    return pk_style_report_at(run, pk_flow_span(flow, part->start + start, part->start + end),
                              message);
}

/* -- Mends -- */

/* Do the words stand in the source as they were found, but for white space? What holds markup
 * is no business of a substitution. */
static bool stands_so(struct pk_view source, struct pk_view words)
{
    size_t i = 0, j = 0, step, width;
    while (i < source.length && j < words.length) {
        uint32_t here = pk_decode(pk_view_part(source, i, source.length), &step);
        uint32_t wanted = pk_decode(pk_view_part(words, j, words.length), &width);
        if (pk_is_space(here) && pk_is_space(wanted)) {
            while (i < source.length &&
                   pk_is_space(pk_decode(pk_view_part(source, i, source.length), &step)))
                i += step;
            while (j < words.length &&
                   pk_is_space(pk_decode(pk_view_part(words, j, words.length), &width)))
                j += width;
            continue;
        }
        if (here != wanted)
            return false;
        i += step;
        j += width;
    }
    return i == source.length && j == words.length;
}

void pk_style_offer(struct pk_style_run *run, struct pk_view observed, struct pk_view instead,
                    bool certain)
{
    struct pk_arena *arena = run->minutes->arena;
    struct pk_span span = run->lint.last->span;
    if (!stands_so(pk_slice(run->minutes->blocks.text, span), observed) ||
        pk_same(observed, instead))
        return;
    struct pk_buffer title = {.arena = arena};
    pk_putc(&title, '"');
    pk_put(&title, pk_trim(observed));
    pk_puts(&title, "\" → \"");
    pk_put(&title, instead);
    pk_putc(&title, '"');
    struct pk_fix *fix = pk_push(arena, &run->lint.last->fix);
    fix->title = pk_written(&title);
    fix->choice = !certain;
    pk_offer_edit(&run->lint, fix, span, instead);
}

/* A word goes with the blank behind it, or before it where it is the last. */
static void remove_words(struct pk_style_run *run, struct pk_view observed)
{
    struct pk_view text = run->minutes->blocks.text;
    struct pk_diagnostic *last = run->lint.last;
    struct pk_span span = last->span;
    pk_style_offer(run, observed, PK_VIEW(""), false);
    if (!last->fix.count || !last->fix.items[last->fix.count - 1].edit.count)
        return;
    if (span.end < text.length && text.at[span.end] == ' ')
        span.end++;
    else if (span.start && text.at[span.start - 1] == ' ')
        span.start--;
    last->fix.items[last->fix.count - 1].edit.items[0].span = span;
}

static bool holds_byte(struct pk_view set, char c)
{
    return set.length && memchr(set.at, c, set.length) != NULL;
}

static struct pk_view trimmed(struct pk_view text, struct pk_view set, bool left, bool right)
{
    size_t start = 0, end = text.length;
    while (left && start < end && holds_byte(set, text.at[start]))
        start++;
    while (right && end > start && holds_byte(set, text.at[end - 1]))
        end--;
    return pk_view_part(text, start, end);
}

static struct pk_view part_between(struct pk_view text, struct pk_view mark, uint32_t number)
{
    size_t start = 0;
    for (size_t i = 0; mark.length && i + mark.length <= text.length;) {
        if (memcmp(text.at + i, mark.at, mark.length) != 0) {
            i++;
            continue;
        }
        if (number-- == 0)
            return pk_view_part(text, start, i);
        i += mark.length;
        start = i;
    }
    return number == 0 ? pk_view_part(text, start, text.length) : (struct pk_view){0};
}

/* $1 or ${1} in what stands instead. */
static size_t group_at(struct pk_view text, size_t at, uint32_t *group)
{
    bool braces = at + 1 < text.length && text.at[at + 1] == '{';
    size_t digit = at + 1 + braces;
    if (text.at[at] != '$' || digit >= text.length || text.at[digit] < '0' || text.at[digit] > '9')
        return 0;
    if (braces && (digit + 1 >= text.length || text.at[digit + 1] != '}'))
        return 0;
    *group = (uint32_t)(text.at[digit] - '0');
    return digit + 1 + braces - at;
}

void pk_put_groups(struct pk_buffer *out, struct pk_view instead, struct pk_view text,
                   const struct pk_found *found)
{
    for (size_t i = 0; i < instead.length; i++) {
        uint32_t group;
        size_t step = group_at(instead, i, &group);
        if (!step) {
            pk_putc(out, instead.at[i]);
            continue;
        }
        pk_put(out, pk_view_part(text, found->group[group][0], found->group[group][1]));
        i += step - 1;
    }
}

static struct pk_view replaced(struct pk_style_run *run, struct pk_view text)
{
    struct pk_buffer out = {.arena = run->minutes->arena};
    const struct pk_style_action *action = &run->rule->action;
    struct pk_found found;
    size_t from = 0, done = 0;
    while (pk_matcher_find(run->matcher, action->pattern, text, from, &found) == PK_MATCH &&
           found.end > found.start) {
        pk_put(&out, pk_view_part(text, done, found.start));
        pk_put_groups(&out, action->param.items[2], text, &found);
        from = done = found.end;
    }
    pk_put(&out, pk_view_part(text, done, text.length));
    return pk_written(&out);
}

static uint32_t number_of(struct pk_view digits)
{
    uint32_t number = 0;
    for (size_t i = 0; i < digits.length && i < 6; i++)
        number = number * 10 + (uint32_t)(digits.at[i] - '0') % 10;
    return number;
}

static struct pk_view edited(struct pk_style_run *run, struct pk_view text)
{
    const struct pk_view *param = run->rule->action.param.items;
    if (pk_is(param[0], "regex"))
        return replaced(run, text);
    if (pk_is(param[0], "truncate"))
        return part_between(text, param[1], 0);
    if (pk_is(param[0], "split"))
        return part_between(text, param[1], number_of(param[2]));
    return trimmed(text, param[1], !pk_is(param[0], "trim_right"), !pk_is(param[0], "trim_left"));
}

/* "auto-save" as "autosave": `convert: simple`, letters alone. */
static struct pk_view simple(struct pk_arena *arena, struct pk_view text)
{
    struct pk_buffer out = {.arena = arena};
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] != '-' && text.at[i] != '_' && text.at[i] != ' ')
            pk_putc(&out, text.at[i]);
    return pk_written(&out);
}

void pk_style_act(struct pk_style_run *run, struct pk_view observed)
{
    const struct pk_style_action *action = &run->rule->action;
    if (pk_is(action->name, "remove")) {
        remove_words(run, observed);
    } else if (pk_is(action->name, "edit")) {
        struct pk_view text = pk_trim(edited(run, observed));
        if (text.length)
            pk_style_offer(run, observed, text, true);
    } else if (pk_is(action->name, "convert")) {
        pk_style_offer(run, observed, simple(run->minutes->arena, observed), true);
    } else {
        for (uint32_t i = 0; pk_is(action->name, "replace") && i < action->param.count; i++)
            if (!pk_same(action->param.items[i], observed))
                pk_style_offer(run, observed, action->param.items[i], action->param.count == 1);
    }
}
