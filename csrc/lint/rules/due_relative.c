/* due_relative.c - a due date tells its day without the day of the meeting. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_action *action;
    for (uint32_t at = 0; (action = pk_next_due(lint, &at));) {
        if (!action->due_relative || action->due_ambiguous)
            continue;
        pk_report2(lint, action->due_span,
                   "\"%1\" is counted from the day of the meeting: write %2", action->due_text,
                   pk_day(lint, action->due));
        pk_offer_day(lint, action, action->due, "write %1");
    }
}

const struct pk_rule pk_rule_due_relative = {
    .id = "due-relative",
    .severity = PK_INFO,
    .summary = "a due date tells its day without the day of the meeting",
    .help =
        "\"By Friday\" is clear in the room and a riddle a month later, or in a list of actions "
        "from many meetings. Write the day itself; the mend counts it from the day of the "
        "meeting. An event (\"before the next call\") may stay:\n\n"
        "    - [ ] Anna: send the offer by Friday   ->   by 2026-11-20",
    .check = check,
};
