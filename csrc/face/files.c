/* files.c - read a file whole, replace a file at once. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "face/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* -- Reading -- */

static const char too_large[] = "too large: 2 GiB or more";
static const char no_document[] = "a device, no document";
enum { PATIENCE = 1000 /* milliseconds that a writer may take to come */ };

static const char *make_room(struct cli_bytes *bytes, size_t room)
{
    if (bytes->room >= room)
        return NULL;
    char *at = realloc(bytes->at, room);
    if (!at)
        return "out of memory";
    bytes->at = at;
    bytes->room = room;
    return NULL;
}

/* To the end, or to `most` bytes: what is added to a file while it is read comes with the next
 * look at it. */
static const char *read_to(struct cli_bytes *bytes, int file, size_t most)
{
    const char *why = make_room(bytes, most < PK_TEXT_MAX ? most : 4096);
    while (!why && bytes->length < most) {
        size_t room = (most < bytes->room ? most : bytes->room) - bytes->length;
        ssize_t got = read(file, bytes->at + bytes->length, room);
        if (got == 0)
            return NULL;
        if (got < 0 && errno != EINTR)
            return strerror(errno);
        bytes->length += got > 0 ? (size_t)got : 0;
        if (bytes->length >= PK_TEXT_MAX)
            return too_large;
        if (bytes->length == bytes->room && bytes->length < most)
            why = make_room(bytes, bytes->room * 2);
    }
    return why;
}

/* Reading waits from now on. */
static void be_patient(int file)
{
    int flags = fcntl(file, F_GETFL);
    if (flags >= 0 && (flags & O_NONBLOCK))
        fcntl(file, F_SETFL, flags & ~O_NONBLOCK);
}

/* A pipe that was opened without waiting: its end is what is read where nobody has it open for
 * writing, EAGAIN where somebody has. */
static const char *read_pipe(struct cli_bytes *bytes, int file)
{
    struct pollfd pipe = {.fd = file, .events = POLLIN};
    if (poll(&pipe, 1, PATIENCE) == 0 && !read_to(bytes, file, 1) && !bytes->length)
        return "a pipe that nobody writes into";
    be_patient(file);
    return read_to(bytes, file, SIZE_MAX);
}

/* Most have no end; a terminal has, and so has one that holds nothing. */
static const char *read_device(struct cli_bytes *bytes, int file)
{
    if (isatty(file)) {
        be_patient(file);
        return read_to(bytes, file, SIZE_MAX);
    }
    const char *why = read_to(bytes, file, 1);
    return why || bytes->length ? no_document : NULL;
}

static const char *read_all(struct cli_bytes *bytes, int file, bool standard_input)
{
    const struct stat *about = &bytes->stat;
    if (S_ISDIR(about->st_mode))
        return strerror(EISDIR);
    if (S_ISBLK(about->st_mode))
        return no_document;
    if (S_ISCHR(about->st_mode))
        return read_device(bytes, file);
    if (S_ISFIFO(about->st_mode) && !standard_input)
        return read_pipe(bytes, file);
    if (about->st_size >= (off_t)PK_TEXT_MAX)
        return too_large;
    /* /proc has files of 0 bytes that hold some */
    return read_to(bytes, file, about->st_size > 0 ? (size_t)about->st_size : SIZE_MAX);
}

const char *cli_read_file(struct cli_bytes *bytes, const char *path)
{
    bool standard_input = strcmp(path, "-") == 0;
    int file =
        standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return strerror(errno);
    bytes->length = 0;
    const char *why =
        fstat(file, &bytes->stat) == 0 ? read_all(bytes, file, standard_input) : strerror(errno);
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
        return as_read && (errno == EACCES || errno == EPERM)
                   ? "left as it is: no new file can be written beside it"
                   : strerror(errno);
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
        why = "out of memory";
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
