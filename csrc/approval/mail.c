/* mail.c - the draft of a mail about minutes: who, what about, and its parts. */
#include "approval/mime.h"

#include <string.h>

const char *const pk_mail_kinds[PK_MAIL_KINDS] = {"check", "answer", "final"};

/* -- What others get to see -- */

static struct pk_view title_of(const struct pk_draft *draft)
{
    if (draft->minutes.title.length)
        return draft->minutes.title;
    return pk_profile_title(draft->minutes.profile, draft->language);
}

/* The minutes are read again without what is internal, so that none of it can get into a mail. */
static enum pk_status draft_of(struct pk_arena *arena, const struct pk_minutes *minutes,
                               const struct pk_mail *mail, struct pk_draft *draft,
                               struct pk_error *error)
{
    struct pk_event sends = {.kind = PK_EVENT_SENT};
    struct pk_standing standing;
    struct pk_read_options options = {
        .name = mail->filename,
        .profile = minutes->profile->id,
        .language = minutes->language->id,
        .detail = pk_view_of(pk_details[minutes->detail]),
        .today = minutes->today,
    };
    *draft = (struct pk_draft){.mail = mail, .text = pk_public_text(arena, minutes)};
    enum pk_status status =
        pk_read(arena, minutes->library, draft->text, &options, &draft->minutes, error);
    if (status != PK_OK)
        return status;
    draft->language = pk_language_to_write(minutes->library, minutes->language);
    draft->title = title_of(draft);
    draft->digest = pk_digest_of(pk_canonical(arena, minutes));
    pk_log_read(arena, minutes, &draft->log);
    pk_event_number(&draft->log, &sends);
    pk_standing_of(arena, minutes, &draft->log, &standing);
    bool final = mail->kind == PK_MAIL_FINAL && standing.approved;
    draft->revision = mail->revision ? mail->revision : final ? standing.approved : sends.revision;
    return PK_OK;
}

void pk_mail_body(struct pk_buffer *out, const struct pk_minutes *minutes,
                  const struct pk_mail *mail)
{
    struct pk_draft draft;
    struct pk_error error;
    if (draft_of(out->arena, minutes, mail, &draft, &error) == PK_OK)
        pk_put_body(out, &draft);
}

void pk_mail_page(struct pk_buffer *out, const struct pk_minutes *minutes,
                  const struct pk_mail *mail)
{
    struct pk_draft draft;
    struct pk_error error;
    if (draft_of(out->arena, minutes, mail, &draft, &error) == PK_OK)
        pk_put_page(out, &draft);
}

/* -- To whom -- */

static bool is_served(const struct pk_names *names, struct pk_view address)
{
    for (uint32_t i = 0; i < names->name.count; i++) {
        if (pk_same_folded(pk_mail_address(names->name.items[i]), address))
            return true;
    }
    return false;
}

static void serve(struct pk_arena *arena, struct pk_mail *mail, struct pk_names *names,
                  struct pk_view name, struct pk_view contact)
{
    struct pk_buffer out = {.arena = arena};
    struct pk_view address = pk_mail_address(contact);
    if (!address.length || is_served(&mail->to, address) || is_served(&mail->cc, address) ||
        pk_same_folded(pk_mail_address(mail->from), address))
        return;
    pk_put(&out, name);
    pk_puts(&out, name.length ? " <" : "");
    pk_put(&out, address);
    pk_puts(&out, name.length ? ">" : "");
    *pk_push(arena, &names->name) = pk_written(&out);
}

static void serve_person(struct pk_arena *arena, struct pk_mail *mail,
                         const struct pk_person *person)
{
    for (uint32_t i = 0; i < person->contact.count; i++) {
        if (!pk_mail_address(person->contact.items[i]).length)
            continue;
        serve(arena, mail, &mail->to, person->name, person->contact.items[i]);
        return;
    }
}

static void serve_informed(struct pk_arena *arena, struct pk_mail *mail,
                           const struct pk_minutes *minutes)
{
    const struct pk_yaml *list = pk_yaml_get(minutes->front, "distribution");
    list = list && list->kind == PK_YAML_LIST ? list->first : NULL;
    for (; list; list = list->next) {
        struct pk_view name, address;
        if (list->kind == PK_YAML_SCALAR && pk_mailbox_split(arena, list->value, &name, &address))
            serve(arena, mail, &mail->cc, name, address);
    }
}

void pk_mail_people(struct pk_arena *arena, const struct pk_minutes *minutes, struct pk_mail *mail)
{
    struct pk_draft draft;
    struct pk_error error;
    if (draft_of(arena, minutes, mail, &draft, &error) != PK_OK)
        return;
    for (uint32_t i = 0; i < draft.minutes.person.count; i++) {
        if (draft.minutes.person.items[i].present)
            serve_person(arena, mail, &draft.minutes.person.items[i]);
    }
    if (mail->kind == PK_MAIL_FINAL)
        serve_informed(arena, mail, &draft.minutes);
}

/* -- Headers -- */

