/* yaml.c - YAML as a small tree: the one file that sees libyaml.
 *
 * libyaml hands over one event at a time and is stopped at the first that goes
 * deeper than a profile may: its time grows with the square of open flow
 * brackets, so that it must never be asked for a whole tree. What it has
 * queued by then is bounded: a possible key ends after 1,024 characters.
 */
#include "text/yaml.h"

#include <string.h>
#include <yaml.h>

enum { SIZE_LIMIT = 256 * 1024, DEPTH_LIMIT = 16, NODE_LIMIT = 50000 };

/* A place in the text, walked forward: libyaml counts code points, we count bytes. */
struct cursor {
    size_t index;  /* code points */
    size_t offset; /* bytes */
};

/* An open list or map. */
struct frame {
    struct pk_yaml *node;
    struct pk_yaml *last; /* member so far */
    bool flow;
    bool has_key;
    struct pk_view key;
    struct pk_span key_span;
    uint32_t key_line, key_column;
};

struct reader {
    struct pk_arena *arena;
    struct pk_view text;
    yaml_parser_t parser;
    struct cursor cursor;
    struct cursor line; /* start of the line the cursor is on, and in `index` its number from 0 */
    struct frame frame[DEPTH_LIMIT];
    int depth;
    uint32_t nodes;
    struct pk_yaml *root;
    struct pk_yaml **member; /* every map's members, by map and key: to find twins */
    const struct pk_yaml **owner;
    uint32_t room, members;
    struct pk_error *error;
};

/* -- Places -- */

/* One code point on. libyaml has seen to it that the text is UTF-8. */
static void step(struct reader *reader)
{
    const char *text = reader->text.at;
    size_t length = reader->text.length, at = reader->cursor.offset;
    if (text[at] == '\n' || (text[at] == '\r' && !(at + 1 < length && text[at + 1] == '\n'))) {
        reader->line.index++;
        reader->line.offset = at + 1;
    }
    do
        at++;
    while (at < length && (text[at] & 0xC0) == 0x80);
    reader->cursor.offset = at;
    reader->cursor.index++;
}

static void rewind_cursor(struct reader *reader)
{
    bool bom = pk_starts(reader->text, PK_VIEW("\xEF\xBB\xBF"));
    reader->cursor = (struct cursor){0, bom ? 3 : 0};
    reader->line = (struct cursor){0, reader->cursor.offset};
}

static uint32_t offset_of(struct reader *reader, size_t index)
{
    if (index < reader->cursor.index)
        rewind_cursor(reader);
    while (reader->cursor.index < index && reader->cursor.offset < reader->text.length)
        step(reader);
    return (uint32_t)reader->cursor.offset;
}

static void set_place(const struct reader *reader, uint32_t *line, uint32_t *column)
{
    *line = (uint32_t)reader->line.index + 1;
    *column = (uint32_t)(reader->cursor.offset - reader->line.offset) + 1;
}

static enum pk_status fail_here(struct reader *reader, const char *message)
{
    set_place(reader, &reader->error->line, &reader->error->column);
    return pk_fail(reader->error, PK_EINPUT, "%s", message);
}

static enum pk_status fail_at(struct reader *reader, yaml_mark_t mark, const char *message)
{
    offset_of(reader, mark.index);
    return fail_here(reader, message);
}

/* What libyaml has to say. */
static enum pk_status fail_parser(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        return pk_fail(reader->error, PK_ENOMEM, "out of memory");
    if (parser->error == YAML_READER_ERROR) { /* problem_offset: bytes behind the BOM */
        rewind_cursor(reader);
        size_t at = reader->cursor.offset + parser->problem_offset;
        while (reader->cursor.offset < at && reader->cursor.offset < reader->text.length)
            step(reader);
    } else {
        offset_of(reader, parser->problem_mark.index);
    }
    set_place(reader, &reader->error->line, &reader->error->column);
    return pk_fail(reader->error, PK_EINPUT, "%s%s%s",
                   parser->problem ? parser->problem : "no YAML", parser->context ? " " : "",
                   parser->context ? parser->context : "");
}

/* -- Twins -- */

static uint32_t slot_of(const struct reader *reader, const struct pk_yaml *map, struct pk_view key)
{
    uint64_t hash = 14695981039346656037u ^ (uint64_t)(uintptr_t)map; /* FNV-1a, 64 bits */
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)key.at[i]) * 1099511628211u;
    uint32_t slot = (uint32_t)(hash ^ hash >> 32) & (reader->room - 1);
    while (reader->member[slot] &&
           !(reader->owner[slot] == map && pk_same(reader->member[slot]->key, key)))
        slot = (slot + 1) & (reader->room - 1);
    return slot;
}

