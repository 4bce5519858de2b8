/* options.c - understand the words of a command line. */
#include "face/cli.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* -- What there is -- */

#define AT(member) offsetof(struct cli_settings, member)

struct option {
    const char *name;
    const char *argument; /* NULL: a flag */
    unsigned commands;
    size_t at; /* the setting, a bool or a const char * */
    const char *summary;
};

enum { REPORTS = CLI_READERS | CLI_RULES | CLI_EXPLAIN | CLI_PROFILES | CLI_STATUS | CLI_DIFF };
enum { READS = CLI_READERS | CLI_STATUS };
enum {
    PROFILED = CLI_READERS | CLI_DIFF | CLI_EXPORT | CLI_NEW | CLI_RULES | CLI_EXPLAIN | CLI_SEND
};

static const struct option options[] = {
    {"format", "FORMAT", REPORTS, AT(format), NULL},
    {"bom", NULL, CLI_ACTIONS | CLI_DECISIONS, AT(bom),
     "with csv: begin with a byte order mark, by which Excel knows UTF-8"},
    {"fix", NULL, CLI_LINT, AT(fix), "mend what can be mended; \"-\" goes to standard output"},
    {"diff", NULL, CLI_LINT, AT(diff),
     "show what --fix would change as a unified diff, and change nothing"},
    {"color", "WHEN", CLI_LINT, AT(color), "auto (default), always or never; $NO_COLOR is heeded"},
    {"fail-on", "SEVERITY", CLI_LINT, AT(fail_on),
     "hint, info, warning (default), error or off: from there on the status is 1"},
    {"baseline", "FILE", CLI_LINT, AT(baseline), "hide the findings recorded in that file"},
    {"write-baseline", "FILE", CLI_LINT, AT(write_baseline),
     "record the findings; with --baseline, what of them is still there"},
    {"max-findings", "NUMBER", CLI_LINT, AT(max_findings),
     "show so many at most, and say the rest"},
    {"quiet", NULL, CLI_LINT, AT(quiet), "show nothing but trouble; the status tells"},
    {"stats", NULL, CLI_LINT, AT(stats), "count files, lines and findings on standard error"},
    {"owner", "NAME", CLI_ACTIONS, AT(word), "only what that person owns; a part of the name does"},
    {"mine", NULL, CLI_ACTIONS, AT(word), "only what you own"},
    {"who", "NAME", CLI_RECORD, AT(said),
     "who did it (default: $PROTOKOL_AUTHOR, but of what others do)"},
    {"kind", "KIND", CLI_SEND, AT(kind),
     "check, answer (to objections) or final (a copy of what was approved); default: by the log"},
    {"to", "ADDRESS", CLI_RECORD | CLI_SEND, AT(said),
     "sent, distributed: to whom; may be repeated"},
    {"cc", "ADDRESS", CLI_SEND, AT(said), "who is to get a copy; may be repeated"},
    {"output", "FILE", CLI_SEND | CLI_EXPORT, AT(output),
     "write it there (default: standard output; export: beside the document)"},
    {"each", NULL, CLI_SEND, AT(each), "a draft for each, as 1.eml, 2.eml ... in folder --output"},
    {"plain", NULL, CLI_SEND, AT(plain),
     "without a part in HTML, which pandoc makes if it is here"},
    {"force", NULL, CLI_SEND, AT(force),
     "also where lint finds errors, or a change since approval"},
    {"force", NULL, CLI_RECORD, AT(force), "approved: though objections are open"},
    {"force", NULL, CLI_EXPORT, AT(force), "replace what is there"},
    {"mail", "FILE", CLI_RECORD, AT(mail),
     "who, when, reference and digest from the reply; sent, distributed: to whom from the draft"},
    {"how", "WORDS", CLI_RECORD, AT(said), "by mail, phone, in person ..."},
    {"level", "LEVEL", CLI_RECORD, AT(said), "detail: brief, standard or detailed"},
    {"item", "ITEM", CLI_RECORD, AT(said), "objection: the item, by its id or its first words"},
    {"text", "WORDS", CLI_RECORD, AT(said),
     "objection, resolution, walkthrough, confirmed: in words"},
    {"of", "NUMBER", CLI_RECORD, AT(said), "resolution: of which objection"},
    {"outcome", "OUTCOME", CLI_RECORD, AT(said), "resolution: accepted, compromise or withdrawn"},
    {"understood", "ITEM", CLI_RECORD, AT(said), "walkthrough: is understood; may be repeated"},
    {"unclear", "ITEM", CLI_RECORD, AT(said), "walkthrough: is not; may be repeated"},
    {"what", "WORDS", CLI_RECORD, AT(said), "amended: what was changed"},
    {"reference", "WORDS", CLI_RECORD, AT(said), "where it is in writing: a Message-ID"},
    {"revision", "NUMBER", CLI_RECORD | CLI_DIFF, AT(said),
     "which one (default: the last; sent: the next)"},
    {"time", "TIME", CLI_RECORD | CLI_SEND, AT(said),
     "when, as 2027-03-01T09:30:00+01:00 (default: now)"},
    {"me", "NAME", CLI_ACTIONS | CLI_SEND, AT(me), "who you are (default: $PROTOKOL_AUTHOR)"},
    {"open", NULL, CLI_ACTIONS, AT(word), "only what is to be done"},
    {"done", NULL, CLI_ACTIONS, AT(word), "only what is done"},
    {"overdue", NULL, CLI_ACTIONS, AT(word), "only what is open and was due before today"},
    {"due-before", "DAY", CLI_ACTIONS, AT(word), "only what is due before YYYY-MM-DD"},
    {"filter", "WORD", CLI_ACTIONS, AT(word),
     "as in the editor: open, owner=anna, \"due<=2026-04-01\" ...; may be repeated"},
    {"sort", "ORDER", CLI_ACTIONS, AT(word), "due, owner or file; else as met"},
    {"group", "BY", CLI_ACTIONS, AT(word), "owner, due or file: under headings"},
    {"profile", "PROFILE", PROFILED, AT(profile), "the kind of minutes; see protokol profiles"},
    {"lang", "LANGUAGE", PROFILED | CLI_PROFILES, AT(language), "en, ru, de ..."},
    {"detail", "LEVEL", PROFILED, AT(detail), "brief, standard or detailed"},
    {"set", "KEY=VALUE", CLI_NEW, AT(value), "fill in a value; may be repeated"},
    {"from", "PREVIOUS", CLI_NEW, AT(from),
     "carry over who takes part, what stays the same and what is still to be done"},
    {"mark", NULL, CLI_NEW, AT(mark), "mark in PREVIOUS what was carried over; it is written anew"},
    {"today", "DAY", READS | CLI_DIFF | CLI_EXPORT | CLI_NEW, AT(today),
     "YYYY-MM-DD to be taken for today"},
    {"all", NULL, READS, AT(all), "in folders read every text file, not only minutes"},
    {"only-minutes", NULL, READS, AT(only_minutes),
     "leave out what is no minutes, also where it is named"},
    {"files-from", "LIST", READS, AT(files_from),
     "read paths from a file or \"-\", one a line or each ended by NUL"},
    {"jobs", "NUMBER", READS, AT(jobs),
     "-j: threads that read documents (default: one a core); the output stays the same"},
    {"stdin-name", "NAME", READS | CLI_DIFF | CLI_EXPORT, AT(stdin_name),
     "the name that standard input goes by"},
    {"schema", NULL, CLI_CHECK, AT(schema),
     "print the JSON Schema of a \"profile\" or a \"language\""},
    {"help", NULL, ~0u, AT(help), "this text"},
};
enum { OPTIONS = sizeof options / sizeof *options };

