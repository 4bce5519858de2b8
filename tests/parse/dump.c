/* dump.c - print the blocks of a file, one a line, for compare.lua to hold against cmark.
 *
 *     dump [--plain] FILE        depth kind line end_line details
 *
 * Depth from 0, lines from 1, the end inclusive. Details: the level of a heading,
 * marker and number of a list, the words of leaf blocks are not printed.
 */
#include "parse/blocks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"document", "front", "heading", "paragraph", "list",
                                    "item",     "quote", "code",    "html",      "break",
                                    "table",    "row",   "cell",    "definition"};

static struct pk_view read_all(FILE *file)
{
    static char bytes[1 << 26];
    return (struct pk_view){bytes, fread(bytes, 1, sizeof bytes, file)};
}

static int depth_of(const struct pk_blocks *blocks, uint32_t block)
{
    int depth = 0;
    for (; block; block = blocks->block.items[block].parent)
        depth++;
    return depth;
}

static void print_block(const struct pk_blocks *blocks, uint32_t index)
{
    const struct pk_block *block = &blocks->block.items[index];
    printf("%d %s %u %u", depth_of(blocks, index), kinds[block->kind], block->line + 1,
           block->end_line);
    if (block->kind == PK_HEADING)
        printf(" %d%s", block->level, block->setext ? " setext" : "");
    if (block->kind == PK_LIST && (block->marker == '.' || block->marker == ')'))
        printf(" %c%u", block->marker, block->number);
    else if (block->kind == PK_LIST)
        printf(" *");
    if (block->kind == PK_CODE)
        printf(" %s", block->fenced ? "fenced" : "indented");
    printf("\n");
}

int main(int count, char **arguments)
{
    bool plain = count > 2 && strcmp(arguments[1], "--plain") == 0;
    FILE *file = count > 1 ? fopen(arguments[count - 1], "rb") : stdin;
    if (!file) {
        perror(arguments[count - 1]);
        return EXIT_FAILURE;
    }
    struct pk_view text = read_all(file);
    fclose(file);
    struct pk_arena arena;
    struct pk_blocks blocks;
    pk_arena_init(&arena);
    enum pk_status status = pk_parse(&arena, text, plain ? PK_PLAIN : PK_MARKDOWN, &blocks);
    for (uint32_t i = 0; status == PK_OK && i < blocks.block.count; i++)
        print_block(&blocks, i);
    pk_arena_free(&arena);
    return status == PK_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
