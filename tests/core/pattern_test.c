/* pattern_test.c - an author's patterns find titles, and none can take for ever. */
#include "profile/profile.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct pk_library *library;

static int open_library(void **state)
{
    struct pk_error error;
    (void)state;
    return (int)pk_library_open(&library, &error);
}

static int close_library(void **state)
{
    (void)state;
    pk_library_close(library);
    return 0;
}

static enum pk_status compile(const char *text, struct pk_pattern **pattern, struct pk_error *error)
{
    struct pk_yaml node = {.kind = PK_YAML_SCALAR, .line = 7, .column = 12};
    node.value = pk_view_of(text);
    *error = (struct pk_error){0};
    return pk_pattern_new(library, &node, PK_VIEW("ours.yaml"), pattern, error);
}

static enum pk_match find(const char *text, struct pk_view title, size_t *start, size_t *end)
{
    struct pk_pattern *pattern;
    struct pk_error error;
    assert_int_equal(compile(text, &pattern, &error), PK_OK);
    return pk_pattern_find(pattern, title, 0, start, end);
}

static void finds_titles_whatever_their_case(void **state)
{
    size_t start, end;
    (void)state;
    assert_int_equal(find("^бюджет\\b", PK_VIEW("БЮДЖЕТ 2026"), &start, &end), PK_MATCH);
    assert_int_equal(start, 0);
    assert_int_equal(end, 12);
    assert_int_equal(find("^бюджет\\b", PK_VIEW("бюджетирование"), &start, &end), PK_NO_MATCH);
}

static void finds_nothing_in_an_empty_text(void **state)
{
    size_t start, end;
    (void)state;
    assert_int_equal(find("x", PK_VIEW(""), &start, &end), PK_NO_MATCH);
    assert_int_equal(find("x*", (struct pk_view){NULL, 0}, &start, &end), PK_MATCH);
}

static void reads_bytes_that_are_no_utf8(void **state)
{
    size_t start, end;
    (void)state;
    assert_int_equal(find("b.d",
                          PK_VIEW("a\xFF\xFE"
                                  "bcd\xC3"),
                          &start, &end),
                     PK_MATCH);
    assert_int_equal(start, 3);
    assert_int_equal(find("a.b",
                          PK_VIEW("a\xFF"
                                  "b"),
                          &start, &end),
                     PK_NO_MATCH);
    assert_int_equal(find("a.b", PK_VIEW("a\0b"), &start, &end), PK_MATCH);
}

/* PCRE2 before 10.38 lets \K stand in a lookahead, later ones refuse it. */
static void never_gives_a_start_behind_the_end(void **state)
{
    struct pk_pattern *pattern;
    struct pk_error error;
    size_t start, end;
    (void)state;
    assert_int_equal(find("a\\Kb", PK_VIEW("ab"), &start, &end), PK_MATCH);
    assert_int_equal(start, 1);
    if (compile("(?=ab\\K)", &pattern, &error) != PK_OK)
        return;
    assert_int_equal(pk_pattern_find(pattern, PK_VIEW("ab"), 0, &start, &end), PK_MATCH);
    assert_true(start <= end && end <= 2);
}

static void refuses_what_is_no_pattern(void **state)
{
    struct pk_pattern *pattern;
    struct pk_error error;
    (void)state;
    assert_int_equal(compile("(unclosed", &pattern, &error), PK_EINPUT);
    assert_null(pattern);
    assert_int_equal(error.line, 7);
    assert_int_equal(error.column, 12);
    assert_non_null(strstr(error.message, "after 9 bytes"));
    assert_int_equal(compile("a\\Cb", &pattern, &error), PK_EINPUT);
    char *wide = calloc(1, 4000);
    memset(wide, 'a', 3999);
    assert_int_equal(compile(wide, &pattern, &error), PK_EINPUT);
    free(wide);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void stops_at_a_limit(void **state)
{
    static const char *const costly[] = {"^(a+)+$", "(a|aa)+$", "^(a|a?)+$", "(.*a){12}$",
                                         "^((a*)*)*$"};
    char text[4001];
    size_t start, end;
    (void)state;
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'b';
    for (size_t i = 0; i < sizeof costly / sizeof *costly; i++) {
        double begin = seconds();
        enum pk_match match = find(costly[i], (struct pk_view){text, sizeof text}, &start, &end);
        if (match != PK_MATCH_LIMIT || seconds() - begin > 0.5)
            fail_msg("%s: %d after %.3f s", costly[i], match, seconds() - begin);
    }
}

/* Some 2^18 steps: PCRE2's own limit would let them pass. */
static void the_limit_is_low(void **state)
{
    size_t start, end;
    (void)state;
    assert_int_equal(find("^(a+)+$", PK_VIEW("aaaaaaaaaaaaaaaaaab"), &start, &end), PK_MATCH_LIMIT);
    assert_int_equal(find("^(a+)+$", PK_VIEW("aaaaab"), &start, &end), PK_NO_MATCH);
}

static void stops_without_the_compiler_too(void **state)
{
    setenv("PROTOKOL_NO_JIT", "1", 1);
    stops_at_a_limit(state);
    the_limit_is_low(state);
    finds_titles_whatever_their_case(state);
    unsetenv("PROTOKOL_NO_JIT");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_library, close_library)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_titles_whatever_their_case),
        TEST(finds_nothing_in_an_empty_text),
        TEST(reads_bytes_that_are_no_utf8),
        TEST(never_gives_a_start_behind_the_end),
        TEST(refuses_what_is_no_pattern),
        TEST(stops_at_a_limit),
        TEST(the_limit_is_low),
        TEST(stops_without_the_compiler_too),
    };
    return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
