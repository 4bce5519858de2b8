/* edit_test.c - edits change what they name and no byte beside it. */
#include "with_arena.h"

#include <string.h>

#include "lint/lint.h"

#define COUNT(list) (uint32_t)(sizeof(list) / sizeof *(list))
#define EDIT(start, end, text)                                                                     \
    {                                                                                              \
        {(start), (end)},                                                                          \
        {                                                                                          \
            (text), sizeof(text) - 1                                                               \
        }                                                                                          \
    }

static uint32_t applied;

static void assert_view(struct pk_view view, struct pk_view expected)
{
    assert_int_equal(view.length, expected.length);
    assert_memory_equal(view.at, expected.at, expected.length);
}

static void assert_applied(struct pk_view text, const struct pk_edit *edit, uint32_t count,
                           struct pk_view expected, uint32_t made)
{
    assert_view(pk_apply(&arena, text, edit, count, &applied), expected);
    assert_int_equal(applied, made);
}

static void replaces_removes_and_inserts(void **state)
{
    (void)state;
    const struct pk_edit edit[] = {EDIT(0, 3, "due"), EDIT(4, 4, "date "), EDIT(4, 8, "")};
    assert_applied(PK_VIEW("Due soon."), edit, COUNT(edit), PK_VIEW("due date ."), 3);
}

static void takes_edits_in_any_order(void **state)
{
    (void)state;
    const struct pk_edit edit[] = {EDIT(4, 5, "E"), EDIT(0, 1, "A"), EDIT(2, 3, "C")};
    assert_applied(PK_VIEW("abcde"), edit, COUNT(edit), PK_VIEW("AbCdE"), 3);
}

static void inserts_at_the_start_and_at_the_end(void **state)
{
    (void)state;
    const struct pk_edit edit[] = {EDIT(4, 4, "]"), EDIT(0, 0, "[")};
    assert_applied(PK_VIEW("text"), edit, COUNT(edit), PK_VIEW("[text]"), 2);
    assert_applied(PK_VIEW(""), edit + 1, 1, PK_VIEW("["), 1);
}

static void keeps_the_order_of_insertions_at_one_place(void **state)
{
    (void)state;
    const struct pk_edit edit[] = {EDIT(1, 2, "B"), EDIT(1, 1, "1"), EDIT(1, 1, "2")};
    assert_applied(PK_VIEW("abc"), edit, COUNT(edit), PK_VIEW("a12Bc"), 3);
}

static void leaves_out_what_overlaps_an_earlier_edit(void **state)
{
    (void)state;
    const struct pk_edit edit[] = {EDIT(1, 4, "-"), EDIT(3, 6, "+"), EDIT(2, 2, "!"),
                                   EDIT(4, 5, "E")};
    assert_applied(PK_VIEW("abcdef"), edit, COUNT(edit), PK_VIEW("a-Ef"), 2);
}

static void leaves_out_what_reaches_past_the_end(void **state)
{
    (void)state;
    const struct pk_edit edit[] = {EDIT(2, 9, "x"), EDIT(3, 1, "y"), EDIT(0, 1, "A")};
    assert_applied(PK_VIEW("abc"), edit, COUNT(edit), PK_VIEW("Abc"), 1);
}

static void keeps_line_ends_nul_and_broken_utf8_beside_an_edit(void **state)
{
    (void)state;
    const struct pk_edit edit[] = {EDIT(7, 8, "B")};
    assert_applied(PK_VIEW("\xEF\xBB\xBFone\r\x62\r\n\xFF\0tail\r"), edit, 1,
                   PK_VIEW("\xEF\xBB\xBFone\rB\r\n\xFF\0tail\r"), 1);
}

static void gives_the_text_back_where_nothing_is_done(void **state)
{
    (void)state;
    struct pk_view text = PK_VIEW("same");
    assert_ptr_equal(pk_apply(&arena, text, NULL, 0, NULL).at, text.at);
}

/* -- Fixes as a whole -- */

static void find(struct pk_findings *findings, const struct pk_edit *edit, uint32_t count)
{
    struct pk_diagnostic *found = pk_push(&arena, &findings->diagnostic);
    struct pk_fix *fix = pk_push(&arena, &found->fix);
    for (uint32_t i = 0; i < count; i++)
        *pk_push(&arena, &fix->edit) = edit[i];
}

