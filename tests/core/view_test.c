/* view_test.c - views into text: parts, spans, trimming, comparing. */
#include "test.h"

#include <string.h>

#include "text/text.h"

static void test_parts_are_clamped(void **state)
{
    (void)state;
    struct pk_view view = PK_VIEW("minutes");
    assert_true(pk_is(pk_view_part(view, 3, 7), "utes"));
    assert_true(pk_is(pk_view_part(view, 3, 99), "utes"));
    assert_true(pk_is(pk_view_part(view, 5, 2), ""));
    assert_true(pk_is(pk_view_part(view, 99, 99), ""));
    assert_true(pk_is(pk_view_of(NULL), ""));
}

static void test_spans_and_slices_are_inverse(void **state)
{
    (void)state;
    struct pk_view text = PK_VIEW("Повестка дня");
    struct pk_span span = {17, 23};
    assert_true(pk_is(pk_slice(text, span), "дня"));
    struct pk_span back = pk_span_of(text, pk_slice(text, span));
    assert_int_equal(back.start, 17);
    assert_int_equal(back.end, 23);
}

static void test_trim_takes_every_white_space(void **state)
{
    (void)state;
    assert_true(pk_is(pk_trim(PK_VIEW(" \t\xc2\xa0 a b \xe2\x80\x83\r\n")), "a b"));
    assert_true(pk_is(pk_trim(PK_VIEW("\xef\xbb\xbf\xd1\x91\xc2\xa0")), "ё"));
    assert_true(pk_is(pk_trim(PK_VIEW(" \n ")), ""));
    assert_true(pk_is(pk_trim(PK_VIEW("\xa0x\xa0")), "\xa0x\xa0")); /* no UTF-8: no NBSP */
}

static void test_comparing(void **state)
{
    (void)state;
    assert_true(pk_same(PK_VIEW("a\0b"), (struct pk_view){"a\0bc", 3}));
    assert_false(pk_same(PK_VIEW("a\0b"), PK_VIEW("a\0c")));
    assert_true(pk_same((struct pk_view){NULL, 0}, PK_VIEW("")));
    assert_true(pk_starts(PK_VIEW("protocol"), PK_VIEW("proto")));
    assert_true(pk_starts(PK_VIEW("x"), PK_VIEW("")));
    assert_false(pk_starts(PK_VIEW("pro"), PK_VIEW("proto")));
    assert_false(pk_is(PK_VIEW("due"), "du"));
}

static void test_fail_fills_the_message(void **state)
{
    (void)state;
    struct pk_error error = {.line = 3};
    assert_int_equal(pk_fail(&error, PK_EINPUT, "\"%s\" is no profile", "x"), PK_EINPUT);
    assert_string_equal(error.message, "\"x\" is no profile");
    assert_int_equal(error.line, 3);
    char large[1000];
    memset(large, 'y', sizeof large);
    large[sizeof large - 1] = 0;
    pk_fail(&error, PK_EIO, "%s", large);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_are_clamped),
        cmocka_unit_test(test_spans_and_slices_are_inverse),
        cmocka_unit_test(test_trim_takes_every_white_space),
        cmocka_unit_test(test_comparing),
        cmocka_unit_test(test_fail_fills_the_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
