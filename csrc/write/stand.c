/* stand.c - where the approval of minutes stands, for programs and for people. */
#include "write/stand.h"

/* -- What comes next -- */

static void add(struct pk_arena *arena, struct pk_steps *steps, struct pk_view words)
{
    *pk_push(arena, &steps->step) = words;
}

/* The sentence with %1 and %2 filled in. */
static struct pk_view filled(struct pk_arena *arena, struct pk_view sentence, struct pk_view first,
                             struct pk_view second)
{
    struct pk_buffer out = {.arena = arena};
    size_t from = 0;
    for (size_t i = 0; i + 1 < sentence.length; i++) {
        char digit = sentence.at[i + 1];
        if (sentence.at[i] != '%' || (digit != '1' && digit != '2'))
            continue;
        pk_put(&out, pk_view_part(sentence, from, i));
        pk_put(&out, digit == '1' ? first : second);
        from = i + 2;
    }
    pk_put(&out, pk_view_part(sentence, from, sentence.length));
    return pk_written(&out);
}

static struct pk_view named(struct pk_arena *arena, struct pk_view sentence, struct pk_view name)
{
    return filled(arena, sentence, name, PK_VIEW(""));
}

static struct pk_view joined(struct pk_arena *arena, const struct pk_names *names)
{
    enum { MOST = 5 };
    struct pk_buffer out = {.arena = arena};
    for (uint32_t i = 0; i < names->name.count && i < MOST; i++) {
        pk_puts(&out, i ? ", " : "");
        pk_put(&out, names->name.items[i]);
    }
    if (names->name.count > MOST)
        pk_putf(&out, " +%u", names->name.count - MOST);
    return pk_written(&out);
}

static void add_objections(struct pk_arena *arena, const struct pk_stood *stood,
                           struct pk_steps *steps)
{
    for (uint32_t i = 0; i < stood->standing.objection.count; i++) {
        const struct pk_event *event = stood->standing.objection.items[i];
        struct pk_buffer out = {.arena = arena};
        pk_putf(&out, "%u (", event->number);
        pk_put(&out, event->who);
        pk_puts(&out, ")");
        add(arena, steps,
            named(arena, pk_say(stood->language, "resolve objection %1"), pk_written(&out)));
    }
}

/* What was sent waits for an answer: how long, and what then. */
static struct pk_view waiting_step(struct pk_arena *arena, const struct pk_stood *stood)
{
    const struct pk_standing *standing = &stood->standing;
    const struct pk_language *language = stood->language;
    struct pk_buffer day = {.arena = arena};
    if (standing->edited)
        return pk_say(language, "send the changed text as a new revision");
    if (!standing->answer_by.year)
        return pk_say(language, "wait for the client's answer");
    pk_write_date(&day, standing->answer_by, language);
    if (standing->deemed.year)
        return named(arena,
                     pk_say(language, "no answer came by %1: it is deemed accepted, record so"),
                     pk_written(&day));
    if (standing->overdue)
        return filled(arena, pk_say(language, "remind %1: an answer was due by %2"),
                      joined(arena, &standing->sent->to), pk_written(&day));
    return named(arena, pk_say(language, "wait for the client's answer until %1"),
                 pk_written(&day));
}

void pk_next_steps(struct pk_arena *arena, const struct pk_stood *stood, struct pk_steps *steps)
{
    const struct pk_standing *standing = &stood->standing;
    const struct pk_language *language = stood->language;
    *steps = (struct pk_steps){0};
    if (standing->changed)
        add(arena, steps,
            pk_say(language, "the approved text was changed: amend it or undo the change"));
    switch (standing->stand) {
    case PK_DRAFT:
        if (!stood->settled)
            add(arena, steps, pk_say(language, "ask the client how much detail is wanted"));
        add(arena, steps, pk_say(language, "send it to the client for checking"));
        break;
    case PK_SENT:
        add(arena, steps, waiting_step(arena, stood));
        break;
    case PK_OBJECTED:
        add_objections(arena, stood, steps);
        break;
    case PK_AGREED:
    case PK_DISTRIBUTED:
        if (standing->unserved.name.count)
            add(arena, steps,
                named(arena, pk_say(language, "distribute it to %1"),
                      joined(arena, &standing->unserved)));
        if (standing->stand == PK_AGREED && !standing->unserved.name.count)
            add(arena, steps, pk_say(language, "distribute it to everybody"));
        if (standing->unconfirmed.name.count)
            add(arena, steps,
                named(arena, pk_say(language, "get a written confirmation of %1"),
                      joined(arena, &standing->unconfirmed)));
        break;
    case PK_CLOSED:
    case PK_STANDS:
        break;
    }
}

void pk_stood_of(struct pk_arena *arena, const struct pk_minutes *minutes, struct pk_stood *stood)
{
    *stood = (struct pk_stood){.language = minutes->language, .minutes = minutes};
    pk_log_read(arena, minutes, &stood->log);
    pk_standing_of(arena, minutes, &stood->log, &stood->standing);
    for (uint32_t i = 0; i < stood->log.event.count; i++)
        stood->settled = stood->settled || stood->log.event.items[i].kind == PK_EVENT_DETAIL;
}

/* -- For programs -- */

