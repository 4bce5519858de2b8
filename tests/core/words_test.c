/* words_test.c - finding phrases where a word starts. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "text/words.h"

enum { OWNER = 1, DUE, ACTION, PERIOD };

static struct pk_arena arena;
static struct pk_words words;

static void add(const char *phrase, uint16_t kind, uint16_t value)
{
    struct pk_meaning meaning = {kind, value, 0};
    pk_words_add(&arena, &words, pk_view_of(phrase), meaning);
}

static int set_up(void **state)
{
    (void)state;
    pk_arena_init(&arena);
    memset(&words, 0, sizeof words);
    add("Ответственный", OWNER, 1);
    add("отв.", OWNER, 2);
    add("отв", OWNER, 3);
    add("action", ACTION, 4);
    add("Action  item", ACTION, 5);
    add("action items of", ACTION, 6);
    add("nächste Woche", PERIOD, 7);
    add("->", OWNER, 8);
    add("срок", DUE, 9);
    add("срок", ACTION, 10);
    add("всё", PERIOD, 11);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pk_arena_free(&arena);
    return 0;
}

/* The value found at the start of the text, and how far it goes; 0 for none. */
static void assert_at(const char *text, int value, const char *covered)
{
    size_t length = 0;
    const struct pk_phrase *phrase = pk_words_at(&words, pk_view_of(text), &length);
    assert_int_equal(phrase ? phrase->meaning.value : 0, value);
    if (phrase)
        assert_true(pk_is(pk_view_part(pk_view_of(text), 0, length), covered));
}

static void test_case_does_not_matter(void **state)
{
    (void)state;
    assert_at("ОТВЕТСТВЕННЫЙ: Анна", 1, "ОТВЕТСТВЕННЫЙ");
    assert_at("NÄCHSTE woche", 7, "NÄCHSTE woche");
    assert_at("все", 11, "все");
    assert_at("ВСЁ!", 11, "ВСЁ");
}

static void test_the_longest_phrase_wins(void **state)
{
    (void)state;
    assert_at("action: x", 4, "action");
    assert_at("action item: x", 5, "action item");
    assert_at("action items: x", 4, "action");
    assert_at("Action items of today", 6, "Action items of");
    assert_at("отв. Анна", 2, "отв.");
    assert_at("отв: Анна", 3, "отв");
}

static void test_a_phrase_ends_where_a_word_ends(void **state)
{
    (void)state;
    assert_at("actions", 0, "");
    assert_at("срока", 0, "");
    assert_at("отв.Анна", 2, "отв.");
    assert_at("->FL", 8, "->");
    assert_at("action_x", 0, "");
}

static void test_white_space_is_one_blank(void **state)
{
    (void)state;
    assert_at("action\xc2\xa0  item", 5, "action\xc2\xa0  item");
    assert_at("nächste\nWoche.", 7, "nächste\nWoche");
}

static void test_nothing_is_found_in_nothing(void **state)
{
    (void)state;
    assert_at("", 0, "");
    assert_at("\xff", 0, "");
    assert_at("unknown", 0, "");
    struct pk_words none = {0};
    size_t length;
    assert_null(pk_words_at(&none, PK_VIEW("action"), &length));
    assert_null(pk_words_whole(&none, PK_VIEW("action")));
}

static void test_whole(void **state)
{
    (void)state;
    assert_int_equal(pk_words_whole(&words, PK_VIEW("Action Item"))->meaning.value, 5);
    assert_null(pk_words_whole(&words, PK_VIEW("action item of")));
    assert_null(pk_words_whole(&words, PK_VIEW("action ite")));
}

static void test_several_meanings(void **state)
{
    (void)state;
    size_t length;
    const struct pk_phrase *phrase = pk_words_at(&words, PK_VIEW("Срок: завтра"), &length);
    assert_int_equal(phrase->meaning.value, 9);
    assert_int_equal(pk_words_again(phrase)->meaning.value, 10);
    assert_null(pk_words_again(pk_words_again(phrase)));
    assert_int_equal(pk_words_kind(phrase, ACTION)->meaning.value, 10);
    assert_null(pk_words_kind(phrase, OWNER));
    assert_null(pk_words_kind(NULL, OWNER));
}

static void test_many_phrases(void **state)
{
    (void)state;
    char phrase[32];
    for (int i = 0; i < 5000; i++) {
        snprintf(phrase, sizeof phrase, "word%d more", i);
        add(phrase, PERIOD, (uint16_t)(100 + i));
    }
    for (int i = 0; i < 5000; i++) {
        snprintf(phrase, sizeof phrase, "WORD%d  more", i);
        assert_at(phrase, 100 + i, phrase);
    }
    assert_at("action", 4, "action");
}

static void test_a_longer_phrase_of_another_kind_hides_none(void **state)
{
    (void)state;
    size_t length;
    add("Nov", DUE, 20);
    add("Nov.", PERIOD, 21);
    const struct pk_phrase *month = pk_words_of(&words, PK_VIEW("nov. 6"), DUE, &length);
    assert_non_null(month);
    assert_int_equal(month->meaning.value, 20);
    assert_int_equal(length, 3);
    assert_null(pk_words_of(&words, PK_VIEW("nov. 6"), OWNER, &length));
    assert_null(pk_words_of(&words, PK_VIEW(""), DUE, &length));
}

static void test_a_word_tells_the_kinds_it_may_open(void **state)
{
    (void)state;
    size_t length;
    struct pk_view text = PK_VIEW("Срок: завтра");
    struct pk_headword known = pk_words_first(&words, text);
    assert_non_null(known.first);
    assert_int_equal(known.width, strlen("Срок"));
    assert_int_equal(known.first->kinds, 1u << DUE | 1u << ACTION);
    assert_non_null(pk_headword_of(known, text, DUE, &length));
    assert_int_equal(length, strlen("Срок"));
    known = pk_words_first(&words, PK_VIEW("Мельница"));
    assert_null(known.first);
    assert_int_equal(known.width, strlen("Мельница"));
    assert_null(pk_words_first(&(struct pk_words){0}, PK_VIEW("Срок")).first);
}

static void test_what_is_added_to_a_copy_stays_there(void **state)
{
    (void)state;
    size_t length;
    struct pk_words own = words;
    pk_words_own(&arena, &own);
    pk_words_add(&arena, &own, PK_VIEW("Мельница"), (struct pk_meaning){.kind = OWNER});
    pk_words_add(&arena, &own, PK_VIEW("срок"), (struct pk_meaning){.kind = OWNER});
    assert_non_null(pk_words_of(&own, PK_VIEW("Срок"), OWNER, &length));
    assert_non_null(pk_words_of(&own, PK_VIEW("Срок"), DUE, &length));
    assert_non_null(pk_words_at(&own, PK_VIEW("Мельница"), &length));
    assert_null(pk_words_of(&words, PK_VIEW("Срок"), OWNER, &length));
    assert_null(pk_words_at(&words, PK_VIEW("Мельница"), &length));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_case_does_not_matter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_longest_phrase_wins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_phrase_ends_where_a_word_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_white_space_is_one_blank, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_is_found_in_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_several_meanings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_phrases, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_longer_phrase_of_another_kind_hides_none, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_word_tells_the_kinds_it_may_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_added_to_a_copy_stays_there, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
