/* toggle_test.c - items change their state where and as their document keeps it. */
#include "with_arena.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "read/minutes.h"
#include "write/toggle.h"

static struct pk_library *library;

static int open_library(void **state)
{
    struct pk_error error;
    (void)state;
    return pk_library_open(&library, &error);
}

static int close_library(void **state)
{
    (void)state;
    pk_library_close(library);
    return 0;
}

static const char *name = "minutes.md";

static struct pk_minutes *read_text(struct pk_view text)
{
    struct pk_error error;
    struct pk_minutes *minutes = pk_alloc(&arena, sizeof *minutes);
    struct pk_read_options options = {.name = pk_view_of(name), .today = {2026, 3, 9}};
    assert_int_equal(pk_read(&arena, library, text, &options, minutes, &error), PK_OK);
    return minutes;
}

/* Lines count from 1 here, as readers do; `to` -1: the next state. */
static struct pk_view toggled(struct pk_view text, uint32_t first, uint32_t last, int to)
{
    struct pk_changes changes;
    struct pk_toggle toggle = {.line = first - 1, .end_line = last, .to = to};
    struct pk_buffer out = {.arena = &arena};
    pk_toggle(read_text(text), &toggle, &changes);
    pk_put(&out, text);
    for (uint32_t i = changes.change.count; i-- > 0;) {
        const struct pk_fix *fix = &changes.change.items[i].fix;
        uint32_t made;
        struct pk_view after =
            pk_apply(&arena, pk_written(&out), fix->edit.items, fix->edit.count, &made);
        assert_int_equal(made, fix->edit.count);
        for (uint32_t k = 1; k < fix->edit.count; k++)
            assert_true(fix->edit.items[k - 1].span.end <= fix->edit.items[k].span.start);
        out = (struct pk_buffer){.arena = &arena};
        pk_put(&out, after);
    }
    return pk_written(&out);
}

static void assert_text(struct pk_view got, const char *expected)
{
    char *bytes = pk_alloc(&arena, got.length + 1);
    memcpy(bytes, got.at, got.length);
    assert_string_equal(bytes, expected);
}

/* The last line of the text is toggled, and its item is then read in the new state. */
static void assert_last(const char *before, int to, const char *after, enum pk_state state)
{
    struct pk_view text = pk_view_of(before);
    uint32_t line = 0;
    for (size_t i = 0; i < text.length; i++)
        line += text.at[i] == '\n';
    struct pk_view got = toggled(text, line, line, to);
    assert_text(got, after);
    const struct pk_minutes *minutes = read_text(got);
    assert_true(minutes->action.count > 0);
    assert_int_equal(minutes->action.items[minutes->action.count - 1].state, state);
}

/* Done, then open again: both as expected, every byte. */
static void assert_round(const char *open, const char *done)
{
    assert_last(open, -1, done, PK_DONE);
    assert_last(done, -1, open, PK_OPEN);
}

static void brackets_of_any_kind(void **state)
{
    (void)state;
    assert_round("- [ ] sweep the yard\n", "- [x] sweep the yard\n");
    assert_round("1. [ ] sweep the yard\n", "1. [x] sweep the yard\n");
    assert_round("> * [ ] J\xC3\xB6rg: \xC3\x9C"
                 "bung\r\n",
                 "> * [x] J\xC3\xB6rg: \xC3\x9C"
                 "bung\r\n");
    assert_last("- [] sweep the yard\n", -1, "- [x] sweep the yard\n", PK_DONE);
    assert_last("- [/] sweep the yard\n", -1, "- [x] sweep the yard\n", PK_DONE);
    assert_last("- [X] sweep the yard\n", -1, "- [ ] sweep the yard\n", PK_OPEN);
    assert_last("- [ ] sweep the yard\n", PK_CANCELLED, "- [-] sweep the yard\n", PK_CANCELLED);
    assert_last("- [-] sweep the yard\n", PK_CANCELLED, "- [ ] sweep the yard\n", PK_OPEN);
    assert_last("- [-] sweep the yard\n", -1, "- [ ] sweep the yard\n", PK_OPEN);
    assert_last("- [ ] TODO: sweep the yard\n", -1, "- [x] TODO: sweep the yard\n", PK_DONE);
    assert_last("- [ ] ~~sweep the yard~~\n", PK_DONE, "- [x] sweep the yard\n", PK_DONE);
    assert_last("- [ ] sweep the yard (done)\n", -1, "- [ ] sweep the yard\n", PK_OPEN);
}

