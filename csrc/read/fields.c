/* fields.c - when, where and about what the meeting was: labelled lines, tables, the title. */
#include "read/fields.h"

#include <string.h>

enum { HEAD_LINES = 12 };

struct pk_field *pk_add_field(struct pk_reader *reader, const struct pk_flow *flow,
                              enum pk_field_kind kind, struct pk_range label, struct pk_range value)
{
    struct pk_field *field = pk_push(reader->arena, &reader->minutes->field);
    value = pk_trim_range(flow->text, value);
    field->kind = kind;
    field->id = pk_view_of(pk_field_kinds[kind]);
    if (label.start < label.end)
        field->label = pk_span_in(flow, label);
    field->value = pk_view_part(flow->text, value.start, value.end);
    if (value.start < value.end)
        field->span = pk_span_in(flow, value);
    return field;
}

const struct pk_field *pk_minutes_field(const struct pk_minutes *minutes, enum pk_field_kind kind)
{
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (field->kind == kind && field->value.length)
            return field;
    }
    return NULL;
}

/* A weekday beside it tells which day 3/4/2026 is. */
static void take_day(struct pk_reader *reader, const struct pk_flow *flow, struct pk_field *field,
                     const struct pk_when *when)
{
    struct pk_range weekday;
    field->day = pk_span_in(flow, when->words);
    field->invalid = when->dated == PK_DATED_INVALID;
    field->weekday = pk_weekday_beside(reader, flow, when, &weekday);
    if (field->weekday)
        field->weekday_span = pk_span_in(flow, weekday);
    if (when->dated != PK_DATED)
        return;
    field->date = when->date;
    struct pk_date other = {when->date.year, when->date.day, when->date.month};
    bool fits = field->weekday == pk_date_weekday(when->date);
    bool other_fits = pk_date_valid(other) && field->weekday == pk_date_weekday(other);
    field->ambiguous = when->ambiguous && !fits && !other_fits;
    if (when->ambiguous && other_fits && !fits)
        field->date = other;
}

/* Dates in fields are read as they stand; a time behind one is the meeting's. */
static void read_date(struct pk_reader *reader, const struct pk_flow *flow, struct pk_field *field,
                      struct pk_range value)
{
    struct pk_when when;
    bool dates = field->kind == PK_FIELD_DATE || field->kind == PK_FIELD_NEXT_MEETING;
    if (!dates)
        return;
    bool dated = pk_when_any(reader, flow->text, value, &when);
    if (dated)
        take_day(reader, flow, field, &when);
    /* "When: 19:00" tells but the hour */
    struct pk_range behind = {dated ? when.words.end : value.start, value.end}, time;
    bool iso = behind.start < behind.end && flow->text.at[behind.start] == 'T';
    behind.start += iso; /* 2027-03-05T14:00Z */
    bool timed = field->kind == PK_FIELD_DATE && pk_time_any(reader, flow->text, behind, &time);
    /* "Дата: 18.03" is a day without its year, and no hour */
    bool hour = timed && !memchr(flow->text.at + time.start, '.', time.end - time.start);
    if (hour && !dated && pk_is(field->id, pk_field_kinds[PK_FIELD_DATE])) {
        field->kind = PK_FIELD_TIME;
        field->id = pk_view_of(pk_field_kinds[PK_FIELD_TIME]);
    } else if (timed && (dated || hour) && !pk_minutes_field(reader->minutes, PK_FIELD_TIME)) {
        pk_add_field(reader, flow, PK_FIELD_TIME, (struct pk_range){0}, time);
    }
}

void pk_add_field_value(struct pk_reader *reader, const struct pk_flow *flow, int own,
                        enum pk_field_kind kind, struct pk_range label, struct pk_range value)
{
    struct pk_field *field = pk_add_field(reader, flow, kind, label, value);
    if (own >= 0)
        field->id = reader->minutes->profile->field.items[own].id;
    value = pk_trim_range(flow->text, value);
    read_date(reader, flow, field, value);
    struct pk_when when; /* "Time: 5 March 2027, 14:00" */
    if (kind == PK_FIELD_TIME && !pk_minutes_field(reader->minutes, PK_FIELD_DATE) &&
        pk_when_any(reader, flow->text, value, &when))
        pk_add_field_value(reader, flow, -1, PK_FIELD_DATE, (struct pk_range){0}, value);
}

