/* name_inconsistent.c - everybody's name is written in one way. */
#include "lint/lint.h"
#include "read/stem.h"
#include "text/table.h"

#include <string.h>

enum {
    MOST_WORDS = 4,
    SHORTEST = 4 /* letters: shorter names are often one letter apart */
};

/* A word of somebody's name. */
struct known {
    struct pk_view stem, written; /* written: the name up to its end */
    uint32_t letters;
    uint32_t person;
    uint32_t alike; /* the next of the same stem, from 1; 0: none */
};
_Static_assert(sizeof(struct known) <= sizeof((struct pk_arena *)0)->spill, "PK_LIST");

struct roll {
    struct pk_lint *lint;
    struct pk_table stem; /* to the first in `known`, from 1 */
    PK_LIST(struct known) known;
    struct pk_table written; /* hashes of its words as they stand in the list */
    uint64_t starts;         /* see start_of(), of all stems */
};

static struct pk_view stem_of(const struct pk_name_word *word)
{
    return (struct pk_view){word->bytes, word->stem};
}

/* -- Whom we know --------------------------------------------------------------------------- */

static struct pk_view key_of(const uint32_t *hash)
{
    return (struct pk_view){(const char *)hash, sizeof *hash};
}

/* Notes the first word of the text as it is written. */
static void note(struct roll *roll, struct pk_view text)
{
    struct pk_arena *arena = pk_minutes_of(roll->lint)->arena;
    size_t width;
    while (text.length && !pk_is_word(pk_decode(text, &width)))
        text = pk_view_part(text, width, text.length);
    uint32_t hash = pk_hash_word(text, &width);
    *pk_table_at(arena, &roll->written, pk_copy(arena, key_of(&hash))) = 1;
}

static bool is_written(const struct roll *roll, uint32_t hash)
{
    return pk_table_find(&roll->written, key_of(&hash));
}

/* The first two letters of a word as one bit; all bits where they are neither ASCII nor Russian. */
static uint64_t start_of(struct pk_view word)
{
    size_t width = 0, next;
    uint32_t first = word.length ? pk_fold(pk_decode(word, &width)) : 0;
    struct pk_view rest = pk_view_part(word, width, word.length);
    uint32_t second = rest.length ? pk_fold(pk_decode(rest, &next)) : 0;
    bool plain = (first < 0x80 || pk_is_russian(first)) && (second < 0x80 || pk_is_russian(second));
    second = pk_is_word(second) && second != '_' ? second : 0;
    return plain ? UINT64_C(1) << ((first * 7 + second) & 63) : UINT64_MAX;
}

static void learn(struct roll *roll, struct pk_view name, uint32_t person)
{
    struct pk_arena *arena = pk_minutes_of(roll->lint)->arena;
    struct pk_name_word word;
    struct pk_view rest = name, before = name;
    for (int words = 0; words < MOST_WORDS && pk_take_name_word(&rest, &word); words++) {
        note(roll, before);
        before = rest;
        struct pk_view stem = pk_copy(arena, stem_of(&word));
        uint32_t *first = pk_table_at(arena, &roll->stem, stem);
        struct known *known = pk_push(arena, &roll->known);
        size_t end = (size_t)(rest.at - name.at);
        known->stem = stem;
        roll->starts |= start_of(stem);
        known->letters = (uint32_t)word.letters;
        known->written = pk_view_part(name, 0, end);
        known->person = person;
        known->alike = *first;
        *first = roll->known.count;
    }
}

/* Other names of people, from `aliases:`, are known as well: as those of nobody listed. */
static void learn_aliases(struct roll *roll, const struct pk_yaml *aliases)
{
    const struct pk_yaml *one = aliases && aliases->kind == PK_YAML_MAP ? aliases->first : NULL;
    for (; one; one = one->next) {
        learn(roll, one->key, UINT32_MAX);
        const struct pk_yaml *alias = one->kind == PK_YAML_LIST ? one->first : one;
        for (; alias; alias = one->kind == PK_YAML_LIST ? alias->next : NULL)
            if (alias->kind == PK_YAML_SCALAR)
                learn(roll, alias->value, UINT32_MAX);
    }
}

/* -- One slip apart -------------------------------------------------------------------------- */

/* Neither in the first letter nor at the end, where grammar and other people's names differ:
 * Weber and Webers, Daniel and Daniela, Becker and Decker. */
static bool is_slip(const struct pk_name_word *word, const struct known *known)
{
    size_t at, shorter = word->letters < known->letters ? word->letters : known->letters;
    struct pk_view one = stem_of(word), other = known->stem;
    if (shorter < SHORTEST || *one.at != *other.at || !pk_is_near(one, other, &at) || at == 0)
        return false;
    size_t letters_one = pk_codepoints(one), letters_other = pk_codepoints(other);
    return at + 1 < letters_one && at + 1 < letters_other;
}

/* Of the words of that person the one that this may be meant for; NULL: none. */
static const struct known *meant_for(const struct roll *roll, uint32_t person,
                                     const struct pk_name_word *word, uint32_t near)
{
    /* A person's words stand side by side. */
    uint32_t first = near > MOST_WORDS ? near - MOST_WORDS : 0;
    for (uint32_t i = first; i < roll->known.count && i < near + MOST_WORDS; i++) {
        const struct known *known = &roll->known.items[i];
        if (known->person == person && i + 1 != near && is_slip(word, known))
            return known;
    }
    return NULL;
}

/* -- Names in the text ------------------------------------------------------------------------ */

