/* select.c - understand the words of a filter, choose action items by it, and sort them. */
#include "write/select.h"
#include "profile/schema.h"

#include <stdlib.h>
#include <string.h>

const char *const pk_orders[PK_ORDERS] = {"", "due", "owner", "file"};

const char *const pk_filter_words[] = {
    "open",       "done",      "cancelled",   "overdue",   "mine",       "owner=",
    "due<",       "due<=",     "due=",        "due>=",     "due>",       "sort=due",
    "sort=owner", "sort=file", "group=owner", "group=due", "group=file", NULL,
};

/* -- Words -- */

static enum pk_status unknown(struct pk_view word, struct pk_error *error)
{
    uint32_t count = 0;
    while (pk_filter_words[count])
        count++;
    const char *nearest = pk_nearest(word, pk_filter_words, count);
    return pk_fail(error, PK_EINPUT, "there is no filter \"%.*s\"%s%s%s", (int)word.length, word.at,
                   nearest ? ": did you mean \"" : "", nearest ? nearest : "",
                   nearest ? "\"?" : "");
}

static void narrow(struct pk_filter *filter, int32_t first, int32_t last)
{
    if (!filter->dated) {
        filter->first_day = INT32_MIN;
        filter->last_day = INT32_MAX;
    }
    filter->dated = true;
    if (first > filter->first_day)
        filter->first_day = first;
    if (last < filter->last_day)
        filter->last_day = last;
}

/* The signs behind "due": "<", "<=", "=", ">=", ">"; the longest that stands there. */
static enum pk_status due_word(struct pk_filter *filter, struct pk_view rest,
                               struct pk_error *error)
{
    struct pk_date date = filter->today;
    char first = rest.length ? rest.at[0] : '\0';
    bool equal = rest.length > 1 && rest.at[1] == '=' && first != '=';
    struct pk_view word = pk_view_part(rest, equal ? 2 : 1, rest.length);
    if (!(pk_is(word, "today") && date.year) && !pk_date_parse_iso(word, &date))
        return pk_fail(error, PK_EINPUT, "due%.*s wants a day as YYYY-MM-DD, not \"%.*s\"",
                       equal ? 2 : 1, rest.at, (int)word.length, word.at);
    int32_t day = pk_date_days(date);
    switch (first) {
    case '<':
        narrow(filter, INT32_MIN, equal ? day : day - 1);
        break;
    case '>':
        narrow(filter, equal ? day : day + 1, INT32_MAX);
        break;
    default:
        narrow(filter, day, day);
    }
    return PK_OK;
}

static enum pk_status order_word(enum pk_order *order, struct pk_view word, const char *key,
                                 struct pk_error *error)
{
    for (int i = PK_BY_DUE; i < PK_ORDERS; i++)
        if (pk_is(word, pk_orders[i])) {
            *order = (enum pk_order)i;
            return PK_OK;
        }
    return pk_fail(error, PK_EINPUT, "%s= wants due, owner or file, not \"%.*s\"", key,
                   (int)word.length, word.at);
}

static enum pk_status owner_word(struct pk_arena *arena, struct pk_filter *filter,
                                 struct pk_view name, struct pk_error *error)
{
    name = pk_trim(name);
    if (!name.length)
        return pk_fail(error, PK_EINPUT, "owner= wants a name");
    *pk_push(arena, &filter->owner) = name;
    return PK_OK;
}

