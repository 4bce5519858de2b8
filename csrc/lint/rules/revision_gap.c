/* revision_gap.c - revisions in the log are numbered 1, 2, 3 ... */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_approval *approval = pk_approval_of(lint);
    uint32_t last = 0;
    if (!approval || approval->log.flaw.count)
        return; /* an entry that does not count may be the one that is missing */
    for (uint32_t i = 0; i < approval->log.event.count; i++) {
        const struct pk_event *event = &approval->log.event.items[i];
        if (event->kind != PK_EVENT_SENT)
            continue;
        if (event->revision != last + 1)
            pk_report2(lint, pk_entry_span(pk_minutes_of(lint), event->span),
                       "revision %1 stands where %2 is the next: is an entry missing, or the "
                       "number wrong?",
                       pk_number(lint, event->revision), pk_number(lint, last + 1));
        last = event->revision;
    }
}

const struct pk_rule pk_rule_revision_gap = {
    .id = "revision-gap",
    .severity = PK_WARNING,
    .summary = "revisions in the log of approval are numbered 1, 2, 3 ...",
    .help =
        "Each text that is sent for checking is a revision, and keeps its number for ever: that "
        "is how all know which one they speak of. A gap means that an entry got lost, two of "
        "one number that two texts are taken for one. The program counts by itself:\n\n"
        "    protokol record sent --to ben@example.com minutes.md",
    .check = check,
};
