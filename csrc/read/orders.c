/* orders.c - sentences that give somebody something to do: "поручает Иванову подготовить ...". */
#include "read/read.h"

enum { MOST_WORDS = 14 /* between the word that gives it and what is given */ };

static uint32_t sign_at(struct pk_view text, size_t at)
{
    size_t width;
    uint32_t sign = pk_char_at(text, at, &width);
    return width ? sign : 0;
}

/* The next word of a range at or after `at`; its end where there is none. */
static size_t next_word(struct pk_view text, size_t at)
{
    size_t width;
    for (; at < text.length; at += width) {
        if (pk_is_letter(pk_char_at(text, at, &width)) && pk_word_starts(text, at))
            break;
    }
    return at;
}

/* "т. Петрову", "г-ну Петрову": behind what only leads to a name. */
static size_t behind_title(struct pk_view text, size_t at)
{
    enum { LONGEST = 4 /* letters */ };
    size_t end = pk_word_end(text, at);
    bool stopped = end < text.length && text.at[end] == '.';
    bool small = !pk_is_upper(sign_at(text, at));
    return stopped && small && pk_codepoints(pk_view_part(text, at, end)) <= LONGEST
               ? pk_skip_blanks(text, end + 1)
               : at;
}

/* Capitalised words, or one that is not: "Петрову И.И.", "секретарю". Where it ends. */
static size_t behind_party(struct pk_view text, size_t at)
{
    size_t end = pk_word_end(text, at), next = end;
    bool capital = pk_is_upper(sign_at(text, at));
    while (capital && next < text.length) {
        if (text.at[next] == '.' && pk_is_upper(pk_char_before(text, next)))
            end = ++next;
        next = pk_skip_blanks(text, next);
        if (next >= text.length || !pk_is_upper(sign_at(text, next)))
            break;
        end = next = pk_word_end(text, next);
    }
    return end;
}

static bool is_small_latin(struct pk_view text, size_t at)
{
    uint32_t sign = sign_at(text, at);
    return sign >= 'a' && sign <= 'z';
}

/* Those to whom it is given, up to what is given; where the last of them ends, 0: nobody. */
static size_t take_parties(const struct pk_reader *reader, struct pk_view text, size_t at,
                           size_t limit, struct pk_item *item)
{
    size_t last = 0, end;
    text = pk_view_part(text, 0, limit);
    while ((at = pk_skip_blanks(text, at)) < limit && item->owners < PK_MOST_OWNERS) {
        at = behind_title(text, at);
        if (!pk_is_letter(sign_at(text, at)) || (last && !pk_is_upper(sign_at(text, at))))
            break;
        if (!last && is_small_latin(text, at)) { /* "the treasurer" */
            item->owner[item->owners++] = (struct pk_range){at, pk_skip_back(text, limit)};
            return limit;
        }
        last = behind_party(text, at);
        item->owner[item->owners++] = (struct pk_range){at, last};
        at = pk_skip_blanks(text, last);
        bool comma = at < limit && text.at[at] == ',';
        bool joined = !comma && at < limit && pk_phrase_at(reader, text, at, PK_WORD_AND, &end);
        if (!comma && !joined)
            break;
        at = comma ? at + 1 : end;
    }
    return last;
}

/* What is given: an infinitive, or what "to" leads to; 0: nothing of the kind. */
static size_t given_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    at = next_word(text, at);
    for (int words = 0; at < text.length && words < MOST_WORDS; words++) {
        struct pk_will will = pk_will_at(reader, text, at);
        if (will.verb && will.promises)
            return at;
        if (pk_infinitive_at(reader, text, at))
            return at;
        at = next_word(text, pk_word_end(text, at));
    }
    return 0;
}

static bool is_ordered(const struct pk_reader *reader, struct pk_view text, size_t at,
                       struct pk_item *item, struct pk_range *task)
{
    size_t end, given;
    if (!pk_phrase_at(reader, text, at, PK_WORD_ASSIGN, &end))
        return false;
    given = given_at(reader, text, end);
    size_t behind = given ? take_parties(reader, text, end, given, item) : 0;
    struct pk_will will = behind ? pk_will_at(reader, text, given) : (struct pk_will){0};
    task->start = will.verb ? will.verb : behind;
    return behind > 0;
}

