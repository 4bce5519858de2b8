/* sections.c - where each part of the minutes begins and ends, by its title's words. */
#include "read/read.h"

enum { LINE_LEVEL = 7, MOST_OPEN = 32, LONGEST_TITLE = 240 /* bytes */ };

/* A section whose end is not reached yet. */
struct open {
    uint32_t section; /* index */
    uint32_t until;   /* the block that ends it at the latest: its container's end */
};

struct outline {
    struct pk_reader *reader;
    struct open open[MOST_OPEN];
    uint32_t depth;
    bool headings; /* a heading's section is open */
    struct pk_costly costly;
};

/* A line that may be a title. */
struct title {
    struct pk_range words;
    bool bold, colon, follows; /* something follows on the same line */
    bool heads;                /* a list follows at once */
};

static void close_top(struct outline *outline, uint32_t at)
{
    struct pk_reader *reader = outline->reader;
    struct pk_section *section =
        &reader->minutes->section.items[outline->open[--outline->depth].section];
    const struct pk_blocks *blocks = &reader->minutes->blocks;
    section->end = at > section->first ? at : section->first;
    section->end_line =
        at < blocks->block.count ? blocks->block.items[at].line : blocks->block.items[0].end_line;
    if (section->end_line <= section->line)
        section->end_line = section->line + 1;
}

static uint8_t top_level(const struct outline *outline)
{
    uint32_t section = outline->open[outline->depth - 1].section;
    return outline->reader->minutes->section.items[section].level;
}

static void close_ended(struct outline *outline, uint32_t at)
{
    while (outline->depth && outline->open[outline->depth - 1].until <= at)
        close_top(outline, at);
}

static void close_from_level(struct outline *outline, uint8_t level, uint32_t at)
{
    while (outline->depth && top_level(outline) >= level)
        close_top(outline, at);
}

/* "Tasks until 5 March", "Agenda for 5 March 2027": a title of actions and by when, or of what
 * was on the agenda or comes next and on which day. */
static bool is_dated_title(struct outline *outline, struct pk_section *section)
{
    const struct pk_reader *reader = outline->reader;
    size_t end;
    struct pk_when when = {0};
    struct pk_view title = section->title;
    const struct pk_phrase *phrase = pk_phrase_at(reader, title, 0, PK_WORD_SECTION, &end);
    uint16_t kind = phrase ? phrase->meaning.value : PK_SECTION_OTHER;
    struct pk_range rest = {end, title.length};
    bool tasks = kind == PK_SECTION_ACTIONS, agenda = kind == PK_SECTION_AGENDA;
    bool next = kind == PK_SECTION_NEXT_MEETING;   /* "Next meeting: 12 March 2027, 10:00" */
    bool people = kind == PK_SECTION_PARTICIPANTS; /* "Present on 5 March 2027" */
    if ((!tasks && !agenda && !next && !people) || title.length > LONGEST_TITLE ||
        !(tasks ? pk_when_due : pk_when_any)(reader, title, rest, &when) ||
        ((agenda || people) && when.words.end < title.length))
        return false;
    section->kind = (enum pk_section_kind)kind;
    section->profile_section =
        pk_section_of_title(reader->library, reader->minutes->profile, pk_view_part(title, 0, end),
                            &section->kind, &outline->costly);
    return true;
}

/* A title's words, at the section's span, as a section of the minutes; false: they name none. */
static bool recognise(struct outline *outline, struct pk_view words, struct pk_section *section)
{
    struct pk_reader *reader = outline->reader;
    uint32_t before = outline->costly.count;
    section->title = pk_bare_title(reader->library, words);
    section->profile_section = pk_section_of_bare(reader->library, reader->minutes->profile,
                                                  section->title, &section->kind, &outline->costly);
    reader->arena->failed = reader->arena->failed || outline->costly.no_memory;
    bool named = section->profile_section >= 0 || section->kind != PK_SECTION_OTHER ||
                 is_dated_title(outline, section);
    for (uint32_t i = before; i < outline->costly.count; i++)
        *pk_push(reader->arena, &reader->minutes->given_up) =
            (struct pk_given_up){section->span, outline->costly.pattern[i]};
    return named;
}

static void open_section(struct outline *outline, const struct pk_section *section, uint32_t until)
{
    struct pk_minutes *minutes = outline->reader->minutes;
    if (outline->depth == MOST_OPEN)
        close_top(outline, section->block);
    uint32_t index = minutes->section.count;
    *pk_push(outline->reader->arena, &minutes->section) = *section;
    if (minutes->section.count > index)
        outline->open[outline->depth++] = (struct open){index, until};
}

