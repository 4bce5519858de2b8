/* build.c - make the library of what is built in: done by the build alone, see embedded.h. */
#include "profile/embedded.h"
#include "profile/load.h"

#include <string.h>

/* The table of words starts out with room for all of them, so that no narrower one is left over. */
enum { FIRST_WORDS = 4096 };

/* The tree without what its reader needed besides. */
static struct pk_yaml *copied(struct pk_arena *arena, const struct pk_yaml *node)
{
    struct pk_yaml *first = NULL, **link = &first;
    for (; node; node = node->next) {
        struct pk_yaml *copy = *link = pk_alloc(arena, sizeof *copy);
        if (!copy)
            break;
        memcpy(copy, node, sizeof *copy);
        copy->key = pk_copy(arena, node->key);
        copy->value = pk_copy(arena, node->value);
        copy->first = copied(arena, node->first);
        copy->next = NULL;
        link = &copy->next;
    }
    return first;
}

static enum pk_status read(struct pk_library *library, struct pk_view text, struct pk_yaml **tree,
                           struct pk_error *error)
{
    struct pk_arena arena;
    pk_arena_init(&arena);
    enum pk_status status = pk_yaml_read(&arena, text, tree, error);
    if (status == PK_OK)
        *tree = copied(&library->arena, *tree);
    if (status == PK_OK && !*tree)
        status = pk_fail(error, PK_EINPUT, "the file is empty");
    pk_arena_free(&arena);
    return status;
}

static enum pk_status add(struct pk_library *library, const struct pk_built_file *file,
                          struct pk_drafts *drafts, struct pk_error *error)
{
    struct pk_yaml *tree = NULL;
    bool language = strncmp(file->name, "language/", 9) == 0;
    enum pk_status status = read(library, file->text, &tree, error);
    if (status == PK_OK)
        status = language ? pk_library_take_language(library, tree, file->name, error)
                          : pk_draft_take(library, tree, NULL, drafts, error);
    if (status != PK_OK)
        pk_error_file(error, file->name);
    return status;
}

enum pk_status pk_library_build(struct pk_arena *arena, const struct pk_built_file *file,
                                size_t count, struct pk_library **out, struct pk_error *error)
{
    struct pk_drafts drafts = {0};
    struct pk_library *library = *out = pk_alloc(arena, sizeof *library);
    enum pk_status status = PK_OK;
    if (!library)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    library->arena = *arena;
    pk_words_reserve(&library->arena, &library->words, FIRST_WORDS);
    for (size_t i = 0; i < count && status == PK_OK; i++)
        status = add(library, &file[i], &drafts, error);
    if (status == PK_OK)
        status = pk_drafts_add(library, &drafts, error);
    if (status == PK_OK && library->arena.failed)
        status = pk_fail(error, PK_ENOMEM, "out of memory");
    library->preferred = pk_library_profile(library, PK_VIEW("negotiation"));
    if (status == PK_OK && !library->preferred)
        status = pk_fail(error, PK_EINPUT, "no profile is built in");
    library->shares_words = true;
    *arena = library->arena;
    pk_arena_init(&library->arena);
    return status;
}
