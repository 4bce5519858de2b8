/* report.h - findings in the formats that people and programs read.
 *
 * A format is one C file in report/, named like it; the build finds it by
 * itself. It is given the findings of one document after the other and says
 * what stands around them. A face empties the buffer whenever it likes.
 */
#ifndef PK_REPORT_H
#define PK_REPORT_H

#include "write/write.h"

/* One run over documents, as far as a format must know it. */
struct pk_report {
    struct pk_buffer *out;
    const char *version;                /* of the program */
    const struct pk_language *language; /* of what is said of rules */
    const struct pk_profile *profile;   /* by which rules are graded where no document says more */
    enum pk_detail detail;
    bool colour;       /* text: with the colours of a terminal */
    uint32_t findings; /* told before this document */
    int status;        /* the program's exit status; known to `tail` */
};

/* The findings of a document, in their order; `file` is its name as the user knows it. */
struct pk_reported {
    const struct pk_minutes *minutes;
    struct pk_view file;
    const struct pk_findings *findings;
};

struct pk_report_format {
    const char *name;    /* "sarif", as in --format sarif */
    const char *summary; /* for the help */
    bool for_people;
    bool apart; /* `document` heeds nothing of the report but its colour: any thread may call it */
    void (*head)(struct pk_report *); /* before the first document; NULL: nothing */
    void (*document)(struct pk_report *, const struct pk_reported *);
    void (*tail)(struct pk_report *); /* behind the last one; NULL: nothing */
};

/* All there are, the one for people first, NULL behind the last; the build gathers them. */
extern const struct pk_report_format *const pk_report_formats[];

/* -- What several formats say alike -- */

/* Places in code points, not bytes; a byte order mark is none. Asking costs as much as the way
 * from the place asked for before. Start with a zeroed one for each document. */
struct pk_gauge {
    uint32_t line, offset, column; /* where it stands; line from 1, 0: nowhere */
};
/* A place's line and column, from 1. */
void pk_gauge_at(struct pk_gauge *, const struct pk_minutes *, uint32_t offset);
struct pk_place pk_place_in_codepoints(struct pk_gauge gauge[2], const struct pk_minutes *,
                                       struct pk_span);

/* One word for "error", "warning", and one for "info" and "hint" together. */
const char *pk_level(enum pk_severity, const char *other);
/* What is no UTF-8 and control characters become U+FFFD, white space a blank: one line. */
void pk_put_safe(struct pk_buffer *, struct pk_view,
                 void (*put)(struct pk_buffer *, struct pk_view));

#endif
