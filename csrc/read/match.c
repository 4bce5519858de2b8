/* match.c - which of the people an owner is, however the name is written. */
#include "read/read.h"
#include "read/stem.h"

#include <string.h>

enum {
    MOST_WORDS = 5,
    MOST_ALIKE = 8 /* people of one stem who are told apart; more are nobody */
};

struct word {
    struct pk_view stem, ending;
    uint32_t initial;
    bool lone; /* nothing but the initial is known */
};

struct somebody {
    struct pk_view name;
    int person; /* index in minutes->person, -1: known by aliases alone */
    struct word word[MOST_WORDS];
    int words;
};

_Static_assert(sizeof(struct somebody) <= sizeof((struct pk_arena *)0)->spill, "see PK_LIST");

/* Keys begin with a sign for what they are. */
enum { STEM = 'w', INITIALS = 'i', WHOLE = 'n', ALIAS = 'a', ASKED = 'o' };

struct entry {
    struct pk_view key;
    uint32_t hash, somebody;
    struct entry *next;
};

struct pk_matcher {
    PK_LIST(struct somebody) somebody;
    struct entry **bucket;
    uint32_t room, count;
    bool aliases; /* there are some */
};

/* -- The table ---------------------------------------------------------------------------- */

struct key {
    char bytes[256];
    size_t length;
};

static void put(struct key *key, const char *bytes, size_t length)
{
    if (key->length + length > sizeof key->bytes)
        length = sizeof key->bytes - key->length;
    /* cppcheck-suppress uninitvar ; what lies behind the length is being set here */
    memcpy(key->bytes + key->length, bytes, length);
    key->length += length;
}

static struct key key_of(char kind, struct pk_view view)
{
    struct key key = {.bytes = {kind}, .length = 1};
    put(&key, view.at, view.length);
    return key;
}

/* FNV-1a, as in text/words.c. */
static uint32_t hash_of(const struct key *key)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key->length; i++)
        hash = (hash ^ (unsigned char)key->bytes[i]) * 16777619u;
    return hash;
}

static struct entry *next_of(struct entry *entry, const struct key *key, uint32_t hash)
{
    struct pk_view wanted = {key->bytes, key->length};
    while (entry && !(entry->hash == hash && pk_same(entry->key, wanted)))
        entry = entry->next;
    return entry;
}

static struct entry *first_of(const struct pk_matcher *matcher, const struct key *key)
{
    uint32_t hash = hash_of(key);
    return matcher->room ? next_of(matcher->bucket[hash & (matcher->room - 1)], key, hash) : NULL;
}

static bool make_room(struct pk_arena *arena, struct pk_matcher *matcher)
{
    if (matcher->count < matcher->room)
        return true;
    uint32_t room = matcher->room ? matcher->room * 2 : 64;
    struct entry **bucket = pk_alloc(arena, room * sizeof(struct entry *));
    if (!bucket)
        return false;
    for (uint32_t i = 0; i < matcher->room; i++) {
        for (struct entry *entry = matcher->bucket[i], *next; entry; entry = next) {
            next = entry->next;
            struct entry **place = &bucket[entry->hash & (room - 1)];
            entry->next = *place;
            *place = entry;
        }
    }
    matcher->bucket = bucket;
    matcher->room = room;
    return true;
}

static void enter(struct pk_arena *arena, struct pk_matcher *matcher, const struct key *key,
                  uint32_t somebody)
{
    uint32_t alike = 0;
    struct entry *entry = first_of(matcher, key);
    for (; entry && alike < MOST_ALIKE; entry = next_of(entry->next, key, entry->hash), alike++) {
        if (entry->somebody == somebody)
            return;
    }
    if (alike >= MOST_ALIKE || !make_room(arena, matcher) ||
        !(entry = pk_alloc(arena, sizeof *entry)))
        return;
    entry->key = pk_copy(arena, (struct pk_view){key->bytes, key->length});
    entry->hash = hash_of(key);
    entry->somebody = somebody;
    entry->next = matcher->bucket[entry->hash & (matcher->room - 1)];
    matcher->bucket[entry->hash & (matcher->room - 1)] = entry;
    matcher->count++;
}

