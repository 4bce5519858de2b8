/* listed.c - is a name or a due date one of a rule's words, though it is no running text? */
#include "lint/run.h"

/* Of the phrase's meanings the one that is the running rule's, in the document's language. */
static const struct pk_phrase *own(const struct pk_lint *lint, const struct pk_rule_words *words,
                                   const struct pk_phrase *phrase)
{
    for (; phrase; phrase = pk_words_again(phrase)) {
        const struct pk_rule_list *list = &words->list.items[phrase->meaning.kind];
        bool here = !list->language.length || pk_same(list->language, lint->minutes->language->id);
        if (here && pk_is(list->rule, lint->rule->id))
            return phrase;
    }
    return NULL;
}

/* The rule's longest phrase at the start of the text. Lists are few: a rule has one a language. */
static const struct pk_phrase *longest(const struct pk_lint *lint,
                                       const struct pk_rule_words *words, struct pk_view text,
                                       size_t *length)
{
    const struct pk_phrase *best = NULL;
    *length = 0;
    for (uint32_t i = 0; i < words->list.count; i++) {
        size_t covered;
        if (!pk_is(words->list.items[i].rule, lint->rule->id))
            continue;
        const struct pk_phrase *phrase =
            own(lint, words, pk_words_of(&words->words, text, (uint16_t)i, &covered));
        if (phrase && covered > *length) {
            best = phrase;
            *length = covered;
        }
    }
    return best;
}

/* Does the profile take all of the language's words from the rule? */
static bool is_bare(const struct pk_lint *lint)
{
    const struct pk_rule_words *words = &lint->minutes->profile->rule_words;
    for (uint32_t i = 0; i < words->list.count; i++)
        if (words->list.items[i].all && pk_is(words->list.items[i].rule, lint->rule->id))
            return true;
    return false;
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
    const struct pk_rule_words *tables[] = {&lint->minutes->profile->rule_words,
                                            &lint->minutes->language->rule_words};
    for (int i = 0; i < 2; i++) {
        const struct pk_phrase *phrase =
            i && is_bare(lint) ? NULL : longest(lint, tables[i], text, length);
        if (phrase)
            return tables[i]->list.items[phrase->meaning.kind].spared
                       ? NULL
                       : pk_rule_word_of(tables[i], phrase);
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
