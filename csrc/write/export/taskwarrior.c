/* taskwarrior.c - a JSON array for `task import`.
 *
 * Owners are tags, for these need no setting up; where a task was written is an
 * annotation. `entry` is the day of the meeting, and so is `end`, which
 * Taskwarrior would else set to the moment of the import. A day lasts to its
 * end: what is due today is not overdue.
 */
#include "write/export.h"

static void put_member(struct pk_buffer *out, const char *key, struct pk_view value)
{
    if (!value.length)
        return;
    pk_putf(out, ",\"%s\":", key);
    pk_json_string(out, value);
}

/* ISO 8601 in its basic form and without a zone: local time. */
static void put_day(struct pk_buffer *out, const char *key, struct pk_date day, const char *time)
{
    if (day.year)
        pk_putf(out, ",\"%s\":\"%04d%02d%02dT%s\"", key, day.year, day.month, day.day, time);
}

static void put_tags(struct pk_buffer *out, const struct pk_action *action)
{
    bool comma = false;
    for (uint32_t i = 0; i < action->owner.count; i++) {
        struct pk_view tag = pk_tag(out->arena, action->owner.items[i].name);
        if (!tag.length)
            continue;
        pk_puts(out, comma ? "," : ",\"tags\":[");
        pk_json_string(out, tag);
        comma = true;
    }
    if (comma)
        pk_putc(out, ']');
}

/* An annotation wants a day of its own. */
static void annotate(struct pk_buffer *out, const struct pk_origin *origin,
                     const struct pk_action *action)
{
    struct pk_buffer note = {.arena = out->arena};
    struct pk_date day = pk_day_of(origin->minutes);
    if (!day.year)
        return;
    pk_put(&note, pk_source_line(out->arena, origin, action->span));
    if (!action->due.year && action->due_text.length) {
        pk_puts(&note, ", ");
        pk_text_plain(&note, action->due_text);
    }
    pk_putf(out, ",\"annotations\":[{\"entry\":\"%04d%02d%02dT000000\"", day.year, day.month,
            day.day);
    put_member(out, "description", pk_written(&note));
    pk_puts(out, "}]");
}

static void action(struct pk_buffer *out, const struct pk_origin *origin,
                   const struct pk_action *of)
{
    static const char *const states[] = {
        [PK_OPEN] = "pending",
        [PK_DONE] = "completed",
        [PK_CANCELLED] = "deleted",
    };
    struct pk_arena *arena = out->arena;
    struct pk_identity identity = pk_identity_of(of);
    struct pk_date day = pk_day_of(origin->minutes);
    pk_putf(out, "{\"uuid\":\"%s\",\"status\":\"%s\"", identity.uuid, states[of->state]);
    put_member(out, "description", pk_one_line(arena, of->text));
    put_day(out, "entry", day, "000000");
    if (of->state != PK_OPEN)
        put_day(out, "end", day, "000000");
    put_day(out, "due", of->due, "235959");
    put_member(out, "project", pk_project_line(arena, origin->minutes));
    put_tags(out, of);
    annotate(out, origin, of);
    pk_putc(out, '}');
}

static void head(struct pk_buffer *out, enum pk_listed listed, const struct pk_language *language)
{
    (void)listed, (void)language;
    pk_puts(out, "[\n");
}

const struct pk_format pk_format_taskwarrior = {
    .name = "taskwarrior",
    .summary = "JSON for `task import`, owners as tags",
    .once = true,
    .head = head,
    .action = action,
    .between = ",\n",
    .tail = "\n]\n",
    .none = "[]\n",
};
