/* embed.c - write the built-in library as C: run by the build, no part of what it builds.
 *
 *     embed FOLDER FILE...      files by their names below the folder
 *
 * The library is made as any other, in one piece of memory, and this memory is written out word
 * by word. Which words are pointers into it shows where it is made a second time, elsewhere: a
 * pointer moves with it, and all else must be the same.
 */
#include "profile/embedded.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 32 * 1024 * 1024 };

/* It is what is made here. */
const struct pk_library *const pk_built_in;

struct image {
    uintptr_t *word;
    size_t count;
};

static struct pk_view read_file(struct pk_arena *arena, const char *path)
{
    struct pk_buffer out = {.arena = arena};
    char room[4096];
    FILE *file = fopen(path, "rb");
    size_t got = 0;
    while (file && (got = fread(room, 1, sizeof room, file)) > 0)
        pk_put(&out, (struct pk_view){room, got});
    if (!file || ferror(file)) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return pk_written(&out);
}

static struct image build(const struct pk_built_file *files, size_t count)
{
    struct pk_arena arena;
    struct pk_library *library;
    struct pk_error error = {0};
    struct image image = {calloc(1, ROOM), 0};
    if (!image.word) {
        perror("embed");
        exit(1);
    }
    pk_arena_within(&arena, image.word, ROOM);
    if (pk_library_build(&arena, files, count, &library, &error) != PK_OK) {
        fprintf(stderr, "%s:%" PRIu32 ":%" PRIu32 ": %s\n", error.file, error.line, error.column,
                error.message);
        exit(1);
    }
    image.count = (size_t)(arena.next - (char *)image.word) / sizeof *image.word;
    return image;
}

/* Where in the image the word leads; SIZE_MAX: it is no pointer. */
static size_t target(const struct image *image, uintptr_t word)
{
    uintptr_t from = (uintptr_t)image->word;
    return word >= from && word - from < image->count * sizeof word ? word - from : SIZE_MAX;
}

static void write_words(const struct image *image, const struct image *again)
{
    for (size_t i = 0; i < image->count; i++) {
        uintptr_t word = image->word[i];
        size_t at = target(image, word);
        if (at != target(again, again->word[i]) || (at == SIZE_MAX && word != again->word[i])) {
            fprintf(stderr, "embed: word %zu is other each time the library is made\n", i);
            exit(1);
        }
        if (at != SIZE_MAX)
            printf("[%zu]=P(%zu),\n", i, at);
        else if (word)
            printf("[%zu]=N(0x%" PRIxPTR "),\n", i, word);
    }
}

int main(int count, char **words)
{
    enum { MOST = 1000 };
    static struct pk_built_file files[MOST];
    struct pk_arena arena;
    if (count < 3 || count > MOST) {
        fputs("usage: embed FOLDER FILE...\n", stderr);
        return 2;
    }
    pk_arena_init(&arena);
    for (int i = 2; i < count; i++)
        files[i - 2] =
            (struct pk_built_file){words[i] + strlen(words[1]) + 1, read_file(&arena, words[i])};
    struct image image = build(files, (size_t)count - 2), again = build(files, (size_t)count - 2);
    printf("#include \"profile/embedded.h\"\n"
           "#define P(at) ((const char *)image + (at))\n"
           "#define N(number) ((const char *)(uintptr_t)(number))\n"
           "_Static_assert(sizeof(void *) == %zu, \"made for other machines\");\n"
           "static const char *const image[%zu] = {\n",
           sizeof(void *), image.count);
    write_words(&image, &again);
    puts("};\n"
         "const struct pk_library *const pk_built_in ="
         " (const struct pk_library *)(const void *)image;");
    free(image.word);
    free(again.word);
    pk_arena_free(&arena);
    return fflush(stdout) == 0 ? 0 : 1;
}
