/* reply.c - read a mail that came back: who wrote it, when, and of which text. */
#include "approval/mime.h"

#include <string.h>

enum { MOST_IDS = 100, MOST_ADDRESSES = 2000, MOST_DIGESTS = 20 };

/* -- Addresses: RFC 5322, 3.4 -- */

struct mailbox {
    struct pk_buffer name, comment, address;
    struct pk_view whole; /* as it stands there */
    bool angle;           /* the address stands between "<" and ">" */
};

/* Copies a quoted string without its marks, or a comment without its brackets; gives the place
 * behind it. */
static size_t put_enclosed(struct pk_buffer *out, struct pk_view text, size_t at)
{
    char open = text.at[at], close = open == '(' ? ')' : '"';
    int depth = 1;
    for (at++; at < text.length; at++) {
        char byte = text.at[at];
        if (byte == '\\' && at + 1 < text.length)
            byte = text.at[++at];
        else if (byte == close && --depth == 0)
            return at + 1;
        else if (byte == open)
            depth++;
        pk_putc(out, byte);
    }
    return at;
}

/* Is an encoded word among them? It may hold anything, against RFC 2047. */
static bool holds_word(const struct pk_buffer *name)
{
    struct pk_view text = pk_written(name);
    for (size_t i = 1; i < text.length && i < 100; i++) {
        if (text.at[i - 1] == '=' && text.at[i] == '?')
            return true;
    }
    return false;
}

/* The next mailbox of a list, from *at on, which moves behind it. */
static void take_mailbox(struct pk_arena *arena, struct pk_view list, size_t *at,
                         struct mailbox *box)
{
    size_t start = *at;
    bool inside = false;
    *box = (struct mailbox){
        .name = {.arena = arena}, .comment = {.arena = arena}, .address = {.arena = arena}};
    while (*at < list.length) {
        char byte = list.at[*at];
        struct pk_buffer *out = inside ? &box->address : &box->name;
        if (byte == '"' && !inside) {
            *at = put_enclosed(out, list, *at);
            continue;
        }
        if (byte == '(' && !inside) {
            *at = put_enclosed(&box->comment, list, *at);
            continue;
        }
        box->whole = pk_view_part(list, start, ++*at);
        if (!inside && (byte == ',' || byte == ';')) {
            box->whole.length--;
            return;
        }
        if (byte == '<' && !box->angle)
            inside = box->angle = true;
        else if (byte == '>')
            inside = false;
        else if (!inside && byte == ':' && !holds_word(out))
            out->length = 0; /* of a group */
        else
            pk_putc(out, byte);
    }
}

static bool is_mailbox(struct pk_arena *arena, const struct mailbox *box, struct pk_view *name,
                       struct pk_view *address)
{
    struct pk_view words = pk_trim(pk_written(&box->name));
    *address = pk_mail_address(box->angle ? pk_trim(pk_written(&box->address)) : words);
    if (!address->length && !box->angle)
        *address = pk_mail_address(box->whole); /* "ben lee"@example.com */
    *name = pk_header_decoded(arena, box->angle ? words : pk_trim(pk_written(&box->comment)));
    return address->length > 0;
}

/* "Ben Lee <ben@example.com>", as it goes into the log. */
static struct pk_view written_as(struct pk_arena *arena, struct pk_view name,
                                 struct pk_view address)
{
    struct pk_buffer out = {.arena = arena};
    for (size_t i = 0; i < name.length; i++) { /* brackets would read as an address */
        if (name.at[i] != '<' && name.at[i] != '>' && name.at[i] != '"')
            pk_putc(&out, name.at[i]);
    }
    if (!out.length)
        return address;
    pk_puts(&out, " <");
    pk_put(&out, address);
    pk_puts(&out, ">");
    return pk_written(&out);
}

static void take_addresses(struct pk_arena *arena, struct pk_view list, struct pk_names *names)
{
    struct pk_view name, address;
    struct mailbox box;
    for (size_t at = 0; at < list.length && names->name.count < MOST_ADDRESSES;) {
        take_mailbox(arena, list, &at, &box);
        if (is_mailbox(arena, &box, &name, &address))
            *pk_push(arena, &names->name) = written_as(arena, name, address);
    }
}

/* -- Message-IDs -- */

static void take_ids(struct pk_arena *arena, struct pk_view value, struct pk_names *ids)
{
    size_t open = SIZE_MAX;
    for (size_t i = 0; i < value.length && ids->name.count < MOST_IDS; i++) {
        if (value.at[i] == '<')
            open = i;
        if (value.at[i] != '>' || open == SIZE_MAX)
            continue;
        struct pk_view id = pk_view_part(value, open, i + 1);
        if (pk_is_message_id(id))
            *pk_push(arena, &ids->name) = id;
        open = SIZE_MAX;
    }
}