/* -- Labels -- */

bool pk_field_label_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                       enum pk_field_kind *kind, int *own, size_t *end)
{
    size_t length;
    struct pk_view rest = pk_view_part(text, at, text.length);
    const struct pk_profile *profile = reader->minutes->profile;
    const struct pk_phrase *phrase = pk_words_of(&profile->words, rest, PK_WORD_FIELD, &length);
    *own = phrase ? phrase->meaning.value : -1;
    if (phrase) {
        *kind = profile->field.items[*own].kind;
    } else {
        const struct pk_headword *known = pk_headword_here(reader, text, at);
        phrase = known->kinds & PK_KIND(PK_WORD_FIELD)
                     ? pk_headword_of(*known, rest, PK_WORD_FIELD, &length)
                     : NULL;
        *kind = phrase ? (enum pk_field_kind)phrase->meaning.value : PK_FIELD_OTHER;
    }
    *end = at + length;
    return phrase;
}

/* A second label on the same line: "Date: 5 May   Time: 14:00", "..., Place: Room 2". */
static size_t next_label(const struct pk_reader *reader, const struct pk_flow *flow, size_t from,
                         size_t limit)
{
    size_t width;
    for (size_t at = from; at < limit; at += width) {
        uint32_t sign = pk_char_at(flow->text, at, &width);
        if (!pk_is_letter(sign) || !pk_word_starts(flow->text, at))
            continue;
        enum pk_field_kind kind;
        int own;
        size_t end;
        uint32_t before = pk_char_before(flow->text, pk_skip_back(flow->text, at));
        bool wide = at > from + 1 && pk_skip_back(flow->text, at) + 2 <= at;
        bool apart = wide || before == ',' || before == ';' || before == '|' || before == '.' ||
                     (pk_flow_style(flow, at) & PK_STRONG);
        if (apart && pk_field_label_at(reader, flow->text, at, &kind, &own, &end) && end < limit &&
            flow->text.at[end] == ':')
            return at;
    }
    return limit;
}

/* People may be listed over several lines; any other value ends with its line. */
static bool goes_on(enum pk_field_kind kind)
{
    return kind == PK_FIELD_PARTICIPANTS || kind == PK_FIELD_ABSENT;
}

/* "Руководитель кружка: Лес Т.И." below "Отсутствовали: Ким Е.А.": a line with a label of its own,
 * be it one that nobody knows. */
static bool bears_label(const struct pk_reader *reader, struct pk_view text, struct pk_range line)
{
    enum { LONGEST = 60 /* bytes */ };
    size_t width, end, words = 1;
    for (size_t at = line.start; at < line.end && at < line.start + LONGEST; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        if (sign == ':')
            return words < 4 && at > line.start && at + 1 < line.end && text.at[at + 1] == ' ' &&
                   pk_name_at(reader, text, line.start, &end) < PK_HEARD_NAME;
        if (!pk_is_letter(sign) && sign != ' ' && sign != '-')
            return false;
        words += sign == ' ';
    }
    return false;
}

static size_t value_end(struct pk_reader *reader, uint32_t block, const struct pk_flow *flow,
                        size_t from, uint32_t *line)
{
    struct pk_range range = pk_flow_line(reader, block, flow, *line);
    enum pk_field_kind kind;
    int own;
    size_t end = range.end, behind;
    bool given = from < range.end; /* somebody stands on its own line */
    while (*line + 1 < pk_block_of(reader, block)->segment_count) {
        struct pk_range next = pk_flow_line(reader, block, flow, *line + 1);
        size_t label = next.start;
        bool labelled = pk_field_label_at(reader, flow->text, next.start, &kind, &own, &behind);
        if ((labelled && pk_label_ends(flow, label, &behind)) ||
            (given && bears_label(reader, flow->text, next)))
            break;
        end = next.end;
        ++*line;
    }
    return end;
}

