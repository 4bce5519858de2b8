/* field_days.c - day and hour of the meeting where no label tells them: lines near the top,
 * headings, the title.
 */
#include "read/fields.h"

enum { FIRST_LINES = 5, LONGEST_DATE_LINE = 120 /* bytes */ };

/* -- Lines without a label -- */

/* Does the line tell a story in which a date is named? Words in small letters tell, and
 * a full stop behind them; "13 января 2027 г." ends with none. */
static bool is_prose(const struct pk_flow *flow, struct pk_range line)
{
    enum { MOST_SMALL_WORDS = 6, MOST_IN_SENTENCE = 1 };
    struct pk_view text = pk_view_part(flow->text, 0, line.end);
    size_t width, small = 0;
    for (size_t at = line.start; at < line.end; at += width) {
        uint32_t codepoint = pk_char_at(text, at, &width);
        small += pk_is_letter(codepoint) && !pk_is_upper(codepoint) && pk_word_starts(text, at);
    }
    bool stop = line.end > line.start && text.at[line.end - 1] == '.' &&
                pk_char_before(text, line.end - 1) != 0x433; /* г */
    return small > (stop ? MOST_IN_SENTENCE : MOST_SMALL_WORDS);
}

/* "Wednesday, 13 January 2027", "г. Казань    13 января 2027 г.": a date near the top. */
void pk_read_date_line(struct pk_reader *reader, const struct pk_flow *flow, struct pk_range line)
{
    struct pk_when when;
    if (line.end - line.start > LONGEST_DATE_LINE ||
        pk_minutes_field(reader->minutes, PK_FIELD_DATE) || is_prose(flow, line) ||
        !pk_when_any(reader, flow->text, line, &when))
        return;
    pk_add_field_value(reader, flow, -1, PK_FIELD_DATE, (struct pk_range){0},
                       (struct pk_range){when.words.start, line.end});
}

/* "По итогам встречи 9.03.2027 с заказчиком", "созвон 17.03": a day close behind a word for a
 * meeting, in one of the first lines. */
static void read_day_of_meeting(struct pk_reader *reader, const struct pk_flow *flow,
                                struct pk_range line)
{
    enum { CLOSE = 60 /* bytes */ };
    static const uint64_t kinds = PK_KIND(PK_WORD_MEETING);
    struct pk_view text = pk_view_part(flow->text, 0, line.end);
    size_t width, at, end;
    if (pk_minutes_field(reader->minutes, PK_FIELD_DATE))
        return;
    at = pk_next_spot(reader, text, line.start, kinds, 0);
    if (at >= line.end || !pk_phrase_at(reader, text, at, PK_WORD_MEETING, &end))
        return;
    text = pk_view_part(text, 0, end + CLOSE < line.end ? end + CLOSE : line.end);
    for (at = end; at < text.length; at += width) {
        struct pk_when when = {.opener = PK_AROUND};
        bool figure = pk_is_digit(pk_char_at(text, at, &width)) && pk_word_starts(text, at);
        if (figure && pk_calendar_at(reader, text, at, &when) && when.dated == PK_DATED) {
            struct pk_range day = {at, when.words.end};
            pk_add_field_value(reader, flow, -1, PK_FIELD_DATE, (struct pk_range){0}, day);
            return;
        }
    }
}

/* "15:00 Uhr - 16:23 Uhr", "10:00": a line near the top that is but a time, or from when to when.
 */
void pk_read_time_line(struct pk_reader *reader, const struct pk_flow *flow, struct pk_range line)
{
    struct pk_view text = pk_view_part(flow->text, 0, line.end);
    struct pk_time time;
    size_t width, behind, end = pk_clock_at(reader, text, line.start, false, &time);
    if (!end || pk_minutes_field(reader->minutes, PK_FIELD_TIME))
        return;
    size_t next = pk_skip_blanks(text, end);
    bool dash = next < line.end && pk_is_dash(pk_char_at(text, next, &width));
    if (dash)
        next = pk_skip_blanks(text, next + width);
    else if (pk_phrase_at(reader, text, next, PK_WORD_RANGE, &behind))
        next = pk_skip_blanks(text, behind);
    if (next < line.end)
        end = pk_clock_at(reader, text, next, false, &time);
    if (end && pk_skip_blanks(text, end) >= line.end)
        pk_add_field_value(reader, flow, -1, PK_FIELD_TIME, (struct pk_range){0}, line);
}

