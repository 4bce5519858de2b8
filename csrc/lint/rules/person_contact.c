/* person_contact.c - each person can be reached: one address or number is enough. */
#include "lint/lint.h"

static bool has_contact(const struct pk_minutes *minutes, const struct pk_person *person)
{
    (void)minutes;
    return person->contact.count > 0;
}

static void check(struct pk_lint *lint)
{
    pk_require_of_people(lint, has_contact, "no e-mail address or telephone number for %1",
                         "no e-mail address or telephone number for %1 and %2 others");
}

const struct pk_rule pk_rule_person_contact = {
    .id = "person-contact",
    .severity = PK_INFO,
    .summary = "each person can be reached by e-mail or telephone",
    .help = "Minutes go out to everyone who took part, and each confirms them; that takes an "
            "address. One is enough, behind the name or in a column of its own:\n\n"
            "    - Anna Muster, head of purchasing, anna@example.com",
    .check = check,
};
