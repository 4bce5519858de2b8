/* files.c - read a file whole, replace a file at once. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "face/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* -- Reading -- */

static const char too_large[] = "too large: 2 GiB or more";

static const char *make_room(struct cli_bytes *bytes, size_t room)
{
    if (bytes->room >= room)
        return NULL;
    char *at = realloc(bytes->at, room);
    if (!at)
        return strerror(ENOMEM);
    bytes->at = at;
    bytes->room = room;
    return NULL;
}

static const char *read_all(struct cli_bytes *bytes, int file)
{
    if (S_ISDIR(bytes->stat.st_mode))
        return strerror(EISDIR);
    off_t size = S_ISREG(bytes->stat.st_mode) ? bytes->stat.st_size : 0;
    if (size >= (off_t)PK_TEXT_MAX)
        return too_large;
    const char *why = make_room(bytes, (size_t)size + 4096);
    while (!why) {
        ssize_t got = read(file, bytes->at + bytes->length, bytes->room - bytes->length);
        if (got == 0)
            return NULL;
        if (got < 0 && errno != EINTR)
            return strerror(errno);
        bytes->length += got > 0 ? (size_t)got : 0;
        if (bytes->length >= PK_TEXT_MAX)
            return too_large;
        if (bytes->length == bytes->room)
            why = make_room(bytes, bytes->room * 2);
    }
    return why;
}

const char *cli_read_file(struct cli_bytes *bytes, const char *path)
{
    bool standard_input = strcmp(path, "-") == 0;
    int file = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return strerror(errno);
    bytes->length = 0;
    const char *why = fstat(file, &bytes->stat) == 0 ? read_all(bytes, file) : strerror(errno);
    if (!standard_input)
        close(file);
    return why;
}

struct pk_view cli_text(const struct cli_bytes *bytes)
{
    return (struct pk_view){bytes->at ? bytes->at : "", bytes->length};
}

/* -- Replacing -- */

/* The new file gets the old one's mode and, where we may, its owner; where there was none (NULL)
 * what the user's mask leaves. */
static bool fill(int file, struct pk_view text, const struct stat *old)
{
    if (!pk_write_all(file, text))
        return false;
    if (!old) {
        mode_t mask = umask(0);
        umask(mask);
        return fchmod(file, 0666 & ~mask) == 0 && fsync(file) == 0;
    }
    bool ours = fchown(file, old->st_uid, old->st_gid) == 0;
    return fchmod(file, old->st_mode & (ours ? 07777 : 0777)) == 0 && fsync(file) == 0;
}

static bool is_as_read(const struct stat *now, const struct stat *then)
{
    return now->st_dev == then->st_dev && now->st_ino == then->st_ino &&
           now->st_size == then->st_size && now->st_mtim.tv_sec == then->st_mtim.tv_sec &&
           now->st_mtim.tv_nsec == then->st_mtim.tv_nsec;
}

static const char *why_not(const char *path, const struct stat *as_read)
{
    struct stat now;
    if (stat(path, &now) != 0)
        return strerror(errno);
    if (!S_ISREG(now.st_mode))
        return "not a regular file, left as it is";
    if (!is_as_read(&now, as_read))
        return "changed meanwhile, left as it is";
    return access(path, W_OK) == 0 ? NULL : strerror(errno);
}

static const char *rename_over(char *fresh, const char *target, struct pk_view text,
                               const struct stat *as_read)
{
    int file = pk_fresh_open(fresh);
    if (file < 0)
        return "left as it is: no new file can be written beside it";
    int held = fcntl(file, F_DUPFD_CLOEXEC, 0); /* its lock, until it is in place */
    bool done = fill(file, text, as_read);
    int error = done ? 0 : errno;
    if (close(file) != 0 && !error)
        error = errno;
    const char *why = error ? strerror(error) : as_read ? why_not(target, as_read) : NULL;
    if (!why && rename(fresh, target) != 0)
        why = strerror(errno);
    if (why)
        unlink(fresh);
    if (held >= 0)
        close(held);
    return why;
}

#define FRESH ".protokol-fresh-"

void cli_clear_fresh(const char *path)
{
    char *target = realpath(path, NULL);
    char *slash = target ? strrchr(target, '/') : NULL;
    if (slash) {
        slash[slash == target] = '\0';
        pk_fresh_clear(target, FRESH);
    }
    free(target);
}

/* Writes beside the target, then over it. */
static const char *put_in_place(const char *target, struct pk_view text, const struct stat *as_read)
{
    static const char name[] = FRESH "XXXXXX";
    const char *why = NULL, *slash = strrchr(target, '/');
    size_t folder = slash ? (size_t)(slash - target) + 1 : 0;
    char *fresh = malloc(folder + sizeof name);
    if (fresh) {
        memcpy(fresh, target, folder);
        memcpy(fresh + folder, name, sizeof name);
        why = rename_over(fresh, target, text, as_read);
        fresh[folder] = '\0';
        if (!why)
            pk_sync_folder(folder ? fresh : ".");
    } else {
        why = strerror(ENOMEM);
    }
    free(fresh);
    return why;
}

const char *cli_replace_file(const char *path, struct pk_view text, const struct stat *as_read)
{
    const char *why = why_not(path, as_read);
    if (why)
        return why;
    char *target = realpath(path, NULL); /* a link stays a link: what it leads to is replaced */
    if (!target)
        return strerror(errno);
    why = put_in_place(target, text, as_read);
    free(target);
    return why;
}

const char *cli_write_file(const char *path, struct pk_view text)
{
    struct stat now;
    if (stat(path, &now) == 0)
        return cli_replace_file(path, text, &now);
    return errno == ENOENT ? put_in_place(path, text, NULL) : strerror(errno);
}
