/* compare.c - what differs between the items of two revisions. */
#include "approval/pairing.h"

#include <string.h>

const char *const pk_compared[PK_COMPARED_KINDS] = {"field",    "person",   "action", "agreement",
                                                    "decision", "question", "risk"};
const char *const pk_differings[PK_DIFFERINGS] = {"added", "removed", "reworded", "owner",
                                                  "due",   "state",   "vote"};

/* -- The items of a text -- */

struct gathering {
    struct pk_arena *arena;
    struct pk_comparables *side;
    struct pk_passages internal;
    uint32_t passage; /* the first that does not end before the item before */
};

static bool is_internal(struct gathering *gathering, struct pk_span span)
{
    const struct pk_passages *internal = &gathering->internal;
    if (gathering->passage && internal->span.items[gathering->passage - 1].end > span.start)
        gathering->passage = 0; /* items of another kind begin anew */
    while (gathering->passage < internal->span.count &&
           internal->span.items[gathering->passage].end <= span.start)
        gathering->passage++;
    return gathering->passage < internal->span.count &&
           internal->span.items[gathering->passage].start <= span.start;
}

/* Runs of white space as one blank, in one line. */
static struct pk_view in_one_line(struct pk_arena *arena, struct pk_view text)
{
    struct pk_buffer out = {.arena = arena};
    size_t width;
    bool blank = false;
    for (text = pk_trim(text); text.length; text = pk_view_part(text, width, text.length)) {
        bool space = pk_is_space(pk_decode(text, &width));
        if (blank && !space)
            pk_putc(&out, ' ');
        if (!space)
            pk_put(&out, pk_view_part(text, 0, width));
        blank = space;
    }
    return pk_written(&out);
}

static struct pk_comparable *add(struct gathering *gathering, enum pk_compared what,
                                 struct pk_span span, struct pk_view id, struct pk_view text)
{
    if (is_internal(gathering, span))
        return NULL;
    struct pk_comparable *item = pk_push(gathering->arena, &gathering->side->item);
    struct pk_view line = in_one_line(gathering->arena, text);
    *item = (struct pk_comparable){
        .what = what, .span = span, .id = id, .text = line, .bare = line, .pair = PK_ALONE};
    return item;
}

static void set_section(struct gathering *gathering, struct pk_comparable *item, int section)
{
    const struct pk_minutes *minutes = gathering->side->minutes;
    if (item && section >= 0)
        item->section = minutes->section.items[section].title;
}

/* The text without the first place where those words stand. */
static struct pk_view without(struct pk_arena *arena, struct pk_view text, struct pk_view words)
{
    enum { LONGEST = 4096 /* bytes of a text that is searched */ };
    size_t at = 0;
    if (!words.length || text.length > LONGEST)
        return text;
    while (at + words.length <= text.length && memcmp(text.at + at, words.at, words.length) != 0)
        at++;
    if (at + words.length > text.length)
        return text;
    struct pk_buffer out = {.arena = arena};
    pk_put(&out, pk_view_part(text, 0, at));
    pk_put(&out, pk_view_part(text, at + words.length, text.length));
    return in_one_line(arena, pk_written(&out));
}

enum { MOST_OWNERS = 16 /* of an item, that are looked for in its text */ };

static void add_action(struct gathering *gathering, const struct pk_action *action)
{
    struct pk_arena *arena = gathering->arena;
    struct pk_identity identity = pk_identity_of(action);
    struct pk_comparable *item =
        add(gathering, PK_COMPARED_ACTION, action->span, action->id, action->text);
    if (!item)
        return;
    item->item = action;
    item->identity = pk_digest(PK_DIGEST, pk_view_of(identity.uuid));
    item->bare = without(arena, item->text, in_one_line(arena, action->due_text));
    for (uint32_t i = 0; i < action->owner.count; i++) {
        const struct pk_owner *owner = &action->owner.items[i];
        if (i < MOST_OWNERS)
            item->bare = without(arena, item->bare, in_one_line(arena, owner->name));
        if (!pk_is_owner_again(action, i))
            item->owners += pk_digest(PK_DIGEST, pk_folded(arena, pk_owner_name(owner)));
    }
    set_section(gathering, item, action->section);
}

static void add_decision(struct gathering *gathering, const struct pk_decision *decision)
{
    const struct pk_minutes *minutes = gathering->side->minutes;
    bool agreed = decision->section >= 0 &&
                  minutes->section.items[decision->section].kind == PK_SECTION_AGREEMENTS;
    struct pk_comparable *item =
        add(gathering, agreed ? PK_COMPARED_AGREEMENT : PK_COMPARED_DECISION, decision->span,
            decision->id, decision->text);
    if (item)
        item->item = decision;
    set_section(gathering, item, decision->section);
}

