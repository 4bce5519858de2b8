/* template_test.c - a profile is written out as minutes, whatever the values hold. */
#include "profile/template.h"

#include "test.h"

#include <string.h>

static struct pk_library *library;
static struct pk_arena arena;
static struct pk_buffer out;
static struct pk_template template;

static int set_up(void **state)
{
    struct pk_error error;
    (void)state;
    pk_arena_init(&arena);
    out = (struct pk_buffer){.arena = &arena};
    if (pk_library_open(&library, &error) != PK_OK)
        return -1;
    template = (struct pk_template){.library = library, .detail = PK_STANDARD};
    template.profile = library->preferred;
    template.language = pk_library_language(library, PK_VIEW("en"));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pk_library_close(library);
    pk_arena_free(&arena);
    return 0;
}

/* A profile of the test's own becomes the one that is written. */
static void use_profile(const char *yaml)
{
    struct pk_error error;
    if (pk_library_add_profile(library, pk_view_of(yaml), "own.yaml", &error) != PK_OK)
        fail_msg("%s:%u:%u: %s", error.file, error.line, error.column, error.message);
    template.profile = pk_library_profile(library, PK_VIEW("own"));
    template.language = pk_library_language(library, PK_VIEW("en"));
}

static const char *write_out(const struct pk_value *value, uint32_t count)
{
    template.value = value;
    template.value_count = count;
    out.length = 0;
    pk_write_template(&out, &template);
    pk_putc(&out, '\0');
    return out.bytes;
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no \"%s\" in:\n%s", part, text);
}

