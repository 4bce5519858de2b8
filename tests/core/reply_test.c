/* reply_test.c - mails that come back: who, when, of which text; whatever their bytes. */
#include "with_arena.h"

#include <stdio.h>
#include <string.h>

#include "protokol.h"

#define DIGEST "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static struct pk_reply reply_of(struct pk_view mail)
{
    struct pk_reply reply;
    struct pk_error error = {0};
    if (pk_reply_read(&arena, mail, &reply, &error) != PK_OK)
        fail_msg("%s\n%.*s", error.message, (int)mail.length, mail.at);
    return reply;
}

static struct pk_reply reply_with(const char *headers, const char *body)
{
    struct pk_buffer out = {.arena = &arena};
    pk_puts(&out, headers);
    pk_puts(&out, body);
    return reply_of(pk_written(&out));
}

static void assert_view(struct pk_view got, const char *wanted)
{
    if (!pk_is(got, wanted))
        fail_msg("\"%.*s\" is not \"%s\"", (int)got.length, got.at, wanted);
}

/* -- Who -- */

static const struct {
    const char *from, *name, *address;
} senders[] = {
    {"ben@example.com", "", "ben@example.com"},
    {"Ben Lee <ben@example.com>", "Ben Lee", "ben@example.com"},
    {"\"Lee, Ben \\\"B\\\"\" <ben@example.com>", "Lee, Ben \"B\"", "ben@example.com"},
    {"ben@example.com (Ben (B) Lee)", "Ben (B) Lee", "ben@example.com"},
    {"(first) Ben <ben@example.com> (last)", "Ben", "ben@example.com"},
    {"=?utf-8?B?0JbQsNC90L3QsA==?= <z@example.com>", "Жанна", "z@example.com"},
    {"=?UTF-8*ru?q?=D0=96=D0=B0?=\r\n =?utf-8?Q?=D0=BD=D0=BD=D0=B0_E?= <z@example.com>", "Жанна E",
     "z@example.com"},
    {"=?koi8-r?B?9sHOzsE=?= <z@example.com>", "Жанна", "z@example.com"},
    {"=?windows-1251?Q?=C6=E0=ED=ED=E0?= <z@example.com>", "Жанна", "z@example.com"},
    {"=?iso-8859-1?Q?Ren=E9?= <r@example.com>", "René", "r@example.com"},
    {"=?utf-8?B?0JbQsNC90L3Q?= =?utf-8?B?sA==?= <z@example.com>", "Жанна", "z@example.com"},
    {"=?utf-8?Q?a=0D=0ABcc:_b@c.d=00?= <z@example.com>", "a Bcc: b@c.d", "z@example.com"},
    {"=?x-unknown?Q?=FF?= <z@example.com>", "\xEF\xBF\xBD", "z@example.com"},
    {"=?utf-8?X?a?= =? <z@example.com>", "=?utf-8?X?a?= =?", "z@example.com"},
    {"Group: Ben <ben@example.com>;", "Ben", "ben@example.com"},
    {"\"ben lee\"@example.com", "", "\"ben lee\"@example.com"},
    {"Жанна <z@example.com>", "Жанна", "z@example.com"},
};

static void test_the_sender_is_read_by_name_and_address(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof senders / sizeof *senders; i++) {
        struct pk_buffer out = {.arena = &arena};
        pk_putf(&out, "Subject: x\r\nFROM : %s\r\n\r\nyes\r\n", senders[i].from);
        struct pk_reply reply = reply_of(pk_written(&out));
        assert_view(reply.name, senders[i].name);
        assert_view(reply.address, senders[i].address);
    }
}

static void test_without_a_sender_it_is_no_mail(void **state)
{
    (void)state;
    static const char *const none[] = {
        "",
        "From ben@example.com Mon\r\n\r\n",
        "Subject: x\r\n\r\nFrom: ben@example.com\r\n",
        "From: Ben\r\n\r\n",
        "From:\r\n\r\n",
        "From: <ben@example.com, x\r\n\r\n",
        "From: ben@example.com> <a\r\n\r\n",
        "# Minutes\n",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct pk_reply reply;
        struct pk_error error = {0};
        assert_int_equal(pk_reply_read(&arena, pk_view_of(none[i]), &reply, &error), PK_EINPUT);
        assert_true(error.message[0] != '\0');
    }
}

