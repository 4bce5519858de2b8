/* actions.c - who does what by when: task items, keyword lines, entries of action sections. */
#include "read/read.h"

/* What an item of a list is to those inside it. */
enum role {
    PLAIN,  /* nothing */
    GROUP,  /* a heading over its sub-items, perhaps their owner */
    ACTION, /* an action; its sub-items are details */
};

struct search {
    struct pk_reader *reader;
    uint8_t *role;    /* by block, of items */
    int last;         /* the section-mate an attribute line belongs to: an action, or -1 */
    uint32_t heading; /* the last one */
};

/* A stretch of a leaf that may be an action. */
struct candidate {
    uint32_t block; /* the item, or the paragraph */
    const struct pk_flow *flow;
    struct pk_range range;
    enum pk_source source;
    enum pk_task task;
    struct pk_span box;
    bool firm; /* surely an action */
};

/* -- Into the minutes ----------------------------------------------------------------- */

static bool add_action(struct search *search, struct candidate *found, struct pk_item *item)
{
    static const enum pk_state states[] = {PK_OPEN,      PK_OPEN, PK_DONE,
                                           PK_CANCELLED, PK_OPEN, PK_CANCELLED};
    struct pk_reader *reader = search->reader;
    struct pk_range whole = pk_trim_range(found->flow->text, found->range);
    item->flow = found->flow;
    item->range = whole;
    pk_take_stamp(item);
    struct pk_view id = pk_take_id(item);
    enum pk_state said = pk_state_in_words(reader, item);
    pk_take_apart(reader, item, found->firm);
    struct pk_view text = pk_text_left(reader, item);
    if (pk_says_nothing(reader, text))
        return false;
    struct pk_action *action = pk_push(reader->arena, &reader->minutes->action);
    if (reader->arena->failed)
        return false;
    search->last = (int)reader->minutes->action.count - 1;
    action->span = pk_span_in(found->flow, whole);
    action->text = text;
    action->id = id;
    action->source = found->source;
    action->block = found->block;
    action->section = reader->section[found->block];
    action->box = found->box;
    action->said = pk_span_in(found->flow, item->said);
    action->stamp = item->stamped;
    action->stamp_span = pk_span_in(found->flow, item->stamp);
    action->state = found->task ? states[found->task] : said;
    if (action->state == PK_OPEN && said != PK_OPEN)
        action->state = said;
    pk_set_owners(reader, action, item);
    pk_set_due(action, item);
    return true;
}

/* -- Lines that say something about the action before them: "Owner: ...", "Due: ..." ------------
 */

static bool take_attribute(struct search *search, const struct pk_flow *flow)
{
    struct pk_reader *reader = search->reader;
    size_t start = pk_skip_blanks(flow->text, 0);
    if (search->last < 0 || !pk_attribute_at(reader, flow, start))
        return false;
    struct pk_item item = {.flow = flow, .range = {start, flow->text.length}};
    struct pk_action *action = &reader->minutes->action.items[search->last];
    pk_take_apart(reader, &item, true);
    if (!action->owner.count)
        pk_set_owners(reader, action, &item);
    if (action->dated == PK_DATED_NONE)
        pk_set_due(action, &item);
    action->source = PK_FROM_FIELD;
    return true;
}

/* -- Lists ---------------------------------------------------------------------------- */

static uint32_t outer_item(const struct pk_reader *reader, uint32_t item)
{
    uint32_t list = pk_block_of(reader, item)->parent;
    return pk_inside(reader, pk_block_of(reader, list)->parent, PK_ITEM);
}

/* An item that only gathers those inside it: it ends with a colon or is but a name. */
static bool is_group(const struct pk_reader *reader, uint32_t item, uint32_t paragraph,
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
    bool likely = named == PK_SURE_NAME || (named == PK_MAYBE_NAME && !reader->names.count);
    if (end == all.end && likely)
        return;
    names->owners = 0;
    pk_find_owners(reader, names, true);
}

