/* actions.c - protokol actions: who does what by when, filtered, sorted, in columns. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

/* An action that waits: for its place in the order, or for a later one that is the same. */
struct item {
    struct pk_view record; /* or */
    struct pk_row row;
    struct pk_view file, owner; /* owner folded; empty: nobody */
    struct pk_date due, met;    /* met: the day of the meeting */
    struct pk_identity identity;
    uint32_t order; /* as met with */
    bool left_out;
};

struct items {
    PK_LIST(struct item) item;
};

/* -- Filters -- */

static struct pk_view next_word(struct pk_view *text)
{
    size_t width, length = 0;
    while (text->length && !pk_is_word(pk_decode(*text, &width)))
        *text = pk_view_part(*text, width, text->length);
    while (length < text->length &&
           pk_is_word(pk_decode(pk_view_part(*text, length, text->length), &width)))
        length += width;
    struct pk_view word = pk_view_part(*text, 0, length);
    *text = pk_view_part(*text, length, text->length);
    return word;
}

/* Does each word wanted begin a word of the name? "Петров" finds "Петрову И.И." Both folded. */
static bool is_called(struct pk_view name, struct pk_view wanted)
{
    for (struct pk_view want; (want = next_word(&wanted)).length;) {
        struct pk_view rest = name, word;
        while ((word = next_word(&rest)).length && !pk_starts(word, want))
            ;
        if (!word.length)
            return false;
    }
    return true;
}

static bool is_owned(struct cli *cli, const struct pk_action *action)
{
    struct pk_view wanted = pk_folded(&cli->page, pk_view_of(cli->set.owner));
    for (uint32_t i = 0; i < action->owner.count; i++)
        if (is_called(pk_folded(&cli->page, action->owner.items[i].name), wanted))
            return true;
    return false;
}

static bool is_before(struct pk_date due, struct pk_date day)
{
    return due.year && pk_date_compare(due, day) < 0;
}

static bool is_wanted(struct cli *cli, const struct pk_action *action)
{
    const struct cli_settings *set = &cli->set;
    if ((set->open || set->overdue) && action->state != PK_OPEN)
        return false;
    if (set->done && action->state != PK_DONE)
        return false;
    if (set->overdue && !is_before(action->due, cli->today))
        return false;
    if (set->due_before && !is_before(action->due, cli->due_before))
        return false;
    return !set->owner || is_owned(cli, action);
}

/* -- Order -- */

static int compare_views(struct pk_view a, struct pk_view b)
{
    size_t length = a.length < b.length ? a.length : b.length;
    int order = length ? memcmp(a.at, b.at, length) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

static int as_met(const struct item *a, const struct item *b)
{
    return (a->order > b->order) - (a->order < b->order);
}

/* What is without a date, or without an owner, comes last. */
static int by_due(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    if (!a->due.year != !b->due.year)
        return a->due.year ? -1 : 1;
    int order = a->due.year ? pk_date_compare(a->due, b->due) : 0;
    return order ? order : as_met(a, b);
}

static int by_owner(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    if (!a->owner.length != !b->owner.length)
        return a->owner.length ? -1 : 1;
    int order = compare_views(a->owner, b->owner);
    return order ? order : as_met(a, b);
}

static int by_file(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    int order = compare_views(a->file, b->file);
    return order ? order : as_met(a, b);
}

/* -- The run -- */

static void keep(struct cli *cli, const struct cli_document *document,
                 const struct pk_action *action, struct pk_view record)
{
    struct items *items = cli->own;
    struct item item = {
        .record = pk_copy(&cli->arena, record),
        .file = pk_copy(&cli->arena, pk_view_of(document->name)),
        .due = action->due,
        .met = document->minutes.date,
        .identity = pk_identity_of(action),
        .order = items->item.count,
        .left_out = !is_wanted(cli, action),
    };
    if (action->owner.count)
        item.owner = pk_folded(&cli->arena, action->owner.items[0].name);
    if (cli->format->row)
        item.row = cli->format->row(&cli->arena, &document->minutes, item.file, action);
    *pk_push(&cli->arena, &items->item) = item;
}

/* Where nothing has to wait, a reader sees each document's actions at once. */
static void visit(struct cli *cli, struct cli_document *document)
{
    const struct pk_format *format = cli->format;
    struct pk_origin origin = {&document->minutes, pk_view_of(document->name), cli->language};
    struct pk_buffer out = {.arena = &cli->page};
    for (uint32_t i = 0; i < document->minutes.action.count; i++) {
        const struct pk_action *action = &document->minutes.action.items[i];
        /* One that is not wanted may still be the later state of one that is. */
        if (!format->once && !is_wanted(cli, action))
            continue;
        out.length = 0;
        if (format->action)
            format->action(&out, &origin, action);
        if (format->row || format->once || cli->sort)
            keep(cli, document, action, pk_written(&out));
        else
            cli_put_record(cli, pk_written(&out));
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
    return order ? order : as_met(a, b);
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

static void put_columns(struct cli *cli, const struct items *items)
{
    struct pk_buffer out = {.arena = &cli->page};
    struct pk_row *rows = pk_alloc(&cli->arena, items->item.count * sizeof *rows);
    for (uint32_t i = 0; rows && i < items->item.count; i++)
        rows[i] = items->item.items[i].row;
    if (rows)
        pk_text_rows(&out, rows, items->item.count);
    cli_put(pk_written(&out));
}

static void put_records(struct cli *cli, const struct items *items)
{
    for (uint32_t i = 0; i < items->item.count; i++)
        if (!items->item.items[i].left_out)
            cli_put_record(cli, items->item.items[i].record);
    cli_end_records(cli);
}

void cli_run_actions(struct cli *cli)
{
    static int (*const orders[])(const void *, const void *) = {
        [CLI_BY_DUE] = by_due,
        [CLI_BY_OWNER] = by_owner,
        [CLI_BY_FILE] = by_file,
    };
    struct items items = {0};
    cli->own = &items;
    cli_each_document(cli, visit);
    if (cli->sort && items.item.count)
        qsort(items.item.items, items.item.count, sizeof *items.item.items, orders[cli->sort]);
    if (cli->format->once)
        count_once(cli, &items);
    if (cli->format->dated)
        tell_undated(&items);
    if (cli->format->row)
        put_columns(cli, &items);
    else
        put_records(cli, &items);
}
