/* date.c - days of the calendar: which there are, in what order, which weekday. */
#include "read/minutes.h"

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

bool pk_date_valid(struct pk_date date)
{
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1)
        return false;
    return date.day <= days_of(date.year, date.month);
}

struct pk_date pk_date_of_month(int year, int month, int day)
{
    int last = days_of(year, month);
    return (struct pk_date){(int16_t)year, (uint8_t)month, (uint8_t)(day < last ? day : last)};
}

struct pk_date pk_date_after_months(struct pk_date date, int months)
{
    int count = date.month - 1 + months;
    return pk_date_of_month(date.year + count / 12, count % 12 + 1, date.day);
}

struct pk_date pk_date_after_working_days(struct pk_date date, int count,
                                          const struct pk_profile *profile)
{
    enum { FARTHEST = 4000 /* days: a profile may make every day a holiday */ };
    int32_t first = pk_date_days(date);
    for (int32_t days = first + 1; count > 0 && days < first + FARTHEST; days++) {
        date = pk_date_of_days(days);
        struct pk_holiday day = {date.year, date.month, date.day};
        count -= pk_date_weekday(date) < 6 && !pk_is_holiday(profile, day);
    }
    return date;
}

int pk_date_compare(struct pk_date a, struct pk_date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil:
 * years begin in March, so that the leap day is the last of its year. */
int32_t pk_date_days(struct pk_date date)
{
    int32_t year = date.month > 2 ? date.year : date.year - 1;
    int32_t era = (year >= 0 ? year : year - 399) / 400;
    int32_t year_of_era = year - era * 400;
    int32_t month = date.month > 2 ? date.month - 3 : date.month + 9;
    int32_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* The same source, civil_from_days. */
struct pk_date pk_date_of_days(int32_t days)
{
    days += 719468;
    int32_t era = (days >= 0 ? days : days - 146096) / 146097;
    int32_t day_of_era = days - era * 146097;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month = (5 * day_of_year + 2) / 153;
    struct pk_date date;
    date.day = (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1);
    date.month = (uint8_t)(month < 10 ? month + 3 : month - 9);
    date.year = (int16_t)(year_of_era + era * 400 + (date.month <= 2));
    return date;
}

int pk_date_weekday(struct pk_date date)
{
    int32_t days = pk_date_days(date) + 3; /* 1970-01-01 was a Thursday */
    return (int)((days % 7 + 7) % 7) + 1;
}

static bool digits(struct pk_view view, size_t at, size_t count, int *number)
{
    *number = 0;
    for (size_t i = at; i < at + count; i++) {
        unsigned digit = (unsigned)(unsigned char)view.at[i] - '0';
        if (digit > 9)
            return false;
        *number = *number * 10 + (int)digit;
    }
    return true;
}

bool pk_date_parse_iso(struct pk_view view, struct pk_date *date)
{
    int year, month, day;
    if (view.length != 10 || view.at[4] != '-' || view.at[7] != '-' || !digits(view, 0, 4, &year) ||
        !digits(view, 5, 2, &month) || !digits(view, 8, 2, &day))
        return false;
    *date = (struct pk_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return pk_date_valid(*date);
}

void pk_date_write(struct pk_buffer *out, struct pk_date date)
{
    pk_put_number(out, (uint32_t)date.year, 4);
    pk_putc(out, '-');
    pk_put_number(out, date.month, 2);
    pk_putc(out, '-');
    pk_put_number(out, date.day, 2);
}
