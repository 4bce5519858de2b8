/* profile_test.c - languages and profiles load, lie over each other, and say what is wrong. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "profile/profile.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct pk_library *library;
static struct pk_error error;

static int open_library(void **state)
{
    (void)state;
    return (int)pk_library_open(&library, &error);
}

static int close_library(void **state)
{
    (void)state;
    pk_library_close(library);
    library = NULL;
    return 0;
}

static const struct pk_profile *add(const char *yaml, const char *file)
{
    struct pk_view stem = {file, strcspn(file, ".")};
    if (pk_library_add_profile(library, pk_view_of(yaml), file, &error) != PK_OK)
        fail_msg("%s:%u:%u: %s", error.file, error.line, error.column, error.message);
    return pk_library_profile(library, stem);
}

static void assert_error(const char *message, uint32_t line, uint32_t column)
{
    if (!strstr(error.message, message))
        fail_msg("\"%s\" does not say \"%s\"", error.message, message);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void assert_refused(const char *yaml, const char *message, uint32_t line, uint32_t column)
{
    uint32_t before = library->profile.count;
    error = (struct pk_error){0};
    assert_int_equal(pk_library_add_profile(library, pk_view_of(yaml), "own.yaml", &error),
                     PK_EINPUT);
    assert_error(message, line, column);
    assert_string_equal(error.file, "own.yaml");
    assert_int_equal(library->profile.count, before);
}

static void assert_view(struct pk_view view, const char *expected)
{
    if (!pk_is(view, expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)view.length, view.at, expected);
}

static const struct pk_language *language(const char *id)
{
    return pk_library_language(library, pk_view_of(id));
}

/* -- What is built in -- */

static void languages_know_the_same_keys(void **state)
{
    (void)state;
    const struct pk_language *english = language("en");
    for (uint32_t i = 0; i < library->language.count; i++) {
        const struct pk_language *other = &library->language.items[i];
        if (!other->labels)
            continue; /* it is only read */
        const struct pk_yaml *maps[][2] = {{english->labels, other->labels},
                                           {english->prompts, other->prompts},
                                           {english->sections, other->sections}};
        for (size_t m = 0; m < 3; m++) {
            for (const struct pk_yaml *key = maps[m][0]->first; key; key = key->next) {
                if (!pk_yaml_get(maps[m][1], key->key.at))
                    fail_msg("%.*s has no \"%s\"", (int)other->id.length, other->id.at,
                             key->key.at);
            }
        }
    }
}

/* For a kind of word: how many the language has. */
static uint32_t words_of(enum pk_word_kind kind, uint16_t index)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < library->words.room; i++) {
        for (const struct pk_phrase *word = library->words.first[i].phrase; word; word = word->next)
            count += word->meaning.kind == kind && word->meaning.language == index;
    }
    return count;
}

static void languages_have_words_of_every_kind(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < library->language.count; i++) {
        for (uint32_t kind = 0; kind < PK_WORD_KINDS; kind++) {
            if (!words_of((enum pk_word_kind)kind, (uint16_t)i))
                fail_msg("%s: no %s", library->language.items[i].id.at, pk_word_kinds[kind]);
        }
    }
}

static uint16_t value_of(const char *word, enum pk_word_kind kind)
{
    const struct pk_phrase *phrase =
        pk_words_kind(pk_words_whole(&library->words, pk_view_of(word)), (uint16_t)kind);
    if (!phrase)
        fail_msg("\"%s\" is no %s", word, pk_word_kinds[kind]);
    return phrase->meaning.value;
}

static void words_mean_what_they_say(void **state)
{
    (void)state;
    assert_int_equal(value_of("Январём", PK_WORD_MONTH), 1);
    assert_int_equal(value_of("ДЕК", PK_WORD_MONTH), 12);
    assert_int_equal(value_of("März", PK_WORD_MONTH), 3);
    assert_int_equal(value_of("пятницу", PK_WORD_WEEKDAY), 5);
    assert_int_equal(value_of("завтра", PK_WORD_DAY), 2);
    assert_int_equal(value_of("недели", PK_WORD_UNIT), 2);
    assert_int_equal(value_of("рабочих дней", PK_WORD_UNIT), 7);
    assert_int_equal(value_of("nächsten", PK_WORD_NEXT), 2);
    assert_int_equal(value_of("Beginn der", PK_WORD_END), 2);
    assert_int_equal(value_of("Ф.И.О.", PK_WORD_COLUMN), PK_COLUMN_NAME);
    assert_int_equal(value_of("Протокол вел", PK_WORD_FIELD), PK_FIELD_SECRETARY);
    assert_int_equal(value_of("и т.д.", PK_WORD_ABBREVIATION), 0);
}

