/* github.c - findings as annotations of a pull request, by GitHub's workflow commands. */
#include "write/report.h"

/* "%" opens an escape everywhere, ":" and "," end a property. */
static void put_data(struct pk_buffer *out, struct pk_view one)
{
    if (pk_is(one, "%"))
        pk_puts(out, "%25");
    else
        pk_put(out, one);
}

static void put_property(struct pk_buffer *out, struct pk_view one)
{
    if (pk_is(one, ":"))
        pk_puts(out, "%3A");
    else if (pk_is(one, ","))
        pk_puts(out, "%2C");
    else
        put_data(out, one);
}

static void document(struct pk_report *report, const struct pk_reported *of)
{
    struct pk_buffer *out = report->out;
    struct pk_gauge gauge[2] = {{0}, {0}};
    for (uint32_t i = 0; i < of->findings->diagnostic.count; i++) {
        const struct pk_diagnostic *found = &of->findings->diagnostic.items[i];
        struct pk_place place = pk_place_in_codepoints(gauge, of->minutes, found->span);
        pk_putf(out, "::%s file=", pk_level(found->severity, "notice"));
        pk_put_safe(out, of->file, put_property);
        pk_putf(out, ",line=%u,endLine=%u", place.line, place.end_line);
        if (place.line == place.end_line) /* columns of several lines are not understood */
            pk_putf(out, ",col=%u,endColumn=%u", place.column, place.end_column);
        pk_putf(out, ",title=%s::", found->rule->id);
        pk_put_safe(out, pk_trim(found->message), put_data);
        pk_putc(out, '\n');
    }
}

const struct pk_report_format pk_report_github = {
    .name = "github",
    .summary = "annotations of a pull request, in a GitHub workflow",
    .apart = true,
    .document = document,
};