static void makes_no_half_of_a_fix(void **state)
{
    (void)state;
    const struct pk_edit first[] = {EDIT(2, 4, "-")};
    const struct pk_edit both[] = {EDIT(0, 1, "A"), EDIT(3, 5, "+")};
    const struct pk_edit third[] = {EDIT(5, 6, "F")};
    struct pk_findings findings = {0};
    struct pk_edits edits;
    find(&findings, first, COUNT(first));
    find(&findings, both, COUNT(both));
    find(&findings, third, COUNT(third));
    pk_push(&arena, &findings.diagnostic); /* a finding without a fix */
    pk_gather(&arena, &findings, &edits);
    assert_int_equal(edits.mended.count, 2);
    assert_applied(PK_VIEW("abcdef"), edits.edit.items, edits.edit.count, PK_VIEW("ab-eF"), 2);
}

static void an_earlier_finding_wins_wherever_its_edit_stands(void **state)
{
    (void)state;
    const struct pk_edit first[] = {EDIT(3, 5, "1")};
    const struct pk_edit second[] = {EDIT(2, 4, "2")};
    struct pk_findings findings = {0};
    struct pk_edits edits;
    find(&findings, first, COUNT(first));
    find(&findings, second, COUNT(second));
    pk_gather(&arena, &findings, &edits);
    assert_int_equal(edits.mended.count, 1);
    assert_applied(PK_VIEW("abcdef"), edits.edit.items, edits.edit.count, PK_VIEW("abc1f"), 1);
}

static void makes_no_fix_that_is_a_choice(void **state)
{
    (void)state;
    const struct pk_edit edit[] = {EDIT(0, 1, "A")};
    const struct pk_edit other[] = {EDIT(1, 2, "B")};
    struct pk_findings findings = {0};
    struct pk_edits edits;
    find(&findings, edit, COUNT(edit));
    find(&findings, other, COUNT(other));
    findings.diagnostic.items[0].fix.items[0].choice = true;
    pk_gather(&arena, &findings, &edits);
    assert_int_equal(edits.mended.count, 1);
    assert_ptr_equal(edits.mended.items[0], &findings.diagnostic.items[1]);
    assert_applied(PK_VIEW("ab"), edits.edit.items, edits.edit.count, PK_VIEW("aB"), 1);
}

/* -- Two lists of edits as one -- */

static uint32_t seed;

static uint32_t draw(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % below;
}

/* Edits in order that do not overlap, among them insertions that touch. */
static void draw_edits(struct pk_edits *edits, size_t length)
{
    static const char *const texts[] = {"", "x", "yz", "new line\n"};
    uint32_t at = 0;
    for (uint32_t left = draw(5); left; left--) {
        uint32_t start = at + draw(4), end = start + draw(4);
        if (end > length)
            return;
        *pk_push(&arena, &edits->edit) =
            (struct pk_edit){{start, end}, pk_view_of(texts[draw(COUNT(texts))])};
        at = end;
    }
}

static void composed_edits_do_what_both_do(void **state)
{
    (void)state;
    struct pk_view text = PK_VIEW("one\ntwo\nthree\n");
    for (seed = 0; seed < 3000;) {
        uint32_t next = seed + 1;
        struct pk_edits first = {0}, second = {0}, both = {0};
        draw_edits(&first, text.length);
        struct pk_view middle = pk_apply(&arena, text, first.edit.items, first.edit.count, NULL);
        draw_edits(&second, middle.length);
        struct pk_view expected =
            pk_apply(&arena, middle, second.edit.items, second.edit.count, NULL);
        pk_compose(&arena, &first, &second, text.length, &both);
        struct pk_view got = pk_apply(&arena, text, both.edit.items, both.edit.count, NULL);
        assert_int_equal(got.length, expected.length);
        assert_memory_equal(got.at, expected.at, expected.length);
        seed = next;
        pk_arena_reset(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(replaces_removes_and_inserts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_edits_in_any_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(inserts_at_the_start_and_at_the_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_the_order_of_insertions_at_one_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(leaves_out_what_overlaps_an_earlier_edit, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(leaves_out_what_reaches_past_the_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_line_ends_nul_and_broken_utf8_beside_an_edit, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(gives_the_text_back_where_nothing_is_done, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(composed_edits_do_what_both_do, set_up, tear_down),
        cmocka_unit_test_setup_teardown(makes_no_fix_that_is_a_choice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(makes_no_half_of_a_fix, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_earlier_finding_wins_wherever_its_edit_stands, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
