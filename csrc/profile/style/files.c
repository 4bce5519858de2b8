/* files.c - find the files of a profile's styles, and read no others.
 *
 * A project's own profile comes with the project, from whomever: it may name
 * what lies in its folder and nothing else. A user's own profiles may name any.
 */
#include "profile/style/style.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_LIMIT = 2000, DEPTH_LIMIT = 4 };

struct finder {
    struct pk_library *library;
    struct pk_profile *profile;
    struct pk_styles *styles;
    struct pk_arena *page; /* goes when all is read */
    struct pk_arena *text; /* of one file */
    const char *home;      /* real path of the folder of the file that names them */
    bool anywhere;         /* that file is a user's own */
    uint32_t files;
    const struct pk_yaml *at; /* the name that is followed */
    struct pk_error *error;
};

#define SHOWN(view) (int)((view).length > 80 ? 80 : (view).length), (view).at

/* -- Paths -- */

static bool lies_in(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 &&
           (path[length] == '/' || path[length] == '\0' || length == 1);
}

static const char *real(struct finder *finder, const char *path)
{
    return pk_real_path(finder->page, path);
}

static bool climbs(struct pk_view path)
{
    for (size_t i = 0; i + 1 < path.length; i++) {
        bool end = i + 2 == path.length || path.at[i + 2] == '/';
        if (path.at[i] == '.' && path.at[i + 1] == '.' && end && (i == 0 || path.at[i - 1] == '/'))
            return true;
    }
    return false;
}

/* What the name in the profile leads to; NULL: nothing that may be read, and the error says why. */
static const char *resolve(struct finder *finder)
{
    struct pk_view name = finder->at->value;
    bool absolute = pk_starts(name, PK_VIEW("/")), own = pk_starts(name, PK_VIEW("~/"));
    const char *path = pk_copy(finder->page, name).at, *home = getenv("HOME");
    if (!path || !name.length || memchr(name.at, '\0', name.length)) {
        pk_fail_at(finder->error, finder->at, "a folder or file is wanted here");
        return NULL;
    }
    if (!finder->anywhere && (absolute || own || climbs(name))) {
        pk_fail_at(finder->error, finder->at,
                   "\"%.*s\" leads out of the folder of this profile; a project's own may not",
                   SHOWN(name));
        return NULL;
    }
    if (own && home)
        path = pk_join(finder->page, home, path + 2);
    else if (!absolute)
        path = pk_join(finder->page, finder->home, path);
    const char *whole = real(finder, path);
    if (!whole)
        pk_fail_at(finder->error, finder->at, "no folder or file \"%.*s\"", SHOWN(name));
    else if (!finder->anywhere && !lies_in(whole, finder->home))
        pk_fail_at(finder->error, finder->at,
                   "\"%.*s\" is a link out of the folder of this profile", SHOWN(name));
    else
        return path;
    return NULL;
}

/* -- Rules -- */

static struct pk_view id_of(struct finder *finder, const char *path)
{
    struct pk_buffer id = {.arena = &finder->library->arena};
    const char *file = strrchr(path, '/'), *folder = file;
    while (folder > path && folder[-1] != '/')
        folder--;
    pk_put(&id, (struct pk_view){folder, (size_t)(file - folder)});
    pk_putc(&id, '.');
    pk_put(&id, (struct pk_view){file + 1, strcspn(file + 1, ".")});
    return pk_copy(&finder->library->arena, pk_written(&id));
}

static bool has_rule(const struct pk_styles *styles, struct pk_view id)
{
    for (uint32_t i = 0; i < styles->rule.count; i++)
        if (pk_same(styles->rule.items[i]->id, id))
            return true;
    return false;
}

static void watch(struct finder *finder, const char *path)
{
    const char *copy = pk_copy(&finder->library->arena, pk_view_of(path)).at;
    if (copy)
        *pk_push(&finder->library->arena, &finder->library->style_path) = copy;
}

static void trouble(struct finder *finder, const char *path, const char *why)
{
    struct pk_error error = {0};
    pk_fail(&error, PK_EINPUT, "%s", why);
    pk_style_tell(finder->library, finder->styles, &error, id_of(finder, path), path);
}

