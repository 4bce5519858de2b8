/* next_meeting.c - the day of the next meeting, which items may be due by. */
#include "read/read.h"

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
