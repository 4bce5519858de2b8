/* core.c - what each step of the core takes on one protocol, in a process that goes on: JSON, in
 * microseconds of the processor, which other programs do not lengthen.
 *
 *     core FILE LANGUAGE ROUNDS
 */
#include "protokol.h"
#include "write/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum step { PARSE, READ, LINT, ACTIONS, WHOLE, STEPS };
static const char *const steps[STEPS] = {"parse", "read", "lint", "actions", "whole"};

enum { MOST_BYTES = 1 << 20, FIRST_ROUNDS = 50 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int by_size(const void *one, const void *other)
{
    double difference = *(const double *)one - *(const double *)other;
    return (difference > 0) - (difference < 0);
}

/* Reading parses, too: "whole" is read, lint and actions. */
static int round_of(struct pk_arena *arena, const struct pk_library *library, struct pk_view text,
                    double took[STEPS])
{
    const struct pk_read_options options = {.name = PK_VIEW("minutes.md"), .today = {2026, 4, 1}};
    struct pk_blocks blocks;
    struct pk_minutes minutes;
    struct pk_findings findings = {0};
    struct pk_buffer out = {.arena = arena};
    struct pk_json json = pk_json_to(&out);
    struct pk_error error;
    double start = now();
    pk_parse(arena, text, PK_MARKDOWN, &blocks);
    took[PARSE] = now() - start;
    pk_arena_reset(arena);

    start = now();
    if (pk_read(arena, library, text, &options, &minutes, &error) != PK_OK)
        return 1;
    took[READ] = now() - start;
    double then = now();
    if (pk_lint(&minutes, &findings) != PK_OK)
        return 1;
    took[LINT] = now() - then;
    then = now();
    for (uint32_t i = 0; i < minutes.action.count; i++)
        pk_tell_action(&json.sink, &minutes, options.name, &minutes.action.items[i]);
    took[ACTIONS] = now() - then;
    took[WHOLE] = now() - start;
    pk_arena_reset(arena);
    return 0;
}

static size_t read_text(const char *path, char *text)
{
    FILE *file = fopen(path, "rb");
    size_t size = file != NULL ? fread(text, 1, MOST_BYTES, file) : 0;
    if (file != NULL)
        fclose(file);
    return size;
}

int main(int argc, char **argv)
{
    static char text[MOST_BYTES];
    size_t rounds = argc == 4 ? (size_t)atol(argv[3]) : 0;
    size_t size = argc == 4 ? read_text(argv[1], text) : 0;
    double *took[STEPS];
    struct pk_library *library;
    struct pk_error error;
    struct pk_arena arena;
    if (size == 0 || rounds == 0 || pk_library_open(&library, &error) != PK_OK)
        return 2;
    for (enum step step = 0; step < STEPS; step++)
        if ((took[step] = calloc(rounds, sizeof(double))) == NULL)
            return 2;
    pk_arena_init(&arena);
    for (size_t i = 0; i < FIRST_ROUNDS + rounds; i++) {
        double one[STEPS];
        if (round_of(&arena, library, (struct pk_view){text, size}, one) != 0)
            return 2;
        for (enum step step = 0; step < STEPS && i >= FIRST_ROUNDS; step++)
            took[step][i - FIRST_ROUNDS] = one[step];
    }
    printf("{\"language\": \"%s\", \"bytes\": %zu, \"rounds\": %zu", argv[2], size, rounds);
    for (enum step step = 0; step < STEPS; step++) {
        qsort(took[step], rounds, sizeof(double), by_size);
        printf(", \"%s\": {\"median\": %.2f, \"p99\": %.2f}", steps[step], took[step][rounds / 2],
               took[step][rounds * 99 / 100]);
        free(took[step]);
    }
    printf("}\n");
    pk_arena_free(&arena);
    pk_library_close(library);
    return 0;
}
