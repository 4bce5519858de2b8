/* detect.c - what language and what kind of minutes this is; whether it is minutes at all. */
#include "read/read.h"

enum { LOOK_AT = 8192 /* bytes of text that tell the language */, MOST_LANGUAGES = 64 };

/* -- Language -- */

static bool is_cyrillic_name(struct pk_view name)
{
    size_t width;
    return name.length && pk_is_cyrillic(pk_decode(name, &width));
}

/* What a word tells of its language: frequent words a little, words of minutes more. */
static uint32_t telling(uint16_t kind)
{
    switch (kind) {
    case PK_WORD_COMMON:
        return 1;
    case PK_WORD_SECTION:
    case PK_WORD_FIELD:
    case PK_WORD_TITLE:
    case PK_WORD_MONTH:
        return 2;
    default:
        return 0;
    }
}

/* What stands in an HTML comment tells nothing. How many bytes it has; 0: none is here. */
static size_t comment_at(struct pk_view text, size_t at)
{
    if (text.at[at] != '<' || !pk_starts(pk_view_part(text, at, text.length), PK_VIEW("<!--")))
        return 0;
    size_t end = pk_comment_end(text, at);
    return (end ? end : text.length) - at;
}

static bool is_cyrillic_text(struct pk_view text)
{
    size_t cyrillic = 0, letters = 0, width;
    for (size_t at = 0; at < text.length; at += width) {
        uint32_t codepoint = pk_decode(pk_view_part(text, at, text.length), &width);
        size_t comment = comment_at(text, at);
        width = comment ? comment : width;
        letters += pk_is_letter(codepoint);
        cyrillic += pk_is_cyrillic(codepoint);
    }
    return cyrillic * 2 > letters;
}

const struct pk_language *pk_detect_language(const struct pk_library *library, struct pk_view text)
{
    uint32_t votes[MOST_LANGUAGES] = {0};
    text = pk_view_part(text, 0, LOOK_AT);
    bool cyrillic = is_cyrillic_text(text);
    size_t width, length;
    for (size_t at = 0; at < text.length; at += width) {
        uint32_t first = pk_char_at(text, at, &width);
        size_t comment = comment_at(text, at);
        width = comment ? comment : width;
        if (!pk_is_letter(first) || !pk_word_starts(text, at))
            continue;
        const struct pk_phrase *phrase =
            pk_words_at(&library->words, pk_view_part(text, at, text.length), &length);
        for (; phrase; phrase = pk_words_again(phrase)) {
            if (phrase->meaning.language < MOST_LANGUAGES)
                votes[phrase->meaning.language] += telling(phrase->meaning.kind);
        }
    }
    const struct pk_language *best = NULL;
    for (uint32_t i = 0; i < library->language.count && i < MOST_LANGUAGES; i++) {
        const struct pk_language *language = &library->language.items[i];
        if (is_cyrillic_name(language->name) != cyrillic)
            continue;
        if (!best || votes[language->index] > votes[best->index] ||
            (votes[language->index] == votes[best->index] &&
             (pk_is(language->id, "en") || !best->labels)))
            best = language;
    }
    return best ? best : &library->language.items[0];
}

/* -- Profile -- */

/* A title's letters set apart, "П Р О Т О К О Л": without the blanks. */
static struct pk_view closed_up(struct pk_view title, char *out, size_t room)
{
    size_t length = 0, width, blanks = 0;
    for (size_t at = 0; at < title.length; at += width) {
        uint32_t codepoint = pk_char_at(title, at, &width);
        if (pk_is_space(codepoint)) {
            blanks++;
            continue;
        }
        if (length + width > room)
            return title;
        for (size_t i = 0; i < width; i++)
            out[length++] = title.at[at + i];
    }
    return blanks && blanks + 1 >= pk_codepoints((struct pk_view){out, length})
               ? (struct pk_view){out, length}
               : title;
}

static bool is_of_letter(unsigned char byte)
{
    return byte < 0x80 ? pk_is_letter(byte) : byte >= 0xD0;
}

/* Is a word of minutes' titles the first of these words, the last, or a phrase of several
 * among them? "10 minutes to learn ..." is no title of minutes. */
