/* lead.c - firms, offices and people with a firm behind them, in front of an item's colon. */
#include "read/read.h"

enum { LONGEST_LEAD = 80 /* bytes */ };

/* The colon that ends the lead of an item, or 0: "Ann Lee (ACME): send the offer". */
static size_t colon_of(struct pk_view text, size_t start)
{
    size_t limit = start + LONGEST_LEAD < text.length ? start + LONGEST_LEAD : text.length;
    for (size_t at = start; at < limit; at++) {
        if (text.at[at] == '\n' || text.at[at] == ';' || text.at[at] == '!' || text.at[at] == '?')
            return 0;
        if (text.at[at] == ':')
            return at + 1 == text.length || pk_is_space((unsigned char)text.at[at + 1]) ? at : 0;
    }
    return 0;
}

/* Words by which a name is that of a firm, first or last in it. */
static bool is_of_firm(struct pk_view word)
{
    static const struct pk_view words[] = {
        {"gmbh", 4},  {"ag", 2},   {"kg", 2},  {"ohg", 3}, {"gbr", 3},  {"fa", 2},
        {"firma", 5}, {"inc", 3},  {"ltd", 3}, {"llc", 3}, {"llp", 3},  {"corp", 4},
        {"plc", 3},   {"ооо", 6},  {"оао", 6}, {"зао", 6}, {"пао", 6},  {"ао", 4},
        {"ип", 4},    {"фгуп", 8}, {"муп", 6}, {"оод", 6}, {"еоод", 8}, {"ад", 4}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word.length == words[i].length && pk_same_folded(word, words[i]))
            return true;
    return false;
}

/* "Fa. Müller GmbH", "ООО «Вектор»": all of it, with few words in capitals around. */
static bool is_firm(struct pk_view text, struct pk_range lead)
{
    enum { MOST = 6 };
    size_t width, end, start = lead.start, last = lead.end;
    int words = 0, named = 0;
    while (start < last && !pk_is_word(pk_char_at(text, start, &width)))
        start += width;
    while (last > start && !pk_is_word(pk_decode_before(text, last, &width)))
        last -= width;
    for (end = last; last > start && pk_is_word(pk_decode_before(text, last, &width));)
        last -= width;
    if (!is_of_firm(pk_view_part(text, start, pk_word_end(text, start))) &&
        !is_of_firm(pk_view_part(text, last, end)))
        return false;
    for (size_t at = start; at < lead.end; at = end) {
        uint32_t sign = pk_char_at(text, at, &width);
        end = pk_is_word(sign) ? pk_word_end(text, at) : at + width;
        words += pk_is_word(sign);
        named += pk_is_upper(sign) && !is_of_firm(pk_view_part(text, at, end));
    }
    return named && words <= MOST;
}

/* The names that stand in [start, end) and nothing else does. */
static enum pk_named names_in(const struct pk_reader *reader, struct pk_view text,
                              struct pk_range lead, struct pk_lead *out)
{
    size_t end;
    enum pk_named named = pk_names_at(reader, text, lead.start, lead.end, out->name, PK_MOST_OWNERS,
                                      &out->count, &end);
    return pk_skip_blanks(text, end) >= lead.end ? named : PK_NO_NAME;
}

/* "Ann Lee (ACME)": names, and a bracket behind them. */
static bool has_bracket(const struct pk_reader *reader, struct pk_view text, struct pk_range lead,
                        struct pk_lead *out)
{
    size_t open = lead.start;
    if (text.at[lead.end - 1] != ')')
        return false;
    while (open < lead.end && text.at[open] != '(')
        open++;
    struct pk_range names = pk_trim_range(text, (struct pk_range){lead.start, open});
    if (names.start >= names.end || open == lead.end)
        return false;
    enum pk_named named = names_in(reader, text, names, out);
    bool whole = false; /* a first and a last name */
    for (size_t at = names.start; at < names.end; at++)
        whole = whole || text.at[at] == ' ';
    return named >= PK_HEARD_NAME || (named == PK_MAYBE_NAME && whole);
}

