/* actions.c - who does what by when: task items, keyword lines, entries of action sections. */
#include "read/actions.h"
#include "parse/scan.h"

/* -- Into the minutes -- */

/* A word for a state, "WIP", is no task. */
static bool is_state(const struct pk_reader *reader, struct pk_view text)
{
    enum pk_state state;
    return pk_state_of_cell(reader, text, &state);
}

/* "Can anybody help?" asks for somebody, and gives nobody anything. */
static bool is_question(const struct pk_reader *reader, const struct pk_item *item)
{
    struct pk_view text = item->flow->text;
    size_t start = item->range.start, end = pk_skip_back(text, item->range.end);
    return !item->owners && item->when.dated == PK_DATED_NONE && end > start &&
           text.at[end - 1] == '?' &&
           (pk_verb_at(reader, text, start) == PK_TELLS || pk_will_at(reader, text, start).verb);
}

static bool is_mere_owner(const struct pk_item *item)
{
    const struct pk_range *owner = item->owner;
    return item->owners == 1 && owner->end == item->range.end &&
           (owner->start == item->range.start || (owner->start == item->range.start + 1 &&
                                                  item->flow->text.at[item->range.start] == '@'));
}

bool pk_add_action(struct search *search, struct candidate *found, struct pk_item *item)
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
    bool idle = found->source == PK_FROM_SECTION &&
                (is_state(reader, text) || is_mere_owner(item) || /* "7) @anna" */
                 is_question(reader, item));
    if (idle || pk_says_nothing(reader, text))
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
    action->naming = !item->owners && pk_names_somebody(reader, found->flow->text, whole);
    for (uint32_t i = 0; i < action->owner.count && found->source != PK_FROM_SENTENCE; i++)
        pk_hear_owner(reader, action->owner.items[i].name);
    pk_set_due(action, item);
    return true;
}

/* -- Lines that say something about the action before them: "Owner: ...", "Due: ..." -- */

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

/* Lines "Owner: ..." and "Due: ..." below the first make a leaf the fields of one action: a bit
 * for each column (enum pk_column) that such lines fill. */
static unsigned labels_of(const struct pk_reader *reader, uint32_t leaf, const struct pk_flow *flow)
{
    static const uint64_t kinds =
        PK_KIND(PK_WORD_OWNER) | PK_KIND(PK_WORD_DUE) | PK_KIND(PK_WORD_COLUMN);
    uint32_t lines = pk_block_of(reader, leaf)->segment_count;
    unsigned labels = 0;
    if (!(pk_kinds_in(reader, flow->text) & kinds))
        return 0;
    for (uint32_t line = 1; line < lines; line++) {
        struct pk_range range = pk_flow_line(reader, leaf, flow, line);
        if (range.start < range.end)
            labels |= 1u << pk_attribute_at(reader, flow, range.start);
    }
    return labels & (1u << PK_COLUMN_OWNER | 1u << PK_COLUMN_DUE);
}

/* -- Where what is looked for -- */

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

/* "None. Keep on as before.", "No actions - the channel stays open" */
static bool tells_of_none(const struct pk_reader *reader, const struct candidate *found)
{
    struct pk_view text = found->flow->text;
    struct pk_range all = pk_trim_range(text, found->range);
    size_t end, width;
    if (!pk_phrase_at(reader, text, all.start, PK_WORD_NOBODY, &end) || end >= all.end ||
        !pk_is_letter(pk_char_at(text, all.start, &width)))
        return false;
    size_t next = pk_skip_blanks(text, end);
    return text.at[end] == '.' || (next > end && pk_is_dash(pk_char_at(text, next, &width)));
}

/* "Next meeting: 14 January" among what is to be done */
static bool tells_next_meeting(const struct pk_reader *reader, const struct candidate *found)
{
    struct pk_range all = pk_trim_range(found->flow->text, found->range);
    size_t end;
    const struct pk_phrase *phrase =
        pk_phrase_at(reader, found->flow->text, all.start, PK_WORD_FIELD, &end);
    return phrase && phrase->meaning.value == PK_FIELD_NEXT_MEETING &&
           pk_label_ends(found->flow, all.start, &end);
}

/* "Подготовить каталог до 5 мая": what is resolved is to be done by a day, whoever does it. Of
 * "Продлить договор до 5 мая" the day tells how long, and "Утвердить ..." is done by saying so. */
