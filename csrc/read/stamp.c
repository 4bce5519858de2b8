/* stamp.c - when an item was done or dropped, as the programs that keep tasks write it. */
#include "read/read.h"

#include <string.h>

/* obsidian-tasks, Dataview, TaskPaper, key:value; a date follows, and what closes it. */
static const struct stamp {
    struct pk_view opens;
    char closes; /* 0: nothing does */
} stamps[] = {
    {{"\xE2\x9C\x85", 3}, 0}, /* ✅ */
    {{"\xE2\x9D\x8C", 3}, 0}, /* ❌ */
    {{"[completion::", 13}, ']'}, {{"(completion::", 13}, ')'},
    {{"[completed::", 12}, ']'},  {{"(completed::", 12}, ')'},
    {{"[cancelled::", 12}, ']'},  {{"(cancelled::", 12}, ')'},
    {{"[done::", 7}, ']'},        {{"(done::", 7}, ')'},
    {{"@done(", 6}, ')'},         {{"@completed(", 11}, ')'},
    {{"@cancelled(", 11}, ')'},   {{"completed:", 10}, 0},
    {{"cancelled:", 10}, 0},      {{"done:", 5}, 0},
};

enum { ISO = 10 /* bytes of a date */ };

/* Before blanks and the selector that makes a sign colourful (U+FE0F). */
static size_t skip_thin_back(struct pk_view text, size_t end)
{
    static const char selector[] = "\xEF\xB8\x8F";
    end = pk_skip_back(text, end);
    if (end >= 3 && !memcmp(text.at + end - 3, selector, 3))
        end = pk_skip_back(text, end - 3);
    return end;
}

/* The stamp of the day at `day`: what opens it begins in the range; empty: none does. */
static struct pk_range stamp_of(struct pk_view text, size_t start, size_t day)
{
    size_t end = skip_thin_back(text, day), behind = day + ISO;
    for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
        struct pk_view opens = stamps[i].opens;
        size_t at = end - opens.length;
        if (end < start + opens.length || memcmp(text.at + at, opens.at, opens.length))
            continue;
        if (*opens.at >= 'a' && pk_is_word(pk_char_before(text, at)))
            continue;
        if (!stamps[i].closes)
            return (struct pk_range){at, behind};
        if (behind < text.length && text.at[behind] == stamps[i].closes)
            return (struct pk_range){at, behind + 1};
    }
    return (struct pk_range){0, 0};
}

size_t pk_next_iso_day(struct pk_view text, size_t at)
{
    static const char figures[] = "0123456789";
    const char *dash;
    for (; at < text.length && (dash = memchr(text.at + at, '-', text.length - at)); at++) {
        size_t end = (size_t)(dash - text.at), digits = 0;
        while (digits < 4 && end - digits > at && memchr(figures, text.at[end - digits - 1], 10))
            digits++;
        if (digits == 4)
            return end - digits;
        at = end;
    }
    return text.length;
}

void pk_take_stamp(struct pk_item *item)
{
    struct pk_view text = pk_view_part(item->flow->text, 0, item->range.end);
    size_t start = item->range.start;
    for (size_t at = start; (at = pk_next_iso_day(text, at)) < text.length; at += 5) {
        struct pk_range stamp = {0, 0};
        if (pk_date_parse_iso(pk_view_part(text, at, at + ISO), &item->stamped))
            stamp = stamp_of(text, start, at);
        if (!stamp.end)
            continue;
        item->stamp = stamp;
        pk_cut(item, stamp);
        if (pk_skip_blanks(text, stamp.end) >= item->range.end) {
            item->range.end = stamp.start;
            item->range = pk_trim_range(text, item->range);
        }
        return;
    }
}
