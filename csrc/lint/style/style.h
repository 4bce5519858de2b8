/* style.h (lint/style) - one run of the house's rules: pieces of text, what is found in them. */
#ifndef PK_LINT_STYLE_H
#define PK_LINT_STYLE_H

#include "lint/run.h"
#include "profile/style.h"

/* A stretch of the document's words. All three texts have the same length, and are UTF-8: a byte
 * that is none is 0x1A in them. */
struct pk_piece {
    struct pk_flow flow;
    struct pk_view plain; /* as its reader sees it */
    struct pk_view prose; /* with "*" for each byte of code, addresses and links */
    uint32_t places;      /* enum pk_style_place, or-ed */
    int section;          /* the innermost; -1: none */
};

/* Some of a piece. */
struct pk_part {
    uint32_t piece, start, end;
};

/* Where an entry was found. */
struct pk_hit {
    uint32_t part; /* in its unit's list */
    uint32_t start, end;
    uint32_t entry;
    uint32_t group[PK_FOUND_GROUPS][2];
};

struct pk_parts {
    PK_LIST(struct pk_part) part;
    bool made;
};

struct pk_hits {
    PK_LIST(struct pk_hit) hit;
};

struct pk_style_run {
    const struct pk_minutes *minutes;
    const struct pk_styles *styles;
    struct pk_matcher *matcher;
    PK_LIST(struct pk_piece) piece;
    struct pk_parts unit[PK_UNITS];
    const struct pk_place_map *map; /* see places.c */
    int *section_parent;            /* of each section the one it lies in; -1: none */
    struct pk_hits *word;           /* by rule: plain words found, by part and place */
    bool *active;                   /* by rule: not off, and given this unit */
    bool *dead;                     /* by rule: given up */
    uint32_t *told;                 /* by rule: findings */
    /* of the rule that runs */
    struct pk_lint lint;
    const struct pk_style_rule *rule;
    uint32_t number; /* among the rules */
    uint32_t reported;
    bool given_up;
    uint8_t *first_met;              /* of each pair: 1 or 2, which came first */
    PK_LIST(struct pk_view) defined; /* what a conditional has found told */
};

/* -- pieces.c, places.c -- */
void pk_pieces_find(struct pk_style_run *);
/* The parts of that unit, made when first asked for. */
const struct pk_parts *pk_parts_of(struct pk_style_run *, enum pk_style_unit);
void pk_places_find(struct pk_style_run *);
void pk_places_of(struct pk_style_run *, uint32_t first); /* of the pieces from there on */
bool pk_lies_in_scope(const struct pk_style_run *, const struct pk_style_rule *, enum pk_style_unit,
                      const struct pk_part *);
bool pk_has_unit(const struct pk_style_rule *, enum pk_style_unit);
void pk_piece_add(struct pk_style_run *, const struct pk_flow *, uint32_t block, uint32_t places);

/* The text a rule of that unit is given. */
struct pk_view pk_part_text(const struct pk_style_run *, enum pk_style_unit,
                            const struct pk_part *);

/* -- find.c -- */
void pk_find_words(struct pk_style_run *, enum pk_style_unit);
/* What the running rule's entries find in a part, in order, none touching another. */
void pk_find(struct pk_style_run *, enum pk_style_unit, uint32_t part, struct pk_hits *out);
/* The next match of a pattern at or behind *from, not empty. */
bool pk_find_next(struct pk_style_run *, const struct pk_pattern *, struct pk_view, size_t *from,
                  struct pk_found *, const struct pk_part *);
bool pk_is_excepted(struct pk_style_run *, struct pk_view, const struct pk_part *);

/* -- say.c -- */
/* The message with its %s filled in. */
struct pk_view pk_style_message(const struct pk_style_run *, const struct pk_view *argument,
                                uint32_t count);
/* A finding at bytes [start, end) of the part's text; false: none, for a placeholder is there
 * or the rule has said enough. */
bool pk_style_report(struct pk_style_run *, const struct pk_part *, uint32_t start, uint32_t end,
                     struct pk_view message);
bool pk_style_report_at(struct pk_style_run *, struct pk_span, struct pk_view message);
/* What the rule's action makes of the words of the last finding; `observed` as in the text. */
void pk_style_act(struct pk_style_run *, struct pk_view observed);
void pk_style_offer(struct pk_style_run *, struct pk_view observed, struct pk_view instead,
                    bool certain);

/* What stands instead, with $1 filled in from the match. */
void pk_put_groups(struct pk_buffer *, struct pk_view instead, struct pk_view text,
                   const struct pk_found *);

/* -- One kind each -- */
void pk_run_matches(struct pk_style_run *, enum pk_style_unit);
void pk_run_occurrence(struct pk_style_run *, enum pk_style_unit);
void pk_run_repetition(struct pk_style_run *, enum pk_style_unit);
void pk_run_consistency(struct pk_style_run *, enum pk_style_unit);
void pk_run_conditional(struct pk_style_run *, enum pk_style_unit);
void pk_run_capitalization(struct pk_style_run *, enum pk_style_unit);
void pk_run_metric(struct pk_style_run *, enum pk_style_unit);

#endif
