/* distribution_missing.c - everybody who took part has a copy of what was approved. */
#include "lint/lint.h"

struct lacking {
    struct pk_span span;
    struct pk_view name;
};

struct lack {
    PK_LIST(struct lacking) who;
};

static void add(struct pk_lint *lint, struct lack *lack, struct pk_span span, struct pk_view name)
{
    *pk_push(pk_minutes_of(lint)->arena, &lack->who) = (struct lacking){span, name};
}

/* Those whom the standing knows by name, with their places. They stand there in the order of the
 * minutes, and behind them those of the list in the front matter. */
static void find(struct pk_lint *lint, const struct pk_names *unserved, struct lack *lack)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t next = 0;
    for (uint32_t i = 0; i < minutes->person.count && next < unserved->name.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (person->name.at != unserved->name.items[next].at)
            continue;
        next++;
        if (!pk_has_placeholder(minutes, person->whole))
            add(lint, lack, person->span, person->name);
    }
    const struct pk_yaml *informed = pk_yaml_get(minutes->front, "distribution");
    uint32_t front = pk_front_start(minutes);
    informed = informed ? informed->first : NULL;
    for (; informed && next < unserved->name.count; informed = informed->next) {
        struct pk_span span = {front + informed->span.start, front + informed->span.end};
        if (informed->value.at != unserved->name.items[next].at)
            continue;
        next++;
        if (!pk_has_placeholder(minutes, span))
            add(lint, lack, span, informed->value);
    }
}

/* Approved for some days, and nobody has it: told once, at the entry. */
static void check_approved(struct pk_lint *lint, const struct pk_approval *approval)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t at = approval->log.event.count;
    const struct pk_event *event = NULL;
    while (at-- && !event) {
        const struct pk_event *before = &approval->log.event.items[at];
        if (before->kind == PK_EVENT_APPROVED || before->kind == PK_EVENT_AMENDED)
            event = before;
    }
    if (!event || !minutes->today.year)
        return;
    struct pk_date day = pk_event_day(event);
    if (pk_date_days(minutes->today) - pk_date_days(day) >= (int32_t)pk_option(lint, "days"))
        pk_report1(lint, pk_entry_span(minutes, event->span),
                   "approved on %1, and nobody has a copy yet: distribute it", pk_day(lint, day));
}

static void check(struct pk_lint *lint)
{
    enum { ONE_BY_ONE = 3 };
    const struct pk_approval *approval = pk_approval_of(lint);
    struct lack lack = {0};
    if (!approval || approval->standing.stand < PK_AGREED)
        return;
    if (approval->standing.stand == PK_AGREED) {
        check_approved(lint, approval);
        return;
    }
    find(lint, &approval->standing.unserved, &lack);
    if (lack.who.count > ONE_BY_ONE)
        pk_report2(lint, lack.who.items[0].span,
                   "no copy of what was approved went to %1 and %2 others", lack.who.items[0].name,
                   pk_number(lint, lack.who.count - 1));
    else
        for (uint32_t i = 0; i < lack.who.count; i++)
            pk_report1(lint, lack.who.items[i].span, "no copy of what was approved went to %1",
                       lack.who.items[i].name);
}

const struct pk_rule pk_rule_distribution_missing = {
    .id = "distribution-missing",
    .severity = PK_WARNING,
    .option = {{"days", {3, 3, 3}}},
    .summary = "everybody who took part has a copy of what was approved",
    .help = "The approved text goes to each participant, and to those whom the front matter lists "
            "under `distribution:`. A person is known by name or address as it stands in the list "
            "of participants. That nobody has a copy is told some `days` after the approval:\n\n"
            "    protokol record distributed --to \"Ben Lee <ben@example.com>\" minutes.md",
    .check = check,
};
