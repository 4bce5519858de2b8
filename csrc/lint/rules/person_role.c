/* person_role.c - it is said what position each person holds. */
#include "lint/lint.h"

static bool has_position(const struct pk_minutes *minutes, const struct pk_person *person)
{
    return !pk_is_blank_value(minutes, person->role);
}

static void check(struct pk_lint *lint)
{
    pk_require_of_people(lint, has_position, "the position of %1 is missing",
                         "the position of %1 and %2 others is missing");
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
