/* write.h - minutes and findings as text for people and programs.
 *
 * Every writer appends to a buffer; a face sends the bytes on. Lines and
 * columns are counted from 1, columns in bytes, ends are exclusive.
 */
#ifndef PK_WRITE_H
#define PK_WRITE_H

#include "lint/lint.h"
#include "profile/template.h"
#include "write/toggle.h"

/* -- Positions -- */

struct pk_place {
    uint32_t line, column, end_line, end_column; /* from 1; columns in bytes; end exclusive */
};
struct pk_place pk_place_of(const struct pk_minutes *, struct pk_span);

/* -- Records: what programs are told --
 *
 * One description of each record serves JSON and Lua tables alike: it is told to
 * a sink, member by member. The key is empty for a member of a list. Names and
 * order of the members are a contract; the help lists them. */

struct pk_sink {
    void (*open)(struct pk_sink *, struct pk_view key, char bracket); /* '{' or '[' */
    void (*close)(struct pk_sink *, char bracket);                    /* '}' or ']' */
    void (*text)(struct pk_sink *, struct pk_view key, struct pk_view);
    void (*number)(struct pk_sink *, struct pk_view key, uint32_t);
    void (*truth)(struct pk_sink *, struct pk_view key, bool);
    void (*nothing)(struct pk_sink *, struct pk_view key); /* null, nil */
};

/* An empty `file` is not told. */
void pk_tell_diagnostic(struct pk_sink *, const struct pk_minutes *, struct pk_view file,
                        const struct pk_diagnostic *);
void pk_tell_edit(struct pk_sink *, const struct pk_minutes *, const struct pk_edit *);
void pk_tell_action(struct pk_sink *, const struct pk_minutes *, struct pk_view file,
                    const struct pk_action *);
void pk_tell_decision(struct pk_sink *, const struct pk_minutes *, struct pk_view file,
                      const struct pk_decision *);
void pk_tell_change(struct pk_sink *, const struct pk_minutes *, const struct pk_change *);
void pk_tell_outline(struct pk_sink *, const struct pk_minutes *, struct pk_view file);
/* In that language, with the severity the profile gives it at that level. */
void pk_tell_rule(struct pk_sink *, const struct pk_rule *, const struct pk_profile *,
                  enum pk_detail, const struct pk_language *);
/* A file that cannot be a rule, in the shape of a rule with a `problem`. */
void pk_tell_style_trouble(struct pk_sink *, const struct pk_style_trouble *);
void pk_tell_profile(struct pk_sink *, const struct pk_profile *, const struct pk_language *);

/* The profile's id for a section, else its kind; empty for one that is neither. */
struct pk_view pk_section_id(const struct pk_minutes *, const struct pk_section *);

/* A sink that writes JSON (RFC 8259): pk_tell_action(&json.sink, ...) */
struct pk_json {
    struct pk_sink sink; /* first: the sink's functions find the rest behind it */
    struct pk_buffer *out;
    bool comma; /* stands before the next member */
};

struct pk_json pk_json_to(struct pk_buffer *);
/* A string with its quotes; what is no UTF-8 becomes U+FFFD. */
void pk_json_string(struct pk_buffer *, struct pk_view);

/* -- Text for a terminal --
 *
 * Lines begin with file:line:column: and hold no control characters. */

/* file:line:column: severity: message [rule] */
void pk_text_diagnostic(struct pk_buffer *, const struct pk_minutes *, struct pk_view file,
                        const struct pk_diagnostic *);
/* file:line:column: mended: title [rule] */
void pk_text_mended(struct pk_buffer *, const struct pk_minutes *, struct pk_view file,
                    const struct pk_diagnostic *, const struct pk_fix *);
/* What the edits, in order and not overlapping, make of the old text: a unified diff. Nothing
 * where they change nothing. */
void pk_text_diff(struct pk_buffer *, struct pk_view file, struct pk_view old,
                  const struct pk_edits *);
void pk_text_decision(struct pk_buffer *, const struct pk_minutes *, struct pk_view file,
                      const struct pk_decision *);
void pk_text_outline(struct pk_buffer *, const struct pk_minutes *, struct pk_view file);

/* A line of aligned columns; cells behind the last one used have at == NULL. */
enum { PK_ROW_CELLS = 5 };
struct pk_row {
    struct pk_view cell[PK_ROW_CELLS];
};

/* file:line:column: | [x] | 2026-12-04 | Anna Weber | send the draft; in the arena */
struct pk_row pk_row_of_action(struct pk_arena *, const struct pk_minutes *, struct pk_view file,
                               const struct pk_action *);
/* Each column as wide as its widest cell, within reason. */
void pk_text_rows(struct pk_buffer *, const struct pk_row *, uint32_t count);
/* The view in one line: white space as single blanks, control characters as "?". */
void pk_text_plain(struct pk_buffer *, struct pk_view);
/* A path is any bytes: kept, so that it can be opened, but for control characters. */
void pk_text_path(struct pk_buffer *, struct pk_view);

#endif