/* "Meeting opened at 18:47": a label of times needs no colon before one. */
static bool is_time(const struct pk_reader *reader, const struct pk_flow *flow, size_t at)
{
    struct pk_time time;
    size_t next = pk_skip_blanks(flow->text, at);
    return next > at && pk_clock_at(reader, flow->text, next, false, &time);
}

/* "Place / platform:", "Datum & Uhrzeit:": behind another word for it, or `at` itself. */
static size_t behind_other(const struct pk_flow *flow, size_t at)
{
    size_t width, next = pk_skip_blanks(flow->text, at);
    uint32_t sign = pk_char_at(flow->text, next, &width);
    if (!width || (sign != '/' && sign != '&' && sign != '+'))
        return at;
    next = pk_skip_blanks(flow->text, next + width);
    size_t end = pk_word_end(flow->text, next);
    return end > next ? end : at;
}

static void read_labels(struct pk_reader *reader, uint32_t block, uint32_t *line)
{
    const struct pk_flow *flow = pk_flow_of(reader, block);
    struct pk_range range = pk_flow_line(reader, block, flow, *line);
    size_t at = range.start;
    while (at < range.end) {
        enum pk_field_kind kind;
        int own;
        size_t end;
        if (!pk_field_label_at(reader, flow->text, at, &kind, &own, &end))
            return;
        end = behind_other(flow, end);
        struct pk_range label = {at, end};
        if (!pk_label_ends(flow, at, &end) &&
            !(kind == PK_FIELD_TIME && is_time(reader, flow, end)))
            return;
        if (end > range.end)
            end = range.end;
        const struct pk_section *section = pk_section_at(reader, block);
        bool listed = section && section->block == block && section->first == block &&
                      section->kind == PK_SECTION_PARTICIPANTS &&
                      section->line < pk_block_of(reader, block)->line + *line;
        if (goes_on(kind) && listed)
            return; /* "Present:" over "for the client: Anna" */
        size_t limit = goes_on(kind) ? value_end(reader, block, flow, end, line) : range.end;
        size_t next = next_label(reader, flow, end, limit);
        struct pk_range value = pk_trim_signs(flow->text, (struct pk_range){end, next});
        pk_add_field_value(reader, flow, own, kind, label, value);
        at = next;
        if (goes_on(kind))
            return;
    }
}

/* "## Date: 5 March 2027": a label and its value set as a heading. */
static void read_heading(struct pk_reader *reader, uint32_t block)
{
    uint32_t line = 0, before = reader->minutes->field.count;
    if (block != reader->title_block)
        read_labels(reader, block, &line);
    if (reader->minutes->field.count == before)
        pk_read_date_heading(reader, block);
}

bool pk_names_section(const struct pk_reader *reader, uint32_t block, uint32_t line)
{
    const struct pk_section *section = pk_section_at(reader, block);
    return section && section->block == block &&
           section->line == pk_block_of(reader, block)->line + line;
}

/* -- Tables -- */

static void read_table(struct pk_reader *reader, uint32_t table)
{
    uint32_t end = pk_block_of(reader, table)->next;
    for (uint32_t row = table + 1; row < end; row = pk_block_of(reader, row)->next) {
        uint32_t name = row + 1, value = name < end ? pk_block_of(reader, name)->next : end;
        if (value >= pk_block_of(reader, row)->next ||
            pk_block_of(reader, value)->next < pk_block_of(reader, row)->next)
            return; /* not two columns */
        const struct pk_flow *label = pk_flow_of(reader, name), *flow = pk_flow_of(reader, value);
        enum pk_field_kind kind;
        int own;
        size_t behind;
        if (!pk_field_label_at(reader, label->text, 0, &kind, &own, &behind) ||
            pk_trim_signs(label->text, (struct pk_range){behind, label->text.length}).end > behind)
            continue;
        if (row == table + 1 && pk_phrase_whole(reader, label->text, PK_WORD_COLUMN) &&
            pk_phrase_whole(reader, flow->text, PK_WORD_COLUMN))
            return; /* "Вопрос | Решение" */
        uint32_t index = reader->minutes->field.count;
        pk_add_field_value(reader, flow, own, kind, (struct pk_range){0},
                           (struct pk_range){0, flow->text.length});
        if (reader->minutes->field.count > index)
            reader->minutes->field.items[index].label =
                pk_span_in(label, (struct pk_range){0, behind});
    }
}

