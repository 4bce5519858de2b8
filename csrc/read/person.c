/* person.c - one person from a line: "Name, role, organisation, mail"; several from a list. */
#include "read/person.h"

enum { MOST_SMALL_WORDS = 3, MOST_PARTS = 12 };

static uint32_t sign_at(struct pk_view text, size_t at)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    return width ? sign : 0;
}

static struct pk_view view_of(const struct pk_flow *flow, struct pk_range range)
{
    return pk_view_part(flow->text, range.start, range.end);
}

/* -- What a part of an entry is -- */

static bool is_legal_form(struct pk_view part)
{
    static const char *const forms[] = {"ООО",  "АО",   "ПАО",  "ОАО",  "ЗАО",  "ИП",   "GmbH",
                                        "AG",   "KG",   "UG",   "SE",   "Ltd",  "LLC",  "Inc",
                                        "Inc.", "Ltd.", "e.V.", "S.A.", "B.V.", "ФГУП", "ГУП"};
    size_t width;
    for (size_t at = 0; at < part.length; at += width) {
        pk_char_at(part, at, &width);
        if (!pk_word_starts(part, at))
            continue;
        size_t end = at;
        while (end < part.length && !pk_is_space(sign_at(part, end)))
            end++;
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
            if (pk_is(pk_view_part(part, at, end), forms[i]))
                return true;
        }
    }
    return false;
}

static bool is_quoted(struct pk_view part)
{
    size_t width;
    uint32_t first = pk_decode(part, &width);
    return first == 0xAB || first == 0x201E || first == 0x201C || first == '"';
}

static bool is_contact_sign(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == '_' ||
           byte == '+' || byte == '@' || byte == '%' || (unsigned char)byte >= 0x80;
}

/* The e-mail address or @handle in a part: the run of signs around its "@". */
static struct pk_view address_in(struct pk_view part)
{
    size_t at = 0;
    while (at < part.length && part.at[at] != '@')
        at++;
    if (at == part.length)
        return PK_VIEW("");
    size_t start = at, end = at + 1;
    while (start > 0 && is_contact_sign(part.at[start - 1]))
        start--;
    while (end < part.length && is_contact_sign(part.at[end]))
        end++;
    while (end > at + 1 && part.at[end - 1] == '.')
        end--;
    return pk_view_part(part, start, end > at + 1 ? end : start);
}

/* A telephone number: seven digits or more with what stands between them. */
static struct pk_view phone_in(struct pk_view part)
{
    size_t start = 0, digits = 0, end = 0;
    while (start < part.length && part.at[start] != '+' &&
           !(part.at[start] >= '0' && part.at[start] <= '9'))
        start++;
    if (start && part.at[start - 1] == '(')
        start--;
    for (size_t at = start; at < part.length; at++) {
        char sign = part.at[at];
        bool digit = sign >= '0' && sign <= '9';
        if (!digit && sign != ' ' && sign != '-' && sign != '(' && sign != ')' && sign != '+' &&
            sign != '/' && sign != '.')
            break;
        digits += digit;
        end = digit ? at + 1 : end;
    }
    return digits >= 6 && digits <= 16 ? pk_view_part(part, start, end) : PK_VIEW("");
}

void pk_add_contact(struct pk_reader *reader, struct pk_person *person, struct pk_view contact)
{
    if (contact.length)
        *pk_push(reader->arena, &person->contact) = contact;
}

bool pk_take_contacts(struct pk_reader *reader, struct pk_person *person, struct pk_view part)
{
    uint32_t before = person->contact.count;
    pk_add_contact(reader, person, address_in(part));
    if (person->contact.count == before)
        pk_add_contact(reader, person, phone_in(part));
    return person->contact.count > before;
}

/* "role: buyer", "тел. ...": a part that says what it is. */
static bool take_labelled(struct pk_reader *reader, struct pk_person *person,
                          const struct pk_flow *flow, struct pk_range part)
{
    size_t end;
    const struct pk_phrase *label =
        pk_phrase_at(reader, flow->text, part.start, PK_WORD_COLUMN, &end);
    if (!label || end >= part.end || flow->text.at[end] != ':')
        return false;
    struct pk_view value = pk_trim(pk_view_part(flow->text, end + 1, part.end));
    switch (label->meaning.value) {
    case PK_COLUMN_ROLE:
        person->role = value;
        return true;
    case PK_COLUMN_ORGANISATION:
        person->organisation = value;
        return true;
    case PK_COLUMN_CONTACT:
        if (!pk_take_contacts(reader, person, value))
            pk_add_contact(reader, person, value);
        return true;
    default:
        return false;
    }
}

