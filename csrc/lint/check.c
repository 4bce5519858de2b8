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

enum pk_status pk_check(struct pk_view yaml, const char *file, struct pk_error *error)
{
    struct pk_library *library = NULL;
    enum pk_status status = pk_library_open(&library, error);
    if (status == PK_OK && is_language_file(file))
        status = pk_library_add_language(library, yaml, file, error);
    else if (status == PK_OK)
        status = add_profile(library, yaml, file, error);
    if (status == PK_OK)
        status = pk_library_check(library, error);
    pk_library_close(library);
    return status;
}
