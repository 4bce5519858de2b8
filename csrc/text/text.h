/* text.h - the ground floor: memory in arenas, views into text, Unicode.
 *
 * Everything above stands on this file and this file stands on libc and, for
 * the Unicode tables, on utf8proc (seen by unicode.c alone).
 */
#ifndef PK_TEXT_H
#define PK_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* -- Views and spans -- */

/* Bytes [at, at + length). Not NUL-terminated; NUL is a byte like any other.
 * Whoever made the bytes keeps them; a view owns nothing. */
struct pk_view {
    const char *at;
    size_t length;
};

/* Byte offsets [start, end) into one document's text. */
struct pk_span {
    uint32_t start, end;
};

/* Replace the bytes of `span` by `text`. An empty span inserts. */
struct pk_edit {
    struct pk_span span;
    struct pk_view text;
};

#define PK_VIEW(literal) ((struct pk_view){(literal), sizeof(literal) - 1})

struct pk_view pk_view_of(const char *string); /* a C string; NULL gives the empty view */

/* Bytes [start, end) of the view, clamped to it. */
static inline struct pk_view pk_view_part(struct pk_view view, size_t start, size_t end)
{
    if (end > view.length)
        end = view.length;
    if (start > end)
        start = end;
    /* An empty view may be at NULL, from which there is no stepping, not even by 0. */
    return (struct pk_view){start ? view.at + start : view.at, end - start};
}

static inline struct pk_view pk_slice(struct pk_view text, struct pk_span span)
{
    return pk_view_part(text, span.start, span.end);
}

struct pk_span pk_span_of(struct pk_view text, struct pk_view part); /* part must lie inside text */

static inline bool pk_same(struct pk_view a, struct pk_view b) /* byte for byte */
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

static inline bool pk_starts(struct pk_view view, struct pk_view prefix)
{
    return view.length >= prefix.length &&
           (prefix.length == 0 || memcmp(view.at, prefix.at, prefix.length) == 0);
}

bool pk_is(struct pk_view, const char *string);

/* FNV-1a (draft-eastlake-fnv), 64 bits: the digest of what went before, begun with
 * PK_DIGEST, and of these bytes. */
#define PK_DIGEST UINT64_C(0xcbf29ce484222325)
uint64_t pk_digest(uint64_t before, struct pk_view);

/* -- Memory -- */

/* An arena gives memory and takes it back all at once. When the system has no
 * more, `failed` is set and stays set: callers may go on with what they have
 * and the failure is looked at in a few places, where it becomes PK_ENOMEM. */
struct pk_arena {
    struct pk_chunk *chunks; /* newest first */
    char *next, *limit;      /* the free part of the newest chunk */
    bool failed;
    bool bounded;                 /* see pk_arena_within */
    bool kept;                    /* the free part is for large pieces, too: see pk_arena_reset */
    bool wide;                    /* see pk_arena_widen */
    _Alignas(16) char spill[256]; /* where a failed push writes; never read */
};

void pk_arena_init(struct pk_arena *);
/* An arena that gives out this memory alone, one piece behind the other, and fails when it is
 * used up. The memory is the caller's: aligned to 16, and zeroed. */
void pk_arena_within(struct pk_arena *, void *memory, size_t size);
/* From now on it takes memory in pieces so large that they go back to the system when it is freed,
 * whatever was taken meanwhile: for an arena beside another one. */
void pk_arena_widen(struct pk_arena *);
void pk_arena_free(struct pk_arena *); /* all memory goes back; the arena is as after init */
/* Likewise, but as much memory as it took is kept for the next document, up to 64 MiB. */
void pk_arena_reset(struct pk_arena *);

/* Zeroed bytes, aligned for any type. NULL when there are none left. */
void *pk_alloc(struct pk_arena *, size_t size);

/* `old` (of old_size bytes, from this arena) made larger, in place where that
 * can be. The new bytes are zero. NULL when there is no memory: `old` stays. */
void *pk_grow(struct pk_arena *, void *old, size_t old_size, size_t new_size);

/* What was made larger than it needs to be: bytes behind new_size go back if it is the newest
 * piece, so that nothing stands behind it. */
