/* approval_order.c - the log of approval can be read, and its events could come as they stand. */
#include "lint/run.h"

static void at_event(void *context, const struct pk_event *event, const char *why)
{
    struct pk_lint *lint = context;
    struct pk_view reason = pk_message(lint, why, (struct pk_view[3]){{"", 0}, {"", 0}, {"", 0}});
    if (why == pk_revision_gap)
        return; /* a rule of its own */
    pk_report2(lint, pk_entry_span(pk_minutes_of(lint), event->span),
               "\"%1\" cannot stand here: %2", pk_view_of(pk_event_kinds[event->kind]), reason);
}

static void check(struct pk_lint *lint)
{
    const struct pk_approval *approval = pk_approval_of(lint);
    if (!approval)
        return;
    for (uint32_t i = 0; i < approval->log.flaw.count; i++) {
        const struct pk_log_flaw *flaw = &approval->log.flaw.items[i];
        struct pk_view what =
            pk_message(lint, flaw->message, (struct pk_view[3]){flaw->word, {"", 0}, {"", 0}});
        pk_report1(lint, pk_entry_span(pk_minutes_of(lint), flaw->span),
                   "this entry of the log does not count: %1", what);
    }
    if (!approval->log.flaw.count) /* else what is missing may be what does not count */
        pk_log_hinders(&approval->log, at_event, lint);
}

const struct pk_rule pk_rule_approval_order = {
    .id = "approval-order",
    .severity = PK_ERROR,
    .summary = "the log of approval can be read, and its events follow from each other",
    .help = "Nothing can be approved that was not sent, nothing distributed that was not approved, "
            "and no event is older than the one in front of it. Where the log says otherwise, an "
            "entry is missing or was changed by hand. Let the program write it:\n\n"
            "    protokol record approved --who \"Ben Lee\" minutes.md",
    .check = check,
};
