/* new.c - protokol new: a template, filled in from what is known. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

struct values {
    PK_LIST(struct pk_value) value;
};

static void add(struct cli *cli, struct values *values, struct pk_view key, struct pk_view value)
{
    if (value.length)
        *pk_push(&cli->arena, &values->value) = (struct pk_value){key, value};
}

/* Earlier minutes are read for what they are, whatever the new ones are to be. */
static bool read_previous(struct cli *cli, const struct pk_library *library,
                          struct pk_minutes *previous)
{
    struct pk_error error = {0};
    const char *path = cli->set.from;
    const char *why = cli_read_file(cli->bytes, path);
    struct pk_read_options options = {.name = pk_view_of(path), .today = cli->today};
    if (!why && pk_read(cli->page, library, cli_text(cli->bytes), &options, previous, &error))
        why = error.message[0] ? error.message : "out of memory";
    if (why)
        cli_trouble(cli, "%s: %s", path, why);
    return !why;
}

/* What the template is of: as the user says, as the earlier minutes are, as is usual here. */
static void choose(struct cli *cli, const struct pk_minutes *previous, struct pk_template *template)
{
    const struct pk_library *library = template->library;
    bool from = cli->set.from != NULL;
    template->profile = from && !cli->set.profile ? previous->profile : cli_profile(cli, library);
    template->detail =
        from && !cli->set.detail ? previous->detail : cli_detail(cli, template->profile);
    template->language = from ? previous->language : NULL;
    if (!cli->set.language && !template->language)
        template->language = pk_library_language(library, template->profile->language);
    if (cli->set.language || !template->language)
        template->language = cli_language(cli, library);
}

/* Says so, and replaces the file by one in which what was carried is marked. */
static void mark_previous(struct cli *cli, const struct pk_minutes *previous,
                          const struct pk_carried *carried)
{
    uint32_t made;
    struct pk_view marked =
        pk_apply(cli->page, previous->blocks.text, carried->edit.items, carried->edit.count, &made);
    if (cli->page->failed)
        cli_trouble(cli, "%s: out of memory, left as it is", cli->set.from);
    const char *why = made && !cli->page->failed
                          ? cli_replace_file(cli->set.from, marked, &cli->bytes->stat)
                          : NULL;
    if (why)
        cli_trouble(cli, "%s: %s", cli->set.from, why);
}

static bool is_understood(struct cli *cli)
{
    if (cli->set.mark && (!cli->set.from || strcmp(cli->set.from, "-") == 0)) {
        cli_trouble(cli, "--mark wants --from and a file to mark");
        return false;
    }
    return true;
}

void cli_run_new(struct cli *cli)
{
    struct values values = {0};
    struct pk_minutes previous = {0};
    struct pk_carried carried = {0};
    if (!is_understood(cli))
        return;
    struct pk_template template = {.library = cli_library_for(cli, "./new.md")};
    if (!template.library || (cli->set.from && !read_previous(cli, template.library, &previous)))
        return;
    choose(cli, &previous, &template);

    struct pk_buffer date = {.arena = &cli->arena}, out = {.arena = &cli->arena};
    pk_write_date(&date, cli->today, template.language);
    for (uint32_t i = 0; i < cli->set.value.count; i++)
        *pk_push(&cli->arena, &values.value) = cli->set.value.items[i];
    add(cli, &values, PK_VIEW("date"), pk_written(&date));
    add(cli, &values, PK_VIEW("secretary"), pk_view_of(getenv("PROTOKOL_AUTHOR")));
    template.value = values.value.items;
    template.value_count = values.value.count;
    struct pk_error error = {0};
    if (pk_template_check(&cli->arena, &template, &error) != PK_OK) {
        cli_trouble(cli, "--set: %s", error.message);
        return;
    }
    if (cli->set.from)
        pk_carry_over(&previous, &template, &carried);
    pk_write_template(&out, &template);
    if (cli->arena.failed || cli->page->failed) {
        cli_trouble(cli, "out of memory");
        return;
    }
    cli_put(pk_written(&out));
    if (cli->set.mark && cli_flush())
        mark_previous(cli, &previous, &carried);
}
