/* lua_approval.h - the log of approval for callers in Lua; a part of lua.c.
 *
 *     library:approval(text, options)       what protokol status tells, without the file, and
 *                                           `events`: each with event, line, end_line and what it
 *                                           says; `told`: the stand in words; `title_line`
 *     library:record(text, event, options)  {edits =, event =, revision =, number =}
 *     library:public(text, options)         the text that others get to see
 *     core.keep(path, series, number, text) true: kept beside the document (approval.h)
 *     core.revision(path, series, number)   that text
 *     core.lock(path)                       a lock with `unlock`, which protokol record honours;
 * nil, {message =}: somebody else has it
 *
 * `event` is a table {event = 'sent', who =, time =, to = {...}, ...}. What fails returns nil and
 * {message =}.
 */
#ifndef PK_LUA_APPROVAL_H
#define PK_LUA_APPROVAL_H

#include "write/stand.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/* -- What the log says -- */

static void tell_said(struct pk_sink *sink, const struct pk_event_key *key,
                      const struct pk_event *event)
{
    const char *field = (const char *)event + key->offset;
    struct pk_view name = pk_view_of(key->name), view = {0};
    struct pk_names names = {0};
    uint32_t said = 0;
    if (key->shape == PK_SAYS_NUMBER)
        memcpy(&said, field, sizeof said);
    else if (key->shape == PK_SAYS_LIST)
        memcpy(&names, field, sizeof names);
    else if (key->shape == PK_SAYS_OUTCOME)
        view = pk_view_of(pk_outcomes[event->outcome]);
    else
        memcpy(&view, field, sizeof view);
    if (said)
        sink->number(sink, name, said);
    if (view.length)
        sink->text(sink, name, view);
    if (!names.name.count)
        return;
    sink->open(sink, name, '[');
    for (uint32_t i = 0; i < names.name.count; i++)
        sink->text(sink, no_file, names.name.items[i]);
    sink->close(sink, ']');
}

static void tell_event(struct pk_sink *sink, const struct pk_minutes *minutes,
                       const struct pk_event *event)
{
    struct pk_place place = pk_place_of(minutes, event->span);
    sink->open(sink, no_file, '{');
    sink->text(sink, PK_VIEW("event"), pk_view_of(pk_event_kinds[event->kind]));
    for (const struct pk_event_key *key = pk_event_keys; key->name; key++) {
        if (key->offset != SIZE_MAX && (key->kinds & 1u << event->kind))
            tell_said(sink, key, event);
    }
    sink->number(sink, PK_VIEW("line"), place.line);
    sink->number(sink, PK_VIEW("end_line"), place.end_line);
    sink->close(sink, '}');
}

