/* send.c - protokol send: the draft of a mail, for somebody to look at and to send. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

/* -- Who, when, as what -- */

/* The address of a person of the minutes by that name; empty: none. */
static struct pk_view address_of(const struct pk_minutes *minutes, struct pk_view name)
{
    for (uint32_t i = 0; name.length && i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        for (uint32_t j = 0; pk_same_folded(person->name, name) && j < person->contact.count; j++) {
            struct pk_view address = pk_mail_address(person->contact.items[j]);
            if (address.length)
                return address;
        }
    }
    return PK_VIEW("");
}

/* --me or $PROTOKOL_AUTHOR; where that has no address, the one in the minutes, or $EMAIL. */
static bool take_sender(struct cli *cli, const struct pk_minutes *minutes, struct pk_mail *mail)
{
    struct pk_buffer out = {.arena = &cli->arena};
    struct pk_view me = pk_view_of(cli->set.me ? cli->set.me : getenv("PROTOKOL_AUTHOR"));
    struct pk_view address = address_of(minutes, me), email = pk_view_of(getenv("EMAIL"));
    mail->from = me;
    if (pk_mail_address(me).length)
        return true;
    if (!address.length)
        address = pk_mail_address(email);
    if (!address.length) {
        cli_trouble(cli, "who sends it? --me \"NAME <ADDRESS>\", $PROTOKOL_AUTHOR or $EMAIL tells");
        return false;
    }
    pk_put(&out, me);
    pk_puts(&out, me.length ? " <" : "<");
    pk_put(&out, address);
    pk_puts(&out, ">");
    mail->from = pk_written(&out);
    return true;
}

/* RFC 5322, 3.6.4: what stands on the left is never there twice. */
static bool take_message_id(struct cli *cli, struct pk_mail *mail)
{
    struct pk_buffer out = {.arena = &cli->arena};
    struct pk_view address = pk_mail_address(mail->from);
    unsigned char random[16];
    FILE *source = fopen("/dev/urandom", "rb");
    bool read = source && fread(random, 1, sizeof random, source) == sizeof random;
    if (source)
        fclose(source);
    if (!read) {
        cli_trouble(cli, "/dev/urandom: cannot be read, and so no Message-ID can be made");
        return false;
    }
    pk_puts(&out, "<");
    for (size_t i = 0; i < sizeof random; i++)
        pk_putf(&out, "%02x", random[i]);
    pk_puts(&out, "@");
    size_t at = address.length;
    while (at > 0 && address.at[at - 1] != '@')
        at--;
    pk_put(&out, pk_view_part(address, at, address.length));
    pk_puts(&out, ">");
    mail->message_id = pk_written(&out);
    return true;
}

static void take_said(struct cli *cli, struct pk_mail *mail)
{
    mail->time = cli_now(cli);
    for (uint32_t i = 0; i < cli->set.said.count; i++) {
        const struct pk_value *said = &cli->set.said.items[i];
        if (pk_is(said->key, "time"))
            mail->time = said->value;
        else
            *pk_push(&cli->arena, pk_is(said->key, "cc") ? &mail->cc.name : &mail->to.name) =
                said->value;
    }
}

static struct pk_view file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return strcmp(path, "-") == 0 ? PK_VIEW("minutes.md") : pk_view_of(slash ? slash + 1 : path);
}

/* By what the log says, where the user does not: approved, objected to, or neither. */
static enum pk_mail_kind kind_by(const struct pk_stood *stood)
{
    uint32_t objections = 0;
    for (uint32_t i = 0; i < stood->log.event.count; i++) {
        const struct pk_event *event = &stood->log.event.items[i];
        objections =
            event->kind == PK_EVENT_SENT ? 0 : objections + (event->kind == PK_EVENT_OBJECTION);
    }
    return stood->standing.stand >= PK_AGREED ? PK_MAIL_FINAL
           : objections                       ? PK_MAIL_ANSWER
                                              : PK_MAIL_CHECK;
}

static bool take_kind(struct cli *cli, const struct pk_stood *stood, struct pk_mail *mail)
{
    struct cli_names known = {0};
    mail->kind = kind_by(stood);
    for (int i = 0; cli->set.kind && i <= PK_MAIL_KINDS; i++) {
        if (i == PK_MAIL_KINDS) {
            cli_unknown(cli, "kind", cli->set.kind, &known);
            return false;
        }
        *pk_push(&cli->arena, &known.name) = pk_mail_kinds[i];
        mail->kind = (enum pk_mail_kind)i;
        if (strcmp(cli->set.kind, pk_mail_kinds[i]) == 0)
            break;
    }
    return true;
}

/* -- What is in the way -- */

