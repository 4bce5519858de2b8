/* names.c - what looks like somebody's name, and whose name it is. */
#include "read/read.h"

#include <string.h>

enum { MOST_WORDS = 4 };

/* What a beginning of a word means: a name's stem, or "AL" for Anna Lee. */
enum { STEM = 1, INITIALS };

/* -- Whom we know -- */

/* Russian names are inflected by their last letters, so a name is known by its stems: the
 * word without its last two letters, without its last, and whole. */
static size_t shortest_stem(struct pk_view word, size_t letters, size_t endings)
{
    size_t width;
    if (!pk_is_cyrillic(pk_decode(word, &width)))
        return letters;
    return letters > endings + 3 ? letters - endings : letters < 3 ? letters : 3;
}

static void learn_word(struct pk_reader *reader, struct pk_affixes *table, struct pk_view word)
{
    size_t letters = pk_codepoints(word), width, count = 0;
    size_t shortest = letters < 2 ? SIZE_MAX : shortest_stem(word, letters, 2);
    uint64_t digest = PK_DIGEST;
    table->letters |= word.length ? pk_letter_bit(pk_decode(word, &width)) : 0;
    for (size_t at = 0; at < word.length; at += width) {
        digest = pk_digest_letter(digest, pk_char_at(word, at, &width));
        struct pk_affix *stem =
            ++count < shortest ? NULL : pk_affix_add(reader->arena, table, digest);
        if (stem)
            stem->meaning = STEM;
    }
}

/* As pk_char_at, for letter after letter: `at` lies inside, and most are ASCII. */
static inline uint32_t step(struct pk_view text, size_t at, size_t *width)
{
    unsigned char byte = (unsigned char)text.at[at];
    *width = 1;
    return byte < 0x80 ? byte : pk_char_at(text, at, width);
}

static bool is_in_capitals(struct pk_view word)
{
    size_t width;
    for (size_t at = 0; at < word.length; at += width)
        if (!pk_is_upper(pk_char_at(word, at, &width)))
            return false;
    return true;
}

static bool is_among(const struct pk_affixes *table, struct pk_view word)
{
    size_t width, count = 0, shortest = SIZE_MAX;
    uint64_t digest = PK_DIGEST;
    uint32_t first = word.length ? pk_decode(word, &width) : 0;
    if (!(table->letters & pk_letter_bit(first)))
        return false;
    if (pk_is_cyrillic(first))
        shortest = shortest_stem(word, pk_codepoints(word), 3);
    for (size_t at = 0; at < word.length; at += width) {
        digest = pk_digest_letter(digest, step(word, at, &width));
        bool whole = at + width == word.length;
        if (++count < 2 || (count < shortest && !whole))
            continue;
        const struct pk_affix *stem = pk_affix_of(table, digest);
        if (stem && (stem->meaning == STEM || (whole && is_in_capitals(word))))
            return true;
    }
    return false;
}

/* "JZF" of a Jessica Forde: the letter between is a middle name's. */
static bool is_middle(struct pk_view word)
{
    return word.length == 3 && word.at[0] >= 'A' && word.at[0] <= 'Z' && word.at[1] >= 'A' &&
           word.at[1] <= 'Z' && word.at[2] >= 'A' && word.at[2] <= 'Z';
}

static bool knows_word(const struct pk_reader *reader, struct pk_view word)
{
    bool known = is_among(&reader->names, word);
    if (known || !is_middle(word))
        return known;
    const char outer[] = {word.at[0], word.at[2]};
    return is_among(&reader->names, (struct pk_view){outer, sizeof outer});
}

static struct pk_range next_word(struct pk_view text, size_t at)
{
    size_t width;
    while (at < text.length && !pk_is_word(pk_char_at(text, at, &width)))
        at += width;
    return (struct pk_range){at, pk_word_end(text, at)};
}

static void learn_capitals(struct pk_reader *reader, struct pk_view initials)
{
    uint64_t digest = PK_DIGEST;
    size_t width;
    reader->names.letters |= pk_letter_bit(pk_decode(initials, &width));
    for (size_t at = 0; at < initials.length; at += width)
        digest = pk_digest_letter(digest, pk_char_at(initials, at, &width));
    struct pk_affix *known = pk_affix_add(reader->arena, &reader->names, digest);
    if (known && !known->meaning)
        known->meaning = INITIALS;
}