static bool make_room(struct reader *reader)
{
    if (reader->members * 2 < reader->room)
        return true;
    struct reader wider = *reader;
    wider.room = reader->room ? reader->room * 2 : 64;
    wider.member = pk_alloc(reader->arena, wider.room * sizeof *wider.member);
    wider.owner = pk_alloc(reader->arena, wider.room * sizeof *wider.owner);
    if (!wider.member || !wider.owner)
        return false;
    for (uint32_t i = 0; i < reader->room; i++) {
        if (!reader->member[i])
            continue;
        uint32_t slot = slot_of(&wider, reader->owner[i], reader->member[i]->key);
        wider.member[slot] = reader->member[i];
        wider.owner[slot] = reader->owner[i];
    }
    reader->member = wider.member;
    reader->owner = wider.owner;
    reader->room = wider.room;
    return true;
}

static enum pk_status remember(struct reader *reader, struct pk_yaml *map, struct pk_yaml *node)
{
    if (!make_room(reader))
        return pk_fail(reader->error, PK_ENOMEM, "out of memory");
    uint32_t slot = slot_of(reader, map, node->key);
    reader->member[slot] = node;
    reader->owner[slot] = map;
    reader->members++;
    return PK_OK;
}

/* -- Building -- */

static enum pk_status take_key(struct reader *reader, struct frame *frame,
                               const yaml_event_t *event)
{
    struct pk_view key = {(const char *)event->data.scalar.value, event->data.scalar.length};
    uint32_t start = offset_of(reader, event->start_mark.index);
    if (!key.length)
        return fail_here(reader, "a key is empty");
    if (reader->room && reader->member[slot_of(reader, frame->node, key)]) {
        set_place(reader, &reader->error->line, &reader->error->column);
        return pk_fail(reader->error, PK_EINPUT, "\"%.*s\" stands here twice",
                       (int)(key.length > 80 ? 80 : key.length), key.at);
    }
    set_place(reader, &frame->key_line, &frame->key_column);
    frame->key = pk_copy(reader->arena, key);
    frame->key_span = (struct pk_span){start, offset_of(reader, event->end_mark.index)};
    frame->has_key = true;
    return PK_OK;
}

/* A new node, hung into the list or map that is open. */
static enum pk_status add_node(struct reader *reader, const yaml_event_t *event,
                               enum pk_yaml_kind kind, struct pk_yaml **out)
{
    struct pk_yaml *node = pk_alloc(reader->arena, sizeof *node);
    if (!node)
        return pk_fail(reader->error, PK_ENOMEM, "out of memory");
    node->kind = kind;
    node->span.start = offset_of(reader, event->start_mark.index);
    set_place(reader, &node->line, &node->column);
    if (++reader->nodes > NODE_LIMIT)
        return fail_here(reader, "more than 50,000 values");
    node->span.end = offset_of(reader, event->end_mark.index);
    *out = node;
    if (!reader->depth) {
        reader->root = node;
        return PK_OK;
    }
    struct frame *frame = &reader->frame[reader->depth - 1];
    *(frame->last ? &frame->last->next : &frame->node->first) = node;
    frame->last = node;
    if (frame->node->kind != PK_YAML_MAP)
        return PK_OK;
    node->key = frame->key;
    node->key_span = frame->key_span;
    node->key_line = frame->key_line;
    node->key_column = frame->key_column;
    frame->has_key = false;
    return remember(reader, frame->node, node);
}

static bool key_expected(const struct reader *reader)
{
    if (!reader->depth)
        return false;
    const struct frame *frame = &reader->frame[reader->depth - 1];
    return frame->node->kind == PK_YAML_MAP && !frame->has_key;
}

static enum pk_status take_scalar(struct reader *reader, const yaml_event_t *event)
{
    if (event->data.scalar.anchor)
        return fail_at(reader, event->start_mark, "anchors (&name) are not for use here");
    if (event->data.scalar.tag)
        return fail_at(reader, event->start_mark, "tags (!name) are not for use here");
    if (key_expected(reader))
        return take_key(reader, &reader->frame[reader->depth - 1], event);
    struct pk_yaml *node = NULL;
    enum pk_status status = add_node(reader, event, PK_YAML_SCALAR, &node);
    if (status != PK_OK || !node)
        return status;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->value = pk_copy(reader->arena, (struct pk_view){(const char *)event->data.scalar.value,
                                                          event->data.scalar.length});
    return PK_OK;
}

static enum pk_status open_collection(struct reader *reader, const yaml_event_t *event)
{
    bool map = event->type == YAML_MAPPING_START_EVENT;
    if (map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor)
        return fail_at(reader, event->start_mark, "anchors (&name) are not for use here");
    if (map ? event->data.mapping_start.tag : event->data.sequence_start.tag)
        return fail_at(reader, event->start_mark, "tags (!name) are not for use here");
    if (key_expected(reader))
        return fail_at(reader, event->start_mark, "a key must be a word, not a list or a map");
    if (reader->depth == DEPTH_LIMIT)
        return fail_at(reader, event->start_mark, "nested more than 16 deep");
    struct pk_yaml *node = NULL;
    enum pk_status status = add_node(reader, event, map ? PK_YAML_MAP : PK_YAML_LIST, &node);
    if (status != PK_OK || !node)
        return status;
    struct frame *frame = &reader->frame[reader->depth++];
    *frame = (struct frame){.node = node};
    frame->flow = map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                      : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    return PK_OK;
}