static bool may_come(struct cli *cli, const struct cli_document *document,
                     const struct pk_stood *stood, const struct pk_mail *mail)
{
    bool final = mail->kind == PK_MAIL_FINAL;
    struct pk_event event = {.kind = final ? PK_EVENT_DISTRIBUTED : PK_EVENT_SENT};
    if (!pk_time_parse(mail->time, &event.seconds)) {
        cli_trouble(cli, "--time wants a time such as 2027-03-01T09:30:00+01:00");
        return false;
    }
    pk_event_number(&stood->log, &event);
    const char *hinders = pk_event_hinders(&stood->log, stood->log.event.count, &event);
    if (!hinders && final && stood->standing.changed && !cli->set.force)
        hinders = "the approved text was changed: amend it or undo the change (--force goes on)";
    if (hinders)
        cli_trouble(cli, "%s: %s", document->name, hinders);
    return !hinders;
}

/* Errors stop it: they are told, in a line each. */
static bool is_clean(struct cli *cli, const struct cli_document *document)
{
    struct pk_findings findings = {0};
    uint32_t errors = 0;
    if (cli->set.force)
        return true;
    if (pk_lint(&document->minutes, &findings) != PK_OK) {
        cli_trouble(cli, "%s: out of memory", document->name);
        return false;
    }
    for (uint32_t i = 0; i < findings.diagnostic.count; i++) {
        const struct pk_diagnostic *found = &findings.diagnostic.items[i];
        struct pk_place place = pk_place_of(&document->minutes, found->span);
        if (found->severity != PK_ERROR)
            continue;
        struct pk_error error = {.line = place.line, .column = place.column};
        snprintf(error.file, sizeof error.file, "%s", document->name);
        snprintf(error.message, sizeof error.message, "%.*s [%s]", (int)found->message.length,
                 found->message.at, found->rule->id);
        cli_error(cli, &error);
        errors++;
    }
    if (errors)
        cli_trouble(cli, "%s: errors stand in the way of a mail (--force goes on)", document->name);
    return !errors;
}

/* -- The draft -- */

static bool write_to(struct cli *cli, const char *path, struct pk_view draft)
{
    const char *why = path ? cli_write_file(path, draft) : NULL;
    if (!path)
        cli_put(draft);
    if (why)
        cli_trouble(cli, "%s: %s", path, why);
    return !why;
}

static bool write_draft(struct cli *cli, const struct cli_document *document, struct pk_mail *mail,
                        const char *path)
{
    struct pk_buffer out = {.arena = cli->page};
    struct pk_error error = {0};
    if (!take_message_id(cli, mail))
        return false;
    if (pk_mail_write(&out, &document->minutes, mail, &error) == PK_OK)
        return write_to(cli, path, pk_written(&out));
    cli_trouble(cli, "%s: %s", document->name, error.message[0] ? error.message : "out of memory");
    return false;
}

/* One mail for each, as FOLDER/1.eml, FOLDER/2.eml ... */
static void write_each(struct cli *cli, const struct cli_document *document,
                       const struct pk_mail *mail)
{
    struct pk_names all = {0};
    for (uint32_t i = 0; i < mail->to.name.count; i++)
        *pk_push(cli->page, &all.name) = mail->to.name.items[i];
    for (uint32_t i = 0; i < mail->cc.name.count; i++)
        *pk_push(cli->page, &all.name) = mail->cc.name.items[i];
    for (uint32_t i = 0; i < all.name.count; i++) {
        struct pk_mail one = *mail;
        struct pk_buffer path = {.arena = cli->page};
        one.to.name.items = &all.name.items[i];
        one.to.name.count = 1;
        one.cc.name.count = 0;
        pk_putf(&path, "%s/%u.eml%c", cli->set.output, i + 1, '\0');
        if (!write_draft(cli, document, &one, pk_written(&path).at))
            return;
    }
}

static void send(struct cli *cli, struct cli_document *document)
{
    struct pk_mail mail = {.filename = file_name(document->path)};
    struct pk_stood stood;
    pk_stood_of(cli->page, &document->minutes, &stood);
    take_said(cli, &mail);
    if (!take_kind(cli, &stood, &mail) || !may_come(cli, document, &stood, &mail) ||
        !take_sender(cli, &document->minutes, &mail) || !is_clean(cli, document))
        return;
    if (!mail.to.name.count && !mail.cc.name.count)
        pk_mail_people(cli->page, &document->minutes, &mail);
    if (!cli->set.plain) {
        struct pk_buffer page = {.arena = cli->page};
        pk_mail_page(&page, &document->minutes, &mail);
        mail.html = cli_html(cli->page, pk_written(&page));
    }
    if (cli->set.each)
        write_each(cli, document, &mail);
    else
        write_draft(cli, document, &mail, cli->set.output);
}

void cli_run_send(struct cli *cli)
{
    if (cli->operand.count != 1)
        cli_trouble(cli, "send wants one document; see protokol send --help");
    else if (cli->set.each && !cli->set.output)
        cli_trouble(cli, "--each writes a draft for each: --output FOLDER says where");
    else
        cli_one_document(cli, cli->operand.items[0], send);
}
