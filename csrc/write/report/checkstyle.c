/* checkstyle.c - findings as the XML of Checkstyle, which CI servers read. */
#include "write/report.h"

static void put_xml(struct pk_buffer *out, struct pk_view one)
{
    switch (one.at[0]) {
    case '&':
        pk_puts(out, "&amp;");
        break;
    case '<':
        pk_puts(out, "&lt;");
        break;
    case '>':
        pk_puts(out, "&gt;");
        break;
    case '"':
        pk_puts(out, "&quot;");
        break;
    default:
        pk_put(out, one);
    }
}

static void head(struct pk_report *report)
{
    pk_puts(report->out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n");
}

static void document(struct pk_report *report, const struct pk_reported *of)
{
    struct pk_buffer *out = report->out;
    struct pk_gauge gauge = {0};
    pk_puts(out, "<file name=\"");
    pk_put_safe(out, of->file, put_xml);
    pk_puts(out, "\">\n");
    for (uint32_t i = 0; i < of->findings->diagnostic.count; i++) {
        const struct pk_diagnostic *found = &of->findings->diagnostic.items[i];
        pk_gauge_at(&gauge, of->minutes, found->span.start);
        pk_putf(out, "<error line=\"%u\" column=\"%u\" severity=\"%s\" message=\"", gauge.line,
                gauge.column, pk_level(found->severity, "info"));
        pk_put_safe(out, pk_trim(found->message), put_xml);
        pk_putf(out, "\" source=\"protokol.%s\"/>\n", found->rule->id);
    }
    pk_puts(out, "</file>\n");
}

static void tail(struct pk_report *report)
{
    pk_puts(report->out, "</checkstyle>\n");
}

const struct pk_report_format pk_report_checkstyle = {
    .name = "checkstyle",
    .summary = "the XML of Checkstyle, for CI servers",
    .head = head,
    .document = document,
    .tail = tail,
};
