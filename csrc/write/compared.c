/* compared.c - what differs between two revisions, as records and as lines for people. */
#include "write/compared.h"

static void tell_optional(struct pk_sink *sink, const char *key, struct pk_view value)
{
    if (value.length)
        sink->text(sink, pk_view_of(key), value);
    else
        sink->nothing(sink, pk_view_of(key));
}

static void tell_place(struct pk_sink *sink, const struct pk_minutes *minutes, struct pk_span span,
                       const char *const keys[4])
{
    bool there = span.end > span.start;
    struct pk_place place = there ? pk_place_of(minutes, span) : (struct pk_place){0};
    const uint32_t numbers[] = {place.line, place.column, place.end_line, place.end_column};
    for (int i = 0; i < 4; i++) {
        if (there)
            sink->number(sink, pk_view_of(keys[i]), numbers[i]);
        else
            sink->nothing(sink, pk_view_of(keys[i]));
    }
}

void pk_tell_difference(struct pk_sink *sink, struct pk_arena *arena,
                        const struct pk_comparison *comparison, struct pk_view file,
                        const struct pk_difference *difference)
{
    static const char *const now[] = {"line", "column", "end_line", "end_column"};
    static const char *const then[] = {"old_line", "old_column", "old_end_line", "old_end_column"};
    sink->open(sink, (struct pk_view){0}, '{');
    if (file.length)
        sink->text(sink, PK_VIEW("file"), file);
    tell_place(sink, comparison->new_minutes, difference->new_span, now);
    tell_place(sink, comparison->old_minutes, difference->old_span, then);
    sink->text(sink, PK_VIEW("change"), pk_view_of(pk_differings[difference->how]));
    sink->text(sink, PK_VIEW("kind"), pk_view_of(pk_compared[difference->what]));
    tell_optional(sink, "id", difference->id);
    sink->text(sink, PK_VIEW("text"), difference->text);
    tell_optional(sink, "before", difference->before);
    tell_optional(sink, "after", difference->after);
    sink->text(sink, PK_VIEW("message"),
               pk_difference_message(arena, comparison->new_minutes->language, difference));
    sink->close(sink, '}');
}

void pk_text_difference(struct pk_buffer *out, const struct pk_comparison *comparison,
                        struct pk_view old_file, struct pk_view new_file,
                        const struct pk_difference *difference)
{
    bool gone = difference->how == PK_IS_REMOVED;
    struct pk_place place = gone ? pk_place_of(comparison->old_minutes, difference->old_span)
                                 : pk_place_of(comparison->new_minutes, difference->new_span);
    pk_text_path(out, gone ? old_file : new_file);
    pk_putf(out, ":%u:%u: ", place.line, place.column);
    pk_text_plain(out,
                  pk_difference_message(out->arena, comparison->new_minutes->language, difference));
    pk_putc(out, '\n');
}
