/* profile.c - load a profile: what good minutes of one kind look like. */
#include "profile/load.h"
#include "profile/style.h"

#include <string.h>

/* -- What a profile may hold -- */

#define KINDS(array, count) .names = (array), .name_count = (count)

static const struct pk_schema severity = {.shape = PK_SHAPE_SEVERITY},
                              text = {.shape = PK_SHAPE_TEXT}, words = {.shape = PK_SHAPE_WORDS};
static const struct pk_schema texts = {.shape = PK_SHAPE_MAP, .inner = &text};
static const struct pk_schema body = {.shape = PK_SHAPE_LANGUAGES, .inner = &text};

static const struct pk_key field_keys[] = {
    {"id", {.shape = PK_SHAPE_TEXT}, "date, time, place ... or a name of your own"},
    {"label", {.shape = PK_SHAPE_LANGUAGES, .inner = &words}, "its labels; the first is written"},
    {"required", {.shape = PK_SHAPE_LEVELS}, "true, false or the levels that ask for it"},
    {0},
};

static const struct pk_key section_keys[] = {
    {"id", {.shape = PK_SHAPE_TEXT}, "a name of your own, or a kind"},
    {"kind",
     {.shape = PK_SHAPE_CHOICE, KINDS(pk_section_kinds, PK_SECTION_KINDS)},
     "what is in it, where the id does not say so"},
    {"title", {.shape = PK_SHAPE_LANGUAGES, .inner = &words}, "its titles; the first is written"},
    {"pattern", {.shape = PK_SHAPE_TEXT}, "a regular expression for more titles, case aside"},
    {"required", {.shape = PK_SHAPE_LEVELS}, "true, false or the levels that ask for it"},
    {"severity",
     {.shape = PK_SHAPE_DETAIL, .inner = &severity},
     "of its absence, unless as the rule"},
    {"body", {.shape = PK_SHAPE_DETAIL, .inner = &body}, "what the template writes in it"},
    {0},
};

static const struct pk_key approval_keys[] = {
    {"response", {.shape = PK_SHAPE_NUMBER}, "days in which the client is to answer"},
    {"deemed-accepted", {.shape = PK_SHAPE_TRUTH}, "whether no answer in that time is a yes"},
    {0},
};

static const struct pk_key export_keys[] = {
    {"reference",
     {.shape = PK_SHAPE_WORDS},
     "documents in this folder, .docx or .odt, whose styles an export takes"},
    {"signatures", {.shape = PK_SHAPE_TRUTH}, "whether an export ends in a block to be signed"},
    {"distribution", {.shape = PK_SHAPE_TRUTH}, "whether it lists who gets a copy"},
    {0},
};

static const struct pk_key keys[] = {
    {"profile", {.shape = PK_SHAPE_TEXT}, "its id; else the file's name"},
    {"extends", {.shape = PK_SHAPE_TEXT}, "the profile it is laid over"},
    {"name", {.shape = PK_SHAPE_LANGUAGES, .inner = &text}, "its name in menus"},
    {"title",
     {.shape = PK_SHAPE_LANGUAGES, .inner = &words},
     "titles of such minutes; the first is written"},
    {"about",
     {.shape = PK_SHAPE_LANGUAGES, .inner = &words},
     "words that tell such minutes by a title that may have others"},
    {"language", {.shape = PK_SHAPE_TEXT}, "of new minutes, and of those that do not tell"},
    {"detail",
     {.shape = PK_SHAPE_CHOICE, KINDS(pk_details, PK_DETAILS)},
     "where minutes name no level"},
    {"head",
     {.shape = PK_SHAPE_DETAIL, .inner = &body},
     "what the template writes first, instead of the fields"},
    {"fields", {.shape = PK_SHAPE_RECORDS, .keys = field_keys}, "what the heading tells"},
    {"sections", {.shape = PK_SHAPE_RECORDS, .keys = section_keys}, "in their order"},
    {"holidays",
     {.shape = PK_SHAPE_WORDS},
     "days without work: 2026-01-02, or 01-01 in every year"},
    {"aliases",
     {.shape = PK_SHAPE_MAP, .inner = &words},
     "a person's name -> what else they are called"},
    {"approval",
     {.shape = PK_SHAPE_OBJECT, .keys = approval_keys},
     "what holds while minutes are agreed with those they go to"},
    {"export",
     {.shape = PK_SHAPE_OBJECT, .keys = export_keys},
     "what a text that leaves the house is given"},
    {"rules", {.shape = PK_SHAPE_RULES}, "rule -> off, a severity or {severity, options, words}"},
    {"styles", {.shape = PK_SHAPE_WORDS}, "folders and files of Vale's rules"},
    {"vocab", {.shape = PK_SHAPE_WORDS}, "folders with accept.txt and reject.txt, or such files"},
    {"labels",
     {.shape = PK_SHAPE_MAP, .inner = &texts},
     "language -> words the template writes, by key"},
    {"prompts",
     {.shape = PK_SHAPE_MAP, .inner = &texts},
     "language -> what placeholders ask for, by key"},
    {0},
};
const struct pk_schema pk_profile_schema = {.shape = PK_SHAPE_OBJECT, .keys = keys};

