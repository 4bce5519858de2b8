/* detail_unsettled.c - the client was asked for the level of detail before anything was sent. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_approval *approval = pk_approval_of(lint);
    for (uint32_t i = 0; approval && i < approval->log.event.count; i++) {
        const struct pk_event *event = &approval->log.event.items[i];
        if (event->kind == PK_EVENT_DETAIL)
            return;
        if (event->kind != PK_EVENT_SENT)
            continue;
        pk_report(lint, pk_entry_span(pk_minutes_of(lint), event->span),
                  "sent before the client was asked how much detail is wanted");
        return;
    }
}

const struct pk_rule pk_rule_detail_unsettled = {
    .id = "detail-unsettled",
    .severity = PK_OFF,
    .summary = "the client is asked how much detail is wanted before the minutes are sent",
    .help = "Some want every argument, some only what was agreed; asking first saves a round. A "
            "profile turns this rule on; minutes of negotiations do (hint). Record the answer:\n\n"
            "    protokol record detail --level brief --how phone minutes.md",
    .check = check,
};
