/* capitals.c - capitalization: headings and other pieces in the case a house writes them. */
#include "lint/style/style.h"

#include <string.h>

/* -- Words of a title -- */

/* Chicago Manual of Style, 18th edition, 8.160: articles, coordinating conjunctions, "to" and
 * short prepositions are in lower case. AP Stylebook: likewise up to three letters, of any of
 * these kinds. */
static const char *const chicago[] = {
    "a",  "an", "the", "and", "but", "or",  "nor", "for", "so",   "yet",  "to",   "as",   "at",
    "by", "in", "of",  "off", "on",  "out", "up",  "via", "from", "into", "with", "over", "per"};
static const char *const ap[] = {"a",   "an",  "the", "and", "but", "or", "nor", "for",
                                 "so",  "yet", "to",  "as",  "at",  "by", "in",  "of",
                                 "off", "on",  "out", "up",  "via", "if", "per"};

static bool is_small(const struct pk_style_rule *rule, struct pk_view word)
{
    bool by_chicago = pk_is(rule->style, "Chicago");
    const char *const *list = by_chicago ? chicago : ap;
    size_t count = by_chicago ? sizeof chicago / sizeof *chicago : sizeof ap / sizeof *ap;
    for (size_t i = 0; i < count; i++)
        if (pk_same_folded(word, pk_view_of(list[i])))
            return true;
    return false;
}

/* -- Words as they stand -- */

struct word {
    uint32_t start, end; /* with its hyphens and apostrophes */
    bool first, last;    /* of the sentence or title */
};

struct words {
    PK_LIST(struct word) word;
};

static bool is_part_of_word(uint32_t codepoint)
{
    return pk_is_word(codepoint) || codepoint == '\'' || codepoint == 0x2019 || codepoint == '-' ||
           codepoint == '*' || codepoint == '.';
}

static bool ends_with_any(const struct pk_style_rule *rule, struct pk_view text)
{
    for (uint32_t i = 0; i < rule->indicator.count; i++) {
        struct pk_view ending = rule->indicator.items[i];
        if (ending.length && text.length >= ending.length &&
            pk_same(pk_view_part(text, text.length - ending.length, text.length), ending))
            return true;
    }
    return false;
}

/* Is everything before this word a number such as "3." or "2.1"? */
static bool is_numbering(struct pk_view before)
{
    size_t width;
    for (size_t i = 0; i < before.length; i += width)
        if (pk_is_letter(pk_decode(pk_view_part(before, i, before.length), &width)))
            return false;
    return true;
}

static void find_words(struct pk_style_run *run, struct pk_view text, struct words *words)
{
    size_t width, start = 0;
    bool inside = false;
    words->word.count = 0;
    for (size_t i = 0; i <= text.length; i += width ? width : 1) {
        uint32_t codepoint = pk_decode(pk_view_part(text, i, text.length), &width);
        bool part = i < text.length && is_part_of_word(codepoint);
        if (part && !inside && pk_is_word(codepoint)) {
            start = i;
            inside = true;
        } else if (!part && inside) {
            struct word *word = pk_push(run->minutes->arena, &words->word);
            struct pk_view before = pk_trim(pk_view_part(text, 0, start));
            *word = (struct word){.start = (uint32_t)start, .end = (uint32_t)i};
            word->first = is_numbering(before) || ends_with_any(run->rule, before);
            inside = false;
        }
    }
    if (words->word.count)
        words->word.items[words->word.count - 1].last = true;
}

static bool has_upper_inside(struct pk_view word)
{
    size_t width, at = 0;
    for (size_t i = 0; i < word.length; i += width, at++)
        if (pk_is_upper(pk_decode(pk_view_part(word, i, word.length), &width)) && at)
            return true;
    return false;
}

/* Part of the name of somebody these minutes know? */
static bool is_name(const struct pk_minutes *minutes, struct pk_view word)
{
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        struct pk_view name = minutes->person.items[i].name;
        for (size_t at = 0; at + word.length <= name.length; at++)
            if (memcmp(name.at + at, word.at, word.length) == 0 &&
                (!at || name.at[at - 1] == ' ') &&
                (at + word.length == name.length || name.at[at + word.length] == ' '))
                return true;
    }
    return false;
}

/* -- What case a word is to have -- */

enum letter_case { AS_IT_IS, LOWER, CAPITAL };

static enum letter_case wanted(const struct pk_style_run *run, struct pk_view word,
                               const struct word *at)
{
    bool title = pk_is(run->rule->match, "$title");
    if (has_upper_inside(word)) /* PDF, macOS */
        return AS_IT_IS;
    if (at->first)
        return CAPITAL;
    if (title)
        return !at->last && is_small(run->rule, word) ? LOWER : CAPITAL;
    return is_name(run->minutes, word) ? AS_IT_IS : LOWER;
}

static struct pk_view in_case(struct pk_arena *arena, struct pk_view word, enum letter_case how)
{
    struct pk_buffer out = {.arena = arena};
    char bytes[4];
    size_t width;
    if (how == AS_IT_IS || !word.length)
        return word;
    uint32_t first = pk_decode(word, &width);
    if (first == PK_REPLACEMENT)
        return word;
    uint32_t changed = how == LOWER ? pk_to_lower(first) : pk_to_upper(first);
    pk_put(&out, (struct pk_view){bytes, pk_encode(changed, bytes)});
    pk_put(&out, pk_view_part(word, width, word.length));
    return pk_written(&out);
}

/* -- $title and $sentence -- */

struct verdict {
    struct pk_view expected;
    bool right;
    struct pk_edits edit; /* within the part's text */
};

