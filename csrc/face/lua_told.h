/* lua_told.h - findings as Lua tables, made anew only where they differ; a part of lua.c.
 *
 *     local found = library:lint(text, options, true)    remembers what it tells
 *     local again = library:lint(other, options, found)  found itself, where nothing differs;
 *                                                        else what is as before is the same table
 *
 * What was told of a list is a string of Lua's, kept for as long as the list is: a record a
 * finding, each behind its length. What is compared are all its bytes: no digest that may deceive.
 */
#ifndef PK_LUA_TOLD_H
#define PK_LUA_TOLD_H

#include "face/lua_tables.h"
#include "protokol.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

/* -- A sink that writes bytes to compare -- */

struct record {
    struct pk_sink sink;
    struct pk_buffer *out;
};

static void put_raw(struct pk_buffer *out, uint32_t number)
{
    pk_put(out, (struct pk_view){(const char *)&number, sizeof number});
}

static struct pk_buffer *put_key(struct pk_sink *sink, struct pk_view key, char kind)
{
    struct pk_buffer *out = ((struct record *)sink)->out;
    pk_putc(out, kind);
    pk_put(out, key);
    return out;
}

static void record_open(struct pk_sink *sink, struct pk_view key, char bracket)
{
    put_key(sink, key, bracket);
}

static void record_close(struct pk_sink *sink, char bracket)
{
    pk_putc(((struct record *)sink)->out, bracket);
}

static void record_text(struct pk_sink *sink, struct pk_view key, struct pk_view value)
{
    struct pk_buffer *out = put_key(sink, key, '"');
    put_raw(out, (uint32_t)value.length);
    pk_put(out, value);
}

static void record_number(struct pk_sink *sink, struct pk_view key, uint32_t value)
{
    put_raw(put_key(sink, key, '1'), value);
}

static void record_truth(struct pk_sink *sink, struct pk_view key, bool value)
{
    put_key(sink, key, value ? 't' : 'f');
}

static void record_nothing(struct pk_sink *sink, struct pk_view key)
{
    put_key(sink, key, 'n');
}

/* -- Records -- */

struct told {
    struct pk_view all;
    PK_LIST(struct pk_view) record;
};

/* Where the records are. */
static void split(struct pk_arena *arena, struct told *told)
{
    uint32_t length;
    for (size_t at = 0; at + sizeof length <= told->all.length; at += length) {
        memcpy(&length, told->all.at + at, sizeof length);
        at += sizeof length;
        *pk_push(arena, &told->record) = (struct pk_view){told->all.at + at, length};
    }
}

static struct pk_view told_of(struct pk_arena *arena, const struct pk_minutes *minutes,
                              const struct pk_findings *findings)
{
    struct pk_buffer all = {.arena = arena}, one = {.arena = arena};
    struct record record = {
        {record_open, record_close, record_text, record_number, record_truth, record_nothing},
        &one};
    for (uint32_t i = 0; i < findings->diagnostic.count; i++) {
        one.length = 0;
        pk_tell_diagnostic(&record.sink, minutes, PK_VIEW(""), &findings->diagnostic.items[i]);
        put_raw(&all, (uint32_t)one.length);
        pk_put(&all, (struct pk_view){one.bytes, one.length});
    }
    return pk_written(&all);
}

static bool same(struct pk_view one, struct pk_view other)
{
    return one.length == other.length && memcmp(one.at, other.at, one.length) == 0;
}

/* How many records of both are the same from the front, and from the back. */
struct common {
    uint32_t front, back;
};

static struct common common_of(const struct told *old, const struct told *new)
{
    struct common common = {0, 0};
    uint32_t olds = old->record.count, news = new->record.count;
    uint32_t most = olds < news ? olds : news;
    while (common.front < most &&
           same(old->record.items[common.front], new->record.items[common.front]))
        common.front++;
    while (common.front + common.back < most && same(old->record.items[olds - 1 - common.back],
                                                     new->record.items[news - 1 - common.back]))
        common.back++;
    return common;
}

/* -- Lists -- */

static char told_key; /* its address is the registry's key: lists -> what was told of them */

static void make_room_for_told(lua_State *L)
{
    lua_pushlightuserdata(L, &told_key);
    lua_newtable(L);
    lua_newtable(L);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawset(L, LUA_REGISTRYINDEX);
}

/* Pushes what was told of the list at an index: a string, or nil. */
static void push_told(lua_State *L, int list)
{
    lua_pushlightuserdata(L, &told_key);
    lua_rawget(L, LUA_REGISTRYINDEX);
    lua_pushvalue(L, list);
    lua_rawget(L, -2);
    lua_remove(L, -2);
}

/* Remembers what was told of the list on top. */
static void remember(lua_State *L, struct pk_view told)
{
    lua_pushlightuserdata(L, &told_key);
    lua_rawget(L, LUA_REGISTRYINDEX);
    lua_pushvalue(L, -2);
    lua_pushlstring(L, told.at, told.length);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

/* Pushes the findings; `before`: the index of the list of an earlier time, or of anything else. */
static void push_differing(lua_State *L, struct pk_arena *arena, const struct pk_minutes *minutes,
                           const struct pk_findings *findings, int before)
{
    struct told old = {.all = PK_VIEW("")}, new = {.all = told_of(arena, minutes, findings)};
    luaL_checkstack(L, 8, "too deep");
    if (lua_istable(L, before)) {
        push_told(L, before);
        bool known = lua_type(L, -1) == LUA_TSTRING;
        if (known)
            old.all.at = lua_tolstring(L, -1, &old.all.length);
        lua_pop(L, 1); /* the list keeps it alive */
        if (known && !arena->failed && same(old.all, new.all)) {
            lua_pushvalue(L, before);
            return;
        }
    }
    split(arena, &old);
    split(arena, &new);
    uint32_t count = findings->diagnostic.count;
    struct common common = {0, 0};
    if (!arena->failed && new.record.count == count)
        common = common_of(&old, &new);
    struct tables tables = tables_for(L);
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        if (i < common.front)
            lua_rawgeti(L, before, (int)i + 1);
        else if (i >= count - common.back)
            lua_rawgeti(L, before, (int)(old.record.count - (count - i)) + 1);
        else
            pk_tell_diagnostic(&tables.sink, minutes, PK_VIEW(""), &findings->diagnostic.items[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
    if (!arena->failed)
        remember(L, new.all);
}

#endif
