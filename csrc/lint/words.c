/* words.c - find the words that rules look for, all of them in one walk over the text. */
#include "lint/run.h"

#include <string.h>

enum { SECTION_DEPTH = 8 }; /* heading levels, and lines that are titles */

/* The best find of one rule where the walk stands. */
struct best {
    const struct pk_rule_word *word; /* NULL: none */
    size_t length;
    size_t spared; /* what begins before this offset of the block is left alone */
    uint32_t block;
};

struct walk {
    struct pk_lint *lint;
    const struct pk_minutes *minutes;
    const struct pk_word_lists *lists;
    struct best *best; /* by the number of the rule */
    uint32_t *found;   /* the rules that have one where the walk stands, in their order */
    uint32_t founds;

    uint32_t section, decision, action;  /* the next one in the document */
    uint32_t open[SECTION_DEPTH], depth; /* sections around the block */
    uint32_t quoted;                     /* the first block behind a block quote */

    uint32_t block;
    const struct pk_flow *flow;
    const struct pk_sight *sight, *sight_end;           /* of the words in it */
    size_t sentence_from, sentence_start, sentence_end; /* the sentence that was found last */
};

/* -- Where a word counts -- */

static uint32_t at(struct pk_view text, size_t offset)
{
    size_t width;
    return offset < text.length ? pk_decode(pk_view_part(text, offset, text.length), &width) : ' ';
}

static uint32_t before(struct pk_view text, size_t offset)
{
    size_t width;
    return offset ? pk_decode_before(text, offset, &width) : ' ';
}

static bool is_hyphen(uint32_t codepoint)
{
    return codepoint == '-' || codepoint == 0x2010 || codepoint == 0x2011;
}

/* Is it a part of something longer: "file.name", "@name", "word-by-word", "don't"? */
static bool is_part(struct pk_view text, size_t start, size_t end)
{
    uint32_t left = before(text, start), right = at(text, end);
    bool joins_left =
        left == '.' || left == '\\' || left == '\'' || left == 0x2019 || is_hyphen(left);
    bool joins_right = right == '.' || right == '@' || right == '\\' || right == '\'' ||
                       right == 0x2019 || is_hyphen(right);
    if (left == '@' || left == '#' || left == '$')
        return true;
    if (joins_left && pk_is_word(before(text, start - 1)))
        return true;
    return joins_right && pk_is_word(at(text, end + 1));
}

/* Behind the run of non-space at `from`; does it hold "@", ":" or "www."? */
static size_t behind_run(struct pk_view text, size_t from, bool *telling)
{
    size_t width = 0, start = from;
    *telling = text.at[from] == 'w';
    for (; from < text.length; from += width) {
        uint32_t codepoint = pk_decode(pk_view_part(text, from, text.length), &width);
        if (pk_is_space(codepoint))
            break;
        *telling = *telling || codepoint == '@' || (codepoint == ':' && from > start);
    }
    return from;
}

static bool is_address(struct pk_view run)
{
    if (pk_starts(run, PK_VIEW("www.")) || memchr(run.at, '@', run.length))
        return true;
    for (size_t i = 0; i + 2 < run.length; i++)
        if (run.at[i] == ':' && run.at[i + 1] == '/' && run.at[i + 2] == '/')
            return true;
    return false;
}

/* Each opening quotation mark, and the one that closes it. */
static const struct marks {
    uint32_t open, close[3];
} quotation_marks[] = {
    {'"', {'"'}},
    {0xAB, {0xBB}},
    {0xBB, {0xAB}},
    {0x201C, {0x201D, '"'}},
    {0x201E, {0x201C, 0x201D, '"'}},
    {0x2039, {0x203A}},
    {0x203A, {0x2039}},
};
enum { MARKS = sizeof quotation_marks / sizeof *quotation_marks };

/* Behind the quotation that opens at `from`; `from` itself: none does. What was looked for in vain
 * is not looked for again. */
