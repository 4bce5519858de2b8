/* carry.c - take over from earlier minutes what the next ones begin with. */
#include "write/carry.h"

#include "write/carrying.h"
#include "write/write.h"

#include <string.h>

/* An item that was met, and what became of it. */
struct met {
    struct pk_identity identity; /* empty: nothing here */
    enum { NEW, CLOSED, CARRIED } fate;
};

struct carry {
    struct pk_carrying item; /* what writing one item anew takes */
    const struct pk_minutes *previous;
    struct pk_arena *arena;
    struct pk_template *template;
    struct pk_carried *carried;
    PK_LIST(struct pk_value) value;
    PK_LIST(struct pk_filling) filling;
    struct met *met; /* by a hash of the identity; twice as many as there are actions */
    uint32_t room;
};

struct entries {
    PK_LIST(struct pk_known) known;
};

void pk_add_value(struct pk_carrying *carrying, struct pk_values *values, const char *key,
                  struct pk_view value)
{
    if (value.length)
        *pk_push(carrying->arena, &values->value) = (struct pk_value){pk_view_of(key), value};
}

bool pk_is_to_fill_in(struct pk_view text)
{
    for (size_t i = 0; i + 1 < text.length; i++) {
        if (text.at[i] == '{' && text.at[i + 1] == '{')
            return true;
    }
    return false;
}

static void fill(struct carry *carry, uint32_t section, const char *key,
                 const struct entries *entries, bool more)
{
    if (entries->known.count)
        *pk_push(carry->arena, &carry->filling) =
            (struct pk_filling){section, key, entries->known.items, entries->known.count, more};
}

/* Of the profile's sections of that kind the first that is written, else the first; -1: none. */
static int section_of(const struct carry *carry, enum pk_section_kind kind)
{
    const struct pk_profile *profile = carry->template->profile;
    int found = -1;
    for (uint32_t i = 0; i < profile->section.count; i++) {
        const struct pk_profile_section *section = &profile->section.items[i];
        if (section->kind != kind)
            continue;
        if (section->required[carry->template->detail])
            return (int)i;
        found = found < 0 ? (int)i : found;
    }
    return found;
}

/* -- Fields and people -- */

/* What one meeting with the same people has in common with the next. */
static bool is_lasting(enum pk_field_kind kind)
{
    return kind == PK_FIELD_PLACE || kind == PK_FIELD_CLIENT || kind == PK_FIELD_CHAIR ||
           kind == PK_FIELD_SECRETARY || kind == PK_FIELD_ORGANISATION || kind == PK_FIELD_OTHER;
}

static void carry_fields(struct carry *carry)
{
    const struct pk_minutes *previous = carry->previous;
    for (uint32_t i = 0; i < previous->field.count; i++) {
        const struct pk_field *field = &previous->field.items[i];
        if (is_lasting(field->kind) && field->id.length && field->value.length &&
            !pk_is_to_fill_in(field->value))
            *pk_push(carry->arena, &carry->value) = (struct pk_value){field->id, field->value};
    }
}

static struct pk_view contacts_of(const struct carry *carry, const struct pk_person *person)
{
    struct pk_buffer out = {.arena = carry->arena};
    for (uint32_t i = 0; i < person->contact.count; i++) {
        if (i)
            pk_puts(&out, ", ");
        pk_put(&out, person->contact.items[i]);
    }
    return pk_written(&out);
}

static void add_person(struct carry *carry, struct entries *people, const struct pk_person *person)
{
    struct pk_values values = {0};
    struct pk_buffer line = {.arena = carry->arena};
    pk_add_value(&carry->item, &values, "name", person->name);
    pk_add_value(&carry->item, &values, "role", person->role);
    pk_add_value(&carry->item, &values, "organisation", person->organisation);
    pk_add_value(&carry->item, &values, "contact", contacts_of(carry, person));
    for (uint32_t i = 0; i < values.value.count; i++) {
        pk_puts(&line, i ? ", " : "- ");
        pk_put(&line, values.value.items[i].value);
    }
    *pk_push(carry->arena, &people->known) = (struct pk_known){
        .value = values.value.items,
        .value_count = values.value.count,
        .line = pk_written(&line),
    };
}

static void carry_people(struct carry *carry)
{
    const struct pk_minutes *previous = carry->previous;
    int section = section_of(carry, PK_SECTION_PARTICIPANTS);
    struct entries people = {0};
    for (uint32_t i = 0; section >= 0 && i < previous->person.count; i++) {
        const struct pk_person *person = &previous->person.items[i];
        if (person->present && !pk_is_to_fill_in(person->name))
            add_person(carry, &people, person);
    }
    if (section >= 0)
        fill(carry, (uint32_t)section, "name", &people, false);
}

/* -- Once each -- */

/* Where an action of that identity is kept; there is always room. */
static struct met *met_as(struct carry *carry, const struct pk_action *action)
{
    struct pk_identity identity = pk_identity_of(action);
    uint32_t at = 0;
    for (const char *byte = identity.uuid; *byte; byte++)
        at = at * 31 + (unsigned char)*byte;
    at %= carry->room;
    while (carry->met[at].identity.uuid[0] &&
           strcmp(carry->met[at].identity.uuid, identity.uuid) != 0)
        at = (at + 1) % carry->room;
    carry->met[at].identity = identity;
    return &carry->met[at];
}

/* -- Marks in the earlier minutes -- */

