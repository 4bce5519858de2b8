/* people.c - who took part: lists, tables and lines of names, with roles and contacts. */
#include "read/read.h"

enum { MOST_PARTS = 12, MOST_COLUMNS = 16 };

/* A person being read from a stretch of a flow. */
struct entry {
    const struct pk_flow *flow;
    struct pk_range range;
    struct pk_view organisation; /* of the group the entry stands in; empty: none */
    bool present;
    struct pk_span whole;
    uint32_t line;
};

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

/* -- What a part of an entry is -------------------------------------------------------------- */

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

static void add_contact(struct pk_reader *reader, struct pk_person *person, struct pk_view contact)
{
    if (contact.length)
        *pk_push(reader->arena, &person->contact) = contact;
}

static bool take_contacts(struct pk_reader *reader, struct pk_person *person, struct pk_view part)
{
    uint32_t before = person->contact.count;
    add_contact(reader, person, address_in(part));
    if (person->contact.count == before)
        add_contact(reader, person, phone_in(part));
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
        if (!take_contacts(reader, person, value))
            add_contact(reader, person, value);
        return true;
    default:
        return false;
    }
}

static void take_part(struct pk_reader *reader, struct pk_person *person,
                      const struct pk_flow *flow, struct pk_range part)
{
    part = pk_trim_signs(flow->text, part);
    struct pk_view view = view_of(flow, part);
    if (!view.length || take_labelled(reader, person, flow, part) ||
        take_contacts(reader, person, view))
        return;
    bool organisation = is_legal_form(view) || is_quoted(view);
    if (!organisation && !person->role.length)
        person->role = view;
    else if (!person->organisation.length)
        person->organisation = view;
}

/* -- One entry: "Name, role, organisation, mail" ------------------------------------------------
 */

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

static bool has_letters(struct pk_view view)
{
    size_t width;
    for (size_t at = 0; at < view.length; at += width) {
        if (pk_is_letter(pk_char_at(view, at, &width)))
            return true;
    }
    return false;
}

/* "Anna Weber anna@weber.example": the address is no part of the name. */
static struct pk_range name_alone(struct pk_view text, struct pk_range name)
{
    struct pk_view address = address_in(pk_view_part(text, name.start, name.end));
    if (address.length && (size_t)(address.at - text.at) > name.start)
        name.end = (size_t)(address.at - text.at);
    return pk_trim_signs(text, name);
}

static struct pk_person *add_person(struct pk_reader *reader, const struct entry *entry)
{
    struct pk_range part[MOST_PARTS];
    struct pk_view text = entry->flow->text;
    uint32_t count = split(text, entry->range, part);
    if (!count || !has_letters(view_of(entry->flow, part[0])))
        return NULL;
    struct pk_range name = name_alone(text, part[0]);
    struct pk_view words = view_of(entry->flow, name);
    if (pk_phrase_whole(reader, words, PK_WORD_NOBODY))
        return NULL;
    struct pk_person *person = pk_push(reader->arena, &reader->minutes->person);
    person->name = words;
    person->span = pk_span_in(entry->flow, name);
    person->present = entry->present;
    person->whole = entry->whole;
    person->line = entry->line;
    if (name.end < part[0].end)
        take_contacts(reader, person, pk_view_part(text, name.end, part[0].end));
    for (uint32_t i = 1; i < count; i++)
        take_part(reader, person, entry->flow, part[i]);
    if (!person->organisation.length)
        person->organisation = entry->organisation;
    pk_learn_name(reader, person->name);
    return person;
}

/* -- Several in one line: "A, B and C", "A (buyer), B (sales)", "A, buyer; B, sales" -------------
 */

static void add_whole(struct pk_reader *reader, struct entry *entry, struct pk_range range)
{
    range = pk_trim_signs(entry->flow->text, range);
    while (range.end > range.start && entry->flow->text.at[range.end - 1] == '.' &&
           !pk_is_upper(pk_char_before(entry->flow->text, range.end - 1)))
        range.end--;
    struct entry one = *entry;
    one.range = range;
    one.whole = pk_span_in(entry->flow, range);
    one.line = pk_line_at(&reader->minutes->blocks, one.whole.start);
    if (range.start < range.end)
        add_person(reader, &one);
}

static bool has_sign(struct pk_view text, struct pk_range range, char sign)
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
    return pk_name_at(reader, text, next, &end) != PK_NO_NAME;
}

