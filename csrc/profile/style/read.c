/* read.c - one rule of a style, from its YAML. */
#include "profile/style/style.h"

#include <stdio.h>
#include <string.h>

const char *const pk_style_kinds[PK_STYLE_KINDS] = {
    "existence",      "substitution", "occurrence",  "repetition", "consistency", "conditional",
    "capitalization", "metric",       "readability", "script",     "spelling",    "sequence",
};

static const char *const levels[PK_STYLE_LEVELS] = {"suggestion", "warning", "error"};

/* -- The keys a rule may have -- */

#define KIND(name) (1u << PK_STYLE_##name)
#define ALL_KINDS  ((1u << PK_STYLE_KINDS) - 1)

enum shape { TEXT, TRUTH, NUMBER, FRACTION, WORDS, MAP, ANY };

static const struct style_key {
    const char *name;
    uint32_t kinds;
    enum shape shape;
} keys[] = {
    {"extends", ALL_KINDS, TEXT},
    {"message", ALL_KINDS, TEXT},
    {"level", ALL_KINDS, TEXT},
    {"scope", ALL_KINDS, WORDS},
    {"link", ALL_KINDS, TEXT},
    {"limit", ALL_KINDS, NUMBER},
    {"description", ALL_KINDS, TEXT},
    {"name", ALL_KINDS, TEXT},
    {"code", ALL_KINDS, TRUTH},
    {"action", ALL_KINDS, MAP},
    {"ignorecase",
     KIND(EXISTENCE) | KIND(SUBSTITUTION) | KIND(OCCURRENCE) | KIND(REPETITION) |
         KIND(CONSISTENCY) | KIND(CONDITIONAL),
     TRUTH},
    {"nonword", KIND(EXISTENCE) | KIND(SUBSTITUTION) | KIND(CONSISTENCY), TRUTH},
    {"vocab", ALL_KINDS & ~(KIND(METRIC) | KIND(OCCURRENCE) | KIND(CONSISTENCY)), TRUTH},
    {"exceptions",
     KIND(EXISTENCE) | KIND(SUBSTITUTION) | KIND(REPETITION) | KIND(CONDITIONAL) |
         KIND(CAPITALIZATION),
     WORDS},
    {"tokens", KIND(EXISTENCE) | KIND(REPETITION), WORDS},
    {"raw", KIND(EXISTENCE), WORDS},
    {"append", KIND(EXISTENCE), TRUTH},
    {"swap", KIND(SUBSTITUTION), MAP},
    {"capitalize", KIND(SUBSTITUTION), TRUTH},
    {"pos", KIND(SUBSTITUTION), TEXT},
    {"token", KIND(OCCURRENCE), TEXT},
    {"min", KIND(OCCURRENCE), NUMBER},
    {"max", KIND(OCCURRENCE) | KIND(REPETITION), NUMBER},
    {"alpha", KIND(REPETITION), TRUTH},
    {"either", KIND(CONSISTENCY), MAP},
    {"first", KIND(CONDITIONAL), TEXT},
    {"second", KIND(CONDITIONAL), TEXT},
    {"match", KIND(CAPITALIZATION), TEXT},
    {"style", KIND(CAPITALIZATION), TEXT},
    {"indicators", KIND(CAPITALIZATION), WORDS},
    {"threshold", KIND(CAPITALIZATION), FRACTION},
    {"prefix", KIND(CAPITALIZATION), TEXT},
    {"formula", KIND(METRIC), TEXT},
    {"condition", KIND(METRIC), TEXT},
};
enum { KEYS = sizeof keys / sizeof *keys };

const struct pk_yaml *pk_style_key(const struct pk_yaml *map, const char *key)
{
    struct pk_view name = pk_view_of(key);
    if (!map || map->kind != PK_YAML_MAP)
        return NULL;
    for (const struct pk_yaml *member = map->first; member; member = member->next)
        if (pk_same_folded(member->key, name))
            return pk_yaml_is_null(member) ? NULL : member;
    return NULL;
}

static struct pk_view text_of(const struct pk_style_reader *reader, const char *key)
{
    const struct pk_yaml *found = pk_style_key(reader->tree, key);
    return found && found->kind == PK_YAML_SCALAR ? found->value : (struct pk_view){"", 0};
}

