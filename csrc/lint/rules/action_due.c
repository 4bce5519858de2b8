/* action_due.c - every open action has a date by which it is due. */
#include "lint/lint.h"

/* A word where the date should be: "TBD". */
static bool is_left_open(const struct pk_minutes *minutes, const struct pk_action *action)
{
    bool word = action->due_span.end > action->due_span.start;
    return word && pk_is_blank_value(minutes, pk_slice(minutes->blocks.text, action->due_span));
}

/* "Контроль за исполнением", "Ответственной за сцену назначить ...": a duty that lasts. */
static bool is_duty(const struct pk_minutes *minutes, const struct pk_action *action)
{
    size_t length;
    return action->owner.count &&
           pk_words_of(&minutes->library->words, action->text, PK_WORD_OWNER, &length) &&
           length < action->text.length && action->text.at[length] == ' ';
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        struct pk_view due = pk_slice(minutes->blocks.text, action->due_span);
        if (!pk_is_waiting(lint, action))
            continue;
        if (is_left_open(minutes, action))
            pk_report1(lint, action->due_span, "the due date is left open: \"%1\"", due);
        else if (action->dated == PK_DATED_NONE && !is_duty(minutes, action))
            pk_report(lint, action->span, "no date by which this is due");
    }
}

const struct pk_rule pk_rule_action_due = {
    .id = "action-due",
    .severity = PK_WARNING,
    .summary = "every open action has a date by which it is due",
    .help = "Without a date an action is a wish: nobody can say that it is late. Write a day, or "
            "an event that will come; a done or cancelled action needs none:\n\n"
            "    - [ ] Anna: send the revised offer by 20 November",
    .check = check,
};
