/* section_unknown.c - on the level of the sections stands nothing else. */
#include "lint/lint.h"

#include <string.h>

enum { LEVELS = 6, SHORTEST_SLIP = 6 /* letters: shorter words are often one letter apart */ };

static bool is_heading(const struct pk_blocks *blocks, uint32_t block)
{
    const struct pk_block *heading = &blocks->block.items[block];
    return heading->kind == PK_HEADING && heading->parent == 0;
}

/* The level on which most of the sections stand; 0: there are too few to tell. */
static uint8_t level_of_sections(const struct pk_minutes *minutes)
{
    uint32_t count[LEVELS + 1] = {0};
    uint8_t most = 0;
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        if (section->level <= LEVELS && is_heading(&minutes->blocks, section->block))
            count[section->level]++;
    }
    for (uint8_t level = 1; level <= LEVELS; level++)
        most = count[level] > count[most] ? level : most;
    return count[most] > 2 ? most : 0;
}

/* Where topics have no section of their own, each heading is one. */
static bool topics_stand_alone(const struct pk_minutes *minutes)
{
    const struct pk_profile *profile = minutes->profile;
    for (uint32_t i = 0; i < profile->section.count; i++)
        if (profile->section.items[i].kind == PK_SECTION_TOPICS)
            return !pk_minutes_section(minutes, PK_SECTION_TOPICS);
    return false;
}

/* -- Did you mean? -- */

static struct pk_view near_among(const struct pk_yaml *titles, struct pk_view words)
{
    const struct pk_yaml *title = titles;
    if (titles && titles->kind == PK_YAML_LIST)
        title = titles->first;
    for (; title; title = titles->kind == PK_YAML_LIST ? title->next : NULL)
        if (title->kind == PK_YAML_SCALAR && pk_is_near(title->value, words, NULL))
            return title->value;
    return PK_VIEW("");
}

/* The section's title that was probably meant; empty: none. */
static struct pk_view title_meant(const struct pk_minutes *minutes, struct pk_view words)
{
    const struct pk_profile *profile = minutes->profile;
    struct pk_view found = {"", 0};
    if (pk_codepoints(words) < SHORTEST_SLIP)
        return found;
    for (uint32_t i = 0; i < profile->section.count && !found.length; i++) {
        const struct pk_profile_section *section = &profile->section.items[i];
        const char *kind = pk_section_kinds[section->kind];
        struct pk_view id = minutes->language->id;
        for (const struct pk_yaml *own = section->titles ? section->titles->first : NULL; own;
             own = own->next)
            if (pk_same(own->key, id) && !found.length)
                found = near_among(own, words);
        if (!found.length)
            found = near_among(pk_yaml_get(minutes->language->sections, kind), words);
    }
    return found;
}

static void report(struct pk_lint *lint, uint32_t block)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_blocks *blocks = &minutes->blocks;
    struct pk_span span = blocks->segment.items[blocks->block.items[block].segment];
    const struct pk_flow *flow = pk_minutes_flow(minutes, block);
    struct pk_view words = pk_bare_title(minutes->library, flow->text);
    struct pk_view meant = title_meant(minutes, words);
    if (!words.length || pk_has_placeholder(minutes, span))
        return;
    if (!meant.length) {
        pk_report1(lint, span,
                   "\"%1\" is no section of such minutes: put it under one, or name it in the "
                   "profile",
                   words);
        return;
    }
    size_t start = (size_t)(words.at - flow->text.at);
    pk_report2(lint, span, "\"%1\" is no section: did you mean \"%2\"?", words, meant);
    struct pk_fix *fix = pk_offer(lint, "call it \"%1\"", meant);
    fix->choice = true;
    pk_offer_edit(lint, fix, pk_flow_span(flow, start, start + words.length), meant);
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint8_t level = level_of_sections(minutes);
    uint32_t next = 0, inside = 0;
    if (!level || topics_stand_alone(minutes))
        return;
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        for (; next < minutes->section.count && minutes->section.items[next].block < i; next++)
            if (minutes->section.items[next].level < level)
                inside = minutes->section.items[next].end;
        bool known = next < minutes->section.count && minutes->section.items[next].block == i;
        if (is_heading(&minutes->blocks, i) && block->level == level && i >= inside && !known &&
            (minutes->title_span.start >= block->span.end ||
             minutes->title_span.end <= block->span.start))
            report(lint, i);
    }
}

const struct pk_rule pk_rule_section_unknown = {
    .id = "section-unknown",
    .severity = PK_HINT,
    .summary = "beside the sections of the profile there are no others",
    .help = "Who reads many minutes looks for things under the titles he knows, and a list of "
            "agreements holds only what stands under \"Agreements\". Put the text under a section "
            "that there is, or add yours to the profile:\n\n"
            "    sections: [{id: warranty, title: {en: [Warranty]}, required: false}]",
    .check = check,
};
