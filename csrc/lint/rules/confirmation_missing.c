/* confirmation_missing.c - who got the approved text says so in writing, and soon. */
#include "lint/lint.h"

/* Those who got their copy by one event, from the first on: how many they are. */
static uint32_t served_alike(const struct pk_standing *standing, uint32_t first)
{
    uint32_t next = first;
    while (next < standing->served_by.count &&
           standing->served_by.items[next] == standing->served_by.items[first])
        next++;
    return next - first;
}

static void report(struct pk_lint *lint, const struct pk_standing *standing, uint32_t first,
                   uint32_t count)
{
    enum { ONE_BY_ONE = 3 };
    const struct pk_event *event = standing->served_by.items[first];
    struct pk_span span = pk_entry_span(pk_minutes_of(lint), event->span);
    struct pk_view day = pk_day(lint, pk_event_day(event));
    const struct pk_view *name = &standing->unconfirmed.name.items[first];
    if (count > ONE_BY_ONE)
        pk_report3(lint, span, "%1 and %2 others have not confirmed the copy of %3 in writing",
                   name[0], pk_number(lint, count - 1), day);
    else
        for (uint32_t i = 0; i < count; i++)
            pk_report2(lint, span, "%1 has not confirmed the copy of %2 in writing", name[i], day);
}

static void check(struct pk_lint *lint)
{
    const struct pk_approval *approval = pk_approval_of(lint);
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    if (!approval || !minutes->today.year)
        return;
    const struct pk_standing *standing = &approval->standing;
    int32_t today = pk_date_days(minutes->today), patience = (int32_t)pk_option(lint, "days");
    for (uint32_t i = 0, count; i < standing->served_by.count; i += count) {
        count = served_alike(standing, i);
        if (today - pk_date_days(pk_event_day(standing->served_by.items[i])) >= patience)
            report(lint, standing, i, count);
    }
}

const struct pk_rule pk_rule_confirmation_missing = {
    .id = "confirmation-missing",
    .severity = PK_INFO,
    .option = {{"days", {5, 5, 5}}},
    .summary = "who got the approved text confirms it in writing",
    .help = "A confirmation in writing is what counts when somebody later remembers it otherwise. "
            "After some `days` without one, ask for it; a short reply is enough. Keep where it "
            "can be found:\n\n"
            "    protokol record confirmed --who \"Ben Lee\" --reference \"<id@mail>\" minutes.md",
    .check = check,
};
