/* reply.c - any bytes as an e-mail that came back, and the event that is recorded of it. */
#include "fuzz.h"

static const char sent[] =
    "---\napproval:\n  - time: 2027-03-01T09:30:00+01:00\n    event: sent\n    who: \"Jo\"\n"
    "    revision: 1\n    to: [\"ben@example.com\"]\n    reference: \"<r1@example.com>\"\n"
    "    digest: \"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n"
    "---\n# Minutes\n";

static void check_line(struct pk_view line, const char *what)
{
    fuzz_require(fuzz_is_utf8(line), what);
    for (size_t i = 0; i < line.length; i++) {
        unsigned char byte = (unsigned char)line.at[i];
        fuzz_require(byte >= 0x20 && byte != 0x7f, what);
    }
}

static void check_reply(const struct pk_reply *reply)
{
    int64_t seconds;
    check_line(reply->name, "a name is a line of UTF-8");
    check_line(reply->address, "an address is a line of UTF-8");
    check_line(reply->subject, "a subject is a line of UTF-8");
    fuzz_require(reply->address.length > 0, "a reply has a sender");
    fuzz_require(fuzz_is_utf8(reply->text), "a reply's text is UTF-8");
    for (size_t i = 0; i < reply->text.length; i++) {
        unsigned char byte = (unsigned char)reply->text.at[i];
        fuzz_require((byte >= 0x20 && byte != 0x7f) || byte == '\n' || byte == '\t',
                     "a reply's text has no control bytes");
    }
    fuzz_require(!reply->time.length || pk_time_parse(reply->time, &seconds), "its time is one");
    fuzz_require(!reply->message_id.length || pk_is_message_id(reply->message_id),
                 "its Message-ID is one");
    for (uint32_t i = 0; i < reply->answers.name.count; i++)
        fuzz_require(pk_is_message_id(reply->answers.name.items[i]), "a Message-ID is one");
    for (uint32_t i = 0; i < reply->to.name.count; i++)
        check_line(reply->to.name.items[i], "who got it is a line of UTF-8");
    for (uint32_t i = 0; i < reply->digest.name.count; i++)
        fuzz_require(reply->digest.name.items[i].length == PK_DIGEST_LENGTH, "a digest is one");
}

static void record(struct pk_arena *arena, const struct pk_reply *reply)
{
    struct pk_minutes minutes, after;
    struct pk_log log, logged;
    struct pk_edit edit = {0};
    struct pk_error error = {0};
    struct pk_event event = {.kind = PK_EVENT_CONFIRMED};
    fuzz_read(arena, fuzz_library(), PK_VIEW(sent), "a.md", &minutes);
    pk_log_read(arena, &minutes, &log);
    fuzz_require(log.event.count == 1 && !log.flaw.count, "the minutes have a log");
    pk_reply_event(arena, reply, &log, &event);
    if (!event.time.length)
        event.time = PK_VIEW("2027-03-02T09:30:00+01:00");
    if (pk_log_add(arena, &minutes, &event, &edit, &error) != PK_OK)
        return; /* too long, say */
    struct pk_view text = fuzz_apply(arena, PK_VIEW(sent), &edit, 1);
    fuzz_read(arena, fuzz_library(), text, "a.md", &after);
    pk_log_read(arena, &after, &logged);
    fuzz_require(logged.event.count == 2 && !logged.flaw.count, "a reply can be recorded");
    fuzz_require(pk_same(logged.event.items[1].who, event.who) &&
                     pk_same(logged.event.items[1].reference, event.reference),
                 "who replied reads as it was recorded");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pk_arena arena;
    struct pk_reply reply;
    struct pk_error error = {0};
    pk_arena_init(&arena);
    if (pk_reply_read(&arena, (struct pk_view){(const char *)data, size}, &reply, &error) ==
        PK_OK) {
        check_reply(&reply);
        record(&arena, &reply);
    } else {
        fuzz_require(error.message[0] != '\0', "why it is no mail is told");
    }
    pk_arena_free(&arena);
    return 0;
}
