/* flow.c - the words of a leaf block as one run, with the way back to the document. */
#include "parse/inline.h"

#include <string.h>

/* What is to be flown: stretches of the document. */
struct source {
    struct pk_arena *arena;
    struct pk_view text;
    const struct pk_span *segments;
    uint32_t count;
    bool cell;
};

static bool has_markup(struct pk_view view)
{
    static const bool is_markup[256] = {['\\'] = true, ['`'] = true, ['<'] = true, ['['] = true,
                                        ['*'] = true,  ['_'] = true, ['~'] = true};
    const unsigned char *at = (const unsigned char *)view.at, *end = at + view.length;
    for (; end - at >= 4; at += 4)
        if (is_markup[at[0]] | is_markup[at[1]] | is_markup[at[2]] | is_markup[at[3]])
            return true;
    for (; at < end; at++)
        if (is_markup[*at])
            return true;
    return false;
}

static size_t joined_length(const struct source *source)
{
    size_t length = source->count ? source->count - 1 : 0;
    for (uint32_t i = 0; i < source->count; i++)
        length += pk_slice(source->text, source->segments[i]).length;
    return length;
}

/* The segments with `between` between them; one alone is not copied. */
static struct pk_view join(const struct source *source, char *bytes, char between)
{
    if (source->count == 1)
        return pk_slice(source->text, source->segments[0]);
    size_t length = 0;
    for (uint32_t i = 0; bytes && i < source->count; i++) {
        struct pk_view segment = pk_slice(source->text, source->segments[i]);
        if (i)
            bytes[length++] = between;
        if (segment.length)
            memcpy(bytes + length, segment.at, segment.length);
        length += segment.length;
    }
    return (struct pk_view){bytes ? bytes : "", length};
}

/* -- Writing runs -- */

static void add_run(struct pk_arena *arena, struct pk_flow *out, struct pk_run run)
{
    struct pk_run *last = out->run.count ? &out->run.items[out->run.count - 1] : NULL;
    if (last && last->style == run.style && last->source + last->length == run.source)
        last->length += run.length;
    else
        *pk_push(arena, &out->run) = run;
}

/* No markup: each segment is a run, each line end a blank. */
static void flow_plain(const struct source *source, struct pk_flow *out)
{
    uint32_t flat = 0;
    out->run.items = pk_alloc(source->arena, source->count * sizeof *out->run.items);
    out->run.room = out->run.items ? source->count : 0;
    for (uint32_t i = 0; i < source->count; i++) {
        struct pk_span span = source->segments[i];
        uint32_t length = span.end - span.start + (i + 1 < source->count);
        if (length)
            add_run(source->arena, out, (struct pk_run){flat, span.start, length, 0});
        flat += length;
    }
}

/* How deep we are in each style. */
struct depths {
    uint32_t strong, emphasis, code, struck, link;
};

static void change(struct depths *depths, enum pk_fate fate)
{
    uint32_t *depth[] = {&depths->strong, &depths->emphasis, &depths->code, &depths->struck,
                         &depths->link};
    uint32_t step = (uint32_t)fate - PK_OPEN_STRONG; /* opens and closes take turns */
    *depth[step / 2] += step % 2 ? UINT32_MAX : 1;
}

static uint32_t style_of(const struct depths *depths)
{
    return (depths->strong ? PK_STRONG : 0u) | (depths->emphasis ? PK_EMPHASIS : 0u) |
           (depths->code ? PK_CODE_SPAN : 0u) | (depths->struck ? PK_STRUCK : 0u) |
           (depths->link ? PK_LINK : 0u);
}

/* How many bytes from `at` on are kept as they are, up to `end`. */
static uint32_t kept_at(const struct pk_inline *in, uint32_t at, uint32_t end)
{
    uint32_t start = at;
    uint64_t eight = 0; /* which PK_KEEP is, too */
    for (; end - at >= sizeof eight; at += (uint32_t)sizeof eight) {
        memcpy(&eight, in->fate + at, sizeof eight);
        if (eight)
            break;
    }
    while (at < end && in->fate[at] == PK_KEEP)
        at++;
    return at - start;
}

/* Into room->made, which other flows are made in, too; `bytes` are kept. */
static void flow_marked(const struct source *source, const struct pk_inline *in, char *bytes)
{
    struct pk_flow *made = &in->room->made;
    struct depths depths = {0};
    uint32_t length = 0, base = 0; /* base: where the segment starts in `in` */
    made->run.count = 0;
    for (uint32_t i = 0; i < source->count; i++) {
        struct pk_span span = source->segments[i];
        uint32_t end = base + (span.end - span.start) + (i + 1 < source->count);
        for (uint32_t at = base, step = 1; at < end; at += step) {
            enum pk_fate fate = (enum pk_fate)in->fate[at];
            step = fate == PK_KEEP ? kept_at(in, at, end) : 1;
            if (fate >= PK_OPEN_STRONG)
                change(&depths, fate);
            bool blank = fate == PK_BLANK && (length == 0 || bytes[length - 1] != ' ');
            if (fate != PK_KEEP && !blank)
                continue;
            memcpy(bytes + length, blank ? " " : in->text.at + at, step);
            struct pk_run run = {length, span.start + (at - base), step, style_of(&depths)};
            add_run(in->arena, made, run);
            length += step;
        }
        base = end;
    }
    made->text = (struct pk_view){bytes, length};
}

