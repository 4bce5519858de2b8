/* paper.h - the final text, as a program makes a page of it that leaves the house.
 *
 * What others get to see (pk_public_text), in CommonMark with tables, without front matter and
 * title, ended by the block to be signed and the distribution list that the profile wants. Its
 * titles are in the document's language.
 */
#ifndef PK_PAPER_H
#define PK_PAPER_H

#include "approval/approval.h"

struct pk_paper {
    struct pk_view title; /* in one line, UTF-8 without control characters */
    struct pk_view language;
    struct pk_view text; /* lines ended by LF */
    bool sections;       /* its highest headings are of level 2 */
    bool cyrillic;       /* it has letters that not every font has */
};

/* `name` is the file's. What pk_read says. */
enum pk_status pk_paper_of(struct pk_arena *, const struct pk_minutes *, struct pk_view name,
                           struct pk_paper *, struct pk_error *);

#endif
