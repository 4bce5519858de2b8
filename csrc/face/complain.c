/* complain.c - say on standard error what could not be done. */
#include "face/cli.h"
#include "profile/schema.h"

#include <stdarg.h>
#include <string.h>

/* File names are any bytes: none of them may steer the terminal. */
static void print(const char *prefix, const char *message)
{
    struct pk_view rest = pk_view_of(message);
    size_t width;
    cli_flush();
    fputs(prefix, stderr);
    for (; rest.length; rest = pk_view_part(rest, width, rest.length)) {
        uint32_t codepoint = pk_decode(rest, &width);
        if (codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0))
            fputc('?', stderr);
        else
            fwrite(rest.at, 1, width, stderr);
    }
    fputc('\n', stderr);
}

static void say(struct cli *cli, const char *prefix, const char *message)
{
    print(prefix, message);
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
    cli_flush();
    fputs("protokol: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputs("\n", stderr);
}

static void write_place(char *message, size_t size, const struct pk_error *error)
{
    if (error->line)
        snprintf(message, size, "%s:%u:%u: %s", error->file, error->line,
                 error->column ? error->column : 1, error->message);
    else
        snprintf(message, size, "%s: %s", error->file, error->message);
}

void cli_error(struct cli *cli, const struct pk_error *error)
{
    char message[1024];
    if (!error->file[0]) {
        cli_trouble(cli, "%s", error->message);
        return;
    }
    write_place(message, sizeof message, error);
    say(cli, error->line ? "" : "protokol: ", message);
}

void cli_warn(const struct pk_error *error)
{
    char message[1024];
    write_place(message, sizeof message, error);
    print(error->line ? "" : "protokol: ", message);
}

/* "a, b, c"; nothing where they are too many to read. */
static struct pk_view listed(struct cli *cli, const struct cli_names *known)
{
    enum { MOST = 10 };
    struct pk_buffer out = {.arena = &cli->arena};
    for (uint32_t i = 0; known->name.count <= MOST && i < known->name.count; i++) {
        pk_puts(&out, i ? ", " : "; there are ");
        pk_puts(&out, known->name.items[i]);
    }
    return pk_written(&out);
}

void cli_unknown(struct cli *cli, const char *what, const char *word, const struct cli_names *known)
{
    /* Dashes are common to all options: they make none more alike. */
    size_t dashes = strspn(word, "-");
    struct cli_names bare = {0};
    for (uint32_t i = 0; i < known->name.count; i++) {
        const char *name = known->name.items[i];
        *pk_push(&cli->arena, &bare.name) = name + strspn(name, "-");
    }
    const char *nearest = pk_nearest(pk_view_of(word + dashes), bare.name.items, bare.name.count);
    struct pk_view all = listed(cli, known);
    if (nearest)
        cli_trouble(cli, "unknown %s \"%s\": did you mean \"%s%s\"?", what, word,
                    dashes ? "--" : "", nearest);
    else
        cli_trouble(cli, "unknown %s \"%s\"%.*s", what, word, (int)all.length, all.at);
}