static size_t behind_quotation(struct pk_view text, size_t from, bool unclosed[MARKS])
{
    size_t width = 0;
    uint32_t mark = at(text, from), left = before(text, from);
    bool opens = pk_is_space(left) || left == '(' || left == '[';
    for (size_t i = 0; opens && i < MARKS; i++) {
        const struct marks *marks = &quotation_marks[i];
        if (marks->open != mark || unclosed[i])
            continue;
        pk_decode(pk_view_part(text, from, text.length), &width);
        for (size_t here = from + width; here < text.length; here += width) {
            uint32_t close = pk_decode(pk_view_part(text, here, text.length), &width);
            if (close == marks->close[0] || (close && close == marks->close[1]) ||
                (close && close == marks->close[2]))
                return here + width;
        }
        unclosed[i] = true;
    }
    return from;
}

/* -- What surrounds it -- */

/* The sentence around a word; asked in the order of the text. */
static void find_sentence(struct walk *walk, size_t end)
{
    while (walk->sentence_end < end)
        if (!pk_sentence(walk->minutes, walk->flow->text, &walk->sentence_from,
                         &walk->sentence_start, &walk->sentence_end)) {
            walk->sentence_end = walk->flow->text.length;
            return;
        }
}

static enum pk_section_kind kind_around(const struct walk *walk)
{
    for (uint32_t i = walk->depth; i > 0; i--) {
        enum pk_section_kind kind = walk->minutes->section.items[walk->open[i - 1]].kind;
        if (kind != PK_SECTION_OTHER)
            return kind;
    }
    return PK_SECTION_OTHER;
}

/* Items come in the order of the text. */
static const struct pk_action *action_around(struct walk *walk, struct pk_span span)
{
    const struct pk_minutes *minutes = walk->minutes;
    while (walk->action < minutes->action.count &&
           minutes->action.items[walk->action].span.end < span.end)
        walk->action++;
    if (walk->action == minutes->action.count)
        return NULL;
    const struct pk_action *action = &minutes->action.items[walk->action];
    return action->span.start <= span.start ? action : NULL;
}

static const struct pk_decision *decision_around(struct walk *walk, struct pk_span span)
{
    const struct pk_minutes *minutes = walk->minutes;
    while (walk->decision < minutes->decision.count &&
           minutes->decision.items[walk->decision].span.end < span.end)
        walk->decision++;
    if (walk->decision == minutes->decision.count)
        return NULL;
    const struct pk_decision *decision = &minutes->decision.items[walk->decision];
    return decision->span.start <= span.start ? decision : NULL;
}

static const char *group_of(const struct pk_rule *rule, struct pk_view name)
{
    for (int i = 0; i < PK_RULE_GROUPS && rule->words[i]; i++)
        if (pk_is(name, rule->words[i]))
            return rule->words[i];
    return rule->words[0];
}

static void keep(struct walk *walk, uint32_t rule, size_t start)
{
    enum { UNJUDGED = PK_CODE_SPAN | PK_STRUCK | PK_LINK };
    const struct best *best = &walk->best[rule];
    size_t end = start + best->length;
    if (is_part(walk->flow->text, start, end) || pk_flow_style(walk->flow, start) & UNJUDGED)
        return;
    find_sentence(walk, end);
    size_t from = walk->sentence_start < start ? walk->sentence_start : start;
    if (pk_has_placeholder(walk->minutes, pk_flow_span(walk->flow, from, walk->sentence_end)))
        return;
    struct pk_found_word *found =
        pk_push(walk->lint->looked->arena, &walk->lint->looked->of[rule].found);
    if (before(walk->flow->text, end) == ',') /* "возможно," is a word only before a comma */
        end--;
    found->span = pk_flow_span(walk->flow, start, end);
    found->text = pk_view_part(walk->flow->text, start, end);
    found->group = group_of(pk_rules[rule], best->word->group);
    found->better = best->word->better;
    found->block = walk->block;
    found->section = kind_around(walk);
    found->action = action_around(walk, found->span);
    found->decision = decision_around(walk, found->span);
    found->sentence = pk_view_part(walk->flow->text, from, walk->sentence_end);
    found->start = start - from;
    found->end = end - from;
}

/* -- The walk -- */

static struct best *best_of(struct walk *walk, uint32_t rule)
{
    struct best *best = &walk->best[rule];
    if (best->block != walk->block)
        *best = (struct best){.block = walk->block};
    return best;
}

