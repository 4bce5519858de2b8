/* front_matter.c - the front matter can be read. */
#include "lint/lint.h"

/* Line and column count from 1; a place past the text becomes its end. */
static struct pk_span span_at(const struct pk_blocks *blocks, uint32_t line, uint32_t column)
{
    uint32_t lines = blocks->line.count, length = (uint32_t)blocks->text.length;
    uint32_t start = line && line <= lines ? blocks->line.items[line - 1] : 0;
    uint32_t end = line && line < lines ? blocks->line.items[line] : length;
    while (end > start && (blocks->text.at[end - 1] == '\n' || blocks->text.at[end - 1] == '\r'))
        end--;
    uint32_t at = column ? start + column - 1 : start;
    return (struct pk_span){at < end ? at : start, end};
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_error *error = &minutes->front_error;
    if (error->message[0])
        pk_report1(lint, span_at(&minutes->blocks, error->line, error->column),
                   "the front matter cannot be read: %1", pk_view_of(error->message));
}

const struct pk_rule pk_rule_front_matter = {
    .id = "front-matter",
    .severity = PK_ERROR,
    .summary = "the front matter can be read",
    .help = "The lines between --- at the top are YAML; while they are broken, nothing in them "
            "counts: neither the date nor the kind of minutes. Mend the place that is named; most "
            "often a value with a colon in it needs quotes:\n\n"
            "    subject: \"Prices: the second round\"",
    .check = check,
};