static void words_behind_what_has_no_brackets(void **state)
{
    (void)state;
    assert_round("ACTION: Anna to sweep the yard\n", "ACTION: Anna to sweep the yard (done)\n");
    assert_round("TODO: Anna to sweep the yard by 2026-04-01.\n",
                 "TODO: Anna to sweep the yard by 2026-04-01. (done)\n");
    assert_round("**ACTION: Anna to sweep the yard**\n",
                 "**ACTION: Anna to sweep the yard** (done)\n");
    assert_round("Anna will sweep the yard. We met in the barn.\n",
                 "Anna will sweep the yard (done). We met in the barn.\n");
    assert_round("Anwesend: Anna, Tom\n\nEs soll gefegt werden (Anna).\n",
                 "Anwesend: Anna, Tom\n\nEs soll gefegt werden (Anna) (erledigt).\n");
    assert_round("# Minutes\n\n## Actions\n\n- Anna: see [the list](a.md)\n",
                 "# Minutes\n\n## Actions\n\n- Anna: see [the list](a.md) (done)\n");
    assert_round("# Protokoll\n\n## Aufgaben\n\n- J\xC3\xB6rg: den Hof kehren\r\n",
                 "# Protokoll\n\n## Aufgaben\n\n- J\xC3\xB6rg: den Hof kehren (erledigt)\r\n");
    assert_round("# Протокол\n\n## Поручения\n\n1. Петров: подмести двор\n",
                 "# Протокол\n\n## Поручения\n\n1. Петров: подмести двор (выполнено)\n");
    assert_last("ACTION: Anna to sweep the yard\n", PK_CANCELLED,
                "ACTION: Anna to sweep the yard (cancelled)\n", PK_CANCELLED);
    assert_last("ACTION: Anna to sweep the yard (done)\n", PK_CANCELLED,
                "ACTION: Anna to sweep the yard (cancelled)\n", PK_CANCELLED);
    assert_last("ACTION: Tom to mow (fixed)\n\nACTION: Anna to sweep the yard\n", -1,
                "ACTION: Tom to mow (fixed)\n\nACTION: Anna to sweep the yard (fixed)\n", PK_DONE);
}

static void marks_that_others_made_are_taken_away(void **state)
{
    (void)state;
    const char *open = "# Minutes\n\n## Actions\n\n- Anna: sweep the yard\n";
    assert_last("# Minutes\n\n## Actions\n\n- \xE2\x9C\x85 Anna: sweep the yard\n", -1, open,
                PK_OPEN);
    assert_last("# Minutes\n\n## Actions\n\n- (done) Anna: sweep the yard\n", -1, open, PK_OPEN);
    assert_last("# Minutes\n\n## Actions\n\n- Anna: sweep the yard - done\n", -1, open, PK_OPEN);
    assert_last("# Minutes\n\n## Actions\n\n- ~~Anna: sweep the yard~~\n", -1, open, PK_OPEN);
    assert_last("~~ACTION: Anna to sweep~~\n", -1, "ACTION: Anna to sweep\n", PK_OPEN);
    /* whatever sign the struck words begin with, they stay */
    assert_last("~~@anna to sweep.~~\n", -1, "@anna to sweep.\n", PK_OPEN);
    assert_last("~~@anna to sweep.~~\n", PK_DONE, "@anna to sweep (done).\n", PK_DONE);
    assert_last("- [ ] ~~(yard) sweep~~\n", PK_DONE, "- [x] (yard) sweep\n", PK_DONE);
    assert_round("# Minutes\n\n## Actions\n\n- (\xE2\x9D\x8C) Anna: sweep\n",
                 "# Minutes\n\n## Actions\n\n- (\xE2\x9C\x85) Anna: sweep\n");
    assert_last("ACTION: \xE2\x9D\x8C Anna to sweep\n", -1, "ACTION: \xE2\x9C\x85 Anna to sweep\n",
                PK_DONE);
}

#define HEAD "| Task | Owner | Status |\n| ---- | ----- | ------ |\n"

static void edits_are_in_the_order_of_the_text(void **state)
{
    (void)state;
    assert_last("# Minutes\n\n## Next steps\n\n- ~~order flowers~~\n", PK_DONE,
                "# Minutes\n\n## Next steps\n\n- order flowers (done)\n", PK_DONE);
}

