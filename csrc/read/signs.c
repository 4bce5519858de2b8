/* signs.c - what marks an item as a task, or as no task, where no word says so. */
#include "read/read.h"

/* -- An infinitive: "Prüfen, ob ...", "Raum buchen", "Подготовить смету" -- */

/* Where the first clause ends: at a bracket, an arrow, a semicolon, a stop or the end. */
static size_t clause_end(struct pk_view text, struct pk_range range)
{
    size_t width;
    for (size_t at = range.start; at < range.end; at += width) {
        uint32_t sign = pk_char_at(text, at, &width);
        bool apart = at > range.start && pk_is_space(pk_char_before(text, at));
        bool closes =
            at + width >= range.end || pk_is_space(pk_char_at(text, at + width, &(size_t){0}));
        if ((apart && (sign == '(' || sign == '[' || pk_is_dash(sign) || sign == 0x2192)) ||
            (closes && (sign == ',' || sign == ';' || sign == '.' || sign == '!')))
            return at;
    }
    return range.end;
}

/* "... wurde vorgeschlagen" */
static bool tells(const struct pk_reader *reader, struct pk_view text, struct pk_range clause)
{
    static const uint64_t kinds = PK_KIND(PK_WORD_TOLD);
    struct pk_view part = pk_view_part(text, 0, clause.end);
    size_t end;
    for (size_t at = pk_next_spot(reader, part, clause.start, kinds, 0); at < clause.end;
         at = pk_next_spot(reader, part, at + 1, kinds, 0)) {
        if (pk_phrase_at(reader, text, at, PK_WORD_TOLD, &end))
            return true;
    }
    return false;
}

const struct pk_phrase *pk_ending_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                                     enum pk_word_kind kind)
{
    enum { LONGEST = 20 /* bytes */, SHORT = 6, SHORTEST = 4 };
    size_t end = pk_word_end(text, at), start = end, width;
    size_t longest = kind == PK_WORD_EVERYBODY ? LONGEST : SHORT;
    if (pk_codepoints(pk_view_part(text, at, end)) < SHORTEST)
        return NULL;
    while (start > at && end - start < longest) {
        char dashed[LONGEST + 1] = "-";
        pk_decode_before(text, start, &width);
        start -= width;
        if (end - start > longest || start == at)
            break;
        for (size_t i = start; i < end; i++)
            dashed[i - start + 1] = text.at[i];
        struct pk_view ending = {dashed, end - start + 1};
        const struct pk_phrase *phrase = pk_phrase_whole(reader, ending, kind);
        if (phrase)
            return phrase;
    }
    return NULL;
}

bool pk_infinitive_at(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t end;
    return !pk_phrase_at(reader, text, at, PK_WORD_WILL, &end) &&
           pk_verb_at(reader, text, at) == PK_MUST;
}

bool pk_bids(const struct pk_reader *reader, struct pk_view text, struct pk_range range)
{
    size_t width, word;
    range = pk_trim_signs(text, range);
    if (range.start >= range.end)
        return false;
    if (pk_infinitive_at(reader, text, range.start))
        return true;
    size_t end = pk_skip_back(text, clause_end(text, range));
    for (word = end; word > range.start && pk_is_word(pk_char_before(text, word)); word -= width)
        pk_decode_before(text, word, &width);
    bool small = word > range.start && !pk_is_upper(pk_char_at(text, word, &width));
    return small && pk_ending_at(reader, pk_view_part(text, 0, end), word, PK_WORD_PLAN) &&
           !tells(reader, text, (struct pk_range){range.start, end});
}

/* -- Signs for boxes: "☐ ...", "(❌) ..." -- */

static bool is_ballot(uint32_t sign)
{
    return sign >= 0x2610 && sign <= 0x2612;
}

static bool is_mark(uint32_t sign)
{
    return is_ballot(sign) || sign == 0x274C || sign == 0x2705 ||
           (sign >= 0x2713 && sign <= 0x2718);
}

bool pk_signed_as_task(const struct pk_reader *reader, struct pk_view text, struct pk_range range)
{
    size_t width, at = range.start;
    uint32_t sign = pk_char_at(text, at, &width);
    bool bracket = sign == '(' || sign == '[';
    if (bracket)
        sign = pk_char_at(text, at += width, &width);
    if (at >= range.end || !is_mark(sign))
        return false;
    bool ballot = is_ballot(sign);
    sign = pk_char_at(text, at += width, &width);
    if (sign == 0xFE0F) /* the variation selector of an emoji */
        sign = pk_char_at(text, at += width, &width);
    if (bracket && sign != ')' && sign != ']')
        return false;
    range.start = pk_skip_blanks(text, bracket ? at + width : at);
    return range.start < range.end && (ballot || pk_bids(reader, text, range));
}

/* -- Headings of a board among the entries: "1.2 Open issues" -- */

bool pk_is_board_title(const struct pk_reader *reader, struct pk_view line, bool holds_items,
                       enum pk_section_kind *kind)
{
    struct pk_view bare = pk_bare_title(reader->library, line);
    bool numbered = bare.at > pk_trim(line).at;
    if (bare.length && bare.at[bare.length - 1] == ')') {
        while (bare.length && bare.at[bare.length - 1] != '(')
            bare.length--;
        bare = pk_trim(pk_view_part(bare, 0, bare.length ? bare.length - 1 : 0));
    }
    const struct pk_phrase *phrase = pk_phrase_whole(reader, bare, PK_WORD_SECTION);
    *kind = phrase ? (enum pk_section_kind)phrase->meaning.value : PK_SECTION_OTHER;
    return phrase && (*kind == PK_SECTION_ACTIONS || holds_items || numbered);
}

/* -- Who is on duty when: "Monday 17.06.: Anna, Boris" -- */

bool pk_is_duty(const struct pk_reader *reader, struct pk_item *item)
{
    struct pk_view text = pk_view_part(item->flow->text, 0, item->range.end);
    size_t width, at = item->range.start, end;
    if (!pk_when_at(reader, text, at, &item->when) || item->when.dated != PK_DATED)
        return false;
    at = pk_skip_blanks(text, item->when.whole.end);
    uint32_t sign = pk_char_at(text, at, &width);
    if (at >= text.length || (sign != ':' && sign != 0xFF1A && !pk_is_dash(sign)))
        return false;
    enum pk_named named = pk_names_at(reader, text, pk_skip_blanks(text, at + width), text.length,
                                      item->owner, PK_MOST_OWNERS, &item->owners, &end);
    return named == PK_SURE_NAME && pk_skip_blanks(text, end) >= text.length;
}
