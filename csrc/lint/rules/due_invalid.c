/* due_invalid.c - the date by which something is due is in the calendar. */
#include "lint/lint.h"

/* The numbers of a date in figures, as they stand; how many there are. */
static uint32_t figures_of(struct pk_view text, int number[3])
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.length; count++) {
        while (i < text.length && (text.at[i] < '0' || text.at[i] > '9'))
            i++;
        if (i == text.length)
            break;
        if (count == 3)
            return 0;
        for (number[count] = 0; i < text.length && text.at[i] >= '0' && text.at[i] <= '9'; i++)
            number[count] = number[count] < 10000 ? number[count] * 10 + (text.at[i] - '0') : 10000;
    }
    return count;
}

/* What may have been meant: the last day of the month, or day and month the other way round. */
static struct pk_date meant(struct pk_view text)
{
    int number[3];
    if (figures_of(text, number) != 3)
        return (struct pk_date){0};
    bool year_first = number[0] > 31;
    int year = number[year_first ? 0 : 2], month = number[1], day = number[year_first ? 2 : 0];
    if (year < 1000 || year > 9999 || month < 1 || day < 1)
        return (struct pk_date){0};
    if (month <= 12 && day <= 31)
        return pk_date_of_month(year, month, 31);
    struct pk_date swapped = {(int16_t)year, (uint8_t)day, (uint8_t)month};
    return month <= 31 && day <= 12 && pk_date_valid(swapped) ? swapped : (struct pk_date){0};
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_action *action;
    for (uint32_t at = 0; (action = pk_next_due(lint, &at));) {
        struct pk_view day = pk_slice(minutes->blocks.text, action->due_day);
        if (action->dated != PK_DATED_INVALID)
            continue;
        pk_report1(lint, action->due_day, "\"%1\" is no date", day);
        struct pk_date other = meant(day);
        struct pk_fix *fix = other.year ? pk_offer_day(lint, action, other, "write %1") : NULL;
        if (fix)
            fix->choice = true;
    }
}

const struct pk_rule pk_rule_due_invalid = {
    .id = "due-invalid",
    .severity = PK_WARNING,
    .summary = "the date by which something is due is in the calendar",
    .help =
        "A date that does not exist is most often a slip of the pen, and everybody will mend it "
        "in another way. Write the day that was meant:\n\n"
        "    - [ ] Anna: send the offer by 2026-02-30   ->   by 2026-02-28",
    .check = check,
};
