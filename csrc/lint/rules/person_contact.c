/* person_contact.c - each person can be reached: one address or number is enough. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (person->present && !person->contact.count &&
            !pk_has_placeholder(minutes, person->whole))
            pk_report1(lint, person->span, "no e-mail address or telephone number of %1",
                       person->name);
    }
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