/* "И.о. директора Петров В.В.": an office, and a name with initials behind it. */
static bool has_office(const struct pk_reader *reader, struct pk_view text, struct pk_range lead,
                       struct pk_lead *out)
{
    size_t at = pk_skip_blanks(text, pk_word_end(text, lead.start)), width;
    if (text.at[lead.end - 1] != '.' || !pk_is_upper(pk_char_before(text, lead.end - 1)))
        return false;
    for (; at < lead.end; at += width) {
        pk_char_at(text, at, &width);
        struct pk_range name = {at, lead.end};
        if (pk_word_starts(text, at) && pk_is_space(pk_char_before(text, at)) &&
            names_in(reader, text, name, out) == PK_SURE_NAME)
            return true;
    }
    return false;
}

bool pk_lead_at(const struct pk_reader *reader, struct pk_view text, size_t start,
                struct pk_lead *out)
{
    size_t colon = colon_of(text, start);
    if (colon <= start)
        return false;
    struct pk_range lead = pk_trim_range(text, (struct pk_range){start, colon});
    out->end = colon + 1;
    if (lead.start >= lead.end)
        return false;
    if (has_bracket(reader, text, lead, out) || has_office(reader, text, lead, out))
        return true;
    out->name[0] = lead;
    out->count = 1;
    return is_firm(text, lead);
}

bool pk_names_lead(const struct pk_reader *reader, struct pk_view text, size_t start)
{
    struct pk_lead lead;
    size_t colon = colon_of(text, start);
    if (colon <= start)
        return false;
    struct pk_range range = pk_trim_range(text, (struct pk_range){start, colon});
    return range.start < range.end &&
           (names_in(reader, text, range, &lead) || pk_lead_at(reader, text, start, &lead));
}

/* Behind the sign or word that sets apart what stands before it; 0: none does. */
static size_t behind_joint(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t width, end, next = pk_skip_blanks(text, at);
    uint32_t sign = next < text.length ? pk_char_at(text, next, &width) : 0;
    if (sign == ',' || sign == ';' || pk_is_dash(sign))
        return pk_skip_blanks(text, next + width);
    bool joined = next > at && pk_phrase_at(reader, text, next, PK_WORD_AND, &end);
    return joined ? pk_skip_blanks(text, end) : 0;
}

size_t pk_task_behind_label(const struct pk_reader *reader, const struct pk_flow *flow,
                            struct pk_item *item)
{
    struct pk_view text = flow->text;
    size_t at = pk_skip_blanks(text, 0), end;
    if (pk_attribute_at(reader, flow, at) != PK_COLUMN_OWNER)
        return 0;
    while (at < text.length && text.at[at] != ':')
        at++;
    for (at = pk_skip_blanks(text, at + 1); at < text.length;) {
        struct pk_when when = {0};
        bool name = pk_name_at(reader, text, at, &end) != PK_NO_NAME;
        bool day = !name && pk_when_due(reader, text, (struct pk_range){at, text.length}, &when) &&
                   when.whole.start == at;
        size_t next = name || day ? behind_joint(reader, text, day ? when.whole.end : end) : 0;
        if (!next)
            break;
        if (name && item->owners < PK_MOST_OWNERS)
            item->owner[item->owners++] = (struct pk_range){at + (text.at[at] == '@'), end};
        if (day)
            item->when = when;
        at = next;
    }
    struct pk_range task = {at, text.length};
    struct pk_when due = {0};
    if (at < text.length && pk_when_due(reader, text, task, &due) && due.whole.start > at)
        task.end = due.whole.start; /* "Plan prüfen bis Freitag": the verb stands before it */
    bool bids = at < text.length && (pk_phrase_at(reader, text, at, PK_WORD_ACTION, &end) ||
                                     pk_bids(reader, text, task));
    return item->owners && bids ? at : 0;
}
