/* prose.c - the running text of minutes, paragraph by paragraph as a reader sees it. */
#include "lint/run.h"

/* Code points. Editors wrap neither narrower nor wider than this. */
enum { NARROWEST = 40, WIDEST = 160 };

static bool is_list_of_names(enum pk_section_kind kind)
{
    return kind == PK_SECTION_PARTICIPANTS || kind == PK_SECTION_ABSENT ||
           kind == PK_SECTION_ATTACHMENTS;
}

/* Moves past the sections that hold no prose. */
static bool is_skipped(const struct pk_minutes *minutes, struct pk_prose *prose)
{
    if (prose->everywhere)
        return false;
    for (; prose->section < minutes->section.count; prose->section++) {
        const struct pk_section *section = &minutes->section.items[prose->section];
        if (section->block > prose->here.block)
            break;
        if (is_list_of_names(section->kind) && section->end > prose->skip_until)
            prose->skip_until = section->end;
    }
    return prose->here.block < prose->skip_until;
}

static struct pk_view line_of(const struct pk_minutes *minutes, uint32_t segment)
{
    return pk_slice(minutes->blocks.text, minutes->blocks.segment.items[segment]);
}

static uint32_t widest_of(const struct pk_minutes *minutes, const struct pk_block *block)
{
    size_t widest = 0;
    for (uint32_t i = 0; i < block->segment_count; i++) {
        size_t length = pk_codepoints(line_of(minutes, block->segment + i));
        widest = length > widest ? length : widest;
    }
    return (uint32_t)widest;
}

/* Was this line ended by the writer, not wrapped? It was when the next line's
 * first word would have found room on it with a tenth of the width to spare. */
static bool is_ended(const struct pk_minutes *minutes, uint32_t segment, uint32_t widest)
{
    struct pk_view text = minutes->blocks.text, next = line_of(minutes, segment + 1);
    size_t end = minutes->blocks.segment.items[segment].end, word = 0;
    if (widest < NARROWEST || widest > WIDEST ||
        pk_starts(pk_view_part(text, end, text.length), PK_VIEW("  ")))
        return true;
    while (word < next.length && next.at[word] != ' ')
        word++;
    size_t wide =
        pk_codepoints(line_of(minutes, segment)) + 1 + pk_codepoints(pk_view_part(next, 0, word));
    return wide * 10 < (size_t)widest * 9;
}

static void take_stretch(const struct pk_minutes *minutes, struct pk_prose *prose,
                         const struct pk_block *block)
{
    const struct pk_span *lines = &minutes->blocks.segment.items[block->segment];
    uint32_t first = prose->line, end = first + 1;
    while (end < block->segment_count &&
           !is_ended(minutes, block->segment + end - 1, prose->widest))
        end++;
    prose->here.segment = block->segment + first;
    prose->here.segment_count = end - first;
    prose->here.span = (struct pk_span){lines[first].start, lines[end - 1].end};
    prose->line = end;
}

bool pk_prose_next(const struct pk_minutes *minutes, struct pk_prose *prose)
{
    for (; prose->here.block < minutes->blocks.block.count; prose->here.block++, prose->line = 0) {
        const struct pk_block *block = &minutes->blocks.block.items[prose->here.block];
        if (block->kind != PK_PARAGRAPH || prose->line >= block->segment_count ||
            is_skipped(minutes, prose))
            continue;
        if (!prose->line)
            prose->widest = block->segment_count > 1 ? widest_of(minutes, block) : 0;
        take_stretch(minutes, prose, block);
        return true;
    }
    return false;
}

/* -- All of it, once for all rules -- */

const struct pk_stretch *pk_stretches_of(struct pk_lint *lint, uint32_t *count)
{
    const struct pk_minutes *minutes = lint->minutes;
    struct pk_looked *looked = lint->looked;
    struct pk_prose prose = {.everywhere = false};
    static const struct pk_stretch none; /* so that callers may step from where there are none */
    while (!looked->at_prose && pk_prose_next(minutes, &prose)) {
        prose.here.words = pk_words_at_most(pk_slice(minutes->blocks.text, prose.here.span));
        *pk_push(looked->arena, &looked->stretch) = prose.here;
    }
    looked->at_prose = true;
    *count = looked->stretch.count;
    return *count ? looked->stretch.items : &none;
}

const struct pk_flow *pk_stretch_flow(struct pk_lint *lint, const struct pk_stretch *stretch)
{
    static const struct pk_flow none = {.text = {"", 0}};
    const struct pk_minutes *minutes = lint->minutes;
    const struct pk_blocks *blocks = &minutes->blocks;
    if (stretch->segment_count == blocks->block.items[stretch->block].segment_count)
        return pk_minutes_flow(minutes, stretch->block);
    struct pk_flow *flow = pk_alloc(minutes->arena, sizeof *flow);
    const struct pk_span *lines = &blocks->segment.items[stretch->segment];
    bool made = flow && pk_flow_segments(minutes->arena, blocks, lines, stretch->segment_count,
                                         flow) == PK_OK;
    return made ? flow : &none;
}