static void add_found(struct walk *walk, uint32_t rule)
{
    uint32_t at = walk->founds++;
    for (; at && walk->found[at - 1] > rule; at--)
        walk->found[at] = walk->found[at - 1];
    walk->found[at] = rule;
}

/* The longest phrase of that list at this place. */
static void look_in(struct walk *walk, int table, uint32_t list, struct pk_headword word,
                    struct pk_view rest, size_t here)
{
    const struct pk_rule_words *words = walk->lists->table[table];
    int32_t rule = walk->lists->rule[table][list];
    size_t length;
    const struct pk_phrase *phrase =
        rule < 0 ? NULL : pk_headword_of(word, rest, (uint16_t)list, &length);
    if (!phrase)
        return;
    struct best *best = best_of(walk, (uint32_t)rule);
    if (words->list.items[list].spared) {
        best->spared = here + length > best->spared ? here + length : best->spared;
    } else if (length > best->length) {
        if (!best->word)
            add_found(walk, (uint32_t)rule);
        best->word = pk_rule_word_of(words, phrase);
        best->length = length;
    }
}

/* Each rule's longest phrase at this place. */
static void look(struct walk *walk, int table, struct pk_view rest)
{
    const struct pk_rule_words *words = walk->lists->table[table];
    const struct pk_sight *sight = walk->sight;
    struct pk_headword word =
        pk_words_hashed(&words->words, sight->hash, pk_view_part(rest, 0, sight->width));
    uint64_t kinds = word.kinds & walk->lists->runs[table];
    for (; kinds; kinds &= kinds - 1)
        for (uint32_t i = (uint32_t)__builtin_ctzll(kinds); i < words->list.count; i += 64)
            look_in(walk, table, i, word, rest, sight->at);
}

static void look_at_sight(struct walk *walk)
{
    size_t here = walk->sight->at;
    struct pk_view rest = pk_view_part(walk->flow->text, here, walk->flow->text.length);
    walk->founds = 0;
    for (int table = 0; table < PK_WORD_TABLES; table++)
        if (walk->lists->runs[table])
            look(walk, table, rest);
    for (uint32_t i = 0; i < walk->founds; i++) {
        struct best *best = &walk->best[walk->found[i]];
        if (here >= best->spared) {
            keep(walk, walk->found[i], here);
            best->spared = here + best->length;
        }
        best->word = NULL;
        best->length = 0;
    }
}

/* From one listed word to the next, past what is quoted and addresses. */
static void walk_veiled(struct walk *walk)
{
    struct pk_view text = walk->flow->text;
    bool unclosed[MARKS] = {0}, in_run = false;
    size_t here = 0, width = 0;
    while (walk->sight < walk->sight_end) {
        uint32_t codepoint = pk_decode(pk_view_part(text, here, text.length), &width);
        bool is_word = pk_is_word(codepoint), is_space = pk_is_space(codepoint);
        size_t behind = here;
        if (!is_word && !is_space)
            behind = behind_quotation(text, here, unclosed);
        if (behind == here && !in_run && !is_space) {
            bool telling;
            size_t run = behind_run(text, here, &telling);
            behind = telling && is_address(pk_view_part(text, here, run)) ? run : here;
        }
        if (behind == here && here == walk->sight->at) {
            look_at_sight(walk);
            width = walk->sight->width;
        }
        in_run = !is_space;
        here = behind == here ? here + width : behind;
        while (walk->sight < walk->sight_end && walk->sight->at < here)
            walk->sight++;
    }
}

static void walk_flow(struct walk *walk, bool veiled)
{
    walk->sentence_from = walk->sentence_start = walk->sentence_end = 0;
    if (veiled)
        walk_veiled(walk);
    for (; walk->sight < walk->sight_end; walk->sight++)
        look_at_sight(walk);
}

static bool lists_names(enum pk_section_kind kind)
{
    return kind == PK_SECTION_PARTICIPANTS || kind == PK_SECTION_ABSENT ||
           kind == PK_SECTION_ATTACHMENTS;
}