/* -- Names ---------------------------------------------------------------------------------- */

static bool is_address(const struct pk_name_word *word)
{
    static const struct pk_view words[] = {
        {"herr", 4},      {"herrn", 5},      {"frau", 4},       {"mr", 2},       {"mrs", 3},
        {"ms", 2},        {"miss", 4},       {"dr", 2},         {"prof", 4},     {"sir", 3},
        {"господин", 16}, {"господину", 18}, {"господина", 18}, {"госпожа", 14}, {"госпоже", 14},
        {"госпожу", 14},  {"госпожи", 14},   {"товарищ", 14},   {"товарищу", 16}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (word->length == words[i].length && !memcmp(word->bytes, words[i].at, word->length))
            return true;
    }
    return false;
}

/* The stems of the name, one blank between them. */
static struct key joined(char kind, struct pk_view name)
{
    struct key key = {.bytes = {kind}, .length = 1};
    struct pk_name_word word;
    for (int words = 0; words < MOST_WORDS && pk_take_name_word(&name, &word); words++) {
        put(&key, " ", words > 0);
        put(&key, word.bytes, word.stem);
    }
    return key;
}

static uint32_t initial_of(const struct pk_name_word *word)
{
    size_t width;
    return pk_decode((struct pk_view){word->bytes, word->length}, &width);
}

/* "AW" for Anna Weber. */
static struct key initials_of(const struct somebody *one)
{
    struct key key = {.bytes = {INITIALS}, .length = 1};
    for (int i = 0; i < one->words; i++) {
        char bytes[4];
        put(&key, bytes, pk_encode(one->word[i].initial, bytes));
    }
    return key;
}

static void read_words(struct pk_arena *arena, struct somebody *one)
{
    struct pk_view rest = one->name;
    struct pk_name_word word;
    while (one->words < MOST_WORDS && pk_take_name_word(&rest, &word)) {
        if (is_address(&word))
            continue;
        struct word *kept = &one->word[one->words++];
        kept->stem = pk_copy(arena, (struct pk_view){word.bytes, word.stem});
        kept->ending = pk_copy(arena, (struct pk_view){word.ending, word.ending_length});
        kept->initial = initial_of(&word);
        kept->lone = word.letters == 1;
    }
}

static uint32_t add_somebody(struct pk_arena *arena, struct pk_matcher *matcher,
                             struct pk_view name, int person)
{
    uint32_t index = matcher->somebody.count;
    struct key whole = joined(WHOLE, name);
    struct entry *same = first_of(matcher, &whole);
    if (same)
        return same->somebody;
    struct somebody *slot = pk_push(arena, &matcher->somebody);
    struct somebody one = {.name = name, .person = person};
    if (arena->failed)
        return 0;
    read_words(arena, &one);
    *slot = one;
    enter(arena, matcher, &whole, index);
    for (int i = 0; i < one.words; i++) {
        struct key key = key_of(STEM, one.word[i].stem);
        if (!one.word[i].lone)
            enter(arena, matcher, &key, index);
    }
    struct key initials = initials_of(&one);
    if (one.words > 1)
        enter(arena, matcher, &initials, index);
    return index;
}

/* -- How well a name fits somebody ------------------------------------------------------------ */

static bool is_one_of(struct pk_view ending, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pk_is(ending, list[i]))
            return true;
    }
    return false;
}

/* "Петровой" is a woman's surname, "Петрову" rather a man's. */
static bool fits_gender(struct pk_view written, struct pk_view own)
{
    static const char *const womens[] = {"ой", "ую", "ею", "ою", "ы"};
    static const char *const mens[] = {"у", "ом", "ым", "ому", "ого"};
    bool woman = pk_is(own, "а") || pk_is(own, "я") || pk_is(own, "ая");
    if (is_one_of(written, womens, sizeof womens / sizeof *womens))
        return woman;
    return is_one_of(written, mens, sizeof mens / sizeof *mens) && !woman;
}

