/* scan.c - the places of a leaf where something may be read: words that begin phrases, figures,
 * signs.
 *
 * Each leaf is gone through once; whoever looks for dates, owners or verbs then steps from one
 * such place to the next instead of from letter to letter. Which phrases stand at a spot is settled
 * here, so that few look in vain.
 */
#include "read/read.h"

#include <string.h>

/* -- Making one -- */

/* What a word or sign that begins with that byte is: of signs those tell that open a mark of some
 * program, are pictures or part clauses. */
static const unsigned char begins[128] = {
    ['0'] = PK_AT_FIGURE, ['1'] = PK_AT_FIGURE, ['2'] = PK_AT_FIGURE, ['3'] = PK_AT_FIGURE,
    ['4'] = PK_AT_FIGURE, ['5'] = PK_AT_FIGURE, ['6'] = PK_AT_FIGURE, ['7'] = PK_AT_FIGURE,
    ['8'] = PK_AT_FIGURE, ['9'] = PK_AT_FIGURE, ['('] = PK_AT_JOINT,  [')'] = PK_AT_JOINT,
    [','] = PK_AT_JOINT,  [';'] = PK_AT_JOINT,  [':'] = PK_AT_JOINT,  ['-'] = PK_AT_JOINT,
    ['/'] = PK_AT_SIGN};

/* Does ":" or "(" stand behind the word that ends there? */
static inline uint32_t key_at(struct pk_view text, size_t end)
{
    return end < text.length && (text.at[end] == ':' || text.at[end] == '(') ? PK_AT_KEY : 0;
}

/* What a word that is not of ASCII, or a sign, is. */
static uint32_t other_is(struct pk_view text, size_t at, size_t end)
{
    size_t width;
    unsigned char byte = (unsigned char)text.at[at];
    if (byte < 0x80)
        return begins[byte];
    if (pk_leads_cyrillic(byte) && end > at + 1)
        return key_at(text, end);
    uint32_t sign = pk_char_at(text, at, &width);
    if (pk_is_word(sign))
        return key_at(text, end);
    return sign >= 0x2000 ? PK_AT_SIGN : 0;
}

/* What stands at `at` and ends at `end`. */
static inline uint32_t what_is(struct pk_view text, size_t at, size_t end)
{
    unsigned char byte = (unsigned char)text.at[at];
    if (!pk_plain_word[byte])
        return other_is(text, at, end);
    return begins[byte] ? begins[byte] : key_at(text, end);
}

static const struct pk_headword nothing = {0};
enum { MOST_KNOWN = (1 << 28) - 1, ALL_WHAT = 15 };

static inline const struct pk_headword *known_at(const struct pk_look *look,
                                                 const struct pk_spot *spot)
{
    return spot->known ? &look->shared.items[spot->known - 1] : &nothing;
}

/* The number of what is known of a word. A document has few of them that differ. */
static uint32_t share(const struct pk_reader *reader, const struct pk_headword *known)
{
    struct pk_look *look = reader->look;
    size_t places = sizeof look->seen / sizeof *look->seen;
    uint32_t *place =
        &look->seen[(known->hash ^ (uintptr_t)known->phrase / sizeof *known->phrase) % places];
    const struct pk_headword *seen = *place ? &look->shared.items[*place - 1] : &nothing;
    if (seen->first == known->first && seen->phrase == known->phrase &&
        seen->kinds == known->kinds && seen->width == known->width)
        return *place;
    if (look->shared.count < MOST_KNOWN)
        *pk_push(look->arena, &look->shared) = *known;
    if (look->arena->failed || look->shared.count == MOST_KNOWN) {
        reader->arena->failed = true;
        return 0;
    }
    return *place = look->shared.count;
}

/* The last spot, now that the word behind it is known. */
static void settle(const struct pk_reader *reader, struct pk_spot *spot, struct pk_headword *known,
                   uint32_t next, struct pk_view text)
{
    struct pk_view rest = {text.at + spot->at, text.length - spot->at};
    pk_words_settle(reader->words, known, next, rest);
    if (known->kinds)
        spot->known = share(reader, known) & MOST_KNOWN;
    else
        reader->look->spot.count -= !spot->what;
}

/* For each stretch the number of its first spot. */
static inline uint32_t *stretches_of(const struct pk_scan *scan)
{
    return (uint32_t *)(void *)(scan->spot + scan->count);
}

/* With its spots and the table of stretches, in one piece of memory. */
static struct pk_scan *keep(const struct pk_reader *reader, const struct pk_scan *scan)
{
    const struct pk_look *look = reader->look;
    size_t stretches = scan->length / PK_STRETCH + 1, stretch = 0;
    size_t size = look->spot.count * sizeof *look->spot.items;
    struct pk_scan *kept =
        pk_alloc(look->arena, sizeof *scan + size + stretches * sizeof(uint32_t));
    if (!kept) {
        reader->arena->failed = true;
        return NULL;
    }
    *kept = *scan;
    kept->count = look->spot.count;
    memcpy(kept->spot, look->spot.items, size);
    uint32_t *first = stretches_of(kept);
    for (uint32_t i = 0; i < kept->count; i++) {
        kept->kinds |= known_at(look, &kept->spot[i])->kinds;
        kept->what |= kept->spot[i].what;
        for (; stretch < stretches && stretch <= kept->spot[i].at / PK_STRETCH; stretch++)
            first[stretch] = i;
    }
    return kept;
}

