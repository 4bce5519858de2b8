/* tone_slang.c - minutes are written in words that every reader takes seriously. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    uint32_t count = 0;
    const struct pk_found_word *found = pk_found_words(lint, &count);
    for (uint32_t i = 0; i < count; i++) {
        pk_report1(lint, found[i].span, "\"%1\" is slang; write it in plain words", found[i].text);
        pk_offer_better(lint, &found[i], "write \"%1\" instead");
    }
}

const struct pk_rule pk_rule_tone_slang = {
    .id = "tone-slang",
    .severity = PK_INFO,
    .summary = "minutes are written in words that every reader takes seriously",
    .help =
        "Minutes are read by people who were not in the room, in other houses and in later "
        "years. Slang, curses and the short forms of a chat stay there. Write it in plain words; "
        "where `words:` in the profile or language name a better one, it is offered:\n\n"
        "    pls send the docs, thx   ->   please send the documents",
    .words = {"slang", "exact"},
    .check = check,
};