/* "##### 4 May 2027" under the title: a heading that is but a date. */
void pk_read_date_heading(struct pk_reader *reader, uint32_t block)
{
    const struct pk_flow *flow = pk_flow_of(reader, block);
    struct pk_range all = pk_trim_signs(flow->text, (struct pk_range){0, flow->text.length});
    struct pk_when when;
    size_t weekday = all.start;
    if (pk_phrase_at(reader, flow->text, all.start, PK_WORD_WEEKDAY, &weekday))
        weekday = pk_skip_blanks(flow->text, weekday + (weekday < all.end && /* "Friday, ..." */
                                                        flow->text.at[weekday] == ','));
    if (block == reader->title_block || !pk_when_any(reader, flow->text, all, &when))
        return;
    /* "### Minutes: 2027-03-05, 16:00" below the name of a board */
    bool titled =
        when.whole.start > all.start &&
        pk_title_of_minutes(reader->library, pk_view_part(flow->text, all.start, when.whole.start));
    if (titled || (when.whole.end >= all.end && when.whole.start <= weekday + 1))
        pk_read_date_line(reader, flow, all);
}

/* The day of the meeting in one of the first lines, whatever section they open. */
void pk_read_first_lines(struct pk_reader *reader)
{
    const struct pk_blocks *blocks = &reader->minutes->blocks;
    uint32_t lines = 0;
    for (uint32_t i = 1; i < blocks->block.count && lines < FIRST_LINES; i++)
        for (uint32_t n = 0; pk_block_of(reader, i)->kind == PK_PARAGRAPH &&
                             n < pk_block_of(reader, i)->segment_count && lines++ < FIRST_LINES;
             n++)
            read_day_of_meeting(reader, pk_flow_of(reader, i),
                                pk_flow_line(reader, i, pk_flow_of(reader, i), n));
}

/* A day in the title is the meeting's, whatever other days stand near the top. */
bool pk_title_has_day(struct pk_reader *reader)
{
    struct pk_when when;
    struct pk_range all = {0, reader->minutes->title.length};
    return pk_when_any(reader, reader->minutes->title, all, &when) && when.dated == PK_DATED;
}

/* "Call on 15 July": a day without its year, the month in words. */
static bool day_of_month(const struct pk_reader *reader, struct pk_view text, struct pk_range range,
                         struct pk_when *when)
{
    struct pk_view part = pk_view_part(text, 0, range.end);
    size_t width;
    for (size_t at = range.start; at < range.end; at += width) {
        pk_char_at(part, at, &width);
        *when = (struct pk_when){.opener = PK_UNOPENED};
        if (!pk_word_starts(part, at) || !pk_calendar_at(reader, part, at, when))
            continue;
        for (size_t letter = at; letter < when->words.end; letter += width)
            if (pk_is_letter(pk_char_at(part, letter, &width))) {
                when->words.start = at;
                return true;
            }
        pk_char_at(part, at, &width);
    }
    return false;
}

void pk_read_day_of_title(struct pk_reader *reader)
{
    struct pk_minutes *minutes = reader->minutes;
    if (!reader->title_block)
        return;
    const struct pk_flow *flow = pk_flow_of(reader, reader->title_block);
    struct pk_range all = pk_flow_line(reader, reader->title_block, flow, reader->title_line);
    struct pk_when when;
    if (!pk_minutes_field(minutes, PK_FIELD_DATE) && (pk_when_any(reader, flow->text, all, &when) ||
                                                      day_of_month(reader, flow->text, all, &when)))
        pk_add_field_value(reader, flow, -1, PK_FIELD_DATE, (struct pk_range){0}, when.words);
}
