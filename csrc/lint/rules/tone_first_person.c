/* tone_first_person.c - minutes that are to be impersonal are. */
#include "lint/lint.h"

/* "US" is a country; a lone "i" is no pronoun but a letter of a list. */
static bool is_other_word(struct pk_view text)
{
    return pk_is(text, "US") || pk_is(text, "i");
}

static void check(struct pk_lint *lint)
{
    uint32_t count = 0;
    const struct pk_found_word *found = pk_found_words(lint, &count);
    for (uint32_t i = 0; i < count; i++)
        if (!is_other_word(found[i].text))
            pk_report1(lint, found[i].span, "\"%1\" speaks in the first person; name who it is",
                       found[i].text);
}

const struct pk_rule pk_rule_tone_first_person = {
    .id = "tone-first-person",
    .severity = PK_OFF,
    .summary = "minutes that are to be impersonal are",
    .help = "In minutes that several parties sign, \"we\" may be any of them. Name who it is: the "
            "client, the supplier, Anna. This rule is off unless a profile asks for it:\n\n"
            "    rules: {tone-first-person: info}",
    .words = {"first-person"},
    .check = check,
};
