/* topic_options.c - a question names the options that were considered. */
#include "lint/lint.h"

/* A list or table, or topics below, give the options without the word. */
static bool lists_something(const struct pk_blocks *blocks, const struct pk_topic *topic)
{
    enum { ENTRIES = 2 };
    uint32_t entries = 0;
    for (uint32_t i = topic->block + 1; i < topic->end; i++) {
        uint8_t kind = blocks->block.items[i].kind;
        if (kind == PK_TABLE || kind == PK_HEADING)
            return true;
        entries += kind == PK_ITEM;
    }
    return entries >= ENTRIES;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t words = 0, next = 0;
    const struct pk_found_word *word = pk_found_words(lint, &words);
    struct pk_topics topics;
    pk_find_topics(minutes, &topics);
    for (uint32_t i = 0; i < topics.topic.count; i++) {
        const struct pk_topic *topic = &topics.topic.items[i];
        struct pk_span span = pk_topic_span(minutes, topic);
        while (next < words && word[next].span.start < span.start)
            next++;
        bool said = next < words && word[next].span.start < span.end;
        if (!said && !lists_something(&minutes->blocks, topic) &&
            !pk_has_placeholder(minutes, span))
            pk_report1(
                lint,
                minutes->blocks.segment.items[minutes->blocks.block.items[topic->block].segment],
                "no option is named that was considered for \"%1\"",
                pk_topic_title(minutes, topic));
    }
}

const struct pk_rule pk_rule_topic_options = {
    .id = "topic-options",
    .severity = PK_OFF,
    .summary = "a question names the options that were considered",
    .help = "Months later somebody asks why it was not done the other way; detailed minutes answer "
            "by naming what else was on the table. List the options below the question, as a list, "
            "a table or in words. What was only reported or put off needs none:\n\n"
            "    ### Delivery\n\n"
            "    - Option 1: by rail\n"
            "    - Option 2: by road",
    .words = {"option"},
    .check = check,
};
