/* shelf.c - keep the profiles of each folder while nobody changes them. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

struct cli_book {
    uint64_t signature;
    struct pk_library *library; /* NULL: broken */
    bool said;                  /* what is wrong */
    struct cli_book *next;
    char folder[]; /* that it was first wanted for */
};

/* -- Loading -- */

static bool has_profile(const struct cli *cli, const struct pk_library *library)
{
    return !cli->set.profile || pk_library_profile(library, pk_view_of(cli->set.profile));
}

static bool has_language(const struct cli *cli, const struct pk_library *library)
{
    return !cli->set.language || pk_library_language(library, pk_view_of(cli->set.language));
}

static void say_profile(struct cli *cli, const struct pk_library *library)
{
    struct cli_names known = {0};
    for (uint32_t i = 0; i < library->profile.count; i++)
        *pk_push(&cli->arena, &known.name) = pk_copy(&cli->arena, library->profile.items[i]->id).at;
    cli_unknown(cli, "profile", cli->set.profile, &known);
}

static void say_language(struct cli *cli, const struct pk_library *library)
{
    struct cli_names known = {0};
    for (uint32_t i = 0; i < library->language.count; i++) {
        if (library->language.items[i].labels) /* else it is only read */
            *pk_push(&cli->arena, &known.name) =
                pk_copy(&cli->arena, library->language.items[i].id).at;
    }
    cli_unknown(cli, "language", cli->set.language, &known);
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

static enum pk_status open(const struct pk_sources *sources, struct pk_library **library,
                           struct pk_error *error)
{
    enum pk_status status = pk_library_load(sources, library, error);
    if (status == PK_OK)
        status = pk_library_check(*library, error);
    if (status == PK_OK)
        return PK_OK;
    pk_library_close(*library);
    *library = NULL;
    return status;
}

static struct pk_library *load(const struct cli *cli, const struct pk_sources *sources)
{
    struct pk_error error = {0};
    struct pk_library *library = NULL;
    if (open(sources, &library, &error) != PK_OK)
        return NULL;
    if (has_profile(cli, library) && has_language(cli, library))
        return library;
    pk_library_close(library);
    return NULL;
}

/* Once more, now that there is somebody to tell what is wrong. */
static struct pk_library *load_aloud(struct cli *cli, const struct pk_sources *sources)
{
    struct pk_error error = {0};
    struct pk_library *library = NULL;
    if (open(sources, &library, &error) != PK_OK)
        library = built_in(cli, &error);
    if (!library)
        return NULL;
    if (!has_profile(cli, library))
        say_profile(cli, library);
    else if (!has_language(cli, library))
        say_language(cli, library);
    else
        return library;
    pk_library_close(library);
    return NULL;
}

/* -- Finding -- */

static struct cli_book *book_of(struct cli_shelf *shelf, const struct cli *cli, const char *folder,
                                const struct pk_sources *sources)
{
    struct cli_book *book = shelf->book;
    while (book && book->signature != sources->signature)
        book = book->next;
    size_t length = strlen(folder) + 1;
    struct cli_book *fresh = book ? NULL : malloc(sizeof *fresh + length);
    if (!fresh)
        return book;
    fresh->signature = sources->signature;
    fresh->library = load(cli, sources);
    fresh->said = false;
    memcpy(fresh->folder, folder, length);
    fresh->next = shelf->book;
    return shelf->book = fresh;
}

static struct cli_book *book_for(struct cli_shelf *shelf, const struct cli *cli, const char *folder)
{
    struct pk_arena arena;
    struct pk_sources sources;
    pk_arena_init(&arena);
    struct cli_book *book = pk_sources_find(&arena, folder, &sources) == PK_OK
                                ? book_of(shelf, cli, folder, &sources)
                                : NULL;
    pk_arena_free(&arena);
    return book;
}

/* The folder of a path: "." where it has none. */
static struct pk_view folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (struct pk_view){path, (size_t)(slash - path) + (slash == path)} : PK_VIEW(".");
}

/* Puts the book of the path's folder at hand. */
static void turn_to(struct cli_shelf *shelf, const struct cli *cli, const char *path)
{
    struct pk_view view = folder_of(path);
    if (shelf->last_folder && pk_is(view, shelf->last_folder))
        return;
    char *folder = malloc(view.length + 1);
    if (folder) {
        memcpy(folder, view.at, view.length);
        folder[view.length] = '\0';
    }
    free(shelf->last_folder);
    shelf->last_folder = folder;
    shelf->last = folder ? book_for(shelf, cli, folder) : NULL;
    if (shelf->last)
        return;
    free(shelf->last_folder);
    shelf->last_folder = NULL;
}

const struct pk_library *cli_find_library(const struct cli *cli, const char *path,
                                          struct cli_book **book)
{
    struct cli_shelf *shelf = cli->shelf;
    pthread_mutex_lock(&shelf->lock);
    turn_to(shelf, cli, path);
    *book = shelf->last;
    const struct pk_library *library = *book ? (*book)->library : NULL;
    pthread_mutex_unlock(&shelf->lock);
    return library;
}

const struct pk_library *cli_library_of(struct cli *cli, struct cli_book *book)
{
    struct pk_arena arena;
    struct pk_sources sources;
    struct cli_shelf *shelf = cli->shelf;
    pk_arena_init(&arena);
    pthread_mutex_lock(&shelf->lock);
    if (!book->library && !book->said) {
        book->said = true;
        if (pk_sources_find(&arena, book->folder, &sources) == PK_OK)
            book->library = load_aloud(cli, &sources);
        else
            cli_trouble(cli, "%s: out of memory", book->folder);
    }
    const struct pk_library *library = book->library;
    pthread_mutex_unlock(&shelf->lock);
    pk_arena_free(&arena);
    return library;
}

const struct pk_library *cli_library_for(struct cli *cli, const char *path)
{
    struct cli_book *book;
    const struct pk_library *library = cli_find_library(cli, path, &book);
    if (book)
        return library ? library : cli_library_of(cli, book);
    cli_trouble(cli, "%s: out of memory", path);
    return NULL;
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
