/* told.c - what the head of minutes tells of hour, place and people without a label. */
#include "read/fields.h"

enum { MOST_LINES = 60, SHORT_LINE = 80 /* bytes */, MOST_IN_TOWN = 40 /* bytes */ };

/* The head of the minutes, walked through once. */
struct head {
    struct pk_reader *reader;
    uint32_t lines; /* looked at */
    bool begun;     /* a heading other than the title stood there */
};

static bool lacks(const struct head *head, enum pk_field_kind kind)
{
    return !pk_minutes_field(head->reader->minutes, kind);
}

static void tell(struct head *head, const struct pk_flow *flow, enum pk_field_kind kind,
                 struct pk_range value)
{
    pk_add_field(head->reader, flow, kind, (struct pk_range){0}, value);
}

/* -- The hour -- */

/* "# Call on 5 March 2027 at 18:00", "Thu 5-Mar-2027 | 10:00": behind the day of the meeting. */
static void read_hour(struct head *head, const struct pk_flow *flow, struct pk_range line)
{
    const struct pk_reader *reader = head->reader;
    struct pk_date day = reader->minutes->date;
    struct pk_when when;
    struct pk_range time;
    if (!lacks(head, PK_FIELD_TIME) || !day.year ||
        !pk_time_any(reader, flow->text, line, &time) || /* few lines tell one */
        !pk_when_any(reader, flow->text, line, &when) || when.dated != PK_DATED ||
        pk_date_compare(when.date, day) != 0 ||
        !pk_time_any(reader, flow->text, (struct pk_range){when.words.end, line.end}, &time))
        return;
    tell(head, flow, PK_FIELD_TIME, time);
}

static bool of_several_words(struct pk_view text, size_t at, size_t end)
{
    while (at < end && text.at[at] != ' ')
        at++;
    return at < end;
}

/* "просьба от заказчика: писать проще" names nobody. */
static bool is_small(struct pk_view text, size_t at)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    return pk_is_letter(sign) && !pk_is_upper(sign);
}

/* "В голосовании приняли участие члены Совета: ...": behind the words for those who are listed, in
 * Cyrillic. */
static size_t behind_whom(struct pk_view text, size_t end)
{
    enum { LONGEST = 80 /* bytes */ };
    size_t width, at = end;
    for (; at < text.length && at < end + LONGEST && text.at[at] != ':'; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        if (sign != ' ' && !pk_is_cyrillic(sign))
            return end;
    }
    return at < text.length && text.at[at] == ':' ? at : end;
}

/* "Mr. Lee called the meeting to order at 7:02 pm", "with the following present: Ann, Ben": words
 * of several words that label a field, in mid-sentence. */
static void read_within(struct head *head, const struct pk_flow *flow, struct pk_range line)
{
    const struct pk_reader *reader = head->reader;
    struct pk_view text = pk_view_part(flow->text, 0, line.end);
    static const uint64_t kinds = PK_KIND(PK_WORD_FIELD);
    size_t end;
    for (size_t at = pk_next_spot(reader, text, line.start, kinds, 0); at < line.end;
         at = pk_next_spot(reader, text, at + 1, kinds, 0)) {
        const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_FIELD, &end);
        if (!phrase || !of_several_words(text, at, end))
            continue;
        enum pk_field_kind kind = (enum pk_field_kind)phrase->meaning.value;
        if (kind == PK_FIELD_PARTICIPANTS)
            end = behind_whom(text, end);
        struct pk_time time;
        size_t next = pk_skip_blanks(text, end);
        if (kind == PK_FIELD_TIME && lacks(head, kind) && next > end &&
            pk_clock_at(reader, text, next, false, &time))
            tell(head, flow, kind, (struct pk_range){next, line.end});
        else if (kind == PK_FIELD_PARTICIPANTS && lacks(head, kind) && next + 1 < line.end &&
                 at > line.start && text.at[next] == ':' &&
                 !is_small(text, pk_skip_blanks(text, next + 1)))
            tell(head, flow, kind, (struct pk_range){next + 1, line.end});
    }
}

/* -- The place -- */

