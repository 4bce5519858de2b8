/* mixed_script.c - no word mixes Latin and Cyrillic letters that look alike. */
#include "lint/lint.h"

/* Letters that a reader cannot tell apart. */
static const struct twin {
    uint16_t latin, cyrillic;
} twins[] = {
    {'A', 0x410}, {'B', 0x412}, {'C', 0x421}, {'E', 0x415}, {'H', 0x41D},
    {'K', 0x41A}, {'M', 0x41C}, {'O', 0x41E}, {'P', 0x420}, {'T', 0x422},
    {'X', 0x425}, {'Y', 0x423}, {'a', 0x430}, {'c', 0x441}, {'e', 0x435},
    {'o', 0x43E}, {'p', 0x440}, {'x', 0x445}, {'y', 0x443},
};

static uint32_t twin_of(uint32_t codepoint, bool cyrillic)
{
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (codepoint == (cyrillic ? twins[i].cyrillic : twins[i].latin))
            return cyrillic ? twins[i].latin : twins[i].cyrillic;
    return 0;
}

/* What a word is made of; of each script Latin first. */
struct word {
    uint32_t start, end;
    uint32_t letters[2], strange[2]; /* of the strange ones no twin is in the other script */
    uint32_t capitals[2];
    uint32_t changes; /* from one script to the other */
    bool first, last; /* is its first, its last letter Cyrillic? */
};

static bool read_word(struct pk_view text, uint32_t at, uint32_t limit, struct word *word)
{
    size_t width;
    *word = (struct word){.start = at};
    for (; at < limit; at += (uint32_t)width) {
        uint32_t codepoint = pk_decode(pk_view_part(text, at, limit), &width);
        if (!pk_is_letter(codepoint))
            break;
        bool cyrillic = pk_is_cyrillic(codepoint);
        word->changes += at > word->start && cyrillic != word->last;
        word->first = at > word->start ? word->first : cyrillic;
        word->last = cyrillic;
        word->letters[cyrillic]++;
        word->capitals[cyrillic] += pk_is_upper(codepoint);
        word->strange[cyrillic] += !twin_of(codepoint, cyrillic);
    }
    word->end = at;
    return word->letters[0] && word->letters[1];
}

/* "CEOшный", "CRMе", "миниPC": two words grown together, the one in capitals; and in Russian any
 * Latin word with a Russian ending, "Excelе". */
static bool is_grown_together(const struct pk_minutes *minutes, const struct word *word)
{
    if (word->changes != 1)
        return false;
    for (int script = 0; script < 2; script++)
        if (word->letters[script] > 1 && word->capitals[script] == word->letters[script] &&
            word->capitals[!script] == 0)
            return true;
    bool russian = minutes->language &&
                   (pk_is(minutes->language->id, "ru") || pk_is(minutes->language->id, "bg"));
    return russian && !word->first && word->letters[0] > word->letters[1] && !word->capitals[1];
}

/* Which script's letters are the strangers? Those that all have twins in the other; where both
 * have, the fewer. False: it cannot be told. */
static bool find_strangers(const struct word *word, bool *cyrillic)
{
    bool latin_passes = !word->strange[0], cyrillic_passes = !word->strange[1];
    *cyrillic = cyrillic_passes;
    if (latin_passes != cyrillic_passes)
        return true;
    *cyrillic = word->letters[1] < word->letters[0];
    return latin_passes && word->letters[0] != word->letters[1];
}

/* The word with its strangers replaced by their twins. */
static struct pk_view mended(const struct pk_minutes *minutes, const struct word *word,
                             bool cyrillic, struct pk_view *stranger)
{
    struct pk_buffer out = {.arena = minutes->arena};
    size_t width;
    *stranger = (struct pk_view){"", 0};
    for (uint32_t at = word->start; at < word->end; at += (uint32_t)width) {
        struct pk_view rest = pk_view_part(minutes->blocks.text, at, word->end);
        uint32_t codepoint = pk_decode(rest, &width);
        char bytes[4];
        if (pk_is_cyrillic(codepoint) == cyrillic) {
            pk_put(&out, (struct pk_view){bytes, pk_encode(twin_of(codepoint, cyrillic), bytes)});
            if (!stranger->length)
                *stranger = pk_view_part(rest, 0, width);
        } else {
            pk_put(&out, pk_view_part(rest, 0, width));
        }
    }
    return pk_all_written(&out);
}

/* What readers see of one block; words come in the order of the text. */
struct shown {
    uint32_t block; /* 0: none */
    const struct pk_flow *flow;
    uint32_t run;
};

/* Is it seen by readers, and no code? The parts of a link that nobody sees are left alone. */
static bool is_shown(const struct pk_minutes *minutes, struct shown *shown, uint32_t block,
                     const struct word *word)
{
    if (minutes->blocks.block.items[block].kind == PK_FRONT_MATTER)
        return true;
    if (shown->block != block) {
        *shown = (struct shown){block, pk_minutes_flow(minutes, block), 0};
    }
    const struct pk_run *run = shown->flow->run.items;
    while (shown->run < shown->flow->run.count &&
           run[shown->run].source + run[shown->run].length < word->end)
        shown->run++;
    return shown->run < shown->flow->run.count && run[shown->run].source <= word->start &&
           !(run[shown->run].style & PK_CODE_SPAN);
}

