/* mime.h - what the files that write and read mails share. */
#ifndef PK_APPROVAL_MIME_H
#define PK_APPROVAL_MIME_H

#include "approval/mail.h"

/* -- mail.c, body.c -- */

/* What a draft is made of. */
struct pk_draft {
    const struct pk_mail *mail;
    struct pk_minutes minutes; /* without what is internal */
    struct pk_view text;       /* likewise */
    const struct pk_language *language;
    struct pk_log log;
    struct pk_view title;
    struct pk_digest digest;
    uint32_t revision;
};
void pk_put_body(struct pk_buffer *, const struct pk_draft *);
void pk_put_page(struct pk_buffer *, const struct pk_draft *);

/* -- headers.c: a header, folded as it is written -- */

struct pk_header {
    struct pk_buffer *out;
    size_t column;
};

void pk_header_begin(struct pk_header *, struct pk_buffer *, const char *name);
/* ASCII without blanks, behind a blank; in a new line where it would not fit. */
void pk_header_word(struct pk_header *, struct pk_view);
/* Any text; control bytes become blanks. */
void pk_header_text(struct pk_header *, struct pk_view);
/* Likewise as the name before an address. */
void pk_header_phrase(struct pk_header *, struct pk_view);
/* "; name=value", by RFC 2231 where it is not ASCII. */
void pk_header_parameter(struct pk_header *, const char *name, struct pk_view value);
void pk_header_end(struct pk_header *);

/* In one line: control characters, and those that turn the direction of writing, become blanks,
 * runs of blanks one, bytes that are no UTF-8 U+FFFD. */
struct pk_view pk_header_line(struct pk_arena *, struct pk_view);

/* "Ben Lee <ben@example.com>": the name as it is meant. False: no address. */
bool pk_mailbox_split(struct pk_arena *, struct pk_view, struct pk_view *name,
                      struct pk_view *address);

/* -- transfer.c: base64 and quoted-printable -- */

void pk_put_base64(struct pk_buffer *, struct pk_view);           /* in lines of 76 */
void pk_put_base64_word(struct pk_buffer *, struct pk_view);      /* in one */
void pk_put_quoted_printable(struct pk_buffer *, struct pk_view); /* text; its lines end in CRLF */
/* What is no base64 is skipped. */
struct pk_view pk_base64_decoded(struct pk_arena *, struct pk_view);
/* `in_header`: "_" is a blank. */
struct pk_view pk_quoted_decoded(struct pk_arena *, struct pk_view, bool in_header);

/* -- charset.c: the one file that sees iconv -- */

/* The bytes as UTF-8; what cannot be converted, and charsets nobody writes mails in, as U+FFFD. */
struct pk_view pk_converted(struct pk_arena *, struct pk_view charset, struct pk_view bytes);

/* -- entity.c: a mail in its parts -- */

/* A header's value, unfolded; empty: there is none. */
struct pk_view pk_entity_header(struct pk_arena *, struct pk_view entity, const char *name);
/* The text of the first part that is text to be read, as UTF-8. */
struct pk_view pk_entity_text(struct pk_arena *, struct pk_view entity);
/* RFC 2047's words in it decoded. */
struct pk_view pk_header_decoded(struct pk_arena *, struct pk_view value);

/* -- html_words.c: the words of a mail in HTML -- */

struct pk_view pk_html_words(struct pk_arena *, struct pk_view html);

#endif
