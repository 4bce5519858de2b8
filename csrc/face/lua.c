/* lua.c - the core as a Lua module, for Lua 5.1 (and LuaJIT) to 5.4.
 *
 * Built once for each Lua, with PK_LUA_TAG=lua51 and so on, from the functions
 * that all of them have. Three kinds of userdata own all memory: a library, one
 * document's arena, and a check that runs beside. Each has its metatable before the core is called,
 * so that a Lua error in the middle leaks nothing.
 */
#include "face/lua_aside.h"
#include "face/lua_memory.h"
#include "face/lua_request.h"
#include "face/lua_tables.h"
#include "face/lua_told.h"
#include "protokol.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- A document's minutes -- */

struct reading {
    struct request request;
    struct page *page;
    struct pk_arena *arena; /* the page's */
    struct pk_minutes minutes;
    struct pk_findings findings;
};

/* 0, or how many results tell the caller what is wrong. (library, text ... options) */
static int read_text_with(lua_State *L, struct reading *reading, int options)
{
    struct pk_error error = {0};
    const struct pk_library *library = check_library(L);
    struct pk_view given = view_at(L, 2);
    *reading = (struct reading){0};
    take_options(L, options, &reading->request);
    reading->page = open_page(L);
    reading->arena = reading->page->arena;
    enum pk_status status = understand(&reading->request, &error);
    if (status == PK_OK)
        status = pk_read(reading->arena, library, given, &reading->request.read, &reading->minutes,
                         &error);
    return status == PK_OK ? 0 : push_error(L, status, &error);
}

