/* text.c - findings, actions, decisions and outlines as lines for people. */
#include "write/export.h"

/* How many bytes of printable ASCII the text starts with; blanks are none. */
static size_t visible(struct pk_view view)
{
    size_t at = 0;
    while (at < view.length && view.at[at] > 0x20 && view.at[at] < 0x7f)
        at++;
    return at;
}

void pk_text_plain(struct pk_buffer *out, struct pk_view view)
{
    bool blank = false;
    view = pk_trim(view);
    while (view.length) {
        size_t width = visible(view);
        uint32_t codepoint = width ? (unsigned char)view.at[0] : pk_decode(view, &width);
        struct pk_view bytes = pk_view_part(view, 0, width);
        view = pk_view_part(view, width, view.length);
        if (pk_is_space(codepoint)) {
            blank = true;
            continue;
        }
        if (blank)
            pk_putc(out, ' ');
        blank = false;
        if (codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0))
            pk_putc(out, '?');
        else if (codepoint == PK_REPLACEMENT)
            pk_puts(out, "\xEF\xBF\xBD");
        else
            pk_put(out, bytes);
    }
}

void pk_text_path(struct pk_buffer *out, struct pk_view path)
{
    size_t width;
    for (; path.length; path = pk_view_part(path, width, path.length)) {
        width = visible(path);
        uint32_t codepoint = width ? (unsigned char)path.at[0] : pk_decode(path, &width);
        if (codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0))
            pk_putc(out, '?');
        else
            pk_put(out, pk_view_part(path, 0, width));
    }
}

static void put_place(struct pk_buffer *out, const struct pk_minutes *minutes, struct pk_view file,
                      struct pk_span span)
{
    struct pk_place place = pk_place_of(minutes, span);
    pk_text_path(out, file);
    pk_putc(out, ':');
    pk_put_number(out, place.line, 1);
    pk_putc(out, ':');
    pk_put_number(out, place.column, 1);
    pk_putc(out, ':');
}

/* -- Findings and decisions -- */

void pk_text_diagnostic(struct pk_buffer *out, const struct pk_minutes *minutes,
                        struct pk_view file, const struct pk_diagnostic *diagnostic)
{
    put_place(out, minutes, file, diagnostic->span);
    pk_putf(out, " %s: ", pk_severities[diagnostic->severity]);
    pk_text_plain(out, diagnostic->message);
    pk_putf(out, " [%s]\n", diagnostic->rule->id);
}

void pk_text_mended(struct pk_buffer *out, const struct pk_minutes *minutes, struct pk_view file,
                    const struct pk_diagnostic *diagnostic, const struct pk_fix *fix)
{
    put_place(out, minutes, file, diagnostic->span);
    pk_puts(out, " mended: ");
    pk_text_plain(out, fix->title);
    pk_putf(out, " [%s]\n", diagnostic->rule->id);
}

void pk_text_decision(struct pk_buffer *out, const struct pk_minutes *minutes, struct pk_view file,
                      const struct pk_decision *decision)
{
    put_place(out, minutes, file, decision->span);
    pk_putc(out, ' ');
    if (decision->id.length) {
        pk_text_plain(out, decision->id);
        pk_putc(out, ' ');
    }
    pk_text_plain(out, decision->text);
    pk_putc(out, '\n');
}

/* -- Outline -- */

static void line_of(struct pk_buffer *out, const struct pk_minutes *minutes, struct pk_view file,
                    struct pk_span span, struct pk_view what, struct pk_view value)
{
    put_place(out, minutes, file, span);
    pk_putc(out, ' ');
    pk_text_plain(out, what);
    pk_puts(out, ": ");
    pk_text_plain(out, value);
    pk_putc(out, '\n');
}

static void put_detail(struct pk_buffer *out, struct pk_view detail)
{
    if (!detail.length)
        return;
    pk_puts(out, ", ");
    pk_text_plain(out, detail);
}