/* "AL" for Anna Lee, unless it is a word: "AI". */
static void learn_initials(struct pk_reader *reader, struct pk_view name)
{
    char bytes[MOST_WORDS * 4];
    struct pk_view initials = {bytes, 0};
    struct pk_range word = next_word(name, 0);
    int count = 0;
    for (; word.start < word.end && count < MOST_WORDS; count++) {
        size_t width;
        uint32_t first = pk_char_at(name, word.start, &width);
        if (!pk_is_upper(first))
            return;
        initials.length += pk_encode(first, bytes + initials.length);
        word = next_word(name, word.end);
    }
    if (count > 1 && word.start == word.end && !pk_words_whole(reader->words, initials) &&
        !knows_word(reader, initials))
        learn_capitals(reader, initials);
}

void pk_learn_name(struct pk_reader *reader, struct pk_view name)
{
    struct pk_range word = next_word(name, 0);
    if (pk_behind_placeholder(name, 0))
        return; /* nobody is known by that yet */
    learn_initials(reader, name);
    for (int count = 0; word.start < word.end && count < MOST_WORDS; count++) {
        struct pk_view part = pk_view_part(name, word.start, word.end);
        size_t width;
        if (!pk_knows_name(reader, part) && pk_is_letter(pk_decode(part, &width)))
            learn_word(reader, &reader->names, part);
        word = next_word(name, word.end);
    }
}

bool pk_knows_name(const struct pk_reader *reader, struct pk_view name)
{
    struct pk_range word = next_word(name, 0);
    for (int count = 0; word.start < word.end && count < MOST_WORDS; count++) {
        if (knows_word(reader, pk_view_part(name, word.start, word.end)))
            return true;
        word = next_word(name, word.end);
    }
    return false;
}

void pk_hear_name(struct pk_reader *reader, struct pk_view name)
{
    struct pk_range word = next_word(name, 0);
    for (int count = 0; word.start < word.end && count < MOST_WORDS; count++) {
        struct pk_view part = pk_view_part(name, word.start, word.end);
        if (!is_among(&reader->heard, part))
            learn_word(reader, &reader->heard, part);
        word = next_word(name, word.end);
    }
}

/* -- What looks like a name -- */

/* "@anna", but not "@scope/package" or "@Override(...)". */
static size_t handle_at(struct pk_view text, size_t at)
{
    size_t width, end = at + 1;
    if (pk_is_word(pk_char_before(text, at)) || !pk_is_letter(pk_char_at(text, end, &width)))
        return 0;
    for (; end < text.length; end += width) {
        uint32_t sign = pk_char_at(text, end, &width);
        if (!pk_is_word(sign) && sign != '-' && sign != '.')
            break;
    }
    while (text.at[end - 1] == '.' || text.at[end - 1] == '-')
        end--;
    uint32_t behind = pk_char_at(text, end, &width);
    bool code = behind == '(' || (behind == '/' && end + 1 < text.length &&
                                  pk_is_word((unsigned char)text.at[end + 1]));
    return code ? 0 : end;
}

/* "И.", "И.И.", "J. R.": initials at `at`; the end of the last full stop, or 0. */
static size_t initials_at(struct pk_view text, size_t at)
{
    size_t end = 0, width;
    for (int count = 0; count < 3; count++) {
        size_t letter = end ? pk_skip_blanks(text, end) : at;
        if (!pk_is_upper(pk_char_at(text, letter, &width)))
            break;
        if (letter + width >= text.length || text.at[letter + width] != '.')
            break;
        end = letter + width + 1;
    }
    return end;
}

/* A capitalised word, with hyphens and apostrophes inside. */
static size_t capital_at(struct pk_view text, size_t at)
{
    size_t width, end = at;
    if (!pk_is_upper(pk_char_at(text, at, &width)))
        return 0;
    for (; end < text.length; end += width) {
        uint32_t sign = step(text, end, &width);
        if (pk_is_letter(sign))
            continue;
        if (sign == ' ')
            return end;
        bool inside = (sign == '-' || sign == '\'' || sign == 0x2019) &&
                      pk_is_letter(pk_char_at(text, end + width, &(size_t){0}));
        if (!inside)
            break;
    }
    bool digits = end < text.length && pk_is_word(pk_char_at(text, end, &width));
    return digits ? 0 : end;
}

/* Words with a meaning of their own are nobody's name. */
static bool means_something(const struct pk_reader *reader, struct pk_view text, size_t at,
                            size_t end)
{
    size_t length;
    const struct pk_headword *known = pk_headword_here(reader, text, at);
    if (!known->first)
        return false;
    const struct pk_phrase *phrase =
        pk_headword_at(*known, pk_view_part(text, at, text.length), &length);
    if (at + length < end)
        return false;
    for (; phrase; phrase = pk_words_again(phrase)) {
        uint16_t kind = phrase->meaning.kind;
        if (kind != PK_WORD_MONTH && kind != PK_WORD_ABBREVIATION && kind != PK_WORD_NAME)
            return true;
    }
    return false;
}