/* A format by what the help and a user's choice want to know of it. */
struct known_format {
    const char *name, *summary;
    const struct pk_format *list;
    const struct pk_report_format *report;
};

static bool writes(const struct cli_command *command, const struct pk_format *format)
{
    return format->any || (command->bit == CLI_ACTIONS && format->action) ||
           (command->bit == CLI_DECISIONS && format->decision);
}

enum { MOST_FORMATS = 32 };

/* Those the command can write, the one for people first. */
static int formats_of(const struct cli_command *command, struct known_format out[MOST_FORMATS])
{
    int count = 0;
    if (command->bit == CLI_LINT) {
        for (int i = 0; pk_report_formats[i] && count < MOST_FORMATS; i++)
            out[count++] = (struct known_format){.name = pk_report_formats[i]->name,
                                                 .summary = pk_report_formats[i]->summary,
                                                 .report = pk_report_formats[i]};
        return count;
    }
    for (int i = 0; pk_formats[i] && count < MOST_FORMATS; i++)
        if (writes(command, pk_formats[i]))
            out[count++] = (struct known_format){.name = pk_formats[i]->name,
                                                 .summary = pk_formats[i]->summary,
                                                 .list = pk_formats[i]};
    return count;
}

/* text (default), csv, ics ... */
static void list_formats(const struct cli_command *command, FILE *out)
{
    struct known_format known[MOST_FORMATS];
    int count = formats_of(command, known);
    for (int i = 0; i < count; i++)
        fprintf(out, i ? ", %s" : "%s (default)", known[i].name);
    fputs("\n", out);
}

