/* topics.c - the questions that were discussed, each with what was said about it. */
#include "lint/lint.h"

static bool is_heading(const struct pk_blocks *blocks, uint32_t block)
{
    const struct pk_block *heading = &blocks->block.items[block];
    return heading->kind == PK_HEADING && heading->parent == 0;
}

/* Which blocks are titles of sections. */
static bool *find_titles(const struct pk_minutes *minutes)
{
    bool *title = pk_alloc(minutes->arena, minutes->blocks.block.count);
    for (uint32_t i = 0; title && i < minutes->section.count; i++)
        title[minutes->section.items[i].block] = true;
    return title;
}

/* The level of the highest heading in [first, end) that is no section; 0: there is none. */
static uint8_t level_of_topics(const struct pk_blocks *blocks, uint32_t first, uint32_t end,
                               const bool *title)
{
    uint8_t level = 0;
    for (uint32_t i = first; i < end; i++)
        if (is_heading(blocks, i) && !title[i] && (!level || blocks->block.items[i].level < level))
            level = blocks->block.items[i].level;
    return level;
}

static void take_topics(const struct pk_minutes *minutes, const struct pk_section *section,
                        const bool *title, struct pk_topics *out)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    uint8_t level = level_of_topics(blocks, section->first, section->end, title);
    struct pk_topic *last = NULL;
    for (uint32_t i = section->first; level && i < section->end; i++) {
        if (!is_heading(blocks, i) || blocks->block.items[i].level > level)
            continue;
        if (last)
            last->end = i;
        last = NULL;
        if (title[i])
            continue;
        last = pk_push(minutes->arena, &out->topic);
        last->block = i;
        last->end = section->end;
    }
}

void pk_find_topics(const struct pk_minutes *minutes, struct pk_topics *out)
{
    *out = (struct pk_topics){0};
    const bool *title = find_titles(minutes);
    uint32_t inside = 0;
    for (uint32_t i = 0; title && i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        if (section->kind != PK_SECTION_TOPICS || section->block < inside)
            continue;
        inside = section->end;
        take_topics(minutes, section, title, out);
    }
}

struct pk_span pk_topic_span(const struct pk_minutes *minutes, const struct pk_topic *topic)
{
    const struct pk_block *items = minutes->blocks.block.items;
    return (struct pk_span){items[topic->block].span.start, items[topic->end - 1].span.end};
}

struct pk_view pk_topic_title(const struct pk_minutes *minutes, const struct pk_topic *topic)
{
    return pk_bare_title(minutes->library, pk_minutes_flow(minutes, topic->block)->text);
}