/* "до мая учителям подготовить ...": many, by their ending, before an infinitive. */
static bool is_resolved(const struct pk_reader *reader, struct pk_view text, size_t start,
                        struct pk_item *item)
{
    size_t before = next_word(text, start), at = before;
    for (int words = 0; at < text.length && words < MOST_WORDS / 2; words++) {
        if (pk_infinitive_at(reader, text, at)) {
            if (at == before || !pk_ending_at(reader, text, before, PK_WORD_EVERYBODY))
                return false;
            item->owner[item->owners++] = (struct pk_range){before, pk_word_end(text, before)};
            pk_cut(item, item->owner[0]);
            return true;
        }
        before = at;
        at = next_word(text, pk_word_end(text, at));
    }
    return false;
}

bool pk_is_bidden(const struct pk_reader *reader, struct pk_view text, size_t start,
                  bool resolution, struct pk_item *item, struct pk_range *task)
{
    size_t at = behind_title(text, pk_skip_blanks(text, start)), end;
    bool assigned = pk_phrase_at(reader, text, at, PK_WORD_ASSIGN, &end);
    if (assigned)
        at = behind_title(text, pk_skip_blanks(text, end));
    if ((!assigned && !resolution) || !pk_bidden_at(reader, text, at, assigned, item))
        return false;
    task->start = at;
    return true;
}

enum { LEADS = 1, CHARGES, APPOINTS }; /* values of PK_WORD_ASSIGN */

/* "Контроль возложить на Ким Е.А.", "Ответственной за сцену назначить Ким Е.А.": who is charged
 * with what the sentence says. */
static bool is_charged(const struct pk_reader *reader, struct pk_view text, size_t at,
                       struct pk_range sentence, struct pk_item *item)
{
    size_t end, behind;
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_ASSIGN, &end);
    static const uint64_t kinds = PK_OWNER_KINDS;
    if (!phrase || phrase->meaning.value < CHARGES)
        return false;
    if (phrase->meaning.value == APPOINTS) { /* to be responsible, and not for an office */
        size_t spot = pk_next_spot(reader, text, sentence.start, kinds, 0);
        if (spot >= text.length)
            return false;
    }
    int words = 0;
    for (size_t name = next_word(text, end); name < text.length;
         name = next_word(text, pk_word_end(text, name))) {
        if (phrase->meaning.value == CHARGES && words++ == MOST_WORDS / 2)
            return false; /* "на первого проректора Ким Е.А." */
        if (pk_name_at(reader, text, name, &behind) < PK_HEARD_NAME)
            continue;
        struct pk_range names[PK_MOST_OWNERS];
        uint32_t count;
        pk_names_at(reader, text, name, text.length, names, PK_MOST_OWNERS, &count, &behind);
        pk_own(item, names, count);
        if (phrase->meaning.value == CHARGES)
            pk_cut(item, (struct pk_range){at, behind});
        return true;
    }
    return false;
}

/* "Не назначен ответственный: ...": nobody was given it. */
static bool is_denied(struct pk_view text, size_t at)
{
    static const char denial[] = "не";
    size_t end = pk_skip_back(text, at), length = sizeof denial - 1;
    return end < at && end >= length &&
           pk_same_folded(pk_view_part(text, end - length, end), pk_view_of(denial)) &&
           !pk_is_word(pk_char_before(text, end - length));
}

bool pk_is_order(const struct pk_reader *reader, const struct pk_flow *flow,
                 struct pk_range sentence, bool resolution, struct pk_item *item,
                 struct pk_range *task)
{
    struct pk_view text = pk_view_part(flow->text, 0, sentence.end);
    item->flow = flow;
    *task = sentence;
    if (pk_is_bidden(reader, text, sentence.start, resolution, item, task))
        return true;
    static const uint64_t kinds = PK_KIND(PK_WORD_ASSIGN);
    for (size_t at = pk_next_spot(reader, text, sentence.start, kinds, 0); at < text.length;
         at = pk_next_spot(reader, text, at + 1, kinds, 0)) {
        if (is_denied(text, at))
            continue;
        if (is_charged(reader, text, at, sentence, item))
            return true;
        size_t party = next_word(text, pk_word_end(text, at)); /* an office, and who holds it */
        bool office = party < text.length && !pk_is_upper(sign_at(text, party));
        if ((office && pk_is_bidden(reader, text, at, false, item, task)) ||
            is_ordered(reader, text, at, item, task))
            return true;
        item->owners = 0;
    }
    return resolution && is_resolved(reader, text, sentence.start, item);
}
