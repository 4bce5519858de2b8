/* cli.c - protokol on the command line: find the command, run it, say how it went. */
#include "face/cli.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { OUTPUT = 64 * 1024 /* bytes that are put out at once */ };
enum { NOTHING_FOUND = 0, FOUND = 1, TROUBLE = 2 };

/* -- The commands -- */

#define PATHS                                                                                      \
    "PATH is a file, a folder or \"-\" for standard input. A file named outright is always "       \
    "read;\n"                                                                                      \
    "in a folder *.md, *.markdown, *.txt and *.protokol are, as far as they are minutes. Hidden\n" \
    "folders and links are left out.\n"

#define RULE_MEMBERS                                                                               \
    "json: id, severity, summary, help, mends, options (name, value, brief, standard, "            \
    "detailed),\n"                                                                                 \
    "default_severity, profile, detail, language.\n"

static const struct cli_command commands[] = {
    {"new", CLI_NEW, cli_run_new, NULL, false, "write a template of fresh minutes",
     "Keys to --set are those of the template's placeholders: date, client, place ...\n"
     "The date is today's and the writer (secretary) $PROTOKOL_AUTHOR unless they are set.\n"},
    {"lint", CLI_LINT, cli_run_lint, "PATH...", true, "check minutes against their profile",
     PATHS "Status: 0 nothing found, 1 findings of severity --fail-on or worse, 2 trouble.\n"
           "json: file, line, column, end_line, end_column, rule, severity, message and\n"
           "fixes: title, choice, edits: line, column, end_line, end_column, text.\n"},
    {"actions", CLI_ACTIONS, cli_run_actions, "PATH...", true, "list who does what by when",
     PATHS "json: file, line, column, end_line, end_column, text, owners, due, due_text, done,\n"
           "status, id, section, source, key.\n"},
    {"decisions", CLI_DECISIONS, cli_run_decisions, "PATH...", true, "list what was decided",
     PATHS "json: file, line, column, end_line, end_column, text, id, section.\n"},
    {"outline", CLI_OUTLINE, cli_run_outline, "PATH...", true,
     "list fields, people and sections of minutes",
     PATHS "json: file, profile, language, meeting, people, sections, headings.\n"},
    {"rules", CLI_RULES, cli_run_rules, NULL, false, "list what lint checks",
     "A line each: rule, severity, \"fix\" where it may offer a mend, options, what it asks; by "
     "the\n"
     "profile that holds in this folder, or that of --profile.\n" RULE_MEMBERS},
    {"explain", CLI_EXPLAIN, cli_run_explain, "RULE...", true, "say why a rule is, and how to mend",
     RULE_MEMBERS},
    {"profiles", CLI_PROFILES, cli_run_profiles, NULL, false, "list the kinds of minutes",
     "json: id, name, file.\n"},
    {"check", CLI_CHECK, cli_run_check, "PROFILE...", true, "check profiles and languages (YAML)",
     "A file in a folder named \"language\" is a language, any other a profile. For editors that\n"
     "know YAML: protokol check --schema > profile.schema.json, and in the file's first line\n"
     "# yaml-language-server: $schema=profile.schema.json\n"},
    {"record", CLI_RECORD, cli_run_record, "EVENT FILE", true,
     "record an event of the approval in a document",
     "Numbers, the digest of the text and the time are filled in. The document is replaced by one\n"
     "with the event in its log and nothing else changed, or stays as it is. What was sent is\n"
     "kept as .protokol/NAME/rN.md beside it. No mail is sent.\n"},
    {"send", CLI_SEND, cli_run_send, "FILE", true, "write the draft of a mail about minutes",
     "The draft is a file that mail programs open or send (sendmail -t, msmtp -t, neomutt -H).\n"
     "Without --to it goes to those present who have an address. Nothing is sent, and nothing is\n"
     "recorded: when it was sent, protokol record sent --mail DRAFT FILE does that.\n"},
    {"status", CLI_STATUS, cli_run_status, "PATH...", true, "tell where the approval stands",
     PATHS "json: file, title, stand, revision, approved, since, theirs, answer_by, overdue,\n"
           "deemed, changed, edited, digest, objections, unserved, unconfirmed, next.\n"},
    {"diff", CLI_DIFF, cli_run_diff, "[OLD] FILE", true,
     "tell what became of each item since a revision",
     "With one file: since the revision last sent, or --revision, which is kept beside it (see\n"
     "protokol record). What is internal is left out, for those who agree never see it.\n"
     "json: file, line, column, end_line, end_column, old_line, old_column, old_end_line,\n"
     "old_end_column, change (added, removed, reworded, owner, due, state, vote), kind (field,\n"
     "person, action, agreement, decision, question, risk), id, text, before, after, message.\n"},
    {"export", CLI_EXPORT, cli_run_export, "html|docx|pdf|odt FILE", true,
     "make a page of the final text, with pandoc",
     "Without what is internal, the log, and the front matter. A profile's `export:` names a\n"
     "document whose styles it takes (reference: house.docx), and whether a block to be signed "
     "and\n"
     "a distribution list are added (signatures: true, distribution: true). Nothing is replaced\n"
     "without --force. Prints where the page is.\n"},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct cli_command *command_of(struct cli *cli, const char *name)
{
    struct cli_names known = {0};
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
        *pk_push(&cli->arena, &known.name) = commands[i].name;
    }
    cli_unknown(cli, name[0] == '-' ? "option" : "command", name, &known);
    return NULL;
}

