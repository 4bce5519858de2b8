/* internal_agreement.c - what was agreed does not stand where the client never sees it. */
#include "lint/lint.h"

static bool is_internal(const struct pk_passages *passages, struct pk_span span)
{
    uint32_t low = 0, high = passages->span.count;
    while (low < high) { /* the first that ends behind its start */
        uint32_t middle = low + (high - low) / 2;
        if (passages->span.items[middle].end <= span.start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < passages->span.count && passages->span.items[low].start <= span.start;
}

/* Of a section of agreements, where it is told as one. */
static bool is_agreed(const struct pk_minutes *minutes, const struct pk_action *action)
{
    const struct pk_section *section =
        action->section >= 0 ? &minutes->section.items[action->section] : NULL;
    return section &&
           (section->kind == PK_SECTION_AGREEMENTS || section->kind == PK_SECTION_DECISIONS);
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_passages passages;
    const struct pk_action *action;
    pk_internal(minutes->arena, minutes, &passages);
    if (!passages.span.count)
        return;
    for (uint32_t i = 0; i < minutes->decision.count; i++) {
        struct pk_span span = minutes->decision.items[i].span;
        if (is_internal(&passages, span) && !pk_has_placeholder(minutes, span))
            pk_report(lint, span,
                      "this agreement is internal, and in no copy that leaves the house: move it "
                      "out of the passage");
    }
    for (uint32_t at = 0; (action = pk_next_waiting(lint, &at));) {
        if (!is_internal(&passages, action->span) || is_agreed(minutes, action))
            continue;
        enum pk_severity severity = pk_severity_set(lint, NULL);
        pk_report(lint, action->span,
                  "this action is internal: if the client is to know of it, move it out of the "
                  "passage");
        pk_grade(lint, severity > PK_HINT ? (enum pk_severity)(severity - 1) : PK_HINT);
    }
}

const struct pk_rule pk_rule_internal_agreement = {
    .id = "internal-agreement",
    .severity = PK_WARNING,
    .summary = "what was agreed stands in no internal passage",
    .help = "What stands between <!-- internal --> and <!-- /internal -->, or in a section whose "
            "heading is marked so, is left out of every copy that leaves the house. An agreement "
            "there is one that the other side never sees and never confirms; move it out. An "
            "action may be your own affair, and is told one grade lower.",
    .check = check,
};