static void report(struct pk_lint *lint, const struct word *word, bool cyrillic)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_span span = {word->start, word->end};
    struct pk_view text = pk_slice(minutes->blocks.text, span), stranger;
    struct pk_view better = mended(minutes, word, cyrillic, &stranger);
    pk_report2(lint, span,
               cyrillic ? "\"%1\" holds a Cyrillic \"%2\" among Latin letters"
                        : "\"%1\" holds a Latin \"%2\" among Cyrillic letters",
               text, stranger);
    struct pk_fix *fix = pk_offer(
        lint, cyrillic ? "write \"%1\" in Latin letters" : "write \"%1\" in Cyrillic letters",
        better);
    pk_offer_edit(lint, fix, span, better);
}

/* Most letters of Russian: the Cyrillic ones of two bytes from U+0400 to U+047F. */
static bool is_plain_cyrillic(struct pk_view text, uint32_t at, uint32_t limit)
{
    return ((unsigned char)text.at[at] & 0xFE) == 0xD0 && at + 1 < limit &&
           ((unsigned char)text.at[at + 1] & 0xC0) == 0x80;
}

/* Behind the next row of letters of both scripts, which begins at *start; the limit: there is none.
 * Most words are of one. */
static uint32_t next_mixed(struct pk_view text, uint32_t at, uint32_t limit, uint32_t *start)
{
    bool latin = false, cyrillic = false;
    size_t width = 0;
    for (*start = at; at < limit; at += (uint32_t)width) {
        if (is_plain_cyrillic(text, at, limit)) {
            cyrillic = true;
            width = 2;
            continue;
        }
        uint32_t codepoint = pk_decode(pk_view_part(text, at, limit), &width);
        if (pk_is_letter(codepoint)) {
            bool one = pk_is_cyrillic(codepoint);
            cyrillic = cyrillic || one;
            latin = latin || !one;
            continue;
        }
        if (latin && cyrillic)
            return at;
        latin = cyrillic = false;
        *start = at + (uint32_t)width;
    }
    *start = latin && cyrillic ? *start : limit;
    return limit;
}

/* Eight bytes of which none that is ASCII from "@" on - a letter, mostly - stands beside one beyond
 * ASCII; *other: one of them begins a code point other than plain Cyrillic ones. */
static bool stand_apart(const char *bytes, bool *other)
{
    static const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    uint64_t here, next;
    memcpy(&here, bytes, sizeof here);
    memcpy(&next, bytes + 1, sizeof next);
    if ((here & ~next & next << 1 & high) | (next & ~here & here << 1 & high))
        return false;
    uint64_t lead = here & here << 1 & high;
    *other = *other || ((here ^ 0xD0 * ones) & (0xFE * ones) & (lead >> 7) * 0xFF);
    return true;
}

/* Can there be a row of letters of both scripts? Quick to say no: of Russian and of plain ASCII. */
static bool may_mix(struct pk_view line)
{
    size_t at = 0, width;
    bool other = false;
    for (; at + 8 < line.length; at += 8)
        if (!stand_apart(line.at + at, &other))
            return true;
    char rest[10] = "";
    memcpy(rest, line.at + at, line.length - at);
    if (!stand_apart(rest, &other))
        return true;
    for (at = 0; other && at < line.length; at += width) {
        width = is_plain_cyrillic(line, (uint32_t)at, (uint32_t)line.length) ? 2 : 1;
        if (width == 1 && (unsigned char)line.at[at] >= 0x80 &&
            pk_is_letter(pk_decode(pk_view_part(line, at, line.length), &width)))
            return true;
    }
    return false;
}

static void check_line(struct pk_lint *lint, struct shown *shown, uint32_t block,
                       struct pk_span line)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_view text = minutes->blocks.text;
    struct word word;
    bool cyrillic;
    if (pk_plain_start(pk_slice(text, line)) == line.end - line.start ||
        !may_mix(pk_slice(text, line)))
        return;
    for (uint32_t at = line.start, start; at < line.end;) {
        at = next_mixed(text, at, line.end, &start);
        if (start < line.end && read_word(text, start, line.end, &word) &&
            !is_grown_together(minutes, &word) && find_strangers(&word, &cyrillic) &&
            is_shown(minutes, shown, block, &word) &&
            !pk_has_placeholder(minutes, (struct pk_span){word.start, word.end}))
            report(lint, &word, cyrillic);
    }
}

static void check(struct pk_lint *lint)
{
    const struct pk_blocks *blocks = &pk_minutes_of(lint)->blocks;
    struct shown shown = {0};
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        const struct pk_block *block = &blocks->block.items[i];
        bool read = block->kind == PK_HEADING || block->kind == PK_PARAGRAPH ||
                    block->kind == PK_CELL || block->kind == PK_FRONT_MATTER;
        for (uint32_t line = 0; read && line < block->segment_count; line++)
            check_line(lint, &shown, i, blocks->segment.items[block->segment + line]);
    }
}

const struct pk_rule pk_rule_mixed_script = {
    .id = "mixed-script",
    .severity = PK_WARNING,
    .summary = "no word mixes Latin and Cyrillic letters that look alike",
    .help =
        "A Cyrillic \"a\" in a Latin word cannot be seen, but no search finds the word, no mail "
        "reaches the address and no program knows the name. The fix writes the word in the "
        "letters most of it has. Words of two parts may have two scripts, and a Latin word a "
        "Russian ending:\n\n"
        "    IT-отдел, PDFки, API-шный",
    .check = check,
};
