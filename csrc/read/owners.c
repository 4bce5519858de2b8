/* owners.c - who an item is given to, and which of its words say so. */
#include "read/read.h"

#include <string.h>

void pk_cut(struct pk_item *item, struct pk_range range)
{
    if (range.start < range.end && item->cuts < PK_MOST_CUTS)
        item->cut[item->cuts++] = range;
}

static uint32_t sign_at(struct pk_view text, size_t at)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    return width ? sign : 0;
}

static struct pk_view item_text(const struct pk_item *item)
{
    return pk_view_part(item->flow->text, 0, item->range.end);
}

static void add_owner(struct pk_item *item, struct pk_range name)
{
    name = pk_trim_range(item->flow->text, name);
    if (name.start < name.end && item->owners < PK_MOST_OWNERS)
        item->owner[item->owners++] = name;
}

void pk_own(struct pk_item *item, const struct pk_range *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        add_owner(item, names[i]);
}

/* -- Behind a label, in a cell: all of it is names -- */

static bool separates(const struct pk_reader *reader, struct pk_view text, size_t at,
                      size_t *behind)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    *behind = at + width;
    if (sign == ',' || sign == ';' || sign == '/' || sign == '&' || sign == '+')
        return true;
    bool word = pk_is_letter(sign) && pk_word_starts(text, at) &&
                pk_is_space(pk_char_before(text, at)) &&
                sign_at(text, at + width) != '.'; /* "Иванов И.И." has no "и" in it */
    return word && pk_phrase_at(reader, text, at, PK_WORD_AND, behind);
}

static void take_one(const struct pk_reader *reader, struct pk_item *item, struct pk_range name)
{
    struct pk_view text = item->flow->text;
    name = pk_trim_signs(text, name);
    if (name.start < name.end && text.at[name.start] == '@')
        name.start++;
    struct pk_range word = name;
    while (word.end > word.start && text.at[word.end - 1] == '.')
        word.end--;
    struct pk_view words = pk_view_part(text, word.start, word.end);
    if (!words.length || pk_phrase_whole(reader, words, PK_WORD_NOBODY))
        return;
    bool initials = name.end > word.end && pk_is_upper(pk_char_before(text, word.end));
    if (initials)
        word.end++;
    add_owner(item, word);
}

void pk_take_owners(const struct pk_reader *reader, struct pk_item *item, struct pk_range range)
{
    struct pk_view text = pk_view_part(item->flow->text, 0, range.end);
    size_t from = range.start, behind, width;
    for (size_t at = range.start; at < range.end; at += width) {
        pk_char_at(text, at, &width);
        size_t blank = pk_behind_placeholder(text, at);
        width = blank > at ? blank - at : width;
        if (blank > at || !separates(reader, text, at, &behind))
            continue;
        take_one(reader, item, (struct pk_range){from, at});
        from = behind;
        width = behind - at;
    }
    take_one(reader, item, (struct pk_range){from, range.end});
}

/* -- Owner words: "owner: Anna", "отв. Петров", "[owner:: bob]" -- */

/* An owner word at `at`, or the header of an owner column used as a label. */
static bool is_owner_word(const struct pk_reader *reader, struct pk_view text, size_t at,
                          bool *label_only, size_t *end)
{
    *label_only = !pk_phrase_at(reader, text, at, PK_WORD_OWNER, end);
    if (!*label_only)
        return true;
    const struct pk_phrase *column = pk_phrase_at(reader, text, at, PK_WORD_COLUMN, end);
    return column && column->meaning.value == PK_COLUMN_OWNER;
}

/* Where the names behind an owner word start; *label: a sign tells that all of it is names. */
static size_t behind_owner_word(struct pk_view text, size_t end, bool *label)
{
    size_t at = end, width;
    *label = false;
    if (at < text.length && text.at[at] == '.')
        at++;
    while (at < text.length) {
        uint32_t sign = pk_char_at(text, at, &width);
        bool joint = sign == ':' || sign == 0xFF1A || sign == '=' ||
                     (pk_is_dash(sign) && pk_is_space(pk_char_before(text, at)));
        if (!joint && !pk_is_space(sign))
            break;
        *label = *label || joint;
        at += width;
    }
    return at;
}