static void add_field(struct gathering *gathering, const struct pk_field *field)
{
    struct pk_span span = {field->label.end ? field->label.start : field->span.start,
                           field->span.end};
    bool people = field->kind == PK_FIELD_PARTICIPANTS || field->kind == PK_FIELD_ABSENT;
    if (people || !field->value.length || span.end <= span.start)
        return;
    struct pk_comparable *item = add(gathering, PK_COMPARED_FIELD, span, field->id, field->value);
    if (item)
        item->identity = pk_digest(PK_DIGEST, field->id);
}

static void gather(struct pk_arena *arena, const struct pk_minutes *minutes,
                   struct pk_comparables *side)
{
    struct gathering gathering = {.arena = arena, .side = side};
    side->minutes = minutes;
    pk_internal(arena, minutes, &gathering.internal);
    for (uint32_t i = 0; i < minutes->field.count; i++)
        add_field(&gathering, &minutes->field.items[i]);
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        struct pk_comparable *item =
            add(&gathering, PK_COMPARED_PERSON, person->span, PK_VIEW(""), person->name);
        if (item)
            item->item = person;
    }
    for (uint32_t i = 0; i < minutes->decision.count; i++)
        add_decision(&gathering, &minutes->decision.items[i]);
    for (uint32_t i = 0; i < minutes->action.count; i++)
        add_action(&gathering, &minutes->action.items[i]);
    for (uint32_t i = 0; i < minutes->question.count; i++) {
        const struct pk_point *point = &minutes->question.items[i];
        set_section(&gathering,
                    add(&gathering, PK_COMPARED_QUESTION, point->span, point->id, point->text),
                    point->section);
    }
    for (uint32_t i = 0; i < minutes->risk.count; i++) {
        const struct pk_point *point = &minutes->risk.items[i];
        set_section(&gathering,
                    add(&gathering, PK_COMPARED_RISK, point->span, point->id, point->text),
                    point->section);
    }
}

/* -- What differs between the two of a pair -- */

struct telling {
    struct pk_arena *arena;
    struct pk_comparison *out;
    const struct pk_language *language;
    const struct pk_comparable *old_item, *new_item;
};

static void tell(struct telling *telling, enum pk_differing how, struct pk_view before,
                 struct pk_view after)
{
    const struct pk_comparable *one = telling->old_item, *other = telling->new_item;
    const struct pk_comparable *shown = other ? other : one;
    *pk_push(telling->arena, &telling->out->difference) = (struct pk_difference){
        .what = shown->what,
        .how = how,
        .old_span = one ? one->span : (struct pk_span){0, 0},
        .new_span = other ? other->span : (struct pk_span){0, 0},
        .id = shown->id,
        .text = shown->text,
        .before = before,
        .after = after,
    };
}

/* In more than owners and due. A name in the text may be that of an owner, or of anybody. */
static bool is_reworded(const struct telling *telling)
{
    const struct pk_comparable *one = telling->old_item, *other = telling->new_item;
    return !pk_same(one->bare, other->bare) && !pk_same(one->text, other->text);
}

static struct pk_view owners_of(struct telling *telling, const struct pk_action *action)
{
    struct pk_buffer out = {.arena = telling->arena};
    for (uint32_t i = 0; i < action->owner.count; i++) {
        if (pk_is_owner_again(action, i))
            continue;
        pk_puts(&out, out.length ? ", " : "");
        pk_put(&out, in_one_line(telling->arena, pk_owner_name(&action->owner.items[i])));
    }
    return out.length ? pk_written(&out) : pk_say(telling->language, "nobody");
}

static struct pk_view due_of(struct telling *telling, const struct pk_action *action)
{
    struct pk_buffer out = {.arena = telling->arena};
    if (action->due.year)
        pk_write_date(&out, action->due, telling->language);
    else
        pk_put(&out, in_one_line(telling->arena, action->due_text));
    if (action->due.year && action->due_time.given)
        pk_putf(&out, " %02d:%02d", action->due_time.hour, action->due_time.minute);
    return out.length ? pk_written(&out) : pk_say(telling->language, "no date");
}