void cli_options_help(const struct cli_command *command, FILE *out)
{
    for (int i = 0; i < OPTIONS; i++) {
        char left[64];
        const struct option *option = &options[i];
        if (!(option->commands & command->bit))
            continue;
        snprintf(left, sizeof left, "--%s%s%s", option->name, option->argument ? " " : "",
                 option->argument ? option->argument : "");
        fprintf(out, "  %-22s ", left);
        if (option->summary)
            fprintf(out, "%s\n", option->summary);
        else
            list_formats(command, out);
    }
}

void cli_formats_help(const struct cli_command *command, FILE *out)
{
    struct known_format known[MOST_FORMATS];
    int count = formats_of(command, known);
    if (!(command->bit & (CLI_LINT | CLI_ACTIONS | CLI_DECISIONS)))
        return;
    fputs("\nFormats:\n", out);
    for (int i = 0; i < count; i++)
        fprintf(out, "  %-22s %s\n", known[i].name, known[i].summary);
}

/* -- Words into settings -- */

static const char *dashed(struct cli *cli, struct pk_view name)
{
    struct pk_buffer out = {.arena = &cli->arena};
    pk_puts(&out, "--");
    pk_put(&out, name);
    return pk_copy(&cli->arena, pk_written(&out)).at;
}

static const struct option *option_of(struct cli *cli, struct pk_view name)
{
    struct cli_names known = {0};
    for (int i = 0; i < OPTIONS; i++) {
        if (!(options[i].commands & cli->command->bit))
            continue;
        if (pk_is(name, options[i].name))
            return &options[i];
        *pk_push(&cli->arena, &known.name) = dashed(cli, pk_view_of(options[i].name));
    }
    cli_unknown(cli, "option", dashed(cli, name), &known);
    return NULL;
}

static bool add_value(struct cli *cli, const char *word)
{
    const char *equals = strchr(word, '=');
    if (!equals || equals == word) {
        cli_trouble(cli, "--set wants KEY=VALUE, not \"%s\"", word);
        return false;
    }
    *pk_push(&cli->arena, &cli->set.value) = (struct pk_value){
        .key = {word, (size_t)(equals - word)},
        .value = pk_view_of(equals + 1),
    };
    return true;
}

/* A filter's option as a filter's word, to be understood when all options are known. */
static bool add_word(struct cli *cli, const struct option *option, const char *value)
{
    struct pk_buffer out = {.arena = &cli->arena};
    bool before = strcmp(option->name, "due-before") == 0;
    if (strcmp(option->name, "filter") != 0)
        pk_puts(&out, before ? "due<" : option->name);
    if (option->argument && out.length && !before)
        pk_putc(&out, '=');
    pk_puts(&out, value);
    *pk_push(&cli->arena, &cli->set.word) = (struct pk_value){
        .key = pk_view_of(option->name),
        .value = pk_copy(&cli->arena, pk_written(&out)),
    };
    return true;
}

