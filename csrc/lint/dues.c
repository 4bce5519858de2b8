/* dues.c - put another day in the place of the words that say when something is due. */
#include "lint/run.h"

#include <string.h>

struct pk_view pk_day(struct pk_lint *lint, struct pk_date date)
{
    struct pk_buffer out = {.arena = lint->minutes->arena};
    pk_write_date(&out, date, lint->minutes->language);
    return pk_all_written(&out);
}

static bool ends_in(struct pk_view text, struct pk_view end)
{
    return end.length && text.length >= end.length &&
           memcmp(text.at + text.length - end.length, end.at, end.length) == 0;
}

/* "(tomorrow)", "Due: tomorrow", a cell of its own: a date may stand there by itself. */
static bool stands_alone(const struct pk_minutes *minutes, const struct pk_action *action)
{
    struct pk_view text = minutes->blocks.text;
    uint32_t start = action->due_span.start;
    while (start > 0 && (text.at[start - 1] == ' ' || text.at[start - 1] == '\t'))
        start--;
    char before = start ? text.at[start - 1] : '\n';
    return memchr("([:|\n", before, 5) != NULL;
}

/* Is the word before it one that opens a date? Then the two would not go together. */
static bool is_opened(const struct pk_minutes *minutes, const struct pk_action *action)
{
    struct pk_view text = minutes->blocks.text;
    size_t end = action->due_span.start, start, width;
    while (end > 0 && text.at[end - 1] == ' ')
        end--;
    for (start = end; start > 0 && pk_is_word(pk_decode_before(text, start, &width));)
        start -= width;
    return pk_words_of(&minutes->library->words, pk_view_part(text, start, end), PK_WORD_DUE,
                       &width);
}

/* "on Friday" is on a day; "in two weeks", "next month" is by one. */
static const char *joint_of(const struct pk_minutes *minutes, const struct pk_action *action)
{
    size_t length;
    struct pk_view words = pk_slice(minutes->blocks.text, action->due_day);
    bool weekday = pk_words_of(&minutes->library->words, words, PK_WORD_WEEKDAY, &length);
    return weekday && action->due_opener == PK_AROUND ? "due-on" : "due-by";
}

/* What to put before the date in place of the words; false: nobody could say. */
static bool put_joint(struct pk_buffer *out, const struct pk_minutes *minutes,
                      const struct pk_action *action)
{
    if (stands_alone(minutes, action))
        return true;
    bool opens_sentence = action->due_span.start == action->span.start;
    if (opens_sentence || is_opened(minutes, action))
        return false;
    const char *key = joint_of(minutes, action);
    struct pk_view joint = pk_label(minutes->language, key);
    if (pk_is(joint, key))
        return false;
    pk_put(out, joint);
    pk_putc(out, ' ');
    return true;
}

struct pk_fix *pk_offer_day(struct pk_lint *lint, const struct pk_action *action,
                            struct pk_date date, const char *title)
{
    const struct pk_minutes *minutes = lint->minutes;
    struct pk_buffer out = {.arena = minutes->arena};
    bool keeps_word = action->due_opener == PK_UNTIL;
    struct pk_span span = keeps_word ? action->due_day : action->due_span;
    /* not where markup or a line end lies among the words */
    if (!ends_in(action->due_text, pk_slice(minutes->blocks.text, span)))
        return NULL;
    if (!keeps_word && !put_joint(&out, minutes, action))
        return NULL;
    pk_write_date(&out, date, minutes->language);
    if (action->due_time.given)
        pk_putf(&out, ", %02d:%02d", action->due_time.hour, action->due_time.minute);
    struct pk_fix *fix = pk_offer(lint, title, pk_day(lint, date));
    pk_offer_edit(lint, fix, span, pk_all_written(&out));
    return fix;
}