static bool may_read(struct finder *finder, const char *path)
{
    const char *whole = real(finder, path);
    if (finder->anywhere || (whole && lies_in(whole, finder->home)))
        return true;
    trouble(finder, path, "is a link out of the folder of its profile");
    return false;
}

/* The path begins with a folder: what names it was made whole. */
static void read_rule(struct finder *finder, const char *path)
{
    struct pk_error error = {0};
    struct pk_view text;
    struct pk_yaml *tree = NULL;
    struct pk_view id = id_of(finder, path);
    if (!may_read(finder, path))
        return;
    watch(finder, path);
    pk_arena_reset(finder->text);
    if (pk_read_user_file(finder->text, path, &text, &error) != PK_OK ||
        pk_yaml_read(&finder->library->arena, text, &tree, &error) != PK_OK)
        pk_style_tell(finder->library, finder->styles, &error, id_of(finder, path), path);
    else if (has_rule(finder->styles, id))
        trouble(finder, path, "another rule has this name already");
    else
        pk_style_read(finder->library, finder->profile, finder->styles, tree, id, path);
}

/* -- Folders -- */

static bool is_rule_file(const char *name)
{
    const char *point = strrchr(name, '.');
    return point && (strcmp(point, ".yml") == 0 || strcmp(point, ".yaml") == 0);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void read_folder(struct finder *finder, const char *folder, int depth)
{
    struct {
        PK_LIST(const char *) path;
    } inside = {0};
    DIR *open = may_read(finder, folder) ? pk_open_folder(finder->page, folder) : NULL;
    if (!open)
        return;
    watch(finder, folder);
    for (struct dirent *entry = readdir(open); entry; entry = readdir(open))
        if (entry->d_name[0] != '.' && inside.path.count < FILES_LIMIT)
            *pk_push(finder->page, &inside.path) = pk_join(finder->page, folder, entry->d_name);
    closedir(open);
    if (finder->page->failed || !inside.path.count)
        return;
    qsort(inside.path.items, inside.path.count, sizeof *inside.path.items, by_name);
    for (uint32_t i = 0; i < inside.path.count; i++) {
        const char *path = inside.path.items[i];
        struct stat status;
        if (stat(path, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode) && depth < DEPTH_LIMIT)
            read_folder(finder, path, depth + 1);
        else if (S_ISREG(status.st_mode) && is_rule_file(path) && ++finder->files <= FILES_LIMIT)
            read_rule(finder, path);
        else if (finder->files == FILES_LIMIT + 1)
            trouble(finder, path, "more files than a profile's styles may have; the rest is left");
    }
}

/* -- Vocabularies -- */

/* Lines as a list; those that begin with "#" are remarks. */
static struct pk_yaml *lines_of(struct finder *finder, struct pk_view text)
{
    struct pk_arena *arena = &finder->library->arena;
    struct pk_yaml *list = pk_alloc(arena, sizeof *list), **end = list ? &list->first : NULL;
    uint32_t line = 1;
    if (list)
        list->kind = PK_YAML_LIST;
    for (size_t at = 0; list && at < text.length; line++) {
        const char *stop = memchr(text.at + at, '\n', text.length - at);
        size_t next = stop ? (size_t)(stop - text.at) + 1 : text.length;
        struct pk_view word = pk_trim(pk_view_part(text, at, next));
        at = next;
        if (!word.length || word.at[0] == '#')
            continue;
        struct pk_yaml *item = pk_alloc(arena, sizeof *item);
        if (!item)
            break;
        *item = (struct pk_yaml){.kind = PK_YAML_SCALAR, .quoted = true, .line = line, .column = 1};
        item->value = pk_copy(arena, word);
        *end = item;
        end = &item->next;
    }
    return list;
}

static struct pk_yaml *add_member(struct pk_arena *arena, struct pk_yaml *map, const char *key,
                                  struct pk_view value)
{
    struct pk_yaml *member = pk_alloc(arena, sizeof *member);
    if (!member)
        return NULL;
    *member = (struct pk_yaml){.kind = PK_YAML_SCALAR, .quoted = true, .line = 1, .column = 1};
    member->key = pk_view_of(key);
    member->value = value;
    member->next = map->first;
    map->first = member;
    return member;
}

/* A rule as Vale makes it of a vocabulary. */
static void add_made_rule(struct finder *finder, const char *id, const char *message,
                          const char *extends, struct pk_yaml *words, const char *key,
                          const char *path)
{
    struct pk_arena *arena = &finder->library->arena;
    struct pk_yaml *map = pk_alloc(arena, sizeof *map);
    if (!map || !words || !words->first || has_rule(finder->styles, pk_view_of(id)))
        return;
    map->kind = PK_YAML_MAP;
    words->key = pk_view_of(key);
    words->next = NULL;
    map->first = words;
    add_member(arena, map, "vocab", PK_VIEW("false"));
    add_member(arena, map, "level", PK_VIEW("error"));
    add_member(arena, map, "message", pk_view_of(message));
    add_member(arena, map, "extends", pk_view_of(extends));
    if (strcmp(key, "swap") == 0) {
        add_member(arena, map, "ignorecase", PK_VIEW("true"));
        struct pk_yaml *action = add_member(arena, map, "action", (struct pk_view){0});
        if (action) {
            action->kind = PK_YAML_MAP;
            add_member(arena, action, "name", PK_VIEW("replace"));
        }
    }
    pk_style_read(finder->library, finder->profile, finder->styles, map, pk_view_of(id), path);
}

/* How an accepted word is written, whatever case it is found in. */
static struct pk_yaml *terms_of(struct finder *finder, const struct pk_yaml *words)
{
    struct pk_arena *arena = &finder->library->arena;
    struct pk_yaml *map = pk_alloc(arena, sizeof *map), **end = map ? &map->first : NULL;
    if (map)
        map->kind = PK_YAML_MAP;
    for (const struct pk_yaml *word = words->first; map && word; word = word->next) {
        struct pk_yaml *member =
            pk_style_is_plain(word->value) ? pk_alloc(arena, sizeof *member) : NULL;
        if (!member)
            continue;
        *member = *word;
        member->next = NULL;
        member->key = word->value;
        member->key_line = word->line;
        member->key_column = word->column;
        *end = member;
        end = &member->next;
    }
    return map;
}

static void read_words(struct finder *finder, const char *path, bool reject)
{
    struct pk_error error = {0};
    struct pk_view text;
    struct pk_style_rule from = {.file = pk_copy(&finder->library->arena, pk_view_of(path))};
    struct pk_style_reader reader = {finder->library, finder->profile, finder->styles, &from, NULL,
                                     &error};
    if (!may_read(finder, path))
        return;
    watch(finder, path);
    pk_arena_reset(finder->text);
    if (pk_read_user_file(finder->text, path, &text, &error) != PK_OK) {
        pk_style_tell(finder->library, finder->styles, &error, id_of(finder, path), path);
        return;
    }
    struct pk_yaml *words = lines_of(finder, text);
    if (!words)
        return;
    if (reject) {
        add_made_rule(finder, "Vale.Avoid", "Avoid using '%s'.", "existence", words, "tokens",
                      path);
        return;
    }
    if (pk_style_read_list(&reader, words, &finder->styles->accepted) != PK_OK)
        pk_style_tell(finder->library, finder->styles, &error, id_of(finder, path), path);
    add_made_rule(finder, "Vale.Terms", "Use '%s' instead of '%s'.", "substitution",
                  terms_of(finder, words), "swap", path);
}

/* -- What a profile names -- */

static void follow_style(struct finder *finder, const char *path, bool folder)
{
    if (folder)
        read_folder(finder, path, 0);
    else
        read_rule(finder, path);
}

static void follow_vocab(struct finder *finder, const char *path, bool folder)
{
    struct stat status;
    if (!folder) {
        read_words(finder, path, strstr(path, "reject") != NULL);
        return;
    }
    watch(finder, path);
    const char *accept = pk_join(finder->page, path, "accept.txt");
    const char *reject = pk_join(finder->page, path, "reject.txt");
    if (stat(accept, &status) == 0)
        read_words(finder, accept, false);
    if (stat(reject, &status) == 0)
        read_words(finder, reject, true);
}

static enum pk_status follow_name(struct finder *finder,
                                  void (*follow)(struct finder *, const char *, bool))
{
    struct stat status;
    const char *path = resolve(finder);
    if (!path)
        return PK_EINPUT;
    if (stat(path, &status) != 0)
        return pk_fail_at(finder->error, finder->at, "no folder or file \"%.*s\"",
                          SHOWN(finder->at->value));
    follow(finder, path, S_ISDIR(status.st_mode));
    return PK_OK;
}

static bool is_users_own(struct pk_arena *page, const char *file, const char *home)
{
    const char *folder = pk_user_folder(page);
    const char *whole = folder && !pk_is_project_file(file) ? pk_real_path(page, folder) : NULL;
    return whole && lies_in(home, whole);
}

static enum pk_status follow_all(struct finder *finder, const struct pk_style_source *source,
                                 void (*follow)(struct finder *, const char *, bool))
{
    enum pk_status status = PK_OK;
    const struct pk_yaml *node = source->node;
    if (pk_yaml_is_null(node))
        return PK_OK;
    const char *slash = source->file ? strrchr(source->file, '/') : NULL;
    size_t length = slash ? (size_t)(slash - source->file) + (slash == source->file) : 1;
    struct pk_view folder = {slash ? source->file : ".", length};
    finder->home = real(finder, pk_copy(finder->page, folder).at);
    if (!source->file || !finder->home)
        return pk_fail_at(finder->error, node, "styles are read from beside a profile's file only");
    finder->anywhere = is_users_own(finder->page, source->file, finder->home);
    finder->at = node->kind == PK_YAML_SCALAR ? node : node->first;
    while (finder->at && status == PK_OK) {
        status = follow_name(finder, follow);
        finder->at = node->kind == PK_YAML_SCALAR ? NULL : finder->at->next;
    }
    return status;
}

enum pk_status pk_styles_load(struct pk_library *library, struct pk_profile *profile,
                              const struct pk_yaml *own, const char *file,
                              const struct pk_profile *base, struct pk_error *error)
{
    const struct pk_yaml *styles = pk_yaml_get(own, "styles"), *vocab = pk_yaml_get(own, "vocab");
    profile->styles = base ? base->styles : NULL;
    if (!styles && !vocab)
        return PK_OK;
    struct pk_styles *fresh = pk_alloc(&library->arena, sizeof *fresh);
    if (!fresh)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    if (base && base->styles) {
        fresh->styles = base->styles->styles;
        fresh->vocab = base->styles->vocab;
    }
    const char *kept = file ? pk_copy(&library->arena, pk_view_of(file)).at : NULL;
    if (styles)
        fresh->styles = (struct pk_style_source){styles, kept};
    if (vocab)
        fresh->vocab = (struct pk_style_source){vocab, kept};
    struct pk_arena page, text;
    pk_arena_init(&page);
    pk_arena_init(&text);
    struct finder finder = {.library = library,
                            .profile = profile,
                            .styles = fresh,
                            .page = &page,
                            .text = &text,
                            .error = error};
    enum pk_status status = follow_all(&finder, &fresh->vocab, follow_vocab);
    if (status == PK_OK)
        status = follow_all(&finder, &fresh->styles, follow_style);
    bool failed = page.failed || text.failed || library->arena.failed;
    pk_arena_free(&text);
    pk_arena_free(&page);
    if (failed)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    profile->styles = fresh;
    return status;
}

enum pk_status pk_style_check(struct pk_view yaml, const char *file, struct pk_error *error)
{
    struct pk_library *library = NULL;
    struct pk_yaml *tree = NULL;
    struct pk_styles styles = {0};
    enum pk_status status = pk_library_open(&library, error);
    if (status == PK_OK)
        status = pk_yaml_read(&library->arena, yaml, &tree, error);
    if (status == PK_OK)
        pk_style_read(library, library->preferred, &styles, tree,
                      pk_copy(&library->arena, pk_stem(file)), file);
    if (status == PK_OK && library->arena.failed)
        status = pk_fail(error, PK_ENOMEM, "out of memory");
    if (status == PK_OK && styles.trouble.count) {
        *error = styles.trouble.items[0]->error;
        status = PK_EINPUT;
    }
    pk_library_close(library);
    return status;
}

uint64_t pk_styles_signature(const struct pk_library *library)
{
    uint64_t signature = 14695981039346656037u;
    for (uint32_t i = 0; i < library->style_path.count; i++)
        pk_mix_file(&signature, library->style_path.items[i]);
    return signature;
}
