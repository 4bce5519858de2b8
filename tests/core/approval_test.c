/* approval_test.c - the log of approval: what adding an event touches, what it says, where it
 * leads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "protokol.h"

static struct pk_library *library;
static struct pk_arena arena;

static int open_all(void **state)
{
    (void)state;
    struct pk_error error;
    pk_arena_init(&arena);
    return pk_library_open(&library, &error);
}

static int close_all(void **state)
{
    (void)state;
    pk_arena_free(&arena);
    pk_library_close(library);
    return 0;
}

static struct pk_minutes minutes_of(struct pk_view text)
{
    struct pk_minutes minutes;
    struct pk_read_options options = {.name = PK_VIEW("a.md")};
    struct pk_error error;
    assert_int_equal(pk_read(&arena, library, text, &options, &minutes, &error), PK_OK);
    return minutes;
}

static struct pk_event sent(uint32_t revision)
{
    struct pk_event event = {.kind = PK_EVENT_SENT,
                             .time = PK_VIEW("2027-03-01T09:30:00+01:00"),
                             .who = PK_VIEW("Жанна \"Ж\" Ершова"),
                             .revision = revision,
                             .digest = PK_VIEW("sha256:00")};
    *pk_push(&arena, &event.to.name) = PK_VIEW("Ben Lee <ben@example.com>");
    *pk_push(&arena, &event.to.name) = PK_VIEW("mia@example.com");
    return event;
}

static struct pk_view added(struct pk_view text, const struct pk_event *event)
{
    struct pk_minutes minutes = minutes_of(text);
    struct pk_edit edit;
    struct pk_error error;
    enum pk_status status = pk_log_add(&arena, &minutes, event, &edit, &error);
    if (status != PK_OK)
        fail_msg("%s\n%.*s", error.message, (int)text.length, text.at);
    return pk_apply(&arena, text, &edit, 1, NULL);
}

/* Is `inner` what is left of `outer` without one stretch of bytes? */
static bool is_around(struct pk_view inner, struct pk_view outer)
{
    size_t start = 0, end = 0;
    while (start < inner.length && inner.at[start] == outer.at[start])
        start++;
    while (end < inner.length - start &&
           inner.at[inner.length - 1 - end] == outer.at[outer.length - 1 - end])
        end++;
    return start + end == inner.length;
}

static const char *const fronts[] = {
    "# Minutes\n",
    "",
    "\xEF\xBB\xBF# Minutes\r\n\r\nText\r\n",
    "# Minutes without an end",
    "---\n---\n# Minutes\n",
    "---\ntitle: A # of the title\n---\n# Minutes\n",
    "---\r\ntitle: A\r\n---\r\n# Minutes\r\n",
    "---\n# only a comment\n...\n# Minutes\n",
    "---\napproval:\ntitle: A\n---\n# Minutes\n",
    "---\napproval: [] # none yet\ntitle: A\n---\n",
    "---\napproval: ~\n---\n",
    "---\napproval:\n  - {time: 2027-03-01T09:00:00Z, event: detail, who: Jo, level: brief} # by "
    "phone\n"
    "# of the title\ntitle: 'A'\n---\n",
    "---\napproval:\n- time: 2027-03-01T09:00:00Z\n  event: detail\n  who: Jo\n  level: brief\n"
    "---\n",
    "---\napproval:\n    -   time: 2027-03-01T09:00:00Z\n        event: detail\n        who: Jo\n"
    "        level: brief   # as they like it\n\ntitle: A\n---\n",
    "---\napproval: [{time: 2027-03-01T09:00:00Z, event: detail, who: Jo, level: brief}]\n---\n",
    "---\napproval:\n  - time: 2027-03-01T09:00:00Z\n    event: detail\n    level: brief\n"
    "    who: |\n      Jo\n      Doe\n\nother: x\n---\n",
    "---\ntitle: |+\n  kept\n\n---\n",
};