/* -- Headings -- */

static void at_heading(struct outline *outline, uint32_t block)
{
    struct pk_reader *reader = outline->reader;
    const struct pk_block *heading = pk_block_of(reader, block);
    const struct pk_flow *flow = pk_flow_of(reader, block);
    struct pk_section section = {.level = heading->level,
                                 .block = block,
                                 .first = heading->next,
                                 .end = heading->next,
                                 .line = heading->line};
    close_from_level(outline, heading->level, block);
    /* "Minutes" is a section of an agenda, but the title of minutes. */
    if (block == reader->title_block && pk_title_of_minutes(reader->library, flow->text))
        return;
    section.span = pk_span_in(flow, (struct pk_range){0, flow->text.length});
    if (!recognise(outline, flow->text, &section))
        return;
    /* "Board meeting agenda" over all of it titles minutes that were an agenda once */
    if (block == reader->title_block && section.kind == PK_SECTION_AGENDA &&
        !pk_phrase_whole(reader, section.title, PK_WORD_SECTION))
        return;
    open_section(outline, &section, UINT32_MAX);
    outline->headings = true;
}

/* -- Lines -- */

static bool is_shouted(struct pk_view words)
{
    size_t width, capitals = 0;
    for (size_t i = 0; i < words.length; i += width) {
        uint32_t codepoint = pk_char_at(words, i, &width);
        if (pk_is_letter(codepoint) && !pk_is_upper(codepoint))
            return false;
        capitals += pk_is_upper(codepoint);
    }
    return capitals > 3;
}

/* The part of a line that a title would be: all of it, or what stands before a colon or in
 * bold. */
static struct title title_of(const struct pk_reader *reader, const struct pk_flow *flow,
                             struct pk_range line)
{
    struct title title = {.words = line};
    bool bold = pk_flow_style(flow, line.start) & PK_STRONG;
    bool parted = bold || pk_may_hold(reader, flow->text, ":");
    size_t width, at = parted ? line.start : line.end;
    for (; at < line.end; at += width) {
        uint32_t sign = pk_char_at(flow->text, at, &width);
        bool colon = (sign == ':' || sign == 0xFF1A) &&
                     (at + width >= line.end ||
                      pk_is_space(pk_char_at(flow->text, at + width, &(size_t){0})) ||
                      (bold && !(pk_flow_style(flow, at + width) & PK_STRONG)));
        if (colon || (bold && !(pk_flow_style(flow, at) & PK_STRONG)))
            break;
    }
    title.bold = bold;
    title.words.end = at;
    size_t next = pk_skip_blanks(flow->text, at);
    uint32_t sign = pk_char_at(flow->text, next, &width);
    if (next < line.end && (sign == ':' || sign == 0xFF1A)) {
        title.colon = true;
        next = pk_skip_blanks(flow->text, next + width);
    }
    title.follows = next < line.end;
    title.words = pk_trim_range(flow->text, title.words);
    return title;
}

/* Words that label a field or open an action stand for themselves, not for a section. */
static bool is_label(const struct pk_reader *reader, struct pk_view words)
{
    static const enum pk_word_kind kinds[] = {PK_WORD_FIELD, PK_WORD_ACTION, PK_WORD_DECISION};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (pk_phrase_whole(reader, words, kinds[i]))
            return true;
    }
    return pk_words_kind(pk_words_whole(&reader->minutes->profile->words, words), PK_WORD_FIELD);
}

/* "Next steps: ..." in a line is what it says, whatever stands around it. */
static bool is_of_results(const struct pk_reader *reader, struct pk_view words)
{
    const struct pk_phrase *phrase = pk_phrase_whole(reader, words, PK_WORD_SECTION);
    return phrase && (phrase->meaning.value == PK_SECTION_ACTIONS ||
                      phrase->meaning.value == PK_SECTION_DECISIONS);
}

/* "The following tasks were given out:", "Были приняты решения:", "We still need to:" open such
 * a section too: the kind they name, PK_SECTION_OTHER where they name none. */