static void add_people(struct pk_reader *reader, struct entry *entry)
{
    struct pk_view text = pk_view_part(entry->flow->text, 0, entry->range.end);
    bool semicolons = has_sign(text, entry->range, ';');
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

/* -- Sections of people
 * ----------------------------------------------------------------------------- */

static bool is_absent(enum pk_section_kind kind)
{
    return kind == PK_SECTION_ABSENT;
}

/* "- For the client:" and then a list: the people below belong together. */
static bool is_group(const struct pk_reader *reader, uint32_t paragraph, const struct pk_flow *flow)
{
    uint32_t item = pk_inside(reader, paragraph, PK_ITEM);
    size_t end = pk_skip_back(flow->text, flow->text.length);
    bool colon = end && flow->text.at[end - 1] == ':';
    bool bold = pk_all_in_style(flow, (struct pk_range){0, end}, PK_STRONG);
    if (!item)
        return colon;
    return (colon || bold) &&
           pk_block_of(reader, item)->next > pk_block_of(reader, paragraph)->next;
}

/* Nested under a person: "- role: buyer", "- buyer@mill.example". */
static bool add_detail(struct pk_reader *reader, uint32_t item, const struct pk_flow *flow)
{
    struct pk_minutes *minutes = reader->minutes;
    const struct pk_block *list = pk_block_of(reader, pk_block_of(reader, item)->parent);
    uint32_t outer = pk_inside(reader, list->parent, PK_ITEM);
    if (!outer || !minutes->person.count)
        return false;
    struct pk_person *person = &minutes->person.items[minutes->person.count - 1];
    if (person->line != pk_block_of(reader, outer)->line)
        return false;
    take_part(reader, person, flow, (struct pk_range){0, flow->text.length});
    return true;
}

static void read_item(struct pk_reader *reader, uint32_t paragraph, struct entry *entry)
{
    uint32_t item = pk_inside(reader, paragraph, PK_ITEM);
    const struct pk_block *block = pk_block_of(reader, item);
    struct entry one = *entry;
    if (add_detail(reader, item, entry->flow))
        return;
    one.whole = pk_block_of(reader, paragraph)->span;
    one.line = block->line;
    if (block->task == PK_TASK_DROPPED)
        one.present = false;
    if (has_sign(entry->flow->text, entry->range, ';'))
        add_people(reader, &one);
    else
        add_person(reader, &one);
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
           !has_sign(flow->text, line, ';') && !has_sign(flow->text, line, '(');
}

static void read_lines(struct pk_reader *reader, uint32_t paragraph, struct entry *entry,
                       size_t from)
{
    const struct pk_block *block = pk_block_of(reader, paragraph);
    bool names_go_on = false;
    struct pk_range all = {from, entry->flow->text.length};
    for (uint32_t line = 0; line + 1 < block->segment_count; line++) {
        struct pk_range range = pk_flow_line(reader, paragraph, entry->flow, line);
        names_go_on = names_go_on || (range.end && entry->flow->text.at[range.end - 1] == ',');
    }
    for (uint32_t line = 0; line < block->segment_count; line++) {
        struct pk_range range = pk_flow_line(reader, paragraph, entry->flow, line);
        if (range.end <= from)
            continue;
        entry->range = names_go_on ? all : range;
        if (entry->range.start < from)
            entry->range.start = from;
        if (!names_go_on && is_of_one(entry->flow, entry->range))
            add_whole(reader, entry, entry->range);
        else
            add_people(reader, entry);
        if (names_go_on)
            return;
    }
}

static size_t behind_title(const struct pk_reader *reader, uint32_t paragraph,
                           const struct pk_flow *flow)
{
    const struct pk_section *section = pk_section_at(reader, paragraph);
    return section->block == paragraph ? pk_behind_title(flow, section) : 0;
}

static void read_paragraph(struct pk_reader *reader, uint32_t paragraph, struct pk_view *group)
{
    const struct pk_flow *flow = pk_flow_of(reader, paragraph);
    struct entry entry = {.flow = flow,
                          .range = {0, flow->text.length},
                          .organisation = *group,
                          .present = !is_absent(pk_section_kind_at(reader, paragraph))};
    if (is_group(reader, paragraph, flow)) {
        struct pk_range name = pk_trim_signs(flow->text, entry.range);
        *group = view_of(flow, name);
        return;
    }
    size_t label = 0, from = behind_title(reader, paragraph, flow);
    if (!from && pk_phrase_at(reader, flow->text, 0, PK_WORD_FIELD, &label) &&
        pk_label_ends(flow, 0, &label))
        return; /* "Chair: ...": a field, read as such */
    if (pk_inside(reader, paragraph, PK_ITEM))
        read_item(reader, paragraph, &entry);
    else
        read_lines(reader, paragraph, &entry, from);
}

/* -- Tables
 * ------------------------------------------------------------------------------------------- */

static bool is_yes(const struct pk_reader *reader, struct pk_view cell)
{
    size_t width;
    uint32_t first = pk_decode(cell, &width);
    if (!cell.length || pk_phrase_whole(reader, cell, PK_WORD_NOBODY))
        return false;
    bool no = first == 0x274C || first == 0x2717 || first == 0x2718 ||
              (pk_phrase_whole(reader, cell, PK_WORD_OPEN) &&
               !pk_phrase_whole(reader, cell, PK_WORD_DONE));
    return !no;
}

static void take_cell(struct pk_reader *reader, struct pk_person *person, enum pk_column column,
                      struct pk_view cell)
{
    if (column == PK_COLUMN_ROLE)
        person->role = cell;
    else if (column == PK_COLUMN_ORGANISATION)
        person->organisation = cell;
    else if (column == PK_COLUMN_PRESENT)
        person->present = person->present && is_yes(reader, cell);
    else if (column == PK_COLUMN_CONTACT && cell.length &&
             !pk_phrase_whole(reader, cell, PK_WORD_NOBODY) && !take_contacts(reader, person, cell))
        add_contact(reader, person, cell);
}

static void read_row(struct pk_reader *reader, uint32_t row, const enum pk_column *column,
                     uint32_t columns, uint32_t name_column)
{
    struct pk_person read = {.present = !is_absent(pk_section_kind_at(reader, row))};
    uint32_t cell = row + 1, end = pk_block_of(reader, row)->next;
    for (uint32_t i = 0; i < columns && cell < end; i++, cell = pk_block_of(reader, cell)->next) {
        const struct pk_flow *flow = pk_flow_of(reader, cell);
        struct pk_range all = pk_trim_range(flow->text, (struct pk_range){0, flow->text.length});
        struct pk_view view = view_of(flow, all);
        if (i == name_column) {
            read.name = view;
            read.span = pk_span_in(flow, all);
        } else {
            take_cell(reader, &read, column[i], view);
        }
    }
    if (!has_letters(read.name))
        return;
    read.whole = pk_block_of(reader, row)->span;
    read.line = pk_block_of(reader, row)->line;
    *pk_push(reader->arena, &reader->minutes->person) = read;
    pk_learn_name(reader, read.name);
}

static void read_table(struct pk_reader *reader, uint32_t table)
{
    enum pk_column column[MOST_COLUMNS];
    uint32_t columns = pk_columns_of(reader, table, column, MOST_COLUMNS);
    uint32_t name = MOST_COLUMNS, known = 0;
    for (uint32_t i = columns; i-- > 0;) {
        known += column[i] != PK_COLUMN_OTHER && column[i] != PK_COLUMN_ID;
        if (column[i] == PK_COLUMN_NAME)
            name = i;
    }
    for (uint32_t i = 0; i < columns && name == MOST_COLUMNS && known; i++) {
        if (column[i] == PK_COLUMN_OTHER || column[i] == PK_COLUMN_PRESENT)
            name = i;
    }
    if (name == MOST_COLUMNS)
        return;
    uint32_t end = pk_block_of(reader, table)->next;
    uint32_t row = pk_block_of(reader, table + 1)->next;
    for (; row < end; row = pk_block_of(reader, row)->next)
        read_row(reader, row, column, columns, name);
}

/* -- Front matter and fields
 * ----------------------------------------------------------------------------- */

static struct pk_view member(const struct pk_yaml *map, const char *key)
{
    const struct pk_yaml *found = pk_yaml_get(map, key);
    return found && found->kind == PK_YAML_SCALAR ? found->value : PK_VIEW("");
}

static void read_front_map(struct pk_reader *reader, const struct pk_yaml *map, bool present)
{
    static const char *const contacts[] = {"contact", "email", "mail", "phone"};
    const struct pk_yaml *name = pk_yaml_get(map, "name");
    if (!name || name->kind != PK_YAML_SCALAR || !has_letters(name->value))
        return;
    struct pk_person *person = pk_push(reader->arena, &reader->minutes->person);
    person->name = name->value;
    person->role = member(map, "role");
    person->organisation = member(map, "organisation");
    person->present = present;
    person->span = pk_front_span(reader, name->span);
    person->whole = pk_front_span(reader, map->span);
    person->line = pk_line_at(&reader->minutes->blocks, person->span.start);
    for (size_t i = 0; i < sizeof contacts / sizeof *contacts; i++)
        add_contact(reader, person, member(map, contacts[i]));
    pk_learn_name(reader, person->name);
}

/* A scalar is read as a line of a list would be; its places are those of the whole scalar. */
static void read_front_scalar(struct pk_reader *reader, const struct pk_yaml *node, bool several,
                              bool present)
{
    struct pk_flow *flow = pk_alloc(reader->arena, sizeof *flow);
    uint32_t before = reader->minutes->person.count;
    if (!flow)
        return;
    flow->text = node->value;
    struct entry entry = {.flow = flow, .range = {0, node->value.length}, .present = present};
    if (several)
        add_people(reader, &entry);
    else
        add_person(reader, &entry);
    for (uint32_t i = before; i < reader->minutes->person.count; i++) {
        struct pk_person *person = &reader->minutes->person.items[i];
        person->span = person->whole = pk_front_span(reader, node->span);
        person->line = pk_line_at(&reader->minutes->blocks, person->span.start);
    }
}

static void read_front(struct pk_reader *reader, const struct pk_yaml *node, bool present)
{
    if (node->kind == PK_YAML_SCALAR) {
        read_front_scalar(reader, node, true, present);
        return;
    }
    for (const struct pk_yaml *one = node->first; one; one = one->next) {
        if (one->kind == PK_YAML_MAP)
            read_front_map(reader, one, present);
        else if (one->kind == PK_YAML_SCALAR)
            read_front_scalar(reader, one, false, present);
    }
}

/* "Present: A, B": the field's value is a line of people. */
static void read_field(struct pk_reader *reader, const struct pk_field *field)
{
    bool present = field->kind == PK_FIELD_PARTICIPANTS;
    if (!field->value.length)
        return;
    if (field->front_matter) {
        const struct pk_yaml *node = reader->minutes->front->first;
        while (node && !(pk_front_span(reader, node->span).start == field->span.start))
            node = node->next;
        if (node)
            read_front(reader, node, present);
        return;
    }
    uint32_t block = pk_block_at(reader, field->span.start);
    if (!block)
        return;
    const struct pk_flow *flow = pk_flow_of(reader, block);
    size_t start = (size_t)(field->value.at - flow->text.at);
    struct entry entry = {
        .flow = flow, .range = {start, start + field->value.length}, .present = present};
    add_people(reader, &entry);
}

void pk_read_people(struct pk_reader *reader)
{
    const struct pk_minutes *minutes = reader->minutes;
    struct pk_view group = PK_VIEW("");
    int32_t section = -1;
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        enum pk_field_kind kind = minutes->field.items[i].kind;
        if (kind == PK_FIELD_PARTICIPANTS || kind == PK_FIELD_ABSENT)
            read_field(reader, &minutes->field.items[i]);
    }
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        enum pk_section_kind kind = pk_section_kind_at(reader, i);
        const struct pk_block *block = pk_block_of(reader, i);
        if (kind != PK_SECTION_PARTICIPANTS && kind != PK_SECTION_ABSENT)
            continue;
        const struct pk_section *here = pk_section_at(reader, i);
        if (reader->section[i] != section)
            group = PK_VIEW("");
        section = reader->section[i];
        if (block->kind == PK_HEADING && here->block != i)
            group = pk_flow_of(reader, i)->text;
        else if (block->kind == PK_TABLE)
            read_table(reader, i);
        else if (block->kind == PK_PARAGRAPH && !(here->block == i && here->first != i))
            read_paragraph(reader, i, &group);
    }
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (field->kind == PK_FIELD_CHAIR || field->kind == PK_FIELD_SECRETARY)
            pk_learn_name(reader, field->value);
    }
}
