/* select_test.c - whom a name means, and what the words of a filter ask for. */
#include "with_arena.h"

#include <string.h>

#include "write/select.h"

#define CALLED(name, wanted) pk_is_called(PK_VIEW(name), PK_VIEW(wanted))
#define SAME(name, other)    pk_same_person(PK_VIEW(name), PK_VIEW(other))

static struct pk_error error;

static void part_of_a_name_will_do(void **state)
{
    (void)state;
    assert_true(CALLED("Anna Weber", "anna"));
    assert_true(CALLED("Anna Weber", "Weber, A."));
    assert_true(CALLED("Jürgen Groß", "JÜRG"));
    assert_true(CALLED("Артём Соловьёв", "соловьев артем"));
    assert_false(CALLED("Anna Weber", "eber"));
    assert_false(CALLED("Anna Weber", "Anna Meier"));
    assert_false(CALLED("Anna", "Anna Weber"));
    assert_false(CALLED("Anna Weber", ""));
    assert_false(CALLED("", "Anna"));
}

static void cases_of_russian_names_are_one_name(void **state)
{
    (void)state;
    assert_true(CALLED("Петровой", "Петрова"));
    assert_true(CALLED("Достоевскому", "Достоевский"));
    assert_true(CALLED("Марии", "Мария"));
    assert_true(CALLED("Иванову И.И.", "Иван Иванов"));
    assert_false(CALLED("Марина", "Мария"));
    assert_false(CALLED("Олегу", "Ольга"));
}

static void initials_stand_for_names(void **state)
{
    (void)state;
    assert_true(CALLED("Anna Weber", "AW"));
    assert_true(CALLED("AW", "Anna Weber"));
    assert_true(CALLED("И.И. Иванов", "Иванов Игорь"));
    assert_false(CALLED("Adam Novak", "an"));
    assert_false(CALLED("Anna Weber", "AM"));
    assert_false(CALLED("Anna Maria Weber", "AW"));
}

static void one_person_may_be_named_in_part(void **state)
{
    (void)state;
    assert_true(SAME("Anna", "Anna Weber"));
    assert_true(SAME("Anna Weber", "Weber"));
    assert_true(SAME("А. Петровой", "Анна Петрова"));
    assert_true(SAME("AW", "Anna Weber"));
    assert_false(SAME("Ann", "Anna Weber"));
    assert_false(SAME("Anna Meier", "Anna Weber"));
    assert_false(SAME("", "Anna Weber"));
}

static void names_of_any_length_are_read(void **state)
{
    (void)state;
    char name[4000];
    memset(name, 'a', sizeof name);
    for (size_t i = 7; i < sizeof name; i += 300)
        name[i] = ' ';
    struct pk_view view = {name, sizeof name};
    assert_true(pk_is_called(view, PK_VIEW("aaaaaaa")));
    assert_true(pk_same_person(view, view));
}

static void words_are_understood(void **state)
{
    (void)state;
    for (int i = 0; pk_filter_words[i]; i++) {
        struct pk_filter filter = {.today = {2026, 11, 23}};
        struct pk_view word = pk_view_of(pk_filter_words[i]);
        struct pk_buffer out = {.arena = &arena};
        char last = word.at[word.length - 1];
        pk_put(&out, word);
        pk_puts(&out, last == '<' || last == '>' || last == '=' ? "today" : "");
        assert_int_equal(pk_filter_word(&arena, &filter, pk_written(&out), &error), PK_OK);
    }
}

static void other_words_are_refused(void **state)
{
    (void)state;
    const char *const wrong[] = {"",
                                 "opne",
                                 "due",
                                 "due<",
                                 "due<=2026-02-30",
                                 "due==2026-01-01",
                                 "owner=",
                                 "owner= ",
                                 "owner<x",
                                 "sort=",
                                 "sort=age",
                                 "group",
                                 "open=1",
                                 "mine=1",
                                 "due=2026-01-01x",
                                 "<",
                                 "=",
                                 "Open",
                                 "due<today"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct pk_filter filter = {0}; /* today is not known */
        error.message[0] = '\0';
        assert_int_equal(pk_filter_word(&arena, &filter, pk_view_of(wrong[i]), &error), PK_EINPUT);
        assert_true(error.message[0]);
    }
}

static enum pk_status asked(const char *words, struct pk_filter *filter)
{
    for (const char *at = words; *at;) {
        size_t length = strcspn(at, " ");
        assert_int_equal(pk_filter_word(&arena, filter, (struct pk_view){at, length}, &error),
                         PK_OK);
        at += length + (at[length] == ' ');
    }
    return pk_filter_check(filter, &error);
}

static void contradictions_are_refused(void **state)
{
    (void)state;
    struct pk_date today = {2026, 11, 23};
    assert_int_equal(asked("open overdue", &(struct pk_filter){.today = today}), PK_OK);
    assert_int_equal(asked("open done", &(struct pk_filter){.today = today}), PK_EINPUT);
    assert_int_equal(asked("done overdue", &(struct pk_filter){.today = today}), PK_EINPUT);
    assert_int_equal(asked("overdue", &(struct pk_filter){0}), PK_EINPUT);
    assert_int_equal(asked("mine", &(struct pk_filter){0}), PK_EINPUT);
    assert_int_equal(asked("mine", &(struct pk_filter){.me = PK_VIEW("Ann")}), PK_OK);
}

static bool wants(const char *words, struct pk_date due)
{
    struct pk_action action = {.due = due};
    struct pk_filter filter = {.today = {2026, 11, 23}};
    assert_int_equal(asked(words, &filter), PK_OK);
    return pk_is_wanted(&filter, &action);
}

static void days_are_compared(void **state)
{
    (void)state;
    struct pk_date before = {2026, 3, 31}, day = {2026, 4, 1}, after = {2026, 4, 2}, none = {0};
    static const struct {
        const char *word;
        bool before, day, after;
    } table[] = {
        {"due<2026-04-01", true, false, false},
        {"due<=2026-04-01", true, true, false},
        {"due=2026-04-01", false, true, false},
        {"due>=2026-04-01", false, true, true},
        {"due>2026-04-01", false, false, true},
        {"due>2026-03-31 due<2026-04-02", false, true, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_int_equal(wants(table[i].word, before), table[i].before);
        assert_int_equal(wants(table[i].word, day), table[i].day);
        assert_int_equal(wants(table[i].word, after), table[i].after);
        assert_false(wants(table[i].word, none));
    }
    assert_true(wants("overdue", (struct pk_date){2026, 11, 22}));
    assert_false(wants("overdue", (struct pk_date){2026, 11, 23}));
    assert_false(wants("overdue", none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(part_of_a_name_will_do),
        cmocka_unit_test(cases_of_russian_names_are_one_name),
        cmocka_unit_test(initials_stand_for_names),
        cmocka_unit_test(one_person_may_be_named_in_part),
        cmocka_unit_test(names_of_any_length_are_read),
        cmocka_unit_test_setup_teardown(words_are_understood, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_words_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(contradictions_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(days_are_compared, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