void pk_take_part(struct pk_reader *reader, struct pk_person *person, const struct pk_flow *flow,
                  struct pk_range part)
{
    part = pk_trim_signs(flow->text, part);
    struct pk_view view = view_of(flow, part);
    if (!view.length || take_labelled(reader, person, flow, part) ||
        pk_take_contacts(reader, person, view))
        return;
    bool organisation = is_legal_form(view) || is_quoted(view);
    if (!organisation && !person->role.length)
        person->role = view;
    else if (!person->organisation.length)
        person->organisation = view;
}

/* -- One entry: "Name, role, organisation, mail" -- */

/* Signs that part an entry; a dash only between blanks, brackets by themselves. */
static bool parts_here(struct pk_view text, size_t at, uint32_t sign, size_t width)
{
    if (sign == ',' || sign == ';' || sign == '(' || sign == ')' || sign == '|' || sign == '<')
        return true;
    bool apart = pk_is_space(pk_char_before(text, at)) && pk_is_space(sign_at(text, at + width));
    if (sign == '/')
        return apart;
    return (pk_is_dash(sign) && apart) || (sign == ':' && pk_is_space(sign_at(text, at + width)));
}

/* Telephone numbers hold brackets that part nothing: "+7 (495) 123-45-67". */
static bool inside_number(struct pk_view text, size_t at)
{
    uint32_t before = pk_char_before(text, pk_skip_back(text, at));
    size_t next = at + 1;
    while (next < text.length && (text.at[next] == ' ' || text.at[next] == ')'))
        next++;
    uint32_t behind = sign_at(text, next);
    bool number_before = before - '0' < 10 || before == '+' || before == ')';
    return number_before && behind - '0' < 10;
}

static uint32_t split(struct pk_view text, struct pk_range range, struct pk_range *part)
{
    uint32_t count = 0;
    size_t from = range.start, width;
    text = pk_view_part(text, 0, range.end);
    for (size_t at = range.start; at < range.end && count + 1 < MOST_PARTS; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        size_t blank = sign == '{' ? pk_behind_placeholder(text, at) : at;
        if (blank > at) { /* "{{full name, position}}" is one part */
            width = blank - at;
            continue;
        }
        bool number = (sign == '(' || sign == ')' || pk_is_dash(sign)) && inside_number(text, at);
        if (number || !parts_here(text, at, sign, width))
            continue;
        struct pk_range found = pk_trim_range(text, (struct pk_range){from, at});
        if (found.start < found.end)
            part[count++] = found;
        from = at + width;
    }
    struct pk_range rest = pk_trim_range(text, (struct pk_range){from, range.end});
    if (rest.start < rest.end)
        part[count++] = rest;
    return count;
}

bool pk_has_letters(struct pk_view view)
{
    size_t width;
    for (size_t at = 0; at < view.length; at += width) {
        if (pk_is_letter(pk_char_at(view, at, &width)))
            return true;
    }
    return false;
}

static uint32_t small_words(struct pk_view name)
{
    size_t width;
    uint32_t small = 0;
    for (size_t at = 0; at < name.length; at += width) {
        uint32_t codepoint = pk_char_at(name, at, &width);
        small += pk_is_letter(codepoint) && !pk_is_upper(codepoint) && pk_word_starts(name, at);
    }
    return small;
}

/* Names hold few words in small letters ("van der", "of the"); clauses hold more. */
static bool is_clause(struct pk_view name)
{
    return small_words(name) > MOST_SMALL_WORDS;
}

bool pk_is_prose(const struct pk_reader *reader, const struct pk_flow *flow)
{
    struct pk_range part[MOST_PARTS];
    struct pk_view text = flow->text;
    size_t end = pk_skip_back(text, text.length), behind;
    if (!split(text, (struct pk_range){0, end}, part))
        return false;
    struct pk_view first = view_of(flow, pk_trim_signs(text, part[0]));
    if (is_clause(first))
        return true;
    size_t colon = pk_skip_blanks(text, part[0].end);
    if (colon < end && text.at[colon] == ':' && is_clause(pk_view_part(text, colon, end)))
        return pk_knows_name(reader, first);
    bool stops = text.at[end - 1] == '.' && pk_name_at(reader, text, 0, &behind) < PK_HEARD_NAME;
    return stops && (small_words(first) > 1 || is_clause(text));
}

