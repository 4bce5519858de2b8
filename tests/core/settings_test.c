/* settings_test.c - what a profile may say about rules, and where it is wrong. */
#include "with_library.h"

#include <stdio.h>
#include <string.h>

#include "lint/lint.h"

static struct pk_error error;

static const struct pk_profile *profile_with(const char *rules)
{
    char yaml[512];
    snprintf(yaml, sizeof yaml, "profile: trial\nextends: negotiation\nrules:\n%s", rules);
    enum pk_status status = pk_library_add_profile(library, pk_view_of(yaml), "trial.yaml", &error);
    if (status)
        fail_msg("%s:%u:%u: %s", error.file, error.line, error.column, error.message);
    return pk_library_profile(library, PK_VIEW("trial"));
}

static enum pk_severity severity_of(const struct pk_profile *profile, const char *rule,
                                    enum pk_detail detail)
{
    return pk_rule_severity(pk_rule_of(pk_view_of(rule)), profile, detail);
}

static void assert_refused(const char *rules, const char *message, uint32_t line, uint32_t column)
{
    assert_int_equal(pk_rules_check(profile_with(rules), &error), PK_EINPUT);
    assert_string_equal(error.message, message);
    assert_string_equal(error.file, "trial.yaml");
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void a_severity_may_differ_by_level(void **state)
{
    (void)state;
    const struct pk_profile *profile =
        profile_with("  action-due: off\n"
                     "  date-missing: {severity: error}\n"
                     "  person-role: {severity: {brief: \"off\", detailed: error}}\n");
    assert_int_equal(pk_rules_check(profile, &error), PK_OK);
    assert_int_equal(severity_of(profile, "action-due", PK_STANDARD), PK_OFF);
    assert_int_equal(severity_of(profile, "date-missing", PK_BRIEF), PK_ERROR);
    assert_int_equal(severity_of(profile, "person-role", PK_BRIEF), PK_OFF);
    assert_int_equal(severity_of(profile, "person-role", PK_STANDARD), PK_INFO);
    assert_int_equal(severity_of(profile, "person-role", PK_DETAILED), PK_ERROR);
    assert_int_equal(severity_of(profile, "time-missing", PK_BRIEF), PK_WARNING);
}

static void the_profiles_that_ship_are_right(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < library->profile.count; i++)
        if (pk_rules_check(library->profile.items[i], &error))
            fail_msg("%s:%u:%u: %s", error.file, error.line, error.column, error.message);
}

static void an_unknown_rule_is_refused_with_its_place(void **state)
{
    (void)state;
    assert_refused("  time-missing: hint\n  action-ownr: off\n",
                   "there is no rule \"action-ownr\": did you mean \"action-owner\"?", 5, 3);
    assert_refused("  colour: off\n", "there is no rule \"colour\"", 4, 3);
}

static void an_unknown_option_is_refused_with_its_place(void **state)
{
    (void)state;
    assert_refused("  sentence-length:\n    mx: 30\n",
                   "this rule has no option \"mx\": did you mean \"max\"?", 5, 5);
    assert_refused("  action-due: {max: 30}\n", "this rule has no option \"max\"", 4, 16);
    assert_refused("  tone-hedge: {wrods: [by and large]}\n",
                   "this rule has no option \"wrods\": did you mean \"words\"?", 4, 16);
    assert_refused("  tone-hedge: {words: {en: {hegde: [perchance]}}}\n",
                   "this rule has no group of words \"hegde\": did you mean \"hedge\"?", 4, 29);
    assert_refused("  tone-hedge: {words: [[perchance]]}\n", "a text is wanted here, not a list", 4,
                   24);
    assert_refused("  due-weekend: {words: [soon]}\n", "this rule has no option \"words\"", 4, 17);
}

static void wrong_values_are_refused_with_their_place(void **state)
{
    (void)state;
    assert_refused("  action-due: loud\n", "a severity is hint, info, warning, error or off", 4,
                   15);
    assert_refused("  sentence-length: {max: few}\n", "not a whole number", 4, 26);
    assert_refused("  sentence-length: {max: {breif: 3}}\n",
                   "no level of detail \"breif\": did you mean \"brief\"?", 4, 27);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_severity_may_differ_by_level, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_profiles_that_ship_are_right, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_rule_is_refused_with_its_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_option_is_refused_with_its_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(wrong_values_are_refused_with_their_place, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
