/* approval_test.c - the log of approval: what adding an event touches, what it says, where it
 * leads. */
#include "with_library.h"

#include <stdio.h>
#include <string.h>

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

/* -- Any front matter -- */

/* Front matter made up by chance, always the same from one seed. */
struct maker {
    uint64_t seed;
    struct pk_buffer out;
    const char *end; /* of lines */
};

static uint32_t below(struct maker *maker, uint32_t most)
{
    maker->seed = maker->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(maker->seed >> 33) % most;
}

static void put_lines(struct maker *maker, const char *lines)
{
    for (; *lines; lines++) {
        if (*lines == '\n')
            pk_puts(&maker->out, maker->end);
        else
            pk_putc(&maker->out, *lines);
    }
}

#define PICK(maker, list) (list)[below((maker), (uint32_t)(sizeof(list) / sizeof *(list)))]

static void put_between(struct maker *maker)
{
    static const char *const between[] = {"", "", "", "", "# a note: [\n", "\n", "  # deeper\n\n"};
    put_lines(maker, PICK(maker, between));
}

static void put_member(struct maker *maker, uint32_t number)
{
    static const char *const keys[] = {"k%u:", "'k %u' :", "\"k: %u\":", "ключ%u:", "approval%u:"};
    static const char *const values[] = {
        " plain text # and a note\n",
        " 'it''s # quoted'\n",
        " \"a \\\"b\\\": #c\\n\"   \n",
        "\n",
        " ~\n",
        "\n  - x\n  - 'y' # of y\n",
        "\n- x\n- a: 1\n  b: [2,\n    3]\n",
        " [a, \"b, c\",\n  d] # done\n",
        " {a: 1, approval: [2, 3]}\n",
        " |\n  text\n\n  # no note\n  approval: none\n",
        " >-\n    folded\n      deeper\n    end\n",
        " |+\n  kept\n\n\n",
        "\n    nested: {x: y}\n    approval:\n    - of another kind\n",
        " several words\n  that go on\n",
        " 2027-03-01T09:30:00Z\n",
    };
    char key[32];
    snprintf(key, sizeof key, PICK(maker, keys), number);
    pk_puts(&maker->out, key);
    put_lines(maker, PICK(maker, values));
}

static void put_entry(struct maker *maker, uint32_t indent, bool more)
{
    static const char *const flow = "- {time: 2027-03-01T09:00:00Z, event: detail, who: 'J: o', "
                                    "level: brief}";
    static const char *const plain[] = {"time: 2027-03-01T09:00:00Z",
                                        "event: \"detail\"",
                                        "who: >-",
                                        "  Jo",
                                        "  Doe",
                                        "level: brief # so",
                                        "how: |",
                                        "  by phone"};
    static const char *const notes[] = {"", "", " # noted"};
    uint32_t gap = 1 + below(maker, 3);
    if (below(maker, 3) == 0) {
        pk_putf(&maker->out, "%*s%s%s", (int)indent, "", flow, PICK(maker, notes));
        put_lines(maker, "\n");
    } else {
        uint32_t lines = sizeof plain / sizeof *plain - (below(maker, 2) ? 2 : 0);
        for (uint32_t i = 0; i < lines; i++) {
            pk_putf(&maker->out, "%*s%s%*s%s", (int)indent, "", i ? " " : "-", (int)gap, "",
                    plain[i]);
            put_lines(maker, "\n");
        }
    }
    if (more && below(maker, 3) == 0)
        put_lines(maker, below(maker, 2) ? "\n" : "  # between\n");
}

/* The bytes that the first event takes the place of. */
static uint32_t put_log(struct maker *maker)
{
    static const char *const flows[] = {
        "approval: [{time: 2027-03-01T09:00:00Z, event: detail, who: Jo, level: brief}]\n",
        "approval: [ # begun\n  {time: 2027-03-01T09:00:00Z, event: detail, who: Jo,\n"
        "   level: brief}\n  ]\n",
    };
    uint32_t kind = below(maker, 8), indent = below(maker, 3) * 2;
    if (kind == 0) {
        put_lines(maker, below(maker, 2) ? "approval: [] # none\n" : "approval: []\n");
        return 2;
    }
    if (kind == 1) {
        put_lines(maker, "approval: ~\n");
        return 1;
    }
    if (kind == 2) {
        put_lines(maker, "approval:\n");
        return 0;
    }
    if (kind == 3) {
        put_lines(maker, PICK(maker, flows));
        return 0;
    }
    put_lines(maker, below(maker, 3) ? "approval:\n" : "approval:   # the log\n");
    for (uint32_t i = 1 + below(maker, 3); i > 0; i--)
        put_entry(maker, indent, i > 1);
    return 0;
}