/* The option that begins at words[*at]; *at moves past what it takes. */
static bool take_option(struct cli *cli, int count, char **words, int *at)
{
    const char *name = words[(*at)++] + 2;
    const char *equals = strchr(name, '=');
    struct pk_view view = {name, equals ? (size_t)(equals - name) : strlen(name)};
    const struct option *option = option_of(cli, view);
    if (!option)
        return false;
    char *setting = (char *)&cli->set + option->at;
    if (!option->argument) {
        if (equals) {
            cli_trouble(cli, "--%s takes no value", option->name);
            return false;
        }
        if (option->at == AT(word))
            return add_word(cli, option, "");
        memcpy(setting, &(bool){true}, sizeof(bool));
        return true;
    }
    if (!equals && *at == count) {
        cli_trouble(cli, "--%s wants a value: %s", option->name, option->argument);
        return false;
    }
    const char *value = equals ? equals + 1 : words[(*at)++];
    if (option->at == AT(value))
        return add_value(cli, value);
    if (option->at == AT(word))
        return add_word(cli, option, value);
    if (option->at == AT(said)) {
        *pk_push(&cli->arena, &cli->set.said) =
            (struct pk_value){pk_view_of(option->name), pk_view_of(value)};
        return true;
    }
    memcpy(setting, &value, sizeof value);
    return true;
}

/* "-j4", "-j 4" */
static bool take_jobs(struct cli *cli, int count, char **words, int *at)
{
    const char *number = words[(*at)++] + 2;
    if (!number[0] && *at == count) {
        cli_trouble(cli, "-j wants a value: NUMBER");
        return false;
    }
    cli->set.jobs = number[0] ? number : words[(*at)++];
    return true;
}

static bool take_words(struct cli *cli, int count, char **words)
{
    bool ended = false;
    for (int at = 0; at < count;) {
        const char *word = words[at];
        if (ended || word[0] != '-' || !word[1]) {
            *pk_push(&cli->arena, &cli->operand) = word;
            at++;
        } else if (strcmp(word, "--") == 0) {
            ended = true;
            at++;
        } else if (strcmp(word, "-h") == 0) {
            cli->set.help = true;
            at++;
        } else if (word[1] == 'j' && (cli->command->bit & READS)) {
            if (!take_jobs(cli, count, words, &at))
                return false;
        } else if (word[1] != '-') {
            cli_trouble(cli, "unknown option \"%s\"; options begin with --", word);
            return false;
        } else if (!take_option(cli, count, words, &at)) {
            return false;
        }
    }
    return true;
}

/* -- Settings, understood -- */

/* The index of a word in a list; -1, and said so, when it is not there. */
static int choice(struct cli *cli, const char *what, const char *word, const char *const *list,
                  int count)
{
    char known[200] = "";
    for (int i = 0; i < count; i++) {
        if (strcmp(word, list[i]) == 0)
            return i;
        size_t length = strlen(known);
        snprintf(known + length, sizeof known - length, "%s%s", i ? ", " : "", list[i]);
    }
    cli_trouble(cli, "there is no %s \"%s\"; there are %s", what, word, known);
    return -1;
}

static bool day(struct cli *cli, const char *option, const char *word, struct pk_date *date)
{
    if (!word || pk_date_parse_iso(pk_view_of(word), date))
        return true;
    cli_trouble(cli, "--%s wants a day as YYYY-MM-DD, not \"%s\"", option, word);
    return false;
}

static bool number(struct cli *cli, const char *option, const char *word, uint32_t *number)
{
    size_t length = word ? strspn(word, "0123456789") : 0;
    if (word && (!length || length > 9 || word[length])) {
        cli_trouble(cli, "--%s wants a number, not \"%s\"", option, word);
        return false;
    }
    *number = word ? (uint32_t)strtoul(word, NULL, 10) : UINT32_MAX;
    return true;
}

