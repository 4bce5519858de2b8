/* section_duplicate.c - no section stands twice. */
#include "lint/lint.h"
#include "text/table.h"

enum { LEVELS = 6 };

/* Sections are of one row while no higher heading stands between them, nor one of their level
 * that is no section: below such a one they belong to it. */
struct rows {
    uint32_t number[LEVELS + 1];
};

static void begin_rows(struct rows *rows, uint8_t from)
{
    for (uint8_t level = from; level <= LEVELS; level++)
        rows->number[level]++;
}

static struct pk_view key_of(struct pk_arena *arena, const struct rows *rows,
                             const struct pk_section *section)
{
    struct pk_buffer key = {.arena = arena};
    pk_putf(&key, "%d:%u:", section->level, (unsigned)rows->number[section->level]);
    pk_put(&key, pk_folded(arena, section->title));
    return pk_all_written(&key);
}

static void look(struct pk_lint *lint, const struct rows *rows, struct pk_table *lines,
                 const struct pk_section *section)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t *line = pk_table_at(minutes->arena, lines, key_of(minutes->arena, rows, section));
    if (*line)
        pk_report2(lint, section->span,
                   "there is a section \"%1\" on line %2 already: put both together",
                   section->title, pk_number(lint, *line));
    else
        *line = section->line + 1;
}

/* "Agenda 2027-03-05": minutes of several meetings in one document; what follows is of another. */
static bool is_dated(struct pk_view title)
{
    enum { YEAR = 4 };
    uint32_t digits = 0;
    for (size_t i = 0; i < title.length && digits < YEAR; i++)
        digits = title.at[i] >= '0' && title.at[i] <= '9' ? digits + 1 : 0;
    return digits == YEAR;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_table lines = {0};
    struct rows rows = {{0}};
    uint32_t next = 0;
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        while (next < minutes->section.count && minutes->section.items[next].block < i)
            next++;
        if (block->kind != PK_HEADING || block->parent != 0)
            continue;
        const struct pk_section *section =
            next < minutes->section.count ? &minutes->section.items[next] : NULL;
        if (section && section->block == i && section->title.length) {
            look(lint, &rows, &lines, section);
            begin_rows(&rows, (uint8_t)(block->level + !is_dated(section->title)));
        } else {
            begin_rows(&rows, block->level);
        }
    }
}

const struct pk_rule pk_rule_section_duplicate = {
    .id = "section-duplicate",
    .severity = PK_WARNING,
    .summary = "no section stands twice",
    .help = "Who has read \"Agreements\" does not look for more of them two pages on. Move what "
            "the second one holds to the first. Sections that each topic has of its own, below "
            "its heading, may recur:\n\n"
            "    ### Delivery\n\n"
            "    #### Agreements",
    .check = check,
};
