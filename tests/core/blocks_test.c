/* blocks_test.c - what the block parser makes of a text: kinds, lines, spans, segments. */
#include "with_arena.h"

#include <stdlib.h>
#include <string.h>

#include "parse/blocks.h"

static struct pk_blocks blocks;

static void parse_as(struct pk_view text, enum pk_markup markup)
{
    assert_int_equal(pk_parse(&arena, text, markup, &blocks), PK_OK);
}

static void parse(const char *markdown)
{
    parse_as(pk_view_of(markdown), PK_MARKDOWN);
}

/* The n-th block (from 1) of that kind. */
static const struct pk_block *nth(enum pk_block_kind kind, int n)
{
    for (uint32_t i = 0; i < blocks.block.count; i++)
        if (blocks.block.items[i].kind == kind && --n == 0)
            return &blocks.block.items[i];
    fail_msg("no such block");
    abort();
}

static int count(enum pk_block_kind kind)
{
    int found = 0;
    for (uint32_t i = 0; i < blocks.block.count; i++)
        found += blocks.block.items[i].kind == kind;
    return found;
}

static void assert_span(struct pk_span span, const char *expected)
{
    assert_string_equal(pk_copy(&arena, pk_slice(blocks.text, span)).at, expected);
}

/* The segments with '|' between them. */
static void assert_segments(const struct pk_block *block, const char *expected)
{
    struct pk_buffer out = {.arena = &arena};
    for (uint32_t i = 0; i < block->segment_count; i++) {
        pk_puts(&out, i ? "|" : "");
        pk_put(&out, pk_slice(blocks.text, blocks.segment.items[block->segment + i]));
    }
    assert_string_equal(pk_copy(&arena, pk_written(&out)).at, expected);
}

static void assert_lines(const struct pk_block *block, uint32_t line, uint32_t end_line)
{
    assert_int_equal(block->line, line);
    assert_int_equal(block->end_line, end_line);
}

/* -- Front matter -- */

static void test_front_matter(void **state)
{
    (void)state;
    parse("\xEF\xBB\xBF---\ntitle: Встреча\nplace: x\n...  \n# A\n");
    const struct pk_block *front = nth(PK_FRONT_MATTER, 1);
    assert_segments(front, "title: Встреча|place: x");
    assert_lines(front, 0, 4);
    assert_int_equal(front->span.start, 3);
    assert_span(nth(PK_HEADING, 1)->span, "# A");
}

static void test_what_is_no_front_matter(void **state)
{
    (void)state;
    const char *none[] = {"---\ntitle: x\n", "---\n\ntext\n\n---\n", " ---\na: b\n---\n",
                          "text\n---\na: b\n---\n", "----\na: b\n----\n"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        parse(none[i]);
        assert_int_equal(count(PK_FRONT_MATTER), 0);
    }
    parse("---\n---\n");
    assert_int_equal(nth(PK_FRONT_MATTER, 1)->segment_count, 0);
}

/* -- Leaf blocks -- */

static void test_headings(void **state)
{
    (void)state;
    parse("##  Повестка дня ##\n\nTwo\nlines\n=====\n#\n");
    const struct pk_block *atx = nth(PK_HEADING, 1), *setext = nth(PK_HEADING, 2);
    assert_int_equal(atx->level, 2);
    assert_false(atx->setext);
    assert_segments(atx, "Повестка дня");
    assert_span(atx->span, "##  Повестка дня ##");
    assert_int_equal(setext->level, 1);
    assert_true(setext->setext);
    assert_segments(setext, "Two|lines");
    assert_lines(setext, 2, 5);
    assert_span(setext->span, "Two\nlines\n=====");
    assert_int_equal(nth(PK_HEADING, 3)->segment_count, 1);
    assert_segments(nth(PK_HEADING, 3), "");
}

static void test_paragraph_segments_are_trimmed(void **state)
{
    (void)state;
    parse("  one  \n\t two\n\n> a\n>b\nc\n");
    assert_segments(nth(PK_PARAGRAPH, 1), "one|two");
    assert_segments(nth(PK_PARAGRAPH, 2), "a|b|c");
    assert_int_equal(blocks.words, 5);
    assert_span(nth(PK_QUOTE, 1)->span, "> a\n>b\nc");
    parse("> a\n>\n\nb\n");
    assert_span(nth(PK_QUOTE, 1)->span, "> a\n>");
}

