/* suppression_unused.c - a comment that silences rules has something to silence. */
#include "lint/suppress.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_line_end(char byte)
{
    return byte == '\n' || byte == '\r';
}

/* Does the line that begins or ends at that place hold nothing, or does the text end there? */
static bool is_empty_before(struct pk_view text, size_t at)
{
    if (at && text.at[at - 1] == '\n')
        at--;
    if (at && text.at[at - 1] == '\r')
        at--;
    while (at && is_blank(text.at[at - 1]))
        at--;
    return !at || is_line_end(text.at[at - 1]);
}

static bool is_empty_behind(struct pk_view text, size_t at)
{
    while (at < text.length && is_blank(text.at[at]))
        at++;
    return at == text.length || is_line_end(text.at[at]);
}

/* Does a line begin what needs no blank line before it? */
static bool starts_anew(struct pk_view text, size_t at)
{
    struct pk_view line = pk_view_part(text, at, text.length);
    bool item = line.length > 2 && (line.at[0] == '-' || line.at[0] == '*' || line.at[0] == '+') &&
                line.at[1] == ' ' && !is_blank(line.at[2]) && !is_line_end(line.at[2]);
    return item || pk_starts(line, PK_VIEW("#"));
}

/* The comment with the blanks beside it that it leaves; with its line where nothing else stands
 * there. Lines that it keeps apart stay so. */
static struct pk_span to_remove(struct pk_view text, struct pk_span comment)
{
    size_t start = comment.start, end = comment.end;
    while (start && is_blank(text.at[start - 1]))
        start--;
    while (end < text.length && is_blank(text.at[end]))
        end++;
    bool first = !start || is_line_end(text.at[start - 1]);
    bool last = end == text.length || is_line_end(text.at[end]);
    if (first && last) {
        size_t behind = end;
        behind += behind < text.length && text.at[behind] == '\r';
        behind += behind < text.length && text.at[behind] == '\n' &&
                  (behind == end || text.at[behind - 1] == '\r');
        if (is_empty_before(text, start) || is_empty_behind(text, behind) ||
            starts_anew(text, behind))
            end = behind;
    } else if (last) {
        end = comment.end;
    } else {
        start = comment.start;
    }
    return (struct pk_span){(uint32_t)start, (uint32_t)end};
}

static void offer_removal(struct pk_lint *lint, const struct pk_suppression *comment)
{
    struct pk_view text = pk_minutes_of(lint)->blocks.text;
    struct pk_fix *fix = pk_offer(lint, "take this comment out", PK_VIEW(""));
    pk_offer_edit(lint, fix, to_remove(text, comment->span), PK_VIEW(""));
    if (comment->ends_at < 0)
        return;
    const struct pk_suppression *on = &lint->suppressions->comment.items[comment->ends_at];
    struct pk_span span = to_remove(text, on->span);
    if (on->rule.count < 2 && on->ended == 1 && span.start >= to_remove(text, comment->span).end)
        pk_offer_edit(lint, fix, span, PK_VIEW(""));
}

/* The name, and what parts it from the one before. */
static void offer_less(struct pk_lint *lint, struct pk_span name)
{
    struct pk_view text = pk_minutes_of(lint)->blocks.text;
    struct pk_span span = name;
    while (is_blank(text.at[span.start - 1]) || text.at[span.start - 1] == ',')
        span.start--;
    struct pk_fix *fix = pk_offer(lint, "take \"%1\" out", pk_slice(text, name));
    pk_offer_edit(lint, fix, span, PK_VIEW(""));
}

/* To silence this very rule is enough of a use. */
static bool is_used(const struct pk_view text, const struct pk_suppressed *rule)
{
    return rule->used || !rule->slot || pk_is(pk_slice(text, rule->span), "suppression-unused");
}

static void check_rules(struct pk_lint *lint, const struct pk_suppression *comment)
{
    struct pk_view text = pk_minutes_of(lint)->blocks.text;
    for (uint32_t i = 0; i < comment->rule.count; i++) {
        const struct pk_suppressed *rule = &comment->rule.items[i];
        if (is_used(text, rule))
            continue;
        pk_report1(lint, rule->span,
                   comment->kind == PK_SUPPRESS_ON ? "\"%1\" is not off here"
                                                   : "\"%1\" finds nothing here to silence",
                   pk_slice(text, rule->span));
        offer_less(lint, rule->span);
    }
}

static bool is_idle(struct pk_view text, const struct pk_suppression *comment)
{
    for (uint32_t i = 0; i < comment->rule.count; i++)
        if (is_used(text, &comment->rule.items[i]))
            return false;
    return !comment->used;
}

static void review(struct pk_lint *lint)
{
    struct pk_view text = pk_minutes_of(lint)->blocks.text;
    if (lint->findings->ended.count) /* nobody knows what else these rules had found */
        return;
    for (uint32_t i = 0; i < lint->suppressions->comment.count; i++) {
        const struct pk_suppression *comment = &lint->suppressions->comment.items[i];
        if (comment->kind == PK_SUPPRESS_UNKNOWN)
            continue;
        if (!is_idle(text, comment)) {
            check_rules(lint, comment);
            continue;
        }
        pk_report(lint, comment->span,
                  comment->kind == PK_SUPPRESS_ON ? "nothing is off here that this could end"
                                                  : "this silences nothing");
        offer_removal(lint, comment);
    }
}

const struct pk_rule pk_rule_suppression_unused = {
    .id = "suppression-unused",
    .severity = PK_INFO,
    .summary = "a comment that silences rules has something to silence",
    .help = "Such a comment stays when what it was for is mended, and then hides the next mistake. "
            "Take it out, or the rules from it that have nothing to say:\n\n"
            "    <!-- protokol: off-line action-due -->",
    .review = review,
};
