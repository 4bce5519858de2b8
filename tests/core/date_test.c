/* date_test.c - days of the calendar: leap years, weekdays, days there are not. */
#include "test.h"

#include <string.h>

#include "read/minutes.h"

static struct pk_date day(int year, int month, int of_month)
{
    return (struct pk_date){(int16_t)year, (uint8_t)month, (uint8_t)of_month};
}

static void a_leap_year_has_a_29th_of_february(void **state)
{
    (void)state;
    assert_true(pk_date_valid(day(2024, 2, 29)));
    assert_true(pk_date_valid(day(2000, 2, 29)));
    assert_false(pk_date_valid(day(2026, 2, 29)));
    assert_false(pk_date_valid(day(1900, 2, 29)));
}

static void there_is_no_31st_of_every_month(void **state)
{
    (void)state;
    assert_true(pk_date_valid(day(2026, 1, 31)));
    assert_false(pk_date_valid(day(2026, 4, 31)));
    assert_false(pk_date_valid(day(2026, 13, 1)));
    assert_false(pk_date_valid(day(2026, 0, 1)));
    assert_false(pk_date_valid(day(2026, 1, 0)));
    assert_false(pk_date_valid(day(0, 1, 1)));
}

static void days_are_counted_from_1970(void **state)
{
    (void)state;
    assert_int_equal(pk_date_days(day(1970, 1, 1)), 0);
    assert_int_equal(pk_date_days(day(1969, 12, 31)), -1);
    assert_int_equal(pk_date_days(day(2000, 3, 1)), 11017);
}

static void every_day_comes_back_from_its_count(void **state)
{
    (void)state;
    struct pk_date before = pk_date_of_days(-720000);
    for (int32_t days = -719162 /* 0001-01-01 */; days < 200000; days++) {
        struct pk_date here = pk_date_of_days(days);
        if (!pk_date_valid(here) || pk_date_days(here) != days ||
            pk_date_compare(before, here) >= 0)
            fail_msg("day %d", days);
        before = here;
    }
}

static void weekdays_count_from_monday(void **state)
{
    (void)state;
    assert_int_equal(pk_date_weekday(day(1970, 1, 1)), 4);
    assert_int_equal(pk_date_weekday(day(2026, 11, 16)), 1);
    assert_int_equal(pk_date_weekday(day(2026, 11, 22)), 7);
    assert_int_equal(pk_date_weekday(day(1899, 12, 31)), 7);
}

static void earlier_days_compare_as_less(void **state)
{
    (void)state;
    assert_true(pk_date_compare(day(2026, 11, 16), day(2026, 11, 17)) < 0);
    assert_true(pk_date_compare(day(2026, 12, 1), day(2026, 11, 30)) > 0);
    assert_true(pk_date_compare(day(2025, 12, 31), day(2026, 1, 1)) < 0);
    assert_int_equal(pk_date_compare(day(2026, 1, 1), day(2026, 1, 1)), 0);
}

static void only_a_whole_valid_day_is_iso(void **state)
{
    (void)state;
    struct pk_date date;
    assert_true(pk_date_parse_iso(PK_VIEW("2026-11-16"), &date));
    assert_int_equal(pk_date_compare(date, day(2026, 11, 16)), 0);
    static const char *const wrong[] = {"2026-02-30", "2026-2-3",   "20261116",   "2026-11-16 ",
                                        "",           "2026/11/16", "16.11.2026", "2026-1a-16"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (pk_date_parse_iso(pk_view_of(wrong[i]), &date))
            fail_msg("\"%s\" is no day", wrong[i]);
    }
}

static void a_day_is_written_with_all_its_figures(void **state)
{
    (void)state;
    struct pk_arena arena;
    pk_arena_init(&arena);
    struct pk_buffer out = {.arena = &arena};
    pk_date_write(&out, day(926, 1, 5));
    assert_true(pk_is(pk_written(&out), "0926-01-05"));
    pk_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leap_year_has_a_29th_of_february),
        cmocka_unit_test(there_is_no_31st_of_every_month),
        cmocka_unit_test(days_are_counted_from_1970),
        cmocka_unit_test(every_day_comes_back_from_its_count),
        cmocka_unit_test(weekdays_count_from_monday),
        cmocka_unit_test(earlier_days_compare_as_less),
        cmocka_unit_test(only_a_whole_valid_day_is_iso),
        cmocka_unit_test(a_day_is_written_with_all_its_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
