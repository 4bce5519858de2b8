/* ask.c - questions that several rules ask of minutes. */
#include "lint/suppress.h"

#include <string.h>

bool pk_has_placeholder(const struct pk_minutes *minutes, struct pk_span span)
{
    uint32_t low = 0, high = minutes->placeholder.count;
    while (low < high) { /* the first that ends at the span's start or behind it */
        uint32_t middle = low + (high - low) / 2;
        if (minutes->placeholder.items[middle].span.end < span.start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < minutes->placeholder.count &&
           minutes->placeholder.items[low].span.start <= span.end;
}

bool pk_is_quoted(const struct pk_minutes *minutes, uint32_t block)
{
    const struct pk_block *blocks = minutes->blocks.block.items;
    for (; block; block = blocks[block].parent)
        if (blocks[block].kind == PK_QUOTE)
            return true;
    return false;
}

struct pk_span pk_document_span(const struct pk_minutes *minutes)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    if (minutes->title_span.end > minutes->title_span.start)
        return minutes->title_span;
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        const struct pk_block *block = &blocks->block.items[i];
        if (block->segment_count && block->kind != PK_FRONT_MATTER && !block->comment)
            return blocks->segment.items[block->segment];
    }
    return (struct pk_span){0, 0};
}

bool pk_is_blank_value(const struct pk_minutes *minutes, struct pk_view value)
{
    size_t start = 0, end = value.length, width = 0;
    while (start < end && !pk_is_word(pk_decode(pk_view_part(value, start, end), &width)))
        start += width;
    while (end > start && !pk_is_word(pk_decode_before(value, end, &width)))
        end -= width;
    return start == end || pk_words_whole_of(&minutes->library->words,
                                             pk_view_part(value, start, end), PK_WORD_NOBODY);
}

static bool is_required(const struct pk_minutes *minutes, enum pk_field_kind kind)
{
    for (uint32_t i = 0; i < minutes->profile->field.count; i++)
        if (minutes->profile->field.items[i].kind == kind)
            return minutes->profile->field.items[i].required[minutes->detail];
    return false;
}

static bool begins_item(struct pk_view text, size_t at)
{
    return at + 1 < text.length && text.at[at + 1] == ' ' &&
           (text.at[at] == '-' || text.at[at] == '*' || text.at[at] == '+');
}

/* "Place:" over a list: what belongs behind the label stands below it; but not "- Place:" over
 * "- Date: ...". */
static bool goes_on_below(const struct pk_minutes *minutes, const struct pk_field *field)
{
    struct pk_view text = minutes->blocks.text;
    size_t start = field->label.start, at = field->label.end, lines = 0;
    while (start && text.at[start - 1] != '\n')
        start--;
    if (begins_item(text, start) || text.at[start] <= ' ')
        return false;
    for (; at < text.length && lines < 3; at++) {
        if (text.at[at] == '\n')
            lines++;
        else if (lines && text.at[at] > ' ')
            return text.at[at - 1] == '\n' && begins_item(text, at);
    }
    return false;
}

void pk_require_field(struct pk_lint *lint, enum pk_field_kind kind, const char *missing,
                      const char *blank)
{
    const struct pk_minutes *minutes = lint->minutes;
    const struct pk_field *open = NULL;
    if (!is_required(minutes, kind))
        return;
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (field->kind != kind)
            continue;
        if (!pk_is_blank_value(minutes, field->value) || pk_has_placeholder(minutes, field->span))
            return;
        open = open ? open : field;
    }
    if (open ? goes_on_below(minutes, open) : pk_hints_field(minutes, kind))
        return;
    if (!open)
        pk_report(lint, pk_document_span(minutes), missing);
    else
        pk_report(lint, open->label.end > open->label.start ? open->label : open->span, blank);
}

uint32_t pk_words_in_comments(const struct pk_lint *lint)
{
    return lint->suppressions->words;
}

/* "22 people" are counted, not named; and no name is as long as a sentence. */
static bool is_named(const struct pk_person *person)
{
    enum { LONGEST_NAME = 6 /* words */ };
    for (size_t i = 0; i < person->name.length; i++)
        if (person->name.at[i] >= '0' && person->name.at[i] <= '9')
            return false;
    return person->name.length && pk_spoken_words(person->name) <= LONGEST_NAME;
}

void pk_require_of_people(struct pk_lint *lint,
                          bool (*has)(const struct pk_minutes *, const struct pk_person *),
                          const char *one, const char *many)
{
    enum { ONE_BY_ONE = 3 };
    const struct pk_minutes *minutes = lint->minutes;
    PK_LIST(const struct pk_person *) lacking = {0};
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (person->present && is_named(person) && !has(minutes, person) &&
            !pk_has_placeholder(minutes, person->whole))
            *pk_push(minutes->arena, &lacking) = person;
    }
    if (lacking.count > ONE_BY_ONE)
        pk_report2(lint, lacking.items[0]->span, many, lacking.items[0]->name,
                   pk_number(lint, lacking.count - 1));
    else
        for (uint32_t i = 0; i < lacking.count; i++)
            pk_report1(lint, lacking.items[i]->span, one, lacking.items[i]->name);
}
