/* next_meeting.c - when people meet next, wherever it is told; items may be due by then. */
#include "read/fields.h"

/* -- Where it is told -- */

void pk_read_next_section(struct pk_reader *reader, uint32_t block)
{
    const struct pk_flow *flow = pk_flow_of(reader, block);
    struct pk_range all = {0, flow->text.length};
    struct pk_when when;
    if (pk_minutes_field(reader->minutes, PK_FIELD_NEXT_MEETING) ||
        !pk_when_any(reader, flow->text, all, &when))
        return;
    pk_add_field_value(reader, flow, -1, PK_FIELD_NEXT_MEETING, (struct pk_range){0}, all);
}

/* A day soon behind a label that bears no colon. */
static bool names_day(const struct pk_reader *reader, const struct pk_flow *flow, size_t start,
                      size_t end, struct pk_when *when)
{
    enum { SOON = 40 /* bytes */ };
    size_t day = pk_skip_blanks(flow->text, start); /* "Следующий созвон 16 июня" */
    struct pk_when bare = {.opener = PK_AROUND};
    if (day > start && day < end &&
        pk_calendar_at(reader, pk_view_part(flow->text, 0, end), day, &bare)) {
        *when = bare;
        return true;
    }
    return pk_when_any(reader, flow->text, (struct pk_range){start, end}, when) &&
           when->words.start < start + SOON;
}

/* "Next board meeting: 5 March", "nächstes Gruppentreffen: 5.3.": what people meet for behind
 * "next"; where the colon ends, or 0. */
static size_t behind_next(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    enum { MOST_WORDS = 4, SHORTEST = 4 /* bytes of what people meet for */ };
    size_t end, next;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_NEXT, &end);
    if (!phrase || phrase->meaning.value == 1)
        return 0;
    for (int words = 0; words < MOST_WORDS; words++, end = next) {
        size_t word = pk_skip_blanks(text, end);
        next = pk_word_end(text, word);
        if (next == word)
            return 0;
        if (next >= text.length || text.at[next] != ':')
            continue;
        for (size_t part = word; part + SHORTEST <= next; part++)
            if (pk_words_whole_of(reader->words, pk_view_part(text, part, next), PK_WORD_EVENT))
                return next + 1;
        return 0;
    }
    return 0;
}

/* "..., the next meeting is on 5 March 2027": told in mid-sentence, with its day. */
static bool tells_next(const struct pk_reader *reader, struct pk_flow const *flow,
                       struct pk_range line, struct pk_range *label, struct pk_when *when)
{
    static const uint64_t kinds = PK_KIND(PK_WORD_FIELD);
    struct pk_view text = pk_view_part(flow->text, 0, line.end);
    enum pk_field_kind kind;
    int own;
    for (size_t at = pk_next_spot(reader, text, line.start, kinds, 0); at < line.end;
         at = pk_next_spot(reader, text, at + 1, kinds, 0)) {
        label->start = at;
        if (at > line.start && pk_field_label_at(reader, text, at, &kind, &own, &label->end) &&
            kind == PK_FIELD_NEXT_MEETING && names_day(reader, flow, label->end, line.end, when) &&
            when->dated == PK_DATED)
            return true;
    }
    return false;
}

/* Does the profile have a name of its own for the next meeting? */
static bool has_own_words(const struct pk_profile *profile)
{
    for (uint32_t i = 0; i < profile->field.count; i++) {
        if (profile->field.items[i].kind == PK_FIELD_NEXT_MEETING)
            return true;
    }
    return false;
}

/* "Next meeting: 3 December" stands at the end as often as at the start. */
void pk_read_next_label(struct pk_reader *reader, uint32_t block)
{
    const struct pk_flow *flow = pk_flow_of(reader, block);
    static const uint64_t kinds = PK_KIND(PK_WORD_FIELD) | PK_KIND(PK_WORD_NEXT);
    if (!(pk_kinds_in(reader, flow->text) & kinds) && !has_own_words(reader->minutes->profile))
        return;
    for (uint32_t line = 0; line < pk_block_of(reader, block)->segment_count; line++) {
        struct pk_range range = pk_flow_line(reader, block, flow, line);
        enum pk_field_kind kind;
        int own;
        size_t end;
        struct pk_range label;
        struct pk_when when; /* "The next meeting is on 5 March 2027." */
        bool labelled = pk_field_label_at(reader, flow->text, range.start, &kind, &own, &end) &&
                        kind == PK_FIELD_NEXT_MEETING;
        size_t behind = labelled ? 0 : behind_next(reader, flow->text, range.start);
        bool told =
            behind ? pk_when_any(reader, flow->text, (struct pk_range){behind, range.end}, &when)
                   : !labelled && tells_next(reader, flow, range, &label, &when);
        if (told && !pk_minutes_field(reader->minutes, PK_FIELD_NEXT_MEETING)) {
            label = behind ? (struct pk_range){range.start, behind - 1} : label;
            pk_add_field_value(reader, flow, -1, PK_FIELD_NEXT_MEETING, label,
                               (struct pk_range){behind ? behind : label.end, range.end});
        }
        if (!labelled || pk_names_section(reader, block, line))
            continue;
        label = (struct pk_range){range.start, end};
        if (pk_label_ends(flow, range.start, &end) ? end < range.end
                                                   : names_day(reader, flow, end, range.end, &when))
            pk_add_field_value(reader, flow, own, kind, label, (struct pk_range){end, range.end});
    }
}

/* -- Its day -- */

/* "Wednesday 10:00", "12.04.", "in two weeks": seen from this meeting. */
static struct pk_date day_in(const struct pk_reader *reader, struct pk_view value)
{
    size_t width;
    for (size_t at = 0; at < value.length; at += width) {
        struct pk_when when = {.opener = PK_AROUND};
        pk_char_at(value, at, &width);
        if (pk_word_starts(value, at) && pk_when_at(reader, value, at, &when) &&
            when.dated == PK_DATED)
            return when.date;
    }
    return (struct pk_date){0};
}

void pk_read_next_meeting(struct pk_reader *reader)
{
    enum { LONGEST = 200 /* bytes: what is longer is no date */ };
    for (uint32_t i = 0; i < reader->minutes->field.count && !reader->next_meeting.year; i++) {
        struct pk_field *field = &reader->minutes->field.items[i];
        if (field->kind != PK_FIELD_NEXT_MEETING)
            continue;
        if (!field->date.year && reader->minutes->date.year && field->value.length < LONGEST)
            field->date = day_in(reader, field->value);
        reader->next_meeting = field->date;
    }
}
