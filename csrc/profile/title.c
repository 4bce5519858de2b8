/* title.c - tell which section a title names, however it is numbered and set. */
#include "profile/load.h"

#include <string.h>

static struct pk_view behind(struct pk_view view, size_t bytes)
{
    return pk_view_part(view, bytes, view.length);
}

/* -- Numbers before a title -- */

static bool is_blank_at(struct pk_view view, size_t at)
{
    size_t width;
    return at >= view.length || pk_is_space(pk_decode(behind(view, at), &width));
}

/* "3", "2.1", "2.1.4": its bytes, 0: none. Parts have up to three digits and
 * no leading zero, which keeps 12.05.2026 and 2026 what they are. */
static size_t decimal(struct pk_view view, uint32_t *parts)
{
    size_t end = 0;
    for (*parts = 0;; (*parts)++) {
        size_t digits = 0, start = *parts ? end + 1 : 0;
        if (*parts && (end >= view.length || view.at[end] != '.'))
            return end;
        while (start + digits < view.length && view.at[start + digits] >= '0' &&
               view.at[start + digits] <= '9')
            digits++;
        bool zero = *parts && digits > 1 && view.at[start] == '0';
        if (*parts && !digits)
            return end;
        if (!digits || digits > 3 || zero)
            return 0;
        end = start + digits;
    }
}

/* "III", "IV": its bytes, 0: none. */
static size_t roman(struct pk_view view)
{
    size_t end = 0;
    while (end < view.length && strchr("IVXLC", view.at[end]) && view.at[end])
        end++;
    return end <= 8 ? end : 0;
}

/* What may stand between a number and its title: "." ")" ":" or a dash. */
static size_t closing(struct pk_view view)
{
    static const char *const marks[] = {".", ")", ":", "-", "\u2013", "\u2014", "\uFF1A"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (pk_starts(view, pk_view_of(marks[i])))
            return strlen(marks[i]);
    }
    return 0;
}

/* A number with nothing that says it is one: needs its mark, or several parts. */
static size_t bare_number(struct pk_view view)
{
    uint32_t parts = 0;
    size_t width, number = decimal(view, &parts);
    if (!number)
        number = roman(view);
    if (!number && view.length > 1 && view.at[1] == ')' && pk_is_letter(pk_decode(view, &width)))
        number = 1;
    if (!number)
        return 0;
    size_t mark = closing(behind(view, number));
    if (is_blank_at(view, number + mark))
        return mark || parts > 1 ? number + mark : 0;
    bool close = mark == 1 && strchr(".)", view.at[number]); /* "1.Participants" */
    return close && parts && pk_is_letter(pk_decode(behind(view, number + mark), &width))
               ? number + mark
               : 0;
}

/* Bytes of the word that opens a number, blanks behind it counted: "TOP ", "П. ", "§". */
static size_t number_word(const struct pk_library *library, struct pk_view view)
{
    size_t length, width, letters, at = 0;
    for (letters = 0; letters < view.length; letters += width) {
        if (!pk_is_letter(pk_decode(behind(view, letters), &width)))
            break;
    }
    uint32_t hash = view.length ? pk_hash_word(view, &width) : 0;
    bool numbers = pk_hashed_kinds(&library->words, hash) >> PK_WORD_NUMBERING & 1;
    if (!view.length || (!numbers && (!letters || letters == width)))
        return 0;
    const struct pk_phrase *phrase = pk_words_at(&library->words, view, &length);
    if (!pk_words_kind(phrase, PK_WORD_NUMBERING)) { /* "TOP2" */
        length = letters;
        phrase = length ? pk_words_whole(&library->words, pk_view_part(view, 0, length)) : NULL;
        if (!pk_words_kind(phrase, PK_WORD_NUMBERING))
            return 0;
    }
    for (at = length; at < view.length && is_blank_at(view, at); at += width)
        pk_decode(behind(view, at), &width);
    return at;
}

static size_t worded_number(const struct pk_library *library, struct pk_view view)
{
    uint32_t parts;
    size_t word = number_word(library, view);
    if (!word)
        return 0;
    struct pk_view rest = behind(view, word);
    size_t number = decimal(rest, &parts);
    if (!number)
        number = roman(rest);
    if (!number)
        return 0;
    size_t blank = number;
    while (blank < rest.length && rest.at[blank] == ' ')
        blank++;
    size_t mark = closing(behind(rest, number));
    if (!mark && closing(behind(rest, blank))) /* "TOP 2 - ..." */
        mark = blank - number + closing(behind(rest, blank));
    return is_blank_at(rest, number + mark) ? word + number + mark : 0;
}

