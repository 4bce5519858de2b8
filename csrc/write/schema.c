/* schema.c - write the tables of keys that the loader goes by as a JSON Schema (draft 7). */
#include "write/schema.h"

#include "profile/schema.h"
#include "write/write.h"

static void text(struct pk_sink *sink, const char *key, const char *value)
{
    sink->text(sink, pk_view_of(key), pk_view_of(value));
}

static void open(struct pk_sink *sink, const char *key, char bracket)
{
    sink->open(sink, pk_view_of(key), bracket);
}

static void close_object(struct pk_sink *sink)
{
    sink->close(sink, '}');
}

static void close_list(struct pk_sink *sink)
{
    sink->close(sink, ']');
}

/* -- Values -- */

/* A key without a value fits anywhere: it is as if it were not there. */
static void put_types(struct pk_sink *sink, const char *const *types, bool or_nothing)
{
    open(sink, "type", '[');
    for (; *types; types++)
        text(sink, NULL, *types);
    if (or_nothing)
        text(sink, NULL, "null");
    close_list(sink);
}

static void put_scalar(struct pk_sink *sink, bool or_nothing)
{
    put_types(sink, (const char *const[]){"string", "number", "boolean", NULL}, or_nothing);
}

static void put_kind(struct pk_sink *sink, const char *kind)
{
    put_types(sink, (const char *const[]){kind, NULL}, true);
}

static void put_choice(struct pk_sink *sink, const char *const *names, uint32_t count)
{
    open(sink, "enum", '[');
    for (uint32_t i = 0; i < count; i++)
        text(sink, NULL, names[i]);
    sink->nothing(sink, PK_VIEW(""));
    close_list(sink);
}

static void put_members(struct pk_sink *sink, const struct pk_schema *);

static void put_value(struct pk_sink *sink, const char *key, const struct pk_schema *schema)
{
    open(sink, key, '{');
    put_members(sink, schema);
    close_object(sink);
}

/* Only these keys, each with such a value. */
static void put_map(struct pk_sink *sink, const char *const *names, uint32_t count,
                    const struct pk_schema *inner)
{
    put_kind(sink, "object");
    if (!names) {
        put_value(sink, "additionalProperties", inner);
        return;
    }
    open(sink, "properties", '{');
    for (uint32_t i = 0; i < count; i++)
        put_value(sink, names[i], inner);
    close_object(sink);
    sink->truth(sink, PK_VIEW("additionalProperties"), false);
}

static void put_keys(struct pk_sink *sink, const struct pk_key *keys)
{
    put_kind(sink, "object");
    open(sink, "properties", '{');
    for (; keys->name; keys++) {
        open(sink, keys->name, '{');
        text(sink, "description", keys->about);
        put_members(sink, &keys->value);
        close_object(sink);
    }
    close_object(sink);
    sink->truth(sink, PK_VIEW("additionalProperties"), false);
}

static void put_records(struct pk_sink *sink, const struct pk_key *keys)
{
    put_kind(sink, "array");
    sink->number(sink, PK_VIEW("maxItems"), PK_RECORDS_LIMIT);
    open(sink, "items", '{');
    put_keys(sink, keys);
    open(sink, "required", '[');
    text(sink, NULL, "id");
    close_list(sink);
    close_object(sink);
}

static void put_list(struct pk_sink *sink, const struct pk_schema *schema)
{
    put_kind(sink, "array");
    put_value(sink, "items", schema->inner);
    if (!schema->length)
        return;
    sink->number(sink, PK_VIEW("minItems"), schema->length);
    sink->number(sink, PK_VIEW("maxItems"), schema->length);
}

/* -- One or many -- */

/* A scalar, or a list of what `item` writes. */
static void put_words(struct pk_sink *sink, void (*item)(struct pk_sink *))
{
    open(sink, "anyOf", '[');
    open(sink, NULL, '{');
    put_scalar(sink, true);
    close_object(sink);
    open(sink, NULL, '{');
    text(sink, "type", "array");
    open(sink, "items", '{');
    item(sink);
    close_object(sink);
    close_object(sink);
    close_list(sink);
}

static void put_word(struct pk_sink *sink)
{
    put_scalar(sink, false);
}

static void put_group(struct pk_sink *sink)
{
    put_words(sink, put_word);
}

/* A word, or a map from it to what is better: words. */
static void put_entry(struct pk_sink *sink)
{
    static const struct pk_schema better = {.shape = PK_SHAPE_WORDS};
    open(sink, "anyOf", '[');
    open(sink, NULL, '{');
    put_scalar(sink, false);
    close_object(sink);
    open(sink, NULL, '{');
    text(sink, "type", "object");
    put_value(sink, "additionalProperties", &better);
    close_object(sink);
    close_list(sink);
}

/* What stands where no map tells values apart. */
static const struct pk_schema *plain(const struct pk_schema *schema)
{
    while (schema->shape == PK_SHAPE_DETAIL || schema->shape == PK_SHAPE_LANGUAGES ||
           schema->shape == PK_SHAPE_GROUPED)
        schema = schema->inner;
    return schema;
}

/* One value for all, or a map that tells them apart: by these names, or by any. */
static void put_either(struct pk_sink *sink, const struct pk_schema *inner,
                       const char *const *names, uint32_t count)
{
    open(sink, "anyOf", '[');
    put_value(sink, NULL, plain(inner));
    open(sink, NULL, '{');
    put_map(sink, names, count, inner);
    close_object(sink);
    close_list(sink);
}

