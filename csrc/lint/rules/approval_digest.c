/* approval_digest.c - what was sent, approved, distributed and what stands here are one text. */
#include "lint/lint.h"
#include "text/table.h"

struct texts {
    struct pk_lint *lint;
    const struct pk_log *log;
    struct pk_table agreed; /* digests of what was approved, and of its amendments */
    struct pk_view last;    /* of them */
};

/* The digest of that revision as it was sent last; empty: it was not. */
static struct pk_view sent_as(const struct pk_log *log, uint32_t before, uint32_t revision)
{
    while (before--) {
        const struct pk_event *event = &log->event.items[before];
        if (event->kind == PK_EVENT_SENT && event->revision == revision)
            return event->digest;
    }
    return PK_VIEW("");
}

static void report(struct texts *texts, const struct pk_event *event, const char *message,
                   struct pk_view argument)
{
    pk_report1(texts->lint, pk_entry_span(pk_minutes_of(texts->lint), event->span), message,
               argument);
}

static void look_at(struct texts *texts, uint32_t number)
{
    const struct pk_event *event = &texts->log->event.items[number];
    struct pk_view sent;
    switch (event->kind) {
    case PK_EVENT_APPROVED:
        sent = sent_as(texts->log, number, event->revision);
        if (sent.length && !pk_same(sent, event->digest))
            report(texts, event,
                   "what was approved is not what was sent as revision %1: send it as a new one",
                   pk_number(texts->lint, event->revision));
        break;
    case PK_EVENT_DISTRIBUTED:
        if (texts->last.length && !pk_same(texts->last, event->digest))
            report(texts, event, "what was distributed is not what was approved: distribute that",
                   PK_VIEW(""));
        return;
    case PK_EVENT_CONFIRMED:
        if (event->digest.length && texts->agreed.count &&
            !pk_table_find(&texts->agreed, event->digest))
            report(texts, event, "what %1 confirmed is not what was approved: ask again",
                   event->who);
        return;
    case PK_EVENT_AMENDED:
        break;
    default:
        return;
    }
    texts->last = event->digest;
    *pk_table_at(pk_minutes_of(texts->lint)->arena, &texts->agreed, event->digest) = 1;
}

static void check(struct pk_lint *lint)
{
    const struct pk_approval *approval = pk_approval_of(lint);
    if (!approval)
        return;
    struct texts texts = {.lint = lint, .log = &approval->log};
    for (uint32_t i = 0; i < approval->log.event.count; i++)
        look_at(&texts, i);
    if (approval->standing.changed)
        pk_report1(lint, pk_document_span(pk_minutes_of(lint)),
                   "the text was changed since revision %1 was approved: amend it or undo that",
                   pk_number(lint, approval->standing.approved));
}

const struct pk_rule pk_rule_approval_digest = {
    .id = "approval-digest",
    .severity = PK_WARNING,
    .summary = "the text is the one that was approved, and so is what was distributed",
    .help =
        "The log holds a digest of the text that was sent, approved and distributed; one letter "
        "more makes another digest. Blanks at line ends, internal passages and the log itself "
        "do not count. A change after approval is an amendment and has to be told:\n\n"
        "    protokol record amended --what \"the price in item 3\" minutes.md",
    .check = check,
};