static void judge_words(struct pk_style_run *run, const struct pk_part *part, struct pk_view text,
                        struct verdict *verdict)
{
    struct pk_arena *arena = run->minutes->arena;
    struct words words = {0};
    struct pk_buffer expected = {.arena = arena};
    uint32_t right = 0, done = 0;
    bool first_wrong = false;
    find_words(run, text, &words);
    for (uint32_t i = 0; i < words.word.count; i++) {
        const struct word *at = &words.word.items[i];
        struct pk_view word = pk_view_part(text, at->start, at->end);
        struct pk_view good = in_case(arena, word, wanted(run, word, at));
        pk_put(&expected, pk_view_part(text, done, at->start));
        if (pk_same(good, word) || pk_is_excepted(run, word, part)) {
            right++;
            good = word;
        } else {
            struct pk_edit *edit = pk_push(arena, &verdict->edit.edit);
            *edit = (struct pk_edit){{at->start, at->end}, good};
            first_wrong = first_wrong || (i == 0 && !pk_is(run->rule->match, "$title"));
        }
        pk_put(&expected, good);
        done = at->end;
    }
    pk_put(&expected, pk_view_part(text, done, text.length));
    verdict->expected = pk_written(&expected);
    verdict->right = !first_wrong && right >= run->rule->threshold * words.word.count;
}

/* -- $lower and $upper -- */

static void judge_letters(struct pk_style_run *run, struct pk_view text, struct verdict *verdict)
{
    bool lower = pk_is(run->rule->match, "$lower");
    struct pk_buffer expected = {.arena = run->minutes->arena};
    char bytes[4];
    size_t width;
    for (size_t i = 0; i < text.length; i += width) {
        struct pk_view rest = pk_view_part(text, i, text.length);
        uint32_t codepoint = pk_decode(rest, &width);
        uint32_t good = lower ? pk_to_lower(codepoint) : pk_to_upper(codepoint);
        size_t length = pk_encode(good, bytes);
        pk_put(&expected, good == codepoint ? pk_view_part(rest, 0, width)
                                            : (struct pk_view){bytes, length});
    }
    verdict->expected = pk_written(&expected);
    verdict->right = pk_same(verdict->expected, text);
    if (!verdict->right) {
        struct pk_edit *edit = pk_push(run->minutes->arena, &verdict->edit.edit);
        *edit = (struct pk_edit){{0, (uint32_t)text.length}, verdict->expected};
    }
}

/* -- All of them -- */

static void judge(struct pk_style_run *run, const struct pk_part *part, struct pk_view text,
                  struct verdict *verdict)
{
    struct pk_found found;
    size_t from = 0;
    *verdict = (struct verdict){.expected = run->rule->match};
    if (pk_is(run->rule->match, "$title") || pk_is(run->rule->match, "$sentence")) {
        judge_words(run, part, text, verdict);
        return;
    }
    if (run->rule->pattern.count)
        verdict->right =
            pk_find_next(run, run->rule->pattern.items[0], text, &from, &found, part) ||
            run->given_up;
    else
        judge_letters(run, text, verdict);
    verdict->right = verdict->right || pk_is_excepted(run, text, part);
}

/* Word by word, so that markup between them stays. */
static void offer(struct pk_style_run *run, const struct pk_part *part, struct pk_view text,
                  const struct verdict *verdict)
{
    const struct pk_flow *flow = &run->piece.items[part->piece].flow;
    struct pk_view source = run->minutes->blocks.text;
    bool replace = pk_is(run->rule->action.name, "replace") && !run->rule->action.param.count;
    for (uint32_t i = 0; i < verdict->edit.edit.count; i++) {
        struct pk_span at = verdict->edit.edit.items[i].span;
        struct pk_span span = pk_flow_span(flow, part->start + at.start, part->start + at.end);
        if (!pk_same(pk_slice(source, span), pk_view_part(text, at.start, at.end)))
            replace = false;
    }
    if (!replace || !verdict->edit.edit.count)
        return;
    struct pk_fix *fix = pk_push(run->minutes->arena, &run->lint.last->fix);
    fix->title = verdict->expected;
    for (uint32_t i = 0; i < verdict->edit.edit.count; i++) {
        struct pk_span at = verdict->edit.edit.items[i].span;
        pk_offer_edit(&run->lint, fix,
                      pk_flow_span(flow, part->start + at.start, part->start + at.end),
                      verdict->edit.edit.items[i].text);
    }
}

void pk_run_capitalization(struct pk_style_run *run, enum pk_style_unit unit)
{
    const struct pk_parts *parts = pk_parts_of(run, unit);
    for (uint32_t i = 0; i < parts->part.count && !run->given_up; i++) {
        const struct pk_part *part = &parts->part.items[i];
        if (!pk_lies_in_scope(run, run->rule, unit, part))
            continue;
        struct pk_view text = pk_part_text(run, unit, part);
        if (run->rule->prefix.length && pk_starts(text, run->rule->prefix))
            text = pk_view_part(text, run->rule->prefix.length, text.length);
        struct pk_part rest = {part->piece, part->end - (uint32_t)text.length, part->end};
        struct verdict verdict;
        if (!pk_trim(text).length)
            continue;
        judge(run, &rest, text, &verdict);
        struct pk_view said[2] = {text, verdict.expected};
        if (!verdict.right &&
            pk_style_report(run, &rest, 0, (uint32_t)text.length, pk_style_message(run, said, 2)))
            offer(run, &rest, text, &verdict);
    }
}