struct spoken {
    struct pk_name_word word;
    size_t start, end; /* in the flow */
};

/* The word as listed, with the ending that grammar gave the one written; empty where that is not
 * sure. */
static struct pk_view listed(const struct roll *roll, const struct known *known,
                             const struct pk_name_word *word, struct pk_view written)
{
    struct pk_buffer out = {.arena = pk_minutes_of(roll->lint)->arena};
    struct pk_name_word name_word, *own = &name_word;
    size_t end = known->written.length, start = end, width;
    while (start && pk_is_word(pk_decode_before(known->written, start, &width)))
        start -= width;
    struct pk_view whole = pk_view_part(known->written, start, end), rest = whole;
    if (!pk_take_name_word(&rest, own))
        return PK_VIEW("");
    if (own->ending_length == word->ending_length &&
        memcmp(own->ending, word->ending, word->ending_length) == 0)
        return whole;
    if (own->stem + own->ending_length != own->length || whole.length != own->length ||
        word->stem + word->ending_length != word->length || written.length != word->length)
        return PK_VIEW("");
    pk_put(&out, pk_view_part(whole, 0, own->stem));
    pk_put(&out, pk_view_part(written, word->stem, written.length));
    return pk_all_written(&out);
}

static void report(struct roll *roll, const struct pk_flow *flow, const struct spoken *odd,
                   const struct known *known)
{
    const struct pk_minutes *minutes = pk_minutes_of(roll->lint);
    const struct pk_person *person = &minutes->person.items[known->person];
    struct pk_span span = pk_flow_span(flow, odd->start, odd->end);
    struct pk_view written = pk_view_part(flow->text, odd->start, odd->end);
    struct pk_view better = listed(roll, known, &odd->word, written);
    pk_report2(roll->lint, span, "\"%1\" here, but %2 in the list of people", written,
               person->name);
    if (!better.length || span.end - span.start != odd->end - odd->start)
        return;
    struct pk_fix *fix = pk_offer(roll->lint, "write \"%1\"", better);
    fix->choice = true; /* or the list is wrong */
    pk_offer_edit(roll->lint, fix, span, better);
}

/* One of the two is a word of somebody's name, the other nearly another word of the same name. */
static bool look_at_pair(struct roll *roll, const struct pk_flow *flow, const struct spoken *sure,
                         const struct spoken *odd)
{
    enum { MOST_ALIKE = 8 };
    if (pk_table_find(&roll->stem, stem_of(&odd->word)))
        return false;
    uint32_t at = pk_table_find(&roll->stem, stem_of(&sure->word));
    for (int alike = 0; at && alike < MOST_ALIKE; alike++) {
        const struct known *known = &roll->known.items[at - 1];
        const struct known *meant = known->person == UINT32_MAX || sure->word.letters < 2
                                        ? NULL
                                        : meant_for(roll, known->person, &odd->word, at);
        if (meant) {
            report(roll, flow, odd, meant);
            return true;
        }
        at = known->alike;
    }
    return false;
}

static bool read_word(struct pk_view text, const struct pk_sight_name *name, struct spoken *out)
{
    struct pk_view rest = pk_view_part(text, name->at, text.length);
    out->start = name->at;
    out->end = name->end;
    return pk_take_name_word(&rest, &out->word);
}

/* Two words that may be of a name. True: one of them is odd. */
static bool look_at_names(struct roll *roll, const struct pk_sight_names *names)
{
    struct spoken one, other;
    if (is_written(roll, names->word[0].hash) && is_written(roll, names->word[1].hash))
        return false;
    const struct pk_flow *flow = pk_minutes_flow(pk_minutes_of(roll->lint), names->block);
    uint64_t starts = 0;
    for (int i = 0; i < 2; i++)
        starts |= start_of(pk_view_part(flow->text, names->word[i].at, names->word[i].end));
    if (!(starts & roll->starts)) /* neither is a word of somebody's name */
        return false;
    return read_word(flow->text, &names->word[0], &one) &&
           read_word(flow->text, &names->word[1], &other) &&
           (look_at_pair(roll, flow, &one, &other) || look_at_pair(roll, flow, &other, &one));
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_sight_names *odd = NULL;
    struct roll roll = {.lint = lint};
    for (uint32_t i = 0; i < minutes->person.count; i++)
        if (!pk_has_placeholder(minutes, minutes->person.items[i].whole))
            learn(&roll, minutes->person.items[i].name, i);
    learn_aliases(&roll, minutes->profile->aliases);
    learn_aliases(&roll, pk_yaml_get(minutes->front, "aliases"));
    const struct pk_sights *sights = roll.known.count ? pk_sights_of(lint) : NULL;
    for (uint32_t i = 0; sights && i < sights->names.count; i++) {
        const struct pk_sight_names *names = &sights->names.items[i];
        bool told = odd && odd->block == names->block && odd->word[1].at == names->word[0].at;
        if (!told && look_at_names(&roll, names))
            odd = names;
    }
}

const struct pk_rule pk_rule_name_inconsistent = {
    .id = "name-inconsistent",
    .severity = PK_INFO,
    .summary = "everybody's name is written in one way",
    .help = "Under two spellings one person is two: to a search, to the list of who owns what, to "
            "the reader who was not there. Write the name as the list of people has it, or mend "
            "the list. Cases, initials and short forms are no other spelling:\n\n"
            "    Anna Petrova will ask   ->   Anna Petrowa will ask",
    .check = check,
};
