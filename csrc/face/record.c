/* record.c - protokol record: an event into the log of approval. */
#define _DEFAULT_SOURCE /* flock */

#include "face/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* -- The event, as it was typed -- */

static bool take(struct cli *cli, const struct pk_event_key *key, struct pk_view value,
                 struct pk_event *event)
{
    char *field = (char *)event + key->offset;
    uint32_t number = 0;
    switch (key->shape) {
    case PK_SAYS_TEXT:
    case PK_SAYS_WORD:
        *(struct pk_view *)(void *)field = value;
        return true;
    case PK_SAYS_LIST:
        *pk_push(&cli->arena, &((struct pk_names *)(void *)field)->name) = value;
        return true;
    case PK_SAYS_NUMBER:
        for (size_t i = 0; i < value.length && value.length < 7; i++)
            number = number * 10 + (uint32_t)(value.at[i] - '0');
        *(uint32_t *)(void *)field = number;
        if (number && strspn(value.at, "0123456789") == value.length)
            return true;
        cli_trouble(cli, "--%s wants a number from 1, not \"%s\"", key->name, value.at);
        return false;
    case PK_SAYS_OUTCOME:
        for (int i = 1; i < PK_OUTCOMES; i++) {
            if (pk_is(value, pk_outcomes[i]))
                event->outcome = (enum pk_outcome)i;
        }
        if (event->outcome)
            return true;
        cli_trouble(cli, "--outcome is accepted, compromise or withdrawn, not \"%s\"", value.at);
        return false;
    }
    return false;
}

static bool take_said(struct cli *cli, struct pk_event *event)
{
    for (uint32_t i = 0; i < cli->set.said.count; i++) {
        const struct pk_value *said = &cli->set.said.items[i];
        const struct pk_event_key *key = pk_event_keys;
        while (key->name && !pk_is(said->key, key->name))
            key++;
        if (!key->name)
            continue;
        if (!(key->kinds & 1u << event->kind)) {
            cli_trouble(cli, "--%s is not said of the event %s", key->name,
                        pk_event_kinds[event->kind]);
            return false;
        }
        if (!take(cli, key, said->value, event))
            return false;
    }
    return true;
}

struct pk_view cli_now(struct cli *cli)
{
    char text[40], zone[8];
    time_t seconds = time(NULL);
    struct tm tm;
    if (!localtime_r(&seconds, &tm) || !strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm) ||
        strftime(zone, sizeof zone, "%z", &tm) != 5)
        return PK_VIEW("");
    struct pk_buffer out = {.arena = &cli->arena};
    pk_putf(&out, "%s%.3s:%s", text, zone, zone + 3);
    return pk_written(&out);
}

/* What others do is not the author's: they are to be named. */
static bool is_theirs(enum pk_event_kind kind)
{
    return kind == PK_EVENT_OBJECTION || kind == PK_EVENT_APPROVED || kind == PK_EVENT_CONFIRMED;
}

static bool fill(struct cli *cli, const struct pk_log *log, const struct pk_digest *digest,
                 struct pk_event *event)
{
    const char *author = cli->set.me ? cli->set.me : getenv("PROTOKOL_AUTHOR");
    if (!event->time.length)
        event->time = cli_now(cli);
    if (!event->who.length && !is_theirs(event->kind))
        event->who = pk_view_of(author);
    if (!pk_time_parse(event->time, &event->seconds)) {
        cli_trouble(cli, "--time wants a time such as 2027-03-01T09:30:00+01:00");
        return false;
    }
    pk_event_complete(&cli->arena, log, digest, event);
    return true;
}

