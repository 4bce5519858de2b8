/* load.h - what the files that load a library share, and nobody above them sees. */
#ifndef PK_LOAD_H
#define PK_LOAD_H

#include "profile/profile.h"
#include "profile/schema.h"

#include <dirent.h>

/* A profile's file as read, before its base is laid under it. */
struct pk_draft {
    const char *file; /* NULL: built in */
    struct pk_view id;
    struct pk_yaml *tree;
    const struct pk_yaml *extends; /* NULL: none */
    enum { PK_DRAFT_WAITING, PK_DRAFT_BUSY, PK_DRAFT_ADDED } state;
};

struct pk_drafts {
    PK_LIST(struct pk_draft) draft;
};

/* Reads and checks; the text may go away afterwards, `file` may not. */
enum pk_status pk_draft_read(struct pk_library *, struct pk_view yaml, const char *file,
                             struct pk_drafts *, struct pk_error *);
/* Likewise a tree that is known to be sound. */
enum pk_status pk_draft_take(struct pk_library *, struct pk_yaml *, const char *file,
                             struct pk_drafts *, struct pk_error *);
enum pk_status pk_library_take_language(struct pk_library *, struct pk_yaml *, const char *file,
                                        struct pk_error *);
/* The newest becomes a profile, after its base and what has its id. */
enum pk_status pk_drafts_add_newest(struct pk_library *, struct pk_drafts *, struct pk_error *);
/* All of them become profiles, a base before those that extend it. */
enum pk_status pk_drafts_add(struct pk_library *, struct pk_drafts *, struct pk_error *);

/* The name of a file without folder and ending. */
struct pk_view pk_stem(const char *file);
bool pk_is_project_file(const char *file); /* its name is .protokol.yaml */
void pk_error_file(struct pk_error *, const char *file);

/* What a node says in a language: its member of that name, or the node itself
 * where it is no map and so speaks for all. NULL: nothing. */
const struct pk_yaml *pk_in_language(const struct pk_yaml *, struct pk_view language);
/* A scalar, or the first of a list; empty: there is none. */
struct pk_view pk_first_word(const struct pk_yaml *);
struct pk_view pk_text_of(const struct pk_yaml *map, const char *key); /* empty: none */

/* Every word of a scalar or list. */
void pk_add_words(struct pk_arena *, struct pk_words *, const struct pk_yaml *, struct pk_meaning);

/* What `rules:` say of words. They replace what is in `out`. */
void pk_rule_words_of_language(struct pk_arena *, struct pk_rule_words *out,
                               const struct pk_yaml *rules);
/* PK_EINPUT where they are of a language there is not. */
enum pk_status pk_rule_words_of_profile(struct pk_library *, struct pk_rule_words *out,
                                        const struct pk_yaml *rules, struct pk_error *);

/* `holidays:` of a profile, in order. */
enum pk_status pk_holidays_read(struct pk_arena *, const struct pk_yaml *, struct pk_profile *,
                                struct pk_error *);

/* `export:` of a profile; the files it names lie in the folder of its own (paper.c). */
enum pk_status pk_paper_wishes(struct pk_library *, struct pk_profile *, const struct pk_yaml *own,
                               const char *file, const struct pk_profile *base, struct pk_error *);

/* -- sources.c -- */
const char *pk_user_folder(struct pk_arena *); /* NULL: there is no home */
const char *pk_join(struct pk_arena *, const char *folder, const char *name);
/* realpath(3), opendir(3), whose lack of memory is the arena's: NULL without that means that there
 * is none. */
const char *pk_real_path(struct pk_arena *, const char *path);
DIR *pk_open_folder(struct pk_arena *, const char *folder);
/* A user's file; PK_EINPUT where it is too large. */
enum pk_status pk_read_user_file(struct pk_arena *, const char *path, struct pk_view *text,
                                 struct pk_error *);
void pk_mix_file(uint64_t *hash, const char *path); /* its name, size and time */

void pk_patterns_free(struct pk_pattern *newest);

#endif