/* Which sections the block lies in. */
static void enter(struct walk *walk, uint32_t block)
{
    const struct pk_minutes *minutes = walk->minutes;
    for (; walk->section < minutes->section.count; walk->section++) {
        const struct pk_section *section = &minutes->section.items[walk->section];
        if (section->block > block)
            break;
        while (walk->depth &&
               minutes->section.items[walk->open[walk->depth - 1]].end <= section->block)
            walk->depth--;
        if (walk->depth < SECTION_DEPTH)
            walk->open[walk->depth++] = walk->section;
    }
    while (walk->depth && minutes->section.items[walk->open[walk->depth - 1]].end <= block)
        walk->depth--;
}

static bool is_read(const struct walk *walk, uint32_t block)
{
    uint8_t kind = walk->minutes->blocks.block.items[block].kind;
    return (kind == PK_PARAGRAPH || kind == PK_CELL) && block >= walk->quoted &&
           !lists_names(kind_around(walk));
}

static void walk_blocks(struct walk *walk, const struct pk_sights *sights)
{
    uint32_t count = sights->listed.count;
    const struct pk_sight *sight = sights->listed.items, *end = count ? sight + count : sight;
    for (uint32_t block = 1; sight < end; sight = walk->sight_end) {
        walk->block = sight->block;
        for (; block <= walk->block; block++) {
            const struct pk_block *passed = &walk->minutes->blocks.block.items[block];
            if (passed->kind == PK_QUOTE && passed->next > walk->quoted)
                walk->quoted = passed->next;
        }
        walk->sight = walk->sight_end = sight;
        while (walk->sight_end < end && walk->sight_end->block == walk->block)
            walk->sight_end++;
        enter(walk, walk->block);
        walk->flow = pk_minutes_flow(walk->minutes, walk->block);
        if (is_read(walk, walk->block))
            walk_flow(walk, sights->trait[walk->block] & PK_TRAIT_VEILED);
    }
}

static void look_for_all(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = lint->minutes;
    struct walk walk = {.lint = lint, .minutes = minutes, .lists = pk_word_lists_of(lint)};
    uint32_t rules = pk_rule_count();
    walk.best = pk_alloc(minutes->arena, rules * sizeof *walk.best);
    walk.found = pk_alloc(minutes->arena, rules * sizeof *walk.found);
    lint->looked->of = pk_alloc(minutes->arena, rules * sizeof *lint->looked->of);
    const struct pk_sights *sights = pk_sights_of(lint);
    if (sights && !minutes->arena->failed)
        walk_blocks(&walk, sights);
}

const struct pk_found_word *pk_found_words(struct pk_lint *lint, uint32_t *count)
{
    if (!lint->looked->of)
        look_for_all(lint);
    const struct pk_found_words *own = lint->looked->of ? &lint->looked->of[lint->number] : NULL;
    *count = own ? own->found.count : 0;
    return own ? own->found.items : NULL;
}

/* -- What is better -- */

/* As the word it replaces begins: "Plz" becomes "Please". */
static struct pk_view in_its_case(struct pk_arena *arena, struct pk_view better,
                                  struct pk_view word)
{
    struct pk_buffer out = {.arena = arena};
    size_t width = 0, second = 0;
    char bytes[4];
    bool capital = pk_is_upper(pk_decode(word, &second)) &&
                   !pk_is_upper(pk_decode(pk_view_part(word, second, word.length), &width));
    uint32_t first = pk_decode(better, &width);
    if (!capital)
        return better;
    pk_put(&out, (struct pk_view){bytes, pk_encode(pk_upper(first), bytes)});
    pk_put(&out, pk_view_part(better, width, better.length));
    return pk_all_written(&out);
}

void pk_offer_better(struct pk_lint *lint, const struct pk_found_word *found, const char *title)
{
    const struct pk_yaml *better = found->better;
    bool list = better && better->kind == PK_YAML_LIST;
    bool certain = !list && strcmp(found->group, "exact") == 0;
    for (const struct pk_yaml *one = list ? better->first : better; one;
         one = list ? one->next : NULL) {
        struct pk_view text = in_its_case(lint->minutes->arena, one->value, found->text);
        struct pk_fix *fix = pk_offer(lint, title, text);
        fix->choice = !certain;
        pk_offer_edit(lint, fix, found->span, text);
    }
}
