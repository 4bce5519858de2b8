/* complain.c - say on standard error what could not be done. */
#include "face/cli.h"
#include "profile/schema.h"

#include <stdarg.h>

/* File names are any bytes: none of them may steer the terminal. */
static void say(struct cli *cli, const char *prefix, char *message)
{
    for (char *at = message; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            *at = '?';
    fflush(stdout);
    fprintf(stderr, "%s%s\n", prefix, message);
    cli->trouble = true;
}

void cli_trouble(struct cli *cli, const char *format, ...)
{
    char message[8192];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    say(cli, "protokol: ", message);
}

void cli_note(const char *format, ...)
{
    va_list arguments;
    fflush(stdout);
    fputs("protokol: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputs("\n", stderr);
}

void cli_error(struct cli *cli, const struct pk_error *error)
{
    char message[1024];
    if (!error->file[0]) {
        cli_trouble(cli, "%s", error->message);
        return;
    }
    if (error->line)
        snprintf(message, sizeof message, "%s:%u:%u: %s", error->file, error->line,
                 error->column ? error->column : 1, error->message);
    else
        snprintf(message, sizeof message, "%s: %s", error->file, error->message);
    say(cli, error->line ? "" : "protokol: ", message);
}

void cli_unknown(struct cli *cli, const char *what, const char *word, const struct cli_names *known)
{
    const char *nearest = pk_nearest(pk_view_of(word), known->name.items, known->name.count);
    if (nearest)
        cli_trouble(cli, "unknown %s \"%s\": did you mean \"%s\"?", what, word, nearest);
    else
        cli_trouble(cli, "unknown %s \"%s\"", what, word);
}
