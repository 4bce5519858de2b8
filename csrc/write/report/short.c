/* short.c - findings as a line each, for 'errorformat' and its kin. */
#include "write/report.h"

static void document(struct pk_report *report, const struct pk_reported *of)
{
    for (uint32_t i = 0; i < of->findings->diagnostic.count; i++)
        pk_text_diagnostic(report->out, of->minutes, of->file, &of->findings->diagnostic.items[i]);
}

const struct pk_report_format pk_report_short = {
    .name = "short",
    .summary = "file:line:column: severity: message [rule]",
    .for_people = true,
    .apart = true,
    .document = document,
};
