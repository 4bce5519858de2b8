/* section_missing.c - minutes have every section that the profile asks for. */
#include "lint/lint.h"

#include <string.h>

static bool has_field(const struct pk_minutes *minutes, enum pk_field_kind kind)
{
    for (uint32_t i = 0; i < minutes->field.count; i++)
        if (minutes->field.items[i].kind == kind)
            return true;
    return false;
}

/* Does it stand among the decisions of a profile that asks for no agreements? */
static bool is_decided(const struct pk_minutes *minutes, const struct pk_action *action)
{
    int of = action->section >= 0 ? minutes->section.items[action->section].profile_section : -1;
    return of >= 0 && minutes->profile->section.items[of].kind == PK_SECTION_DECISIONS;
}

/* "Распределены задачи:" over "- Анна: ...", in no section of decisions. */
static bool is_given_out(const struct pk_minutes *minutes, const struct pk_action *action)
{
    enum pk_section_kind kind =
        action->section >= 0 ? minutes->section.items[action->section].kind : PK_SECTION_OTHER;
    return action->source == PK_FROM_SECTION && action->owner.count &&
           kind != PK_SECTION_AGREEMENTS && kind != PK_SECTION_DECISIONS;
}

/* Is an action marked as one, wherever it stands, or somebody's among the decisions or in a
 * sentence? */
static bool has_actions(const struct pk_minutes *minutes)
{
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        if (action->source == PK_FROM_KEYWORD || action->source == PK_FROM_CHECKBOX ||
            is_given_out(minutes, action) ||
            (action->owner.count &&
             (action->source == PK_FROM_SENTENCE || is_decided(minutes, action))))
            return true;
    }
    return false;
}

static bool has_people(const struct pk_minutes *minutes)
{
    for (uint32_t i = 0; i < minutes->person.count; i++)
        if (minutes->person.items[i].present)
            return true;
    return false;
}

static bool is_title(const struct pk_minutes *minutes, const struct pk_block *heading)
{
    struct pk_span span = minutes->blocks.segment.items[heading->segment];
    return span.start <= minutes->title_span.start && minutes->title_span.end <= span.end;
}

/* "## Roofing" in no section that one knows, or below the agenda, is a topic. */
static bool has_own_topics(const struct pk_minutes *minutes)
{
    uint32_t section = 0, inside = 0;
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        const struct pk_section *known =
            section < minutes->section.count ? &minutes->section.items[section] : NULL;
        if (known && known->block <= i) {
            if (known->kind != PK_SECTION_AGENDA && known->end > inside)
                inside = known->end;
            section++;
            continue;
        }
        if (block->kind == PK_HEADING && i >= inside && block->segment_count &&
            !is_title(minutes, block))
            return true;
    }
    return false;
}

/* "1. Roof" over what was said of it: an agenda that was written on in the meeting. */
static bool has_notes_in_agenda(const struct pk_minutes *minutes)
{
    const struct pk_block *blocks = minutes->blocks.block.items;
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        if (section->kind != PK_SECTION_AGENDA)
            continue;
        for (uint32_t at = section->first; at < section->end; at++) {
            uint32_t item = blocks[at].parent, list = blocks[item].parent;
            if (blocks[at].kind == PK_LIST && blocks[item].kind == PK_ITEM && list &&
                blocks[blocks[list].parent].kind == PK_ITEM)
                return true;
        }
    }
    return false;
}

/* A table in HTML may hold whatever nobody reads there. */
static bool has_html_table(const struct pk_minutes *minutes)
{
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        if (block->kind != PK_HTML || block->comment)
            continue;
        for (uint32_t n = 0; n < block->segment_count; n++) {
            struct pk_view line =
                pk_slice(minutes->blocks.text, minutes->blocks.segment.items[block->segment + n]);
            for (size_t at = 0; at + 3 < line.length; at++)
                if (memcmp(line.at + at, "<td", 3) == 0)
                    return true;
        }
    }
    return false;
}