/* -- Front matter -- */

static bool front_kind(const struct pk_reader *reader, struct pk_view key, enum pk_field_kind *kind,
                       int *own)
{
    size_t end;
    const struct pk_profile *profile = reader->minutes->profile;
    for (uint32_t i = 0; i < profile->field.count; i++) {
        if (pk_same_folded(profile->field.items[i].id, key)) {
            *own = (int)i;
            *kind = profile->field.items[i].kind;
            return true;
        }
    }
    *own = -1;
    for (int i = 1; i < PK_FIELD_KINDS; i++) {
        if (pk_same_folded(pk_view_of(pk_field_kinds[i]), key)) {
            *kind = (enum pk_field_kind)i;
            return true;
        }
    }
    return pk_field_label_at(reader, key, 0, kind, own, &end) && end == key.length;
}

/* "date: 2027-01-04T03:01:03.678Z" tells when the page was published, not what its title tells. */
static bool is_of_page(struct pk_reader *reader, enum pk_field_kind kind,
                       const struct pk_yaml *member)
{
    enum { DAY = 10 /* bytes */ };
    struct pk_view value = member->value;
    return kind == PK_FIELD_DATE && member->kind == PK_YAML_SCALAR && value.length > DAY &&
           value.at[DAY] == 'T' && pk_title_has_day(reader);
}

static void read_front_matter(struct pk_reader *reader)
{
    const struct pk_minutes *minutes = reader->minutes;
    const struct pk_yaml *member = minutes->front ? minutes->front->first : NULL;
    for (; member; member = member->next) {
        enum pk_field_kind kind;
        int own;
        if (!member->key.length || !front_kind(reader, member->key, &kind, &own) ||
            is_of_page(reader, kind, member))
            continue;
        struct pk_field *field = pk_push(reader->arena, &reader->minutes->field);
        struct pk_flow flow = {.text = pk_trim(member->value)};
        field->kind = kind;
        field->id =
            own >= 0 ? minutes->profile->field.items[own].id : pk_view_of(pk_field_kinds[kind]);
        field->front_matter = true;
        field->label = pk_front_span(reader, member->key_span);
        field->span = pk_front_span(reader, member->span);
        field->value = member->kind == PK_YAML_SCALAR ? flow.text
                                                      : pk_slice(minutes->blocks.text, field->span);
        struct pk_when when;
        struct pk_range all = {0, field->value.length};
        if (kind == PK_FIELD_DATE && pk_when_any(reader, field->value, all, &when)) {
            field->day = field->span;
            field->invalid = when.dated == PK_DATED_INVALID;
            field->ambiguous = when.dated == PK_DATED && when.ambiguous;
            field->date = field->invalid ? field->date : when.date;
        }
    }
}

/* -- All of it -- */

/* Where the head of the minutes ends, what is labelled is part of what was said. */
static bool belongs_to_head(enum pk_section_kind kind)
{
    return kind == PK_SECTION_OTHER || kind == PK_SECTION_PARTICIPANTS ||
           kind == PK_SECTION_ABSENT || kind == PK_SECTION_AGENDA || kind == PK_SECTION_PURPOSE ||
           kind == PK_SECTION_CLOSING;
}

/* How many lines near the top were looked at for a date, and for a time. */
struct seen {
    uint32_t dates, times;
};

