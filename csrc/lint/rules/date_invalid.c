/* date_invalid.c - the dates of this meeting and the next are in the calendar. */
#include "lint/lint.h"

/* The n-th weekday's words in the language of the document. */
static const struct pk_yaml *words_of(const struct pk_minutes *minutes, int weekday)
{
    const struct pk_yaml *day = pk_yaml_get(minutes->language->source, "weekdays");
    day = day && day->kind == PK_YAML_LIST ? day->first : NULL;
    while (day && --weekday > 0)
        day = day->next;
    return day && day->kind == PK_YAML_LIST ? day->first : NULL;
}

/* The weekday in the form in which another is written: in full or cut short; empty where it is
 * inflected. */
static struct pk_view in_form_of(const struct pk_minutes *minutes, struct pk_view written,
                                 int weekday, int right)
{
    enum { SHORT = 3 /* letters */ };
    const struct pk_yaml *own = words_of(minutes, weekday), *word = words_of(minutes, right);
    bool is_short = pk_codepoints(written) <= SHORT;
    if (!own || !word || (!is_short && !pk_same_folded(own->value, written)))
        return PK_VIEW("");
    while (word && is_short && pk_codepoints(word->value) > SHORT)
        word = word->next;
    return word ? word->value : PK_VIEW("");
}

/* With a capital where the other word has one. */
static struct pk_view cased_as(const struct pk_minutes *minutes, struct pk_view word,
                               struct pk_view other)
{
    enum { CAPITAL = 32 /* so far before its small letter, in ASCII and Russian */ };
    size_t width;
    struct pk_buffer out = {.arena = minutes->arena};
    uint32_t first = pk_decode(word, &width);
    if (!pk_is_upper(pk_decode(other, &(size_t){0})) || pk_is_upper(first) ||
        pk_fold(first - CAPITAL) != first)
        return word;
    char bytes[4];
    pk_put(&out, (struct pk_view){bytes, pk_encode(first - CAPITAL, bytes)});
    pk_put(&out, pk_view_part(word, width, word.length));
    return pk_all_written(&out);
}

static void check_weekday(struct pk_lint *lint, const struct pk_field *field)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    int right = pk_date_weekday(field->date);
    const struct pk_yaml *is = words_of(minutes, right), *said = words_of(minutes, field->weekday);
    if (right == field->weekday || field->ambiguous || !is || !said)
        return;
    struct pk_view written = pk_slice(minutes->blocks.text, field->weekday_span);
    struct pk_view word = in_form_of(minutes, written, field->weekday, right);
    pk_report3(lint, field->weekday_span, "%1 is a %2, not a %3: mend the day or the weekday",
               pk_slice(minutes->blocks.text, field->day), is->value, said->value);
    if (!word.length)
        return;
    word = cased_as(minutes, word, written);
    struct pk_fix *fix = pk_offer(lint, "write \"%1\"", word);
    fix->choice = true; /* or the weekday is right and the day is not */
    pk_offer_edit(lint, fix, field->weekday_span, word);
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (field->invalid && !pk_has_placeholder(minutes, field->day))
            pk_report1(lint, field->day, "\"%1\" is no day of the calendar",
                       pk_slice(minutes->blocks.text, field->day));
        else if (field->weekday && field->date.year)
            check_weekday(lint, field);
    }
}

const struct pk_rule pk_rule_date_invalid = {
    .id = "date-invalid",
    .severity = PK_WARNING,
    .summary = "the dates of this meeting and the next are in the calendar",
    .help = "Agreements count from the day of the meeting; a 31 February, or a Friday that is a "
            "Monday, leaves open which day that was, or when to come next. Write the day that was "
            "meant:\n\n"
            "    Date: Friday, 23.11.2026   ->   Date: Monday, 23.11.2026",
    .check = check,
};