/* "Вопрос № 1. О бюджете", "**Вопрос 2. ...**": lines that number what was talked about. */
static bool has_numbered_lines(const struct pk_minutes *minutes)
{
    enum { SHORT = 4 /* bytes: "п. 2" refers to another paper */ };
    struct pk_view text = minutes->blocks.text;
    size_t line = 0, length;
    while (line < text.length) {
        size_t at = line, end = line;
        while (end < text.length && text.at[end] != '\n')
            end++;
        while (at < end && (text.at[at] == '*' || text.at[at] == '#' || text.at[at] == ' '))
            at++;
        struct pk_view rest = pk_view_part(text, at, end);
        bool worded = rest.length && (unsigned char)rest.at[0] >= 0xD0 &&
                      pk_words_of(&minutes->library->words, rest, PK_WORD_NUMBERING, &length) &&
                      length > SHORT;
        while (worded && length < rest.length &&
               (rest.at[length] == ' ' || (unsigned char)rest.at[length] >= 0xE2))
            length++, length += (unsigned char)rest.at[length - 1] >= 0xE2 ? 2 : 0; /* "№" */
        if (worded && length < rest.length && rest.at[length] >= '0' && rest.at[length] <= '9')
            return true;
        line = end + 1;
    }
    return false;
}

/* "## TOP 1. Welcome", "## TOP 2. Budget": the points of the agenda are the headings. */
static bool has_numbered_points(const struct pk_minutes *minutes)
{
    enum { FEWEST = 2 };
    uint32_t points = 0;
    for (uint32_t i = 1; i < minutes->blocks.block.count && points < FEWEST; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        if (block->kind != PK_HEADING || !block->segment_count)
            continue;
        struct pk_view title =
            pk_trim(pk_slice(minutes->blocks.text, minutes->blocks.segment.items[block->segment]));
        struct pk_view bare = pk_bare_title(minutes->library, title);
        size_t length, number;
        bool worded = pk_words_of(&minutes->library->words, title, PK_WORD_NUMBERING, &length);
        for (number = length; worded && number < title.length && title.at[number] == ' ';)
            number++;
        points += worded && bare.length < title.length && number < title.length &&
                  title.at[number] >= '0' && title.at[number] <= '9';
    }
    return points >= FEWEST;
}

/* "Agenda & notes" are both; "Purpose and results", which is one title, is what it is. */
static uint32_t kinds_named(const struct pk_minutes *minutes, struct pk_view title)
{
    struct pk_view first;
    bool one = pk_words_whole_of(&minutes->library->words, title, PK_WORD_SECTION) ||
               pk_words_whole_of(&minutes->profile->words, title, PK_WORD_SECTION);
    return one ? 0 : pk_kinds_of_title(minutes->library, title, &first);
}

/* Would it be found to be missing, by what is known so far? */
static bool is_wanted(const struct pk_minutes *minutes, const bool *present, uint32_t section)
{
    return !present[section] && minutes->profile->section.items[section].required[minutes->detail];
}

/* Is one wanted that may be said rather than be there? */
static bool wants_said(const struct pk_minutes *minutes, const bool *present)
{
    const struct pk_profile *profile = minutes->profile;
    for (uint32_t i = 0; i < profile->section.count; i++) {
        enum pk_section_kind kind = profile->section.items[i].kind;
        if ((kind == PK_SECTION_OTHER || kind == PK_SECTION_PARTICIPANTS) &&
            is_wanted(minutes, present, i))
            return true;
    }
    return false;
}

/* "Всего: 20. Присутствовало: 15.", "Приняли участие собственники, у которых 68 % голосов": how
 * many came, as Russian minutes tell it. */
static bool is_counted(struct pk_view text, size_t at, size_t behind)
{
    enum { NEAR = 160 /* bytes */ };
    size_t width;
    if (!pk_is_cyrillic(pk_decode(pk_view_part(text, at, behind), &width)))
        return false;
    for (size_t i = behind; i < text.length && i < behind + NEAR && text.at[i] != '\n'; i++)
        if (text.at[i] >= '0' && text.at[i] <= '9')
            return true;
    return false;
}

