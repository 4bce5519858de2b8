/* people.c - who took part: lists, tables and lines of names, with roles and contacts. */
#include "read/person.h"

#include <string.h>

enum { MOST_COLUMNS = 16 };

static struct pk_view view_of(const struct pk_flow *flow, struct pk_range range)
{
    return pk_view_part(flow->text, range.start, range.end);
}

/* -- Sections of people -- */

static bool is_absent(enum pk_section_kind kind)
{
    return kind == PK_SECTION_ABSENT;
}

/* What holds for the entries of a section. */
struct roll {
    struct pk_view group; /* the words over the list they stand in; empty: none */
    bool ticked;          /* boxes are ticked for who came: an empty one says who did not */
    bool titled;     /* a bold line stands above: paragraphs below it are about something else */
    bool over;       /* prose came behind the names: the rest is about something else */
    uint32_t before; /* people read above the section */
};

/* By section: is a box ticked in it? NULL: no memory. */
static const bool *ticked_sections(struct pk_reader *reader)
{
    const struct pk_minutes *minutes = reader->minutes;
    bool *ticked = pk_alloc(reader->arena, minutes->section.count + 1);
    for (uint32_t i = 1; ticked && i < minutes->blocks.block.count; i++) {
        if (pk_block_of(reader, i)->task == PK_TASK_DONE && reader->section[i] >= 0)
            ticked[reader->section[i]] = true;
    }
    return ticked;
}

static bool is_bold_line(const struct pk_reader *reader, uint32_t paragraph,
                         const struct pk_flow *flow)
{
    struct pk_range all = {0, flow->text.length};
    return pk_block_of(reader, paragraph)->segment_count == 1 &&
           pk_all_in_style(flow, all, PK_STRONG);
}

/* "- For the client:" and then a list: the people below belong together. */
static bool is_group(const struct pk_reader *reader, uint32_t paragraph, const struct pk_flow *flow)
{
    uint32_t item = pk_inside(reader, paragraph, PK_ITEM);
    size_t end = pk_skip_back(flow->text, flow->text.length);
    bool colon = end && flow->text.at[end - 1] == ':';
    bool bold = pk_all_in_style(flow, (struct pk_range){0, end}, PK_STRONG);
    if (!item)
        return colon || is_bold_line(reader, paragraph, flow);
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
    pk_take_part(reader, person, flow, (struct pk_range){0, flow->text.length});
    return true;
}

/* "4. Anna Weber" over "Guests: ..." and the like: plain text goes on below its last item. */
static size_t before_labels(const struct pk_reader *reader, uint32_t paragraph,
                            const struct pk_flow *flow)
{
    for (uint32_t i = 1; i < pk_block_of(reader, paragraph)->segment_count; i++) {
        struct pk_range line = pk_flow_line(reader, paragraph, flow, i);
        size_t end;
        if (pk_phrase_at(reader, flow->text, line.start, PK_WORD_FIELD, &end) &&
            pk_label_ends(flow, line.start, &end))
            return pk_skip_back(flow->text, line.start);
    }
    return flow->text.length;
}

/* "Подрядчик: Анна Ким, Пётр Лес", "**Mentor:** Anna Lee": those who came, behind what they are;
 * where they begin, 0: no such thing stands there. */
