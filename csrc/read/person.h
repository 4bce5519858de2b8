/* person.h - what people.c asks of person.c. */
#ifndef PK_PERSON_H
#define PK_PERSON_H

#include "read/read.h"

/* A person being read from a stretch of a flow. */
struct pk_entry {
    const struct pk_flow *flow;
    struct pk_range range;
    struct pk_view organisation; /* of the group the entry stands in; empty: none */
    bool present;
    struct pk_span whole;
    uint32_t line;
};

struct pk_person *pk_add_person(struct pk_reader *, const struct pk_entry *); /* NULL: nobody */
void pk_add_people(struct pk_reader *, struct pk_entry *); /* "A, B and C", "A, buyer; B" */
void pk_add_line(struct pk_reader *, struct pk_entry *);   /* likewise, or one with an address */
/* A part of a person's entry: role, organisation or contact, by what it looks like. */
void pk_take_part(struct pk_reader *, struct pk_person *, const struct pk_flow *, struct pk_range);
bool pk_take_contacts(struct pk_reader *, struct pk_person *, struct pk_view part);
void pk_add_contact(struct pk_reader *, struct pk_person *, struct pk_view contact);
/* "The board has a quorum.", "**Anna Weber**: We begin with ...": no entry of a list. */
bool pk_is_prose(const struct pk_reader *, const struct pk_flow *);
bool pk_has_letters(struct pk_view);
bool pk_has_sign(struct pk_view, struct pk_range, char sign);

#endif