/* -- Titles -- */

static void assert_title(const char *title, const char *section, const char *kind)
{
    enum pk_section_kind found;
    const struct pk_profile *profile = library->preferred;
    int index =
        pk_section_of_title(library, profile, pk_view_of(title), &found, &(struct pk_costly){0});
    struct pk_view id = index < 0 ? PK_VIEW("-") : profile->section.items[index].id;
    if (!pk_is(id, section) || strcmp(pk_section_kinds[found], kind) != 0)
        fail_msg("\"%s\" is %.*s (%s)", title, (int)id.length, id.at, pk_section_kinds[found]);
}

static void titles_are_known_however_they_are_set(void **state)
{
    (void)state;
    assert_title("Участники", "participants", "participants");
    assert_title("3. Участники:", "participants", "participants");
    assert_title("III. Next steps", "next-steps", "actions");
    assert_title("TOP 2: Anlagen", "attachments", "attachments");
    assert_title("TOP2 \u2013 Aufgaben", "next-steps", "actions");
    assert_title("П. 4 Дальнейшие шаги", "next-steps", "actions");
    assert_title("\u00A7 5 Anlagen", "attachments", "attachments");
    assert_title("2.1 ЦЕЛЬ ВСТРЕЧИ", "purpose", "purpose");
    assert_title("1.Присутствовали", "participants", "participants");
    assert_title("a) Participants", "participants", "participants");
    assert_title("**4) Attendees:**", "participants", "participants");
    assert_title("\u2705 Action items", "next-steps", "actions");
    assert_title("Participants (5 min)", "participants", "participants");
    assert_title("2. Purpose [all]:", "purpose", "purpose");
    assert_title("достигнутые договоренности.", "agreements", "agreements");
    assert_title("У Ч А С Т Н И К И", "participants", "participants");
    assert_title("П О В Е С Т К А  Д Н Я", "-", "agenda");
    assert_title("Принятые решения", "agreements", "decisions");
}

static void other_titles_are_none(void **state)
{
    (void)state;
    assert_title("Budget", "-", "other");
    assert_title("", "-", "other");
    assert_title("3.", "-", "other");
    assert_title("***", "-", "other");
    assert_title("(5 min)", "-", "other");
    assert_title("Участникинг", "-", "other");
    assert_title("Call to action", "-", "other");
}

static void assert_bare(const char *title, const char *bare)
{
    assert_view(pk_bare_title(library, pk_view_of(title)), bare);
}

static void numbers_that_mean_something_stay(void **state)
{
    (void)state;
    assert_bare("12.05.2026 Kick-off", "12.05.2026 Kick-off");
    assert_bare("12.05. Kick-off", "12.05. Kick-off");
    assert_bare("2026 review", "2026 review");
    assert_bare("10:30 Start", "10:30 Start");
    assert_bare("TOP 2", "TOP 2");
    assert_bare("5 questions", "5 questions");
    assert_bare("Item of interest", "Item of interest");
    assert_bare("I think", "I think");
    assert_bare(" __Agenda__: ", "Agenda");
}

/* -- Profiles -- */

static struct pk_view text_in(const struct pk_profile *profile, uint32_t section,
                              enum pk_detail detail, const char *id)
{
    return pk_text_for(&profile->section.items[section].body, detail, language(id));
}

static struct pk_view text_of(const struct pk_profile *profile, uint32_t section,
                              enum pk_detail detail)
{
    return text_in(profile, section, detail, "en");
}

static void a_body_may_differ_by_language(void **state)
{
    (void)state;
    const struct pk_profile *own = add("sections:\n"
                                       "  - id: decisions\n"
                                       "    body:\n"
                                       "      brief: all\n"
                                       "      standard: {en: motion, de: Antrag}\n",
                                       "board.yaml");
    assert_view(text_in(own, 0, PK_BRIEF, "ru"), "all");
    assert_view(text_in(own, 0, PK_STANDARD, "de"), "Antrag");
    assert_view(text_in(own, 0, PK_STANDARD, "ru"), "motion");
    assert_view(text_in(own, 0, PK_DETAILED, "de"), "Antrag");
}

