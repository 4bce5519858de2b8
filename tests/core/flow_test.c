/* flow_test.c - the words of a block without markup, and where they stand in the document. */
#include "with_arena.h"

#include <string.h>

#include "parse/blocks.h"

static struct pk_blocks blocks;
static struct pk_flow flow;

/* The flow of the first paragraph, heading or cell. */
static void flow_of(const char *markdown)
{
    assert_int_equal(pk_parse(&arena, pk_view_of(markdown), PK_MARKDOWN, &blocks), PK_OK);
    for (uint32_t i = 0; i < blocks.block.count; i++) {
        enum pk_block_kind kind = (enum pk_block_kind)blocks.block.items[i].kind;
        if (kind == PK_PARAGRAPH || kind == PK_HEADING || kind == PK_CELL) {
            assert_int_equal(pk_flow(&arena, &blocks, i, &flow), PK_OK);
            return;
        }
    }
    fail_msg("no words in %s", markdown);
}

static void assert_view(struct pk_view view, const char *expected)
{
    struct pk_view copy = pk_copy(&arena, view);
    assert_string_equal(copy.at, expected);
    assert_int_equal(view.length, strlen(expected));
}

static void assert_flow(const char *markdown, const char *expected)
{
    flow_of(markdown);
    assert_view(flow.text, expected);
}

/* Where the words stand in the flow. */
static size_t find(const char *words)
{
    struct pk_view copy = pk_copy(&arena, flow.text);
    const char *found = strstr(copy.at, words);
    if (!found)
        fail_msg("\"%s\" is not in \"%s\"", words, copy.at);
    return (size_t)(found - copy.at);
}

/* The document's own bytes for words of the flow. */
static void assert_source(const char *words, const char *expected)
{
    size_t start = find(words);
    struct pk_span span = pk_flow_span(&flow, start, start + strlen(words));
    assert_view(pk_slice(blocks.text, span), expected);
}

static void assert_style(const char *words, uint32_t style)
{
    size_t start = find(words);
    for (size_t i = start; i < start + strlen(words); i++)
        assert_int_equal(pk_flow_style(&flow, i), style);
}

static void test_plain_words_are_not_copied(void **state)
{
    (void)state;
    assert_flow("Протокол встречи\n", "Протокол встречи");
    assert_ptr_equal(flow.text.at, blocks.text.at);
}

static void test_line_end_becomes_one_blank(void **state)
{
    (void)state;
    assert_flow("до конца  \n   недели\n", "до конца недели");
    assert_flow("one\\\ntwo", "one two");
    assert_flow("one <br>\ntwo<br/>three", "one two three");
    assert_flow("> one\r\n> *two*\r\n", "one two");
    assert_source("one two", "one\r\n> *two");
    assert_source("two", "two");
}

static void test_emphasis_is_dropped(void **state)
{
    (void)state;
    assert_flow("**Jürgen** prüft *das* Übermaß", "Jürgen prüft das Übermaß");
    assert_style("Jürgen", PK_STRONG);
    assert_style(" prüft ", 0);
    assert_style("das", PK_EMPHASIS);
    assert_source("Jürgen", "Jürgen");
    assert_source("Jürgen prüft", "Jürgen** prüft");
    assert_source("das Übermaß", "das* Übermaß");
    assert_flow("***both*** __Action Item__: x", "both Action Item: x");
    assert_style("both", PK_STRONG | PK_EMPHASIS);
    assert_style("Action Item", PK_STRONG);
    assert_flow("~~ACTION - all~~ now", "ACTION - all now");
    assert_style("ACTION - all", PK_STRUCK);
    assert_flow("*one**two**three*", "onetwothree");
    assert_style("one", PK_EMPHASIS);
    assert_style("two", PK_EMPHASIS | PK_STRONG);
}

static void test_strong_may_touch_a_word(void **state)
{
    (void)state;
    assert_flow("**Решили:**Иванов, **срок:**завтра", "Решили:Иванов, срок:завтра");
    assert_style("Решили:", PK_STRONG);
    assert_style("Иванов, ", 0);
    assert_style("срок:", PK_STRONG);
}

