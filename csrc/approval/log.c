/* log.c - read the log of approval out of the front matter. */
#include "approval/log.h"

#include <stddef.h>
#include <string.h>

const char *const pk_event_kinds[PK_EVENT_KINDS] = {"detail",      "sent",       "walkthrough",
                                                    "objection",   "resolution", "approved",
                                                    "distributed", "confirmed",  "amended"};
const char *const pk_outcomes[PK_OUTCOMES] = {"", "accepted", "compromise", "withdrawn"};

#define BIT(kind) (1u << (kind))
enum {
    DETAIL = BIT(PK_EVENT_DETAIL),
    SENT = BIT(PK_EVENT_SENT),
    WALKTHROUGH = BIT(PK_EVENT_WALKTHROUGH),
    OBJECTION = BIT(PK_EVENT_OBJECTION),
    RESOLUTION = BIT(PK_EVENT_RESOLUTION),
    APPROVED = BIT(PK_EVENT_APPROVED),
    DISTRIBUTED = BIT(PK_EVENT_DISTRIBUTED),
    CONFIRMED = BIT(PK_EVENT_CONFIRMED),
    AMENDED = BIT(PK_EVENT_AMENDED),
    ALL = BIT(PK_EVENT_KINDS) - 1,
};

#define SAYS(name) offsetof(struct pk_event, name)

const struct pk_event_key pk_event_keys[] = {
    {"time", PK_SAYS_WORD, SAYS(time), ALL, ALL, "when, as RFC 3339 writes it"},
    {"event", PK_SAYS_WORD, SIZE_MAX, ALL, ALL, "what happened"},
    {"who", PK_SAYS_TEXT, SAYS(who), ALL, ALL, "who did it"},
    {"revision", PK_SAYS_NUMBER, SAYS(revision), ALL & ~DETAIL,
     SENT | APPROVED | DISTRIBUTED | CONFIRMED, "which revision, from 1"},
    {"number", PK_SAYS_NUMBER, SAYS(number), OBJECTION | AMENDED, OBJECTION | AMENDED,
     "its number among those of its kind, from 1"},
    {"of", PK_SAYS_NUMBER, SAYS(of), RESOLUTION, RESOLUTION, "the number of the objection"},
    {"outcome", PK_SAYS_OUTCOME, SAYS(outcome), RESOLUTION, RESOLUTION,
     "accepted, compromise or withdrawn"},
    {"level", PK_SAYS_WORD, SAYS(level), DETAIL, DETAIL, "brief, standard or detailed"},
    {"item", PK_SAYS_TEXT, SAYS(item), OBJECTION, 0, "the item, by its id or its first words"},
    {"understood", PK_SAYS_LIST, SAYS(understood), WALKTHROUGH, 0, "items that are understood"},
    {"unclear", PK_SAYS_LIST, SAYS(unclear), WALKTHROUGH, 0, "items that are not"},
    {"text", PK_SAYS_TEXT, SAYS(text), OBJECTION | RESOLUTION | WALKTHROUGH | CONFIRMED, OBJECTION,
     "in words"},
    {"what", PK_SAYS_TEXT, SAYS(what), AMENDED, AMENDED, "what was changed"},
    {"to", PK_SAYS_LIST, SAYS(to), SENT | DISTRIBUTED, SENT | DISTRIBUTED, "to whom: addresses"},
    {"how", PK_SAYS_TEXT, SAYS(how), ALL, 0, "by mail, phone, in person ..."},
    {"reference", PK_SAYS_TEXT, SAYS(reference), ALL, 0, "where it is in writing: a Message-ID"},
    {"digest", PK_SAYS_TEXT, SAYS(digest), SENT | APPROVED | DISTRIBUTED | CONFIRMED | AMENDED,
     SENT | APPROVED | DISTRIBUTED | AMENDED, "SHA-256 of the text as it then was"},
    {0}};

/* -- Time -- */

static bool number_at(struct pk_view text, size_t at, size_t digits, int least, int most, int *out)
{
    *out = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (i >= text.length || text.at[i] < '0' || text.at[i] > '9')
            return false;
        *out = *out * 10 + (text.at[i] - '0');
    }
    return *out >= least && *out <= most;
}

/* RFC 3339, 5.6: "Z", or hours and minutes by which the clock is ahead. */
static bool offset_at(struct pk_view text, size_t at, int *minutes)
{
    int hour, minute;
    *minutes = 0;
    if (at < text.length && (text.at[at] | 32) == 'z')
        return at + 1 == text.length;
    if (at + 6 != text.length || (text.at[at] != '+' && text.at[at] != '-') ||
        text.at[at + 3] != ':' || !number_at(text, at + 1, 2, 0, 23, &hour) ||
        !number_at(text, at + 4, 2, 0, 59, &minute))
        return false;
    *minutes = (hour * 60 + minute) * (text.at[at] == '-' ? -1 : 1);
    return true;
}

bool pk_time_parse(struct pk_view text, int64_t *seconds)
{
    struct pk_date date;
    int hour, minute, second, ahead;
    size_t at = 19;
    if (text.length < 20 || !pk_date_parse_iso(pk_view_part(text, 0, 10), &date) ||
        ((text.at[10] | 32) != 't' && text.at[10] != ' ') || text.at[13] != ':' ||
        text.at[16] != ':' || !number_at(text, 11, 2, 0, 23, &hour) ||
        !number_at(text, 14, 2, 0, 59, &minute) || !number_at(text, 17, 2, 0, 60, &second))
        return false;
    if (text.at[at] == '.') {
        for (at++; at < text.length && text.at[at] >= '0' && text.at[at] <= '9'; at++)
            ;
        if (at == 20)
            return false;
    }
    if (!offset_at(text, at, &ahead))
        return false;
    *seconds = ((int64_t)pk_date_days(date) * 24 + hour) * 3600 + (minute - ahead) * 60 + second;
    return true;
}

