/* yaml_test.c - YAML becomes a tree with true places; what is refused says where. */
#include "text/yaml.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static int open_arena(void **state)
{
    struct pk_arena *arena = malloc(sizeof *arena);
    pk_arena_init(arena);
    *state = arena;
    return 0;
}

static int close_arena(void **state)
{
    pk_arena_free(*state);
    free(*state);
    return 0;
}

static struct pk_yaml *read_view(void **state, struct pk_view text)
{
    struct pk_error error;
    struct pk_yaml *root = NULL;
    if (pk_yaml_read(*state, text, &root, &error) != PK_OK)
        fail_msg("%u:%u: %s", error.line, error.column, error.message);
    return root;
}

static struct pk_yaml *read_text(void **state, const char *text)
{
    return read_view(state, pk_view_of(text));
}

static void assert_view(struct pk_view view, const char *expected)
{
    if (!pk_is(view, expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)view.length, view.at, expected);
}

static void assert_refused(void **state, struct pk_view text, const char *message, uint32_t line,
                           uint32_t column)
{
    struct pk_error error;
    struct pk_yaml *root = NULL;
    assert_int_equal(pk_yaml_read(*state, text, &root, &error), PK_EINPUT);
    assert_null(root);
    if (!strstr(error.message, message))
        fail_msg("\"%s\" does not say \"%s\"", error.message, message);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void assert_refused_text(void **state, const char *text, const char *message, uint32_t line,
                                uint32_t column)
{
    assert_refused(state, pk_view_of(text), message, line, column);
}

static struct pk_view repeated(const char *piece, size_t length)
{
    char *bytes = malloc(length);
    assert_non_null(bytes);
    for (size_t i = 0; i < length; i++)
        bytes[i] = piece[i % strlen(piece)];
    return (struct pk_view){bytes, length};
}

/* -- What is read -- */

static void keeps_lists_and_maps_in_order(void **state)
{
    struct pk_yaml *root = read_text(state, "b: 1\na: [x, y]\nc: {d: z}\n");
    assert_int_equal(root->kind, PK_YAML_MAP);
    assert_view(root->first->key, "b");
    assert_view(root->first->next->key, "a");
    assert_view(pk_yaml_get(root, "a")->first->next->value, "y");
    assert_view(pk_yaml_get(pk_yaml_get(root, "c"), "d")->value, "z");
    assert_null(pk_yaml_get(root, "missing"));
}

static void counts_columns_in_bytes(void **state)
{
    const char *text = "имя: Анна\nё: {ä: мир, я: да}\n";
    struct pk_yaml *root = read_text(state, text);
    const struct pk_yaml *name = root->first, *last = name->next->first->next;
    assert_int_equal(name->line, 1);
    assert_int_equal(name->column, 9);
    assert_int_equal(name->key_column, 1);
    assert_view(pk_slice(pk_view_of(text), name->span), "Анна");
    assert_int_equal(last->line, 2);
    assert_view(pk_slice(pk_view_of(text), last->span), "да");
    assert_view(pk_slice(pk_view_of(text), last->key_span), "я");
}

static void spans_end_with_what_they_hold(void **state)
{
    const char *text = "list:\n  - one\n  - two\n\n\nflow: [a, b ]\nblock: |\n  x\n  y\n";
    struct pk_yaml *root = read_text(state, text);
    struct pk_view view = pk_view_of(text);
    assert_view(pk_slice(view, pk_yaml_get(root, "list")->span), "- one\n  - two");
    assert_view(pk_slice(view, pk_yaml_get(root, "flow")->span), "[a, b ]");
    assert_view(pk_yaml_get(root, "block")->value, "x\ny\n");
}

static void takes_crlf_and_a_byte_order_mark(void **state)
{
    struct pk_yaml *root = read_text(state, "\xEF\xBB\xBF"
                                            "a: 1\r\nb: 2\r\n");
    assert_view(root->first->value, "1");
    assert_int_equal(root->first->next->line, 2);
    assert_int_equal(root->first->next->column, 4);
}

static void tells_null_from_text(void **state)
{
    struct pk_yaml *root = read_text(state, "a:\nb: ~\nc: 'null'\nd: null\ne: \"\"\nf: no\n");
    assert_true(pk_yaml_is_null(pk_yaml_get(root, "a")));
    assert_true(pk_yaml_is_null(pk_yaml_get(root, "b")));
    assert_false(pk_yaml_is_null(pk_yaml_get(root, "c")));
    assert_true(pk_yaml_is_null(pk_yaml_get(root, "d")));
    assert_false(pk_yaml_is_null(pk_yaml_get(root, "e")));
    assert_false(pk_yaml_is_null(pk_yaml_get(root, "f")));
    assert_true(pk_yaml_is_null(pk_yaml_get(root, "missing")));
}

static void finds_nothing_in_an_empty_text(void **state)
{
    assert_null(read_text(state, ""));
    assert_null(read_text(state, "# only a remark\n"));
}

static void takes_sixteen_levels(void **state)
{
    read_text(state, "[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]");
}

/* -- What is refused -- */

static void refuses_aliases_and_anchors(void **state)
{
    assert_refused_text(state, "a: &x 1\nb: *x\n", "anchors", 1, 4);
    assert_refused_text(state, "b: *x\n", "aliases", 1, 4);
    assert_refused_text(state, "a:\n  - &l [1]\n", "anchors", 2, 5);
    assert_refused_text(state, "*x : 1\n", "aliases", 1, 1);
}

static void refuses_tags(void **state)
{
    assert_refused_text(state, "a: !!python/object:os.system x\n", "tags", 1, 4);
    assert_refused_text(state, "a: !x {b: c}\n", "tags", 1, 4);
}

static void refuses_twins(void **state)
{
    assert_refused_text(state, "a: 1\nб: 2\n\"a\": 3\n", "\"a\" stands here twice", 3, 1);
    assert_refused_text(state, "x: {k: 1, l: 2, k: 3}\n", "\"k\" stands here twice", 1, 17);
    read_text(state, "x: {k: 1}\ny: {k: 1}\n");
    struct pk_view maps = repeated("- {k: 1, l: 2}\n", 15 * 5000); /* alike, each in its own map */
    read_view(state, maps);
    free((char *)maps.at);
}

static void refuses_keys_that_are_no_words(void **state)
{
    assert_refused_text(state, "[a, b]: c\n", "key must be a word", 1, 1);
    assert_refused_text(state, "? {a: b}\n: c\n", "key must be a word", 1, 3);
    assert_refused_text(state, "a: 1\n\"\": 2\n", "key is empty", 2, 1);
}

static void refuses_a_second_document(void **state)
{
    assert_refused_text(state, "a: 1\n---\nb: 2\n", "second document", 2, 1);
}

static void refuses_the_seventeenth_level(void **state)
{
    assert_refused_text(state, "[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]", "16 deep", 1, 17);
    assert_refused_text(state, "- - - - - - - - - - - - - - - - - x", "16 deep", 1, 33);
}

static void refuses_broken_text_with_its_place(void **state)
{
    struct pk_error error;
    struct pk_yaml *root;
    assert_refused_text(state, "я: 1\nб: 'x\n", "quoted scalar", 3, 1);
    assert_refused_text(state, "a: [1, 2\n", "flow sequence", 2, 1);
    assert_refused(state, PK_VIEW("a: 1\nb: \xFF\n"), "UTF-8", 2, 4);
    assert_refused(state, PK_VIEW("a: 1\nяя: \0\n"), "control characters", 2, 7);
    assert_int_equal(pk_yaml_read(*state, PK_VIEW("\xFF\xFE\x61\x00"), &root, &error), PK_EINPUT);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Text made to take for ever is answered at once: 0.2 s is a hundred times what it takes. */
static void refuses_hostile_text_at_once(void **state)
{
    static const char *const pieces[] = {"[",  "{",    "[\n",   "- ",  "? ", "{a: ", "[{",
                                         "&a", "a: &", "? [\n", "{? ", "!",  "\"",   "|\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct pk_view text = repeated(pieces[i], 256 * 1024);
        struct pk_yaml *root;
        struct pk_error error;
        double start = seconds();
        enum pk_status status = pk_yaml_read(*state, text, &root, &error);
        double taken = seconds() - start;
        free((char *)text.at);
        if (status != PK_EINPUT || taken > 0.2)
            fail_msg("\"%s\": status %d after %.3f s", pieces[i], status, taken);
    }
}

static void refuses_more_than_256_kib(void **state)
{
    struct pk_view text = repeated("# a remark\n", 300 * 1024);
    assert_refused(state, text, "256 KiB", 0, 0);
    free((char *)text.at);
}

static void refuses_more_than_50000_values(void **state)
{
    struct pk_view text = repeated("- a\n", 200 * 1024);
    assert_refused(state, text, "50,000", 50000, 3);
    free((char *)text.at);
}

/* -- Merging -- */

static void merges_maps_and_lists_by_id(void **state)
{
    struct pk_yaml *base = read_text(state, "a: 1\nm: {x: 1, y: 2}\nl: [p, q]\n"
                                            "s:\n  - {id: one, k: 1}\n  - {id: two, k: 2}\n");
    struct pk_yaml *over = read_text(state, "m: {y: 3, z: 4}\nl: [r]\nb: 2\n"
                                            "s:\n  - {id: two, k: 5}\n  - {id: three, k: 6}\n");
    struct pk_yaml *merged = pk_yaml_merge(*state, base, over);
    assert_view(pk_yaml_get(merged, "a")->value, "1");
    assert_view(pk_yaml_get(merged, "b")->value, "2");
    assert_view(pk_yaml_get(pk_yaml_get(merged, "m"), "x")->value, "1");
    assert_view(pk_yaml_get(pk_yaml_get(merged, "m"), "y")->value, "3");
    assert_view(pk_yaml_get(merged, "l")->first->value, "r");
    assert_null(pk_yaml_get(merged, "l")->first->next);
    struct pk_yaml *section = pk_yaml_get(merged, "s")->first;
    assert_view(pk_yaml_get(section, "id")->value, "one");
    assert_view(pk_yaml_get(section->next, "k")->value, "5");
    assert_view(pk_yaml_get(section->next->next, "id")->value, "three");
    assert_view(pk_yaml_get(base, "l")->first->value, "p"); /* the base stays as it was */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_lists_and_maps_in_order),
        TEST(counts_columns_in_bytes),
        TEST(spans_end_with_what_they_hold),
        TEST(takes_crlf_and_a_byte_order_mark),
        TEST(tells_null_from_text),
        TEST(finds_nothing_in_an_empty_text),
        TEST(takes_sixteen_levels),
        TEST(refuses_aliases_and_anchors),
        TEST(refuses_tags),
        TEST(refuses_twins),
        TEST(refuses_keys_that_are_no_words),
        TEST(refuses_a_second_document),
        TEST(refuses_the_seventeenth_level),
        TEST(refuses_broken_text_with_its_place),
        TEST(refuses_hostile_text_at_once),
        TEST(refuses_more_than_256_kib),
        TEST(refuses_more_than_50000_values),
        TEST(merges_maps_and_lists_by_id),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
