/* date_missing.c - minutes say on which day the meeting was. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    if (!minutes->date.year) /* it may stand in the title, too */
        pk_require_field(lint, PK_FIELD_DATE, "the date of the meeting is missing",
                         "the date of the meeting is left open");
}

const struct pk_rule pk_rule_date_missing = {
    .id = "date-missing",
    .severity = PK_WARNING,
    .summary = "minutes say on which day the meeting was",
    .help = "Agreements count from the day of the meeting, and \"by Friday\" means nothing without "
            "it. Give the date in a line of the heading, in the title or in the front matter:\n\n"
            "    Date: 12 November 2026",
    .check = check,
};