static bool is_true(struct pk_view value)
{
    return pk_same_folded(value, PK_VIEW("true")) || pk_same_folded(value, PK_VIEW("yes"));
}

static bool truth_of(const struct pk_style_reader *reader, const char *key, bool otherwise)
{
    struct pk_view value = text_of(reader, key);
    return value.length ? is_true(value) : otherwise;
}

/* Digits with at most one point between them, up to a billion; -1: it is no such number. */
static double number_in(struct pk_view value)
{
    double number = 0, unit = 0;
    if (!value.length || value.length > 9)
        return -1;
    for (size_t i = 0; i < value.length; i++) {
        char c = value.at[i];
        if (c == '.' && unit < 1) {
            unit = 1;
            continue;
        }
        if (c < '0' || c > '9')
            return -1;
        number = number * 10 + (c - '0');
        unit *= 10;
    }
    return unit > 1 ? number / unit : number;
}

static uint32_t count_of(const struct pk_style_reader *reader, const char *key)
{
    double number = number_in(text_of(reader, key));
    return number > 0 ? (uint32_t)number : 0;
}

/* -- Checking -- */

static bool fits(const struct pk_yaml *node, enum shape shape)
{
    struct pk_view value = node->value;
    if (shape == ANY)
        return true;
    if (shape == MAP)
        return node->kind == PK_YAML_MAP;
    if (shape == WORDS)
        return node->kind != PK_YAML_MAP;
    if (node->kind != PK_YAML_SCALAR)
        return false;
    if (shape == TRUTH)
        return is_true(value) || pk_same_folded(value, PK_VIEW("false")) ||
               pk_same_folded(value, PK_VIEW("no"));
    if (shape == NUMBER)
        return number_in(value) >= 0 && !memchr(value.at, '.', value.length);
    return shape == TEXT || number_in(value) >= 0;
}

static const char *const wanted[] = {
    [TEXT] = "a text is wanted here",           [TRUTH] = "true or false is wanted here",
    [NUMBER] = "a whole number is wanted here", [FRACTION] = "a number is wanted here",
    [WORDS] = "a list is wanted here",          [MAP] = "a map is wanted here",
};

static enum pk_status unknown_key(struct pk_style_reader *reader, const struct pk_yaml *member,
                                  uint32_t kinds)
{
    const char *names[KEYS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < KEYS; i++)
        if (keys[i].kinds & kinds)
            names[count++] = keys[i].name;
    const char *nearest = pk_nearest(member->key, names, count);
    int shown = (int)(member->key.length > 60 ? 60 : member->key.length);
    const char *kind = pk_style_kinds[reader->rule->kind];
    if (nearest)
        pk_fail(reader->error, PK_EINPUT, "%s has no key \"%.*s\": did you mean \"%s\"?", kind,
                shown, member->key.at, nearest);
    else
        pk_fail(reader->error, PK_EINPUT, "%s has no key \"%.*s\"", kind, shown, member->key.at);
    reader->error->line = member->key_line;
    reader->error->column = member->key_column;
    return PK_EINPUT;
}

static enum pk_status check_keys(struct pk_style_reader *reader)
{
    uint32_t kind = 1u << reader->rule->kind;
    for (const struct pk_yaml *member = reader->tree->first; member; member = member->next) {
        uint32_t i = 0;
        while (i < KEYS &&
               !(keys[i].kinds & kind && pk_same_folded(member->key, pk_view_of(keys[i].name))))
            i++;
        if (i == KEYS)
            return unknown_key(reader, member, kind);
        if (!pk_yaml_is_null(member) && !fits(member, keys[i].shape))
            return pk_fail_at(reader->error, member, "%s", wanted[keys[i].shape]);
    }
    return PK_OK;
}

