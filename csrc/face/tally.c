/* tally.c - count what lint found, by rule and severity. */
#include "face/linting.h"

static struct cli_count *count_of(struct cli *cli, const struct pk_rule *rule)
{
    struct cli_linting *linting = cli->own;
    for (uint32_t i = 0; i < linting->count.count; i++)
        if (linting->count.items[i].rule == rule)
            return &linting->count.items[i];
    struct cli_count *count = pk_push(&cli->arena, &linting->count);
    count->rule = rule;
    return count;
}

void cli_tally(struct cli *cli, const struct pk_minutes *minutes,
               const struct pk_findings *findings)
{
    struct cli_linting *linting = cli->own;
    const struct pk_blocks *blocks = &minutes->blocks;
    uint32_t last =
        blocks->line.items[blocks->line.count - 1]; /* empty, where a line ends the text */
    linting->files++;
    linting->lines += blocks->line.count - (last == blocks->text.length);
    for (uint32_t i = 0; i < findings->diagnostic.count; i++) {
        const struct pk_diagnostic *found = &findings->diagnostic.items[i];
        count_of(cli, found->rule)->severity[found->severity]++;
    }
}

static void put_number(uint32_t number, const char *one, const char *many)
{
    fprintf(stderr, "%u %s", number, number == 1 ? one : many);
}

/* "     6 warning  action-due", a line a rule and severity. */
void cli_put_tally(const struct cli *cli)
{
    const struct cli_linting *linting = cli->own;
    static const char *const many[] = {"hints", "infos", "warnings", "errors"};
    uint32_t sum[PK_OFF] = {0}, all = 0;
    for (int severity = PK_OFF - 1; severity >= 0; severity--)
        for (uint32_t i = 0; i < linting->count.count; i++) {
            const struct cli_count *count = &linting->count.items[i];
            sum[severity] += count->severity[severity];
            if (count->severity[severity])
                fprintf(stderr, "%6u %-7s  %s\n", count->severity[severity],
                        pk_severities[severity], count->rule->id);
        }
    for (int severity = 0; severity < PK_OFF; severity++)
        all += sum[severity];
    put_number(linting->files, "file, ", "files, ");
    put_number(linting->lines, "line, ", "lines, ");
    put_number(all, "finding", "findings");
    for (int severity = PK_OFF - 1; severity >= 0; severity--) {
        fputs(severity == PK_OFF - 1 ? ": " : ", ", stderr);
        put_number(sum[severity], pk_severities[severity], many[severity]);
    }
    if (cli->set.baseline)
        fprintf(stderr, "; %u hidden by the baseline", cli_hidden(cli));
    fputs("\n", stderr);
}