static void put_person(struct pk_buffer *out, const struct pk_minutes *minutes, struct pk_view file,
                       const struct pk_person *person)
{
    put_place(out, minutes, file, person->span);
    pk_puts(out, person->present ? " present: " : " absent: ");
    pk_text_plain(out, person->name);
    put_detail(out, person->role);
    put_detail(out, person->organisation);
    for (uint32_t i = 0; i < person->contact.count; i++)
        put_detail(out, person->contact.items[i]);
    pk_putc(out, '\n');
}

static void put_section(struct pk_buffer *out, const struct pk_minutes *minutes,
                        struct pk_view file, const struct pk_section *section)
{
    struct pk_view id = pk_section_id(minutes, section);
    put_place(out, minutes, file, section->span);
    pk_putc(out, ' ');
    for (int i = 0; i < section->level && section->level <= 6; i++)
        pk_putc(out, '#');
    if (section->level <= 6) /* 7 is a line that is no heading */
        pk_putc(out, ' ');
    pk_text_plain(out, section->title);
    if (id.length) {
        pk_puts(out, " [");
        pk_text_plain(out, id);
        pk_putc(out, ']');
    }
    pk_putc(out, '\n');
}

void pk_text_outline(struct pk_buffer *out, const struct pk_minutes *minutes, struct pk_view file)
{
    if (minutes->title.length)
        line_of(out, minutes, file, minutes->title_span, PK_VIEW("title"), minutes->title);
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (field->id.length && field->value.length)
            line_of(out, minutes, file, field->span, field->id, field->value);
    }
    for (uint32_t i = 0; i < minutes->person.count; i++)
        put_person(out, minutes, file, &minutes->person.items[i]);
    for (uint32_t i = 0; i < minutes->section.count; i++)
        put_section(out, minutes, file, &minutes->section.items[i]);
    for (uint32_t i = 0; i < minutes->question.count; i++)
        line_of(out, minutes, file, minutes->question.items[i].span, PK_VIEW("open question"),
                minutes->question.items[i].text);
    for (uint32_t i = 0; i < minutes->risk.count; i++)
        line_of(out, minutes, file, minutes->risk.items[i].span, PK_VIEW("risk"),
                minutes->risk.items[i].text);
}

/* -- Columns -- */

struct pk_row pk_row_of_action(struct pk_arena *arena, const struct pk_minutes *minutes,
                               struct pk_view file, const struct pk_action *action)
{
    static const char *const marks[] = {
        [PK_OPEN] = "[ ]",
        [PK_DONE] = "[x]",
        [PK_CANCELLED] = "[-]",
    };
    struct pk_buffer place = {.arena = arena};
    put_place(&place, minutes, file, action->span);
    return (struct pk_row){{
        pk_written(&place),
        pk_view_of(marks[action->state]),
        pk_due_line(arena, action),
        pk_owners_line(arena, action),
        pk_one_line(arena, action->text),
    }};
}

/* Wider cells push what follows in their own line only. */
enum { WIDEST = 60 };

void pk_text_rows(struct pk_buffer *out, const struct pk_row *rows, uint32_t count)
{
    size_t width[PK_ROW_CELLS] = {0};
    for (uint32_t i = 0; i < count; i++)
        for (int j = 0; j < PK_ROW_CELLS && rows[i].cell[j].at; j++) {
            size_t wide = pk_codepoints(rows[i].cell[j]);
            if (wide <= WIDEST && wide > width[j])
                width[j] = wide;
        }
    for (uint32_t i = 0; i < count; i++) {
        const struct pk_view *cell = rows[i].cell;
        for (int j = 0; j < PK_ROW_CELLS && cell[j].at; j++) {
            pk_put(out, cell[j]);
            if (j + 1 == PK_ROW_CELLS || !cell[j + 1].at || !width[j])
                continue;
            for (size_t wide = pk_codepoints(cell[j]); wide < width[j]; wide++)
                pk_putc(out, ' ');
            pk_puts(out, "  ");
        }
        pk_putc(out, '\n');
    }
}
