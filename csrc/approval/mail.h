/* mail.h - drafts of mails about minutes, and what a reply to one says.
 *
 *     struct pk_mail mail = {.kind = PK_MAIL_CHECK, .from = ..., .time = ..., .message_id = ...};
 *     pk_mail_people(arena, minutes, &mail);    to everybody with an address
 *     pk_mail_page(&page, minutes, &mail);      what pandoc may make mail.html of
 *     pk_mail_write(&out, minutes, &mail, &error);
 *
 * A draft is RFC 5322 with MIME (RFC 2045 to 2047, 2183, 2231), in ASCII, its lines ended by CRLF:
 * a text that says what is asked, the digest, and each item by its number; and the document as
 * others get to see it. Nothing is sent and nothing recorded: that is the caller's, in this order.
 */
#ifndef PK_MAIL_H
#define PK_MAIL_H

#include "approval/approval.h"

/* -- Drafts (mail.c, body.c, headers.c, address.c) -- */

enum pk_mail_kind {
    PK_MAIL_CHECK,  /* read it and say whether each item is as agreed; then record `sent` */
    PK_MAIL_ANSWER, /* what became of the objections; likewise */
    PK_MAIL_FINAL,  /* your copy of what was approved; then record `distributed` */
    PK_MAIL_KINDS
};
extern const char *const pk_mail_kinds[PK_MAIL_KINDS]; /* "check", "answer", "final" */

struct pk_mail {
    enum pk_mail_kind kind;
    struct pk_view from;       /* "Anna Weber <anna@example.com>" or the address alone */
    struct pk_names to, cc;    /* likewise, each */
    struct pk_view time;       /* RFC 3339 */
    struct pk_view message_id; /* "<random@domain>": never given twice; the core has no chance */
    struct pk_view filename;   /* of the document attached: without folders */
    uint32_t revision;         /* 0: the next one, or in PK_MAIL_FINAL the one approved */
    struct pk_view html;       /* a page for those who like one, pk_mail_page; empty: left out */
};

/* Adds to `to` everybody present with an address, but for the sender; for PK_MAIL_FINAL, to `cc`,
 * the addresses of the front matter's `distribution:`. Each address once. */
void pk_mail_people(struct pk_arena *, const struct pk_minutes *, struct pk_mail *);

/* The mail's text, in the document's language: what is asked, which text it is, each item. */
void pk_mail_body(struct pk_buffer *, const struct pk_minutes *, const struct pk_mail *);
/* That and the document, without front matter and comments, as one text in GitHub's Markdown. */
void pk_mail_page(struct pk_buffer *, const struct pk_minutes *, const struct pk_mail *);

/* Appends the whole mail. PK_EINPUT, and nothing of use is written: nobody to write to, an address
 * that is none, no time or Message-ID. The message names it. */
enum pk_status pk_mail_write(struct pk_buffer *, const struct pk_minutes *, const struct pk_mail *,
                             struct pk_error *);

/* "ben@example.com" of "Ben Lee <ben@example.com>", where it is one that a mail can go to (RFC
 * 5321: in ASCII, of at most 254 bytes); else empty. */
struct pk_view pk_mail_address(struct pk_view);
/* Is it "<left@right>" (RFC 5322, 3.6.4), in one line? */
bool pk_is_message_id(struct pk_view);

/* -- Replies (reply.c, entity.c) -- */

struct pk_reply {
    struct pk_view name, address; /* of From; the name as it is meant (RFC 2047), may be empty */
    struct pk_names to;           /* of To and Cc: "Ben Lee <ben@example.com>" */
    struct pk_view time;          /* of Date, as RFC 3339; empty: none that can be read */
    struct pk_view message_id;    /* with its brackets; empty: none */
    struct pk_names answers;      /* Message-IDs of In-Reply-To, then of References */
    struct pk_view subject;
    struct pk_view text; /* of its first text/plain: UTF-8, lines ended by LF, no control bytes */
    struct pk_names digest; /* that its text names, quoted or not: "sha256:..." */
};

/* Reads a mail: any bytes. PK_EINPUT: no mail, or one without a sender. */
enum pk_status pk_reply_read(struct pk_arena *, struct pk_view mail, struct pk_reply *,
                             struct pk_error *);
bool pk_reply_names(const struct pk_reply *, struct pk_view digest);
/* The event of the log whose text it is about: by the digest it names, the last first; where it
 * names none, by the Message-ID it answers. NULL: none. */
const struct pk_event *pk_reply_about(const struct pk_reply *, const struct pk_log *);
/* Is that the address of somebody the minutes list, or to whom something was sent? */
bool pk_is_correspondent(const struct pk_minutes *, const struct pk_log *, struct pk_view address);
/* Who, how, reference, revision and digest of an event from it, as far as the event has none yet;
 * and when, if that is not before the last event: the log goes by the order of recording. */
void pk_reply_event(struct pk_arena *, const struct pk_reply *, const struct pk_log *,
                    struct pk_event *);

#endif