/* -- Date: RFC 5322, 3.3 and 4.3 -- */

struct reading {
    struct pk_view text;
    size_t at;
};

static struct pk_view next_word(struct reading *reading)
{
    struct pk_view text = reading->text;
    size_t at = reading->at;
    while (at < text.length && strchr(" \t,", text.at[at]) && text.at[at])
        at++;
    size_t start = at;
    while (at < text.length && !(strchr(" \t,", text.at[at]) && text.at[at]))
        at++;
    reading->at = at;
    return pk_view_part(text, start, at);
}

static int number_of(struct pk_view digits)
{
    int number = 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9' || i > 3)
            return -1;
        number = number * 10 + digits.at[i] - '0';
    }
    return digits.length ? number : -1;
}

static int month_of(struct pk_view word)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; word.length >= 3 && i < 12; i++) {
        if (pk_same_folded(pk_view_part(word, 0, 3), (struct pk_view){months + 3 * i, 3}))
            return i + 1;
    }
    return 0;
}

static void put_zone(struct pk_buffer *out, struct pk_view zone)
{
    static const struct {
        const char *name, *offset;
    } obsolete[] = {{"EST", "-05:00"}, {"EDT", "-04:00"}, {"CST", "-06:00"}, {"CDT", "-05:00"},
                    {"MST", "-07:00"}, {"MDT", "-06:00"}, {"PST", "-08:00"}, {"PDT", "-07:00"}};
    if (zone.length == 5 && (zone.at[0] == '+' || zone.at[0] == '-') &&
        number_of(pk_view_part(zone, 1, 5)) >= 0) {
        pk_putf(out, "%c%.2s:%.2s", number_of(pk_view_part(zone, 1, 5)) ? zone.at[0] : '+',
                zone.at + 1, zone.at + 3);
        return;
    }
    for (size_t i = 0; i < sizeof obsolete / sizeof *obsolete; i++) {
        if (pk_same_folded(zone, pk_view_of(obsolete[i].name))) {
            pk_puts(out, obsolete[i].offset);
            return;
        }
    }
    pk_puts(out, "Z"); /* GMT, UT; others say nothing that is sure */
}

/* Day, Month, Year, then hours, minutes and, if they are there, seconds. */
static struct pk_view time_of(struct pk_arena *arena, struct pk_view date)
{
    struct reading reading = {date, 0};
    struct pk_view word = next_word(&reading);
    struct pk_buffer out = {.arena = arena};
    int64_t seconds;
    int part[3] = {-1, -1, 0};
    if (number_of(word) < 0)
        word = next_word(&reading); /* behind the weekday */
    int day = number_of(word), month = month_of(next_word(&reading));
    struct pk_view digits = next_word(&reading);
    int year = number_of(digits);
    if (year >= 0 && digits.length < 4)
        year += digits.length == 2 && year < 50 ? 2000 : 1900;
    struct pk_view clock = next_word(&reading);
    for (size_t i = 0, start = 0, n = 0; i <= clock.length && n < 3; i++) {
        if (i < clock.length && clock.at[i] != ':')
            continue;
        part[n++] = number_of(pk_view_part(clock, start, i));
        start = i + 1;
    }
    pk_putf(&out, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, part[0], part[1], part[2]);
    put_zone(&out, next_word(&reading));
    struct pk_view time = pk_written(&out);
    return pk_time_parse(time, &seconds) ? time : PK_VIEW("");
}

/* -- Text -- */

/* Lines ended by LF, without control bytes. */
static struct pk_view plain(struct pk_arena *arena, struct pk_view text)
{
    struct pk_buffer out = {.arena = arena};
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        if (byte == '\r' && i + 1 < text.length && text.at[i + 1] == '\n')
            continue;
        if (byte == '\r')
            byte = '\n';
        if ((unsigned char)byte >= 0x20 ? byte != 0x7f : byte == '\n' || byte == '\t')
            pk_putc(&out, byte);
    }
    return pk_written(&out);
}

static bool is_hexadecimal(char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'f');
}

static void take_digests(struct pk_arena *arena, struct pk_view text, struct pk_names *digests)
{
    static const size_t prefix = sizeof "sha256:" - 1;
    for (size_t i = 0; i + PK_DIGEST_LENGTH <= text.length; i++) {
        struct pk_view found = pk_view_part(text, i, i + PK_DIGEST_LENGTH);
        size_t at = prefix;
        if ((found.at[0] | 32) != 's' ||
            !pk_same_folded(pk_view_part(found, 0, prefix), PK_VIEW("sha256:")))
            continue;
        while (at < found.length && is_hexadecimal(found.at[at]))
            at++;
        bool longer =
            i + PK_DIGEST_LENGTH < text.length && is_hexadecimal(text.at[i + PK_DIGEST_LENGTH]);
        if (at < found.length || longer)
            continue;
        if (digests->name.count == MOST_DIGESTS)
            return;
        *pk_push(arena, &digests->name) = pk_folded(arena, found);
        i += PK_DIGEST_LENGTH - 1;
    }
}