static void help(FILE *out)
{
    fputs("protokol - write, check and evaluate minutes of meetings and negotiations\n\n"
          "usage: protokol COMMAND [OPTION]... [PATH]...\n\n",
          out);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs("\nprotokol COMMAND --help tells more; protokol --version tells which one this is.\n"
          "Status: 0 done, 1 lint has findings, 2 something could not be done.\n",
          out);
}

static void help_of(const struct cli_command *command)
{
    printf("protokol %s - %s\n\nusage: protokol %s [OPTION]...%s%s\n\n", command->name,
           command->summary, command->name, command->operand ? " " : "",
           command->operand ? command->operand : "");
    cli_options_help(command, stdout);
    cli_formats_help(command, stdout);
    if (command->bit == CLI_RECORD)
        cli_events_help(stdout);
    printf("\n%s", command->more);
}

/* -- The run -- */

static struct pk_date local_day(void)
{
    time_t now = time(NULL);
    struct tm tm;
    if (!localtime_r(&now, &tm))
        return (struct pk_date){0};
    return (struct pk_date){
        .year = (int16_t)(tm.tm_year + 1900),
        .month = (uint8_t)(tm.tm_mon + 1),
        .day = (uint8_t)tm.tm_mday,
    };
}

int cli_status(const struct cli *cli)
{
    return cli->trouble ? TROUBLE : cli->found ? FOUND : NOTHING_FOUND;
}

static void run_command(struct cli *cli, int count, char **words)
{
    cli->command = command_of(cli, words[0]);
    if (!cli->command || !cli_parse(cli, count - 1, words + 1))
        return;
    if (cli->set.help)
        help_of(cli->command);
    else
        cli->command->run(cli);
}

static void run(struct cli *cli, int count, char **words)
{
    if (count == 0) {
        help(stderr);
        cli->trouble = true;
    } else if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0) {
        help(stdout);
    } else if (strcmp(words[0], "--version") == 0) {
        puts("protokol " PK_VERSION);
    } else {
        run_command(cli, count, words);
    }
}

int main(int count, char **words)
{
    struct cli_bytes bytes = {0};
    struct cli_shelf shelf = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct pk_arena page;
    struct cli cli = {.today = local_day(), .bytes = &bytes, .shelf = &shelf, .page = &page};

    /* A reader that has seen enough ends us by status, not by signal. */
    signal(SIGPIPE, SIG_IGN);
    /* Nor does a file that may not grow: that is trouble with one file. */
    signal(SIGXFSZ, SIG_IGN);
    setvbuf(stdout, NULL, _IOFBF, OUTPUT);
    pk_arena_init(&cli.arena);
    pk_arena_init(&page);
    run(&cli, count - 1, words + 1);
    if (cli.arena.failed || page.failed)
        cli_trouble(&cli, "out of memory");
    cli_end_output(&cli);
    pk_arena_free(&page);
    pk_arena_free(&cli.arena);
    cli_shelf_free(&shelf);
    free(bytes.at);
    return cli_status(&cli);
}
