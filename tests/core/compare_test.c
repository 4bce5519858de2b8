/* compare_test.c - what became of the items of one revision in another. */
#include "with_library.h"

#include <stdio.h>
#include <string.h>

#include "protokol.h"

static const struct pk_minutes *minutes_of(struct pk_view text)
{
    struct pk_minutes *minutes = pk_alloc(&arena, sizeof *minutes);
    struct pk_read_options options = {.name = PK_VIEW("a.md")};
    struct pk_error error;
    assert_int_equal(pk_read(&arena, library, text, &options, minutes, &error), PK_OK);
    return minutes;
}

static struct pk_comparison compared(struct pk_view old, struct pk_view new)
{
    struct pk_comparison comparison;
    pk_compare(&arena, minutes_of(old), minutes_of(new), &comparison);
    return comparison;
}

/* What differs, a line each. */
static void assert_differs(const char *old, const char *new, const char *expected)
{
    struct pk_comparison comparison = compared(pk_view_of(old), pk_view_of(new));
    struct pk_buffer out = {.arena = &arena};
    for (uint32_t i = 0; i < comparison.difference.count; i++) {
        pk_put(&out, pk_difference_message(&arena, comparison.new_minutes->language,
                                           &comparison.difference.items[i]));
        pk_putc(&out, '\n');
    }
    assert_string_equal(pk_copy(&arena, pk_written(&out)).at, expected);
}

#define HEAD    "# Minutes\n\nDate: 2027-03-01\n\n"
#define ACTIONS HEAD "## Action items\n\n"

static void finds_what_became_of_an_item(void **state)
{
    (void)state;
    assert_differs(ACTIONS "- [ ] Anna Weber: send the draft by 2027-03-10\n",
                   ACTIONS "- [ ] Ben Lee: send the draft by 2027-03-10\n",
                   "owner changed: action \"send the draft\": Anna Weber -> Ben Lee\n");
    assert_differs(ACTIONS "- [ ] Anna Weber: send the draft by 2027-03-10\n",
                   ACTIONS "- [ ] Anna Weber: send the draft by 2027-03-12\n",
                   "due date moved: action \"send the draft\": 2027-03-10 -> 2027-03-12\n");
    assert_differs(ACTIONS "- [ ] Anna Weber: send the draft by 2027-03-10\n",
                   ACTIONS "- [x] Anna Weber: send the draft\n",
                   "due date moved: action \"send the draft\": 2027-03-10 -> no date\n"
                   "state changed: action \"send the draft\": open -> done\n");
    assert_differs(ACTIONS "- [ ] Anna Weber: send the draft of the contract\n",
                   ACTIONS "- [ ] Anna Weber: send the draft of the new contract\n",
                   "reworded: action \"send the draft of the contract\" -> "
                   "\"send the draft of the new contract\"\n");
}

static void sees_the_same_day_in_other_words(void **state)
{
    (void)state;
    assert_differs(ACTIONS "- [ ] Anna Weber: call Tom by 2027-03-05 about the paper\n",
                   ACTIONS "- [ ] Anna Weber: call Tom by Friday about the paper\n", "");
    assert_differs(ACTIONS "- [ ] Anna Weber: call Tom by Friday about the paper\n",
                   ACTIONS "- [ ] Anna Weber: call Tom by Thursday about the paper\n",
                   "due date moved: action \"call Tom by Thursday about the paper\": "
                   "2027-03-05 -> 2027-03-04\n");
}

static void leaves_out_order_and_blanks(void **state)
{
    (void)state;
    assert_differs(ACTIONS "- [ ] send the draft\n- [ ] print a proof\n",
                   ACTIONS "- [ ] print   a\n  proof\n- [ ] send the draft\n", "");
}

static void goes_by_the_id_first(void **state)
{
    (void)state;
    assert_differs(ACTIONS "- [ ] send the draft ^A1\n- [ ] print a proof ^A2\n",
                   ACTIONS "- [ ] print a proof ^A1\n- [ ] send the draft ^A2\n",
                   "reworded: action A1 \"send the draft\" -> \"print a proof\"\n"
                   "reworded: action A2 \"print a proof\" -> \"send the draft\"\n");
}

static void tells_unlike_items_apart(void **state)
{
    (void)state;
    assert_differs(ACTIONS "- [ ] send the draft\n", ACTIONS "- [ ] rent a van for the fair\n",
                   "added: action \"rent a van for the fair\"\n"
                   "removed: action \"send the draft\"\n");
}