static void cells_of_a_table(void **state)
{
    (void)state;
    assert_round(HEAD "| sweep \\| mow | Anna | Open |\n",
                 HEAD "| sweep \\| mow | Anna | Done |\n");
    assert_last(HEAD "| sweep | Anna | |\n", -1, HEAD "| sweep | Anna | Done |\n", PK_DONE);
    /* what is told of a state is never written over, nor taken for another row's state */
    assert_round(HEAD "| sweep | Anna | Open, see the mail |\n",
                 HEAD "| sweep | Anna | Done, see the mail |\n");
    assert_round(HEAD "| sweep | Anna | **Open** - waits |\n",
                 HEAD "| sweep | Anna | **Done** - waits |\n");
    assert_last(HEAD "| sweep | Anna | waits for the gardener's new tools |\n", -1,
                HEAD "| sweep | Anna | Done; waits for the gardener's new tools |\n", PK_DONE);
    assert_last(HEAD "| mow | Anna | waits for the gardener's new tools |\n"
                     "| sweep | Anna | Done |\n",
                -1,
                HEAD "| mow | Anna | waits for the gardener's new tools |\n"
                     "| sweep | Anna | Open |\n",
                PK_OPEN);
    assert_last(HEAD "| sweep | Anna ||\n", -1, HEAD "| sweep | Anna | Done |\n", PK_DONE);
    assert_last(HEAD "| sweep | Anna | Offen |\n", -1, HEAD "| sweep | Anna | Erledigt |\n",
                PK_DONE);
    assert_last(HEAD "| sweep | Anna | In progress |\r\n", -1, HEAD "| sweep | Anna | Done |\r\n",
                PK_DONE);
    assert_last(HEAD "| mow | Tom | closed |\n| sweep | Anna | open |\n", -1,
                HEAD "| mow | Tom | closed |\n| sweep | Anna | closed |\n", PK_DONE);
    assert_last(HEAD "| sweep | Anna | Open |\n", PK_CANCELLED,
                HEAD "| sweep | Anna | Cancelled |\n", PK_CANCELLED);
    assert_round(HEAD "| sweep | Anna | \xE2\x98\x90 |\n",
                 HEAD "| sweep | Anna | \xE2\x98\x91 |\n");
    assert_last(HEAD "sweep | Anna | Open\n", -1, HEAD "sweep | Anna | Done\n", PK_DONE);
    assert_last("# Minutes\n\n## Actions\n\nTask | Done\n---|---\nAnna: sweep | x\n", -1,
                "# Minutes\n\n## Actions\n\nTask | Done\n---|---\nAnna: sweep | \n", PK_OPEN);
    assert_round("| Task | Owner |\n|---|---|\n| sweep | Anna |\n",
                 "| Task | Owner |\n|---|---|\n| sweep (done) | Anna |\n");
}

static void aligned_tables_stay_aligned(void **state)
{
    (void)state;
    const char *head = "| Aufgabe  | Wer  | Stand    |\n|----------|------|----------|\n";
    char open[200], done[200], empty[200];
    snprintf(open, sizeof open, "%s| f\xC3\xBCttern  | J\xC3\xB6rg | Offen    |\n", head);
    snprintf(done, sizeof done, "%s| f\xC3\xBCttern  | J\xC3\xB6rg | Erledigt |\n", head);
    snprintf(empty, sizeof empty, "%s| f\xC3\xBCttern  | J\xC3\xB6rg |          |\n", head);
    assert_last(open, -1, done, PK_DONE);
    assert_last(empty, -1, done, PK_DONE);
}

static void days_as_the_document_has_them(void **state)
{
    (void)state;
    assert_round("- [x] mow \xE2\x9C\x85 2026-01-03\n- [ ] sweep\n",
                 "- [x] mow \xE2\x9C\x85 2026-01-03\n- [x] sweep \xE2\x9C\x85 2026-03-09\n");
    assert_round("- [x] mow [completion:: 2026-01-03]\n- [ ] Anna: sweep ^a1\n",
                 "- [x] mow [completion:: 2026-01-03]\n"
                 "- [x] Anna: sweep [completion:: 2026-03-09] ^a1\n");
    assert_round("- [ ] sweep\n", "- [x] sweep\n");
    assert_last("- [x] mow done:2026-01-03\n- [ ] sweep\n", PK_CANCELLED,
                "- [x] mow done:2026-01-03\n- [-] sweep\n", PK_CANCELLED);
    assert_last("- [x] mow done:2026-01-03\n- [ ] sweep\n  the yard\n", -1,
                "- [x] mow done:2026-01-03\n- [x] sweep\n  the yard done:2026-03-09\n", PK_DONE);
    assert_round(
        "| Task | Owner | Done |\n|-|-|-|\n| mow | Tom | 03.01.2026 |\n| sweep | Anna | |\n",
        "| Task | Owner | Done |\n|-|-|-|\n| mow | Tom | 03.01.2026 |\n"
        "| sweep | Anna | 09.03.2026 |\n");
    assert_round("| Task | Owner | Status | Done on |\n|-|-|-|-|\n"
                 "| mow | Tom | Done | 3.1.26 |\n| sweep | Anna | Open | |\n",
                 "| Task | Owner | Status | Done on |\n|-|-|-|-|\n"
                 "| mow | Tom | Done | 3.1.26 |\n| sweep | Anna | Done | 9.3.26 |\n");
}