static bool is_due_task(const struct pk_reader *reader, const struct candidate *found)
{
    static const char *const holding[] = {"продл",   "остав",   "установ",  "сохран", "счит",
                                          "перен",   "отлож",   "приостан", "назнач", "избра",
                                          "утверд",  "приня",   "призна",   "освобо", "продолж",
                                          "огранич", "предост", "разреш",   "запрет"};
    struct pk_view text = pk_view_part(found->flow->text, 0, found->range.end);
    size_t start = pk_skip_blanks(text, found->range.start);
    struct pk_view rest = pk_view_part(text, start, text.length);
    struct pk_when when = {0};
    if (!pk_infinitive_at(reader, text, start))
        return false;
    for (size_t i = 0; i < sizeof holding / sizeof *holding; i++) {
        struct pk_view stem = pk_view_of(holding[i]);
        if (rest.length > stem.length && pk_same_folded(pk_view_part(rest, 0, stem.length), stem))
            return false;
    }
    return pk_when_due(reader, text, found->range, &when) && when.opener == PK_UNTIL &&
           when.dated != PK_DATED_NONE;
}

static bool is_entry(struct search *search, struct candidate *found, enum pk_section_kind kind,
                     enum role outer, struct pk_item *owner)
{
    const struct pk_reader *reader = search->reader;
    size_t content;
    if (kind == PK_SECTION_ACTIONS && outer != ACTION)
        return !pk_marked_as_point(reader, found->flow, found->range, &content) &&
               !tells_of_none(reader, found) && !tells_next_meeting(reader, found);
    struct pk_view text = pk_view_part(found->flow->text, 0, found->range.end);
    bool resolved = pk_is_resolved(kind) && outer != ACTION;
    owner->flow = found->flow;
    if (resolved && /* and no "Ответственный: ..." says better */
        pk_next_spot(reader, text, found->range.start, PK_OWNER_KINDS, 0) >= found->range.end &&
        pk_is_bidden(reader, text, found->range.start, true, owner, &found->range))
        return true;
    if (resolved)
        return pk_has_owner(search, found, owner) || is_due_task(reader, found) ||
               pk_is_order(reader, found->flow, found->range, true, owner, &found->range);
    struct pk_item item = {.flow = found->flow, .range = found->range};
    return outer == ACTION && pk_takes_on(reader, &item);
}

/* "Assign teams to projects:" without sub-items: what comes behind it in the same list are its
 * parts, until an entry opens as this one does. */
static bool is_part(struct search *search, const struct candidate *found, uint32_t paragraph)
{
    const struct pk_reader *reader = search->reader;
    struct pk_view text = found->flow->text;
    uint32_t list = pk_block_of(reader, found->block)->parent;
    size_t width;
    bool bids = pk_infinitive_at(reader, text, found->range.start);
    bool part = search->colon == list && !bids;
    bool childless =
        pk_block_of(reader, found->block)->next <= pk_block_of(reader, paragraph)->next;
    uint32_t last = pk_decode_before(text, found->range.end, &width);
    if (!part)
        search->colon = bids && childless && last == ':' ? list : 0;
    return part;
}

/* "Распределены задачи:" among entries: those behind it that open with a name were given out. */
static bool is_given_out(struct search *search, const struct candidate *found, uint32_t paragraph)
{
    enum { LONGEST = 120 /* bytes */ };
    const struct pk_reader *reader = search->reader;
    struct pk_range all = pk_trim_range(found->flow->text, found->range);
    struct pk_view text = pk_view_part(found->flow->text, 0, all.end);
    uint32_t list = pk_block_of(reader, found->block)->parent;
    static const uint64_t kinds = PK_KIND(PK_WORD_SECTION);
    size_t end, width;
    if (search->given == list && pk_name_at(reader, text, all.start, &end) >= PK_HEARD_NAME) {
        size_t next = pk_skip_blanks(text, end);
        uint32_t sign = next < text.length ? pk_char_at(text, next, &width) : 0;
        return sign == ':' || (next > end && pk_is_dash(sign));
    }
    search->given = 0;
    if (all.end - all.start > LONGEST || !(pk_kinds_in(reader, text) & kinds) ||
        pk_block_of(reader, found->block)->next > pk_block_of(reader, paragraph)->next)
        return false;
    bool colon = all.end > all.start && text.at[all.end - 1] == ':';
    for (size_t at = pk_next_spot(reader, text, all.start, kinds, 0); at < all.end;
         at = colon ? pk_next_spot(reader, text, at + 1, kinds, 0) : all.end) {
        const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_SECTION, &end);
        bool whole = colon || (at == all.start && end == all.end);
        if (phrase && whole && phrase->meaning.value == PK_SECTION_ACTIONS)
            search->given = list;
    }
    return false;
}