static bool same_due(struct pk_arena *arena, const struct pk_action *one,
                     const struct pk_action *other)
{
    if (one->due.year && other->due.year)
        return pk_date_compare(one->due, other->due) == 0 &&
               one->due_time.given == other->due_time.given &&
               one->due_time.hour == other->due_time.hour &&
               one->due_time.minute == other->due_time.minute;
    return !one->due.year && !other->due.year &&
           pk_same_folded(in_one_line(arena, one->due_text), in_one_line(arena, other->due_text));
}

static void compare_actions(struct telling *telling)
{
    const struct pk_action *one = telling->old_item->item, *other = telling->new_item->item;
    if (telling->old_item->owners != telling->new_item->owners)
        tell(telling, PK_IS_REOWNED, owners_of(telling, one), owners_of(telling, other));
    if (!same_due(telling->arena, one, other))
        tell(telling, PK_IS_MOVED, due_of(telling, one), due_of(telling, other));
    if (one->state != other->state)
        tell(telling, PK_IS_RESTATED, pk_say(telling->language, pk_states[one->state]),
             pk_say(telling->language, pk_states[other->state]));
}

static struct pk_view vote_of(struct telling *telling, const struct pk_votes *votes)
{
    const int counts[] = {votes->in_favour, votes->against, votes->abstained};
    struct pk_buffer out = {.arena = telling->arena};
    if (!votes->given || votes->unanimous)
        return pk_say(telling->language, votes->given ? "unanimous" : "no vote");
    for (int i = 0; i < 3; i++) {
        pk_puts(&out, i ? "/" : "");
        if (counts[i] < 0)
            pk_puts(&out, "?");
        else
            pk_putf(&out, "%d", counts[i]);
    }
    return pk_written(&out);
}

static void compare_decisions(struct telling *telling)
{
    const struct pk_decision *one = telling->old_item->item, *other = telling->new_item->item;
    struct pk_view before = vote_of(telling, &one->votes), after = vote_of(telling, &other->votes);
    if (!is_reworded(telling) && !pk_same(before, after)) /* else the words tell it */
        tell(telling, PK_IS_REVOTED, before, after);
}

static void compare_people(struct telling *telling)
{
    const struct pk_person *one = telling->old_item->item, *other = telling->new_item->item;
    if (one->present != other->present)
        tell(telling, PK_IS_RESTATED,
             pk_say(telling->language, one->present ? "present" : "absent"),
             pk_say(telling->language, other->present ? "present" : "absent"));
}

static void compare_pair(struct telling *telling)
{
    const struct pk_comparable *one = telling->old_item, *other = telling->new_item;
    uint32_t before = telling->out->difference.count;
    if (is_reworded(telling))
        tell(telling, PK_IS_REWORDED, one->text, other->text);
    if (other->what == PK_COMPARED_ACTION)
        compare_actions(telling);
    else if (pk_pool_of(other->what) == PK_COMPARED_DECISION)
        compare_decisions(telling);
    else if (other->what == PK_COMPARED_PERSON)
        compare_people(telling);
    telling->out->changed += telling->out->difference.count > before;
}

void pk_compare(struct pk_arena *arena, const struct pk_minutes *old_minutes,
                const struct pk_minutes *new_minutes, struct pk_comparison *out)
{
    struct pk_comparables old_side = {0}, new_side = {0};
    struct telling telling = {.arena = arena, .out = out, .language = new_minutes->language};
    *out = (struct pk_comparison){.old_minutes = old_minutes, .new_minutes = new_minutes};
    gather(arena, old_minutes, &old_side);
    gather(arena, new_minutes, &new_side);
    if (arena->failed)
        return;
    pk_pair(arena, &old_side, &new_side);
    for (uint32_t i = 0; i < new_side.item.count; i++) {
        telling.new_item = &new_side.item.items[i];
        uint32_t pair = telling.new_item->pair;
        telling.old_item = pair == PK_ALONE ? NULL : &old_side.item.items[pair];
        if (telling.old_item)
            compare_pair(&telling);
        else
            tell(&telling, PK_IS_ADDED, PK_VIEW(""), PK_VIEW(""));
        out->added += !telling.old_item;
    }
    telling.new_item = NULL;
    for (uint32_t i = 0; old_side.item.items && i < old_side.item.count; i++) {
        if (old_side.item.items[i].pair != PK_ALONE)
            continue;
        telling.old_item = &old_side.item.items[i];
        tell(&telling, PK_IS_REMOVED, PK_VIEW(""), PK_VIEW(""));
        out->removed++;
    }
    out->around = !out->difference.count &&
                  !pk_same(pk_canonical(arena, old_minutes), pk_canonical(arena, new_minutes));
}
