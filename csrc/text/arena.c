/* arena.c - memory that is given piece by piece and taken back all at once. */
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

/* Tests make chunks small, so that each piece may be the one there is no memory for. */
#ifndef CHUNK
#define CHUNK ((size_t)64 * 1024)
#endif
enum { ALIGN = 16 };
#define WIDE (CHUNK * 16)

/* Under AddressSanitizer what is not given out is poisoned, and a gap stands behind each piece:
 * so it sees a step beyond one, and the use of what was taken back. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PK_POISON
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define PK_POISON
#endif
#ifdef PK_POISON
#include <sanitizer/asan_interface.h>
enum { GAP = ALIGN };
#else
#define ASAN_POISON_MEMORY_REGION(at, size)   ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
enum { GAP = 0 };
#endif

/* Pieces of OWN bytes or more get a chunk of their own, which realloc can then
 * make larger without a copy. */
#define OWN (CHUNK / 4)

/* So much a reset keeps, and no more. */
#define KEPT ((size_t)64 * 1024 * 1024)

struct pk_chunk {
    struct pk_chunk *older;
    size_t size; /* of the bytes behind this header */
    bool own;    /* holds one large piece */
    _Alignas(ALIGN) char bytes[];
};

void pk_arena_init(struct pk_arena *arena)
{
    memset(arena, 0, sizeof *arena);
}

void pk_arena_within(struct pk_arena *arena, void *memory, size_t size)
{
    pk_arena_init(arena);
    arena->bounded = true;
    arena->next = memory;
    arena->limit = arena->next + size;
}

void pk_arena_widen(struct pk_arena *arena)
{
    arena->wide = true;
}

