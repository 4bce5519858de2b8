/* scan.c - the places of a leaf where something may be read: words that begin phrases, figures,
 * signs.
 *
 * Each leaf is gone through once; whoever looks for dates, owners or verbs then steps from one
 * such place to the next instead of from letter to letter.
 */
#include "read/read.h"

/* A sign that opens a mark of some program, or a picture: "/", and all from U+2000 on. */
static bool is_telling(uint32_t sign)
{
    return sign == '/' || sign >= 0x2000;
}

/* What the word or sign at `at` is, and its width. */
static struct pk_spot point_at(const struct pk_words *words, struct pk_view text, size_t at,
                               size_t *width)
{
    struct pk_spot point = {.at = at};
    uint32_t sign = pk_char_at(text, at, width);
    point.known = pk_words_first(words, pk_view_part(text, at, text.length));
    *width = point.known.width;
    if (sign - '0' < 10)
        point.what |= PK_AT_FIGURE;
    else if (!pk_is_word(sign))
        point.what |= is_telling(sign) ? PK_AT_SIGN : 0;
    else if (at + *width < text.length &&
             (text.at[at + *width] == ':' || text.at[at + *width] == '('))
        point.what |= PK_AT_KEY;
    return point;
}

/* A point whose next word is known: of its phrases only those that may go on with it. */
static void add_point(struct pk_arena *arena, const struct pk_words *words, struct pk_scan *scan,
                      const struct pk_spot *point, const struct pk_headword *next)
{
    uint64_t kinds = point->known.first ? pk_words_kinds(words, &point->known, next) : 0;
    if (!kinds && !point->what)
        return;
    struct pk_spot *kept = pk_push(arena, &scan->point);
    *kept = *point;
    kept->known.kinds = kinds;
    if (!kinds)
        kept->known.first = NULL;
    scan->kinds |= kinds;
}

struct pk_scan *pk_scan(struct pk_arena *arena, const struct pk_words *words, struct pk_view text)
{
    struct pk_scan *scan = pk_alloc(arena, sizeof *scan);
    struct pk_spot last = {0};
    size_t width;
    if (!scan)
        return NULL;
    for (size_t at = 0; at < text.length; at += width) {
        if (text.at[at] == ' ') {
            width = 1;
            continue;
        }
        struct pk_spot point = point_at(words, text, at, &width);
        unsigned char byte = (unsigned char)text.at[at];
        if (byte < 0x80)
            scan->sign[byte >> 6] |= UINT64_C(1) << (byte & 63);
        scan->what |= point.what;
        add_point(arena, words, scan, &last, &point.known);
        last = point;
    }
    add_point(arena, words, scan, &last, &(struct pk_headword){0});
    scan->start = text.at;
    scan->length = text.length;
    return scan;
}

/* The number of the first point at or behind that offset. Looks go from left to right, mostly. */
static uint32_t find(struct pk_scan *scan, size_t offset)
{
    const struct pk_spot *point = scan->point.items;
    uint32_t low = 0, high = scan->point.count, hint = scan->hint;
    if (hint < high && point[hint].at < offset)
        low = hint + 1;
    else if (hint < high && (point[hint].at == offset || !hint || point[hint - 1].at < offset))
        return hint;
    else if (hint < high)
        high = hint;
    for (uint32_t near = 0; low < high && near < 4; near++, low++) {
        if (point[low].at >= offset)
            return scan->hint = low;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (point[middle].at >= offset)
            high = middle;
        else
            low = middle + 1;
    }
    return scan->hint = low;
}

/* The scan that holds the view, and where; NULL: the last leaf asked for is another. */
static struct pk_scan *scan_of(const struct pk_reader *reader, struct pk_view text, size_t *offset)
{
    struct pk_scan *scan = reader->look->scan;
    if (!scan)
        return NULL;
    *offset = (size_t)((uintptr_t)text.at - (uintptr_t)scan->start);
    return *offset + text.length <= scan->length && *offset <= scan->length ? scan : NULL;
}

struct pk_headword pk_headword_here(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    static const struct pk_headword none = {0};
    size_t offset;
    if (at >= text.length)
        return none;
    struct pk_scan *scan = scan_of(reader, text, &offset);
    if (scan) {
        uint32_t i = find(scan, offset + at);
        bool here = i < scan->point.count && scan->point.items[i].at == offset + at;
        if (here || pk_word_starts(text, at))
            return here ? scan->point.items[i].known : none;
    }
    struct pk_look *look = reader->look;
    struct pk_view rest = pk_view_part(text, at, text.length);
    if (look->at == rest.at && look->length == rest.length)
        return look->known;
    look->at = rest.at;
    look->length = rest.length;
    return look->known = pk_words_first(reader->words, rest);
}

uint64_t pk_kinds_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    return pk_headword_here(reader, text, at).kinds;
}

uint64_t pk_kinds_in(const struct pk_reader *reader, struct pk_view text)
{
    size_t offset;
    const struct pk_scan *scan = scan_of(reader, text, &offset);
    return scan ? scan->kinds : UINT64_MAX;
}

bool pk_may_hold(const struct pk_reader *reader, struct pk_view text, const char *signs)
{
    size_t offset;
    const struct pk_scan *scan = scan_of(reader, text, &offset);
    if (!scan || scan->what & PK_AT_SIGN)
        return true;
    for (; *signs; signs++) {
        unsigned char byte = (unsigned char)*signs;
        if (scan->sign[byte >> 6] & UINT64_C(1) << (byte & 63))
            return true;
    }
    return false;
}

static bool fits(const struct pk_spot *point, uint64_t kinds, unsigned what)
{
    return (point->what & what) || (point->known.kinds & kinds);
}

/* Likewise in a view of no leaf. */
static size_t step_to(const struct pk_reader *reader, struct pk_view text, size_t at,
                      uint64_t kinds, unsigned what)
{
    size_t width;
    while (at < text.length) {
        if (pk_word_starts(text, at)) {
            struct pk_spot point = point_at(reader->words, text, at, &width);
            if (fits(&point, kinds, what))
                return at;
        }
        pk_char_at(text, at, &width);
        at += width;
    }
    return text.length;
}

size_t pk_next_spot(const struct pk_reader *reader, struct pk_view text, size_t at, uint64_t kinds,
                    unsigned what)
{
    size_t offset;
    struct pk_scan *scan = scan_of(reader, text, &offset);
    if (!scan)
        return step_to(reader, text, at, kinds, what);
    if (at >= text.length || !(what || (scan->kinds & kinds)))
        return text.length;
    uint32_t i = find(scan, offset + at);
    while (i < scan->point.count && !fits(&scan->point.items[i], kinds, what))
        i++;
    scan->hint = i;
    size_t found = i < scan->point.count ? scan->point.items[i].at - offset : text.length;
    return found < text.length ? found : text.length;
}