/* A list or map in brackets ends behind its bracket, one in lines with its last member. */
static void close_collection(struct reader *reader, const yaml_event_t *event)
{
    struct frame *frame = &reader->frame[--reader->depth];
    struct pk_yaml *node = frame->node;
    if (frame->flow)
        node->span.end = offset_of(reader, event->end_mark.index);
    else if (frame->last)
        node->span.end = frame->last->span.end;
}

static enum pk_status take(struct reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (reader->root)
            return fail_at(reader, event->start_mark, "a second document starts here");
        return PK_OK;
    case YAML_ALIAS_EVENT:
        return fail_at(reader, event->start_mark, "aliases (*name) are not for use here");
    case YAML_SCALAR_EVENT:
        return take_scalar(reader, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return open_collection(reader, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(reader, event);
        return PK_OK;
    default:
        return PK_OK;
    }
}

static enum pk_status read_events(struct reader *reader)
{
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event))
            return fail_parser(reader);
        enum pk_status status = take(reader, &event);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (status != PK_OK)
            return status;
    }
    return reader->arena->failed ? pk_fail(reader->error, PK_ENOMEM, "out of memory") : PK_OK;
}

enum pk_status pk_yaml_read(struct pk_arena *arena, struct pk_view text, struct pk_yaml **root,
                            struct pk_error *error)
{
    struct reader reader = {.arena = arena, .text = text, .error = error};
    *root = NULL;
    *error = (struct pk_error){0};
    if (text.length > SIZE_LIMIT)
        return pk_fail(error, PK_EINPUT, "more than 256 KiB");
    if (!yaml_parser_initialize(&reader.parser)) {
        arena->failed = true;
        return pk_fail(error, PK_ENOMEM, "out of memory");
    }
    rewind_cursor(&reader);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser,
                                 (const unsigned char *)text.at + reader.cursor.offset,
                                 text.length - reader.cursor.offset);
    enum pk_status status = read_events(&reader);
    yaml_parser_delete(&reader.parser);
    arena->failed = arena->failed || status == PK_ENOMEM;
    if (status == PK_OK)
        *root = reader.root;
    return status;
}

/* -- Asking -- */

static struct pk_yaml *member_of(const struct pk_yaml *map, struct pk_view key)
{
    if (!map || map->kind != PK_YAML_MAP)
        return NULL;
    struct pk_yaml *member = map->first;
    while (member && !pk_same(member->key, key))
        member = member->next;
    return member;
}

const struct pk_yaml *pk_yaml_get(const struct pk_yaml *map, const char *key)
{
    return member_of(map, pk_view_of(key));
}

bool pk_yaml_is_null(const struct pk_yaml *node)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    if (!node)
        return true;
    if (node->kind != PK_YAML_SCALAR || node->quoted)
        return false;
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) {
        if (pk_is(node->value, nulls[i]))
            return true;
    }
    return false;
}

/* -- Merging -- */

static bool has_ids(const struct pk_yaml *list)
{
    if (list->kind != PK_YAML_LIST || !list->first)
        return false;
    for (const struct pk_yaml *item = list->first; item; item = item->next) {
        const struct pk_yaml *id = pk_yaml_get(item, "id");
        if (!id || id->kind != PK_YAML_SCALAR)
            return false;
    }
    return true;
}

static struct pk_yaml *twin(const struct pk_yaml *base, const struct pk_yaml *member)
{
    if (base->kind == PK_YAML_MAP)
        return member_of(base, member->key);
    struct pk_view id = pk_yaml_get(member, "id")->value;
    struct pk_yaml *item = base->first;
    while (item && !pk_same(pk_yaml_get(item, "id")->value, id))
        item = item->next;
    return item;
}

/* A member as it goes into the merged list: the node alone, without its siblings. */
static struct pk_yaml **append(struct pk_arena *arena, struct pk_yaml **tail,
                               const struct pk_yaml *node)
{
    struct pk_yaml *copy = pk_alloc(arena, sizeof *copy);
    if (!copy)
        return tail;
    *copy = *node;
    copy->next = NULL;
    *tail = copy;
    return &copy->next;
}

struct pk_yaml *pk_yaml_merge(struct pk_arena *arena, struct pk_yaml *base, struct pk_yaml *over)
{
    if (!base || !over)
        return over ? over : base;
    bool maps = base->kind == PK_YAML_MAP && over->kind == PK_YAML_MAP;
    if (!maps && !(has_ids(base) && has_ids(over)))
        return over;
    struct pk_yaml *merged = pk_alloc(arena, sizeof *merged);
    if (!merged)
        return base;
    *merged = *over;
    merged->first = NULL;
    struct pk_yaml **tail = &merged->first;
    for (struct pk_yaml *old = base->first; old; old = old->next) {
        struct pk_yaml *new = twin(over, old);
        tail = append(arena, tail, new ? pk_yaml_merge(arena, old, new) : old);
    }
    for (struct pk_yaml *new = over->first; new; new = new->next) {
        if (!twin(base, new))
            tail = append(arena, tail, new);
    }
    return merged;
}
