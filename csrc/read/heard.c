/* heard.c - who else is spoken of: those who speak, "Anna: ...", and those put in brackets. */
#include "read/read.h"

#include <string.h>

enum { LONGEST_NAME = 24, LONGEST_BRACKET = 60, MOST_NAMES = 6 };

/* A word with a meaning of its own is nobody: "Note: ...". */
static bool means_nothing(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    uint64_t names = UINT64_C(1) << PK_WORD_NAME | UINT64_C(1) << PK_WORD_MONTH;
    return !(pk_kinds_at(reader, text, at) & ~names);
}

static bool is_nick(struct pk_view word)
{
    size_t width, small = 0;
    if (word.length < 2 || word.length > LONGEST_NAME)
        return false;
    for (size_t at = 0; at < word.length; at += width) {
        uint32_t sign = pk_char_at(word, at, &width);
        if (at == 0 && !pk_is_letter(sign))
            return false;
        small += pk_is_letter(sign) && !pk_is_upper(sign);
    }
    return small > 0;
}

/* Whoever is met twice is somebody. */
static void hear(struct pk_reader *reader, struct pk_words *once, struct pk_view name)
{
    if (pk_words_whole(once, name))
        pk_hear_name(reader, name);
    else
        pk_words_add(reader->arena, once, name, (struct pk_meaning){0});
}

void pk_hear_owner(struct pk_reader *reader, struct pk_view name)
{
    size_t end = pk_word_end(name, 0);
    bool office = pk_ending_at(reader, name, 0, PK_WORD_EVERYBODY); /* "Отделу кадров" */
    if (!office && is_nick(pk_view_part(name, 0, end)) && means_nothing(reader, name, 0))
        pk_hear_name(reader, pk_view_part(name, 0, end));
}

/* "anna: ...", "Anna, Bob: ..." at the start of a line. */
static void hear_speakers(struct pk_reader *reader, struct pk_words *once, struct pk_view line)
{
    struct pk_view name[MOST_NAMES];
    size_t at = 0, count = 0;
    while (count < MOST_NAMES) {
        size_t end = pk_word_end(line, at);
        char behind = end < line.length ? line.at[end] : ' ';
        if ((behind != ':' && behind != ',' && behind != '/') ||
            !is_nick(pk_view_part(line, at, end)) || !means_nothing(reader, line, at))
            return;
        name[count++] = pk_view_part(line, at, end);
        if (behind == ':') {
            at = end + 1;
            break;
        }
        at = pk_skip_blanks(line, end + 1);
    }
    if (at < line.length && line.at[at] == '/')
        return; /* https://... */
    for (size_t i = 0; i < count; i++)
        hear(reader, once, name[i]);
}

/* "(Anna)", "(Anna, 10 min)", "(5m, Anna)". */
static void hear_in_brackets(struct pk_reader *reader, struct pk_words *once, struct pk_view text,
                             size_t open)
{
    size_t limit = open + LONGEST_BRACKET < text.length ? open + LONGEST_BRACKET : text.length;
    size_t at = open + 1, end;
    if (at < limit && text.at[at] >= '0' && text.at[at] <= '9') {
        while (at < limit && text.at[at] != ',' && text.at[at] != ')')
            at++;
        at = pk_skip_blanks(text, at < limit ? at + 1 : at);
    }
    struct pk_range names[MOST_NAMES];
    uint32_t count;
    if (!pk_names_at(reader, text, at, limit, names, MOST_NAMES, &count, &end) || end >= limit)
        return;
    size_t behind = pk_skip_blanks(text, end + 1);
    bool time = (text.at[end] == ',' || text.at[end] == ';') && behind < limit &&
                text.at[behind] >= '0' && text.at[behind] <= '9';
    if (text.at[end] != ')' && !time)
        return;
    for (uint32_t i = 0; i < count; i++) {
        struct pk_view name = pk_view_part(text, names[i].start, names[i].end);
        if (is_nick(name) && means_nothing(reader, text, names[i].start))
            hear(reader, once, name);
    }
}

/* "kai and mo take ...": who is named beside somebody that we know. */
static void hear_beside(struct pk_reader *reader, struct pk_view line)
{
    size_t end = pk_word_end(line, 0), behind, last;
    size_t and = pk_skip_blanks(line, end);
    if (!end || and == end || !pk_phrase_at(reader, line, and, PK_WORD_AND, &behind))
        return;
    size_t second = pk_skip_blanks(line, behind);
    bool known = pk_name_at(reader, line, 0, &last) >= PK_HEARD_NAME;
    bool other = pk_name_at(reader, line, second, &last) >= PK_HEARD_NAME;
    if (known == other)
        return;
    size_t at = known ? second : 0;
    struct pk_view name = pk_view_part(line, at, pk_word_end(line, at));
    if (is_nick(name) && means_nothing(reader, line, at))
        pk_hear_name(reader, name);
}

static void hear_lines(struct pk_reader *reader, uint32_t leaf, struct pk_words *once)
{
    const struct pk_flow *flow = pk_flow_of(reader, leaf);
    if (!once && !(pk_kinds_in(reader, flow->text) & PK_KIND(PK_WORD_AND)))
        return;
    for (uint32_t i = 0; i < pk_block_of(reader, leaf)->segment_count; i++) {
        struct pk_range range = pk_flow_line(reader, leaf, flow, i);
        struct pk_view line = pk_view_part(flow->text, range.start, range.end);
        if (once)
            hear_speakers(reader, once, line);
        else
            hear_beside(reader, line);
    }
    const char *at = flow->text.at, *end = at + flow->text.length, *bracket;
    for (; once && at < end && (bracket = memchr(at, '(', (size_t)(end - at))); at = bracket + 1)
        hear_in_brackets(reader, once, flow->text, (size_t)(bracket - flow->text.at));
}

void pk_read_heard(struct pk_reader *reader)
{
    struct pk_words once = {0};
    uint32_t count = reader->minutes->blocks.block.count;
    for (int round = 0; round < 2 && (round == 0 || reader->heard.count); round++) {
        for (uint32_t i = 1; i < count; i++) {
            uint8_t kind = pk_block_of(reader, i)->kind;
            if (kind == PK_PARAGRAPH || kind == PK_HEADING)
                hear_lines(reader, i, round == 0 ? &once : NULL);
        }
    }
}
