/* called.c - is somebody called so, and may two names be one person's? */
#include "write/select.h"

#include <string.h>

enum { MOST_WORDS = 8, LONGEST_WORD = 64 };

/* The words of a name, folded. */
struct name {
    struct pk_view word[MOST_WORDS];
    int words;
    bool shouted; /* in capitals only, as initials are */
    char bytes[MOST_WORDS * LONGEST_WORD];
};

/* Moves the word at the front of the text into `to`; what is too long for it is left out. */
static struct pk_view take_word(struct pk_view *text, char *to, bool *shouted)
{
    size_t width, length = 0;
    uint32_t codepoint;
    while (text->length && pk_is_word(codepoint = pk_decode(*text, &width))) {
        char bytes[4];
        size_t folded = pk_encode(pk_fold(codepoint), bytes);
        if (length + folded <= LONGEST_WORD) {
            memcpy(to + length, bytes, folded);
            length += folded;
        }
        *shouted = *shouted && pk_is_upper(codepoint);
        *text = pk_view_part(*text, width, text->length);
    }
    return (struct pk_view){to, length};
}

static void read_name(struct name *name, struct pk_view text)
{
    name->words = 0;
    name->shouted = true;
    while (text.length && name->words < MOST_WORDS) {
        size_t width;
        if (!pk_is_word(pk_decode(text, &width))) {
            text = pk_view_part(text, width, text.length);
            continue;
        }
        char *to = name->bytes + name->words * LONGEST_WORD;
        name->word[name->words++] = take_word(&text, to, &name->shouted);
    }
}

/* -- Two words -- */

/* Endings by which the cases of Russian names differ; the empty one among them. */
static bool is_case_ending(struct pk_view ending)
{
    static const char *const endings[] = {"",   "а",   "я",   "у",   "ю",   "е",  "и",  "ы",
                                          "о",  "й",   "ь",   "ой",  "ей",  "ою", "ею", "ом",
                                          "ем", "ым",  "им",  "ий",  "ый",  "ая", "яя", "ую",
                                          "юю", "ого", "его", "ому", "ему", "ых"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (pk_is(ending, endings[i]))
            return true;
    return false;
}

/* "петрова" and "петровой", "мария" and "марии": forms of one name, but not "марина". */
static bool is_form(struct pk_view a, struct pk_view b)
{
    enum { SHORTEST_STEM = 3 };
    size_t width, same = 0, letters = 0;
    while (same < a.length && same < b.length) {
        uint32_t codepoint = pk_decode(pk_view_part(a, same, a.length), &width);
        if (codepoint != pk_decode(pk_view_part(b, same, b.length), &width))
            break;
        if (!pk_is_cyrillic(codepoint))
            return false;
        same += width;
        letters++;
    }
    return letters >= SHORTEST_STEM && is_case_ending(pk_view_part(a, same, a.length)) &&
           is_case_ending(pk_view_part(b, same, b.length));
}

static bool is_initial(struct pk_view word)
{
    size_t width;
    pk_decode(word, &width);
    return width == word.length;
}

static bool same_word(struct pk_view a, struct pk_view b)
{
    if (is_initial(a) || is_initial(b))
        return pk_starts(a, b) || pk_starts(b, a);
    return pk_same(a, b) || is_form(a, b);
}

static bool begins_or_same(struct pk_view word, struct pk_view wanted)
{
    return pk_starts(word, wanted) || same_word(word, wanted);
}

/* -- Two names -- */

/* Has each word of `few` a word of its own in `many`? Whole words come before initials. */
static bool has_all(const struct name *many, const struct name *few,
                    bool fits(struct pk_view, struct pk_view))
{
    bool used[MOST_WORDS] = {false};
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < few->words; i++) {
            int found = 0;
            if (is_initial(few->word[i]) != (pass == 1))
                continue;
            while (found < many->words && (used[found] || !fits(many->word[found], few->word[i])))
                found++;
            if (found == many->words)
                return false;
            used[found] = true;
        }
    return few->words > 0;
}

/* "AW" for "Anna Weber". */
static bool is_signed(const struct name *initials, const struct name *name)
{
    size_t width, at = 0;
    if (initials->words != 1 || name->words < 2 || !initials->shouted)
        return false;
    struct pk_view letters = initials->word[0];
    for (int i = 0; i < name->words; i++, at += width) {
        uint32_t codepoint = pk_decode(pk_view_part(letters, at, letters.length), &width);
        if (!width || codepoint != pk_decode(name->word[i], &(size_t){0}))
            return false;
    }
    return at == letters.length;
}

bool pk_is_called(struct pk_view name, struct pk_view wanted)
{
    struct name has, wants;
    read_name(&has, name);
    read_name(&wants, wanted);
    return has_all(&has, &wants, begins_or_same) || is_signed(&wants, &has) ||
           is_signed(&has, &wants);
}

bool pk_same_person(struct pk_view name, struct pk_view other)
{
    struct name one, two;
    read_name(&one, name);
    read_name(&two, other);
    return has_all(&one, &two, same_word) || has_all(&two, &one, same_word) ||
           is_signed(&one, &two) || is_signed(&two, &one);
}
