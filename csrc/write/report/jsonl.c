/* jsonl.c - findings as JSON Lines: an object a line. */
#include "write/report.h"

static void document(struct pk_report *report, const struct pk_reported *of)
{
    for (uint32_t i = 0; i < of->findings->diagnostic.count; i++) {
        struct pk_json json = pk_json_to(report->out);
        pk_tell_diagnostic(&json.sink, of->minutes, of->file, &of->findings->diagnostic.items[i]);
        pk_putc(report->out, '\n');
    }
}

const struct pk_report_format pk_report_jsonl = {
    .name = "jsonl",
    .summary = "JSON Lines: one object a line",
    .apart = true,
    .document = document,
};