/* One of the names, by number. */
static enum pk_status read_choice(struct pk_style_reader *reader, const char *key,
                                  const char *const *names, uint32_t count, uint32_t *out)
{
    const struct pk_yaml *at = pk_style_key(reader->tree, key);
    if (!at || at->kind != PK_YAML_SCALAR)
        return pk_fail_at(reader->error, reader->tree, "no `%s:` in this rule", key);
    for (*out = 0; *out < count; ++*out)
        if (pk_is(at->value, names[*out]))
            return PK_OK;
    const char *nearest = pk_nearest(at->value, names, count);
    int shown = (int)(at->value.length > 60 ? 60 : at->value.length);
    if (nearest)
        return pk_fail_at(reader->error, at, "no %s \"%.*s\": did you mean \"%s\"?", key, shown,
                          at->value.at, nearest);
    return pk_fail_at(reader->error, at, "no %s \"%.*s\"", key, shown, at->value.at);
}

/* -- Actions -- */

static const struct edit {
    const char *name;
    uint32_t params;
} edits[] = {{"regex", 3},      {"trim", 2},     {"trim_left", 2},
             {"trim_right", 2}, {"truncate", 2}, {"split", 3}};

static enum pk_status read_edit(struct pk_style_reader *reader, const struct pk_yaml *params)
{
    const char *names[sizeof edits / sizeof *edits];
    uint32_t count = sizeof edits / sizeof *edits, i = 0;
    struct pk_style_action *action = &reader->rule->action;
    if (!params || params->kind != PK_YAML_LIST || !params->first)
        return pk_fail_at(reader->error, params ? params : reader->tree,
                          "an edit needs a list of `params:`");
    for (uint32_t j = 0; j < count; j++)
        names[j] = edits[j].name;
    while (i < count && !pk_is(params->first->value, names[i]))
        i++;
    if (i == count) {
        const char *nearest = pk_nearest(params->first->value, names, count);
        return pk_fail_at(
            reader->error, params->first, "no edit \"%.*s\": did you mean \"%s\"?",
            (int)(params->first->value.length > 60 ? 60 : params->first->value.length),
            params->first->value.at, nearest ? nearest : "regex");
    }
    if (action->param.count != edits[i].params)
        return pk_fail_at(reader->error, params, "the edit \"%s\" takes %u params, not %u",
                          edits[i].name, edits[i].params, action->param.count);
    if (i == 0)
        return pk_style_pattern(reader, params->first->next, false, &action->pattern);
    return PK_OK;
}

static enum pk_status read_action(struct pk_style_reader *reader)
{
    static const char *const names[] = {"replace", "remove", "edit", "convert", "suggest"};
    const struct pk_yaml *map = pk_style_key(reader->tree, "action");
    const struct pk_yaml *name = pk_style_key(map, "name"), *params = pk_style_key(map, "params");
    struct pk_style_action *action = &reader->rule->action;
    if (!name)
        return PK_OK;
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
        if (pk_is(name->value, names[i]))
            action->name = name->value;
    if (!action->name.length) {
        const char *nearest = pk_nearest(name->value, names, 5);
        return pk_fail_at(reader->error, name, "no action \"%.*s\": did you mean \"%s\"?",
                          (int)(name->value.length > 60 ? 60 : name->value.length), name->value.at,
                          nearest ? nearest : "replace");
    }
    const struct pk_yaml *item = params && params->kind != PK_YAML_SCALAR ? params->first : params;
    for (; item; item = params == item ? NULL : item->next)
        *pk_push(&reader->library->arena, &action->param) = item->value;
    return pk_is(action->name, "edit") ? read_edit(reader, params) : PK_OK;
}

/* -- The rule -- */

