/* export.h - what the files share that make a page of minutes. */
#ifndef PK_CLI_EXPORT_H
#define PK_CLI_EXPORT_H

#include "face/cli.h"
#include "write/paper.h"

struct page {
    const char *format; /* html, docx, pdf or odt */
    const char *source; /* the document; "-": standard input of no name */
    const char *output;
    bool plain; /* lines of the text are lines of the page */
    const struct pk_profile *profile;
    struct pk_paper paper;
};

/* Lets pandoc write the page into that file, by the filter in that file (page.c). False: said
 * why not. */
bool page_write(struct cli *, const struct page *, const char *file, const char *filter);
/* Is there what it takes? False: said what is missing. */
bool page_can_be_written(struct cli *, const char *format, bool cyrillic);

#endif