static int approval(lua_State *L)
{
    struct reading reading;
    struct pk_stood stood;
    int failed = read_text(L, &reading);
    if (failed)
        return failed;
    pk_stood_of(reading.arena, &reading.minutes, &stood);
    if (reading.arena->failed)
        return push_error(L, PK_ENOMEM, &(struct pk_error){0});
    struct tables tables = tables_for(L);
    pk_tell_status(&tables.sink, reading.arena, &stood, no_file);
    lua_newtable(L);
    for (uint32_t i = 0; i < stood.log.event.count; i++) {
        tell_event(&tables.sink, &reading.minutes, &stood.log.event.items[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
    lua_setfield(L, -2, "events");
    if (reading.minutes.title_span.end > reading.minutes.title_span.start) {
        struct pk_place place = pk_place_of(&reading.minutes, reading.minutes.title_span);
        lua_pushinteger(L, (lua_Integer)place.line);
        lua_setfield(L, -2, "title_line");
    }
    struct pk_buffer told = {.arena = reading.arena};
    pk_text_stand(&told, &stood);
    lua_pushlstring(L, pk_written(&told).at, told.length);
    lua_setfield(L, -2, "told");
    pk_arena_free(reading.arena);
    return 1;
}

/* -- One event more -- */

static int wrong(lua_State *L, const char *format, const char *key)
{
    luaL_argerror(L, 3, lua_pushfstring(L, format, key));
    return 0;
}

static void take_list(lua_State *L, const struct pk_event_key *key, struct pk_arena *arena,
                      struct pk_names *out)
{
    if (!lua_istable(L, -1))
        wrong(L, "%s is no list of strings", key->name);
    for (int i = 1;; i++) {
        lua_rawgeti(L, -1, i);
        if (lua_isnil(L, -1))
            break;
        if (lua_type(L, -1) != LUA_TSTRING)
            wrong(L, "%s is no list of strings", key->name);
        struct pk_view item = view_at(L, -1);
        *pk_push(arena, &out->name) = pk_copy(arena, item);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* The value on top of the stack. */
static void take_event_value(lua_State *L, const struct pk_event_key *key, struct pk_arena *arena,
                             struct pk_event *event)
{
    char *field = (char *)event + key->offset;
    if (key->shape == PK_SAYS_LIST) {
        take_list(L, key, arena, (struct pk_names *)(void *)field);
    } else if (key->shape == PK_SAYS_NUMBER) {
        lua_Integer value = lua_tointeger(L, -1);
        if (lua_type(L, -1) != LUA_TNUMBER || value < 1 || value > 999999)
            wrong(L, "%s is no number from 1", key->name);
        *(uint32_t *)(void *)field = (uint32_t)value;
    } else if (lua_type(L, -1) != LUA_TSTRING) {
        wrong(L, "%s is no string", key->name);
    } else if (key->shape == PK_SAYS_OUTCOME) {
        for (int i = 1; i < PK_OUTCOMES; i++) {
            if (strcmp(lua_tostring(L, -1), pk_outcomes[i]) == 0)
                event->outcome = (enum pk_outcome)i;
        }
    } else {
        *(struct pk_view *)(void *)field = view_at(L, -1);
    }
}

static void take_event(lua_State *L, struct pk_arena *arena, struct pk_event *event)
{
    luaL_checktype(L, 3, LUA_TTABLE);
    lua_getfield(L, 3, "event");
    const char *name = lua_tostring(L, -1);
    event->kind = PK_EVENT_KINDS;
    for (int i = 0; name && i < PK_EVENT_KINDS; i++) {
        if (strcmp(name, pk_event_kinds[i]) == 0)
            event->kind = (enum pk_event_kind)i;
    }
    if (event->kind == PK_EVENT_KINDS)
        wrong(L, "there is no event \"%s\"", name ? name : "");
    lua_pop(L, 1);
    for (const struct pk_event_key *key = pk_event_keys; key->name; key++) {
        lua_getfield(L, 3, key->name);
        if (!lua_isnil(L, -1) && key->offset != SIZE_MAX)
            take_event_value(L, key, arena, event);
        lua_pop(L, 1); /* the table keeps its strings alive */
    }
}

static enum pk_status make_event(struct reading *reading, struct pk_event *event,
                                 struct pk_edit *edit, struct pk_error *error)
{
    struct pk_log log;
    struct pk_digest digest = pk_digest_of(pk_canonical(reading->arena, &reading->minutes));
    pk_log_read(reading->arena, &reading->minutes, &log);
    pk_event_complete(reading->arena, &log, &digest, event);
    if (!pk_time_parse(event->time, &event->seconds))
        return pk_fail(error, PK_EINPUT, "time wants a time such as 2027-03-01T09:30:00+01:00");
    const char *hinders = pk_event_hinders(&log, log.event.count, event);
    if (hinders)
        return pk_fail(error, PK_EINPUT, "%s", hinders);
    return pk_log_add(reading->arena, &reading->minutes, event, edit, error);
}

/* (library, text, event, options) */
static int record(lua_State *L)
{
    struct reading reading;
    struct pk_event event = {0};
    struct pk_edit edit;
    struct pk_error error = {0};
    int failed = read_text_with(L, &reading, 4);
    if (failed)
        return failed;
    take_event(L, reading.arena, &event);
    enum pk_status status = make_event(&reading, &event, &edit, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    struct tables tables = tables_for(L);
    struct pk_sink *sink = &tables.sink;
    sink->open(sink, no_file, '{');
    sink->open(sink, PK_VIEW("edits"), '[');
    pk_tell_edit(sink, &reading.minutes, &edit);
    sink->close(sink, ']');
    sink->text(sink, PK_VIEW("event"), pk_view_of(pk_event_kinds[event.kind]));
    sink->text(sink, PK_VIEW("digest"), event.digest);
    sink->number(sink, PK_VIEW("revision"), event.revision);
    sink->number(sink, PK_VIEW("number"), event.number);
    sink->close(sink, '}');
    pk_arena_free(reading.arena);
    return 1;
}

static int public_text(lua_State *L)
{
    struct reading reading;
    int failed = read_text(L, &reading);
    if (failed)
        return failed;
    struct pk_view seen = pk_public_text(reading.arena, &reading.minutes);
    if (reading.arena->failed)
        return push_error(L, PK_ENOMEM, &(struct pk_error){0});
    lua_pushlstring(L, seen.at, seen.length);
    pk_arena_free(reading.arena);
    return 1;
}

/* -- Revisions beside the document -- */

static uint32_t revision_at(lua_State *L, char *series)
{
    struct pk_view name = view_at(L, 2);
    lua_Integer value = luaL_checkinteger(L, 3);
    luaL_argcheck(L, name.length == 1 && (*name.at == 'r' || *name.at == 'a'), 2,
                  "a series is r or a");
    luaL_argcheck(L, value > 0 && value < 1000000, 3, "a revision is a number from 1");
    *series = *name.at;
    return (uint32_t)value;
}

static int keep(lua_State *L)
{
    char series;
    struct pk_error error = {0};
    const char *path = luaL_checkstring(L, 1);
    uint32_t value = revision_at(L, &series);
    enum pk_status status = pk_revision_keep(path, series, value, view_at(L, 4), &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    lua_pushboolean(L, 1);
    return 1;
}

static int revision(lua_State *L)
{
    char series;
    struct pk_view kept;
    struct pk_error error = {0};
    const char *path = luaL_checkstring(L, 1);
    uint32_t value = revision_at(L, &series);
    struct pk_arena *arena = new_page(L);
    enum pk_status status = pk_revision_read(arena, path, series, value, &kept, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    lua_pushlstring(L, kept.at, kept.length);
    pk_arena_free(arena);
    return 1;
}

/* -- While an event is recorded -- */

#define LOCK "protokol.lock"

static int unlock(lua_State *L)
{
    int *file = luaL_checkudata(L, 1, LOCK);
    if (*file >= 0)
        close(*file);
    *file = -1;
    return 0;
}

static int lock(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    int *file = lua_newuserdata(L, sizeof *file);
    struct pk_error error = {0};
    *file = -1;
    luaL_getmetatable(L, LOCK);
    lua_setmetatable(L, -2);
    *file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*file < 0) {
        pk_fail(&error, PK_EIO, "%s", strerror(errno));
        return push_error(L, PK_EIO, &error);
    }
    if (flock(*file, LOCK_EX | LOCK_NB) == 0)
        return 1;
    close(*file);
    *file = -1;
    pk_fail(&error, PK_EIO, "somebody else is recording an event in it; try again");
    return push_error(L, PK_EIO, &error);
}

#endif
