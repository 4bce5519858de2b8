/* affix_test.c - knowing the beginning or the ending of a word by its letters. */
#include "test.h"

#include <stdio.h>

#include "read/affix.h"

static uint64_t beginning(const char *letters)
{
    struct pk_view view = pk_view_of(letters);
    uint64_t digest = PK_DIGEST;
    size_t width;
    for (size_t at = 0; at < view.length; at += width)
        digest = pk_digest_letter(digest, pk_decode(pk_view_part(view, at, view.length), &width));
    return digest;
}

static void test_case_does_not_matter(void **state)
{
    struct pk_arena arena;
    struct pk_affixes set = {0};
    (void)state;
    pk_arena_init(&arena);
    pk_affix_add(&arena, &set, beginning("Ёлкин"))->meaning = 3;
    assert_non_null(pk_affix_of(&set, beginning("елКИН")));
    assert_int_equal(pk_affix_of(&set, beginning("ёлкин"))->meaning, 3);
    assert_null(pk_affix_of(&set, beginning("ёлки")));
    assert_null(pk_affix_of(&set, beginning("ёлкина")));
    pk_arena_free(&arena);
}

static void test_adding_again_finds_what_it_means(void **state)
{
    struct pk_arena arena;
    struct pk_affixes set = {0};
    (void)state;
    pk_arena_init(&arena);
    struct pk_affix *first = pk_affix_add(&arena, &set, beginning("anna"));
    assert_int_equal(first->meaning, 0);
    first->meaning = 7;
    assert_int_equal(pk_affix_add(&arena, &set, beginning("Anna"))->meaning, 7);
    assert_int_equal(set.count, 1);
    pk_arena_free(&arena);
}

static void test_keeps_all_as_it_grows(void **state)
{
    enum { MANY = 1000 };
    struct pk_arena arena;
    struct pk_affixes set = {0};
    char letters[16];
    (void)state;
    pk_arena_init(&arena);
    assert_null(pk_affix_of(&set, beginning("nobody")));
    for (int i = 0; i < MANY; i++) {
        snprintf(letters, sizeof letters, "name%d", i);
        pk_affix_add(&arena, &set, beginning(letters))->meaning = (uint8_t)(i % 200 + 1);
    }
    for (int i = 0; i < MANY; i++) {
        snprintf(letters, sizeof letters, "NAME%d", i);
        const struct pk_affix *found = pk_affix_of(&set, beginning(letters));
        assert_non_null(found);
        assert_int_equal(found->meaning, i % 200 + 1);
    }
    assert_null(pk_affix_of(&set, beginning("name1000")));
    pk_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_case_does_not_matter),
        cmocka_unit_test(test_adding_again_finds_what_it_means),
        cmocka_unit_test(test_keeps_all_as_it_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