void pk_give_back(struct pk_arena *, void *piece, size_t old_size, size_t new_size);

/* The bytes copied, with a NUL behind them that is not counted. */
struct pk_view pk_copy(struct pk_arena *, struct pk_view);

/* A list that grows in an arena. Declare it with PK_LIST(struct thing); add
 * with pk_push(arena, &list), which gives a pointer to the new, zeroed item.
 * Without memory the pointer leads to the arena's spill and count stays, so
 * the caller need not look. Items must not be larger than the spill. */
#define PK_LIST(type)                                                                              \
    struct {                                                                                       \
        type *items;                                                                               \
        uint32_t count, room;                                                                      \
    }
#define pk_push(arena, list)                                                                       \
    ((__typeof__((list)->items))pk_push_item((arena), &(list)->items, &(list)->count,              \
                                             &(list)->room, sizeof *(list)->items))
void *pk_push_more(struct pk_arena *, void *items, uint32_t *count, uint32_t *room, size_t size);

static inline void *pk_push_item(struct pk_arena *arena, void *items, uint32_t *count,
                                 uint32_t *room, size_t size)
{
    char *list;
    if (*count >= *room)
        return pk_push_more(arena, items, count, room, size);
    memcpy(&list, items, sizeof list); /* every object pointer has one shape here (POSIX) */
    return list + size * (*count)++;
}

/* Text that is being written. */
struct pk_buffer {
    struct pk_arena *arena;
    char *bytes;
    size_t length, room;
};

