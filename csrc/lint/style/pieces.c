/* pieces.c - the words of a document in pieces, as rules of a style are given them. */
#include "lint/style/style.h"

#include <string.h>

enum { STAND_IN = 0x1A }; /* for a byte that is no UTF-8 */

/* -- Hiding what is no prose -- */

static bool is_sound(struct pk_view text)
{
    size_t width;
    for (size_t i = 0; i < text.length; i += width) {
        width = 1;
        if ((unsigned char)text.at[i] >= 0x80 &&
            pk_decode(pk_view_part(text, i, text.length), &width) == PK_REPLACEMENT && width == 1)
            return false;
    }
    return true;
}

static struct pk_view sound(struct pk_arena *arena, struct pk_view text)
{
    if (is_sound(text))
        return text;
    char *copy = (char *)(uintptr_t)pk_copy(arena, text).at;
    size_t width;
    for (size_t i = 0; copy && i < text.length; i += width)
        if (pk_decode(pk_view_part(text, i, text.length), &width) == PK_REPLACEMENT && width == 1)
            copy[i] = STAND_IN;
    return copy ? (struct pk_view){copy, text.length} : (struct pk_view){"", 0};
}

static bool is_address(struct pk_view word)
{
    const char *at = word.length ? memchr(word.at, '@', word.length) : NULL;
    if (at && at > word.at)
        return memchr(at, '.', word.length - (size_t)(at - word.at)) != NULL;
    for (size_t i = 0; i + 3 <= word.length; i++)
        if (memcmp(word.at + i, "://", 3) == 0)
            return i > 0;
    return pk_starts(word, PK_VIEW("www."));
}

static bool may_hold_address(struct pk_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (c == '@' || (c == ':' && i + 1 < text.length && text.at[i + 1] == '/') ||
            (c == '.' && i > 2 && text.at[i - 1] == 'w' && text.at[i - 2] == 'w'))
            return true;
    }
    return false;
}

static void hide_addresses(char *bytes, struct pk_view text)
{
    static const char around[] = "()<>[]\"'.,;!?";
    for (size_t start = 0; start < text.length;) {
        size_t end = start;
        while (end < text.length && text.at[end] != ' ' && text.at[end] != '\n')
            end++;
        size_t first = start, last = end;
        while (first < last && strchr(around, text.at[first]))
            first++;
        while (last > first && strchr(around, text.at[last - 1]))
            last--;
        if (is_address(pk_view_part(text, first, last)))
            memset(bytes + first, '*', last - first);
        start = end + 1;
    }
}

static struct pk_view prose_of(struct pk_arena *arena, const struct pk_flow *flow,
                               struct pk_view plain)
{
    bool address = may_hold_address(plain), code = false;
    for (uint32_t i = 0; i < flow->run.count; i++)
        code = code || flow->run.items[i].style & PK_CODE_SPAN;
    char *copy = address || code ? (char *)(uintptr_t)pk_copy(arena, plain).at : NULL;
    if (!copy)
        return plain;
    if (address)
        hide_addresses(copy, plain);
    for (uint32_t i = 0; i < flow->run.count; i++) {
        const struct pk_run *run = &flow->run.items[i];
        if (run->style & PK_CODE_SPAN && run->flat + run->length <= plain.length)
            memset(copy + run->flat, '*', run->length);
    }
    return (struct pk_view){copy, plain.length};
}

void pk_piece_add(struct pk_style_run *run, const struct pk_flow *flow, uint32_t block,
                  uint32_t places)
{
    struct pk_arena *arena = run->minutes->arena;
    struct pk_piece *piece = pk_push(arena, &run->piece);
    piece->flow = *flow;
    piece->plain = sound(arena, flow->text);
    piece->prose = prose_of(arena, flow, piece->plain);
    piece->places = places;
    piece->section = (int)block; /* until places.c knows better */
}

static void add_segments(struct pk_style_run *run, const struct pk_span *lines, uint32_t count,
                         uint32_t block)
{
    const struct pk_minutes *minutes = run->minutes;
    struct pk_flow flow;
    if (count && pk_flow_segments(minutes->arena, &minutes->blocks, lines, count, &flow) == PK_OK)
        pk_piece_add(run, &flow, block, 0);
}

/* -- Paragraphs, headings, cells -- */

