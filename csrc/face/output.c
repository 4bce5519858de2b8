/* output.c - put text and JSON records on standard output. */
#include "face/cli.h"

/* What goes wrong here is looked at once, when the run ends: see cli.c. */
void cli_put(struct pk_view text)
{
    if (text.length)
        fwrite(text.at, 1, text.length, stdout);
}

bool cli_out_is_closed(void)
{
    return ferror(stdout) != 0;
}

void cli_put_record(struct cli *cli, struct pk_view object)
{
    if (cli->format == CLI_JSON)
        fputs(cli->records ? ",\n" : "[\n", stdout);
    cli_put(object);
    if (cli->format == CLI_JSONL)
        fputs("\n", stdout);
    cli->records++;
}

void cli_end_records(struct cli *cli)
{
    if (cli->format == CLI_JSON)
        fputs(cli->records ? "\n]\n" : "[]\n", stdout);
}
