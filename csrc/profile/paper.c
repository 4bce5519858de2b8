/* paper.c - what a profile wants of the final text: `export:`. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "profile/load.h"

#include <string.h>
#include <sys/stat.h>

#define SHOWN(view) (int)((view).length > 80 ? 80 : (view).length), (view).at

static bool lies_in(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || length == 1);
}

/* A file in the folder of the profile's, whatever links and dots lead to. NULL: none, and why. */
static const char *reference_of(struct pk_arena *arena, const struct pk_yaml *at, const char *file,
                                struct pk_error *error)
{
    struct pk_view name = at->value;
    const char *slash = strrchr(file, '/'), *kept = NULL;
    size_t length = slash ? (size_t)(slash - file) + (slash == file) : 1;
    struct stat about;
    const char *folder =
        pk_real_path(arena, pk_copy(arena, (struct pk_view){slash ? file : ".", length}).at);
    bool plain = name.length && name.at[0] != '/' && !memchr(name.at, '\0', name.length);
    const char *joined = folder && plain ? pk_join(arena, folder, pk_copy(arena, name).at) : NULL;
    const char *whole = joined ? pk_real_path(arena, joined) : NULL;
    if (!plain || (whole && !lies_in(whole, folder)))
        pk_fail_at(error, at, "\"%.*s\" leads out of the folder of this profile", SHOWN(name));
    else if (!whole || stat(whole, &about) != 0 || !S_ISREG(about.st_mode))
        pk_fail_at(error, at, "no file \"%.*s\"", SHOWN(name));
    else
        kept = whole;
    return kept;
}

static enum pk_status read_references(struct pk_library *library, const struct pk_yaml *node,
                                      const char *file, struct pk_profile *profile,
                                      struct pk_error *error)
{
    const struct pk_yaml *at = node->kind == PK_YAML_SCALAR ? node : node->first;
    if (!file)
        return pk_fail_at(error, node, "a reference stands beside a profile's file only");
    for (; at; at = node->kind == PK_YAML_SCALAR ? NULL : at->next) {
        const char *path = reference_of(&library->arena, at, file, error);
        if (!path)
            return library->arena.failed ? PK_ENOMEM : PK_EINPUT;
        *pk_push(&library->arena, &profile->paper.reference) = path;
    }
    return PK_OK;
}

static bool is_true(const struct pk_yaml *node)
{
    return !pk_yaml_is_null(node) && pk_is(node->value, "true");
}

enum pk_status pk_paper_wishes(struct pk_library *library, struct pk_profile *profile,
                               const struct pk_yaml *own, const char *file,
                               const struct pk_profile *base, struct pk_error *error)
{
    const struct pk_yaml *all = pk_yaml_get(profile->source, "export");
    const struct pk_yaml *reference = pk_yaml_get(pk_yaml_get(own, "export"), "reference");
    profile->paper.signatures = is_true(pk_yaml_get(all, "signatures"));
    profile->paper.distribution = is_true(pk_yaml_get(all, "distribution"));
    if (!pk_yaml_is_null(reference))
        return read_references(library, reference, file, profile, error);
    if (base)
        profile->paper.reference = base->paper.reference;
    return PK_OK;
}