/* (library, text, options) */
static int read_text(lua_State *L, struct reading *reading)
{
    return read_text_with(L, reading, 3);
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

enum { MOST_KEPT = 1 << 20 }; /* bytes of a text after which what it took is kept */

/* (library, text, options, before): see lua_told.h */
static int lint(lua_State *L)
{
    struct reading reading;
    lua_settop(L, 4);
    int failed = read_text(L, &reading);
    if (failed)
        return failed;
    enum pk_status status = pk_lint(&reading.minutes, &reading.findings);
    if (status != PK_OK)
        return push_error(L, status, &(struct pk_error){0});
    if (lua_toboolean(L, 4)) {
        push_differing(L, reading.arena, &reading.minutes, &reading.findings, 4);
    } else {
        struct tables tables = tables_for(L);
        lua_createtable(L, (int)reading.findings.diagnostic.count, 0);
        for (uint32_t i = 0; i < reading.findings.diagnostic.count; i++) {
            pk_tell_diagnostic(&tables.sink, &reading.minutes, no_file,
                               &reading.findings.diagnostic.items[i]);
            lua_rawseti(L, -2, (int)i + 1);
        }
    }
    if (view_at(L, 2).length <= MOST_KEPT)
        keep_page(L, reading.page);
    else
        pk_arena_free(reading.arena);
    return 1;
}

static enum pk_status take_filter(lua_State *L, const struct reading *reading,
                                  struct pk_filter *filter, struct pk_error *error)
{
    const struct request *request = &reading->request;
    *filter = (struct pk_filter){.today = request->read.today, .me = request->me};
    for (int i = 1; request->filter; i++) {
        lua_rawgeti(L, request->filter, i);
        if (lua_isnil(L, -1))
            break;
        enum pk_status status = pk_filter_word(reading->arena, filter, view_at(L, -1), error);
        lua_pop(L, 1); /* the table keeps it alive */
        if (status != PK_OK)
            return status;
    }
    return pk_filter_check(filter, error);
}

/* Those that the filter wants, in its order; under headings, they say which. */
static int actions(lua_State *L)
{
    struct reading reading;
    struct pk_filter filter;
    struct pk_error error = {0};
    int failed = read_text(L, &reading);
    if (failed)
        return failed;
    enum pk_status status = take_filter(L, &reading, &filter, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    struct pk_choice choice = {.filter = &filter};
    for (uint32_t i = 0; i < reading.minutes.action.count; i++)
        pk_choose(reading.arena, &choice, &reading.minutes.action.items[i], no_file, i);
    pk_choice_sort(&choice);

    struct tables tables = tables_for(L);
    uint32_t size = 0;
    lua_newtable(L);
    for (uint32_t i = 0; i < choice.chosen.count; i++) {
        const struct pk_chosen *chosen = &choice.chosen.items[i];
        size = chosen->size ? chosen->size : size;
        pk_tell_action(&tables.sink, &reading.minutes, no_file,
                       &reading.minutes.action.items[chosen->item]);
        if (filter.group) {
            lua_pushlstring(L, chosen->heading.at, chosen->heading.length);
            lua_setfield(L, -2, "group");
            lua_pushinteger(L, (lua_Integer)size);
            lua_setfield(L, -2, "group_size");
        }
        lua_rawseti(L, -2, (int)i + 1);
    }
    pk_arena_free(reading.arena);
    return 1;
}

/* The edits that change the state of what is on some lines, an item at a time. */
static int toggle(lua_State *L)
{
    struct reading reading;
    struct pk_changes changes;
    int failed = read_text(L, &reading);
    if (failed)
        return failed;
    const struct request *request = &reading.request;
    struct pk_toggle asked = {.to = -1};
    for (int i = 0; i <= PK_CANCELLED; i++)
        if (pk_is(request->to, pk_states[i]))
            asked.to = i;
    if (request->to.length && asked.to < 0)
        return push_error(L, PK_EINPUT,
                          &(struct pk_error){.message = "\"to\" wants open, done or cancelled"});
    uint32_t last = request->end_line ? request->end_line : request->line;
    asked.line = request->line ? request->line - 1 : 0;
    asked.end_line = request->line ? last : reading.minutes.blocks.line.count;
    asked.column = request->column ? request->column - 1 : 0;
    pk_toggle(&reading.minutes, &asked, &changes);
    if (reading.arena->failed)
        return push_error(L, PK_ENOMEM, &(struct pk_error){0});

    struct tables tables = tables_for(L);
    lua_newtable(L);
    for (uint32_t i = 0; i < changes.change.count; i++) {
        pk_tell_change(&tables.sink, &reading.minutes, &changes.change.items[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
    pk_arena_free(reading.arena);
    return 1;
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
    bool is;
    enum pk_status status = pk_is_minutes(check_library(L), given, name, &is);
    if (status == PK_ENOMEM)
        return push_error(L, status, &(struct pk_error){0});
    lua_pushboolean(L, is);
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
    for (uint32_t i = 0, count = 0; i < library->language.count; i++) {
        if (!library->language.items[i].labels)
            continue; /* it is read, not written */
        sink->open(sink, PK_VIEW(""), '{');
        sink->text(sink, PK_VIEW("id"), library->language.items[i].id);
        sink->text(sink, PK_VIEW("name"), library->language.items[i].name);
        sink->close(sink, '}');
        lua_rawseti(L, -2, (int)++count);
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
    int count = 0;
    for (int i = 0; pk_rules[i]; i++) {
        pk_tell_rule(&tables.sink, pk_rules[i], choice.profile, choice.detail, choice.language);
        lua_rawseti(L, -2, ++count);
    }
    struct pk_arena *arena = new_page(L);
    struct pk_style_rules own;
    pk_style_rules(arena, choice.profile, &own);
    for (uint32_t i = 0; i < own.rule.count; i++) {
        pk_tell_rule(&tables.sink, own.rule.items[i], choice.profile, choice.detail,
                     choice.language);
        lua_rawseti(L, -3, ++count);
    }
    const struct pk_style_trouble *trouble;
    for (uint32_t i = 0; (trouble = pk_style_trouble_next(choice.profile, &i));) {
        pk_tell_style_trouble(&tables.sink, trouble);
        lua_rawseti(L, -3, ++count);
    }
    pk_arena_free(arena);
    lua_pop(L, 1);
    return 1;
}

/* A number, as text, that changes when a file of the styles does. */
static int styles(lua_State *L)
{
    char text_of[24];
    unsigned long long number = pk_styles_signature(check_library(L));
    snprintf(text_of, sizeof text_of, "%016llx", number);
    lua_pushstring(L, text_of);
    return 1;
}

#include "face/lua_new.h"

#include "face/lua_approval.h"
#include "face/lua_compare.h"
#include "face/lua_mail.h"

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

/* Is the word one of a filter's? true, or nil and why not. */
static int check_filter(lua_State *L)
{
    struct pk_error error = {0};
    struct pk_filter filter = {.today = {2000, 1, 1}};
    struct pk_view word = view_at(L, 1);
    struct pk_arena *arena = new_page(L);
    enum pk_status status = pk_filter_word(arena, &filter, word, &error);
    pk_arena_free(arena);
    if (status != PK_OK)
        return push_error(L, status, &error);
    lua_pushboolean(L, 1);
    return 1;
}

static void push_filters(lua_State *L)
{
    lua_newtable(L);
    for (int i = 0; pk_filter_words[i]; i++) {
        lua_pushstring(L, pk_filter_words[i]);
        lua_rawseti(L, -2, i + 1);
    }
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
        {"lint_aside", lint_aside},
        {"actions", actions},
        {"decisions", decisions},
        {"outline", outline},
        {"new", new},
        {"toggle", toggle},
        {"complete", complete},
        {"is_minutes", is_minutes},
        {"profiles", profiles},
        {"languages", languages},
        {"rules", rules},
        {"styles", styles},
        {"says", says},
        {"approval", approval},
        {"compare", compare},
        {"record", record},
        {"public", public_text},
        {"mail", mail},
        {NULL, NULL},
    };
    static const luaL_Reg none[] = {{NULL, NULL}};
    static const luaL_Reg locked[] = {{"unlock", unlock}, {NULL, NULL}};
    static const luaL_Reg running[] = {
        {"done", aside_done}, {"findings", aside_findings}, {NULL, NULL}};
    static const luaL_Reg functions[] = {
        {"signature", signature}, {"library", library}, {"check", check},
        {"filter", check_filter}, {"keep", keep},       {"revision", revision},
        {"lock", lock},           {NULL, NULL},
    };
#if LUA_VERSION_NUM >= 502
    luaL_checkversion(L);
#endif
    new_kind(L, LIBRARY, methods, close_shelf);
    new_kind(L, PAGE, none, close_page);
    new_kind(L, LOCK, locked, unlock);
    new_kind(L, ASIDE, running, close_aside);
    make_room_for_spares(L);
    make_room_for_told(L);
    lua_newtable(L);
    set_functions(L, functions);
    lua_pushliteral(L, PK_VERSION);
    lua_setfield(L, -2, "version");
    push_filters(L);
    lua_setfield(L, -2, "filters");
    return 1;
}