/* Is the title of a section of the profile's own said anywhere: "Кворум имеется"? */
static void find_said(const struct pk_minutes *minutes, bool *present)
{
    const struct pk_profile *profile = minutes->profile;
    struct pk_view text = minutes->blocks.text;
    size_t width, length = 0;
    for (size_t at = 0; at < text.length; at += width) {
        unsigned char byte = (unsigned char)text.at[at];
        width = 1;
        if (byte < 0x80 && !pk_plain_word[byte])
            continue;
        struct pk_view rest = pk_view_part(text, at, text.length);
        uint32_t hash = pk_hash_word(rest, &width);
        bool known = pk_hashed_kinds(&profile->words, hash) >> PK_WORD_SECTION & 1;
        const struct pk_phrase *phrase =
            known && pk_is_letter(pk_decode(rest, &length))
                ? pk_words_of(&profile->words, rest, PK_WORD_SECTION, &length)
                : NULL;
        enum pk_section_kind kind =
            phrase ? profile->section.items[phrase->meaning.value].kind : PK_SECTION_DECISIONS;
        bool counted = kind == PK_SECTION_PARTICIPANTS && is_counted(text, at, at + length);
        if (kind == PK_SECTION_OTHER || counted)
            present[phrase->meaning.value] = true;
    }
}

/* "Учёный секретарь          Е.А. Ким": initials far behind an office. */
static bool ends_in_initials(struct pk_view line)
{
    enum { FAR = 4 /* blanks */ };
    size_t width, run = 0;
    for (size_t at = 0; at < line.length && line.at[at] != '\n'; at += width) {
        uint32_t sign = pk_decode(pk_view_part(line, at, line.length), &width);
        if (at && run >= FAR && pk_is_upper(sign) && at + width < line.length &&
            line.at[at + width] == '.')
            return true;
        run = sign == ' ' ? run + 1 : 0;
    }
    return false;
}

/* Does a line begin with who chairs or writes, and no colon: "Секретарь   Е.А. Ким"? */
static bool is_signed(const struct pk_minutes *minutes, struct pk_view line)
{
    if (ends_in_initials(line))
        return true;
    size_t length;
    const struct pk_phrase *field =
        pk_words_of(&minutes->library->words, line, PK_WORD_FIELD, &length);
    bool signs = field && (field->meaning.value == PK_FIELD_CHAIR ||
                           field->meaning.value == PK_FIELD_SECRETARY);
    bool last = memchr(line.at, '\n', line.length) == NULL; /* "Председатель правления: Ким Е.А." */
    if (!signs || length >= line.length || (line.at[length] != ' ' && !last))
        return false;
    for (size_t at = length; last && at + 1 < line.length; at++)
        if (line.at[at] == ':')
            length = at + 1;
    enum { FAR = 4 /* blanks: "Секретарь комиссии     Е.А. Ким" */ };
    for (size_t at = length, run = 0; at < line.length && line.at[at] != '\n' && run < FAR; at++) {
        run = line.at[at] == ' ' ? run + 1 : 0;
        length = run == FAR ? at : length;
    }
    size_t width; /* and no "Секретарь закрыл заседание" */
    struct pk_view name = pk_trim(pk_view_part(line, length, line.length));
    return name.length && pk_is_upper(pk_decode(name, &width));
}

/* "Председатель ________ Е.А. Ким": a line to sign on; or names behind offices at the end. */
static bool has_line_to_sign(const struct pk_minutes *minutes)
{
    enum { SHORTEST = 5, TAIL = 600 /* bytes */ };
    struct pk_view text = minutes->blocks.text;
    size_t run = 0, tail = text.length > TAIL ? text.length - TAIL : 0;
    for (size_t i = 0; i < text.length && run < SHORTEST; i++) {
        run = text.at[i] == '_' ? run + 1 : 0;
        if (i > tail && text.at[i - 1] == '\n' &&
            is_signed(minutes, pk_trim(pk_view_part(text, i, text.length))))
            return true;
    }
    return run >= SHORTEST;
}

