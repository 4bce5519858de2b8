/* tone_hedge.c - what was agreed is promised plainly. */
#include "lint/lint.h"

static bool is_question(struct pk_view sentence)
{
    return sentence.length && sentence.at[sentence.length - 1] == '?';
}

/* "(perhaps Ben knows)" explains; "(if possible)" hedges. */
static bool is_aside(const struct pk_found_word *found)
{
    enum { FARTHEST = 300 }; /* bytes; a bracket opened before that is no aside */
    size_t open = 0, at = found->start > FARTHEST ? found->start - FARTHEST : 0;
    for (; at < found->start; at++)
        if (found->sentence.at[at] == '(')
            open = at + 1;
        else if (found->sentence.at[at] == ')')
            open = 0;
    return open && open != found->start;
}

static bool is_promise(struct pk_lint *lint, const struct pk_found_word *found)
{
    if (is_question(found->sentence) || is_aside(found))
        return false;
    if (found->action)
        return pk_is_waiting(lint, found->action);
    return found->decision || found->section == PK_SECTION_AGREEMENTS;
}

static void check(struct pk_lint *lint)
{
    uint32_t count = 0;
    const struct pk_found_word *found = pk_found_words(lint, &count);
    for (uint32_t i = 0; i < count; i++)
        if (is_promise(lint, &found[i]))
            pk_report1(lint, found[i].span,
                       "\"%1\" leaves open whether this will be done; say what is promised",
                       found[i].text);
}

const struct pk_rule pk_rule_tone_hedge = {
    .id = "tone-hedge",
    .severity = PK_INFO,
    .summary = "what was agreed is promised plainly",
    .help = "\"We will try\" binds nobody, and the other side reads it as a yes. Promise what can "
            "be promised, name what it depends on, or leave it among the open questions. Only "
            "agreements, decisions and open actions are looked at:\n\n"
            "    we will try to deliver in May   ->   we deliver in May if the parts are here by "
            "April",
    .words = {"hedge"},
    .check = check,
};
