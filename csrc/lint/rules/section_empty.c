/* section_empty.c - something stands under the title of every section. */
#include "lint/lint.h"

static bool has_word(struct pk_view text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.length; at += width)
        if (pk_is_word(pk_decode(pk_view_part(text, at, text.length), &width)))
            return true;
    return false;
}

/* The first row of a table names its columns and says nothing yet. */
static bool is_column_title(const struct pk_blocks *blocks, const struct pk_block *block)
{
    const struct pk_block *row = &blocks->block.items[block->parent];
    return block->kind == PK_CELL && row->line == blocks->block.items[row->parent].line;
}

static bool says_something(const struct pk_blocks *blocks, const struct pk_block *block)
{
    if (block->kind == PK_HTML)
        return !block->comment;
    if (is_column_title(blocks, block))
        return false;
    for (uint32_t i = 0; i < block->segment_count; i++)
        if (has_word(pk_slice(blocks->text, blocks->segment.items[block->segment + i])))
            return true;
    return false;
}

static bool is_empty(const struct pk_blocks *blocks, const struct pk_section *section)
{
    const struct pk_block *title = &blocks->block.items[section->block];
    /* A title that is a line of a paragraph may have its content right behind it. */
    if (title->kind != PK_HEADING &&
        has_word(pk_view_part(blocks->text, section->span.end, title->span.end)))
        return false;
    for (uint32_t i = section->first; i < section->end; i++)
        if (says_something(blocks, &blocks->block.items[i]))
            return false;
    return true;
}

/* The last heading of the minutes' own, such as "## Pumps": one that is no section of another kind;
 * 0: none. */
static uint32_t last_own_heading(const struct pk_minutes *minutes)
{
    uint32_t own = 0, section = 0;
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        while (section < minutes->section.count && minutes->section.items[section].block < i)
            section++;
        bool named = section < minutes->section.count && minutes->section.items[section].block == i;
        enum pk_section_kind kind = named ? minutes->section.items[section].kind : PK_SECTION_OTHER;
        if (minutes->blocks.block.items[i].kind == PK_HEADING &&
            (kind == PK_SECTION_OTHER || kind == PK_SECTION_TOPICS))
            own = i;
    }
    return own;
}

/* "## Agenda" and behind it "## Pumps", or "**Minutes:**" and "**Pumps**": what was talked about
 * stands under titles of its own. */
static bool goes_on(const struct pk_minutes *minutes, uint32_t number, uint32_t own_heading)
{
    const struct pk_section *section = &minutes->section.items[number];
    bool heading = minutes->blocks.block.items[section->block].kind == PK_HEADING;
    bool bold = section->end < minutes->blocks.block.count &&
                (number + 1 == minutes->section.count || section[1].block > section->end ||
                 section[1].kind == PK_SECTION_OTHER);
    return (section->kind == PK_SECTION_AGENDA || section->kind == PK_SECTION_TOPICS) &&
           (own_heading >= section->end || (!heading && bold));
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t own = last_own_heading(minutes);
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        bool people = section->kind == PK_SECTION_PARTICIPANTS; /* people-missing speaks */
        if (section->profile_section >= 0 && !people && is_empty(&minutes->blocks, section) &&
            !goes_on(minutes, i, own))
            pk_report1(lint, section->span, "nothing stands under \"%1\"", section->title);
    }
}

const struct pk_rule pk_rule_section_empty = {
    .id = "section-empty",
    .severity = PK_WARNING,
    .summary = "something stands under the title of every section",
    .help = "A title with nothing under it leaves the reader in doubt whether there was nothing or "
            "it was forgotten. Write what belongs there, one word (\"none\") if there was nothing, "
            "or take the title out:\n\n"
            "    ## Next steps\n\n"
            "    none",
    .check = check,
};