/* -- What surrounds a title -- */

/* Pictures and arrows that decorate it. */
static struct pk_view without_symbols(struct pk_view view)
{
    size_t width;
    for (uint32_t first = pk_decode(view, &width);
         view.length && first >= 0x2190 && first != PK_REPLACEMENT && !pk_is_word(first) &&
         !pk_is_cyrillic(first);
         first = pk_decode(view, &width))
        view = pk_trim(behind(view, width));
    return view;
}

static struct pk_view without_emphasis(struct pk_view view)
{
    while (view.length > 2 && strchr("*_", view.at[0]) && view.at[0] &&
           view.at[view.length - 1] == view.at[0])
        view = pk_trim(pk_view_part(view, 1, view.length - 1));
    return view;
}

static struct pk_view without_colon(struct pk_view view)
{
    size_t width;
    while (view.length) {
        uint32_t last = pk_decode_before(view, view.length, &width);
        if (last != ':' && last != 0xFF1A)
            break;
        view = pk_trim(pk_view_part(view, 0, view.length - width));
    }
    return view;
}

struct pk_view pk_bare_title(const struct pk_library *library, struct pk_view title)
{
    struct pk_view bare = pk_trim(title);
    for (size_t before = bare.length + 1; bare.length && bare.length < before;) {
        before = bare.length;
        bare = without_colon(without_emphasis(without_symbols(bare)));
        size_t number = worded_number(library, bare);
        if (!number)
            number = bare_number(bare);
        struct pk_view rest = pk_trim(behind(bare, number));
        if (rest.length)
            bare = rest;
    }
    return bare;
}

/* "Agenda (5 min)", "Agenda [all]", "Agenda." */
static struct pk_view without_remark(struct pk_view bare)
{
    if (bare.length && bare.at[bare.length - 1] == '.')
        return pk_trim(pk_view_part(bare, 0, bare.length - 1));
    char close = bare.length ? bare.at[bare.length - 1] : '\0';
    if (close != ')' && close != ']')
        return bare;
    size_t open = bare.length;
    while (open > 0 && bare.at[open - 1] != (close == ')' ? '(' : '['))
        open--;
    return open > 1 ? without_colon(pk_trim(pk_view_part(bare, 0, open - 1))) : bare;
}

/* "П О В Е С Т К А   Д Н Я": single letters set apart are one word, a wider gap
 * parts words. Empty where the title is none of that or does not fit. */
static struct pk_view closed_up(struct pk_view title, char *out, size_t room)
{
    size_t length = 0, width, letters = 0;
    for (size_t i = 0; i < title.length;) {
        pk_decode(behind(title, i), &width);
        if (length + width + 1 > room)
            return PK_VIEW("");
        memcpy(out + length, title.at + i, width);
        length += width;
        i += width;
        letters++;
        size_t gap = 0;
        for (; i < title.length && is_blank_at(title, i); gap++, i += width)
            pk_decode(behind(title, i), &width);
        if (!gap && i < title.length)
            return PK_VIEW("");
        if (gap > 1)
            out[length++] = ' ';
    }
    return letters > 3 ? (struct pk_view){out, length} : PK_VIEW("");
}

/* -- Which section it names -- */

static int section_of_kind(const struct pk_profile *profile, enum pk_section_kind kind)
{
    for (uint32_t i = 0; i < profile->section.count; i++) {
        if (profile->section.items[i].kind == kind && kind != PK_SECTION_OTHER)
            return (int)i;
    }
    return -1;
}

/* Clients agree, committees decide: the one stands in where a profile lacks the other. */
static int stand_in(const struct pk_profile *profile, enum pk_section_kind kind)
{
    if (kind == PK_SECTION_OTHER_BUSINESS)
        return section_of_kind(profile, PK_SECTION_TOPICS);
    if (kind == PK_SECTION_DECISIONS)
        return section_of_kind(profile, PK_SECTION_AGREEMENTS);
    return kind == PK_SECTION_AGREEMENTS ? section_of_kind(profile, PK_SECTION_DECISIONS) : -1;
}

