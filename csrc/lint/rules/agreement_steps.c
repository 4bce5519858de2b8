/* agreement_steps.c - what was agreed to be done is taken up by a next step. */
#include "lint/lint.h"

#include "text/table.h"

enum { STEM = 4 /* letters: what inflected and compound words have in common */ };

/* The next word of four letters or more, and its stem, folded; false: there is none. */
static bool next_stem(struct pk_arena *arena, struct pk_view *text, struct pk_view *word,
                      struct pk_view *stem)
{
    while (text->length) {
        size_t start = 0, end, width = 0, letters = 0, behind_stem = 0;
        while (start < text->length &&
               !pk_is_word(pk_decode(pk_view_part(*text, start, text->length), &width)))
            start += width;
        for (end = start; end < text->length; end += width, letters++) {
            if (!pk_is_word(pk_decode(pk_view_part(*text, end, text->length), &width)))
                break;
            behind_stem = letters < STEM ? end + width : behind_stem;
        }
        *word = pk_view_part(*text, start, end);
        *stem = pk_view_part(*text, start, behind_stem);
        *text = pk_view_part(*text, end, text->length);
        if (letters >= STEM) {
            *stem = pk_folded(arena, *stem);
            return true;
        }
    }
    return false;
}

/* A word that any two sentences may share. */
static bool is_common(const struct pk_minutes *minutes, struct pk_view word)
{
    static const enum pk_word_kind kinds[] = {PK_WORD_COMMON, PK_WORD_WILL,    PK_WORD_DUE,
                                              PK_WORD_UNIT,   PK_WORD_WEEKDAY, PK_WORD_MONTH,
                                              PK_WORD_NEXT,   PK_WORD_PERIOD};
    const struct pk_phrase *phrase = pk_words_whole(&minutes->library->words, word);
    for (size_t i = 0; phrase && i < sizeof kinds / sizeof *kinds; i++)
        if (pk_words_kind(phrase, (uint16_t)kinds[i]))
            return true;
    return false;
}

static enum pk_section_kind kind_of(const struct pk_minutes *minutes, int section)
{
    return section < 0 ? PK_SECTION_OTHER : minutes->section.items[section].kind;
}

static bool has_section(const struct pk_profile *profile, enum pk_section_kind kind)
{
    for (uint32_t i = 0; i < profile->section.count; i++)
        if (profile->section.items[i].kind == kind)
            return true;
    return false;
}

/* The stems of all next steps; how many steps there are. */
static uint32_t learn_steps(const struct pk_minutes *minutes, struct pk_table *stems)
{
    uint32_t steps = 0;
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        struct pk_view text = action->text, word, stem;
        if (kind_of(minutes, action->section) != PK_SECTION_ACTIONS ||
            pk_has_placeholder(minutes, action->span))
            continue;
        while (next_stem(minutes->arena, &text, &word, &stem))
            *pk_table_at(minutes->arena, stems, stem) = 1;
        steps++;
    }
    return steps;
}

/* By block: is there an action with owner and date, which needs no step beside it? */
static bool *find_carried(const struct pk_minutes *minutes)
{
    bool *carried = pk_alloc(minutes->arena, minutes->blocks.block.count);
    for (uint32_t i = 0; carried && i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        if ((action->owner.count && action->due_text.length) || action->state != PK_OPEN)
            carried[action->block] = true;
    }
    return carried;
}

/* None of its words, of which there are enough to tell, stands in any step. */
static bool is_left(const struct pk_minutes *minutes, const struct pk_decision *decision,
                    const struct pk_table *stems)
{
    enum { ENOUGH = 2 };
    uint32_t words = 0;
    struct pk_view text = decision->text, word, stem;
    while (next_stem(minutes->arena, &text, &word, &stem)) {
        if (pk_table_find(stems, stem))
            return false;
        words += !is_common(minutes, word);
    }
    return words >= ENOUGH;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_decision *last = NULL;
    struct pk_table stems = {0};
    uint32_t count = 0;
    bool asked = has_section(minutes->profile, PK_SECTION_AGREEMENTS) ||
                 has_section(minutes->profile, PK_SECTION_DECISIONS);
    if (!asked || !has_section(minutes->profile, PK_SECTION_ACTIONS) ||
        !learn_steps(minutes, &stems))
        return;
    const bool *carried = find_carried(minutes);
    const struct pk_found_word *found = pk_found_words(lint, &count);
    for (uint32_t i = 0; carried && i < count; i++) {
        const struct pk_decision *decision = found[i].decision;
        if (!decision || decision == last || carried[decision->block] ||
            carried[minutes->blocks.block.items[decision->block].parent])
            continue;
        last = decision;
        enum pk_section_kind kind = kind_of(minutes, decision->section);
        bool agreed = kind == PK_SECTION_AGREEMENTS || kind == PK_SECTION_DECISIONS;
        if (agreed && !pk_has_placeholder(minutes, decision->span) &&
            is_left(minutes, decision, &stems))
            pk_report(lint, decision->span,
                      "no next step carries this out: add one, or say who does it by when");
    }
}

const struct pk_rule pk_rule_agreement_steps = {
    .id = "agreement-steps",
    .severity = PK_HINT,
    .summary = "what was agreed to be done is taken up by a next step",
    .help =
        "An agreement that nobody carries out was a wish. Add a next step, or say in the agreement "
        "itself who does it by when. Only agreements with a word of duty (\"must\", \"will send\") "
        "are looked at, where the minutes have next steps and none of them shares a word with it. "
        "`words` adds to those words:\n\n"
        "    Agreed: the samples must be tested\n"
        "    - [ ] Ben: have the samples tested by 20 November",
    .words = {"duty"},
    .check = check,
};