/* -- Its parts -- */

static uint32_t index_of(struct pk_view id, const char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (pk_is(id, names[i]))
            return i;
    }
    return 0;
}

/* Not said: at every level. */
static void read_levels(const struct pk_yaml *node, bool required[PK_DETAILS])
{
    bool listed = node && node->kind == PK_YAML_LIST;
    for (uint32_t i = 0; i < PK_DETAILS; i++)
        required[i] = !listed && (!node || pk_yaml_is_null(node) || pk_is(node->value, "true"));
    for (const struct pk_yaml *item = listed ? node->first : NULL; item; item = item->next)
        required[index_of(item->value, pk_details, PK_DETAILS)] = true;
}

/* A level that is not named has the text of the standard one, or of the first that is. */
static struct pk_by_detail read_texts(const struct pk_yaml *node)
{
    struct pk_by_detail by_detail;
    const struct pk_yaml *all = node, *level[PK_DETAILS] = {0};
    if (node && node->kind == PK_YAML_MAP) {
        for (uint32_t i = 0; i < PK_DETAILS; i++)
            level[i] = pk_yaml_get(node, pk_details[i]);
        all = level[PK_STANDARD] ? level[PK_STANDARD] : node->first;
    }
    for (uint32_t i = 0; i < PK_DETAILS; i++)
        by_detail.text[i] = level[i] ? level[i] : all;
    return by_detail;
}

/* Words by language, or of the profile's own language where they are not told apart. */
static void add_own_words(struct pk_library *library, const struct pk_profile *profile,
                          struct pk_words *words_of, const struct pk_yaml *node,
                          enum pk_word_kind kind, uint32_t value)
{
    for (uint32_t i = 0; i < library->language.count; i++) {
        const struct pk_language *language = &library->language.items[i];
        struct pk_meaning meaning = {(uint16_t)kind, (uint16_t)value, language->index};
        bool own = !profile->language.length || pk_same(profile->language, language->id);
        bool map = node && node->kind == PK_YAML_MAP;
        if (map || own)
            pk_add_words(&library->arena, words_of, pk_in_language(node, language->id), meaning);
        if (!map && own)
            return;
    }
}

static void add_fields(struct pk_library *library, struct pk_profile *profile)
{
    const struct pk_yaml *list = pk_yaml_get(profile->source, "fields");
    for (const struct pk_yaml *item = list ? list->first : NULL; item; item = item->next) {
        struct pk_profile_field *field = pk_push(&library->arena, &profile->field);
        field->id = pk_text_of(item, "id");
        field->kind = (enum pk_field_kind)index_of(field->id, pk_field_kinds, PK_FIELD_KINDS);
        field->labels = pk_yaml_get(item, "label");
        read_levels(pk_yaml_get(item, "required"), field->required);
        add_own_words(library, profile, &profile->words, field->labels, PK_WORD_FIELD,
                      profile->field.count - 1);
    }
}

