/* read.c - from a text to minutes, floor by floor. */
#include "read/read.h"

#include <string.h>

const char *const pk_sources_names[] = {"checkbox", "keyword", "section",
                                        "table",    "field",   "sentence"};
const char *const pk_states[] = {"open", "done", "cancelled"};

/* -- Front matter -- */

struct pk_span pk_front_span(const struct pk_reader *reader, struct pk_span in_yaml)
{
    uint32_t start = pk_front_start(reader->minutes);
    return (struct pk_span){start + in_yaml.start, start + in_yaml.end};
}

/* A word the front matter says: under one of the keys, or under that of `protokol:` itself. */
static struct pk_view front_word(const struct pk_minutes *minutes, const char *key,
                                 const char *other)
{
    const struct pk_yaml *own = pk_yaml_get(minutes->front, "protokol");
    const struct pk_yaml *places[] = {own && own->kind == PK_YAML_MAP ? own : NULL, minutes->front};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct pk_yaml *found = pk_yaml_get(places[i], key);
        if (!found && other)
            found = pk_yaml_get(places[i], other);
        if (found && found->kind == PK_YAML_SCALAR)
            return pk_trim(found->value);
    }
    return PK_VIEW("");
}

/* -- The title -- */

static struct pk_view line_of(struct pk_reader *reader, uint32_t block, uint32_t line)
{
    const struct pk_flow *flow = pk_flow_of(reader, block);
    struct pk_range range = pk_flow_line(reader, block, flow, line);
    return pk_view_part(flow->text, range.start, range.end);
}

/* "ПРОТОКОЛ № 7" below the name of the house: by itself in its line, and in capitals. */
static bool is_lone_title(struct pk_reader *reader, struct pk_view line)
{
    char room[64];
    size_t width;
    struct pk_view word = pk_lone_word(reader->library, line, room, sizeof room);
    for (size_t at = 0; at < word.length; at += width) {
        if (!pk_is_upper(pk_char_at(word, at, &width)))
            return false;
    }
    return word.length && pk_title_of_minutes(reader->library, word);
}

/* The first heading, if no section comes before it; in plain text the first line, or the word
 * for minutes in one of those below it. */
static uint32_t title_block(struct pk_reader *reader, uint32_t *line)
{
    enum { TITLE_LINES = 8 };
    const struct pk_blocks *blocks = &reader->minutes->blocks;
    uint32_t lines = 0;
    *line = 0;
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        const struct pk_block *block = pk_block_of(reader, i);
        if (block->kind == PK_HEADING) {
            struct pk_view words = pk_bare_title(reader->library, pk_flow_of(reader, i)->text);
            return pk_phrase_whole(reader, words, PK_WORD_SECTION) && block->level > 1 ? 0 : i;
        }
        if (block->kind != PK_PARAGRAPH)
            continue;
        for (uint32_t n = 0; n < block->segment_count && lines < TITLE_LINES; n++, lines++) {
            struct pk_view words = line_of(reader, i, n);
            if (lines ? !is_lone_title(reader, words)
                      : !pk_title_of_minutes(reader->library, words))
                continue;
            *line = n;
            return i;
        }
    }
    return 0;
}

static void read_title(struct pk_reader *reader)
{
    struct pk_minutes *minutes = reader->minutes;
    reader->title_block = title_block(reader, &reader->title_line);
    if (reader->title_block) {
        const struct pk_flow *flow = pk_flow_of(reader, reader->title_block);
        struct pk_range range = pk_flow_line(reader, reader->title_block, flow, reader->title_line);
        minutes->title = pk_view_part(flow->text, range.start, range.end);
        minutes->title_span = pk_span_in(flow, range);
        return;
    }
    const struct pk_yaml *title = pk_yaml_get(minutes->front, "title");
    if (title && title->kind == PK_YAML_SCALAR) {
        minutes->title = title->value;
        minutes->title_span = pk_front_span(reader, title->span);
    }
}

static struct pk_view join(struct pk_arena *arena, struct pk_view word, struct pk_view line)
{
    char *out = pk_alloc(arena, word.length + 1 + line.length);
    if (!out)
        return word;
    memcpy(out, word.at, word.length);
    out[word.length] = ' ';
    memcpy(out + word.length + 1, line.at, line.length);
    return (struct pk_view){out, word.length + 1 + line.length};
}

