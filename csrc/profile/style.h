/* style.h - a house's own rules, read from Vale's rule files as they are.
 *
 * A profile's `styles:` names folders and files. Each YAML file in them is a
 * rule, called after its folder and its name: House/Words.yml is House.Words.
 * What a rule looks for is kept in two ways: plain words of all rules in one
 * table, which costs the same however many they are, and everything else as
 * patterns. A file that cannot be a rule here is told in `trouble` with its
 * place; it keeps no other rule from running.
 *
 * https://vale.sh/docs/topics/styles tells what the keys mean. Where ours
 * differs is told in the help, under *protokol-styles*.
 */
#ifndef PK_STYLE_H
#define PK_STYLE_H

#include "profile/profile.h"

enum pk_style_kind {
    PK_STYLE_EXISTENCE,
    PK_STYLE_SUBSTITUTION,
    PK_STYLE_OCCURRENCE,
    PK_STYLE_REPETITION,
    PK_STYLE_CONSISTENCY,
    PK_STYLE_CONDITIONAL,
    PK_STYLE_CAPITALIZATION,
    PK_STYLE_METRIC,
    PK_STYLE_RUN,                        /* so many kinds can be run */
    PK_STYLE_READABILITY = PK_STYLE_RUN, /* known by name only */
    PK_STYLE_SCRIPT,
    PK_STYLE_SPELLING,
    PK_STYLE_SEQUENCE,
    PK_STYLE_KINDS
};
extern const char *const pk_style_kinds[PK_STYLE_KINDS]; /* "existence", ... */

enum pk_style_level { PK_STYLE_SUGGESTION, PK_STYLE_WARNING, PK_STYLE_ERROR, PK_STYLE_LEVELS };

/* -- Where a rule looks -- */

/* The pieces of text a rule is given, one at a time. */
enum pk_style_unit {
    PK_UNIT_OF_TEXT,     /* a paragraph, heading or cell */
    PK_UNIT_OF_SENTENCE, /* of a paragraph */
    PK_UNIT_OF_SUMMARY,  /* all paragraphs together */
    PK_UNIT_OF_RAW,      /* the document as it stands */
    PK_UNIT_OF_ACTION,
    PK_UNIT_OF_DECISION,
    PK_UNIT_OF_PERSON,
    PK_UNIT_OF_ALT, /* what stands for an image */
    PK_UNIT_OF_LINK,
    PK_UNIT_OF_STRONG,
    PK_UNIT_OF_EMPHASIS,
    PK_UNIT_OF_CODE,
    PK_UNITS
};

/* What a piece lies in, as bits; and PK_IN_H1 << n for a heading of level n + 1. */
enum pk_style_place {
    PK_IN_HEADING = 1,
    PK_IN_PARAGRAPH = 2, /* neither in a list nor in a quote */
    PK_IN_LIST = 4,
    PK_IN_QUOTE = 8,
    PK_IN_TABLE = 16,
    PK_IN_CELL = 32, /* of a row that is no header */
    PK_IN_HEADER = 64,
    PK_IN_ACTION = 128,
    PK_IN_DECISION = 256,
    PK_IN_PERSON = 512,
    PK_IN_TITLE = 1024,
    PK_IN_NOTHING = 2048, /* what Markdown has not, as the caption of a figure */
    PK_IN_H1 = 4096,
};

/* `~heading & section(agreements)`: a piece of that unit, in all of `in`, in none of `out`. */
struct pk_style_scope {
    enum pk_style_unit unit;
    uint32_t in, out;
    PK_LIST(struct pk_view) section, not_section; /* ids or kinds of sections */
};

/* -- What a rule looks for -- */

/* A member of `tokens`, `swap` or `either`. */
struct pk_style_entry {
    struct pk_view key, value;
    bool plain; /* it stands in the table of words, else in a pattern, marked with its number */
};

/* Words and patterns that are excepted. */
struct pk_style_list {
    struct pk_words words; /* value: number in `entry` */
    PK_LIST(struct pk_view) entry;
    PK_LIST(struct pk_pattern *) pattern;
};

/* A formula in reverse Polish notation; see formula.c. */
struct pk_formula {
    PK_LIST(struct pk_formula_step) step;
};

