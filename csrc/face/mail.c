/* mail.c - record --mail: what an event is about, from the mail that was sent or came back. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A mail of ours that was sent: to whom, under which Message-ID. */
static bool take_sent(struct cli *cli, const struct pk_reply *mail, const struct pk_digest *digest,
                      struct pk_event *event)
{
    if (!pk_reply_names(mail, pk_view_of(digest->text))) {
        cli_trouble(cli, "%s: it is about another text than the one that is there now",
                    cli->set.mail);
        return false;
    }
    if (!event->to.name.count)
        event->to = mail->to;
    if (!event->how.length)
        event->how = PK_VIEW("mail");
    if (!event->reference.length)
        event->reference = mail->message_id;
    return true;
}

/* A mail that came back. What a sender says of time and name is not to be relied on: a time to
 * come, which would keep every later event out of the log, does not count, and a stranger is told.
 */
static bool take_reply(struct cli *cli, const struct pk_minutes *minutes,
                       const struct pk_reply *mail, const struct pk_log *log,
                       struct pk_event *event)
{
    int64_t seconds;
    bool given = event->time.length > 0;
    if (mail->digest.name.count && !pk_reply_about(mail, log)) {
        cli_trouble(cli, "%s: the digest in it is of no text that the log knows", cli->set.mail);
        return false;
    }
    pk_reply_event(&cli->arena, mail, log, event);
    if (!given && pk_time_parse(event->time, &seconds) && seconds > (int64_t)time(NULL))
        event->time = PK_VIEW("");
    if (!pk_is_correspondent(minutes, log, mail->address))
        cli_note("%s: it comes from %.*s, an address that is not known here", cli->set.mail,
                 (int)mail->address.length, mail->address.at);
    if (!pk_reply_about(mail, log))
        cli_note("%s: it does not say which text it means: neither by the digest nor by the mail "
                 "it answers",
                 cli->set.mail);
    return true;
}

bool cli_take_mail(struct cli *cli, const struct pk_minutes *minutes, const struct pk_log *log,
                   const struct pk_digest *digest, struct pk_event *event)
{
    struct cli_bytes bytes = {0};
    struct pk_reply mail;
    struct pk_error error = {0};
    bool ours = event->kind == PK_EVENT_SENT || event->kind == PK_EVENT_DISTRIBUTED;
    const char *why = cli_read_file(&bytes, cli->set.mail);
    struct pk_view text = pk_copy(&cli->arena, cli_text(&bytes));
    free(bytes.at);
    if (!why && pk_reply_read(&cli->arena, text, &mail, &error) != PK_OK)
        why = error.message[0] ? error.message : "out of memory";
    if (why) {
        cli_trouble(cli, "%s: %s", cli->set.mail, why);
        return false;
    }
    return ours ? take_sent(cli, &mail, digest, event)
                : take_reply(cli, minutes, &mail, log, event);
}
