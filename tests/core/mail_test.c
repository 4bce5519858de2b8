/* mail_test.c - drafts of mails: their bytes, and that nothing from outside becomes a header. */
#include "with_library.h"

#include <stdio.h>
#include <string.h>

#include "approval/mime.h"
#include "protokol.h"

static struct pk_minutes minutes_of(struct pk_view text)
{
    struct pk_minutes minutes;
    struct pk_read_options options = {.name = PK_VIEW("a.md")};
    struct pk_error error;
    assert_int_equal(pk_read(&arena, library, text, &options, &minutes, &error), PK_OK);
    return minutes;
}

static struct pk_mail mail_to(struct pk_view to)
{
    struct pk_mail mail = {.from = PK_VIEW("Anna Weber <anna@example.com>"),
                           .time = PK_VIEW("2027-03-01T09:30:00+01:00"),
                           .message_id = PK_VIEW("<1@example.com>"),
                           .filename = PK_VIEW("a.md")};
    *pk_push(&arena, &mail.to.name) = to;
    return mail;
}

static enum pk_status write(struct pk_view text, const struct pk_mail *mail, struct pk_view *out)
{
    struct pk_minutes minutes = minutes_of(text);
    struct pk_buffer bytes = {.arena = &arena};
    struct pk_error error = {0};
    enum pk_status status = pk_mail_write(&bytes, &minutes, mail, &error);
    *out = pk_written(&bytes);
    return status;
}

static struct pk_view written(struct pk_view text, const struct pk_mail *mail)
{
    struct pk_view out;
    assert_int_equal(write(text, mail, &out), PK_OK);
    return out;
}

static bool holds(struct pk_view text, struct pk_view part)
{
    for (size_t i = 0; i + part.length <= text.length; i++) {
        if (memcmp(text.at + i, part.at, part.length) == 0)
            return true;
    }
    return false;
}

/* -- Headers -- */

/* The names of the headers, each with its colon. */
static struct pk_view names_of(struct pk_view mail)
{
    struct pk_buffer names = {.arena = &arena};
    for (size_t at = 0; at < mail.length && mail.at[at] != '\r';) {
        size_t end = at;
        while (mail.at[end] != '\n')
            end++;
        struct pk_view line = pk_view_part(mail, at, end - 1);
        assert_true(line.length <= 78);
        if (line.at[0] != ' ')
            pk_put(&names, pk_view_part(line, 0, (size_t)(strchr(line.at, ':') - line.at) + 1));
        at = end + 1;
    }
    return pk_written(&names);
}

/* In ASCII, every CR before an LF and every LF behind a CR, no line too long. */
static void assert_well_formed(struct pk_view mail)
{
    size_t column = 0;
    for (size_t i = 0; i < mail.length; i++, column++) {
        char byte = mail.at[i], before = i ? mail.at[i - 1] : ' ';
        assert_true(byte == '\r' || byte == '\n' || (byte >= 0x20 && byte < 0x7f));
        assert_true((byte == '\n') == (before == '\r'));
        assert_true(column <= 78);
        if (byte == '\n')
            column = SIZE_MAX;
    }
    assert_true(mail.length > 2 && mail.at[mail.length - 1] == '\n');
}

#define HEADERS "From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:"

static void assert_harmless(struct pk_view mail)
{
    assert_well_formed(mail);
    struct pk_view names = names_of(mail);
    assert_true(pk_is(names, HEADERS));
}

static struct pk_view header(struct pk_view mail, const char *name)
{
    return pk_entity_header(&arena, mail, name);
}

static void assert_to(const char *given, const char *written_as)
{
    struct pk_mail mail = mail_to(pk_view_of(given));
    struct pk_view out = written(PK_VIEW("# Minutes\n"), &mail), to = header(out, "To");
    if (!pk_is(to, written_as))
        fail_msg("%s: %.*s", given, (int)to.length, to.at);
    assert_harmless(out);
}