/* "ПРОТОКОЛ № 7" over "заседания правления ...": the title as it would stand in one line. */
static struct pk_view whole_title(struct pk_reader *reader)
{
    enum { LINES_BELOW = 3 };
    char room[64];
    const struct pk_minutes *minutes = reader->minutes;
    struct pk_view word = pk_lone_word(reader->library, minutes->title, room, sizeof room);
    uint32_t lines = 0;
    if (!reader->title_block || !word.length)
        return minutes->title;
    for (uint32_t i = reader->title_block; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = pk_block_of(reader, i);
        for (uint32_t n = 0; pk_is_leaf(block) && n < block->segment_count; n++) {
            struct pk_view line = line_of(reader, i, n);
            size_t width;
            uint32_t first = pk_decode(line, &width);
            if (line.at <= minutes->title.at && i == reader->title_block)
                continue;
            if (lines++ == LINES_BELOW)
                return minutes->title;
            if (pk_is_letter(first) && (lines == 1 || !pk_is_upper(first)))
                return join(reader->arena, word, line);
        }
    }
    return minutes->title;
}

/* -- What the options or the document ask for -- */

/* A mail or a note for a chat has no title: one of its first lines tells what it is about. */
static const struct pk_profile *profile_of_head(struct pk_reader *reader)
{
    enum { LINES = 5 };
    const struct pk_blocks *blocks = &reader->minutes->blocks;
    const struct pk_profile *found = NULL;
    uint32_t lines = 0;
    for (uint32_t i = 1; i < blocks->block.count && lines < LINES && !found; i++) {
        const struct pk_block *block = pk_block_of(reader, i);
        if (block->kind == PK_HEADING)
            break;
        for (uint32_t n = 0;
             block->kind == PK_PARAGRAPH && n < block->segment_count && !found && lines++ < LINES;
             n++)
            found = pk_profile_of_title(reader->library, line_of(reader, i, n));
    }
    return found;
}

static enum pk_status choose_profile(struct pk_reader *reader, struct pk_view asked,
                                     struct pk_error *error)
{
    struct pk_minutes *minutes = reader->minutes;
    const struct pk_library *library = minutes->library;
    if (asked.length) {
        minutes->profile = pk_library_profile(library, asked);
        return minutes->profile ? PK_OK
                                : pk_fail(error, PK_EINPUT, "there is no profile \"%.*s\"",
                                          (int)asked.length, asked.at);
    }
    struct pk_view own = front_word(minutes, "protokol", NULL);
    if (!own.length)
        own = front_word(minutes, "profile", NULL);
    minutes->profile = own.length ? pk_library_profile(library, own) : NULL;
    if (!minutes->profile)
        minutes->profile = pk_profile_of_title(library, whole_title(reader));
    if (!minutes->profile && !minutes->title.length)
        minutes->profile = profile_of_head(reader);
    if (!minutes->profile)
        minutes->profile = library->preferred;
    return PK_OK;
}

static enum pk_status choose_language(struct pk_minutes *minutes, struct pk_view asked,
                                      struct pk_error *error)
{
    const struct pk_library *library = minutes->library;
    if (asked.length) {
        minutes->language = pk_library_language(library, asked);
        return minutes->language ? PK_OK
                                 : pk_fail(error, PK_EINPUT, "there is no language \"%.*s\"",
                                           (int)asked.length, asked.at);
    }
    struct pk_view own = front_word(minutes, "lang", "language");
    minutes->language = own.length ? pk_library_language(library, own) : NULL;
    if (!minutes->language && minutes->profile->language.length)
        minutes->language = pk_library_language(library, minutes->profile->language);
    if (!minutes->language)
        minutes->language = pk_detect_language(library, minutes->blocks.text);
    return PK_OK;
}

static bool level_of(struct pk_view word, enum pk_detail *detail)
{
    for (int i = 0; i < PK_DETAILS; i++) {
        if (pk_is(word, pk_details[i])) {
            *detail = (enum pk_detail)i;
            return true;
        }
    }
    return false;
}

static enum pk_status choose_detail(struct pk_minutes *minutes, struct pk_view asked,
                                    struct pk_error *error)
{
    minutes->detail = minutes->profile->detail;
    if (asked.length)
        return level_of(asked, &minutes->detail)
                   ? PK_OK
                   : pk_fail(error, PK_EINPUT, "there is no level of detail \"%.*s\"",
                             (int)asked.length, asked.at);
    level_of(front_word(minutes, "detail", NULL), &minutes->detail);
    return PK_OK;
}

/* -- All of it -- */

static bool ends_in(struct pk_view name, struct pk_view ending)
{
    return name.length >= ending.length &&
           pk_same_folded(pk_view_part(name, name.length - ending.length, name.length), ending);
}

