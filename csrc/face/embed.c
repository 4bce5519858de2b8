/* embed.c - write YAML files as C: run by the build, no part of what it builds.
 *
 *     embed FOLDER FILE...      files by their names below the folder
 */
#include "text/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct packing {
    struct pk_arena arena;
    struct pk_buffer text; /* keys and values */
    uint32_t nodes;
};

static uint32_t count_of(const struct pk_yaml *node)
{
    uint32_t count = 1;
    for (const struct pk_yaml *member = node->first; member; member = member->next)
        count += count_of(member);
    return count;
}

static uint32_t put(struct packing *packing, struct pk_view view)
{
    uint32_t at = (uint32_t)packing->text.length;
    pk_put(&packing->text, view);
    pk_putc(&packing->text, '\0'); /* as the reader of YAML leaves it */
    return at;
}

/* Numbers go by the order of the text: those inside a node follow it, then comes its sibling. */
static void write_node(struct packing *packing, const struct pk_yaml *node)
{
    uint32_t own = packing->nodes++;
    uint32_t first = node->first ? own + 1 : 0;
    uint32_t next = node->next ? own + count_of(node) : 0;
    printf("    {%u, %u, %u, %u, %u, %u, %u, %u, %u, %u, %d, %d},\n", put(packing, node->key),
           (unsigned)node->key.length, put(packing, node->value), (unsigned)node->value.length,
           first, next, node->line, node->column, node->key_line, node->key_column, (int)node->kind,
           node->quoted);
    for (const struct pk_yaml *member = node->first; member; member = member->next)
        write_node(packing, member);
}

static void write_text(struct pk_view text, int number)
{
    printf("static const unsigned char text_%d[] = {", number);
    for (size_t i = 0; i < text.length; i++)
        printf(i % 24 ? "%u," : "\n    %u,", (unsigned)(unsigned char)text.at[i]);
    puts("0};");
}

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

static uint32_t write_file(const char *path, int number)
{
    struct packing packing = {0};
    struct pk_yaml *root = NULL;
    struct pk_error error;
    pk_arena_init(&packing.arena);
    packing.text.arena = &packing.arena;
    enum pk_status status =
        pk_yaml_read(&packing.arena, read_file(&packing.arena, path), &root, &error);
    if (status != PK_OK || !root || packing.arena.failed) {
        fprintf(stderr, "%s:%u:%u: %s\n", path, error.line, error.column, error.message);
        exit(1);
    }
    printf("static const struct pk_packed_node node_%d[] = {\n", number);
    write_node(&packing, root);
    puts("};");
    write_text(pk_written(&packing.text), number);
    pk_arena_free(&packing.arena);
    return packing.nodes;
}

int main(int count, char **words)
{
    enum { MOST = 1000 };
    uint32_t nodes[MOST] = {0};
    size_t folder = count > 1 ? strlen(words[1]) + 1 : 0;
    if (count < 3 || count > MOST) {
        fputs("usage: embed FOLDER FILE...\n", stderr);
        return 2;
    }
    puts("#include \"profile/embedded.h\"");
    for (int i = 2; i < count; i++)
        nodes[i] = write_file(words[i], i);
    puts("const struct pk_embedded pk_embedded[] = {");
    for (int i = 2; i < count; i++)
        printf("    {\"%s\", (const char *)text_%d, node_%d, %u},\n", words[i] + folder, i, i,
               nodes[i]);
    puts("    {0}};");
    return fflush(stdout) == 0 ? 0 : 1;
}
