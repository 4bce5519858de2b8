/* json.c - findings as one JSON array (RFC 8259), a finding a line. */
#include "write/report.h"

static void document(struct pk_report *report, const struct pk_reported *of)
{
    for (uint32_t i = 0; i < of->findings->diagnostic.count; i++) {
        struct pk_json json = pk_json_to(report->out);
        pk_puts(report->out, report->findings || i ? ",\n" : "[\n");
        pk_tell_diagnostic(&json.sink, of->minutes, of->file, &of->findings->diagnostic.items[i]);
    }
}

static void tail(struct pk_report *report)
{
    pk_puts(report->out, report->findings ? "\n]\n" : "[]\n");
}

const struct pk_report_format pk_report_json = {
    .name = "json",
    .summary = "one JSON array of objects",
    .document = document,
    .tail = tail,
};
