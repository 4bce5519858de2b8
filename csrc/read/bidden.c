/* bidden.c - whom a resolution bids: "Петрову И.И. до 5 марта подготовить ...", "Отделу кадров
 * (Ким) провести ...". */
#include "read/read.h"

enum {
    MOST_WORDS = 16,     /* of a party and by when, in front of the verb */
    LONGEST_DUE = 80,    /* bytes looked at for a date, from a word on */
    LONGEST_BRACKET = 80 /* bytes */
};

static uint32_t sign_at(struct pk_view text, size_t at)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    return width ? sign : 0;
}

/* A party as far as it is read. */
struct party {
    struct pk_range name[PK_MOST_OWNERS]; /* of people in it, or in brackets behind it */
    uint32_t names;
    struct pk_range words; /* all of it, without brackets */
    struct pk_when when;   /* a date between it and the verb */
    bool closed;           /* a date or a bracket stood behind it */
    bool bracketed;
};

static void take_name(struct party *party, struct pk_range name)
{
    if (party->names < PK_MOST_OWNERS)
        party->name[party->names++] = name;
}

/* "Петрову И.И. и Ким": where the last of them ends. */
static size_t take_names(const struct pk_reader *reader, struct pk_view text, size_t at,
                         struct party *party)
{
    struct pk_range name[PK_MOST_OWNERS];
    uint32_t count;
    size_t end;
    pk_names_at(reader, text, at, text.length, name, PK_MOST_OWNERS, &count, &end);
    for (uint32_t i = 0; i < count; i++)
        take_name(party, name[i]);
    return end;
}

/* "(Сидоров И.П., Ким)": who acts for the party; where the bracket ends, 0: it holds others. */
static size_t behind_bracket(const struct pk_reader *reader, struct pk_view text, size_t at,
                             struct party *party)
{
    size_t limit = at + LONGEST_BRACKET < text.length ? at + LONGEST_BRACKET : text.length, end;
    struct pk_range name[PK_MOST_OWNERS];
    uint32_t count;
    if (!pk_names_at(reader, text, at + 1, limit, name, PK_MOST_OWNERS, &count, &end) ||
        end >= limit || text.at[end] != ')')
        return 0;
    party->names = 0;
    for (uint32_t i = 0; i < count; i++)
        take_name(party, name[i]);
    party->bracketed = true;
    return end + 1;
}

/* The date that stands right there goes to the party; where it ends, 0: none does. */
static size_t behind_due(const struct pk_reader *reader, struct pk_view text, size_t at,
                         struct party *party)
{
    struct pk_when when = {0};
    size_t limit = at + LONGEST_DUE < text.length ? at + LONGEST_DUE : text.length;
    if (!pk_when_due(reader, text, (struct pk_range){at, limit}, &when) || when.whole.start != at)
        return 0;
    party->when = when;
    return when.whole.end;
}

/* Signs that stand inside a party: quotes, a stop behind "зам." or "г.", commas between names. */
static bool is_inside(struct pk_view text, size_t at)
{
    uint32_t sign = sign_at(text, at), before = pk_char_before(text, at);
    if (sign == '.')
        return pk_is_letter(before) && text.length > at + 1;
    if (pk_is_dash(sign)) /* "5–7 классов" */
        return pk_is_digit(before);
    if (sign == ',')
        return pk_is_upper(sign_at(text, pk_skip_blanks(text, at + 1)));
    return sign == '"' || sign == 0xAB || sign == 0xBB || sign == 0x201E || sign == 0x201C ||
           sign == 0x2116 || sign == '-' || sign == '/';
}

/* Reads what stands in front of an infinitive; where that begins, 0: something else stands there.
 */
static size_t read_party(const struct pk_reader *reader, struct pk_view text, size_t at,
                         struct party *party)
{
    size_t width, end;
    int words = 0;
    party->words = (struct pk_range){at, at};
    while ((at = pk_skip_blanks(text, at)) < text.length && words <= MOST_WORDS) {
        uint32_t sign = pk_char_at(text, at, &width);
        bool word = pk_is_word(sign), name = false;
        if (words && pk_infinitive_at(reader, text, at))
            return at;
        if (sign == '(' && words) {
            end = behind_bracket(reader, text, at, party);
            party->closed = true;
            if (!end)
                return 0;
        } else if (words && word && (end = behind_due(reader, text, at, party)) > at) {
            party->closed = true;
        } else if (word) {
            name = !party->bracketed && /* and no "Все задания ..." */
                   !pk_phrase_at(reader, text, at, PK_WORD_EVERYBODY, &end) &&
                   pk_name_at(reader, text, at, &end) >= PK_HEARD_NAME;
            end = name ? take_names(reader, text, at, party) : pk_word_end(text, at);
            words++;
        } else if (is_inside(text, at)) {
            end = at + width;
        } else {
            return 0;
        }
        if (!party->closed)
            party->words.end = end;
        at = end;
    }
    return 0;
}

/* "ООО «Рассвет»": a legal form in capitals, and a name in quotes. */
static bool is_house(struct pk_view text, size_t at)
{
    size_t width, end = pk_word_end(text, at), letters = 0;
    for (; at < end; at += width, letters++)
        if (!pk_is_upper(pk_char_at(text, at, &width)))
            return false;
    uint32_t quote = sign_at(text, pk_skip_blanks(text, end));
    return letters > 1 && (quote == 0xAB || quote == '"');
}

size_t pk_bidden_at(const struct pk_reader *reader, struct pk_view text, size_t start,
                    bool assigned, struct pk_item *item)
{
    struct party party = {0};
    size_t verb, end;
    if (!pk_is_cyrillic(sign_at(text, start)) || pk_infinitive_at(reader, text, start))
        return 0;
    verb = read_party(reader, text, start, &party);
    if (!verb)
        return 0;
    bool named = party.names && (party.bracketed || party.name[0].start == start);
    bool office = pk_ending_at(reader, text, start, PK_WORD_EVERYBODY) &&
                  !pk_phrase_at(reader, text, start, PK_WORD_EVERYBODY, &end);
    if (!assigned && !named && !office && !is_house(text, start))
        return 0;
    if (party.names)
        pk_own(item, party.name, party.names);
    else
        pk_own(item, &party.words, 1);
    pk_cut(item, (struct pk_range){start, party.words.end});
    if (party.bracketed) {
        size_t open = pk_skip_blanks(text, party.words.end);
        while (open < verb && text.at[open] != '(')
            open++;
        size_t close = open;
        while (close < verb && text.at[close] != ')')
            close++;
        if (close < verb)
            pk_cut(item, (struct pk_range){open, close + 1});
    }
    if (party.when.dated != PK_DATED_NONE && item->when.dated == PK_DATED_NONE) {
        item->when = party.when;
        pk_cut(item, party.when.whole);
    }
    return verb;
}
