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

/* An arena that the last check of its kind is done with waits in the registry for the next. */
enum spare { SPARE_PAGE, SPARE_ASIDE, SPARES };
static char spares[SPARES]; /* their addresses are the registry's keys */

static struct page *spare_at(lua_State *L, enum spare which)
{
    lua_pushlightuserdata(L, &spares[which]);
    lua_rawget(L, LUA_REGISTRYINDEX);
    struct page *spare = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return spare;
}

/* With its metatable before there is anything to free; its place on the stack is the top. */
static struct page *empty_page(lua_State *L)
{
    struct page *page = lua_newuserdata(L, sizeof *page);
    page->arena = NULL;
    luaL_getmetatable(L, PAGE);
    lua_setmetatable(L, -2);
    return page;
}

static void make_room_for_spares(lua_State *L)
{
    for (int which = 0; which < SPARES; which++) {
        lua_pushlightuserdata(L, &spares[which]);
        empty_page(L);
        lua_rawset(L, LUA_REGISTRYINDEX);
    }
}

/* An arena without anything in it; NULL: there is no memory. */
static struct pk_arena *take_arena(lua_State *L, enum spare which)
{
    struct page *spare = spare_at(L, which);
    struct pk_arena *arena = spare ? spare->arena : NULL;
    if (spare)
        spare->arena = NULL;
    if (arena)
        return arena;
    arena = malloc(sizeof *arena);
    if (arena)
        pk_arena_init(arena);
    return arena;
}

static void drop_arena(struct pk_arena *arena)
{
    if (arena)
        pk_arena_free(arena);
    free(arena);
}

/* The caller is done with all of it, and forgets where it is. */
static void keep_arena(lua_State *L, enum spare which, struct pk_arena *arena)
{
    struct page *spare = spare_at(L, which);
    if (spare && !spare->arena && !arena->failed) {
        pk_arena_reset(arena);
        spare->arena = arena;
    } else {
        drop_arena(arena);
    }
}

static struct page *open_page(lua_State *L)
{
    struct page *page = empty_page(L);
    page->arena = take_arena(L, SPARE_PAGE);
    if (!page->arena)
        luaL_error(L, "out of memory");
    return page;
}

static struct pk_arena *new_page(lua_State *L)
{
    return open_page(L)->arena;
}

static int close_page(lua_State *L)
{
    struct page *page = luaL_checkudata(L, 1, PAGE);
    drop_arena(page->arena);
    page->arena = NULL;
    return 0;
}

/* Need not wait for a collector. */
static void keep_page(lua_State *L, struct page *page)
{
    struct pk_arena *arena = page->arena;
    page->arena = NULL;
    keep_arena(L, SPARE_PAGE, arena);
}

static const struct pk_library *check_library(lua_State *L)
{
    struct shelf *shelf = luaL_checkudata(L, 1, LIBRARY);
    luaL_argcheck(L, shelf->library != NULL, 1, "the library is closed");
    return shelf->library;
}

#endif