struct pk_flow_room *pk_flow_room(struct pk_arena *arena)
{
    struct pk_flow_room *room = pk_alloc(arena, sizeof *room);
    if (room)
        room->arena = arena;
    return room;
}

/* Room for so many bytes at *bytes, whatever stood there. */
static bool widen(struct pk_arena *arena, char **bytes, size_t *room, size_t size)
{
    if (size <= *room)
        return true;
    size_t wider = size > *room * 2 ? size : *room * 2;
    char *grown = pk_grow(arena, *bytes, *room, wider);
    if (!grown)
        return false;
    *bytes = grown;
    *room = wider;
    return true;
}

/* The room is ready for another text: it, and the fate of each of its bytes. */
static bool make_room(const struct source *source, struct pk_flow_room *room, struct pk_inline *in)
{
    size_t length = joined_length(source);
    if (!widen(room->arena, &room->fate, &room->fates, length) ||
        (source->count > 1 && !widen(room->arena, &room->text, &room->bytes, length)))
        return false;
    in->room = room;
    in->arena = room->arena;
    in->cell = source->cell;
    in->text = join(source, room->text, '\n');
    in->fate = memset(room->fate, PK_KEEP, length);
    room->delimiters.count = room->bracket.count = 0;
    return true;
}

static enum pk_status flow(const struct source *source, struct pk_flow_room *room,
                           struct pk_flow *out)
{
    memset(out, 0, sizeof *out);
    out->text = PK_VIEW("");
    bool marked = false;
    for (uint32_t i = 0; i < source->count && !marked; i++)
        marked = has_markup(pk_slice(source->text, source->segments[i]));
    if (!source->count)
        return PK_OK;
    if (!marked) {
        char *bytes = source->count > 1 ? pk_alloc(source->arena, joined_length(source) + 1) : NULL;
        out->text = join(source, bytes, ' ');
        flow_plain(source, out);
        return source->arena->failed ? PK_ENOMEM : PK_OK;
    }
    struct pk_inline in = {.arena = NULL};
    bool ready = make_room(source, room, &in);
    char *bytes = ready ? pk_alloc(source->arena, in.text.length) : NULL;
    if (!bytes)
        return PK_ENOMEM;
    pk_read_inline(&in);
    flow_marked(source, &in, bytes);
    pk_give_back(source->arena, bytes, in.text.length, room->made.text.length);
    out->text = room->made.text;
    size_t runs = room->made.run.count * sizeof *out->run.items;
    out->run.items = pk_alloc(source->arena, runs);
    if (room->arena->failed || !out->run.items)
        return PK_ENOMEM;
    if (runs)
        memcpy(out->run.items, room->made.run.items, runs);
    out->run.count = out->run.room = room->made.run.count;
    return PK_OK;
}

enum pk_status pk_flow(struct pk_arena *arena, const struct pk_blocks *blocks, uint32_t block,
                       struct pk_flow *out)
{
    const struct pk_block *leaf = &blocks->block.items[block];
    struct source source = {arena, blocks->text, blocks->segment.items + leaf->segment,
                            leaf->segment_count, leaf->kind == PK_CELL};
    return flow(&source, blocks->room, out);
}

enum pk_status pk_flow_segments(struct pk_arena *arena, const struct pk_blocks *blocks,
                                const struct pk_span *segments, uint32_t count, struct pk_flow *out)
{
    struct source source = {arena, blocks->text, segments, count, false};
    return flow(&source, blocks->room, out);
}

/* -- The way back -- */

/* The run that holds the offset; the last one for what lies behind the text. NULL: no text. */
static const struct pk_run *run_at(const struct pk_flow *flow, size_t offset)
{
    uint32_t low = 0, high = flow->run.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (flow->run.items[middle].flat <= offset)
            low = middle;
        else
            high = middle;
    }
    return high ? &flow->run.items[low] : NULL;
}

static uint32_t source_of(const struct pk_flow *flow, size_t offset)
{
    const struct pk_run *run = run_at(flow, offset);
    if (!run)
        return 0;
    size_t inside = offset - run->flat;
    return run->source + (uint32_t)(inside < run->length ? inside : run->length);
}

struct pk_span pk_flow_span(const struct pk_flow *flow, size_t start, size_t end)
{
    struct pk_span span = {source_of(flow, start), 0};
    span.end = end > start ? source_of(flow, end - 1) + 1 : span.start;
    return span;
}

uint32_t pk_flow_style(const struct pk_flow *flow, size_t offset)
{
    const struct pk_run *run = run_at(flow, offset);
    return run ? run->style : 0;
}
