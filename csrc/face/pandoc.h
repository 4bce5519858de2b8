/* pandoc.h - what leaves the house by pandoc holds nothing that runs or fetches. */
#ifndef PK_CLI_PANDOC_H
#define PK_CLI_PANDOC_H

#include "face/cli.h"

/* The file that bears this name in an absolute folder of $PATH, for the working folder may be
 * anybody's. NULL: none. */
const char *pandoc_program(struct pk_arena *, const char *name);

/* Writes the filter that pandoc is to run on what it has read (--lua-filter) to a file that is not
 * there yet. NULL, or why that cannot be. */
const char *pandoc_write_filter(const char *path);

#endif