static bool has_title_word(const struct pk_words *words, struct pk_view title)
{
    size_t width, length, letters = title.length;
    while (letters && !is_of_letter((unsigned char)title.at[letters - 1]))
        letters--;
    for (size_t at = 0; at < title.length; at += width) {
        uint32_t first = pk_char_at(title, at, &width);
        if (!pk_is_letter(first) || !pk_word_starts(title, at))
            continue;
        const struct pk_phrase *phrase =
            pk_words_of(words, pk_view_part(title, at, title.length), PK_WORD_TITLE, &length);
        if (!phrase)
            continue;
        bool several = false, last = at + length >= letters;
        for (size_t i = 0; i < phrase->folded.length; i++)
            several = several || phrase->folded.at[i] == ' ';
        if (at == 0 || several || (last && at > 0 && !pk_is_digit((unsigned char)title.at[0])))
            return true;
    }
    return false;
}

/* Does the title, without its number and the like, hold a word of minutes' titles? */
static bool bears_title(const struct pk_words *words, struct pk_view bare)
{
    char room[128];
    struct pk_view closed = closed_up(bare, room, sizeof room);
    return has_title_word(words, bare) || (closed.at != bare.at && has_title_word(words, closed));
}

bool pk_title_of_minutes(const struct pk_library *library, struct pk_view title)
{
    if (!title.length)
        return false;
    struct pk_view bare = pk_bare_title(library, title);
    for (uint32_t i = 0; i < library->profile.count; i++) {
        const struct pk_words *words = &library->profile.items[i]->words;
        if (words->first != library->words.first && bears_title(words, bare))
            return true;
    }
    return bears_title(&library->words, bare);
}

/* The letters of the word at `at`, those set apart by blanks too, in `out`; where it ends. */
static size_t take_word(struct pk_view line, size_t at, char *out, size_t room, size_t *length)
{
    size_t width, end = pk_word_end(line, at);
    bool apart = end > at && pk_codepoints(pk_view_part(line, at, end)) == 1;
    *length = 0;
    while (end > at && *length + end - at <= room) {
        for (size_t i = at; i < end; i++)
            out[(*length)++] = line.at[i];
        size_t next = pk_skip_blanks(line, end), behind = pk_word_end(line, next);
        if (!apart || !pk_is_letter(pk_char_at(line, next, &width)) || behind != next + width)
            return end;
        at = next;
        end = behind;
    }
    return end;
}

struct pk_view pk_lone_word(const struct pk_library *library, struct pk_view line, char *out,
                            size_t room)
{
    enum { SHORTEST = 4, LONGEST_MARK = 4 /* bytes: "N", "от" */ };
    size_t width, length, word, at = 0;
    while (at < line.length && !pk_is_word(pk_char_at(line, at, &width)))
        at += width;
    if (!pk_is_letter(pk_char_at(line, at, &width)))
        return PK_VIEW("");
    for (at = take_word(line, at, out, room, &length); at < line.length; at += width) {
        uint32_t sign = pk_char_at(line, at, &width);
        if (!pk_is_letter(sign) || pk_is_word(pk_char_before(line, at)))
            continue;
        struct pk_view rest = pk_view_part(line, at, line.length);
        if (pk_word_end(line, at) - at > LONGEST_MARK &&
            !pk_words_of(&library->words, rest, PK_WORD_MONTH, &word))
            return PK_VIEW("");
    }
    return (struct pk_view){out, length >= SHORTEST ? length : 0};
}

static bool has_word(const struct pk_words *words, struct pk_view title)
{
    size_t width, length;
    for (size_t at = 0; at < title.length; at += width) {
        if (pk_is_letter(pk_char_at(title, at, &width)) && pk_word_starts(title, at) &&
            pk_words_at(words, pk_view_part(title, at, title.length), &length))
            return true;
    }
    return false;
}

static bool suits(const struct pk_profile *profile, const struct pk_library *library,
                  struct pk_view title)
{
    return bears_title(&profile->words, pk_bare_title(library, title)) ||
           has_word(&profile->about, title);
}

/* A project's own profile is there for all of its minutes, whatever their titles. */
const struct pk_profile *pk_profile_of_title(const struct pk_library *library, struct pk_view title)
{
    if (library->project || (title.length && suits(library->preferred, library, title)))
        return library->preferred;
    for (uint32_t i = 0; title.length && i < library->profile.count; i++) {
        if (suits(library->profile.items[i], library, title))
            return library->profile.items[i];
    }
    return NULL;
}

/* -- Minutes or not -- */

static bool names_profile(const struct pk_reader *reader)
{
    return reader->minutes->front && pk_yaml_get(reader->minutes->front, "protokol");
}