/* "Next actions", "1.2 Open issues" among entries: what stands under it is what it says. */
static bool is_board_title(struct search *search, const struct candidate *found, uint32_t paragraph,
                           enum role *role)
{
    struct pk_reader *reader = search->reader;
    enum pk_section_kind kind;
    struct pk_range line = pk_flow_line(reader, paragraph, found->flow, 0);
    bool holds = pk_block_of(reader, found->block)->next > pk_block_of(reader, paragraph)->next;
    if (!pk_is_board_title(reader, pk_view_part(found->flow->text, line.start, line.end), holds,
                           &kind))
        return false;
    *role = kind == PK_SECTION_ACTIONS ? GROUP : ACTION;
    return true;
}

/* "Who fetches the keys:" over "17.06.: Anna, Boris". */
static bool add_duty(struct search *search, const struct candidate *found)
{
    struct pk_reader *reader = search->reader;
    uint32_t list = pk_block_of(reader, found->block)->parent, before = list - 1;
    struct pk_item item = {.flow = found->flow, .range = found->range};
    enum pk_section_kind kind = pk_section_kind_at(reader, found->block);
    item.range = pk_trim_range(found->flow->text, item.range);
    if (pk_block_of(reader, list)->kind != PK_LIST || !pk_is_leaf(pk_block_of(reader, before)) ||
        kind == PK_SECTION_PAST_ACTIONS || kind == PK_SECTION_NEXT_MEETING ||
        !pk_is_duty(reader, &item))
        return false;
    const struct pk_flow *title = pk_flow_of(reader, before);
    struct pk_action *action = pk_push(reader->arena, &reader->minutes->action);
    if (reader->arena->failed)
        return false;
    action->span = pk_span_in(found->flow, item.range);
    struct pk_range words = pk_trim_signs(title->text, (struct pk_range){0, title->text.length});
    action->text = pk_view_part(title->text, words.start, words.end);
    action->source = PK_FROM_SECTION;
    action->block = found->block;
    action->section = reader->section[found->block];
    pk_set_owners(reader, action, &item);
    pk_set_due(action, &item);
    return true;
}

/* The range without lines at its end that tell of a vote: "Голосовали: за – 4". */
static struct pk_range without_votes(const struct pk_reader *reader, uint32_t paragraph,
                                     const struct pk_flow *flow, struct pk_range range)
{
    size_t end;
    if (!(pk_kinds_in(reader, flow->text) & PK_KIND(PK_WORD_VOTE)))
        return range;
    for (uint32_t i = 1; i < pk_block_of(reader, paragraph)->segment_count; i++) {
        struct pk_range line = pk_flow_line(reader, paragraph, flow, i);
        if (line.start > range.start && line.start < range.end &&
            pk_phrase_at(reader, flow->text, line.start, PK_WORD_VOTE, &end) && end < line.end &&
            flow->text.at[end] == ':')
            return (struct pk_range){range.start, line.start};
    }
    return range;
}