static void pairs_the_likest_of_many(void **state)
{
    (void)state;
    assert_differs(ACTIONS "- [ ] send the red catalogue to Bonn\n"
                           "- [ ] send the blue catalogue to Jena\n",
                   ACTIONS "- [ ] send the blue catalogue to Jena with care\n"
                           "- [ ] send the red catalogue to Bonn and Kiel\n",
                   "reworded: action \"send the blue catalogue to Jena\" -> "
                   "\"send the blue catalogue to Jena with care\"\n"
                   "reworded: action \"send the red catalogue to Bonn\" -> "
                   "\"send the red catalogue to Bonn and Kiel\"\n");
}

static void knows_agreements_people_and_fields(void **state)
{
    (void)state;
    assert_differs(HEAD "## Agreements\n\n1. The price is 100 EUR a box.\n",
                   HEAD "## Agreements\n\n1. The price is 120 EUR a box.\n",
                   "reworded: agreement \"The price is 100 EUR a box.\" -> "
                   "\"The price is 120 EUR a box.\"\n");
    assert_differs(HEAD "## Participants\n\n- Anna Weber, sales\n- Tom Reed, buyer\n",
                   HEAD "## Participants\n\n- Anna Weber, sales\n- Mia Kurz, buyer\n",
                   "added: person \"Mia Kurz\"\nremoved: person \"Tom Reed\"\n");
    assert_differs("# Minutes\n\nDate: 2027-03-01\nPlace: Bonn\n",
                   "# Minutes\n\nDate: 2027-03-01\nPlace: Kiel\n",
                   "reworded: field Place \"Bonn\" -> \"Kiel\"\n");
}

static void speaks_the_documents_language(void **state)
{
    (void)state;
    assert_differs("# Протокол встречи\n\n## Поручения\n\n"
                   "- [ ] подготовить смету — отв.: Анна Кошкина, срок: 10.03.2027\n",
                   "# Протокол встречи\n\n## Поручения\n\n"
                   "- [ ] подготовить смету — отв.: Борис Ёлкин, срок: 12.03.2027\n",
                   "сменился ответственный: поручение \"подготовить смету\": "
                   "Анна Кошкина -> Борис Ёлкин\n"
                   "изменён срок: поручение \"подготовить смету\": 10.03.2027 -> 12.03.2027\n");
}

static void leaves_out_what_is_internal(void **state)
{
    (void)state;
    assert_differs(ACTIONS "- [ ] send the draft\n\n<!-- internal -->\n- [ ] ask for less\n"
                           "<!-- /internal -->\n",
                   ACTIONS "- [ ] send the draft\n", "");
}

static void tells_of_words_around_the_items(void **state)
{
    (void)state;
    struct pk_comparison same = compared(PK_VIEW(HEAD "Words.\n"), PK_VIEW(HEAD "Words. \r\n"));
    struct pk_comparison other = compared(PK_VIEW(HEAD "Words.\n"), PK_VIEW(HEAD "Others.\n"));
    assert_int_equal(same.difference.count, 0);
    assert_false(same.around);
    assert_int_equal(other.difference.count, 0);
    assert_true(other.around);
    assert_true(pk_is(pk_comparison_message(&arena, &other),
                      "the items are the same, words around them differ"));
}

static void keeps_thousands_of_like_items_apart(void **state)
{
    (void)state;
    enum { ITEMS = 4000 };
    struct pk_buffer old = {.arena = &arena}, new = {.arena = &arena};
    pk_puts(&old, ACTIONS);
    pk_puts(&new, ACTIONS);
    for (int i = 0; i < ITEMS; i++) {
        pk_putf(&old, "- [ ] check the box with the number %d in the hall\n", i);
        pk_putf(&new, "- [ ] check the box with the number %d in the %s\n", i,
                i % 2 ? "hall" : "great hall");
    }
    struct pk_comparison comparison = compared(pk_written(&old), pk_written(&new));
    assert_int_equal(comparison.added, 0);
    assert_int_equal(comparison.removed, 0);
    assert_int_equal(comparison.changed, ITEMS / 2);
}

static void takes_any_bytes(void **state)
{
    (void)state;
    struct pk_view odd = PK_VIEW(ACTIONS "- [ ] a\0b \xFF\xC3 by \xE2\x82\r- [ ] x\r\n");
    struct pk_view none = PK_VIEW("");
    assert_int_equal(compared(odd, odd).difference.count, 0);
    assert_true(compared(odd, none).removed > 0);
    assert_true(compared(none, odd).added > 0);
    assert_int_equal(compared(none, none).difference.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_what_became_of_an_item, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sees_the_same_day_in_other_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaves_out_order_and_blanks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(goes_by_the_id_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_unlike_items_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pairs_the_likest_of_many, set_up, tear_down),
        cmocka_unit_test_setup_teardown(knows_agreements_people_and_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(speaks_the_documents_language, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaves_out_what_is_internal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_of_words_around_the_items, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_thousands_of_like_items_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_any_bytes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
