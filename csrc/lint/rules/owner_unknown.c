/* owner_unknown.c - who owns an action is one of the people the minutes name. */
#include "lint/lint.h"

#include "read/stem.h"
#include "text/table.h"

enum {
    PEOPLE_LIMIT = 300, /* a longer list is looked through no further for a name that is near */
    NEAR_LETTERS = 4,   /* shorter names are near too many */
};

/* All that the head of the minutes calls people by. */
struct known {
    struct pk_table stem; /* of each word; learnt when it is first asked for */
    bool learnt;
    struct pk_table spoken;  /* owners that were looked at */
    uint32_t people, owners; /* how many there are; how many owners are among them */
    uint32_t looked;         /* how many other owners the list was looked through for */
};

struct stranger {
    const struct pk_owner *owner;
    struct pk_view word, near; /* the word that is a slip, and what was meant; empty: none */
    bool sure;                 /* of what was meant */
};

struct strangers {
    PK_LIST(struct stranger) one;
};

static void learn(const struct pk_minutes *minutes, struct known *known, struct pk_view text)
{
    struct pk_name_word word;
    while (pk_take_name_word(&text, &word)) {
        struct pk_view stem = pk_copy(minutes->arena, (struct pk_view){word.bytes, word.stem});
        *pk_table_at(minutes->arena, &known->stem, stem) = 1;
    }
}

static uint32_t count_people(const struct pk_minutes *minutes)
{
    uint32_t people = 0;
    for (uint32_t i = 0; i < minutes->person.count; i++)
        people += !pk_has_placeholder(minutes, minutes->person.items[i].whole);
    return people;
}

static void learn_all(const struct pk_minutes *minutes, struct known *known)
{
    if (known->learnt)
        return;
    known->learnt = true;
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (pk_has_placeholder(minutes, person->whole))
            continue;
        learn(minutes, known, person->name);
        learn(minutes, known, person->role);
        learn(minutes, known, person->organisation);
    }
    for (uint32_t i = 0; i < minutes->field.count; i++)
        learn(minutes, known, minutes->field.items[i].value);
}

/* -- Is it a person at all? -- */

static bool is_first_name(const struct pk_minutes *minutes, struct pk_view word)
{
    size_t length;
    const struct pk_words *words = &minutes->library->words;
    return pk_words_of(words, word, PK_WORD_NAME, &length) && length == word.length;
}

/* The next word of a name as it is written; the text moves behind it. */
static struct pk_view take_word(struct pk_view *text)
{
    size_t start = 0, end, width = 0;
    while (start < text->length &&
           !pk_is_word(pk_decode(pk_view_part(*text, start, text->length), &width)))
        start += width;
    for (end = start; end < text->length; end += width)
        if (!pk_is_word(pk_decode(pk_view_part(*text, end, text->length), &width)))
            break;
    struct pk_view word = pk_view_part(*text, start, end);
    *text = pk_view_part(*text, end, text->length);
    return word;
}

/* A frequent first name, or a surname with initials; "Sales" and "Alpha" may be anything. */
static bool is_person(const struct pk_minutes *minutes, struct pk_view name)
{
    uint32_t words = 0, initials = 0, first_names = 0;
    struct pk_view word;
    while ((word = take_word(&name)).length) {
        words++;
        initials += pk_codepoints(word) == 1;
        first_names += is_first_name(minutes, word);
    }
    return words < 4 && (first_names > 0 || (initials > 0 && initials < words));
}

static bool is_handle(const struct pk_minutes *minutes, const struct pk_owner *owner)
{
    uint32_t start = owner->span.start;
    return start > 0 && minutes->blocks.text.at[start - 1] == '@';
}

/* Does one of its words stand in the head? Then it is one of two of a name, say. */
static bool is_partly_known(const struct pk_minutes *minutes, struct known *known,
                            struct pk_view name)
{
    struct pk_name_word word;
    learn_all(minutes, known);
    while (pk_take_name_word(&name, &word))
        if (word.letters > 1 &&
            pk_table_find(&known->stem, (struct pk_view){word.bytes, word.stem}))
            return true;
    return false;
}

static bool begins(struct pk_view whole, struct pk_view part)
{
    return whole.length > part.length &&
           pk_same_folded(pk_view_part(whole, 0, part.length), part) && pk_codepoints(part) > 2;
}

/* "Kate" for a Katherine, "Alex" for an Alexandra. */
static bool is_short_for_somebody(const struct pk_lint *lint, struct pk_view name)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_view word = take_word(&name), own;
    for (uint32_t i = 0; i < minutes->person.count && i < PEOPLE_LIMIT; i++) {
        struct pk_view whole = minutes->person.items[i].name;
        while ((own = take_word(&whole)).length)
            if (begins(own, word) || pk_is_listed_for(lint, word, own))
                return true;
    }
    return false;
}

