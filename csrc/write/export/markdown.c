/* markdown.c - a table in Markdown (GitHub's, which most readers know), in the minutes' language.
 */
#include "write/export.h"

#include <string.h>

/* -- Cells -- */

static bool is_between_words(struct pk_view text, size_t at)
{
    size_t width;
    return at > 0 && at + 1 < text.length && pk_is_word(pk_decode_before(text, at, &width)) &&
           pk_is_word(pk_decode(pk_view_part(text, at + 1, text.length), &width));
}

/* Marks were taken out when the text was read: what looks like one is none. */
static void put_cell(struct pk_buffer *out, struct pk_view text)
{
    pk_putc(out, ' ');
    for (size_t i = 0; i < text.length; i++) {
        bool mark = strchr("\\`*_[]<|~", text.at[i]) && text.at[i];
        if (mark && !(text.at[i] == '_' && is_between_words(text, i)))
            pk_putc(out, '\\');
        pk_putc(out, text.at[i]);
    }
    pk_puts(out, " |");
}

static void put_label(struct pk_buffer *out, const struct pk_language *language, const char *key)
{
    put_cell(out, language ? pk_label(language, key) : pk_view_of(key));
}

/* The first of the language's own words for it: "Erledigt". */
static struct pk_view word_for(const struct pk_language *language, const char *state)
{
    const struct pk_yaml *words = pk_yaml_get(language->source, "words");
    const struct pk_yaml *list = words ? pk_yaml_get(words, state) : NULL;
    return list && list->first ? list->first->value : pk_view_of(state);
}

/* -- Actions -- */

static void head(struct pk_buffer *out, enum pk_listed listed, const struct pk_language *language)
{
    static const char *const of_actions[] = {"task", "owner", "due", "status", NULL};
    static const char *const of_decisions[] = {"number", "decision", NULL};
    const char *const *keys = listed == PK_ACTIONS ? of_actions : of_decisions;
    pk_putc(out, '|');
    for (int i = 0; keys[i]; i++)
        put_label(out, language, keys[i]);
    pk_puts(out, "\n|");
    for (int i = 0; keys[i]; i++)
        pk_puts(out, " --- |");
    pk_putc(out, '\n');
}

static struct pk_view due_of(struct pk_arena *arena, const struct pk_origin *origin,
                             const struct pk_action *action)
{
    struct pk_buffer out = {.arena = arena};
    if (!action->due.year)
        return pk_due_line(arena, action);
    pk_write_date(&out, action->due, origin->language);
    return pk_written(&out);
}

static void action(struct pk_buffer *out, const struct pk_origin *origin,
                   const struct pk_action *of)
{
    struct pk_arena *arena = out->arena;
    pk_putc(out, '|');
    put_cell(out, pk_one_line(arena, of->text));
    put_cell(out, pk_owners_line(arena, of));
    put_cell(out, due_of(arena, origin, of));
    put_cell(out, word_for(origin->language, pk_states[of->state]));
}

static void decision(struct pk_buffer *out, const struct pk_origin *origin,
                     const struct pk_decision *of)
{
    (void)origin;
    pk_putc(out, '|');
    put_cell(out, pk_one_line(out->arena, of->id));
    put_cell(out, pk_one_line(out->arena, of->text));
}

const struct pk_format pk_format_markdown = {
    .name = "markdown",
    .summary = "a table in Markdown, in the language of the minutes",
    .head = head,
    .action = action,
    .decision = decision,
    .after = "\n",
};