static void test_names_are_atoms_quoted_or_encoded(void **state)
{
    (void)state;
    assert_to("ben@example.com", "ben@example.com");
    assert_to("<ben@example.com>", "ben@example.com");
    assert_to("Ben Lee <ben@example.com>", "Ben Lee <ben@example.com>");
    assert_to("Ben \"B\" O'Lee <ben@example.com>", "\"Ben \\\"B\\\" O'Lee\" <ben@example.com>");
    assert_to("\"Lee, Ben\" <ben@example.com>", "\"Lee, Ben\" <ben@example.com>");
    assert_to("\"a \\\"b\\\\\" <ben@example.com>", "\"a \\\"b\\\\\" <ben@example.com>");
    assert_to("o'ben@example.com", "o'ben@example.com");
    assert_to("Ben <\"ben lee\"@example.com>", "Ben <\"ben lee\"@example.com>");
    assert_to("Жанна <zh@example.com>", "=?utf-8?B?0JbQsNC90L3QsA==?= <zh@example.com>");
    assert_to("René Grün <r@example.com>", "=?utf-8?Q?Ren=C3=A9_Gr=C3=BCn?= <r@example.com>");
    assert_to("=?utf-8?Q?x?= <r@example.com>", "=?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?= "
                                               "<r@example.com>");
    assert_to("Ben\xFF <r@example.com>", "=?utf-8?Q?Ben=EF=BF=BD?= <r@example.com>");
}

static void test_a_subject_of_any_length_is_folded_and_comes_back(void **state)
{
    (void)state;
    static const char *const words[] = {"word ", "слово ", "x", "ж", "a\u0301", "日本 ", "=?x?= "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (size_t count = 1; count < 301 && strlen(words[i]) * count < 900; count += 23) {
            struct pk_buffer text = {.arena = &arena};
            struct pk_mail mail = mail_to(PK_VIEW("ben@example.com"));
            pk_puts(&text, "# ");
            for (size_t n = 0; n < count; n++)
                pk_puts(&text, words[i]);
            struct pk_minutes minutes = minutes_of(pk_written(&text));
            struct pk_view out = written(pk_written(&text), &mail);
            struct pk_view subject = pk_header_decoded(&arena, header(out, "Subject"));
            struct pk_view says = pk_say(minutes.language, "Please check");
            assert_harmless(out);
            assert_true(
                pk_same(pk_view_part(subject, says.length + 2, subject.length), minutes.title));
        }
    }
}

/* As a constant, which PK_VIEW is not. */
#define BYTES(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static const struct pk_view poisons[] = {
    BYTES("x\r\nBcc: evil@example.com"),
    BYTES("x\nBcc: evil@example.com"),
    BYTES("x\rBcc: evil@example.com"),
    BYTES("x\r\n\r\n<script>"),
    BYTES("x\0\r\nBcc: evil@example.com"),
    BYTES("x\xE2\x80\xA8"
          "Bcc: evil@example.com"),
    BYTES("x\xC2\x85"
          "Bcc: evil@example.com"),
    BYTES("x\r\n Bcc: evil@example.com\r\nBcc: evil@example.com"),
    BYTES("=?utf-8?Q?x=0D=0ABcc:_evil@example.com?="),
    BYTES("x\v\f\x1b[31m\x7f\r\n"),
    BYTES("x, evil@example.com"),
    BYTES("x> <evil@example.com>, y"),
    BYTES("x\" <evil@example.com>, \"y"),
    BYTES("x\\"),
    BYTES("--=_mail\r\n"),
};
enum { POISONS = sizeof poisons / sizeof *poisons };

static struct pk_view joined(const char *before, struct pk_view poison, const char *after)
{
    struct pk_buffer out = {.arena = &arena};
    pk_puts(&out, before);
    pk_put(&out, poison);
    pk_puts(&out, after);
    return pk_written(&out);
}

/* Is this one address, with no other beside it? */
static void assert_one_address(struct pk_view mail, const char *name)
{
    struct pk_reply reply;
    struct pk_error error;
    assert_int_equal(pk_reply_read(&arena, mail, &reply, &error), PK_OK);
    assert_true(pk_is(reply.address, "anna@example.com"));
    assert_int_equal(reply.to.name.count, 1);
    assert_true(pk_is(pk_mail_address(reply.to.name.items[0]), name));
}

