/* contract_force.c - minutes do not claim to be a contract. */
#include "lint/lint.h"

#include <string.h>

static bool is(const struct pk_found_word *found, const char *group)
{
    return strcmp(found->group, group) == 0;
}

static bool has_digit(struct pk_view text)
{
    size_t width;
    for (size_t at = 0; at < text.length; at += width)
        if (pk_is_digit(pk_decode(pk_view_part(text, at, text.length), &width)))
            return true;
    return false;
}

/* Where parties settle something; elsewhere they talk about it. */
static bool settles(const struct pk_found_word *found)
{
    return found->decision || found->section == PK_SECTION_AGREEMENTS ||
           found->section == PK_SECTION_DECISIONS || found->section == PK_SECTION_CLOSING;
}

/* The words of one sentence, found[0] to found[count - 1]. */
static void check_sentence(struct pk_lint *lint, const struct pk_found_word *found, uint32_t count)
{
    const struct pk_found_word *claim = NULL, *penalty = NULL;
    struct pk_view sentence = found->sentence;
    bool sets = false;
    for (uint32_t i = 0; i < count; i++) {
        if (is(&found[i], "denied"))
            return;
        claim = !claim && is(&found[i], "claim") ? &found[i] : claim;
        penalty = !penalty && is(&found[i], "penalty") ? &found[i] : penalty;
        sets = sets || is(&found[i], "sets");
    }
    if (!settles(found) || sentence.at[sentence.length - 1] == '?')
        return;
    if (claim)
        pk_report1(lint, claim->span,
                   "\"%1\" claims the force of a contract; put it into a contract or an addendum",
                   claim->text);
    else if (penalty && (sets || has_digit(sentence)))
        pk_report1(lint, penalty->span,
                   "\"%1\" sets a penalty; put it into a contract or an addendum", penalty->text);
}

static void check(struct pk_lint *lint)
{
    uint32_t count = 0, end;
    const struct pk_found_word *found = pk_found_words(lint, &count);
    for (uint32_t start = 0; start < count; start = end) {
        for (end = start + 1; end < count && found[end].sentence.at == found[start].sentence.at;)
            end++;
        check_sentence(lint, &found[start], end - start);
    }
}

const struct pk_rule pk_rule_contract_force = {
    .id = "contract-force",
    .severity = PK_WARNING,
    .summary = "minutes do not claim to be a contract",
    .help =
        "Minutes record what was said and agreed. What is to bind the parties in court, or to "
        "cost them a penalty, belongs into a contract or an addendum that both sign; in minutes "
        "it either does not hold or surprises somebody. Write who prepares the addendum, by when. "
        "To talk about a penalty, or to say that nothing here is binding, is fine:\n\n"
        "    late delivery costs a penalty of 0.1 % a day\n"
        "    ->   Ben drafts an addendum on late delivery by 20 November",
    .words = {"claim", "penalty", "sets", "denied"},
    .check = check,
};
