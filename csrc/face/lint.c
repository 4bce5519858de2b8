/* lint.c - protokol lint: print findings, and mend what can be mended. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

/* -- Printing -- */

static void put_findings(struct cli *cli, const struct cli_document *document,
                         const struct pk_minutes *minutes, const struct pk_findings *findings,
                         FILE *to)
{
    for (uint32_t i = 0; i < findings->diagnostic.count; i++)
        if (findings->diagnostic.items[i].severity >= cli->fail_on)
            cli->found = true;
    cli_report(cli, &(struct pk_reported){minutes, pk_view_of(document->name), findings}, to);
}

static bool lint(struct cli *cli, const struct cli_document *document,
                 const struct pk_minutes *minutes, struct pk_findings *findings)
{
    *findings = (struct pk_findings){0};
    if (pk_lint(minutes, findings) == PK_OK)
        return true;
    cli_trouble(cli, "%s: out of memory", document->name);
    return false;
}

static void lint_document(struct cli *cli, struct cli_document *document)
{
    struct pk_findings findings;
    if (lint(cli, document, &document->minutes, &findings))
        put_findings(cli, document, &document->minutes, &findings, stdout);
}

/* -- Mending -- */

/* Fixes that touch each other are made in turn, each after a fresh look. */
struct mending {
    struct pk_view text;
    struct pk_minutes minutes; /* of the text */
    struct pk_findings findings;
    struct pk_buffer log; /* what was mended, a line each */
};

/* Is this very fix, told by the place of its new text in memory, among the edits? */
static bool is_made(const struct pk_edits *edits, const struct pk_diagnostic *diagnostic)
{
    const struct pk_fix *fix = pk_certain_fix(diagnostic);
    if (!fix || !fix->edit.count)
        return false;
    const struct pk_edit *first = &fix->edit.items[0];
    uint32_t low = 0, high = edits->edit.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (edits->edit.items[middle].span.start < first->span.start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < edits->edit.count; low++) {
        const struct pk_edit *edit = &edits->edit.items[low];
        if (edit->span.start != first->span.start)
            return false;
        if (edit->span.end == first->span.end && edit->text.at == first->text.at)
            return true;
    }
    return false;
}

static void log_fixes(struct mending *mending, struct pk_view file, const struct pk_edits *edits)
{
    for (uint32_t i = 0; i < mending->findings.diagnostic.count; i++) {
        const struct pk_diagnostic *diagnostic = &mending->findings.diagnostic.items[i];
        if (is_made(edits, diagnostic))
            pk_text_mended(&mending->log, &mending->minutes, file, diagnostic,
                           pk_certain_fix(diagnostic));
    }
}

static uint32_t fixable(const struct pk_findings *findings)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < findings->diagnostic.count; i++)
        count += pk_certain_fix(&findings->diagnostic.items[i]) != NULL;
    return count;
}

/* True while there may be more to mend. A round that does not leave less to
 * mend has not mended, and is as if it had not been. */
static bool mend_once(struct cli *cli, struct cli_document *document, struct mending *mending)
{
    struct pk_edits edits = {0};
    struct mending next = *mending;
    pk_gather(&cli->page, &mending->findings, &edits, NULL);
    if (!edits.edit.count)
        return false;
    next.text = pk_apply(&cli->page, mending->text, edits.edit.items, edits.edit.count, NULL);
    next.minutes = (struct pk_minutes){0};
    if (cli->page.failed || !cli_read_minutes(cli, document, next.text, &next.minutes) ||
        !lint(cli, document, &next.minutes, &next.findings) ||
        fixable(&next.findings) >= fixable(&mending->findings))
        return false;
    log_fixes(mending, pk_view_of(document->name), &edits);
    next.log = mending->log;
    *mending = next;
    return true;
}

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

/* Standard output is the mended text's where that came from standard input. */
static void report(struct cli *cli, const struct cli_document *document,
                   const struct mending *mending)
{
    FILE *to = strcmp(document->path, "-") == 0 ? stderr : stdout;
    struct pk_view log = pk_written(&mending->log);
    fwrite(log.at, 1, log.length, cli->for_people ? to : stderr);
    put_findings(cli, document, &mending->minutes, &mending->findings, to);
}

static void mend_document(struct cli *cli, struct cli_document *document)
{
    struct pk_view old = document->minutes.blocks.text;
    struct mending mending = {
        .text = old,
        .minutes = document->minutes,
        .log = {.arena = &cli->page},
    };
    if (!lint(cli, document, &mending.minutes, &mending.findings))
        return;
    while (mend_once(cli, document, &mending))
        ;
    if (cli->page.failed)
        cli_trouble(cli, "%s: out of memory, left as it is", document->name);
    else if (put_back(cli, document, old, mending.text))
        report(cli, document, &mending);
    else
        lint_document(cli, document);
}

/* Mended standard input goes to standard output, where records would be in its way. */
static bool is_filter(const struct cli *cli)
{
    for (uint32_t i = 0; i < cli->operand.count; i++)
        if (cli->set.fix && strcmp(cli->operand.items[i], "-") == 0)
            return true;
    return false;
}

void cli_run_lint(struct cli *cli)
{
    if (is_filter(cli) && !cli->for_people) {
        cli_trouble(cli,
                    "--fix - writes the mended text: it goes with --format text or short only");
        return;
    }
    cli_each_document(cli, cli->set.fix ? mend_document : lint_document);
    cli_end_report(cli);
}
