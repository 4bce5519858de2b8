/* lua_aside.h - a check in a thread of its own, so that an editor need not wait; a part of lua.c.
 *
 *     local aside = library:lint_aside(text, options)    it runs; nil, problem: it cannot
 *     aside:done()                                       may be asked as often as one likes
 *     aside:findings(most)                               waits, where it is not done
 *
 * The thread reads the library, which nobody writes, and the text; Lua keeps both for as long as
 * it runs. What it finds is its own until it is done.
 */
#ifndef PK_LUA_ASIDE_H
#define PK_LUA_ASIDE_H

#include "face/lua_memory.h"
#include "face/lua_request.h"
#include "face/lua_tables.h"
#include "protokol.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#define ASIDE "protokol.aside"

enum { ASIDE_STACK = 8 << 20 }; /* as a program has: some systems give a thread little */

struct aside {
    pthread_t thread;
    bool running; /* not joined yet */
    int kept;     /* what holds the library and the text in Lua's registry */
    atomic_bool done;
    const struct pk_library *library;
    struct pk_view text;
    struct pk_read_options options; /* copies, in the arena */
    struct pk_arena *arena;
    struct pk_minutes minutes;
    struct pk_findings findings;
    enum pk_status status;
    struct pk_error error;
};

/* Lua's own block for it. */
struct beside {
    struct aside *aside;
};

static void *check_aside(void *of)
{
    struct aside *aside = of;
    aside->status = pk_read(aside->arena, aside->library, aside->text, &aside->options,
                            &aside->minutes, &aside->error);
    if (aside->status == PK_OK)
        aside->status = pk_lint(&aside->minutes, &aside->findings);
    atomic_store(&aside->done, true);
    return NULL;
}

/* The host's signals are not for us. */
static bool start_aside(struct aside *aside)
{
    pthread_attr_t attributes;
    sigset_t all, before;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    pthread_attr_setstacksize(&attributes, ASIDE_STACK);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    aside->running = pthread_create(&aside->thread, &attributes, check_aside, aside) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return aside->running;
}

static void wait_for(struct aside *aside)
{
    if (aside->running)
        pthread_join(aside->thread, NULL);
    aside->running = false;
}

static int close_aside(lua_State *L)
{
    struct beside *beside = luaL_checkudata(L, 1, ASIDE);
    struct aside *aside = beside->aside;
    beside->aside = NULL;
    if (!aside)
        return 0;
    wait_for(aside);
    luaL_unref(L, LUA_REGISTRYINDEX, aside->kept);
    drop_arena(aside->arena);
    free(aside);
    return 0;
}

/* With its metatable before there is anything to free; its place on the stack is the top. */
static struct aside *new_aside(lua_State *L)
{
    struct beside *beside = lua_newuserdata(L, sizeof *beside);
    beside->aside = NULL;
    luaL_getmetatable(L, ASIDE);
    lua_setmetatable(L, -2);
    beside->aside = calloc(1, sizeof *beside->aside);
    if (!beside->aside)
        luaL_error(L, "out of memory");
    beside->aside->kept = LUA_NOREF;
    atomic_init(&beside->aside->done, false);
    beside->aside->arena = take_arena(L, SPARE_ASIDE);
    if (!beside->aside->arena)
        luaL_error(L, "out of memory");
    return beside->aside;
}

/* (library, text, options) */
static int lint_aside(lua_State *L)
{
    struct request request;
    struct pk_error error = {0};
    const struct pk_library *library = check_library(L);
    struct pk_view text = view_at(L, 2);
    take_options(L, 3, &request);
    enum pk_status status = understand(&request, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    struct aside *aside = new_aside(L);
    aside->library = library;
    aside->text = text;
    aside->options = request.read;
    struct pk_view *views[] = {&aside->options.name, &aside->options.profile,
                               &aside->options.language, &aside->options.detail};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        *views[i] = pk_copy(aside->arena, *views[i]);
    if (aside->arena->failed)
        return push_error(L, PK_ENOMEM, &error);
    lua_newtable(L);
    for (int i = 1; i <= 2; i++) {
        lua_pushvalue(L, i);
        lua_rawseti(L, -2, i);
    }
    aside->kept = luaL_ref(L, LUA_REGISTRYINDEX);
    if (!start_aside(aside)) {
        pk_fail(&error, PK_EINPUT, "there is no thread to be had");
        return push_error(L, PK_EINPUT, &error);
    }
    return 1;
}

static struct aside *aside_at(lua_State *L)
{
    struct beside *beside = luaL_checkudata(L, 1, ASIDE);
    luaL_argcheck(L, beside->aside != NULL, 1, "what was found has been told");
    return beside->aside;
}

static int aside_done(lua_State *L)
{
    lua_pushboolean(L, atomic_load(&aside_at(L)->done));
    return 1;
}

/* Of each severity, how many there are and how many of `most` are shown: the gravest. */
struct shares {
    uint32_t all[PK_OFF], shown[PK_OFF];
};

static struct shares share(const struct pk_findings *findings, uint32_t most)
{
    struct shares shares = {0};
    for (uint32_t i = 0; i < findings->diagnostic.count; i++)
        shares.all[findings->diagnostic.items[i].severity]++;
    for (int severity = PK_OFF - 1; severity >= 0; severity--) {
        uint32_t all = shares.all[severity];
        shares.shown[severity] = all < most ? all : most;
        most -= shares.shown[severity];
    }
    return shares;
}

/* (aside, most): the gravest in the order of the text, and how many there are of each severity;
 * once. */
static int aside_findings(lua_State *L)
{
    struct aside *aside = aside_at(L);
    lua_Integer most = luaL_checkinteger(L, 2);
    luaL_argcheck(L, most >= 0 && most <= (lua_Integer)PK_TEXT_MAX, 2, "no number from 0");
    wait_for(aside);
    if (aside->status != PK_OK)
        return push_error(L, aside->status, &aside->error);
    struct shares shares = share(&aside->findings, (uint32_t)most);
    struct tables tables = tables_for(L);
    int count = 0;
    lua_newtable(L);
    for (uint32_t i = 0; i < aside->findings.diagnostic.count; i++) {
        const struct pk_diagnostic *one = &aside->findings.diagnostic.items[i];
        if (shares.shown[one->severity] == 0)
            continue;
        shares.shown[one->severity]--;
        pk_tell_diagnostic(&tables.sink, &aside->minutes, PK_VIEW(""), one);
        lua_rawseti(L, -2, ++count);
    }
    lua_newtable(L);
    for (int severity = 0; severity < PK_OFF; severity++) {
        lua_pushinteger(L, (lua_Integer)shares.all[severity]);
        lua_setfield(L, -2, pk_severities[severity]);
    }
    keep_arena(L, SPARE_ASIDE, aside->arena);
    aside->arena = NULL;
    lua_pushcfunction(L, close_aside); /* need not wait for a collector */
    lua_pushvalue(L, 1);
    lua_call(L, 1, 0);
    return 2;
}

#endif
