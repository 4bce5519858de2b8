/* reader.h - a document being read: its blocks, and what stands where in the text of each.
 *
 * Everything looks at the flow of leaf blocks (see parse/blocks.h), each made
 * once, and marks what it finds by byte ranges in that flow; they become spans
 * of the document at the end.
 */
#ifndef PK_READER_H
#define PK_READER_H

#include "read/affix.h"
#include "read/minutes.h"

/* A place of a leaf where something may be read (scan.c). */
struct pk_spot {
    uint32_t at;         /* offset in the flow's text */
    uint32_t what : 4;   /* enum pk_at, or-ed */
    uint32_t known : 28; /* phrases that stand here: their number in look->shared; 0: none do */
};

enum pk_at {
    PK_AT_FIGURE = 1, /* a word that begins with 0 to 9 */
    PK_AT_KEY = 2,    /* a word with ":" or "(" right behind it */
    PK_AT_SIGN = 4,   /* "/", or a sign from U+2000 on */
    PK_AT_JOINT = 8,  /* one of "(),;:-", behind which a clause may begin */
};

/* The spots of one leaf, in their order. */
struct pk_scan {
    const char *start;
    uint64_t kinds;   /* of all phrases */
    uint64_t sign[2]; /* of ASCII that stand in it, a bit for each */
    uint32_t length;
    uint32_t what;         /* enum pk_at of all spots */
    uint32_t count;        /* of spots; the last one stands at UINT32_MAX */
    struct pk_spot spot[]; /* and the first one at or behind the start of each stretch */
};
#define PK_STRETCH 32 /* bytes of a leaf */

/* Where we look: the leaf last asked for, and the last look into the table of words outside it. */
struct pk_look {
    const struct pk_scan *scan;
    const char *at;
    size_t length;
    struct pk_headword known;
    PK_LIST(struct pk_spot) spot;       /* of the scan that is being made */
    struct pk_arena *arena;             /* where scans are kept, and what spots share: */
    PK_LIST(struct pk_headword) shared; /* from number 1 */
    uint32_t seen[512];                 /* by hash the number of the last one; 0: none */
};

struct pk_reader {
    struct pk_minutes *minutes;
    struct pk_arena *arena;
    const struct pk_library *library;
    const struct pk_words *words; /* of all languages */
    struct pk_look *look;         /* kept up to date by pk_flow_of and pk_first_at */
    struct pk_scan **scan;        /* by block; made when its flow is first asked for */
    int32_t *section;             /* by block: the innermost section it lies in, or -1 */
    int8_t *lists;                /* by section: 1 its entries are in lists or tables, -1 not */
    bool plain;                   /* plain text, not Markdown */
    uint32_t title_block;         /* heading or paragraph; 0: the document has no title */
    uint32_t title_line;          /* which of its lines is the title */
    struct pk_affixes names;      /* stems of the names of the people */
    struct pk_matcher *matcher;   /* whose a name is (match.c) */
    struct pk_date next_meeting;  /* year 0: not known */
    enum pk_date_order slashes; /* of 3/4/2026 in this document; PK_YEAR_FIRST: it does not tell */
    struct pk_affixes heard;    /* likewise of those who speak or own something */
    struct pk_affixes endings;  /* of verbs */
    uint32_t width;             /* letters of the longest line; 0: not measured */
};

/* Bytes [start, end) of a flow or of a view. */
struct pk_range {
    size_t start, end;
};

/* -- Looking at blocks (walk.c) -- */

static inline const struct pk_block *pk_block_of(const struct pk_reader *reader, uint32_t block)
{
    return &reader->minutes->blocks.block.items[block];
}

bool pk_is_leaf(const struct pk_block *); /* a heading, paragraph or cell */
const struct pk_flow *pk_flow_of(struct pk_reader *, uint32_t block);
struct pk_span pk_span_in(const struct pk_flow *, struct pk_range);
/* The range of the n-th of its lines. */
struct pk_range pk_flow_line(const struct pk_reader *, uint32_t block, const struct pk_flow *,
                             uint32_t line);
/* The nearest block around this one of that kind, or 0. */
uint32_t pk_inside(const struct pk_reader *, uint32_t block, enum pk_block_kind);
uint32_t pk_first_paragraph(const struct pk_reader *, uint32_t item); /* its first child, or 0 */
const struct pk_section *pk_section_at(const struct pk_reader *, uint32_t block); /* or NULL */
enum pk_section_kind pk_section_kind_at(const struct pk_reader *, uint32_t block);
uint32_t pk_block_at(const struct pk_reader *, uint32_t offset); /* the leaf there, or 0 */
/* Where a section's content begins in the flow of the line that is its title. */
size_t pk_behind_title(const struct pk_flow *, const struct pk_section *);
/* Is the whole range set in that style? */
bool pk_all_in_style(const struct pk_flow *, struct pk_range, enum pk_style);

/* -- Looking at text (walk.c) -- */