static enum pk_section_kind announced(const struct pk_reader *reader, struct pk_view words)
{
    enum pk_section_kind kind = PK_SECTION_OTHER;
    static const uint64_t kinds = PK_KIND(PK_WORD_PLAN) | PK_KIND(PK_WORD_SECTION);
    size_t end, last = words.length; /* only the last sentence of the line announces */
    while (last > 1 && !(words.at[last - 2] == '.' && words.at[last - 1] == ' '))
        last--;
    bool plan = false;
    for (size_t at = pk_next_spot(reader, words, last > 1 ? last : 0, kinds, 0); at < words.length;
         at = pk_next_spot(reader, words, at + 1, kinds, 0)) {
        plan = plan || pk_phrase_at(reader, words, at, PK_WORD_PLAN, &end);
        const struct pk_phrase *phrase = pk_phrase_at(reader, words, at, PK_WORD_SECTION, &end);
        for (; phrase; phrase = pk_words_kind(pk_words_again(phrase), PK_WORD_SECTION)) {
            if (phrase->meaning.value == PK_SECTION_ACTIONS)
                return PK_SECTION_ACTIONS;
            if (phrase->meaning.value == PK_SECTION_PAST_ACTIONS)
                return PK_SECTION_OTHER;
            if (phrase->meaning.value == PK_SECTION_DECISIONS ||
                phrase->meaning.value == PK_SECTION_AGREEMENTS ||
                (phrase->meaning.value == PK_SECTION_AGENDA && kind == PK_SECTION_OTHER))
                kind = (enum pk_section_kind)phrase->meaning.value;
        }
    }
    return kind == PK_SECTION_OTHER && plan ? PK_SECTION_ACTIONS : kind;
}

static bool looks_like_title(const struct outline *outline, struct title title,
                             struct pk_view words, bool alone, bool in_item)
{
    const struct pk_reader *reader = outline->reader;
    if (!words.length || words.length > LONGEST_TITLE)
        return false;
    if (title.follows)
        return title.colon && !is_label(reader, words) &&
               !pk_phrase_whole(reader, words, PK_WORD_VOTE) && /* "Голосовали: за – 4" */
               (title.bold || !outline->headings || is_of_results(reader, words));
    if (title.bold || title.colon)
        return true;
    return !in_item && alone && (reader->plain || title.heads || is_shouted(words));
}

/* How far a line's section reaches at most; 0: a line of an item that holds nothing. "РЕШИЛИ:"
 * below "1. СЛУШАЛИ: ..." opens the items behind: plain text numbers both alike. */
static uint32_t reach(struct pk_reader *reader, uint32_t block, struct title title, bool first,
                      bool last)
{
    uint32_t item = pk_inside(reader, block, PK_ITEM);
    if (!item)
        return UINT32_MAX;
    const struct pk_block *inside = pk_block_of(reader, item);
    if (title.follows || !last || inside->next > pk_block_of(reader, block)->next)
        return inside->next;
    const struct pk_block *list = pk_block_of(reader, inside->parent);
    if (list->next == inside->next)
        return list->parent == 0 ? UINT32_MAX : 0;
    struct pk_view text = pk_flow_of(reader, block)->text;
    struct pk_view words = pk_view_part(text, title.words.start, title.words.end);
    return !first && title.colon && is_of_results(reader, words) ? list->next : 0;
}

/* A section that is announced reaches as far as the list or table behind it. It is none that
 * the profile asks for. */
static bool open_announced(struct outline *outline, uint32_t block, struct title title,
                           struct pk_view words)
{
    struct pk_reader *reader = outline->reader;
    uint32_t list = pk_block_of(reader, block)->next;
    if (list >= reader->minutes->blocks.block.count)
        return false;
    uint8_t behind = pk_block_of(reader, list)->kind;
    enum pk_section_kind around = pk_section_kind_at(reader, block);
    enum pk_section_kind kind = announced(reader, words);
    bool inside = around == PK_SECTION_ACTIONS || around == PK_SECTION_PAST_ACTIONS;
    if (kind == PK_SECTION_OTHER || inside || (behind != PK_LIST && behind != PK_TABLE))
        return false;
    struct pk_section section = {.profile_section = -1,
                                 .kind = kind,
                                 .title = words,
                                 .span = pk_span_in(pk_flow_of(reader, block), title.words),
                                 .level = LINE_LEVEL,
                                 .block = block,
                                 .first = list,
                                 .end = list,
                                 .line = pk_block_of(reader, block)->line};
    open_section(outline, &section, pk_block_of(reader, list)->next);
    return true;
}

