/* due_overdue.c - nothing that is open is past its date. */
#include "lint/lint.h"

/* What was late at the meeting already is due-before-meeting's. */
static bool was_late(const struct pk_minutes *minutes, const struct pk_action *action)
{
    return minutes->date.year && !action->due_relative &&
           pk_date_compare(action->due, minutes->date) < 0;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_action *action;
    for (uint32_t at = 0; minutes->today.year && (action = pk_next_due(lint, &at));)
        if (action->dated == PK_DATED && !was_late(minutes, action) &&
            pk_date_compare(action->due, minutes->today) < 0)
            pk_report1(lint, action->due_span, "overdue since %1: close it, or agree on a new date",
                       pk_day(lint, action->due));
}

const struct pk_rule pk_rule_due_overdue = {
    .id = "due-overdue",
    .severity = PK_INFO,
    .summary = "nothing that is open is past its date",
    .help = "An open action whose day has passed was either done without anyone noting it, or was "
            "forgotten. Ask its owner; mark it as done or cancelled, or agree on a new date. "
            "What counts is today, or the day given as --today:\n\n"
            "    - [x] Anna: send the offer by 20 October 2026",
    .check = check,
};
