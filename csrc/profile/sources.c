/* sources.c - find and read the profile and language files of a user and a project. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "profile/load.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_LIMIT = 200, SIZE_LIMIT = 256 * 1024 };

#define PROJECT_FILE ".protokol.yaml"

#ifdef __APPLE__
#define MTIME_NANOSECONDS(status) (status).st_mtimensec
#else
#define MTIME_NANOSECONDS(status) (status).st_mtim.tv_nsec
#endif

/* -- Finding -- */

const char *pk_join(struct pk_arena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    struct pk_buffer path = {.arena = arena};
    pk_puts(&path, folder);
    if (length && folder[length - 1] != '/')
        pk_putc(&path, '/');
    pk_puts(&path, name);
    return pk_copy(arena, pk_written(&path)).at;
}

/* FNV-1a, 64 bits. */
static void mix(uint64_t *hash, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++)
        *hash = (*hash ^ byte[i]) * 1099511628211u;
}

void pk_mix_file(uint64_t *hash, const char *path)
{
    struct stat status;
    uint64_t facts[6] = {0};
    if (stat(path, &status) == 0) {
        facts[0] = (uint64_t)status.st_mtime;
        facts[1] = (uint64_t)MTIME_NANOSECONDS(status);
        facts[2] = (uint64_t)status.st_size;
        facts[3] = (uint64_t)status.st_ino;
        facts[4] = (uint64_t)status.st_dev;
        facts[5] = 1;
    }
    mix(hash, path, strlen(path) + 1);
    mix(hash, facts, sizeof facts);
}

const char *pk_real_path(struct pk_arena *arena, const char *path)
{
    char *found = realpath(path, NULL);
    const char *copy = found ? pk_copy(arena, pk_view_of(found)).at : NULL;
    arena->failed = arena->failed || (!found && errno == ENOMEM);
    free(found);
    return copy;
}

DIR *pk_open_folder(struct pk_arena *arena, const char *folder)
{
    DIR *open = opendir(folder);
    arena->failed = arena->failed || (!open && errno == ENOMEM);
    return open;
}

static bool is_yaml(const char *name)
{
    const char *point = strrchr(name, '.');
    return name[0] != '.' && point && strcmp(point, ".yaml") == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct names {
    PK_LIST(const char *) name;
};

/* The paths of the YAML files in a folder, by name. No folder: none. */
static struct names list_folder(struct pk_arena *arena, const char *folder)
{
    struct names names = {0};
    DIR *open = pk_open_folder(arena, folder);
    if (!open)
        return names;
    for (struct dirent *entry = readdir(open); entry; entry = readdir(open)) {
        if (is_yaml(entry->d_name) && names.name.count < FILES_LIMIT)
            *pk_push(arena, &names.name) = pk_join(arena, folder, entry->d_name);
    }
    closedir(open);
    if (names.name.count)
        qsort(names.name.items, names.name.count, sizeof *names.name.items, by_name);
    return names;
}

/* $XDG_CONFIG_HOME/protokol, which a relative path does not set (XDG Base
 * Directory Specification 0.8). NULL: there is no home. */
const char *pk_user_folder(struct pk_arena *arena)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (config && config[0] == '/')
        return pk_join(arena, config, "protokol");
    return home && home[0] == '/' ? pk_join(arena, home, ".config/protokol") : NULL;
}

/* The nearest .protokol.yaml in the folder or above it; NULL: none. */
static const char *project_file(struct pk_arena *arena, const char *folder)
{
    struct stat status;
    char *whole = (char *)(uintptr_t)pk_real_path(arena, folder && folder[0] ? folder : ".");
    while (whole && !arena->failed) {
        const char *path = pk_join(arena, whole, PROJECT_FILE);
        if (lstat(path, &status) == 0)
            return path;
        char *slash = strrchr(whole, '/');
        if (!slash || !slash[1]) /* the root itself */
            break;
        slash[slash == whole ? 1 : 0] = '\0';
    }
    return NULL;
}

enum pk_status pk_sources_find(struct pk_arena *arena, const char *folder, struct pk_sources *out)
{
    *out = (struct pk_sources){.signature = 14695981039346656037u};
    const char *user = pk_user_folder(arena);
    if (user) {
        struct names languages = list_folder(arena, pk_join(arena, user, "language"));
        struct names profiles = list_folder(arena, user);
        for (uint32_t i = 0; i < languages.name.count; i++)
            *pk_push(arena, &out->language) = languages.name.items[i];
        for (uint32_t i = 0; i < profiles.name.count; i++)
            *pk_push(arena, &out->profile) = profiles.name.items[i];
    }
    const char *project = project_file(arena, folder);
    if (project) {
        *pk_push(arena, &out->profile) = project;
        out->project = true;
    }
    if (arena->failed)
        return PK_ENOMEM;
    for (uint32_t i = 0; i < out->language.count; i++)
        pk_mix_file(&out->signature, out->language.items[i]);
    for (uint32_t i = 0; i < out->profile.count; i++)
        pk_mix_file(&out->signature, out->profile.items[i]);
    return PK_OK;
}

/* -- Reading -- */

/* A project's file may be a link within its own folder, not out of it. */
static bool stays_in_folder(struct pk_arena *arena, const char *path)
{
    struct stat status;
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
        return true;
    if (!slash || length + 2 > sizeof folder)
        return false;
    memcpy(folder, path, length ? length : 1);
    folder[length ? length : 1] = '\0';
    const char *home = pk_real_path(arena, folder), *target = pk_real_path(arena, path);
    size_t home_length = home ? strlen(home) : 0;
    return home && target && strncmp(target, home, home_length) == 0 &&
           (target[home_length] == '/' || home_length == 1);
}