static void test_marks_that_are_no_markup_stay(void **state)
{
    (void)state;
    assert_flow("a * b, 2 ** 3, snake_case_name, _x", "a * b, 2 ** 3, snake_case_name, _x");
    assert_flow("5*, ~5 people, 3 < 4 > 2", "5*, ~5 people, 3 < 4 > 2");
    assert_flow("*open **and open", "*open **and open");
    assert_flow("snake_case_ name, ~one~ ~~~three~~~", "snake_case_ name, ~one~ ~~~three~~~");
    assert_flow("*[a*](b)", "*a*");
    assert_flow("a `tick", "a `tick");
    assert_flow("\\*no\\* \\d", "*no* \\d");
}

static void test_code_keeps_its_text(void **state)
{
    (void)state;
    assert_flow("run `make *all*` and `` a`b ``!", "run make *all* and a`b!");
    assert_style("make *all*", PK_CODE_SPAN);
    assert_style("a`b", PK_CODE_SPAN);
    assert_source("make *all* and", "make *all*` and");
}

static void test_links_keep_their_text(void **state)
{
    (void)state;
    assert_flow("see [the *plan*](http://x.example/a_(b) \"t\") now", "see the plan now");
    assert_style("the ", PK_LINK);
    assert_style("plan", PK_LINK | PK_EMPHASIS);
    assert_style(" now", 0);
    assert_flow("![logo](a.png) [old][minutes] x", "logo old x");
    assert_flow("<https://x.example/?a_b_> <anna@x.example>",
                "https://x.example/?a_b_ anna@x.example");
    assert_style("anna@x.example", PK_LINK);
}

static void test_brackets_that_are_no_link_stay(void **state)
{
    (void)state;
    assert_flow("ACTION [Anna]: *do* [x] it [](", "ACTION [Anna]: do [x] it [](");
    assert_flow("[a](b c) [**ACTION - Lee**] -", "[a](b c) [ACTION - Lee] -");
    assert_flow("[a [b](c) d](e)", "[a b d](e)");
}

static void test_html_is_dropped(void **state)
{
    (void)state;
    assert_flow("a <b class='x'>bold</b><!-- no *word* --> z", "a bold z");
    assert_flow("x <? y ?> <2026-06-15 Mon>", "x  <2026-06-15 Mon>");
}

static void test_cells_unescape_pipes(void **state)
{
    (void)state;
    assert_flow("| a\\|`b\\|c` |\n|---|\n", "a|b|c");
    assert_source("b|c", "b\\|c");
}

static void test_heading_words(void **state)
{
    (void)state;
    assert_flow("## *Agenda* ##\n", "Agenda");
    assert_flow("Top\n*1*\n===\n", "Top 1");
    assert_flow("#\n", "");
    assert_int_equal(pk_flow_span(&flow, 0, 0).start, 0);
}

static void test_any_bytes(void **state)
{
    (void)state;
    assert_flow("a\xff*\xc3*\xe2\x82 b", "a\xff\xc3\xe2\x82 b");
    assert_source("\xe2\x82 b", "\xe2\x82 b");
    struct pk_span all = {0, 7};
    assert_int_equal(pk_parse(&arena, (struct pk_view){"x \0 *y*", 7}, PK_MARKDOWN, &blocks),
                     PK_OK);
    assert_int_equal(pk_flow_segments(&arena, &blocks, &all, 1, &flow), PK_OK);
    assert_int_equal(flow.text.length, 5);
    assert_memory_equal(flow.text.at, "x \0 y", 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain_words_are_not_copied, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_line_end_becomes_one_blank, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_emphasis_is_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_strong_may_touch_a_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_marks_that_are_no_markup_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_code_keeps_its_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_links_keep_their_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_brackets_that_are_no_link_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_html_is_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cells_unescape_pipes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_heading_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_any_bytes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
