/* leaf.c - go through the words of the document once and note where which rules need to look. */
#include "lint/run.h"

/* Shorter rows of words without a small letter in front are not shouted, see tone_shouting.c. */
enum { ROW_WORDS = 4, ROW_BYTES = 15, MARKS = 3 };

/* What is known of a leaf up to a place in it. */
struct look {
    const struct pk_word_lists *lists;
    struct pk_view text;
    size_t capital_end;    /* behind the word in front, if that is capitalised */
    size_t row;            /* where a row of words without a small letter in front starts */
    uint32_t words, marks; /* of that row; "!" so far */
    uint8_t signs;
};

/* Does a phrase of a rule that runs stand here? */
static bool has_listed(const struct look *look, int table, uint32_t hash, size_t at, size_t width)
{
    const struct pk_word_lists *lists = look->lists;
    const struct pk_words *words = &lists->table[table]->words;
    struct pk_view rest = pk_view_part(look->text, at, look->text.length);
    struct pk_headword known = pk_words_hashed(words, hash, pk_view_part(rest, 0, width));
    const struct pk_phrase *phrase = NULL;
    size_t length;
    if (!known.first || !(known.first->kinds & lists->runs[table]))
        return false;
    while ((phrase = pk_headword_next(known, rest, phrase, &length)))
        if (lists->rule[table][phrase->meaning.kind] >= 0)
            return true;
    return false;
}

static bool is_small(uint32_t codepoint)
{
    return codepoint - 'a' < 26 || codepoint - 0x430 < 32;
}

static void take_word(struct look *look, uint32_t first, uint32_t hash, size_t at, size_t width)
{
    for (int table = 0; table < PK_WORD_TABLES && !(look->signs & PK_SIGN_LISTED); table++)
        if (look->lists->runs[table] && has_listed(look, table, hash, at, width))
            look->signs |= PK_SIGN_LISTED;
    if (is_small(first)) {
        look->capital_end = SIZE_MAX;
        look->words = 0;
        return;
    }
    bool beside = look->capital_end != SIZE_MAX && look->capital_end + 1 == at;
    bool capital = pk_is_upper(first);
    if (beside && capital && look->text.at[at - 1] == ' ')
        look->signs |= PK_SIGN_NAME;
    look->capital_end = capital ? at + width : SIZE_MAX;
    look->row = look->words ? look->row : at;
    look->words++;
    if (look->words >= ROW_WORDS && at + width - look->row >= ROW_BYTES)
        look->signs |= PK_SIGN_SHOUT;
}

static uint8_t signs_of(const struct pk_word_lists *lists, struct pk_view text)
{
    struct look look = {.lists = lists, .text = text, .capital_end = SIZE_MAX};
    size_t width;
    for (size_t at = 0; at < text.length; at += width) {
        uint32_t first = pk_decode(pk_view_part(text, at, text.length), &width);
        look.marks += first == '!';
        if (pk_is_word(first)) {
            uint32_t hash = pk_hash_word(pk_view_part(text, at, text.length), &width);
            take_word(&look, first, hash, at, width);
        }
    }
    if (look.marks >= MARKS)
        look.signs |= PK_SIGN_SHOUT;
    return look.signs;
}

static bool is_leaf(const struct pk_block *block)
{
    return block->kind == PK_HEADING || block->kind == PK_PARAGRAPH || block->kind == PK_CELL;
}

const struct pk_flow *pk_leaf_flow(struct pk_lint *lint, uint32_t block)
{
    static const struct pk_flow empty = {.text = {"", 0}};
    const struct pk_minutes *minutes = lint->minutes;
    struct pk_looked *looked = lint->looked;
    if (!looked->flow)
        looked->flow = pk_alloc(minutes->arena, minutes->blocks.block.count * sizeof *looked->flow);
    struct pk_flow *flow = looked->flow ? &looked->flow[block] : NULL;
    if (flow && !flow->text.at && pk_flow(minutes->arena, &minutes->blocks, block, flow) != PK_OK)
        return &empty;
    return flow ? flow : &empty;
}

static void look_at_all(struct pk_lint *lint)
{
    const struct pk_blocks *blocks = &lint->minutes->blocks;
    const struct pk_word_lists *lists = pk_word_lists_of(lint);
    uint8_t *signs = pk_alloc(lint->minutes->arena, blocks->block.count);
    for (uint32_t i = 1; signs && lists && i < blocks->block.count; i++)
        if (is_leaf(&blocks->block.items[i]))
            signs[i] = signs_of(lists, pk_leaf_flow(lint, i)->text);
    lint->looked->signs = signs;
}

bool pk_leaf_shows(struct pk_lint *lint, uint32_t block, enum pk_sign sign)
{
    if (!lint->looked->signs)
        look_at_all(lint);
    return lint->looked->signs && lint->looked->signs[block] & sign;
}