static void a_kind_of_minutes_is_one_file(void **state)
{
    (void)state;
    const struct pk_profile *own =
        add("title: {en: [Board minutes, Board meeting], de: Vorstandsprotokoll}\n"
            "detail: brief\n"
            "fields:\n  - {id: date}\n  - {id: quorum, label: {de: Beschlussfähigkeit}, required: "
            "[detailed]}\n"
            "sections:\n"
            "  - {id: votes, kind: decisions, title: {en: [Votes cast]}, pattern: '^ballot \\d+'}\n"
            "  - {id: money, title: Money}\n"
            "  - {id: risks, required: false, body: {brief: b, detailed: d}}\n",
            "board.yaml");
    enum pk_section_kind kind;
    assert_int_equal(own->detail, PK_BRIEF);
    assert_int_equal(own->field.count, 2);
    assert_int_equal(own->field.items[1].kind, PK_FIELD_OTHER);
    assert_false(own->field.items[1].required[PK_STANDARD]);
    assert_true(own->field.items[1].required[PK_DETAILED]);
    assert_int_equal(own->section.items[1].kind, PK_SECTION_OTHER);
    assert_false(own->section.items[2].required[PK_BRIEF]);
    assert_view(text_of(own, 2, PK_STANDARD), "b");
    assert_view(text_of(own, 2, PK_DETAILED), "d");
    assert_view(pk_profile_title(own, language("de")), "Vorstandsprotokoll");
    assert_view(pk_profile_title(own, language("ru")), "Board minutes");
    assert_view(pk_section_title(&own->section.items[0], language("ru")), "Решения");
    assert_view(pk_section_title(&own->section.items[1], language("ru")), "Money");
    assert_int_equal(
        pk_section_of_title(library, own, PK_VIEW("1. Ballot 12"), &kind, &(struct pk_costly){0}),
        0);
    assert_int_equal(kind, PK_SECTION_DECISIONS);
    assert_int_equal(
        pk_section_of_title(library, own, PK_VIEW("Votes cast"), &kind, &(struct pk_costly){0}), 0);
    assert_int_equal(
        pk_section_of_title(library, own, PK_VIEW("money"), &kind, &(struct pk_costly){0}), 1);
    assert_int_equal(
        pk_section_of_title(library, own, PK_VIEW("Next steps"), &kind, &(struct pk_costly){0}),
        -1);
    assert_int_equal(kind, PK_SECTION_ACTIONS);
    assert_non_null(
        pk_words_kind(pk_words_whole(&own->words, PK_VIEW("beschlussfähigkeit")), PK_WORD_FIELD));
}

static void a_profile_extends_another(void **state)
{
    (void)state;
    const struct pk_profile *own =
        add("extends: negotiation\nlanguage: de\nsections:\n  - {id: topics, required: false}\n"
            "  - {id: budget, title: Budget}\nrules: {person-role: off}\n",
            "own.yaml");
    const struct pk_profile *base = pk_library_profile(library, PK_VIEW("negotiation"));
    assert_int_equal(own->section.count, base->section.count + 1);
    assert_false(own->section.items[3].required[PK_STANDARD]);
    assert_true(base->section.items[3].required[PK_STANDARD]);
    assert_view(own->section.items[3].id, "topics");
    assert_true(text_of(own, 3, PK_STANDARD).length > 0);
    assert_view(own->language, "de");
    assert_non_null(pk_yaml_get(own->rules, "person-role"));
    assert_non_null(pk_yaml_get(own->rules, "document-length"));
    assert_ptr_equal(library->preferred, base);
}

static void a_file_of_the_same_id_is_laid_over(void **state)
{
    (void)state;
    uint32_t before = library->profile.count;
    const struct pk_profile *own = add("rules: {action-due: error}\n", "negotiation.yaml");
    assert_int_equal(library->profile.count, before);
    assert_int_equal(own->section.count, 10);
    assert_view(pk_yaml_get(own->rules, "action-due")->value, "error");
    assert_view(own->file, "negotiation.yaml");
    assert_ptr_equal(library->preferred, own);
}

