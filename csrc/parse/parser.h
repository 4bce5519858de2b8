/* parser.h - the state of the block parser, and what its files do for each other.
 *
 *     blocks.c   a line: which open blocks go on with it, what is new in it
 *     start.c    what a line can start
 *     table.c    tables
 *     front.c    front matter
 *     tree.c     blocks opened, filled and closed
 *     cursor.c   how far we are in the line
 */
#ifndef PK_PARSER_H
#define PK_PARSER_H

#include "parse/scan.h"

enum { PK_TAB = 4, PK_CODE_INDENT = 4 };

/* A container that more lines can still go into. */
struct pk_open {
    uint32_t block;
    uint32_t indent; /* item: columns its content stands in from the container around it */
    uint32_t quote;  /* the innermost quote up to here, as an index of `open`; 0: none */
};

struct pk_parser {
    struct pk_arena *arena;
    struct pk_blocks *out;
    const char *text;
    bool plain;

    struct pk_open open[PK_DEPTH_MAX]; /* the document first */
    uint32_t depth;
    uint32_t leaf;         /* the open leaf block, 0: none; always the last block but for a table */
    struct pk_fence fence; /* of the open code block */
    uint32_t fence_indent;
    unsigned html; /* start condition of the open HTML block */

    /* The line. */
    uint32_t line, end;    /* its number; where it ends */
    uint32_t at, column;   /* how far we are; a tab may be used in part */
    uint32_t first;        /* the first byte from there that is no blank, or end */
    uint32_t first_column; /* its column */
    uint32_t matched;      /* containers this line goes on with */
    bool settled;          /* the others are closed */
};

/* -- cursor.c -- */

/* Finds `first` and its column. */
void pk_look(struct pk_parser *);
void pk_go_to_first(struct pk_parser *);
/* Over so many columns of blanks and tabs; a tab may stay half used. */
void pk_skip_columns(struct pk_parser *, uint32_t columns);
/* Over bytes that are no tabs. */
void pk_skip_bytes(struct pk_parser *, uint32_t bytes);

static inline uint32_t pk_indent(const struct pk_parser *p)
{
    return p->first_column - p->column;
}

static inline bool pk_is_code_indent(const struct pk_parser *p)
{
    return !p->plain && pk_indent(p) >= PK_CODE_INDENT;
}

static inline bool pk_is_blank_line(const struct pk_parser *p)
{
    return p->first == p->end;
}

static inline struct pk_view pk_rest(const struct pk_parser *p)
{
    return (struct pk_view){p->text + p->first, p->end - p->first};
}

/* -- tree.c -- */

static inline struct pk_block *pk_block_at(const struct pk_parser *p, uint32_t index)
{
    return &p->out->block.items[index];
}

static inline uint8_t pk_leaf_kind(const struct pk_parser *p)
{
    return p->leaf ? pk_block_at(p, p->leaf)->kind : PK_DOCUMENT;
}

static inline struct pk_open *pk_innermost(struct pk_parser *p)
{
    return &p->open[p->depth - 1];
}

/* A block at `first`; pointers to blocks do not outlive it. Its index. */
uint32_t pk_add_block(struct pk_parser *, enum pk_block_kind, uint32_t parent);
/* Likewise in the innermost container this line goes on with. */
uint32_t pk_start_block(struct pk_parser *, enum pk_block_kind);
void pk_open_container(struct pk_parser *, uint32_t block, uint32_t indent);

void pk_add_segment(struct pk_parser *, uint32_t block, uint32_t start, uint32_t end);
/* To the end of the line, without the blanks there. */
void pk_add_trimmed(struct pk_parser *, uint32_t block, uint32_t start);
void pk_sum_words(struct pk_parser *, uint32_t block); /* adds those of its segments */

/* Definitions at the start of the open paragraph become blocks of their own. False: they
 * took all of it. */
bool pk_split_definitions(struct pk_parser *);

/* The block takes no more: settles where it ends, and that its parent ends no earlier. */
void pk_finish_block(struct pk_parser *, uint32_t block);
void pk_close_leaf(struct pk_parser *);
void pk_close_container(struct pk_parser *); /* the innermost */
void pk_settle(struct pk_parser *);          /* what this line does not go on with is closed */

/* -- start.c, table.c -- */

enum pk_outcome {
    PK_NOTHING,   /* it is something else */
    PK_CONTAINER, /* and what follows on the line goes into it */
    PK_WHOLE,     /* the line is done */
};

/* Is there an open paragraph that this line would go on with, and not only lazily? */
static inline bool pk_is_in_paragraph(const struct pk_parser *p)
{
    return !p->settled && p->matched == p->depth && pk_leaf_kind(p) == PK_PARAGRAPH;
}

/* Likewise, or lazily. */
static inline bool pk_is_near_paragraph(const struct pk_parser *p)
{
    return !p->settled && pk_leaf_kind(p) == PK_PARAGRAPH;
}

enum pk_outcome pk_start(struct pk_parser *); /* whatever begins at `first` */
enum pk_outcome pk_start_indented_code(struct pk_parser *);
enum pk_outcome pk_start_table(struct pk_parser *); /* with the paragraph's last line as header */
void pk_add_row(struct pk_parser *, uint32_t table, struct pk_view words);

/* -- front.c -- */

/* The line behind front matter, 0: there is none. `start`: behind a BOM. */
uint32_t pk_front_matter_end(const struct pk_blocks *, uint32_t start);
void pk_add_front_matter(struct pk_parser *, uint32_t start, uint32_t end);

#endif
