/* table_test.c - numbers by key, and words one slip apart. */
#include "test.h"

#include "text/table.h"

static void keeps_a_number_for_each_key(void **state)
{
    (void)state;
    enum { KEYS = 1000 };
    struct pk_arena arena;
    struct pk_table table = {0};
    pk_arena_init(&arena);
    for (uint32_t i = 1; i <= KEYS; i++) {
        struct pk_buffer key = {.arena = &arena};
        pk_putf(&key, "key %u", (unsigned)i);
        uint32_t *number = pk_table_at(&arena, &table, pk_written(&key));
        assert_int_equal(0, *number);
        *number = i;
    }
    assert_int_equal(KEYS, table.count);
    assert_int_equal(7, *pk_table_at(&arena, &table, PK_VIEW("key 7")));
    assert_int_equal(KEYS, pk_table_find(&table, PK_VIEW("key 1000")));
    assert_int_equal(KEYS, table.count);
    pk_arena_free(&arena);
}

static void knows_nothing_of_other_keys(void **state)
{
    (void)state;
    struct pk_arena arena;
    struct pk_table table = {0};
    pk_arena_init(&arena);
    assert_int_equal(0, pk_table_find(&table, PK_VIEW("key")));
    *pk_table_at(&arena, &table, (struct pk_view){"a\0b", 3}) = 5;
    assert_int_equal(0, pk_table_find(&table, PK_VIEW("a")));
    assert_int_equal(5, pk_table_find(&table, (struct pk_view){"a\0b", 3}));
    assert_int_equal(0, pk_table_find(&table, PK_VIEW("A")));
    pk_arena_free(&arena);
}

static void tells_one_slip_from_none_and_two(void **state)
{
    (void)state;
    size_t at = 0;
    assert_true(pk_is_near(PK_VIEW("Petrowa"), PK_VIEW("petrova"), &at));
    assert_int_equal(5, at);
    assert_true(pk_is_near(PK_VIEW("Мюллер"), PK_VIEW("Мюлер"), &at));
    assert_true(pk_is_near(PK_VIEW("Agreemnets"), PK_VIEW("Agreements"), NULL));
    assert_true(pk_is_near(PK_VIEW("a"), PK_VIEW(""), &at));
    assert_false(pk_is_near(PK_VIEW("Anna"), PK_VIEW("ANNA"), NULL));
    assert_false(pk_is_near(PK_VIEW(""), PK_VIEW(""), NULL));
    assert_false(pk_is_near(PK_VIEW("Stefanie"), PK_VIEW("Stephanie"), NULL));
    assert_false(pk_is_near(PK_VIEW("abcd"), PK_VIEW("badc"), NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_a_number_for_each_key),
        cmocka_unit_test(knows_nothing_of_other_keys),
        cmocka_unit_test(tells_one_slip_from_none_and_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
