/* due_ambiguous.c - everybody reads the same day in a due date. */
#include "lint/lint.h"

#include <string.h>

/* The other day that some will read: day and month the other way round in 3/4/2026, or the
 * Friday of this week in "next Friday". */
static struct pk_date other_day(const struct pk_minutes *minutes, const struct pk_action *action)
{
    enum { BACK = 60 }; /* days that a day without a year may lie back: as the reader has it */
    struct pk_date due = action->due;
    if (!memchr(action->due_text.at, '/', action->due_text.length))
        return pk_date_of_days(pk_date_days(due) - 7);
    struct pk_date other = {due.year, due.day, due.month};
    struct pk_view day = pk_slice(minutes->blocks.text, action->due_day);
    const char *slash = memchr(day.at, '/', day.length);
    bool dated = slash && memchr(slash + 1, '/', (size_t)(day.at + day.length - slash - 1));
    if (!dated && minutes->date.year && pk_date_days(other) < pk_date_days(minutes->date) - BACK)
        other.year++;
    return other;
}

static bool is_range(struct pk_view text)
{
    uint32_t slashes = 0;
    for (size_t i = 0; i < text.length; i++)
        slashes += text.at[i] == '/';
    return slashes > 2;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_action *action;
    for (uint32_t at = 0; (action = pk_next_due(lint, &at));) {
        if (action->dated != PK_DATED || !action->due_ambiguous)
            continue;
        struct pk_date days[] = {action->due, other_day(minutes, action)};
        if (!pk_date_valid(days[1]))
            continue;
        pk_report3(lint, action->due_day, "\"%1\" may be %2 or %3: write out which",
                   pk_slice(minutes->blocks.text, action->due_day), pk_day(lint, days[0]),
                   pk_day(lint, days[1]));
        for (int i = 0; i < 2 && !is_range(action->due_text); i++) {
            struct pk_fix *fix = pk_offer_day(lint, action, days[i], "write %1");
            if (fix)
                fix->choice = true;
        }
    }
}

const struct pk_rule pk_rule_due_ambiguous = {
    .id = "due-ambiguous",
    .severity = PK_WARNING,
    .summary = "everybody reads the same day in a due date",
    .help = "3/4/2026 is 3 April to some and 4 March to others; \"next Friday\" is two days off or "
            "nine. What one side holds for late is in time for the other. Write the month in "
            "words, or the date as the language does; both readings are offered as a mend. Where "
            "another date of the minutes tells (25/4/2026), nothing is said:\n\n"
            "    - [ ] Anna: send the offer by 3/4/2026   ->   by 3 April 2026",
    .check = check,
};
