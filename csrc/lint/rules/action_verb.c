/* action_verb.c - an action says what is to be done. */
#include "lint/lint.h"

/* Nothing but things and what stands around them: "the new website", "budget 2027". */
static bool is_mere_thing(const struct pk_lint *lint, struct pk_view text)
{
    enum { MOST_WORDS = 6 };
    uint32_t words = 0, things = 0;
    size_t width = 0, length;
    for (; text.length; text = pk_view_part(text, width, text.length)) {
        uint32_t codepoint = pk_decode(text, &width);
        if (!pk_is_word(codepoint))
            continue;
        const char *group = pk_listed_at(lint, text, &length);
        if (!group && !pk_is_digit(codepoint))
            return false;
        things += group && pk_is(pk_view_of(group), "thing");
        if (group)
            width = length;
        else
            while (width < text.length && text.at[width] >= '0' && text.at[width] <= '9')
                width++;
        if (++words > MOST_WORDS)
            return false;
    }
    return things > 0;
}

static void check(struct pk_lint *lint)
{
    const struct pk_action *action;
    for (uint32_t at = 0; (action = pk_next_waiting(lint, &at));)
        if (is_mere_thing(lint, action->text))
            pk_report1(lint, action->span, "\"%1\" does not say what is to be done", action->text);
}

const struct pk_rule pk_rule_action_verb = {
    .id = "action-verb",
    .severity = PK_HINT,
    .summary = "an action says what is to be done",
    .help = "\"Website\" is a topic: is it to be built, mended or paid for? Begin with a verb, so "
            "that all can see when it is done. Only items that surely have no verb are flagged, by "
            "a list of things; `words` adds to it:\n\n"
            "    - [ ] Anna: website   ->   - [ ] Anna: move the website to the new server",
    .words = {"thing", "around"},
    .listed = true,
    .check = check,
};