static void tell_names(struct pk_sink *sink, const char *key, const struct pk_names *names)
{
    sink->open(sink, pk_view_of(key), '[');
    for (uint32_t i = 0; i < names->name.count; i++)
        sink->text(sink, (struct pk_view){0}, names->name.items[i]);
    sink->close(sink, ']');
}

static void tell_day(struct pk_sink *sink, struct pk_arena *arena, const char *key,
                     struct pk_date day)
{
    struct pk_buffer out = {.arena = arena};
    if (!day.year) {
        sink->nothing(sink, pk_view_of(key));
        return;
    }
    pk_date_write(&out, day);
    sink->text(sink, pk_view_of(key), pk_written(&out));
}

static void tell_objections(struct pk_sink *sink, const struct pk_stood *stood)
{
    sink->open(sink, PK_VIEW("objections"), '[');
    for (uint32_t i = 0; i < stood->standing.objection.count; i++) {
        const struct pk_event *event = stood->standing.objection.items[i];
        sink->open(sink, (struct pk_view){0}, '{');
        sink->number(sink, PK_VIEW("number"), event->number);
        sink->text(sink, PK_VIEW("who"), event->who);
        sink->text(sink, PK_VIEW("item"), event->item);
        sink->text(sink, PK_VIEW("text"), event->text);
        sink->close(sink, '}');
    }
    sink->close(sink, ']');
}

void pk_tell_status(struct pk_sink *sink, struct pk_arena *arena, const struct pk_stood *stood,
                    struct pk_view file)
{
    const struct pk_standing *standing = &stood->standing;
    const struct pk_event *last = NULL;
    for (uint32_t i = 0; i < stood->log.event.count; i++) {
        if (stood->log.event.items[i].seconds == standing->since)
            last = &stood->log.event.items[i];
    }
    struct pk_steps steps;
    pk_next_steps(arena, stood, &steps);
    sink->open(sink, (struct pk_view){0}, '{');
    if (file.length)
        sink->text(sink, PK_VIEW("file"), file);
    sink->text(sink, PK_VIEW("title"), stood->minutes->title);
    sink->text(sink, PK_VIEW("stand"), pk_view_of(pk_stands[standing->stand]));
    sink->number(sink, PK_VIEW("revision"), standing->revision);
    sink->number(sink, PK_VIEW("approved"), standing->approved);
    if (last)
        sink->text(sink, PK_VIEW("since"), last->time);
    else
        sink->nothing(sink, PK_VIEW("since"));
    sink->truth(sink, PK_VIEW("theirs"), standing->theirs);
    tell_day(sink, arena, "answer_by", standing->answer_by);
    sink->truth(sink, PK_VIEW("overdue"), standing->overdue);
    tell_day(sink, arena, "deemed", standing->deemed);
    sink->truth(sink, PK_VIEW("changed"), standing->changed);
    sink->truth(sink, PK_VIEW("edited"), standing->edited);
    sink->text(sink, PK_VIEW("digest"), pk_copy(arena, pk_view_of(standing->digest.text)));
    tell_objections(sink, stood);
    tell_names(sink, "unserved", &standing->unserved);
    tell_names(sink, "unconfirmed", &standing->unconfirmed);
    struct pk_names next = {0};
    for (uint32_t i = 0; i < steps.step.count; i++)
        *pk_push(arena, &next.name) = steps.step.items[i];
    tell_names(sink, "next", &next);
    sink->close(sink, '}');
}

/* -- For people -- */

static int days_since(const struct pk_stood *stood)
{
    struct pk_date today = stood->minutes->today;
    if (!today.year || !stood->standing.since)
        return 0;
    int64_t then = stood->standing.since / 86400;
    int64_t days = pk_date_days(today) - then;
    return days > 0 && days < 100000 ? (int)days : 0;
}

void pk_text_stand(struct pk_buffer *out, const struct pk_stood *stood)
{
    const struct pk_standing *standing = &stood->standing;
    int days = days_since(stood);
    pk_put(out, pk_say(stood->language, pk_stands[standing->stand]));
    if (standing->revision) {
        pk_puts(out, ", ");
        pk_put(out, pk_say(stood->language, "revision"));
        pk_putf(out, " %u", standing->revision);
    }
    if (days) {
        pk_puts(out, ", ");
        pk_put(out, pk_say(stood->language, "days"));
        pk_putf(out, ": %d", days);
    }
    if (standing->theirs) {
        pk_puts(out, ", ");
        pk_put(out, pk_say(stood->language, "it is the client's move"));
    }
    if (standing->deemed.year) {
        pk_puts(out, ", ");
        pk_put(out, pk_say(stood->language, "deemed accepted"));
    }
}

void pk_text_status(struct pk_buffer *out, const struct pk_stood *stood, struct pk_view file)
{
    struct pk_steps steps;
    pk_next_steps(out->arena, stood, &steps);
    pk_put(out, file);
    pk_puts(out, ": ");
    pk_text_plain(out, stood->minutes->title);
    pk_puts(out, "\n  ");
    pk_text_stand(out, stood);
    for (uint32_t i = 0; i < steps.step.count; i++) {
        pk_puts(out, "\n  -> ");
        pk_text_plain(out, steps.step.items[i]);
    }
    pk_puts(out, "\n");
}
