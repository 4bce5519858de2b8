/* ics.c - tasks for a calendar: iCalendar VTODO (RFC 5545).
 *
 * Owners are categories, by which calendars filter: as ATTENDEE they would make
 * of a list a group-scheduled task, for which a server may send invitations.
 */
#include "write/export.h"

enum { LINE_OCTETS = 75 }; /* without the line end: RFC 5545, 3.1 */

/* NAME:value, folded where characters end. */
static void put_line(struct pk_buffer *out, const char *name, struct pk_view value)
{
    struct pk_buffer line = {.arena = out->arena};
    pk_puts(&line, name);
    pk_putc(&line, ':');
    pk_put(&line, value);
    struct pk_view rest = pk_written(&line);
    size_t column = 0;
    while (rest.length) {
        size_t width;
        pk_decode(rest, &width);
        if (column + width > LINE_OCTETS) {
            pk_puts(out, "\r\n ");
            column = 1;
        }
        pk_put(out, pk_view_part(rest, 0, width));
        column += width;
        rest = pk_view_part(rest, width, rest.length);
    }
    pk_puts(out, "\r\n");
}

/* TEXT (3.3.11); the text is in one line already. */
static void escape(struct pk_buffer *out, struct pk_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '\\' || text.at[i] == ';' || text.at[i] == ',')
            pk_putc(out, '\\');
        pk_putc(out, text.at[i]);
    }
}

static void put_text(struct pk_buffer *out, const char *name, struct pk_view text)
{
    struct pk_buffer value = {.arena = out->arena};
    escape(&value, text);
    put_line(out, name, pk_written(&value));
}

static void put_day(struct pk_buffer *out, const char *name, struct pk_date day, const char *time)
{
    struct pk_buffer value = {.arena = out->arena};
    pk_putf(&value, "%04d%02d%02d%s", day.year, day.month, day.day, time);
    put_line(out, name, pk_written(&value));
}

static void put_categories(struct pk_buffer *out, const struct pk_action *action)
{
    struct pk_buffer value = {.arena = out->arena};
    for (uint32_t i = 0; i < action->owner.count; i++) {
        if (i)
            pk_putc(&value, ',');
        escape(&value, pk_one_line(out->arena, action->owner.items[i].name));
    }
    if (value.length)
        put_line(out, "CATEGORIES", pk_written(&value));
}

static void describe(struct pk_buffer *out, const struct pk_language *language, const char *key,
                     struct pk_view value)
{
    if (!value.length)
        return;
    escape(out, pk_label(language, key));
    pk_puts(out, ": ");
    escape(out, value);
    pk_puts(out, "\\n");
}

/* Who, by when in the writer's own words, and where it is written. */
static void put_description(struct pk_buffer *out, const struct pk_origin *origin,
                            const struct pk_action *action)
{
    struct pk_buffer value = {.arena = out->arena};
    describe(&value, origin->language, "owner", pk_owners_line(out->arena, action));
    describe(&value, origin->language, "due", pk_one_line(out->arena, action->due_text));
    escape(&value, pk_source_line(out->arena, origin, action->span));
    put_line(out, "DESCRIPTION", pk_written(&value));
}

static void head(struct pk_buffer *out, enum pk_listed listed, const struct pk_language *language)
{
    (void)listed, (void)language;
    pk_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//protokol//protokol//EN\r\n");
}

static void action(struct pk_buffer *out, const struct pk_origin *origin,
                   const struct pk_action *of)
{
    static const char *const states[] = {
        [PK_OPEN] = "NEEDS-ACTION",
        [PK_DONE] = "COMPLETED",
        [PK_CANCELLED] = "CANCELLED",
    };
    struct pk_identity identity = pk_identity_of(of);
    pk_puts(out, "BEGIN:VTODO\r\n");
    put_line(out, "UID", pk_view_of(identity.uuid));
    put_day(out, "DTSTAMP", pk_day_of(origin->minutes), "T000000Z");
    put_text(out, "SUMMARY", pk_one_line(out->arena, of->text));
    if (of->due.year)
        put_day(out, "DUE;VALUE=DATE", of->due, "");
    put_line(out, "STATUS", pk_view_of(states[of->state]));
    if (of->state == PK_DONE)
        put_line(out, "PERCENT-COMPLETE", PK_VIEW("100"));
    put_categories(out, of);
    put_description(out, origin, of);
    pk_puts(out, "END:VTODO\r\n");
}

const struct pk_format pk_format_ics = {
    .name = "ics",
    .summary = "tasks for a calendar: iCalendar (RFC 5545)",
    .once = true,
    .dated = true,
    .head = head,
    .action = action,
    .tail = "END:VCALENDAR\r\n",
};