void pk_arena_free(struct pk_arena *arena)
{
    struct pk_chunk *chunk = arena->chunks;
    while (chunk) {
        struct pk_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    pk_arena_init(arena);
}

static size_t size_of_all(const struct pk_arena *arena)
{
    size_t size = 0;
    for (const struct pk_chunk *chunk = arena->chunks; chunk; chunk = chunk->older)
        size += chunk->size;
    return size;
}

/* Pages that go back to the system are dear to get again: the next document finds room for as much
 * as this one took, in one chunk. */
void pk_arena_reset(struct pk_arena *arena)
{
    struct pk_chunk *keep = arena->chunks;
    size_t size = size_of_all(arena);
    if (keep && (keep->older || keep->own)) {
        pk_arena_free(arena);
        size = size < CHUNK || size > KEPT ? CHUNK : size;
        keep = malloc(sizeof *keep + size);
    }
    pk_arena_init(arena);
    if (!keep)
        return;
    *keep = (struct pk_chunk){.size = size};
    arena->chunks = keep;
    arena->next = keep->bytes;
    arena->limit = keep->bytes + size;
    arena->kept = size > CHUNK;
    ASAN_POISON_MEMORY_REGION(keep->bytes, size);
}

static struct pk_chunk *new_chunk(struct pk_arena *arena, size_t size)
{
    bool none = arena->bounded || size > SIZE_MAX / 2;
    struct pk_chunk *chunk = none ? NULL : malloc(sizeof *chunk + size);
    if (!chunk) {
        arena->failed = true;
        return NULL;
    }
    chunk->size = size;
    chunk->own = false;
    chunk->older = arena->chunks;
    arena->chunks = chunk;
    return chunk;
}

/* What a piece takes of its chunk. */
static size_t aligned(size_t size)
{
    return ((size + ALIGN - 1) & ~(size_t)(ALIGN - 1)) + GAP;
}

static void *alloc_own(struct pk_arena *arena, size_t size)
{
    struct pk_chunk *chunk = new_chunk(arena, size);
    if (!chunk)
        return NULL;
    chunk->own = true;
    return memset(chunk->bytes, 0, size);
}

void *pk_alloc(struct pk_arena *arena, size_t size)
{
    size_t taken = aligned(size ? size : 1);
    bool fits = arena->next && (size_t)(arena->limit - arena->next) >= taken && taken >= size;
    if (size >= OWN && !arena->bounded && !(fits && arena->kept))
        return alloc_own(arena, size);
    if (!fits) {
        size_t room = arena->wide ? WIDE : CHUNK;
        struct pk_chunk *chunk = new_chunk(arena, room);
        if (!chunk)
            return NULL;
        arena->next = chunk->bytes;
        arena->limit = chunk->bytes + room;
        arena->kept = false;
        ASAN_POISON_MEMORY_REGION(chunk->bytes, room);
    }
    char *piece = arena->next;
    arena->next += taken;
    ASAN_UNPOISON_MEMORY_REGION(piece, size);
    return memset(piece, 0, size);
}

/* The link that leads to a chunk with one large piece; NULL: the piece is among others. */
static struct pk_chunk **link_to(struct pk_arena *arena, const char *piece)
{
    struct pk_chunk **link = &arena->chunks;
    while (*link && (*link)->bytes != piece)
        link = &(*link)->older;
    return *link && (*link)->own ? link : NULL;
}

static void *grow_own(struct pk_arena *arena, struct pk_chunk **link, size_t old_size,
                      size_t new_size)
{
    struct pk_chunk *chunk =
        new_size <= SIZE_MAX / 2 ? realloc(*link, sizeof *chunk + new_size) : NULL;
    if (!chunk) {
        arena->failed = true;
        return NULL;
    }
    *link = chunk;
    chunk->size = new_size;
    memset(chunk->bytes + old_size, 0, new_size - old_size);
    return chunk->bytes;
}

void *pk_grow(struct pk_arena *arena, void *old, size_t old_size, size_t new_size)
{
    if (new_size <= old_size)
        return old;
    struct pk_chunk **link = old_size >= OWN && !arena->bounded ? link_to(arena, old) : NULL;
    if (link)
        return grow_own(arena, link, old_size, new_size);

    char *start = old;
    bool newest = start && arena->next == start + aligned(old_size);
    if (newest && (new_size < OWN || arena->bounded || arena->kept) &&
        (size_t)(arena->limit - start) >= aligned(new_size)) {
        arena->next = start + aligned(new_size);
        ASAN_UNPOISON_MEMORY_REGION(start, new_size);
        memset(start + old_size, 0, new_size - old_size);
        return start;
    }
    void *fresh = pk_alloc(arena, new_size);
    if (fresh && old && old_size)
        memcpy(fresh, old, old_size);
    return fresh;
}

void pk_give_back(struct pk_arena *arena, void *piece, size_t old_size, size_t new_size)
{
    char *start = piece;
    size_t old_taken = aligned(old_size), taken = aligned(new_size ? new_size : 1);
    if (taken >= old_taken || !start || arena->next != start + old_taken)
        return;
    arena->next = start + taken;
    ASAN_POISON_MEMORY_REGION(start + new_size, (size_t)(arena->limit - start) - new_size);
}

struct pk_view pk_copy(struct pk_arena *arena, struct pk_view view)
{
    char *bytes = pk_alloc(arena, view.length + 1);
    if (!bytes)
        return (struct pk_view){"", 0};
    if (view.length)
        memcpy(bytes, view.at, view.length);
    return (struct pk_view){bytes, view.length};
}

/* Room for how many items, at first and then. */
static uint32_t more_room(uint32_t room, size_t size)
{
    enum { FIRST_BYTES = 128, FIRST_ITEMS = 8, LARGE = 1 << 20 };
    size_t first = FIRST_BYTES / size;
    if (!room)
        return first > FIRST_ITEMS ? FIRST_ITEMS : first ? (uint32_t)first : 1;
    return room * size < LARGE ? room * 2 : room + room / 4;
}

void *pk_push_more(struct pk_arena *arena, void *items, uint32_t *count, uint32_t *room,
                   size_t size)
{
    char *list;
    memcpy(&list, items, sizeof list);
    uint32_t more = more_room(*room, size);
    char *grown = more > *room ? pk_grow(arena, list, *room * size, more * size) : NULL;
    if (!grown) {
        arena->failed = true;
        return memset(arena->spill, 0, sizeof arena->spill);
    }
    memcpy(items, &grown, sizeof grown);
    *room = more;
    return grown + size * (*count)++;
}
