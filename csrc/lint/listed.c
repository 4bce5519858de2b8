/* listed.c - which words are whose; is a name or a due date one of a rule's, though it is no
 * running text?
 */
#include "lint/run.h"

/* -- Whose words -- */

/* By the rule's number: does the profile take all of the language's words from it? */
static bool *find_bare(const struct pk_minutes *minutes)
{
    const struct pk_rule_words *own = &minutes->profile->rule_words;
    uint32_t number = 0;
    bool *bare = pk_alloc(minutes->arena, pk_rule_count() + 1);
    for (uint32_t i = 0; bare && i < own->list.count; i++)
        if (own->list.items[i].all) {
            number = pk_rule_number(own->list.items[i].rule, number);
            bare[number] = true;
        }
    return bare;
}

static void choose_lists(const struct pk_lint *lint, struct pk_word_lists *lists, int table,
                         const bool *bare)
{
    const struct pk_minutes *minutes = lint->minutes;
    const struct pk_rule_words *words = lists->table[table];
    uint32_t count = pk_rule_count(), number = 0;
    int32_t *rule = pk_alloc(minutes->arena, (words->list.count + 1) * sizeof *rule);
    uint64_t *own = pk_alloc(minutes->arena, count * sizeof *own);
    for (uint32_t i = 0; rule && own && i < words->list.count; i++) {
        const struct pk_rule_list *list = &words->list.items[i];
        uint64_t bit = UINT64_C(1) << (i & 63);
        number = pk_rule_number(list->rule, number);
        rule[i] = -1;
        if ((list->language.length && !pk_same(list->language, minutes->language->id)) ||
            number == count || (table && bare[number]) || !pk_rules[number]->words[0] ||
            lint->setting[number].severity == PK_OFF)
            continue;
        own[number] |= bit;
        if (pk_rules[number]->listed)
            continue;
        rule[i] = (int32_t)number;
        lists->runs[table] |= bit;
    }
    lists->rule[table] = rule;
    lists->own[table] = own;
}

const struct pk_word_lists *pk_word_lists_of(const struct pk_lint *lint)
{
    const struct pk_minutes *minutes = lint->minutes;
    struct pk_looked *looked = lint->looked;
    if (looked->lists || minutes->arena->failed)
        return minutes->arena->failed ? NULL : looked->lists;
    struct pk_word_lists *lists = pk_alloc(minutes->arena, sizeof *lists);
    const bool *bare = find_bare(minutes);
    if (!lists || !bare)
        return NULL;
    lists->table[0] = &minutes->profile->rule_words;
    lists->table[1] = &minutes->language->rule_words;
    for (int table = 0; table < PK_WORD_TABLES; table++)
        choose_lists(lint, lists, table, bare);
    looked->lists = lists;
    return minutes->arena->failed ? NULL : lists;
}

/* -- Words that are no running text -- */

/* The rule's longest phrase at the start of the text. */
static const struct pk_phrase *longest(const struct pk_lint *lint,
                                       const struct pk_word_lists *lists, int table,
                                       struct pk_view text, size_t *length)
{
    const struct pk_rule_words *words = lists->table[table];
    const struct pk_phrase *best = NULL;
    uint64_t own = lists->own[table][lint->number];
    *length = 0;
    if (!own || !text.length)
        return NULL;
    struct pk_headword known = pk_words_first(&words->words, text);
    if (!(known.kinds & own))
        return NULL;
    uint32_t best_list = 0;
    for (uint64_t kinds = known.kinds & own; kinds; kinds &= kinds - 1)
        for (uint32_t i = (uint32_t)__builtin_ctzll(kinds); i < words->list.count; i += 64) {
            size_t covered;
            const struct pk_rule_list *list = &words->list.items[i];
            bool here =
                pk_is(list->rule, lint->rule->id) &&
                (!list->language.length || pk_same(list->language, lint->minutes->language->id));
            const struct pk_phrase *phrase =
                here ? pk_headword_of(known, text, (uint16_t)i, &covered) : NULL;
            if (!phrase || covered < *length || (best && covered == *length && i > best_list))
                continue;
            best = phrase;
            best_list = i;
            *length = covered;
        }
    return best;
}

static const char *group_of(const struct pk_lint *lint, struct pk_view name)
{
    for (int i = 0; i < PK_RULE_GROUPS && lint->rule->words[i]; i++)
        if (pk_is(name, lint->rule->words[i]))
            return lint->rule->words[i];
    return lint->rule->words[0];
}

/* The rule's longest word there; NULL: none, or one that is left alone. */
static const struct pk_rule_word *word_at(const struct pk_lint *lint, struct pk_view text,
                                          size_t *length)
{
    const struct pk_word_lists *lists = pk_word_lists_of(lint);
    for (int table = 0; lists && table < PK_WORD_TABLES; table++) {
        const struct pk_phrase *phrase = longest(lint, lists, table, text, length);
        if (phrase)
            return lists->table[table]->list.items[phrase->meaning.kind].spared
                       ? NULL
                       : pk_rule_word_of(lists->table[table], phrase);
    }
    return NULL;
}

const char *pk_listed_at(const struct pk_lint *lint, struct pk_view text, size_t *length)
{
    const struct pk_rule_word *word = word_at(lint, text, length);
    return word ? group_of(lint, word->group) : NULL;
}

bool pk_is_listed(const struct pk_lint *lint, struct pk_view text)
{
    size_t length;
    text = pk_trim(text);
    return word_at(lint, text, &length) && length == text.length;
}

bool pk_is_listed_for(const struct pk_lint *lint, struct pk_view word, struct pk_view text)
{
    size_t length;
    const struct pk_rule_word *listed = word_at(lint, word, &length);
    const struct pk_yaml *beside = listed && length == word.length ? listed->better : NULL;
    if (beside && beside->kind == PK_YAML_LIST)
        beside = beside->first;
    else if (beside)
        return pk_same_folded(beside->value, text);
    for (; beside; beside = beside->next)
        if (pk_same_folded(beside->value, text))
            return true;
    return false;
}
