/* check.c - tell whether the profiles and languages that users wrote are sound. */
#include "lint/run.h"

#include <string.h>

enum pk_status pk_library_check(const struct pk_library *library, struct pk_error *error)
{
    enum pk_status status = PK_OK;
    for (uint32_t i = 0; status == PK_OK && i < library->language.count; i++)
        status = pk_language_check(&library->language.items[i], error);
    for (uint32_t i = 0; status == PK_OK && i < library->profile.count; i++)
        status = pk_rules_check(library->profile.items[i], error);
    return status;
}

static bool is_language_file(const char *file)
{
    static const char folder[] = "language/";
    size_t length = sizeof folder - 1;
    const char *slash = strrchr(file, '/');
    if (!slash || (size_t)(slash - file) + 1 < length)
        return false;
    const char *start = slash + 1 - length;
    return strncmp(start, folder, length) == 0 && (start == file || start[-1] == '/');
}

/* Among the user's own, any of which may be its base. */
static enum pk_status add_profile(struct pk_library *library, struct pk_view yaml, const char *file,
                                  struct pk_error *error)
{
    struct pk_arena arena;
    struct pk_sources sources;
    pk_arena_init(&arena);
    enum pk_status status = pk_sources_find(&arena, ".", &sources);
    if (status == PK_OK)
        status = pk_library_add_among(library, &sources, yaml, file, error);
    else
        pk_fail(error, status, "out of memory");
    pk_arena_free(&arena);
    return status;
}

/* What is no YAML at all is none; PK_ENOMEM: nobody knows. */
static enum pk_status is_style_rule(struct pk_view yaml, bool *rule, struct pk_error *error)
{
    struct pk_arena arena;
    struct pk_error no_matter;
    struct pk_yaml *tree = NULL;
    pk_arena_init(&arena);
    enum pk_status status = pk_yaml_read(&arena, yaml, &tree, &no_matter);
    *rule = status == PK_OK && tree && pk_style_looks_like(tree);
    pk_arena_free(&arena);
    return status == PK_ENOMEM ? pk_fail(error, status, "out of memory") : PK_OK;
}

/* A file of a style that cannot be a rule is a problem of the profile that names it. */
static enum pk_status check_styles(const struct pk_library *library, const char *file,
                                   void (*told)(void *, const struct pk_error *), void *user)
{
    enum pk_status status = PK_OK;
    for (uint32_t i = 0; i < library->profile.count; i++) {
        const struct pk_profile *profile = library->profile.items[i];
        const struct pk_style_trouble *trouble;
        if (!pk_is(profile->file, file))
            continue;
        for (uint32_t j = 0; (trouble = pk_style_trouble_next(profile, &j));) {
            told(user, &trouble->error);
            status = PK_EINPUT;
        }
    }
    return status;
}

enum pk_status pk_check_each(struct pk_view yaml, const char *file,
                             void (*told)(void *, const struct pk_error *), void *user)
{
    struct pk_library *library = NULL;
    struct pk_error error = {0};
    bool rule = false;
    enum pk_status status = is_language_file(file) ? PK_OK : is_style_rule(yaml, &rule, &error);
    if (status == PK_OK && rule) {
        status = pk_style_check(yaml, file, &error);
    } else if (status == PK_OK) {
        status = pk_library_open(&library, &error);
        if (status == PK_OK && is_language_file(file))
            status = pk_library_add_language(library, yaml, file, &error);
        else if (status == PK_OK)
            status = add_profile(library, yaml, file, &error);
        if (status == PK_OK)
            status = pk_library_check(library, &error);
    }
    if (status != PK_OK)
        told(user, &error);
    else if (library)
        status = check_styles(library, file, told, user);
    pk_library_close(library);
    return status;
}

struct first_problem {
    struct pk_error *error;
    bool told;
};

static void keep_first(void *user, const struct pk_error *error)
{
    struct first_problem *first = user;
    if (!first->told)
        *first->error = *error;
    first->told = true;
}

enum pk_status pk_check(struct pk_view yaml, const char *file, struct pk_error *error)
{
    struct first_problem first = {.error = error};
    return pk_check_each(yaml, file, keep_first, &first);
}
