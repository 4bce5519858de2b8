/* working_test.c - days and months counted on, and which days are for work. */
#include "with_library.h"

#include <stdio.h>
#include <string.h>

#include "read/minutes.h"

static struct pk_error error;

static struct pk_date day(int year, int month, int of_month)
{
    return (struct pk_date){(int16_t)year, (uint8_t)month, (uint8_t)of_month};
}

static void assert_day(struct pk_date found, int year, int month, int of_month)
{
    if (pk_date_compare(found, day(year, month, of_month)))
        fail_msg("%04d-%02d-%02d, not %04d-%02d-%02d", found.year, found.month, found.day, year,
                 month, of_month);
}

static enum pk_status add(const char *yaml)
{
    return pk_library_add_profile(library, pk_view_of(yaml), "own.yaml", &error);
}

static const struct pk_profile *with_holidays(const char *holidays)
{
    char yaml[2000];
    snprintf(yaml, sizeof yaml, "profile: own\nextends: meeting\nholidays: [%s]\n", holidays);
    assert_int_equal(add(yaml), PK_OK);
    return pk_library_profile(library, PK_VIEW("own"));
}

static void a_month_on_is_its_last_day_where_it_is_shorter(void **state)
{
    (void)state;
    assert_day(pk_date_after_months(day(2027, 1, 31), 1), 2027, 2, 28);
    assert_day(pk_date_after_months(day(2027, 12, 15), 1), 2028, 1, 15);
    assert_day(pk_date_after_months(day(2026, 11, 30), 15), 2028, 2, 29);
}

static void working_days_leave_out_the_weekend(void **state)
{
    (void)state;
    assert_day(pk_date_after_working_days(day(2026, 11, 16), 3, NULL), 2026, 11, 19);
    assert_day(pk_date_after_working_days(day(2026, 11, 19), 3, NULL), 2026, 11, 24);
    assert_day(pk_date_after_working_days(day(2026, 11, 21), 1, NULL), 2026, 11, 23);
    assert_day(pk_date_after_working_days(day(2026, 11, 20), 0, NULL), 2026, 11, 20);
}

static void working_days_leave_out_the_holidays_of_the_profile(void **state)
{
    (void)state;
    const struct pk_profile *profile = with_holidays("2026-12-24, 12-25, 01-01");
    assert_day(pk_date_after_working_days(day(2026, 12, 23), 1, profile), 2026, 12, 28);
    assert_day(pk_date_after_working_days(day(2025, 12, 23), 1, profile), 2025, 12, 24);
    assert_day(pk_date_after_working_days(day(2026, 12, 31), 1, profile), 2027, 1, 4);
}

static void a_year_of_holidays_ends_all_the_same(void **state)
{
    (void)state;
    static const char *const months[] = {"01", "02", "03", "04", "05", "06",
                                         "07", "08", "09", "10", "11", "12"};
    char yaml[4000] = "profile: idle\nextends: meeting\nholidays: [";
    for (int month = 0; month < 12; month++) {
        for (int of_month = 1; of_month < 29; of_month++)
            snprintf(yaml + strlen(yaml), sizeof yaml - strlen(yaml), "%s-%02d,", months[month],
                     of_month);
    }
    strcat(yaml, "02-29, 01-29]\n");
    assert_int_equal(add(yaml), PK_OK);
    const struct pk_profile *profile = pk_library_profile(library, PK_VIEW("idle"));
    struct pk_date found = pk_date_after_working_days(day(2026, 11, 16), 999, profile);
    assert_true(pk_date_valid(found));
}

static void a_holiday_that_is_no_day_is_refused_with_its_place(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2026-02-30", "13-01", "02-30",   "0000-01-01",
                                        "1 May",      "",      "2026-1-1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char yaml[200];
        snprintf(yaml, sizeof yaml, "profile: own\nextends: meeting\nholidays:\n  - \"%s\"\n",
                 wrong[i]);
        assert_int_equal(add(yaml), PK_EINPUT);
        assert_int_equal(error.line, 4);
        assert_non_null(strstr(error.message, "is no day"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_on_is_its_last_day_where_it_is_shorter),
        cmocka_unit_test(working_days_leave_out_the_weekend),
        cmocka_unit_test(working_days_leave_out_the_holidays_of_the_profile),
        cmocka_unit_test(a_year_of_holidays_ends_all_the_same),
        cmocka_unit_test(a_holiday_that_is_no_day_is_refused_with_its_place),
    };
    return cmocka_run_group_tests_name("working", tests, set_up, tear_down);
}
