/* library.c - hold languages and profiles, and answer by their words. */
#include "profile/embedded.h"
#include "profile/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const pk_word_kinds[PK_WORD_KINDS] = {
    [PK_WORD_SECTION] = "section",
    [PK_WORD_FIELD] = "field",
    [PK_WORD_COLUMN] = "column",
    [PK_WORD_TITLE] = "title",
    [PK_WORD_MEETING] = "meeting",
    [PK_WORD_ACTION] = "action",
    [PK_WORD_DECISION] = "decision",
    [PK_WORD_QUESTION] = "question",
    [PK_WORD_RISK] = "risk",
    [PK_WORD_VOTE] = "vote",
    [PK_WORD_OWNER] = "owner",
    [PK_WORD_DUE] = "due",
    [PK_WORD_DONE] = "done",
    [PK_WORD_OPEN] = "open",
    [PK_WORD_CANCELLED] = "cancelled",
    [PK_WORD_NOBODY] = "nobody",
    [PK_WORD_MONTH] = "month",
    [PK_WORD_WEEKDAY] = "weekday",
    [PK_WORD_PERIOD] = "period",
    [PK_WORD_DAY] = "day",
    [PK_WORD_UNIT] = "unit",
    [PK_WORD_NEXT] = "next",
    [PK_WORD_END] = "end",
    [PK_WORD_AND] = "and",
    [PK_WORD_WILL] = "will",
    [PK_WORD_SELF] = "self",
    [PK_WORD_ASSIGN] = "assign",
    [PK_WORD_PLAN] = "plan",
    [PK_WORD_TOLD] = "told",
    [PK_WORD_EVERYBODY] = "everybody",
    [PK_WORD_NUMBERING] = "numbering",
    [PK_WORD_ABBREVIATION] = "abbreviation",
    [PK_WORD_COMMON] = "common",
    [PK_WORD_NUMBER] = "number",
    [PK_WORD_EVENT] = "event",
    [PK_WORD_RANGE] = "range",
    [PK_WORD_ENDS] = "ends",
    [PK_WORD_NAME] = "name",
    [PK_WORD_VENUE] = "venue",
};

const char *const pk_section_kinds[PK_SECTION_KINDS] = {
    [PK_SECTION_OTHER] = "other",
    [PK_SECTION_PARTICIPANTS] = "participants",
    [PK_SECTION_ABSENT] = "absent",
    [PK_SECTION_AGENDA] = "agenda",
    [PK_SECTION_PURPOSE] = "purpose",
    [PK_SECTION_TOPICS] = "topics",
    [PK_SECTION_OTHER_BUSINESS] = "other-business",
    [PK_SECTION_AGREEMENTS] = "agreements",
    [PK_SECTION_DECISIONS] = "decisions",
    [PK_SECTION_ACTIONS] = "actions",
    [PK_SECTION_PAST_ACTIONS] = "past-actions",
    [PK_SECTION_QUESTIONS] = "questions",
    [PK_SECTION_RISKS] = "risks",
    [PK_SECTION_NEXT_MEETING] = "next-meeting",
    [PK_SECTION_CLOSING] = "closing",
    [PK_SECTION_ATTACHMENTS] = "attachments",
};

const char *const pk_field_kinds[PK_FIELD_KINDS] = {
    [PK_FIELD_OTHER] = "other",
    [PK_FIELD_DATE] = "date",
    [PK_FIELD_TIME] = "time",
    [PK_FIELD_PLACE] = "place",
    [PK_FIELD_CLIENT] = "client",
    [PK_FIELD_SUBJECT] = "subject",
    [PK_FIELD_CHAIR] = "chair",
    [PK_FIELD_SECRETARY] = "secretary",
    [PK_FIELD_NUMBER] = "number",
    [PK_FIELD_ORGANISATION] = "organisation",
    [PK_FIELD_PARTICIPANTS] = "participants",
    [PK_FIELD_ABSENT] = "absent",
    [PK_FIELD_NEXT_MEETING] = "next-meeting",
};

const char *const pk_columns[PK_COLUMNS] = {
    [PK_COLUMN_OTHER] = "other",
    [PK_COLUMN_TASK] = "task",
    [PK_COLUMN_OWNER] = "owner",
    [PK_COLUMN_DUE] = "due",
    [PK_COLUMN_STATUS] = "status",
    [PK_COLUMN_ID] = "id",
    [PK_COLUMN_NAME] = "name",
    [PK_COLUMN_ROLE] = "role",
    [PK_COLUMN_ORGANISATION] = "organisation",
    [PK_COLUMN_CONTACT] = "contact",
    [PK_COLUMN_PRESENT] = "present",
    [PK_COLUMN_DECISION] = "decision",
};

const char *const pk_details[PK_DETAILS] = {"brief", "standard", "detailed"};

/* -- Small help for those who load -- */