static void test_an_event_touches_only_the_log(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) {
        struct pk_view text = pk_view_of(fronts[i]);
        struct pk_event event = sent(1);
        struct pk_minutes minutes = minutes_of(text);
        struct pk_log log;
        pk_log_read(&arena, &minutes, &log);
        uint32_t before = log.event.count;
        for (uint32_t more = 1; more <= 3; more++) {
            struct pk_view after = added(text, &event);
            bool replaced = strstr(fronts[i], "approval: ~") || strstr(fronts[i], "approval: []");
            assert_true(is_around(text, after) || (replaced && more == 1));
            minutes = minutes_of(after);
            pk_log_read(&arena, &minutes, &log);
            assert_int_equal(log.flaw.count, 0);
            assert_int_equal(log.event.count, before + more);
            const struct pk_event *last = &log.event.items[log.event.count - 1];
            assert_int_equal(last->kind, PK_EVENT_SENT);
            assert_true(pk_same(last->who, event.who));
            assert_int_equal(last->to.name.count, 2);
            assert_true(pk_same(last->to.name.items[0], event.to.name.items[0]));
            text = after;
        }
    }
}

static void test_the_digest_does_not_know_the_log(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) {
        struct pk_view text = pk_view_of(fronts[i]);
        struct pk_event event = sent(1);
        struct pk_minutes minutes = minutes_of(text);
        struct pk_digest before = pk_digest_of(pk_canonical(&arena, &minutes));
        minutes = minutes_of(added(text, &event));
        struct pk_digest after = pk_digest_of(pk_canonical(&arena, &minutes));
        assert_string_equal(before.text, after.text);
    }
}

static struct pk_view canonical(const char *text)
{
    struct pk_minutes minutes = minutes_of(pk_view_of(text));
    return pk_canonical(&arena, &minutes);
}

static void test_the_canonical_text_has_no_blanks_at_line_ends(void **state)
{
    (void)state;
    assert_true(pk_is(canonical("\xEF\xBB\xBF# A \r\n\r\nb\t\r\n\r\n\r\n"), "# A\n\nb\n"));
    assert_true(pk_is(canonical("---\ntitle: A\napproval:\n  - x\n# c\nend: b\n---\n# A"),
                      "---\ntitle: A\nend: b\n---\n# A\n"));
    assert_true(
        pk_is(canonical("a\n<!-- internal -->\nsecret\n<!-- /internal -->\nb\n"), "a\nb\n"));
    assert_true(pk_is(canonical("# A\n\n## Ours <!-- internal -->\n\nsecret\n\n### Also\n\n## B\n"),
                      "# A\n\n## B\n"));
    assert_true(pk_is(canonical("a <!-- internal -->secret<!-- /internal --> b\n"), "a  b\n"));
    assert_true(pk_is(canonical("a\n\n<!-- internal -->\nnever closed\n"), "a\n"));
    assert_true(pk_is(canonical("`<!-- internal -->` is text\n"), "`<!-- internal -->` is text\n"));
}

static void test_the_digest_is_sha_256(void **state)
{
    (void)state;
    /* FIPS 180-4's example "abc" */
    assert_string_equal(pk_digest_of(PK_VIEW("abc")).text,
                        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_times_are_rfc_3339(void **state)
{
    (void)state;
    int64_t seconds;
    assert_true(pk_time_parse(PK_VIEW("1970-01-01T00:00:00Z"), &seconds));
    assert_int_equal(seconds, 0);
    assert_true(pk_time_parse(PK_VIEW("1970-01-02T01:30:05.25+01:30"), &seconds));
    assert_int_equal(seconds, 86405);
    assert_false(pk_time_parse(PK_VIEW("1970-01-02"), &seconds));
    assert_false(pk_time_parse(PK_VIEW("1970-02-30T00:00:00Z"), &seconds));
    assert_false(pk_time_parse(PK_VIEW("1970-01-02T00:00:00"), &seconds));
    assert_false(pk_time_parse(PK_VIEW("1970-01-02T00:00:00.Z"), &seconds));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_event_touches_only_the_log),
        cmocka_unit_test(test_the_digest_does_not_know_the_log),
        cmocka_unit_test(test_the_canonical_text_has_no_blanks_at_line_ends),
        cmocka_unit_test(test_the_digest_is_sha_256),
        cmocka_unit_test(test_times_are_rfc_3339),
    };
    return cmocka_run_group_tests_name("approval", tests, open_all, close_all);
}
