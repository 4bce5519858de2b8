/* approval_open.c - nothing is approved while somebody still objects to it. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_approval *approval = pk_approval_of(lint);
    if (!approval || approval->standing.stand < PK_AGREED)
        return;
    for (uint32_t i = 0; i < approval->standing.objection.count; i++) {
        const struct pk_event *event = approval->standing.objection.items[i];
        pk_report2(lint, pk_entry_span(pk_minutes_of(lint), event->span),
                   "approved while objection %1 (%2) is open: record how it was resolved",
                   pk_number(lint, event->number), event->who);
    }
}

const struct pk_rule pk_rule_approval_open = {
    .id = "approval-open",
    .severity = PK_WARNING,
    .summary = "nothing is approved while an objection to it is open",
    .help = "Minutes are agreed when each objection was accepted, ended in a compromise, or was "
            "withdrawn; what is left open comes back later. Record what became of it:\n\n"
            "    protokol record resolution --of 2 --outcome withdrawn minutes.md",
    .check = check,
};
