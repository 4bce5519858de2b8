/* settings.c - what a profile says about the rules: severities and options. */
#include "lint/run.h"
#include "profile/schema.h"

#include <stdio.h>
#include <string.h>

/* A value, or the one of a map by level of detail; NULL: none. */
static const struct pk_yaml *at_detail(const struct pk_yaml *value, enum pk_detail detail)
{
    return value && value->kind == PK_YAML_MAP ? pk_yaml_get(value, pk_details[detail]) : value;
}

static bool severity_of(const struct pk_yaml *value, enum pk_severity *out)
{
    if (!value || value->kind != PK_YAML_SCALAR)
        return false;
    for (int i = 0; pk_severities[i]; i++)
        if (pk_is(value->value, pk_severities[i])) {
            *out = (enum pk_severity)i;
            return true;
        }
    return false;
}

static bool number_of(const struct pk_yaml *value, uint32_t *out)
{
    uint32_t number = 0;
    if (!value || value->kind != PK_YAML_SCALAR || !value->value.length || value->value.length > 9)
        return false;
    for (size_t i = 0; i < value->value.length; i++) {
        if (value->value.at[i] < '0' || value->value.at[i] > '9')
            return false;
        number = number * 10 + (uint32_t)(value->value.at[i] - '0');
    }
    *out = number;
    return true;
}

static enum pk_severity severity_by(const struct pk_rule *rule, const struct pk_yaml *setting,
                                    enum pk_detail detail)
{
    enum pk_severity severity = rule->severity;
    if (setting && setting->kind == PK_YAML_MAP)
        setting = at_detail(pk_yaml_get(setting, "severity"), detail);
    severity_of(setting, &severity);
    return severity;
}

enum pk_severity pk_rule_severity(const struct pk_rule *rule, const struct pk_profile *profile,
                                  enum pk_detail detail)
{
    return severity_by(rule, pk_yaml_get(profile->rules, rule->id), detail);
}

enum pk_severity pk_severity_set(const struct pk_lint *lint, const struct pk_yaml *setting)
{
    enum pk_severity severity = lint->severity;
    severity_of(at_detail(setting, lint->minutes->detail), &severity);
    return severity;
}

static uint32_t value_by(const struct pk_rule_option *option, const struct pk_yaml *setting,
                         enum pk_detail detail)
{
    uint32_t value = option->value[detail];
    if (setting && setting->kind == PK_YAML_MAP)
        number_of(at_detail(pk_yaml_get(setting, option->name), detail), &value);
    return value;
}

uint32_t pk_rule_value(const struct pk_rule *rule, const struct pk_rule_option *option,
                       const struct pk_profile *profile, enum pk_detail detail)
{
    return value_by(option, pk_yaml_get(profile->rules, rule->id), detail);
}

uint32_t pk_option(const struct pk_lint *lint, const char *name)
{
    const struct pk_rule_option *option = lint->rule->option;
    while (strcmp(option->name, name) != 0)
        option++;
    return value_by(option, lint->setting[lint->number].profile, lint->minutes->detail);
}

/* -- Of all rules at once -- */

uint32_t pk_rule_count(void)
{
    return pk_rules_count;
}

uint32_t pk_rule_number(struct pk_view id, uint32_t hint)
{
    uint32_t count = pk_rule_count(), low = 0, high = count;
    if (hint < count && pk_is(id, pk_rules[hint]->id))
        return hint;
    while (low < high) { /* pk_rules are in alphabetical order */
        uint32_t middle = low + (high - low) / 2;
        const char *other = pk_rules[middle]->id;
        size_t length = strlen(other);
        int order = id.length ? memcmp(id.at, other, id.length < length ? id.length : length) : -1;
        if (order == 0 && id.length == length)
            return middle;
        if (order < 0 || (order == 0 && id.length < length))
            high = middle;
        else
            low = middle + 1;
    }
    return count;
}