/* A labelled value ends with its sentence, bracket or line of thought. */
static size_t names_end(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t width, behind;
    for (; at < text.length; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        size_t blank = pk_behind_placeholder(text, at);
        width = blank > at ? blank - at : width;
        if (blank > at)
            continue;
        if (sign == ';' || sign == ')' || sign == ']' || sign == '}' || sign == '|' || sign == '(')
            break;
        if (sign == '.' && pk_skip_blanks(text, at + 1) > at + 1 &&
            !pk_is_upper(pk_char_before(text, at)))
            break;
        if (pk_is_dash(sign) && pk_is_space(pk_char_before(text, at)))
            break;
        bool word = pk_is_letter(sign) && pk_is_space(pk_char_before(text, at)) &&
                    sign_at(text, at + width) != '.'; /* "Полевой В. В." */
        if (word && pk_phrase_at(reader, text, at, PK_WORD_DUE, &behind))
            break;
        /* "Ответственный Новиков М.О. Срок ...": a stop behind initials is the name's own */
        if (sign == '.' && pk_is_upper(pk_char_before(text, at)) &&
            pk_is_space(sign_at(text, at + 1)) &&
            pk_phrase_at(reader, text, pk_skip_blanks(text, at + 1), PK_WORD_DUE, &behind))
            return at + 1;
    }
    return at;
}

/* The brackets around a range, where they hold nothing else, go with it. */
static struct pk_range with_brackets(const struct pk_item *item, struct pk_range range)
{
    struct pk_view text = item_text(item);
    uint32_t behind = sign_at(text, range.end);
    size_t first = pk_skip_back(text, range.start);
    uint32_t before = pk_char_before(text, first);
    bool opens = before == '(' || before == '[' || before == '{';
    bool closes = behind == ')' || behind == ']' || behind == '}';
    if (!opens || !closes || first <= item->range.start)
        return range;
    return (struct pk_range){first - 1, range.end + 1};
}

bool pk_is_party(const struct pk_reader *reader, struct pk_view text, size_t at, size_t behind)
{
    size_t end;
    return pk_phrase_at(reader, text, at, PK_WORD_EVERYBODY, &end) &&
           pk_name_at(reader, text, behind, &end) == PK_NO_NAME;
}

/* Where the name begins that ends before `at`, one word long; `at`: none does. */
static size_t name_before(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t end = pk_skip_back(text, at), start = end, width, behind;
    while (start && pk_is_word(pk_decode_before(text, start, &width)))
        start -= width;
    return pk_name_at(reader, text, start, &behind) && behind == end ? start : at;
}

static size_t owner_word_at(const struct pk_reader *reader, struct pk_item *item, size_t at)
{
    struct pk_view text = item_text(item);
    size_t behind;
    bool label_only, label;
    if (!is_owner_word(reader, text, at, &label_only, &behind))
        return 0;
    size_t from = behind_owner_word(text, behind, &label);
    bool again; /* "Назначить ответственных. Исполнитель: ...": the next one tells who */
    if (!label && (label_only || is_owner_word(reader, text, from, &again, &behind)))
        return 0;
    struct pk_range names[PK_MOST_OWNERS];
    uint32_t count;
    size_t end;
    if (at == item->range.start && pk_is_party(reader, text, at, from))
        return 0;
    if (!label && at > item->range.start && item->range.start == name_before(reader, text, at))
        return 0; /* "Jonas übernimmt ..." */
    if (label) {
        end = names_end(reader, text, from);
        pk_take_owners(reader, item, (struct pk_range){from, end});
    } else if (pk_names_at(reader, text, from, text.length, names, PK_MOST_OWNERS, &count, &end)) {
        if (pk_names_lead(reader, text, item->range.start))
            return 0; /* "Jonas: Entwurf durch Einkauf prüfen lassen" */
        pk_own(item, names, count);
    } else {
        return 0;
    }
    pk_cut(item, with_brackets(item, (struct pk_range){at, end}));
    return end;
}

static bool owner_words(const struct pk_reader *reader, struct pk_item *item)
{
    struct pk_view text = item_text(item);
    bool found = false;
    size_t width;
    for (size_t at = pk_next_spot(reader, text, item->range.start, PK_OWNER_KINDS, 0);
         at < text.length; at = pk_next_spot(reader, text, at + width, PK_OWNER_KINDS, 0)) {
        size_t end =
            pk_is_letter(pk_char_at(text, at, &width)) ? owner_word_at(reader, item, at) : 0;
        found = found || end;
        width = end > at + width ? end - at : width;
    }
    return found;
}

