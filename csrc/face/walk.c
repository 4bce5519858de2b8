/* walk.c - go to every document that the paths of a command lead to. */
#define _DEFAULT_SOURCE /* d_type */
#include "face/cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct tour {
    struct cli *cli;
    struct cli_crew *crew;
};

/* It is said behind what is said of the documents before. */
static void trouble(struct tour *tour, const char *path, const char *why)
{
    cli_crew_wait(tour->crew);
    cli_trouble(tour->cli, "%s: %s", path, why);
}

/* -- Folders -- */

static bool ends_like_minutes(const char *name)
{
    static const char *const endings[] = {".md", ".markdown", ".txt", ".protokol"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(dot, endings[i]) == 0)
            return true;
    return false;
}

/* "folder/name"; NULL: no memory. */
static char *joined(const char *folder, const char *name)
{
    size_t length = strlen(folder), room = length + 1 + strlen(name) + 1;
    const char *slash = length && folder[length - 1] != '/' ? "/" : "";
    char *path = malloc(room);
    if (path)
        snprintf(path, room, "%s%s%s", folder, slash, name);
    return path;
}

/* What stands in a folder. */
struct entry {
    char *path;
    enum { IS_FILE, IS_FOLDER, IS_UNTOLD } kind; /* untold: the file system does not say */
};

struct entries {
    struct entry *items;
    size_t count, room;
};

static bool keep(struct entries *entries, struct entry entry)
{
    if (entry.path && entries->count == entries->room) {
        size_t room = entries->room ? entries->room * 2 : 64;
        struct entry *items = realloc(entries->items, room * sizeof *items);
        if (!items) {
            free(entry.path);
            return false;
        }
        entries->items = items;
        entries->room = room;
    }
    if (entry.path)
        entries->items[entries->count++] = entry;
    return entry.path != NULL;
}

static int by_bytes(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    return strcmp(left->path, right->path);
}

/* Links are not followed: what they lead to within the folder is met by its own
 * name, so that nothing is read twice, and no way leads out or round in circles. */
static bool is_of_interest(const struct dirent *entry, struct entry *out)
{
    if (entry->d_name[0] == '.')
        return false;
#ifdef DT_UNKNOWN
    out->kind = entry->d_type == DT_DIR       ? IS_FOLDER
                : entry->d_type == DT_UNKNOWN ? IS_UNTOLD
                                              : IS_FILE;
    if (out->kind == IS_FILE && entry->d_type != DT_REG)
        return false;
#else
    out->kind = IS_UNTOLD;
#endif
    return out->kind != IS_FILE || ends_like_minutes(entry->d_name);
}

/* In an order that is the same everywhere. */
static void list(struct tour *tour, const char *folder, struct entries *entries)
{
    struct entry found;
    DIR *directory = opendir(folder);
    if (!directory) {
        trouble(tour, folder, strerror(errno));
        return;
    }
    errno = 0;
    for (struct dirent *entry; (entry = readdir(directory)); errno = 0) {
        if (!is_of_interest(entry, &found))
            continue;
        found.path = joined(folder, entry->d_name);
        if (!keep(entries, found))
            break;
    }
    int error = errno;
    closedir(directory);
    if (error)
        trouble(tour, folder, strerror(error));
    if (entries->count)
        qsort(entries->items, entries->count, sizeof *entries->items, by_bytes);
}

static void walk(struct tour *tour, const char *folder);

static void go_to(struct tour *tour, const struct entry *entry)
{
    struct stat about;
    if (entry->kind == IS_FILE)
        cli_crew_give(tour->crew, entry->path, false);
    else if (entry->kind == IS_FOLDER)
        walk(tour, entry->path);
    else if (lstat(entry->path, &about) != 0)
        trouble(tour, entry->path, strerror(errno));
    else if (S_ISDIR(about.st_mode))
        walk(tour, entry->path);
    else if (S_ISREG(about.st_mode) && ends_like_minutes(entry->path))
        cli_crew_give(tour->crew, entry->path, false);
}

static void walk(struct tour *tour, const char *folder)
{
    struct entries entries = {0};
    list(tour, folder, &entries);
    for (size_t i = 0; i < entries.count; i++) {
        if (!cli_out_is_closed()) /* else nobody is there to tell */
            go_to(tour, &entries.items[i]);
        free(entries.items[i].path);
    }
    free(entries.items);
}

static void visit_path(struct tour *tour, const char *path)
{
    struct stat about;
    if (strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        walk(tour, path);
    else
        cli_crew_give(tour->crew, path, true);
}

/* -- Lists of paths -- */

/* One path a line, or each ended by NUL as `find -print0` writes them. */
static void visit_listed(struct tour *tour, const char *list_path)
{
    struct pk_arena line_memory;
    struct cli_bytes bytes = {0};
    const char *why = cli_read_file(&bytes, list_path);
    struct pk_view text = cli_text(&bytes);
    char end = text.length && memchr(text.at, '\0', text.length) ? '\0' : '\n';
    if (why)
        trouble(tour, list_path, why);
    pk_arena_init(&line_memory);
    while (!why && text.length && !cli_out_is_closed()) {
        const char *stop = memchr(text.at, end, text.length);
        size_t length = stop ? (size_t)(stop - text.at) : text.length;
        struct pk_view line = pk_view_part(text, 0, length);
        if (end == '\n' && line.length && line.at[line.length - 1] == '\r')
            line.length--;
        text = pk_view_part(text, length + 1, text.length);
        if (!line.length)
            continue;
        pk_arena_reset(&line_memory);
        const char *path = pk_copy(&line_memory, line).at;
        if (line_memory.failed)
            why = "out of memory";
        else
            visit_path(tour, strcmp(path, "-") == 0 ? "./-" : path);
    }
    if (line_memory.failed)
        trouble(tour, list_path, why);
    pk_arena_free(&line_memory);
    free(bytes.at);
}

void cli_each_document(struct cli *cli, const struct cli_visit *visit)
{
    struct tour tour = {cli, cli_crew_new(cli, visit)};
    if (!tour.crew) {
        cli_trouble(cli, "out of memory");
        return;
    }
    for (uint32_t i = 0; i < cli->operand.count && !cli_out_is_closed(); i++)
        visit_path(&tour, cli->operand.items[i]);
    if (cli->set.files_from)
        visit_listed(&tour, cli->set.files_from);
    cli_crew_wait(tour.crew);
    cli_crew_free(tour.crew);
}