enum pk_status pk_filter_word(struct pk_arena *arena, struct pk_filter *filter, struct pk_view word,
                              struct pk_error *error)
{
    size_t key = 0;
    while (key < word.length && !strchr("<=>", word.at[key]))
        key++;
    struct pk_view rest = pk_view_part(word, key, word.length);
    struct pk_view value = pk_view_part(rest, 1, rest.length), name = pk_view_part(word, 0, key);
    bool given = pk_starts(rest, PK_VIEW("="));
    for (int i = 0; i <= PK_CANCELLED; i++)
        if (pk_is(word, pk_states[i])) {
            filter->states |= 1u << i;
            return PK_OK;
        }
    if (pk_is(name, "due") && rest.length)
        return due_word(filter, rest, error);
    if (pk_is(name, "owner") && given)
        return owner_word(arena, filter, value, error);
    if (pk_is(name, "sort") && given)
        return order_word(&filter->sort, value, "sort", error);
    if (pk_is(name, "group") && given)
        return order_word(&filter->group, value, "group", error);
    if (pk_is(word, "overdue"))
        filter->overdue = true;
    else if (pk_is(word, "mine"))
        filter->mine = true;
    else
        return unknown(word, error);
    return PK_OK;
}

enum pk_status pk_filter_check(const struct pk_filter *filter, struct pk_error *error)
{
    if (filter->mine && !pk_trim(filter->me).length)
        return pk_fail(error, PK_EINPUT, "\"mine\" wants to know your name");
    for (int i = 0; i < PK_CANCELLED; i++)
        if (filter->states & 1u << i && filter->states >> (i + 1))
            return pk_fail(error, PK_EINPUT, "nothing is both %s and %s", pk_states[i],
                           pk_states[filter->states & 1u << PK_CANCELLED ? PK_CANCELLED : PK_DONE]);
    if (filter->overdue && !filter->today.year)
        return pk_fail(error, PK_EINPUT, "\"overdue\" wants to know what day today is");
    if (filter->overdue && filter->states && !(filter->states & 1u << PK_OPEN))
        return pk_fail(error, PK_EINPUT, "nothing is both overdue and %s",
                       pk_states[filter->states & 1u << PK_DONE ? PK_DONE : PK_CANCELLED]);
    return PK_OK;
}

/* -- What is wanted -- */

static bool is_name_wanted(const struct pk_filter *filter, struct pk_view name)
{
    if (filter->mine && pk_same_person(name, filter->me))
        return true;
    for (uint32_t i = 0; i < filter->owner.count; i++)
        if (pk_is_called(name, filter->owner.items[i]))
            return true;
    return !filter->mine && !filter->owner.count;
}

/* By the person's name; as written, too, where that is another name altogether, "Kate". */
static bool is_owner_wanted(const struct pk_filter *filter, const struct pk_owner *owner)
{
    struct pk_view person = pk_owner_name(owner);
    return is_name_wanted(filter, person) ||
           (!pk_same_person(owner->name, person) && is_name_wanted(filter, owner->name));
}

static bool is_anybody_wanted(const struct pk_filter *filter, const struct pk_action *action)
{
    for (uint32_t i = 0; i < action->owner.count; i++)
        if (is_owner_wanted(filter, &action->owner.items[i]))
            return true;
    return !filter->mine && !filter->owner.count;
}

bool pk_is_wanted(const struct pk_filter *filter, const struct pk_action *action)
{
    int32_t due = action->due.year ? pk_date_days(action->due) : INT32_MAX;
    if (filter->states && !(filter->states & 1u << action->state))
        return false;
    if (filter->overdue && (action->state != PK_OPEN || due >= pk_date_days(filter->today)))
        return false;
    if (filter->dated && (due == INT32_MAX || due < filter->first_day || due > filter->last_day))
        return false;
    return is_anybody_wanted(filter, action);
}

/* -- Headings -- */

/* By how near it is due; what is no longer open is out of the way. */
enum { OVERDUE, THIS_WEEK, NEXT_WEEK, LATER, NO_DAY, CLOSED };
static const char *const shelves[] = {
    [OVERDUE] = "overdue", [THIS_WEEK] = "this week", [NEXT_WEEK] = "next week",
    [LATER] = "later",     [NO_DAY] = "no date",      [CLOSED] = "done or cancelled",
};