/* "Anna Weber anna@weber.example": the address is no part of the name. */
static struct pk_range name_alone(struct pk_view text, struct pk_range name)
{
    struct pk_view address = address_in(pk_view_part(text, name.start, name.end));
    if (address.length && (size_t)(address.at - text.at) > name.start)
        name.end = (size_t)(address.at - text.at);
    return pk_trim_signs(text, name);
}

/* "Петров И.И.": initials, as names in lists of people bear them. */
static bool has_initials(struct pk_view name)
{
    for (size_t at = 1; at < name.length; at++) {
        if (name.at[at] == '.' && pk_is_upper(pk_char_before(name, at)))
            return true;
    }
    return false;
}

/* "проф. Петров И.И.", "управляющий домом Петров И.И.": where the name begins, 0: none does. */
static size_t name_behind_office(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    enum { MOST_WORDS = 5 };
    size_t end, width;
    if (!pk_is_cyrillic(sign_at(text, at)) || pk_is_upper(sign_at(text, at)))
        return 0;
    for (int words = 0; at < text.length && words < MOST_WORDS; words++) {
        at = pk_word_end(text, at);
        if (at < text.length && text.at[at] == '.')
            at++;
        at = pk_skip_blanks(text, at);
        if (!pk_is_word(pk_char_at(text, at, &width)))
            return 0;
        if (pk_is_upper(sign_at(text, at)))
            return pk_name_at(reader, text, at, &end) && has_initials(pk_view_part(text, at, end))
                       ? at
                       : 0;
    }
    return 0;
}

/* "зав. кафедрой" in front of "проф. Ким Е.А.": no capital, and shortened. */
static bool is_office(struct pk_view words)
{
    size_t width;
    bool shortened = false;
    for (size_t at = 0; at < words.length; at += width) {
        uint32_t sign = pk_char_at(words, at, &width);
        if (pk_is_upper(sign) || (pk_is_letter(sign) && !pk_is_cyrillic(sign)))
            return false;
        shortened = shortened || (sign == '.' && at + 1 < words.length);
    }
    return shortened;
}

struct pk_person *pk_add_person(struct pk_reader *reader, const struct pk_entry *entry)
{
    struct pk_range part[MOST_PARTS];
    struct pk_view text = entry->flow->text;
    uint32_t count = split(text, entry->range, part);
    if (!count || !pk_has_letters(view_of(entry->flow, part[0])))
        return NULL;
    struct pk_range name = name_alone(text, part[0]), office = {name.start, name.start};
    size_t behind = name_behind_office(reader, pk_view_part(text, 0, name.end), name.start);
    if (behind) {
        office.end = pk_skip_back(text, behind);
        name.start = behind;
    }
    struct pk_view words = view_of(entry->flow, name);
    if (is_office(words) || pk_phrase_whole(reader, words, PK_WORD_NOBODY) ||
        pk_phrase_whole(reader, words, PK_WORD_TITLE) || /* "Запись встречи: https://..." */
        is_clause(words))
        return NULL;
    struct pk_person *person = pk_push(reader->arena, &reader->minutes->person);
    person->name = words;
    person->span = pk_span_in(entry->flow, name);
    person->present = entry->present;
    person->whole = entry->whole;
    person->line = entry->line;
    person->role = pk_view_part(text, office.start, office.end);
    if (name.end < part[0].end)
        pk_take_contacts(reader, person, pk_view_part(text, name.end, part[0].end));
    for (uint32_t i = 1; i < count; i++)
        pk_take_part(reader, person, entry->flow, part[i]);
    if (!person->organisation.length)
        person->organisation = entry->organisation;
    pk_learn_name(reader, person->name);
    return person;
}

/* -- Several in one line: "A, B and C", "A (buyer), B (sales)", "A, buyer; B, sales" -- */

static void add_whole(struct pk_reader *reader, struct pk_entry *entry, struct pk_range range)
{
    range = pk_trim_signs(entry->flow->text, range);
    while (range.end > range.start && entry->flow->text.at[range.end - 1] == '.' &&
           !pk_is_upper(pk_char_before(entry->flow->text, range.end - 1)))
        range.end--;
    struct pk_entry one = *entry;
    one.range = range;
    one.whole = pk_span_in(entry->flow, range);
    one.line = pk_line_at(&reader->minutes->blocks, one.whole.start);
    if (range.start < range.end)
        pk_add_person(reader, &one);
}

bool pk_has_sign(struct pk_view text, struct pk_range range, char sign)
{
    for (size_t at = range.start; at < range.end; at++) {
        if (text.at[at] == sign)
            return true;
    }
    return false;
}

