/* lua.c - the core as a Lua module, for Lua 5.1 (and LuaJIT) to 5.4.
 *
 * Built once for each Lua, with PK_LUA_TAG=lua51 and so on, from the functions
 * that all of them have. Two kinds of userdata own all memory: a library and
 * one document's arena. Each has its metatable before the core is called, so
 * that a Lua error in the middle leaks nothing.
 */
#include "face/lua_tables.h"
#include "protokol.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIBRARY "protokol.library"
#define PAGE    "protokol.page"

/* -- Memory -- */

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

/* -- From Lua -- */

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
    struct pk_view today;
    int values; /* stack index of the table; 0: none */
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
    };
    luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING, argument, "options go by name");
    const char *name = lua_tostring(L, -2);
    if (strcmp(name, "values") == 0)
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
}

static enum pk_status understand(struct request *request, struct pk_error *error)
{
    if (!request->today.length || pk_date_parse_iso(request->today, &request->read.today))
        return PK_OK;
    return pk_fail(error, PK_EINPUT, "today wants a day as YYYY-MM-DD");
}

/* -- A document's minutes -- */

struct reading {
    struct pk_arena *arena;
    struct pk_minutes minutes;
    struct pk_findings findings;
};

/* 0, or how many results tell the caller what is wrong. (library, text, options) */
static int read_text(lua_State *L, struct reading *reading)
{
    struct pk_error error = {0};
    struct request request;
    const struct pk_library *library = check_library(L);
    struct pk_view given = view_at(L, 2);
    take_options(L, 3, &request);
    *reading = (struct reading){.arena = new_page(L)};
    enum pk_status status = understand(&request, &error);
    if (status == PK_OK)
        status = pk_read(reading->arena, library, given, &request.read, &reading->minutes, &error);
    return status == PK_OK ? 0 : push_error(L, status, &error);
}

/* One record of a list, told to the sink. */
typedef void tell_one(struct pk_sink *, const struct reading *, uint32_t);

static int push_list(lua_State *L, struct reading *reading, uint32_t count, tell_one *tell)
{
    struct tables tables = tables_for(L);
    lua_newtable(L);
    for (uint32_t i = 0; i < count; i++) {
        tell(&tables.sink, reading, i);
        lua_rawseti(L, -2, (int)i + 1);
    }
    pk_arena_free(reading->arena); /* need not wait for a collector */
    return 1;
}

static const struct pk_view no_file;

static void tell_finding(struct pk_sink *sink, const struct reading *reading, uint32_t i)
{
    pk_tell_diagnostic(sink, &reading->minutes, no_file, &reading->findings.diagnostic.items[i]);
}

static int lint(lua_State *L)
{
    struct reading reading;
    int failed = read_text(L, &reading);
    if (failed)
        return failed;
    enum pk_status status = pk_lint(&reading.minutes, &reading.findings);
    if (status != PK_OK)
        return push_error(L, status, &(struct pk_error){0});
    return push_list(L, &reading, reading.findings.diagnostic.count, tell_finding);
}

static void tell_action(struct pk_sink *sink, const struct reading *reading, uint32_t i)
{
    pk_tell_action(sink, &reading->minutes, no_file, &reading->minutes.action.items[i]);
}

static int actions(lua_State *L)
{
    struct reading reading;
    int failed = read_text(L, &reading);
    return failed ? failed : push_list(L, &reading, reading.minutes.action.count, tell_action);
}

static void tell_decision(struct pk_sink *sink, const struct reading *reading, uint32_t i)
{
    pk_tell_decision(sink, &reading->minutes, no_file, &reading->minutes.decision.items[i]);
}

static int decisions(lua_State *L)
{
    struct reading reading;
    int failed = read_text(L, &reading);
    return failed ? failed : push_list(L, &reading, reading.minutes.decision.count, tell_decision);
}

static int outline(lua_State *L)
{
    struct reading reading;
    int failed = read_text(L, &reading);
    if (failed)
        return failed;
    struct tables tables = tables_for(L);
    pk_tell_outline(&tables.sink, &reading.minutes, no_file);
    pk_arena_free(reading.arena);
    return 1;
}

static int is_minutes(lua_State *L)
{
    struct pk_view given = view_at(L, 2);
    struct pk_view name = lua_isnoneornil(L, 3) ? PK_VIEW("") : view_at(L, 3);
    lua_pushboolean(L, pk_is_minutes(check_library(L), given, name));
    return 1;
}