static void test_a_name_is_never_a_header(void **state)
{
    (void)state;
    for (size_t i = 0; i < POISONS; i++) {
        struct pk_mail mail = mail_to(joined("", poisons[i], " <ben@example.com>"));
        struct pk_view out;
        if (write(PK_VIEW("# Minutes\n"), &mail, &out) != PK_OK)
            continue; /* refused */
        assert_harmless(out);
        assert_one_address(out, "ben@example.com");
        mail = mail_to(PK_VIEW("ben@example.com"));
        mail.from = joined("", poisons[i], " <anna@example.com>");
        if (write(PK_VIEW("# Minutes\n"), &mail, &out) == PK_OK) {
            assert_harmless(out);
            assert_one_address(out, "ben@example.com");
        }
    }
}

static void test_an_address_that_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const none[] = {
        "",
        "ben",
        "ben@",
        "@example.com",
        "ben@example..com",
        "a b@c.d",
        "ben@-example.",
        "ben@exam_ple.c",
        "иван@example.com",
        "ivan@пример.рф",
        "a@b, c@d",
        "a@b c@d",
        "Ben <ben>",
        "<a@b> <c@d",
        "a.@example.com",
        "a(x)@b",
        "a@[127.0.0.1]",
        "\"a\nb\"@c.d",
        "a@b>",
        "\"a@b.c",
    };
    for (size_t i = 0; i < POISONS + sizeof none / sizeof *none; i++) {
        struct pk_view out, bad = i < POISONS ? joined("<ben@example.com", poisons[i], ">")
                                              : pk_view_of(none[i - POISONS]);
        struct pk_mail mail = mail_to(bad);
        if (write(PK_VIEW("# Minutes\n"), &mail, &out) == PK_OK)
            fail_msg("%.*s", (int)bad.length, bad.at);
        mail = mail_to(PK_VIEW("ben@example.com"));
        mail.from = bad;
        assert_int_equal(write(PK_VIEW("# Minutes\n"), &mail, &out), PK_EINPUT);
        mail = mail_to(PK_VIEW("ben@example.com"));
        *pk_push(&arena, &mail.cc.name) = bad;
        assert_int_equal(write(PK_VIEW("# Minutes\n"), &mail, &out), PK_EINPUT);
    }
}

static void test_a_title_is_never_a_header(void **state)
{
    (void)state;
    for (size_t i = 0; i < POISONS; i++) {
        struct pk_mail mail = mail_to(PK_VIEW("ben@example.com"));
        struct pk_view text = joined("# Minutes ", poisons[i], "\n\n## Actions\n\n- [ ] do it\n");
        assert_harmless(written(text, &mail));
        text = joined("---\ntitle: \"", poisons[i], "\"\n---\n\ntext\n");
        assert_harmless(written(text, &mail));
        text = joined("---\ntitle: \"a\\r\\nBcc: b@example.com\\0\\u2028\"\n---\n# ", poisons[i],
                      "\n\n## Decisions\n\n- yes\n");
        assert_harmless(written(text, &mail));
    }
}

static void test_a_file_name_is_never_a_header(void **state)
{
    (void)state;
    for (size_t i = 0; i < POISONS; i++) {
        struct pk_mail mail = mail_to(PK_VIEW("ben@example.com"));
        mail.filename = joined("", poisons[i], ".md");
        assert_harmless(written(PK_VIEW("# Minutes\n"), &mail));
        mail.filename = joined("протокол переговоров с очень длинным именем ", poisons[i], ".md");
        assert_harmless(written(PK_VIEW("# Minutes\n"), &mail));
    }
}

static void test_a_message_id_and_a_time_are_what_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < POISONS; i++) {
        struct pk_mail mail = mail_to(PK_VIEW("ben@example.com"));
        struct pk_view out;
        mail.message_id = joined("<1@example.com", poisons[i], ">");
        if (write(PK_VIEW("# Minutes\n"), &mail, &out) == PK_OK)
            assert_harmless(out);
        mail.message_id = PK_VIEW("<1@example.com>");
        mail.time = joined("2027-03-01T09:30:00+01:00", poisons[i], "");
        assert_int_equal(write(PK_VIEW("# Minutes\n"), &mail, &out), PK_EINPUT);
    }
    assert_false(pk_is_message_id(PK_VIEW("<1@example.com\r\n>")));
    assert_false(pk_is_message_id(PK_VIEW("1@example.com")));
    assert_false(pk_is_message_id(PK_VIEW("<1 2@example.com>")));
    assert_false(pk_is_message_id(PK_VIEW("<@>")));
}

