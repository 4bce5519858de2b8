/* leaf.c - go through the words of the document once, and note where which rules need to look. */
#include "lint/run.h"

/* What tone_shouting.c asks of a row at least. */
enum { ROW_WORDS = 4, ROW_BYTES = 15, MARKS = 3 };

/* What is known of a leaf up to a place in it. */
struct look {
    struct pk_arena *arena;
    struct pk_sights *out;
    const struct pk_word_lists *lists;
    struct pk_view text;
    uint32_t block;
    uint32_t words, marks;       /* in a row that may be of capitals; "!" so far */
    size_t row;                  /* where that row starts */
    struct pk_sight open;        /* a word that may begin a phrase of several words */
    uint32_t tables;             /* in which tables of words: a bit for each */
    struct pk_sight_name before; /* the capitalised word right before; its end 0: there is none */
};

/* May it open a quotation, or be of an address? */
static bool is_veil(struct pk_view text, size_t at, uint32_t sign)
{
    switch (sign) {
    case ':':
        return at + 1 < text.length && text.at[at + 1] == '/';
    case '.':
        return at && text.at[at - 1] == 'w';
    case '@':
    case '"':
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201E:
    case 0x2039:
    case 0x203A:
        return true;
    default:
        return false;
    }
}

static bool is_small(uint32_t codepoint)
{
    return codepoint - 'a' < 26 || codepoint - 0x430 < 32;
}

/* Is there no small letter behind the first? */
static bool is_all_large(struct pk_view word, uint32_t first)
{
    size_t width, next_width;
    pk_decode(word, &width);
    bool alone = width == word.length;
    uint32_t second = alone ? ' ' : pk_decode(pk_view_part(word, width, word.length), &next_width);
    if (!pk_is_digit(first))
        return alone || !is_small(second);
    for (size_t i = 0; i < word.length; i++) /* "3D", not "2026" */
        if ((unsigned char)word.at[i] >= 0x80 || pk_is_letter((unsigned char)word.at[i]))
            return true;
    return false;
}

/* A word that does not begin with a small letter. */
static void take_large(struct look *look, uint32_t first, uint32_t hash, size_t at, size_t end)
{
    struct pk_sight_name name = {hash, (uint32_t)at, (uint32_t)end};
    bool capital = pk_is_upper(first);
    if (capital && look->before.end && look->before.end + 1 == at && look->text.at[at - 1] == ' ')
        *pk_push(look->arena, &look->out->names) =
            (struct pk_sight_names){look->block, {look->before, name}};
    look->before = capital ? name : (struct pk_sight_name){0, 0, 0};
    if (!is_all_large(pk_view_part(look->text, at, end), first)) {
        look->words = 0;
        return;
    }
    look->row = look->words ? look->row : at;
    look->words++;
    if (look->words >= ROW_WORDS && end - look->row >= ROW_BYTES)
        look->out->trait[look->block] |= PK_TRAIT_SHOUTS;
}

/* -- Words that rules look for -- */

static void list(struct look *look, struct pk_sight sight)
{
    *pk_push(look->arena, &look->out->listed) = sight;
    look->tables = 0;
}

/* Notes a word that a phrase of a rule that runs may be, or may begin with. Whether one does stand
 * here is for words.c to tell: most do not, by the hash of the word behind. */
static void take_listed(struct look *look, uint32_t hash, size_t at, size_t width)
{
    const struct pk_word_lists *lists = look->lists;
    uint64_t kinds[PK_WORD_TABLES] = {0}, alone;
    for (int table = 0; table < PK_WORD_TABLES; table++) {
        if (!lists->runs[table])
            continue;
        kinds[table] = pk_hashed_alone(&lists->table[table]->words, hash, &alone);
        look->tables |= kinds[table] & lists->runs[table] ? 1u << table : 0;
        if (alone & lists->runs[table]) {
            list(look, (struct pk_sight){look->block, (uint32_t)at, (uint32_t)width, hash});
            return;
        }
    }
    look->open = (struct pk_sight){look->block, (uint32_t)at, (uint32_t)width, hash};
}

/* The word noted last, now that the word or sign behind it is known. */
static void settle(struct look *look, uint32_t next)
{
    const struct pk_word_lists *lists = look->lists;
    for (int table = 0; table < PK_WORD_TABLES; table++)
        if ((look->tables >> table & 1) &&
            (pk_paired_kinds(&lists->table[table]->words, look->open.hash, next) &
             lists->runs[table])) {
            list(look, look->open);
            return;
        }
    look->tables = 0;
}

/* -- The walk -- */

static void take_sign(struct look *look, size_t at, uint32_t sign)
{
    size_t width;
    if (pk_is_space(sign))
        return;
    if (look->tables)
        settle(look, pk_hash_word(pk_view_part(look->text, at, look->text.length), &width));
    look->marks += sign == '!';
    if (is_veil(look->text, at, sign))
        look->out->trait[look->block] |= PK_TRAIT_VEILED;
}

/* Behind the word at `at`. */
static inline size_t take_word(struct look *look, size_t at, uint32_t first)
{
    size_t width;
    uint32_t hash = pk_hash_word(pk_view_part(look->text, at, look->text.length), &width);
    if (look->tables)
        settle(look, hash);
    take_listed(look, hash, at, width);
    if (!is_small(first)) {
        take_large(look, first, hash, at, at + width);
    } else {
        look->before.end = 0;
        look->words = 0;
    }
    return at + width;
}

/* Behind what begins with a byte that is not ASCII. */
static size_t take_other(struct look *look, size_t at)
{
    size_t width;
    uint32_t first = pk_decode(pk_view_part(look->text, at, look->text.length), &width);
    if (pk_is_word(first))
        return take_word(look, at, first);
    take_sign(look, at, first);
    return at + width;
}

static void look_at_leaf(struct look *look)
{
    struct pk_view text = look->text;
    for (size_t at = 0; at < text.length;) {
        unsigned char byte = (unsigned char)text.at[at];
        if (byte >= 0x80)
            at = take_other(look, at);
        else if (pk_plain_word[byte])
            at = take_word(look, at, byte);
        else if (byte != ' ')
            take_sign(look, at++, byte);
        else
            at++;
    }
    if (look->marks >= MARKS)
        look->out->trait[look->block] |= PK_TRAIT_SHOUTS;
}

static bool is_leaf(const struct pk_block *block)
{
    return block->kind == PK_HEADING || block->kind == PK_PARAGRAPH || block->kind == PK_CELL;
}

static void look_at_all(struct pk_lint *lint, struct pk_sights *out)
{
    const struct pk_minutes *minutes = lint->minutes;
    const struct pk_blocks *blocks = &minutes->blocks;
    const struct pk_word_lists *lists = pk_word_lists_of(lint);
    out->trait = pk_alloc(minutes->arena, blocks->block.count);
    for (uint32_t i = 1; lists && out->trait && i < blocks->block.count; i++) {
        struct look look = {.arena = lint->looked->arena, .out = out, .lists = lists, .block = i};
        if (!is_leaf(&blocks->block.items[i]))
            continue;
        look.text = pk_minutes_flow(minutes, i)->text;
        look_at_leaf(&look);
    }
}

const struct pk_sights *pk_sights_of(struct pk_lint *lint)
{
    struct pk_looked *looked = lint->looked;
    if (!looked->sights &&
        (looked->sights = pk_alloc(lint->minutes->arena, sizeof *looked->sights)))
        look_at_all(lint, looked->sights);
    return lint->minutes->arena->failed ? NULL : looked->sights;
}
