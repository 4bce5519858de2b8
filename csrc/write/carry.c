/* carry.c - take over from earlier minutes what the next ones begin with. */
#include "write/carry.h"

#include "write/write.h"

#include <string.h>

/* An item that was met, and what became of it. */
struct met {
    struct pk_identity identity; /* empty: nothing here */
    enum { NEW, CLOSED, CARRIED } fate;
};

struct carrying {
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

struct values {
    PK_LIST(struct pk_value) value;
};

static void add_value(struct pk_arena *arena, struct values *values, const char *key,
                      struct pk_view value)
{
    if (value.length)
        *pk_push(arena, &values->value) = (struct pk_value){pk_view_of(key), value};
}

static bool has_mark(struct pk_view text)
{
    for (size_t i = 0; i + 1 < text.length; i++) {
        if (text.at[i] == '{' && text.at[i + 1] == '{')
            return true;
    }
    return false;
}

static void fill(struct carrying *carrying, uint32_t section, const char *key,
                 const struct entries *entries, bool more)
{
    if (entries->known.count)
        *pk_push(carrying->arena, &carrying->filling) =
            (struct pk_filling){section, key, entries->known.items, entries->known.count, more};
}

/* Of the profile's sections of that kind the first that is written, else the first; -1: none. */
static int section_of(const struct carrying *carrying, enum pk_section_kind kind)
{
    const struct pk_profile *profile = carrying->template->profile;
    int found = -1;
    for (uint32_t i = 0; i < profile->section.count; i++) {
        const struct pk_profile_section *section = &profile->section.items[i];
        if (section->kind != kind)
            continue;
        if (section->required[carrying->template->detail])
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

static void carry_fields(struct carrying *carrying)
{
    const struct pk_minutes *previous = carrying->previous;
    for (uint32_t i = 0; i < previous->field.count; i++) {
        const struct pk_field *field = &previous->field.items[i];
        if (is_lasting(field->kind) && field->id.length && field->value.length &&
            !has_mark(field->value))
            *pk_push(carrying->arena, &carrying->value) =
                (struct pk_value){field->id, field->value};
    }
}

static struct pk_view contacts_of(const struct carrying *carrying, const struct pk_person *person)
{
    struct pk_buffer out = {.arena = carrying->arena};
    for (uint32_t i = 0; i < person->contact.count; i++) {
        if (i)
            pk_puts(&out, ", ");
        pk_put(&out, person->contact.items[i]);
    }
    return pk_written(&out);
}

static void add_person(struct carrying *carrying, struct entries *people,
                       const struct pk_person *person)
{
    struct values values = {0};
    struct pk_buffer line = {.arena = carrying->arena};
    add_value(carrying->arena, &values, "name", person->name);
    add_value(carrying->arena, &values, "role", person->role);
    add_value(carrying->arena, &values, "organisation", person->organisation);
    add_value(carrying->arena, &values, "contact", contacts_of(carrying, person));
    for (uint32_t i = 0; i < values.value.count; i++) {
        pk_puts(&line, i ? ", " : "- ");
        pk_put(&line, values.value.items[i].value);
    }
    *pk_push(carrying->arena, &people->known) = (struct pk_known){
        .value = values.value.items,
        .value_count = values.value.count,
        .line = pk_written(&line),
    };
}

static void carry_people(struct carrying *carrying)
{
    const struct pk_minutes *previous = carrying->previous;
    int section = section_of(carrying, PK_SECTION_PARTICIPANTS);
    struct entries people = {0};
    for (uint32_t i = 0; section >= 0 && i < previous->person.count; i++) {
        const struct pk_person *person = &previous->person.items[i];
        if (person->present && !has_mark(person->name))
            add_person(carrying, &people, person);
    }
    if (section >= 0)
        fill(carrying, (uint32_t)section, "name", &people, false);
}

/* -- Once each -- */

/* Where an action of that identity is kept; there is always room. */
static struct met *met_as(struct carrying *carrying, const struct pk_action *action)
{
    struct pk_identity identity = pk_identity_of(action);
    uint32_t at = 0;
    for (const char *byte = identity.uuid; *byte; byte++)
        at = at * 31 + (unsigned char)*byte;
    at %= carrying->room;
    while (carrying->met[at].identity.uuid[0] &&
           strcmp(carrying->met[at].identity.uuid, identity.uuid) != 0)
        at = (at + 1) % carrying->room;
    carrying->met[at].identity = identity;
    return &carrying->met[at];
}

/* -- An item, written anew -- */

/* The comment that tells where it comes from, if it has one already. */
static struct pk_view origin_in(const struct carrying *carrying, const struct pk_action *action)
{
    const struct pk_minutes *previous = carrying->previous;
    const struct pk_block *block = &previous->blocks.block.items[action->block];
    struct pk_view text = pk_slice(previous->blocks.text, block->span);
    for (size_t at = 0; at + 4 < text.length; at++) {
        if (text.at[at] != '<' || !pk_starts(pk_view_part(text, at, text.length), PK_VIEW("<!--")))
            continue;
        size_t end = at + 4;
        while (end < text.length && text.at[end] != '>' && text.at[end] != '\n')
            end++;
        struct pk_view inside = pk_trim(pk_view_part(text, at + 4, end));
        for (uint32_t i = 0; i < previous->library->language.count; i++) {
            struct pk_view from = pk_label(&previous->library->language.items[i], "carried-from");
            if (end < text.length && text.at[end] == '>' && pk_starts(inside, from) &&
                pk_starts(pk_view_part(inside, from.length, inside.length), PK_VIEW(" ")))
                return pk_view_part(text, at, end + 1);
        }
    }
    return PK_VIEW("");
}

static void put_origin(struct pk_buffer *out, const struct carrying *carrying,
                       const struct pk_action *action)
{
    struct pk_view origin = origin_in(carrying, action);
    if (origin.length || !carrying->previous->date.year) {
        pk_put(out, origin);
        return;
    }
    pk_puts(out, "<!-- ");
    pk_put(out, pk_label(carrying->template->language, "carried-from"));
    pk_putc(out, ' ');
    pk_write_date(out, carrying->previous->date, carrying->template->language);
    pk_puts(out, " -->");
}

/* An id that holds a letter names the item; a mere number is that of a row. */
static bool is_name(struct pk_view id, bool *anchor)
{
    bool letter = false;
    size_t width;
    *anchor = true;
    for (size_t i = 0; i < id.length; i += width) {
        uint32_t sign = pk_decode(pk_view_part(id, i, id.length), &width);
        letter = letter || pk_is_letter(sign);
        *anchor = *anchor && ((pk_is_word(sign) && sign < 0x80) || sign == '-');
    }
    return letter;
}

static struct pk_view tail_of(const struct carrying *carrying, const struct pk_action *action)
{
    struct pk_buffer out = {.arena = carrying->arena};
    bool anchor;
    if (is_name(action->id, &anchor)) {
        pk_puts(&out, anchor ? "^" : "[id:: ");
        pk_put(&out, action->id);
        pk_puts(&out, anchor ? " " : "] ");
    }
    put_origin(&out, carrying, action);
    return pk_trim(pk_written(&out));
}

static struct pk_view owners_of(const struct carrying *carrying, const struct pk_action *action)
{
    struct pk_view text = carrying->previous->blocks.text;
    struct pk_buffer out = {.arena = carrying->arena};
    for (uint32_t i = 0; i < action->owner.count; i++) {
        const struct pk_owner *owner = &action->owner.items[i];
        bool handle = owner->span.start && text.at[owner->span.start - 1] == '@';
        if (has_mark(owner->name))
            continue;
        if (out.length)
            pk_puts(&out, ", ");
        pk_puts(&out, handle ? "@" : "");
        pk_put(&out, owner->name);
    }
    return pk_written(&out);
}

static struct pk_view due_of(const struct carrying *carrying, const struct pk_action *action)
{
    struct pk_buffer out = {.arena = carrying->arena};
    if (action->due.year)
        pk_write_date(&out, action->due, carrying->template->language);
    else if (!has_mark(action->due_text))
        pk_put(&out, action->due_text);
    return pk_written(&out);
}

static bool find(struct pk_view text, struct pk_view part, size_t *at)
{
    for (*at = 0; part.length && *at + part.length <= text.length; (*at)++) {
        if (memcmp(text.at + *at, part.at, part.length) == 0)
            return true;
    }
    return false;
}

/* Does it tell the year? Then it means the same day wherever it stands. */
static bool has_year(struct pk_view text)
{
    uint32_t digits = 0;
    for (size_t i = 0; i < text.length && digits < 4; i++)
        digits = text.at[i] >= '0' && text.at[i] <= '9' ? digits + 1 : 0;
    return digits == 4;
}

/* "call Tom by Friday about paper": the day is part of the sentence. Then it is told there, and
 * there only. False: it is to be told apart. */
static bool freeze(const struct carrying *carrying, const struct pk_action *action,
                   struct pk_view due, struct pk_view *words)
{
    size_t at, length = 0;
    if (!find(*words, action->due_text, &at))
        return false;
    if (!action->due.year || has_year(action->due_text))
        return true;
    const struct pk_words *table = &carrying->previous->library->words;
    if (!pk_words_of(table, action->due_text, PK_WORD_DUE, &length))
        length = 0;
    struct pk_view rest = pk_trim(pk_view_part(action->due_text, length, action->due_text.length));
    bool counted = rest.length && rest.at[0] >= '0' && rest.at[0] <= '9'; /* "within 3 days" */
    struct pk_buffer out = {.arena = carrying->arena};
    pk_put(&out, pk_view_part(*words, 0, at));
    if (counted || length)
        pk_put(&out, counted ? pk_label(carrying->template->language, "due-inline")
                             : pk_trim(pk_view_part(action->due_text, 0, length)));
    pk_puts(&out, counted || length ? " " : "");
    pk_put(&out, due);
    pk_put(&out, pk_view_part(*words, at + action->due_text.length, words->length));
    *words = pk_written(&out);
    return counted || length;
}

/* "- [ ] send the draft — owner: Anna Weber, due: 20.03.2026" */
static struct pk_view line_of(const struct carrying *carrying, struct pk_view words,
                              struct pk_view owners, struct pk_view due)
{
    const struct pk_language *language = carrying->template->language;
    struct pk_buffer out = {.arena = carrying->arena};
    pk_puts(&out, "- [ ] ");
    pk_put(&out, words);
    pk_puts(&out, owners.length || due.length ? " \u2014 " : "");
    if (owners.length) {
        pk_put(&out, pk_label(language, "owner-inline"));
        pk_puts(&out, ": ");
        pk_put(&out, owners);
    }
    if (due.length) {
        pk_puts(&out, owners.length ? ", " : "");
        pk_put(&out, pk_label(language, "due-inline"));
        pk_puts(&out, ": ");
        pk_put(&out, due);
    }
    return pk_written(&out);
}

static void add_open(struct carrying *carrying, struct entries *open,
                     const struct pk_action *action)
{
    struct values values = {0};
    struct pk_view words = pk_wording_of(carrying->previous, action);
    struct pk_view owners = owners_of(carrying, action), due = due_of(carrying, action);
    bool frozen = freeze(carrying, action, due, &words);
    add_value(carrying->arena, &values, "task", words);
    add_value(carrying->arena, &values, "owner", owners);
    add_value(carrying->arena, &values, "due", due);
    *pk_push(carrying->arena, &open->known) = (struct pk_known){
        .value = values.value.items,
        .value_count = values.value.count,
        .line = line_of(carrying, words, owners, frozen ? PK_VIEW("") : due),
        .own_line = frozen,
        .tail = tail_of(carrying, action),
    };
}

static void add_closed(struct carrying *carrying, struct entries *closed,
                       const struct pk_action *action)
{
    struct values values = {0};
    struct pk_buffer out = {.arena = carrying->arena}, line = {.arena = carrying->arena};
    struct pk_view owners = owners_of(carrying, action);
    pk_put(&out, pk_wording_of(carrying->previous, action));
    pk_puts(&out, owners.length ? " \u2014 " : "");
    pk_put(&out, owners);
    pk_puts(&line, "- ");
    pk_put(&line, pk_written(&out));
    add_value(carrying->arena, &values, "closed", pk_written(&out));
    *pk_push(carrying->arena, &closed->known) = (struct pk_known){
        .value = values.value.items,
        .value_count = values.value.count,
        .line = pk_written(&line),
    };
}

/* -- Marks in the earlier minutes -- */

/* Before the sign that ends the sentence, so that it is a part of it. */
static uint32_t behind_words(struct pk_view text, struct pk_span span)
{
    while (span.end > span.start && strchr(".;", text.at[span.end - 1]))
        span.end--;
    return span.end;
}

/* Between single blanks, also where the cell is empty. */
static void mark_cell(struct carrying *carrying, struct pk_span cell, struct pk_view word,
                      struct pk_edit *edit)
{
    struct pk_view text = carrying->previous->blocks.text;
    struct pk_buffer out = {.arena = carrying->arena};
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
static void mark(struct carrying *carrying, const struct pk_action *action)
{
    const struct pk_minutes *previous = carrying->previous;
    struct pk_edit *edit = pk_push(carrying->arena, &carrying->carried->edit);
    struct pk_buffer out = {.arena = carrying->arena};
    struct pk_view word = pk_label(previous->language, "carried");
    bool table = action->source == PK_FROM_TABLE;
    if (table && action->box.end) {
        mark_cell(carrying, action->box, word, edit);
        return;
    }
    if (action->box.end) {
        edit->span = action->box;
        edit->text = PK_VIEW("[>]");
        return;
    }
    uint32_t at = behind_words(previous->blocks.text, action->span);
    pk_puts(&out, " (");
    pk_put(&out, word);
    pk_puts(&out, ")");
    edit->span = (struct pk_span){at, at};
    edit->text = pk_written(&out);
}

/* -- All of it -- */

static bool is_said(const struct pk_minutes *minutes, const struct pk_action *action)
{
    return !has_mark(action->text) && !pk_is_blank_value(minutes, action->text);
}

/* What is done goes first: where an item is told twice, done and not, it is done. */
static void sort_out(struct carrying *carrying, enum pk_state state, struct entries *entries)
{
    const struct pk_minutes *previous = carrying->previous;
    for (uint32_t i = 0; i < previous->action.count; i++) {
        const struct pk_action *action = &previous->action.items[i];
        if (action->state != state || !is_said(previous, action))
            continue;
        struct met *met = met_as(carrying, action);
        bool first = met->fate == NEW;
        if (state == PK_DONE && first)
            add_closed(carrying, entries, action);
        else if (state == PK_OPEN && first)
            add_open(carrying, entries, action);
        if (first)
            met->fate = state == PK_DONE ? CLOSED : CARRIED;
        if (met->fate == CARRIED)
            mark(carrying, action);
    }
}

static void carry_actions(struct carrying *carrying)
{
    int here = section_of(carrying, PK_SECTION_ACTIONS);
    int review = section_of(carrying, PK_SECTION_PAST_ACTIONS);
    struct entries open = {0}, closed = {0};
    carrying->room = 2 * carrying->previous->action.count + 1;
    carrying->met = pk_alloc(carrying->arena, carrying->room * sizeof *carrying->met);
    if (!carrying->met || here < 0)
        return;
    sort_out(carrying, PK_DONE, &closed);
    sort_out(carrying, PK_OPEN, &open);
    fill(carrying, (uint32_t)here, "task", &open, true);
    carrying->carried->open = open.known.count;
    if (review < 0)
        return;
    const struct pk_profile_section *section = &carrying->template->profile->section.items[review];
    if (!pk_trim(section->body.text[carrying->template->detail]).length)
        return;
    fill(carrying, (uint32_t)review, "closed", &closed, false);
    carrying->carried->closed = closed.known.count;
}

void pk_carry_over(const struct pk_minutes *previous, struct pk_template *template,
                   struct pk_carried *carried)
{
    struct carrying carrying = {
        .previous = previous, .arena = previous->arena, .template = template, .carried = carried};
    *carried = (struct pk_carried){0};
    for (uint32_t i = 0; i < template->value_count; i++)
        *pk_push(carrying.arena, &carrying.value) = template->value[i];
    carry_fields(&carrying);
    carry_people(&carrying);
    carry_actions(&carrying);
    template->value = carrying.value.items;
    template->value_count = carrying.value.count;
    template->filling = carrying.filling.items;
    template->filling_count = carrying.filling.count;
}