static const char objected[] =
    "---\napproval:\n"
    "  - {time: 2027-02-01T09:00:00Z, event: sent, who: Jo, revision: 1, "
    "to: [a@b.c], digest: 'sha256:0', reference: '<r1@b.c>'}\n"
    "  - {time: 2027-02-02T09:00:00Z, event: objection, who: Ben, number: 1,"
    " item: D1, text: 'not 5 but 6', reference: '<o1@x.y>'}\n"
    "  - {time: 2027-02-03T09:00:00Z, event: objection, who: Mia, number: 2,"
    " text: later, reference: \"<o2@x.y>\\r\\nBcc: evil@example.com\"}\n"
    "  - {time: 2027-02-03T09:00:00Z, event: resolution, who: Jo, of: 1, "
    "outcome: compromise, text: '5.5'}\n"
    "---\n# Minutes\n\n## Decisions\n\n- it costs 5.5\n";

static void test_a_round_hangs_together(void **state)
{
    (void)state;
    struct pk_mail mail = mail_to(PK_VIEW("ben@example.com"));
    mail.kind = PK_MAIL_ANSWER;
    struct pk_view out = written(pk_view_of(objected), &mail);
    assert_well_formed(out);
    assert_true(pk_is(names_of(out), "From:To:Subject:Date:Message-ID:In-Reply-To:References:"
                                     "MIME-Version:Content-Type:"));
    assert_true(pk_is(header(out, "In-Reply-To"), "<o1@x.y>"));
    assert_true(pk_is(header(out, "References"), "<r1@b.c> <o1@x.y>"));
    assert_true(holds(out, PK_VIEW("- Ben, D1: not 5 but 6\r\n  -> compromise: 5.5\r\n"
                                   "- Mia: later\r\n  -> still open\r\n")));
    assert_true(holds(out, PK_VIEW("Minutes, revision 2\r\n")));
}

/* -- What leaves the house -- */

static const char internal[] =
    "---\napproval:\n  - {time: 2027-02-01T09:00:00Z, event: detail, who: SECRET, level: brief}\n"
    "---\n# Minutes <!-- about SECRET things -->\n\n## Participants\n\n"
    "- Ben Lee, ben@example.com\n<!-- internal -->\n- Eve SECRET, eve@example.com\n"
    "<!-- /internal -->\n\n## Decisions\n\n- it costs 5\n<!-- internal -->\n- SECRET: at most 6\n"
    "<!-- /internal -->\n\n## Ours <!-- internal -->\n\n- [ ] Anna: keep the SECRET\n\n"
    "## Actions\n\n- [ ] Ben Lee: send it by 2027-03-04\n- [x] Ben Lee: done before\n";

static void test_what_is_internal_stays_in_the_house(void **state)
{
    (void)state;
    struct pk_minutes minutes = minutes_of(pk_view_of(internal));
    struct pk_mail mail = {.from = PK_VIEW("Anna <anna@example.com>"),
                           .time = PK_VIEW("2027-03-01T09:30:00Z"),
                           .message_id = PK_VIEW("<1@example.com>"),
                           .filename = PK_VIEW("a.md")};
    struct pk_buffer page = {.arena = &arena};
    pk_mail_people(&arena, &minutes, &mail);
    assert_int_equal(mail.to.name.count, 1);
    assert_true(pk_is(mail.to.name.items[0], "Ben Lee <ben@example.com>"));
    struct pk_view out = written(pk_view_of(internal), &mail);
    assert_harmless(out);
    assert_false(holds(out, PK_VIEW("SECRET")));
    assert_true(holds(out, PK_VIEW("1. it costs 5\r\n")));
    assert_true(holds(out, PK_VIEW("2. Ben Lee: send it (due: 2027-03-04)\r\n")));
    assert_false(holds(out, PK_VIEW("done before")));
    pk_mail_page(&page, &minutes, &mail);
    assert_false(holds(pk_written(&page), PK_VIEW("SECRET")));
    assert_false(holds(pk_written(&page), PK_VIEW("<!--")));
    assert_true(holds(pk_written(&page), PK_VIEW("done before")));
}

/* The attached document is the public text, byte for byte, and of the digest that the body tells.
 */
