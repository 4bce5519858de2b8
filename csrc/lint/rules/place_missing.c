/* place_missing.c - minutes say where the meeting was. */
#include "lint/lint.h"

/* "Weekly call", "Созвон команды": those who ring each other up meet nowhere. */
static bool is_call(const struct pk_lint *lint, struct pk_view title)
{
    size_t width, before, length;
    for (size_t at = 0; at < title.length; at += width) {
        struct pk_view rest = pk_view_part(title, at, title.length);
        bool word = pk_is_letter(pk_decode(rest, &width)) &&
                    !(at && pk_is_word(pk_decode_before(title, at, &before)));
        if (word && pk_listed_at(lint, rest, &length))
            return true;
    }
    return false;
}

static bool has_label(const struct pk_minutes *minutes)
{
    for (uint32_t i = 0; i < minutes->field.count; i++)
        if (minutes->field.items[i].kind == PK_FIELD_PLACE)
            return true;
    return false;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    if (is_call(lint, minutes->title) && !has_label(minutes))
        return;
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
    .words = {"call"},
    .listed = true,
    .check = check,
};