/* Who owns the groups an item stands in, the nearest first, however deep. */
static bool inherit(struct search *search, uint32_t item, struct pk_item *names)
{
    struct pk_reader *reader = search->reader;
    uint32_t group = outer_item(reader, item);
    while (group && search->role[group] == GROUP && !names->owners) {
        uint32_t paragraph = pk_first_paragraph(reader, group);
        if (!paragraph)
            break;
        names->flow = pk_flow_of(reader, paragraph);
        group_owners(reader, names);
        group = outer_item(reader, group);
    }
    return names->owners > 0;
}

static void inherit_owners(struct search *search, uint32_t item, struct pk_action *action)
{
    struct pk_item names = {0};
    if (!action->owner.count && inherit(search, item, &names))
        pk_set_owners(search->reader, action, &names);
}

/* "Next steps (by 5 March)": a due date in the section's title holds for its entries. */
static void inherit_due(struct search *search, struct pk_action *action)
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
    if (pk_when_due(reader, item.flow->text, (struct pk_range){0, end}, &item.when))
        pk_set_due(action, &item);
}

/* -- Keywords and sentences ----------------------------------------------------------- */

/* What keywords open in a leaf; each goes on to the next one, of an action or a decision. */
static bool find_keywords(struct search *search, struct candidate *found, uint32_t leaf)
{
    struct pk_range whole = found->range;
    struct pk_openings all = {
        .reader = search->reader, .leaf = leaf, .flow = found->flow, .range = whole};
    struct pk_opening one, next;
    bool any = false, more = pk_next_opening(&all, &one);
    while (more) {
        more = pk_next_opening(&all, &next);
        found->range = (struct pk_range){one.content, more ? next.start : whole.end};
        if (one.kind == PK_WORD_ACTION)
            any |= add_action(search, found, &one.item);
        one = next;
    }
    found->range = whole;
    return any;
}

/* Does a line below the first say who owns this, or by when it is due? */
static bool has_label(const struct pk_reader *reader, uint32_t leaf, const struct pk_flow *flow,
                      enum pk_column wanted)
{
    for (uint32_t line = 1; line < pk_block_of(reader, leaf)->segment_count; line++) {
        struct pk_range range = pk_flow_line(reader, leaf, flow, line);
        if (range.start < range.end && pk_attribute_at(reader, flow, range.start) == wanted)
            return true;
    }
    return false;
}

/* Lines "Owner: ..." and "Due: ..." below the first make a leaf the fields of one action. */
static enum pk_source source_of(const struct pk_reader *reader, uint32_t leaf,
                                const struct pk_flow *flow, enum pk_source otherwise)
{
    bool fields = has_label(reader, leaf, flow, PK_COLUMN_OWNER) ||
                  has_label(reader, leaf, flow, PK_COLUMN_DUE);
    return fields ? PK_FROM_FIELD : otherwise;
}

/* The clause of a sentence, behind a comma or semicolon, in which somebody we know takes
 * something on: "The price is open, Nele will ask." Its start, or 0. */
static size_t clause_of_promise(const struct pk_reader *reader, const struct candidate *found)
{
    struct pk_view text = found->flow->text;
    for (size_t at = found->range.start; at + 1 < found->range.end; at++) {
        if ((text.at[at] != ',' && text.at[at] != ';') || text.at[at + 1] != ' ')
            continue;
        struct pk_range clause = {at + 2, found->range.end};
        if (pk_takes_on(reader, found->flow, clause) == PK_SURE_NAME)
            return clause.start;
    }
    return 0;
}

/* Sentences in which somebody takes something on. */
static bool find_promises(struct search *search, struct candidate *found, enum pk_section_kind kind)
{
    struct pk_reader *reader = search->reader;
    struct pk_range whole = found->range;
    struct pk_view text = pk_view_part(found->flow->text, 0, whole.end);
    size_t from = whole.start, start, end;
    bool any = false;
    if (pk_inside(reader, found->block, PK_QUOTE))
        return false; /* somebody's mail, most often */
    while (pk_sentence(reader->minutes, text, &from, &start, &end)) {
        struct pk_item item = {0};
        found->range = (struct pk_range){start, end};
        enum pk_named named = pk_takes_on(reader, found->flow, found->range);
        size_t clause = named == PK_NO_NAME ? clause_of_promise(reader, found) : 0;
        if (clause)
            found->range.start = clause;
        bool topic = named == PK_MAYBE_NAME && kind == PK_SECTION_AGENDA;
        if ((named != PK_NO_NAME && !topic) || clause)
            any |= add_action(search, found, &item);
    }
    found->range = whole;
    return any;
}

