/* lua_compare.h - what differs between two revisions, for callers in Lua; a part of lua.c.
 *
 *     library:compare(old_text, new_text, options)   the records of protokol diff, without `file`,
 *                                                    and `summary`, in words
 */
#ifndef PK_LUA_COMPARE_H
#define PK_LUA_COMPARE_H

#include "write/compared.h"

static int compare(lua_State *L)
{
    struct request request;
    struct pk_minutes minutes[2];
    struct pk_comparison comparison;
    struct pk_error error = {0};
    const struct pk_library *library = check_library(L);
    const struct pk_view given[] = {view_at(L, 2), view_at(L, 3)};
    take_options(L, 4, &request);
    struct pk_arena *arena = new_page(L);
    enum pk_status status = understand(&request, &error);
    for (int i = 0; i < 2 && status == PK_OK; i++)
        status = pk_read(arena, library, given[i], &request.read, &minutes[i], &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    pk_compare(arena, &minutes[0], &minutes[1], &comparison);
    if (arena->failed)
        return push_error(L, PK_ENOMEM, &error);
    struct tables tables = tables_for(L);
    lua_newtable(L);
    for (uint32_t i = 0; i < comparison.difference.count; i++) {
        pk_tell_difference(&tables.sink, arena, &comparison, no_file,
                           &comparison.difference.items[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
    struct pk_view summary = pk_comparison_message(arena, &comparison);
    lua_pushlstring(L, summary.at, summary.length);
    lua_setfield(L, -2, "summary");
    pk_arena_free(arena);
    return 1;
}

#endif
