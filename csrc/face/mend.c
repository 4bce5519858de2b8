/* mend.c - protokol lint --fix and --diff: make the mends that are certain, and no new trouble. */
#include "face/linting.h"

#include <string.h>

enum { MOST_TRIES = 200 }; /* looks at one document */

/* A document on its way. Mends that touch each other are made in turn, each after a fresh look. */
struct mending {
    struct pk_view text;
    struct pk_minutes minutes; /* of the text */
    struct pk_findings findings;
    struct pk_edits edits; /* from the text as it was to this one */
    struct pk_buffer log;  /* what was mended, a line each */
};

/* What is to be tried next. */
struct trial {
    PK_LIST(uint64_t) refused; /* what findings say whose mend makes new trouble */
    uint32_t most;             /* mends at once */
    bool mended;               /* since the first of them was refused: it may be tried again */
};

static bool is_refused(const struct trial *trial, const struct pk_diagnostic *found)
{
    for (uint32_t i = 0; i < trial->refused.count; i++)
        if (trial->refused.items[i] == found->said)
            return true;
    return false;
}

/* The edits of the first mends there are, as many as are to be tried at once. */
static void choose(struct cli *cli, const struct mending *mending, const struct trial *trial,
                   struct pk_edits *edits)
{
    struct pk_findings chosen = {0};
    const struct pk_findings *all = &mending->findings;
    for (uint32_t i = 0; i < all->diagnostic.count && chosen.diagnostic.count < trial->most; i++)
        if (pk_certain_fix(&all->diagnostic.items[i]) &&
            !is_refused(trial, &all->diagnostic.items[i]))
            *pk_push(cli->page, &chosen.diagnostic) = all->diagnostic.items[i];
    pk_gather(cli->page, &chosen, edits);
}

static void log_mends(struct mending *mending, struct pk_view file, const struct pk_edits *edits)
{
    for (uint32_t i = 0; i < edits->mended.count; i++)
        pk_text_mended(&mending->log, &mending->minutes, file, edits->mended.items[i],
                       pk_certain_fix(edits->mended.items[i]));
}

/* Mends, unless that makes new trouble or leaves the old: then it is as if it had not been. */
static bool mend(struct cli *cli, struct cli_document *document, struct mending *mending,
                 const struct pk_edits *edits)
{
    struct mending next = {0};
    next.text = pk_apply(cli->page, mending->text, edits->edit.items, edits->edit.count, NULL);
    if (cli->page->failed || !cli_read_minutes(cli, document, next.text, &next.minutes) ||
        !cli_lint(cli, document, &next.minutes, &next.findings) ||
        !pk_is_better(cli->page, &mending->findings, &next.findings))
        return false;
    pk_compose(cli->page, &mending->edits, edits, document->minutes.blocks.text.length,
               &next.edits);
    log_mends(mending, pk_view_of(document->name), edits);
    next.log = mending->log;
    *mending = next;
    return true;
}

/* All mends at once; where that makes trouble ever fewer, to leave out the one that does. */
static void mend_all(struct cli *cli, struct cli_document *document, struct mending *mending)
{
    struct trial trial = {.most = UINT32_MAX};
    for (int i = 0; i < MOST_TRIES; i++) {
        struct pk_edits edits = {0};
        choose(cli, mending, &trial, &edits);
        if (cli->page->failed)
            return;
        if (!edits.edit.count) {
            if (!trial.mended)
                return;
            trial = (struct trial){.most = UINT32_MAX};
            continue;
        }
        if (mend(cli, document, mending, &edits)) {
            trial.most = trial.most > UINT32_MAX / 2 ? UINT32_MAX : trial.most * 2;
            trial.mended = trial.refused.count > 0;
        } else if (edits.mended.count == 1) {
            *pk_push(cli->page, &trial.refused) = edits.mended.items[0]->said;
            trial.most = UINT32_MAX;
        } else {
            trial.most = edits.mended.count / 2;
        }
    }
}

/* -- What comes of it -- */

/* Is the mended text where the user wants it? */
static bool put_back(struct cli *cli, const struct cli_document *document, struct pk_view old,
                     struct pk_view mended)
{
    if (strcmp(document->path, "-") == 0) {
        cli_put(mended);
        return true;
    }
    if (pk_same(old, mended))
        return true;
    const char *why = cli_replace_file(document->path, mended, &cli->bytes->stat);
    if (why)
        cli_trouble(cli, "%s: %s", document->path, why);
    return !why;
}

static void show_difference(struct cli *cli, const struct cli_document *document,
                            const struct pk_edits *edits, const struct pk_findings *findings)
{
    struct pk_buffer out = {.arena = cli->page};
    pk_text_diff(&out, pk_view_of(document->name), document->minutes.blocks.text, edits);
    cli->found = cli->found || out.length;
    cli_tally(cli, &document->minutes, findings);
    if (!cli->set.quiet)
        cli_put(pk_written(&out));
}

/* Standard output is the mended text's where that came from standard input. */
static void report(struct cli *cli, const struct cli_document *document,
                   const struct pk_minutes *minutes, const struct pk_findings *findings,
                   struct pk_view log)
{
    FILE *to = strcmp(document->path, "-") == 0 ? stderr : stdout;
    if (!cli->set.quiet)
        fwrite(log.at, 1, log.length, cli->for_people ? to : stderr);
    cli_put_findings(cli, document, minutes, findings, to);
}

/* What hides by the baseline is told by the last look: it has to be at what the user has now. */
void cli_mend_document(struct cli *cli, struct cli_document *document)
{
    struct pk_view old = document->minutes.blocks.text;
    struct mending mending = {
        .text = old,
        .minutes = document->minutes,
        .log = {.arena = cli->page},
    };
    struct pk_findings findings;
    if (!cli_lint(cli, document, &mending.minutes, &mending.findings))
        return;
    mend_all(cli, document, &mending);
    if (cli->page->failed) {
        cli_trouble(cli, "%s: out of memory, left as it is", document->name);
        return;
    }
    bool mended = !cli->set.diff && put_back(cli, document, old, mending.text);
    const struct pk_minutes *minutes = mended ? &mending.minutes : &document->minutes;
    if (!cli_lint(cli, document, minutes, &findings))
        return;
    if (cli->set.diff)
        show_difference(cli, document, &mending.edits, &findings);
    else
        report(cli, document, minutes, &findings, mended ? pk_written(&mending.log) : PK_VIEW(""));
}