/* -- At the start -- */

/* Is a name we are not sure of one all the same? Where people are known it would be known,
 * unless it is a first and a last name. */
static bool is_likely(const struct pk_reader *reader, struct pk_view name)
{
    struct pk_view trimmed = pk_trim(name);
    size_t blank = 0;
    while (blank < trimmed.length && trimmed.at[blank] != ' ')
        blank++;
    enum pk_will_value verb = pk_verb_at(reader, name, 0);
    if (verb == PK_TELLS || verb == PK_BE || pk_infinitive_at(reader, name, 0))
        return false; /* "Helping to ...", "Собрать отчёт", "Сравнить с Bora" */
    return !reader->names.count || blank < trimmed.length;
}

static bool is_small_letter(struct pk_view text, size_t at)
{
    uint32_t sign = sign_at(text, at);
    return pk_is_letter(sign) && !pk_is_upper(sign);
}

/* "AM Vorbereitung der Sitzung": where initials of somebody known end, before a German noun; or 0.
 */
static size_t initials_at(const struct pk_reader *reader, struct pk_view text, size_t start)
{
    enum { MOST_INITIALS = 3 };
    const struct pk_language *language = reader->minutes->language;
    size_t width, count = 0, end = start, behind;
    while (pk_is_upper(sign_at(text, end)) && count++ < MOST_INITIALS) {
        pk_char_at(text, end, &width);
        end += width;
    }
    size_t next = pk_skip_blanks(text, end);
    bool apart = count > 1 && next > end && pk_is_letter(sign_at(text, next));
    return apart && language && pk_is(language->id, "de") &&
                   pk_name_at(reader, pk_view_part(text, 0, end), start, &behind) == PK_SURE_NAME
               ? next
               : 0;
}

/* "-->", "->", "=>", an arrow: behind it, or 0. */
static size_t behind_arrow(struct pk_view text, size_t at)
{
    size_t width, end = at;
    uint32_t sign = pk_char_at(text, at, &width);
    if (sign == 0x2192 || sign == 0x21D2)
        return at + width;
    while (sign_at(text, end) == '-' || sign_at(text, end) == '=')
        end++;
    return end > at && sign_at(text, end) == '>' ? end + 1 : 0;
}

/* Behind a date that stands right there; 0: none does. */
static size_t behind_due(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    enum { LONGEST = 80 /* bytes */ };
    struct pk_when when = {0};
    struct pk_range near = {at, at + LONGEST < text.length ? at + LONGEST : text.length};
    uint64_t kinds = PK_KIND(PK_WORD_DUE);
    if (at >= text.length || !(pk_kinds_at(reader, text, at) & kinds) ||
        !pk_when_due(reader, text, near, &when) || when.whole.start != at)
        return 0;
    return pk_skip_blanks(text, when.whole.end);
}

/* What follows the names at the start of an item, and where the rest of it begins; 0: the
 * names are no owners. */
static size_t behind_owners(const struct pk_reader *reader, const struct pk_item *item,
                            struct pk_range names, enum pk_named named, bool firm)
{
    struct pk_view text = item_text(item);
    size_t next = pk_skip_blanks(text, names.end), width, end;
    bool known = named >= PK_HEARD_NAME, handle = text.at[names.start] == '@';
    size_t dated = known ? behind_due(reader, text, next) : 0;
    if (dated &&
        (pk_will_at(reader, text, dated).promises || pk_verb_at(reader, text, dated) == PK_DOES))
        return next; /* "Анна до 5 мая подготовит ..." */
    struct pk_will will = pk_will_at(reader, text, next);
    if (!known && !firm && !will.promises)
        return 0;
    bool likely = known || is_likely(reader, pk_view_part(text, names.start, names.end));
    if (will.promises && item->opened && !likely) /* "ACTION: Pauli to ask" says who */
        likely = pk_verb_at(reader, text, names.start) == 0;
    if (will.verb && (known || (likely && (firm || will.promises))))
        return will.is_verb ? next : will.verb;
    if (!known && !firm)
        return 0;
    enum pk_will_value verb = pk_verb_at(reader, text, next);
    if (known && verb == PK_MUST)
        return next;
    /* "the team finished ..." tells of them, it gives them nothing */
    bool everybody = pk_phrase_at(reader, text, names.start, PK_WORD_EVERYBODY, &end);
    if (known && !everybody && verb == PK_DOES && pk_does_something(text, next))
        return next;
    if (!firm)
        return 0;
    if (likely && verb == PK_DOES)
        return next;
    uint32_t sign = pk_char_at(text, next, &width);
    if (sign == ':' || sign == 0xFF1A)
        return likely ? next + width : 0;
    if (pk_is_dash(sign) && next > names.end && pk_is_space(sign_at(text, next + width)))
        return likely ? next + width : 0;
    size_t arrow = behind_arrow(text, next);
    if (arrow)
        return likely ? arrow : 0;
    if (handle)
        return next;
    bool strong = pk_all_in_style(item->flow, names, PK_STRONG) &&
                  !(pk_flow_style(item->flow, next) & PK_STRONG);
    if (strong && likely)
        return next;
    return named == PK_SURE_NAME && !everybody && is_small_letter(text, next) ? next : 0;
}

