/* comment.c - find the comments by which a writer silences rules. */
#include "lint/suppress.h"

#include <string.h>

const char *const pk_suppress_words[] = {"off",      "off-line", "off-next-line",
                                         "off-file", "on",       NULL};

struct search {
    const struct pk_minutes *minutes;
    struct pk_suppressions *out;
};

/* -- What a comment says -- */

/* White space and commas part words; ">" may be before a line of a quote. */
static bool parts(char byte)
{
    return (unsigned char)byte <= ' ' || byte == ',' || byte == '>';
}

/* The next word of the text from *at on. */
static struct pk_view next_word(struct pk_view text, size_t *at)
{
    size_t start;
    while (*at < text.length && parts(text.at[*at]))
        ++*at;
    start = *at;
    while (*at < text.length && !parts(text.at[*at]))
        ++*at;
    return pk_view_part(text, start, *at);
}

/* A name with a full stop is that of a house's own rule. */
static uint32_t slot_of(struct search *search, struct pk_view id)
{
    struct pk_suppressions *out = search->out;
    bool own = id.length && memchr(id.at, '.', id.length);
    if (!own && !pk_rule_of(id))
        return 0;
    uint32_t *slot = pk_table_at(search->minutes->arena, &out->slot, id);
    *slot = *slot ? *slot : out->slot.count;
    return *slot;
}

static enum pk_suppress kind_of(struct pk_view word)
{
    for (int i = 0; pk_suppress_words[i]; i++)
        if (pk_is(word, pk_suppress_words[i]))
            return (enum pk_suppress)(i + 1);
    return PK_SUPPRESS_UNKNOWN;
}

/* Behind "--" the writer says why. */
static void read_comment(struct search *search, struct pk_span span)
{
    struct pk_view all = search->minutes->blocks.text;
    struct pk_view text = pk_view_part(all, 0, span.end - 3);
    size_t at = span.start + 4;
    struct pk_view name = next_word(text, &at);
    size_t length = sizeof "protokol:" - 1;
    if (!pk_same_folded(pk_view_part(name, 0, length), PK_VIEW("protokol:")))
        return;
    at -= name.length - length;
    struct pk_view word = next_word(text, &at);
    if (!word.length || pk_is(word, "--"))
        return;
    struct pk_arena *arena = search->minutes->arena;
    struct pk_suppression *comment = pk_push(arena, &search->out->comment);
    *comment = (struct pk_suppression){.kind = kind_of(word),
                                       .span = span,
                                       .word = pk_span_of(all, word),
                                       .line = pk_line_at(&search->minutes->blocks, span.start),
                                       .ends_at = -1};
    if (comment->kind == PK_SUPPRESS_UNKNOWN)
        return;
    for (word = next_word(text, &at); word.length && !pk_is(word, "--");
         word = next_word(text, &at))
        *pk_push(arena, &comment->rule) =
            (struct pk_suppressed){.span = pk_span_of(all, word), .slot = slot_of(search, word)};
}

/* -- Where comments stand -- */

static uint32_t runs_of_bytes(struct pk_view text)
{
    uint32_t runs = 0;
    for (size_t i = 0; i < text.length; i++)
        runs += (unsigned char)text.at[i] > ' ' && (!i || (unsigned char)text.at[i - 1] <= ' ');
    return runs;
}

static void at_comment(void *context, struct pk_span span, uint32_t block)
{
    struct search *search = context;
    const struct pk_blocks *blocks = &search->minutes->blocks;
    if (blocks->block.items[block].kind != PK_HTML)
        search->out->words += runs_of_bytes(pk_slice(blocks->text, span));
    read_comment(search, span);
}

/* -- The lines they speak of -- */

static bool is_blank_line(const struct pk_blocks *blocks, uint32_t line)
{
    size_t start = blocks->line.items[line];
    size_t end = line + 1 < blocks->line.count ? blocks->line.items[line + 1] : blocks->text.length;
    return !pk_trim(pk_view_part(blocks->text, start, end)).length;
}

/* From the last to the first, so that one of several in a row finds the line that the next has
 * found. */
static void find_next_lines(struct search *search)
{
    const struct pk_blocks *blocks = &search->minutes->blocks;
    struct pk_suppressions *out = search->out;
    for (uint32_t i = out->comment.count; i-- > 0;) {
        struct pk_suppression *comment = &out->comment.items[i];
        const struct pk_suppression *next = i + 1 < out->comment.count ? comment + 1 : NULL;
        if (comment->kind != PK_SUPPRESS_NEXT)
            continue;
        uint32_t line = pk_line_at(blocks, comment->span.end) + 1;
        while (line < blocks->line.count && is_blank_line(blocks, line))
            line++;
        bool again =
            next && next->kind == PK_SUPPRESS_NEXT &&
            pk_line_at(blocks, next->span.start) == line &&
            !pk_trim(pk_view_part(blocks->text, blocks->line.items[line], next->span.start)).length;
        comment->line = again ? next->line : line < blocks->line.count ? line : UINT32_MAX;
    }
}

void pk_find_suppressions(const struct pk_minutes *minutes, struct pk_suppressions *out)
{
    /* cppcheck-suppress ctuuninitvar ; it is set here */
    struct search search = {minutes, out};
    memset(out, 0, sizeof *out);
    pk_each_comment(minutes->arena, &minutes->blocks, at_comment, &search);
    find_next_lines(&search);
}