static void a_language_is_laid_over(void **state)
{
    (void)state;
    uint16_t index = language("de")->index;
    assert_int_equal(
        pk_library_add_language(library,
                                PK_VIEW("language: de\nsections: {agenda: [Fahrplan]}\n"
                                        "labels: {date: Tag}\n"),
                                "de.yaml", &error),
        PK_OK);
    const struct pk_language *german = language("de");
    assert_int_equal(german->index, index);
    assert_view(pk_label(german, "date"), "Tag");
    assert_view(pk_label(german, "place"), "Ort");
    assert_view(pk_label(german, "no such label"), "no such label");
    assert_int_equal(value_of("Tagesordnung", PK_WORD_SECTION), PK_SECTION_AGENDA);
    assert_int_equal(value_of("Fahrplan", PK_WORD_SECTION), PK_SECTION_AGENDA);
}

static void what_is_built_in_stays_as_it_is(void **state)
{
    struct pk_library *own = library;
    add("extends: meeting\nlanguage: ru\n", "meeting.yaml");
    a_language_is_laid_over(state);
    assert_int_equal(pk_library_open(&library, &error), PK_OK);
    assert_null(pk_words_whole(&library->words, PK_VIEW("Fahrplan")));
    assert_view(pk_label(language("de"), "date"), "Datum");
    assert_int_equal(pk_library_profile(library, PK_VIEW("meeting"))->language.length, 0);
    pk_library_close(library);
    library = own;
}

/* -- What is wrong -- */

static void unknown_keys_have_a_place_and_a_guess(void **state)
{
    (void)state;
    assert_refused("sections: []\nrulse: {}\n", "no key \"rulse\": did you mean \"rules\"?", 2, 1);
    assert_refused("sections:\n  - {id: a, titel: x}\n",
                   "no key \"titel\": did you mean \"title\"?", 2, 13);
    assert_refused("sections: []\nqqqqqqqq: 1\n", "no key \"qqqqqqqq\"", 2, 1);
    assert_refused("sections: []\ndetail: standart\n", "did you mean \"standard\"?", 2, 9);
    assert_refused("sections: [{id: a, kind: agendas}]\n", "did you mean \"agenda\"?", 1, 26);
    assert_refused("sections: []\nlanguage: rus\n", "no language \"rus\": did you mean \"ru\"?", 2,
                   11);
    assert_refused("extends: negotiations\n", "did you mean \"negotiation\"?", 1, 10);
    assert_refused("profile: meting\nlanguage: de\n", "did you mean \"meeting\"?", 1, 10);
    assert_refused("sections: [{id: a, required: [brif]}]\n", "did you mean \"brief\"?", 1, 31);
}

static void wrong_shapes_have_a_place(void **state)
{
    (void)state;
    assert_refused("", "the file is empty", 0, 0);
    assert_refused("just words\n", "a map is wanted", 1, 1);
    assert_refused("language: de\n", "no `sections:`", 1, 1);
    assert_refused("sections: {a: b}\n", "a list is wanted", 1, 11);
    assert_refused("sections: [{title: x}]\n", "`id` is missing", 1, 12);
    assert_refused("sections: [{id: a}, {id: b}, {id: a}]\n", "a second \"a\"", 1, 35);
    assert_refused("sections: [{id: [a]}]\n", "a text is wanted", 1, 17);
    assert_refused("sections: [{id: a, title: {en: [[x]]}}]\n", "a text is wanted", 1, 33);
    assert_refused("sections: [{id: a, required: maybe}]\n", "\"maybe\"", 1, 30);
    assert_refused("sections: [{id: a, pattern: '(x'}]\n", "in the pattern", 1, 29);
    assert_refused("sections: [{id: a, body: {brief: {en: [y]}}}]\n", "a text is wanted", 1, 39);
    assert_refused("a: &x 1\n", "anchors", 1, 4);
}