struct pk_rule_setting *pk_rule_settings(const struct pk_minutes *minutes)
{
    uint32_t count = pk_rule_count(), number = count - 1;
    struct pk_rule_setting *setting = pk_alloc(minutes->arena, count * sizeof *setting);
    const struct pk_yaml *own = minutes->profile->rules, *told = minutes->language->rules;
    if (!setting)
        return NULL;
    for (own = own ? own->first : NULL; own; own = own->next)
        if ((number = pk_rule_number(own->key, number + 1)) < count)
            setting[number].profile = own;
    for (told = told ? told->first : NULL; told; told = told->next)
        if ((number = pk_rule_number(told->key, number + 1)) < count)
            setting[number].language = told;
    for (uint32_t i = 0; i < count; i++)
        setting[i].severity = severity_by(pk_rules[i], setting[i].profile, minutes->detail);
    return setting;
}

/* -- Checking what a profile's author wrote -- */

static enum pk_status unknown_key(const struct pk_yaml *member, const char *what,
                                  const char *const *names, uint32_t count, struct pk_error *error)
{
    const char *meant = pk_nearest(member->key, names, count);
    pk_fail_at(error, member, meant ? "%s \"%.*s\": did you mean \"%s\"?" : "%s \"%.*s\"", what,
               (int)member->key.length, member->key.at, meant);
    error->line = member->key_line;
    error->column = member->key_column;
    return PK_EINPUT;
}

/* One value that `check` likes, or one for each of some levels of detail. */
static enum pk_status check_value(const struct pk_yaml *value,
                                  enum pk_status (*check)(const struct pk_yaml *,
                                                          struct pk_error *),
                                  struct pk_error *error)
{
    if (value->kind != PK_YAML_MAP)
        return check(value, error);
    for (const struct pk_yaml *member = value->first; member; member = member->next) {
        bool known = false;
        for (int i = 0; i < PK_DETAILS; i++)
            known = known || pk_is(member->key, pk_details[i]);
        if (!known)
            return unknown_key(member, "no level of detail", pk_details, PK_DETAILS, error);
        if (check(member, error))
            return PK_EINPUT;
    }
    return PK_OK;
}

static enum pk_status check_severity(const struct pk_yaml *value, struct pk_error *error)
{
    enum pk_severity severity;
    return pk_yaml_is_null(value) || severity_of(value, &severity)
               ? PK_OK
               : pk_fail_at(error, value, "a severity is hint, info, warning, error or off");
}

static enum pk_status check_number(const struct pk_yaml *value, struct pk_error *error)
{
    uint32_t number;
    return pk_yaml_is_null(value) || number_of(value, &number)
               ? PK_OK
               : pk_fail_at(error, value, "not a whole number");
}

/* `styles` may be NULL. */
static enum pk_status unknown_rule(const struct pk_yaml *setting, const struct pk_styles *styles,
                                   struct pk_error *error)
{
    const char *names[256];
    uint32_t count = 0, most = sizeof names / sizeof *names;
    for (; count < most && pk_rules[count]; count++)
        names[count] = pk_rules[count]->id;
    for (uint32_t i = 0; styles && i < styles->rule.count && count < most; i++)
        names[count++] = styles->rule.items[i]->id.at;
    return unknown_key(setting, "there is no rule", names, count, error);
}

/* A rule of a style, or a file that would be one. */
static bool is_of_style(const struct pk_styles *styles, struct pk_view id)
{
    for (uint32_t i = 0; styles && i < styles->rule.count; i++)
        if (pk_same(styles->rule.items[i]->id, id))
            return true;
    for (uint32_t i = 0; styles && i < styles->trouble.count; i++)
        if (pk_same(styles->trouble.items[i]->id, id))
            return true;
    return false;
}

/* -- Words that rules look for -- */

static enum pk_status check_group(const struct pk_rule *rule, const struct pk_yaml *words,
                                  struct pk_error *error)
{
    uint32_t count = 0;
    while (count < PK_RULE_GROUPS && rule->words[count])
        count++;
    const struct pk_yaml *group = words->kind == PK_YAML_MAP ? words->first : NULL;
    for (; group; group = group->next) {
        bool known = false;
        for (uint32_t i = 0; i < count; i++)
            known = known || pk_is(group->key, rule->words[i]);
        if (!known)
            return unknown_key(group, "this rule has no group of words", rule->words, count, error);
    }
    return PK_OK;
}