/* How many bytes of white space stand at `at`. */
static inline size_t blank_at(struct pk_view text, size_t at)
{
    size_t width;
    unsigned char byte = (unsigned char)text.at[at];
    if (byte == ' ')
        return 1;
    if (pk_plain_word[byte] || pk_leads_cyrillic(byte))
        return 0;
    return pk_is_space(pk_char_at(text, at, &width)) ? width : 0;
}

struct pk_scan *pk_scan(const struct pk_reader *reader, struct pk_view text)
{
    struct pk_scan scan = {.start = text.at, .length = (uint32_t)text.length};
    const struct pk_words words = *reader->words; /* read once */
    struct pk_spot *open = NULL;                  /* may begin a phrase of several words: */
    struct pk_headword known = {0};               /* those of the last spot */
    size_t width;
    reader->look->spot.count = 0;
    for (size_t at = 0; at < text.length; at += width) {
        if ((width = blank_at(text, at)))
            continue;
        struct pk_view word = {text.at + at, text.length - at};
        uint32_t hash = pk_hash_word(word, &width), what = what_is(text, at, at + width);
        unsigned char byte = (unsigned char)text.at[at];
        if (!pk_plain_word[byte] && byte < 0x80)
            scan.sign[byte >> 6] |= UINT64_C(1) << (byte & 63);
        if (open)
            settle(reader, open, &known, hash, text);
        open = NULL;
        word.length = width;
        const struct pk_first *first =
            pk_may_begin(&words, hash) ? pk_first_of(&words, hash, word) : NULL;
        if (!what && !first)
            continue;
        struct pk_spot *spot = pk_push(reader->arena, &reader->look->spot);
        *spot = (struct pk_spot){(uint32_t)at, what & ALL_WHAT, 0};
        if (!first)
            continue;
        known = (struct pk_headword){first, first->phrase, first->kinds, hash, (uint32_t)width};
        if (first->phrase != first->single)
            open = spot;
        else
            spot->known = share(reader, &known) & MOST_KNOWN;
    }
    if (open)
        settle(reader, open, &known, 0, text);
    *pk_push(reader->arena, &reader->look->spot) = (struct pk_spot){.at = UINT32_MAX};
    return reader->arena->failed ? NULL : keep(reader, &scan);
}

/* -- Looking at it -- */

/* The first spot at or behind that offset of the leaf; behind all stands one that is none. */
static const struct pk_spot *spot_from(const struct pk_scan *scan, size_t offset)
{
    const struct pk_spot *spot = scan->spot + stretches_of(scan)[offset / PK_STRETCH];
    while (spot->at < offset)
        spot++;
    return spot;
}

const struct pk_headword *pk_headword_here(const struct pk_reader *reader, struct pk_view text,
                                           size_t at)
{
    size_t offset;
    if (at >= text.length)
        return &nothing;
    const struct pk_scan *scan = pk_scan_of(reader, text, &offset);
    if (scan) {
        const struct pk_spot *spot = spot_from(scan, offset + at);
        return spot->at == offset + at ? known_at(reader->look, spot) : &nothing;
    }
    struct pk_look *look = reader->look;
    struct pk_view rest = pk_view_part(text, at, text.length);
    if (look->at != rest.at || look->length != rest.length)
        look->known = pk_words_first(reader->words, rest);
    look->at = rest.at;
    look->length = rest.length;
    return &look->known;
}

uint64_t pk_kinds_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t offset;
    const struct pk_scan *scan = pk_scan_of(reader, text, &offset);
    if (!scan || at >= text.length)
        return pk_headword_here(reader, text, at)->kinds;
    const struct pk_spot *spot = spot_from(scan, offset + at);
    return spot->at == offset + at ? known_at(reader->look, spot)->kinds : 0;
}

bool pk_may_hold(const struct pk_reader *reader, struct pk_view text, const char *signs)
{
    size_t offset;
    const struct pk_scan *scan = pk_scan_of(reader, text, &offset);
    if (!scan || scan->what & PK_AT_SIGN)
        return true;
    for (; *signs; signs++) {
        unsigned char byte = (unsigned char)*signs;
        if (scan->sign[byte >> 6] & UINT64_C(1) << (byte & 63))
            return true;
    }
    return false;
}

static inline bool fits(const struct pk_look *look, const struct pk_spot *spot, uint64_t kinds,
                        unsigned what)
{
    return (spot->what & what) || (known_at(look, spot)->kinds & kinds);
}

/* Likewise in a view of no leaf. */
static size_t step_to(const struct pk_reader *reader, struct pk_view text, size_t at,
                      uint64_t kinds, unsigned what)
{
    size_t width;
    while (at < text.length) {
        if (pk_word_starts(text, at)) {
            struct pk_headword known =
                pk_words_first(reader->words, pk_view_part(text, at, text.length));
            if ((what_is(text, at, at + known.width) & what) || (known.kinds & kinds))
                return at;
        }
        pk_char_at(text, at, &width);
        at += width;
    }
    return at;
}

size_t pk_next_spot(const struct pk_reader *reader, struct pk_view text, size_t at, uint64_t kinds,
                    unsigned what)
{
    size_t offset;
    const struct pk_scan *scan = pk_scan_of(reader, text, &offset);
    if (!scan)
        return step_to(reader, text, at, kinds, what);
    if (at >= text.length)
        return at; /* so that a loop to an end behind the text ends, too */
    if (!((scan->what & what) || (scan->kinds & kinds)))
        return text.length;
    const struct pk_spot *spot = spot_from(scan, offset + at);
    while (spot->at < offset + text.length && !fits(reader->look, spot, kinds, what))
        spot++;
    return spot->at < offset + text.length ? spot->at - offset : text.length;
}