/* "2. СЛУШАЛИ: ..." ends what "РЕШИЛИ:" below "1. СЛУШАЛИ: ..." opened. */
static void close_siblings(struct outline *outline, uint32_t block)
{
    struct pk_reader *reader = outline->reader;
    uint32_t list = pk_block_of(reader, pk_inside(reader, block, PK_ITEM))->parent;
    while (outline->depth) {
        const struct open *top = &outline->open[outline->depth - 1];
        uint32_t opened = reader->minutes->section.items[top->section].block;
        uint32_t item = pk_inside(reader, opened, PK_ITEM);
        if (!item || pk_block_of(reader, item)->parent != list ||
            top->until != pk_block_of(reader, list)->next)
            return;
        close_top(outline, block);
    }
}

/* Opens a section where line `number` of a paragraph is a title. */
static bool at_line(struct outline *outline, uint32_t block, uint32_t number)
{
    struct pk_reader *reader = outline->reader;
    const struct pk_block *leaf = pk_block_of(reader, block);
    const struct pk_flow *flow = pk_flow_of(reader, block);
    struct title title = title_of(reader, flow, pk_flow_line(reader, block, flow, number));
    struct pk_view words = pk_view_part(flow->text, title.words.start, title.words.end);
    bool last = number + 1 == leaf->segment_count;
    bool in_item = pk_inside(reader, block, PK_ITEM);
    struct pk_section section = {.level = LINE_LEVEL, .block = block};
    title.heads = last && leaf->next < reader->minutes->blocks.block.count &&
                  pk_block_of(reader, leaf->next)->kind == PK_LIST &&
                  pk_block_of(reader, leaf->next)->line == leaf->line + leaf->segment_count;
    bool starred = pk_starts(words, PK_VIEW("** ")) && leaf->segment_count == 1; /* Org's heading */
    if (title.colon && !title.follows) { /* "All were greeted. Present:" */
        size_t from = words.length;
        while (from > 1 && !(words.at[from - 2] == '.' && words.at[from - 1] == ' '))
            from--;
        title.words.start += from > 1 ? from : 0;
        words = pk_view_part(flow->text, title.words.start, title.words.end);
    }
    bool alone = leaf->segment_count == 1 || !in_item;
    if (!starred && !looks_like_title(outline, title, words, alone, in_item))
        return false;
    uint32_t until = reach(reader, block, title, number == 0, last);
    section.span = pk_span_in(flow, title.words);
    bool named = until && recognise(outline, words, &section);
    /* "Риски: нет стенда.", "Принятое решение: купить насос." are told in their own paragraph,
     * unless a list follows */
    bool told = title.follows && !title.heads && until == UINT32_MAX &&
                (section.kind == PK_SECTION_RISKS || section.kind == PK_SECTION_QUESTIONS ||
                 section.kind == PK_SECTION_DECISIONS);
    if (named && told)
        until = leaf->next;
    /* "Participants:" in a list of what is to be done are those who shall do it */
    if (named && in_item && section.kind == PK_SECTION_PARTICIPANTS &&
        pk_section_kind_at(reader, block) == PK_SECTION_ACTIONS)
        return false;
    /* "С нашей стороны:" among those who were there names some of them */
    named = named && !(section.kind == PK_SECTION_ACTIONS && reader->section[block] >= 0 &&
                       pk_section_kind_at(reader, block) == PK_SECTION_PARTICIPANTS &&
                       pk_starts(section.title, PK_VIEW("С ")));
    if (!named) {
        if (title.colon && !title.follows && last && open_announced(outline, block, title, words))
            return true;
        bool ends_bold = starred || (title.bold && !title.follows && !title.colon && !in_item);
        if (ends_bold)
            close_from_level(outline, LINE_LEVEL, block);
        return false;
    }
    if (in_item && !number)
        close_siblings(outline, block);
    section.first = title.follows || !last ? block : leaf->next;
    section.end = section.first;
    section.line = leaf->line + number;
    if (until == UINT32_MAX)
        close_from_level(outline, LINE_LEVEL, block);
    open_section(outline, &section, until);
    return true;
}

/* "О ходе ремонта", "II. Об итогах года": a question of the agenda, as Russian ministries put it
 * over what is resolved on it. */
