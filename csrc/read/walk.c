/* walk.c - step through blocks, and through the words of one. */
#include "read/read.h"

/* -- Blocks -- */

bool pk_is_leaf(const struct pk_block *block)
{
    return block->kind == PK_HEADING || block->kind == PK_PARAGRAPH || block->kind == PK_CELL;
}

const struct pk_flow *pk_minutes_flow(const struct pk_minutes *minutes, uint32_t block)
{
    struct pk_flow *flow = &minutes->flow[block];
    if (!flow->text.at) {
        pk_flow(minutes->arena, &minutes->blocks, block, flow);
        if (!flow->text.at)
            flow->text = PK_VIEW("");
    }
    return flow;
}

const struct pk_flow *pk_flow_of(struct pk_reader *reader, uint32_t block)
{
    const struct pk_flow *flow = pk_minutes_flow(reader->minutes, block);
    if (!reader->scan[block])
        reader->scan[block] = pk_scan(reader, flow->text);
    reader->look->scan = reader->scan[block];
    return flow;
}

struct pk_span pk_span_in(const struct pk_flow *flow, struct pk_range range)
{
    return pk_flow_span(flow, range.start, range.end);
}

/* The first run that reaches beyond the source offset. Runs stand in the order of both. */
static uint32_t run_beyond(const struct pk_flow *flow, uint32_t source)
{
    uint32_t low = 0, high = flow->run.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct pk_run *run = &flow->run.items[middle];
        if (run->source + run->length > source)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static size_t flat_of(const struct pk_flow *flow, uint32_t source)
{
    uint32_t at = run_beyond(flow, source);
    if (at == flow->run.count)
        return flow->text.length;
    const struct pk_run *run = &flow->run.items[at];
    size_t flat = run->flat + (source > run->source ? source - run->source : 0);
    return flat < flow->text.length ? flat : flow->text.length; /* no memory for all the text */
}

struct pk_range pk_flow_line(const struct pk_reader *reader, uint32_t block,
                             const struct pk_flow *flow, uint32_t line)
{
    const struct pk_block *leaf = pk_block_of(reader, block);
    const struct pk_span *segment = reader->minutes->blocks.segment.items + leaf->segment;
    struct pk_range range = {0, flow->text.length};
    if (line > 0)
        range.start = flat_of(flow, segment[line].start);
    if (line + 1 < leaf->segment_count)
        range.end = flat_of(flow, segment[line + 1].start);
    return pk_trim_range(flow->text, range);
}

uint32_t pk_inside(const struct pk_reader *reader, uint32_t block, enum pk_block_kind kind)
{
    while (block && pk_block_of(reader, block)->kind != kind)
        block = pk_block_of(reader, block)->parent;
    return block;
}

uint32_t pk_first_paragraph(const struct pk_reader *reader, uint32_t item)
{
    uint32_t child = item + 1;
    bool inside = child < pk_block_of(reader, item)->next;
    return inside && pk_block_of(reader, child)->kind == PK_PARAGRAPH ? child : 0;
}

const struct pk_section *pk_section_at(const struct pk_reader *reader, uint32_t block)
{
    int32_t index = reader->section[block];
    return index < 0 ? NULL : &reader->minutes->section.items[index];
}

enum pk_section_kind pk_section_kind_at(const struct pk_reader *reader, uint32_t block)
{
    const struct pk_section *section = pk_section_at(reader, block);
    return section ? section->kind : PK_SECTION_OTHER;
}

uint32_t pk_block_at(const struct pk_reader *reader, uint32_t offset)
{
    uint32_t low = 1, high = reader->minutes->blocks.block.count;
    while (low < high) { /* the first that starts beyond the offset */
        uint32_t middle = low + (high - low) / 2;
        if (pk_block_of(reader, middle)->span.start > offset)
            high = middle;
        else
            low = middle + 1;
    }
    return low > 1 && pk_is_leaf(pk_block_of(reader, low - 1)) ? low - 1 : 0;
}

size_t pk_behind_title(const struct pk_flow *flow, const struct pk_section *section)
{
    size_t at = flat_of(flow, section->span.end), width;
    uint32_t sign = pk_char_at(flow->text, at, &width);
    while (width && (sign == ':' || sign == 0xFF1A || pk_is_space(sign))) {
        at += width;
        sign = pk_char_at(flow->text, at, &width);
    }
    return at;
}

static uint32_t run_at(const struct pk_flow *flow, size_t flat)
{
    uint32_t low = 0, high = flow->run.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct pk_run *run = &flow->run.items[middle];
        if (run->flat + run->length > flat)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool pk_all_in_style(const struct pk_flow *flow, struct pk_range range, enum pk_style style)
{
    range = pk_trim_range(flow->text, range);
    if (range.start >= range.end || !(pk_flow_style(flow, range.start) & style))
        return false;
    for (uint32_t i = run_at(flow, range.start); i < flow->run.count; i++) {
        const struct pk_run *run = &flow->run.items[i];
        if (run->flat >= range.end)
            break;
        size_t from = run->flat > range.start ? run->flat : range.start;
        size_t to = run->flat + run->length < range.end ? run->flat + run->length : range.end;
        struct pk_view part = pk_trim(pk_view_part(flow->text, from, to));
        bool sign = part.length == 1 && (*part.at == ':' || *part.at == '.');
        if (!(run->style & (uint32_t)style) && part.length && !sign)
            return false;
    }
    return true;
}

/* -- Text -- */

size_t pk_behind_placeholder(struct pk_view text, size_t at)
{
    enum { LONGEST = 200 };
    size_t limit = text.length < at + LONGEST ? text.length : at + LONGEST;
    if (!pk_starts(pk_view_part(text, at, limit), PK_VIEW("{{")))
        return at;
    for (size_t end = at + 2; end + 1 < limit; end++) {
        if (text.at[end] == '}' && text.at[end + 1] == '}')
            return end + 2;
    }
    return at;
}

static bool is_loose_sign(uint32_t codepoint)
{
    return codepoint == ',' || codepoint == ';' || codepoint == ':' || codepoint == 0xFF1A ||
           codepoint == '|' || codepoint == '>' || pk_is_dash(codepoint) || pk_is_space(codepoint);
}

struct pk_range pk_trim_signs(struct pk_view text, struct pk_range range)
{
    size_t width;
    while (range.start < range.end && is_loose_sign(pk_char_at(text, range.start, &width)))
        range.start += width;
    while (range.end > range.start && is_loose_sign(pk_decode_before(text, range.end, &width)))
        range.end -= width;
    return range;
}

const struct pk_phrase *pk_phrase_of(const struct pk_reader *reader, struct pk_view text, size_t at,
                                     enum pk_word_kind kind, size_t *end)
{
    size_t length;
    struct pk_view rest = pk_view_part(text, at, text.length);
    const struct pk_headword *known = pk_headword_here(reader, text, at);
    if (!(known->kinds & PK_KIND(kind)))
        return NULL;
    const struct pk_phrase *first = pk_headword_of(*known, rest, (uint16_t)kind, &length);
    const struct pk_phrase *phrase = first;
    *end = at + length;
    /* what it means in the document's own language goes first: German "will" wants, English
     * "will" promises */
    while (phrase && reader->minutes->language &&
           phrase->meaning.language != reader->minutes->language->index)
        phrase = pk_words_kind(pk_words_again(phrase), (uint16_t)kind);
    return phrase ? phrase : first;
}

const struct pk_phrase *pk_phrase_whole(const struct pk_reader *reader, struct pk_view text,
                                        enum pk_word_kind kind)
{
    size_t length;
    text = pk_trim(text);
    if (!pk_scan_of(reader, text, &length))
        return pk_words_whole_of(reader->words, text, (uint16_t)kind);
    const struct pk_headword *known = pk_headword_here(reader, text, 0);
    if (!(known->kinds & PK_KIND(kind)))
        return NULL;
    const struct pk_phrase *phrase = pk_headword_of(*known, text, (uint16_t)kind, &length);
    return length == text.length ? phrase : NULL;
}

bool pk_label_ends(const struct pk_flow *flow, size_t label_start, size_t *at)
{
    size_t width, next = pk_skip_blanks(flow->text, *at);
    uint32_t sign = pk_char_at(flow->text, next, &width);
    bool colon = width && (sign == ':' || sign == 0xFF1A);
    bool apart =
        pk_is_dash(sign) && next > *at && pk_skip_blanks(flow->text, next + width) > next + width;
    bool strong_before = pk_flow_style(flow, label_start) & PK_STRONG;
    bool strong_behind = width && pk_flow_style(flow, next) & PK_STRONG;
    if (colon || apart)
        next += width;
    else if (!strong_before || strong_behind)
        return false;
    *at = pk_skip_blanks(flow->text, next);
    return true;
}
