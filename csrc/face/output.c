/* output.c - put text and records on standard output. */
#include "face/cli.h"

#include <errno.h>
#include <string.h>

/* Why standard output takes nothing more; 0: it does, or that is not known. */
static int broken_by;

/* What goes wrong here is said once, when the run ends. */
void cli_put(struct pk_view text)
{
    if (text.length && fwrite(text.at, 1, text.length, stdout) < text.length && !broken_by)
        broken_by = errno;
}

bool cli_flush(void)
{
    if (fflush(stdout) != 0 && !broken_by)
        broken_by = errno;
    return !ferror(stdout);
}

/* A reader that has seen enough needs no words. */
void cli_end_output(struct cli *cli)
{
    if (cli_flush())
        return;
    cli->trouble = true;
    if (broken_by != EPIPE)
        cli_trouble(cli, "standard output: %s",
                    broken_by ? strerror(broken_by) : "not all of it could be written");
}

bool cli_out_is_closed(void)
{
    return ferror(stdout) != 0;
}

static enum pk_listed listed(const struct cli *cli)
{
    switch (cli->command->bit) {
    case CLI_ACTIONS:
        return PK_ACTIONS;
    case CLI_DECISIONS:
        return PK_DECISIONS;
    default:
        return PK_RECORDS;
    }
}

const struct pk_language *cli_heading_language(struct cli *cli)
{
    if (cli->language)
        return cli->language;
    const struct pk_library *library = cli_library_for(cli, "./any.md");
    return library ? cli_language(cli, library) : NULL;
}

static void put_head(struct cli *cli)
{
    struct pk_buffer out = {.arena = &cli->arena};
    if (cli->set.bom)
        pk_puts(&out, "\xEF\xBB\xBF");
    if (cli->format->head)
        cli->format->head(&out, listed(cli), cli_heading_language(cli));
    cli_put(pk_written(&out));
}

void cli_put_record(struct cli *cli, struct pk_view record)
{
    if (!cli->records)
        put_head(cli);
    else
        cli_put(pk_view_of(cli->format->between));
    cli_put(record);
    cli_put(pk_view_of(cli->format->after));
    cli->records++;
}

void cli_end_records(struct cli *cli)
{
    if (!cli->records && cli->format->none) {
        cli_put(pk_view_of(cli->format->none));
        return;
    }
    if (!cli->records)
        put_head(cli);
    cli_put(pk_view_of(cli->format->tail));
}
