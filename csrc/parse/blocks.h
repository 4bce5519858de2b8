/* blocks.h - what the markup says: a text as a tree of blocks.
 *
 * Blocks follow CommonMark 0.31.2, chapters 4 and 5, and GFM 0.29 for task
 * items (5.3) and tables (4.10). Any bytes are a document: parsing cannot fail
 * but for memory and size, and takes time in proportion to the text.
 *
 * Where the standards leave room, or readers of minutes want something else:
 *   - Front matter is a block that opens the document with a line "---" and
 *     ends at the next line "---" or "...". Without such an end, or with a
 *     blank line behind the opening one, there is none (as in pandoc).
 *   - A task's box may hold more than GFM's blank and x (enum pk_task), and may
 *     stand alone. The item's first paragraph starts behind it.
 *   - A table may follow lines of a paragraph, its header being the last of
 *     them. A delimiter row has a pipe, and as many cells as the header. Cells
 *     of a row beyond those of the header are kept.
 *   - A "---" behind nothing but definitions is a thematic break.
 */
#ifndef PK_BLOCKS_H
#define PK_BLOCKS_H

#include "text/text.h"

/* Containers deeper than this (the document, quotes, lists and items each count one)
 * are text: so that no text takes more time than its length allows. */
#define PK_DEPTH_MAX 128

enum pk_markup {
    PK_MARKDOWN,
    PK_PLAIN, /* a .txt file: indentation is layout, so there is no indented code, and whatever
                 else may start a block may stand at any indentation; an ordered item may
                 interrupt a paragraph with any number; no HTML blocks */
};

enum pk_block_kind {
    PK_DOCUMENT,     /* always block 0 */
    PK_FRONT_MATTER, /* segments: its lines without the fences */
    PK_HEADING,      /* level 1 to 6; segments: its words, without # and underline */
    PK_PARAGRAPH,    /* segments: its lines */
    PK_LIST,
    PK_ITEM,       /* of a list; `marker`, `number`, `task` */
    PK_QUOTE,      /* block quote */
    PK_CODE,       /* fenced or indented; segments: its lines without fences, up to the indentation
                      of the code, blank ones too */
    PK_HTML,       /* HTML block; a comment has `comment` set; segments: its lines as they stand */
    PK_BREAK,      /* thematic break */
    PK_TABLE,      /* rows; the delimiter row is no block */
    PK_ROW,        /* cells; the first row of a table is its header */
    PK_CELL,       /* one segment; may be empty, "\|" stays as written (pk_flow makes it "|") */
    PK_DEFINITION, /* link reference definition; segments: its lines */
};

/* The state of a task item, by the character in its brackets. */
enum pk_task {
    PK_TASK_NONE,    /* no task item */
    PK_TASK_OPEN,    /* [ ], also [] */
    PK_TASK_DONE,    /* [x] [X] */
    PK_TASK_DROPPED, /* [-] */
    PK_TASK_STARTED, /* [/] */
    PK_TASK_CARRIED, /* [>] */
};

struct pk_block {
    uint8_t kind;    /* enum pk_block_kind */
    uint8_t level;   /* heading: 1 to 6 */
    uint8_t task;    /* item: enum pk_task */
    char marker;     /* item and list: '-' '+' '*' '.' ')'; a list's number is its first item's */
    bool setext;     /* heading: underlined */
    bool fenced;     /* code */
    bool comment;    /* HTML block that is a comment (start condition 2) */
    uint32_t number; /* item of an ordered list: its number */
    uint32_t parent; /* index; the document is its own parent */
    uint32_t next; /* index past the last block inside this one: its next sibling, if it has one */
    uint32_t line, end_line; /* lines [line, end_line), from 0; blank lines behind it are no part
                                of it, but for code that is never closed */
    struct pk_span span;     /* from its first character (a marker counts, a task's box counts to
                                the item) to the end of its last line, the line end not counted;
                                a cell: its words */
    struct pk_span box;      /* task item: its brackets; a code fence: its info string */
    uint32_t segment, segment_count; /* leaf blocks: content, one segment a line; at least one
                                        (of no bytes) in a heading, paragraph or cell */
};

