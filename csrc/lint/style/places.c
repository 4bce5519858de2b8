/* places.c - where a piece of text lies: in which blocks, sections and items. */
#include "lint/style/style.h"

#include <string.h>

/* -- Blocks -- */

static uint32_t places_of_block(const struct pk_blocks *blocks, uint32_t at, uint32_t outer)
{
    const struct pk_block *block = &blocks->block.items[at];
    switch (block->kind) {
    case PK_HEADING:
        return outer | PK_IN_HEADING | (uint32_t)PK_IN_H1 << (block->level ? block->level - 1 : 0);
    case PK_PARAGRAPH:
        return outer & (PK_IN_LIST | PK_IN_QUOTE) ? outer : outer | PK_IN_PARAGRAPH;
    case PK_ITEM:
        return outer | PK_IN_LIST;
    case PK_QUOTE:
        return outer | PK_IN_QUOTE;
    case PK_TABLE:
        return outer | PK_IN_TABLE;
    case PK_ROW:
        return outer | (at == block->parent + 1 ? PK_IN_HEADER : PK_IN_CELL);
    default:
        return outer;
    }
}

/* A line in bold, or with a colon, that is a section's title is a heading to its reader. */
static void take_titles(const struct pk_minutes *minutes, uint32_t *places)
{
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        const struct pk_block *block = &minutes->blocks.block.items[section->block];
        if (section->level > 6 && block->kind == PK_PARAGRAPH && block->segment_count == 1)
            places[section->block] =
                (places[section->block] & ~(uint32_t)PK_IN_PARAGRAPH) | PK_IN_HEADING;
    }
}

/* -- Items -- */

struct spans {
    PK_LIST(struct pk_span) span; /* by start */
};

static void add(struct pk_arena *arena, struct spans *to, const struct pk_blocks *blocks,
                struct pk_span span, uint32_t block)
{
    const struct pk_block *row = &blocks->block.items[block];
    *pk_push(arena, &to->span) = row->kind == PK_ROW ? row->span : span;
}

static void sort(struct pk_arena *arena, struct spans *spans)
{
    uint32_t count = spans->span.count;
    uint64_t *key = count ? pk_alloc(arena, count * sizeof *key) : NULL;
    struct pk_span *sorted = count ? pk_alloc(arena, count * sizeof *sorted) : NULL;
    if (!key || !sorted) {
        spans->span.count = 0;
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        key[i] = (uint64_t)spans->span.items[i].start << 32 | i;
    pk_sort_keys(key, count);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = spans->span.items[key[i] & UINT32_MAX];
    memcpy(spans->span.items, sorted, count * sizeof *sorted);
}

static bool holds(const struct spans *spans, struct pk_span span)
{
    uint32_t low = 0, high = spans->span.count;
    while (low < high) { /* the first that starts at the span's end or behind it */
        uint32_t middle = low + (high - low) / 2;
        if (spans->span.items[middle].start < span.end)
            low = middle + 1;
        else
            high = middle;
    }
    return low && spans->span.items[low - 1].end > span.start;
}

/* -- Sections -- */

/* The innermost section of every block. */
static int *sections_of_blocks(struct pk_style_run *run)
{
    const struct pk_minutes *minutes = run->minutes;
    uint32_t count = minutes->blocks.block.count;
    int *section = pk_alloc(minutes->arena, (count + 1) * sizeof *section);
    run->section_parent =
        pk_alloc(minutes->arena, (minutes->section.count + 1) * sizeof *run->section_parent);
    if (!section || !run->section_parent)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        section[i] = -1;
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *here = &minutes->section.items[i];
        run->section_parent[i] = here->block < count ? section[here->block] : -1;
        if (here->block < count)
            section[here->block] = (int)i;
        for (uint32_t j = here->first; j < here->end && j < count; j++)
            section[j] = (int)i;
    }
    return section;
}

static bool is_called(const struct pk_minutes *minutes, int section, struct pk_view name)
{
    const struct pk_section *here = &minutes->section.items[section];
    if (here->profile_section >= 0 &&
        pk_same(minutes->profile->section.items[here->profile_section].id, name))
        return true;
    return pk_is(name, pk_section_kinds[here->kind]);
}

