/* actions_text.c - action items in running text: behind keywords, and in sentences that give or
 * take something. */
#include "read/actions.h"

#include <string.h>

/* -- Keywords -- */

/* What keywords open in a leaf; each goes on to the next one, of an action or a decision. */
bool pk_find_keywords(struct search *search, struct candidate *found, uint32_t leaf)
{
    struct pk_range whole = found->range;
    if (!pk_may_open(search->reader, found->flow))
        return false;
    struct pk_openings all = {
        .reader = search->reader, .leaf = leaf, .flow = found->flow, .range = whole};
    struct pk_opening one, next;
    bool any = false, more = pk_next_opening(&all, &one);
    while (more) {
        more = pk_next_opening(&all, &next);
        found->range = (struct pk_range){one.content, more ? next.start : whole.end};
        one.item.opened = true;
        if (one.kind == PK_WORD_ACTION)
            any |= pk_add_action(search, found, &one.item);
        one = next;
    }
    found->range = whole;
    return any;
}

/* -- Those who take something on -- */

/* An item with nothing inside it. */
static bool is_single(const struct pk_reader *reader, uint32_t item, uint32_t paragraph)
{
    return pk_block_of(reader, item)->next <= pk_block_of(reader, paragraph)->next;
}

/* "готовит", "берётся": what somebody does or will do, as Russian says it. */
static bool is_deed(struct pk_view word)
{
    static const char *const endings[] = {"ет", "ёт", "ит", "ут", "ют", "ат", "ят", "тся"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct pk_view ending = pk_view_of(endings[i]);
        if (word.length > ending.length + 4 && /* bytes: two letters */
            !memcmp(word.at + word.length - ending.length, ending.at, ending.length))
            return true;
    }
    return false;
}

/* Is the word that of somebody in the list, in the same case as there? */
static bool is_as_listed(const struct pk_reader *reader, struct pk_view word)
{
    enum { MOST = 64 };
    for (uint32_t i = 0; i < reader->minutes->person.count && i < MOST; i++) {
        struct pk_view name = reader->minutes->person.items[i].name;
        for (size_t at = 0; at < name.length; at = pk_skip_blanks(name, pk_word_end(name, at) + 1))
            if (pk_same_folded(pk_view_part(name, at, pk_word_end(name, at)), word))
                return true;
    }
    return false;
}

/* "> Анна готовит смету", "> Анна - купить насос": a sign for what is to be done, and who does it.
 */
static bool find_marked(struct search *search, struct candidate *found, uint32_t leaf)
{
    struct pk_reader *reader = search->reader;
    bool any = false;
    for (uint32_t i = 0; i < pk_block_of(reader, leaf)->segment_count; i++) {
        struct pk_range line = pk_flow_line(reader, leaf, found->flow, i);
        struct pk_view text = pk_view_part(found->flow->text, 0, line.end);
        struct pk_item item = {0};
        size_t end, width;
        if (pk_name_at(reader, text, line.start, &end) != PK_SURE_NAME ||
            !is_as_listed(reader, pk_view_part(text, line.start, pk_word_end(text, line.start))))
            continue;
        size_t next = pk_skip_blanks(text, end);
        bool dash = next > end && next < text.length && pk_is_dash(pk_char_at(text, next, &width));
        size_t verb = dash ? pk_skip_blanks(text, next + width) : next;
        if (dash ? !pk_infinitive_at(reader, text, verb)
                 : !is_deed(pk_view_part(text, verb, pk_word_end(text, verb))))
            continue;
        item.owner[item.owners++] = (struct pk_range){line.start, end};
        found->range = (struct pk_range){verb, line.end};
        any |= pk_add_action(search, found, &item);
    }
    return any;
}

