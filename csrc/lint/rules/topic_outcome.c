/* topic_outcome.c - something came of every question that was discussed. */
#include "lint/lint.h"
#include "text/table.h"

/* -- Words, whatever their endings ---------------------------------------------------------
 *
 * A word is known by its beginnings: those that its other forms share. "prices" has "pric" and
 * "price" of which "price" has the first. */

enum { SHORTEST = 4 /* letters of a word that counts */, FROM = 3, TO = 5, ENDING = 2 };

typedef void on_beginning(struct pk_minutes const *, void *context, struct pk_view beginning);

static void each_beginning(const struct pk_minutes *minutes, struct pk_view word, void *context,
                           on_beginning *with)
{
    struct pk_view folded = pk_folded(minutes->arena, word);
    size_t letters = pk_codepoints(folded), at = 0, width;
    size_t from = letters > FROM + ENDING ? letters - ENDING : FROM;
    from = from > TO ? TO : from;
    for (size_t count = 1; count <= TO && at < folded.length; count++) {
        pk_decode(pk_view_part(folded, at, folded.length), &width);
        at += width;
        if (count >= from)
            with(minutes, context, pk_view_part(folded, 0, at));
    }
}

static bool counts(const struct pk_minutes *minutes, struct pk_view word)
{
    const struct pk_phrase *phrase = pk_words_whole(&minutes->library->words, word);
    return pk_codepoints(word) >= SHORTEST && !pk_words_kind(phrase, PK_WORD_COMMON);
}

/* Calls for each word of the text that counts. */
static void each_word(const struct pk_minutes *minutes, struct pk_view text, void *context,
                      on_beginning *with)
{
    size_t width, start = 0;
    for (size_t at = 0; at <= text.length; at += width) {
        bool letter = at < text.length &&
                      pk_is_letter(pk_decode(pk_view_part(text, at, text.length), &width));
        width = at < text.length ? width : 1;
        if (letter)
            continue;
        struct pk_view word = pk_view_part(text, start, at);
        if (word.length && counts(minutes, word))
            each_beginning(minutes, word, context, with);
        start = at + width;
    }
}

static void each_word_of_blocks(const struct pk_minutes *minutes, uint32_t first, uint32_t end,
                                void *context, on_beginning *with)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    for (uint32_t i = first; i < end; i++) {
        const struct pk_block *block = &blocks->block.items[i];
        bool read =
            block->kind == PK_HEADING || block->kind == PK_PARAGRAPH || block->kind == PK_CELL;
        for (uint32_t line = 0; read && line < block->segment_count; line++)
            each_word(minutes, pk_slice(blocks->text, blocks->segment.items[block->segment + line]),
                      context, with);
    }
}

/* -- What came of the questions ------------------------------------------------------------ */

struct outcomes {
    struct pk_table word;  /* of agreements, steps, questions left open: 1 */
    struct pk_table topic; /* of topics: the only one's number, from 1, or MANY */
    struct pk_table name;  /* of people, who are in every one: 1 */
    uint32_t now;          /* the topic being read, from 1 */
    bool hit;
};

#define MANY UINT32_MAX

static bool is_of_outcomes(enum pk_section_kind kind)
{
    return kind == PK_SECTION_AGREEMENTS || kind == PK_SECTION_DECISIONS ||
           kind == PK_SECTION_ACTIONS || kind == PK_SECTION_QUESTIONS ||
           kind == PK_SECTION_NEXT_MEETING || kind == PK_SECTION_PURPOSE ||
           kind == PK_SECTION_CLOSING || kind == PK_SECTION_RISKS;
}

static void add_name(const struct pk_minutes *minutes, void *context, struct pk_view beginning)
{
    struct outcomes *outcomes = context;
    *pk_table_at(minutes->arena, &outcomes->name, beginning) = 1;
}

static void add_word(const struct pk_minutes *minutes, void *context, struct pk_view beginning)
{
    struct outcomes *outcomes = context;
    *pk_table_at(minutes->arena, &outcomes->word, beginning) = 1;
}

static void add_to_topic(const struct pk_minutes *minutes, void *context, struct pk_view beginning)
{
    struct outcomes *outcomes = context;
    uint32_t *topic = pk_table_at(minutes->arena, &outcomes->topic, beginning);
    *topic = *topic && *topic != outcomes->now ? MANY : outcomes->now;
}

static void look_up_title(const struct pk_minutes *minutes, void *context, struct pk_view beginning)
{
    struct outcomes *outcomes = context;
    (void)minutes;
    outcomes->hit = outcomes->hit || pk_table_find(&outcomes->word, beginning);
}