static bool bears_link(struct pk_view text, struct pk_range line)
{
    for (size_t at = line.start; at + 3 < line.end; at++)
        if (text.at[at] == ':' && text.at[at + 1] == '/' && text.at[at + 2] == '/')
            return true;
    return false;
}

static bool in_brackets(struct pk_view text, size_t at, size_t end)
{
    size_t width;
    uint32_t before = pk_char_before(text, at);
    uint32_t behind = pk_char_at(text, pk_skip_blanks(text, end), &width);
    return (before == '(' || before == '[') && (behind == ')' || behind == ']' || behind == ',');
}

/* Words for a place that is none on a map: in a title, a bracket or a line with a link, and in
 * what little stands before the first heading. */
static void read_venue(struct head *head, uint32_t block, const struct pk_flow *flow,
                       struct pk_range line)
{
    enum { IN_TITLE = 2, IN_HEADING = 3 };
    const struct pk_reader *reader = head->reader;
    bool title = block == reader->title_block;
    bool heading = pk_block_of(reader, block)->kind == PK_HEADING && !title;
    bool brief = !head->begun && line.end - line.start <= SHORT_LINE;
    struct pk_view text = pk_view_part(flow->text, 0, line.end);
    static const uint64_t kinds = PK_KIND(PK_WORD_VENUE);
    size_t end;
    if (!(pk_kinds_in(reader, text) & kinds) || !lacks(head, PK_FIELD_PLACE))
        return;
    for (size_t at = pk_next_spot(reader, text, line.start, kinds, 0); at < line.end;
         at = pk_next_spot(reader, text, at + 1, kinds, 0)) {
        const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_VENUE, &end);
        int value = phrase ? phrase->meaning.value : 0;
        bool here = heading
                        ? value == IN_HEADING
                        : title || brief || bears_link(text, line) || in_brackets(text, at, end);
        if (!value || value > IN_HEADING || !here || (value == IN_TITLE && !title))
            continue;
        tell(head, flow, PK_FIELD_PLACE, (struct pk_range){at, end});
        return;
    }
}

/* "# Planning workshop, 5 March 2027, Bern": what stands behind the day in a title. */
static void read_town(struct head *head, const struct pk_flow *flow, struct pk_range title)
{
    const struct pk_reader *reader = head->reader;
    const struct pk_field *date = pk_minutes_field(reader->minutes, PK_FIELD_DATE);
    if (!date || !lacks(head, PK_FIELD_PLACE) || !date->value.length ||
        date->value.at < flow->text.at || date->value.at >= flow->text.at + flow->text.length)
        return;
    size_t width, comma = (size_t)(date->value.at - flow->text.at) + date->value.length;
    while (comma < title.end && flow->text.at[comma] != ',')
        comma++;
    struct pk_range town = pk_trim_signs(flow->text, (struct pk_range){comma, title.end});
    if (town.start >= town.end || town.end - town.start > MOST_IN_TOWN ||
        !pk_is_upper(pk_char_at(flow->text, town.start, &width)))
        return;
    for (size_t at = town.start; at < town.end; at += width) {
        uint32_t sign = pk_char_at(flow->text, at, &width);
        if (!pk_is_letter(sign) && sign != ' ' && sign != ',' && sign != '-' && sign != '.')
            return;
        if (pk_is_letter(sign) && pk_word_starts(flow->text, at) && !pk_is_upper(sign))
            return;
    }
    tell(head, flow, PK_FIELD_PLACE, town);
}

/* "г. Калинов" in a line by itself, or far from what else stands in it: "5 мая 2027 г.      г.
 * Калинов". */
