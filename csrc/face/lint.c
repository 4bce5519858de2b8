/* lint.c - protokol lint: look at minutes, and print what is found. */
#include "face/linting.h"

#include <string.h>

static void note_gravest(struct cli *cli, const struct pk_findings *findings)
{
    for (uint32_t i = 0; i < findings->diagnostic.count; i++)
        if (findings->diagnostic.items[i].severity >= cli->fail_on)
            cli->found = true;
}

void cli_put_findings(struct cli *cli, const struct cli_document *document,
                      const struct pk_minutes *minutes, const struct pk_findings *findings,
                      FILE *to)
{
    struct cli_linting *linting = cli->own;
    uint32_t room = cli->max_findings - linting->shown, count = findings->diagnostic.count;
    struct pk_findings shown = *findings;
    cli_tally(cli, minutes, findings);
    if (cli->set.write_baseline && !cli->set.baseline) {
        cli_record(cli, document, minutes, findings);
        return;
    }
    note_gravest(cli, findings);
    if (cli->set.quiet)
        return;
    shown.diagnostic.count = count < room ? count : room;
    linting->shown += shown.diagnostic.count;
    linting->left_out += count - shown.diagnostic.count;
    cli_report(cli, &(struct pk_reported){minutes, pk_view_of(document->name), &shown}, to);
}

/* A rule that cannot be run is named, once. */
static void name_troubles(struct cli *cli, const struct pk_profile *profile)
{
    const struct pk_style_trouble *trouble;
    for (uint32_t i = 0; i < cli->named.count; i++)
        if (cli->named.items[i] == profile)
            return;
    *pk_push(&cli->arena, &cli->named) = profile;
    for (uint32_t i = 0; (trouble = pk_style_trouble_next(profile, &i));)
        cli_warn(&trouble->error);
}

/* What the rules found is known; says what else there is to say, and leaves out what the baseline
 * hides. */
static bool finish(struct cli *cli, const struct cli_document *document,
                   const struct pk_minutes *minutes, enum pk_status status,
                   struct pk_findings *findings)
{
    const struct cli_linting *linting = cli->own;
    name_troubles(cli, minutes->profile);
    if (status != PK_OK) {
        cli_trouble(cli, "%s: out of memory", document->name);
        return false;
    }
    if (linting->baseline)
        cli_hide_known(cli, document, minutes, findings);
    return true;
}

bool cli_lint(struct cli *cli, const struct cli_document *document,
              const struct pk_minutes *minutes, struct pk_findings *findings)
{
    *findings = (struct pk_findings){0};
    return finish(cli, document, minutes, pk_lint(minutes, findings), findings);
}

/* Findings of a document, before it is its turn. */
struct looked_at {
    enum pk_status status;
    struct pk_findings findings;
    struct pk_view text; /* of them all, where `apart` */
};

/* May what is said of a document be written out before its turn? */
static bool is_apart(const struct cli *cli)
{
    const struct cli_settings *set = &cli->set;
    return cli->report_format->apart && !set->max_findings && !set->baseline &&
           !set->write_baseline && !set->quiet;
}

static void look(const struct cli *cli, struct pk_arena *page, struct cli_document *document)
{
    struct looked_at *own = document->own = pk_alloc(page, sizeof *own);
    if (!own)
        return;
    own->status = pk_lint(&document->minutes, &own->findings);
    if (own->status == PK_OK && is_apart(cli))
        own->text = cli_reported(
            cli, page,
            &(struct pk_reported){&document->minutes, pk_view_of(document->name), &own->findings});
}

static void tell(struct cli *cli, struct cli_document *document)
{
    struct looked_at none = {.status = PK_ENOMEM}, *own = document->own ? document->own : &none;
    if (!finish(cli, document, &document->minutes, own->status, &own->findings))
        return;
    if (!is_apart(cli)) {
        cli_put_findings(cli, document, &document->minutes, &own->findings, stdout);
        return;
    }
    cli_tally(cli, &document->minutes, &own->findings);
    note_gravest(cli, &own->findings);
    cli_put_report(cli, own->text, own->findings.diagnostic.count);
}

/* Mended standard input goes to standard output, where records would be in its way. */
static bool is_filter(const struct cli *cli)
{
    for (uint32_t i = 0; i < cli->operand.count; i++)
        if (strcmp(cli->operand.items[i], "-") == 0)
            return true;
    return false;
}

static bool is_sound(struct cli *cli)
{
    if (cli->set.fix && cli->set.only_minutes && is_filter(cli)) {
        cli_trouble(cli, "--fix - writes any text: it does not go with --only-minutes");
        return false;
    }
    if (cli->for_people)
        return true;
    if (cli->set.diff)
        cli_trouble(cli, "--diff goes with --format text or short only");
    else if (cli->set.fix && is_filter(cli))
        cli_trouble(cli,
                    "--fix - writes the mended text: it goes with --format text or short only");
    return !cli->trouble;
}

static void run(struct cli *cli, const struct cli_linting *linting)
{
    if (!is_sound(cli) || !cli_open_baseline(cli))
        return;
    if (cli->set.fix || cli->set.diff) { /* one after the other: a file may be named twice */
        cli->jobs = 1;
        cli_each_document(cli, &(struct cli_visit){.tell = cli_mend_document});
    } else {
        cli_each_document(cli, &(struct cli_visit){look, tell});
    }
    if (!cli->set.quiet)
        cli_end_report(cli);
    if (linting->left_out)
        cli_note(linting->left_out == 1 ? "%u more finding is not shown (--max-findings %u)"
                                        : "%u more findings are not shown (--max-findings %u)",
                 linting->left_out, cli->max_findings);
    cli_end_baseline(cli);
    if (cli->set.stats)
        cli_put_tally(cli);
}

void cli_run_lint(struct cli *cli)
{
    struct cli_linting linting = {0};
    cli->own = &linting;
    run(cli, &linting);
    cli->own = NULL;
}