/* A word below the title tells only where no other topic and nobody's name has it. */
static void look_up_body(const struct pk_minutes *minutes, void *context, struct pk_view beginning)
{
    struct outcomes *outcomes = context;
    if (pk_table_find(&outcomes->topic, beginning) != MANY &&
        !pk_table_find(&outcomes->name, beginning))
        look_up_title(minutes, context, beginning);
}

static void read_outcomes(const struct pk_minutes *minutes, struct outcomes *outcomes,
                          const struct pk_topics *topics)
{
    uint32_t inside = 0;
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        if (!is_of_outcomes(section->kind) || section->end <= inside)
            continue;
        each_word_of_blocks(minutes, section->first > inside ? section->first : inside,
                            section->end, outcomes, add_word);
        inside = section->end;
    }
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        each_word(minutes, minutes->person.items[i].name, outcomes, add_name);
        each_word(minutes, minutes->person.items[i].organisation, outcomes, add_name);
    }
    for (uint32_t i = 0; i < topics->topic.count; i++) {
        outcomes->now = i + 1;
        each_word_of_blocks(minutes, topics->topic.items[i].block, topics->topic.items[i].end,
                            outcomes, add_to_topic);
    }
}

/* -- Within a topic -------------------------------------------------------------------------- */

/* Marks the topics in which a block lies that bears an outcome. */
static void mark(const struct pk_topics *topics, bool *settled, uint32_t block)
{
    uint32_t low = 0, high = topics->topic.count;
    while (low < high) { /* the first that ends behind the block */
        uint32_t middle = low + (high - low) / 2;
        if (topics->topic.items[middle].end <= block)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < topics->topic.count && topics->topic.items[low].block <= block)
        settled[low] = true;
}

static bool *find_settled(struct pk_lint *lint, const struct pk_topics *topics)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    bool *settled = pk_alloc(minutes->arena, topics->topic.count + 1);
    uint32_t words = 0;
    const struct pk_found_word *word = pk_found_words(lint, &words);
    if (!settled)
        return NULL;
    for (uint32_t i = 0; i < words; i++)
        mark(topics, settled, word[i].block);
    for (uint32_t i = 0; i < minutes->decision.count; i++)
        mark(topics, settled, minutes->decision.items[i].block);
    for (uint32_t i = 0; i < minutes->action.count; i++)
        mark(topics, settled, minutes->action.items[i].block);
    for (uint32_t i = 0; i < minutes->question.count; i++)
        mark(topics, settled, minutes->question.items[i].block);
    for (uint32_t i = 0; i < minutes->section.count; i++)
        if (is_of_outcomes(minutes->section.items[i].kind))
            mark(topics, settled, minutes->section.items[i].block);
    return settled;
}

/* Are the sections of outcomes still to be filled in? */
static bool is_unwritten(const struct pk_minutes *minutes)
{
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        struct pk_span span = {section->span.start,
                               minutes->blocks.block.items[section->end - 1].span.end};
        if (is_of_outcomes(section->kind) && pk_has_placeholder(minutes, span))
            return true;
    }
    return false;
}

/* A single question is what the agreements are about; and where nothing was agreed at all, that
 * a section is missing or empty says enough. */
static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct pk_topics topics;
    struct outcomes outcomes = {.now = 0};
    pk_find_topics(minutes, &topics);
    if (topics.topic.count < 2 || is_unwritten(minutes))
        return;
    read_outcomes(minutes, &outcomes, &topics);
    const bool *settled = find_settled(lint, &topics);
    for (uint32_t i = 0; settled && outcomes.word.count && i < topics.topic.count; i++) {
        const struct pk_topic *topic = &topics.topic.items[i];
        struct pk_view title = pk_topic_title(minutes, topic);
        outcomes.hit = settled[i];
        each_word(minutes, title, &outcomes, look_up_title);
        each_word_of_blocks(minutes, topic->block + 1, topic->end, &outcomes, look_up_body);
        if (!outcomes.hit && !pk_has_placeholder(minutes, pk_topic_span(minutes, topic)))
            pk_report1(
                lint,
                minutes->blocks.segment.items[minutes->blocks.block.items[topic->block].segment],
                "nothing says what came of \"%1\": an agreement, a decision, a next step or "
                "an open question",
                title);
    }
}

const struct pk_rule pk_rule_topic_outcome = {
    .id = "topic-outcome",
    .severity = PK_OFF,
    .summary = "something came of every question that was discussed",
    .help = "A question without an outcome comes back at the next meeting, and each side remembers "
            "another answer. Say below it what was decided, agreed or put off, or have an "
            "agreement, a next step or an open question further down take up its words:\n\n"
            "    ### Warranty\n\n"
            "    The client asks for 36 months. Put off until the next meeting.",
    .words = {"settled"},
    .check = check,
};
