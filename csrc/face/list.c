/* list.c - protokol decisions, protokol outline: what the minutes hold, document by document. */
#include "face/cli.h"

static void put_decisions(struct cli *cli, struct cli_document *document)
{
    const struct pk_minutes *minutes = &document->minutes;
    struct pk_origin origin = {minutes, pk_view_of(document->name), cli->language};
    struct pk_buffer out = {.arena = cli->page};
    for (uint32_t i = 0; i < minutes->decision.count; i++) {
        out.length = 0;
        cli->format->decision(&out, &origin, &minutes->decision.items[i]);
        cli_put_record(cli, pk_written(&out));
    }
}

void cli_run_decisions(struct cli *cli)
{
    cli_each_document(cli, &(struct cli_visit){.tell = put_decisions});
    cli_end_records(cli);
}

static void put_outline(struct cli *cli, struct cli_document *document)
{
    struct pk_buffer out = {.arena = cli->page};
    struct pk_json json = pk_json_to(&out);
    struct pk_view file = pk_view_of(document->name);
    if (cli->for_people) {
        pk_text_outline(&out, &document->minutes, file);
        cli_put(pk_written(&out));
        return;
    }
    pk_tell_outline(&json.sink, &document->minutes, file);
    cli_put_record(cli, pk_written(&out));
}

void cli_run_outline(struct cli *cli)
{
    cli_each_document(cli, &(struct cli_visit){.tell = put_outline});
    cli_end_records(cli);
}