/* What an item of a list is, by the surest sign it bears. */
static enum role judge(struct search *search, struct candidate *found, uint32_t paragraph,
                       enum role above)
{
    struct pk_reader *reader = search->reader;
    enum pk_section_kind kind = pk_section_kind_at(reader, found->block);
    struct pk_item none = {0};
    bool marked =
        found->task != PK_TASK_NONE ||
        (kind != PK_SECTION_ACTIONS && pk_signed_as_task(reader, found->flow->text, found->range));
    bool box = marked && takes_boxes(kind) &&
               (kind != PK_SECTION_AGENDA ||
                search->heading > pk_section_at(reader, found->block)->block ||
                pk_has_owner(search, found, &none)); /* no mere topic */
    unsigned labels = labels_of(reader, paragraph, found->flow);
    bool owned = takes_promises(kind) && labels & 1u << PK_COLUMN_OWNER;
    found->source = box ? PK_FROM_CHECKBOX : labels ? PK_FROM_FIELD : PK_FROM_KEYWORD;
    if (pk_find_keywords(search, found, paragraph))
        return ACTION;
    if (box || owned)
        return pk_add_action(search, found, &none) ? ACTION : PLAIN;
    if (pk_is_group(reader, found->block, paragraph, found->flow))
        return above == ACTION ? ACTION : GROUP;
    if (found->task != PK_TASK_NONE)
        return above;
    if (add_duty(search, found))
        return ACTION;
    if (above != ACTION && is_part(search, found, paragraph))
        return ACTION;
    if (kind == PK_SECTION_ACTIONS && is_board_title(search, found, paragraph, &above))
        return above;
    if (is_entry(search, found, kind, above, &none)) {
        found->source = labels ? PK_FROM_FIELD : PK_FROM_SECTION;
        return pk_add_action(search, found, &none) ? ACTION : PLAIN;
    }
    if (above == ACTION)
        return ACTION;
    if (takes_promises(kind) && is_given_out(search, found, paragraph)) {
        found->source = PK_FROM_SECTION;
        return pk_add_action(search, found, &none) ? ACTION : PLAIN;
    }
    if (takes_promises(kind))
        pk_find_sentences(search, found, paragraph, kind);
    return PLAIN;
}

/* "- Отв.: Борис, 04.12. — сделать ...": an entry, though it opens as a line about another. */
static bool add_labelled(struct search *search, struct candidate *found)
{
    struct pk_reader *reader = search->reader;
    struct pk_item item = {.flow = found->flow};
    if (pk_section_kind_at(reader, found->block) != PK_SECTION_ACTIONS)
        return false;
    struct pk_range whole = found->range;
    found->range.start = pk_task_behind_label(reader, found->flow, &item);
    found->source = PK_FROM_SECTION;
    if (!found->range.start || !pk_add_action(search, found, &item)) {
        found->range = whole;
        return false;
    }
    search->role[found->block] = ACTION;
    struct pk_action *action = &reader->minutes->action.items[search->last];
    action->span = pk_span_in(found->flow, pk_trim_range(found->flow->text, whole));
    return true;
}

/* "[ ] paint the fence", without the bullet that would make it a task item. */
static void take_box(struct candidate *found)
{
    struct pk_range *range = &found->range;
    size_t start = range->start;
    uint32_t width = pk_scan_box(pk_view_part(found->flow->text, start, range->end), &found->task);
    size_t behind = pk_skip_blanks(found->flow->text, start + width);
    if (!width || behind >= range->end)
        return;
    found->box = pk_span_in(found->flow, (struct pk_range){start, start + width});
    found->source = PK_FROM_CHECKBOX;
    range->start = behind;
}

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
    take_box(&found);
    struct pk_minutes *minutes = search->reader->minutes;
    if (is_entry(search, &found, pk_section_kind_at(search->reader, block), PLAIN, &none) &&
        pk_add_action(search, &found, &none)) {
        pk_inherit_owners(search, block, &minutes->action.items[minutes->action.count - 1]);
        pk_inherit_due(search, &minutes->action.items[minutes->action.count - 1]);
    }
}

/* "3. Отделу кадров (Ким Е.А.):" over "3.1. до 5 мая провести ...;": each line is theirs. */
static bool add_numbered_group(struct search *search, const struct candidate *whole,
                               uint32_t paragraph)
{
    struct pk_reader *reader = search->reader;
    const struct pk_flow *flow = whole->flow;
    enum pk_section_kind kind = pk_section_kind_at(reader, whole->block);
    uint32_t lines = pk_block_of(reader, paragraph)->segment_count;
    if (lines < 2 || (!pk_is_resolved(kind) && kind != PK_SECTION_ACTIONS))
        return false;
    struct pk_range head = pk_flow_line(reader, paragraph, flow, 0), one = {0};
    struct pk_item owner = {0};
    struct pk_view text = pk_view_part(flow->text, 0, head.end);
    size_t second = pk_flow_line(reader, paragraph, flow, 1).start, open = head.start, end;
    if (head.end <= head.start || text.at[head.end - 1] != ':' ||
        !pk_is_digit((unsigned char)flow->text.at[second]) ||
        pk_behind_mark(flow->text, second) == second)
        return false;
    while (open < head.end && text.at[open] != '(')
        open++;
    if (!pk_names_at(reader, text, open < head.end ? open + 1 : head.start, head.end, owner.owner,
                     PK_MOST_OWNERS, &owner.owners, &end)) {
        owner.owner[0] = pk_trim_signs(text, head);
        owner.owners = 1;
    }
    for (uint32_t i = 1; i <= lines; i++) {
        struct pk_range line =
            i < lines ? pk_flow_line(reader, paragraph, flow, i) : (struct pk_range){0};
        size_t behind = i < lines ? pk_behind_mark(flow->text, line.start) : 0;
        if (i < lines && behind == line.start) {
            one.end = line.end;
            continue;
        }
        struct candidate entry = *whole;
        struct pk_item item = owner;
        entry.range = one;
        entry.source = PK_FROM_SECTION;
        if (one.end > one.start)
            pk_add_action(search, &entry, &item);
        one = (struct pk_range){behind, line.end};
    }
    search->role[whole->block] = ACTION;
    return true;
}

