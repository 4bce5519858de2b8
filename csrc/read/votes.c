/* votes.c - how a vote went: "«за» – 4, «против» – 0", "7 Zustimmungen, 1 Gegenstimme", "5/0/1". */
#include "read/read.h"

enum { MOST_VOTES = 9999, UNANIMOUS = 4, OPENS = 5 };

static bool is_joint(struct pk_view text, size_t at, size_t *width)
{
    uint32_t sign = pk_char_at(text, at, width);
    return pk_is_space(sign) || pk_is_dash(sign) || sign == ':' || sign == '"' || sign == 0xBB ||
           sign == 0xAB || sign == 0x201C || sign == 0x201D || sign == '=' || sign == 0x2018 ||
           sign == 0x2019;
}

/* The number at `at`, which stands by itself; *end behind it. -1: none does. */
static int number_at(struct pk_view text, size_t at, size_t *end)
{
    int number = 0;
    size_t from = at, width;
    while (at < text.length && text.at[at] >= '0' && text.at[at] <= '9' && number <= MOST_VOTES)
        number = number * 10 + (text.at[at++] - '0');
    *end = at;
    bool apart = at > from && !pk_is_word(pk_char_at(text, at, &width));
    bool part =
        at + 1 < text.length && text.at[at] == '.' && pk_is_digit((unsigned char)text.at[at + 1]);
    return apart && !part && number <= MOST_VOTES ? number : -1;
}

/* The number behind a word of a vote, or before it, if no other word has it. */
static int number_by(const struct pk_reader *reader, struct pk_view text, struct pk_range word,
                     size_t used, size_t *end)
{
    size_t start = pk_skip_back(text, word.start), width, at = word.end;
    while (start > used && is_joint(text, start - 1, &width) && width == 1)
        start--;
    size_t last = start;
    while (start > used && text.at[start - 1] >= '0' && text.at[start - 1] <= '9')
        start--;
    int number = start < last ? number_at(text, start, end) : -1;
    *end = word.end;
    if (number >= 0)
        return number;
    while (at < text.length && is_joint(text, at, &width))
        at += width;
    if (at > word.end && pk_phrase_at(reader, text, at, PK_WORD_NOBODY, end))
        return 0; /* "против – нет" */
    return number_at(text, at, end);
}

/* "5/2/27" may be a day; "5/2/1" is none, for no year has one figure. */
static bool may_be_day(const int part[3], const size_t digits[3])
{
    bool small = part[0] <= 31 && part[1] <= 31 && (part[0] <= 12 || part[1] <= 12);
    return digits[0] > 2 || (digits[2] > 1 && small) || (digits[1] > 1 && part[1] < 10);
}

/* "5/2/1" or "5/0/1", where nothing makes a day of it: in brackets, behind a colon or a word
 * for a vote (`opened`), or apart at the end. With a 0 it is no day wherever it stands so. */
static bool triple_at(struct pk_view text, size_t at, bool opened, struct pk_votes *votes)
{
    int part[3];
    size_t digits[3], width;
    uint32_t before = at ? pk_char_before(text, pk_skip_back(text, at)) : ',';
    bool enclosed = opened || before == '(' || before == ':' || before == '[';
    if (!enclosed && before != ',' && before != ';' && before != '.' && !pk_is_dash(before))
        return false;
    for (int i = 0; i < 3; i++) {
        size_t from = at;
        part[i] = number_at(text, at, &at);
        digits[i] = at - from;
        bool slash = at < text.length && text.at[at] == '/';
        if (part[i] < 0 || slash != (i < 2))
            return false;
        at += slash;
    }
    bool nought = !part[0] || !part[1] || !part[2];
    uint32_t behind = at < text.length ? pk_char_at(text, at, &width) : '.';
    bool ends = behind == ')' || behind == ']' || behind == '.' || behind == ',' || behind == ';';
    if (nought ? !enclosed && !ends : !ends || may_be_day(part, digits))
        return false;
    *votes = (struct pk_votes){true, false, part[0], part[1], part[2]};
    return true;
}

bool pk_votes_in(const struct pk_reader *reader, struct pk_view text, struct pk_votes *votes)
{
    struct pk_votes found = {false, false, -1, -1, -1};
    int *place[] = {&found.in_favour, &found.against, &found.abstained}, known = 0;
    size_t end, used = 0, behind, opened = SIZE_MAX;
    for (size_t at = pk_next_spot(reader, text, 0, PK_KIND(PK_WORD_VOTE), PK_AT_FIGURE);
         at < text.length;
         at = pk_next_spot(reader, text, at + 1, PK_KIND(PK_WORD_VOTE), PK_AT_FIGURE)) {
        if (pk_is_digit((unsigned char)text.at[at]) && triple_at(text, at, at == opened, votes))
            return true;
        const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_VOTE, &end);
        if (!phrase)
            continue;
        if (phrase->meaning.value == UNANIMOUS) {
            found.unanimous = true;
            continue;
        }
        if (phrase->meaning.value == OPENS) {
            for (opened = end; opened < text.length && is_joint(text, opened, &behind);)
                opened += behind;
            continue;
        }
        int number = number_by(reader, text, (struct pk_range){at, end}, used, &behind);
        if (number < 0 || *place[phrase->meaning.value - 1] >= 0)
            continue;
        *place[phrase->meaning.value - 1] = number;
        used = behind;
        known++;
    }
    found.given = found.unanimous || known > 1;
    if (found.given)
        *votes = found;
    return found.given;
}

/* "Голосовали: «за» – 3, «против» – 1 (Ким). Решение принято единогласно.": a line that opens as
 * a vote, and every sentence of it tells of one. */
static bool tells_of_vote(const struct pk_reader *reader, struct pk_view text)
{
    enum { LONGEST = 400 /* bytes */ };
    static const uint64_t kinds = PK_KIND(PK_WORD_VOTE);
    size_t end, start = 0;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, 0, PK_WORD_VOTE, &end);
    if (!phrase || phrase->meaning.value != OPENS || end >= text.length || text.at[end] != ':' ||
        text.length > LONGEST)
        return false;
    for (size_t at = 0; at + 1 < text.length; at++) {
        bool stop =
            text.at[at] == '.' && text.at[at + 1] == ' ' && !pk_is_upper(pk_char_before(text, at));
        if (!stop)
            continue;
        struct pk_view sentence = pk_view_part(text, 0, at);
        if (pk_next_spot(reader, sentence, start, kinds, 0) >= at)
            return false;
        start = at + 1;
    }
    return pk_next_spot(reader, text, start, kinds, 0) < text.length;
}

bool pk_is_mere_vote(const struct pk_reader *reader, struct pk_view text)
{
    bool any = false;
    size_t width, end;
    if (tells_of_vote(reader, text))
        return true;
    for (size_t at = 0; at < text.length; at += width) {
        size_t behind = pk_behind_placeholder(text, at);
        uint32_t sign = pk_char_at(text, at, &width);
        if (behind > at)
            width = behind - at;
        else if (pk_is_letter(sign) && !pk_phrase_at(reader, text, at, PK_WORD_VOTE, &end))
            return false;
        else if (pk_is_letter(sign))
            width = end - at, any = true;
    }
    return any;
}
