/* lua_tables.h - records and errors as Lua tables; a part of lua.c. */
#ifndef PK_LUA_TABLES_H
#define PK_LUA_TABLES_H

#include "write/write.h"

#include <lauxlib.h>
#include <lua.h>

enum { DEEPEST = 8 };

/* A sink that makes tables. A member's key waits on the stack below its value;
 * the outermost table has none and stays there. */
struct tables {
    struct pk_sink sink;
    lua_State *L;
    int depth;
    lua_Integer members[DEEPEST]; /* of the lists that are open */
};

static struct tables *begin(struct pk_sink *sink, struct pk_view key)
{
    struct tables *tables = (struct tables *)sink;
    if (key.length)
        lua_pushlstring(tables->L, key.at, key.length);
    else if (tables->depth)
        lua_pushinteger(tables->L, ++tables->members[tables->depth]);
    return tables;
}

static void end(struct tables *tables)
{
    if (tables->depth)
        lua_rawset(tables->L, -3);
}

static void open_table(struct pk_sink *sink, struct pk_view key, char bracket)
{
    (void)bracket;
    struct tables *tables = begin(sink, key);
    lua_newtable(tables->L);
    tables->members[++tables->depth] = 0;
}

static void close_table(struct pk_sink *sink, char bracket)
{
    (void)bracket;
    struct tables *tables = (struct tables *)sink;
    tables->depth--;
    end(tables);
}

static void text(struct pk_sink *sink, struct pk_view key, struct pk_view value)
{
    struct tables *tables = begin(sink, key);
    lua_pushlstring(tables->L, value.at, value.length);
    end(tables);
}

static void number(struct pk_sink *sink, struct pk_view key, uint32_t value)
{
    struct tables *tables = begin(sink, key);
    lua_pushinteger(tables->L, (lua_Integer)value);
    end(tables);
}

static void truth(struct pk_sink *sink, struct pk_view key, bool value)
{
    struct tables *tables = begin(sink, key);
    lua_pushboolean(tables->L, value);
    end(tables);
}

static void nothing(struct pk_sink *sink, struct pk_view key)
{
    (void)sink; /* an absent member is nil */
    (void)key;
}

static struct tables tables_for(lua_State *L)
{
    luaL_checkstack(L, 3 * DEEPEST, "too deep");
    return (struct tables){
        .sink = {open_table, close_table, text, number, truth, nothing},
        .L = L,
    };
}

/* nil and a table: what failed functions return. */
static int push_error(lua_State *L, enum pk_status status, const struct pk_error *error)
{
    struct tables tables = tables_for(L);
    struct pk_sink *sink = &tables.sink;
    bool memory = status == PK_ENOMEM;
    lua_pushnil(L);
    sink->open(sink, PK_VIEW(""), '{');
    sink->text(sink, PK_VIEW("message"), pk_view_of(memory ? "out of memory" : error->message));
    if (error->file[0])
        sink->text(sink, PK_VIEW("file"), pk_view_of(error->file));
    if (error->line) {
        sink->number(sink, PK_VIEW("line"), error->line);
        sink->number(sink, PK_VIEW("column"), error->column);
    }
    sink->close(sink, '}');
    return 2;
}

#endif
