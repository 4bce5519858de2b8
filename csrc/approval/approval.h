/* approval.h - how minutes are agreed with those they go to: a log in the front matter.
 *
 *     approval:
 *       - time: 2027-03-01T09:30:00+01:00
 *         event: sent
 *         who: "Anna Muster"
 *         revision: 1
 *         to: ["ben@example.com"]
 *         digest: "sha256:..."
 *
 * Events are only ever added, behind the last one; where the agreement stands is
 * derived from them and stored nowhere. What was agreed is told by a digest of
 * the text, so that anyone can see whether it is still the same.
 */
#ifndef PK_APPROVAL_H
#define PK_APPROVAL_H

#include "read/minutes.h"

enum pk_event_kind {
    PK_EVENT_DETAIL,      /* the level of detail that the client asked for */
    PK_EVENT_SENT,        /* a revision went to them for checking */
    PK_EVENT_WALKTHROUGH, /* items gone through with them, by phone or mail */
    PK_EVENT_OBJECTION,   /* somebody does not agree to an item */
    PK_EVENT_RESOLUTION,  /* what became of an objection */
    PK_EVENT_APPROVED,
    PK_EVENT_DISTRIBUTED, /* the approved text went to everybody */
    PK_EVENT_CONFIRMED,   /* somebody has it, and says so in writing */
    PK_EVENT_AMENDED,     /* a change after approval */
    PK_EVENT_KINDS
};
extern const char *const pk_event_kinds[PK_EVENT_KINDS]; /* "detail", "sent", ... */

enum pk_outcome { PK_OUTCOME_NONE, PK_ACCEPTED, PK_COMPROMISE, PK_WITHDRAWN, PK_OUTCOMES };
extern const char *const pk_outcomes[PK_OUTCOMES]; /* "", "accepted", "compromise", "withdrawn" */

struct pk_names {
    PK_LIST(struct pk_view) name;
};

struct pk_event {
    enum pk_event_kind kind;
    struct pk_span span; /* the entry in the document */
    struct pk_view time; /* RFC 3339: 2027-03-01T09:30:00+01:00 */
    int64_t seconds;     /* that time, since 1970-01-01T00:00:00Z */
    struct pk_view who;
    uint32_t revision;  /* that was sent, approved ... ; from 1 */
    struct pk_names to; /* sent, distributed: addresses */
    struct pk_view how; /* "mail", "phone" ... */
    struct pk_view digest;
    struct pk_view level;       /* detail */
    struct pk_view item;        /* objection: which item, by its id or its first words */
    struct pk_names understood; /* walkthrough: items, likewise */
    struct pk_names unclear;    /* likewise */
    uint32_t number;            /* of an objection or an amendment; from 1 */
    uint32_t of;                /* resolution: the number of the objection */
    enum pk_outcome outcome;    /* resolution */
    struct pk_view text;        /* objection, resolution, walkthrough */
    struct pk_view what;        /* amendment */
    struct pk_view reference;   /* where it is in writing: a Message-ID */
};

/* What an event may say, in the order it is written. The one table that reads, writes and
 * describes them. */
enum pk_event_shape { PK_SAYS_TEXT, PK_SAYS_WORD, PK_SAYS_NUMBER, PK_SAYS_LIST, PK_SAYS_OUTCOME };

struct pk_event_key {
    const char *name;
    enum pk_event_shape shape;
    size_t offset;     /* in struct pk_event */
    unsigned kinds;    /* those that may say it, a bit for each */
    unsigned needed;   /* those that have to */
    const char *about; /* English, one line */
};
extern const struct pk_event_key pk_event_keys[]; /* a name of NULL ends them */

/* An entry that is no event: skipped, and told. */
struct pk_log_flaw {
    struct pk_span span; /* of the document */
    const char *message; /* English; %1 is `word` */
    struct pk_view word;
};

struct pk_log {
    PK_LIST(struct pk_event) event; /* in the order of the log */
    PK_LIST(struct pk_log_flaw) flaw;
};

/* The log of these minutes; empty where they have none. */
void pk_log_read(struct pk_arena *, const struct pk_minutes *, struct pk_log *);

/* The edit that adds an event behind the last one (span and flaws do not count; the time is the
 * caller's: the core has no clock). Nothing but the log is touched: comments, order, quotes and
 * line ends of the front matter stay. PK_EINPUT: the front matter is no YAML or has an `approval`
 * that is no list, a text of the event is not UTF-8, what the event needs is missing, or the log
 * would be too long to be read again. */
enum pk_status pk_log_add(struct pk_arena *, const struct pk_minutes *, const struct pk_event *,
                          struct pk_edit *, struct pk_error *);

/* Seconds since 1970 of an RFC 3339 time. False: it is none. */
bool pk_time_parse(struct pk_view, int64_t *seconds);

/* -- The text that is agreed on (canon.c, digest.c) -- */

/* The document without its log, its internal passages and blanks at line ends, lines ended by LF:
 *   1. a byte order mark is dropped; CRLF and CR become LF;
 *   2. of the front matter, the lines of `approval:` are dropped; if nothing is left between its
 *      fences, the fences too;
 *   3. internal passages are dropped (internal.c);
 *   4. blanks and tabs at the end of each line are dropped, and empty lines at the end of the text,
 *      which ends with one LF.
 * Nothing is normalised: "é" in one code point and in two are different texts. */