static uint32_t count_of(const char *text, const char *part)
{
    uint32_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

/* -- What is written -- */

static void writes_head_and_required_sections(void **state)
{
    (void)state;
    use_profile(
        "profile: own\ntitle: Weekly\n"
        "fields: [{id: date}, {id: place, required: false}, {id: room, label: Room}]\n"
        "sections: [{id: actions, body: '- [ ] {{task}}'}, {id: risks, required: [detailed]},"
        " {id: budget, title: Money}]\n");
    assert_string_equal(write_out(NULL, 0), "---\nprotokol: own\nlang: en\ndetail: standard\n---\n"
                                            "\n# Weekly\n"
                                            "\n- **Date:** {{date of the meeting}}\n"
                                            "- **Room:** {{Room}}\n"
                                            "\n## Action items\n\n- [ ] {{what is to be done}}\n"
                                            "\n## Money\n\n{{Money}}\n");
}

static void a_known_kind_needs_no_body(void **state)
{
    (void)state;
    use_profile("profile: own\nhead: x\nsections: [{id: todo, kind: actions, title: To do}]\n");
    assert_string_equal(write_out(NULL, 0), "x\n\n## To do\n\n"
                                            "- [ ] {{what is to be done}} \u2014 owner: "
                                            "{{who is responsible}}, due: {{by when}}\n");
}

static void a_profile_has_words_of_its_own(void **state)
{
    (void)state;
    use_profile("profile: own\nlabels: {en: {date: Day}}\nprompts: {en: {date: which day}}\n"
                "head: '${date} {{date}} ${nothing} {{nothing}}'\nsections: []\n");
    assert_string_equal(write_out(NULL, 0), "Day {{which day}} nothing {{nothing}}\n");
}

static void an_unclosed_mark_is_text(void **state)
{
    (void)state;
    use_profile("profile: own\nsections: []\nhead: |\n  {{date\n  ${date\n  {{}} ${} $ { }}\n");
    assert_string_equal(write_out(NULL, 0), "{{date\n${date\n{{}} ${} $ { }}\n");
}

/* Every built-in profile at every level in every language: no key without words. */
static void built_in_profiles_have_words_for_all(void **state)
{
    (void)state;
    for (uint32_t p = 0; p < library->profile.count; p++) {
        for (uint32_t l = 0; l < library->language.count; l++) {
            for (uint32_t d = 0; d < PK_DETAILS; d++) {
                template.profile = library->profile.items[p];
                template.language = &library->language.items[l];
                if (!template.language->labels)
                    continue; /* it is only read */
                template.detail = (enum pk_detail)d;
                const char *text = write_out(NULL, 0);
                assert_null(strstr(text, "${"));
                assert_true(strlen(text) > 200);
                if (pk_is(template.language->id, "ru")) {
                    for (const char *at = strstr(text, "{{"); at; at = strstr(at + 2, "{{"))
                        assert_true((unsigned char)at[2] >= 0xD0); /* Cyrillic */
                }
                if (pk_is(template.language->id, "de"))
                    assert_null(strstr(text, "what "));
            }
        }
    }
}

static void levels_ask_for_more_and_more(void **state)
{
    uint32_t asked[PK_DETAILS];
    (void)state;
    for (uint32_t d = 0; d < PK_DETAILS; d++) {
        template.detail = (enum pk_detail)d;
        asked[d] = count_of(write_out(NULL, 0), "{{");
    }
    assert_true(asked[PK_BRIEF] < asked[PK_STANDARD]);
    assert_true(asked[PK_STANDARD] < asked[PK_DETAILED]);
}

/* -- Values -- */

static void fills_in_what_is_known(void **state)
{
    const struct pk_value values[] = {{PK_VIEW("date"), PK_VIEW("2026-12-01")},
                                      {PK_VIEW("client"), PK_VIEW("  Nordlicht GmbH ")},
                                      {PK_VIEW("place"), PK_VIEW("")}};
    (void)state;
    const char *text = write_out(values, 3);
    assert_has(text, "- **Date:** 2026-12-01\n");
    assert_has(text, "- **Client:** Nordlicht GmbH\n");
    assert_has(text, "- **Place:** {{town");
}

static void a_value_stays_on_its_line(void **state)
{
    const struct pk_value values[] = {
        {PK_VIEW("subject"), PK_VIEW("one\n## two\r\n---\x0C\x00z\xE2\x80\xA8q {{date}} ${date}")}};
    (void)state;
    assert_has(write_out(values, 1), "- **Subject:** one ## two  ---  z q {{date}} ${date}\n");
}

static void a_value_stays_in_its_cell(void **state)
{
    const struct pk_value values[] = {{PK_VIEW("name"), PK_VIEW("A | B \\| C\n| D")}};
    (void)state;
    assert_has(write_out(values, 1), "| A \\| B \\| C \\| D | {{position}} |");
}

static void front_matter_stays_yaml(void **state)
{
    const struct pk_value values[] = {{PK_VIEW("a"), PK_VIEW("x: \"y\" \\ # z\n---\nevil: 1")},
                                      {PK_VIEW("b"), PK_VIEW("plain words")},
                                      {PK_VIEW("c"), PK_VIEW("no")},
                                      {PK_VIEW("d"), PK_VIEW("in \"quotes\"")}};
    struct pk_yaml *front;
    struct pk_error error;
    (void)state;
    use_profile("profile: own\nsections: []\nhead: |\n  ---\n  a: {{a}}\n  b: {{b}}\n  c: {{c}}\n"
                "  d: \"so: {{d}}\"\n  e: {{e: [}}\n  f: ${profile}\n  ---\n  a: {{a}}\n");
    struct pk_view text = pk_view_of(write_out(values, 4));
    assert_has(text.at, "b: plain words\n");
    size_t end = (size_t)(strstr(text.at + 4, "---\na:") - text.at);
    if (pk_yaml_read(&arena, pk_view_part(text, 4, end), &front, &error) != PK_OK)
        fail_msg("%u:%u: %s in\n%s", error.line, error.column, error.message, text.at);
    assert_true(pk_is(pk_yaml_get(front, "a")->value, "x: \"y\" \\ # z --- evil: 1"));
    assert_true(pk_yaml_get(front, "c")->quoted);
    assert_true(pk_is(pk_yaml_get(front, "d")->value, "so: in \"quotes\""));
    assert_true(pk_is(pk_yaml_get(front, "e")->value, "{{e: [}}"));
    assert_true(pk_is(pk_yaml_get(front, "f")->value, "own"));
    assert_null(pk_yaml_get(front, "evil"));
}

static void writes_the_body_of_one_section(void **state)
{
    (void)state;
    pk_write_section_body(&out, &template, 1);
    struct pk_view body = pk_written(&out);
    assert_true(pk_starts(body, PK_VIEW("{{why the meeting was held}}\n\n{{")));
    assert_int_equal(body.at[body.length - 1], '\n');
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(writes_head_and_required_sections),
        TEST(a_known_kind_needs_no_body),
        TEST(a_profile_has_words_of_its_own),
        TEST(an_unclosed_mark_is_text),
        TEST(built_in_profiles_have_words_for_all),
        TEST(levels_ask_for_more_and_more),
        TEST(fills_in_what_is_known),
        TEST(a_value_stays_on_its_line),
        TEST(a_value_stays_in_its_cell),
        TEST(front_matter_stays_yaml),
        TEST(writes_the_body_of_one_section),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
