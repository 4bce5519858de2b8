/* random_test.c - whatever the bytes, the promises of blocks.h hold.
 *
 * Shapes that mean something are strung together at random and some bytes broken.
 * The seed is fixed; PK_ROUNDS makes it more than a second's work.
 */
#include "with_arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse/blocks.h"

static uint64_t seed = 20260302;

static uint32_t draw(uint32_t below) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 2685821657736338717u) >> 32) % below;
}

static size_t random_text(char *text, size_t room)
{
    static const char *const shapes[] = {
        "- ",    "* ",     "1. ",  "12) ",  "> ",   "    ", "\t",       " ",
        "\n",    "\n",     "\n\n", "\r\n",  "\r",   "# ",   "## ",      "===",
        "---",   "- [ ] ", "[x] ", "```",   "~~~",  "`",    "``",       "|",
        "|---|", "a | b",  "\\|",  "\\",    "*",    "**",   "_",        "~~",
        "<!--",  "-->",    "<b>",  "</b>",  "<br>", "<a ",  "<",        ">",
        "<div>", "[",      "](",   "]: /u", ")",    "][",   "![",       "\"",
        "'",     "слово",  "Ёж",   "ü",     "word", "\xff", "\xe2\x82", "---\nkey: value\n---\n",
    };
    size_t length = 0, pieces = draw(60);
    for (size_t i = 0; i < pieces; i++) {
        const char *shape = shapes[draw(sizeof shapes / sizeof *shapes)];
        if (length + strlen(shape) > room)
            break;
        memcpy(text + length, shape, strlen(shape));
        length += strlen(shape);
    }
    for (uint32_t broken = length ? draw(3) : 0; broken > 0; broken--)
        text[draw((uint32_t)length)] = (char)draw(256);
    return length;
}

static void check_block(const struct pk_blocks *blocks, uint32_t index)
{
    const struct pk_block *block = &blocks->block.items[index];
    const struct pk_block *parent = &blocks->block.items[block->parent];
    assert_true(block->parent < index || index == 0);
    assert_true(block->next > index && block->next <= parent->next);
    assert_true(block->line < block->end_line || index == 0);
    assert_true(block->line >= parent->line && block->end_line <= parent->end_line);
    assert_true(block->span.start <= block->span.end);
    assert_true(block->span.start >= parent->span.start && block->span.end <= parent->span.end);
    if (block->span.start < blocks->text.length)
        assert_int_equal(pk_line_at(blocks, block->span.start), block->line);
    assert_true(block->box.start <= block->box.end);
    for (uint32_t i = 0; i < block->segment_count; i++) {
        struct pk_span segment = blocks->segment.items[block->segment + i];
        assert_true(segment.start <= segment.end && segment.end <= block->span.end);
        bool keeps_indentation = block->kind == PK_HTML || block->kind == PK_CODE;
        assert_true(i > 0 || keeps_indentation || segment.start >= block->span.start);
        assert_true(block->kind == PK_FRONT_MATTER || block->fenced ||
                    pk_line_at(blocks, segment.start) == block->line + i);
    }
}

/* Every byte of the flow is a byte of the document, or a blank; it never goes back. */
static void check_flow(const struct pk_blocks *blocks, uint32_t index)
{
    struct pk_flow flow;
    assert_int_equal(pk_flow(&arena, blocks, index, &flow), PK_OK);
    size_t flat = 0, source = 0;
    for (uint32_t i = 0; i < flow.run.count; i++) {
        struct pk_run run = flow.run.items[i];
        assert_int_equal(run.flat, flat);
        assert_true(run.source >= source);
        for (uint32_t k = 0; k < run.length; k++) {
            char byte = flow.text.at[run.flat + k];
            assert_true(byte == blocks->text.at[run.source + k] || byte == ' ');
        }
        flat += run.length;
        source = run.source + run.length;
    }
    assert_int_equal(flat, flow.text.length);
    for (size_t start = 0; start < flat; start += 1 + flat / 8) {
        struct pk_span span = pk_flow_span(&flow, start, flat);
        const struct pk_span *segment = &blocks->segment.items[blocks->block.items[index].segment];
        assert_true(span.start >= segment->start && span.start < span.end);
        assert_int_equal(span.end, source);
    }
}

static void test_promises_hold_for_any_bytes(void **state)
{
    (void)state;
    static char text[4096];
    const char *rounds = getenv("PK_ROUNDS");
    for (long round = rounds ? atol(rounds) : 20000; round > 0; round--) {
        struct pk_view view = {text, random_text(text, sizeof text)};
        struct pk_blocks blocks;
        enum pk_markup markup = draw(4) ? PK_MARKDOWN : PK_PLAIN;
        assert_int_equal(pk_parse(&arena, view, markup, &blocks), PK_OK);
        for (uint32_t i = 0; i < blocks.block.count; i++) {
            check_block(&blocks, i);
            if (blocks.block.items[i].segment_count)
                check_flow(&blocks, i);
        }
        pk_arena_reset(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_promises_hold_for_any_bytes)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
