/* csv.c - a spreadsheet's table (RFC 4180), a column for each member of the JSON records.
 *
 * A cell that a spreadsheet would take for a formula, "=1+1" or "-5 %", gets an
 * apostrophe before it; one that begins with an apostrophe gets another. So
 * nothing is run and nothing is lost: who takes one apostrophe away from the
 * start of a cell has what was written.
 */
#include "write/export.h"

/* A sink that writes the keys or the values of one record as a line. */
struct row {
    struct pk_sink sink; /* first: the sink's functions find the rest behind it */
    struct pk_buffer *out;
    struct pk_buffer list; /* of a member that is a list: its items so far */
    bool keys;
    unsigned depth, cells;
};

/* Begins the cell as formulas do, full width as well, or with what may stand before one? A
 * sign alone is none. */
static bool wants_apostrophe(struct pk_view cell)
{
    static const uint32_t signs[] = {'=',  '+',    '-',    '@',    '\t',  '\r',
                                     '\n', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
    size_t width;
    uint32_t first = pk_decode(cell, &width);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (first == signs[i])
            return cell.length > width;
    return first == '\'';
}

static bool wants_quotes(struct pk_view cell)
{
    for (size_t i = 0; i < cell.length; i++)
        if (cell.at[i] == '"' || cell.at[i] == ',' || cell.at[i] == '\n' || cell.at[i] == '\r')
            return true;
    return cell.length && (cell.at[0] == ' ' || cell.at[cell.length - 1] == ' ');
}

/* Readers stop at NUL and at what is no UTF-8: both become U+FFFD. */
static void put_cell(struct row *row, struct pk_view cell)
{
    size_t width;
    bool quotes = wants_quotes(cell);
    if (row->cells++)
        pk_putc(row->out, ',');
    if (quotes)
        pk_putc(row->out, '"');
    if (wants_apostrophe(cell))
        pk_putc(row->out, '\'');
    for (; cell.length; cell = pk_view_part(cell, width, cell.length)) {
        uint32_t codepoint = pk_decode(cell, &width);
        if (codepoint == 0 || codepoint == PK_REPLACEMENT)
            pk_puts(row->out, "\xEF\xBF\xBD");
        else
            pk_put(row->out, pk_view_part(cell, 0, width));
        if (codepoint == '"')
            pk_putc(row->out, '"');
    }
    if (quotes)
        pk_putc(row->out, '"');
}

static void put_member(struct row *row, struct pk_view key, struct pk_view value)
{
    if (row->depth == 1) {
        put_cell(row, row->keys ? key : value);
        return;
    }
    if (row->list.length)
        pk_puts(&row->list, "; ");
    pk_put(&row->list, value);
}

static void open_member(struct pk_sink *sink, struct pk_view key, char bracket)
{
    struct row *row = (struct row *)sink;
    (void)bracket;
    if (row->depth++ == 1) {
        row->list = (struct pk_buffer){.arena = row->out->arena};
        if (row->keys)
            put_cell(row, key);
    }
}

static void close_member(struct pk_sink *sink, char bracket)
{
    struct row *row = (struct row *)sink;
    (void)bracket;
    if (--row->depth == 1 && !row->keys)
        put_cell(row, pk_written(&row->list));
}

static void text(struct pk_sink *sink, struct pk_view key, struct pk_view value)
{
    put_member((struct row *)sink, key, value);
}

static void number(struct pk_sink *sink, struct pk_view key, uint32_t value)
{
    struct pk_buffer out = {.arena = ((struct row *)sink)->out->arena};
    pk_putf(&out, "%u", value);
    put_member((struct row *)sink, key, pk_written(&out));
}

static void truth(struct pk_sink *sink, struct pk_view key, bool value)
{
    put_member((struct row *)sink, key, pk_view_of(value ? "true" : "false"));
}

static void nothing(struct pk_sink *sink, struct pk_view key)
{
    put_member((struct row *)sink, key, PK_VIEW(""));
}

static struct row row_to(struct pk_buffer *out)
{
    return (struct row){
        .sink = {open_member, close_member, text, number, truth, nothing},
        .out = out,
    };
}

/* The keys are those of an empty record, told as any other. */
static void head(struct pk_buffer *out, enum pk_listed listed, const struct pk_language *language)
{
    static uint32_t start;
    struct pk_minutes minutes = {.blocks.line = {&start, 1, 1}};
    struct row row = row_to(out);
    (void)language;
    row.keys = true;
    if (listed == PK_ACTIONS)
        pk_tell_action(&row.sink, &minutes, PK_VIEW("-"), &(struct pk_action){.section = -1});
    else
        pk_tell_decision(&row.sink, &minutes, PK_VIEW("-"), &(struct pk_decision){.section = -1});
    pk_puts(out, "\r\n");
}

static void action(struct pk_buffer *out, const struct pk_origin *origin,
                   const struct pk_action *of)
{
    struct row row = row_to(out);
    pk_tell_action(&row.sink, origin->minutes, origin->file, of);
}

static void decision(struct pk_buffer *out, const struct pk_origin *origin,
                     const struct pk_decision *of)
{
    struct row row = row_to(out);
    pk_tell_decision(&row.sink, origin->minutes, origin->file, of);
}

const struct pk_format pk_format_csv = {
    .name = "csv",
    .summary = "a spreadsheet's table (RFC 4180), columns named as in JSON",
    .head = head,
    .action = action,
    .decision = decision,
    .after = "\r\n",
};