void pk_pieces_find(struct pk_style_run *run)
{
    const struct pk_blocks *blocks = &run->minutes->blocks;
    struct pk_prose prose = {.everywhere = true};
    bool more = pk_prose_next(run->minutes, &prose);
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        const struct pk_block *block = &blocks->block.items[i];
        while (more && prose.here.block == i) {
            add_segments(run, &blocks->segment.items[prose.here.segment], prose.here.segment_count,
                         i);
            more = pk_prose_next(run->minutes, &prose);
        }
        if (block->kind == PK_HEADING || block->kind == PK_CELL)
            add_segments(run, &blocks->segment.items[block->segment], block->segment_count, i);
    }
    pk_places_find(run);
    struct pk_parts *all = &run->unit[PK_UNIT_OF_TEXT];
    for (uint32_t i = 0; i < run->piece.count; i++) {
        struct pk_part *part = pk_push(run->minutes->arena, &all->part);
        *part = (struct pk_part){i, 0, (uint32_t)run->piece.items[i].plain.length};
    }
    all->made = true;
}

/* -- Other units -- */

static void add_part(struct pk_style_run *run, struct pk_parts *to, uint32_t piece, size_t start,
                     size_t end)
{
    struct pk_part *part = pk_push(run->minutes->arena, &to->part);
    *part = (struct pk_part){piece, (uint32_t)start, (uint32_t)end};
}

static void find_sentences(struct pk_style_run *run, struct pk_parts *to)
{
    uint32_t count = run->unit[PK_UNIT_OF_TEXT].part.count;
    for (uint32_t i = 0; i < count; i++) {
        const struct pk_piece *piece = &run->piece.items[i];
        size_t from = 0, start = 0, end = 0;
        if (piece->places & (PK_IN_HEADING | PK_IN_TABLE))
            continue;
        while (pk_sentence(run->minutes, piece->plain, &from, &start, &end))
            add_part(run, to, i, start, end);
    }
}

/* One piece of all that is neither heading nor table. */
static void find_summary(struct pk_style_run *run, struct pk_parts *to)
{
    struct pk_arena *arena = run->minutes->arena;
    struct pk_buffer plain = {.arena = arena}, prose = {.arena = arena};
    struct pk_piece whole = {.section = -1};
    uint32_t count = run->unit[PK_UNIT_OF_TEXT].part.count;
    for (uint32_t i = 0; i < count; i++) {
        const struct pk_piece *piece = &run->piece.items[i];
        if (piece->places & (PK_IN_HEADING | PK_IN_TABLE))
            continue;
        pk_puts(&plain, plain.length ? "\n\n" : "");
        pk_puts(&prose, prose.length ? "\n\n" : "");
        for (uint32_t j = 0; j < piece->flow.run.count; j++) {
            struct pk_run *moved = pk_push(arena, &whole.flow.run);
            *moved = piece->flow.run.items[j];
            moved->flat += (uint32_t)plain.length;
        }
        pk_put(&plain, piece->plain);
        pk_put(&prose, piece->prose);
    }
    whole.plain = whole.flow.text = pk_written(&plain);
    whole.prose = pk_written(&prose);
    *pk_push(arena, &run->piece) = whole;
    if (whole.plain.length)
        add_part(run, to, run->piece.count - 1, 0, whole.plain.length);
}

static void find_raw(struct pk_style_run *run, struct pk_parts *to)
{
    struct pk_arena *arena = run->minutes->arena;
    struct pk_view text = run->minutes->blocks.text;
    struct pk_piece whole = {.section = -1};
    struct pk_run *all = pk_push(arena, &whole.flow.run);
    *all = (struct pk_run){.length = (uint32_t)text.length};
    whole.flow.text = text;
    whole.plain = whole.prose = sound(arena, text);
    *pk_push(arena, &run->piece) = whole;
    add_part(run, to, run->piece.count - 1, 0, text.length);
}

