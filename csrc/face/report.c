/* report.c - put the findings of lint out in the format that was asked for. */
#include "face/cli.h"

/* What is said of rules is in the words, and by the severities, that hold where we are. */
static void begin(struct cli *cli)
{
    struct pk_report *report = &cli->report;
    const struct pk_library *library = cli_library_for(cli, "./any.md");
    report->version = PK_VERSION;
    report->language =
        cli->set.language && library ? cli_language(cli, library) : cli_heading_language(cli);
    report->profile = library ? cli_profile(cli, library) : NULL;
    report->detail = report->profile ? cli_detail(cli, report->profile) : PK_STANDARD;
    cli->reported = true;
    if (cli->report_format->head)
        cli->report_format->head(report);
}

static void put(struct pk_buffer *out, FILE *to)
{
    if (to == stdout)
        cli_put(pk_written(out));
    else
        fwrite(out->bytes, 1, out->length, to);
}

struct pk_view cli_reported(const struct cli *cli, struct pk_arena *page,
                            const struct pk_reported *of)
{
    struct pk_buffer out = {.arena = page};
    struct pk_report report = {.out = &out, .colour = cli->report.colour};
    cli->report_format->document(&report, of);
    return pk_written(&out);
}

void cli_put_report(struct cli *cli, struct pk_view text, uint32_t findings)
{
    if (!cli->reported)
        begin(cli);
    cli_put(text);
    cli->report.findings += findings;
}

void cli_report(struct cli *cli, const struct pk_reported *of, FILE *to)
{
    struct pk_buffer out = {.arena = cli->page};
    cli->report.out = &out;
    if (!cli->reported)
        begin(cli);
    cli->report_format->document(&cli->report, of);
    cli->report.findings += of->findings->diagnostic.count;
    put(&out, to);
    cli->report.out = NULL;
}

void cli_end_report(struct cli *cli)
{
    struct pk_buffer out = {.arena = &cli->arena};
    cli->report.out = &out;
    if (!cli->reported)
        begin(cli);
    cli->report.status = cli_status(cli);
    if (cli->report_format->tail)
        cli->report_format->tail(&cli->report);
    put(&out, stdout);
    cli->report.out = NULL;
}
