/* export.c - what several formats say alike: owners, due dates, sources, projects. */
#include "write/export.h"

struct pk_view pk_one_line(struct pk_arena *arena, struct pk_view view)
{
    struct pk_buffer out = {.arena = arena};
    pk_text_plain(&out, view);
    return pk_written(&out);
}

struct pk_view pk_owners_line(struct pk_arena *arena, const struct pk_action *action)
{
    struct pk_buffer out = {.arena = arena};
    for (uint32_t i = 0; i < action->owner.count; i++) {
        if (i)
            pk_puts(&out, ", ");
        pk_text_plain(&out, action->owner.items[i].name);
    }
    return pk_written(&out);
}

struct pk_view pk_due_line(struct pk_arena *arena, const struct pk_action *action)
{
    struct pk_buffer out = {.arena = arena};
    if (action->due.year)
        pk_date_write(&out, action->due);
    else
        pk_text_plain(&out, action->due_text);
    return pk_written(&out);
}

struct pk_view pk_source_line(struct pk_arena *arena, const struct pk_origin *origin,
                              struct pk_span span)
{
    struct pk_view file = origin->file;
    struct pk_buffer out = {.arena = arena};
    while (file.length) {
        size_t width;
        uint32_t codepoint = pk_decode(file, &width);
        if (codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0))
            pk_putc(&out, '?');
        else if (codepoint == PK_REPLACEMENT)
            pk_puts(&out, "\xEF\xBF\xBD");
        else
            pk_put(&out, pk_view_part(file, 0, width));
        file = pk_view_part(file, width, file.length);
    }
    pk_putf(&out, ":%u", pk_place_of(origin->minutes, span).line);
    return pk_written(&out);
}

struct pk_view pk_project_line(struct pk_arena *arena, const struct pk_minutes *minutes)
{
    const struct pk_field *client = pk_minutes_field(minutes, PK_FIELD_CLIENT);
    return client ? pk_one_line(arena, client->value) : PK_VIEW("");
}

struct pk_view pk_tag(struct pk_arena *arena, struct pk_view name)
{
    struct pk_buffer out = {.arena = arena};
    bool gap = false;
    while (name.length) {
        size_t width;
        uint32_t codepoint = pk_decode(name, &width);
        if (!pk_is_word(codepoint)) {
            gap = out.length > 0;
        } else {
            if (gap)
                pk_putc(&out, '_');
            gap = false;
            pk_put(&out, pk_view_part(name, 0, width));
        }
        name = pk_view_part(name, width, name.length);
    }
    return pk_written(&out);
}

struct pk_date pk_day_of(const struct pk_minutes *minutes)
{
    return minutes->date.year ? minutes->date : minutes->today;
}

void pk_json_action(struct pk_buffer *out, const struct pk_origin *origin,
                    const struct pk_action *action)
{
    struct pk_json json = pk_json_to(out);
    pk_tell_action(&json.sink, origin->minutes, origin->file, action);
}

void pk_json_decision(struct pk_buffer *out, const struct pk_origin *origin,
                      const struct pk_decision *decision)
{
    struct pk_json json = pk_json_to(out);
    pk_tell_decision(&json.sink, origin->minutes, origin->file, decision);
}