/* By the words of every language: one that the profile has, else any. */
static int by_words(const struct pk_library *library, const struct pk_profile *profile,
                    struct pk_view title, enum pk_section_kind *kind)
{
    const struct pk_phrase *phrase =
        pk_words_kind(pk_words_whole(&library->words, title), PK_WORD_SECTION);
    if (phrase)
        *kind = (enum pk_section_kind)phrase->meaning.value;
    for (; phrase; phrase = pk_words_kind(pk_words_again(phrase), PK_WORD_SECTION)) {
        enum pk_section_kind candidate = (enum pk_section_kind)phrase->meaning.value;
        int section = section_of_kind(profile, candidate);
        if (section < 0)
            continue;
        *kind = candidate;
        return section;
    }
    return stand_in(profile, *kind);
}

static bool is_costly(const struct pk_costly *costly, const struct pk_pattern *pattern)
{
    for (uint32_t i = 0; i < costly->count; i++) {
        if (costly->pattern[i] == pattern)
            return true;
    }
    return false;
}

/* Bytes; no pattern is tried on more, so that none can take long. */
enum { LONGEST_TITLE = 1000 };

static int by_pattern(const struct pk_profile *profile, struct pk_view title,
                      struct pk_costly *costly)
{
    size_t start, end;
    if (title.length > LONGEST_TITLE)
        return -1;
    for (uint32_t i = 0; i < profile->section.count; i++) {
        const struct pk_pattern *pattern = profile->section.items[i].pattern;
        if (!pattern || is_costly(costly, pattern))
            continue;
        enum pk_match match = pk_pattern_find(pattern, title, 0, &start, &end);
        if (match == PK_MATCH)
            return (int)i;
        costly->no_memory = costly->no_memory || match == PK_MATCH_NO_MEMORY;
        if (match == PK_MATCH_LIMIT && costly->count < PK_PATTERNS_LIMIT)
            costly->pattern[costly->count++] = pattern;
    }
    return -1;
}

static int look_up(const struct pk_library *library, const struct pk_profile *profile,
                   struct pk_view title, enum pk_section_kind *kind, struct pk_costly *costly)
{
    const struct pk_phrase *own =
        pk_words_kind(pk_words_whole(&profile->words, title), PK_WORD_SECTION);
    int section = own ? (int)own->meaning.value : by_pattern(profile, title, costly);
    if (section < 0)
        return by_words(library, profile, title, kind);
    *kind = profile->section.items[section].kind;
    return section;
}

/* "Outcome's", "TOP’s": the plural as many write it. Empty where no apostrophe stands so. */
static struct pk_view without_apostrophe(struct pk_view title, char *out, size_t room)
{
    static const char *const marks[] = {"'s", "\u2019s", "`s", "\u00B4s"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        if (title.length <= length || title.length > room)
            continue;
        size_t before = title.length - length;
        if (memcmp(title.at + before, marks[i], length) != 0)
            continue;
        memcpy(out, title.at, before);
        out[before] = 's';
        return (struct pk_view){out, before + 1};
    }
    return PK_VIEW("");
}

/* The kinds that a title may end with: what stands before them only tells which. */
static enum pk_section_kind ending_kind(const struct pk_library *library, struct pk_view words)
{
    const struct pk_phrase *phrase = pk_words_whole_of(&library->words, words, PK_WORD_SECTION);
    uint16_t kind = phrase ? phrase->meaning.value : PK_SECTION_OTHER;
    return kind == PK_SECTION_PARTICIPANTS || kind == PK_SECTION_AGENDA ? (enum pk_section_kind)kind
                                                                        : PK_SECTION_OTHER;
}

/* "no", "from", "absent", "other" before it make other people, or something else, of it. */
static bool turns_round(const struct pk_library *library, struct pk_view word)
{
    const struct pk_phrase *phrase = pk_words_whole(&library->words, word);
    const struct pk_phrase *section = pk_words_kind(phrase, PK_WORD_SECTION);
    return pk_words_kind(phrase, PK_WORD_COMMON) || pk_same_folded(word, PK_VIEW("non")) ||
           (section && (section->meaning.value == PK_SECTION_ABSENT ||
                        section->meaning.value == PK_SECTION_OTHER_BUSINESS));
}

/* "Voting member attendance", "Board members present", "Projekt-Teilnehmer", "New agenda items":
 * by what the title ends with, where the few words before it only tell which. */
static enum pk_section_kind by_ending(const struct pk_library *library, struct pk_view title)
{
    enum { MOST_BEFORE = 4, LONGEST = 60 /* bytes */ };
    size_t width, word = 0;
    int before = 0;
    if (title.length > LONGEST)
        return PK_SECTION_OTHER;
    for (size_t at = 0; at < title.length; at += width) {
        uint32_t sign = pk_decode(behind(title, at), &width);
        if (pk_is_word(sign) || sign == '\'' || sign == 0x2019)
            continue;
        if ((sign != '-' && !pk_is_space(sign)) || before++ == MOST_BEFORE ||
            (at > word && turns_round(library, pk_view_part(title, word, at))))
            return PK_SECTION_OTHER;
        word = at + width;
        enum pk_section_kind kind = ending_kind(library, behind(title, word));
        if (word > width && kind != PK_SECTION_OTHER)
            return kind;
    }
    return PK_SECTION_OTHER;
}

