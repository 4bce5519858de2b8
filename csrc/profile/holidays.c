/* holidays.c - the days without work that a profile lists. */
#include "profile/load.h"

#include <stdlib.h>

enum { HOLIDAYS_LIMIT = 2000 };

static bool digits(struct pk_view view, size_t at, size_t count, int *number)
{
    *number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (view.at[i] < '0' || view.at[i] > '9')
            return false;
        *number = *number * 10 + (view.at[i] - '0');
    }
    return true;
}

static bool is_day(int year, int month, int day)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = !year || (year % 4 == 0 && (year % 100 || year % 400 == 0));
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (leap || month != 2 || day < 29);
}

/* "2026-01-02" or "01-02". */
static bool read_one(struct pk_view view, struct pk_holiday *holiday)
{
    int year = 0, month, day;
    size_t at = view.length == 10 ? 5 : 0;
    bool shaped = view.length == at + 5 && view.at[at + 2] == '-' &&
                  (!at || (view.at[4] == '-' && digits(view, 0, 4, &year) && year)) &&
                  digits(view, at, 2, &month) && digits(view, at + 3, 2, &day);
    if (!shaped || !is_day(year, month, day))
        return false;
    *holiday = (struct pk_holiday){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

static int compare(const void *one, const void *other)
{
    const struct pk_holiday *a = one, *b = other;
    if (a->year != b->year)
        return a->year < b->year ? -1 : 1;
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

static enum pk_status add(struct pk_arena *arena, const struct pk_yaml *node,
                          struct pk_profile *profile, struct pk_error *error)
{
    struct pk_holiday holiday;
    int shown = (int)(node->value.length > 40 ? 40 : node->value.length);
    if (!read_one(node->value, &holiday))
        return pk_fail_at(error, node,
                          "\"%.*s\" is no day: write 2026-01-02, or 01-02 for every year", shown,
                          node->value.at);
    if (profile->holiday.count >= HOLIDAYS_LIMIT)
        return pk_fail_at(error, node, "more than %d holidays", HOLIDAYS_LIMIT);
    *pk_push(arena, &profile->holiday) = holiday;
    return PK_OK;
}

enum pk_status pk_holidays_read(struct pk_arena *arena, const struct pk_yaml *list,
                                struct pk_profile *profile, struct pk_error *error)
{
    if (pk_yaml_is_null(list))
        return PK_OK;
    if (list->kind == PK_YAML_SCALAR)
        return add(arena, list, profile, error);
    for (const struct pk_yaml *item = list->first; item; item = item->next) {
        if (add(arena, item, profile, error) != PK_OK)
            return PK_EINPUT;
    }
    if (profile->holiday.count)
        qsort(profile->holiday.items, profile->holiday.count, sizeof *profile->holiday.items,
              compare);
    return PK_OK;
}

bool pk_is_holiday(const struct pk_profile *profile, struct pk_holiday day)
{
    struct pk_holiday yearly = {0, day.month, day.day};
    const struct pk_holiday *asked[] = {&day, &yearly};
    for (size_t i = 0; profile && profile->holiday.count && i < 2; i++) {
        if (bsearch(asked[i], profile->holiday.items, profile->holiday.count, sizeof day, compare))
            return true;
    }
    return false;
}
