/* table.c - recognise tables, split their rows into cells (GFM 4.10). */
#include "parse/parser.h"

#include <string.h>

/* Columns of a delimiter row with a pipe, or 0. */
static uint32_t scan_delimiter(struct pk_view line)
{
    size_t at = 0;
    uint32_t columns = 0;
    bool pipe = false;
    if (at < line.length && line.at[at] == '|') {
        pipe = true;
        at++;
    }
    for (;;) {
        while (at < line.length && pk_is_blank(line.at[at]))
            at++;
        if (at == line.length)
            break;
        if (line.at[at] == ':')
            at++;
        size_t dashes = at;
        while (at < line.length && line.at[at] == '-')
            at++;
        if (at == dashes)
            return 0;
        if (at < line.length && line.at[at] == ':')
            at++;
        while (at < line.length && pk_is_blank(line.at[at]))
            at++;
        columns++;
        if (at == line.length)
            break;
        if (line.at[at++] != '|')
            return 0;
        pipe = true;
    }
    return pipe ? columns : 0;
}

/* The next cell of a row, trimmed. Start with *at 0; false: no more. */
static bool next_cell(struct pk_view row, size_t *at, struct pk_view *cell)
{
    if (*at == 0) { /* a pipe that opens the row */
        while (*at < row.length && pk_is_blank(row.at[*at]))
            ++*at;
        if (*at < row.length && row.at[*at] == '|')
            ++*at;
    }
    size_t start = *at, end = start;
    while (end < row.length && row.at[end] != '|')
        end += row.at[end] == '\\' && end + 1 < row.length ? 2 : 1;
    *cell = pk_trim_blanks(pk_view_part(row, start, end));
    *at = end < row.length ? end + 1 : row.length;
    return end < row.length || cell->length; /* behind the last pipe there is no cell */
}

static uint32_t count_cells(struct pk_view row)
{
    uint32_t count = 0;
    size_t at = 0;
    struct pk_view cell;
    while (next_cell(row, &at, &cell))
        count++;
    return count;
}

/* -- Tables -- */

void pk_add_row(struct pk_parser *p, uint32_t table, struct pk_view words)
{
    uint32_t row = pk_add_block(p, PK_ROW, table);
    struct pk_span span = pk_span_of(p->out->text, words);
    pk_block_at(p, row)->span.start = span.start;
    size_t at = 0;
    struct pk_view cell;
    while (next_cell(words, &at, &cell)) {
        uint32_t block = pk_add_block(p, PK_CELL, row);
        struct pk_span inside = pk_span_of(p->out->text, cell);
        pk_add_segment(p, block, inside.start, inside.end);
        pk_sum_words(p, block);
        pk_block_at(p, block)->next = p->out->block.count;
        pk_block_at(p, block)->span = inside;
    }
    pk_finish_block(p, row);
}

/* A delimiter row under the last line of the paragraph, with as many cells as that has. */
enum pk_outcome pk_start_table(struct pk_parser *p)
{
    uint32_t columns = pk_is_in_paragraph(p) ? scan_delimiter(pk_rest(p)) : 0;
    if (!columns)
        return PK_NOTHING;
    struct pk_block *paragraph = pk_block_at(p, p->leaf);
    struct pk_span last = p->out->segment.items[paragraph->segment + paragraph->segment_count - 1];
    struct pk_view header = pk_slice(p->out->text, last);
    if (count_cells(header) != columns)
        return PK_NOTHING;

    uint32_t parent = paragraph->parent, line = p->line, end = p->end;
    p->out->segment.count--;
    if (--paragraph->segment_count) {
        paragraph->end_line--;
        pk_close_leaf(p);
    } else {
        memset(paragraph, 0, sizeof *paragraph); /* as pk_push promises the next one to be */
        p->out->block.count--;
        p->leaf = 0;
    }
    p->settled = true;
    p->line = line - 1;
    p->first = last.start;
    p->end = pk_line_end(p->out, p->line);
    p->leaf = pk_add_block(p, PK_TABLE, parent);
    pk_add_row(p, p->leaf, header);
    p->line = line;
    p->end = end;
    pk_block_at(p, p->leaf)->end_line = line + 1;
    return PK_WHOLE;
}
