/* inline.h - what flow.c, inline.c and emphasis.c share: one byte of meaning a byte of text. */
#ifndef PK_INLINE_H
#define PK_INLINE_H

#include "parse/scan.h"

/* What becomes of a byte. Marks open and close at bytes that are dropped themselves. */
enum pk_fate {
    PK_KEEP,
    PK_DROP,
    PK_BLANK, /* a blank stands for it */
    PK_OPEN_STRONG,
    PK_CLOSE_STRONG,
    PK_OPEN_EMPHASIS,
    PK_CLOSE_EMPHASIS,
    PK_OPEN_CODE,
    PK_CLOSE_CODE,
    PK_OPEN_STRUCK,
    PK_CLOSE_STRUCK,
    PK_OPEN_LINK,
    PK_CLOSE_LINK,
};

/* A run of '*', '_' or '~' that may open or close something (CommonMark 6.2). */
struct pk_delimiters {
    uint32_t at, length;     /* what is left of it */
    uint32_t whole;          /* its length at first */
    uint32_t previous, next; /* in the list of those still open; 0: none */
    char mark;
    bool can_open, can_close;
    bool touches_before, touches_after; /* no white space on that side */
};

struct pk_bracket {
    uint32_t at;   /* of '[' */
    uint32_t last; /* the last delimiters before it */
    bool image;
};

enum { PK_TICKS_MAX = 80 }; /* longer runs of backticks are text, as in cmark */

/* What one flow after another is made in. */
struct pk_flow_room {
    struct pk_arena *arena;
    char *text, *fate; /* lines joined; see struct pk_inline */
    size_t bytes, fates;
    PK_LIST(struct pk_delimiters) delimiters;
    PK_LIST(struct pk_bracket) bracket;
    struct pk_flow made;
};

struct pk_flow_room *pk_flow_room(struct pk_arena *); /* NULL: no memory (flow.c) */

struct pk_inline {
    struct pk_flow_room *room;
    struct pk_arena *arena; /* its */
    struct pk_view text;    /* lines joined by '\n' */
    uint8_t *fate;          /* enum pk_fate of each byte */
    bool cell;              /* of a table: "\|" is "|" in code too */
    uint32_t last;          /* of room->delimiters, of which 0 is the head of the list */
    uint32_t dead;          /* of the brackets: so many, but for images; no links in links */
    uint32_t ticks[PK_TICKS_MAX + 1]; /* where the last run of so many backticks starts */
    bool ticks_known;                 /* all of them */
    unsigned endless;                 /* kinds of HTML of which no end follows, as bits */
};

/* -- inline.c: fills `fate` -- */
void pk_read_inline(struct pk_inline *);

/* -- emphasis.c -- */
void pk_add_delimiters(struct pk_inline *, uint32_t at, uint32_t length);
void pk_pair_delimiters(struct pk_inline *, uint32_t bottom); /* those behind bottom; they leave */

#endif