/* Nobody approves what somebody still objects to, unless it is said aloud. */
static bool is_settled(struct cli *cli, const struct cli_document *document,
                       const struct pk_log *log, const struct pk_event *event)
{
    struct pk_buffer list = {.arena = cli->page};
    struct pk_standing standing;
    if (event->kind != PK_EVENT_APPROVED || cli->set.force)
        return true;
    pk_standing_of(cli->page, &document->minutes, log, &standing);
    for (uint32_t i = 0; i < standing.objection.count; i++) {
        const struct pk_event *objection = standing.objection.items[i];
        pk_putf(&list, i ? ", %u (" : "%u (", objection->number);
        pk_put(&list, objection->who);
        if (objection->item.length)
            pk_puts(&list, ": ");
        pk_put(&list, objection->item);
        pk_puts(&list, ")");
    }
    struct pk_view open = pk_written(&list);
    if (open.length)
        cli_trouble(cli,
                    "%s: approved: open objections: %.*s; record each one's resolution, or "
                    "approve it all the same with --force",
                    document->name, (int)open.length, open.at);
    return !open.length;
}

static bool says_all(struct cli *cli, const struct pk_event *event)
{
    for (const struct pk_event_key *key = pk_event_keys; key->name; key++) {
        bool counted = strcmp(key->name, "revision") == 0 || strcmp(key->name, "number") == 0;
        if (!(key->needed & 1u << event->kind) || key->offset == SIZE_MAX || counted)
            continue;
        const char *field = (const char *)event + key->offset;
        bool said = key->shape == PK_SAYS_NUMBER    ? *(const uint32_t *)(const void *)field > 0
                    : key->shape == PK_SAYS_OUTCOME ? event->outcome != PK_OUTCOME_NONE
                    : key->shape == PK_SAYS_LIST
                        ? ((const struct pk_names *)(const void *)field)->name.count > 0
                        : ((const struct pk_view *)(const void *)field)->length > 0;
        if (!said) {
            bool author = strcmp(key->name, "who") == 0 && !is_theirs(event->kind);
            cli_trouble(cli, "%s: --%s is missing: %s%s", pk_event_kinds[event->kind], key->name,
                        key->about, author ? "; $PROTOKOL_AUTHOR is taken, too" : "");
            return false;
        }
    }
    return true;
}

/* -- Into the document -- */

/* What was sent stays beside the document before the log says that it was. */
static bool keep_revision(struct cli *cli, const char *path, struct pk_event *event)
{
    struct pk_error error = {0};
    bool sends = event->kind == PK_EVENT_SENT;
    if (!sends && event->kind != PK_EVENT_AMENDED)
        return true;
    uint32_t number = sends ? event->revision : event->number;
    if (pk_revision_keep(path, sends ? 'r' : 'a', number, cli_text(cli->bytes), &error) == PK_OK)
        return true;
    cli_trouble(cli, "%s: %s", error.file[0] ? error.file : path, error.message);
    return false;
}

struct recording {
    struct pk_event event;
    struct stat locked; /* the file that is ours */
};

static void put_recorded(struct cli *cli, const struct cli_document *document,
                         const struct pk_event *event)
{
    struct pk_buffer out = {.arena = cli->page};
    pk_text_path(&out, pk_view_of(document->name));
    pk_putf(&out, event->revision ? ": %s, revision %u\n" : ": %s\n", pk_event_kinds[event->kind],
            event->revision);
    cli_put(pk_written(&out));
}