struct pk_view pk_canonical(struct pk_arena *, const struct pk_minutes *);

#define PK_DIGEST_LENGTH 71 /* "sha256:" and 64 hexadecimal digits */
/* SHA-256 (FIPS 180-4) of those bytes. */
struct pk_digest {
    char text[PK_DIGEST_LENGTH + 1];
};
struct pk_digest pk_digest_of(struct pk_view);

/* -- What does not leave the house (internal.c) -- */

/* Passages between <!-- internal --> and <!-- /internal -->, and sections whose heading's line
 * holds <!-- internal -->; one that is never closed goes to the end of the text. */
struct pk_passages {
    PK_LIST(struct pk_span) span;     /* with the comments, whole lines where they stand alone */
    PK_LIST(struct pk_span) unclosed; /* the comments that open one that nothing closes */
};
void pk_internal(struct pk_arena *, const struct pk_minutes *, struct pk_passages *);
/* The document without them: what others get to see. The log stays behind, too. */
struct pk_view pk_public_text(struct pk_arena *, const struct pk_minutes *);

/* -- Revisions beside the document (store.c) --
 *
 * "minutes.md" keeps what was sent as ".protokol/minutes/r1.md", r2 ..., and what an amendment
 * made of it as a1, a2 ... Such a file is written whole, synced, and never written again. */

enum { PK_PATH = 4096 }; /* bytes of a path, with its NUL */
/* The number is one that the log does not know yet: other bytes under it are set aside, as
 * r1-unsent-1.md. PK_EIO: why it cannot be kept. */
enum pk_status pk_revision_keep(const char *document, char series, uint32_t number, struct pk_view,
                                struct pk_error *);
enum pk_status pk_revision_read(struct pk_arena *, const char *document, char series,
                                uint32_t number, struct pk_view *, struct pk_error *);
bool pk_revision_kept(const char *document, char series, uint32_t number);

/* A file in the making (fresh.c), as mkstemp(3) opens it: the path ends in XXXXXX. It is locked
 * until it is closed, or until its writer dies; what such writers left is cleared away, which are
 * files of that prefix and six signs more. */
int pk_fresh_open(char *path);
void pk_fresh_clear(const char *folder, const char *prefix);
bool pk_write_all(int file, struct pk_view); /* false: errno says why not */
/* So that a new name in it survives a power cut, too; not every file system can. */
void pk_sync_folder(const char *folder);

/* -- Where the agreement stands (standing.c) -- */

enum pk_stand { PK_DRAFT, PK_SENT, PK_OBJECTED, PK_AGREED, PK_DISTRIBUTED, PK_CLOSED, PK_STANDS };
extern const char *const pk_stands[PK_STANDS]; /* "draft", "sent", ... */

struct pk_standing {
    enum pk_stand stand;
    uint32_t revision;       /* the last one sent; 0: none */
    uint32_t approved;       /* the revision that was approved; 0: none */
    struct pk_digest digest; /* of the text as it is now */
    bool changed;            /* the text is not the one approved, and no amendment says so */
    bool edited;             /* the text is not the one last sent */
    bool theirs;             /* it is the client's move */
    int64_t since;           /* seconds: the last event that changed the stand; 0: none */
    PK_LIST(const struct pk_event *) objection; /* open ones */
    struct pk_names unserved; /* people present or informed without a copy of what was approved */
    struct pk_names unconfirmed;                /* those with a copy who have not confirmed it */
    PK_LIST(const struct pk_event *) served_by; /* by which each of them got it first */
    const struct pk_event *sent;                /* by which the last revision went; NULL: none */
    /* Where the profile sets a response time and it is the client's move to answer: */
    struct pk_date answer_by; /* the last day for it; year 0: none */
    bool overdue;             /* that day has passed */
    struct pk_date deemed;    /* likewise, and the profile has silence accept: that day */
};
void pk_standing_of(struct pk_arena *, const struct pk_minutes *, const struct pk_log *,
                    struct pk_standing *);
/* Can this event come now? NULL, or why not: English, the key of its translation. */
const char *pk_event_hinders(const struct pk_log *, size_t before, const struct pk_event *);
/* Likewise each event of the log that cannot stand where it stands. */
void pk_log_hinders(const struct pk_log *,
                    void (*told)(void *, const struct pk_event *, const char *why), void *context);
extern const char pk_revision_gap[]; /* what hinders a revision that is not the next one */
struct pk_date pk_event_day(const struct pk_event *); /* as written there */
/* Gives it the numbers that come next, where it has none: revision, objection, amendment. */
void pk_event_number(const struct pk_log *, struct pk_event *);
/* Likewise, and the digest of the text where it needs one. */
void pk_event_complete(struct pk_arena *, const struct pk_log *, const struct pk_digest *,
                       struct pk_event *);
/* The names or addresses of one person may stand for them: "Ben Lee <ben@example.com>". */
bool pk_is_address_of(struct pk_view address, const struct pk_person *);

#endif
