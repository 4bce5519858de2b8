/* called.c - is somebody called so, and may two names be one person's? */
#include "read/stem.h"
#include "write/select.h"

enum { MOST_WORDS = 8 };

struct word {
    struct pk_name_word form;
    struct pk_view written;
};

struct name {
    struct word word[MOST_WORDS];
    int words;
    bool shouted; /* in capitals only, as initials are */
};

static uint32_t fold_at(struct pk_view text, size_t *width)
{
    return pk_fold(pk_decode(text, width));
}

/* So many letters of the text; *shouted stays true if all of them are capitals. */
static struct pk_view word_in(struct pk_view text, size_t letters, bool *shouted)
{
    size_t width, at = 0;
    for (size_t i = 0; i < letters; i++, at += width)
        *shouted = *shouted && pk_is_upper(pk_decode(pk_view_part(text, at, text.length), &width));
    return pk_view_part(text, 0, at);
}

static bool is_of_word(uint32_t codepoint)
{
    return pk_is_word(codepoint) && codepoint != '_';
}

static void read_name(struct name *name, struct pk_view text)
{
    name->words = 0;
    name->shouted = true;
    for (; name->words < MOST_WORDS; name->words++) {
        struct word *word = &name->word[name->words];
        size_t width;
        while (text.length && !is_of_word(pk_decode(text, &width)))
            text = pk_view_part(text, width, text.length);
        struct pk_view start = text;
        if (!pk_take_name_word(&text, &word->form))
            return;
        word->written = word_in(start, word->form.letters, &name->shouted);
    }
}

/* -- Two words -- */

static bool is_initial(const struct word *word)
{
    return word->form.letters == 1;
}

static uint32_t initial_of(const struct word *word)
{
    return fold_at(word->written, &(size_t){0});
}

static struct pk_view stem_of(const struct word *word)
{
    return (struct pk_view){word->form.bytes, word->form.stem};
}

/* "Петрова" and "Петровой", "Мария" and "Марии" are forms of one name. */
static bool same_word(const struct word *a, const struct word *b)
{
    if (is_initial(a) || is_initial(b))
        return initial_of(a) == initial_of(b);
    return pk_same(stem_of(a), stem_of(b));
}

static bool begins_or_same(const struct word *word, const struct word *wanted)
{
    struct pk_view long_one = word->written, beginning = wanted->written;
    while (long_one.length && beginning.length) {
        size_t width, other;
        if (fold_at(long_one, &width) != fold_at(beginning, &other))
            break;
        long_one = pk_view_part(long_one, width, long_one.length);
        beginning = pk_view_part(beginning, other, beginning.length);
    }
    return !beginning.length || same_word(word, wanted);
}

/* -- Two names -- */

/* Has each word of `few` a word of its own in `many`? Whole words come before initials. */
static bool has_all(const struct name *many, const struct name *few,
                    bool fits(const struct word *, const struct word *))
{
    bool used[MOST_WORDS] = {false};
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < few->words; i++) {
            int found = 0;
            if (is_initial(&few->word[i]) != (pass == 1))
                continue;
            while (found < many->words && (used[found] || !fits(&many->word[found], &few->word[i])))
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
    size_t width;
    if (initials->words != 1 || name->words < 2 || !initials->shouted)
        return false;
    struct pk_view letters = initials->word[0].written;
    for (int i = 0; i < name->words; i++) {
        if (!letters.length || fold_at(letters, &width) != initial_of(&name->word[i]))
            return false;
        letters = pk_view_part(letters, width, letters.length);
    }
    return !letters.length;
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
