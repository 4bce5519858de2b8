/* detect_test.c - what is minutes and what is not, in which language and of which kind. */
#include "with_library.h"

#include <string.h>

#include "read/minutes.h"

static struct pk_error error;

static bool is_minutes(const char *text, const char *name)
{
    bool is;
    assert_int_equal(pk_is_minutes(library, pk_view_of(text), pk_view_of(name), &is), PK_OK);
    return is;
}

static void minutes_are_told_by_front_matter(void **state)
{
    (void)state;
    assert_true(is_minutes("---\nprotokol: meeting\n---\n# Whatever\n", "a.md"));
    assert_false(is_minutes("---\ntitle: Cake\n---\n# Cake\n", "a.md"));
}

static void minutes_are_told_by_their_title(void **state)
{
    (void)state;
    assert_true(is_minutes("# Minutes 2026-11-16\n", "a.md"));
    assert_true(is_minutes("# Team meeting minutes\n", "a.md"));
    assert_true(is_minutes("# Протокол переговоров\n", "a.md"));
    assert_true(is_minutes("Протокол переговоров\n====\n", "a.md"));
    assert_true(is_minutes("# Sitzungsprotokoll vom 16.11.2026\n", "a.md"));
    assert_true(is_minutes("П Р О Т О К О Л\nсобрания\n", "a.txt"));
}

static void minutes_are_told_by_their_sections(void **state)
{
    (void)state;
    assert_true(is_minutes("# Call with the mill\n\n## Participants\n\n## Purpose\n\n## Topics\n\n"
                           "## Agreements\n\n## Next steps\n",
                           "a.md"));
    assert_false(is_minutes("# Call with the mill\n\n## Topics\n", "a.md"));
}

static void other_texts_are_left_alone(void **state)
{
    (void)state;
    assert_false(is_minutes("", "a.md"));
    assert_false(
        is_minutes("# Flour\n\nHow to bake bread.\n\n## Usage\n\n## License\n", "README.md"));
    assert_false(is_minutes("# 10 minutes to learn baking\n", "a.md"));
    assert_false(is_minutes("# Protocol buffers\n", "a.md"));
    assert_false(is_minutes("We met for ten minutes and left.\n", "a.txt"));
}

static const char *profile_of(const char *text)
{
    struct pk_minutes minutes;
    struct pk_read_options options = {.name = PK_VIEW("a.md")};
    enum pk_status status = pk_read(&arena, library, pk_view_of(text), &options, &minutes, &error);
    bool client = status == PK_OK && pk_is(minutes.profile->id, "negotiation");
    bool house = status == PK_OK && pk_is(minutes.profile->id, "meeting");
    return client ? "negotiation" : house ? "meeting" : "another";
}

static void the_kind_is_told_by_the_title(void **state)
{
    (void)state;
    assert_string_equal(profile_of("# Minutes\n"), "negotiation");
    assert_string_equal(profile_of("# Team meeting 2026-11-19\n"), "meeting");
    assert_string_equal(profile_of("# Weekly sync\n"), "meeting");
    assert_string_equal(profile_of("# Протокол № 7 рабочего совещания отдела\n"), "meeting");
    assert_string_equal(profile_of("# Протокол № 7 совещания с заказчиком\n"), "negotiation");
    assert_string_equal(profile_of("ПРОТОКОЛ № 7\nпланового совещания\n"), "meeting");
    assert_string_equal(profile_of("ООО «Вектор»\n\nП Р О Т О К О Л № 7\n\nсовещания\n"),
                        "meeting");
    assert_string_equal(profile_of("ПРОТОКОЛ № 7\n\nДата: 5 мая\n"), "negotiation");
    assert_string_equal(profile_of("# Protokoll der Teambesprechung\n"), "meeting");
    assert_string_equal(profile_of("# Protokoll: Team und Kundentermin\n"), "negotiation");
    assert_false(is_minutes("# The team\n", "a.md"));
}

static void a_projects_profile_holds_whatever_the_title(void **state)
{
    (void)state;
    assert_int_equal(pk_library_add_profile(library, PK_VIEW("extends: negotiation\n"),
                                            ".protokol.yaml", &error),
                     PK_OK);
    library->project = true;
    assert_string_equal(profile_of("# Besprechungsprotokoll\n"), "negotiation");
    assert_string_equal(profile_of("---\nprotokol: meeting\n---\n# Minutes\n"), "meeting");
    library->project = false;
}

static const char *language_of(const char *text, const char *asked)
{
    struct pk_minutes minutes;
    struct pk_read_options options = {.name = PK_VIEW("a.md"), .language = pk_view_of(asked)};
    pk_arena_reset(&arena);
    enum pk_status status = pk_read(&arena, library, pk_view_of(text), &options, &minutes, &error);
    return status ? "" : pk_copy(&arena, minutes.language->id).at;
}

static void the_language_is_the_documents_own(void **state)
{
    (void)state;
    assert_string_equal(language_of("# Minutes\n\nWe talked about the mill.\n", ""), "en");
    assert_string_equal(language_of("# Протокол\n", ""), "ru");
    assert_string_equal(language_of("# Protokoll\n\nWir haben über die Mühle geredet.\n", ""),
                        "de");
    assert_string_equal(language_of("---\nlang: de\n---\n# Minutes\n\nWe talked.\n", ""), "de");
    assert_string_equal(language_of("# Minutes\n", "ru"), "ru");
}

static void what_there_is_not_is_refused(void **state)
{
    (void)state;
    struct pk_minutes minutes;
    struct pk_read_options language = {.language = PK_VIEW("xx")};
    assert_int_equal(pk_read(&arena, library, PK_VIEW("a"), &language, &minutes, &error),
                     PK_EINPUT);
    assert_string_equal(error.message, "there is no language \"xx\"");
    struct pk_read_options profile = {.profile = PK_VIEW("xx")};
    assert_int_equal(pk_read(&arena, library, PK_VIEW("a"), &profile, &minutes, &error), PK_EINPUT);
    struct pk_read_options detail = {.detail = PK_VIEW("xx")};
    assert_int_equal(pk_read(&arena, library, PK_VIEW("a"), &detail, &minutes, &error), PK_EINPUT);
}

/* Half a million of them, each of which would take a look at all that is behind it. */
static void a_line_of_nothing_but_title_words_ends(void **state)
{
    (void)state;
    enum { WORDS = 500000 };
    struct pk_buffer out = {.arena = &arena};
    bool is;
    pk_puts(&out, "all the ");
    for (int i = 0; i < WORDS; i++)
        pk_puts(&out, "minutes ");
    pk_puts(&out, "end");
    assert_int_equal(pk_is_minutes(library, pk_written(&out), PK_VIEW("a.md"), &is), PK_OK);
    assert_false(is);
    pk_arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minutes_are_told_by_front_matter),
        cmocka_unit_test(minutes_are_told_by_their_title),
        cmocka_unit_test(minutes_are_told_by_their_sections),
        cmocka_unit_test(other_texts_are_left_alone),
        cmocka_unit_test(the_kind_is_told_by_the_title),
        cmocka_unit_test(a_projects_profile_holds_whatever_the_title),
        cmocka_unit_test(the_language_is_the_documents_own),
        cmocka_unit_test(what_there_is_not_is_refused),
        cmocka_unit_test(a_line_of_nothing_but_title_words_ends),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
