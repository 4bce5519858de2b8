/* pathological_test.c - shapes that take a careless parser hours take us no time. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parse/blocks.h"

enum { TIMES = 50000 };

/* `before`, then `shape` over and over, then `after` as often. */
static const struct {
    const char *before, *shape, *after;
} shapes[] = {
    {"", "> ", ""},
    {"", "- ", ""},
    {"", "1. ", ""},
    {"", "> - ", ""},
    {"- - - - - - - - - - - - - - - - - - - - x\n", "\n", ""},
    {"> > > > > > > > > > > > > > > > > > > > x\n", "lazy\n", ""},
    {"", "[a](b", ""},
    {"", "[a](<b", ""},
    {"", "[a](b \"", ""},
    {"", "[a](b (c", ""},
    {"", "[a](()", ""},
    {"[a](", "(", ""},
    {"", "[", "]"},
    {"", "[", "](b)"},
    {"", "![", "](b)"},
    {"", "![[]()", ""},
    {"", "[a][b", ""},
    {"", "a]", ""},
    {"", "`", ""},
    {"", "``a`", ""},
    {"", "*a **a ", ""},
    {"", "a**b c* ", ""},
    {"", "*a_ ", ""},
    {"", "a*_~~", ""},
    {"", "*", ""},
    {"", "**a", ""},
    {"", "_a__a ", ""},
    {"", "<", ""},
    {"", "<a b='", ""},
    {"", "<a b='<a b=' ", ""},
    {"<a ", "x ", ""},
    {"", "<!--", ""},
    {"", "<?", ""},
    {"", "<![CDATA[", ""},
    {"", "<a:", ""},
    {"", "\\", ""},
    {"", "|", ""},
    {"", "a|", ""},
    {"", "-|", ""},
    {"", "|\n", ""},
    {"", "[a]: b\n", ""},
    {"", "[a]: b '\n", ""},
    {"", "[a]:\n", ""},
    {"", "[a\n", ""},
    {"", "- a\n+ b\n", ""},
    {"", "```\n", ""},
    {"", "a\n---\n", ""},
    {"", "<div>\n", ""},
    {"", "\r", "\n"},
    {"", "\n", "\r"},
    {"", "\t", ""},
    {"---\n", "a: b\n", ""},
};

static struct pk_view build(struct pk_arena *arena, size_t shape)
{
    struct pk_buffer out = {.arena = arena};
    pk_puts(&out, shapes[shape].before);
    for (int i = 0; i < TIMES; i++)
        pk_puts(&out, shapes[shape].shape);
    for (int i = 0; i < TIMES; i++)
        pk_puts(&out, shapes[shape].after);
    return pk_written(&out);
}

/* What grows with the square of 50,000 takes seconds; the rest, milliseconds. Ten
 * seconds over all shapes leave room for sanitizers on a slow machine. */
static void test_time_grows_with_length(void **state)
{
    (void)state;
    clock_t start = clock();
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct pk_arena arena;
        struct pk_blocks blocks;
        struct pk_flow flow;
        clock_t before = clock();
        pk_arena_init(&arena);
        assert_int_equal(pk_parse(&arena, build(&arena, i), PK_MARKDOWN, &blocks), PK_OK);
        for (uint32_t b = 0; b < blocks.block.count; b++)
            if (blocks.block.items[b].segment_count)
                assert_int_equal(pk_flow(&arena, &blocks, b, &flow), PK_OK);
        pk_arena_free(&arena);
        if (clock() - before > 1 * CLOCKS_PER_SEC)
            print_error("\"%s\" takes %ld ms\n", shapes[i].shape,
                        (long)((clock() - before) * 1000 / CLOCKS_PER_SEC));
    }
    assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_time_grows_with_length)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
