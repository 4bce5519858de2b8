/* person_role.c - it is said what position each person holds. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (person->present && pk_is_blank_value(minutes, person->role) &&
            !pk_has_placeholder(minutes, person->whole))
            pk_report1(lint, person->span, "the position of %1 is missing", person->name);
    }
}

const struct pk_rule pk_rule_person_role = {
    .id = "person-role",
    .severity = PK_INFO,
    .summary = "it is said what position each person holds",
    .help = "Months later the position tells whether somebody could promise what was agreed. Write "
            "it behind the name, or in a column of its own:\n\n"
            "    - Anna Muster, head of purchasing",
    .check = check,
};