/* "# Tagesordnung 4.5.2027", "# Board agenda, 4 May 2027": an agenda that became the minutes. */
static bool is_titled_agenda(const struct pk_minutes *minutes)
{
    struct pk_view title = minutes->title;
    size_t length, width, before;
    for (size_t at = 0; at < title.length; at += width) {
        bool word = pk_is_letter(pk_decode(pk_view_part(title, at, title.length), &width)) &&
                    !(at && pk_is_word(pk_decode_before(title, at, &before)));
        const struct pk_phrase *phrase =
            word ? pk_words_of(&minutes->library->words, pk_view_part(title, at, title.length),
                               PK_WORD_SECTION, &length)
                 : NULL;
        if (phrase && phrase->meaning.value == PK_SECTION_AGENDA)
            return true;
    }
    return false;
}

/* Which of the profile's sections the minutes have, in whatever form: a section
 * of that kind under another title, a line in the heading ("Present: ..."), or
 * what would stand there ("Decision: ...") where it came up. */
static bool *find_present(const struct pk_minutes *minutes)
{
    const struct pk_profile *profile = minutes->profile;
    bool *present = pk_alloc(minutes->arena, profile->section.count);
    bool kinds[PK_SECTION_KINDS] = {
        [PK_SECTION_PARTICIPANTS] =
            has_people(minutes) || has_field(minutes, PK_FIELD_PARTICIPANTS),
        [PK_SECTION_AGENDA] = has_numbered_points(minutes) || is_titled_agenda(minutes),
        [PK_SECTION_TOPICS] =
            has_own_topics(minutes) || has_notes_in_agenda(minutes) || has_numbered_lines(minutes),
        [PK_SECTION_DECISIONS] = minutes->decision.count,
        [PK_SECTION_AGREEMENTS] = minutes->decision.count,
        [PK_SECTION_ACTIONS] = has_actions(minutes),
        [PK_SECTION_ABSENT] = has_field(minutes, PK_FIELD_ABSENT),
        [PK_SECTION_NEXT_MEETING] = has_field(minutes, PK_FIELD_NEXT_MEETING),
    };
    for (uint32_t i = 0; present && i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        kinds[section->kind] = kinds[section->kind] || section->kind != PK_SECTION_OTHER;
        uint32_t named = kinds_named(minutes, section->title);
        for (int kind = 1; kind < PK_SECTION_KINDS; kind++)
            kinds[kind] = kinds[kind] || (named >> kind & 1);
        if (section->profile_section >= 0)
            present[section->profile_section] = true;
    }
    for (uint32_t i = 0; present && i < profile->section.count; i++)
        present[i] = present[i] || kinds[profile->section.items[i].kind];
    for (uint32_t i = 0; present && i < profile->section.count; i++)
        present[i] = present[i] || (is_wanted(minutes, present, i) &&
                                    pk_is(profile->section.items[i].id, "signatures") &&
                                    has_line_to_sign(minutes));
    if (present && wants_said(minutes, present))
        find_said(minutes, present);
    return present;
}

/* "## Key agenda points", "[Meeting attendees](...)": a section that a title or a link names. */
static void find_named(const struct pk_minutes *minutes, bool told[PK_SECTION_KINDS])
{
    const struct pk_blocks *blocks = &minutes->blocks;
    for (uint32_t i = 1, section = 0; i < blocks->block.count; i++) {
        const struct pk_block *block = &blocks->block.items[i];
        while (section < minutes->section.count && minutes->section.items[section].block < i)
            section++;
        bool known = section < minutes->section.count && /* for what it is */
                     minutes->section.items[section].block == i &&
                     minutes->section.items[section].profile_section >= 0;
        if (!block->segment_count || is_title(minutes, block) || known ||
            (block->kind != PK_HEADING && block->kind != PK_PARAGRAPH))
            continue;
        struct pk_view line = pk_slice(blocks->text, blocks->segment.items[block->segment]);
        size_t width, length;
        if ((block->kind == PK_PARAGRAPH && (!line.length || line.at[0] != '[')) ||
            pk_has_placeholder(minutes, blocks->segment.items[block->segment]))
            continue;
        for (size_t at = 0; at < line.length; at += width) {
            size_t before;
            bool word = pk_is_letter(pk_decode(pk_view_part(line, at, line.length), &width)) &&
                        !(at && pk_is_word(pk_decode_before(line, at, &before)));
            const struct pk_phrase *phrase =
                word ? pk_words_of(&minutes->library->words, pk_view_part(line, at, line.length),
                                   PK_WORD_SECTION, &length)
                     : NULL;
            if (phrase)
                told[phrase->meaning.value] = true;
        }
    }
}

