/* lua.c - the Lua module in a Lua whose memory runs out, and with a core whose memory does: each
 * time an error or nil and why, and nothing is held when the Lua is closed.
 *
 *     faults-lua MODULE ENTRY SCRIPT        the script is given the module, and says what it did
 */
#include "memory.h"

#include <dlfcn.h>
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lua's own pieces, counted apart from the core's. */
static unsigned long asked, fail_at;

static void *lua_memory(void *none, void *old, size_t old_size, size_t size)
{
    (void)none;
    if (!size) {
        free(old);
        return NULL;
    }
    bool grows = !old || size > old_size; /* what shrinks must not fail, says its manual */
    if (grows && ++asked == fail_at)
        return NULL;
    bool before = memory_spare(true);
    void *memory = realloc(old, size);
    memory_spare(before);
    return memory;
}

/* What went wrong, or what the script says it did. */
struct outcome {
    bool error, reached;
    char said[200];
    long held;
};

static int start(lua_State *L)
{
    const char *const *words = lua_touserdata(L, 1);
    memory_spare(true); /* what loads a module is not ours */
    luaL_openlibs(L);
    lua_getglobal(L, "package");
    lua_getfield(L, -1, "loadlib");
    lua_pushstring(L, words[1]);
    lua_pushstring(L, words[2]);
    lua_call(L, 2, 1);
    lua_call(L, 0, 1);
    lua_setglobal(L, "core");
    if (luaL_loadfile(L, words[3]) != 0)
        return lua_error(L);
    memory_spare(false);
    lua_call(L, 0, 1);
    return 1;
}

static struct outcome run(char **words, unsigned long lua_at, unsigned long core_at)
{
    struct outcome outcome = {.held = memory_live()};
    asked = 0;
    fail_at = lua_at;
    lua_State *L = lua_newstate(lua_memory, NULL);
    if (!L) {
        snprintf(outcome.said, sizeof outcome.said, "not enough memory");
        outcome.error = outcome.reached = true;
        outcome.held = memory_live() - outcome.held;
        return outcome;
    }
    memory_fail(core_at, 1);
    lua_pushcfunction(L, start); /* light in most Luas; where it is not, the first piece is safe */
    lua_pushlightuserdata(L, words);
    outcome.error = lua_pcall(L, 1, 1, 0) != 0;
    outcome.reached = core_at ? memory_failed() : lua_at && asked >= lua_at;
    memory_fail(0, 0);
    memory_spare(false);
    fail_at = 0;
    const char *said = lua_tostring(L, -1);
    snprintf(outcome.said, sizeof outcome.said, "%s", said ? said : "");
    lua_close(L);
    outcome.held = memory_live() - outcome.held;
    return outcome;
}

/* Each piece, of Lua's or of all there are. */
static bool walk(char **words, bool lua, const struct outcome *whole)
{
    unsigned long at = 0, bad = 0;
    for (;;) {
        at++;
        struct outcome got = run(words, lua ? at : 0, lua ? 0 : at);
        if (!got.reached)
            break;
        bool good = got.held <= whole->held &&
                    (strcmp(got.said, whole->said) == 0 || strstr(got.said, "memory") != NULL);
        if (!good)
            printf("%s, piece %lu: \"%s\", %ld pieces held\n", lua ? "Lua" : "core", at, got.said,
                   got.held);
        bad += !good;
        if (bad > 20)
            break;
    }
    printf("%s: %lu pieces, %lu badly\n", lua ? "Lua" : "core", at - 1, bad);
    return !bad && at > 1;
}

int main(int count, char **words)
{
    if (count != 4)
        return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!dlopen(words[1], RTLD_NOW | RTLD_LOCAL)) /* so that it stays */
        return 2;
    run(words, 0, 0); /* and what its libraries keep for good */
    struct outcome whole = run(words, 0, 0);
    printf("whole: %s, %ld pieces held\n", whole.said, whole.held);
    if (whole.error)
        return 1;
    bool good = walk(words, true, &whole) + walk(words, false, &whole) == 2;
    printf("faults: %d passed, %d failed\n", good, !good);
    return !good;
}
