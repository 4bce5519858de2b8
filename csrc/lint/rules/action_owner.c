/* action_owner.c - somebody owns every open action. */
#include "lint/lint.h"

#include <string.h>

/* Marked as an action by itself; an entry of a list or a sentence may be but what came out. */
static bool is_marked(const struct pk_action *action)
{
    return action->source != PK_FROM_SECTION && action->source != PK_FROM_SENTENCE;
}

/* Do the actions inside it say whose they are? */
static bool is_shared_out(const struct pk_minutes *minutes, uint32_t number)
{
    const struct pk_action *action = &minutes->action.items[number];
    uint32_t end = minutes->blocks.block.items[action->block].next;
    for (uint32_t i = number + 1; i < minutes->action.count; i++) {
        const struct pk_action *inner = &minutes->action.items[i];
        if (inner->block <= action->block || inner->block >= end)
            return false;
        if (inner->owner.count || inner->naming)
            return true;
    }
    return false;
}

/* "BFG to ask for offers", whoever they are; "API" might be a thing as well. */
static bool starts_with_letters(const struct pk_action *action)
{
    enum { FEWEST = 2 };
    size_t width, letters = 0, at = 0;
    for (; at < action->text.length; at += width) {
        uint32_t sign = pk_decode(pk_view_part(action->text, at, action->text.length), &width);
        if (!pk_is_upper(sign))
            return letters >= FEWEST && sign == ' ';
        letters++;
    }
    return false;
}

/* "ACTION: is there anybody to help?" */
static bool is_asked(const struct pk_lint *lint, const struct pk_action *action)
{
    size_t length;
    const char *group = pk_listed_at(lint, action->text, &length);
    return (group && strcmp(group, "question") == 0) ||
           (action->text.length && action->text.at[action->text.length - 1] == '?');
}

/* Where a group of words may stand, counted from 0. */
static const struct {
    const char *group;
    uint32_t first, last;
} nobodys[] = {{"together", 0, 0},  /* "Revisit on 3 May": all who meet */
               {"statement", 0, 0}, /* "This will be clear next month" */
               {"happened", 1, 1},  /* "Release moved to May", "benl will ask" */
               {"doer", 1, 6}};     /* "the new print group to ask": it has no name */

/* Would it be odd to ask whose it is? */
static bool is_nobodys(const struct pk_lint *lint, const struct pk_action *action)
{
    enum { FIRST_WORDS = 7 };
    size_t at = 0, length, width;
    for (uint32_t word = 0; word < FIRST_WORDS && at < action->text.length; word++) {
        struct pk_view rest = pk_view_part(action->text, at, action->text.length);
        const char *group = pk_listed_at(lint, rest, &length);
        for (size_t i = 0; group && i < sizeof nobodys / sizeof *nobodys; i++)
            if (strcmp(group, nobodys[i].group) == 0 && word >= nobodys[i].first &&
                word <= nobodys[i].last)
                return true;
        while (at < action->text.length &&
               !pk_is_space(pk_decode(pk_view_part(action->text, at, action->text.length), &width)))
            at += width;
        while (at < action->text.length && action->text.at[at] == ' ')
            at++;
    }
    return false;
}

/* "BL: I can do that." right above: who took it on has said so. */
static bool is_taken_on_above(const struct pk_lint *lint, const struct pk_action *action)
{
    enum { LONGEST_NAME = 40 /* bytes */ };
    const struct pk_blocks *blocks = &pk_minutes_of(lint)->blocks;
    const struct pk_block *above = &blocks->block.items[action->block - 1];
    if (action->block < 2 || above->kind != PK_PARAGRAPH || !above->segment_count)
        return false;
    struct pk_view line = pk_slice(blocks->text, blocks->segment.items[above->segment]);
    size_t at = 0, length;
    while (at < line.length && at < LONGEST_NAME && line.at[at] != ':')
        at++;
    if (!at || at + 1 >= line.length || line.at[at] != ':')
        return false;
    const char *group =
        pk_listed_at(lint, pk_trim(pk_view_part(line, at + 1, line.length)), &length);
    return group && strcmp(group, "doer") == 0;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_action *action;
    bool marked = pk_option(lint, "marked") > 0;
    for (uint32_t at = 0; (action = pk_next_waiting(lint, &at));) {
        if (action->owner.count || is_shared_out(minutes, at - 1) || is_nobodys(lint, action) ||
            is_taken_on_above(lint, action))
            continue;
        pk_report(lint, action->span, "nobody owns this action");
        if (action->naming || is_asked(lint, action) || starts_with_letters(action) ||
            (marked && !is_marked(action)))
            pk_grade(lint, PK_HINT);
    }
}

const struct pk_rule pk_rule_action_owner = {
    .id = "action-owner",
    .severity = PK_WARNING,
    .summary = "somebody owns every open action",
    .help =
        "What everybody should do, nobody does. Name who is responsible, at the start, in "
        "brackets, with @ or behind \"owner:\"; a done or cancelled action needs no owner:\n\n"
        "    - [ ] Anna: send the revised offer by 20 November\n\n"
        "With `marked` set to 1 this is but a hint where no box, label or table says that it is an "
        "action: what came out of a meeting may be everybody's. So it is where somebody is named "
        "and the words leave open whether that is the owner, and where they ask. What all take up "
        "again (\"revisit in May\"), a group without a name and what only tells what happened are "
        "left alone:\n\n"
        "    rules: {action-owner: {marked: 1}}",
    .option = {{"marked", {0, 0, 0}}},
    .words = {"question", "together", "statement", "happened", "doer"},
    .listed = true,
    .check = check,
};