static void languages_are_checked_too(void **state)
{
    static const struct {
        const char *yaml, *message;
        uint32_t line, column;
    } wrong[] = {
        {"sections: {agende: x}\n", "did you mean \"agenda\"?", 1, 12},
        {"months: [a, b]\n", "12 members are wanted here, not 2", 1, 9},
        {"words: {month: [x]}\n", "`months:`", 1, 16},
        {"words: {actoin: [x]}\n", "did you mean \"action\"?", 1, 9},
        {"dates: {format: \"%s\"}\n", "%d, %m and %Y", 1, 17},
        {"dates: {order: day}\n", "\"day\"", 1, 16},
        {"words: {unit: [[a], [[b]]]}\n", "a text is wanted", 1, 22},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint32_t before = library->language.count, words = library->words.count;
        assert_int_equal(
            pk_library_add_language(library, pk_view_of(wrong[i].yaml), "xx.yaml", &error),
            PK_EINPUT);
        assert_error(wrong[i].message, wrong[i].line, wrong[i].column);
        assert_int_equal(library->language.count, before);
        assert_int_equal(library->words.count, words);
    }
}

/* -- Files -- */

static char home[64];

static void write_file(const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", home, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void make_folder(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", home, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int make_home(void **state)
{
    (void)state;
    snprintf(home, sizeof home, "/tmp/protokol-test-XXXXXX");
    if (!mkdtemp(home))
        return -1;
    setenv("XDG_CONFIG_HOME", home, 1);
    make_folder("protokol");
    make_folder("protokol/language");
    make_folder("work");
    make_folder("work/inner");
    return 0;
}

static int remove_home(void **state)
{
    static const char *const paths[] = {"protokol/language/xx.yaml",
                                        "protokol/a.yaml",
                                        "protokol/b.yaml",
                                        "protokol/c.yaml",
                                        "protokol/.hidden.yaml",
                                        "work/.protokol.yaml",
                                        "work/inner/.protokol.yaml",
                                        "work/real.yaml",
                                        "protokol/language",
                                        "protokol",
                                        "work/inner",
                                        "work",
                                        ""};
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char path[300];
        snprintf(path, sizeof path, "%s/%s", home, paths[i]);
        remove(path);
    }
    unsetenv("XDG_CONFIG_HOME");
    return close_library(state);
}

static uint64_t signature(const char *folder)
{
    char path[300];
    struct pk_arena arena;
    struct pk_sources sources;
    pk_arena_init(&arena);
    snprintf(path, sizeof path, "%s/%s", home, folder);
    assert_int_equal(pk_sources_find(&arena, path, &sources), PK_OK);
    pk_arena_free(&arena);
    return sources.signature;
}

/* What is found from a folder, loaded; the names go away before the library is used. */
static enum pk_status load(const char *folder)
{
    char path[300];
    struct pk_arena arena;
    struct pk_sources sources;
    pk_library_close(library);
    library = NULL;
    error = (struct pk_error){0};
    pk_arena_init(&arena);
    snprintf(path, sizeof path, "%s/%s", home, folder);
    assert_int_equal(pk_sources_find(&arena, path, &sources), PK_OK);
    enum pk_status status = pk_library_load(&sources, &library, &error);
    pk_arena_free(&arena);
    return status;
}

static void assert_loads(const char *folder)
{
    if (load(folder) != PK_OK)
        fail_msg("%s:%u:%u: %s", error.file, error.line, error.column, error.message);
}

static void loads_what_a_user_and_a_project_say(void **state)
{
    (void)state;
    write_file("protokol/language/xx.yaml", "name: Test\nlabels: {date: DATE}\n");
    write_file("protokol/a.yaml", "extends: b\ndetail: brief\n"); /* its base comes later */
    write_file("protokol/b.yaml", "language: xx\nsections: [{id: agenda}]\n");
    write_file("protokol/.hidden.yaml", "broken: [\n");
    write_file("work/.protokol.yaml", "profile: a\nrules: {action-due: off}\n");
    assert_loads("work/inner");
    assert_view(library->preferred->id, "a");
    assert_view(library->preferred->language, "xx");
    assert_int_equal(library->preferred->detail, PK_BRIEF);
    assert_non_null(pk_yaml_get(library->preferred->rules, "action-due"));
    assert_view(pk_label(language("xx"), "date"), "DATE");
    assert_loads("protokol"); /* the project's file is not above it */
    assert_view(library->preferred->id, "negotiation");
    assert_null(pk_yaml_get(pk_library_profile(library, PK_VIEW("a"))->rules, "action-due"));
}

static void a_project_need_not_name_a_profile(void **state)
{
    (void)state;
    write_file("work/.protokol.yaml", "language: ru\n");
    assert_loads("work");
    assert_view(library->preferred->id, "negotiation");
    assert_view(library->preferred->language, "ru");
    write_file("work/.protokol.yaml", "extends: meeting\n");
    assert_loads("work");
    assert_view(library->preferred->id, "meeting");
}