/* -- The mail -- */

/* What an mbox puts before a mail is none of its headers. */
static struct pk_view without_from_line(struct pk_view mail)
{
    size_t at = 0;
    if (pk_starts(mail, PK_VIEW("\xEF\xBB\xBF")))
        mail = pk_view_part(mail, 3, mail.length);
    if (!pk_starts(mail, PK_VIEW("From ")))
        return mail;
    while (at < mail.length && mail.at[at] != '\n')
        at++;
    return pk_view_part(mail, at + 1, mail.length);
}

enum pk_status pk_reply_read(struct pk_arena *arena, struct pk_view mail, struct pk_reply *reply,
                             struct pk_error *error)
{
    struct mailbox box;
    struct pk_names ids = {0};
    size_t at = 0;
    *reply = (struct pk_reply){0};
    mail = without_from_line(mail);
    take_mailbox(arena, pk_entity_header(arena, mail, "From"), &at, &box);
    if (!is_mailbox(arena, &box, &reply->name, &reply->address))
        return pk_fail(error, arena->failed ? PK_ENOMEM : PK_EINPUT,
                       "no mail: there is no address of a sender in it");
    take_addresses(arena, pk_entity_header(arena, mail, "To"), &reply->to);
    take_addresses(arena, pk_entity_header(arena, mail, "Cc"), &reply->to);
    reply->time = time_of(arena, pk_entity_header(arena, mail, "Date"));
    take_ids(arena, pk_entity_header(arena, mail, "Message-ID"), &ids);
    reply->message_id = ids.name.count ? ids.name.items[0] : PK_VIEW("");
    take_ids(arena, pk_entity_header(arena, mail, "In-Reply-To"), &reply->answers);
    take_ids(arena, pk_entity_header(arena, mail, "References"), &reply->answers);
    reply->subject = pk_header_decoded(arena, pk_entity_header(arena, mail, "Subject"));
    reply->text = plain(arena, pk_entity_text(arena, mail));
    take_digests(arena, reply->text, &reply->digest);
    return arena->failed ? pk_fail(error, PK_ENOMEM, "out of memory") : PK_OK;
}

/* -- What it says of a document -- */

static bool is_among(struct pk_view word, const struct pk_names *names)
{
    for (uint32_t i = 0; i < names->name.count; i++) {
        if (pk_same(word, names->name.items[i]))
            return true;
    }
    return false;
}

bool pk_reply_names(const struct pk_reply *reply, struct pk_view digest)
{
    return digest.length && is_among(digest, &reply->digest);
}

bool pk_is_correspondent(const struct pk_minutes *minutes, const struct pk_log *log,
                         struct pk_view address)
{
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        if (pk_is_address_of(address, &minutes->person.items[i]))
            return true;
    }
    for (uint32_t i = 0; i < log->event.count; i++) {
        const struct pk_names *to = &log->event.items[i].to;
        for (uint32_t j = 0; j < to->name.count; j++) {
            if (pk_same_folded(pk_mail_address(to->name.items[j]), address))
                return true;
        }
    }
    return false;
}

const struct pk_event *pk_reply_about(const struct pk_reply *reply, const struct pk_log *log)
{
    for (uint32_t i = log->event.count; i-- > 0;) {
        const struct pk_event *event = &log->event.items[i];
        if (pk_reply_names(reply, event->digest))
            return event;
    }
    for (uint32_t i = log->event.count; i-- > 0 && !reply->digest.name.count;) {
        const struct pk_event *event = &log->event.items[i];
        if (event->digest.length && event->reference.length &&
            is_among(event->reference, &reply->answers))
            return event;
    }
    return NULL;
}

void pk_reply_event(struct pk_arena *arena, const struct pk_reply *reply, const struct pk_log *log,
                    struct pk_event *event)
{
    const struct pk_event *about = pk_reply_about(reply, log);
    uint32_t count = log->event.count;
    int64_t seconds, last = count ? log->event.items[count - 1].seconds : INT64_MIN;
    if (!event->who.length)
        event->who = written_as(arena, reply->name, reply->address);
    if (!event->how.length)
        event->how = PK_VIEW("mail");
    if (!event->reference.length)
        event->reference = reply->message_id;
    if (!event->time.length && pk_time_parse(reply->time, &seconds) && seconds >= last)
        event->time = reply->time;
    if (about && !event->revision)
        event->revision = about->revision;
    if (about && !event->digest.length)
        event->digest = about->digest;
}