/* The whole of an open file, read into the arena. */
static enum pk_status read_open(struct pk_arena *arena, int file, struct pk_view *text,
                                struct pk_error *error)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return pk_fail(error, PK_EIO, "cannot be read: %s", strerror(errno));
    if (!S_ISREG(status.st_mode))
        return pk_fail(error, PK_EIO, "is no regular file");
    if (status.st_size > SIZE_LIMIT)
        return pk_fail(error, PK_EINPUT, "more than 256 KiB");
    char *bytes = pk_alloc(arena, SIZE_LIMIT);
    if (!bytes)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    size_t length = 0;
    for (;;) {
        ssize_t more = read(file, bytes + length, SIZE_LIMIT - length);
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return pk_fail(error, PK_EIO, "cannot be read: %s", strerror(errno));
        length += (size_t)more;
        if (more == 0 || length == SIZE_LIMIT)
            break;
    }
    *text = (struct pk_view){bytes, length};
    return PK_OK;
}

static enum pk_status read_file(struct pk_arena *arena, const char *path, bool project,
                                struct pk_view *text, struct pk_error *error)
{
    enum pk_status status;
    int file = -1;
    if (project && !stays_in_folder(arena, path))
        status = arena->failed ? pk_fail(error, PK_ENOMEM, "out of memory")
                               : pk_fail(error, PK_EINPUT, "is a link out of its folder");
    else if ((file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) < 0)
        status = pk_fail(error, PK_EIO, "cannot be read: %s", strerror(errno));
    else
        status = read_open(arena, file, text, error);
    if (file >= 0)
        close(file);
    if (status != PK_OK)
        pk_error_file(error, path);
    return status;
}

enum pk_status pk_read_user_file(struct pk_arena *arena, const char *path, struct pk_view *text,
                                 struct pk_error *error)
{
    return read_file(arena, path, false, text, error);
}

/* -- Loading -- */

static enum pk_status load_language(struct pk_library *library, const char *path,
                                    struct pk_arena *texts, struct pk_error *error)
{
    struct pk_view text = {0};
    enum pk_status status = read_file(texts, path, false, &text, error);
    if (status == PK_OK)
        status = pk_library_add_language(library, text, path, error);
    pk_arena_reset(texts);
    return status;
}

static enum pk_status load_draft(struct pk_library *library, const char *path, bool project,
                                 struct pk_arena *texts, struct pk_drafts *drafts,
                                 struct pk_error *error)
{
    struct pk_view text = {0};
    enum pk_status status = read_file(texts, path, project, &text, error);
    if (status == PK_OK)
        status = pk_draft_read(library, text, path, drafts, error);
    pk_arena_reset(texts);
    return status;
}

static enum pk_status load_profiles(struct pk_library *library, const struct pk_sources *sources,
                                    struct pk_arena *texts, struct pk_error *error)
{
    struct pk_drafts drafts = {0};
    enum pk_status status = PK_OK;
    for (uint32_t i = 0; i < sources->profile.count && status == PK_OK; i++) {
        bool project = sources->project && i + 1 == sources->profile.count;
        status = load_draft(library, sources->profile.items[i], project, texts, &drafts, error);
    }
    if (status == PK_OK)
        status = pk_drafts_add(library, &drafts, error);
    if (status == PK_OK && sources->project) {
        library->preferred =
            pk_library_profile(library, drafts.draft.items[drafts.draft.count - 1].id);
        library->project = true;
    }
    return status;
}

enum pk_status pk_library_load(const struct pk_sources *sources, struct pk_library **out,
                               struct pk_error *error)
{
    struct pk_library *library;
    struct pk_arena texts;
    *out = NULL;
    enum pk_status status = pk_library_open(&library, error);
    if (status != PK_OK)
        return status;
    pk_arena_init(&texts);
    for (uint32_t i = 0; i < sources->language.count && status == PK_OK; i++)
        status = load_language(library, sources->language.items[i], &texts, error);
    if (status == PK_OK)
        status = load_profiles(library, sources, &texts, error);
    pk_arena_free(&texts);
    if (status == PK_OK)
        *out = library;
    else
        pk_library_close(library);
    return status;
}

static bool is_same_file(const char *one, const char *other)
{
    struct stat a, b;
    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

enum pk_status pk_library_add_among(struct pk_library *library, const struct pk_sources *sources,
                                    struct pk_view yaml, const char *file, struct pk_error *error)
{
    struct pk_drafts drafts = {0};
    struct pk_arena texts;
    struct pk_error no_matter;
    uint32_t users = sources->profile.count - sources->project;
    pk_arena_init(&texts);
    for (uint32_t i = 0; i < sources->language.count; i++)
        load_language(library, sources->language.items[i], &texts, &no_matter);
    for (uint32_t i = 0; i < users; i++) {
        const char *path = sources->profile.items[i];
        if (!is_same_file(path, file))
            load_draft(library, path, false, &texts, &drafts, &no_matter);
    }
    pk_arena_free(&texts);
    enum pk_status status = pk_draft_read(library, yaml, file, &drafts, error);
    return status == PK_OK ? pk_drafts_add_newest(library, &drafts, error) : status;
}
