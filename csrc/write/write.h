/* write.h - minutes and findings as text for people and programs.
 *
 * Every writer appends to a buffer; a face sends the bytes on. Lines and
 * columns are counted from 1, columns in bytes, ends are exclusive.
 */
#ifndef PK_WRITE_H
#define PK_WRITE_H

#include "lint/lint.h"
#include "profile/template.h"

/* -- Positions ------------------------------------------------------------------- */

struct pk_place {
    uint32_t line, column, end_line, end_column; /* from 1; columns in bytes; end exclusive */
};
struct pk_place pk_place_of(const struct pk_minutes *, struct pk_span);

/* -- JSON (RFC 8259) -------------------------------------------------------------- */

/* A string with its quotes; what is no UTF-8 becomes U+FFFD. */
void pk_json_string(struct pk_buffer *, struct pk_view);

/* One object each, without a line end. Keys are a contract: see the help. */
void pk_json_diagnostic(struct pk_buffer *, const struct pk_minutes *, struct pk_view file,
                        const struct pk_diagnostic *);
void pk_json_action(struct pk_buffer *, const struct pk_minutes *, struct pk_view file,
                    const struct pk_action *);
void pk_json_decision(struct pk_buffer *, const struct pk_minutes *, struct pk_view file,
                      const struct pk_decision *);
void pk_json_outline(struct pk_buffer *, const struct pk_minutes *, struct pk_view file);
void pk_json_rule(struct pk_buffer *, const struct pk_rule *, const struct pk_profile *,
                  const struct pk_language *);

/* -- Text for a terminal: one line each, ended ------------------------------------- */

/* file:line:column: severity: message [rule] */
void pk_text_diagnostic(struct pk_buffer *, const struct pk_minutes *, struct pk_view file,
                        const struct pk_diagnostic *);
/* file:line:column: [x] 2026-12-04  Anna Weber  send the draft */
void pk_text_action(struct pk_buffer *, const struct pk_minutes *, struct pk_view file,
                    const struct pk_action *);
void pk_text_decision(struct pk_buffer *, const struct pk_minutes *, struct pk_view file,
                      const struct pk_decision *);
void pk_text_outline(struct pk_buffer *, const struct pk_minutes *, struct pk_view file);

#endif