static enum pk_status put_addresses(struct pk_buffer *out, const char *header,
                                    const struct pk_names *names, struct pk_error *error)
{
    struct pk_header line;
    if (!names->name.count)
        return PK_OK;
    pk_header_begin(&line, out, header);
    for (uint32_t i = 0; i < names->name.count; i++) {
        struct pk_view name, address, given = names->name.items[i];
        struct pk_buffer word = {.arena = out->arena};
        if (!pk_mailbox_split(out->arena, given, &name, &address)) {
            given = pk_view_part(pk_header_line(out->arena, given), 0, 100);
            return pk_fail(error, PK_EINPUT, "\"%.*s\" is no address that a mail can go to",
                           (int)given.length, given.at);
        }
        pk_header_phrase(&line, name);
        pk_puts(&word, name.length ? "<" : "");
        pk_put(&word, address);
        pk_puts(&word, name.length ? ">" : "");
        pk_puts(&word, i + 1 < names->name.count ? "," : "");
        pk_header_word(&line, pk_written(&word));
    }
    pk_header_end(&line);
    return PK_OK;
}

/* RFC 5322, 3.3, from RFC 3339. */
static enum pk_status put_date(struct pk_buffer *out, struct pk_view time, struct pk_error *error)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct pk_date day;
    int64_t seconds;
    if (!pk_time_parse(time, &seconds) || !pk_date_parse_iso(pk_view_part(time, 0, 10), &day))
        return pk_fail(error, PK_EINPUT, "the mail has no time, as 2027-03-01T09:30:00+01:00");
    const char *zone = time.at + time.length - 6;
    bool ahead = zone[0] == '+' || zone[0] == '-';
    pk_putf(out, "Date: %s, %02d %s %04d %.8s %.3s%.2s\r\n", days[pk_date_weekday(day) - 1],
            day.day, months[day.month - 1], day.year, time.at + 11, ahead ? zone : "+00",
            ahead ? zone + 4 : "00");
    return PK_OK;
}

/* Message-IDs of what was sent and answered so far: RFC 5322, 3.6.4. */
static void put_thread(struct pk_buffer *out, const struct pk_log *log)
{
    enum { MOST = 30 };
    struct pk_header line;
    struct pk_names ids = {0};
    for (uint32_t i = 0; i < log->event.count; i++) {
        struct pk_view id = log->event.items[i].reference;
        bool known = !pk_is_message_id(id);
        for (uint32_t j = 0; j < ids.name.count && !known; j++)
            known = pk_same(id, ids.name.items[j]);
        if (!known && ids.name.count == MOST) /* the first one stays: the thread hangs on it */
            memmove(ids.name.items + 1, ids.name.items + 2, (MOST - 2) * sizeof *ids.name.items);
        if (!known && ids.name.count == MOST)
            ids.name.items[MOST - 1] = id;
        else if (!known)
            *pk_push(out->arena, &ids.name) = id;
    }
    if (!ids.name.count)
        return;
    pk_header_begin(&line, out, "In-Reply-To");
    pk_header_word(&line, ids.name.items[ids.name.count - 1]);
    pk_header_end(&line);
    pk_header_begin(&line, out, "References");
    for (uint32_t i = 0; i < ids.name.count; i++)
        pk_header_word(&line, ids.name.items[i]);
    pk_header_end(&line);
}

static void put_subject(struct pk_buffer *out, const struct pk_draft *draft)
{
    static const char *const leads[PK_MAIL_KINDS] = {"Please check", "After your remarks",
                                                     "Approved"};
    enum { MOST = 900 }; /* code points: servers do not take headers of any length */
    struct pk_buffer words = {.arena = out->arena};
    struct pk_header line;
    size_t width, end = 0;
    struct pk_view title = pk_header_line(out->arena, draft->title);
    for (int i = 0; i < MOST && end < title.length; i++, end += width)
        pk_decode(pk_view_part(title, end, title.length), &width);
    pk_put(&words, pk_say(draft->language, leads[draft->mail->kind]));
    pk_puts(&words, ": ");
    pk_put(&words, pk_view_part(title, 0, end));
    pk_header_begin(&line, out, "Subject");
    pk_header_text(&line, pk_written(&words));
    pk_header_end(&line);
}

static enum pk_status put_headers(struct pk_buffer *out, const struct pk_draft *draft,
                                  struct pk_error *error)
{
    const struct pk_mail *mail = draft->mail;
    struct pk_names from = {0};
    struct pk_header line;
    *pk_push(out->arena, &from.name) = mail->from;
    enum pk_status status = put_addresses(out, "From", &from, error);
    if (status == PK_OK)
        status = put_addresses(out, "To", &mail->to, error);
    if (status == PK_OK)
        status = put_addresses(out, "Cc", &mail->cc, error);
    if (status == PK_OK && !mail->to.name.count && !mail->cc.name.count)
        status = pk_fail(error, PK_EINPUT, "nobody to write to: no participant has an address");
    if (status == PK_OK && !pk_is_message_id(mail->message_id))
        status = pk_fail(error, PK_EINPUT, "the mail has no Message-ID");
    if (status != PK_OK)
        return status;
    put_subject(out, draft);
    status = put_date(out, mail->time, error);
    pk_header_begin(&line, out, "Message-ID");
    pk_header_word(&line, mail->message_id);
    pk_header_end(&line);
    put_thread(out, &draft->log);
    pk_puts(out, "MIME-Version: 1.0\r\n");
    return status;
}