/* Points for a word of the name beside one of somebody's; 0: they are two. */
static int fit(const struct pk_name_word *written, const struct word *own)
{
    enum { INITIAL = 1, FORM = 2, LIKELY = 3, SAME = 4 };
    struct pk_view stem = {written->bytes, written->stem};
    struct pk_view ending = {written->ending, written->ending_length};
    bool initials = written->letters == 1 || own->lone;
    if (initials)
        return initial_of(written) == own->initial ? INITIAL : 0;
    if (pk_same(stem, own->stem))
        return pk_same(ending, own->ending)       ? SAME
               : fits_gender(ending, own->ending) ? LIKELY
                                                  : FORM;
    bool genitive = stem.length == own->stem.length + 1 && pk_starts(stem, own->stem) &&
                    stem.at[stem.length - 1] == 's';
    return genitive ? FORM : 0;
}

/* Each word of the name must have its own in somebody's; 0: that is not so. */
static int score(const struct somebody *one, const struct pk_name_word *word, int words)
{
    enum { ENOUGH = 2 * MOST_WORDS };
    bool used[MOST_WORDS] = {false};
    int points = ENOUGH - one->words, whole = 0;
    for (int pass = 0; pass < 2; pass++) { /* whole words before initials */
        for (int i = 0; i < words; i++) {
            int best = -1, most = 0;
            if ((word[i].letters == 1) != (pass == 1))
                continue;
            for (int j = 0; j < one->words; j++) {
                int now = used[j] ? 0 : fit(&word[i], &one->word[j]);
                if (now > most) {
                    most = now;
                    best = j;
                }
            }
            if (best < 0)
                return 0;
            used[best] = true;
            points += most;
            whole += most > 1;
        }
    }
    return whole ? points : 0;
}

/* -- Whose name is it? --------------------------------------------------------------------------
 */

/* The only one of that key, or -1. */
static int only_one(const struct pk_matcher *matcher, const struct key *key)
{
    struct entry *entry = first_of(matcher, key);
    return entry && !next_of(entry->next, key, entry->hash) ? (int)entry->somebody : -1;
}

static bool is_shouted(struct pk_view name)
{
    size_t width, letters = 0;
    for (size_t at = 0; at < name.length; at += width, letters++) {
        if (!pk_is_upper(pk_char_at(name, at, &width)))
            return false;
    }
    return letters > 1 && letters <= MOST_WORDS;
}

/* Of those whose names hold this word the one whom the whole name fits best. */
static int best_of(const struct pk_matcher *matcher, struct pk_view stem,
                   const struct pk_name_word *word, int words)
{
    struct key key = key_of(STEM, stem);
    struct entry *entry = first_of(matcher, &key);
    int best = -1, most = 0;
    for (; entry; entry = next_of(entry->next, &key, entry->hash)) {
        int points = score(&matcher->somebody.items[entry->somebody], word, words);
        if (points && points == most)
            best = -1;
        else if (points > most) {
            most = points;
            best = (int)entry->somebody;
        }
    }
    return best;
}

static int by_words(const struct pk_matcher *matcher, struct pk_view name)
{
    struct pk_name_word word[MOST_WORDS];
    int words = 0;
    while (words < MOST_WORDS && pk_take_name_word(&name, &word[words]))
        words += !is_address(&word[words]);
    for (int i = 0; i < words; i++) {
        struct pk_view stem = {word[i].bytes, word[i].stem};
        if (word[i].letters == 1)
            continue;
        int found = best_of(matcher, stem, word, words);
        bool genitive = found < 0 && stem.length > 3 && stem.at[stem.length - 1] == 's';
        return genitive ? best_of(matcher, pk_view_part(stem, 0, stem.length - 1), word, words)
                        : found;
    }
    return -1;
}