static bool lies_in_section(const struct pk_style_run *run, int section, struct pk_view name)
{
    for (; section >= 0; section = run->section_parent[section])
        if (is_called(run->minutes, section, name))
            return true;
    return false;
}

/* -- Together -- */

struct pk_place_map {
    uint32_t *places; /* of each block */
    int *section;
    struct spans action, decision, person;
};

static void gather_items(struct pk_style_run *run, struct pk_place_map *map)
{
    const struct pk_minutes *minutes = run->minutes;
    struct pk_arena *arena = minutes->arena;
    for (uint32_t i = 0; i < minutes->action.count; i++)
        add(arena, &map->action, &minutes->blocks, minutes->action.items[i].span,
            minutes->action.items[i].block);
    for (uint32_t i = 0; i < minutes->decision.count; i++)
        add(arena, &map->decision, &minutes->blocks, minutes->decision.items[i].span,
            minutes->decision.items[i].block);
    for (uint32_t i = 0; i < minutes->person.count; i++)
        *pk_push(arena, &map->person.span) = minutes->person.items[i].whole;
    sort(arena, &map->action);
    sort(arena, &map->decision);
    sort(arena, &map->person);
}

static struct pk_place_map *make_map(struct pk_style_run *run)
{
    const struct pk_blocks *blocks = &run->minutes->blocks;
    struct pk_place_map *map = pk_alloc(run->minutes->arena, sizeof *map);
    if (!map)
        return NULL;
    map->places = pk_alloc(run->minutes->arena, (blocks->block.count + 1) * sizeof *map->places);
    map->section = sections_of_blocks(run);
    if (!map->places || !map->section)
        return NULL;
    for (uint32_t i = 1; i < blocks->block.count; i++)
        map->places[i] = places_of_block(blocks, i, map->places[blocks->block.items[i].parent]);
    take_titles(run->minutes, map->places);
    gather_items(run, map);
    return map;
}

static struct pk_span source_of(const struct pk_piece *piece)
{
    return pk_flow_span(&piece->flow, 0, piece->flow.text.length);
}

void pk_places_of(struct pk_style_run *run, uint32_t first)
{
    const struct pk_place_map *map = run->map;
    for (uint32_t i = first; i < run->piece.count; i++) {
        struct pk_piece *piece = &run->piece.items[i];
        struct pk_span span = source_of(piece), title = run->minutes->title_span;
        uint32_t block = (uint32_t)piece->section;
        piece->section = -1;
        if (!map)
            continue;
        piece->places |= map->places[block];
        piece->section = map->section[block];
        if (span.start < title.end && title.start < span.end)
            piece->places |= PK_IN_TITLE;
        piece->places |= (holds(&map->action, span) ? (uint32_t)PK_IN_ACTION : 0) |
                         (holds(&map->decision, span) ? (uint32_t)PK_IN_DECISION : 0) |
                         (holds(&map->person, span) ? (uint32_t)PK_IN_PERSON : 0);
    }
}

void pk_places_find(struct pk_style_run *run)
{
    run->map = make_map(run);
    pk_places_of(run, 0);
}

/* -- Scopes -- */

bool pk_has_unit(const struct pk_style_rule *rule, enum pk_style_unit unit)
{
    for (uint32_t i = 0; i < rule->scope.count; i++)
        if (rule->scope.items[i].unit == unit)
            return true;
    return false;
}

static bool fits(const struct pk_style_run *run, const struct pk_style_scope *scope,
                 const struct pk_piece *piece)
{
    if ((piece->places & scope->in) != scope->in || piece->places & scope->out)
        return false;
    for (uint32_t i = 0; i < scope->section.count; i++)
        if (!lies_in_section(run, piece->section, scope->section.items[i]))
            return false;
    for (uint32_t i = 0; i < scope->not_section.count; i++)
        if (lies_in_section(run, piece->section, scope->not_section.items[i]))
            return false;
    return true;
}

bool pk_lies_in_scope(const struct pk_style_run *run, const struct pk_style_rule *rule,
                      enum pk_style_unit unit, const struct pk_part *part)
{
    for (uint32_t i = 0; i < rule->scope.count; i++)
        if (rule->scope.items[i].unit == unit &&
            fits(run, &rule->scope.items[i], &run->piece.items[part->piece]))
            return true;
    return false;
}
