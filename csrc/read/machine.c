/* machine.c - dates that programs write beside an item: due, scheduled, done ... */
#include "read/read.h"

/* Obsidian Tasks (its "Tasks Emoji Format"). */
static const struct {
    uint32_t sign;
    enum pk_mark mark;
} signs[] = {
    {0x1F4C5, PK_DUE_MARK},   /* calendar */
    {0x1F4C6, PK_DUE_MARK},   /* tear-off calendar */
    {0x1F5D3, PK_DUE_MARK},   /* spiral calendar */
    {0x2705, PK_OTHER_MARK},  /* done */
    {0x274C, PK_OTHER_MARK},  /* cancelled */
    {0x2795, PK_OTHER_MARK},  /* created */
    {0x1F6EB, PK_OTHER_MARK}, /* starts */
    {0x23F3, PK_OTHER_MARK},  /* scheduled */
    {0x231B, PK_OTHER_MARK},  /* likewise */
};

/* Keys of Dataview and todo.txt, and words of Org, before ":". */
static const struct {
    struct pk_view word;
    enum pk_mark mark;
} keys[] = {
    {{"due", 3}, PK_DUE_MARK},           {{"deadline", 8}, PK_DUE_MARK},
    {{"scheduled", 9}, PK_OTHER_MARK},   {{"closed", 6}, PK_OTHER_MARK},
    {{"completion", 10}, PK_OTHER_MARK}, {{"completed", 9}, PK_OTHER_MARK},
    {{"created", 7}, PK_OTHER_MARK},     {{"start", 5}, PK_OTHER_MARK},
    {{"cancelled", 9}, PK_OTHER_MARK},   {{"t", 1}, PK_OTHER_MARK},
};

static enum pk_mark sign_at(struct pk_view text, size_t at, size_t *end)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].sign != sign)
            continue;
        *end = at + width;
        if (pk_char_at(text, *end, &width) == 0xFE0F) /* "show the sign before as a picture" */
            *end += width;
        *end = pk_skip_blanks(text, *end);
        return signs[i].mark;
    }
    return PK_NO_MARK;
}

/* "due:", "due:: ", "DEADLINE: <", "@due(": an ISO day is to follow. */
static enum pk_mark key_at(struct pk_view text, size_t at, size_t *end)
{
    size_t behind = pk_word_end(text, at);
    char before = at ? text.at[at - 1] : ' ', sign = behind < text.length ? text.at[behind] : ' ';
    struct pk_view word = pk_view_part(text, at, behind);
    if (sign != ':' && !(sign == '(' && before == '@'))
        return PK_NO_MARK;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (word.length != keys[i].word.length || !pk_same_folded(word, keys[i].word))
            continue;
        size_t next = behind + 1;
        bool twice = next < text.length && text.at[next] == ':';
        next = pk_skip_blanks(text, next + twice);
        if (next < text.length && (text.at[next] == '<' || text.at[next] == '['))
            next++;
        *end = next;
        return keys[i].mark;
    }
    return PK_NO_MARK;
}

/* taskwiki: "task // 2026-11-02". */
static enum pk_mark slashes_at(struct pk_view text, size_t at, size_t *end)
{
    bool here = pk_starts(pk_view_part(text, at, text.length), PK_VIEW("//")) &&
                pk_is_space(pk_char_before(text, at));
    *end = pk_skip_blanks(text, at + 2);
    return here ? PK_DUE_MARK : PK_NO_MARK;
}

enum pk_mark pk_mark_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                        struct pk_when *when)
{
    size_t next = at, width;
    uint32_t first = pk_char_at(text, at, &width);
    enum pk_mark mark = first == '/'        ? slashes_at(text, at, &next)
                        : pk_is_word(first) ? key_at(text, at, &next)
                                            : sign_at(text, at, &next);
    bool iso = next + 4 < text.length && text.at[next + 4] == '-';
    if (mark == PK_NO_MARK || (mark == PK_OTHER_MARK && !iso))
        return PK_NO_MARK;
    *when = (struct pk_when){.opener = PK_UNTIL};
    if (!pk_when_day(reader, text, next, when))
        return PK_NO_MARK;
    size_t end = when->words.end; /* "2026-06-15 10:00", "2026-06-15T10:00" */
    if (end < text.length && text.at[end] == 'T')
        end++;
    size_t clock = pk_clock_at(reader, text, pk_skip_blanks(text, end), false, &when->time);
    if (clock)
        when->words.end = clock;
    when->whole = (struct pk_range){at, when->words.end};
    bool bracket = next > at && (text.at[next - 1] == '<' || text.at[next - 1] == '[');
    if (bracket && when->whole.end < text.length &&
        (text.at[when->whole.end] == '>' || text.at[when->whole.end] == ']'))
        when->whole.end++;
    return mark;
}

/* Where the mark would begin that tells of the day at `day`. */
static size_t before_day(struct pk_view text, size_t start, size_t day)
{
    size_t width, at = day;
    if (at > start && (text.at[at - 1] == '<' || text.at[at - 1] == '['))
        at--;
    at = pk_skip_back(text, at);
    bool key = at > start && text.at[at - 1] == ':';
    while (at > start && text.at[at - 1] == ':')
        at--;
    while (key && at > start && (unsigned)(text.at[at - 1] | 32) - 'a' < 26)
        at--;
    if (key || at <= start)
        return at;
    uint32_t sign = pk_decode_before(text, at, &width);
    if (sign == 0xFE0F && at > start + width)
        pk_decode_before(text, at -= width, &width);
    return at - width;
}

void pk_cut_marks(const struct pk_reader *reader, struct pk_item *item)
{
    struct pk_view text = pk_view_part(item->flow->text, 0, item->range.end);
    size_t first = item->range.start, next;
    for (size_t day = pk_next_iso_day(text, first); day < text.length;
         day = pk_next_iso_day(text, next)) {
        struct pk_when when;
        size_t start = before_day(text, first, day);
        next = day + 5; /* behind the dash */
        if (start >= day || pk_mark_at(reader, text, start, &when) != PK_OTHER_MARK)
            continue;
        pk_cut(item, pk_with_brackets(text, item->range, when.whole));
        if (when.whole.end > next)
            next = when.whole.end;
    }
}