static bool is_shouted(struct pk_view word)
{
    size_t width, letters = 0;
    for (size_t i = 0; i < word.length; i += width, letters++) {
        uint32_t codepoint = pk_char_at(word, i, &width);
        if (pk_is_letter(codepoint) && !pk_is_upper(codepoint))
            return false;
    }
    return letters > 3;
}

/* "IIoT": capitals at the start and again behind small letters. */
static bool is_made_up(struct pk_view word)
{
    size_t width, capitals = 0;
    bool small = false;
    for (size_t at = 0; at < word.length; at += width) {
        bool upper = pk_is_upper(pk_char_at(word, at, &width));
        if (upper && small && capitals > 1)
            return true;
        capitals += upper;
        small = small || !upper;
        if (small && capitals < 2)
            return false;
    }
    return false;
}

/* "Anna's", "APIs": what is hers, and several of something. */
static bool is_no_name(struct pk_view word)
{
    if (is_made_up(word))
        return true;
    size_t width, second = 0, behind = 0;
    if (word.length < 3 || word.at[word.length - 1] != 's')
        return false;
    struct pk_view before = pk_view_part(word, 0, word.length - 1);
    uint32_t last = pk_decode_before(before, before.length, &width);
    pk_char_at(word, 0, &second);
    return last == '\'' || last == 0x2019 ||
           (pk_is_upper(last) && pk_is_upper(pk_char_at(word, second, &behind)));
}

/* "von", "de", "van der" inside a name. */
static size_t particle_at(struct pk_view text, size_t at)
{
    static const char *const particles[] = {"von", "van", "de", "da", "di", "zu"};
    static const char *const articles[] = {"der", "den", "dem"};
    char first = at < text.length ? text.at[at] : ' ';
    if (first != 'v' && first != 'd' && first != 'z')
        return 0;
    size_t end = pk_word_end(text, at), known = 0;
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        if (pk_is(pk_view_part(text, at, end), particles[i]))
            known = end;
    }
    size_t next = known ? pk_skip_blanks(text, known) : 0;
    for (size_t i = 0; known && i < sizeof articles / sizeof *articles; i++) {
        if (pk_is(pk_view_part(text, next, pk_word_end(text, next)), articles[i]))
            known = pk_word_end(text, next);
    }
    return known;
}

static bool is_heard(const struct pk_reader *reader, struct pk_view text, size_t at, size_t end)
{
    size_t behind;
    bool first = pk_phrase_at(reader, text, at, PK_WORD_NAME, &behind) && behind == end;
    return first || is_among(&reader->heard, pk_view_part(text, at, end));
}

static enum pk_named words_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                              size_t *end)
{
    bool initials = false, known = false, heard = false;
    size_t next = at, before = at, width; /* `before`: the end of the last word but one */
    enum pk_named so_far = PK_NO_NAME;    /* how sure the words up to there are */
    bool cyrillic = pk_is_cyrillic(pk_char_at(text, at, &width));
    int words = 0, steps = 0; /* "A. B. A. B. ..." has no word */
    *end = at;
    while (words < MOST_WORDS && steps++ < 2 * MOST_WORDS) {
        bool capital = pk_is_upper(pk_char_at(text, next, &width));
        size_t letters = capital ? initials_at(text, next) : 0;
        size_t word = letters ? letters : capital ? capital_at(text, next) : 0;
        if (!word && words) {
            size_t particle = particle_at(text, next);
            size_t behind = particle ? pk_skip_blanks(text, particle) : 0;
            if (!particle || !capital_at(text, behind))
                break;
            next = behind;
            continue;
        }
        if (!word)
            break;
        struct pk_view part = pk_view_part(text, next, word);
        bool known_word = !letters && knows_word(reader, part);
        if (!letters && !known_word && means_something(reader, text, next, word))
            break;
        if (!letters && !known_word && (is_shouted(part) || is_no_name(part)))
            break;
        if (letters && words > 1 && cyrillic && !initials) {
            *end = before; /* "Бухгалтеру Луниной М.Ю.": initials stand beside one word */
            return so_far;
        }
        if (!letters) {
            before = *end;
            so_far = known ? PK_SURE_NAME : heard ? PK_HEARD_NAME : PK_MAYBE_NAME;
        }
        initials = initials || letters;
        known = known || known_word;
        heard = heard || known || (!letters && is_heard(reader, text, next, word));
        words += letters ? 0 : 1;
        *end = word;
        if (letters && words == MOST_WORDS)
            break;
        next = pk_skip_blanks(text, word);
        if (letters && words && initials && initials_at(text, at) == 0)
            break; /* "Иванов И.И." is whole */
    }
    if (!words || *end == at)
        return PK_NO_NAME;
    if (cyrillic && words > 1 && !initials && pk_infinitive_at(reader, text, at))
        return PK_NO_NAME; /* "Выделить Петрову" */
    return initials || known ? PK_SURE_NAME : heard ? PK_HEARD_NAME : PK_MAYBE_NAME;
}

