/* lua_mail.h - mails about minutes for callers in Lua; a part of lua.c.
 *
 *     library:mail(text, mail, event, options)
 *
 * tells what the event ("sent", "confirmed" ...) of these minutes is by that mail: `to` and
 * `reference` of one of ours; `who`, `how`, `reference`, `time`, `revision` and `digest` of a
 * reply. `current`: it names the digest of the text as it is. `about`: the log knows the text it
 * means. `stranger`: an address where it comes from that is not known here. `text` is its own.
 */
#ifndef PK_LUA_MAIL_H
#define PK_LUA_MAIL_H

#include "approval/mail.h"

static void tell_some(struct pk_sink *sink, const char *key, struct pk_view value)
{
    if (value.length)
        sink->text(sink, pk_view_of(key), value);
}

static void tell_mail(struct pk_sink *sink, const struct reading *reading,
                      const struct pk_reply *mail, struct pk_event *event)
{
    struct pk_log log;
    const struct pk_minutes *minutes = &reading->minutes;
    bool ours = event->kind == PK_EVENT_SENT || event->kind == PK_EVENT_DISTRIBUTED;
    pk_log_read(reading->arena, minutes, &log);
    if (ours)
        event->reference = mail->message_id;
    else
        pk_reply_event(reading->arena, mail, &log, event);
    struct pk_digest digest = pk_digest_of(pk_canonical(reading->arena, minutes));
    sink->open(sink, no_file, '{');
    tell_some(sink, "who", event->who);
    tell_some(sink, "how", event->how);
    tell_some(sink, "reference", event->reference);
    tell_some(sink, "time", event->time);
    tell_some(sink, "digest", event->digest);
    tell_some(sink, "text", mail->text);
    if (event->revision)
        sink->number(sink, PK_VIEW("revision"), event->revision);
    sink->open(sink, PK_VIEW("to"), '[');
    for (uint32_t i = 0; ours && i < mail->to.name.count; i++)
        sink->text(sink, no_file, mail->to.name.items[i]);
    sink->close(sink, ']');
    sink->truth(sink, PK_VIEW("current"), pk_reply_names(mail, pk_view_of(digest.text)));
    sink->truth(sink, PK_VIEW("about"), pk_reply_about(mail, &log) != NULL);
    sink->truth(sink, PK_VIEW("names_text"), mail->digest.name.count > 0);
    if (!ours && !pk_is_correspondent(minutes, &log, mail->address))
        tell_some(sink, "stranger", mail->address);
    sink->close(sink, '}');
}

/* (library, text, mail, event, options) */
static int mail(lua_State *L)
{
    struct reading reading;
    struct pk_reply reply;
    struct pk_event event = {.kind = PK_EVENT_KINDS};
    struct pk_error error = {0};
    const char *name = luaL_checkstring(L, 4);
    int failed = read_text_with(L, &reading, 5);
    if (failed)
        return failed;
    for (int i = 0; i < PK_EVENT_KINDS; i++) {
        if (strcmp(name, pk_event_kinds[i]) == 0)
            event.kind = (enum pk_event_kind)i;
    }
    luaL_argcheck(L, event.kind != PK_EVENT_KINDS, 4, "there is no such event");
    enum pk_status status = pk_reply_read(reading.arena, view_at(L, 3), &reply, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    struct tables tables = tables_for(L);
    tell_mail(&tables.sink, &reading, &reply, &event);
    pk_arena_free(reading.arena);
    return 1;
}

#endif
