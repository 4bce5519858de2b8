/* section_length.c - a section is short enough to find in it what one looks for. */
#include "lint/lint.h"

static uint32_t words_of(const struct pk_blocks *blocks, const struct pk_block *block)
{
    bool leaf = block->kind == PK_PARAGRAPH || block->kind == PK_CELL;
    uint32_t words = 0;
    for (uint32_t i = 0; leaf && i < block->segment_count; i++)
        words += pk_spoken_words(pk_slice(blocks->text, blocks->segment.items[block->segment + i]));
    return words;
}

/* Up to where nothing but the section itself speaks: its first subsection, or its end. */
static uint32_t own_end(const struct pk_minutes *minutes, uint32_t section)
{
    uint32_t end = minutes->section.items[section].end;
    for (uint32_t i = minutes->section.items[section].first; i < end; i++)
        if (minutes->blocks.block.items[i].kind == PK_HEADING)
            return i;
    return end;
}

static bool is_read_through(enum pk_section_kind kind)
{
    return kind != PK_SECTION_PARTICIPANTS && kind != PK_SECTION_ABSENT &&
           kind != PK_SECTION_ATTACHMENTS;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t max = pk_option(lint, "max"), done = 0;
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        uint32_t words = 0, end = own_end(minutes, i);
        /* A line that is a title may stand within a section; what was counted is not again. */
        for (uint32_t j = section->first > done ? section->first : done; j < end; j++)
            words += words_of(&minutes->blocks, &minutes->blocks.block.items[j]);
        done = end > done ? end : done;
        if (words > max && is_read_through(section->kind) &&
            !pk_has_placeholder(minutes, section->span))
            pk_report3(lint, section->span,
                       "\"%1\" has %2 words: split it under headings or cut it to %3",
                       section->title, pk_number(lint, words), pk_number(lint, max));
    }
}

const struct pk_rule pk_rule_section_length = {
    .id = "section-length",
    .severity = PK_INFO,
    .summary = "a section is short enough to find in it what one looks for",
    .help = "A section of several screens is skimmed, and what was agreed in its middle is missed. "
            "Give each topic a heading of its own, or cut. Subsections count for themselves, lists "
            "of people and attachments not at all. `max` sets how many words are well:\n\n"
            "    rules: {section-length: {max: {brief: 100, standard: 300}}}",
    .option = {{"max", {250, 500, 1000}}},
    .check = check,
};
