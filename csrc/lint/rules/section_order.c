/* section_order.c - the sections stand in the order of the profile. */
#include "lint/lint.h"

/* A section of the document by its number in the profile. */
struct place {
    const struct pk_section *section;
    int number;
    uint32_t length, before; /* the longest run in order that ends here; its place before this */
    bool in_order;
};

struct places {
    PK_LIST(struct place) place;
};

/* Is its place among the sections told? Not where it is a line of a list or one with its words
 * behind the colon, "Notes: Anna", other business, or optional. */
static bool has_place(const struct pk_minutes *minutes, const struct pk_section *section)
{
    int number = section->profile_section;
    uint32_t parent = minutes->blocks.block.items[section->block].parent;
    return number >= 0 && section->first > section->block &&
           section->kind != PK_SECTION_OTHER_BUSINESS &&
           minutes->profile->section.items[number].required[minutes->detail] &&
           minutes->blocks.block.items[parent].kind != PK_ITEM;
}

/* Those that stand in no other and do not recur: what each topic has of its own has no order. */
static void gather(const struct pk_minutes *minutes, struct places *places)
{
    uint32_t *times = pk_alloc(minutes->arena, minutes->profile->section.count * sizeof *times);
    uint32_t inside = 0;
    for (uint32_t pass = 0; times && pass < 2; pass++, inside = 0)
        for (uint32_t i = 0; i < minutes->section.count; i++) {
            const struct pk_section *section = &minutes->section.items[i];
            int number = section->profile_section;
            if (section->block < inside || !has_place(minutes, section))
                continue;
            inside = section->end;
            if (!pass)
                times[number]++;
            else if (times[number] == 1)
                *pk_push(minutes->arena, &places->place) = (struct place){section, number, 1, 0, 0};
        }
}

/* Marks a longest run of places in order. They are as few as a profile's sections. */
static void find_order(struct place *place, uint32_t count)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < count; i++) {
        place[i].before = i;
        for (uint32_t j = 0; j < i; j++)
            if (place[j].number < place[i].number && place[j].length >= place[i].length) {
                place[i].length = place[j].length + 1;
                place[i].before = j;
            }
        last = place[i].length > place[last].length ? i : last;
    }
    for (;; last = place[last].before) {
        place[last].in_order = true;
        if (place[last].before == last)
            return;
    }
}

/* Who came and what is to be talked about open minutes, the one or the other first. */
static bool are_both_head(const struct pk_section *one, const struct pk_section *other)
{
    return (one->kind == PK_SECTION_AGENDA && other->kind == PK_SECTION_PARTICIPANTS) ||
           (one->kind == PK_SECTION_PARTICIPANTS && other->kind == PK_SECTION_AGENDA);
}

static void report(struct pk_lint *lint, const struct place *place, uint32_t count, uint32_t at)
{
    const struct pk_section *section = place[at].section;
    for (uint32_t i = count - 1; i > at; i--)
        if (place[i].in_order && place[i].number < place[at].number &&
            !are_both_head(section, place[i].section)) {
            pk_report2(lint, section->span, "\"%1\" should come after \"%2\"", section->title,
                       place[i].section->title);
            return;
        }
    for (uint32_t i = 0; i < at; i++)
        if (place[i].in_order && place[i].number > place[at].number &&
            !are_both_head(section, place[i].section)) {
            pk_report2(lint, section->span, "\"%1\" should come before \"%2\"", section->title,
                       place[i].section->title);
            return;
        }
}

static void check(struct pk_lint *lint)
{
    struct places places = {0};
    gather(pk_minutes_of(lint), &places);
    if (!places.place.count)
        return;
    find_order(places.place.items, places.place.count);
    for (uint32_t i = 0; i < places.place.count; i++)
        if (!places.place.items[i].in_order)
            report(lint, places.place.items, places.place.count, i);
}

const struct pk_rule pk_rule_section_order = {
    .id = "section-order",
    .severity = PK_INFO,
    .summary = "the sections stand in the order of the profile",
    .help = "Who reads many minutes finds things by their place: first who met and why, then what "
            "was discussed, then what was agreed; participants and agenda may change places. Move "
            "the section to where the message says; the "
            "fewest sections that must move are named:\n\n"
            "    Participants, Purpose, Topics, Agreements, Next steps, Closing",
    .check = check,
};