/* -- Who was meant -- */

/* The only word of the people's names that is one slip away; they are two: none. */
static struct pk_view nearest(const struct pk_minutes *minutes, struct pk_view word)
{
    struct pk_view found = {"", 0}, own;
    if (pk_codepoints(word) < NEAR_LETTERS)
        return found;
    for (uint32_t i = 0; i < minutes->person.count && i < PEOPLE_LIMIT; i++) {
        struct pk_view name = minutes->person.items[i].name;
        while ((own = take_word(&name)).length) {
            size_t at;
            if (pk_codepoints(own) < NEAR_LETTERS || !pk_is_near(word, own, &at) || at == 0)
                continue;
            if (found.length && !pk_same_folded(found, own))
                return (struct pk_view){"", 0};
            found = own;
        }
    }
    return found;
}

/* A slip at the end may be a case or another name, and a name that others bear is none. */
static void find_meant(const struct pk_minutes *minutes, struct stranger *stranger)
{
    struct pk_view name = stranger->owner->name;
    stranger->word = take_word(&name);
    if (take_word(&name).length) /* only of a name of one word */
        return;
    size_t at, width;
    stranger->near = nearest(minutes, stranger->word);
    if (!stranger->near.length || !pk_is_near(stranger->word, stranger->near, &at))
        return;
    size_t letters = pk_codepoints(stranger->word);
    bool russian = pk_is_cyrillic(pk_decode(stranger->word, &width));
    stranger->sure = letters > NEAR_LETTERS && at + 1 + russian < letters &&
                     !is_first_name(minutes, stranger->word);
}

static void look_at(const struct pk_lint *lint, const struct pk_owner *owner, struct known *known,
                    struct strangers *strangers)
{
    enum { STRANGERS_LIMIT = 100 };
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_view key = pk_folded(minutes->arena, owner->name);
    if (!key.length || *pk_table_at(minutes->arena, &known->spoken, key) ||
        pk_has_placeholder(minutes, owner->span))
        return;
    *pk_table_at(minutes->arena, &known->spoken, key) = 1;
    if (owner->person >= 0 || owner->full_name.length ||
        is_partly_known(minutes, known, owner->name)) {
        known->owners++;
        return;
    }
    struct stranger stranger = {.owner = owner};
    if (is_handle(minutes, owner) || known->looked++ >= STRANGERS_LIMIT ||
        is_short_for_somebody(lint, owner->name))
        return;
    find_meant(minutes, &stranger);
    if (stranger.near.length || is_person(minutes, owner->name))
        *pk_push(minutes->arena, &strangers->one) = stranger;
}

static void report(struct pk_lint *lint, const struct stranger *stranger)
{
    const struct pk_owner *owner = stranger->owner;
    if (!stranger->near.length) {
        pk_report1(lint, owner->span,
                   "\"%1\" is not among the people: add them to the list, or mend the name",
                   owner->name);
        return;
    }
    pk_report2(lint, owner->span, "\"%1\" is not among the people: did you mean \"%2\"?",
               owner->name, stranger->near);
    if (pk_same(pk_slice(pk_minutes_of(lint)->blocks.text, owner->span), stranger->word)) {
        struct pk_fix *fix = pk_offer(lint, "write \"%1\"", stranger->near);
        fix->choice = !stranger->sure;
        pk_offer_edit(lint, fix, owner->span, stranger->near);
    }
}

static void check(struct pk_lint *lint)
{
    enum { LIST = 2 }; /* people; one alone is no list */
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct known known = {.people = count_people(minutes)};
    struct strangers strangers = {0};
    const struct pk_action *action;
    for (uint32_t at = 0; known.people >= LIST && (action = pk_next_waiting(lint, &at));)
        for (uint32_t i = 0; i < action->owner.count; i++)
            look_at(lint, &action->owner.items[i], &known, &strangers);
    /* where most are strangers, the list is not of those who work on it */
    bool complete = known.owners >= strangers.one.count;
    for (uint32_t i = 0; i < strangers.one.count; i++)
        if (complete || strangers.one.items[i].sure)
            report(lint, &strangers.one.items[i]);
}

const struct pk_rule pk_rule_owner_unknown = {
    .id = "owner-unknown",
    .severity = PK_INFO,
    .summary = "who owns an action is one of the people the minutes name",
    .help = "Who was not there may not know of it, and a name with a slip is found by no search. "
            "Mend the name, or add the person to the participants or to the absent. Only names of "
            "people are looked at, where the minutes list people; groups, roles, organisations and "
            "handles are not. Short forms of a name are known by a list to which `words` adds; "
            "other names "
            "of somebody go to `aliases`:\n\n"
            "    aliases: {Katherine Marsh: [Kate, KM]}",
    .words = {"short"},
    .listed = true,
    .check = check,
};
