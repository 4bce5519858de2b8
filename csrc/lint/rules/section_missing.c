/* section_missing.c - minutes have every section that the profile asks for. */
#include "lint/lint.h"

static bool has_field(const struct pk_minutes *minutes, enum pk_field_kind kind)
{
    for (uint32_t i = 0; i < minutes->field.count; i++)
        if (minutes->field.items[i].kind == kind)
            return true;
    return false;
}

/* Which of the profile's sections the minutes have, in whatever form: a section
 * of that kind under another title, or a line in the heading ("Present: ..."). */
static bool *find_present(const struct pk_minutes *minutes)
{
    const struct pk_profile *profile = minutes->profile;
    bool *present = pk_alloc(minutes->arena, profile->section.count);
    bool kinds[PK_SECTION_KINDS] = {
        [PK_SECTION_PARTICIPANTS] =
            minutes->person.count || has_field(minutes, PK_FIELD_PARTICIPANTS),
        [PK_SECTION_ABSENT] = has_field(minutes, PK_FIELD_ABSENT),
        [PK_SECTION_NEXT_MEETING] = has_field(minutes, PK_FIELD_NEXT_MEETING),
    };
    for (uint32_t i = 0; present && i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        kinds[section->kind] = kinds[section->kind] || section->kind != PK_SECTION_OTHER;
        if (section->profile_section >= 0)
            present[section->profile_section] = true;
    }
    for (uint32_t i = 0; present && i < profile->section.count; i++)
        present[i] = present[i] || kinds[profile->section.items[i].kind];
    return present;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_profile *profile = minutes->profile;
    const bool *present = find_present(minutes);
    for (uint32_t i = 0; present && i < profile->section.count; i++) {
        const struct pk_profile_section *section = &profile->section.items[i];
        if (present[i] || !section->required[minutes->detail])
            continue;
        struct pk_view title = pk_section_title(section, minutes->language);
        pk_report1(lint, pk_document_span(minutes), "the section \"%1\" is missing", title);
        pk_offer_section(lint, i, "insert the section \"%1\"");
    }
}

const struct pk_rule pk_rule_section_missing = {
    .id = "section-missing",
    .severity = PK_WARNING,
    .summary = "minutes have every section that the profile asks for",
    .help = "Both sides look for the same parts: who met, why, what was discussed and agreed, what "
            "follows. Insert the section - the fix puts its title and what to fill in at its "
            "place - or give your own title to the profile:\n\n"
            "    sections: [{id: agreements, title: {en: [Agreements, What we settled]}}]",
    .check = check,
};