static struct pk_view made_up(uint64_t seed, uint32_t *replaced)
{
    static const char *const ends[] = {"\n", "\n", "\r\n", "\r"};
    struct maker maker = {.seed = seed, .out = {.arena = &arena}};
    uint32_t members = below(&maker, 5), log = below(&maker, 8);
    *replaced = 0;
    maker.end = PICK(&maker, ends);
    pk_puts(&maker.out, below(&maker, 8) ? "" : "\xEF\xBB\xBF");
    put_lines(&maker, "---\n");
    for (uint32_t i = 0; i <= members; i++) {
        put_between(&maker);
        if (i == log)
            *replaced = put_log(&maker);
        else if (i < members)
            put_member(&maker, i);
    }
    put_lines(&maker, below(&maker, 4) ? "---\n" : "...\n");
    put_lines(&maker, below(&maker, 2) ? "# Minutes\n\nText  \n" : "\n# Minutes\n\n- Text");
    return pk_written(&maker.out);
}

/* All that a tree says, but what stands under `approval` at its top. */
static void put_tree(struct pk_buffer *out, const struct pk_yaml *node, bool top)
{
    for (; node; node = node->next) {
        if (top && pk_is(node->key, "approval"))
            continue;
        pk_putf(out, "%d%d", node->kind, node->quoted);
        pk_put(out, node->key);
        pk_puts(out, "=");
        pk_put(out, pk_trim(node->value)); /* the last line of all is read without its end */
        pk_puts(out, "(");
        put_tree(out, node->first, false);
        pk_puts(out, ")");
    }
}

static struct pk_view said_besides(const struct pk_minutes *minutes)
{
    struct pk_buffer out = {.arena = &arena};
    put_tree(&out, minutes->front ? minutes->front->first : NULL, true);
    return pk_written(&out);
}

static size_t alike(struct pk_view a, struct pk_view b)
{
    size_t start = 0, end = 0, least = a.length < b.length ? a.length : b.length;
    while (start < least && a.at[start] == b.at[start])
        start++;
    while (end < least - start && a.at[a.length - 1 - end] == b.at[b.length - 1 - end])
        end++;
    return start + end;
}

static void check_made_up(uint64_t seed)
{
    uint32_t replaced;
    struct pk_view text = made_up(seed, &replaced);
    for (uint32_t round = 1; round <= 2; round++) {
        struct pk_log before_log, after_log;
        struct pk_event event = sent(round);
        struct pk_minutes before = minutes_of(text);
        if (before.front_error.message[0])
            fail_msg("%llu: %s\n%.*s", (unsigned long long)seed, before.front_error.message,
                     (int)text.length, text.at);
        struct pk_view after_text = added(text, &event);
        struct pk_minutes after = minutes_of(after_text);
        pk_log_read(&arena, &before, &before_log);
        pk_log_read(&arena, &after, &after_log);
        bool only_added = alike(text, after_text) + (round == 1 ? replaced : 0) >= text.length;
        bool grown = after_log.event.count == before_log.event.count + 1 && !after_log.flaw.count;
        bool kept = pk_same(said_besides(&before), said_besides(&after));
        bool same = pk_same(pk_canonical(&arena, &before), pk_canonical(&arena, &after));
        if (!only_added || !grown || !kept || !same)
            fail_msg("%llu: %d %d %d %d\n%.*s\n=>\n%.*s", (unsigned long long)seed, only_added,
                     grown, kept, same, (int)text.length, text.at, (int)after_text.length,
                     after_text.at);
        for (uint32_t i = 0; i < before_log.event.count; i++)
            assert_true(pk_same(before_log.event.items[i].who, after_log.event.items[i].who));
        assert_true(pk_same(after_log.event.items[after_log.event.count - 1].who, event.who));
        text = after_text;
    }
}

static void test_any_front_matter_keeps_all_but_the_log(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4000; seed++) {
        check_made_up(seed * 0x9E3779B97F4A7C15u);
        pk_arena_reset(&arena);
    }
}

static void test_front_matter_that_cannot_be_added_to_is_left_alone(void **state)
{
    static const char *const refused[] = {
        "---\na: &x 1\nb: *x\n---\n",   "---\na: !t 1\n---\n",
        "---\na: 1\na: 2\n---\n",       "---\na: [1\n---\n",
        "---\n{a: 1}\n---\n",           "---\napproval: soon\n---\n",
        "---\napproval: {a: 1}\n---\n", "---\n\"approval\": []\n---\n",
        "---\n? approval\n: []\n---\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct pk_minutes minutes = minutes_of(pk_view_of(refused[i]));
        struct pk_event event = sent(1);
        struct pk_edit edit;
        struct pk_error error;
        assert_int_equal(pk_log_add(&arena, &minutes, &event, &edit, &error), PK_EINPUT);
        assert_true(error.message[0]);
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
        cmocka_unit_test(test_any_front_matter_keeps_all_but_the_log),
        cmocka_unit_test(test_front_matter_that_cannot_be_added_to_is_left_alone),
        cmocka_unit_test(test_the_digest_does_not_know_the_log),
        cmocka_unit_test(test_the_canonical_text_has_no_blanks_at_line_ends),
        cmocka_unit_test(test_the_digest_is_sha_256),
        cmocka_unit_test(test_times_are_rfc_3339),
    };
    return cmocka_run_group_tests_name("approval", tests, set_up, tear_down);
}
