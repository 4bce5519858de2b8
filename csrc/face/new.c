/* new.c - protokol new: a template, filled in from what is known. */
#include "face/cli.h"

#include <stdlib.h>

struct values {
    PK_LIST(struct pk_value) value;
};

static void add(struct cli *cli, struct values *values, struct pk_view key, struct pk_view value)
{
    if (value.length)
        *pk_push(&cli->arena, &values->value) = (struct pk_value){key, value};
}

/* What one meeting with the same people has in common with the next. */
static bool is_lasting(enum pk_field_kind kind)
{
    return kind == PK_FIELD_PLACE || kind == PK_FIELD_CLIENT || kind == PK_FIELD_CHAIR ||
           kind == PK_FIELD_SECRETARY || kind == PK_FIELD_ORGANISATION || kind == PK_FIELD_OTHER;
}

static void add_lasting(struct cli *cli, struct values *values, const struct pk_minutes *minutes)
{
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (is_lasting(field->kind) && field->id.length &&
            !pk_has_placeholder(minutes, field->span))
            add(cli, values, field->id, pk_copy(&cli->arena, field->value));
    }
}

static bool read_previous(struct cli *cli, const struct pk_library *library,
                          struct cli_document *previous)
{
    const char *path = cli->set.from;
    const char *why = cli_read_file(cli->bytes, path);
    *previous = (struct cli_document){.path = path, .name = path, .library = library};
    if (!why)
        return cli_read_minutes(cli, previous, cli_text(cli->bytes), &previous->minutes);
    cli_trouble(cli, "%s: %s", path, why);
    return false;
}

/* What the template is of. Earlier minutes were read with the user's options, if any. */
static void choose(struct cli *cli, const struct cli_document *previous,
                   struct pk_template *template)
{
    const struct pk_library *library = template->library;
    if (cli->set.from) {
        template->profile = previous->minutes.profile;
        template->language = previous->minutes.language;
        template->detail = previous->minutes.detail;
        return;
    }
    template->profile = cli_profile(cli, library);
    template->detail = cli_detail(cli, template->profile);
    if (!cli->set.language)
        template->language = pk_library_language(library, template->profile->language);
    if (!template->language)
        template->language = cli_language(cli, library);
}

void cli_run_new(struct cli *cli)
{
    struct values values = {0};
    struct cli_document previous = {0};
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
    add_lasting(cli, &values, &previous.minutes);
    template.value = values.value.items;
    template.value_count = values.value.count;
    pk_write_template(&out, &template);
    cli_put(pk_written(&out));
}