/* Where the first part of a title ends, at a slash, a plus, a comma or "and", and where the next
 * begins: `next`. The title's length: it is the last part. */
static size_t part_end(const struct pk_library *library, struct pk_view title, size_t *next)
{
    size_t width, length;
    for (size_t at = 0; at < title.length; at += width) {
        uint32_t sign = pk_decode(behind(title, at), &width);
        bool parts = sign == '/' || sign == '+' || sign == ',' || sign == '|';
        bool starts = at && is_blank_at(title, at - 1);
        if (!parts && starts &&
            pk_words_of(&library->words, behind(title, at), PK_WORD_AND, &length)) {
            parts = at + length < title.length && is_blank_at(title, at + length);
            width = parts ? length : width;
        }
        if (!at || !parts)
            continue;
        *next = at + width;
        return at;
    }
    return title.length;
}

/* Of a title without its number and remarks. */
static uint32_t kinds_of_bare(const struct pk_library *library, struct pk_view rest,
                              struct pk_view *first)
{
    enum { MOST_PARTS = 4, LONGEST = 100 /* bytes */ };
    uint32_t kinds = 0;
    *first = PK_VIEW("");
    if (!(pk_words_first(&library->words, rest).kinds >> PK_WORD_SECTION & 1))
        return 0;
    for (int i = 0; i < MOST_PARTS && rest.length && rest.length <= LONGEST; i++) {
        size_t next = rest.length, end = part_end(library, rest, &next);
        struct pk_view part = pk_trim(pk_view_part(rest, 0, end));
        const struct pk_phrase *phrase =
            pk_words_kind(pk_words_whole(&library->words, part), PK_WORD_SECTION);
        if (!phrase)
            return 0;
        *first = i ? *first : part;
        for (; phrase; phrase = pk_words_kind(pk_words_again(phrase), PK_WORD_SECTION))
            kinds |= UINT32_C(1) << phrase->meaning.value;
        rest = end < rest.length ? pk_trim(behind(rest, next)) : PK_VIEW("");
    }
    return rest.length ? 0 : kinds;
}

uint32_t pk_kinds_of_title(const struct pk_library *library, struct pk_view title,
                           struct pk_view *first)
{
    return kinds_of_bare(library, without_remark(pk_bare_title(library, title)), first);
}

int pk_section_of_bare(const struct pk_library *library, const struct pk_profile *profile,
                       struct pk_view bare, enum pk_section_kind *kind, struct pk_costly *costly)
{
    char room[200];
    *kind = PK_SECTION_OTHER;
    int section = look_up(library, profile, bare, kind, costly);
    struct pk_view plain = without_remark(bare);
    if (section < 0 && *kind == PK_SECTION_OTHER && plain.length < bare.length)
        section = look_up(library, profile, pk_bare_title(library, plain), kind, costly);
    if (section >= 0 || *kind != PK_SECTION_OTHER)
        return section;
    struct pk_view closed = closed_up(bare, room, sizeof room);
    if (closed.length)
        section = look_up(library, profile, closed, kind, costly);
    struct pk_view joined = without_apostrophe(plain, room, sizeof room);
    if (section < 0 && *kind == PK_SECTION_OTHER && joined.length)
        section = look_up(library, profile, joined, kind, costly);
    if (section < 0 && *kind == PK_SECTION_OTHER) {
        *kind = by_ending(library, plain);
        section = section_of_kind(profile, *kind);
    }
    struct pk_view first = {0};               /* "Decisions / resolutions" is what it names first */
    bool whole = plain.length == bare.length; /* and then as bare as it can be */
    if (section < 0 && *kind == PK_SECTION_OTHER &&
        (whole ? kinds_of_bare : pk_kinds_of_title)(library, plain, &first))
        section = by_words(library, profile, first, kind);
    return section;
}

int pk_section_of_title(const struct pk_library *library, const struct pk_profile *profile,
                        struct pk_view title, enum pk_section_kind *kind, struct pk_costly *costly)
{
    return pk_section_of_bare(library, profile, pk_bare_title(library, title), kind, costly);
}