static int somebody_called(const struct pk_matcher *matcher, struct pk_view name)
{
    int found = -1;
    if (matcher->aliases) {
        struct key alias = joined(ALIAS, name);
        found = alias.length > 1 ? only_one(matcher, &alias) : -1;
    }
    if (found < 0)
        found = by_words(matcher, name);
    if (found < 0 && is_shouted(name)) {
        struct key initials = {.bytes = {INITIALS}, .length = 1};
        struct pk_view folded = name;
        for (size_t width; folded.length; folded = pk_view_part(folded, width, folded.length)) {
            char bytes[4];
            put(&initials, bytes, pk_encode(pk_fold(pk_decode(folded, &width)), bytes));
        }
        found = only_one(matcher, &initials);
    }
    return found;
}

/* -- Everybody there is ------------------------------------------------------------------------ */

static void add_alias(struct pk_reader *reader, struct pk_matcher *matcher, struct pk_view alias,
                      uint32_t somebody)
{
    struct key key = joined(ALIAS, alias);
    if (key.length > 1)
        enter(reader->arena, matcher, &key, somebody);
    matcher->aliases = true;
}

/* `aliases:` of the front matter or the profile: a name -> what else they are called. */
static void add_aliases(struct pk_reader *reader, struct pk_matcher *matcher,
                        const struct pk_yaml *aliases)
{
    const struct pk_yaml *one = aliases && aliases->kind == PK_YAML_MAP ? aliases->first : NULL;
    for (; one; one = one->next) {
        int known = somebody_called(matcher, one->key);
        uint32_t somebody =
            known >= 0 ? (uint32_t)known : add_somebody(reader->arena, matcher, one->key, -1);
        pk_learn_name(reader, one->key);
        const struct pk_yaml *alias = one->kind == PK_YAML_LIST ? one->first : one;
        for (; alias; alias = one->kind == PK_YAML_LIST ? alias->next : NULL) {
            if (alias->kind != PK_YAML_SCALAR || !alias->value.length)
                continue;
            add_alias(reader, matcher, alias->value, somebody);
            pk_learn_name(reader, alias->value);
        }
    }
}

void pk_read_aliases(struct pk_reader *reader)
{
    const struct pk_minutes *minutes = reader->minutes;
    struct pk_matcher *matcher = pk_alloc(reader->arena, sizeof *matcher);
    if (!matcher)
        return;
    for (uint32_t i = 0; i < minutes->person.count && !reader->arena->failed; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        uint32_t somebody = add_somebody(reader->arena, matcher, person->name, (int)i);
        for (uint32_t c = 0; c < person->contact.count; c++) {
            if (*person->contact.items[c].at == '@')
                add_alias(reader, matcher, person->contact.items[c], somebody);
        }
    }
    add_aliases(reader, matcher, minutes->profile->aliases);
    add_aliases(reader, matcher, pk_yaml_get(minutes->front, "aliases"));
    reader->matcher = matcher;
}

/* Likewise of the owner of an action: most own several, and are looked for once. */
static int owner_called(struct pk_arena *arena, struct pk_matcher *matcher, struct pk_view name)
{
    struct key key = key_of(ASKED, name);
    if (name.length >= sizeof key.bytes)
        return somebody_called(matcher, name);
    struct entry *asked = first_of(matcher, &key);
    if (asked)
        return (int)asked->somebody - 1;
    int found = somebody_called(matcher, name);
    enter(arena, matcher, &key, (uint32_t)(found + 1));
    return found;
}

void pk_match_owners(struct pk_reader *reader)
{
    const struct pk_minutes *minutes = reader->minutes;
    struct pk_matcher *matcher = reader->matcher;
    for (uint32_t i = 0; i < minutes->action.count && matcher; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        for (uint32_t o = 0; o < action->owner.count; o++) {
            struct pk_owner *owner = &action->owner.items[o];
            int found =
                matcher->somebody.count ? owner_called(reader->arena, matcher, owner->name) : -1;
            if (found < 0)
                continue;
            owner->person = matcher->somebody.items[found].person;
            owner->full_name = matcher->somebody.items[found].name;
        }
    }
}
