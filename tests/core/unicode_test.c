/* unicode_test.c - stepping over UTF-8 that may be broken; case, letters, white space. */
#include "test.h"

#include <string.h>

#include "text/text.h"

static void assert_decodes(struct pk_view view, uint32_t expected, size_t expected_width)
{
    size_t width;
    assert_int_equal(pk_decode(view, &width), expected);
    assert_int_equal(width, expected_width);
    if (view.length) {
        assert_int_equal(pk_decode_before(view, view.length, &width), expected);
        assert_int_equal(width, view.length < expected_width ? view.length : expected_width);
    }
}

static void test_well_formed(void **state)
{
    (void)state;
    assert_decodes(PK_VIEW("a"), 'a', 1);
    assert_decodes(PK_VIEW("\0"), 0, 1);
    assert_decodes(PK_VIEW("ё"), 0x451, 2);
    assert_decodes(PK_VIEW("€"), 0x20AC, 3);
    assert_decodes(PK_VIEW("📅"), 0x1F4C5, 4);
    assert_decodes(PK_VIEW(""), PK_REPLACEMENT, 0);
}

/* Each byte that is no part of well-formed UTF-8 steps alone, in both directions. */
static void test_broken_bytes_step_alone(void **state)
{
    (void)state;
    const char *broken[] = {"\xff",         "\x80",     "\xc3",         "\xe2\x82",
                            "\xf0\x9f\x93", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct pk_view view = pk_view_of(broken[i]);
        size_t width;
        for (size_t at = 0; at < view.length; at += width) {
            uint32_t codepoint = pk_decode(pk_view_part(view, at, view.length), &width);
            assert_int_equal(codepoint, PK_REPLACEMENT);
            assert_int_equal(width, 1);
        }
        for (size_t end = view.length; end > 0; end -= width) {
            assert_int_equal(pk_decode_before(view, end, &width), PK_REPLACEMENT);
            assert_int_equal(width, 1);
        }
    }
    size_t width;
    assert_int_equal(pk_decode_before(PK_VIEW("ё\x80"), 3, &width), PK_REPLACEMENT);
    assert_int_equal(pk_decode_before(PK_VIEW("ё\x80"), 2, &width), 0x451);
    assert_int_equal(pk_codepoints(PK_VIEW("a\xffё\xe2\x82")), 5);
}

static void test_encode_is_the_inverse(void **state)
{
    (void)state;
    uint32_t samples[] = {0, 'z', 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char bytes[4];
        size_t width, length = pk_encode(samples[i], bytes);
        assert_int_equal(pk_decode((struct pk_view){bytes, length}, &width), samples[i]);
        assert_int_equal(width, length);
    }
}

static void test_fold(void **state)
{
    (void)state;
    assert_int_equal(pk_fold('Q'), 'q');
    assert_int_equal(pk_fold('['), '[');
    assert_int_equal(pk_fold(0xDC), 0xFC);   /* Ü */
    assert_int_equal(pk_fold(0x42F), 0x44F); /* Я */
    assert_int_equal(pk_fold(0x401), 0x435); /* Ё: as readers of Russian expect */
    assert_int_equal(pk_fold(0x451), 0x435); /* ё */
    assert_int_equal(pk_fold(0x406), 0x456); /* І */
    assert_true(pk_same_folded(PK_VIEW("ПОВЕСТКА Ещё"), PK_VIEW("повестка еще")));
    assert_true(pk_same_folded(PK_VIEW("ÜBERMASS"), PK_VIEW("übermass")));
    assert_false(pk_same_folded(PK_VIEW("owner"), PK_VIEW("owners")));
    assert_false(pk_same_folded(PK_VIEW("owners"), PK_VIEW("owner")));
}

static void test_folded_copies(void **state)
{
    (void)state;
    struct pk_arena arena;
    pk_arena_init(&arena);
    assert_true(pk_is(pk_folded(&arena, PK_VIEW("Next \t\xc2\xa0 STEPS\n")), "next steps "));
    assert_true(pk_is(pk_folded(&arena, PK_VIEW("Ёлка")), "елка"));
    /* U+023A, two bytes, folds to U+2C65, three */
    assert_true(pk_is(pk_folded(&arena, PK_VIEW("ȺȺȺȺ")), "ⱥⱥⱥⱥ"));
    assert_int_equal(pk_folded(&arena, PK_VIEW("\xff\xff")).length, 6); /* U+FFFD twice */
    /* Many of them, too, without a step into what was given out next. */
    static char broken[64];
    memset(broken, '\xff', sizeof broken);
    struct pk_view folded = pk_folded(&arena, (struct pk_view){broken, sizeof broken});
    const unsigned char *next = pk_alloc(&arena, 1);
    assert_int_equal(folded.length, 3 * sizeof broken);
    assert_true(next >= (const unsigned char *)folded.at + folded.length);
    pk_arena_free(&arena);
}

static void test_kinds(void **state)
{
    (void)state;
    assert_true(pk_is_letter('q') && pk_is_letter(0x451) && pk_is_letter(0xDF));
    assert_true(pk_is_letter(0x301)); /* a combining accent goes with its letter */
    assert_false(pk_is_letter('1') || pk_is_letter('_') || pk_is_letter(0x2013));
    assert_true(pk_is_digit('7') && pk_is_digit(0x667));
    assert_false(pk_is_digit(0xB2)); /* a superscript is no Nd */
    assert_true(pk_is_upper('Q') && pk_is_upper(0x42F) && pk_is_upper(0x1C5));
    assert_false(pk_is_upper('q') || pk_is_upper('1') || pk_is_upper(0x44F));
    assert_true(pk_is_space(' ') && pk_is_space('\n') && pk_is_space(0xA0));
    assert_true(pk_is_space(0x2003) && pk_is_space(0x2028) && pk_is_space(0xFEFF));
    assert_false(pk_is_space(0) || pk_is_space(0x200B));
    assert_true(pk_is_word('_') && pk_is_word('1') && pk_is_word(0x44F));
    assert_false(pk_is_word('-') || pk_is_word('.') || pk_is_word(PK_REPLACEMENT));
    assert_true(pk_is_cyrillic(0x401) && pk_is_cyrillic(0x44F));
    assert_false(pk_is_cyrillic('a') || pk_is_cyrillic(0x3B1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_well_formed),
        cmocka_unit_test(test_broken_bytes_step_alone),
        cmocka_unit_test(test_encode_is_the_inverse),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_folded_copies),
        cmocka_unit_test(test_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
