/* json.c - a list as one JSON array (RFC 8259), a record a line. */
#include "write/export.h"

static void head(struct pk_buffer *out, enum pk_listed listed, const struct pk_language *language)
{
    (void)listed, (void)language;
    pk_puts(out, "[\n");
}

const struct pk_format pk_format_json = {
    .name = "json",
    .summary = "one JSON array of objects",
    .any = true,
    .head = head,
    .action = pk_json_action,
    .decision = pk_json_decision,
    .between = ",\n",
    .tail = "\n]\n",
    .none = "[]\n",
};
