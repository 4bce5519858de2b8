/* scan.h - what the files of parse/ say to each other.
 *
 * A scanner looks at a line (or the rest of one) from its first character that
 * is no blank, without the line end. Each is a pure function: nothing but the
 * bytes decides.
 */
#ifndef PK_SCAN_H
#define PK_SCAN_H

#include "parse/blocks.h"

static inline bool pk_is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static inline bool pk_is_ascii_letter(char byte)
{
    return (unsigned)((byte | 32) - 'a') < 26;
}

static inline bool pk_is_ascii_digit(char byte)
{
    return (unsigned)(byte - '0') < 10;
}

static inline bool pk_is_ascii_mark(char byte) /* ASCII punctuation (CommonMark 2.1) */
{
    return byte > ' ' && byte < 0x7f && !pk_is_ascii_letter(byte) && !pk_is_ascii_digit(byte);
}

bool pk_is_all_blank(struct pk_view);
struct pk_view pk_trim_blanks(struct pk_view); /* blanks and tabs at both ends */

/* -- lines.c -- */

void pk_index_lines(struct pk_arena *, struct pk_blocks *);
uint32_t pk_line_words(struct pk_view);

/* -- scan.c -- */

bool pk_scan_break(struct pk_view line);     /* thematic break (4.1) */
uint8_t pk_scan_setext(struct pk_view line); /* level of the underline (4.3), 0: none */
uint8_t pk_scan_heading(struct pk_view line, struct pk_view *words); /* ATX level (4.2), 0: none */

struct pk_fence {
    char mark;       /* '`' or '~' */
    uint32_t length; /* of the run of marks */
    struct pk_view info;
};

bool pk_scan_fence(struct pk_view line, struct pk_fence *); /* (4.5) */
bool pk_scan_fence_end(struct pk_view line, const struct pk_fence *);

struct pk_marker {
    char kind;       /* '-' '+' '*' '.' ')' */
    uint32_t number; /* '.' and ')' */
    uint32_t width;  /* bytes */
    bool empty;      /* nothing but blanks behind it */
};

bool pk_scan_marker(struct pk_view line, struct pk_marker *); /* (5.2) */

/* A task's box at the very start, followed by a blank or nothing: its width. 0: none. */
uint32_t pk_scan_box(struct pk_view line, enum pk_task *);

/* -- html.c -- */

/* Start condition (4.6) 1 to 7 that the line meets, 0: none. */
unsigned pk_scan_html(struct pk_view line);
bool pk_scan_html_end(struct pk_view line, unsigned condition); /* of 1 to 5 */

/* Bytes of the complete open or closing tag at the start, 0: none. A tag of
 * more than PK_TAG_MAX bytes is text, so that hostile quotes cost little. */
size_t pk_scan_tag(struct pk_view);
enum { PK_TAG_MAX = 4096 };

/* -- definition.c -- */

/* How many of the segments one link reference definition (4.7) at their start takes; 0: none. */
uint32_t pk_scan_definition(struct pk_view text, const struct pk_span *segments, uint32_t count);

#endif