static size_t behind_party(const struct pk_reader *reader, const struct pk_flow *flow,
                           struct pk_range range)
{
    enum { LONGEST = 80 /* bytes */ };
    struct pk_view text = pk_view_part(flow->text, 0, range.end);
    size_t width, end, at = range.start, next;
    while (at < range.end && at < range.start + LONGEST && text.at[at] != ':')
        at++;
    if (at >= range.end || text.at[at] != ':' || at == range.start)
        return 0;
    const struct pk_phrase *label = pk_phrase_at(reader, text, range.start, PK_WORD_FIELD, &end);
    if (label && end == at && label->meaning.value != PK_FIELD_CLIENT &&
        label->meaning.value != PK_FIELD_ORGANISATION)
        return 0; /* "Chair: Anna Lee" */
    bool party = pk_phrase_at(reader, text, range.start, PK_WORD_EVERYBODY, &end) && end == at;
    bool bold = pk_flow_style(flow, range.start) & PK_STRONG &&
                pk_name_at(reader, text, range.start, &end) < PK_HEARD_NAME;
    /* "Председатель комиссии: Анна Ким": an office of several words */
    size_t second = pk_skip_blanks(text, pk_word_end(text, range.start));
    uint32_t letter = second < at ? pk_char_at(text, second, &width) : 0;
    bool office = pk_is_cyrillic(letter) && !pk_is_upper(letter);
    next = pk_skip_blanks(text, at + 1);
    if ((!party && !bold && !office) || next == at + 1 ||
        !pk_is_upper(pk_char_at(text, next, &width)) ||
        pk_name_at(reader, text, next, &end) == PK_NO_NAME)
        return 0;
    struct pk_view name = pk_view_part(text, next, end);
    return memchr(name.at, ' ', name.length) ? next : 0; /* of two words at least */
}

static void read_item(struct pk_reader *reader, uint32_t paragraph, struct pk_entry *entry,
                      bool ticked)
{
    entry->range.end = before_labels(reader, paragraph, entry->flow);
    uint32_t item = pk_inside(reader, paragraph, PK_ITEM);
    const struct pk_block *block = pk_block_of(reader, item);
    struct pk_entry one = *entry;
    if (add_detail(reader, item, entry->flow))
        return;
    one.whole = pk_block_of(reader, paragraph)->span;
    one.line = block->line;
    if (block->task == PK_TASK_DROPPED || (ticked && block->task == PK_TASK_OPEN))
        one.present = false;
    size_t people = behind_party(reader, entry->flow, entry->range);
    if (people) {
        one.organisation =
            view_of(entry->flow, pk_trim_signs(entry->flow->text,
                                               (struct pk_range){entry->range.start, people}));
        one.range.start = people;
    }
    if (people || pk_has_sign(entry->flow->text, entry->range, ';'))
        pk_add_people(reader, &one);
    else
        pk_add_person(reader, &one);
}

/* "Присутствуют 4 из 5 членов комиссии." in a line below the names. */
static bool tells(const struct pk_reader *reader, const struct pk_flow *flow, struct pk_range line)
{
    enum { FEWEST = 4 };
    size_t width, end, small = 0;
    struct pk_view text = pk_view_part(flow->text, 0, line.end);
    for (size_t at = line.start; at < line.end; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        small += pk_is_letter(sign) && !pk_is_upper(sign) && pk_word_starts(text, at);
    }
    return small >= FEWEST && text.at[line.end - 1] == '.' &&
           pk_is_cyrillic(pk_char_at(text, line.start, &width)) &&
           !pk_is_upper(pk_char_before(text, line.end - 1)) &&
           pk_name_at(reader, text, line.start, &end) < PK_HEARD_NAME;
}

static void read_lines(struct pk_reader *reader, uint32_t paragraph, struct pk_entry *entry,
                       size_t from, struct roll *roll)
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
        roll->over = range.start > from && reader->minutes->person.count > roll->before &&
                     tells(reader, entry->flow, range);
        if (roll->over)
            return;
        size_t people = behind_party(reader, entry->flow, entry->range);
        if (people) {
            struct pk_view group = entry->organisation;
            struct pk_range party = {entry->range.start, people};
            entry->organisation = view_of(entry->flow, pk_trim_signs(entry->flow->text, party));
            entry->range = (struct pk_range){people, range.end};
            pk_add_people(reader, entry);
            entry->organisation = group;
            continue;
        }
        if (names_go_on) {
            pk_add_people(reader, entry);
            return;
        }
        pk_add_line(reader, entry);
    }
}

static size_t behind_title(const struct pk_reader *reader, uint32_t paragraph,
                           const struct pk_flow *flow)
{
    const struct pk_section *section = pk_section_at(reader, paragraph);
    return section->block == paragraph ? pk_behind_title(flow, section) : 0;
}

