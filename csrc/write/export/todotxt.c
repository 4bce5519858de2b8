/* todotxt.c - todo.txt (github.com/todotxt/todo.txt): a line a task.
 *
 *     2026-11-03 send the pictures @Anna_Weber +Birch_Co due:2026-11-20
 *
 * Owners are contexts, for every reader filters by these. The day is that of the
 * meeting; what is done bears none, for a day there would be the day it was done.
 */
#include "write/export.h"

static void put_pair(struct pk_buffer *out, const char *key, struct pk_view value)
{
    if (value.length)
        pk_putf(out, " %s:%.*s", key, (int)value.length, value.at);
}

/* A value ends at a blank. */
static struct pk_view as_word(struct pk_arena *arena, struct pk_view text)
{
    struct pk_buffer out = {.arena = arena};
    struct pk_view line = pk_one_line(arena, text);
    for (size_t i = 0; i < line.length; i++)
        pk_putc(&out, line.at[i] == ' ' ? '_' : line.at[i]);
    return pk_written(&out);
}

/* Would its first word be taken for the mark "x " or for a date? */
static bool is_ambiguous(struct pk_view text)
{
    struct pk_date date;
    return pk_starts(text, PK_VIEW("x ")) || pk_date_parse_iso(pk_view_part(text, 0, 10), &date);
}

static void put_text(struct pk_buffer *out, const struct pk_action *action)
{
    struct pk_view text = pk_one_line(out->arena, action->text);
    bool dated = out->length && action->state == PK_OPEN;
    if (is_ambiguous(text) && !dated)
        pk_putf(out, "status:%s ", pk_states[action->state]);
    else if (action->state == PK_CANCELLED)
        pk_puts(out, "status:cancelled ");
    pk_put(out, text);
    if (!action->due.year && action->due_text.length) {
        struct pk_view words = pk_one_line(out->arena, action->due_text);
        pk_putf(out, " (%.*s)", (int)words.length, words.at);
    }
}

static void action(struct pk_buffer *out, const struct pk_origin *origin,
                   const struct pk_action *of)
{
    struct pk_arena *arena = out->arena;
    struct pk_view project = pk_tag(arena, pk_project_line(arena, origin->minutes));
    if (of->state != PK_OPEN)
        pk_puts(out, "x ");
    else if (origin->minutes->date.year) {
        pk_date_write(out, origin->minutes->date);
        pk_putc(out, ' ');
    }
    put_text(out, of);
    for (uint32_t i = 0; i < of->owner.count; i++) {
        struct pk_view owner = pk_tag(arena, of->owner.items[i].name);
        if (owner.length)
            pk_putf(out, " @%.*s", (int)owner.length, owner.at);
    }
    if (project.length)
        pk_putf(out, " +%.*s", (int)project.length, project.at);
    if (of->due.year)
        put_pair(out, "due", pk_due_line(arena, of));
    put_pair(out, "id", as_word(arena, of->id));
}

const struct pk_format pk_format_todotxt = {
    .name = "todotxt",
    .summary = "todo.txt: a line a task, owners as @contexts",
    .action = action,
    .after = "\n",
};