static void test_the_document_comes_byte_for_byte(void **state)
{
    (void)state;
    static const struct pk_view texts[] = {
        BYTES("# Minutes\n"),
        BYTES("\xEF\xBB\xBF# Minutes \r\n\r\nText\t\r\n"),
        BYTES("# A\n\0\xFF\r\r\n.\nFrom x\n--=_mail\n"),
        BYTES(""),
        BYTES("---\ntitle: A\napproval: []\n---\n# Протокол\n"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pk_mail mail = mail_to(PK_VIEW("ben@example.com"));
        struct pk_minutes minutes = minutes_of(texts[i]);
        struct pk_view out = written(texts[i], &mail), public = pk_public_text(&arena, &minutes);
        struct pk_buffer bytes = {.arena = &arena};
        struct pk_digest digest = pk_digest_of(pk_canonical(&arena, &minutes));
        struct pk_reply reply;
        struct pk_error error;
        pk_puts(&bytes, "Content-Transfer-Encoding: base64\r\n\r\n");
        pk_put_base64(&bytes, public);
        pk_puts(&bytes, "--=_mail");
        assert_well_formed(out);
        assert_true(holds(out, pk_written(&bytes)));
        assert_int_equal(pk_reply_read(&arena, out, &reply, &error), PK_OK);
        assert_true(pk_reply_names(&reply, pk_view_of(digest.text)));
        minutes = minutes_of(public);
        assert_string_equal(pk_digest_of(pk_canonical(&arena, &minutes)).text, digest.text);
    }
}

static void test_two_hundred_people_get_one_mail(void **state)
{
    (void)state;
    struct pk_mail mail = mail_to(PK_VIEW("Жанна 0 <p0@example.com>"));
    struct pk_reply reply;
    struct pk_error error;
    for (int i = 1; i < 200; i++) {
        struct pk_buffer name = {.arena = &arena};
        pk_putf(&name, "Жанна \"%d\" Ершова, отдел <p%d@example.com>", i, i);
        *pk_push(&arena, &mail.to.name) = pk_written(&name);
    }
    struct pk_view out = written(PK_VIEW("# Minutes\n"), &mail);
    assert_harmless(out);
    assert_int_equal(pk_reply_read(&arena, out, &reply, &error), PK_OK);
    assert_int_equal(reply.to.name.count, 200);
    assert_true(pk_is(reply.to.name.items[199], "Жанна 199 Ершова, отдел <p199@example.com>"));
}

static void test_quoted_printable_comes_back(void **state)
{
    (void)state;
    struct pk_buffer text = {.arena = &arena}, out = {.arena = &arena};
    for (int i = 0; i < 3000; i++)
        pk_putc(&text, (char)(i % 256 == '\r' ? 'x' : i % 251 ? i % 256 : '\n'));
    pk_puts(&text, "blank \ntab\t\n.\nFrom here\nF\n=\n");
    pk_put_quoted_printable(&out, pk_written(&text));
    assert_well_formed(pk_written(&out));
    struct pk_view back = pk_quoted_decoded(&arena, pk_written(&out), false);
    struct pk_buffer plain = {.arena = &arena};
    for (size_t i = 0; i < back.length; i++) {
        if (back.at[i] != '\r')
            pk_putc(&plain, back.at[i]);
    }
    assert_true(pk_same(pk_written(&plain), pk_written(&text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_atoms_quoted_or_encoded),
        cmocka_unit_test(test_a_subject_of_any_length_is_folded_and_comes_back),
        cmocka_unit_test(test_a_name_is_never_a_header),
        cmocka_unit_test(test_an_address_that_is_none_is_refused),
        cmocka_unit_test(test_a_title_is_never_a_header),
        cmocka_unit_test(test_a_file_name_is_never_a_header),
        cmocka_unit_test(test_a_message_id_and_a_time_are_what_they_are),
        cmocka_unit_test(test_a_round_hangs_together),
        cmocka_unit_test(test_what_is_internal_stays_in_the_house),
        cmocka_unit_test(test_the_document_comes_byte_for_byte),
        cmocka_unit_test(test_two_hundred_people_get_one_mail),
        cmocka_unit_test(test_quoted_printable_comes_back),
    };
    return cmocka_run_group_tests_name("mail", tests, set_up, tear_down);
}