/* Does a name start at `at`, behind a comma? What comes in small letters is a role. */
static bool starts_name(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t end, next = pk_skip_blanks(text, at);
    return pk_name_at(reader, text, next, &end) != PK_NO_NAME ||
           name_behind_office(reader, text, next) > 0;
}

/* "5 (Ким, Лес)", "7 чел.": how many came is nobody; who they are stands in brackets. */
static bool is_count(struct pk_view text, struct pk_range *range)
{
    size_t open = pk_skip_blanks(text, range->start), close = range->end;
    if (open >= range->end || sign_at(text, open) - '0' >= 10)
        return false;
    while (open < range->end && text.at[open] != '(')
        open++;
    while (close > open && text.at[close - 1] != ')')
        close--;
    range->start = open < close ? open + 1 : range->end;
    range->end = open < close ? close - 1 : range->end;
    return true;
}

void pk_add_people(struct pk_reader *reader, struct pk_entry *entry)
{
    if (is_count(entry->flow->text, &entry->range) &&
        !pk_has_sign(entry->flow->text, entry->range, ','))
        return; /* "(список прилагается)" */
    struct pk_view text = pk_view_part(entry->flow->text, 0, entry->range.end);
    bool semicolons = pk_has_sign(text, entry->range, ';');
    size_t from = entry->range.start, behind, width;
    int depth = 0;
    for (size_t at = from; at < entry->range.end; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        depth += sign == '(' ? 1 : sign == ')' && depth > 0 ? -1 : 0;
        behind = at + width;
        bool comma = sign == ',' && !semicolons && starts_name(reader, text, behind);
        bool word = !semicolons && pk_is_letter(sign) && pk_word_starts(text, at) &&
                    pk_phrase_at(reader, text, at, PK_WORD_AND, &behind) &&
                    starts_name(reader, text, behind);
        if (depth || !(sign == ';' || comma || word))
            continue;
        add_whole(reader, entry, (struct pk_range){from, at});
        from = behind;
        width = behind - at;
    }
    add_whole(reader, entry, (struct pk_range){from, entry->range.end});
}

/* "Ann Weber, Head of Sales, ann@weber.example": one address, one person. */
static bool is_of_one(const struct pk_flow *flow, struct pk_range line)
{
    struct pk_range part[MOST_PARTS];
    uint32_t count = split(flow->text, line, part), addresses = 0, phones = 0;
    for (uint32_t i = 0; i < count; i++) {
        addresses += address_in(view_of(flow, part[i])).length > 0;
        phones += phone_in(view_of(flow, part[i])).length > 0;
    }
    return addresses <= 1 && phones <= 1 && addresses + phones > 0 &&
           !pk_has_sign(flow->text, line, ';') && !pk_has_sign(flow->text, line, '(');
}

/* "Министерство финансов — Петров И.И., Ким Е.А.", "от клиента: Анна Ким": the party in front of
 * those who came for it goes to the entry. */
static void take_party(const struct pk_reader *reader, struct pk_entry *entry)
{
    enum { LONGEST = 90 /* bytes */, SHORTEST_LINE = 8 };
    struct pk_view text = pk_view_part(entry->flow->text, 0, entry->range.end);
    size_t width = 0, end, at = entry->range.start;
    for (; at < text.length && at < entry->range.start + LONGEST; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        if (sign == ',' || sign == ';' || sign == '(')
            return;
        if ((pk_is_dash(sign) || sign == ':') && parts_here(text, at, sign, width))
            break;
    }
    struct pk_range party = pk_trim_range(text, (struct pk_range){entry->range.start, at});
    size_t name = at < text.length ? pk_skip_blanks(text, at + width) : at;
    struct pk_view words = pk_view_part(text, party.start, party.end);
    if (!words.length || words.length < SHORTEST_LINE / 2 || name >= text.length ||
        !pk_is_cyrillic(sign_at(text, party.start)) || has_initials(words) ||
        pk_knows_name(reader, words) || !pk_name_at(reader, text, name, &end))
        return;
    bool small = !pk_is_upper(sign_at(text, party.start));
    if (!small && !has_initials(pk_view_part(text, name, end)))
        return;
    entry->organisation = words;
    entry->range.start = name;
}

void pk_add_line(struct pk_reader *reader, struct pk_entry *entry)
{
    struct pk_view group = entry->organisation;
    take_party(reader, entry);
    if (is_of_one(entry->flow, entry->range))
        add_whole(reader, entry, entry->range);
    else
        pk_add_people(reader, entry);
    entry->organisation = group;
}