static inline uint32_t pk_char_at(struct pk_view text, size_t at, size_t *width)
{
    return pk_decode(pk_view_part(text, at, text.length), width);
}

static inline uint32_t pk_char_before(struct pk_view text, size_t at) /* ' ' at the start */
{
    size_t width;
    return at ? pk_decode_before(text, at, &width) : ' ';
}

static inline bool pk_word_starts(struct pk_view text, size_t at) /* a word or a lone sign */
{
    size_t width;
    uint32_t here = pk_char_at(text, at, &width);
    if (!width || pk_is_space(here))
        return false;
    return !pk_is_word(here) || !pk_is_word(pk_char_before(text, at));
}

static inline size_t pk_skip_blanks(struct pk_view text,
                                    size_t at) /* first byte that is no blank */
{
    size_t width;
    while (at < text.length && pk_is_space(pk_char_at(text, at, &width)))
        at += width;
    return at;
}

static inline size_t pk_skip_back(struct pk_view text, size_t end) /* likewise backwards */
{
    size_t width;
    while (end > 0 && pk_is_space(pk_decode_before(text, end, &width)))
        end -= width;
    return end;
}

static inline size_t pk_word_end(struct pk_view text, size_t at) /* behind letters, digits, "_" */
{
    size_t width;
    while (at < text.length && pk_is_word(pk_char_at(text, at, &width)))
        at += width;
    return at;
}

static inline bool pk_is_dash(uint32_t codepoint) /* - and the longer ones */
{
    return codepoint == '-' || (codepoint >= 0x2010 && codepoint <= 0x2015) || codepoint == 0x2212;
}

size_t pk_behind_placeholder(struct pk_view, size_t at); /* `at` itself: none stands here */

static inline struct pk_range pk_trim_range(struct pk_view text, struct pk_range range)
{
    struct pk_view part = pk_view_part(text, range.start, range.end);
    struct pk_view trimmed = pk_trim(part);
    size_t start = range.start + (size_t)(trimmed.at - part.at);
    return (struct pk_range){start, start + trimmed.length};
}

/* Without blanks, commas, dashes, colons and empty brackets at both ends. */
struct pk_range pk_trim_signs(struct pk_view, struct pk_range);
/* The scan that holds the view, and where; NULL: the last leaf asked for is another. */
static inline const struct pk_scan *pk_scan_of(const struct pk_reader *reader, struct pk_view text,
                                               size_t *offset)
{
    const struct pk_scan *scan = reader->look->scan;
    if (!scan)
        return NULL;
    *offset = (size_t)((uintptr_t)text.at - (uintptr_t)scan->start);
    return *offset + text.length <= scan->length && *offset <= scan->length ? scan : NULL;
}

/* The phrases that may begin at `at` (scan.c); known until the next such call or scan. */
const struct pk_headword *pk_headword_here(const struct pk_reader *, struct pk_view, size_t at);
/* Their kinds, a bit for each; 0: none. */
uint64_t pk_kinds_at(const struct pk_reader *, struct pk_view, size_t at);
/* The kinds of all phrases that may stand in the view; all there are where it is no leaf's. */
static inline uint64_t pk_kinds_in(const struct pk_reader *reader, struct pk_view text)
{
    size_t offset;
    const struct pk_scan *scan = pk_scan_of(reader, text, &offset);
    return scan ? scan->kinds : UINT64_MAX;
}

/* May one of these signs of ASCII stand in the view, or one from U+2000 on? */
bool pk_may_hold(const struct pk_reader *, struct pk_view, const char *signs);
/* The next place at or behind `at` where a phrase of these kinds may begin, or that is one of
 * these (enum pk_at, or-ed). The view's length, or `at` where that is behind it: there is none. */
size_t pk_next_spot(const struct pk_reader *, struct pk_view, size_t at, uint64_t kinds,
                    unsigned what);
/* The spots of a text; NULL: no memory. */
struct pk_scan *pk_scan(const struct pk_reader *, struct pk_view);
#define PK_KIND(kind) (UINT64_C(1) << (kind))
const struct pk_phrase *pk_phrase_of(const struct pk_reader *, struct pk_view, size_t at,
                                     enum pk_word_kind, size_t *end);

/* The phrase of that kind standing at `at`; *end behind it. NULL: none. */
static inline const struct pk_phrase *pk_phrase_at(const struct pk_reader *reader,
                                                   struct pk_view text, size_t at,
                                                   enum pk_word_kind kind, size_t *end)
{
    *end = at;
    bool may = pk_kinds_in(reader, text) & PK_KIND(kind); /* most often all there is to ask */
    return may ? pk_phrase_of(reader, text, at, kind, end) : NULL;
}

const struct pk_phrase *pk_phrase_whole(const struct pk_reader *, struct pk_view,
                                        enum pk_word_kind);
/* Behind a label: `at` behind ":" or a lone dash and the blanks around it; a
 * label in bold needs neither. False: no label ends here. */
bool pk_label_ends(const struct pk_flow *, size_t label_start, size_t *at);

#endif