/* "ACTION: OTC to read it", "LCGC will ask": where a board's letters end; or 0. */
static size_t letters_at(const struct pk_reader *reader, const struct pk_item *item)
{
    enum { FEWEST = 2, MOST = 6 };
    struct pk_view text = item_text(item);
    size_t width, count = 0, end = item->range.start, behind;
    for (; pk_is_upper(sign_at(text, end)) && count <= MOST; count++, end += width)
        pk_char_at(text, end, &width);
    bool known = pk_phrase_at(reader, text, item->range.start, PK_WORD_ACTION, &behind);
    return count >= FEWEST && count <= MOST && !known && sign_at(text, end) == ' ' ? end : 0;
}

/* "Documentation - Anna to comment": behind a topic, where a promise begins; or 0. */
static size_t behind_topic(const struct pk_reader *reader, const struct pk_item *item)
{
    enum { LONGEST_TOPIC = 60 /* bytes */, MOST_NAMES = 4 };
    struct pk_view text = item_text(item);
    size_t width, end, limit = item->range.start + LONGEST_TOPIC;
    if (pk_name_at(reader, text, item->range.start, &end) >= PK_HEARD_NAME)
        return 0; /* "Anna: Remind Ben to comment" is Anna's */
    for (size_t at = item->range.start; at < text.length && at < limit; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        bool dash = pk_is_dash(sign) && pk_is_space(pk_char_before(text, at));
        if ((!dash && sign != ':') || !pk_is_space(sign_at(text, at + width)))
            continue;
        struct pk_range names[MOST_NAMES];
        uint32_t count;
        size_t start = pk_skip_blanks(text, at + width);
        return pk_names_at(reader, text, start, text.length, names, MOST_NAMES, &count, &end) &&
                       pk_will_at(reader, text, pk_skip_blanks(text, end)).promises
                   ? start
                   : 0;
    }
    return 0;
}

/* "[name=bob] ..." as HackMD signs. */
static bool signed_by(struct pk_item *item)
{
    struct pk_view text = item_text(item);
    struct pk_view rest = pk_view_part(text, item->range.start, text.length);
    struct pk_view opening = PK_VIEW("[name=");
    if (!pk_starts(rest, opening))
        return false;
    size_t start = item->range.start + opening.length, end = start;
    while (end < text.length && text.at[end] != ']')
        end++;
    if (end == text.length)
        return false;
    add_owner(item, (struct pk_range){start, end});
    pk_cut(item, (struct pk_range){item->range.start, end + 1});
    return true;
}

