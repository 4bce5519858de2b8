/* actions.c - protokol actions: who does what by when, filtered, sorted, in columns. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

/* An action that waits: for its place in the order, or for a later one that is the same. */
struct item {
    struct pk_view record; /* or */
    struct pk_row row;
    struct pk_date due, met; /* met: the day of the meeting */
    struct pk_identity identity;
    uint32_t order; /* as met with */
    bool left_out;
};

struct items {
    PK_LIST(struct item) item;
    struct pk_choice choice;
    struct pk_view file; /* of the document */
};

/* -- Before it is its turn -- */

/* What is said of a document's actions, by their numbers; of those not wanted, nothing. */
struct said {
    struct pk_view record; /* or */
    struct pk_row row;
};

/* One that is not wanted may still be the later state of one that is. */
static bool is_met(const struct cli *cli, const struct pk_action *action)
{
    return cli->format->once || pk_is_wanted(&cli->filter, action);
}

/* Other formats may want the language of the first document. */
static bool is_said_early(const struct pk_format *format)
{
    return format->row || format->any;
}

static void say(const struct cli *cli, struct pk_arena *page, const struct pk_origin *origin,
                const struct pk_action *action, struct said *said)
{
    struct pk_buffer out = {.arena = page};
    if (cli->format->row)
        said->row = cli->format->row(page, origin->minutes, origin->file, action);
    if (cli->format->action)
        cli->format->action(&out, origin, action);
    said->record = pk_written(&out);
}

static void say_all(const struct cli *cli, struct pk_arena *page, struct cli_document *document)
{
    const struct pk_minutes *minutes = &document->minutes;
    struct pk_origin origin = {minutes, pk_view_of(document->name), minutes->language};
    struct said *said = pk_alloc(page, (minutes->action.count + 1) * sizeof *said);
    document->own = is_said_early(cli->format) ? said : NULL;
    for (uint32_t i = 0; document->own && i < minutes->action.count; i++)
        if (is_met(cli, &minutes->action.items[i]))
            say(cli, page, &origin, &minutes->action.items[i], &said[i]);
}

/* -- The run -- */

static void keep(struct cli *cli, const struct cli_document *document,
                 const struct pk_action *action, const struct said *said)
{
    struct items *items = cli->own;
    struct item item = {
        .record = pk_copy(&cli->arena, said->record),
        .row = said->row,
        .due = action->due,
        .met = document->minutes.date,
        .order = items->item.count,
    };
    if (cli->format->once)
        item.identity = pk_identity_of(action);
    item.left_out = !pk_choose(&cli->arena, &items->choice, action, items->file, item.order);
    for (int i = 0; i < PK_ROW_CELLS && item.row.cell[i].at; i++)
        item.row.cell[i] = pk_copy(&cli->arena, item.row.cell[i]);
    *pk_push(&cli->arena, &items->item) = item;
}

/* Where nothing has to wait, a reader sees each document's actions at once. */
static void visit(struct cli *cli, struct cli_document *document)
{
    const struct pk_format *format = cli->format;
    struct items *items = cli->own;
    struct pk_origin origin = {&document->minutes, pk_view_of(document->name), cli->language};
    const struct said *early = document->own;
    bool waits = format->row || format->once || cli->filter.sort || cli->filter.group;
    items->file = waits ? pk_copy(&cli->arena, origin.file) : origin.file;
    for (uint32_t i = 0; i < document->minutes.action.count; i++) {
        const struct pk_action *action = &document->minutes.action.items[i];
        struct said said = {{"", 0}, {{{0}}}};
        if (!is_met(cli, action))
            continue;
        if (early)
            said = early[i];
        else
            say(cli, cli->page, &origin, action, &said);
        if (waits)
            keep(cli, document, action, &said);
        else
            cli_put_record(cli, said.record);
    }
}

/* Of the same item in several places the latest meeting's state counts; of one
 * meeting's, the last. */