/* The pattern of the base's section where this one has it from there; NULL: it has not. */
static const struct pk_pattern *inherited(const struct pk_profile *base, struct pk_view id,
                                          const struct pk_yaml *pattern)
{
    for (uint32_t i = 0; base && i < base->section.count; i++) {
        const struct pk_profile_section *section = &base->section.items[i];
        if (section->pattern && pk_same(section->id, id) &&
            pk_pattern_text(section->pattern).at == pattern->value.at)
            return section->pattern;
    }
    return NULL;
}

/* Each is tried on every title of a document that no word names: they are to be few. */
static enum pk_status add_pattern(struct pk_library *library, const struct pk_profile *profile,
                                  const struct pk_profile *base, const struct pk_yaml *at,
                                  struct pk_profile_section *section, struct pk_error *error)
{
    struct pk_pattern *compiled = NULL;
    uint32_t patterns = 1;
    if (pk_yaml_is_null(at))
        return PK_OK;
    for (uint32_t i = 0; i < profile->section.count; i++)
        patterns += profile->section.items[i].pattern != NULL;
    if (patterns > PK_PATTERNS_LIMIT)
        return pk_fail_at(error, at, "more than %d patterns in a profile", PK_PATTERNS_LIMIT);
    section->pattern = inherited(base, section->id, at);
    if (section->pattern)
        return PK_OK;
    enum pk_status status = pk_pattern_new(
        library, at, profile->file.length ? profile->file : profile->id, &compiled, error);
    section->pattern = compiled;
    return status;
}

static enum pk_status add_sections(struct pk_library *library, struct pk_profile *profile,
                                   const struct pk_profile *base, struct pk_error *error)
{
    const struct pk_yaml *list = pk_yaml_get(profile->source, "sections");
    for (const struct pk_yaml *item = list ? list->first : NULL; item; item = item->next) {
        struct pk_profile_section *section = pk_push(&library->arena, &profile->section);
        struct pk_view kind = pk_text_of(item, "kind");
        section->id = pk_text_of(item, "id");
        section->kind = (enum pk_section_kind)index_of(kind.length ? kind : section->id,
                                                       pk_section_kinds, PK_SECTION_KINDS);
        section->titles = pk_yaml_get(item, "title");
        section->severity = pk_yaml_get(item, "severity");
        section->body = read_texts(pk_yaml_get(item, "body"));
        read_levels(pk_yaml_get(item, "required"), section->required);
        add_own_words(library, profile, &profile->words, section->titles, PK_WORD_SECTION,
                      profile->section.count - 1);
        enum pk_status status =
            add_pattern(library, profile, base, pk_yaml_get(item, "pattern"), section, error);
        if (status != PK_OK)
            return status;
    }
    return PK_OK;
}

/* Neither holds unless it is said. */
static enum pk_status read_approval(const struct pk_yaml *tree, struct pk_profile *profile,
                                    struct pk_error *error)
{
    enum { MOST_DIGITS = 3 };
    const struct pk_yaml *map = pk_yaml_get(tree, "approval");
    const struct pk_yaml *days = pk_yaml_get(map, "response");
    const struct pk_yaml *deemed = pk_yaml_get(map, "deemed-accepted");
    bool given = !pk_yaml_is_null(days);
    for (size_t i = 0; given && i < days->value.length; i++) {
        char digit = days->value.at[i];
        if (digit < '0' || digit > '9' || days->value.length > MOST_DIGITS)
            return pk_fail_at(error, days, "not a number of days up to 999");
        profile->response = profile->response * 10 + (uint32_t)(digit - '0');
    }
    profile->deemed_accepted = !pk_yaml_is_null(deemed) && pk_is(deemed->value, "true");
    if (profile->deemed_accepted && !profile->response)
        return pk_fail_at(error, deemed, "silence can accept only where `response:` sets the days");
    return PK_OK;
}

