/* bounds_test.c - however much is wrong with a large document, no rule says more than it may. */
#include "with_library.h"

#include <string.h>

#include "lint/lint.h"

enum { BYTES = 1 << 20, MOST = 1000 * (1 + BYTES / (256 * 1024)) };

/* What is said once before a line that is said again and again, and the rule that this ends. */
static const struct {
    const char *before, *line, *rule;
} texts[] = {
    {"# Minutes\n\n", "Yes!!! ", "tone-shouting"},
    {"# Minutes\n\n## Next steps\n\n", "- [ ] Ann: ask Ben by 3/4/2027\n", "due-ambiguous"},
    {"# Minutes\n\n## Next steps\n\n", "- [ ] ask Ben\n", "action-owner"},
    {"# Minutes\n\n", "Date: 3/4/2027\n", "date-ambiguous"},
    {"# Minutes\n\n", "## Decisions\n\nWe buy.\n\n", "section-duplicate"},
    {"# Minutes\n\n## Decisions\n\n", "Perhaps we buy, maybe we sell.\n\n", "tone-hedge"},
    {"# Minutes\n\n## Participants\n\n", "- Ann Lee, ann@example,com\n", "contact-invalid"},
    {"# Minutes\n\n", "<!-- protokol: off action-deu -->\n", "suppression-unknown"},
};

static struct pk_view build(size_t number)
{
    struct pk_buffer out = {.arena = &arena};
    pk_puts(&out, texts[number].before);
    while (out.length < BYTES)
        pk_puts(&out, texts[number].line);
    return pk_written(&out);
}

static void lint(struct pk_view text, struct pk_minutes *minutes, struct pk_findings *findings)
{
    struct pk_error error;
    const struct pk_read_options options = {.name = PK_VIEW("a.md"), .today = {2026, 11, 16}};
    assert_int_equal(pk_read(&arena, library, text, &options, minutes, &error), PK_OK);
    assert_int_equal(pk_lint(minutes, findings), PK_OK);
}

static uint32_t count(const struct pk_findings *findings, const char *rule)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < findings->diagnostic.count; i++)
        count += strcmp(findings->diagnostic.items[i].rule->id, rule) == 0;
    return count;
}

static void test_no_rule_has_more_findings_than_it_may(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pk_minutes minutes;
        struct pk_findings findings;
        lint(build(i), &minutes, &findings);
        for (uint32_t j = 0; pk_rules[j]; j++)
            assert_true(count(&findings, pk_rules[j]->id) <= MOST);
        assert_int_equal(count(&findings, texts[i].rule), MOST);
        assert_true(findings.ended.count > 0);
        assert_int_equal(count(&findings, "finding-limit"), findings.ended.count);
        pk_arena_reset(&arena);
    }
}

static void test_says_which_rule_was_ended_and_where(void **state)
{
    (void)state;
    struct pk_minutes minutes;
    struct pk_findings findings;
    bool told = false;
    struct pk_view text = build(0);
    lint(text, &minutes, &findings);
    for (uint32_t i = 0; i < findings.diagnostic.count; i++) {
        const struct pk_diagnostic *found = &findings.diagnostic.items[i];
        if (strcmp(found->rule->id, "finding-limit") != 0)
            continue;
        told = true;
        assert_string_equal(found->about->id, "tone-shouting");
        assert_int_equal(found->span.start, strlen("# Minutes\n\nYes") + MOST * strlen("Yes!!! "));
    }
    assert_true(told);
    pk_arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_rule_has_more_findings_than_it_may),
        cmocka_unit_test(test_says_which_rule_was_ended_and_where),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
