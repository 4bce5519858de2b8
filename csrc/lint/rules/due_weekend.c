/* due_weekend.c - things are due on days on which people work. */
#include "lint/lint.h"

static bool is_off(const struct pk_minutes *minutes, struct pk_date day)
{
    struct pk_holiday holiday = {day.year, day.month, day.day};
    return pk_is_holiday(minutes->profile, holiday);
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_action *action;
    for (uint32_t at = 0; (action = pk_next_due(lint, &at));) {
        if (action->dated != PK_DATED || action->due_ambiguous)
            continue;
        if (is_off(minutes, action->due))
            pk_report1(lint, action->due_span, "due on a holiday: %1", pk_day(lint, action->due));
        else if (pk_date_weekday(action->due) > 5)
            pk_report1(lint, action->due_span, "due on a weekend: %1", pk_day(lint, action->due));
        else
            continue;
        struct pk_fix *fix =
            pk_offer_day(lint, action, pk_date_after_working_days(action->due, 1, minutes->profile),
                         "make it the next working day: %1");
        if (fix)
            fix->choice = true;
    }
}

const struct pk_rule pk_rule_due_weekend = {
    .id = "due-weekend",
    .severity = PK_OFF,
    .summary = "things are due on days on which people work",
    .help = "What is due on a Sunday is done on Friday or on Monday, and nobody knows which was "
            "meant. Saturdays, Sundays and the `holidays` of the profile count. The rule is off "
            "unless a profile turns it on:\n\n"
            "    rules: {due-weekend: info}\n"
            "    holidays: [01-01, 2026-12-25]",
    .check = check,
};