static enum pk_status build(struct pk_library *library, struct pk_profile *profile,
                            const struct pk_profile *base, struct pk_error *error)
{
    const struct pk_yaml *tree = profile->source;
    const struct pk_yaml *detail = pk_yaml_get(tree, "detail");
    profile->language = pk_copy(&library->arena, pk_text_of(tree, "language"));
    profile->detail = pk_yaml_is_null(detail)
                          ? PK_STANDARD
                          : (enum pk_detail)index_of(detail->value, pk_details, PK_DETAILS);
    profile->name = pk_yaml_get(tree, "name");
    profile->titles = pk_yaml_get(tree, "title");
    profile->head = read_texts(pk_yaml_get(tree, "head"));
    profile->rules = pk_yaml_get(tree, "rules");
    profile->aliases = pk_yaml_get(tree, "aliases");
    profile->labels = pk_yaml_get(tree, "labels");
    profile->prompts = pk_yaml_get(tree, "prompts");
    add_own_words(library, profile, &profile->words, profile->titles, PK_WORD_TITLE, 0);
    add_own_words(library, profile, &profile->about, pk_yaml_get(tree, "about"), PK_WORD_TITLE, 0);
    add_fields(library, profile);
    if (pk_holidays_read(&library->arena, pk_yaml_get(tree, "holidays"), profile, error) != PK_OK)
        return PK_EINPUT;
    if (read_approval(tree, profile, error) != PK_OK)
        return PK_EINPUT;
    if (pk_rule_words_of_profile(library, &profile->rule_words, profile->rules, error) != PK_OK)
        return PK_EINPUT;
    return add_sections(library, profile, base, error);
}

/* -- Drafts -- */

static enum pk_status unknown(struct pk_library *library, const char *what,
                              const struct pk_yaml *at, struct pk_error *error)
{
    const char *names[64];
    uint32_t count = 0;
    bool languages = strcmp(what, "language") == 0;
    uint32_t all = languages ? library->language.count : library->profile.count;
    for (; count < all && count < sizeof names / sizeof *names; count++) {
        struct pk_view id =
            languages ? library->language.items[count].id : library->profile.items[count]->id;
        names[count] = pk_copy(&library->arena, id).at;
    }
    const char *nearest = pk_nearest(at->value, names, count);
    int shown = (int)(at->value.length > 80 ? 80 : at->value.length);
    if (nearest)
        return pk_fail_at(error, at, "no %s \"%.*s\": did you mean \"%s\"?", what, shown,
                          at->value.at, nearest);
    return pk_fail_at(error, at, "no %s \"%.*s\"", what, shown, at->value.at);
}

static enum pk_status check(struct pk_library *library, const struct pk_yaml *tree,
                            struct pk_error *error)
{
    if (!tree)
        return pk_fail_at(error, NULL, "the file is empty");
    if (pk_schema_check(&pk_profile_schema, tree, error) != PK_OK)
        return PK_EINPUT;
    const struct pk_yaml *language = pk_yaml_get(tree, "language");
    if (!pk_yaml_is_null(language) && !pk_library_language(library, language->value))
        return unknown(library, "language", language, error);
    return PK_OK;
}

enum pk_status pk_draft_read(struct pk_library *library, struct pk_view yaml, const char *file,
                             struct pk_drafts *drafts, struct pk_error *error)
{
    struct pk_yaml *tree;
    enum pk_status status = pk_yaml_read(&library->arena, yaml, &tree, error);
    if (status == PK_OK)
        status = check(library, tree, error);
    if (status != PK_OK) {
        pk_error_file(error, file);
        return status;
    }
    return pk_draft_take(library, tree, file, drafts, error);
}

enum pk_status pk_draft_take(struct pk_library *library, struct pk_yaml *tree, const char *file,
                             struct pk_drafts *drafts, struct pk_error *error)
{
    struct pk_draft *draft = pk_push(&library->arena, &drafts->draft);
    const struct pk_yaml *extends = pk_yaml_get(tree, "extends");
    draft->file = file;
    draft->tree = tree;
    draft->extends = pk_yaml_is_null(extends) ? NULL : extends;
    draft->id = pk_text_of(tree, "profile");
    if (!draft->id.length && pk_is_project_file(file))
        draft->id = draft->extends ? draft->extends->value : library->preferred->id;
    if (!draft->id.length)
        draft->id = pk_copy(&library->arena, pk_stem(file));
    return library->arena.failed ? pk_fail(error, PK_ENOMEM, "out of memory") : PK_OK;
}