void pk_put(struct pk_buffer *, struct pk_view);
void pk_puts(struct pk_buffer *, const char *string);
void pk_putc(struct pk_buffer *, char);
void pk_put_number(struct pk_buffer *, uint32_t, int digits); /* at least so many */
void pk_putf(struct pk_buffer *, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct pk_view pk_written(const struct pk_buffer *);
struct pk_view pk_all_written(struct pk_buffer *); /* likewise, and room left over goes back */

/* -- Unicode --
 *
 * Text is any bytes; a byte that is no part of well-formed UTF-8 (RFC 3629)
 * steps alone, as U+FFFD. */

#define PK_REPLACEMENT 0xFFFDu

/* The code point at the start of the view and its width in bytes (1 to 4; 0
 * for an empty view). One and two bytes, which is most of what comes along, are
 * decoded here. */
uint32_t pk_decode_any(struct pk_view, size_t *width);

static inline uint32_t pk_decode(struct pk_view view, size_t *width)
{
    const unsigned char *at = (const unsigned char *)view.at;
    if (view.length && at[0] < 0x80) {
        *width = 1;
        return at[0];
    }
    if (view.length > 1 && at[0] >= 0xC2 && at[0] < 0xE0 && (at[1] & 0xC0) == 0x80) {
        *width = 2;
        return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
    }
    return pk_decode_any(view, width);
}

/* The code point that ends right before offset `end` (0 < end <= length). */
uint32_t pk_decode_before_any(struct pk_view, size_t end, size_t *width);

static inline uint32_t pk_decode_before(struct pk_view view, size_t end, size_t *width)
{
    const unsigned char *at = (const unsigned char *)view.at + end;
    if (at[-1] < 0x80) {
        *width = 1;
        return at[-1];
    }
    if (end > 1 && (at[-1] & 0xC0) == 0x80 && at[-2] >= 0xC2 && at[-2] < 0xE0) {
        *width = 2;
        return (at[-2] & 0x1Fu) << 6 | (at[-1] & 0x3Fu);
    }
    return pk_decode_before_any(view, end, width);
}

size_t pk_encode(uint32_t codepoint, char out[4]); /* bytes written */
size_t pk_codepoints(struct pk_view);              /* how many code points */
size_t pk_plain_start(struct pk_view);             /* bytes of ASCII that the view begins with */

bool pk_is_upper_any(uint32_t codepoint);
uint32_t pk_upper(uint32_t codepoint);
uint32_t pk_width(uint32_t codepoint);    /* columns of a terminal: 0, 1 or 2 */
uint32_t pk_to_upper(uint32_t codepoint); /* simple case mapping; ё stays ё */
uint32_t pk_to_lower(uint32_t codepoint);
uint32_t pk_fold_any(uint32_t codepoint);
bool pk_is_letter_any(uint32_t codepoint);
bool pk_is_digit_any(uint32_t codepoint);
bool pk_is_space_any(uint32_t codepoint);

static inline bool pk_is_russian(uint32_t codepoint) /* А to я, without Ё and ё */
{
    return codepoint - 0x410 < 64;
}

/* Simple case folding (Unicode CaseFolding.txt, status C and S); and ё folds to
 * е, as readers of Russian expect. */
static inline uint32_t pk_fold(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint - 'A' < 26 ? codepoint + 32 : codepoint;
    if (pk_is_russian(codepoint))
        return codepoint < 0x430 ? codepoint + 32 : codepoint;
    return pk_fold_any(codepoint);
}

/* Lu and Lt. */
static inline bool pk_is_upper(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint - 'A' < 26;
    return pk_is_russian(codepoint) ? codepoint < 0x430 : pk_is_upper_any(codepoint);
}

/* Categories L* and M*. */
static inline bool pk_is_letter(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return (codepoint | 32) - 'a' < 26;
    return pk_is_russian(codepoint) || pk_is_letter_any(codepoint);
}

/* Category Nd. */
static inline bool pk_is_digit(uint32_t codepoint)
{
    return codepoint < 0x80 ? codepoint - '0' < 10 : pk_is_digit_any(codepoint);
}

/* White_Space, with NBSP, and U+FEFF. */
static inline bool pk_is_space(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint == ' ' || codepoint - '\t' < 5;
    return !pk_is_russian(codepoint) && pk_is_space_any(codepoint);
}

/* A letter, a mark, a digit or "_". */
static inline bool pk_is_word(uint32_t codepoint)
{
    return pk_is_letter(codepoint) || codepoint == '_' || pk_is_digit(codepoint);
}

bool pk_is_cyrillic(uint32_t codepoint);

struct pk_view pk_trim_any(struct pk_view);

/* Does that byte begin a Cyrillic letter up to U+047F? */
static inline bool pk_leads_cyrillic(unsigned char byte)
{
    return (byte & 0xFE) == 0xD0;
}

/* Without white space at both ends, NBSP too. */
static inline struct pk_view pk_trim(struct pk_view view)
{
    const unsigned char *at = (const unsigned char *)view.at;
    size_t last = view.length - 1;
    bool starts = view.length && (at[0] < 0x80 ? at[0] > ' ' : pk_leads_cyrillic(at[0]));
    bool ends =
        starts && (at[last] < 0x80 ? at[last] > ' ' : last && pk_leads_cyrillic(at[last - 1]));
    return ends ? view : pk_trim_any(view);
}

/* Folded copy: pk_fold on each code point, white space runs made one blank. */
struct pk_view pk_folded(struct pk_arena *, struct pk_view);
bool pk_same_folded(struct pk_view, struct pk_view);
/* Are they but one slip apart, case aside: a code point more, less or another one, or two
 * neighbours swapped? Where the slip is: code points from the start, in *at (may be NULL). */
bool pk_is_near(struct pk_view, struct pk_view, size_t *at);

/* -- Trouble -- */

/* What a function that can fail returns: 0 or one of these. */
enum pk_status {
    PK_OK,
    PK_ENOMEM,  /* the system has no more memory */
    PK_ETOOBIG, /* a text of PK_TEXT_MAX bytes or more */
    PK_EIO,     /* a file could not be read; the error says which and why */
    PK_EINPUT,  /* a profile, language or option is wrong; the error has the place */
};

#define PK_TEXT_MAX 0x7fffffffu /* bytes: offsets are 32 bits */

/* Where and why. In English: it speaks to whoever writes a profile. */
struct pk_error {
    char message[400];
    char file[400];        /* empty: not in a file */
    uint32_t line, column; /* from 1, column in bytes; 0: no place */
};

enum pk_status pk_fail(struct pk_error *, enum pk_status, const char *format, ...)
    __attribute__((format(printf, 3, 4))); /* fills the message, returns the status */

#endif
