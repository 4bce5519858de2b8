/* complain.c - say on standard error what could not be done. */
#include "face/cli.h"
#include "profile/schema.h"

#include <stdarg.h>

/* File names are any bytes: none of them may steer the terminal. */
static void say(struct cli *cli, const char *prefix, const char *message)
{
    struct pk_view rest = pk_view_of(message);
    size_t width;
    fflush(stdout);
    fputs(prefix, stderr);
    for (; rest.length; rest = pk_view_part(rest, width, rest.length)) {
        uint32_t codepoint = pk_decode(rest, &width);
        if (codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0))
            fputc('?', stderr);
        else
            fwrite(rest.at, 1, width, stderr);
    }
    fputc('\n', stderr);
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
