/* lua_request.h - what callers in Lua ask for, taken from tables; a part of lua.c. */
#ifndef PK_LUA_REQUEST_H
#define PK_LUA_REQUEST_H

#include "read/minutes.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

static struct pk_view view_at(lua_State *L, int index)
{
    struct pk_view view;
    view.at = luaL_checklstring(L, index, &view.length);
    return view;
}

/* What callers may ask for. The views are Lua's own strings, which the options
 * at the argument's index keep alive. */
struct request {
    struct pk_read_options read;
    struct pk_view today, me, to, from, from_name;
    uint32_t line, end_line, column; /* from 1; 0: not given */
    int values, filter;              /* stack indices of tables; 0: none */
};

static void take_values(lua_State *L, int argument, struct request *request)
{
    luaL_argcheck(L, lua_istable(L, -1), argument, "values is no table");
    request->values = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, request->values)) {
        luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TSTRING, argument,
                      "values are strings by name");
        lua_pop(L, 1);
    }
}

static void take_words(lua_State *L, int argument, struct request *request)
{
    luaL_argcheck(L, lua_istable(L, -1), argument, "filter is no table");
    request->filter = lua_gettop(L);
    for (int i = 1;; i++) {
        lua_rawgeti(L, request->filter, i);
        int type = lua_type(L, -1);
        lua_pop(L, 1);
        if (type == LUA_TNIL)
            return;
        luaL_argcheck(L, type == LUA_TSTRING, argument, "a filter is a list of strings");
    }
}

static bool take_number(lua_State *L, int argument, const char *name, struct request *request)
{
    const struct {
        const char *name;
        uint32_t *number;
    } known[] = {
        {"line", &request->line},
        {"end_line", &request->end_line},
        {"column", &request->column},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i].name) != 0)
            continue;
        lua_Integer number = lua_tointeger(L, -1);
        if (lua_type(L, -1) != LUA_TNUMBER || number < 1 || number > (lua_Integer)PK_TEXT_MAX)
            luaL_argerror(L, argument, lua_pushfstring(L, "%s is no number from 1", name));
        *known[i].number = (uint32_t)number;
        return true;
    }
    return false;
}

/* A misspelt option is the caller's mistake and is told at once. */
static void take_option(lua_State *L, int argument, struct request *request)
{
    const struct {
        const char *name;
        struct pk_view *view;
    } known[] = {
        {"name", &request->read.name},
        {"profile", &request->read.profile},
        {"language", &request->read.language},
        {"detail", &request->read.detail},
        {"today", &request->today},
        {"me", &request->me},
        {"to", &request->to},
        {"from", &request->from},
        {"from_name", &request->from_name},
    };
    luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING, argument, "options go by name");
    const char *name = lua_tostring(L, -2);
    if (strcmp(name, "values") == 0 || strcmp(name, "filter") == 0 ||
        take_number(L, argument, name, request))
        return;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i].name) != 0)
            continue;
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_argerror(L, argument, lua_pushfstring(L, "%s is no string", name));
        known[i].view->at = lua_tolstring(L, -1, &known[i].view->length);
        return;
    }
    luaL_argerror(L, argument, lua_pushfstring(L, "there is no option \"%s\"", name));
}

static void take_options(lua_State *L, int argument, struct request *request)
{
    const struct pk_view none = PK_VIEW("");
    *request = (struct request){
        .read = {.name = none, .profile = none, .language = none, .detail = none},
        .today = none,
        .me = none,
        .to = none,
        .from = none,
        .from_name = none,
    };
    if (lua_isnoneornil(L, argument))
        return;
    luaL_checktype(L, argument, LUA_TTABLE);
    lua_pushnil(L);
    while (lua_next(L, argument)) {
        take_option(L, argument, request);
        lua_pop(L, 1);
    }
    lua_pushliteral(L, "values");
    lua_rawget(L, argument);
    if (!lua_isnil(L, -1))
        take_values(L, argument, request);
    lua_pushliteral(L, "filter");
    lua_rawget(L, argument);
    if (!lua_isnil(L, -1))
        take_words(L, argument, request);
}

static enum pk_status understand(struct request *request, struct pk_error *error)
{
    if (!request->today.length || pk_date_parse_iso(request->today, &request->read.today))
        return PK_OK;
    return pk_fail(error, PK_EINPUT, "today wants a day as YYYY-MM-DD");
}

#endif