/* Blocks in the order of the document: a block stands before those inside it.
 * The children of block b are b + 1, blocks[b + 1].next, ... while < blocks[b].next. */
struct pk_blocks {
    struct pk_view text;
    PK_LIST(struct pk_block) block;
    PK_LIST(struct pk_span) segment; /* content of one line each, without container prefixes
                                        and line end; outside code and HTML also without
                                        indentation and blanks behind it */
    PK_LIST(uint32_t) line;    /* offset at which each line starts; line 0 at 0. LF, CRLF and CR
                                  end lines; behind the last line end there is one more, empty line,
                                  which is no part of the document block. A BOM is part of line 0
                                  and of no block. */
    struct pk_flow_room *room; /* what flows are made in, by pk_flow alone */
    uint32_t words;            /* in paragraphs, headings, items and cells: runs of non-space */
};

enum pk_status pk_parse(struct pk_arena *, struct pk_view text, enum pk_markup,
                        struct pk_blocks *out);

/* Behind the HTML comment whose "<!--" stands at that place; 0: it does not end. */
size_t pk_comment_end(struct pk_view text, size_t start);

/* The line (from 0) that holds the offset, and where that line starts. */
uint32_t pk_line_at(const struct pk_blocks *, uint32_t offset);
/* Where line `line` (from 0) ends, its line end aside. */
uint32_t pk_line_end(const struct pk_blocks *, uint32_t line);

/* The HTML comments of a document in their order, with the block they stand in. What stands in
 * code is none, nor is one that its block does not close. */
typedef void pk_on_comment(void *context, struct pk_span, uint32_t block);
void pk_each_comment(struct pk_arena *, const struct pk_blocks *, pk_on_comment *, void *context);

/* -- Flow: the words of a leaf block as one run --
 *
 * Markup is dropped, line ends become one blank, so that a phrase wrapped over
 * two lines is found as one. Every stretch knows where it came from.
 *   - Emphasis (CommonMark 6.2): the marks that pair are dropped, lone ones and
 *     "_" inside words stay. "**Agreed:**Anna" is strong too. "~~" as in GFM.
 *   - Code spans keep their text. Backslash escapes lose the backslash.
 *   - [text](target), [text][label] and images keep the text, autolinks the
 *     address; other brackets are text: [Anna], [x], [text][]. Whether a label
 *     is defined is not asked.
 *   - HTML tags and comments are dropped, <br> becomes a blank.
 *   - Entities stay as written. */

enum pk_style {
    PK_STRONG = 1,
    PK_EMPHASIS = 2,
    PK_CODE_SPAN = 4,
    PK_STRUCK = 8, /* ~~struck~~ */
    PK_LINK = 16,
};

struct pk_run {
    uint32_t flat;   /* offset in the flow's text */
    uint32_t source; /* offset in the document */
    uint32_t length; /* bytes, the same in both */
    uint32_t style;  /* enum pk_style, or-ed */
};

struct pk_flow {
    struct pk_view text;
    PK_LIST(struct pk_run) run;
};

/* The flow of a heading, paragraph or cell. Its memory is the arena's; a text of one line
 * without markup is a view into the document. */
enum pk_status pk_flow(struct pk_arena *, const struct pk_blocks *, uint32_t block,
                       struct pk_flow *out);
/* Likewise for any stretch of segments or a span on one line. */
enum pk_status pk_flow_segments(struct pk_arena *, const struct pk_blocks *,
                                const struct pk_span *segments, uint32_t count,
                                struct pk_flow *out);

/* From the flow back to the document: the span that covers flat bytes
 * [start, end), without markup before the first and after the last. */
struct pk_span pk_flow_span(const struct pk_flow *, size_t start, size_t end);
uint32_t pk_flow_style(const struct pk_flow *, size_t offset);

#endif
