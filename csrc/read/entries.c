/* entries.c - the entries of a section whose author did without a list: line by line. */
#include "read/read.h"

#include <string.h>

static bool is_bullet(struct pk_view text, size_t at)
{
    size_t width;
    uint32_t sign = at < text.length ? pk_char_at(text, at, &width) : 0;
    return sign == 0x2022 || sign == 0xB7 || sign == 0x25AA;
}

/* Do lines of the paragraph behind its first begin with bullets that are none to Markdown? */
static bool has_bullets(struct pk_reader *reader, uint32_t block)
{
    if (pk_block_of(reader, block)->kind != PK_PARAGRAPH ||
        pk_block_of(reader, block)->segment_count < 2)
        return false;
    const struct pk_flow *flow = pk_flow_of(reader, block);
    return is_bullet(flow->text, pk_flow_line(reader, block, flow, 1).start);
}

bool pk_lists_its_entries(struct pk_reader *reader, const struct pk_section *section)
{
    int32_t index = (int32_t)(section - reader->minutes->section.items);
    int8_t *known = &reader->lists[index];
    if (*known)
        return *known > 0;
    *known = -1;
    if (has_bullets(reader, section->block)) /* "Что дальше:" over "• ..." */
        *known = 1;
    for (uint32_t i = section->first; i < section->end; i++) {
        uint8_t kind = pk_block_of(reader, i)->kind;
        if (reader->section[i] == index && (kind == PK_LIST || kind == PK_TABLE))
            *known = 1;
    }
    return *known > 0;
}

enum pk_column pk_attribute_at(const struct pk_reader *reader, const struct pk_flow *flow,
                               size_t start)
{
    static const struct {
        enum pk_word_kind word;
        enum pk_column column;
    } attributes[] = {{PK_WORD_OWNER, PK_COLUMN_OWNER}, {PK_WORD_DUE, PK_COLUMN_DUE}};
    static const uint64_t kinds = PK_OWNER_KINDS | PK_KIND(PK_WORD_DUE);
    size_t end;
    if (!(pk_kinds_at(reader, flow->text, start) & kinds))
        return PK_COLUMN_OTHER;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        if (pk_phrase_at(reader, flow->text, start, attributes[i].word, &end) &&
            pk_label_ends(flow, start, &end) && !pk_is_party(reader, flow->text, start, end))
            return attributes[i].column;
    }
    const struct pk_phrase *header = pk_phrase_at(reader, flow->text, start, PK_WORD_COLUMN, &end);
    bool either = header && (header->meaning.value == PK_COLUMN_OWNER ||
                             header->meaning.value == PK_COLUMN_DUE);
    bool labels =
        either && pk_label_ends(flow, start, &end) && !pk_is_party(reader, flow->text, start, end);
    return labels ? (enum pk_column)header->meaning.value : PK_COLUMN_OTHER;
}

bool pk_ends_with_entries(const struct pk_reader *reader, uint32_t paragraph)
{
    const struct pk_section *section = pk_section_at(reader, paragraph);
    bool resolved =
        section && (section->kind == PK_SECTION_DECISIONS ||
                    section->kind == PK_SECTION_AGREEMENTS || section->kind == PK_SECTION_ACTIONS);
    return resolved && section->block == paragraph && section->first == paragraph &&
           section->line > pk_block_of(reader, paragraph)->line;
}

/* "Отв.: ...", "Отв. Лесной П.И.", "Срок 5 мая": a line that tells by whom or by when. */
static bool is_attribute(const struct pk_reader *reader, const struct pk_flow *flow,
                         struct pk_range line)
{
    enum { SHORTEST = 4 /* letters: "До 5 мая подготовить ..." is an entry */ };
    struct pk_view text = pk_view_part(flow->text, 0, line.end);
    struct pk_when when = {.opener = PK_UNTIL};
    size_t end;
    if (line.start >= line.end || pk_attribute_at(reader, flow, line.start))
        return line.start < line.end;
    if (pk_phrase_at(reader, text, line.start, PK_WORD_DUE, &end))
        return pk_codepoints(pk_view_part(text, line.start, end)) >= SHORTEST &&
               pk_when_at(reader, text, pk_skip_blanks(text, end), &when);
    struct pk_range names[PK_MOST_OWNERS];
    uint32_t count;
    return pk_phrase_at(reader, text, line.start, PK_WORD_OWNER, &end) &&
           pk_names_at(reader, text, pk_skip_blanks(text, end), line.end, names, PK_MOST_OWNERS,
                       &count, &end) &&
           pk_skip_blanks(text, end) >= line.end;
}

