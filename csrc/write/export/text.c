/* text.c - lists for people: file:line:column: and the rest in columns. */
#include "write/export.h"

static void decision(struct pk_buffer *out, const struct pk_origin *origin,
                     const struct pk_decision *of)
{
    pk_text_decision(out, origin->minutes, origin->file, of);
}

const struct pk_format pk_format_text = {
    .name = "text",
    .summary = "for people: file:line:column: and the rest in columns",
    .any = true,
    .row = pk_row_of_action,
    .decision = decision,
};