/* Do headings and lines name most of the sections that some profile asks for? */
static bool has_most_sections(struct pk_reader *reader)
{
    const struct pk_library *library = reader->library;
    for (uint32_t p = 0; p < library->profile.count; p++) {
        const struct pk_profile *profile = library->profile.items[p];
        uint32_t required = 0, found = 0;
        reader->minutes->profile = profile;
        reader->minutes->section.count = 0;
        pk_read_sections(reader);
        for (uint32_t i = 0; i < profile->section.count; i++) {
            bool here = false;
            for (uint32_t s = 0; s < reader->minutes->section.count; s++)
                here = here || reader->minutes->section.items[s].profile_section == (int)i;
            required += profile->section.items[i].required[PK_BRIEF];
            found += here && profile->section.items[i].required[PK_BRIEF];
        }
        if (required > 1 && found * 2 > required)
            return true;
    }
    return false;
}

/* What tells of minutes, though no title word and no profile does. */
struct evidence {
    bool meeting; /* the title has a word for a meeting */
    bool titled;  /* a day in the title */
    bool dated;   /* a day in the head, labelled or by itself */
    bool people;  /* who was there */
    int sections; /* kinds of other sections that minutes have */
};

static bool has_meeting_word(const struct pk_reader *reader, struct pk_view title)
{
    size_t width, end;
    for (size_t at = 0; at < title.length; at += width) {
        uint32_t sign = pk_char_at(title, at, &width);
        if (pk_is_letter(sign) && pk_word_starts(title, at) &&
            pk_phrase_at(reader, title, at, PK_WORD_MEETING, &end))
            return true;
    }
    return false;
}

static bool has_day(const struct pk_reader *reader, struct pk_view title)
{
    struct pk_when when;
    bool figures = false;
    for (size_t i = 0; i < title.length; i++)
        figures = figures || pk_is_digit((unsigned char)title.at[i]);
    return figures && pk_when_any(reader, title, (struct pk_range){0, title.length}, &when) &&
           when.dated == PK_DATED;
}

static struct evidence evidence_of(struct pk_reader *reader)
{
    static const enum pk_section_kind telling[] = {
        PK_SECTION_ABSENT,  PK_SECTION_AGENDA, PK_SECTION_AGREEMENTS,   PK_SECTION_DECISIONS,
        PK_SECTION_ACTIONS, PK_SECTION_TOPICS, PK_SECTION_PAST_ACTIONS, PK_SECTION_NEXT_MEETING};
    struct pk_minutes *minutes = reader->minutes;
    struct evidence found = {.meeting = has_meeting_word(reader, minutes->title),
                             .titled = has_day(reader, minutes->title)};
    pk_read_fields(reader);
    for (uint32_t i = 0; i < minutes->field.count; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        found.people = found.people || field->kind == PK_FIELD_PARTICIPANTS;
        found.dated = found.dated || (field->kind == PK_FIELD_DATE && !field->front_matter);
    }
    for (uint32_t i = 0; i < minutes->section.count; i++)
        found.people = found.people || minutes->section.items[i].kind == PK_SECTION_PARTICIPANTS;
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
        found.sections += pk_minutes_section(minutes, telling[i]) != NULL;
    return found;
}

static bool looks_like_minutes(struct pk_reader *reader)
{
    struct evidence found = evidence_of(reader);
    if (found.titled && (found.meeting || found.people || found.sections > 1))
        return true;
    if (found.dated && found.meeting && (found.people || found.sections))
        return true;
    return found.people && ((found.dated && found.sections) || found.sections > 1 ||
                            (found.meeting && found.sections));
}

bool pk_head_tells_minutes(const struct pk_reader *reader)
{
    return names_profile(reader) || pk_title_of_minutes(reader->library, reader->minutes->title);
}

bool pk_body_tells_minutes(struct pk_reader *reader)
{
    return has_most_sections(reader) || looks_like_minutes(reader);
}

enum pk_status pk_is_minutes(const struct pk_library *library, struct pk_view text,
                             struct pk_view name, bool *is)
{
    struct pk_arena arena;
    struct pk_minutes minutes;
    struct pk_reader reader;
    pk_arena_init(&arena);
    enum pk_status status = pk_reader_open(&reader, &minutes, &arena, library, text, name);
    *is = status == PK_OK && (pk_head_tells_minutes(&reader) || pk_body_tells_minutes(&reader));
    if (arena.failed)
        status = PK_ENOMEM;
    pk_arena_free(&arena);
    return status;
}
