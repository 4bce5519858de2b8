/* language.c - load a language: what its words mean, and the words it writes. */
#include "profile/load.h"

#include <string.h>

/* -- What a language file may hold -- */

#define NAMES(array, from, to) .names = (array) + (from), .name_count = (to) - (from)

static const char *const orders[] = {"day-first", "month-first", "year-first"};

static const struct pk_schema text = {.shape = PK_SHAPE_TEXT}, words = {.shape = PK_SHAPE_WORDS},
                              groups = {.shape = PK_SHAPE_GROUPS};

static const struct pk_key date_keys[] = {
    {"order", {.shape = PK_SHAPE_CHOICE, NAMES(orders, 0, 3)}, "how 3/4/2026 is read"},
    {"format", {.shape = PK_SHAPE_TEXT}, "how a date is written: %d, %m and %Y"},
    {0},
};

static const struct pk_schema vocabulary = {.shape = PK_SHAPE_VOCABULARY};

static const struct pk_key rule_keys[] = {
    {"summary", {.shape = PK_SHAPE_TEXT}, "what holds in good minutes, in one line"},
    {"help", {.shape = PK_SHAPE_TEXT}, "why, and how to mend it"},
    {"messages", {.shape = PK_SHAPE_MAP, .inner = &text}, "English message -> its translation"},
    {"words",
     {.shape = PK_SHAPE_GROUPED, .inner = &vocabulary},
     "words it looks for, in groups where it has any; word: what is better"},
    {"except", {.shape = PK_SHAPE_WORDS}, "phrases that it leaves alone"},
    {0},
};
static const struct pk_schema rule = {.shape = PK_SHAPE_OBJECT, .keys = rule_keys};

static const struct pk_key keys[] = {
    {"language", {.shape = PK_SHAPE_TEXT}, "its id (BCP 47): ru"},
    {"name", {.shape = PK_SHAPE_TEXT}, "its name in itself: русский"},
    {"dates", {.shape = PK_SHAPE_OBJECT, .keys = date_keys}, "how dates are written"},
    {"sections",
     {.shape = PK_SHAPE_MAP, .inner = &words, NAMES(pk_section_kinds, 1, PK_SECTION_KINDS)},
     "titles by kind of section; the first is written"},
    {"fields",
     {.shape = PK_SHAPE_MAP, .inner = &words, NAMES(pk_field_kinds, 1, PK_FIELD_KINDS)},
     "labels by kind of field"},
    {"columns",
     {.shape = PK_SHAPE_MAP, .inner = &words, NAMES(pk_columns, 1, PK_COLUMNS)},
     "headers by kind of column"},
    {"months",
     {.shape = PK_SHAPE_LIST, .inner = &words, .length = 12},
     "all forms of each, from January"},
    {"weekdays",
     {.shape = PK_SHAPE_LIST, .inner = &words, .length = 7},
     "all forms of each, from Monday"},
    {"words",
     {.shape = PK_SHAPE_MAP, .inner = &groups, NAMES(pk_word_kinds, PK_WORD_TITLE, PK_WORD_KINDS)},
     "words by what they mean"},
    {"labels", {.shape = PK_SHAPE_MAP, .inner = &text}, "words that a template writes, by key"},
    {"prompts", {.shape = PK_SHAPE_MAP, .inner = &text}, "what a placeholder asks for, by key"},
    {"says",
     {.shape = PK_SHAPE_MAP, .inner = &text},
     "what the editors say: English -> translation"},
    {"rules", {.shape = PK_SHAPE_MAP, .inner = &rule}, "what rules say, by rule"},
    {0},
};
const struct pk_schema pk_language_schema = {.shape = PK_SHAPE_OBJECT, .keys = keys};

static enum pk_status check_format(const struct pk_yaml *format, struct pk_error *error)
{
    if (pk_yaml_is_null(format))
        return PK_OK;
    struct pk_view view = format->value;
    for (size_t i = 0; i < view.length; i++) {
        if (view.at[i] != '%')
            continue;
        char next = i + 1 < view.length ? view.at[++i] : '\0';
        if (!next || !strchr("dmY", next))
            return pk_fail_at(error, format, "only %%d, %%m and %%Y stand in a date's format");
    }
    return PK_OK;
}

static enum pk_status check(const struct pk_yaml *tree, struct pk_error *error)
{
    if (!tree)
        return pk_fail_at(error, NULL, "the file is empty");
    if (pk_schema_check(&pk_language_schema, tree, error) != PK_OK)
        return PK_EINPUT;
    const struct pk_yaml *listed = pk_yaml_get(tree, "words");
    for (int kind = PK_WORD_MONTH; kind <= PK_WORD_WEEKDAY; kind++) {
        const struct pk_yaml *wrong = pk_yaml_get(listed, pk_word_kinds[kind]);
        if (wrong)
            return pk_fail_at(error, wrong, "%ss are listed in order under `%ss:`",
                              pk_word_kinds[kind], pk_word_kinds[kind]);
    }
    return check_format(pk_yaml_get(pk_yaml_get(tree, "dates"), "format"), error);
}

/* -- Its words -- */

void pk_add_words(struct pk_arena *arena, struct pk_words *table, const struct pk_yaml *node,
                  struct pk_meaning meaning)
{
    if (pk_yaml_is_null(node))
        return;
    if (node->kind == PK_YAML_SCALAR)
        pk_words_add(arena, table, node->value, meaning);
    if (node->kind != PK_YAML_LIST)
        return;
    for (const struct pk_yaml *item = node->first; item; item = item->next)
        pk_words_add(arena, table, item->value, meaning);
}