/* -- What a library has -- */

struct choice {
    const struct pk_profile *profile;
    const struct pk_language *language;
    enum pk_detail detail;
};

static enum pk_status choose_detail(struct pk_view name, enum pk_detail *detail,
                                    struct pk_error *error)
{
    for (int i = 0; i < PK_DETAILS; i++)
        if (pk_is(name, pk_details[i])) {
            *detail = (enum pk_detail)i;
            return PK_OK;
        }
    return pk_fail(error, PK_EINPUT, "unknown level of detail \"%.*s\"", (int)name.length, name.at);
}

/* What the options name, else what the profile says, else English. */
static enum pk_status choose(const struct pk_library *library, const struct pk_read_options *read,
                             struct choice *choice, struct pk_error *error)
{
    choice->profile =
        read->profile.length ? pk_library_profile(library, read->profile) : library->preferred;
    if (!choice->profile)
        return pk_fail(error, PK_EINPUT, "unknown profile \"%.*s\"", (int)read->profile.length,
                       read->profile.at);
    struct pk_view id = read->language.length ? read->language : choice->profile->language;
    choice->language = pk_library_language(library, id.length ? id : PK_VIEW("en"));
    if (!choice->language)
        return pk_fail(error, PK_EINPUT, "unknown language \"%.*s\"", (int)id.length, id.at);
    choice->detail = choice->profile->detail;
    return read->detail.length ? choose_detail(read->detail, &choice->detail, error) : PK_OK;
}

