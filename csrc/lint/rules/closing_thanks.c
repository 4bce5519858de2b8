/* closing_thanks.c - the closing says what came of the meeting, and thanks. */
#include "lint/lint.h"

static bool has_letter(struct pk_view text)
{
    size_t width;
    for (size_t at = 0; at < text.length; at += width)
        if (pk_is_letter(pk_decode(pk_view_part(text, at, text.length), &width)))
            return true;
    return false;
}

/* Sentences in the section. */
static uint32_t sentences_of(const struct pk_minutes *minutes, const struct pk_section *section)
{
    uint32_t sentences = 0;
    for (uint32_t i = section->first; i < section->end; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        size_t from = 0, start, end;
        if (block->kind != PK_PARAGRAPH && block->kind != PK_CELL)
            continue;
        struct pk_view text = pk_minutes_flow(minutes, i)->text;
        while (pk_sentence(minutes, text, &from, &start, &end))
            sentences += has_letter(pk_view_part(text, start, end));
    }
    return sentences;
}

/* Of them those that thank; a word in each sentence counts once. */
static uint32_t thanks_in(const struct pk_section *section, const struct pk_found_word *found,
                          uint32_t count)
{
    uint32_t sentences = 0;
    const char *last = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (found[i].block < section->first || found[i].block >= section->end)
            continue;
        sentences += found[i].sentence.at != last;
        last = found[i].sentence.at;
    }
    return sentences;
}

static struct pk_span content_of(const struct pk_minutes *minutes, const struct pk_section *section)
{
    uint32_t end = section->span.end;
    for (uint32_t i = section->first; i < section->end; i++)
        end = minutes->blocks.block.items[i].span.end;
    return (struct pk_span){section->span.start, end};
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_section *section = pk_minutes_section(minutes, PK_SECTION_CLOSING);
    uint32_t count = 0;
    if (!section || pk_has_placeholder(minutes, content_of(minutes, section)))
        return;
    uint32_t sentences = sentences_of(minutes, section);
    const struct pk_found_word *found = pk_found_words(lint, &count);
    uint32_t thanks = thanks_in(section, found, count);
    if (!sentences) /* section-empty speaks */
        return;
    if (!thanks)
        pk_report1(lint, section->span, "\"%1\" thanks nobody; thank those who took part",
                   section->title);
    else if (thanks == sentences)
        pk_report1(lint, section->span,
                   "\"%1\" only thanks; say in a sentence what came of the meeting",
                   section->title);
}

const struct pk_rule pk_rule_closing_thanks = {
    .id = "closing-thanks",
    .severity = PK_OFF,
    .summary = "the closing says what came of the meeting, and thanks",
    .help = "The last lines are what a client keeps in mind: say in one sentence what came of the "
            "meeting, and thank those who took part. This rule is off unless a profile asks for "
            "it:\n\n"
            "    The price for 2027 is settled, delivery is open until May.\n"
            "    We thank everyone for taking part.",
    .words = {"thanks"},
    .check = check,
};