static void several_lines_at_once(void **state)
{
    (void)state;
    struct pk_view mixed = PK_VIEW("- [ ] one\n- [x] two\n  - [ ] three\n\n- [-] four\n");
    struct pk_view done = toggled(mixed, 1, 5, -1);
    assert_text(done, "- [x] one\n- [x] two\n  - [x] three\n\n- [-] four\n");
    assert_text(toggled(done, 1, 3, -1), "- [ ] one\n- [ ] two\n  - [ ] three\n\n- [-] four\n");
    assert_text(toggled(mixed, 1, 5, PK_CANCELLED),
                "- [-] one\n- [-] two\n  - [-] three\n\n- [-] four\n");
    assert_text(toggled(mixed, 3, 3, -1), "- [ ] one\n- [x] two\n  - [x] three\n\n- [-] four\n");
}

static void boxes_that_are_no_actions(void **state)
{
    (void)state;
    struct pk_view text = PK_VIEW("# Minutes\n\n## Participants\n\n- [ ] Anna Weber\n");
    assert_text(toggled(text, 5, 5, -1), "# Minutes\n\n## Participants\n\n- [x] Anna Weber\n");
}

static void lines_without_items(void **state)
{
    (void)state;
    struct pk_view text = PK_VIEW("# Minutes\n\nWe met.\n\n    - [ ] code\n");
    assert_text(toggled(text, 1, 5, -1), text.at);
    assert_text(toggled(text, 4000000, 4000001, -1), text.at);
    assert_text(toggled(PK_VIEW(""), 1, 1, -1), "");
}

static void plain_text(void **state)
{
    (void)state;
    name = "minutes.txt";
    assert_round("ACTION: Anna to sweep the yard\n", "ACTION: Anna to sweep the yard (done)\n");
    assert_round("   - [ ] sweep\n", "   - [x] sweep\n");
    name = "minutes.md";
}

/* Seconds pass where each row looks at all the others. */
static void whole_tables_take_time_by_their_length(void **state)
{
    enum { ROWS = 20000 };
    struct pk_buffer text = {.arena = &arena};
    struct pk_changes changes;
    struct pk_toggle toggle = {.line = 0, .end_line = ROWS + 10, .to = -1};
    (void)state;
    pk_puts(&text, "# Minutes\n\n## Actions\n\n| Task | Owner | Status | Done on |\n"
                   "|---|---|---|---|\n| paint | Ann | done | 2026-01-03 |\n");
    for (int i = 0; i < ROWS; i++)
        pk_puts(&text, "| mow the lawn | Ann | open | |\n");
    struct pk_minutes *minutes = read_text(pk_written(&text));
    clock_t start = clock();
    pk_toggle(minutes, &toggle, &changes);
    assert_true(clock() - start < CLOCKS_PER_SEC);
    assert_int_equal(changes.change.count, ROWS);
    assert_int_equal(changes.change.items[ROWS - 1].fix.edit.count, 2);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(brackets_of_any_kind),
        TEST(words_behind_what_has_no_brackets),
        TEST(marks_that_others_made_are_taken_away),
        TEST(edits_are_in_the_order_of_the_text),
        TEST(cells_of_a_table),
        TEST(aligned_tables_stay_aligned),
        TEST(days_as_the_document_has_them),
        TEST(several_lines_at_once),
        TEST(boxes_that_are_no_actions),
        TEST(lines_without_items),
        TEST(plain_text),
        TEST(whole_tables_take_time_by_their_length),
    };
    return cmocka_run_group_tests(tests, open_library, close_library);
}