/* -- When -- */

static const struct {
    const char *date, *time;
} dates[] = {
    {"Mon, 1 Mar 2027 09:30:00 +0100", "2027-03-01T09:30:00+01:00"},
    {"01 Mar 2027 09:30 -0330", "2027-03-01T09:30:00-03:30"},
    {"Mon, 01 MAR 2027 09:30:00 +0000 (UTC)", "2027-03-01T09:30:00+00:00"},
    {"Mon,  1 Mar\r\n 2027 09:30:00 GMT", "2027-03-01T09:30:00Z"},
    {"Mon, 1 Mar 27 09:30:00 EST", "2027-03-01T09:30:00-05:00"},
    {"Mon, 1 Mar 2027 09:30:00 -0000", "2027-03-01T09:30:00+00:00"},
    {"Mon, 31 Feb 2027 09:30:00 +0100", ""},
    {"Mon, 1 Mrz 2027 09:30:00 +0100", ""},
    {"Mon, 1 Mar 2027", ""},
    {"1 Mar 2027 25:61:00 +0100", ""},
    {"1 Mar 99999 09:30:00 +0100", ""},
    {"yesterday", ""},
    {"", ""},
};

static void test_the_date_is_read_as_rfc_3339(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct pk_buffer out = {.arena = &arena};
        pk_putf(&out, "From: a@b.c\r\nDate: %s\r\n\r\nyes\r\n", dates[i].date);
        assert_view(reply_of(pk_written(&out)).time, dates[i].time);
    }
}

static void test_message_ids_are_read(void **state)
{
    (void)state;
    struct pk_reply reply = reply_with("From: a@b.c\r\nMessage-Id:\r\n <1@b.c>\r\n"
                                       "In-Reply-To: your mail <2@b.c> of <x\r\n"
                                       "References: <1@b.c>\t<2@b.c><bad> <3@b.c>\r\n",
                                       "\r\nyes\r\n");
    assert_view(reply.message_id, "<1@b.c>");
    assert_int_equal(reply.answers.name.count, 4);
    assert_view(reply.answers.name.items[0], "<2@b.c>");
    assert_view(reply.answers.name.items[3], "<3@b.c>");
}

/* -- Text -- */

static const struct {
    const char *headers, *body, *text;
} bodies[] = {
    {"", "\r\nyes\r\nit is\r\n", "yes\nit is\n"},
    {"Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n",
     "\r\n\xC4\xC1\r\n", "да\n"},
    {"Content-Type: text/plain; format=flowed; charset=\"Windows-1251\"\r\n"
     "Content-Transfer-Encoding: QUOTED-PRINTABLE\r\n",
     "\r\n=E4=\r\n=E0 =  \r\n.\r\n", "да .\n"},
    {"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n",
     "\r\nUmVu\r\n6Q==\r\n", "René"},
    {"Content-Type: text/plain; charset=utf-8\r\n",
     "\r\na\xFF\x1b[31m\x01"
     "b\r\n",
     "a\xEF\xBF\xBD[31mb\n"},
    {"Content-Type: multipart/mixed; boundary=\"b b\"\r\n",
     "\r\npreamble\r\n--b b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
     "--c\r\nContent-Type: text/html\r\n\r\n<b>no</b>\r\n--c\r\n\r\nyes\r\n--c--\r\n"
     "--b b--\r\nafter\r\n",
     "yes\n"},
    {"Content-Type: multipart/mixed; boundary=b\r\n",
     "\r\n--b\r\nContent-Disposition: attachment; filename=x\r\n\r\nno\r\n--b\r\n\r\nyes", "yes"},
    {"Content-Type: text/html; charset=utf-8\r\n",
     "\r\n<html><style>p {}</style><p>yes &amp; <b>да</b><br>&lt;x&gt;</p><script>no</script>",
     "\nyes & да\n<x>\n"},
    {"Content-Type: application/pdf\r\n", "\r\n%PDF\r\n", ""},
    {"Content-Type: multipart/mixed\r\n", "\r\nno boundary\r\n", ""},
};

