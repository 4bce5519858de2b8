/* heading_level.c - no heading is more than one level below the one it stands under. */
#include "lint/lint.h"

enum { LEVELS = 6 };

static bool is_heading(const struct pk_blocks *blocks, uint32_t block)
{
    const struct pk_block *heading = &blocks->block.items[block];
    return heading->kind == PK_HEADING && heading->parent == 0;
}

/* The shallowest of the headings below one of that level, from `first` on. */
static uint8_t shallowest_below(const struct pk_blocks *blocks, uint32_t first, uint8_t level)
{
    uint8_t shallowest = LEVELS;
    for (uint32_t i = first; i < blocks->block.count; i++) {
        if (!is_heading(blocks, i))
            continue;
        uint8_t here = blocks->block.items[i].level;
        if (here <= level)
            break;
        shallowest = here < shallowest ? here : shallowest;
    }
    return shallowest;
}

/* Takes so many "#" from each heading below one of that level. */
static void offer_levels(struct pk_lint *lint, uint32_t first, uint8_t level, uint8_t skipped)
{
    const struct pk_blocks *blocks = &pk_minutes_of(lint)->blocks;
    struct pk_buffer marks = {.arena = pk_minutes_of(lint)->arena};
    for (uint8_t i = 0; i <= level; i++)
        pk_putc(&marks, '#');
    struct pk_fix *fix =
        pk_offer(lint, "put it and those beside it at the level \"%1\"", pk_written(&marks));
    for (uint32_t i = first; i < blocks->block.count; i++) {
        const struct pk_block *heading = &blocks->block.items[i];
        if (!is_heading(blocks, i))
            continue;
        if (heading->level <= level)
            break;
        uint32_t start = heading->span.start;
        pk_offer_edit(lint, fix, (struct pk_span){start, start + skipped}, PK_VIEW(""));
    }
}

/* A line set small right under the title, "#### 4 March", is part of it and no heading of text. */
static bool is_subtitle(const struct pk_minutes *minutes, uint32_t above, uint32_t block,
                        uint8_t level)
{
    const struct pk_block *upper = &minutes->blocks.block.items[above];
    return upper->next == block && upper->span.start <= minutes->title_span.start &&
           minutes->title_span.end <= upper->span.end &&
           shallowest_below(&minutes->blocks, block, upper->level) < level;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_blocks *blocks = &minutes->blocks;
    uint32_t above[LEVELS + 1] = {0}; /* the heading of that level we are under; 0: none */
    uint8_t told[LEVELS + 1] = {0};   /* how far below it a heading was found before */
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        if (!is_heading(blocks, i))
            continue;
        uint8_t level = blocks->block.items[i].level, over = (uint8_t)(level - 1);
        while (over && !above[over])
            over--;
        if (over && level > over + 1 && told[over] != level &&
            !is_subtitle(minutes, above[over], i, level)) {
            struct pk_span words = blocks->segment.items[blocks->block.items[i].segment];
            uint8_t skipped = (uint8_t)(level - over - 1);
            pk_report1(lint, words, "the heading stands two levels or more below \"%1\"",
                       pk_trim(pk_minutes_flow(minutes, above[over])->text));
            if (shallowest_below(blocks, i, over) == level && !told[over])
                offer_levels(lint, i, over, skipped);
            told[over] = level;
        }
        above[level] = i;
        told[level] = 0;
        for (uint8_t deeper = (uint8_t)(level + 1); deeper <= LEVELS; deeper++)
            above[deeper] = told[deeper] = 0;
    }
}

const struct pk_rule pk_rule_heading_level = {
    .id = "heading-level",
    .severity = PK_HINT,
    .summary = "no heading is more than one level below the one it stands under",
    .help = "A level left out makes a gap in every table of contents, and who reads by ear "
            "believes to have missed a heading. Under \"## \" comes \"### \"; the fix moves up the "
            "heading, and all that stand beside and under it:\n\n"
            "    ## Topics discussed\n\n"
            "    ### Delivery",
    .check = check,
};
