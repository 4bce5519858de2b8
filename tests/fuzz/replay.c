/* replay.c - give files, and the files of folders, to a fuzzing target, without a fuzzer. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATH = 4096 };

static int replayed;

static bool replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    size_t length = 0, room = 0, got = 1;
    while (file && got) {
        if (length == room) {
            uint8_t *more = realloc(bytes, room = room * 2 + 4096);
            if (!more)
                break;
            bytes = more;
        }
        got = fread(bytes + length, 1, room - length, file);
        length += got;
    }
    bool read = file && !ferror(file) && !got;
    /* An exact piece, so that a sanitizer sees a step beyond it. */
    uint8_t *exact = read ? realloc(bytes, length ? length : 1) : NULL;
    if (exact) {
        fprintf(stderr, "%s\n", path);
        LLVMFuzzerTestOneInput(exact, length);
        replayed++;
    }
    free(exact ? exact : bytes);
    if (file)
        fclose(file);
    return exact != NULL;
}

static bool replay(const char *path)
{
    char inside[PATH];
    DIR *folder = opendir(path);
    if (!folder)
        return replay_file(path);
    bool good = true;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.' &&
            snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name) < PATH)
            good = replay_file(inside) && good;
    closedir(folder);
    return good;
}

int main(int count, char **path)
{
    bool good = true;
    for (int i = 1; i < count; i++)
        good = replay(path[i]) && good;
    printf("%d replayed\n", replayed);
    return good && replayed ? 0 : 1;
}
