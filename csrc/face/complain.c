/* complain.c - say on standard error what could not be done. */
#include "face/cli.h"

#include <stdarg.h>
#include <string.h>

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

/* -- Did you mean? ------------------------------------------------------------------- */

enum { LONGEST = 40 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many bytes to add, drop or change (Levenshtein); words are at most LONGEST long. */
static size_t distance(struct pk_view a, struct pk_view b)
{
    size_t row[LONGEST + 1];
    for (size_t j = 0; j <= b.length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            size_t change = diagonal + (a.at[i - 1] != b.at[j - 1]);
            diagonal = row[j];
            row[j] = least(change, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b.length];
}

struct cli_guess cli_guess_for(const char *word)
{
    struct pk_view view = pk_view_of(word);
    return (struct cli_guess){.word = view, .distance = view.length / 3 + 1};
}

void cli_guess_try(struct cli_guess *guess, struct pk_view known)
{
    if (guess->word.length > LONGEST || known.length > LONGEST)
        return;
    size_t away = distance(guess->word, known);
    bool begins = guess->word.length > 2 && pk_starts(known, guess->word);
    if (begins && away > guess->distance)
        away = guess->distance;
    if (away < guess->distance || (away == guess->distance && !guess->best.length)) {
        guess->best = known;
        guess->distance = away;
    }
}

void cli_unknown(struct cli *cli, const char *what, const struct cli_guess *guess)
{
    if (guess->best.length)
        cli_trouble(cli, "unknown %s \"%s\" - did you mean \"%.*s\"?", what, guess->word.at,
                    (int)guess->best.length, guess->best.at);
    else
        cli_trouble(cli, "unknown %s \"%s\"", what, guess->word.at);
}
