/* status.c - protokol status: where the approval stands, of one document or of a board of many. */
#include "face/cli.h"

struct board {
    struct pk_buffer column[PK_STANDS]; /* of documents that stand there, for people */
    struct pk_view only;                /* the one document, told at length */
    const struct pk_language *language;
    uint32_t count;
};

static void put_on_board(struct cli *cli, struct board *board, const struct pk_stood *stood,
                         struct pk_view file)
{
    struct pk_buffer whole = {.arena = &cli->arena};
    struct pk_buffer *column = &board->column[stood->standing.stand];
    struct pk_steps steps;
    pk_text_status(&whole, stood, file);
    board->only = pk_written(&whole);
    board->language = stood->language;
    board->count++;
    column->arena = &cli->arena;
    pk_puts(column, "  ");
    pk_put(column, file);
    pk_puts(column, ": ");
    pk_text_stand(column, stood);
    pk_next_steps(cli->page, stood, &steps);
    for (uint32_t i = 0; i < steps.step.count; i++) {
        pk_puts(column, i ? "; " : " -> ");
        pk_text_plain(column, steps.step.items[i]);
    }
    pk_puts(column, "\n");
}

static void put_status(struct cli *cli, struct cli_document *document)
{
    struct pk_stood stood;
    struct pk_view file = pk_view_of(document->name);
    pk_stood_of(cli->page, &document->minutes, &stood);
    if (cli->for_people) {
        struct pk_buffer name = {.arena = cli->page};
        pk_text_path(&name, file);
        put_on_board(cli, cli->own, &stood, pk_written(&name));
        return;
    }
    struct pk_buffer out = {.arena = cli->page};
    struct pk_json json = pk_json_to(&out);
    pk_tell_status(&json.sink, cli->page, &stood, file);
    cli_put_record(cli, pk_written(&out));
}

void cli_run_status(struct cli *cli)
{
    struct board board = {0};
    /* cppcheck-suppress autoVariables ; nobody asks for it once the command is done */
    cli->own = &board;
    cli_each_document(cli, &(struct cli_visit){.tell = put_status});
    if (!cli->for_people)
        cli_end_records(cli);
    else if (board.count == 1)
        cli_put(board.only);
    for (int i = 0; board.count > 1 && i < PK_STANDS; i++) {
        if (!board.column[i].length)
            continue;
        cli_put(pk_say(board.language, pk_stands[i]));
        cli_put(PK_VIEW("\n"));
        cli_put(pk_written(&board.column[i]));
    }
}