static bool is_question(struct pk_view line)
{
    static const char *const words[] = {"О ", "Об ", "Обо "};
    size_t at = 0, width;
    while (at < line.length && (line.at[at] == 'I' || line.at[at] == 'V' || line.at[at] == 'X' ||
                                line.at[at] == '.' || line.at[at] == ' '))
        at++;
    struct pk_view rest = pk_view_part(line, at, line.length);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct pk_view word = pk_view_of(words[i]);
        if (!pk_starts(rest, word))
            continue;
        uint32_t letter = pk_char_at(rest, word.length, &width);
        return pk_is_letter(letter) && !pk_is_upper(letter);
    }
    return false;
}

/* Below those who were present, and below one such question, a question opens what was resolved on
 * it: a numbered list behind it, with those who spoke in between at most. */
static bool at_question(struct outline *outline, uint32_t block)
{
    enum { BETWEEN = 2 /* paragraphs */ };
    struct pk_reader *reader = outline->reader;
    const struct pk_section *top =
        outline->depth ? &reader->minutes->section.items[outline->open[outline->depth - 1].section]
                       : NULL;
    const struct pk_profile *profile = reader->minutes->profile;
    const struct pk_flow *flow = pk_flow_of(reader, block);
    uint32_t list = block, count = reader->minutes->blocks.block.count;
    bool below = top && top->level == LINE_LEVEL &&
                 (top->kind == PK_SECTION_PARTICIPANTS || top->kind == PK_SECTION_ABSENT ||
                  (top->kind == PK_SECTION_DECISIONS && is_question(top->title)));
    if (!below || pk_inside(reader, block, PK_ITEM) || !is_question(flow->text))
        return false;
    for (int i = 0; i < BETWEEN && list < count && pk_block_of(reader, list)->kind == PK_PARAGRAPH;
         i++)
        list = pk_block_of(reader, list)->next;
    if (list >= count || pk_block_of(reader, list)->kind != PK_LIST)
        return false;
    struct pk_range line = pk_flow_line(reader, block, flow, 0);
    struct pk_section section = {.profile_section = -1,
                                 .kind = PK_SECTION_DECISIONS,
                                 .title = pk_view_part(flow->text, line.start, line.end),
                                 .span = pk_span_in(flow, line),
                                 .level = LINE_LEVEL,
                                 .block = block,
                                 .first = pk_block_of(reader, block)->next,
                                 .end = pk_block_of(reader, block)->next,
                                 .line = pk_block_of(reader, block)->line};
    for (uint32_t i = 0; i < profile->section.count && section.profile_section < 0; i++)
        if (profile->section.items[i].kind == PK_SECTION_DECISIONS)
            section.profile_section = (int)i;
    close_from_level(outline, LINE_LEVEL, block);
    open_section(outline, &section, UINT32_MAX);
    return true;
}

static void at_paragraph(struct outline *outline, uint32_t block)
{
    struct pk_reader *reader = outline->reader;
    uint32_t lines = pk_block_of(reader, block)->segment_count;
    int32_t before = reader->section[block];
    if (pk_inside(reader, block, PK_QUOTE))
        return;
    if (at_question(outline, block))
        lines = 0;
    for (uint32_t line = 0; line < lines; line++) {
        if (!at_line(outline, block, line) || lines == 1)
            continue;
        if (line + 1 < lines) {
            before = (int32_t)outline->open[outline->depth - 1].section;
            continue;
        }
        reader->section[block] = before; /* its last line opens what comes behind it */
        return;
    }
    reader->section[block] =
        outline->depth ? (int32_t)outline->open[outline->depth - 1].section : -1;
}

void pk_read_sections(struct pk_reader *reader)
{
    const struct pk_blocks *blocks = &reader->minutes->blocks;
    struct outline outline = {.reader = reader};
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        const struct pk_block *block = pk_block_of(reader, i);
        close_ended(&outline, i);
        bool quoted = block->kind == PK_HEADING && pk_inside(reader, i, PK_QUOTE);
        if (block->kind == PK_HEADING && !quoted)
            at_heading(&outline, i);
        reader->section[i] = outline.depth ? (int32_t)outline.open[outline.depth - 1].section : -1;
        if (block->kind == PK_PARAGRAPH)
            at_paragraph(&outline, i);
    }
    while (outline.depth)
        close_top(&outline, blocks->block.count);
}

const struct pk_section *pk_minutes_section(const struct pk_minutes *minutes,
                                            enum pk_section_kind kind)
{
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        if (minutes->section.items[i].kind == kind)
            return &minutes->section.items[i];
    }
    return NULL;
}
