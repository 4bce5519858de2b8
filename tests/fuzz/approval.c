/* approval.c - any bytes as minutes with a log of approval: an event more, and nothing else. */
#include "fuzz.h"

struct document {
    struct pk_arena *arena;
    struct pk_minutes minutes;
    struct pk_log log;
    struct pk_view canonical;
};

static void open_document(struct pk_arena *arena, struct pk_view text, struct document *document)
{
    *document = (struct document){.arena = arena};
    fuzz_read(arena, fuzz_library(), text, "a.md", &document->minutes);
    pk_log_read(arena, &document->minutes, &document->log);
    document->canonical = pk_canonical(arena, &document->minutes);
}

static void check_log(const struct document *document)
{
    const struct pk_log *log = &document->log;
    struct pk_buffer out = {.arena = document->arena};
    struct pk_json json = pk_json_to(&out);
    struct pk_stood stood;
    size_t length = document->minutes.blocks.text.length;
    for (uint32_t i = 0; i < log->event.count; i++) {
        struct pk_span span = log->event.items[i].span;
        fuzz_require(span.start <= span.end && span.end <= length, "an event lies in the text");
    }
    for (uint32_t i = 0; i < log->flaw.count; i++) {
        struct pk_span span = log->flaw.items[i].span;
        fuzz_require(span.start <= span.end && span.end <= length, "a flaw lies in the text");
    }
    pk_stood_of(document->arena, &document->minutes, &stood);
    pk_tell_status(&json.sink, document->arena, &stood, PK_VIEW("a.md"));
    fuzz_require(fuzz_is_json(pk_written(&out)), "the status is JSON");
    pk_text_status(&out, &stood, PK_VIEW("a.md"));
}

/* Does a second line look like the log's first, as in a text in quotes? Only one is the log. */
static bool has_two_logs(struct pk_view canonical)
{
    static const char key[] = "\napproval:";
    for (size_t at = 0; at + sizeof key - 1 <= canonical.length; at++)
        if (memcmp(canonical.at + at, key, sizeof key - 1) == 0)
            return true;
    return false;
}

/* Can what is dropped make of the rest another document? A passage taken out may join what stands
 * around it; the lines behind a front matter that is dropped as a whole may look like one. */
static bool may_change_by_itself(const struct document *document)
{
    struct pk_passages internal;
    const struct pk_yaml *front = document->minutes.front;
    bool log_alone = !front || (front->kind == PK_YAML_MAP && front->first && !front->first->next);
    pk_internal(document->arena, &document->minutes, &internal);
    return internal.span.count || document->minutes.front_error.message[0] ||
           pk_starts(document->canonical, PK_VIEW("\xEF\xBB\xBF")) ||
           has_two_logs(document->canonical) ||
           (log_alone && pk_starts(document->canonical, PK_VIEW("---")));
}

static void check_canonical(const struct document *document)
{
    struct pk_minutes minutes;
    fuzz_read(document->arena, fuzz_library(), document->canonical, "a.md", &minutes);
    fuzz_require(may_change_by_itself(document) ||
                     pk_same(pk_canonical(document->arena, &minutes), document->canonical),
                 "the canonical text is its own");
    pk_public_text(document->arena, &document->minutes);
}

/* One of that kind, in words taken from the text. */
static struct pk_event event_of(const struct document *document, enum pk_event_kind kind)
{
    struct pk_view text = document->minutes.blocks.text;
    struct pk_event event = {
        .kind = kind,
        .time = PK_VIEW("2027-03-01T09:30:00+01:00"),
        .who = PK_VIEW("Anna Muster"),
        .digest = PK_VIEW("sha256:00"),
        .level = PK_VIEW("brief"),
        .item = PK_VIEW("A1"),
        .text = pk_view_part(text, text.length / 2, text.length / 2 + 60),
        .what = pk_view_part(text, text.length / 3, text.length / 3 + 30),
        .outcome = PK_COMPROMISE,
        .of = 1,
        .number = 1,
        .revision = 1,
    };
    *pk_push(document->arena, &event.to.name) = PK_VIEW("ben@example.com");
    *pk_push(document->arena, &event.understood.name) = PK_VIEW("A1");
    pk_event_number(&document->log, &event);
    return event;
}

static bool says(const struct pk_event *event, const char *name)
{
    for (const struct pk_event_key *key = pk_event_keys; key->name; key++)
        if (pk_is(pk_view_of(name), key->name))
            return (key->kinds >> event->kind & 1) != 0;
    return false;
}

static void check_added(const struct document *before, const struct pk_event *event,
                        struct pk_view text)
{
    struct document after;
    open_document(before->arena, text, &after);
    fuzz_require(after.log.event.count == before->log.event.count + 1, "there is an event more");
    fuzz_require(after.log.flaw.count == before->log.flaw.count, "there is no flaw more");
    fuzz_require(pk_same(after.canonical, before->canonical), "the digest stays");
    const struct pk_event *last = &after.log.event.items[after.log.event.count - 1];
    fuzz_require(last->kind == event->kind && pk_same(last->who, event->who) &&
                     last->seconds == 1803889800,
                 "the event reads as it was written");
    fuzz_require(!says(event, "text") || pk_same(last->text, event->text),
                 "its text reads as it was written");
    fuzz_require(!says(event, "what") || pk_same(last->what, event->what),
                 "what it says reads as it was written");
    check_log(&after);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pk_arena arena;
    struct document document;
    struct pk_view text = {(const char *)data, size};
    pk_arena_init(&arena);
    open_document(&arena, text, &document);
    check_log(&document);
    check_canonical(&document);
    for (int kind = 0; kind < PK_EVENT_KINDS; kind++) {
        struct pk_event event = event_of(&document, (enum pk_event_kind)kind);
        struct pk_edit edit = {0};
        struct pk_error error = {0};
        if (pk_log_add(&arena, &document.minutes, &event, &edit, &error) == PK_OK)
            check_added(&document, &event, fuzz_apply(&arena, text, &edit, 1));
        else
            fuzz_require(error.message[0] != '\0', "why it cannot be added is told");
    }
    pk_arena_free(&arena);
    return 0;
}
