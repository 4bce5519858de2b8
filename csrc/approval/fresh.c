/* fresh.c - files in the making, which their writer holds locked until they are in place: so that
 * those of a writer that died can be told, and cleared away. */
#define _DEFAULT_SOURCE /* flock */

#include "approval/approval.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIGITS = 6 /* of a name that mkstemp made */ };

int pk_fresh_open(char *path)
{
    enum { TRIES = 8 };
    size_t stem = strlen(path) - DIGITS;
    for (int i = 0; i < TRIES; i++) {
        struct stat about;
        memset(path + stem, 'X', DIGITS);
        int file = mkstemp(path);
        if (file < 0)
            return -1;
        fcntl(file, F_SETFD, FD_CLOEXEC);
        while (flock(file, LOCK_EX) != 0 && errno == EINTR)
            ; /* a file system without locks: nobody clears there */
        if (fstat(file, &about) == 0 && about.st_nlink > 0)
            return file;
        close(file); /* it was cleared away before it was locked */
    }
    errno = EAGAIN;
    return -1;
}

static bool is_fresh(const char *name, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 && strlen(name) == length + DIGITS;
}

/* Whoever can lock it is alone with it: its writer is gone. */
static void clear(int folder, const char *name)
{
    struct stat about;
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return;
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && flock(file, LOCK_EX | LOCK_NB) == 0)
        unlinkat(folder, name, 0);
    close(file);
}

void pk_fresh_clear(const char *folder, const char *prefix)
{
    DIR *directory = opendir(folder);
    if (!directory)
        return;
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (is_fresh(entry->d_name, prefix))
            clear(dirfd(directory), entry->d_name);
    }
    closedir(directory);
}

bool pk_write_all(int file, struct pk_view bytes)
{
    while (bytes.length) {
        ssize_t put = write(file, bytes.at, bytes.length);
        if (put < 0 && errno != EINTR)
            return false;
        bytes = pk_view_part(bytes, put > 0 ? (size_t)put : 0, bytes.length);
    }
    return true;
}

void pk_sync_folder(const char *folder)
{
    int file = open(folder, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    fsync(file);
    close(file);
}