static void put_levels(struct pk_sink *sink)
{
    open(sink, "anyOf", '[');
    open(sink, NULL, '{');
    open(sink, "enum", '[');
    sink->truth(sink, PK_VIEW(""), true);
    sink->truth(sink, PK_VIEW(""), false);
    text(sink, NULL, "true");
    text(sink, NULL, "false");
    sink->nothing(sink, PK_VIEW(""));
    close_list(sink);
    close_object(sink);
    open(sink, NULL, '{');
    text(sink, "type", "array");
    open(sink, "items", '{');
    put_choice(sink, pk_details, PK_DETAILS);
    close_object(sink);
    close_object(sink);
    close_list(sink);
}

/* -- Rules -- */

static const struct pk_schema severity = {
    .shape = PK_SHAPE_CHOICE, .names = pk_severities, .name_count = PK_OFF + 1};
static const struct pk_schema number = {.shape = PK_SHAPE_NUMBER};
static const struct pk_schema severities = {.shape = PK_SHAPE_DETAIL, .inner = &severity};
static const struct pk_schema numbers = {.shape = PK_SHAPE_DETAIL, .inner = &number};
static const struct pk_schema vocabulary = {.shape = PK_SHAPE_VOCABULARY};
static const struct pk_schema grouped = {.shape = PK_SHAPE_GROUPED, .inner = &vocabulary};
static const struct pk_schema words = {.shape = PK_SHAPE_LANGUAGES, .inner = &grouped};
static const struct pk_schema phrase = {.shape = PK_SHAPE_WORDS};
static const struct pk_schema phrases = {.shape = PK_SHAPE_LANGUAGES, .inner = &phrase};

/* A whole number, also where a parser left it a text. */
static void put_number(struct pk_sink *sink)
{
    put_types(sink, (const char *const[]){"integer", "string", NULL}, true);
    sink->number(sink, PK_VIEW("minimum"), 0);
    text(sink, "pattern", "^[0-9]{1,9}$");
}

/* off, a severity, or both with what the rule has beside; NULL: a rule of a style. */
static void put_setting(struct pk_sink *sink, const struct pk_rule *rule)
{
    open(sink, "anyOf", '[');
    put_value(sink, NULL, &severity);
    open(sink, NULL, '{');
    text(sink, "type", "object");
    open(sink, "properties", '{');
    put_value(sink, "severity", &severities);
    for (int i = 0; rule && i < PK_RULE_OPTIONS && rule->option[i].name; i++)
        put_value(sink, rule->option[i].name, &numbers);
    if (rule && rule->words[0]) {
        put_value(sink, "words", &words);
        put_value(sink, "except", &phrases);
    }
    close_object(sink);
    sink->truth(sink, PK_VIEW("additionalProperties"), false);
    close_object(sink);
    close_list(sink);
}

static void put_rules(struct pk_sink *sink)
{
    put_kind(sink, "object");
    open(sink, "properties", '{');
    for (const struct pk_rule *const *rule = pk_rules; *rule; rule++) {
        open(sink, (*rule)->id, '{');
        text(sink, "description", (*rule)->summary);
        put_setting(sink, *rule);
        close_object(sink);
    }
    close_object(sink);
    open(sink, "patternProperties", '{');
    open(sink, "[.]", '{'); /* Style.Rule */
    put_setting(sink, NULL);
    close_object(sink);
    close_object(sink);
    sink->truth(sink, PK_VIEW("additionalProperties"), false);
}

/* -- Everything -- */

static void put_members(struct pk_sink *sink, const struct pk_schema *schema)
{
    switch (schema->shape) {
    case PK_SHAPE_TEXT:
        put_scalar(sink, true);
        return;
    case PK_SHAPE_CHOICE:
        put_choice(sink, schema->names, schema->name_count);
        return;
    case PK_SHAPE_WORDS:
        put_words(sink, put_word);
        return;
    case PK_SHAPE_GROUPS:
        put_words(sink, put_group);
        return;
    case PK_SHAPE_VOCABULARY:
        put_words(sink, put_entry);
        return;
    case PK_SHAPE_LIST:
        put_list(sink, schema);
        return;
    case PK_SHAPE_MAP:
        put_map(sink, schema->names, schema->name_count, schema->inner);
        return;
    case PK_SHAPE_OBJECT:
        put_keys(sink, schema->keys);
        return;
    case PK_SHAPE_RECORDS:
        put_records(sink, schema->keys);
        return;
    case PK_SHAPE_DETAIL:
        put_either(sink, schema->inner, pk_details, PK_DETAILS);
        return;
    case PK_SHAPE_LANGUAGES:
    case PK_SHAPE_GROUPED:
        put_either(sink, schema->inner, NULL, 0);
        return;
    case PK_SHAPE_TRUTH:
        put_kind(sink, "boolean");
        return;
    case PK_SHAPE_LEVELS:
        put_levels(sink);
        return;
    case PK_SHAPE_SEVERITY:
        put_choice(sink, pk_severities, PK_OFF + 1);
        return;
    case PK_SHAPE_NUMBER:
        put_number(sink);
        return;
    case PK_SHAPE_RULES:
        put_rules(sink);
        return;
    }
}

static void put_document(struct pk_buffer *out, const char *title, const struct pk_schema *schema)
{
    struct pk_json json = pk_json_to(out);
    struct pk_sink *sink = &json.sink;
    open(sink, NULL, '{');
    text(sink, "$schema", "http://json-schema.org/draft-07/schema#");
    text(sink, "title", title);
    put_members(sink, schema);
    close_object(sink);
    pk_putc(out, '\n');
}

void pk_write_profile_schema(struct pk_buffer *out)
{
    put_document(out, "A profile of protokol: what good minutes of one kind look like",
                 &pk_profile_schema);
}

void pk_write_language_schema(struct pk_buffer *out)
{
    put_document(out, "A language of protokol: its words and what they mean", &pk_language_schema);
}