/* Sentences in which somebody takes something on. */
static bool find_promises(struct search *search, struct candidate *found, uint32_t leaf,
                          enum pk_section_kind kind)
{
    struct pk_reader *reader = search->reader;
    struct pk_promises all = {
        .reader = reader,
        .leaf = leaf,
        .flow = found->flow,
        .range = found->range,
        .entry = found->block != leaf && is_single(reader, found->block, leaf) &&
                 (kind != PK_SECTION_AGENDA || pk_outer_item(reader, found->block))};
    struct pk_promise one;
    bool any = false;
    if (pk_inside(reader, found->block, PK_QUOTE)) /* somebody's mail, most often */
        return find_marked(search, found, leaf);
    while (pk_next_promise(&all, &one)) {
        int before = search->last;
        found->range = one.range;
        if (pk_kinds_in(reader, found->flow->text) & PK_OWNER_KINDS)
            one.item.owners = one.item.cuts = 0; /* "Anna will ask. Owner: Ben" */
        if (one.named && one.named <= PK_HEARD_NAME && kind == PK_SECTION_AGENDA)
            continue; /* a topic */
        if (!pk_add_action(search, found, &one.item))
            continue;
        any = true;
        struct pk_action *action = reader->minutes->action.items;
        if (one.goes_on && before >= 0 && !action[search->last].owner.count)
            action[search->last].owner = action[before].owner;
    }
    found->range = all.range;
    return any;
}

/* Sentences in which somebody who speaks takes something on. */
static void find_pledges(struct search *search, struct candidate *found, uint32_t leaf)
{
    struct pk_reader *reader = search->reader;
    struct pk_item above = {0};
    struct pk_pledges all = {.reader = reader,
                             .leaf = leaf,
                             .flow = found->flow,
                             .range = found->range,
                             .grouped =
                                 found->block != leaf && pk_inherit(search, found->block, &above)};
    struct pk_pledge one;
    while (!pk_inside(reader, found->block, PK_QUOTE) && pk_next_pledge(&all, &one)) {
        struct pk_item item = {0};
        if (one.speaker.end > one.speaker.start)
            item.owner[item.owners++] = one.speaker;
        found->range = one.task;
        pk_add_action(search, found, &item);
    }
    found->range = all.range;
}

/* -- Those who are given something -- */

/* "The supplier delivers by 5 March": a party, and by when. */
static bool binds_party(struct search *search, const struct candidate *found, struct pk_item *item)
{
    size_t end;
    struct pk_range whole = pk_trim_range(found->flow->text, found->range);
    if (item->owners || item->when.dated == PK_DATED_NONE || item->when.opener == PK_UNOPENED ||
        !pk_phrase_at(search->reader, found->flow->text, whole.start, PK_WORD_EVERYBODY, &end))
        return false;
    item->owner[item->owners++] = (struct pk_range){whole.start, end};
    return true;
}

/* "Макеты передаёт Анна Ким до 7 мая": whoever is named, in the nominative, near a deed. */
static bool find_doer(const struct pk_reader *reader, const struct candidate *found,
                      struct pk_range *doer)
{
    enum { NEAR = 4 /* words */ };
    struct pk_view text = pk_view_part(found->flow->text, 0, found->range.end);
    size_t at = found->range.start, width, end, deed = SIZE_MAX, words = 0;
    doer->start = doer->end = 0;
    while (at < text.length) {
        uint32_t sign = pk_char_at(text, at, &width);
        if (!pk_is_letter(sign)) {
            at += width;
            continue;
        }
        struct pk_view word = pk_view_part(text, at, pk_word_end(text, at));
        if (!pk_is_cyrillic(sign) || !word.length)
            return false;
        words++;
        bool named = !doer->end && pk_is_upper(sign) &&
                     pk_name_at(reader, text, at, &end) == PK_SURE_NAME &&
                     is_as_listed(reader, word);
        if (named)
            *doer = (struct pk_range){at, end};
        else if (!pk_is_upper(sign) && is_deed(word))
            deed = words;
        if (doer->end && deed != SIZE_MAX && words - deed <= NEAR)
            return true;
        at = named ? end : at + word.length;
    }
    return false;
}

/* An agreement is an action as well where it says who carries it out. */
static bool names_somebody(struct search *search, const struct candidate *found,
                           struct pk_item *owner)
{
    struct pk_item item = {.flow = found->flow, .range = found->range};
    struct pk_view text = pk_view_part(found->flow->text, 0, found->range.end);
    bool firm = pk_bids(search->reader, text, found->range) ||
                pk_is_signed(search->reader, found->flow, found->range);
    pk_take_apart(search->reader, &item, firm);
    struct pk_range doer;
    if (!item.owners && item.when.dated != PK_DATED_NONE &&
        find_doer(search->reader, found, &doer)) {
        owner->owner[owner->owners++] = doer;
        return true;
    }
    if (!binds_party(search, found, &item))
        return item.owners > 0;
    owner->owner[owner->owners++] = item.owner[0];
    return true;
}

