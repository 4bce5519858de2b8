/* template.h - a profile written out as minutes that wait to be filled in.
 *
 * A profile's `head` and section `body` are Markdown, for all languages or for each, with two
 * marks:
 *   {{key}}    a value: from the caller's list, else a placeholder that asks
 *              for it in the language's words: {{дата встречи}}
 *   ${key}     a word of the language: its `labels`; and ${profile}, ${lang},
 *              ${detail} and ${title}
 * A `head` begins with front matter where the profile wants one. Without a
 * `head` the template asks for the profile's fields; without a `body` it writes
 * what another profile has for that kind of section, or asks for the section. A value becomes one
 * line and cannot break out of the front matter or of a table.
 */
#ifndef PK_TEMPLATE_H
#define PK_TEMPLATE_H

#include "profile/profile.h"

struct pk_value {
    struct pk_view key, value;
};

/* What is known beforehand of one entry of a section: a person, an action. */
struct pk_known {
    const struct pk_value *value;
    uint32_t value_count;
    struct pk_view line; /* as a line of its own, where the body's asks for more or less */
    bool own_line;       /* or anyway, but in a table */
    struct pk_view tail; /* what stands behind it, or behind the key's value in a table's row */
};

/* The line of a section's body that holds {{key}} is written once for each known entry. Such a
 * section is written also where the profile does without it. */
struct pk_filling {
    uint32_t section; /* index in the profile's list */
    const char *key;
    const struct pk_known *known;
    uint32_t count;
    bool more; /* and once more, to be filled in */
};

struct pk_template {
    const struct pk_library *library;
    const struct pk_profile *profile;
    const struct pk_language *language;
    enum pk_detail detail;
    const struct pk_value *value;
    uint32_t value_count;
    const struct pk_filling *filling;
    uint32_t filling_count;
};

/* PK_EINPUT: a value is given for what neither the profile nor the language has a name for. */
enum pk_status pk_template_check(struct pk_arena *, const struct pk_template *, struct pk_error *);

void pk_write_template(struct pk_buffer *, const struct pk_template *);

/* The body of one section (index in the profile's list) as the template has
 * it, without its title: lines, each ended by LF. */
void pk_write_section_body(struct pk_buffer *, const struct pk_template *, uint32_t section);

#endif
