/* memory.c - an allocator that can be told to fail: malloc and its kin for the whole program and
 * the libraries it uses. Linked into a program, or loaded before one (LD_PRELOAD), which then
 * takes PROTOKOL_FAIL_AT and PROTOKOL_FAIL_COUNT from its surroundings. */
#define _GNU_SOURCE
#include "memory.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Threads may ask at once. */
static atomic_ulong asked;
static atomic_long live;
static atomic_bool failed;
static unsigned long fail_at, fail_count;
static bool spared;

/* Under a sanitizer its own functions stand below ours, so that it goes on watching. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#endif

#ifdef SANITIZED
extern void *__interceptor_malloc(size_t);
extern void *__interceptor_calloc(size_t, size_t);
extern void *__interceptor_realloc(void *, size_t);
extern void __interceptor_free(void *);
#define below_malloc  __interceptor_malloc
#define below_calloc  __interceptor_calloc
#define below_realloc __interceptor_realloc
#define below_free    __interceptor_free
#else
static void *(*below_malloc_)(size_t);
static void *(*below_calloc_)(size_t, size_t);
static void *(*below_realloc_)(void *, size_t);

/* dlsym itself may ask for memory, before we know whom to ask. */
static char first[4096];
static size_t first_used;

static void *take_first(size_t size)
{
    size_t taken = (size + 15) & ~(size_t)15;
    if (taken > sizeof first - first_used)
        abort();
    first_used += taken;
    return first + first_used - taken;
}

static void look_up(void)
{
    static bool busy;
    if (below_realloc_ || busy)
        return;
    busy = true;
    void *found = dlsym(RTLD_NEXT, "malloc");
    memcpy(&below_malloc_, &found, sizeof found);
    found = dlsym(RTLD_NEXT, "calloc");
    memcpy(&below_calloc_, &found, sizeof found);
    found = dlsym(RTLD_NEXT, "realloc");
    memcpy(&below_realloc_, &found, sizeof found);
    busy = false;
}

static void *below_malloc(size_t size)
{
    look_up();
    return below_malloc_ ? below_malloc_(size) : take_first(size);
}

static void *below_calloc(size_t count, size_t size)
{
    look_up();
    return below_calloc_ ? below_calloc_(count, size) : take_first(count * size);
}

static void *below_realloc(void *old, size_t size)
{
    look_up();
    return below_realloc_(old, size);
}

/* What came from `first` is never given back; the rest goes where it came from. */
static void (*below_free_)(void *);

static void below_free(void *memory)
{
    char *at = memory;
    if (at >= first && at < first + sizeof first)
        return;
    if (!below_free_) {
        void *found = dlsym(RTLD_NEXT, "free");
        memcpy(&below_free_, &found, sizeof found);
    }
    below_free_(memory);
}
#endif

void memory_fail(unsigned long at, unsigned long count)
{
    asked = 0;
    failed = false;
    fail_at = at;
    fail_count = count;
}

bool memory_spare(bool spare)
{
    bool before = spared;
    spared = spare;
    return before;
}

bool memory_failed(void)
{
    return failed;
}

unsigned long memory_asked(void)
{
    return asked;
}

long memory_live(void)
{
    return live;
}

static bool refuse(void)
{
    unsigned long number = spared ? 0 : atomic_fetch_add(&asked, 1) + 1;
    if (!number || !fail_at || number < fail_at || number - fail_at >= fail_count)
        return false;
    failed = true;
    errno = ENOMEM;
    return true;
}

static void *counted(void *memory)
{
    live += memory != NULL;
    return memory;
}

/* Seen by the libraries, too, whatever the rest is compiled for. */
#pragma GCC visibility push(default)

void *malloc(size_t size)
{
    return refuse() ? NULL : counted(below_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return refuse() ? NULL : counted(below_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    if (refuse())
        return NULL;
    void *grown = below_realloc(old, size);
    return old ? grown : counted(grown);
}

void free(void *memory)
{
    live -= memory != NULL;
    below_free(memory);
}

#pragma GCC visibility pop

/* -- For a program that was not made for it -- */

/* What writes at the program's end how often each line ran (gcov) cannot do without memory. */
static void spare_what_watches(void)
{
    spared = true;
}

__attribute__((constructor)) static void from_surroundings(void)
{
    atexit(spare_what_watches);
    const char *at = getenv("PROTOKOL_FAIL_AT"), *count = getenv("PROTOKOL_FAIL_COUNT");
    if (at)
        memory_fail(strtoul(at, NULL, 10), count ? strtoul(count, NULL, 10) : 1);
}

/* Nothing failed: the walk has come to its end. */
__attribute__((destructor)) static void tell_surroundings(void)
{
    const char *told = getenv("PROTOKOL_FAIL_TOLD");
    if (told && !failed)
        unlink(told);
}
