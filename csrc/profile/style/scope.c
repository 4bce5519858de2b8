/* scope.c - read where a rule looks: "heading.h2", "~table & section(agreements)". */
#include "profile/style/style.h"

#include <string.h>

enum { LAST_SCOPE = 32 };

/* Names as a rule's author writes them. A unit says what is looked at, a place what that lies in.
 */
static const struct scope_name {
    const char *name;
    int unit; /* -1: none of its own */
    uint32_t place;
} names[] = {
    {"text", PK_UNIT_OF_TEXT, 0},
    {"heading", -1, PK_IN_HEADING},
    {"heading.h1", -1, PK_IN_H1},
    {"heading.h2", -1, PK_IN_H1 << 1},
    {"heading.h3", -1, PK_IN_H1 << 2},
    {"heading.h4", -1, PK_IN_H1 << 3},
    {"heading.h5", -1, PK_IN_H1 << 4},
    {"heading.h6", -1, PK_IN_H1 << 5},
    {"title", -1, PK_IN_TITLE},
    {"paragraph", -1, PK_IN_PARAGRAPH},
    {"list", -1, PK_IN_LIST},
    {"blockquote", -1, PK_IN_QUOTE},
    {"table", -1, PK_IN_TABLE},
    {"table.cell", -1, PK_IN_CELL},
    {"table.header", -1, PK_IN_HEADER},
    {"table.caption", -1, PK_IN_NOTHING},
    {"figure.caption", -1, PK_IN_NOTHING},
    {"sentence", PK_UNIT_OF_SENTENCE, 0},
    {"summary", PK_UNIT_OF_SUMMARY, 0},
    {"raw", PK_UNIT_OF_RAW, 0},
    {"alt", PK_UNIT_OF_ALT, 0},
    {"link", PK_UNIT_OF_LINK, 0},
    {"strong", PK_UNIT_OF_STRONG, 0},
    {"emphasis", PK_UNIT_OF_EMPHASIS, 0},
    {"code", PK_UNIT_OF_CODE, 0},
    {"action", PK_UNIT_OF_ACTION, PK_IN_ACTION},
    {"decision", PK_UNIT_OF_DECISION, PK_IN_DECISION},
    {"person", PK_UNIT_OF_PERSON, PK_IN_PERSON},
};
enum { NAMES = sizeof names / sizeof *names };

static enum pk_status unknown(struct pk_style_reader *reader, const struct pk_yaml *at,
                              struct pk_view word)
{
    const char *all[NAMES + 1];
    for (uint32_t i = 0; i < NAMES; i++)
        all[i] = names[i].name;
    all[NAMES] = "section(agreements)";
    const char *nearest = pk_nearest(word, all, NAMES + 1);
    int shown = (int)(word.length > 60 ? 60 : word.length);
    if (nearest)
        return pk_fail_at(reader->error, at, "no scope \"%.*s\": did you mean \"%s\"?", shown,
                          word.at, nearest);
    return pk_fail_at(reader->error, at, "no scope \"%.*s\"", shown, word.at);
}

static const struct scope_name *name_of(struct pk_view word)
{
    for (uint32_t i = 0; i < NAMES; i++)
        if (pk_is(word, names[i].name))
            return &names[i];
    return NULL;
}

/* A kind of section, or the id of one of the profile's. */
static enum pk_status check_section(struct pk_style_reader *reader, const struct pk_yaml *at,
                                    struct pk_view id)
{
    const char *all[PK_SECTION_KINDS + PK_RECORDS_LIMIT];
    uint32_t count = 0;
    for (uint32_t i = PK_SECTION_OTHER + 1; i < PK_SECTION_KINDS; i++)
        all[count++] = pk_section_kinds[i];
    for (uint32_t i = 0; reader->profile && i < reader->profile->section.count; i++)
        if (count < sizeof all / sizeof *all)
            all[count++] =
                pk_copy(&reader->library->arena, reader->profile->section.items[i].id).at;
    for (uint32_t i = 0; i < count; i++)
        if (all[i] && pk_is(id, all[i]))
            return PK_OK;
    const char *nearest = pk_nearest(id, all, count);
    int shown = (int)(id.length > 60 ? 60 : id.length);
    if (nearest)
        return pk_fail_at(reader->error, at, "no section \"%.*s\": did you mean \"%s\"?", shown,
                          id.at, nearest);
    return pk_fail_at(reader->error, at, "no section \"%.*s\"", shown, id.at);
}

