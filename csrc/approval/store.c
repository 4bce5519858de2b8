/* store.c - keep each revision that was sent beside its document, never to be written again. */
#define _XOPEN_SOURCE 700

#include "approval/approval.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "folder/.protokol/name/r3.md" of "folder/name.md". */
struct path {
    char folder[PK_PATH]; /* "folder/.protokol/name" */
    char file[PK_PATH];
    char fresh[PK_PATH];
};

static enum pk_status fail(struct pk_error *error, const char *path)
{
    int number = errno;
    /* cppcheck-suppress ctuuninitvar ; it is set here */
    snprintf(error->file, sizeof error->file, "%.*s", (int)sizeof error->file - 1, path);
    return pk_fail(error, PK_EIO, "%s", strerror(number));
}

static enum pk_status name(struct path *path, const char *document, char series, uint32_t number,
                           struct pk_error *error)
{
    char real[PK_PATH]; /* what a link leads to: one document has one folder */
    bool found = strlen(document) < PK_PATH && realpath(document, real);
    if (!found && errno == ENOMEM)
        return fail(error, document);
    if (found)
        document = real;
    const char *slash = strrchr(document, '/');
    const char *base = slash ? slash + 1 : document, *dot = strrchr(base, '.');
    int folder = (int)(base - document),
        stem = (int)(dot && dot > base ? dot - base : (int)strlen(base));
    const char *ending = dot && dot > base ? dot : "";
    if (strlen(document) + 64 > PK_PATH)
        return pk_fail(error, PK_EIO, "the path is too long");
    snprintf(path->folder, PK_PATH, "%.*s.protokol/%.*s", folder, document, stem, base);
    snprintf(path->file, PK_PATH, "%.*s.protokol/%.*s/%c%u%s", folder, document, stem, base, series,
             number, ending);
    snprintf(path->fresh, PK_PATH, "%.*s.protokol/%.*s/.fresh-XXXXXX", folder, document, stem,
             base);
    return PK_OK;
}

/* A link to one is none: it may lead anywhere. */
static bool is_folder(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool make_folder(const char *folder)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return false;
    bool real = is_folder(folder);
    if (!real)
        errno = ENOTDIR;
    return real;
}

/* The two folders, one inside the other. */
static bool make_folders(struct path *path)
{
    char *last = strrchr(path->folder, '/');
    *last = '\0';
    bool made = make_folder(path->folder);
    *last = '/';
    return made && make_folder(path->folder);
}

/* Folders that stayed empty go again. */
static void unmake_folders(struct path *path)
{
    char *last = strrchr(path->folder, '/');
    rmdir(path->folder);
    *last = '\0';
    rmdir(path->folder);
    *last = '/';
}

/* What is kept, to be read. Nothing is read through a link: the folders may have come with a
 * stranger's document. */
static int open_kept(const struct path *path)
{
    char outer[PK_PATH];
    snprintf(outer, sizeof outer, "%.*s", (int)(strrchr(path->folder, '/') - path->folder),
             path->folder);
    if (is_folder(outer) && is_folder(path->folder))
        return open(path->file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    errno = access(path->folder, F_OK) == 0 ? ENOTDIR : ENOENT;
    return -1;
}

static bool write_for_good(int file, struct pk_view bytes)
{
    return pk_write_all(file, bytes) && fchmod(file, 0444) == 0 && fsync(file) == 0;
}

static bool holds(const struct path *path, struct pk_view bytes)
{
    char room[4096];
    int file = open_kept(path);
    bool same = file >= 0;
    while (same) {
        ssize_t got = read(file, room, sizeof room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            same = got == 0 && !bytes.length;
            break;
        }
        same = (size_t)got <= bytes.length && memcmp(room, bytes.at, (size_t)got) == 0;
        bytes = pk_view_part(bytes, (size_t)got, bytes.length);
    }
    if (file >= 0)
        close(file);
    return same;
}

/* A name that is taken is never taken anew: link(2) fails where rename(2) would replace. */
static bool put_in_place(struct path *path, struct pk_view bytes)
{
    int file = pk_fresh_open(path->fresh);
    if (file < 0)
        return false;
    bool done = write_for_good(file, bytes);
    int why = errno;
    if (done && link(path->fresh, path->file) != 0) {
        why = errno;
        done = false;
        bool able = why != EPERM && why != EOPNOTSUPP && why != EMLINK;
        if (!able && access(path->file, F_OK) != 0) /* a file system without links */
            done = rename(path->fresh, path->file) == 0;
    }
    unlink(path->fresh);
    close(file);
    pk_sync_folder(path->folder);
    errno = why;
    return done;
}

/* What is kept under that number, though no log knows it: an earlier try was broken off, or the
 * document was put back to what it was. It stays, under a name of its own. */
static bool set_aside(struct path *path)
{
    enum { TRIES = 1000 };
    const char *dot = strrchr(path->file, '.'), *slash = strrchr(path->file, '/');
    size_t stem = dot > slash ? (size_t)(dot - path->file) : strlen(path->file);
    for (int i = 1; i < TRIES; i++) {
        snprintf(path->fresh, PK_PATH, "%.*s-unsent-%d%s", (int)stem, path->file, i,
                 path->file + stem);
        if (link(path->file, path->fresh) == 0)
            return unlink(path->file) == 0;
        if (errno != EEXIST)
            return false;
    }
    return false;
}

enum pk_status pk_revision_keep(const char *document, char series, uint32_t number,
                                struct pk_view bytes, struct pk_error *error)
{
    struct path path;
    enum pk_status status = name(&path, document, series, number, error);
    if (status != PK_OK)
        return status;
    if (!make_folders(&path)) {
        status = fail(error, path.folder);
        unmake_folders(&path);
        return status;
    }
    pk_fresh_clear(path.folder, ".fresh-");
    if (put_in_place(&path, bytes))
        return PK_OK;
    if (errno == EEXIST && holds(&path, bytes))
        return PK_OK; /* an earlier try came as far as this */
    if (errno == EEXIST && set_aside(&path) &&
        name(&path, document, series, number, error) == PK_OK && put_in_place(&path, bytes))
        return PK_OK;
    status = fail(error, path.file);
    unmake_folders(&path);
    return status;
}

enum pk_status pk_revision_read(struct pk_arena *arena, const char *document, char series,
                                uint32_t number, struct pk_view *bytes, struct pk_error *error)
{
    struct path path;
    struct stat about;
    enum pk_status status = name(&path, document, series, number, error);
    if (status != PK_OK)
        return status;
    int file = open_kept(&path);
    bool regular = file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    size_t size = regular ? (size_t)about.st_size : 0, length = 0;
    char *room = regular && size < PK_TEXT_MAX ? pk_alloc(arena, size + 1) : NULL;
    while (room && length < size) {
        ssize_t got = read(file, room + length, size - length);
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        length += got > 0 ? (size_t)got : 0;
    }
    if (file < 0 || !room || length < size)
        status = fail(error, path.file);
    if (file >= 0)
        close(file);
    *bytes = (struct pk_view){room ? room : "", length};
    return status;
}

bool pk_revision_kept(const char *document, char series, uint32_t number)
{
    struct path path;
    struct pk_error error;
    struct stat about;
    int file = name(&path, document, series, number, &error) == PK_OK ? open_kept(&path) : -1;
    bool kept = file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    if (file >= 0)
        close(file);
    return kept;
}