/* -- Entries -- */

struct entry {
    struct pk_arena *arena;
    struct pk_log *log;
    struct pk_span span;
    uint32_t front; /* where the YAML starts in the document */
};

static bool flaw(const struct entry *entry, const struct pk_yaml *at, const char *message,
                 struct pk_view word)
{
    struct pk_log_flaw *told = pk_push(entry->arena, &entry->log->flaw);
    told->span = at ? (struct pk_span){entry->front + at->span.start, entry->front + at->span.end}
                    : entry->span;
    told->message = message;
    told->word = word;
    return false;
}

static int among(struct pk_view word, const char *const *names, int count)
{
    int i = 0;
    while (i < count && !pk_is(word, names[i]))
        i++;
    return i;
}

static bool take_number(struct pk_view word, uint32_t *out)
{
    int number;
    bool whole =
        word.length && word.length < 7 && number_at(word, 0, word.length, 1, 999999, &number);
    *out = whole ? (uint32_t)number : 0;
    return whole;
}

static bool take_list(const struct entry *entry, const struct pk_yaml *value, struct pk_names *out)
{
    if (value->kind == PK_YAML_SCALAR) {
        *pk_push(entry->arena, &out->name) = value->value;
        return true;
    }
    for (const struct pk_yaml *item = value->first; item; item = item->next) {
        if (value->kind != PK_YAML_LIST || item->kind != PK_YAML_SCALAR)
            return false;
        *pk_push(entry->arena, &out->name) = item->value;
    }
    return value->kind == PK_YAML_LIST;
}

static bool take(const struct entry *entry, const struct pk_event_key *key,
                 const struct pk_yaml *value, struct pk_event *event)
{
    char *field = (char *)event + key->offset;
    bool scalar = value->kind == PK_YAML_SCALAR;
    int outcome = PK_OUTCOMES;
    switch (key->shape) {
    case PK_SAYS_TEXT:
    case PK_SAYS_WORD:
        *(struct pk_view *)(void *)field = value->value;
        return scalar && value->value.length;
    case PK_SAYS_NUMBER:
        return scalar && take_number(value->value, (uint32_t *)(void *)field);
    case PK_SAYS_OUTCOME:
        outcome = scalar && value->value.length ? among(value->value, pk_outcomes, PK_OUTCOMES)
                                                : PK_OUTCOMES;
        event->outcome = outcome < PK_OUTCOMES ? (enum pk_outcome)outcome : PK_OUTCOME_NONE;
        return outcome < PK_OUTCOMES;
    case PK_SAYS_LIST:
        return take_list(entry, value, (struct pk_names *)(void *)field);
    }
    return false;
}

static const struct pk_event_key *key_of(struct pk_view name)
{
    for (const struct pk_event_key *key = pk_event_keys; key->name; key++) {
        if (pk_is(name, key->name))
            return key;
    }
    return NULL;
}

static bool take_member(const struct entry *entry, const struct pk_yaml *member,
                        struct pk_event *event)
{
    const struct pk_event_key *key = key_of(member->key);
    if (!key || !(key->kinds & BIT(event->kind)))
        return flaw(entry, member, "such an event does not say \"%1\"", member->key);
    if (key->offset == SIZE_MAX)
        return true;
    if (!take(entry, key, member, event))
        return flaw(entry, member, "\"%1\" says nothing that is known", member->key);
    return true;
}

static bool read_entry(const struct entry *entry, const struct pk_yaml *item,
                       struct pk_event *event)
{
    const struct pk_yaml *kind = item->kind == PK_YAML_MAP ? pk_yaml_get(item, "event") : NULL;
    if (!kind || kind->kind != PK_YAML_SCALAR)
        return flaw(entry, NULL, "this entry names no event", PK_VIEW(""));
    int number = among(kind->value, pk_event_kinds, PK_EVENT_KINDS);
    if (number == PK_EVENT_KINDS)
        return flaw(entry, kind, "there is no event \"%1\"", kind->value);
    event->kind = (enum pk_event_kind)number;
    bool sound = true;
    for (const struct pk_yaml *member = item->first; member; member = member->next)
        sound = take_member(entry, member, event) && sound;
    for (const struct pk_event_key *key = pk_event_keys; key->name; key++) {
        if ((key->needed & BIT(event->kind)) && !pk_yaml_get(item, key->name))
            sound = flaw(entry, NULL, "this event does not say \"%1\"", pk_view_of(key->name));
    }
    const struct pk_yaml *time = pk_yaml_get(item, "time");
    if (time && !pk_time_parse(event->time, &event->seconds))
        sound = flaw(entry, time, "%1 is no time such as 2027-03-01T09:30:00+01:00", event->time);
    return sound;
}

void pk_log_read(struct pk_arena *arena, const struct pk_minutes *minutes, struct pk_log *log)
{
    *log = (struct pk_log){0};
    const struct pk_yaml *list = pk_yaml_get(minutes->front, "approval");
    uint32_t front = pk_front_start(minutes);
    if (!list || pk_yaml_is_null(list))
        return;
    struct entry entry = {arena, log, {front + list->span.start, front + list->span.end}, front};
    if (list->kind != PK_YAML_LIST) {
        flaw(&entry, NULL, "the log of approval is no list", PK_VIEW(""));
        return;
    }
    for (const struct pk_yaml *item = list->first; item; item = item->next) {
        struct pk_event event = {0};
        entry.span = (struct pk_span){front + item->span.start, front + item->span.end};
        event.span = entry.span;
        if (read_entry(&entry, item, &event))
            *pk_push(arena, &log->event) = event;
    }
}