/* `words:` or `except:` of a profile: for all languages, or by language. */
static enum pk_status check_words(const struct pk_rule *rule, const struct pk_yaml *member,
                                  struct pk_error *error)
{
    static const struct pk_schema vocabulary = {.shape = PK_SHAPE_VOCABULARY},
                                  plain = {.shape = PK_SHAPE_WORDS},
                                  grouped = {.shape = PK_SHAPE_GROUPED, .inner = &vocabulary},
                                  words = {.shape = PK_SHAPE_LANGUAGES, .inner = &grouped},
                                  except = {.shape = PK_SHAPE_LANGUAGES, .inner = &plain};
    bool spared = pk_is(member->key, "except");
    enum pk_status status = pk_schema_check(spared ? &except : &words, member, error);
    const struct pk_yaml *language = member->kind == PK_YAML_MAP ? member->first : NULL;
    for (; language && !spared && status == PK_OK; language = language->next)
        status = check_group(rule, language, error);
    return status;
}

/* What a language file says of words is sound in itself; here, whether there is such a rule. */
static enum pk_status check_language(const struct pk_language *language, struct pk_error *error)
{
    const struct pk_yaml *setting = language->rules ? language->rules->first : NULL;
    for (; setting; setting = setting->next) {
        const struct pk_rule *rule = pk_rule_of(setting->key);
        const struct pk_yaml *words = pk_yaml_get(setting, "words");
        const struct pk_yaml *any = words ? words : pk_yaml_get(setting, "except");
        if (!any)
            continue;
        if (!rule)
            return unknown_rule(setting, NULL, error);
        if (!rule->words[0])
            return pk_fail_at(error, any, "this rule looks for no words");
        if (words && check_group(rule, words, error))
            return PK_EINPUT;
    }
    return PK_OK;
}

enum pk_status pk_language_check(const struct pk_language *language, struct pk_error *error)
{
    enum pk_status status = check_language(language, error);
    if (status != PK_OK)
        snprintf(error->file, sizeof error->file, "%.*s", (int)language->file.length,
                 language->file.length ? language->file.at : "");
    return status;
}

static enum pk_status check_setting(const struct pk_rule *rule, const struct pk_yaml *member,
                                    struct pk_error *error)
{
    const char *names[PK_RULE_OPTIONS + 3] = {"severity"};
    uint32_t count = 1;
    while (count <= PK_RULE_OPTIONS && rule->option[count - 1].name) {
        names[count] = rule->option[count - 1].name;
        count++;
    }
    for (uint32_t i = 0; i < count; i++)
        if (pk_is(member->key, names[i]))
            return check_value(member, i ? check_number : check_severity, error);
    if (rule->words[0]) {
        if (pk_is(member->key, "words") || pk_is(member->key, "except"))
            return check_words(rule, member, error);
        names[count++] = "words";
        names[count++] = "except";
    }
    return unknown_key(member, "this rule has no option", names, count, error);
}

static enum pk_status check_rule(const struct pk_yaml *setting, const struct pk_styles *styles,
                                 struct pk_error *error)
{
    static const struct pk_rule of_style = {.id = ""};
    const struct pk_rule *rule = pk_rule_of(setting->key);
    if (!rule && is_of_style(styles, setting->key))
        rule = &of_style;
    if (!rule)
        return unknown_rule(setting, styles, error);
    if (setting->kind != PK_YAML_MAP)
        return check_severity(setting, error);
    for (const struct pk_yaml *member = setting->first; member; member = member->next)
        if (check_setting(rule, member, error))
            return PK_EINPUT;
    return PK_OK;
}

static enum pk_status check_sections(const struct pk_profile *profile, struct pk_error *error)
{
    for (uint32_t i = 0; i < profile->section.count; i++) {
        const struct pk_yaml *severity = profile->section.items[i].severity;
        if (severity && check_value(severity, check_severity, error))
            return PK_EINPUT;
    }
    return PK_OK;
}

enum pk_status pk_rules_check(const struct pk_profile *profile, struct pk_error *error)
{
    enum pk_status status = check_sections(profile, error);
    const struct pk_yaml *setting = profile->rules ? profile->rules->first : NULL;
    for (; setting && status == PK_OK; setting = setting->next)
        status = check_rule(setting, profile->styles, error);
    if (status != PK_OK)
        snprintf(error->file, sizeof error->file, "%.*s", (int)profile->file.length,
                 profile->file.length ? profile->file.at : "");
    return status;
}