static int profiles(lua_State *L)
{
    struct request request;
    struct choice choice = {0};
    struct pk_error error = {0};
    const struct pk_library *library = check_library(L);
    take_options(L, 2, &request);
    enum pk_status status = choose(library, &request.read, &choice, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    struct tables tables = tables_for(L);
    lua_newtable(L);
    for (uint32_t i = 0; i < library->profile.count; i++) {
        pk_tell_profile(&tables.sink, library->profile.items[i], choice.language);
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int languages(lua_State *L)
{
    const struct pk_library *library = check_library(L);
    struct tables tables = tables_for(L);
    struct pk_sink *sink = &tables.sink;
    lua_newtable(L);
    for (uint32_t i = 0; i < library->language.count; i++) {
        sink->open(sink, PK_VIEW(""), '{');
        sink->text(sink, PK_VIEW("id"), library->language.items[i].id);
        sink->text(sink, PK_VIEW("name"), library->language.items[i].name);
        sink->close(sink, '}');
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

/* What is said in a language, by the English for it; nil: there is no such language. */
static int says(lua_State *L)
{
    const struct pk_language *language = pk_library_language(check_library(L), view_at(L, 2));
    if (!language)
        return 0;
    const struct pk_yaml *says = pk_yaml_get(language->source, "says");
    lua_newtable(L);
    for (const struct pk_yaml *one = says ? says->first : NULL; one; one = one->next) {
        lua_pushlstring(L, one->key.at, one->key.length);
        lua_pushlstring(L, one->value.at, one->value.length);
        lua_rawset(L, -3);
    }
    return 1;
}

static int rules(lua_State *L)
{
    struct request request;
    struct choice choice = {0};
    struct pk_error error = {0};
    const struct pk_library *library = check_library(L);
    take_options(L, 2, &request);
    enum pk_status status = choose(library, &request.read, &choice, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    struct tables tables = tables_for(L);
    lua_newtable(L);
    for (int i = 0; pk_rules[i]; i++) {
        pk_tell_rule(&tables.sink, pk_rules[i], choice.profile, choice.detail, choice.language);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* -- Templates -- */

struct values {
    PK_LIST(struct pk_value) value;
};

/* The caller's values; the day is written the language's way unless they hold a date. */
static void gather_values(lua_State *L, struct pk_arena *arena, const struct request *request,
                          const struct pk_language *language, struct values *values)
{
    lua_pushnil(L);
    while (request->values && lua_next(L, request->values)) {
        *pk_push(arena, &values->value) = (struct pk_value){view_at(L, -2), view_at(L, -1)};
        lua_pop(L, 1);
    }
    if (!request->read.today.year)
        return;
    struct pk_buffer date = {.arena = arena};
    pk_write_date(&date, request->read.today, language);
    *pk_push(arena, &values->value) = (struct pk_value){PK_VIEW("date"), pk_written(&date)};
}

static int new (lua_State *L)
{
    struct request request;
    struct choice choice = {0};
    struct values values = {0};
    struct pk_error error = {0};
    const struct pk_library *library = check_library(L);
    take_options(L, 2, &request);
    enum pk_status status = understand(&request, &error);
    if (status == PK_OK)
        status = choose(library, &request.read, &choice, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);

    struct pk_arena *arena = new_page(L);
    struct pk_buffer out = {.arena = arena};
    gather_values(L, arena, &request, choice.language, &values);
    pk_write_template(&out, &(struct pk_template){
                                .library = library,
                                .profile = choice.profile,
                                .language = choice.language,
                                .detail = choice.detail,
                                .value = values.value.items,
                                .value_count = values.value.count,
                            });
    if (arena->failed)
        return push_error(L, PK_ENOMEM, &error);
    lua_pushlstring(L, pk_written(&out).at, out.length);
    pk_arena_free(arena);
    return 1;
}

/* -- The module -- */

static enum pk_status find_sources(lua_State *L, struct pk_arena *arena, struct pk_sources *sources)
{
    return pk_sources_find(arena, luaL_optstring(L, 1, "."), sources);
}

static int signature(lua_State *L)
{
    char text_of[24];
    struct pk_sources sources = {0};
    struct pk_arena *arena = new_page(L);
    enum pk_status status = find_sources(L, arena, &sources);
    if (status != PK_OK)
        return push_error(L, status, &(struct pk_error){0});
    snprintf(text_of, sizeof text_of, "%016llx", (unsigned long long)sources.signature);
    lua_pushstring(L, text_of);
    pk_arena_free(arena);
    return 1;
}

static int library(lua_State *L)
{
    struct pk_error error = {0};
    struct pk_sources sources = {0};
    struct pk_arena *arena = new_page(L);
    struct shelf *shelf = new_shelf(L);
    enum pk_status status = find_sources(L, arena, &sources);
    if (status == PK_OK)
        status = pk_library_load(&sources, &shelf->library, &error);
    if (status == PK_OK)
        status = pk_library_check(shelf->library, &error);
    pk_arena_free(arena);
    return status == PK_OK ? 1 : push_error(L, status, &error);
}

static int check(lua_State *L)
{
    struct pk_error error = {0};
    struct pk_view yaml = view_at(L, 1);
    enum pk_status status = pk_check(yaml, luaL_optstring(L, 2, "profile.yaml"), &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    lua_pushboolean(L, 1);
    return 1;
}

static void set_functions(lua_State *L, const luaL_Reg *functions)
{
    for (; functions->name; functions++) {
        lua_pushcfunction(L, functions->func);
        lua_setfield(L, -2, functions->name);
    }
}

static void new_kind(lua_State *L, const char *name, const luaL_Reg *methods, lua_CFunction close)
{
    luaL_newmetatable(L, name);
    lua_pushcfunction(L, close);
    lua_setfield(L, -2, "__gc");
    lua_newtable(L);
    set_functions(L, methods);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

#define OPENER(tag)      OPENER_NAME(tag)
#define OPENER_NAME(tag) luaopen_protokol_core_##tag

__attribute__((visibility("default"))) int OPENER(PK_LUA_TAG)(lua_State *L);

int OPENER(PK_LUA_TAG)(lua_State *L)
{
    static const luaL_Reg methods[] = {
        {"lint", lint},
        {"actions", actions},
        {"decisions", decisions},
        {"outline", outline},
        {"new", new},
        {"is_minutes", is_minutes},
        {"profiles", profiles},
        {"languages", languages},
        {"rules", rules},
        {"says", says},
        {NULL, NULL},
    };
    static const luaL_Reg none[] = {{NULL, NULL}};
    static const luaL_Reg functions[] = {
        {"signature", signature},
        {"library", library},
        {"check", check},
        {NULL, NULL},
    };
#if LUA_VERSION_NUM >= 502
    luaL_checkversion(L);
#endif
    new_kind(L, LIBRARY, methods, close_shelf);
    new_kind(L, PAGE, none, close_page);
    lua_newtable(L);
    set_functions(L, functions);
    lua_pushliteral(L, PK_VERSION);
    lua_setfield(L, -2, "version");
    return 1;
}