/* "section(agreements)": 1, *id is set; else 0. */
static bool is_section(struct pk_view word, struct pk_view *id)
{
    struct pk_view start = PK_VIEW("section(");
    if (!pk_starts(word, start) || word.at[word.length - 1] != ')')
        return false;
    *id = pk_trim(pk_view_part(word, start.length, word.length - 1));
    return true;
}

static bool is_place_too(enum pk_style_unit unit)
{
    return unit >= PK_UNIT_OF_ACTION && unit <= PK_UNIT_OF_PERSON;
}

/* A part that names a unit sets it. `sentence & action` looks at sentences, and the action is
 * where they lie. */
static enum pk_status take_unit(struct pk_style_reader *reader, const struct pk_yaml *at,
                                struct pk_style_scope *scope, const struct scope_name *name)
{
    if (name->unit <= PK_UNIT_OF_TEXT || scope->unit == (enum pk_style_unit)name->unit)
        return PK_OK;
    if (scope->unit == PK_UNIT_OF_TEXT || (is_place_too(scope->unit) && !name->place))
        scope->unit = (enum pk_style_unit)name->unit;
    else if (!name->place)
        return pk_fail_at(reader->error, at, "\"%s\" cannot be joined with another scope",
                          name->name);
    return PK_OK;
}

static enum pk_status read_part(struct pk_style_reader *reader, const struct pk_yaml *at,
                                struct pk_view part, struct pk_style_scope *scope)
{
    struct pk_arena *arena = &reader->library->arena;
    bool negated = pk_starts(part, PK_VIEW("~"));
    part = pk_trim(pk_view_part(part, negated, part.length));
    struct pk_view id;
    if (is_section(part, &id)) {
        if (negated)
            *pk_push(arena, &scope->not_section) = id;
        else
            *pk_push(arena, &scope->section) = id;
        return check_section(reader, at, id);
    }
    const struct scope_name *name = name_of(part);
    if (!name)
        return unknown(reader, at, part);
    if (!negated) {
        scope->in |= name->place;
        return take_unit(reader, at, scope, name);
    }
    if (!name->place)
        return pk_fail_at(reader->error, at, "\"~%s\" leaves nothing to look at", name->name);
    scope->out |= name->place;
    return PK_OK;
}

static enum pk_status read_scope(struct pk_style_reader *reader, const struct pk_yaml *at)
{
    struct pk_style_scope *scope = pk_push(&reader->library->arena, &reader->rule->scope);
    struct pk_view rest = at->value;
    if (at->kind != PK_YAML_SCALAR || !pk_trim(rest).length)
        return pk_fail_at(reader->error, at, "a scope is a text such as \"heading\"");
    if (reader->rule->scope.count > LAST_SCOPE)
        return pk_fail_at(reader->error, at, "more than %d scopes", LAST_SCOPE);
    while (rest.length) {
        const char *and = memchr(rest.at, '&', rest.length);
        size_t length = and? (size_t)(and-rest.at) : rest.length;
        enum pk_status status =
            read_part(reader, at, pk_trim(pk_view_part(rest, 0, length)), scope);
        if (status != PK_OK)
            return status;
        rest = pk_view_part(rest, length + 1, rest.length);
    }
    bool whole = scope->unit == PK_UNIT_OF_SUMMARY || scope->unit == PK_UNIT_OF_RAW;
    if (whole && (scope->in || scope->out || scope->section.count || scope->not_section.count))
        return pk_fail_at(reader->error, at,
                          "\"summary\" and \"raw\" are the whole text and lie in no other scope");
    return PK_OK;
}

enum pk_status pk_style_read_scopes(struct pk_style_reader *reader)
{
    const struct pk_yaml *scope = pk_style_key(reader->tree, "scope");
    enum pk_status status = PK_OK;
    if (reader->rule->kind == PK_STYLE_METRIC || !scope) {
        struct pk_style_scope *all = pk_push(&reader->library->arena, &reader->rule->scope);
        all->unit = reader->rule->kind == PK_STYLE_METRIC ? PK_UNIT_OF_SUMMARY : PK_UNIT_OF_TEXT;
        return PK_OK;
    }
    if (scope->kind == PK_YAML_SCALAR)
        return read_scope(reader, scope);
    for (const struct pk_yaml *item = scope->first; item && status == PK_OK; item = item->next)
        status = read_scope(reader, item);
    return status;
}