static uint32_t shelf_of(const struct pk_filter *filter, const struct pk_action *action)
{
    if (action->state != PK_OPEN)
        return CLOSED;
    if (!action->due.year)
        return NO_DAY;
    if (!filter->today.year)
        return LATER;
    int32_t today = pk_date_days(filter->today), due = pk_date_days(action->due);
    int32_t sunday = today + 7 - pk_date_weekday(filter->today);
    return due < today         ? OVERDUE
           : due <= sunday     ? THIS_WEEK
           : due <= sunday + 7 ? NEXT_WEEK
                               : LATER;
}

static void put_under(struct pk_arena *arena, struct pk_chosen *chosen,
                      const struct pk_action *action, const struct pk_owner *owner)
{
    switch (chosen->filter->group) {
    case PK_BY_DUE:
        chosen->shelf = shelf_of(chosen->filter, action);
        chosen->heading = pk_view_of(shelves[chosen->shelf]);
        break;
    case PK_BY_OWNER:
        chosen->heading = owner ? pk_copy(arena, pk_owner_name(owner)) : PK_VIEW("nobody");
        break;
    case PK_BY_FILE:
        chosen->heading = chosen->file.length ? chosen->file : PK_VIEW("-");
        break;
    default:
        break;
    }
}

bool pk_choose(struct pk_arena *arena, struct pk_choice *choice, const struct pk_action *action,
               struct pk_view file, uint32_t item)
{
    const struct pk_filter *filter = choice->filter;
    bool each = filter->group == PK_BY_OWNER && action->owner.count > 1;
    if (!pk_is_wanted(filter, action))
        return false;
    for (uint32_t i = 0; i < (each ? action->owner.count : 1); i++) {
        const struct pk_owner *owner = action->owner.count ? &action->owner.items[i] : NULL;
        if (each && (pk_is_owner_again(action, i) || !is_owner_wanted(filter, owner)))
            continue;
        struct pk_chosen chosen = {
            .filter = filter,
            .item = item,
            .order = choice->chosen.count,
            .due = action->due.year ? pk_date_days(action->due) : INT32_MAX,
            .file = file,
            .owner = owner ? pk_folded(arena, pk_owner_name(owner)) : PK_VIEW(""),
        };
        put_under(arena, &chosen, action, owner);
        *pk_push(arena, &choice->chosen) = chosen;
    }
    return true;
}

/* -- Order -- */

static int compare_views(struct pk_view a, struct pk_view b)
{
    size_t length = a.length < b.length ? a.length : b.length;
    int order = length ? memcmp(a.at, b.at, length) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

/* What is without a day, or without an owner, comes last. */
static int compare_by(enum pk_order order, const struct pk_chosen *a, const struct pk_chosen *b)
{
    switch (order) {
    case PK_BY_DUE:
        return (a->due > b->due) - (a->due < b->due);
    case PK_BY_OWNER:
        if (!a->owner.length != !b->owner.length)
            return a->owner.length ? -1 : 1;
        return compare_views(a->owner, b->owner);
    case PK_BY_FILE:
        return compare_views(a->file, b->file);
    default:
        return 0;
    }
}

static int compare_groups(const struct pk_chosen *a, const struct pk_chosen *b)
{
    if (a->filter->group == PK_BY_DUE)
        return (a->shelf > b->shelf) - (a->shelf < b->shelf);
    return compare_by(a->filter->group, a, b);
}

static int compare(const void *left, const void *right)
{
    const struct pk_chosen *a = left, *b = right;
    int order = compare_groups(a, b);
    if (!order)
        order = compare_by(a->filter->sort, a, b);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

void pk_choice_sort(struct pk_choice *choice)
{
    struct pk_chosen *all = choice->chosen.items;
    uint32_t count = choice->chosen.count;
    if (!count || (!choice->filter->sort && !choice->filter->group))
        return;
    qsort(all, count, sizeof *all, compare);
    struct pk_chosen *first = all;
    for (uint32_t i = 0; choice->filter->group && i < count; i++) {
        if (compare_groups(first, &all[i]))
            first = &all[i];
        first->size++;
    }
}
