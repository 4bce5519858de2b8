/* signature.c - who is named at the end of an item: "... (Anna)", "... - Anna". */
#include "read/read.h"

enum {
    LOOK_BACK = 160,       /* bytes before an item's end in which its last bracket may open */
    LONGEST_SIGNATURE = 60 /* bytes of names behind a dash at the end of a mere sentence */
};

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

/* "... – Ben – 27.11.": the date's own dash, where there is another before it. */
static size_t before_dash(const struct pk_item *item, size_t end)
{
    struct pk_view text = item_text(item);
    size_t width, last = pk_skip_back(text, end);
    if (last <= item->range.start || last == end)
        return end;
    uint32_t sign = pk_decode_before(text, last, &width);
    return pk_is_dash(sign) && pk_is_space(pk_char_before(text, last - width)) ? last - width : end;
}

size_t pk_last_word_end(const struct pk_item *item)
{
    struct pk_view text = item_text(item);
    size_t end = item->range.end;
    for (;;) {
        size_t before = end;
        end = pk_skip_back(text, end);
        if (item->when.whole.end > item->when.whole.start && end == item->when.whole.end)
            end = before_dash(item, item->when.whole.start);
        while (end > item->range.start &&
               (text.at[end - 1] == '.' || text.at[end - 1] == ',' || text.at[end - 1] == ';') &&
               !pk_is_upper(pk_char_before(text, end - 1)))
            end--;
        if (end == before || end <= item->range.start)
            return end > item->range.start ? end : item->range.start;
    }
}

static size_t look_back(const struct pk_item *item, size_t end)
{
    return end > item->range.start + LOOK_BACK ? end - LOOK_BACK : item->range.start;
}

/* "(POC)" where people are known, "(VPN)" between Cyrillic words: initials of nobody. */
static bool is_acronym(const struct pk_reader *reader, struct pk_view text, struct pk_range word)
{
    enum { FEWEST = 3 };
    size_t width, letters = 0;
    for (size_t at = word.start; at < word.end; at += width, letters++) {
        uint32_t sign = pk_char_at(text, at, &width);
        if (!pk_is_upper(sign) || pk_is_cyrillic(sign))
            return false;
    }
    const struct pk_language *language = reader->minutes->language;
    bool cyrillic = language && pk_is_cyrillic(pk_decode(language->name, &width));
    return letters >= FEWEST && (reader->names.count || cyrillic);
}

/* "(Anna)", "(Anna, Bob)", "(Anna, 5 March)" that ends at `end`. */
static bool in_brackets(const struct pk_reader *reader, struct pk_item *item, size_t end, bool firm)
{
    struct pk_view text = item_text(item);
    if (!end || (text.at[end - 1] != ')' && text.at[end - 1] != ']'))
        return false;
    size_t open = end - 1, from = look_back(item, end), width;
    while (open > from && text.at[open] != '(' && text.at[open] != '[')
        open--;
    struct pk_range names[PK_MOST_OWNERS];
    uint32_t count;
    size_t behind, start = open + 1;
    const struct pk_range *due = &item->when.whole;
    if (due->start == start && due->end < end)
        start = due->end;
    while (start < end && !pk_is_word(pk_char_at(text, start, &width)) && text.at[start] != '@')
        start += width;
    enum pk_named named =
        pk_names_at(reader, text, start, end - 1, names, PK_MOST_OWNERS, &count, &behind);
    if (named == PK_NO_NAME || (!firm && named == PK_MAYBE_NAME) ||
        (named == PK_MAYBE_NAME && is_acronym(reader, text, names[0])))
        return false;
    size_t rest = pk_skip_blanks(text, behind);
    while (rest < end - 1 && (text.at[rest] == ',' || text.at[rest] == ';'))
        rest = pk_skip_blanks(text, rest + 1);
    if (rest != end - 1 && rest != due->start)
        return false;
    if (open == item->range.start)
        return false;
    pk_own(item, names, count);
    pk_cut(item, (struct pk_range){open, end});
    return true;
}

/* "Прочесть о насосах — Bora и Tempo": words in other letters than the item's name things, unless
 * they are known or as short as initials. */
static bool is_foreign(const struct pk_item *item, struct pk_range name)
{
    enum { LONGEST_INITIALS = 3 };
    struct pk_view text = item->flow->text;
    size_t width, first = item->range.start;
    while (first < name.start && !pk_is_letter(pk_char_at(text, first, &width)))
        first += width;
    return name.end - name.start > LONGEST_INITIALS &&
           pk_is_cyrillic(pk_char_at(text, first, &width)) &&
           !pk_is_cyrillic(pk_char_at(text, name.start, &width)) && text.at[name.start] != '@';
}

/* "... – Anna", "... --> FL", "... → Bob" that ends at `end`. */
static bool behind_dash(const struct pk_reader *reader, struct pk_item *item, size_t end, bool firm)
{
    struct pk_view text = item_text(item);
    size_t from = look_back(item, end), at = end, width;
    if (!pk_may_hold(reader, text, "->"))
        return false;
    if (!firm && from + LONGEST_SIGNATURE < end)
        from = end - LONGEST_SIGNATURE;
    for (; at > from; at -= width) {
        uint32_t sign = pk_decode_before(text, at, &width);
        bool arrow = sign == 0x2192 || sign == 0x21D2 || sign == '>';
        if ((pk_is_dash(sign) || arrow) && pk_is_space(sign_at(text, at)))
            break;
        if (sign == '.' && !pk_is_upper(pk_char_before(text, at - width)))
            return false;
    }
    if (at <= from)
        return false;
    struct pk_range names[PK_MOST_OWNERS];
    uint32_t count;
    size_t behind;
    enum pk_named named = pk_names_at(reader, text, pk_skip_blanks(text, at), end, names,
                                      PK_MOST_OWNERS, &count, &behind);
    if (named == PK_NO_NAME || behind != end ||
        (named == PK_MAYBE_NAME && (!firm || is_foreign(item, names[0]))))
        return false;
    pk_own(item, names, count);
    while (at > item->range.start) {
        uint32_t sign = pk_decode_before(text, at, &width);
        if (!pk_is_dash(sign) && sign != '>' && sign != 0x2192 && sign != 0x21D2)
            break;
        at -= width;
    }
    pk_cut(item, (struct pk_range){at, end});
    return true;
}

bool pk_take_signature(const struct pk_reader *reader, struct pk_item *item, bool firm)
{
    size_t end = pk_last_word_end(item);
    return in_brackets(reader, item, end, firm) || behind_dash(reader, item, end, firm);
}

size_t pk_is_signed(const struct pk_reader *reader, const struct pk_flow *flow,
                    struct pk_range range)
{
    if (!pk_may_hold(reader, flow->text, ")]->"))
        return 0;
    struct pk_item item = {.flow = flow, .range = pk_trim_range(flow->text, range)};
    size_t end = item.range.start < item.range.end ? pk_last_word_end(&item) : 0;
    bool last =
        end && (in_brackets(reader, &item, end, false) || behind_dash(reader, &item, end, false));
    return last ? item.cut[0].start : 0;
}