static void test_the_text_is_decoded(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct pk_buffer out = {.arena = &arena};
        pk_putf(&out, "From: a@b.c\r\n%s", bodies[i].headers);
        pk_puts(&out, bodies[i].body);
        assert_view(reply_of(pk_written(&out)).text, bodies[i].text);
    }
}

static void test_a_quoted_digest_is_found(void **state)
{
    (void)state;
    struct pk_view digest = PK_VIEW(DIGEST);
    struct pk_reply reply = reply_with("From: a@b.c\n", "\nYes.\n> > SHA256:" /* as some write it */
                                                        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396"
                                                        "177A9CB410FF61F20015AD\n");
    assert_true(pk_reply_names(&reply, digest));
    reply = reply_with("From: a@b.c\nContent-Transfer-Encoding: quoted-printable\n",
                       "\n> sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9c=\n"
                       "b410ff61f20015ad\n");
    assert_true(pk_reply_names(&reply, digest));
    reply = reply_with("From: a@b.c\n", "\n" DIGEST "0\n");
    assert_int_equal(reply.digest.name.count, 0);
    reply = reply_with("From: a@b.c\nSubject: " DIGEST "\n", "\nno\n");
    assert_false(pk_reply_names(&reply, digest));
    assert_false(pk_reply_names(&reply, PK_VIEW("")));
}

/* -- Events -- */

static struct pk_log log_of_two(void)
{
    struct pk_log log = {0};
    *pk_push(&arena, &log.event) = (struct pk_event){.kind = PK_EVENT_SENT,
                                                     .revision = 1,
                                                     .seconds = 1000,
                                                     .digest = PK_VIEW(DIGEST),
                                                     .reference = PK_VIEW("<r1@b.c>")};
    *pk_push(&arena, &log.event) = (struct pk_event){.kind = PK_EVENT_SENT,
                                                     .revision = 2,
                                                     .seconds = 1803720600,
                                                     .digest = PK_VIEW("sha256:00"),
                                                     .reference = PK_VIEW("<r2@b.c>")};
    return log;
}

static void test_an_event_is_of_the_text_that_the_reply_means(void **state)
{
    (void)state;
    struct pk_log log = log_of_two();
    struct pk_reply reply = reply_with("From: Ben <b@b.c>\nDate: 1 Mar 2028 09:30:00 +0100\n"
                                       "Message-ID: <o@b.c>\nIn-Reply-To: <r2@b.c>\n",
                                       "\nyes\n> " DIGEST "\n");
    struct pk_event event = {.kind = PK_EVENT_APPROVED};
    pk_reply_event(&arena, &reply, &log, &event);
    assert_view(event.who, "Ben <b@b.c>");
    assert_view(event.how, "mail");
    assert_view(event.reference, "<o@b.c>");
    assert_view(event.time, "2028-03-01T09:30:00+01:00");
    assert_view(event.digest, DIGEST);
    assert_int_equal(event.revision, 1);
    reply.digest.name.count = 0;
    event = (struct pk_event){.kind = PK_EVENT_APPROVED, .who = PK_VIEW("Mia")};
    pk_reply_event(&arena, &reply, &log, &event);
    assert_view(event.who, "Mia");
    assert_int_equal(event.revision, 2);
    reply.answers.name.count = 0;
    assert_null(pk_reply_about(&reply, &log));
}

static void test_a_date_before_the_log_does_not_count(void **state)
{
    (void)state;
    struct pk_log log = log_of_two();
    struct pk_reply reply = reply_with("From: b@b.c\nDate: 1 Jan 1999 00:00:00 +0000\n", "\nyes\n");
    struct pk_event event = {.kind = PK_EVENT_CONFIRMED};
    pk_reply_event(&arena, &reply, &log, &event);
    assert_int_equal(event.time.length, 0);
    assert_view(event.who, "b@b.c");
}

static void test_a_name_cannot_bring_a_second_address(void **state)
{
    (void)state;
    struct pk_log log = {0};
    struct pk_reply reply = reply_with("From: \"Ben <ben@example.com>\" <evil@b.c>\n", "\nyes\n");
    struct pk_event event = {.kind = PK_EVENT_CONFIRMED};
    pk_reply_event(&arena, &reply, &log, &event);
    assert_view(event.who, "Ben ben@example.com <evil@b.c>");
}