static void test_code(void **state)
{
    (void)state;
    parse("- ```lua  \n    x = 1\n\n  ```\n\n      indented\n       more\n\nend\n");
    const struct pk_block *fenced = nth(PK_CODE, 1), *indented = nth(PK_CODE, 2);
    assert_true(fenced->fenced);
    assert_span(fenced->box, "lua");
    assert_segments(fenced, "  x = 1|");
    assert_lines(fenced, 0, 4);
    assert_false(indented->fenced);
    assert_segments(indented, "indented| more");
    assert_lines(indented, 5, 7);
}

static void test_html_and_comments(void **state)
{
    (void)state;
    parse("<!-- x\n\ny --> z\n\n<div>\n *a*\n\nb\n");
    assert_true(nth(PK_HTML, 1)->comment);
    assert_segments(nth(PK_HTML, 1), "<!-- x||y --> z");
    assert_false(nth(PK_HTML, 2)->comment);
    assert_segments(nth(PK_HTML, 2), "<div>| *a*");
    assert_segments(nth(PK_PARAGRAPH, 1), "b");
    parse("text\n<search>\ntext\n<source>\n"); /* as of CommonMark 0.31 */
    assert_int_equal(count(PK_HTML), 1);
    assert_segments(nth(PK_HTML, 1), "<search>|text|<source>");
    parse("text\n<source>\n");
    assert_int_equal(count(PK_HTML), 0);
}

static void test_definitions(void **state)
{
    (void)state;
    parse("[a]: /u\n  'title\n  here'\n[b]: <x y>\nwords\n[c]: no\n");
    assert_int_equal(count(PK_DEFINITION), 2);
    assert_lines(nth(PK_DEFINITION, 1), 0, 3);
    assert_segments(nth(PK_DEFINITION, 2), "[b]: <x y>");
    assert_segments(nth(PK_PARAGRAPH, 1), "words|[c]: no");
    assert_lines(nth(PK_PARAGRAPH, 1), 4, 6);
    assert_int_equal(blocks.words, 3);
}

static void test_many_definitions(void **state)
{
    (void)state;
    enum { MANY = 3000 };
    struct pk_buffer out = {.arena = &arena};
    for (int i = 0; i < MANY; i++)
        pk_puts(&out, "[a]: /u\nwords\n\n");
    parse_as(pk_written(&out), PK_MARKDOWN);
    assert_int_equal(count(PK_DEFINITION), MANY);
    assert_int_equal(count(PK_PARAGRAPH), MANY);
    assert_lines(nth(PK_PARAGRAPH, MANY), 3 * MANY - 2, 3 * MANY - 1);
}

/* -- Lists -- */

