/* documents.c - go through every document that the paths of a command lead to. */
#include "face/cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct tour {
    struct cli *cli;
    void (*visit)(struct cli *, struct cli_document *);
};

/* -- One document -- */

bool cli_read_minutes(struct cli *cli, struct cli_document *document, struct pk_view text,
                      struct pk_minutes *minutes)
{
    struct pk_error error = {0};
    struct pk_read_options options = {
        .name = pk_view_of(document->name),
        .profile = pk_view_of(cli->set.profile),
        .language = pk_view_of(cli->set.language),
        .detail = pk_view_of(cli->set.detail),
        .today = cli->today,
    };
    enum pk_status status = pk_read(&cli->page, document->library, text, &options, minutes, &error);
    if (status == PK_OK)
        return true;
    cli_trouble(cli, "%s: %s", document->name,
                status == PK_ENOMEM ? "out of memory" : error.message);
    return false;
}

/* Is it text of another encoding, of which next to nothing can be read? NULL, or what to say:
 * UTF-16 begins with its mark; of the others none can be told for certain. */
static const char *foreign(struct pk_view text)
{
    enum { SLIPS = 8 }; /* bad bytes that may be in any text */
    size_t bad = 0, good = 0, width;
    if (pk_starts(text, PK_VIEW("\xFF\xFE")) || pk_starts(text, PK_VIEW("\xFE\xFF")))
        return "not UTF-8 but UTF-16: convert it (iconv -f UTF-16 -t UTF-8)";
    for (size_t at = 0; at < text.length; at += width) {
        pk_decode(pk_view_part(text, at, text.length), &width);
        bad += width == 1 && (unsigned char)text.at[at] >= 0x80;
        good += width > 1;
    }
    return bad > SLIPS && bad > good ? "not UTF-8: save it as UTF-8" : NULL;
}

/* A document named outright is always read; one met in a folder, if it is minutes. */
static void visit_document(struct tour *tour, const char *path, bool named)
{
    struct cli *cli = tour->cli;
    bool standard_input = strcmp(path, "-") == 0;
    struct cli_document document = {
        .path = path,
        .name = standard_input && cli->set.stdin_name ? cli->set.stdin_name : path,
    };
    const char *why = cli_read_file(cli->bytes, path);
    if (why) {
        cli_trouble(cli, "%s: %s", path, why);
        return;
    }
    document.library = cli_library_for(cli, document.name);
    if (!document.library)
        return;
    struct pk_view text = cli_text(cli->bytes);
    bool any = cli->set.all || (named && !cli->set.only_minutes);
    if (!any && !pk_is_minutes(document.library, text, pk_view_of(document.name)))
        return;
    why = foreign(text);
    if (why) {
        cli_trouble(cli, "%s: %s", document.name, why);
        return;
    }
    pk_arena_reset(&cli->page);
    if (!cli_read_minutes(cli, &document, text, &document.minutes))
        return;
    if (!cli->language)
        cli->language = document.minutes.language;
    tour->visit(cli, &document);
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

static char *joined(const char *folder, const char *name)
{
    size_t length = strlen(folder), room = length + 1 + strlen(name) + 1;
    const char *slash = length && folder[length - 1] != '/' ? "/" : "";
    char *path = malloc(room);
    if (path)
        snprintf(path, room, "%s%s%s", folder, slash, name);
    return path;
}

struct names {
    char **items;
    size_t count, room;
};

static bool keep(struct names *names, char *path)
{
    if (path && names->count == names->room) {
        size_t room = names->room ? names->room * 2 : 64;
        char **items = realloc(names->items, room * sizeof *items);
        if (!items) {
            free(path);
            return false;
        }
        names->items = items;
        names->room = room;
    }
    if (path)
        names->items[names->count++] = path;
    return path != NULL;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What is in the folder, hidden names aside, in an order that is the same everywhere. */
static void list(struct cli *cli, const char *folder, struct names *names)
{
    DIR *directory = opendir(folder);
    if (!directory) {
        cli_trouble(cli, "%s: %s", folder, strerror(errno));
        return;
    }
    errno = 0;
    for (struct dirent *entry; (entry = readdir(directory)); errno = 0)
        if (entry->d_name[0] != '.' && !keep(names, joined(folder, entry->d_name)))
            break;
    if (errno)
        cli_trouble(cli, "%s: %s", folder, strerror(errno));
    closedir(directory);
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, by_bytes);
}

/* Links are not followed: what they lead to within the folder is met by its own
 * name, so that nothing is read twice, and no way leads out or round in circles. */
static void walk(struct tour *tour, const char *folder)
{
    struct names names = {0};
    list(tour->cli, folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        struct stat stat;
        char *path = names.items[i];
        if (cli_out_is_closed())
            ; /* nobody is there to tell */
        else if (lstat(path, &stat) != 0)
            cli_trouble(tour->cli, "%s: %s", path, strerror(errno));
        else if (S_ISDIR(stat.st_mode))
            walk(tour, path);
        else if (S_ISREG(stat.st_mode) && ends_like_minutes(path))
            visit_document(tour, path, false);
        free(path);
    }
    free(names.items);
}

static void visit_path(struct tour *tour, const char *path)
{
    struct stat about;
    if (strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        walk(tour, path);
    else
        visit_document(tour, path, true);
}

/* -- Lists of paths -- */

/* One path a line, or each ended by NUL as `find -print0` writes them. */
static void visit_listed(struct tour *tour, const char *list_path)
{
    struct cli *cli = tour->cli;
    struct cli_bytes bytes = {0};
    const char *why = cli_read_file(&bytes, list_path);
    struct pk_view text = cli_text(&bytes);
    char end = text.length && memchr(text.at, '\0', text.length) ? '\0' : '\n';
    if (why)
        cli_trouble(cli, "%s: %s", list_path, why);
    while (!why && text.length && !cli_out_is_closed()) {
        const char *stop = memchr(text.at, end, text.length);
        size_t length = stop ? (size_t)(stop - text.at) : text.length;
        struct pk_view line = pk_view_part(text, 0, length);
        if (end == '\n' && line.length && line.at[line.length - 1] == '\r')
            line.length--;
        text = pk_view_part(text, length + 1, text.length);
        if (!line.length)
            continue;
        const char *path = pk_copy(&cli->arena, line).at;
        visit_path(tour, strcmp(path, "-") == 0 ? "./-" : path);
    }
    free(bytes.at);
}

void cli_one_document(struct cli *cli, const char *path,
                      void (*visit)(struct cli *, struct cli_document *))
{
    struct tour tour = {cli, visit};
    visit_document(&tour, path, true);
}

void cli_each_document(struct cli *cli, void (*visit)(struct cli *, struct cli_document *))
{
    struct tour tour = {cli, visit};
    for (uint32_t i = 0; i < cli->operand.count && !cli_out_is_closed(); i++)
        visit_path(&tour, cli->operand.items[i]);
    if (cli->set.files_from)
        visit_listed(&tour, cli->set.files_from);
}