/* The first segment that ends behind the offset. */
static uint32_t segment_at(const struct pk_blocks *blocks, uint32_t offset)
{
    uint32_t low = 0, high = blocks->segment.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (blocks->segment.items[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The innermost block that starts at the offset or before it. */
static uint32_t block_at(const struct pk_blocks *blocks, uint32_t offset)
{
    uint32_t low = 0, high = blocks->block.count;
    while (low < high) { /* the first that starts behind it */
        uint32_t middle = low + (high - low) / 2;
        if (blocks->block.items[middle].span.start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

static void add_span(struct pk_style_run *run, struct pk_parts *to, struct pk_span span,
                     uint32_t block, uint32_t place)
{
    const struct pk_blocks *blocks = &run->minutes->blocks;
    struct pk_arena *arena = run->minutes->arena;
    PK_LIST(struct pk_span) line = {0};
    for (uint32_t i = segment_at(blocks, span.start); i < blocks->segment.count; i++) {
        struct pk_span segment = blocks->segment.items[i];
        if (segment.start >= span.end)
            break;
        segment.start = segment.start > span.start ? segment.start : span.start;
        segment.end = segment.end < span.end ? segment.end : span.end;
        *pk_push(arena, &line) = segment;
    }
    uint32_t before = run->piece.count;
    add_segments(run, line.items, line.count, block);
    if (run->piece.count == before)
        return;
    run->piece.items[before].places = place;
    add_part(run, to, before, 0, run->piece.items[before].plain.length);
}

static void find_items(struct pk_style_run *run, enum pk_style_unit unit, struct pk_parts *to)
{
    const struct pk_minutes *minutes = run->minutes;
    if (unit == PK_UNIT_OF_ACTION)
        for (uint32_t i = 0; i < minutes->action.count; i++)
            add_span(run, to, minutes->action.items[i].span, minutes->action.items[i].block,
                     PK_IN_ACTION);
    else if (unit == PK_UNIT_OF_DECISION)
        for (uint32_t i = 0; i < minutes->decision.count; i++)
            add_span(run, to, minutes->decision.items[i].span, minutes->decision.items[i].block,
                     PK_IN_DECISION);
    else
        for (uint32_t i = 0; i < minutes->person.count; i++)
            add_span(run, to, minutes->person.items[i].whole,
                     block_at(&minutes->blocks, minutes->person.items[i].whole.start),
                     PK_IN_PERSON);
}

/* Runs of one style that follow each other. */
static void find_styled(struct pk_style_run *run, uint32_t style, struct pk_parts *to)
{
    uint32_t count = run->unit[PK_UNIT_OF_TEXT].part.count;
    for (uint32_t i = 0; i < count; i++) {
        const struct pk_flow *flow = &run->piece.items[i].flow;
        uint32_t last = run->piece.count + 1, end = 0;
        for (uint32_t j = 0; j < flow->run.count; j++) {
            const struct pk_run *stretch = &flow->run.items[j];
            if (!(stretch->style & style) || !stretch->length)
                continue;
            if (last == i && stretch->flat == end)
                to->part.items[to->part.count - 1].end = stretch->flat + stretch->length;
            else
                add_part(run, to, i, stretch->flat, stretch->flat + stretch->length);
            last = i;
            end = stretch->flat + stretch->length;
        }
    }
}

/* ![what stands for the image](address) */
static void find_alternatives(struct pk_style_run *run, struct pk_parts *to)
{
    const struct pk_blocks *blocks = &run->minutes->blocks;
    for (uint32_t i = 0; i < blocks->block.count; i++) {
        const struct pk_block *block = &blocks->block.items[i];
        if (block->kind != PK_PARAGRAPH && block->kind != PK_HEADING && block->kind != PK_CELL)
            continue;
        for (uint32_t j = 0; j < block->segment_count; j++) {
            struct pk_span line = blocks->segment.items[block->segment + j];
            for (uint32_t at = line.start; at + 1 < line.end; at++) {
                const char *text = blocks->text.at;
                if (text[at] != '!' || text[at + 1] != '[')
                    continue;
                const char *end = memchr(text + at + 2, ']', line.end - at - 2);
                if (!end)
                    break;
                uint32_t stop = (uint32_t)(end - text);
                if (stop + 1 < line.end && (text[stop + 1] == '(' || text[stop + 1] == '['))
                    add_span(run, to, (struct pk_span){at + 2, stop}, i, 0);
                at = stop;
            }
        }
    }
}

const struct pk_parts *pk_parts_of(struct pk_style_run *run, enum pk_style_unit unit)
{
    struct pk_parts *parts = &run->unit[unit];
    uint32_t first = run->piece.count;
    if (parts->made)
        return parts;
    parts->made = true;
    switch (unit) {
    case PK_UNIT_OF_SENTENCE:
        find_sentences(run, parts);
        break;
    case PK_UNIT_OF_SUMMARY:
        find_summary(run, parts);
        return parts;
    case PK_UNIT_OF_RAW:
        find_raw(run, parts);
        return parts;
    case PK_UNIT_OF_ALT:
        find_alternatives(run, parts);
        break;
    case PK_UNIT_OF_LINK:
        find_styled(run, PK_LINK, parts);
        break;
    case PK_UNIT_OF_STRONG:
        find_styled(run, PK_STRONG, parts);
        break;
    case PK_UNIT_OF_EMPHASIS:
        find_styled(run, PK_EMPHASIS, parts);
        break;
    case PK_UNIT_OF_CODE:
        find_styled(run, PK_CODE_SPAN, parts);
        break;
    default:
        find_items(run, unit, parts);
    }
    if (run->piece.count > first)
        pk_places_of(run, first);
    return parts;
}

struct pk_view pk_part_text(const struct pk_style_run *run, enum pk_style_unit unit,
                            const struct pk_part *part)
{
    const struct pk_piece *piece = &run->piece.items[part->piece];
    return pk_view_part(unit == PK_UNIT_OF_CODE ? piece->plain : piece->prose, part->start,
                        part->end);
}