/* Behind the mark that closes a link or code, whose words end the item. */
static uint32_t behind_marks(struct pk_view text, uint32_t at)
{
    enum { LONGEST_TARGET = 2000 };
    for (; at < text.length && memchr("]`>", text.at[at], 3); at++) {
        char next = at + 1 < text.length ? text.at[at + 1] : '\0';
        uint32_t end = at + 1;
        if (text.at[at] != ']' || (next != '(' && next != '['))
            continue;
        char close = next == '(' ? ')' : ']';
        while (end < text.length && end - at < LONGEST_TARGET && text.at[end] != close &&
               text.at[end] != '\n')
            end++;
        if (end < text.length && text.at[end] == close)
            at = end;
    }
    return at;
}

/* Before the sign that ends the sentence, so that it is a part of it. */
static uint32_t behind_words(struct pk_view text, struct pk_span span)
{
    uint32_t end = behind_marks(text, span.end);
    if (end > span.end)
        return end;
    while (end > span.start && memchr(".!;:", text.at[end - 1], 4))
        end--;
    return end;
}

/* Between single blanks, also where the cell is empty. */
static void mark_cell(struct carry *carry, struct pk_span cell, struct pk_view word,
                      struct pk_edit *edit)
{
    struct pk_view text = carry->previous->blocks.text;
    struct pk_buffer out = {.arena = carry->arena};
    bool empty = cell.start == cell.end;
    if (empty && cell.start > 1 && text.at[cell.start - 1] == ' ' && text.at[cell.start - 2] == ' ')
        cell.start--;
    if (empty && cell.start && text.at[cell.start - 1] == '|')
        pk_putc(&out, ' ');
    pk_put(&out, word);
    if (empty && cell.end < text.length && text.at[cell.end] == '|')
        pk_putc(&out, ' ');
    *edit = (struct pk_edit){cell, pk_written(&out)};
}

/* "[ ]" becomes "[>]", a status the word for it; what has neither gets the word in brackets. */
static void mark(struct carry *carry, const struct pk_action *action)
{
    const struct pk_minutes *previous = carry->previous;
    struct pk_edit *edit = pk_push(carry->arena, &carry->carried->edit);
    struct pk_buffer out = {.arena = carry->arena};
    struct pk_view word = pk_label(previous->language, "carried");
    bool table = action->source == PK_FROM_TABLE;
    if (table && action->box.end) {
        mark_cell(carry, action->box, word, edit);
        return;
    }
    if (action->box.end) {
        edit->span = action->box;
        edit->text = PK_VIEW("[>]");
        return;
    }
    bool said = action->said.end > action->said.start; /* "(open)", and so no longer */
    uint32_t at = behind_words(previous->blocks.text, action->span);
    pk_puts(&out, said ? "(" : " (");
    pk_put(&out, word);
    pk_puts(&out, ")");
    edit->span = said ? action->said : (struct pk_span){at, at};
    edit->text = pk_written(&out);
}

/* -- All of it -- */

static bool is_said(const struct pk_minutes *minutes, const struct pk_action *action)
{
    return !pk_is_to_fill_in(action->text) && !pk_is_blank_value(minutes, action->text);
}

/* What is done goes first: where an item is told twice, done and not, it is done. */
static void sort_out(struct carry *carry, enum pk_state state, struct entries *entries)
{
    const struct pk_minutes *previous = carry->previous;
    for (uint32_t i = 0; i < previous->action.count; i++) {
        const struct pk_action *action = &previous->action.items[i];
        if (action->state != state || !is_said(previous, action))
            continue;
        struct met *met = met_as(carry, action);
        bool first = met->fate == NEW;
        if (state == PK_DONE && first)
            *pk_push(carry->arena, &entries->known) = pk_closed_item(&carry->item, action);
        else if (state == PK_OPEN && first)
            *pk_push(carry->arena, &entries->known) = pk_open_item(&carry->item, action);
        if (first)
            met->fate = state == PK_DONE ? CLOSED : CARRIED;
        if (met->fate == CARRIED)
            mark(carry, action);
    }
}

static void carry_actions(struct carry *carry)
{
    int here = section_of(carry, PK_SECTION_ACTIONS);
    int review = section_of(carry, PK_SECTION_PAST_ACTIONS);
    struct entries open = {0}, closed = {0};
    carry->room = 2 * carry->previous->action.count + 1;
    carry->met = pk_alloc(carry->arena, carry->room * sizeof *carry->met);
    if (!carry->met || here < 0)
        return;
    sort_out(carry, PK_DONE, &closed);
    sort_out(carry, PK_OPEN, &open);
    fill(carry, (uint32_t)here, "task", &open, true);
    carry->carried->open = open.known.count;
    if (review < 0)
        return;
    const struct pk_profile_section *section = &carry->template->profile->section.items[review];
    const struct pk_template *template = carry->template;
    if (!pk_trim(pk_text_for(&section->body, template->detail, template->language)).length)
        return;
    fill(carry, (uint32_t)review, "closed", &closed, false);
    carry->carried->closed = closed.known.count;
}

void pk_carry_over(const struct pk_minutes *previous, struct pk_template *template,
                   struct pk_carried *carried)
{
    struct carry carry = {
        .item = {.previous = previous, .language = template->language, .arena = previous->arena},
        .previous = previous,
        .arena = previous->arena,
        .template = template,
        .carried = carried,
    };
    *carried = (struct pk_carried){0};
    for (uint32_t i = 0; i < template->value_count; i++)
        *pk_push(carry.arena, &carry.value) = template->value[i];
    carry_fields(&carry);
    carry_people(&carry);
    carry_actions(&carry);
    template->value = carry.value.items;
    template->value_count = carry.value.count;
    template->filling = carry.filling.items;
    template->filling_count = carry.filling.count;
}