static void record(struct cli *cli, struct cli_document *document)
{
    struct recording *own = cli->own;
    struct pk_event *event = &own->event;
    const struct pk_minutes *minutes = &document->minutes;
    struct pk_log log;
    struct pk_edit edit;
    struct pk_error error;
    if (own->locked.st_ino != cli->bytes->stat.st_ino) {
        cli_trouble(cli, "%s: changed meanwhile, left as it is", document->path);
        return;
    }
    pk_log_read(cli->page, minutes, &log);
    struct pk_digest digest = pk_digest_of(pk_canonical(cli->page, minutes));
    if (cli->set.mail && !cli_take_mail(cli, minutes, &log, &digest, event))
        return;
    if (!fill(cli, &log, &digest, event) || !says_all(cli, event))
        return;
    if (!is_settled(cli, document, &log, event))
        return;
    const char *hinders = pk_event_hinders(&log, log.event.count, event);
    if (hinders) {
        cli_trouble(cli, "%s: %s: %s", document->name, pk_event_kinds[event->kind], hinders);
        return;
    }
    if (pk_log_add(cli->page, minutes, event, &edit, &error) != PK_OK) {
        cli_trouble(cli, "%s: %s", document->name,
                    error.message[0] ? error.message : "out of memory");
        return;
    }
    if (access(document->path, W_OK) != 0) { /* else a revision is kept that was never sent */
        cli_trouble(cli, "%s: %s", document->path, strerror(errno));
        return;
    }
    cli_clear_fresh(document->path);
    if (!keep_revision(cli, document->path, event))
        return;
    struct pk_view text = pk_apply(cli->page, minutes->blocks.text, &edit, 1, NULL);
    const char *why = cli->page->failed ? "out of memory, left as it is"
                                        : cli_replace_file(document->path, text, &cli->bytes->stat);
    if (why)
        cli_trouble(cli, "%s: %s", document->path, why);
    else
        put_recorded(cli, document, event);
}

/* One program at a time: the second is told. */
static int lock(struct cli *cli, const char *path)
{
    struct stat about;
    const char *why = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        why = strerror(errno);
    else if (fstat(file, &about) == 0 && !S_ISREG(about.st_mode))
        why = "not a regular file, left as it is";
    else if (flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        why = "somebody else is recording an event in it; try again";
    if (!why)
        return file;
    cli_trouble(cli, "%s: %s", path, why);
    if (file >= 0)
        close(file);
    return -1;
}

static bool event_of(struct cli *cli, const char *name, struct pk_event *event)
{
    struct cli_names known = {0};
    for (int i = 0; i < PK_EVENT_KINDS; i++) {
        *pk_push(&cli->arena, &known.name) = pk_event_kinds[i];
        event->kind = (enum pk_event_kind)i;
        if (strcmp(name, pk_event_kinds[i]) == 0)
            return true;
    }
    cli_unknown(cli, "event", name, &known);
    return false;
}

/* What is asked of an event and given by an option: not its numbers and its digest, which the log
 * and the text tell. */
static bool is_typed(const struct pk_event_key *key, enum pk_event_kind kind)
{
    bool told = strcmp(key->name, "digest") == 0 || strcmp(key->name, "number") == 0;
    return (key->kinds & 1u << kind) && key->offset != SIZE_MAX && !told;
}

void cli_events_help(FILE *out)
{
    fputs("\nEvents, with what each has to say and [may say]:\n", out);
    for (int kind = 0; kind < PK_EVENT_KINDS; kind++) {
        fprintf(out, "  %-12s", pk_event_kinds[kind]);
        for (int needed = 1; needed >= 0; needed--) {
            for (const struct pk_event_key *key = pk_event_keys; key->name; key++) {
                bool own = strcmp(key->name, "time") == 0 || strcmp(key->name, "revision") == 0;
                bool must = (key->needed & 1u << kind) && !own;
                if (is_typed(key, (enum pk_event_kind)kind) && must == (needed == 1))
                    fprintf(out, must ? " --%s" : " [--%s]", key->name);
            }
        }
        fputs("\n", out);
    }
}

void cli_run_record(struct cli *cli)
{
    struct recording own = {0};
    if (cli->operand.count != 2) {
        cli_trouble(cli,
                    "record wants an event and a document: protokol record sent --to ADDRESS FILE; "
                    "protokol record --help tells of all events");
        return;
    }
    if (!event_of(cli, cli->operand.items[0], &own.event) || !take_said(cli, &own.event))
        return;
    const char *path = cli->operand.items[1];
    int file = lock(cli, path);
    if (file < 0)
        return;
    /* cppcheck-suppress autoVariables ; nobody asks for it once the command is done */
    cli->own = &own;
    if (fstat(file, &own.locked) == 0)
        cli_one_document(cli, path, record);
    close(file);
}