/* -- Whatever its bytes -- */

static void assert_bounded(struct pk_view mail)
{
    struct pk_reply reply;
    struct pk_error error = {0};
    enum pk_status status = pk_reply_read(&arena, mail, &reply, &error);
    assert_true(status == PK_OK || status == PK_EINPUT);
    for (size_t i = 0; status == PK_OK && i < reply.text.length; i++) {
        unsigned char byte = (unsigned char)reply.text.at[i];
        assert_true(byte >= 0x20 || byte == '\n' || byte == '\t');
    }
}

static void test_hostile_mails_are_read_in_their_time(void **state)
{
    (void)state;
    enum { LARGE = 1 << 20 };
    static const char *const again[] = {
        "=?utf-8?Q?a", "=?",    "(",    "\"",    "<",   "<a@b>", "a@b.c,",  ";x=\"",
        "\\",          "\r\n ", "\r\n", "=\r\n", "&lt", "<p",    "--b\r\n", "=?utf-8?B?0JA=?= ",
        DIGEST " "};
    static const char *const heads[] = {
        "From: a@b.c",
        "From: a@b.c\r\nTo: ",
        "From: a@b.c\r\nReferences: ",
        "From: a@b.c\r\nContent-Type: text/html\r\n\r\n",
        "From: a@b.c\r\nContent-Type: multipart/x; boundary=b\r\n\r\n",
        "From: a@b.c\r\nContent-Type: multipart/x; ",
    };
    for (size_t i = 0; i < sizeof again / sizeof *again; i++) {
        for (size_t j = 0; j < sizeof heads / sizeof *heads; j++) {
            struct pk_buffer mail = {.arena = &arena};
            pk_puts(&mail, heads[j]);
            while (mail.length < LARGE)
                pk_puts(&mail, again[i]);
            assert_bounded(pk_written(&mail));
            pk_arena_reset(&arena);
        }
    }
}

static void test_parts_within_parts_have_an_end(void **state)
{
    (void)state;
    struct pk_buffer mail = {.arena = &arena};
    pk_puts(&mail, "From: a@b.c\r\n");
    for (int i = 0; i < 5000; i++)
        pk_putf(&mail, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i);
    pk_puts(&mail, "\r\nyes\r\n");
    assert_view(reply_of(pk_written(&mail)).text, "");
}

static void test_any_bytes_are_read(void **state)
{
    (void)state;
    static const char sample[] =
        "From: =?utf-8?B?0JbQsA==?= <a@b.c>\r\nDate: Mon, 1 Mar 2027 09:30:00 +0100\r\n"
        "Message-ID: <1@b.c>\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n"
        "Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "xMHEwcTB\r\n--b--\r\n";
    uint32_t random = 20270301;
    for (int round = 0; round < 4000; round++) {
        char bytes[sizeof sample];
        memcpy(bytes, sample, sizeof sample);
        for (int slip = 0; slip < 1 + round % 8; slip++) {
            random = random * 1664525u + 1013904223u;
            bytes[(random >> 8) % (sizeof sample - 1)] = (char)(random >> 24);
        }
        random = random * 1664525u + 1013904223u;
        size_t length = round % 3 ? sizeof sample - 1 : (random >> 8) % sizeof sample;
        assert_bounded((struct pk_view){bytes, length});
        pk_arena_reset(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_sender_is_read_by_name_and_address),
        cmocka_unit_test(test_without_a_sender_it_is_no_mail),
        cmocka_unit_test(test_the_date_is_read_as_rfc_3339),
        cmocka_unit_test(test_message_ids_are_read),
        cmocka_unit_test(test_the_text_is_decoded),
        cmocka_unit_test(test_a_quoted_digest_is_found),
        cmocka_unit_test(test_an_event_is_of_the_text_that_the_reply_means),
        cmocka_unit_test(test_a_date_before_the_log_does_not_count),
        cmocka_unit_test(test_a_name_cannot_bring_a_second_address),
        cmocka_unit_test(test_hostile_mails_are_read_in_their_time),
        cmocka_unit_test(test_parts_within_parts_have_an_end),
        cmocka_unit_test(test_any_bytes_are_read),
    };
    return cmocka_run_group_tests_name("reply", tests, set_up, tear_down);
}
