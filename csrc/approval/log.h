/* log.h - what the files of this floor share. */
#ifndef PK_APPROVAL_LOG_H
#define PK_APPROVAL_LOG_H

#include "approval/approval.h"

/* The lines of the log in the front matter, from its key to the end of the last line that is its;
 * empty: there is none. */
struct pk_span pk_log_lines(const struct pk_minutes *);

#endif
