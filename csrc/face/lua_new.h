/* lua_new.h - new minutes, and what may be meant while they are written; a part of lua.c. */
#ifndef PK_LUA_NEW_H
#define PK_LUA_NEW_H

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

/* Earlier minutes are read for what they are; they choose what the caller leaves open. */
static enum pk_status read_previous(const struct pk_library *library, struct pk_arena *arena,
                                    struct request *request, struct pk_minutes *previous,
                                    struct pk_error *error)
{
    struct pk_read_options *read = &request->read;
    struct pk_read_options options = {.name = request->from_name, .today = read->today};
    enum pk_status status = pk_read(arena, library, request->from, &options, previous, error);
    if (status != PK_OK)
        return status;
    if (!read->profile.length)
        read->profile = previous->profile->id;
    if (!read->language.length)
        read->language = previous->language->id;
    if (!read->detail.length)
        read->detail = pk_view_of(pk_details[previous->detail]);
    return PK_OK;
}

/* How many items were carried over and listed as closed, and how to mark them where they were. */
static void push_carried(lua_State *L, const struct pk_minutes *previous,
                         const struct pk_carried *carried)
{
    struct tables tables = tables_for(L);
    struct pk_sink *sink = &tables.sink;
    sink->open(sink, PK_VIEW(""), '{');
    sink->number(sink, PK_VIEW("open"), carried->open);
    sink->number(sink, PK_VIEW("closed"), carried->closed);
    sink->open(sink, PK_VIEW("edits"), '[');
    for (uint32_t i = 0; i < carried->edit.count; i++)
        pk_tell_edit(sink, previous, &carried->edit.items[i]);
    sink->close(sink, ']');
    sink->close(sink, '}');
}

static int new (lua_State *L)
{
    struct request request;
    struct choice choice = {0};
    struct values values = {0};
    struct pk_error error = {0};
    struct pk_minutes previous = {0};
    struct pk_carried carried = {0};
    const struct pk_library *library = check_library(L);
    take_options(L, 2, &request);
    struct pk_arena *arena = new_page(L);
    bool from = request.from.length > 0;
    enum pk_status status = understand(&request, &error);
    if (status == PK_OK && from)
        status = read_previous(library, arena, &request, &previous, &error);
    if (status == PK_OK)
        status = choose(library, &request.read, &choice, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);

    struct pk_buffer out = {.arena = arena};
    gather_values(L, arena, &request, choice.language, &values);
    struct pk_template template = {
        .library = library,
        .profile = choice.profile,
        .language = choice.language,
        .detail = choice.detail,
        .value = values.value.items,
        .value_count = values.value.count,
    };
    status = pk_template_check(arena, &template, &error);
    if (status != PK_OK)
        return push_error(L, status, &error);
    if (from)
        pk_carry_over(&previous, &template, &carried);
    pk_write_template(&out, &template);
    if (arena->failed)
        return push_error(L, PK_ENOMEM, &error);
    lua_pushlstring(L, pk_written(&out).at, out.length);
    if (from)
        push_carried(L, &previous, &carried);
    pk_arena_free(arena);
    return from ? 2 : 1;
}

/* -- Completion -- */

static uint32_t offset_of(const struct pk_minutes *minutes, const struct request *request)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    uint32_t line = request->line ? request->line - 1 : 0;
    uint32_t column = request->column ? request->column - 1 : 0;
    if (line >= blocks->line.count)
        return (uint32_t)blocks->text.length;
    uint32_t end = line + 1 < blocks->line.count ? blocks->line.items[line + 1]
                                                 : (uint32_t)blocks->text.length;
    uint32_t start = blocks->line.items[line];
    return column < end - start ? start + column : end;
}

/* (library, text, options with line and column) */
static int complete(lua_State *L)
{
    struct reading reading;
    struct request request;
    struct pk_candidates found;
    int failed = read_text(L, &reading);
    if (failed)
        return failed;
    take_options(L, 3, &request);
    pk_complete(&reading.minutes, offset_of(&reading.minutes, &request), &found);
    struct pk_place place =
        pk_place_of(&reading.minutes, (struct pk_span){found.start, found.start});
    struct tables tables = tables_for(L);
    struct pk_sink *sink = &tables.sink;
    sink->open(sink, PK_VIEW(""), '{');
    sink->number(sink, PK_VIEW("start"), place.column);
    sink->open(sink, PK_VIEW("items"), '[');
    for (uint32_t i = 0; i < found.candidate.count; i++) {
        sink->open(sink, PK_VIEW(""), '{');
        sink->text(sink, PK_VIEW("text"), found.candidate.items[i].text);
        sink->text(sink, PK_VIEW("note"), found.candidate.items[i].note);
        sink->close(sink, '}');
    }
    sink->close(sink, ']');
    sink->close(sink, '}');
    pk_arena_free(reading.arena);
    return 1;
}

#endif