/* A new profile, or one laid over the earlier of its id, which it then replaces. */
static enum pk_status adopt(struct pk_library *library, struct pk_draft *draft,
                            struct pk_error *error)
{
    const struct pk_profile *same = pk_library_profile(library, draft->id), *base = same;
    if (draft->extends)
        base = pk_library_profile(library, draft->extends->value);
    if (draft->extends && !base)
        return unknown(library, "profile", draft->extends, error);
    const struct pk_yaml *named = pk_yaml_get(draft->tree, "profile");
    if (!base && !pk_yaml_get(draft->tree, "sections"))
        return pk_yaml_is_null(named)
                   ? pk_fail_at(error, draft->tree, "no `sections:` in a profile")
                   : unknown(library, "profile", named, error);
    struct pk_profile *profile = pk_alloc(&library->arena, sizeof *profile);
    if (!profile)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    profile->id = draft->id;
    profile->file = pk_copy(&library->arena, pk_view_of(draft->file));
    profile->source = pk_yaml_merge(&library->arena, base ? base->source : NULL, draft->tree);
    enum pk_status status = build(library, profile, base, error);
    if (status == PK_OK)
        status = pk_paper_wishes(library, profile, draft->tree, draft->file, base, error);
    if (status == PK_OK)
        status = pk_styles_load(library, profile, draft->tree, draft->file, base, error);
    if (status != PK_OK)
        return status;
    uint32_t place = 0;
    while (place < library->profile.count && library->profile.items[place] != same)
        place++;
    if (place == library->profile.count)
        pk_push(&library->arena, &library->profile);
    if (library->arena.failed)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    library->profile.items[place] = profile;
    if (library->preferred == same)
        library->preferred = profile;
    return PK_OK;
}

static enum pk_status add_draft(struct pk_library *library, struct pk_drafts *drafts,
                                struct pk_draft *draft, struct pk_error *error)
{
    draft->state = PK_DRAFT_BUSY;
    enum pk_status status = PK_OK;
    for (uint32_t i = 0; draft->extends && i < drafts->draft.count && status == PK_OK; i++) {
        struct pk_draft *base = &drafts->draft.items[i];
        if (base == draft || !pk_same(base->id, draft->extends->value))
            continue;
        if (base->state == PK_DRAFT_BUSY) {
            status = pk_fail_at(error, draft->extends, "\"%.*s\" extends itself in the end",
                                (int)(draft->id.length > 80 ? 80 : draft->id.length), draft->id.at);
            pk_error_file(error, draft->file);
        } else if (base->state == PK_DRAFT_WAITING) {
            status = add_draft(library, drafts, base, error);
        }
    }
    if (status != PK_OK)
        return status;
    status = adopt(library, draft, error);
    if (status != PK_OK)
        pk_error_file(error, draft->file);
    draft->state = PK_DRAFT_ADDED;
    return status;
}

enum pk_status pk_drafts_add(struct pk_library *library, struct pk_drafts *drafts,
                             struct pk_error *error)
{
    enum pk_status status = PK_OK;
    for (uint32_t i = 0; i < drafts->draft.count && status == PK_OK; i++) {
        if (drafts->draft.items[i].state == PK_DRAFT_WAITING)
            status = add_draft(library, drafts, &drafts->draft.items[i], error);
    }
    return status;
}

enum pk_status pk_drafts_add_newest(struct pk_library *library, struct pk_drafts *drafts,
                                    struct pk_error *error)
{
    struct pk_draft *newest = &drafts->draft.items[drafts->draft.count - 1];
    enum pk_status status = PK_OK;
    for (struct pk_draft *draft = drafts->draft.items; draft <= newest && status == PK_OK;
         draft++) {
        if (draft->state == PK_DRAFT_WAITING && pk_same(draft->id, newest->id))
            status = add_draft(library, drafts, draft, error);
    }
    return status;
}

enum pk_status pk_library_add_profile(struct pk_library *library, struct pk_view yaml,
                                      const char *file, struct pk_error *error)
{
    struct pk_drafts drafts = {0};
    enum pk_status status = pk_draft_read(library, yaml, file, &drafts, error);
    return status == PK_OK ? pk_drafts_add_newest(library, &drafts, error) : status;
}
