/* shelf.c - keep the profiles of each folder while nobody changes them. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

struct cli_book {
    uint64_t signature;
    struct pk_library *library; /* NULL: broken, and said so */
    struct cli_book *next;
};

/* -- Loading -- */

static bool has_profile(struct cli *cli, const struct pk_library *library)
{
    const char *id = cli->set.profile;
    if (!id || pk_library_profile(library, pk_view_of(id)))
        return true;
    struct cli_names known = {0};
    for (uint32_t i = 0; i < library->profile.count; i++)
        *pk_push(&cli->arena, &known.name) = pk_copy(&cli->arena, library->profile.items[i]->id).at;
    cli_unknown(cli, "profile", id, &known);
    return false;
}

static bool has_language(struct cli *cli, const struct pk_library *library)
{
    const char *id = cli->set.language;
    if (!id || pk_library_language(library, pk_view_of(id)))
        return true;
    struct cli_names known = {0};
    for (uint32_t i = 0; i < library->language.count; i++) {
        if (library->language.items[i].labels) /* else it is only read */
            *pk_push(&cli->arena, &known.name) =
                pk_copy(&cli->arena, library->language.items[i].id).at;
    }
    cli_unknown(cli, "language", id, &known);
    return false;
}

/* Where a file is broken, what is built in; to judge minutes that would be the wrong measure. */
static struct pk_library *built_in(struct cli *cli, struct pk_error *error)
{
    struct pk_library *library = NULL;
    cli_error(cli, error);
    if (!(cli->command->bit & (CLI_RULES | CLI_EXPLAIN | CLI_PROFILES)) ||
        pk_library_open(&library, error) != PK_OK)
        return NULL;
    return library;
}

static struct pk_library *load(struct cli *cli, const struct pk_sources *sources)
{
    struct pk_error error = {0};
    struct pk_library *library = NULL;
    if (pk_library_load(sources, &library, &error) != PK_OK ||
        pk_library_check(library, &error) != PK_OK) {
        pk_library_close(library);
        library = built_in(cli, &error);
        if (!library)
            return NULL;
    }
    if (has_profile(cli, library) && has_language(cli, library))
        return library;
    pk_library_close(library);
    return NULL;
}

/* -- Finding -- */

static const struct cli_book *book_for(struct cli *cli, const char *folder)
{
    struct pk_arena arena;
    struct pk_sources sources = {0};
    const struct cli_book *found = NULL;

    pk_arena_init(&arena);
    if (pk_sources_find(&arena, folder, &sources) != PK_OK) {
        cli_trouble(cli, "%s: out of memory", folder);
        pk_arena_free(&arena);
        return NULL;
    }
    for (found = cli->shelf->book; found; found = found->next)
        if (found->signature == sources.signature)
            break;
    struct cli_book *fresh = found ? NULL : malloc(sizeof *fresh);
    if (fresh) {
        fresh->signature = sources.signature;
        fresh->library = load(cli, &sources);
        fresh->next = cli->shelf->book;
        found = cli->shelf->book = fresh;
    }
    pk_arena_free(&arena);
    return found;
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + (slash == path) : 1;
    char *folder = malloc(length + 1);
    if (!folder)
        return NULL;
    memcpy(folder, slash ? path : ".", length);
    folder[length] = '\0';
    return folder;
}

const struct pk_library *cli_library_for(struct cli *cli, const char *path)
{
    struct cli_shelf *shelf = cli->shelf;
    char *folder = folder_of(path);
    if (!folder) {
        cli_trouble(cli, "%s: out of memory", path);
        return NULL;
    }
    if (shelf->last_folder && strcmp(shelf->last_folder, folder) == 0) {
        free(folder);
    } else {
        free(shelf->last_folder);
        shelf->last_folder = folder;
        shelf->last = book_for(cli, folder);
    }
    return shelf->last ? shelf->last->library : NULL;
}

void cli_shelf_free(struct cli_shelf *shelf)
{
    struct cli_book *book = shelf->book;
    while (book) {
        struct cli_book *next = book->next;
        pk_library_close(book->library);
        free(book);
        book = next;
    }
    free(shelf->last_folder);
}

/* -- Choosing -- */

/* "ru_RU.UTF-8" is "ru" (POSIX, Base Definitions 8.2 for the order of the variables). */
static const struct pk_language *of_locale(const struct pk_library *library)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *locale = getenv(variables[i]);
        if (locale && *locale)
            return pk_library_language(library, (struct pk_view){locale, strcspn(locale, "_.@-")});
    }
    return NULL;
}

const struct pk_language *cli_language(const struct cli *cli, const struct pk_library *library)
{
    const struct pk_language *language = NULL;
    if (cli->set.language)
        language = pk_library_language(library, pk_view_of(cli->set.language));
    if (!language)
        language = of_locale(library);
    if (!language)
        language = pk_library_language(library, PK_VIEW("en"));
    return language;
}

const struct pk_profile *cli_profile(const struct cli *cli, const struct pk_library *library)
{
    return cli->set.profile ? pk_library_profile(library, pk_view_of(cli->set.profile))
                            : library->preferred;
}

enum pk_detail cli_detail(const struct cli *cli, const struct pk_profile *profile)
{
    for (int i = 0; i < PK_DETAILS; i++)
        if (cli->set.detail && strcmp(cli->set.detail, pk_details[i]) == 0)
            return (enum pk_detail)i;
    return profile->detail;
}
