/* schema.c - hold a YAML tree against the table of keys it may have. */
#include "profile/schema.h"

#include "profile/profile.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A view as arguments of "%.*s", cut to what a message can hold. */
#define SHOWN(view) (int)((view).length > 80 ? 80 : (view).length), (view).at

static void set_place(struct pk_error *error, uint32_t line, uint32_t column)
{
    error->line = line;
    error->column = column;
}

enum pk_status pk_fail_at(struct pk_error *error, const struct pk_yaml *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    set_place(error, at ? at->line : 0, at ? at->column : 0);
    return PK_EINPUT;
}

/* -- Did you mean -- */

enum { WORD_LIMIT = 40 };

static uint32_t least(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t d = a < b ? a : b;
    return d < c ? d : c;
}

/* Edits between two words, a swap of neighbours counted as one (optimal string
 * alignment; Boytsov 2011, 2.2). */
static uint32_t distance(struct pk_view a, struct pk_view b)
{
    uint32_t rows[3][WORD_LIMIT + 1];
    for (uint32_t j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (uint32_t i = 1; i <= a.length; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (uint32_t j = 1; j <= b.length; j++) {
            uint32_t change = a.at[i - 1] != b.at[j - 1];
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + change);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1, row[j]);
        }
    }
    return rows[a.length % 3][b.length];
}

/* Which letters are in it, a bit for each; some share theirs. */
static uint32_t letters_of(struct pk_view word)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < word.length; i++)
        letters |= UINT32_C(1) << (word.at[i] & 31);
    return letters;
}

/* Edits that it takes at least: for what one is longer, or for letters only one has. */
static uint32_t edits_at_least(struct pk_view a, struct pk_view b, uint32_t letters)
{
    size_t longer = a.length > b.length ? a.length - b.length : b.length - a.length;
    uint32_t missing = letters & ~letters_of(b), count = 0;
    for (; missing; missing &= missing - 1)
        count++;
    return count > longer ? count : (uint32_t)longer;
}

const char *pk_nearest(struct pk_view word, const char *const *names, uint32_t count)
{
    const char *nearest = NULL;
    uint32_t best = (uint32_t)word.length / 3 + 1, letters = letters_of(word);
    if (word.length > WORD_LIMIT)
        return NULL;
    for (uint32_t i = 0; i < count; i++) {
        struct pk_view name = pk_view_of(names[i]);
        if (name.length > WORD_LIMIT || edits_at_least(word, name, letters) > best)
            continue;
        uint32_t edits = distance(word, name);
        if (edits < best || (edits == best && !nearest)) {
            nearest = names[i];
            best = edits;
        }
    }
    return nearest;
}

static enum pk_status unknown(struct pk_error *error, struct pk_view word, const char *what,
                              const char *const *names, uint32_t count)
{
    const char *nearest = pk_nearest(word, names, count);
    if (nearest)
        return pk_fail(error, PK_EINPUT, "no %s \"%.*s\": did you mean \"%s\"?", what, SHOWN(word),
                       nearest);
    return pk_fail(error, PK_EINPUT, "no %s \"%.*s\"", what, SHOWN(word));
}

static void set_key_place(struct pk_error *error, const struct pk_yaml *member)
{
    set_place(error, member->key_line, member->key_column);
}

/* -- Shapes -- */

static bool name_in(struct pk_view word, const char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (pk_is(word, names[i]))
            return true;
    }
    return false;
}

static enum pk_status check_scalar(const struct pk_yaml *node, struct pk_error *error)
{
    if (node->kind == PK_YAML_SCALAR)
        return PK_OK;
    return pk_fail_at(error, node, "a text is wanted here, not a %s",
                      node->kind == PK_YAML_MAP ? "map" : "list");
}

static enum pk_status check_name(const char *const *names, uint32_t count, const char *what,
                                 const struct pk_yaml *node, struct pk_error *error)
{
    if (check_scalar(node, error) != PK_OK)
        return PK_EINPUT;
    if (name_in(node->value, names, count))
        return PK_OK;
    set_place(error, node->line, node->column);
    return unknown(error, node->value, what, names, count);
}

