/* complete_test.c - which people and days may be meant at a cursor. */
#include "with_library.h"

#include <stdio.h>
#include <string.h>

#include "protokol.h"

static struct pk_candidates found;
static char text[2000];

static const char *const english =
    "# Minutes\n\nDate: 2026-11-23\n\n## Participants\n\n- Anna Weber, head of sales\n"
    "- Anton Reed, @toni\n\n## Notes\n\n";

/* The candidates at the end of the line, which others follow: "start: one, another". */
static const char *complete_in(const char *head, const char *line)
{
    struct pk_minutes minutes;
    struct pk_error error;
    struct pk_buffer out = {.arena = &arena};
    snprintf(text, sizeof text, "%s%s\n\nAnd so on.\n", head, line);
    if (pk_read(&arena, library, pk_view_of(text),
                &(struct pk_read_options){.name = PK_VIEW("a.md")}, &minutes, &error) != PK_OK)
        fail_msg("%s", error.message);
    uint32_t cursor = (uint32_t)(strlen(head) + strlen(line));
    pk_complete(&minutes, cursor, &found);
    pk_put(&out, pk_view_part(minutes.blocks.text, found.start, cursor));
    pk_puts(&out, ":");
    for (uint32_t i = 0; i < found.candidate.count && i < 4; i++) {
        pk_puts(&out, " ");
        pk_put(&out, found.candidate.items[i].text);
    }
    pk_putc(&out, '\0');
    return out.bytes;
}

static const char *complete(const char *line)
{
    return complete_in(english, line);
}

static void names_by_any_of_their_words(void **state)
{
    (void)state;
    assert_string_equal(complete("- [ ] an"), "an: Anna Weber Anton Reed");
    assert_string_equal(complete("- [ ] anna w"), "anna w: Anna Weber");
    assert_string_equal(complete("We asked ree"), "ree: Anton Reed");
    assert_string_equal(complete("- [ ] "), ": Anna Weber Anton Reed @toni");
    assert_string_equal(complete("- [ ] xa"), ":");
}

static void handles_behind_their_sign(void **state)
{
    (void)state;
    assert_string_equal(complete("- [ ] @to"), "@to: @toni");
    assert_string_equal(complete("- [ ] to"), "to: @toni");
}

static void owners_behind_their_word(void **state)
{
    (void)state;
    assert_string_equal(complete("- dig \u2014 owner: "), ": Anna Weber Anton Reed @toni");
    assert_string_equal(complete("- dig \u2014 owner: Anna Weber, ant"), "ant: Anton Reed");
}

static void days_behind_theirs(void **state)
{
    (void)state;
    assert_string_equal(complete("- dig by "), ": 2026-11-23 2026-11-24 2026-11-25 2026-11-26");
    assert_string_equal(complete("- dig, due: tom"), "tom: 2026-11-24 2026-11-25");
    assert_string_equal(complete("- dig by fri"), "fri: 2026-11-27 2026-12-04");
    assert_string_equal(complete("- dig by 2026-12"), "2026-12: 2026-12-04");
    assert_string_equal(complete("- dig by end of the m"), "end of the m: 2026-11-30");
    assert_true(pk_is(found.candidate.items[0].note, "end of the month, Monday"));
    assert_string_equal(complete("- dig by an"), "an: Anna Weber Anton Reed");
}

static void days_as_the_language_writes_them(void **state)
{
    (void)state;
    const char *russian =
        "---\nlang: ru\n---\n# \u041f\u0440\u043e\u0442\u043e\u043a\u043e\u043b\n\n"
        "\u0414\u0430\u0442\u0430: 23.11.2026\n\n";
    assert_string_equal(complete_in(russian, "- \u043a\u043e\u043f\u0430\u0442\u044c \u0434\u043e "
                                             "\u043f\u044f\u0442\u043d\u0438\u0446\u044b"),
                        "\u043f\u044f\u0442\u043d\u0438\u0446\u044b: 27.11.2026");
    assert_string_equal(complete_in("---\nlang: de\n---\n# Protokoll\n\nDatum: 23.11.2026\n\n",
                                    "- graben bis \u00fcberm"),
                        "\u00fcberm: 25.11.2026");
}

static void what_a_column_holds(void **state)
{
    (void)state;
    char head[1000];
    snprintf(head, sizeof head, "%s| Task | Owner | Due |\n|--|--|--|\n", english);
    assert_string_equal(complete_in(head, "| dig | an"), "an: Anna Weber Anton Reed");
    assert_string_equal(complete_in(head, "| dig | Anna | th"),
                        "th: 2026-11-25 2026-11-26 2026-11-30");
    assert_string_equal(complete_in(head, "| dig | Anna | "),
                        ": 2026-11-23 2026-11-24 2026-11-25 2026-11-26");
    assert_string_equal(complete_in(head, "| a \\| b | ree"), "ree: Anton Reed");
}

static void any_cursor_in_any_bytes(void **state)
{
    struct pk_minutes minutes;
    struct pk_error error;
    struct pk_view bytes = PK_VIEW("\xff\xfe| by |\n|-|\n| due: \xc3\n\0\r\n@");
    (void)state;
    assert_int_equal(pk_read(&arena, library, bytes, &(struct pk_read_options){.name = PK_VIEW("")},
                             &minutes, &error),
                     PK_OK);
    for (uint32_t cursor = 0; cursor < bytes.length + 3; cursor++) {
        pk_complete(&minutes, cursor, &found);
        assert_true(found.start <= bytes.length);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(names_by_any_of_their_words),      TEST(handles_behind_their_sign),
        TEST(owners_behind_their_word),         TEST(days_behind_theirs),
        TEST(days_as_the_language_writes_them), TEST(what_a_column_holds),
        TEST(any_cursor_in_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