static int by_identity(const void *left, const void *right)
{
    const struct item *a = *(struct item *const *)left, *b = *(struct item *const *)right;
    int order = memcmp(&a->identity, &b->identity, sizeof a->identity);
    if (!order)
        order = pk_date_compare(a->met, b->met);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static void count_once(struct cli *cli, struct items *items)
{
    uint32_t count = items->item.count, earlier = 0;
    struct item **sorted = pk_alloc(&cli->arena, count * sizeof(struct item *));
    if (!sorted || !count)
        return;
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &items->item.items[i];
    qsort(sorted, count, sizeof *sorted, by_identity);
    for (uint32_t i = 0; i + 1 < count; i++) {
        if (memcmp(&sorted[i]->identity, &sorted[i + 1]->identity, sizeof sorted[i]->identity) != 0)
            continue;
        earlier += !sorted[i]->left_out;
        sorted[i]->left_out = true;
    }
    if (earlier)
        cli_note(earlier == 1 ? "%u item is met again later: its latest state counts"
                              : "%u items are met again later: their latest states count",
                 earlier);
}

static void tell_undated(const struct items *items)
{
    uint32_t undated = 0;
    for (uint32_t i = 0; i < items->item.count; i++)
        undated += !items->item.items[i].left_out && !items->item.items[i].due.year;
    if (undated)
        cli_note(undated == 1 ? "%u item has no due date" : "%u items have no due date", undated);
}

/* -- Printing -- */

/* "Anna Weber (2)", with a blank line before it. */
static void put_heading(struct cli *cli, const struct pk_chosen *chosen)
{
    struct pk_buffer out = {.arena = cli->page};
    if (!chosen->size)
        return;
    if (cli->records++)
        pk_putc(&out, '\n');
    pk_text_plain(&out, chosen->heading);
    pk_putf(&out, " (%u)\n", chosen->size);
    cli_put(pk_written(&out));
}

/* Columns are as wide in all groups; what stands under headings is printed line by line. */
static void put_columns(struct cli *cli, const struct items *items)
{
    uint32_t count = items->choice.chosen.count;
    struct pk_buffer out = {.arena = cli->page};
    struct pk_row *rows = pk_alloc(&cli->arena, count * sizeof *rows);
    for (uint32_t i = 0; rows && i < count; i++)
        rows[i] = items->item.items[items->choice.chosen.items[i].item].row;
    if (rows)
        pk_text_rows(&out, rows, count);
    struct pk_view text = pk_written(&out);
    for (uint32_t i = 0; cli->filter.group && i < count; i++) {
        const char *end = text.length ? memchr(text.at, '\n', text.length) : NULL;
        size_t line = end ? (size_t)(end - text.at) + 1 : text.length;
        put_heading(cli, &items->choice.chosen.items[i]);
        cli_put(pk_view_part(text, 0, line));
        text = pk_view_part(text, line, text.length);
    }
    cli_put(text);
}

/* A JSON record with two members more: the heading it stands under, and how many do. */
static struct pk_view grouped(struct cli *cli, struct pk_view record, struct pk_view heading,
                              uint32_t size)
{
    struct pk_buffer out = {.arena = cli->page};
    pk_put(&out, pk_view_part(record, 0, record.length - 1));
    pk_puts(&out, ",\"group\":");
    pk_json_string(&out, heading);
    pk_putf(&out, ",\"group_size\":%u}", size);
    return pk_written(&out);
}

/* Where readers do not see the headings, each item comes once. */
static void put_records(struct cli *cli, const struct items *items)
{
    uint32_t size = 0;
    for (uint32_t i = 0; i < items->choice.chosen.count; i++) {
        const struct pk_chosen *chosen = &items->choice.chosen.items[i];
        struct item *item = &items->item.items[chosen->item];
        size = chosen->size ? chosen->size : size;
        if (item->left_out)
            continue;
        if (cli->filter.group && cli->format->any) {
            pk_arena_reset(cli->page);
            cli_put_record(cli, grouped(cli, item->record, chosen->heading, size));
            cli->arena.failed = cli->arena.failed || cli->page->failed;
            continue;
        }
        item->left_out = true;
        cli_put_record(cli, item->record);
    }
    cli_end_records(cli);
}

void cli_run_actions(struct cli *cli)
{
    struct items items = {.choice = {.filter = &cli->filter}};
    /* cppcheck-suppress autoVariables ; nobody asks for it once the command is done */
    cli->own = &items;
    cli_each_document(cli, &(struct cli_visit){say_all, visit});
    pk_choice_sort(&items.choice);
    if (cli->format->once)
        count_once(cli, &items);
    if (cli->format->dated)
        tell_undated(&items);
    if (cli->format->row)
        put_columns(cli, &items);
    else
        put_records(cli, &items);
}