static void cycles_and_unknown_bases_are_refused(void **state)
{
    (void)state;
    write_file("protokol/a.yaml", "extends: b\n");
    write_file("protokol/b.yaml", "extends: c\n");
    write_file("protokol/c.yaml", "detail: brief\nextends: a\n");
    assert_int_equal(load("work"), PK_EINPUT);
    assert_error("extends itself", 2, 10);
    assert_non_null(strstr(error.file, "/protokol/c.yaml"));
    write_file("protokol/c.yaml", "extends: nothing-like-it\n");
    assert_int_equal(load("work"), PK_EINPUT);
    assert_error("no profile \"nothing-like-it\"", 1, 10);
    write_file("protokol/c.yaml", "extends: c\n");
    assert_int_equal(load("work"), PK_EINPUT);
    assert_error("no profile \"c\"", 1, 10);
}

static void a_link_must_stay_in_its_folder(void **state)
{
    char path[300];
    (void)state;
    write_file("work/real.yaml", "language: ru\n");
    snprintf(path, sizeof path, "%s/work/inner/.protokol.yaml", home);
    assert_int_equal(symlink("../real.yaml", path), 0);
    assert_int_equal(load("work/inner"), PK_EINPUT);
    assert_error("link out of its folder", 0, 0);
    assert_string_equal(error.file, path);
    snprintf(path, sizeof path, "%s/work/.protokol.yaml", home);
    assert_int_equal(symlink("real.yaml", path), 0);
    assert_loads("work");
    assert_view(library->preferred->language, "ru");
}

static void only_regular_files_are_read(void **state)
{
    char path[300];
    (void)state;
    snprintf(path, sizeof path, "%s/work/.protokol.yaml", home);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(load("work"), PK_EIO);
    assert_error("no regular file", 0, 0);
    remove(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(load("work"), PK_EIO);
}

static void large_files_are_refused(void **state)
{
    char *text = malloc(300 * 1024 + 1);
    (void)state;
    memset(text, '#', 300 * 1024);
    text[300 * 1024] = '\0';
    write_file("work/.protokol.yaml", text);
    free(text);
    assert_int_equal(load("work"), PK_EINPUT);
    assert_error("256 KiB", 0, 0);
}

static void a_signature_tells_of_changes(void **state)
{
    (void)state;
    uint64_t none = signature("work/inner"), one, other;
    assert_true(none == signature("work/inner"));
    write_file("work/.protokol.yaml", "language: ru\n");
    assert_true((one = signature("work/inner")) != none);
    write_file("work/.protokol.yaml", "language: de # longer\n");
    assert_true((other = signature("work/inner")) != one);
    write_file("protokol/a.yaml", "extends: meeting\n");
    assert_true(signature("work/inner") != other);
    assert_true(signature("protokol") != signature("work"));
}

#define TEST(name)      cmocka_unit_test_setup_teardown(name, open_library, close_library)
#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, make_home, remove_home)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(languages_know_the_same_keys),
        TEST(languages_have_words_of_every_kind),
        TEST(words_mean_what_they_say),
        TEST(titles_are_known_however_they_are_set),
        TEST(other_titles_are_none),
        TEST(numbers_that_mean_something_stay),
        TEST(a_kind_of_minutes_is_one_file),
        TEST(a_body_may_differ_by_language),
        TEST(a_profile_extends_another),
        TEST(a_file_of_the_same_id_is_laid_over),
        TEST(a_language_is_laid_over),
        TEST(what_is_built_in_stays_as_it_is),
        TEST(unknown_keys_have_a_place_and_a_guess),
        TEST(wrong_shapes_have_a_place),
        TEST(languages_are_checked_too),
        FILE_TEST(loads_what_a_user_and_a_project_say),
        FILE_TEST(a_project_need_not_name_a_profile),
        FILE_TEST(cycles_and_unknown_bases_are_refused),
        FILE_TEST(a_link_must_stay_in_its_folder),
        FILE_TEST(only_regular_files_are_read),
        FILE_TEST(large_files_are_refused),
        FILE_TEST(a_signature_tells_of_changes),
    };
    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