static bool understand_format(struct cli *cli)
{
    struct known_format known[MOST_FORMATS];
    const char *name[MOST_FORMATS] = {0};
    int count = formats_of(cli->command, known);
    for (int i = 0; i < count; i++)
        name[i] = known[i].name;
    const char *wanted = cli->set.format;
    int found = choice(cli, "format", wanted ? wanted : name[0], name, count);
    if (found < 0)
        return false;
    cli->format = known[found].list;
    cli->report_format = known[found].report;
    cli->for_people = cli->report_format ? cli->report_format->for_people : found == 0;
    if (cli->set.bom && strcmp(known[found].name, "csv") != 0) {
        cli_trouble(cli, "--bom goes with --format csv only");
        return false;
    }
    return true;
}

/* Colours where somebody looks: https://no-color.org, and a terminal that can. */
static bool understand_color(struct cli *cli)
{
    static const char *const ways[] = {"auto", "always", "never"};
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    int way = choice(cli, "way to colour", cli->set.color ? cli->set.color : ways[0], ways, 3);
    bool able = terminal && strcmp(terminal, "dumb") != 0 && isatty(STDOUT_FILENO);
    cli->report.colour = way == 1 || (way == 0 && able && !(none && none[0]));
    return way >= 0;
}

static bool understand_choices(struct cli *cli)
{
    const struct cli_settings *set = &cli->set;
    int level = set->detail ? choice(cli, "level", set->detail, pk_details, PK_DETAILS) : 0;
    int fail_on =
        set->fail_on ? choice(cli, "severity", set->fail_on, pk_severities, 5) : PK_WARNING;
    if (!understand_format(cli) || !understand_color(cli) || level < 0 || fail_on < 0)
        return false;
    cli->fail_on = (enum pk_severity)fail_on;
    return true;
}

static bool understand_filter(struct cli *cli)
{
    struct pk_error error = {0};
    const char *me = cli->set.me ? cli->set.me : getenv("PROTOKOL_AUTHOR");
    cli->filter.today = cli->today;
    cli->filter.me = pk_view_of(me);
    for (uint32_t i = 0; i < cli->set.word.count; i++) {
        const struct pk_value *word = &cli->set.word.items[i];
        if (pk_filter_word(&cli->arena, &cli->filter, word->value, &error) == PK_OK)
            continue;
        cli_trouble(cli, "--%.*s: %s", (int)word->key.length, word->key.at, error.message);
        return false;
    }
    if (pk_filter_check(&cli->filter, &error) == PK_OK)
        return true;
    cli_trouble(cli, "%s%s", error.message,
                cli->filter.mine && !cli->filter.me.length
                    ? ": --me NAME or $PROTOKOL_AUTHOR tells it"
                    : "");
    return false;
}

/* A thread a core, if nothing else is said. */
static bool understand_jobs(struct cli *cli)
{
    enum { MOST = 256 };
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    cli->jobs = cores < 1 ? 1 : cores > MOST ? MOST : (uint32_t)cores;
    if (cli->set.jobs && !number(cli, "jobs", cli->set.jobs, &cli->jobs))
        return false;
    if (cli->jobs < 1 || cli->jobs > MOST)
        cli_trouble(cli, "--jobs wants a number from 1 to %d, not \"%s\"", MOST, cli->set.jobs);
    return cli->jobs >= 1 && cli->jobs <= MOST;
}

static bool understand(struct cli *cli)
{
    const struct cli_settings *set = &cli->set;
    if (set->help)
        return true;
    if (!cli->command->operand && cli->operand.count) {
        cli_trouble(cli, "%s takes no \"%s\"", cli->command->name, cli->operand.items[0]);
        return false;
    }
    if (cli->command->needs_operand && !cli->operand.count && !set->files_from && !set->schema) {
        cli_trouble(cli, "%s wants %s; see protokol %s --help", cli->command->name,
                    cli->command->operand, cli->command->name);
        return false;
    }
    return understand_choices(cli) && understand_jobs(cli) &&
           number(cli, "max-findings", set->max_findings, &cli->max_findings) &&
           day(cli, "today", set->today, &cli->today) && understand_filter(cli);
}

bool cli_parse(struct cli *cli, int count, char **words)
{
    return take_words(cli, count, words) && understand(cli);
}
