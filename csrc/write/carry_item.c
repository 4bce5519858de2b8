/* carry_item.c - write an item of earlier minutes anew, so that it stays the same item. */
#include "write/carrying.h"
#include "write/write.h"

#include <string.h>

/* -- Where it comes from -- */

enum { LONGEST_TAIL = 200 /* bytes behind an item in which a comment is its own */ };

/* Does a comment's text begin with "from", "vom" ...? */
static bool is_origin(const struct pk_library *library, struct pk_view inside)
{
    for (uint32_t i = 0; i < library->language.count; i++) {
        struct pk_view from = pk_label(&library->language.items[i], "carried-from");
        struct pk_view rest = pk_view_part(inside, from.length, inside.length);
        if (pk_starts(inside, from) && pk_starts(rest, PK_VIEW(" ")))
            return true;
    }
    return false;
}

/* The comment that tells it already, up to the end of the line that the item ends on. */
static struct pk_view origin_in(struct pk_carrying *carrying, const struct pk_action *action)
{
    const struct pk_blocks *blocks = &carrying->previous->blocks;
    uint32_t next = pk_line_at(blocks, action->span.end) + 1;
    uint32_t end =
        next < blocks->line.count ? blocks->line.items[next] : (uint32_t)blocks->text.length;
    if (end > action->span.end + LONGEST_TAIL)
        end = action->span.end + LONGEST_TAIL;
    struct pk_view text = pk_view_part(blocks->text, action->span.start, end);
    for (size_t at = 0, close; at < text.length; at = close) {
        close = at + 1;
        if (text.at[at] != '<' || !pk_starts(pk_view_part(text, at, text.length), PK_VIEW("<!--")))
            continue;
        while (close < text.length && text.at[close] != '>' && text.at[close] != '\n')
            close++;
        struct pk_view inside = pk_trim(pk_view_part(text, at + 4, close));
        if (close < text.length && text.at[close] == '>' &&
            is_origin(carrying->previous->library, inside))
            return pk_view_part(text, at, close + 1);
    }
    return PK_VIEW("");
}

static void put_origin(struct pk_buffer *out, struct pk_carrying *carrying,
                       const struct pk_action *action)
{
    struct pk_view origin = origin_in(carrying, action);
    if (origin.length || !carrying->previous->date.year) {
        pk_put(out, origin);
        return;
    }
    pk_puts(out, "<!-- ");
    pk_put(out, pk_label(carrying->language, "carried-from"));
    pk_putc(out, ' ');
    pk_write_date(out, carrying->previous->date, carrying->language);
    pk_puts(out, " -->");
}

/* -- Its parts -- */

/* An id that holds a letter names the item; a mere number is that of a row. */
static bool is_name(struct pk_view id, bool *anchor)
{
    bool letter = false;
    size_t width;
    *anchor = true;
    for (size_t i = 0; i < id.length; i += width) {
        uint32_t sign = pk_decode(pk_view_part(id, i, id.length), &width);
        letter = letter || pk_is_letter(sign);
        *anchor = *anchor && ((pk_is_word(sign) && sign < 0x80) || sign == '-');
    }
    return letter;
}

static struct pk_view tail_of(struct pk_carrying *carrying, const struct pk_action *action)
{
    struct pk_buffer out = {.arena = carrying->arena};
    bool anchor;
    if (is_name(action->id, &anchor)) {
        pk_puts(&out, anchor ? "^" : "[id:: ");
        pk_put(&out, action->id);
        pk_puts(&out, anchor ? " " : "] ");
    }
    put_origin(&out, carrying, action);
    return pk_trim(pk_written(&out));
}

static struct pk_view owners_of(struct pk_carrying *carrying, const struct pk_action *action)
{
    struct pk_view text = carrying->previous->blocks.text;
    struct pk_buffer out = {.arena = carrying->arena};
    for (uint32_t i = 0; i < action->owner.count; i++) {
        const struct pk_owner *owner = &action->owner.items[i];
        bool handle = owner->span.start && text.at[owner->span.start - 1] == '@';
        if (pk_is_to_fill_in(owner->name))
            continue;
        if (out.length)
            pk_puts(&out, ", ");
        pk_puts(&out, handle ? "@" : "");
        pk_put(&out, owner->name);
    }
    return pk_written(&out);
}

static struct pk_view due_of(struct pk_carrying *carrying, const struct pk_action *action)
{
    struct pk_buffer out = {.arena = carrying->arena};
    if (action->due.year)
        pk_write_date(&out, action->due, carrying->language);
    else if (!pk_is_to_fill_in(action->due_text))
        pk_put(&out, action->due_text);
    return pk_written(&out);
}