static void read_paragraph(struct pk_reader *reader, uint32_t paragraph, struct roll *roll)
{
    const struct pk_flow *flow = pk_flow_of(reader, paragraph);
    struct pk_entry entry = {.flow = flow,
                             .range = {0, flow->text.length},
                             .organisation = roll->group,
                             .present = !is_absent(pk_section_kind_at(reader, paragraph))};
    size_t last = pk_skip_back(flow->text, flow->text.length);
    bool opens = last && flow->text.at[last - 1] == ':'; /* "Those who could not come:" */
    bool named = reader->minutes->person.count > roll->before || (!entry.present && !opens);
    roll->over = roll->over || (named && !pk_inside(reader, paragraph, PK_ITEM) &&
                                pk_is_prose(reader, pk_flow_of(reader, paragraph)));
    if (roll->over)
        return;
    if (is_group(reader, paragraph, flow)) {
        struct pk_range name = pk_trim_signs(flow->text, entry.range);
        roll->group = view_of(flow, name);
        roll->titled = is_bold_line(reader, paragraph, flow);
        return;
    }
    size_t label = 0, from = behind_title(reader, paragraph, flow);
    if (!from && pk_phrase_at(reader, flow->text, 0, PK_WORD_FIELD, &label) &&
        pk_label_ends(flow, 0, &label) && !behind_party(reader, flow, entry.range))
        return; /* "Chair: ...": a field, read as such */
    if (pk_inside(reader, paragraph, PK_ITEM))
        read_item(reader, paragraph, &entry, roll->ticked);
    else if (!roll->titled)
        read_lines(reader, paragraph, &entry, from, roll);
}

/* -- Tables -- */

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
             !pk_phrase_whole(reader, cell, PK_WORD_NOBODY) &&
             !pk_take_contacts(reader, person, cell))
        pk_add_contact(reader, person, cell);
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
    if (!pk_has_letters(read.name))
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

/* -- Front matter and fields -- */

static struct pk_view member(const struct pk_yaml *map, const char *key)
{
    const struct pk_yaml *found = pk_yaml_get(map, key);
    return found && found->kind == PK_YAML_SCALAR ? found->value : PK_VIEW("");
}

static void read_front_map(struct pk_reader *reader, const struct pk_yaml *map, bool present)
{
    static const char *const contacts[] = {"contact", "email", "mail", "phone"};
    const struct pk_yaml *name = pk_yaml_get(map, "name");
    if (!name || name->kind != PK_YAML_SCALAR || !pk_has_letters(name->value))
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
        pk_add_contact(reader, person, member(map, contacts[i]));
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
    struct pk_entry entry = {.flow = flow, .range = {0, node->value.length}, .present = present};
    if (several)
        pk_add_people(reader, &entry);
    else
        pk_add_person(reader, &entry);
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
    struct pk_entry entry = {
        .flow = flow, .range = {start, start + field->value.length}, .present = present};
    pk_add_people(reader, &entry);
}

void pk_read_people(struct pk_reader *reader)
{
    const struct pk_minutes *minutes = reader->minutes;
    struct roll roll = {0};
    int32_t section = -1;
    uint32_t listed = 0; /* the block behind the last list */
    const bool *ticked = ticked_sections(reader);
    if (!ticked)
        return;
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
            roll = (struct roll){.ticked = ticked[reader->section[i]],
                                 .before = minutes->person.count};
        section = reader->section[i];
        /* "Absent:" over a list, and the agenda's numbers right behind it */
        bool list = block->kind == PK_LIST && block->parent == 0;
        bool line = pk_block_of(reader, here->block)->kind != PK_HEADING;
        roll.over =
            roll.over || (list && line && i == listed && minutes->person.count > roll.before);
        listed = list ? block->next : listed;
        if (block->kind == PK_HEADING && here->block != i)
            roll.group = pk_flow_of(reader, i)->text;
        else if (block->kind == PK_TABLE && !roll.over)
            read_table(reader, i);
        else if (block->kind == PK_PARAGRAPH && !(here->block == i && here->first != i))
            read_paragraph(reader, i, &roll);
    }
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (field->kind == PK_FIELD_CHAIR || field->kind == PK_FIELD_SECRETARY)
            pk_learn_name(reader, field->value);
    }
}