static enum pk_status check_words(const struct pk_yaml *node, struct pk_error *error)
{
    if (node->kind != PK_YAML_LIST)
        return check_scalar(node, error);
    for (const struct pk_yaml *item = node->first; item; item = item->next) {
        if (check_scalar(item, error) != PK_OK)
            return PK_EINPUT;
        if (pk_yaml_is_null(item))
            return pk_fail_at(error, item, "an empty item");
    }
    return PK_OK;
}

static enum pk_status check_groups(const struct pk_yaml *node, struct pk_error *error)
{
    if (node->kind != PK_YAML_LIST || !node->first || node->first->kind != PK_YAML_LIST)
        return check_words(node, error);
    for (const struct pk_yaml *group = node->first; group; group = group->next) {
        if (check_words(group, error) != PK_OK)
            return PK_EINPUT;
    }
    return PK_OK;
}

/* Words, some of them with what is better. */
static enum pk_status check_vocabulary(const struct pk_yaml *node, struct pk_error *error)
{
    if (node->kind != PK_YAML_LIST)
        return check_scalar(node, error);
    for (const struct pk_yaml *item = node->first; item; item = item->next) {
        if (pk_yaml_is_null(item))
            return pk_fail_at(error, item, "an empty item");
        if (item->kind == PK_YAML_LIST)
            return check_scalar(item, error);
        for (const struct pk_yaml *pair = item->first; pair; pair = pair->next)
            if (check_words(pair, error) != PK_OK)
                return PK_EINPUT;
    }
    return PK_OK;
}

static enum pk_status check_kind(const struct pk_yaml *node, enum pk_yaml_kind kind,
                                 struct pk_error *error)
{
    if (node->kind == kind)
        return PK_OK;
    return pk_fail_at(error, node, "a %s is wanted here", kind == PK_YAML_MAP ? "map" : "list");
}

static enum pk_status check_list(const struct pk_schema *schema, const struct pk_yaml *node,
                                 struct pk_error *error)
{
    if (check_kind(node, PK_YAML_LIST, error) != PK_OK)
        return PK_EINPUT;
    uint32_t count = 0;
    for (const struct pk_yaml *item = node->first; item; item = item->next, count++) {
        if (pk_schema_check(schema->inner, item, error) != PK_OK)
            return PK_EINPUT;
    }
    if (schema->length && count != schema->length)
        return pk_fail_at(error, node, "%u members are wanted here, not %u", schema->length, count);
    return PK_OK;
}

static enum pk_status check_map(const struct pk_schema *schema, const struct pk_yaml *node,
                                struct pk_error *error)
{
    if (check_kind(node, PK_YAML_MAP, error) != PK_OK)
        return PK_EINPUT;
    for (const struct pk_yaml *member = node->first; member; member = member->next) {
        if (schema->names && !name_in(member->key, schema->names, schema->name_count)) {
            set_key_place(error, member);
            return unknown(error, member->key, "key", schema->names, schema->name_count);
        }
        if (pk_schema_check(schema->inner, member, error) != PK_OK)
            return PK_EINPUT;
    }
    return PK_OK;
}

static enum pk_status check_object(const struct pk_key *keys, const struct pk_yaml *node,
                                   struct pk_error *error)
{
    const char *names[32];
    uint32_t count = 0;
    if (check_kind(node, PK_YAML_MAP, error) != PK_OK)
        return PK_EINPUT;
    for (; count < sizeof names / sizeof *names && keys[count].name; count++)
        names[count] = keys[count].name;
    for (const struct pk_yaml *member = node->first; member; member = member->next) {
        uint32_t i = 0;
        while (i < count && !pk_is(member->key, names[i]))
            i++;
        if (i == count) {
            set_key_place(error, member);
            return unknown(error, member->key, "key", names, count);
        }
        if (pk_schema_check(&keys[i].value, member, error) != PK_OK)
            return PK_EINPUT;
    }
    return PK_OK;
}

