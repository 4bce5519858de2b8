/* rule_words.c - gather the words that rules look for, of a language or a profile, into one table.
 */
#include "profile/load.h"

#include <string.h>

/* What is being added: all that the words have in common. */
struct adding {
    struct pk_arena *arena;
    struct pk_rule_words *out;
    struct pk_view rule, group, language;
    bool spared;
    uint32_t first; /* of the rule's lists */
};

/* The number of a rule's list in the table. */
static uint16_t list_of(const struct adding *adding)
{
    struct pk_rule_words *out = adding->out;
    for (uint32_t i = adding->first; i < out->list.count; i++) {
        const struct pk_rule_list *list = &out->list.items[i];
        if (pk_same(list->language, adding->language) && list->spared == adding->spared)
            return (uint16_t)i;
    }
    struct pk_rule_list *list = pk_push(adding->arena, &out->list);
    list->rule = adding->rule;
    list->language = adding->language;
    list->spared = adding->spared;
    return (uint16_t)(out->list.count ? out->list.count - 1 : 0);
}

static void spare_all(const struct adding *adding)
{
    struct pk_rule_list *list = pk_push(adding->arena, &adding->out->list);
    list->rule = adding->rule;
    list->spared = list->all = true;
}

static void add_word(const struct adding *adding, uint16_t list, struct pk_view word,
                     const struct pk_yaml *better)
{
    struct pk_rule_words *out = adding->out;
    uint32_t number = out->word.count;
    struct pk_rule_word *added = pk_push(adding->arena, &out->word);
    added->group = adding->group;
    added->better = pk_yaml_is_null(better) ? NULL : better;
    pk_words_add(adding->arena, &out->words, word,
                 (struct pk_meaning){list, (uint16_t)(number & 0xFFFF), (uint16_t)(number >> 16)});
}

/* A word, a list of words, or a map from a word to what is better. */
static void add_list(const struct adding *adding, const struct pk_yaml *node)
{
    if (pk_yaml_is_null(node))
        return;
    uint16_t list = list_of(adding);
    bool alone = node->kind == PK_YAML_SCALAR;
    for (const struct pk_yaml *item = alone ? node : node->first; item; item = item->next) {
        if (item->kind == PK_YAML_SCALAR)
            add_word(adding, list, item->value, NULL);
        else if (item->kind == PK_YAML_MAP)
            for (const struct pk_yaml *pair = item->first; pair; pair = pair->next)
                add_word(adding, list, pair->key, pair);
        if (alone)
            return;
    }
}

/* Likewise, or a map from a group to such a list. */
static void add_groups(struct adding adding, const struct pk_yaml *node)
{
    if (!node || node->kind != PK_YAML_MAP) {
        add_list(&adding, node);
        return;
    }
    for (const struct pk_yaml *group = node->first; group; group = group->next) {
        adding.group = group->key;
        add_list(&adding, group);
    }
}

void pk_rule_words_of_language(struct pk_arena *arena, struct pk_rule_words *out,
                               const struct pk_yaml *rules)
{
    memset(out, 0, sizeof *out);
    for (const struct pk_yaml *rule = rules ? rules->first : NULL; rule; rule = rule->next) {
        struct adding adding = {arena, out, .rule = rule->key, .first = out->list.count};
        add_groups(adding, pk_yaml_get(rule, "words"));
        adding.spared = true;
        add_list(&adding, pk_yaml_get(rule, "except"));
    }
}

static enum pk_status check_language(struct pk_library *library, const struct pk_yaml *member,
                                     struct pk_error *error)
{
    const char *names[16];
    uint32_t count = 0;
    if (pk_library_language(library, member->key))
        return PK_OK;
    for (; count < library->language.count && count < sizeof names / sizeof *names; count++)
        names[count] = pk_copy(&library->arena, library->language.items[count].id).at;
    const char *nearest = pk_nearest(member->key, names, count);
    int shown = (int)(member->key.length > 80 ? 80 : member->key.length);
    pk_fail_at(error, member,
               nearest ? "no language \"%.*s\": did you mean \"%s\"?" : "no language \"%.*s\"",
               shown, member->key.at, nearest);
    error->line = member->key_line;
    error->column = member->key_column;
    return PK_EINPUT;
}

/* By language, or for all of them. */
static enum pk_status add_by_language(struct pk_library *library, struct adding adding,
                                      const struct pk_yaml *node, struct pk_error *error)
{
    if (!node || node->kind != PK_YAML_MAP) {
        add_list(&adding, node);
        return PK_OK;
    }
    for (const struct pk_yaml *member = node->first; member; member = member->next) {
        if (check_language(library, member, error) != PK_OK)
            return PK_EINPUT;
        adding.language = member->key;
        add_groups(adding, member);
    }
    return PK_OK;
}

enum pk_status pk_rule_words_of_profile(struct pk_library *library, struct pk_rule_words *out,
                                        const struct pk_yaml *rules, struct pk_error *error)
{
    enum pk_status status = PK_OK;
    for (const struct pk_yaml *rule = rules ? rules->first : NULL; rule && status == PK_OK;
         rule = rule->next) {
        struct adding adding = {&library->arena, out, .rule = rule->key, .first = out->list.count};
        const struct pk_yaml *words = pk_yaml_get(rule, "words");
        const struct pk_yaml *except = pk_yaml_get(rule, "except");
        status = add_by_language(library, adding, words, error);
        adding.spared = true;
        if (status == PK_OK && except && except->kind == PK_YAML_SCALAR &&
            pk_is(except->value, "*"))
            spare_all(&adding);
        else if (status == PK_OK)
            status = add_by_language(library, adding, except, error);
    }
    return status;
}

const struct pk_rule_word *pk_rule_word_of(const struct pk_rule_words *words,
                                           const struct pk_phrase *phrase)
{
    return &words->word.items[phrase->meaning.value | (uint32_t)phrase->meaning.language << 16];
}
