/* toggle_words.c - mark an item by a word behind it, and note the day it was done. */
#include "write/toggling.h"

#include <string.h>

static struct pk_view text_of(const struct subject *subject, struct pk_span span)
{
    return pk_slice(subject->minutes->blocks.text, span);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* The span with the blanks that part it from what it stands before or behind. */
static struct pk_span with_blanks(const struct subject *subject, struct pk_span span)
{
    struct pk_view text = subject->minutes->blocks.text;
    if (span.start <= subject->action->span.start) {
        while (span.end < text.length && is_blank(text.at[span.end]))
            span.end++;
        return span;
    }
    while (span.start > subject->action->span.start && is_blank(text.at[span.start - 1]))
        span.start--;
    return span;
}

static void take_out(struct subject *subject, struct pk_span span)
{
    pk_edit_to(subject, with_blanks(subject, span), PK_VIEW(""));
}

/* Behind the item's words and the markup that closes there, before its own id at the end. */
static uint32_t end_of(const struct subject *subject)
{
    const struct pk_action *action = subject->action;
    struct pk_view text = subject->minutes->blocks.text;
    uint32_t at = action->span.end;
    size_t id = action->id.length;
    if (id && at > id + 1 && text.at[at - id - 1] == '^' &&
        memcmp(text.at + at - id, action->id.at, id) == 0) {
        at -= (uint32_t)id + 1;
        while (at > action->span.start && is_blank(text.at[at - 1]))
            at--;
        return at;
    }
    struct pk_view rest = pk_view_part(text, at, text.length);
    if (pk_starts(rest, PK_VIEW("]("))) {
        const char *close = memchr(rest.at, ')', rest.length);
        const char *line = memchr(rest.at, '\n', rest.length);
        if (close && (!line || close < line))
            at += (uint32_t)(close - rest.at) + 1;
    }
    while (at < text.length && strchr("*_`", text.at[at]) && text.at[at])
        at++;
    return at;
}

static struct pk_view joined(const struct subject *subject, const char *before, struct pk_view word,
                             const char *behind)
{
    struct pk_buffer out = {.arena = subject->minutes->arena};
    pk_puts(&out, before);
    pk_put(&out, word);
    pk_puts(&out, behind);
    return pk_written(&out);
}

/* -- The word -- */

struct pk_view pk_state_word(const struct pk_language *language, enum pk_state state)
{
    const struct pk_yaml *words = pk_yaml_get(language->source, "words");
    const struct pk_yaml *list = words ? pk_yaml_get(words, pk_states[state]) : NULL;
    const struct pk_yaml *first = list && list->kind == PK_YAML_LIST ? list->first : list;
    return first ? first->value : pk_view_of(pk_states[state]);
}

/* "(done)": as another item has it, else in the language's word. */
static struct pk_view mark_of(const struct subject *subject)
{
    const struct pk_minutes *minutes = subject->minutes;
    const struct pk_action *like = pk_marked_like(subject, subject->to);
    if (like)
        return text_of(subject, like->said);
    char first[4];
    size_t width;
    struct pk_view word = pk_state_word(minutes->language, subject->to);
    size_t length = pk_encode(pk_fold(pk_decode(word, &width)), first);
    struct pk_buffer out = {.arena = minutes->arena};
    pk_putc(&out, '(');
    pk_put(&out, (struct pk_view){first, length});
    pk_put(&out, pk_view_part(word, width, word.length));
    pk_putc(&out, ')');
    return pk_written(&out);
}

/* The full stop of a sentence stays behind the mark, and a colon before what comes below. */
static uint32_t before_stop(const struct subject *subject, uint32_t at)
{
    struct pk_view text = subject->minutes->blocks.text;
    const char *stops = subject->action->source == PK_FROM_SENTENCE ? ".!;:" : ":";
    if (at > subject->action->span.start && text.at[at - 1] && strchr(stops, text.at[at - 1]))
        return at - 1;
    return at;
}

static void add_mark(struct subject *subject)
{
    uint32_t at = before_stop(subject, end_of(subject));
    pk_edit_to(subject, (struct pk_span){at, at}, joined(subject, " ", mark_of(subject), ""));
}

/* -- Words that are there -- */

/* The tildes around what is struck, on either side of it. */
static bool unstrike(struct subject *subject)
{
    struct pk_view text = subject->minutes->blocks.text;
    const struct pk_block *block = &subject->minutes->blocks.block.items[subject->action->block];
    uint32_t open = subject->action->said.start, close = subject->action->said.end;
    struct pk_span area = block->kind == PK_ROW ? subject->action->span : block->span;
    uint32_t least = area.start > 8 ? area.start - 8 : 0;
    while (open > least + 1 && memcmp(text.at + open - 2, "~~", 2) != 0)
        open--;
    while (close + 2 <= text.length && close < area.end + 8 &&
           memcmp(text.at + close, "~~", 2) != 0)
        close++;
    if (open < 2 || memcmp(text.at + open - 2, "~~", 2) != 0 || close + 2 > text.length ||
        memcmp(text.at + close, "~~", 2) != 0)
        return false;
    pk_edit_to(subject, (struct pk_span){open - 2, open}, PK_VIEW(""));
    pk_edit_to(subject, (struct pk_span){close, close + 2}, PK_VIEW(""));
    return true;
}

/* Signs that say a state come in pairs: what is open, and what is done. A lone ✅ just goes. */
static bool swap_sign(struct subject *subject, struct pk_view said)
{
    struct pk_span span = subject->action->said;
    bool bracket = pk_starts(said, PK_VIEW("(")); /* (❌) */
    if (bracket) {
        said = pk_view_part(said, 1, said.length - 1);
        span = (struct pk_span){span.start + 1, span.end - 1};
    }
    static const char *const pairs[][2] = {
        {"\xE2\x9D\x8C", "\xE2\x9C\x85"}, /* ❌ ✅ */
        {"\xE2\x98\x90", "\xE2\x98\x91"}, /* ☐ ☑ */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && subject->to != PK_CANCELLED; i++)
        if (pk_is(said, pairs[i][subject->from == PK_DONE]) &&
            (i || bracket || subject->from == PK_OPEN)) {
            pk_edit_to(subject, span, pk_view_of(pairs[i][subject->to == PK_DONE]));
            return true;
        }
    return false;
}

void pk_toggle_words(struct subject *subject)
{
    struct pk_span span = subject->action->said;
    struct pk_view said = text_of(subject, span);
    const struct pk_block *block = &subject->minutes->blocks.block.items[subject->block];
    bool box = (block->kind == PK_ITEM && block->task) ||
               (subject->action->source == PK_FROM_TABLE && subject->action->box.start);
    bool signs = said.length && !pk_starts(said, PK_VIEW("("));
    if (!said.length) {
        if (subject->to != PK_OPEN)
            add_mark(subject);
        return;
    }
    if (swap_sign(subject, said))
        return;
    size_t width;
    bool tildes = span.start > 1 && memcmp(said.at - 2, "~~", 2) == 0;
    bool struck = tildes || (signs && pk_is_word(pk_decode(said, &width)));
    if (struck && unstrike(subject))
        ;
    else if (!box && subject->to != PK_OPEN && !signs)
        pk_edit_to(subject, span, mark_of(subject));
    else
        take_out(subject, span);
    if (!box && subject->to != PK_OPEN && (signs || struck))
        add_mark(subject);
}

/* -- The day -- */

enum { ISO = 10 };

void pk_toggle_stamp(struct subject *subject)
{
    const struct pk_action *action = subject->action, *other = NULL;
    struct pk_date today = subject->minutes->today;
    if (action->stamp_span.end > action->stamp_span.start)
        take_out(subject, action->stamp_span);
    if (subject->to != PK_OPEN && today.year)
        other = pk_stamped_like(subject, subject->to);
    if (!other)
        return;
    struct pk_buffer out = {.arena = subject->minutes->arena};
    struct pk_view sample = text_of(subject, other->stamp_span);
    size_t at = 0;
    struct pk_date ignored;
    while (at + ISO < sample.length &&
           !pk_date_parse_iso(pk_view_part(sample, at, at + ISO), &ignored))
        at++;
    pk_putc(&out, ' ');
    pk_put(&out, pk_view_part(sample, 0, at));
    pk_date_write(&out, today);
    pk_put(&out, pk_view_part(sample, at + ISO, sample.length));
    uint32_t end = end_of(subject);
    pk_edit_to(subject, (struct pk_span){end, end}, pk_written(&out));
}
