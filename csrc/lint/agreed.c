/* agreed.c - what rules ask of the log of approval. */
#include "lint/run.h"

const struct pk_approval *pk_approval_of(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = lint->minutes;
    struct pk_approval *approval = &lint->looked->approval;
    if (!lint->looked->at_approval) {
        lint->looked->at_approval = true;
        pk_log_read(minutes->arena, minutes, &approval->log);
        if (approval->log.event.count)
            pk_standing_of(minutes->arena, minutes, &approval->log, &approval->standing);
    }
    return approval->log.event.count || approval->log.flaw.count ? approval : NULL;
}

struct pk_span pk_entry_span(const struct pk_minutes *minutes, struct pk_span entry)
{
    struct pk_view text = minutes->blocks.text;
    uint32_t end = entry.start;
    while (end < entry.end && text.at[end] != '\n' && text.at[end] != '\r')
        end++;
    return (struct pk_span){entry.start, end};
}
