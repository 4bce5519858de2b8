/* date_ambiguous.c - everybody reads the same day as that of the meeting. */
#include "lint/lint.h"

/* In front matter as YAML has it, elsewhere as the language has it. */
static struct pk_view written(struct pk_lint *lint, const struct pk_field *field,
                              struct pk_date day)
{
    struct pk_buffer out = {.arena = pk_minutes_of(lint)->arena};
    if (!field->front_matter)
        return pk_day(lint, day);
    pk_date_write(&out, day);
    return pk_all_written(&out);
}

static void check_field(struct pk_lint *lint, const struct pk_field *field)
{
    struct pk_date days[] = {field->date, {field->date.year, field->date.day, field->date.month}};
    struct pk_view text = pk_slice(pk_minutes_of(lint)->blocks.text, field->day);
    if (!pk_date_valid(days[0]) || !pk_date_valid(days[1]))
        return;
    pk_report3(lint, field->day, "\"%1\" may be %2 or %3: write out which", text,
               written(lint, field, days[0]), written(lint, field, days[1]));
    for (int i = 0; i < 2; i++) {
        struct pk_view day = written(lint, field, days[i]);
        struct pk_fix *fix = pk_offer(lint, "write %1", day);
        fix->choice = true;
        pk_offer_edit(lint, fix, field->day, day);
    }
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (field->ambiguous && field->date.year && field->day.end > field->day.start)
            check_field(lint, field);
    }
}

const struct pk_rule pk_rule_date_ambiguous = {
    .id = "date-ambiguous",
    .severity = PK_WARNING,
    .summary = "everybody reads the same day as that of the meeting",
    .help = "3/4/2026 is 3 April to some and 4 March to others, and every \"by Friday\" is counted "
            "from it. Write the date as the language does, or the month in words; both readings "
            "are offered as a mend. Where a weekday or another date of the minutes tells "
            "(25/4/2026), nothing is said:\n\n"
            "    Date: 3/4/2026   ->   Date: 3 April 2026",
    .check = check,
};