enum pk_named pk_name_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                         size_t *end)
{
    size_t width;
    *end = at;
    uint32_t first = pk_char_at(text, at, &width);
    if (first == '@') {
        size_t behind = handle_at(text, at);
        if (behind)
            *end = behind;
        return behind ? PK_SURE_NAME : PK_NO_NAME;
    }
    if (!width || !pk_is_letter(first))
        return PK_NO_NAME;
    enum pk_named named = words_at(reader, text, at, end);
    if (named == PK_SURE_NAME)
        return named;
    size_t behind;
    if (pk_phrase_at(reader, text, at, PK_WORD_EVERYBODY, &behind)) {
        *end = behind;
        return PK_SURE_NAME;
    }
    if (named == PK_NO_NAME) { /* handles and names in small letters, as people sign in chats */
        behind = pk_word_end(text, at);
        struct pk_view word = pk_view_part(text, at, behind);
        if (pk_phrase_whole(reader, word, PK_WORD_COMMON))
            return PK_NO_NAME; /* "его", however near "Егор" is */
        named = knows_word(reader, word)         ? PK_SURE_NAME
                : is_among(&reader->heard, word) ? PK_HEARD_NAME
                                                 : PK_NO_NAME;
        *end = named ? behind : at;
    }
    return named;
}

/* Behind what stands between two names; 0: nothing does. */
static size_t between_names(const struct pk_reader *reader, struct pk_view text, size_t at)
{
    size_t width, behind, next = pk_skip_blanks(text, at);
    uint32_t sign = pk_char_at(text, next, &width);
    if (sign == ',' || sign == '/' || sign == '&' || sign == '+' || sign == ';')
        next = pk_skip_blanks(text, next + width);
    else if (next == at)
        return 0;
    bool joined = next > pk_skip_blanks(text, at);
    if (pk_phrase_at(reader, text, next, PK_WORD_AND, &behind))
        return pk_skip_blanks(text, behind);
    return joined || sign == '@' ? next : 0;
}

enum pk_named pk_names_at(const struct pk_reader *reader, struct pk_view text, size_t at,
                          size_t limit, struct pk_range *names, uint32_t room, uint32_t *count,
                          size_t *end)
{
    struct pk_view part = pk_view_part(text, 0, limit);
    enum pk_named least = PK_NO_NAME;
    size_t next = at, behind;
    *end = at;
    *count = 0;
    while (next < limit && *count < room) {
        enum pk_named named = pk_name_at(reader, part, next, &behind);
        if (named == PK_NO_NAME)
            break;
        size_t start = part.at[next] == '@' ? next + 1 : next;
        names[(*count)++] = (struct pk_range){start, behind};
        least = *count == 1 || named < least ? named : least;
        *end = behind;
        next = between_names(reader, part, behind);
        if (!next)
            break;
    }
    return least;
}

/* "Ann Lee (mills)", "Ann, Ben and perhaps others": German nouns look like that too. */
static bool begins_as_name(const struct pk_reader *reader, struct pk_view text, size_t start)
{
    size_t end, width;
    const struct pk_language *language = reader->minutes->language;
    if ((language && pk_is(language->id, "de")) || pk_verb_at(reader, text, start) ||
        pk_name_at(reader, text, start, &end) == PK_NO_NAME)
        return false;
    size_t next = pk_skip_blanks(text, end);
    uint32_t sign = next < text.length ? pk_char_at(text, next, &width) : 0;
    return sign == ',' || sign == '/' || sign == '(';
}

bool pk_names_somebody(const struct pk_reader *reader, struct pk_view text, struct pk_range range)
{
    size_t width, end, behind;
    struct pk_view part = pk_view_part(text, 0, range.end);
    for (size_t at = range.start; at < range.end; at += width) {
        bool word = pk_is_letter(pk_char_at(part, at, &width)) && pk_word_starts(part, at);
        if (word && pk_name_at(reader, part, at, &end) >= PK_HEARD_NAME &&
            !pk_phrase_at(reader, part, at, PK_WORD_EVERYBODY, &behind))
            return true;
    }
    return begins_as_name(reader, part, range.start);
}