static void read_paragraph(struct pk_reader *reader, uint32_t block, bool head, struct seen *seen)
{
    const struct pk_flow *flow = pk_flow_of(reader, block);
    const struct pk_section *section = pk_section_at(reader, block);
    bool own = section && section->block == block && section == reader->minutes->section.items;
    uint32_t opens = own ? section->line - pk_block_of(reader, block)->line : 0; /* the first */
    for (uint32_t line = 0; line < pk_block_of(reader, block)->segment_count; line++) {
        uint32_t before = reader->minutes->field.count;
        if (pk_names_section(reader, block, line))
            continue;
        uint32_t at = line;
        read_labels(reader, block, &line);
        bool found = reader->minutes->field.count > before;
        if (found || !(head || line < opens))
            continue;
        struct pk_range range = pk_flow_line(reader, block, flow, at);
        bool quoted = pk_inside(reader, block, PK_QUOTE);
        if (seen->dates++ < HEAD_LINES && !quoted)
            pk_read_date_line(reader, flow, range);
        if (seen->times++ < HEAD_LINES && !quoted)
            pk_read_time_line(reader, flow, range);
    }
}

/* "Участники: ..." below what was agreed on, as mails end. */
static void read_late_people(struct pk_reader *reader, uint32_t block)
{
    const struct pk_flow *flow = pk_flow_of(reader, block);
    uint32_t line = 0;
    size_t end;
    const struct pk_phrase *label = pk_phrase_at(reader, flow->text, 0, PK_WORD_FIELD, &end);
    if (label && label->meaning.value == PK_FIELD_PARTICIPANTS && pk_label_ends(flow, 0, &end) &&
        !pk_inside(reader, block, PK_ITEM) && !pk_inside(reader, block, PK_QUOTE) &&
        !pk_minutes_field(reader->minutes, PK_FIELD_PARTICIPANTS) &&
        !pk_minutes_section(reader->minutes, PK_SECTION_PARTICIPANTS))
        read_labels(reader, block, &line);
}

void pk_read_fields(struct pk_reader *reader)
{
    const struct pk_blocks *blocks = &reader->minutes->blocks;
    bool late = false;
    struct seen seen = {pk_title_has_day(reader) ? HEAD_LINES : 0, 0};
    read_front_matter(reader);
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        enum pk_section_kind kind = pk_section_kind_at(reader, i);
        const struct pk_block *block = pk_block_of(reader, i);
        late = late || !belongs_to_head(kind);
        if (kind == PK_SECTION_NEXT_MEETING && pk_is_leaf(block) && block->kind != PK_HEADING)
            pk_read_next_section(reader, i);
        if (!belongs_to_head(kind) || (late && kind == PK_SECTION_OTHER)) {
            if (block->kind == PK_PARAGRAPH) {
                pk_read_next_label(reader, i);
                read_late_people(reader, i);
            }
            continue;
        }
        if (block->kind == PK_PARAGRAPH)
            read_paragraph(reader, i, reader->section[i] < 0, &seen);
        if (block->kind == PK_PARAGRAPH &&
            (kind == PK_SECTION_CLOSING || kind == PK_SECTION_OTHER) &&
            !pk_minutes_field(reader->minutes, PK_FIELD_NEXT_MEETING))
            pk_read_next_label(reader, i);
        if (block->kind == PK_TABLE)
            read_table(reader, i);
        else if (block->kind == PK_HEADING && !late && kind == PK_SECTION_OTHER)
            read_heading(reader, i);
    }
    pk_read_day_of_title(reader);
    pk_read_first_lines(reader);
    for (uint32_t i = 1; i < blocks->block.count; i++) { /* "## 5 March 2027" over each day */
        if (pk_minutes_field(reader->minutes, PK_FIELD_DATE))
            break;
        if (pk_block_of(reader, i)->kind == PK_HEADING &&
            pk_section_kind_at(reader, i) != PK_SECTION_NEXT_MEETING)
            pk_read_date_heading(reader, i);
    }
    for (uint32_t i = 0; i < reader->minutes->field.count && !reader->minutes->date.year; i++) {
        const struct pk_field *field = &reader->minutes->field.items[i];
        if (field->kind == PK_FIELD_DATE)
            reader->minutes->date = field->date;
    }
    pk_read_told(reader);
}
