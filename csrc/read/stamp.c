/* stamp.c - when an item was done or dropped, as the programs that keep tasks write it. */
#include "read/read.h"

#include <string.h>

/* obsidian-tasks, Dataview, TaskPaper, key:value; a date follows, and what closes it. */
static const struct stamp {
    const char *opens, *closes;
} stamps[] = {
    {"\xE2\x9C\x85", ""}, /* ✅ */
    {"\xE2\x9D\x8C", ""}, /* ❌ */
    {"[completion::", "]"}, {"(completion::", ")"}, {"[completed::", "]"}, {"(completed::", ")"},
    {"[cancelled::", "]"},  {"(cancelled::", ")"},  {"[done::", "]"},      {"(done::", ")"},
    {"@done(", ")"},        {"@completed(", ")"},   {"@cancelled(", ")"},  {"completed:", ""},
    {"cancelled:", ""},     {"done:", ""},
};

enum { ISO = 10 /* bytes of a date */ };

/* Behind blanks and the selector that makes a sign colourful (U+FE0F). */
static size_t skip_thin(struct pk_view text, size_t at)
{
    at = pk_skip_blanks(text, at);
    if (pk_starts(pk_view_part(text, at, text.length), PK_VIEW("\xEF\xB8\x8F")))
        at = pk_skip_blanks(text, at + 3);
    return at;
}

/* Behind the stamp that stands at `at`, or 0. */
static size_t behind(struct pk_view text, size_t at, const struct stamp *stamp,
                     struct pk_date *date)
{
    struct pk_view opens = pk_view_of(stamp->opens), closes = pk_view_of(stamp->closes);
    if (!pk_starts(pk_view_part(text, at, text.length), opens))
        return 0;
    at = skip_thin(text, at + opens.length);
    if (!pk_date_parse_iso(pk_view_part(text, at, at + ISO), date))
        return 0;
    at += ISO;
    return pk_starts(pk_view_part(text, at, text.length), closes) ? at + closes.length : 0;
}

bool pk_holds_iso_day(struct pk_view text)
{
    static const char figures[] = "0123456789";
    const char *at = text.at, *end = text.at + text.length, *dash;
    for (; at < end && (dash = memchr(at, '-', (size_t)(end - at))); at = dash + 1) {
        int digits = 0;
        while (digits < 4 && dash - digits > text.at && memchr(figures, dash[-digits - 1], 10))
            digits++;
        if (digits == 4)
            return true;
    }
    return false;
}

/* Everything that opens a stamp begins with one of these bytes, at the start of a word. */
static bool may_open(struct pk_view text, size_t at)
{
    switch (text.at[at]) {
    case '\xE2':
    case '[':
    case '(':
    case '@':
        return true;
    case 'c':
    case 'd':
        return !pk_is_word(pk_char_before(text, at));
    default:
        return false;
    }
}

void pk_take_stamp(struct pk_item *item)
{
    struct pk_view text = pk_view_part(item->flow->text, 0, item->range.end);
    if (!pk_holds_iso_day(pk_view_part(text, item->range.start, text.length)))
        return;
    for (size_t at = item->range.start; at + ISO < text.length; at++) {
        if (!may_open(text, at))
            continue;
        for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
            size_t end = behind(text, at, &stamps[i], &item->stamped);
            if (!end)
                continue;
            item->stamp = (struct pk_range){at, end};
            pk_cut(item, item->stamp);
            if (pk_skip_blanks(text, end) >= item->range.end) {
                item->range.end = at;
                item->range = pk_trim_range(text, item->range);
            }
            return;
        }
    }
}
