/* host.c - a Lua whose core is linked in, to watch checks that run aside: under a sanitizer, with
 * threads that get no memory, and left while they work.
 *
 *     aside-host SCRIPT WORD       the script is given the word
 */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define OPENER(tag)      OPENER_NAME(tag)
#define OPENER_NAME(tag) luaopen_protokol_core_##tag

int OPENER(PK_LUA_TAG)(lua_State *L);

/* The linker leads what the core asks of the system here. */
void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
int __real_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
void *__wrap_malloc(size_t);
void *__wrap_calloc(size_t, size_t);
void *__wrap_realloc(void *, size_t);
int __wrap_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

static pthread_t main_thread;
static atomic_ulong asked, refused; /* pieces that threads asked for; from this one on: none */
static bool no_threads;

static bool is_refused(void)
{
    if (pthread_equal(pthread_self(), main_thread))
        return false;
    unsigned long number = atomic_fetch_add(&asked, 1) + 1, from = atomic_load(&refused);
    return from > 0 && number >= from;
}

void *__wrap_malloc(size_t size)
{
    return is_refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return is_refused() ? NULL : __real_realloc(old, size);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                          void *of)
{
    return no_threads ? 1 : __real_pthread_create(thread, attributes, run, of);
}

/* -- What the script may do -- */

/* The core anew, as an editor has it that reads the plugin again. */
static int open_core(lua_State *L)
{
    lua_pushcfunction(L, OPENER(PK_LUA_TAG));
    lua_call(L, 0, 1);
    return 1;
}

/* From the piece of this number on threads get none; 0: all. Gives how many were asked for. */
static int refuse(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)atomic_exchange(&asked, 0));
    atomic_store(&refused, (unsigned long)luaL_checkinteger(L, 1));
    return 1;
}

static int refuse_threads(lua_State *L)
{
    no_threads = lua_toboolean(L, 1);
    return 0;
}

/* As an editor ends: nobody closes its Lua. */
static int leave(lua_State *L)
{
    (void)L;
    exit(EXIT_SUCCESS);
}

int main(int argc, char **argv)
{
    static const luaL_Reg functions[] = {{"open_core", open_core},
                                         {"refuse", refuse},
                                         {"refuse_threads", refuse_threads},
                                         {"leave", leave},
                                         {NULL, NULL}};
    static lua_State *L; /* where a leak checker looks, however we leave */
    L = argc == 3 ? luaL_newstate() : NULL;
    if (!L)
        return 2;
    main_thread = pthread_self();
    luaL_openlibs(L);
    for (const luaL_Reg *one = functions; one->name; one++)
        lua_register(L, one->name, one->func);
    bool failed = luaL_loadfile(L, argv[1]) != 0;
    lua_pushstring(L, argv[2]);
    failed = failed || lua_pcall(L, 1, 0, 0) != 0;
    if (failed)
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
    lua_close(L);
    return failed;
}
