/* place_missing.c - minutes say where the meeting was. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    pk_require_field(lint, PK_FIELD_PLACE, "the place of the meeting is missing",
                     "the place of the meeting is left open");
}

const struct pk_rule pk_rule_place_missing = {
    .id = "place-missing",
    .severity = PK_WARNING,
    .summary = "minutes say where the meeting was",
    .help = "The place is part of the heading of minutes; for a call it is the means: telephone, "
            "a video room. Give it in a line of the heading:\n\n"
            "    Place: client's office, Bern",
    .check = check,
};
