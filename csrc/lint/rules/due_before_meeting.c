/* due_before_meeting.c - what is still to be done is due after the meeting. */
#include "lint/lint.h"

static bool is_review(const struct pk_minutes *minutes, const struct pk_action *action)
{
    return action->section >= 0 &&
           minutes->section.items[action->section].kind == PK_SECTION_PAST_ACTIONS;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_action *action;
    for (uint32_t at = 0; minutes->date.year && (action = pk_next_due(lint, &at));)
        if (action->dated == PK_DATED && !action->due_relative && !action->due_ambiguous &&
            pk_date_compare(action->due, minutes->date) < 0 && !is_review(minutes, action))
            pk_report2(lint, action->due_span,
                       "due on %1, before the meeting (%2): set a new date, or close it",
                       pk_day(lint, action->due), pk_day(lint, minutes->date));
}

const struct pk_rule pk_rule_due_before_meeting = {
    .id = "due-before-meeting",
    .severity = PK_WARNING,
    .summary = "what is still to be done is due after the meeting",
    .help = "Nobody can do today what was due yesterday: either the year or month is a slip, or an "
            "item of last time was taken over with its old date. Agree on a new one, or mark the "
            "item as done or cancelled. Sections that look back on earlier items are left alone:"
            "\n\n"
            "    Date: 12 November 2026\n"
            "    - [ ] Anna: send the offer by 20 October 2026",
    .check = check,
};
