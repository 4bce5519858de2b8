/* table.c - split the rows of a table into cells (GFM 4.10). */
#include "parse/scan.h"

uint32_t pk_scan_delimiter(struct pk_view line)
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

bool pk_next_cell(struct pk_view row, size_t *at, struct pk_view *cell)
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

uint32_t pk_count_cells(struct pk_view row)
{
    uint32_t count = 0;
    size_t at = 0;
    struct pk_view cell;
    while (pk_next_cell(row, &at, &cell))
        count++;
    return count;
}