static void add_by_name(struct pk_library *library, const struct pk_yaml *map,
                        const char *const *names, uint16_t count, struct pk_meaning meaning)
{
    for (meaning.value = 1; meaning.value < count; meaning.value++)
        pk_add_words(&library->arena, &library->words, pk_yaml_get(map, names[meaning.value]),
                     meaning);
}

static void add_in_order(struct pk_library *library, const struct pk_yaml *list,
                         struct pk_meaning meaning)
{
    meaning.value = 1;
    for (const struct pk_yaml *item = list ? list->first : NULL; item; item = item->next) {
        pk_add_words(&library->arena, &library->words, item, meaning);
        meaning.value++;
    }
}

/* A list of lists counts them; words alone have the value 0. */
static void add_groups(struct pk_library *library, const struct pk_yaml *node,
                       struct pk_meaning meaning)
{
    if (node && node->first && node->first->kind == PK_YAML_LIST)
        add_in_order(library, node, meaning);
    else
        pk_add_words(&library->arena, &library->words, node, meaning);
}

static void add_vocabulary(struct pk_library *library, const struct pk_yaml *tree, uint16_t index)
{
    struct pk_meaning meaning = {.language = index};
    meaning.kind = PK_WORD_SECTION;
    add_by_name(library, pk_yaml_get(tree, "sections"), pk_section_kinds, PK_SECTION_KINDS,
                meaning);
    meaning.kind = PK_WORD_FIELD;
    add_by_name(library, pk_yaml_get(tree, "fields"), pk_field_kinds, PK_FIELD_KINDS, meaning);
    meaning.kind = PK_WORD_COLUMN;
    add_by_name(library, pk_yaml_get(tree, "columns"), pk_columns, PK_COLUMNS, meaning);
    meaning.kind = PK_WORD_MONTH;
    add_in_order(library, pk_yaml_get(tree, "months"), meaning);
    meaning.kind = PK_WORD_WEEKDAY;
    add_in_order(library, pk_yaml_get(tree, "weekdays"), meaning);
    const struct pk_yaml *listed = pk_yaml_get(tree, "words");
    for (meaning.kind = PK_WORD_TITLE; meaning.kind < PK_WORD_KINDS; meaning.kind++)
        add_groups(library, pk_yaml_get(listed, pk_word_kinds[meaning.kind]), meaning);
}

/* -- The language -- */

static void fill(struct pk_arena *arena, struct pk_language *language, struct pk_yaml *tree)
{
    const struct pk_yaml *dates = pk_yaml_get(tree, "dates");
    struct pk_view order = pk_text_of(dates, "order"), format = pk_text_of(dates, "format");
    struct pk_view name = pk_text_of(tree, "name");
    language->name = name.length ? name : language->id;
    language->date_order = PK_DAY_FIRST;
    for (uint32_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (pk_is(order, orders[i]))
            language->date_order = (enum pk_date_order)i;
    }
    language->date_format = format.length ? format : pk_copy(arena, PK_VIEW("%Y-%m-%d"));
    language->sections = pk_yaml_get(tree, "sections");
    language->labels = pk_yaml_get(tree, "labels");
    language->prompts = pk_yaml_get(tree, "prompts");
    language->rules = pk_yaml_get(tree, "rules");
    pk_rule_words_of_language(arena, &language->rule_words, language->rules);
    language->source = tree;
}

static struct pk_language *find(struct pk_library *library, struct pk_view id)
{
    for (uint32_t i = 0; i < library->language.count; i++) {
        if (pk_same(library->language.items[i].id, id))
            return &library->language.items[i];
    }
    return NULL;
}

enum pk_status pk_library_add_language(struct pk_library *library, struct pk_view yaml,
                                       const char *file, struct pk_error *error)
{
    struct pk_yaml *tree;
    enum pk_status status = pk_yaml_read(&library->arena, yaml, &tree, error);
    if (status == PK_OK)
        status = check(tree, error);
    if (status == PK_OK && library->language.count >= 1000)
        status = pk_fail(error, PK_EINPUT, "more than 1,000 languages");
    if (status != PK_OK) {
        pk_error_file(error, file);
        return status;
    }
    return pk_library_take_language(library, tree, file, error);
}

enum pk_status pk_library_take_language(struct pk_library *library, struct pk_yaml *tree,
                                        const char *file, struct pk_error *error)
{
    struct pk_view id = pk_text_of(tree, "language");
    if (!id.length)
        id = pk_copy(&library->arena, pk_stem(file));
    struct pk_language *language = find(library, id);
    if (!language) {
        language = pk_push(&library->arena, &library->language);
        language->id = id;
        language->index = (uint16_t)(library->language.count - 1);
    }
    if (library->shares_words)
        pk_words_own(&library->arena, &library->words);
    library->shares_words = false;
    if (library->arena.failed)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    add_vocabulary(library, tree, language->index);
    language->file = pk_copy(&library->arena, pk_view_of(file));
    fill(&library->arena, language, pk_yaml_merge(&library->arena, language->source, tree));
    return library->arena.failed ? pk_fail(error, PK_ENOMEM, "out of memory") : PK_OK;
}
