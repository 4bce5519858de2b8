/* line_repeat.c - nothing is said twice in the same words. */
#include "lint/lint.h"
#include "text/table.h"

enum { FEWEST_WORDS = 7 };

/* Without the number, bullet or full stop around it. */
static struct pk_view bare(struct pk_view text)
{
    size_t start = 0, end = text.length, width = 0;
    while (start < end && !pk_is_letter(pk_decode(pk_view_part(text, start, end), &width)))
        start += width;
    while (end > start && !pk_is_word(pk_decode_before(text, end, &width)))
        end -= width;
    return pk_view_part(text, start, end);
}

/* Topics of an agenda and entries of a list come again; a sentence has its full stop. */
static bool is_sentence(struct pk_view text)
{
    char last = text.length ? text.at[text.length - 1] : ' ';
    return last == '.' || last == '!';
}

/* `lines`: the line (from 1) in which a sentence stands first. */
static void take(struct pk_lint *lint, struct pk_table *lines, struct pk_view sentence,
                 struct pk_span span)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_view text = bare(sentence);
    if (!is_sentence(sentence) || pk_spoken_words(text) < FEWEST_WORDS ||
        pk_has_placeholder(minutes, span))
        return;
    uint32_t *first = pk_table_at(minutes->arena, lines, pk_folded(minutes->arena, text));
    if (*first)
        pk_report1(lint, span, "this is said in line %1 already; once is enough",
                   pk_number(lint, *first));
    else
        *first = pk_line_at(&minutes->blocks, span.start) + 1;
}

/* What is to be done twice is for other rules to judge. */
static bool is_item(const struct pk_minutes *minutes, struct pk_span span, uint32_t *action,
                    uint32_t *decision)
{
    while (*action < minutes->action.count && minutes->action.items[*action].span.end <= span.start)
        ++*action;
    while (*decision < minutes->decision.count &&
           minutes->decision.items[*decision].span.end <= span.start)
        ++*decision;
    return (*action < minutes->action.count &&
            minutes->action.items[*action].span.start < span.end) ||
           (*decision < minutes->decision.count &&
            minutes->decision.items[*decision].span.start < span.end);
}

/* An agenda says what comes, and is said again where it has come. Moves past agendas. */
static bool is_agenda(const struct pk_minutes *minutes, uint32_t block, uint32_t *section)
{
    for (; *section < minutes->section.count; ++*section) {
        const struct pk_section *next = &minutes->section.items[*section];
        if (block < next->end && next->kind == PK_SECTION_AGENDA)
            return block >= next->block;
    }
    return false;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t action = 0, decision = 0, section = 0, count;
    const struct pk_stretch *stretch = pk_stretches_of(lint, &count), *last = stretch + count;
    struct pk_table lines = {0};
    for (; stretch < last; stretch++) {
        size_t from = 0, start = 0, end = 0;
        if (is_agenda(minutes, stretch->block, &section) ||
            is_item(minutes, stretch->span, &action, &decision) ||
            pk_is_quoted(minutes, stretch->block) || stretch->words < FEWEST_WORDS)
            continue;
        const struct pk_flow *flow = pk_stretch_flow(lint, stretch);
        while (pk_sentence(minutes, flow->text, &from, &start, &end))
            take(lint, &lines, pk_view_part(flow->text, start, end),
                 pk_flow_span(flow, start, end));
    }
}

const struct pk_rule pk_rule_line_repeat = {
    .id = "line-repeat",
    .severity = PK_INFO,
    .summary = "nothing is said twice in the same words",
    .help = "A sentence that stands twice was copied and forgotten, or makes the reader look for a "
            "difference. Leave it where it belongs. Sentences of fewer than seven words, "
            "entries without a full stop, action items, decisions, tables, quotations and the "
            "agenda may stand again.",
    .check = check,
};