static const char *base_name(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

struct pk_view pk_stem(const char *file)
{
    struct pk_view name = pk_view_of(file ? base_name(file) : "");
    const char *point = file ? strrchr(name.at, '.') : NULL;
    if (point && point > name.at)
        name.length = (size_t)(point - name.at);
    return name;
}

bool pk_is_project_file(const char *file)
{
    return file && strcmp(base_name(file), ".protokol.yaml") == 0;
}

void pk_error_file(struct pk_error *error, const char *file)
{
    snprintf(error->file, sizeof error->file, "%s", file ? file : "");
}

const struct pk_yaml *pk_in_language(const struct pk_yaml *node, struct pk_view language)
{
    if (!node || node->kind != PK_YAML_MAP)
        return pk_yaml_is_null(node) ? NULL : node;
    for (const struct pk_yaml *member = node->first; member; member = member->next) {
        if (pk_same(member->key, language))
            return pk_yaml_is_null(member) ? NULL : member;
    }
    return NULL;
}

struct pk_view pk_text_for(const struct pk_by_detail *by_detail, enum pk_detail detail,
                           const struct pk_language *language)
{
    const struct pk_yaml *all = by_detail->text[detail], *own = pk_in_language(all, language->id);
    return pk_first_word(own ? own : pk_in_language(all, PK_VIEW("en")));
}

struct pk_view pk_first_word(const struct pk_yaml *node)
{
    if (node && node->kind == PK_YAML_LIST)
        node = node->first;
    if (!node || pk_yaml_is_null(node) || node->kind != PK_YAML_SCALAR)
        return (struct pk_view){"", 0};
    return node->value;
}

struct pk_view pk_text_of(const struct pk_yaml *map, const char *key)
{
    return pk_first_word(pk_yaml_get(map, key));
}

/* -- Opening and closing -- */

/* Lists that may grow, or whose items may be replaced, are the library's own; the rest is shared
 * by all libraries and never written. */
enum pk_status pk_library_open(struct pk_library **out, struct pk_error *error)
{
    *out = NULL;
    *error = (struct pk_error){0};
    struct pk_library *library = malloc(sizeof *library);
    if (!library)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    memcpy(library, pk_built_in, sizeof *library);
    memset(&library->language, 0, sizeof library->language);
    memset(&library->profile, 0, sizeof library->profile);
    for (uint32_t i = 0; i < pk_built_in->language.count; i++)
        *pk_push(&library->arena, &library->language) = pk_built_in->language.items[i];
    for (uint32_t i = 0; i < pk_built_in->profile.count; i++)
        *pk_push(&library->arena, &library->profile) = pk_built_in->profile.items[i];
    if (library->arena.failed) {
        pk_library_close(library);
        return pk_fail(error, PK_ENOMEM, "out of memory");
    }
    *out = library;
    return PK_OK;
}

void pk_library_close(struct pk_library *library)
{
    if (!library)
        return;
    pk_patterns_free(library->patterns);
    pk_arena_free(&library->arena);
    free(library);
}

/* -- Asking -- */

const struct pk_profile *pk_library_profile(const struct pk_library *library, struct pk_view id)
{
    for (uint32_t i = 0; i < library->profile.count; i++) {
        if (pk_same(library->profile.items[i]->id, id))
            return library->profile.items[i];
    }
    return NULL;
}

const struct pk_language *pk_library_language(const struct pk_library *library, struct pk_view id)
{
    for (uint32_t i = 0; i < library->language.count; i++) {
        if (pk_same(library->language.items[i].id, id))
            return &library->language.items[i];
    }
    return NULL;
}

const struct pk_language *pk_language_to_write(const struct pk_library *library,
                                               const struct pk_language *language)
{
    return language->labels ? language : pk_library_language(library, PK_VIEW("en"));
}

static struct pk_view text_or_key(const struct pk_yaml *map, const char *key)
{
    const struct pk_yaml *found = pk_yaml_get(map, key);
    return found && found->value.length ? found->value : pk_view_of(key);
}

struct pk_view pk_label(const struct pk_language *language, const char *key)
{
    return text_or_key(language->labels, key);
}

struct pk_view pk_say(const struct pk_language *language, const char *english)
{
    return text_or_key(language ? pk_yaml_get(language->source, "says") : NULL, english);
}

/* In the language; else in whichever comes first. */
static struct pk_view first_in(const struct pk_yaml *titles, const struct pk_language *language)
{
    struct pk_view title = pk_first_word(pk_in_language(titles, language->id));
    if (title.length || !titles || titles->kind != PK_YAML_MAP)
        return title;
    return pk_first_word(titles->first);
}

struct pk_view pk_section_title(const struct pk_profile_section *section,
                                const struct pk_language *language)
{
    struct pk_view title = pk_first_word(pk_in_language(section->titles, language->id));
    if (!title.length && section->kind != PK_SECTION_OTHER)
        title = pk_text_of(language->sections, pk_section_kinds[section->kind]);
    if (!title.length)
        title = first_in(section->titles, language);
    return title.length ? title : section->id;
}

struct pk_view pk_profile_title(const struct pk_profile *profile,
                                const struct pk_language *language)
{
    struct pk_view title = first_in(profile->titles, language);
    return title.length ? title : profile->id;
}

struct pk_view pk_profile_name(const struct pk_profile *profile, const struct pk_language *language)
{
    struct pk_view name = first_in(profile->name, language);
    return name.length ? name : pk_profile_title(profile, language);
}
