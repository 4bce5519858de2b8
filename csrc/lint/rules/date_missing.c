/* date_missing.c - minutes say on which day the meeting was. */
#include "lint/lint.h"

/* "Board notes, March 2027" */
static bool has_month(const struct pk_minutes *minutes)
{
    struct pk_view title = minutes->title;
    size_t width, before, length;
    for (size_t at = 0; at < title.length; at += width) {
        struct pk_view rest = pk_view_part(title, at, title.length);
        bool word = pk_is_letter(pk_decode(rest, &width)) &&
                    !(at && pk_is_word(pk_decode_before(title, at, &before)));
        if (!word || !pk_words_of(&minutes->library->words, rest, PK_WORD_MONTH, &length))
            continue;
        while (length < rest.length && (rest.at[length] == ' ' || rest.at[length] == ','))
            length++;
        if (length + 4 <= rest.length && (rest.at[length] == '1' || rest.at[length] == '2'))
            return true; /* a year */
    }
    return false;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    if (!minutes->date.year) /* it may stand in the title, too */
        pk_require_field(lint, PK_FIELD_DATE,
                         has_month(minutes)
                             ? "the day of the meeting is missing, only the month is given"
                             : "the date of the meeting is missing",
                         "the date of the meeting is left open");
}

const struct pk_rule pk_rule_date_missing = {
    .id = "date-missing",
    .severity = PK_WARNING,
    .summary = "minutes say on which day the meeting was",
    .help = "Agreements count from the day of the meeting, and \"by Friday\" means nothing without "
            "it. Give the date in a line of the heading, in the title or in the front matter:\n\n"
            "    Date: 12 November 2026",
    .check = check,
};