/* -- Where what is looked for --------------------------------------------------------- */

static bool is_of_people(enum pk_section_kind kind)
{
    return kind == PK_SECTION_PARTICIPANTS || kind == PK_SECTION_ABSENT;
}

static bool takes_boxes(enum pk_section_kind kind)
{
    return !is_of_people(kind) && kind != PK_SECTION_DECISIONS && kind != PK_SECTION_PAST_ACTIONS;
}

static bool takes_promises(enum pk_section_kind kind)
{
    return !is_of_people(kind) && kind != PK_SECTION_PAST_ACTIONS && kind != PK_SECTION_ATTACHMENTS;
}

static bool is_resolved(enum pk_section_kind kind)
{
    return kind == PK_SECTION_DECISIONS || kind == PK_SECTION_AGREEMENTS;
}

/* An agreement is an action as well where it says who carries it out. */
static bool names_somebody(struct search *search, const struct candidate *found)
{
    struct pk_item item = {.flow = found->flow, .range = found->range};
    pk_take_apart(search->reader, &item, false);
    return item.owners > 0 || inherit(search, found->block, &item);
}

static bool is_entry(struct search *search, struct candidate *found, enum pk_section_kind kind,
                     enum role outer)
{
    const struct pk_reader *reader = search->reader;
    if (kind == PK_SECTION_ACTIONS && outer != ACTION)
        return true;
    if (is_resolved(kind) && outer != ACTION)
        return names_somebody(search, found);
    return outer == ACTION && pk_takes_on(reader, found->flow, found->range);
}

/* The words behind a task item's brackets, should the parser leave them in. */
static struct pk_range behind_box(const struct pk_block *item, const struct pk_flow *flow)
{
    struct pk_range all = {0, flow->text.length};
    if (item->task == PK_TASK_NONE || !pk_starts(flow->text, PK_VIEW("[")))
        return all;
    while (all.start < all.end && flow->text.at[all.start] != ']')
        all.start++;
    all.start++;
    return pk_trim_range(flow->text, all);
}

/* What an item of a list is, by the surest sign it bears. */
static enum role judge(struct search *search, struct candidate *found, uint32_t paragraph,
                       enum role above)
{
    struct pk_reader *reader = search->reader;
    enum pk_section_kind kind = pk_section_kind_at(reader, found->block);
    struct pk_item none = {0};
    bool box = found->task != PK_TASK_NONE && takes_boxes(kind) &&
               (kind != PK_SECTION_AGENDA || names_somebody(search, found)); /* no mere topic */
    bool owned = takes_promises(kind) && has_label(reader, paragraph, found->flow, PK_COLUMN_OWNER);
    found->source =
        box ? PK_FROM_CHECKBOX : source_of(reader, paragraph, found->flow, PK_FROM_KEYWORD);
    if (find_keywords(search, found, paragraph))
        return ACTION;
    if (box || owned)
        return add_action(search, found, &none) ? ACTION : PLAIN;
    if (is_group(reader, found->block, paragraph, found->flow))
        return above == ACTION ? ACTION : GROUP;
    if (found->task != PK_TASK_NONE)
        return above;
    if (is_entry(search, found, kind, above)) {
        found->source = source_of(reader, paragraph, found->flow, PK_FROM_SECTION);
        return add_action(search, found, &none) ? ACTION : PLAIN;
    }
    if (above == ACTION)
        return ACTION;
    found->source = PK_FROM_SENTENCE;
    found->firm = false;
    if (takes_promises(kind))
        find_promises(search, found, kind);
    return PLAIN;
}

