/* standing.c - where the agreement stands, and what may come next. */
#include "approval/log.h"

#include <string.h>

const char *const pk_stands[PK_STANDS] = {"draft",  "sent",        "objected",
                                          "agreed", "distributed", "closed"};

/* What the events up to some place have led to. */
struct state {
    enum pk_stand stand;
    uint32_t revision, approved, amendment, objections, open;
    struct pk_view sent_digest, agreed_digest;
    int64_t since, last;
    size_t agreed_at; /* behind the last approval or amendment */
};

static bool is_closed(const struct pk_log *log, size_t before, uint32_t objection)
{
    for (size_t i = 0; i < before; i++) {
        const struct pk_event *event = &log->event.items[i];
        if (event->kind == PK_EVENT_RESOLUTION && event->of == objection)
            return true;
    }
    return false;
}

static void step(const struct pk_log *log, size_t at, struct state *state)
{
    const struct pk_event *event = &log->event.items[at];
    enum pk_stand before = state->stand;
    switch (event->kind) {
    case PK_EVENT_SENT:
        state->revision = event->revision;
        state->sent_digest = event->digest;
        state->stand = state->open ? PK_OBJECTED : PK_SENT;
        state->since = event->seconds;
        break;
    case PK_EVENT_OBJECTION:
        state->objections = event->number;
        state->open++;
        state->stand = PK_OBJECTED;
        break;
    case PK_EVENT_RESOLUTION:
        state->open -= state->open && !is_closed(log, at, event->of);
        if (!state->open && state->stand == PK_OBJECTED)
            state->stand = PK_SENT;
        break;
    case PK_EVENT_APPROVED:
    case PK_EVENT_AMENDED:
        state->stand = PK_AGREED;
        state->agreed_digest = event->digest;
        state->agreed_at = at + 1;
        if (event->kind == PK_EVENT_APPROVED)
            state->approved = event->revision;
        else
            state->amendment = event->number;
        break;
    case PK_EVENT_DISTRIBUTED:
        state->stand = PK_DISTRIBUTED;
        break;
    case PK_EVENT_DETAIL:
    case PK_EVENT_WALKTHROUGH:
    case PK_EVENT_CONFIRMED:
    case PK_EVENT_KINDS:
        break;
    }
    if (state->stand != before)
        state->since = event->seconds;
    state->last = event->seconds;
}

static struct state state_at(const struct pk_log *log, size_t before)
{
    struct state state = {0};
    for (size_t i = 0; i < before; i++)
        step(log, i, &state);
    return state;
}

/* -- What may come next -- */

static const char *hinders_revision(const struct state *state, const struct pk_event *event)
{
    switch (event->kind) {
    case PK_EVENT_SENT:
        if (state->stand >= PK_AGREED)
            return "the text is approved: a change to it is an amendment";
        return event->revision == state->revision + 1 ? NULL
                                                      : "the next revision has another number";
    case PK_EVENT_APPROVED:
        return event->revision && event->revision <= state->revision ? NULL
                                                                     : "no such revision was sent";
    default:
        return NULL;
    }
}

const char *pk_event_hinders(const struct pk_log *log, size_t before, const struct pk_event *event)
{
    struct state state = state_at(log, before);
    if (before && event->seconds < state.last)
        return "it is dated before the event in front of it";
    switch (event->kind) {
    case PK_EVENT_WALKTHROUGH:
    case PK_EVENT_OBJECTION:
    case PK_EVENT_APPROVED:
        if (!state.revision)
            return "nothing was sent yet";
        if (state.stand >= PK_AGREED && event->kind != PK_EVENT_APPROVED)
            return "the text is approved: a change to it is an amendment";
        break;
    case PK_EVENT_RESOLUTION:
        if (!event->of || event->of > state.objections || is_closed(log, before, event->of))
            return "no such objection is open";
        break;
    case PK_EVENT_DISTRIBUTED:
    case PK_EVENT_AMENDED:
        if (state.stand < PK_AGREED)
            return "nothing was approved yet";
        break;
    case PK_EVENT_CONFIRMED:
        if (state.stand < PK_DISTRIBUTED)
            return "nothing was distributed yet";
        break;
    case PK_EVENT_DETAIL:
    case PK_EVENT_SENT:
    case PK_EVENT_KINDS:
        break;
    }
    return hinders_revision(&state, event);
}

void pk_event_number(const struct pk_log *log, struct pk_event *event)
{
    struct state state = state_at(log, log->event.count);
    bool sends = event->kind == PK_EVENT_SENT;
    if (!event->revision && event->kind != PK_EVENT_DETAIL)
        event->revision = state.revision + sends;
    if (!event->number && event->kind == PK_EVENT_OBJECTION)
        event->number = state.objections + 1;
    if (!event->number && event->kind == PK_EVENT_AMENDED)
        event->number = state.amendment + 1;
}

/* -- People and their copies -- */

