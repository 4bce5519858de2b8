/* org.c - headlines for Org mode, with deadline and properties. */
#include "write/export.h"

/* A zero width space, with which the Org manual (12.5, Escape Character) ends a markup. */
#define ESCAPE "\xE2\x80\x8B"

/* Would Org take the first word for its own: a priority, a comment, a keyword? */
static bool is_special(struct pk_view text)
{
    return pk_starts(text, PK_VIEW("[#")) || pk_starts(text, PK_VIEW("COMMENT")) ||
           pk_starts(text, PK_VIEW("*"));
}

/* Would a link, "[[...", or a date for the agenda, "<2026-...", begin here? */
static bool is_opening(struct pk_view text, size_t at)
{
    char next = at + 1 < text.length ? text.at[at + 1] : '\0';
    return (text.at[at] == '[' && next == '[') ||
           (text.at[at] == '<' && next >= '0' && next <= '9');
}

/* In "ask about :price:" the last word would be a tag. */
static void put_headline(struct pk_buffer *out, struct pk_view text)
{
    if (is_special(text))
        pk_puts(out, ESCAPE);
    for (size_t i = 0; i < text.length; i++) {
        pk_putc(out, text.at[i]);
        if (is_opening(text, i))
            pk_puts(out, ESCAPE);
    }
    if (text.length && text.at[text.length - 1] == ':')
        pk_puts(out, ESCAPE);
    pk_putc(out, '\n');
}

static void put_deadline(struct pk_buffer *out, struct pk_date due)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    if (!due.year)
        return;
    pk_puts(out, "DEADLINE: <");
    pk_date_write(out, due);
    pk_putf(out, " %s>\n", days[pk_date_weekday(due) - 1]);
}

static void put_property(struct pk_buffer *out, const char *name, struct pk_view value)
{
    if (value.length)
        pk_putf(out, ":%s: %.*s\n", name, (int)value.length, value.at);
}

static void head(struct pk_buffer *out, enum pk_listed listed, const struct pk_language *language)
{
    (void)listed, (void)language;
    pk_puts(out, "#+TODO: TODO | DONE CANCELLED\n\n");
}

static void action(struct pk_buffer *out, const struct pk_origin *origin,
                   const struct pk_action *of)
{
    static const char *const keywords[] = {
        [PK_OPEN] = "TODO",
        [PK_DONE] = "DONE",
        [PK_CANCELLED] = "CANCELLED",
    };
    struct pk_arena *arena = out->arena;
    struct pk_identity identity = pk_identity_of(of);
    pk_putf(out, "* %s ", keywords[of->state]);
    put_headline(out, pk_one_line(arena, of->text));
    put_deadline(out, of->due);
    pk_puts(out, ":PROPERTIES:\n");
    put_property(out, "ID", pk_view_of(identity.uuid));
    put_property(out, "OWNER", pk_owners_line(arena, of));
    put_property(out, "DUE", pk_one_line(arena, of->due_text));
    put_property(out, "CATEGORY", pk_project_line(arena, origin->minutes));
    put_property(out, "SOURCE", pk_source_line(arena, origin, of->span));
    pk_puts(out, ":END:\n");
}

const struct pk_format pk_format_org = {
    .name = "org",
    .summary = "headlines for Emacs Org mode",
    .once = true,
    .head = head,
    .action = action,
};
