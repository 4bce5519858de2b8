/* message.c - what a rule says, in the language of the document. */
#include "lint/run.h"

static struct pk_view translated(const struct pk_yaml *table, const char *english)
{
    const struct pk_yaml *found = pk_yaml_get(table, english);
    if (!found || found->kind != PK_YAML_SCALAR || !found->value.length)
        return pk_view_of(english);
    return found->value;
}

static bool is_argument(struct pk_view text, size_t at)
{
    return text.at[at] == '%' && at + 1 < text.length && text.at[at + 1] >= '1' &&
           text.at[at + 1] <= '3';
}

struct pk_view pk_message(const struct pk_lint *lint, const char *english,
                          const struct pk_view argument[3])
{
    struct pk_view text = translated(lint->messages, english);
    struct pk_buffer out = {.arena = lint->minutes->arena};
    size_t done = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_argument(text, i))
            continue;
        pk_put(&out, pk_view_part(text, done, i));
        pk_put(&out, argument[text.at[i + 1] - '1']);
        done = i + 2;
    }
    if (!done)
        return text;
    pk_put(&out, pk_view_part(text, done, text.length));
    return pk_all_written(&out);
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

uint64_t pk_said(const char *english, const struct pk_view argument[3])
{
    uint64_t digest = pk_digest(PK_DIGEST, pk_view_of(english));
    for (int i = 0; i < 3; i++) {
        const struct pk_view text = argument[i];
        digest = pk_digest(digest, PK_VIEW("\n"));
        for (size_t start = 0, end; start < text.length; start = end + 1) {
            for (end = start; end < text.length && !is_digit(text.at[end]);)
                end++;
            digest = pk_digest(digest, pk_view_part(text, start, end));
        }
    }
    return digest;
}

struct pk_view pk_number(struct pk_lint *lint, uint32_t number)
{
    struct pk_buffer out = {.arena = lint->minutes->arena};
    pk_put_number(&out, number, 1);
    return pk_all_written(&out);
}

/* -- What a rule is for -- */

static struct pk_view words_of(const struct pk_rule *rule, const struct pk_language *language,
                               const char *key, const char *english)
{
    const struct pk_yaml *all = language ? pk_yaml_get(language->rules, rule->id) : NULL;
    const struct pk_yaml *found = pk_yaml_get(all, key);
    return found && found->value.length ? found->value : pk_view_of(english);
}

struct pk_view pk_rule_summary(const struct pk_rule *rule, const struct pk_language *language)
{
    return words_of(rule, language, "summary", rule->summary);
}

struct pk_view pk_rule_help(const struct pk_rule *rule, const struct pk_language *language)
{
    return words_of(rule, language, "help", rule->help);
}
