/* compare.c - protokol diff: what became of the items since a revision, in words. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

struct comparing {
    const char *old_path; /* NULL: a revision that is kept beside the document */
    uint32_t revision;    /* 0: the last one sent */
    struct cli_bytes bytes;
};

static bool take_revision(struct cli *cli, struct comparing *own)
{
    for (uint32_t i = 0; i < cli->set.said.count; i++) {
        const char *word = cli->set.said.items[i].value.at;
        size_t digits = strspn(word, "0123456789");
        if (!digits || digits > 6 || word[digits] || !(own->revision = (uint32_t)atoi(word))) {
            cli_trouble(cli, "--revision wants a number from 1, not \"%s\"", word);
            return false;
        }
    }
    if (!own->revision || !own->old_path)
        return true;
    cli_trouble(cli, "--revision goes with one file, not with two");
    return false;
}

/* The last revision that the log knows of, or the one asked for. */
static bool read_kept(struct cli *cli, const struct cli_document *document, struct pk_view *text,
                      struct pk_view *name)
{
    struct comparing *own = cli->own;
    const struct pk_minutes *minutes = &document->minutes;
    struct pk_error error = {0};
    struct pk_standing standing;
    struct pk_log log;
    struct pk_buffer out = {.arena = cli->page};
    pk_log_read(cli->page, minutes, &log);
    pk_standing_of(cli->page, minutes, &log, &standing);
    uint32_t number = own->revision ? own->revision : standing.revision;
    if (!number) {
        cli_trouble(cli,
                    "%s: no revision was sent yet; name an earlier file, too: "
                    "protokol diff OLD %s",
                    document->name, document->name);
        return false;
    }
    pk_put(&out, pk_say(minutes->language, "revision"));
    pk_putf(&out, " %u", number);
    *name = pk_written(&out);
    if (pk_revision_read(cli->page, document->path, 'r', number, text, &error) == PK_OK)
        return true;
    cli_trouble(cli, "%s: revision %u: %s", error.file[0] ? error.file : document->name, number,
                error.message[0] ? error.message : "out of memory");
    return false;
}

static bool read_old(struct cli *cli, const struct cli_document *document, struct pk_view *name,
                     struct pk_minutes *minutes)
{
    struct comparing *own = cli->own;
    struct cli_document old = *document;
    struct pk_view text;
    if (own->old_path) {
        const char *why = cli_read_file(&own->bytes, own->old_path);
        if (why) {
            cli_trouble(cli, "%s: %s", own->old_path, why);
            return false;
        }
        text = cli_text(&own->bytes);
        *name = pk_view_of(own->old_path);
        old.path = old.name = own->old_path;
    } else if (!read_kept(cli, document, &text, name)) {
        return false;
    }
    return cli_read_minutes(cli, &old, text, minutes);
}

static void compare(struct cli *cli, struct cli_document *document)
{
    struct pk_minutes old;
    struct pk_comparison comparison;
    struct pk_view old_name, name = pk_view_of(document->name);
    if (!read_old(cli, document, &old_name, &old))
        return;
    pk_compare(cli->page, &old, &document->minutes, &comparison);
    for (uint32_t i = 0; i < comparison.difference.count; i++) {
        struct pk_buffer out = {.arena = cli->page};
        struct pk_json json = pk_json_to(&out);
        const struct pk_difference *difference = &comparison.difference.items[i];
        if (cli->for_people)
            pk_text_difference(&out, &comparison, old_name, name, difference);
        else
            pk_tell_difference(&json.sink, cli->page, &comparison, name, difference);
        if (cli->for_people)
            cli_put(pk_written(&out));
        else
            cli_put_record(cli, pk_written(&out));
    }
    if (cli->for_people) {
        cli_put(pk_comparison_message(cli->page, &comparison));
        cli_put(PK_VIEW("\n"));
    }
}

void cli_run_diff(struct cli *cli)
{
    struct comparing own = {0};
    uint32_t count = cli->operand.count;
    if (count > 2) {
        cli_trouble(cli, "diff wants one document, or an old and a new one");
        return;
    }
    own.old_path = count == 2 ? cli->operand.items[0] : NULL;
    /* cppcheck-suppress autoVariables ; nobody asks for it once the command is done */
    cli->own = &own;
    if (take_revision(cli, &own))
        cli_one_document(cli, cli->operand.items[count - 1], compare);
    if (!cli->for_people)
        cli_end_records(cli);
    free(own.bytes.at);
}