enum { LONGEST = 4096 /* bytes of an item in which a date is looked for */ };

static bool find(struct pk_view text, struct pk_view part, size_t *at)
{
    for (*at = 0; part.length && *at + part.length <= text.length; (*at)++) {
        if (memcmp(text.at + *at, part.at, part.length) == 0)
            return true;
    }
    return false;
}

/* Does it tell the year? Then it means the same day wherever it stands. */
static bool has_year(struct pk_view text)
{
    uint32_t digits = 0;
    for (size_t i = 0; i < text.length && digits < 4; i++)
        digits = text.at[i] >= '0' && text.at[i] <= '9' ? digits + 1 : 0;
    return digits == 4;
}

/* "call Tom by Friday about paper": the day is part of the sentence. Then it is told there, and
 * there only. False: it is to be told apart. */
static bool freeze(struct pk_carrying *carrying, const struct pk_action *action, struct pk_view due,
                   struct pk_view *words)
{
    size_t at, length = 0;
    if (words->length > LONGEST || !find(*words, action->due_text, &at))
        return false;
    if (!action->due.year || has_year(action->due_text))
        return true;
    const struct pk_words *table = &carrying->previous->library->words;
    if (!pk_words_of(table, action->due_text, PK_WORD_DUE, &length))
        length = 0;
    struct pk_view rest = pk_trim(pk_view_part(action->due_text, length, action->due_text.length));
    bool counted = rest.length && rest.at[0] >= '0' && rest.at[0] <= '9'; /* "within 3 days" */
    struct pk_buffer out = {.arena = carrying->arena};
    pk_put(&out, pk_view_part(*words, 0, at));
    if (counted || length)
        pk_put(&out, counted ? pk_label(carrying->language, "due-inline")
                             : pk_trim(pk_view_part(action->due_text, 0, length)));
    pk_puts(&out, counted || length ? " " : "");
    pk_put(&out, due);
    pk_put(&out, pk_view_part(*words, at + action->due_text.length, words->length));
    *words = pk_written(&out);
    return counted || length;
}

/* "- [ ] send the draft — owner: Anna Weber, due: 20.03.2026" */
static struct pk_view line_of(struct pk_carrying *carrying, struct pk_view words,
                              struct pk_view owners, struct pk_view due)
{
    const struct pk_language *language = carrying->language;
    struct pk_buffer out = {.arena = carrying->arena};
    pk_puts(&out, "- [ ] ");
    pk_put(&out, words);
    pk_puts(&out, owners.length || due.length ? " \u2014 " : "");
    if (owners.length) {
        pk_put(&out, pk_label(language, "owner-inline"));
        pk_puts(&out, ": ");
        pk_put(&out, owners);
    }
    if (due.length) {
        pk_puts(&out, owners.length ? ", " : "");
        pk_put(&out, pk_label(language, "due-inline"));
        pk_puts(&out, ": ");
        pk_put(&out, due);
    }
    return pk_written(&out);
}

struct pk_known pk_open_item(struct pk_carrying *carrying, const struct pk_action *action)
{
    struct pk_values values = {0};
    struct pk_view words = pk_wording_of(carrying, action);
    struct pk_view owners = owners_of(carrying, action), due = due_of(carrying, action);
    bool frozen = freeze(carrying, action, due, &words);
    pk_add_value(carrying, &values, "task", words);
    pk_add_value(carrying, &values, "owner", owners);
    pk_add_value(carrying, &values, "due", due);
    return (struct pk_known){
        .value = values.value.items,
        .value_count = values.value.count,
        .line = line_of(carrying, words, owners, frozen ? PK_VIEW("") : due),
        .own_line = frozen,
        .tail = tail_of(carrying, action),
    };
}

struct pk_known pk_closed_item(struct pk_carrying *carrying, const struct pk_action *action)
{
    struct pk_values values = {0};
    struct pk_buffer out = {.arena = carrying->arena}, line = {.arena = carrying->arena};
    struct pk_view owners = owners_of(carrying, action);
    pk_put(&out, pk_wording_of(carrying, action));
    pk_puts(&out, owners.length ? " \u2014 " : "");
    pk_put(&out, owners);
    pk_puts(&line, "- ");
    pk_put(&line, pk_written(&out));
    pk_add_value(carrying, &values, "closed", pk_written(&out));
    return (struct pk_known){
        .value = values.value.items,
        .value_count = values.value.count,
        .line = pk_written(&line),
    };
}
