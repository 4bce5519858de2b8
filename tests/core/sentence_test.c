/* sentence_test.c - what ends a sentence, and what only looks like its end. */
#include "with_library.h"

#include <string.h>

#include "read/minutes.h"

/* `marked` is text with "|" where its sentences are to be parted. */
static void assert_parted(const char *language, const char *marked)
{
    char text[400];
    size_t length = 0, ends[16], count = 0;
    for (const char *at = marked; *at; at++) {
        if (*at == '|')
            ends[count++] = length;
        else
            text[length++] = *at;
    }
    ends[count++] = length;
    struct pk_minutes minutes = {.library = library,
                                 .language = pk_library_language(library, pk_view_of(language))};
    size_t from = 0, start, end, found = 0;
    while (pk_sentence(&minutes, (struct pk_view){text, length}, &from, &start, &end)) {
        if (found >= count || end != ends[found])
            fail_msg("%s: sentence %zu ends at %zu: %.*s", marked, found, end, (int)(end - start),
                     text + start);
        found++;
    }
    if (found != count)
        fail_msg("%s: %zu sentences", marked, found);
}

static void signs_end_a_sentence(void **state)
{
    (void)state;
    assert_parted("en", "It rained.| We stayed.");
    assert_parted("en", "Did it rain?| Yes!| So we stayed...| All day");
    assert_parted("en", "He said: \"It rains.\"| We stayed.");
    assert_parted("en", "It rained (hard).| We stayed.");
    assert_parted("en", "What?!| Really.");
}

static void signs_inside_words_end_none(void **state)
{
    (void)state;
    assert_parted("en", "Version 3.5 is on example.com and costs 4.20 a month.| Buy it.");
    assert_parted("en", "Open https://mill.example/?page=2!now and read.| Done.");
    assert_parted("en", "He paused... and went on.");
}

static void english_abbreviations_end_none(void **state)
{
    (void)state;
    assert_parted("en", "Take fruit, e.g. Apples or pears.| Ask Dr. Moor.");
    assert_parted("en", "Mill Inc. Limited paid approx. 40 vs. Cart in all.| Fine.");
    assert_parted("en", "J. R. Marsh came.| He left.");
}

static void russian_abbreviations_end_none(void **state)
{
    (void)state;
    assert_parted("ru", "Закупить бумагу, ручки и т.д. Озеровой.| Срок истёк.");
    assert_parted("ru", "Слушали Лесного П.И. о ремонте на ул. Садовой.| Решили ждать.");
    assert_parted("ru", "Иванов И. И. и др. Гости пришли.| Ушли.");
    assert_parted("ru", "Сделать до 16 ноября 2026 г. Полевому.| Всё.");
}

static void german_abbreviations_and_ordinals_end_none(void **state)
{
    (void)state;
    assert_parted("de", "Obst kaufen, z. B. Birnen, bzw. Pflaumen.| Ende.");
    assert_parted("de", "Wir treffen uns am 15. März im Saal.| Bis dann.");
    assert_parted("de", "Abgabe am 16.11.2026.| Danach ist Schluss.");
    assert_parted("de", "1. Der Saal wird gebucht.| Das kostet.");
}

static void blanks_are_no_sentence(void **state)
{
    (void)state;
    size_t from = 0, start, end;
    struct pk_minutes minutes = {.library = library};
    assert_false(pk_sentence(&minutes, PK_VIEW(""), &from, &start, &end));
    from = 0;
    assert_false(pk_sentence(&minutes, PK_VIEW("  \n "), &from, &start, &end));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_end_a_sentence),
        cmocka_unit_test(signs_inside_words_end_none),
        cmocka_unit_test(english_abbreviations_end_none),
        cmocka_unit_test(russian_abbreviations_end_none),
        cmocka_unit_test(german_abbreviations_and_ordinals_end_none),
        cmocka_unit_test(blanks_are_no_sentence),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