/* "ben@example.com" of "Ben Lee <ben@example.com>"; else all of it. */
static struct pk_view bare_address(struct pk_view address)
{
    size_t open = address.length;
    while (open > 0 && address.at[open - 1] != '<')
        open--;
    if (!open)
        return pk_trim(address);
    size_t end = open;
    while (end < address.length && address.at[end] != '>')
        end++;
    return pk_trim(pk_view_part(address, open, end));
}

static struct pk_view name_in(struct pk_view address)
{
    size_t open = 0;
    while (open < address.length && address.at[open] != '<')
        open++;
    struct pk_view name = pk_trim(pk_view_part(address, 0, open));
    bool quoted = name.length > 1 && name.at[0] == '"' && name.at[name.length - 1] == '"';
    return quoted ? pk_view_part(name, 1, name.length - 1) : name;
}

static bool is_one(struct pk_view a, struct pk_view b)
{
    return a.length && (pk_same_folded(bare_address(a), bare_address(b)) ||
                        (name_in(a).length && pk_same_folded(name_in(a), name_in(b))));
}

bool pk_is_address_of(struct pk_view address, const struct pk_person *person)
{
    if (is_one(address, person->name))
        return true;
    for (uint32_t i = 0; i < person->contact.count; i++) {
        if (is_one(address, person->contact.items[i]))
            return true;
    }
    return false;
}

static bool is_among(struct pk_view name, const struct pk_names *names)
{
    for (uint32_t i = 0; i < names->name.count; i++) {
        if (is_one(name, names->name.items[i]))
            return true;
    }
    return false;
}

static bool has_copy(const struct pk_person *person, const struct pk_names *served)
{
    for (uint32_t i = 0; i < served->name.count; i++) {
        if (pk_is_address_of(served->name.items[i], person))
            return true;
    }
    return false;
}

/* Somebody confirmed by name what went to an address, or the other way round. */
static bool is_confirmed(const struct pk_minutes *minutes, struct pk_view served,
                         const struct pk_names *confirmed)
{
    if (is_among(served, confirmed))
        return true;
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (pk_is_address_of(served, person) && has_copy(person, confirmed))
            return true;
    }
    return false;
}

static void look_at_copies(struct pk_arena *arena, const struct pk_minutes *minutes,
                           const struct pk_log *log, const struct state *state,
                           struct pk_standing *out)
{
    struct pk_names served = {0}, confirmed = {0};
    for (size_t i = state->agreed_at; i < log->event.count; i++) {
        const struct pk_event *event = &log->event.items[i];
        for (uint32_t j = 0; event->kind == PK_EVENT_DISTRIBUTED && j < event->to.name.count; j++) {
            if (!is_among(event->to.name.items[j], &served))
                *pk_push(arena, &served.name) = event->to.name.items[j];
        }
        if (event->kind == PK_EVENT_CONFIRMED)
            *pk_push(arena, &confirmed.name) = event->who;
    }
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (person->present && person->name.length && !has_copy(person, &served))
            *pk_push(arena, &out->unserved.name) = person->name;
    }
    const struct pk_yaml *informed = pk_yaml_get(minutes->front, "distribution");
    informed = informed && informed->kind == PK_YAML_LIST ? informed->first : NULL;
    for (; informed; informed = informed->next) {
        if (informed->kind == PK_YAML_SCALAR && !is_among(informed->value, &served))
            *pk_push(arena, &out->unserved.name) = informed->value;
    }
    for (uint32_t i = 0; i < served.name.count; i++) {
        if (!is_confirmed(minutes, served.name.items[i], &confirmed))
            *pk_push(arena, &out->unconfirmed.name) = served.name.items[i];
    }
}

void pk_standing_of(struct pk_arena *arena, const struct pk_minutes *minutes,
                    const struct pk_log *log, struct pk_standing *out)
{
    struct state state = state_at(log, log->event.count);
    *out = (struct pk_standing){.stand = state.stand,
                                .revision = state.revision,
                                .approved = state.approved,
                                .since = state.since};
    out->digest = pk_digest_of(pk_canonical(arena, minutes));
    out->edited = state.revision && !pk_is(state.sent_digest, out->digest.text);
    out->changed = state.stand >= PK_AGREED && !pk_is(state.agreed_digest, out->digest.text);
    for (size_t i = 0; i < log->event.count; i++) {
        const struct pk_event *event = &log->event.items[i];
        if (event->kind == PK_EVENT_OBJECTION && !is_closed(log, log->event.count, event->number))
            *pk_push(arena, &out->objection) = event;
    }
    if (state.stand >= PK_AGREED)
        look_at_copies(arena, minutes, log, &state, out);
    if (state.stand == PK_DISTRIBUTED && !out->unconfirmed.name.count && !out->unserved.name.count)
        out->stand = PK_CLOSED;
    out->theirs = (out->stand == PK_SENT && !out->edited) ||
                  (out->stand == PK_DISTRIBUTED && !out->unserved.name.count);
}
