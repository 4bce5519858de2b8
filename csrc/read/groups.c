/* groups.c - what action items have from what they stand under: owners, due dates. */
#include "read/actions.h"

uint32_t pk_outer_item(const struct pk_reader *reader, uint32_t item)
{
    uint32_t list = pk_block_of(reader, item)->parent;
    return pk_inside(reader, pk_block_of(reader, list)->parent, PK_ITEM);
}

/* An item that only gathers those inside it: it ends with a colon or is but a name. */
bool pk_is_group(const struct pk_reader *reader, uint32_t item, uint32_t paragraph,
                 const struct pk_flow *flow)
{
    if (pk_block_of(reader, item)->next <= pk_block_of(reader, paragraph)->next)
        return false;
    struct pk_range all = pk_trim_range(flow->text, (struct pk_range){0, flow->text.length});
    if (all.start >= all.end)
        return true;
    size_t width, end;
    uint32_t last = pk_decode_before(flow->text, all.end, &width), count;
    if (last == ':' || last == 0xFF1A || pk_all_in_style(flow, all, PK_STRONG))
        return true;
    struct pk_range names[PK_MOST_OWNERS];
    pk_names_at(reader, flow->text, all.start, all.end, names, PK_MOST_OWNERS, &count, &end);
    return end == all.end;
}

/* The names in the words of a group: "Backend (Anna):", "*Boris*:". */
static void group_owners(const struct pk_reader *reader, struct pk_item *names)
{
    const struct pk_flow *flow = names->flow;
    struct pk_range all = pk_trim_signs(flow->text, (struct pk_range){0, flow->text.length});
    size_t end;
    names->range = all;
    enum pk_named named = pk_names_at(reader, flow->text, all.start, all.end, names->owner,
                                      PK_MOST_OWNERS, &names->owners, &end);
    bool likely = named >= PK_HEARD_NAME || (named == PK_MAYBE_NAME && !reader->names.count);
    if (end == all.end && likely)
        return;
    names->owners = 0;
    pk_find_owners(reader, names, true);
}

/* Is the leaf but names we know, "Anna:", "### Boris and Ida"? */
static bool is_names(const struct pk_reader *reader, const struct pk_flow *flow,
                     struct pk_item *names)
{
    struct pk_range all = pk_trim_signs(flow->text, (struct pk_range){0, flow->text.length});
    size_t end;
    names->flow = flow;
    bool sure = pk_names_at(reader, flow->text, all.start, all.end, names->owner, PK_MOST_OWNERS,
                            &names->owners, &end) >= PK_HEARD_NAME;
    if (!sure || end != all.end)
        names->owners = 0;
    return names->owners > 0;
}

/* Somebody's name over the list in which an item stands, or in the last heading of its section:
 * what stands under it is theirs. */
static bool names_over(struct search *search, uint32_t item, struct pk_item *names)
{
    struct pk_reader *reader = search->reader;
    const struct pk_section *section = pk_section_at(reader, item);
    uint32_t list = item, outer;
    if (!section || section->kind != PK_SECTION_ACTIONS)
        return false;
    if (pk_block_of(reader, item)->kind == PK_ITEM) {
        while ((outer = pk_outer_item(reader, list)) != 0)
            list = outer;
        list = pk_block_of(reader, list)->parent;
    }
    uint32_t before = list - 1;
    bool over = pk_block_of(reader, before)->kind == PK_PARAGRAPH && before >= section->first &&
                pk_block_of(reader, before)->parent == pk_block_of(reader, list)->parent;
    if (over && is_names(reader, pk_flow_of(reader, before), names))
        return true;
    /* "## Anna" over "To do:" */
    bool line = pk_block_of(reader, section->block)->kind != PK_HEADING;
    return search->heading && (search->heading > section->block || line) &&
           is_names(reader, pk_flow_of(reader, search->heading), names);
}

/* Who owns the groups an item stands in, the nearest first, however deep. */
bool pk_inherit(struct search *search, uint32_t item, struct pk_item *names)
{
    struct pk_reader *reader = search->reader;
    uint32_t group = pk_outer_item(reader, item);
    while (group && search->role[group] == GROUP && !names->owners) {
        uint32_t paragraph = pk_first_paragraph(reader, group);
        if (!paragraph)
            break;
        names->flow = pk_flow_of(reader, paragraph);
        group_owners(reader, names);
        group = pk_outer_item(reader, group);
    }
    return names->owners > 0 || names_over(search, item, names);
}

void pk_inherit_owners(struct search *search, uint32_t item, struct pk_action *action)
{
    struct pk_item names = {0};
    if (!action->owner.count && pk_inherit(search, item, &names))
        pk_set_owners(search->reader, action, &names);
}

/* "Next steps (by 5 March)": a due date in the section's title holds for its entries. */
void pk_inherit_due(struct search *search, struct pk_action *action)
{
    enum { LONGEST_TITLE = 160 };
    struct pk_reader *reader = search->reader;
    if (action->section < 0 || action->dated != PK_DATED_NONE)
        return;
    const struct pk_section *section = &reader->minutes->section.items[action->section];
    if (section->kind != PK_SECTION_ACTIONS ||
        section->span.end - section->span.start > LONGEST_TITLE)
        return;
    struct pk_item item = {.flow = pk_flow_of(reader, section->block)};
    size_t end = pk_block_of(reader, section->block)->kind == PK_HEADING
                     ? item.flow->text.length
                     : pk_behind_title(item.flow, section);
    if (!pk_when_due(reader, item.flow->text, (struct pk_range){0, end}, &item.when))
        return;
    struct pk_date day = item.when.date, met = reader->minutes->date;
    bool of_meeting = item.when.dated == PK_DATED && day.year == met.year &&
                      day.month == met.month && day.day == met.day;
    if (!of_meeting) /* "To do (5 March 2027)" tells when they met */
        pk_set_due(action, &item);
}