/* "1.1. Approve ..." and "• Anna: ..." are lines that begin an entry of their own. */
static bool begins_entry(const struct pk_reader *reader, const struct pk_flow *flow,
                         struct pk_range before, struct pk_range line)
{
    size_t width, end;
    if (line.start >= line.end || is_attribute(reader, flow, line))
        return false;
    uint32_t first = pk_char_at(flow->text, line.start, &width);
    uint32_t last = before.end ? pk_decode_before(flow->text, before.end, &width) : '.';
    if (is_bullet(flow->text, line.start) || first - '0' < 10)
        return true;
    bool behind = is_attribute(reader, flow, before);
    if (behind && last == ',') /* "Отв.: Лесной П.И.," goes on */
        return false;
    if (last == '.' || last == ';' || last == '!' || last == ':')
        return true;
    if (behind && pk_is_upper(first))
        return true;
    if (pk_phrase_at(reader, flow->text, line.start, PK_WORD_VOTE, &end) && end < line.end &&
        flow->text.at[end] == ':') /* "Голосовали: ..." */
        return true;
    return pk_name_at(reader, flow->text, line.start, &end) == PK_SURE_NAME;
}

/* Behind "1.1.", "2)", "•". */
size_t pk_behind_mark(struct pk_view text, size_t at)
{
    size_t width, start = at;
    pk_char_at(text, at, &width);
    if (is_bullet(text, at))
        return pk_skip_blanks(text, at + width);
    while (at < text.length && ((text.at[at] >= '0' && text.at[at] <= '9') || text.at[at] == '.'))
        at++;
    bool closed =
        at > start && (text.at[at - 1] == '.' || (at < text.length && text.at[at] == ')'));
    if (!closed)
        return start;
    return pk_skip_blanks(text, at < text.length && text.at[at] == ')' ? at + 1 : at);
}

/* The numbers of a mark, "2.1.": how many, and where they end. */
static size_t numbers_at(struct pk_view text, size_t at, int *number, size_t *end)
{
    enum { MOST = 3 };
    size_t count = 0, digits;
    *end = at;
    while (count < MOST && (digits = pk_number_at(text, *end, &number[count])) > 0 && digits < 3 &&
           *end + digits < text.length &&
           (text.at[*end + digits] == '.' || text.at[*end + digits] == ')')) {
        *end += digits + 1;
        count++;
    }
    return count;
}

size_t pk_next_number(struct pk_view text, size_t start)
{
    int first[3], next[3];
    size_t end, width, count = numbers_at(text, start, first, &end);
    if (!count)
        return text.length;
    first[count - 1]++;
    for (size_t at = end; at + 1 < text.length; at++) {
        if (text.at[at] != ' ' || !pk_is_digit((unsigned char)text.at[at + 1]) || !at ||
            !memchr(".;:", text.at[at - 1], 3) || numbers_at(text, at + 1, next, &end) != count ||
            memcmp(first, next, count * sizeof *first) != 0)
            continue;
        size_t word = pk_skip_blanks(text, end);
        if (word > end && pk_is_upper(pk_char_at(text, word, &width)))
            return at + 1;
    }
    return text.length;
}

uint32_t pk_entries_of(struct pk_reader *reader, uint32_t block, pk_on_entry *on_entry,
                       void *context)
{
    const struct pk_flow *flow = pk_flow_of(reader, block);
    const struct pk_block *leaf = pk_block_of(reader, block);
    const struct pk_section *section = pk_section_at(reader, block);
    size_t from = section && section->block == block ? pk_behind_title(flow, section) : 0;
    struct pk_range entry = {from, from}, before = {0, 0};
    uint32_t count = 0;
    for (uint32_t line = 0; line < leaf->segment_count; line++) {
        struct pk_range range = pk_flow_line(reader, block, flow, line);
        if (range.end <= from)
            continue;
        if (range.start < from)
            range.start = from;
        if (entry.end > entry.start && begins_entry(reader, flow, before, range)) {
            on_entry(context, block, flow, entry);
            entry.start = entry.end = range.start;
            count++;
        }
        if (entry.end <= entry.start)
            entry.start = pk_behind_mark(flow->text, range.start);
        entry.end = range.end;
        before = range;
    }
    if (entry.end > entry.start)
        on_entry(context, block, flow, entry), count++;
    return count;
}
