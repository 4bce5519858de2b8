/* promises.c - what holds of minutes and findings, whatever the bytes. */
#include "fuzz.h"

#include "profile/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fuzz_require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* -- Libraries -- */

static struct pk_library *shared;

static void close_shared(void)
{
    pk_library_close(shared);
}

const struct pk_library *fuzz_library(void)
{
    struct pk_error error;
    if (!shared) {
        fuzz_require(pk_library_open(&shared, &error) == PK_OK, "the built-in profiles are sound");
        atexit(close_shared);
    }
    return shared;
}

/* Lists that may grow are copied: the arena of the shared one must not. */
void fuzz_borrow(struct pk_library *library)
{
    *library = *fuzz_library();
    pk_arena_init(&library->arena);
    library->patterns = NULL;
    library->profile.items = NULL;
    library->profile.count = library->profile.room = 0;
    for (uint32_t i = 0; i < shared->profile.count; i++)
        *pk_push(&library->arena, &library->profile) = shared->profile.items[i];
}

/* -- Spans -- */

/* Does no well-formed sequence begin before the offset and end behind it? */
static bool is_border(struct pk_view text, size_t offset)
{
    size_t width;
    for (size_t back = 1; back <= 3 && back <= offset; back++) {
        pk_decode(pk_view_part(text, offset - back, text.length), &width);
        if (width > back)
            return false;
    }
    return true;
}

static void check_span(struct pk_view text, struct pk_span span, const char *of)
{
    char what[100];
    snprintf(what, sizeof what, "the span of %s lies in the text", of);
    fuzz_require(span.start <= span.end && span.end <= text.length, what);
    snprintf(what, sizeof what, "the span of %s parts no code point", of);
    fuzz_require(is_border(text, span.start) && is_border(text, span.end), what);
}

static void check_blocks(const struct pk_blocks *blocks)
{
    for (uint32_t i = 0; i < blocks->block.count; i++) {
        check_span(blocks->text, blocks->block.items[i].span, "a block");
        check_span(blocks->text, blocks->block.items[i].box, "a box");
    }
    for (uint32_t i = 0; i < blocks->segment.count; i++)
        check_span(blocks->text, blocks->segment.items[i], "a segment");
}

static void check_action(struct pk_view text, const struct pk_action *action)
{
    check_span(text, action->span, "an action");
    check_span(text, action->due_span, "what is due");
    check_span(text, action->due_day, "a due day");
    check_span(text, action->box, "an action's box");
    check_span(text, action->said, "an action's state");
    check_span(text, action->stamp_span, "an action's stamp");
    fuzz_require(action->dated != PK_DATED || pk_date_valid(action->due), "a due date is a day");
    for (uint32_t i = 0; i < action->owner.count; i++) {
        check_span(text, action->owner.items[i].span, "an owner");
        fuzz_require(action->owner.items[i].name.length > 0, "an owner has a name");
    }
}

static void check_field(struct pk_view text, const struct pk_field *field)
{
    check_span(text, field->label, "a label");
    check_span(text, field->span, "a field");
    check_span(text, field->day, "a field's day");
    check_span(text, field->weekday_span, "a field's weekday");
}

void fuzz_check_minutes(const struct pk_minutes *minutes)
{
    struct pk_view text = minutes->blocks.text;
    check_blocks(&minutes->blocks);
    check_span(text, minutes->title_span, "the title");
    for (uint32_t i = 0; i < minutes->field.count; i++)
        check_field(text, &minutes->field.items[i]);
    for (uint32_t i = 0; i < minutes->section.count; i++)
        check_span(text, minutes->section.items[i].span, "a section");
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        check_span(text, minutes->person.items[i].span, "a person");
        check_span(text, minutes->person.items[i].whole, "a person's line");
    }
    for (uint32_t i = 0; i < minutes->action.count; i++)
        check_action(text, &minutes->action.items[i]);
    for (uint32_t i = 0; i < minutes->decision.count; i++)
        check_span(text, minutes->decision.items[i].span, "a decision");
    for (uint32_t i = 0; i < minutes->question.count; i++)
        check_span(text, minutes->question.items[i].span, "a question");
    for (uint32_t i = 0; i < minutes->risk.count; i++)
        check_span(text, minutes->risk.items[i].span, "a risk");
    for (uint32_t i = 0; i < minutes->placeholder.count; i++)
        check_span(text, minutes->placeholder.items[i].span, "a placeholder");
    for (uint32_t i = 0; i < minutes->given_up.count; i++)
        check_span(text, minutes->given_up.items[i].span, "a pattern given up");
}

void fuzz_check_findings(const struct pk_minutes *minutes, const struct pk_findings *findings)
{
    struct pk_view text = minutes->blocks.text;
    for (uint32_t i = 0; i < findings->diagnostic.count; i++) {
        const struct pk_diagnostic *found = &findings->diagnostic.items[i];
        check_span(text, found->span, found->rule->id);
        fuzz_require(found->message.length > 0, "a finding has a message");
        fuzz_require(i == 0 || found[-1].span.start <= found->span.start, "findings are in order");
        for (uint32_t j = 0; j < found->fix.count; j++) {
            const struct pk_fix *fix = &found->fix.items[j];
            for (uint32_t k = 0; k < fix->edit.count; k++) {
                check_span(text, fix->edit.items[k].span, found->rule->id);
                fuzz_require(k == 0 ||
                                 fix->edit.items[k - 1].span.end <= fix->edit.items[k].span.start,
                             "edits of a fix are in order and do not overlap");
            }
        }
    }
}

/* -- Edits -- */

struct pk_view fuzz_apply(struct pk_arena *arena, struct pk_view text, const struct pk_edit *edit,
                          uint32_t count)
{
    uint32_t applied = 0;
    struct pk_view after = pk_apply(arena, text, edit, count, &applied);
    fuzz_require(applied == count, "every edit is made");
    size_t from = 0, at = 0;
    for (uint32_t i = 0; i <= count; i++) {
        size_t end = i < count ? edit[i].span.start : text.length;
        struct pk_view kept = pk_view_part(text, from, end);
        fuzz_require(pk_same(kept, pk_view_part(after, at, at + kept.length)),
                     "a byte beside the edits stays");
        at += kept.length;
        if (i == count)
            break;
        fuzz_require(pk_same(edit[i].text, pk_view_part(after, at, at + edit[i].text.length)),
                     "an edit says what comes there");
        at += edit[i].text.length;
        from = edit[i].span.end;
    }
    fuzz_require(at == after.length, "nothing but the edits is added");
    return after;
}

void fuzz_read(struct pk_arena *arena, const struct pk_library *library, struct pk_view text,
               const char *name, struct pk_minutes *minutes)
{
    struct pk_error error = {0};
    struct pk_read_options options = {.name = pk_view_of(name), .today = {2027, 3, 1}};
    fuzz_require(pk_read(arena, library, text, &options, minutes, &error) == PK_OK,
                 "any bytes are minutes");
    fuzz_check_minutes(minutes);
}

void fuzz_give_back(struct pk_library *library)
{
    pk_patterns_free(library->patterns);
    pk_arena_free(&library->arena);
}
