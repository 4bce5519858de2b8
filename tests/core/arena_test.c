/* arena_test.c - memory in arenas: alignment, zeroes, growing, lists, failure that sticks. */
#include "with_arena.h"

#include <string.h>

static bool is_zero(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i])
            return false;
    return true;
}

static void test_pieces_are_zero_and_aligned(void **state)
{
    (void)state;
    for (size_t size = 0; size < 40000; size = size * 2 + 1) {
        char *piece = pk_alloc(&arena, size);
        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % 16, 0);
        assert_true(is_zero(piece, size));
        memset(piece, 'x', size);
    }
}

static void test_reset_keeps_memory_that_is_zero_again(void **state)
{
    (void)state;
    char *first = pk_alloc(&arena, 100);
    pk_arena_reset(&arena);
    char *again = pk_alloc(&arena, 100);
    assert_ptr_equal(first, again);
    assert_true(is_zero(again, 100));
}

static void test_reset_keeps_room_for_as_much_in_one_chunk(void **state)
{
    (void)state;
    enum { SMALL = 1000, LARGE = 1 << 20 };
    char *first = NULL;
    for (int round = 0; round < 4; round++) {
        char *small = pk_alloc(&arena, SMALL), *large = pk_alloc(&arena, LARGE / 2);
        large = pk_grow(&arena, large, LARGE / 2, LARGE);
        char *behind = pk_alloc(&arena, SMALL);
        assert_true(is_zero(small, SMALL) && is_zero(large, LARGE) && is_zero(behind, SMALL));
        memset(small, 'x', SMALL);
        memset(large, 'x', LARGE);
        memset(behind, 'x', SMALL);
        large = pk_grow(&arena, large, LARGE, LARGE + SMALL); /* no longer the newest piece */
        assert_true(large[LARGE - 1] == 'x' && is_zero(large + LARGE, SMALL));
        if (round > 1)
            assert_true(large > small && behind > small); /* behind each other */
        if (round > 2)
            assert_ptr_equal(small, first);
        first = small;
        pk_arena_reset(&arena);
    }
}

static void test_growing_keeps_what_was_there(void **state)
{
    (void)state;
    size_t size = 8;
    char *piece = pk_alloc(&arena, size);
    memcpy(piece, "protokol", 8);
    while (size < 4u << 20) {
        if (size == 512)
            pk_alloc(&arena, 1); /* no longer the newest piece */
        piece = pk_grow(&arena, piece, size, size * 2);
        assert_non_null(piece);
        assert_true(is_zero(piece + size, size));
        assert_memory_equal(piece, "protokol", 8);
        memset(piece + size, 'x', size);
        size *= 2;
    }
    assert_ptr_equal(pk_grow(&arena, piece, size, 10), piece);
}

static void test_growing_in_place(void **state)
{
    (void)state;
    char *piece = pk_alloc(&arena, 16);
    assert_ptr_equal(pk_grow(&arena, piece, 16, 1000), piece);
    char *next = pk_alloc(&arena, 16);
    assert_true(next >= piece + 1000);
    assert_ptr_not_equal(pk_grow(&arena, piece, 1000, 2000), piece);
}

static void test_growing_nothing(void **state)
{
    (void)state;
    char *piece = pk_grow(&arena, NULL, 0, 32);
    assert_non_null(piece);
    assert_true(is_zero(piece, 32));
}

static void test_lists_grow(void **state)
{
    (void)state;
    PK_LIST(struct pk_span) list = {0};
    for (uint32_t i = 0; i < 100000; i++) {
        struct pk_span *span = pk_push(&arena, &list);
        assert_int_equal(span->start + span->end, 0);
        span->start = i;
    }
    assert_int_equal(list.count, 100000);
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(list.items[i].start, i);
}

static void test_failure_sticks(void **state)
{
    (void)state;
    assert_null(pk_alloc(&arena, SIZE_MAX - 100));
    assert_true(arena.failed);
    assert_non_null(pk_alloc(&arena, 10));
    assert_true(arena.failed);
    pk_arena_free(&arena);
    assert_false(arena.failed);
}

static void test_a_failed_push_writes_to_the_spill(void **state)
{
    (void)state;
    struct pk_span some[1];
    PK_LIST(struct pk_span) list = {some, UINT32_MAX, UINT32_MAX}; /* cannot double */
    struct pk_span *span = pk_push(&arena, &list);
    assert_true((char *)span >= arena.spill && (char *)span < arena.spill + sizeof arena.spill);
    assert_int_equal(list.count, UINT32_MAX);
    assert_true(arena.failed);
}

static void test_copies_end_with_nul(void **state)
{
    (void)state;
    struct pk_view copy = pk_copy(&arena, (struct pk_view){"a\0bc", 3});
    assert_int_equal(copy.length, 3);
    assert_memory_equal(copy.at, "a\0b", 4);
    assert_string_equal(pk_copy(&arena, (struct pk_view){NULL, 0}).at, "");
}

static void test_buffers(void **state)
{
    (void)state;
    struct pk_buffer out = {.arena = &arena};
    assert_int_equal(pk_written(&out).length, 0);
    for (int i = 0; i < 1000; i++) {
        pk_putf(&out, "%d:%s", i, "ё");
        pk_putc(&out, ',');
        pk_puts(&out, NULL);
        pk_put(&out, PK_VIEW(""));
    }
    struct pk_view written = pk_written(&out);
    assert_true(pk_starts(written, PK_VIEW("0:ё,1:ё,2:ё,")));
    assert_int_equal(written.length, 10 * 5 + 90 * 6 + 900 * 7);
}

static void test_memory_of_the_caller_is_given_out_alone(void **state)
{
    (void)state;
    enum { SIZE = 64 * 1024, LARGE = 20 * 1024 };
    _Alignas(16) static char memory[SIZE];
    pk_arena_within(&arena, memory, sizeof memory);
    char *first = pk_alloc(&arena, 10), *large = pk_alloc(&arena, LARGE);
    assert_ptr_equal(first, memory);
    assert_true(large > first && large + LARGE <= memory + SIZE);
    assert_ptr_equal(pk_grow(&arena, large, LARGE, LARGE + 100), large);
    assert_null(pk_alloc(&arena, SIZE));
    assert_true(arena.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pieces_are_zero_and_aligned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reset_keeps_memory_that_is_zero_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_reset_keeps_room_for_as_much_in_one_chunk, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_growing_keeps_what_was_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_growing_in_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_growing_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lists_grow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_failure_sticks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_failed_push_writes_to_the_spill, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_memory_of_the_caller_is_given_out_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_copies_end_with_nul, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_buffers, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