/* How sure is it that this is the name of the first of those who own the item from there? */
static enum pk_named at_the_start(const struct pk_reader *reader, struct pk_item *item, bool firm)
{
    if (firm && signed_by(item))
        return PK_SURE_NAME;
    struct pk_view text = item_text(item);
    struct pk_range names[PK_MOST_OWNERS];
    size_t start = item->range.start, end;
    uint32_t first = sign_at(text, start), count;
    if (pk_flow_style(item->flow, start) & PK_CODE_SPAN)
        return PK_NO_NAME;
    bool bracket = first == '(' || first == '[';
    struct pk_lead lead;
    if (firm && pk_lead_at(reader, text, start, &lead)) {
        pk_own(item, lead.name, lead.count);
        pk_cut(item, (struct pk_range){start, lead.end});
        return PK_SURE_NAME;
    }
    size_t noun = firm ? initials_at(reader, text, start) : 0;
    if (noun) {
        add_owner(item, (struct pk_range){start, pk_skip_back(text, noun)});
        pk_cut(item, (struct pk_range){start, noun});
        return PK_SURE_NAME;
    }
    enum pk_named named = pk_names_at(reader, text, start + bracket, text.length, names,
                                      PK_MOST_OWNERS, &count, &end);
    size_t letters = firm && named < PK_HEARD_NAME ? letters_at(reader, item) : 0;
    struct pk_will told = {0};
    if (letters)
        told = pk_will_at(reader, text, letters + 1);
    if (told.promises) {
        add_owner(item, (struct pk_range){start, letters});
        pk_cut(item, (struct pk_range){start, told.is_verb ? letters + 1 : told.verb});
        return PK_MAYBE_NAME;
    }
    if (named == PK_NO_NAME)
        return PK_NO_NAME;
    uint32_t behind = sign_at(text, end);
    size_t rest = behind_owners(reader, item, (struct pk_range){start + bracket, end}, named, firm);
    if (bracket && firm && (behind == ')' || behind == ']'))
        rest = end + 1;
    if (bracket && behind == ':') /* "[Anna: to ask]" */
        rest = pk_will_at(reader, text, pk_skip_blanks(text, end + 1)).verb;
    if (!rest)
        return PK_NO_NAME;
    pk_own(item, names, count);
    pk_cut(item, (struct pk_range){start, rest});
    return count == 1 ? named : pk_name_at(reader, text, start + bracket, &end);
}

/* "Bis Freitag schreibt Anna ...": German puts the verb second, and the name behind it. */
static bool behind_verb(const struct pk_reader *reader, struct pk_item *item)
{
    struct pk_view text = item_text(item);
    size_t start = item->range.start, end;
    if (!pk_does_at(reader, text, start) && !pk_will_at(reader, text, start).verb)
        return false;
    size_t name = pk_skip_blanks(text, pk_word_end(text, start));
    if (pk_name_at(reader, text, name, &end) < PK_HEARD_NAME)
        return false;
    add_owner(item, (struct pk_range){text.at[name] == '@' ? name + 1 : name, end});
    return true;
}

static bool mentions(const struct pk_reader *reader, struct pk_item *item)
{
    struct pk_view text = item_text(item);
    for (size_t at = item->range.start; at < text.length; at++) {
        size_t end;
        const char *handle = memchr(text.at + at, '@', text.length - at);
        if (!handle)
            break;
        at = (size_t)(handle - text.at);
        if (pk_flow_style(item->flow, at) & PK_CODE_SPAN)
            continue;
        if (pk_name_at(reader, text, at, &end) == PK_NO_NAME)
            continue;
        add_owner(item, (struct pk_range){at + 1, end});
        if (end == pk_last_word_end(item))
            pk_cut(item, (struct pk_range){at, end});
        at = end - 1;
    }
    return item->owners > 0;
}

void pk_find_owners(const struct pk_reader *reader, struct pk_item *item, bool firm)
{
    item->range = pk_trim_range(item->flow->text, item->range);
    if (item->range.start >= item->range.end || owner_words(reader, item))
        return;
    size_t topic = firm ? behind_topic(reader, item) : 0, start = item->range.start;
    item->range.start = topic ? topic : start;
    bool owned = at_the_start(reader, item, firm);
    item->range.start = start;
    if (owned)
        return;
    if (item->cuts && item->cut[0].end <= item->range.start && behind_verb(reader, item))
        return;
    if (!pk_take_signature(reader, item, firm))
        mentions(reader, item);
}

enum pk_named pk_starts_promise(const struct pk_reader *reader, struct pk_item *item)
{
    item->range = pk_trim_range(item->flow->text, item->range);
    return item->range.start < item->range.end ? at_the_start(reader, item, false) : PK_NO_NAME;
}

enum pk_named pk_takes_on(const struct pk_reader *reader, struct pk_item *item)
{
    enum pk_named named = pk_starts_promise(reader, item);
    struct pk_range range = item->range;
    if (named || range.start >= range.end)
        return named;
    range.end = pk_is_signed(reader, item->flow, range);
    return range.end && pk_has_will(reader, item->flow->text, range) ? PK_SURE_NAME : PK_NO_NAME;
}