struct pk_style_action {
    struct pk_view name; /* empty: none */
    PK_LIST(struct pk_view) param;
    struct pk_pattern *pattern; /* of `edit: regex` */
};

struct pk_style_rule {
    struct pk_view id;   /* "House.Words" */
    struct pk_view file; /* where it is from */
    struct pk_view message, link, description;
    enum pk_style_kind kind;
    enum pk_style_level level;
    bool ignorecase, nonword, append, alpha, capitalize, vocab;
    uint32_t limit; /* findings in a document; 0: any number */
    uint32_t min, max;
    double threshold;
    PK_LIST(struct pk_style_scope) scope; /* any of them */
    struct pk_style_action action;
    PK_LIST(struct pk_style_entry) entry;
    PK_LIST(struct pk_pattern *) pattern; /* for the entries that are in no table; of a conditional
                                             `first` and `second` */
    struct pk_style_list except;
    struct pk_view match, style, prefix; /* of a capitalization */
    PK_LIST(struct pk_view) indicator;   /* behind such endings, another sentence begins */
    struct pk_formula formula, condition;
};

/* A file that cannot be a rule here, and why. */
struct pk_style_trouble {
    struct pk_view id; /* of the rule it would be */
    struct pk_error error;
};

/* `styles:` or `vocab:` of a profile's file. */
struct pk_style_source {
    const struct pk_yaml *node; /* NULL: none */
    const char *file;
};

struct pk_styles {
    struct pk_style_source styles, vocab;
    PK_LIST(struct pk_style_rule *) rule;
    struct pk_words words; /* plain entries of all rules; kind: the rule's number, value: the
                              entry's */
    struct pk_style_list accepted; /* `vocab:`: exceptions from every rule that heeds them */
    PK_LIST(struct pk_style_trouble *) trouble;
};

/* -- Formulas -- */

enum pk_formula_variable {
    PK_FORMULA_CHARACTERS,
    PK_FORMULA_WORDS,
    PK_FORMULA_SENTENCES,
    PK_FORMULA_PARAGRAPHS,
    PK_FORMULA_SYLLABLES,
    PK_FORMULA_COMPLEX_WORDS,      /* three syllables or more */
    PK_FORMULA_POLYSYLLABIC_WORDS, /* likewise */
    PK_FORMULA_LONG_WORDS,         /* more than six letters */
    PK_FORMULA_LIST,               /* items */
    PK_FORMULA_BLOCKQUOTE,
    PK_FORMULA_PRE,
    PK_FORMULA_HEADING_H1,
    PK_FORMULA_HEADING_H6 = PK_FORMULA_HEADING_H1 + 5,
    PK_FORMULA_ACTIONS,
    PK_FORMULA_DECISIONS,
    PK_FORMULA_PEOPLE,
    PK_FORMULA_RESULT, /* of the formula, in its condition */
    PK_FORMULA_VARIABLES
};

struct pk_formula_step {
    char what; /* 'n' a number, 'v' a variable, else an operator or function of formula.c */
    double number;
    uint32_t variable;
};

/* PK_EINPUT with a message; the caller knows the place. */
enum pk_status pk_formula_read(struct pk_arena *, struct pk_view, struct pk_formula *,
                               struct pk_error *);
/* A condition such as "> 40", asked of the result. */
enum pk_status pk_condition_read(struct pk_arena *, struct pk_view, struct pk_formula *,
                                 struct pk_error *);
double pk_formula_value(const struct pk_formula *, const double variable[PK_FORMULA_VARIABLES]);

/* -- Loading -- */

/* Gives the profile what its file names in `styles:` and `vocab:`, and what its base (or NULL)
 * has where the file does not say. PK_EINPUT where it names what is not there or may not be read
 * from there; a file that cannot be a rule is no failure but trouble. */
enum pk_status pk_styles_load(struct pk_library *, struct pk_profile *, const struct pk_yaml *own,
                              const char *file, const struct pk_profile *base, struct pk_error *);
/* Is this YAML meant to be a rule of a style? */
bool pk_style_looks_like(const struct pk_yaml *);
/* Is this rule's file sound? PK_EINPUT with the place. */
enum pk_status pk_style_check(struct pk_view yaml, const char *file, struct pk_error *);
/* A number that changes when a file of the library's styles does, or a folder of them. */
uint64_t pk_styles_signature(const struct pk_library *);

#endif