static void test_task_states(void **state)
{
    (void)state;
    static const struct {
        const char *item;
        enum pk_task task;
        const char *words;
    } cases[] = {
        {"- [ ] позвонить", PK_TASK_OPEN, "позвонить"},
        {"* [] call", PK_TASK_OPEN, "call"},
        {"1. [x] call", PK_TASK_DONE, "call"},
        {"+ [X]  call", PK_TASK_DONE, "call"},
        {"- [-] call", PK_TASK_DROPPED, "call"},
        {"- [/] call", PK_TASK_STARTED, "call"},
        {"2) [>] call", PK_TASK_CARRIED, "call"},
        {"- [ ]", PK_TASK_OPEN, ""},
        {"- [x](url) call", PK_TASK_NONE, "[x](url) call"},
        {"- [y] call", PK_TASK_NONE, "[y] call"},
        {"- [x]call", PK_TASK_NONE, "[x]call"},
        {"- a [x] b", PK_TASK_NONE, "a [x] b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse(cases[i].item);
        assert_int_equal(nth(PK_ITEM, 1)->task, cases[i].task);
        assert_segments(nth(PK_PARAGRAPH, 1), cases[i].words);
    }
    parse("- [x] a");
    assert_span(nth(PK_ITEM, 1)->box, "[x]");
    assert_span(nth(PK_PARAGRAPH, 1)->span, "a");
    parse("- a\n\n  [x] b");
    assert_int_equal(nth(PK_ITEM, 1)->task, PK_TASK_NONE);
}

static void test_wrapped_items(void **state)
{
    (void)state;
    parse("- [ ] Anna sends\n  the draft\nby Friday\n- next\n");
    assert_segments(nth(PK_PARAGRAPH, 1), "Anna sends|the draft|by Friday");
    assert_lines(nth(PK_ITEM, 1), 0, 3);
    assert_span(nth(PK_ITEM, 2)->span, "- next");
}

static void test_nested_lists(void **state)
{
    (void)state;
    parse("1. a\n   - b\n     - c\n   - d\n2. e\n\n\ntext\n");
    const struct pk_block *list = nth(PK_LIST, 1), *b = nth(PK_ITEM, 2);
    assert_int_equal(list->marker, '.');
    assert_lines(list, 0, 5);
    assert_int_equal(b->marker, '-');
    assert_int_equal(blocks.block.items[b->next].kind, PK_ITEM);
    assert_span(blocks.block.items[b->next].span, "- d");
    assert_int_equal(blocks.block.items[b->parent].kind, PK_LIST);
    assert_int_equal(nth(PK_ITEM, 5)->number, 2);
    assert_int_equal(blocks.block.items[list->next].kind, PK_PARAGRAPH);
    assert_int_equal(list->parent, 0);
}

static void test_other_marker_is_another_list(void **state)
{
    (void)state;
    parse("- a\n* b\n7. c\n8) d\n");
    assert_int_equal(count(PK_LIST), 4);
    assert_int_equal(nth(PK_LIST, 3)->number, 7);
    assert_int_equal(nth(PK_LIST, 4)->marker, ')');
}

/* -- Tables -- */

static void test_table(void **state)
{
    (void)state;
    parse("Intro\n| Task | Owner |\n|:--|--:|\n| a \\| b | Ёлкин |\nx | y | z\n| |\n\nend\n");
    assert_segments(nth(PK_PARAGRAPH, 1), "Intro");
    assert_lines(nth(PK_PARAGRAPH, 1), 0, 1);
    assert_lines(nth(PK_TABLE, 1), 1, 6);
    assert_int_equal(count(PK_ROW), 4);
    assert_lines(nth(PK_ROW, 2), 3, 4);
    assert_span(nth(PK_ROW, 2)->span, "| a \\| b | Ёлкин |");
    assert_span(nth(PK_CELL, 1)->span, "Task");
    assert_segments(nth(PK_CELL, 3), "a \\| b");
    assert_segments(nth(PK_CELL, 4), "Ёлкин");
    assert_segments(nth(PK_CELL, 7), "z");
    assert_segments(nth(PK_CELL, 8), "");
    assert_int_equal(nth(PK_CELL, 8)->segment_count, 1);
    assert_segments(nth(PK_PARAGRAPH, 2), "end");
}

static void test_table_ends_at_another_block(void **state)
{
    (void)state;
    parse("> a | b\n> - | -\n> 1 | 2\nout | side\n");
    assert_int_equal(count(PK_ROW), 2);
    assert_segments(nth(PK_PARAGRAPH, 1), "out | side");
    parse("| a |\n|---|\n| 1 |\n# h\n");
    assert_int_equal(count(PK_HEADING), 1);
    assert_int_equal(count(PK_ROW), 2);
}

static void test_what_is_no_table(void **state)
{
    (void)state;
    const char *none[] = {"| a | b |\n|---|\n", "a\n:--\n",         "| a |\n| b |\n",
                          "\n|---|\n",          "| a |\n\n|---|\n", "    | a |\n    |---|\n"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        parse(none[i]);
        assert_int_equal(count(PK_TABLE), 0);
    }
}

/* -- Lines and bytes -- */

static void test_line_ends(void **state)
{
    (void)state;
    parse("a\r\nb\rc\nd");
    uint32_t starts[] = {0, 3, 5, 7};
    assert_int_equal(blocks.line.count, 4);
    assert_memory_equal(blocks.line.items, starts, sizeof starts);
    assert_segments(nth(PK_PARAGRAPH, 1), "a|b|c|d");
    assert_int_equal(pk_line_at(&blocks, 0), 0);
    assert_int_equal(pk_line_at(&blocks, 2), 0);
    assert_int_equal(pk_line_at(&blocks, 3), 1);
    assert_int_equal(pk_line_at(&blocks, 8), 3);
    parse("a\r");
    assert_int_equal(blocks.line.count, 2);
    assert_int_equal(blocks.line.items[1], 2);
    assert_segments(nth(PK_PARAGRAPH, 1), "a");
    parse("a\r\r\n\n");
    uint32_t blank[] = {0, 2, 4, 5};
    assert_int_equal(blocks.line.count, 4);
    assert_memory_equal(blocks.line.items, blank, sizeof blank);
    assert_lines(&blocks.block.items[0], 0, 3);
}

static void test_crlf_spans(void **state)
{
    (void)state;
    parse("# Тема  \r\n\r\n- [ ] a\r\n  b\r\n```\r\nx\r\n```\r\n");
    assert_span(nth(PK_HEADING, 1)->span, "# Тема  ");
    assert_segments(nth(PK_HEADING, 1), "Тема");
    assert_segments(nth(PK_PARAGRAPH, 1), "a|b");
    assert_span(nth(PK_ITEM, 1)->span, "- [ ] a\r\n  b");
    assert_segments(nth(PK_CODE, 1), "x");
}

static void test_empty_texts(void **state)
{
    (void)state;
    parse("");
    assert_int_equal(blocks.block.count, 1);
    assert_int_equal(blocks.line.count, 1);
    parse_as((struct pk_view){NULL, 0}, PK_MARKDOWN);
    assert_int_equal(blocks.block.count, 1);
    parse("\xEF\xBB\xBF");
    assert_int_equal(blocks.block.count, 1);
    parse("\n\n");
    assert_int_equal(blocks.block.count, 1);
}

static void test_any_bytes(void **state)
{
    (void)state;
    parse_as((struct pk_view){"# \0\xff\xfe\n- \xc3\n", 10}, PK_MARKDOWN);
    assert_int_equal(nth(PK_HEADING, 1)->span.end, 5);
    assert_int_equal(nth(PK_ITEM, 1)->span.end, 9);
}

static void test_too_big(void **state)
{
    (void)state;
    struct pk_view huge = {"x", PK_TEXT_MAX};
    assert_int_equal(pk_parse(&arena, huge, PK_MARKDOWN, &blocks), PK_ETOOBIG);
}

static void test_tabs_are_columns(void **state)
{
    (void)state;
    parse("-\ta\n\n\tb\n\n\t\tcode\n");
    assert_segments(nth(PK_PARAGRAPH, 2), "b");
    assert_int_equal(nth(PK_PARAGRAPH, 2)->parent, 2);
    assert_segments(nth(PK_CODE, 1), "code");
}

static void test_depth_is_bounded(void **state)
{
    (void)state;
    static char deep[2 * 1000 + 2];
    for (size_t i = 0; i < 1000; i++)
        memcpy(deep + 2 * i, "> ", 2);
    deep[2000] = 'x';
    parse(deep);
    assert_int_equal(count(PK_QUOTE), PK_DEPTH_MAX - 1);
    for (size_t i = 0; i < 1000; i++)
        memcpy(deep + 2 * i, "- ", 2);
    parse(deep);
    assert_int_equal(count(PK_ITEM), (PK_DEPTH_MAX - 1) / 2);
}

/* -- Plain text -- */

static void test_plain_text_has_no_indented_code(void **state)
{
    (void)state;
    parse_as(pk_view_of("        Протокол\n\n      - a\n          - b\n      - c\n"), PK_PLAIN);
    assert_int_equal(count(PK_CODE), 0);
    assert_segments(nth(PK_PARAGRAPH, 1), "Протокол");
    assert_int_equal(count(PK_LIST), 2);
    assert_int_equal(nth(PK_ITEM, 3)->parent, nth(PK_ITEM, 1)->parent);
}

static void test_plain_items_interrupt(void **state)
{
    (void)state;
    const char *text = "Решили:\n3. купить\n4. продать\n<div>\n";
    parse_as(pk_view_of(text), PK_PLAIN);
    assert_int_equal(count(PK_ITEM), 2);
    assert_int_equal(count(PK_HTML), 0);
    parse(text);
    assert_int_equal(count(PK_ITEM), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_front_matter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_no_front_matter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_headings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_paragraph_segments_are_trimmed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_html_and_comments, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_definitions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_definitions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_task_states, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrapped_items, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nested_lists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_marker_is_another_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_table_ends_at_another_block, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_no_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_line_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_crlf_spans, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_empty_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_any_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_big, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tabs_are_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_depth_is_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain_text_has_no_indented_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain_items_interrupt, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
