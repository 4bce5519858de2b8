/* item_length.c - a list item says one thing. */
#include "lint/lint.h"

/* The words of its own paragraphs, without the items in it. */
static uint32_t words_of(const struct pk_blocks *blocks, uint32_t item,
                         uint32_t (*count)(struct pk_view), struct pk_span *span)
{
    uint32_t words = 0, end = blocks->block.items[item].next;
    for (uint32_t i = item + 1; i < end; i = blocks->block.items[i].next) {
        const struct pk_block *block = &blocks->block.items[i];
        if (block->kind != PK_PARAGRAPH)
            continue;
        for (uint32_t j = 0; j < block->segment_count; j++)
            words += count(pk_slice(blocks->text, blocks->segment.items[block->segment + j]));
        span->start = span->end ? span->start : block->span.start;
        span->end = block->span.end;
    }
    return words;
}

/* No fewer than there are: each has a byte, and one behind it. */
static uint32_t most_words(struct pk_view text)
{
    return (uint32_t)(text.length / 2 + 1);
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t max = pk_option(lint, "max"), quoted = 0;
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        struct pk_span span = {0, 0};
        quoted = block->kind == PK_QUOTE && block->next > quoted ? block->next : quoted;
        if (block->kind != PK_ITEM || i < quoted ||
            words_of(&minutes->blocks, i, most_words, &span) <= max ||
            words_of(&minutes->blocks, i, pk_words_at_most, &span) <= max)
            continue;
        uint32_t words = words_of(&minutes->blocks, i, pk_spoken_words, &span);
        if (words > max && !pk_has_placeholder(minutes, span))
            pk_report2(lint, span, "an item of %1 words: split it or cut it to %2",
                       pk_number(lint, words), pk_number(lint, max));
    }
}

const struct pk_rule pk_rule_item_length = {
    .id = "item-length",
    .severity = PK_INFO,
    .summary = "a list item says one thing",
    .help =
        "A list is read item by item, and of an item its first words. Say one thing in each, and "
        "put what explains it into items below. Those do not count to it. `max` sets how many "
        "words are well:\n\n"
        "    rules: {item-length: {max: 60}}",
    .option = {{"max", {60, 80, 120}}},
    .check = check,
};
