/* standing.c - where the agreement stands, and what may come next. */
#include "approval/log.h"

#include <string.h>

#include "text/table.h"

const char *const pk_stands[PK_STANDS] = {"draft",  "sent",        "objected",
                                          "agreed", "distributed", "closed"};

/* What the events up to some place have led to. */
struct state {
    enum pk_stand stand;
    uint32_t revision, approved, amendment, objections, open;
    struct pk_view sent_digest, agreed_digest;
    const struct pk_event *turn; /* the last one that changed the stand */
    int64_t last;
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
        state->turn = event;
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
        state->turn = event;
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

const char pk_revision_gap[] = "the next revision has another number";

static const char *hinders_revision(const struct state *state, const struct pk_event *event)
{
    switch (event->kind) {
    case PK_EVENT_SENT:
        if (state->stand >= PK_AGREED)
            return "the text is approved: a change to it is an amendment";
        return event->revision == state->revision + 1 ? NULL : pk_revision_gap;
    case PK_EVENT_APPROVED:
        return event->revision && event->revision <= state->revision ? NULL
                                                                     : "no such revision was sent";
    default:
        return NULL;
    }
}

static const char *hinders(const struct pk_log *log, size_t before, const struct state *state,
                           const struct pk_event *event)
{
    if (before && event->seconds < state->last)
        return "it is dated before the event in front of it";
    switch (event->kind) {
    case PK_EVENT_WALKTHROUGH:
    case PK_EVENT_OBJECTION:
    case PK_EVENT_APPROVED:
        if (!state->revision)
            return "nothing was sent yet";
        if (state->stand >= PK_AGREED && event->kind != PK_EVENT_APPROVED)
            return "the text is approved: a change to it is an amendment";
        break;
    case PK_EVENT_RESOLUTION:
        if (!event->of || event->of > state->objections || is_closed(log, before, event->of))
            return "no such objection is open";
        break;
    case PK_EVENT_DISTRIBUTED:
    case PK_EVENT_AMENDED:
        if (state->stand < PK_AGREED)
            return "nothing was approved yet";
        break;
    case PK_EVENT_CONFIRMED:
        if (state->stand < PK_DISTRIBUTED)
            return "nothing was distributed yet";
        break;
    case PK_EVENT_DETAIL:
    case PK_EVENT_SENT:
    case PK_EVENT_KINDS:
        break;
    }
    return hinders_revision(state, event);
}

const char *pk_event_hinders(const struct pk_log *log, size_t before, const struct pk_event *event)
{
    struct state state = state_at(log, before);
    return hinders(log, before, &state, event);
}

void pk_log_hinders(const struct pk_log *log,
                    void (*told)(void *, const struct pk_event *, const char *why), void *context)
{
    struct state state = {0};
    for (size_t i = 0; i < log->event.count; i++) {
        const char *why = hinders(log, i, &state, &log->event.items[i]);
        if (why)
            told(context, &log->event.items[i], why);
        step(log, i, &state);
    }
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

static bool needs_digest(enum pk_event_kind kind)
{
    const struct pk_event_key *key = pk_event_keys;
    while (key->name && strcmp(key->name, "digest") != 0)
        key++;
    return key->needed & 1u << kind;
}

void pk_event_complete(struct pk_arena *arena, const struct pk_log *log,
                       const struct pk_digest *digest, struct pk_event *event)
{
    pk_event_number(log, event);
    if (!event->digest.length && needs_digest(event->kind))
        event->digest = pk_copy(arena, pk_view_of(digest->text));
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

/* Names and addresses that are known again, however many they are. */
struct known {
    struct pk_arena *arena;
    struct pk_table table;
};

/* What two writings of one person have in common: the bare address, or the name. */
static struct pk_view key_of(struct pk_arena *arena, char kind, struct pk_view words)
{
    struct pk_buffer out = {.arena = arena};
    pk_putc(&out, kind);
    pk_put(&out, pk_folded(arena, words));
    return pk_written(&out);
}

static void know(struct known *known, struct pk_view address)
{
    struct pk_view bare = bare_address(address), name = name_in(address);
    if (bare.length)
        *pk_table_at(known->arena, &known->table, key_of(known->arena, '<', bare)) = 1;
    if (name.length)
        *pk_table_at(known->arena, &known->table, key_of(known->arena, ' ', name)) = 1;
}

static bool is_known(const struct known *known, struct pk_view address)
{
    if (!known->table.count)
        return false;
    struct pk_view bare = bare_address(address), name = name_in(address);
    return (bare.length && pk_table_find(&known->table, key_of(known->arena, '<', bare))) ||
           (name.length && pk_table_find(&known->table, key_of(known->arena, ' ', name)));
}

static bool is_person_known(const struct known *known, const struct pk_person *person)
{
    bool is = is_known(known, person->name);
    for (uint32_t i = 0; i < person->contact.count && !is; i++)
        is = is_known(known, person->contact.items[i]);
    return is;
}

/* "22 people" are counted, not named. */
static bool is_named(const struct pk_person *person)
{
    for (size_t i = 0; i < person->name.length; i++) {
        if (person->name.at[i] >= '0' && person->name.at[i] <= '9')
            return false;
    }
    return person->present && person->name.length;
}

static void look_for_unserved(const struct known *served, const struct pk_minutes *minutes,
                              struct pk_standing *out)
{
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (is_named(person) && !is_person_known(served, person))
            *pk_push(served->arena, &out->unserved.name) = person->name;
    }
    const struct pk_yaml *informed = pk_yaml_get(minutes->front, "distribution");
    informed = informed && informed->kind == PK_YAML_LIST ? informed->first : NULL;
    for (; informed; informed = informed->next) {
        if (informed->kind == PK_YAML_SCALAR && !is_known(served, informed->value))
            *pk_push(served->arena, &out->unserved.name) = informed->value;
    }
}

/* Somebody may confirm by name what went to an address, or the other way round: all that is
 * said of those who confirmed. */
static void know_all_of(const struct known *confirmed, const struct pk_minutes *minutes,
                        struct known *out)
{
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (!is_person_known(confirmed, person))
            continue;
        know(out, person->name);
        for (uint32_t j = 0; j < person->contact.count; j++)
            know(out, person->contact.items[j]);
    }
}

static void look_at_copies(struct pk_arena *arena, const struct pk_minutes *minutes,
                           const struct pk_log *log, size_t agreed_at, struct pk_standing *out)
{
    struct known served = {.arena = arena}, confirmed = served, people = served;
    for (size_t i = agreed_at; i < log->event.count; i++) {
        if (log->event.items[i].kind == PK_EVENT_CONFIRMED)
            know(&confirmed, log->event.items[i].who);
    }
    know_all_of(&confirmed, minutes, &people);
    for (size_t i = agreed_at; i < log->event.count; i++) {
        const struct pk_event *event = &log->event.items[i];
        if (event->kind != PK_EVENT_DISTRIBUTED)
            continue;
        know(&served, event->who); /* whoever sends it has it */
        for (uint32_t j = 0; j < event->to.name.count; j++) {
            struct pk_view name = event->to.name.items[j];
            if (!is_known(&served, name) && !is_known(&confirmed, name) &&
                !is_known(&people, name)) {
                *pk_push(arena, &out->unconfirmed.name) = name;
                *pk_push(arena, &out->served_by) = event;
            }
            know(&served, name);
        }
    }
    look_for_unserved(&served, minutes, out);
}

/* -- Silence -- */

struct pk_date pk_event_day(const struct pk_event *event)
{
    struct pk_date day = {0};
    pk_date_parse_iso(pk_view_part(event->time, 0, 10), &day);
    return day;
}

/* By when an answer is due, and what it means that none came: only as the profile says. */
static void look_at_time(const struct pk_minutes *minutes, const struct pk_event *turn,
                         struct pk_standing *out)
{
    const struct pk_profile *profile = minutes->profile;
    if (!profile || !profile->response || out->stand != PK_SENT || !out->theirs || !turn)
        return;
    int32_t days = pk_date_days(pk_event_day(turn)) + (int32_t)profile->response;
    bool late = minutes->today.year && pk_date_days(minutes->today) > days;
    out->answer_by = pk_date_of_days(days);
    if (late && profile->deemed_accepted)
        out->deemed = out->answer_by;
    out->overdue = late && !profile->deemed_accepted;
    out->theirs = !out->deemed.year;
}

void pk_standing_of(struct pk_arena *arena, const struct pk_minutes *minutes,
                    const struct pk_log *log, struct pk_standing *out)
{
    struct state state = state_at(log, log->event.count);
    *out = (struct pk_standing){.stand = state.stand,
                                .revision = state.revision,
                                .approved = state.approved,
                                .since = state.turn ? state.turn->seconds : 0};
    out->digest = pk_digest_of(pk_canonical(arena, minutes));
    out->edited = state.revision && !pk_is(state.sent_digest, out->digest.text);
    out->changed = state.stand >= PK_AGREED && !pk_is(state.agreed_digest, out->digest.text);
    for (size_t i = 0; i < log->event.count; i++) {
        const struct pk_event *event = &log->event.items[i];
        if (event->kind == PK_EVENT_SENT)
            out->sent = event;
        if (event->kind == PK_EVENT_OBJECTION && !is_closed(log, log->event.count, event->number))
            *pk_push(arena, &out->objection) = event;
    }
    if (state.stand >= PK_AGREED)
        look_at_copies(arena, minutes, log, state.agreed_at, out);
    if (state.stand == PK_DISTRIBUTED && !out->unconfirmed.name.count && !out->unserved.name.count)
        out->stand = PK_CLOSED;
    out->theirs = (out->stand == PK_SENT && !out->edited) ||
                  (out->stand == PK_DISTRIBUTED && !out->unserved.name.count);
    look_at_time(minutes, state.turn, out);
}