bool pk_has_owner(struct search *search, const struct candidate *found, struct pk_item *owner)
{
    struct pk_item item = {0};
    return names_somebody(search, found, owner) || pk_inherit(search, found->block, &item);
}

/* Where a line inside the sentence opens what was decided: "... Ким Е.А." over "РЕШИЛИ: ..."; the
 * sentence's end: none does. */
static size_t resolution_in(const struct pk_reader *reader, const struct candidate *found,
                            uint32_t leaf, struct pk_range sentence, uint32_t *line)
{
    for (; *line < pk_block_of(reader, leaf)->segment_count; ++*line) {
        size_t start = pk_flow_line(reader, leaf, found->flow, *line).start;
        if (start >= sentence.end)
            break;
        struct pk_range rest = {start, sentence.end};
        if (start > sentence.start &&
            pk_opened_by(reader, found->flow, rest, PK_WORD_DECISION, NULL))
            return start;
    }
    return sentence.end;
}

/* Sentences that give somebody something to do, and resolutions that name somebody: "Beschluss:
 * Angebote einholen (Anna)". */
static bool find_orders(struct search *search, struct candidate *found, uint32_t leaf,
                        enum pk_section_kind kind)
{
    struct pk_reader *reader = search->reader;
    struct candidate order = *found;
    struct pk_view text = pk_view_part(found->flow->text, 0, found->range.end);
    uint64_t gives = PK_KIND(PK_WORD_ASSIGN) | PK_KIND(PK_WORD_DECISION);
    if (!pk_is_resolved(kind) && !(pk_kinds_in(reader, text) & gives))
        return false;
    size_t from = found->range.start;
    struct pk_range sentence, task;
    size_t number = found->range.end; /* of the entry it stands in */
    uint32_t line = 0;
    bool decides = pk_kinds_in(reader, text) & PK_KIND(PK_WORD_DECISION);
    bool any = false, resolved = pk_is_resolved(kind);
    while (pk_sentence(reader->minutes, text, &from, &sentence.start, &sentence.end)) {
        struct pk_item item = {0};
        size_t breaks =
            decides ? resolution_in(reader, found, leaf, sentence, &line) : sentence.end;
        if (breaks < sentence.end) {
            from = breaks;
            sentence.end = pk_skip_back(text, breaks);
        }
        size_t opened = pk_opened_by(reader, found->flow, sentence, PK_WORD_DECISION, NULL);
        if (opened)
            sentence.start = opened;
        resolved = resolved || opened; /* "РЕШИЛИ: 1. ... 2. ...": so is what comes behind */
        if (resolved) {                /* "... до 5 мая 2027 г. 2.2. Ким ..." */
            struct pk_view part = pk_view_part(text, 0, sentence.end);
            if (pk_behind_mark(part, sentence.start) > sentence.start)
                number = sentence.start;
            size_t next = number < sentence.end ? pk_next_number(part, number) : sentence.end;
            if (next > sentence.start && next < sentence.end) {
                from = next;
                sentence.end = pk_skip_back(text, next);
            }
        }
        sentence.start = pk_behind_mark(pk_view_part(text, 0, sentence.end), sentence.start);
        if (sentence.start >= sentence.end)
            continue; /* "2.1." */
        bool keyword = opened || (resolved && !pk_is_resolved(kind));
        order.source = keyword ? PK_FROM_KEYWORD : PK_FROM_SENTENCE;
        bool given = pk_is_order(reader, found->flow, sentence, resolved, &item, &task);
        order.range = given ? task : sentence;
        bool bids = opened && pk_bids(reader, text, sentence);
        order.firm = given || bids;
        if (given || (opened && (bids ? pk_has_owner : names_somebody)(search, &order, &item)))
            any |= pk_add_action(search, &order, &item);
        else if (any) /* the others of these sentences are looked at one by one */
            find_promises(search, &order, leaf, kind);
    }
    return any;
}

void pk_find_sentences(struct search *search, struct candidate *found, uint32_t leaf,
                       enum pk_section_kind kind)
{
    found->source = PK_FROM_SENTENCE;
    found->firm = false;
    if (!find_orders(search, found, leaf, kind))
        find_promises(search, found, leaf, kind);
    find_pledges(search, found, leaf);
}