static void at_item(struct search *search, uint32_t block)
{
    struct pk_reader *reader = search->reader;
    const struct pk_block *item = pk_block_of(reader, block);
    uint32_t paragraph = pk_first_paragraph(reader, block), outer = outer_item(reader, block);
    if (!paragraph || is_of_people(pk_section_kind_at(reader, block)))
        return;
    const struct pk_flow *flow = pk_flow_of(reader, paragraph);
    struct candidate found = {.block = block,
                              .flow = flow,
                              .range = behind_box(item, flow),
                              .task = (enum pk_task)item->task,
                              .box = item->task ? item->box : (struct pk_span){0},
                              .firm = true};
    uint32_t before = reader->minutes->action.count;
    if (take_attribute(search, flow))
        return;
    search->role[block] =
        (uint8_t)judge(search, &found, paragraph, outer ? (enum role)search->role[outer] : PLAIN);
    for (uint32_t i = before; i < reader->minutes->action.count; i++) {
        inherit_owners(search, block, &reader->minutes->action.items[i]);
        inherit_due(search, &reader->minutes->action.items[i]);
    }
}

/* -- Paragraphs ----------------------------------------------------------------------- */

static void at_entry(void *context, uint32_t block, const struct pk_flow *flow,
                     struct pk_range range)
{
    struct search *search = context;
    struct candidate found = {
        .block = block, .flow = flow, .range = range, .source = PK_FROM_SECTION, .firm = true};
    struct pk_item none = {0};
    size_t width;
    uint32_t last = pk_decode_before(flow->text, range.end, &width);
    if (last == ':' || last == 0xFF1A)
        return; /* it speaks of what comes next */
    struct pk_minutes *minutes = search->reader->minutes;
    if (is_entry(search, &found, pk_section_kind_at(search->reader, block), PLAIN) &&
        add_action(search, &found, &none))
        inherit_due(search, &minutes->action.items[minutes->action.count - 1]);
}

static void at_paragraph(struct search *search, uint32_t block)
{
    struct pk_reader *reader = search->reader;
    const struct pk_flow *flow = pk_flow_of(reader, block);
    enum pk_section_kind kind = pk_section_kind_at(reader, block);
    const struct pk_section *section = pk_section_at(reader, block);
    bool title = section && section->block == block && section->first != block;
    if (title || is_of_people(kind) || block == reader->title_block)
        return;
    struct candidate found = {.block = block,
                              .flow = flow,
                              .range = {0, flow->text.length},
                              .source = PK_FROM_KEYWORD,
                              .firm = true};
    if (take_attribute(search, flow))
        return;
    bool entries = section && (kind == PK_SECTION_ACTIONS || is_resolved(kind)) &&
                   search->heading <= section->block && !pk_inside(reader, block, PK_ITEM);
    if (entries && !pk_lists_its_entries(reader, section)) {
        pk_entries_of(reader, block, at_entry, search);
        return;
    }
    found.source = source_of(reader, block, flow, PK_FROM_KEYWORD);
    if (!find_keywords(search, &found, block) && takes_promises(kind)) {
        found.source = PK_FROM_SENTENCE;
        found.firm = false;
        find_promises(search, &found, kind);
    }
}

static void at_cell(struct search *search, uint32_t block)
{
    const struct pk_flow *flow = pk_flow_of(search->reader, block);
    struct candidate found = {.block = block,
                              .flow = flow,
                              .range = {0, flow->text.length},
                              .source = PK_FROM_KEYWORD,
                              .firm = true};
    find_keywords(search, &found, block);
}

void pk_read_actions(struct pk_reader *reader)
{
    const struct pk_minutes *minutes = reader->minutes;
    uint32_t count = minutes->blocks.block.count, first = 0;
    struct search search = {.reader = reader, .last = -1};
    search.role = pk_alloc(reader->arena, count);
    if (!search.role)
        return;
    for (uint32_t i = 1; i < count; i++) {
        const struct pk_block *block = pk_block_of(reader, i);
        if (block->kind == PK_HEADING) {
            search.last = -1;
            search.heading = i;
        }
        if (block->kind == PK_TABLE && !is_of_people(pk_section_kind_at(reader, i)) &&
            pk_section_kind_at(reader, i) != PK_SECTION_PAST_ACTIONS &&
            pk_read_action_table(reader, i))
            i = block->next - 1;
        else if (block->kind == PK_ITEM)
            at_item(&search, i), first = pk_first_paragraph(reader, i);
        else if (block->kind == PK_PARAGRAPH && i != first)
            at_paragraph(&search, i);
        else if (block->kind == PK_CELL)
            at_cell(&search, i);
    }
}
