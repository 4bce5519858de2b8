/* fields.h - what the files share that read fields: labels, values, and where days are told. */
#ifndef PK_FIELDS_H
#define PK_FIELDS_H

#include "read/read.h"

/* As it stands, with the kind's own name. */
struct pk_field *pk_add_field(struct pk_reader *, const struct pk_flow *, enum pk_field_kind,
                              struct pk_range label, struct pk_range value);
/* With the days and hours its value tells; `own` is the profile's own index, or -1. */
void pk_add_field_value(struct pk_reader *, const struct pk_flow *, int own, enum pk_field_kind,
                        struct pk_range label, struct pk_range value);
/* A field's name at `at`: its kind, the profile's own index or -1, its end. */
bool pk_field_label_at(const struct pk_reader *, struct pk_view, size_t at, enum pk_field_kind *,
                       int *own, size_t *end);
/* Is that line of the leaf the title of a section? */
bool pk_names_section(const struct pk_reader *, uint32_t block, uint32_t line);

/* -- Where no label tells the day (field_days.c) -- */

void pk_read_date_line(struct pk_reader *, const struct pk_flow *, struct pk_range line);
void pk_read_time_line(struct pk_reader *, const struct pk_flow *, struct pk_range line);
void pk_read_date_heading(struct pk_reader *, uint32_t block);
void pk_read_first_lines(struct pk_reader *);
bool pk_title_has_day(struct pk_reader *);
void pk_read_day_of_title(struct pk_reader *);

/* -- The next meeting (next_meeting.c) -- */

void pk_read_next_section(struct pk_reader *, uint32_t block); /* a leaf of its section */
void pk_read_next_label(struct pk_reader *, uint32_t paragraph);

#endif