static void at_item(struct search *search, uint32_t block)
{
    struct pk_reader *reader = search->reader;
    const struct pk_block *item = pk_block_of(reader, block);
    uint32_t paragraph = pk_first_paragraph(reader, block), outer = pk_outer_item(reader, block);
    if (!paragraph || is_of_people(pk_section_kind_at(reader, block)))
        return;
    const struct pk_flow *flow = pk_flow_of(reader, paragraph);
    struct candidate found = {
        .block = block,
        .flow = flow,
        .range = pk_trim_range(flow->text, (struct pk_range){0, flow->text.length}),
        .task = (enum pk_task)item->task,
        .box = item->task ? item->box : (struct pk_span){0},
        .firm = true};
    uint32_t before = reader->minutes->action.count;
    found.range = without_votes(reader, paragraph, flow, found.range);
    if (add_labelled(search, &found) || take_attribute(search, flow) ||
        add_numbered_group(search, &found, paragraph))
        return;
    if (pk_ends_with_entries(reader, paragraph)) {
        pk_entries_of(reader, paragraph, at_entry, search);
        return;
    }
    search->role[block] =
        (uint8_t)judge(search, &found, paragraph, outer ? (enum role)search->role[outer] : PLAIN);
    for (uint32_t i = before; i < reader->minutes->action.count; i++) {
        pk_inherit_owners(search, block, &reader->minutes->action.items[i]);
        pk_inherit_due(search, &reader->minutes->action.items[i]);
    }
}

/* -- Paragraphs -- */

/* ".........", "______": the names below it are those who sign. */
static bool is_line_to_sign(struct pk_view text)
{
    enum { SHORTEST = 8 };
    size_t signs = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] != '.' && text.at[i] != '_' && text.at[i] != ' ')
            return false;
        signs += text.at[i] != ' ';
    }
    return signs >= SHORTEST;
}

static void at_paragraph(struct search *search, uint32_t block)
{
    struct pk_reader *reader = search->reader;
    const struct pk_flow *flow = pk_flow_of(reader, block);
    enum pk_section_kind kind = pk_section_kind_at(reader, block);
    const struct pk_section *section = pk_section_at(reader, block);
    bool opens = section && section->block == block;
    bool title = opens && section->first != block;
    bool titled_only = block == reader->title_block && !opens; /* no "РЕШИЛИ:" below it */
    if (title || is_of_people(kind) || titled_only)
        return;
    struct candidate found = {.block = block,
                              .flow = flow,
                              .range = {0, flow->text.length},
                              .source = PK_FROM_KEYWORD,
                              .firm = true};
    if (is_line_to_sign(flow->text))
        search->signing = true;
    if (take_attribute(search, flow))
        return;
    bool entries = section && !search->signing &&
                   (kind == PK_SECTION_ACTIONS || pk_is_resolved(kind)) &&
                   search->heading <= section->block && !pk_inside(reader, block, PK_ITEM);
    /* "Next steps: ask Anna" over a list */
    if (entries && (opens || !pk_lists_its_entries(reader, section) ||
                    (kind == PK_SECTION_ACTIONS && pk_bids(reader, flow->text, found.range)))) {
        pk_entries_of(reader, block, at_entry, search);
        return;
    }
    if (takes_boxes(kind) && pk_signed_as_task(reader, flow->text, found.range)) {
        found.source = PK_FROM_CHECKBOX;
        pk_add_action(search, &found, &(struct pk_item){0});
        return;
    }
    unsigned labels = labels_of(reader, block, flow);
    found.source = labels ? PK_FROM_FIELD : PK_FROM_KEYWORD;
    size_t opened = labels & 1u << PK_COLUMN_OWNER
                        ? pk_opened_by(reader, flow, found.range, PK_WORD_DECISION, NULL)
                        : 0;
    if (opened) { /* "Решили: ..." over "Ответственный: ..." */
        found.range.start = opened;
        pk_add_action(search, &found, &(struct pk_item){0});
        return;
    }
    if (!pk_find_keywords(search, &found, block) && takes_promises(kind))
        pk_find_sentences(search, &found, block, kind);
}