/* -- Parts: RFC 2045, RFC 2046 -- */

/* A boundary that no encoded line can be: "=_" is neither base64 nor quoted-printable. */
struct boundary {
    char text[48];
};

static struct boundary boundary_of(const struct pk_mail *mail, const char *part)
{
    struct boundary boundary;
    uint64_t digest = pk_digest(PK_DIGEST, mail->message_id);
    static const char digits[] = "0123456789abcdef";
    size_t length = strlen(part);
    memcpy(boundary.text, "=_", 2);
    memcpy(boundary.text + 2, part, length);
    for (int i = 0; i < 16; i++)
        boundary.text[2 + length + (size_t)i] = digits[digest >> 4 * i & 15];
    boundary.text[2 + length + 16] = '\0';
    return boundary;
}

static bool is_utf8(struct pk_view text)
{
    size_t width;
    for (size_t at = 0; at < text.length; at += width) {
        pk_decode(pk_view_part(text, at, text.length), &width);
        if (width == 1 && (unsigned char)text.at[at] >= 0x80)
            return false;
    }
    return true;
}

/* Whichever is shorter. */
static void put_text(struct pk_buffer *out, struct pk_view text)
{
    size_t high = 0;
    for (size_t i = 0; i < text.length; i++)
        high += (unsigned char)text.at[i] >= 0x80;
    if (high * 6 <= text.length) {
        pk_puts(out, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
        pk_put_quoted_printable(out, text);
        return;
    }
    struct pk_buffer lines = {.arena = out->arena}; /* a text's lines end in CRLF in base64, too */
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '\n')
            pk_putc(&lines, '\r');
        pk_putc(&lines, text.at[i]);
    }
    pk_puts(out, "Content-Transfer-Encoding: base64\r\n\r\n");
    pk_put_base64(out, pk_written(&lines));
}

static void put_words(struct pk_buffer *out, const struct pk_draft *draft)
{
    struct boundary boundary = boundary_of(draft->mail, "words");
    struct pk_buffer body = {.arena = out->arena};
    bool html = draft->mail->html.length > 0;
    pk_put_body(&body, draft);
    if (html)
        pk_putf(out, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n--%s\r\n",
                boundary.text, boundary.text);
    pk_puts(out, "Content-Type: text/plain; charset=utf-8\r\n");
    put_text(out, pk_written(&body));
    if (!html)
        return;
    pk_putf(out, "--%s\r\nContent-Type: text/html; charset=utf-8\r\n", boundary.text);
    put_text(out, draft->mail->html);
    pk_putf(out, "--%s--\r\n", boundary.text);
}

static const char *type_of(struct pk_view filename, struct pk_view text)
{
    struct pk_view ending =
        pk_view_part(filename, filename.length > 4 ? filename.length - 4 : 0, filename.length);
    if (!is_utf8(text))
        return "application/octet-stream";
    return pk_same_folded(ending, PK_VIEW(".txt")) ? "text/plain; charset=utf-8"
                                                   : "text/markdown; charset=utf-8";
}

/* In base64: byte for byte, whatever becomes of line ends on the way. */
static void put_document(struct pk_buffer *out, const struct pk_draft *draft)
{
    struct pk_header line;
    struct pk_buffer name = {.arena = out->arena};
    struct pk_view given = draft->mail->filename;
    for (size_t i = 0; i < given.length; i++)
        pk_putc(&name, strchr("/\\\"", given.at[i]) ? '_' : given.at[i]);
    if (!name.length)
        pk_puts(&name, "minutes.md");
    pk_putf(out, "Content-Type: %s\r\n", type_of(given, draft->text));
    pk_header_begin(&line, out, "Content-Disposition");
    pk_header_word(&line, PK_VIEW("attachment"));
    pk_header_parameter(&line, "filename", pk_written(&name));
    pk_header_end(&line);
    pk_puts(out, "Content-Transfer-Encoding: base64\r\n\r\n");
    pk_put_base64(out, draft->text);
}

enum pk_status pk_mail_write(struct pk_buffer *out, const struct pk_minutes *minutes,
                             const struct pk_mail *mail, struct pk_error *error)
{
    struct pk_draft draft;
    struct boundary boundary = boundary_of(mail, "mail");
    enum pk_status status = draft_of(out->arena, minutes, mail, &draft, error);
    if (status == PK_OK)
        status = put_headers(out, &draft, error);
    if (status != PK_OK)
        return status;
    pk_putf(out, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n", boundary.text,
            boundary.text);
    put_words(out, &draft);
    pk_putf(out, "--%s\r\n", boundary.text);
    put_document(out, &draft);
    pk_putf(out, "--%s--\r\n", boundary.text);
    return out->arena->failed ? pk_fail(error, PK_ENOMEM, "out of memory") : PK_OK;
}
