/* people_missing.c - minutes name those who took part. */
#include "lint/lint.h"

static bool is_asked(const struct pk_minutes *minutes)
{
    const struct pk_profile *profile = minutes->profile;
    for (uint32_t i = 0; i < profile->section.count; i++)
        if (profile->section.items[i].kind == PK_SECTION_PARTICIPANTS)
            return profile->section.items[i].required[minutes->detail];
    return false;
}

static bool is_somebody_there(const struct pk_minutes *minutes)
{
    for (uint32_t i = 0; i < minutes->person.count; i++)
        if (minutes->person.items[i].present)
            return true;
    return false;
}

/* "(...)", "[…]": somebody is named, but not in this copy. */
static bool is_left_out(struct pk_view value)
{
    static const char *const signs[] = {"(...)", "[...]", "(\u2026)", "[\u2026]"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (pk_is(value, signs[i]))
            return true;
    return false;
}

/* "14 человек (список прилагается)": how many came is told. */
static bool is_counted(struct pk_view value)
{
    size_t at = 0, digits = 0;
    while (at < value.length && (value.at[at] == ':' || value.at[at] == ' ' ||
                                 value.at[at] == '*' || value.at[at] == '\n'))
        at++;
    for (; at < value.length && value.at[at] >= '0' && value.at[at] <= '9'; at++)
        digits++;
    bool marks = at + 1 < value.length && (value.at[at] == '.' || value.at[at] == ')');
    return digits && !marks; /* "1. Anna" */
}

/* HTML in the section, a table mostly, may name them where nobody reads. */
static bool holds_html(const struct pk_minutes *minutes, const struct pk_section *section)
{
    for (uint32_t i = section->first; i < section->end; i++)
        if (minutes->blocks.block.items[i].kind == PK_HTML &&
            !minutes->blocks.block.items[i].comment)
            return true;
    return false;
}

/* Where the whole section is missing, section-missing speaks. */
static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_section *section = pk_minutes_section(minutes, PK_SECTION_PARTICIPANTS);
    if (!is_asked(minutes) || is_somebody_there(minutes))
        return;
    if (section) {
        const struct pk_block *last = &minutes->blocks.block.items[section->end - 1];
        struct pk_span said = {section->span.end, last->span.end};
        if (!pk_has_placeholder(minutes, said) && !holds_html(minutes, section) &&
            !is_counted(pk_slice(minutes->blocks.text, said)))
            pk_report(lint, section->span, "nobody is named as taking part");
        return;
    }
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (field->kind != PK_FIELD_PARTICIPANTS)
            continue;
        if (!pk_has_placeholder(minutes, field->span) && !is_left_out(field->value) &&
            !is_counted(field->value))
            pk_report(lint, field->label, "nobody is named as taking part");
        return;
    }
}

const struct pk_rule pk_rule_people_missing = {
    .id = "people-missing",
    .severity = PK_WARNING,
    .summary = "minutes name those who took part",
    .help = "An agreement is worth as much as the people who made it; minutes without names can be "
            "disowned by anyone. Name each one who took part, one a line:\n\n"
            "    - Anna Muster, head of purchasing, anna@example.com",
    .check = check,
};