/* A column headed "Решение" in a table that is none of actions. */
static void at_table(struct search *search, uint32_t table)
{
    enum { MOST = 16 };
    enum pk_column column[MOST];
    uint32_t columns = pk_columns_of(search->reader, table, column, MOST);
    search->decided = search->decided_end = 0;
    bool past = pk_section_kind_at(search->reader, table) == PK_SECTION_PAST_ACTIONS;
    for (uint32_t i = 0; i < columns && !past; i++)
        if (column[i] == PK_COLUMN_DECISION) {
            search->column = i;
            search->decided = pk_block_of(search->reader, table + 1)->next;
            search->decided_end = pk_block_of(search->reader, table)->next;
            return;
        }
}

static bool is_decided(const struct search *search, uint32_t cell)
{
    uint32_t at = pk_block_of(search->reader, cell)->parent + 1;
    for (uint32_t i = 0; i < search->column && at < cell; i++)
        at = pk_block_of(search->reader, at)->next;
    return at == cell;
}

static void at_cell(struct search *search, uint32_t block)
{
    const struct pk_flow *flow = pk_flow_of(search->reader, block);
    struct candidate found = {.block = block,
                              .flow = flow,
                              .range = {0, flow->text.length},
                              .source = PK_FROM_KEYWORD,
                              .firm = true};
    if (!pk_find_keywords(search, &found, block) && block >= search->decided &&
        block < search->decided_end && is_decided(search, block))
        pk_find_sentences(search, &found, block, PK_SECTION_DECISIONS);
}

/* "### Print the flyer" over "Owner: Ida": the heading of a section of actions is one. */
static void at_heading(struct search *search, uint32_t block)
{
    struct pk_reader *reader = search->reader;
    const struct pk_section *section = pk_section_at(reader, block);
    uint32_t next = block + 1, count = reader->minutes->blocks.block.count;
    search->last = -1;
    search->heading = block;
    search->signing = false;
    if (!section || section->kind != PK_SECTION_ACTIONS || section->block == block)
        return;
    while (next < count && (pk_block_of(reader, next)->kind == PK_LIST ||
                            pk_block_of(reader, next)->kind == PK_ITEM))
        next++;
    if (next >= count || pk_block_of(reader, next)->kind != PK_PARAGRAPH)
        return;
    const struct pk_flow *under = pk_flow_of(reader, next), *flow = pk_flow_of(reader, block);
    if (!pk_attribute_at(reader, under, pk_skip_blanks(under->text, 0)))
        return;
    struct candidate found = {.block = block,
                              .flow = flow,
                              .range = {0, flow->text.length},
                              .source = PK_FROM_FIELD,
                              .firm = true};
    pk_add_action(search, &found, &(struct pk_item){0});
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
        if (block->kind == PK_HEADING)
            at_heading(&search, i);
        if (block->kind == PK_TABLE && !is_of_people(pk_section_kind_at(reader, i)) &&
            pk_section_kind_at(reader, i) != PK_SECTION_PAST_ACTIONS &&
            pk_read_action_table(reader, i))
            i = block->next - 1;
        else if (block->kind == PK_TABLE)
            at_table(&search, i);
        else if (block->kind == PK_ITEM)
            at_item(&search, i), first = pk_first_paragraph(reader, i);
        else if (block->kind == PK_PARAGRAPH && i != first)
            at_paragraph(&search, i);
        else if (block->kind == PK_CELL)
            at_cell(&search, i);
    }
}
