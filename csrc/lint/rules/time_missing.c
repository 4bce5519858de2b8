/* time_missing.c - minutes say at what time the meeting was. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    pk_require_field(lint, PK_FIELD_TIME, "the time of the meeting is missing",
                     "the time of the meeting is left open");
}

const struct pk_rule pk_rule_time_missing = {
    .id = "time-missing",
    .severity = PK_WARNING,
    .summary = "minutes say at what time the meeting was",
    .help = "The time tells two meetings of one day apart and shows how long the sides talked. "
            "Give it in the heading, beside the date or in a line of its own:\n\n"
            "    Time: 10:00-11:30",
    .check = check,
};
