/* lua_memory.h - the userdata that own a library, and one document's arena; a part of lua.c. */
#ifndef PK_LUA_MEMORY_H
#define PK_LUA_MEMORY_H

#include "profile/profile.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>

#define LIBRARY "protokol.library"
#define PAGE    "protokol.page"

struct shelf {
    struct pk_library *library; /* NULL: not loaded, or closed */
};

/* Lua aligns userdata for its own types, an arena wants more: it stands beside. */
struct page {
    struct pk_arena *arena;
};

static struct shelf *new_shelf(lua_State *L)
{
    struct shelf *shelf = lua_newuserdata(L, sizeof *shelf);
    shelf->library = NULL;
    luaL_getmetatable(L, LIBRARY);
    lua_setmetatable(L, -2);
    return shelf;
}

static int close_shelf(lua_State *L)
{
    struct shelf *shelf = luaL_checkudata(L, 1, LIBRARY);
    pk_library_close(shelf->library);
    shelf->library = NULL;
    return 0;
}

static struct pk_arena *new_page(lua_State *L)
{
    struct page *page = lua_newuserdata(L, sizeof *page);
    page->arena = NULL;
    luaL_getmetatable(L, PAGE);
    lua_setmetatable(L, -2);
    page->arena = malloc(sizeof *page->arena);
    if (!page->arena)
        luaL_error(L, "out of memory");
    pk_arena_init(page->arena);
    return page->arena;
}

static int close_page(lua_State *L)
{
    struct page *page = luaL_checkudata(L, 1, PAGE);
    if (page->arena)
        pk_arena_free(page->arena);
    free(page->arena);
    page->arena = NULL;
    return 0;
}

static const struct pk_library *check_library(lua_State *L)
{
    struct shelf *shelf = luaL_checkudata(L, 1, LIBRARY);
    luaL_argcheck(L, shelf->library != NULL, 1, "the library is closed");
    return shelf->library;
}

#endif
