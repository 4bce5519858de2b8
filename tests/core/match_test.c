/* match_test.c - owners matched to people by a profile's aliases, and at what cost. */
#include "with_library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "read/minutes.h"

static struct pk_error error;
static struct pk_minutes minutes;

static void read_minutes(struct pk_view text, const char *profile)
{
    struct pk_read_options options = {.profile = pk_view_of(profile)};
    pk_arena_reset(&arena);
    assert_int_equal(pk_read(&arena, library, text, &options, &minutes, &error), PK_OK);
}

static const struct pk_owner *owner(uint32_t action)
{
    assert_true(action < minutes.action.count);
    assert_int_equal(minutes.action.items[action].owner.count, 1);
    return &minutes.action.items[action].owner.items[0];
}

static void a_profile_lists_what_people_are_called(void **state)
{
    (void)state;
    static const char profile[] = "profile: own\nextends: meeting\n"
                                  "aliases: {Katherine Marsh: [Kate, KM2], Nora Pike: nopi}\n";
    assert_int_equal(pk_library_add_profile(library, PK_VIEW(profile), "own.yaml", &error), PK_OK);
    read_minutes(
        PK_VIEW(
            "# Minutes\n\n## Participants\n\n- Owen Hale\n- Katherine Marsh\n\n"
            "## Action items\n\n- Kate to write it\n- @nopi to call\n- [ ] write (owner: Ann)\n"),
        "own");
    assert_int_equal(minutes.action.count, 3);
    assert_int_equal(owner(0)->person, 1);
    assert_true(pk_is(owner(0)->name, "Kate"));
    assert_true(pk_is(owner(0)->full_name, "Katherine Marsh"));
    assert_int_equal(owner(1)->person, -1);
    assert_true(pk_is(owner(1)->full_name, "Nora Pike"));
    assert_int_equal(owner(2)->person, -1);
    assert_int_equal(owner(2)->full_name.length, 0);
}

static void somebody_listed_twice_is_one_person(void **state)
{
    (void)state;
    read_minutes(PK_VIEW("# Minutes\n\nPresent: Owen Hale, Ruth Tanner\n\n## Participants\n\n"
                         "- Owen Hale\n- Ruth Tanner\n\n## Action items\n\n- Owen to call\n"),
                 "meeting");
    assert_true(pk_is(owner(0)->full_name, "Owen Hale"));
}

/* Minutes of `count` people of one surname with an item each; seconds to read them. */
static double seconds(int count)
{
    size_t room = (size_t)count * 64 + 200;
    char *text = malloc(room);
    assert_non_null(text);
    int length = snprintf(text, room, "# Minutes\n\n## Participants\n\n");
    for (int i = 0; i < count; i++)
        length += snprintf(text + length, room - (size_t)length, "- Ivanov Petr%d\n", i);
    length += snprintf(text + length, room - (size_t)length, "\n## Action items\n\n");
    for (int i = 0; i < count; i++)
        length += snprintf(text + length, room - (size_t)length, "- [ ] call (owner: Ivanov)\n");
    clock_t start = clock();
    read_minutes((struct pk_view){text, (size_t)length}, "meeting");
    double spent = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_int_equal(minutes.action.count, count);
    free(text);
    return spent;
}

static void a_crowd_of_one_surname_costs_no_more_than_it_is_long(void **state)
{
    (void)state;
    double few = seconds(4000), many = seconds(32000);
    if (many > 0.2 && many > few * 8 * 4)
        fail_msg("%.3f s for 4,000 people, %.3f s for 32,000", few, many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_profile_lists_what_people_are_called),
        cmocka_unit_test(somebody_listed_twice_is_one_person),
        cmocka_unit_test(a_crowd_of_one_surname_costs_no_more_than_it_is_long),
    };
    return cmocka_run_group_tests_name("match", tests, set_up, tear_down);
}