static enum pk_status read_rule(struct pk_style_reader *reader)
{
    struct pk_style_rule *rule = reader->rule;
    uint32_t kind = 0, level = PK_STYLE_WARNING;
    enum pk_status status = read_choice(reader, "extends", pk_style_kinds, PK_STYLE_KINDS, &kind);
    rule->kind = (enum pk_style_kind)kind;
    if (status == PK_OK && kind >= PK_STYLE_RUN)
        return pk_fail_at(reader->error, pk_style_key(reader->tree, "extends"),
                          "%s cannot be run: protokol does not run \"%s\" rules", rule->id.at,
                          pk_style_kinds[kind]);
    if (status == PK_OK)
        status = check_keys(reader);
    if (status == PK_OK && !pk_style_key(reader->tree, "message"))
        status = pk_fail_at(reader->error, reader->tree, "no `message:` in this rule");
    if (status == PK_OK && pk_style_key(reader->tree, "level"))
        status = read_choice(reader, "level", levels, PK_STYLE_LEVELS, &level);
    if (status != PK_OK)
        return status;
    rule->level = (enum pk_style_level)level;
    rule->message = text_of(reader, "message");
    rule->link = text_of(reader, "link");
    rule->description = text_of(reader, "description");
    rule->ignorecase = truth_of(reader, "ignorecase", false);
    rule->nonword = truth_of(reader, "nonword", false);
    rule->append = truth_of(reader, "append", false);
    rule->alpha = truth_of(reader, "alpha", false);
    rule->capitalize = truth_of(reader, "capitalize", false);
    rule->vocab = truth_of(reader, "vocab", true);
    rule->limit = count_of(reader, "limit");
    rule->min = count_of(reader, "min");
    rule->max = count_of(reader, "max");
    rule->style = text_of(reader, "style");
    rule->prefix = text_of(reader, "prefix");
    rule->threshold = number_in(text_of(reader, "threshold"));
    if (rule->threshold <= 0)
        rule->threshold = 0.8; /* Vale's */
    status = pk_style_read_scopes(reader);
    if (status == PK_OK)
        status =
            pk_style_read_list(reader, pk_style_key(reader->tree, "exceptions"), &rule->except);
    if (status == PK_OK)
        status = pk_style_read_terms(reader);
    return status ? status : read_action(reader);
}

static void read_indicators(struct pk_style_reader *reader)
{
    const struct pk_yaml *list = pk_style_key(reader->tree, "indicators");
    const struct pk_yaml *item = list && list->kind == PK_YAML_LIST ? list->first : NULL;
    for (; item; item = item->next)
        *pk_push(&reader->library->arena, &reader->rule->indicator) = item->value;
}

/* Its plain words join those of the other rules. */
static void add_words(struct pk_style_reader *reader)
{
    struct pk_styles *styles = reader->styles;
    struct pk_meaning meaning = {.kind = (uint16_t)(styles->rule.count - 1)};
    for (uint32_t i = 0; i < reader->rule->entry.count; i++) {
        meaning.value = (uint16_t)i;
        if (reader->rule->entry.items[i].plain)
            pk_words_add(&reader->library->arena, &styles->words, reader->rule->entry.items[i].key,
                         meaning);
    }
}

void pk_style_tell(struct pk_library *library, struct pk_styles *styles,
                   const struct pk_error *error, struct pk_view id, const char *path)
{
    struct pk_style_trouble *trouble = pk_alloc(&library->arena, sizeof *trouble);
    if (!trouble)
        return;
    trouble->id = id;
    trouble->error = *error;
    pk_error_file(&trouble->error, path);
    *pk_push(&library->arena, &styles->trouble) = trouble;
}

void pk_style_read(struct pk_library *library, const struct pk_profile *profile,
                   struct pk_styles *styles, const struct pk_yaml *tree, struct pk_view id,
                   const char *path)
{
    struct pk_error error = {0};
    struct pk_style_rule *rule = pk_alloc(&library->arena, sizeof *rule);
    if (!rule)
        return;
    rule->id = id;
    rule->file = pk_copy(&library->arena, pk_view_of(path));
    struct pk_style_reader reader = {library, profile, styles, rule, tree, &error};
    enum pk_status status = PK_EINPUT;
    if (!tree || tree->kind != PK_YAML_MAP)
        pk_fail_at(&error, tree, "a rule is a map with `extends:` and `message:`");
    else
        status = read_rule(&reader);
    if (status != PK_OK) {
        pk_style_tell(library, styles, &error, id, path);
        return;
    }
    read_indicators(&reader);
    *pk_push(&library->arena, &styles->rule) = rule;
    add_words(&reader);
}

bool pk_style_looks_like(const struct pk_yaml *tree)
{
    const struct pk_yaml *extends = pk_style_key(tree, "extends");
    for (uint32_t i = 0; extends && i < PK_STYLE_KINDS; i++)
        if (pk_is(extends->value, pk_style_kinds[i]))
            return true;
    return pk_style_key(tree, "message") != NULL;
}
