/* mail.c - any bytes as minutes, drafted as a mail, which is read again as if it came back. */
#include "fuzz.h"

#include <string.h>

/* RFC 5322, 2.1: ASCII, lines of at most 998 bytes, ended by CRLF and by nothing else. */
static void check_draft(struct pk_view mail)
{
    size_t length = 0;
    for (size_t i = 0; i < mail.length; i++) {
        unsigned char byte = (unsigned char)mail.at[i];
        bool ends = byte == '\r' && i + 1 < mail.length && mail.at[i + 1] == '\n';
        fuzz_require((byte >= 0x20 && byte < 0x7f) || byte == '\t' || ends, "a draft is ASCII");
        length = ends ? 0 : length + 1;
        fuzz_require(length <= 998, "a line of a draft is short enough");
        i += ends;
    }
    fuzz_require(length == 0, "a draft's last line is ended");
}

static void draft(struct pk_arena *arena, const struct pk_minutes *minutes, enum pk_mail_kind kind)
{
    struct pk_buffer out = {.arena = arena};
    struct pk_error error = {0};
    struct pk_reply reply;
    struct pk_view text = minutes->blocks.text;
    struct pk_mail mail = {.kind = kind,
                           .from = PK_VIEW("Anna Muster <anna@example.com>"),
                           .time = PK_VIEW("2027-03-01T09:30:00+01:00"),
                           .message_id = PK_VIEW("<m1@example.com>"),
                           .filename = pk_view_part(text, text.length / 2, text.length / 2 + 20)};
    pk_mail_people(arena, minutes, &mail);
    *pk_push(arena, &mail.to.name) = PK_VIEW("Ben Lee <ben@example.com>");
    struct pk_buffer page = {.arena = arena};
    pk_mail_page(&page, minutes, &mail);
    mail.html = pk_written(&page);
    if (pk_mail_write(&out, minutes, &mail, &error) != PK_OK) {
        fuzz_require(error.message[0] != '\0', "why there is no draft is told");
        return;
    }
    check_draft(pk_written(&out));
    fuzz_require(pk_reply_read(arena, pk_written(&out), &reply, &error) == PK_OK,
                 "a draft can be read again");
    fuzz_require(pk_is(reply.address, "anna@example.com") && pk_is(reply.name, "Anna Muster"),
                 "its sender reads as it was written");
    struct pk_digest digest = pk_digest_of(pk_canonical(arena, minutes));
    fuzz_require(kind == PK_MAIL_FINAL || pk_reply_names(&reply, pk_view_of(digest.text)),
                 "it names the digest");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pk_arena arena;
    struct pk_minutes minutes;
    pk_arena_init(&arena);
    fuzz_read(&arena, fuzz_library(), (struct pk_view){(const char *)data, size}, "a.md", &minutes);
    for (int kind = 0; kind < PK_MAIL_KINDS; kind++)
        draft(&arena, &minutes, (enum pk_mail_kind)kind);
    pk_arena_free(&arena);
    return 0;
}