static enum pk_status check_records(const struct pk_key *keys, const struct pk_yaml *node,
                                    struct pk_error *error)
{
    if (check_kind(node, PK_YAML_LIST, error) != PK_OK)
        return PK_EINPUT;
    uint32_t count = 0;
    for (const struct pk_yaml *item = node->first; item; item = item->next) {
        if (check_object(keys, item, error) != PK_OK)
            return PK_EINPUT;
        const struct pk_yaml *id = pk_yaml_get(item, "id");
        if (pk_yaml_is_null(id) || !id->value.length)
            return pk_fail_at(error, item, "an `id` is missing here");
        if (++count > PK_RECORDS_LIMIT)
            return pk_fail_at(error, item, "more than %d of them", PK_RECORDS_LIMIT);
        for (const struct pk_yaml *other = node->first; other != item; other = other->next) {
            if (pk_same(pk_yaml_get(other, "id")->value, id->value))
                return pk_fail_at(error, id, "a second \"%.*s\"", SHOWN(id->value));
        }
    }
    return PK_OK;
}

static enum pk_status check_detail(const struct pk_schema *schema, const struct pk_yaml *node,
                                   struct pk_error *error)
{
    struct pk_schema by_level = {.shape = PK_SHAPE_MAP, .inner = schema->inner};
    by_level.names = pk_details;
    by_level.name_count = PK_DETAILS;
    return pk_schema_check(node->kind == PK_YAML_MAP ? &by_level : schema->inner, node, error);
}

static enum pk_status check_keyed(const struct pk_schema *schema, const struct pk_yaml *node,
                                  struct pk_error *error)
{
    struct pk_schema by_key = {.shape = PK_SHAPE_MAP, .inner = schema->inner};
    return pk_schema_check(node->kind == PK_YAML_MAP ? &by_key : schema->inner, node, error);
}

static const char *const flags[] = {"true", "false"};

static enum pk_status check_levels(const struct pk_yaml *node, struct pk_error *error)
{
    if (node->kind != PK_YAML_LIST)
        return check_name(flags, 2, "such answer (true, false or levels of detail)", node, error);
    for (const struct pk_yaml *item = node->first; item; item = item->next) {
        if (check_name(pk_details, PK_DETAILS, "level of detail", item, error) != PK_OK)
            return PK_EINPUT;
    }
    return PK_OK;
}

enum pk_status pk_schema_check(const struct pk_schema *schema, const struct pk_yaml *node,
                               struct pk_error *error)
{
    if (pk_yaml_is_null(node))
        return PK_OK;
    switch (schema->shape) {
    case PK_SHAPE_TEXT:
    case PK_SHAPE_SEVERITY:
    case PK_SHAPE_NUMBER:
        return check_scalar(node, error);
    case PK_SHAPE_CHOICE:
        return check_name(schema->names, schema->name_count, "such value", node, error);
    case PK_SHAPE_WORDS:
        return check_words(node, error);
    case PK_SHAPE_GROUPS:
        return check_groups(node, error);
    case PK_SHAPE_RULES:
        return check_kind(node, PK_YAML_MAP, error);
    case PK_SHAPE_LIST:
        return check_list(schema, node, error);
    case PK_SHAPE_MAP:
        return check_map(schema, node, error);
    case PK_SHAPE_OBJECT:
        return check_object(schema->keys, node, error);
    case PK_SHAPE_RECORDS:
        return check_records(schema->keys, node, error);
    case PK_SHAPE_DETAIL:
        return check_detail(schema, node, error);
    case PK_SHAPE_VOCABULARY:
        return check_vocabulary(node, error);
    case PK_SHAPE_LANGUAGES:
    case PK_SHAPE_GROUPED:
        return check_keyed(schema, node, error);
    case PK_SHAPE_TRUTH:
        return check_name(flags, 2, "such answer (true or false)", node, error);
    case PK_SHAPE_LEVELS:
        return check_levels(node, error);
    }
    return PK_OK;
}