/* Notes that stand four blanks in are code to Markdown, which nobody reads. */
static bool has_notes_as_code(const struct pk_minutes *minutes)
{
    enum { FEWEST = 5 /* lines */ };
    for (uint32_t i = 1; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        if (block->kind == PK_CODE && !block->fenced && block->segment_count >= FEWEST)
            return true;
    }
    return false;
}

/* What words of the text tell of, "carried unanimously", or a table that nobody reads may. */
static void find_told(struct pk_lint *lint, bool told[PK_SECTION_KINDS])
{
    static const struct {
        const char *group;
        enum pk_section_kind kind;
    } groups[] = {{"decisions", PK_SECTION_DECISIONS},
                  {"actions", PK_SECTION_ACTIONS},
                  {"next-meeting", PK_SECTION_NEXT_MEETING},
                  {"participants", PK_SECTION_PARTICIPANTS}};
    bool coded = has_notes_as_code(pk_minutes_of(lint));
    bool veiled = coded || has_html_table(pk_minutes_of(lint));
    told[PK_SECTION_TOPICS] = told[PK_SECTION_TOPICS] || coded;
    told[PK_SECTION_AGENDA] = told[PK_SECTION_AGENDA] || coded;
    uint32_t count = 0;
    const struct pk_found_word *found = pk_found_words(lint, &count);
    for (size_t n = 0; n < sizeof groups / sizeof *groups; n++) {
        told[groups[n].kind] =
            told[groups[n].kind] || (veiled && groups[n].kind != PK_SECTION_NEXT_MEETING);
        for (uint32_t i = 0; i < count && !told[groups[n].kind]; i++)
            told[groups[n].kind] = strcmp(found[i].group, groups[n].group) == 0;
    }
}

/* "I. О ремонте" over orders: sections known by what they hold, which a title put above them would
 * make parts of its own. */
static bool has_untitled(const struct pk_minutes *minutes)
{
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        struct pk_view first;
        if (section->kind == PK_SECTION_DECISIONS &&
            !pk_words_whole_of(&minutes->profile->words, section->title, PK_WORD_SECTION) &&
            !pk_kinds_of_title(minutes->library, section->title, &first))
            return true;
    }
    return false;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_profile *profile = minutes->profile;
    bool untitled = has_untitled(minutes);
    const bool *present = find_present(minutes);
    bool told[PK_SECTION_KINDS] = {false};
    find_named(minutes, told);
    find_told(lint, told);
    for (uint32_t i = 0; present && i < profile->section.count; i++) {
        const struct pk_profile_section *section = &profile->section.items[i];
        enum pk_severity severity = pk_severity_set(lint, section->severity);
        if (present[i] || !section->required[minutes->detail] || severity == PK_OFF ||
            (told[section->kind] && severity < PK_WARNING))
            continue;
        struct pk_view title = pk_section_title(section, minutes->language);
        pk_report1(lint, pk_document_span(minutes), "the section \"%1\" is missing", title);
        pk_grade(lint, severity);
        if (!untitled)
            pk_offer_section(lint, i, "insert the section \"%1\"");
    }
}

const struct pk_rule pk_rule_section_missing = {
    .id = "section-missing",
    .severity = PK_WARNING,
    .summary = "minutes have every section that the profile asks for",
    .help = "Both sides look for the same parts: who met, why, what was discussed and agreed, what "
            "follows. Insert the section - the fix puts its title and what to fill in at its "
            "place - or give your own title to the profile:\n\n"
            "    sections: [{id: agreements, title: {en: [Agreements, What we settled]}}]\n\n"
            "Where the profile asks for a section but as information, words that tell of it are "
            "enough: \"carried unanimously\", \"the next meeting is\".",
    .words = {"decisions", "actions", "next-meeting", "participants"},
    .check = check,
};