static void read_marked_town(struct head *head, const struct pk_flow *flow, struct pk_range line)
{
    enum { MARKS_TOWN = 4, FAR = 3 /* blanks */ };
    const struct pk_reader *reader = head->reader;
    struct pk_view text = pk_view_part(flow->text, 0, line.end);
    static const uint64_t kinds = PK_KIND(PK_WORD_VENUE);
    size_t end, width;
    if (!lacks(head, PK_FIELD_PLACE))
        return;
    for (size_t at = pk_next_spot(reader, text, line.start, kinds, 0); at < line.end;
         at = pk_next_spot(reader, text, at + 1, kinds, 0)) {
        const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_VENUE, &end);
        bool first = at == line.start || pk_skip_back(text, at) + FAR <= at;
        size_t name = pk_skip_blanks(text, end), far = name;
        if (!phrase || phrase->meaning.value != MARKS_TOWN || !first || name >= line.end ||
            !pk_is_upper(pk_char_at(text, name, &width)))
            continue;
        while (far < line.end && pk_skip_blanks(text, far) < far + FAR)
            far++;
        if (far - at > MOST_IN_TOWN && far < line.end)
            continue;
        if (pk_is_word(pk_char_before(text, far)))
            tell(head, flow, PK_FIELD_PLACE, (struct pk_range){at, far});
        return;
    }
}

/* "05.03.2027, 10:00–11:00, площадка": what stands behind the hours, where no label says so. */
static void read_behind_hour(struct pk_reader *reader)
{
    for (uint32_t i = 0; i < reader->minutes->field.count; i++) {
        struct pk_field *field = &reader->minutes->field.items[i];
        struct pk_view value = field->value;
        size_t width, comma = 0;
        if (field->kind != PK_FIELD_TIME || field->label.end > field->label.start ||
            field->front_matter)
            continue;
        while (comma < value.length && value.at[comma] != ',')
            comma++;
        size_t place = pk_skip_blanks(value, comma + 1);
        if (place >= value.length || !pk_is_cyrillic(pk_char_at(value, place, &width)))
            return;
        struct pk_span span = {field->span.start + (uint32_t)place, field->span.end};
        field->value = pk_view_part(value, 0, comma);
        field->span.end = field->span.start + (uint32_t)comma;
        if (pk_minutes_field(reader->minutes, PK_FIELD_PLACE))
            return;
        struct pk_field *told = pk_push(reader->arena, &reader->minutes->field);
        told->kind = PK_FIELD_PLACE;
        told->id = pk_view_of(pk_field_kinds[PK_FIELD_PLACE]);
        told->value = pk_view_part(value, place, value.length);
        told->span = span;
        return;
    }
}

/* -- All of it -- */

static void read_leaf(struct head *head, uint32_t block)
{
    struct pk_reader *reader = head->reader;
    const struct pk_flow *flow = pk_flow_of(reader, block);
    bool quoted = pk_inside(reader, block, PK_QUOTE);
    for (uint32_t line = 0; line < pk_block_of(reader, block)->segment_count; line++) {
        struct pk_range range = pk_flow_line(reader, block, flow, line);
        if (head->lines++ >= MOST_LINES)
            return;
        read_hour(head, flow, range);
        if (pk_block_of(reader, block)->kind == PK_CELL || quoted)
            continue;
        read_venue(head, block, flow, range);
        if (!head->begun)
            read_marked_town(head, flow, range);
        read_within(head, flow, range);
    }
    head->begun = head->begun ||
                  (pk_block_of(reader, block)->kind == PK_HEADING && block != reader->title_block);
}

/* Where the head ends: what belongs to other sections was said in the meeting. */
static bool is_head(enum pk_section_kind kind)
{
    return kind == PK_SECTION_OTHER || kind == PK_SECTION_PURPOSE;
}

void pk_read_told(struct pk_reader *reader)
{
    struct head head = {.reader = reader};
    read_behind_hour(reader);
    const struct pk_blocks *blocks = &reader->minutes->blocks;
    for (uint32_t i = 1; i < blocks->block.count && head.lines < MOST_LINES; i++) {
        enum pk_section_kind kind = pk_section_kind_at(reader, i);
        if (pk_block_of(reader, i)->kind == PK_HEADING && !is_head(kind) &&
            kind != PK_SECTION_PARTICIPANTS && kind != PK_SECTION_ABSENT &&
            kind != PK_SECTION_AGENDA)
            return;
        if (pk_is_leaf(pk_block_of(reader, i)) && is_head(kind))
            read_leaf(&head, i);
        if (i == reader->title_block)
            read_town(&head, pk_flow_of(reader, i),
                      pk_flow_line(reader, i, pk_flow_of(reader, i), 0));
    }
}