enum pk_status pk_reader_open(struct pk_reader *reader, struct pk_minutes *minutes,
                              struct pk_arena *arena, const struct pk_library *library,
                              struct pk_view text, struct pk_view name)
{
    bool plain = ends_in(name, PK_VIEW(".txt"));
    *minutes = (struct pk_minutes){.arena = arena, .library = library};
    *reader = (struct pk_reader){.minutes = minutes,
                                 .arena = arena,
                                 .library = library,
                                 .words = &library->words,
                                 .plain = plain};
    enum pk_status status = pk_parse(arena, text, plain ? PK_PLAIN : PK_MARKDOWN, &minutes->blocks);
    if (status != PK_OK)
        return status;
    reader->slashes = pk_order_of_slashes(minutes->blocks.text);
    uint32_t count = minutes->blocks.block.count;
    minutes->flow = pk_alloc(arena, count * sizeof *minutes->flow);
    reader->scan = pk_alloc(arena, count * sizeof *reader->scan);
    reader->section = pk_alloc(arena, count * sizeof *reader->section);
    reader->look = pk_alloc(arena, sizeof *reader->look);
    if (!minutes->flow || !reader->scan || !reader->section || !reader->look || arena->failed)
        return PK_ENOMEM;
    reader->look->arena = arena;
    pk_front_read(minutes);
    read_title(reader);
    return arena->failed ? PK_ENOMEM : PK_OK;
}

/* Files are often named after the day: 2027-01-13-sales.md. */
static void read_date_of_name(struct pk_minutes *minutes, struct pk_view name)
{
    for (size_t at = 0; !minutes->date.year && at + 10 <= name.length; at++) {
        struct pk_date date;
        if (pk_date_parse_iso(pk_view_part(name, at, at + 10), &date))
            minutes->date = date;
    }
}

/* Floor by floor, of minutes whose profile is chosen. */
static enum pk_status read_all(struct pk_reader *reader, struct pk_view name)
{
    struct pk_minutes *minutes = reader->minutes;
    pk_read_sections(reader);
    reader->lists = pk_alloc(reader->arena, minutes->section.count + 1);
    if (!reader->lists)
        return PK_ENOMEM;
    pk_read_fields(reader);
    read_date_of_name(minutes, name);
    pk_read_next_meeting(reader);
    pk_read_people(reader);
    pk_read_aliases(reader);
    pk_learn_endings(reader);
    pk_read_heard(reader);
    pk_read_placeholders(reader);
    pk_read_actions(reader);
    pk_match_owners(reader);
    pk_read_decisions(reader);
    return reader->arena->failed ? PK_ENOMEM : PK_OK;
}

/* Of a reader that was opened. */
static enum pk_status read_on(struct pk_reader *reader, const struct pk_read_options *options,
                              struct pk_error *error)
{
    enum { LARGE = 256 * 1024 };
    struct pk_minutes *minutes = reader->minutes;
    enum pk_status status = choose_profile(reader, options->profile, error);
    if (status == PK_OK)
        status = choose_language(minutes, options->language, error);
    if (status == PK_OK)
        status = choose_detail(minutes, options->detail, error);
    if (status != PK_OK)
        return status;
    minutes->today = options->today;
    if (minutes->blocks.text.length < LARGE)
        return read_all(reader, options->name);
    struct pk_arena scans; /* take several times the text, and nobody asks for them later */
    pk_arena_init(&scans);
    pk_arena_widen(&scans);
    reader->look->arena = &scans;
    status = read_all(reader, options->name);
    pk_arena_free(&scans);
    return status;
}

enum pk_status pk_read(struct pk_arena *arena, const struct pk_library *library,
                       struct pk_view text, const struct pk_read_options *options,
                       struct pk_minutes *minutes, struct pk_error *error)
{
    struct pk_reader reader;
    enum pk_status status = pk_reader_open(&reader, minutes, arena, library, text, options->name);
    return status == PK_OK ? read_on(&reader, options, error) : status;
}

enum pk_status pk_read_if_minutes(struct pk_arena *arena, const struct pk_library *library,
                                  struct pk_view text, const struct pk_read_options *options,
                                  struct pk_minutes *minutes, bool *is, struct pk_error *error)
{
    struct pk_reader reader;
    enum pk_status status = pk_reader_open(&reader, minutes, arena, library, text, options->name);
    *is = status == PK_OK && pk_head_tells_minutes(&reader);
    if (*is)
        return read_on(&reader, options, error);
    *is = status == PK_OK && pk_body_tells_minutes(&reader);
    if (arena->failed)
        return PK_ENOMEM;
    return *is ? pk_read(arena, library, text, options, minutes, error) : status;
}
