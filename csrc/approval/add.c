/* add.c - add an event to the log, and touch nothing else. */
#include "approval/log.h"

#include <string.h>

/* -- Where -- */

/* A place for the entry, and what has to stand around it. */
struct place {
    struct pk_span span; /* of the document; empty, or an empty value that the log replaces */
    const char *before, *behind; /* lines around the entry: '\n' stands for a line end */
    uint32_t indent;             /* blanks before its dash */
    bool flow;                   /* an entry of "[...]" */
};

/* How lines end here: as the first one does. */
static struct pk_view line_end_of(const struct pk_minutes *minutes)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    if (blocks->line.count < 2)
        return PK_VIEW("\n");
    uint32_t end = blocks->line.items[1];
    if (blocks->text.at[end - 1] == '\r')
        return PK_VIEW("\r");
    return end > 1 && blocks->text.at[end - 2] == '\r' ? PK_VIEW("\r\n") : PK_VIEW("\n");
}

/* The end of the line that the offset is on, without its line end. */
static uint32_t end_of_line(struct pk_view text, uint32_t at)
{
    while (at < text.length && text.at[at] != '\n' && text.at[at] != '\r')
        at++;
    return at;
}

/* Behind the last byte of what stands inside a node. */
static uint32_t last_byte(const struct pk_yaml *node)
{
    uint32_t end = node->first ? 0 : node->span.end;
    for (const struct pk_yaml *member = node->first; member; member = member->next) {
        uint32_t inside = last_byte(member);
        uint32_t key = member->key_span.end;
        end = inside > end ? inside : end;
        end = key > end ? key : end;
    }
    return end;
}

/* A block scalar ends with the line end behind it, or with several. */
static uint32_t without_line_ends(struct pk_view text, uint32_t end)
{
    while (end > 0 && (text.at[end - 1] == '\n' || text.at[end - 1] == '\r' ||
                       text.at[end - 1] == ' ' || text.at[end - 1] == '\t'))
        end--;
    return end;
}

static uint32_t column_of(struct pk_view text, uint32_t at)
{
    uint32_t start = at;
    while (start > 0 && text.at[start - 1] != '\n' && text.at[start - 1] != '\r')
        start--;
    return at - start;
}

/* Behind the last entry, with its indentation; in "[...]" behind the last one's text. */
static bool behind_entries(const struct pk_minutes *minutes, const struct pk_yaml *list,
                           uint32_t front, struct place *place)
{
    struct pk_view text = minutes->blocks.text;
    const struct pk_yaml *last = list->first;
    while (last->next)
        last = last->next;
    if (text.at[front + list->span.start] == '[') {
        uint32_t end = without_line_ends(text, front + last->span.end);
        *place = (struct place){.span = {end, end}, .before = ", ", .behind = "", .flow = true};
        return true;
    }
    uint32_t dash = front + list->first->span.start;
    while (dash > front && text.at[dash] != '-')
        dash--;
    uint32_t end = end_of_line(text, without_line_ends(text, front + last_byte(last)));
    *place = (struct place){.span = {end, end}, .before = "\n", .behind = ""};
    place->indent = column_of(text, dash);
    return text.at[dash] == '-';
}

/* An empty value, "[]" or "null", gives way to the first entry. */
static struct place in_empty(const struct pk_yaml *value, uint32_t front)
{
    return (struct place){.span = {front + value->span.start, front + value->span.end},
                          .before = "\n",
                          .behind = "",
                          .indent = 2};
}

/* In front of the line that closes the front matter, or in one of its own. */
static struct place first_of_all(const struct pk_minutes *minutes)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    const struct pk_block *front = blocks->block.count > 1 ? &blocks->block.items[1] : NULL;
    struct place place = {.before = "approval:\n", .behind = "\n", .indent = 2};
    if (front && front->kind == PK_FRONT_MATTER) {
        place.span.start = blocks->line.items[front->end_line - 1];
    } else {
        bool mark = pk_starts(blocks->text, PK_VIEW("\xEF\xBB\xBF"));
        place.span.start = mark ? 3 : 0;
        place.before = "---\napproval:\n";
        place.behind = "\n---\n";
    }
    place.span.end = place.span.start;
    return place;
}

static enum pk_status find_place(const struct pk_minutes *minutes, struct place *place,
                                 struct pk_error *error)
{
    const struct pk_yaml *front = minutes->front;
    const struct pk_yaml *list = pk_yaml_get(front, "approval");
    uint32_t start = pk_front_start(minutes);
    if (minutes->front_error.message[0]) {
        *error = minutes->front_error;
        return PK_EINPUT;
    }
    bool other = start && minutes->blocks.text.at[start + (front ? front->span.start : 0)] == '{';
    if (front && other)
        return pk_fail(error, PK_EINPUT, "the front matter has to be lines \"key: value\"");
    if (!list) {
        *place = first_of_all(minutes);
        return PK_OK;
    }
    struct pk_span lines = pk_log_lines(minutes);
    if (lines.start >= lines.end)
        return pk_fail(error, PK_EINPUT, "`approval:` has to begin a line of its own");
    if (pk_yaml_is_null(list) || (list->kind == PK_YAML_LIST && !list->first)) {
        *place = in_empty(list, start);
        return PK_OK;
    }
    if (list->kind != PK_YAML_LIST || !behind_entries(minutes, list, start, place)) {
        error->line = list->line;
        return pk_fail(error, PK_EINPUT, "`approval` has to be a list");
    }
    return PK_OK;
}

/* -- What -- */

static bool is_utf8(struct pk_view view)
{
    size_t width;
    for (size_t at = 0; at < view.length; at += width) {
        uint32_t codepoint = pk_decode(pk_view_part(view, at, view.length), &width);
        if (codepoint == PK_REPLACEMENT && width == 1)
            return false;
    }
    return true;
}

/* In double quotes (YAML 1.2, 5.7 and 7.3.1). What YAML holds for a line end or for no text at
 * all is escaped. */
static void put_quoted(struct pk_buffer *out, struct pk_view text)
{
    size_t width;
    pk_putc(out, '"');
    for (size_t at = 0; at < text.length; at += width) {
        uint32_t sign = pk_decode(pk_view_part(text, at, text.length), &width);
        bool control = sign < 0x20 || (sign >= 0x7F && sign < 0xA0) || sign == 0x2028 ||
                       sign == 0x2029 || sign == 0xFEFF || sign == 0xFFFE || sign == 0xFFFF;
        if (sign == '"' || sign == '\\')
            pk_putf(out, "\\%c", (char)sign);
        else if (sign == '\n')
            pk_puts(out, "\\n");
        else if (control)
            pk_putf(out, "\\u%04X", (unsigned)sign);
        else
            pk_put(out, pk_view_part(text, at, at + width));
    }
    pk_putc(out, '"');
}

static void put_list(struct pk_buffer *out, const struct pk_names *names)
{
    pk_putc(out, '[');
    for (uint32_t i = 0; i < names->name.count; i++) {
        pk_puts(out, i ? ", " : "");
        put_quoted(out, names->name.items[i]);
    }
    pk_putc(out, ']');
}

/* Letters, digits and what stands in times and digests: needs no quotes. */
static bool is_plain(struct pk_view word)
{
    for (size_t i = 0; i < word.length; i++) {
        char byte = word.at[i];
        bool letter = (unsigned)(byte | 32) - 'a' < 26u;
        bool digit = byte >= '0' && byte <= '9';
        if (!letter && !digit && byte != '-' && byte != '+' && (byte != ':' || !i))
            return false;
    }
    return word.length && word.at[word.length - 1] != ':' && word.at[0] != '-';
}

/* What the event says under that key. False: nothing. */
static bool put_value(struct pk_buffer *out, const struct pk_event_key *key,
                      const struct pk_event *event)
{
    const char *field = (const char *)event + (key->offset == SIZE_MAX ? 0 : key->offset);
    struct pk_view view = PK_VIEW("");
    uint32_t number = 0;
    struct pk_names names = {0};
    if (key->offset == SIZE_MAX)
        view = pk_view_of(pk_event_kinds[event->kind]);
    else if (key->shape == PK_SAYS_TEXT || key->shape == PK_SAYS_WORD)
        memcpy(&view, field, sizeof view);
    else if (key->shape == PK_SAYS_NUMBER)
        memcpy(&number, field, sizeof number);
    else if (key->shape == PK_SAYS_OUTCOME)
        view = pk_view_of(pk_outcomes[event->outcome]);
    else
        memcpy(&names, field, sizeof names);
    if (!view.length && !number && !names.name.count)
        return false;
    pk_puts(out, key->name);
    pk_puts(out, ": ");
    if (number)
        pk_putf(out, "%u", number);
    else if (names.name.count)
        put_list(out, &names);
    else if (key->shape != PK_SAYS_TEXT && is_plain(view))
        pk_put(out, view);
    else
        put_quoted(out, view);
    return true;
}

static void put_lines(struct pk_buffer *out, const char *lines, struct pk_view line_end)
{
    for (; *lines; lines++) {
        if (*lines == '\n')
            pk_put(out, line_end);
        else
            pk_putc(out, *lines);
    }
}

static void put_entry(struct pk_buffer *out, const struct pk_event *event,
                      const struct place *place, struct pk_view line_end)
{
    bool first = true;
    if (place->flow)
        pk_putc(out, '{');
    for (const struct pk_event_key *key = pk_event_keys; key->name; key++) {
        size_t before = out->length;
        if (place->flow)
            pk_puts(out, first ? "" : ", ");
        else if (!first)
            pk_put(out, line_end);
        for (uint32_t i = 0; !place->flow && i < place->indent; i++)
            pk_putc(out, ' ');
        if (!place->flow)
            pk_puts(out, first ? "- " : "  ");
        if ((key->kinds & 1u << event->kind) && put_value(out, key, event))
            first = false;
        else
            out->length = before;
    }
    if (place->flow)
        pk_putc(out, '}');
}

/* -- Is it what was wanted? -- */

static bool is_sound(const struct pk_event *event, struct pk_error *error)
{
    for (const struct pk_event_key *key = pk_event_keys; key->name; key++) {
        if (key->offset == SIZE_MAX || !(key->kinds & 1u << event->kind))
            continue;
        const char *field = (const char *)event + key->offset;
        struct pk_view view = PK_VIEW("");
        struct pk_names names = {0};
        if (key->shape == PK_SAYS_TEXT || key->shape == PK_SAYS_WORD)
            memcpy(&view, field, sizeof view);
        if (key->shape == PK_SAYS_LIST)
            memcpy(&names, field, sizeof names);
        bool utf8 = is_utf8(view);
        for (uint32_t i = 0; i < names.name.count; i++)
            utf8 = utf8 && is_utf8(names.name.items[i]);
        if (!utf8)
            return pk_fail(error, PK_EINPUT, "%s: not UTF-8", key->name) == PK_OK;
    }
    return true;
}

/* The log is read again: it must say all it said before, and the event behind it; and the digest
 * must stay, which takes the log by its lines and not as YAML does. */
static enum pk_status check(struct pk_arena *arena, const struct pk_minutes *minutes,
                            const struct pk_edit *edit, const struct pk_event *event,
                            struct pk_error *error)
{
    struct pk_view text = minutes->blocks.text;
    struct pk_buffer out = {.arena = arena};
    pk_put(&out, pk_view_part(text, 0, edit->span.start));
    pk_put(&out, edit->text);
    pk_put(&out, pk_view_part(text, edit->span.end, text.length));
    struct pk_minutes after = {.arena = arena};
    enum pk_status status = pk_parse(arena, pk_written(&out), PK_MARKDOWN, &after.blocks);
    if (status != PK_OK)
        return status;
    status = pk_front_read(&after);
    if (status != PK_OK) {
        *error = after.front_error;
        return status;
    }
    struct pk_log before_log, after_log;
    pk_log_read(arena, minutes, &before_log);
    pk_log_read(arena, &after, &after_log);
    if (arena->failed)
        return PK_ENOMEM;
    uint32_t count = before_log.event.count;
    if (after_log.flaw.count > before_log.flaw.count) {
        const struct pk_log_flaw *told = &after_log.flaw.items[after_log.flaw.count - 1];
        return pk_fail(error, PK_EINPUT, "the %s event cannot be written: %s (%.*s)",
                       pk_event_kinds[event->kind], told->message, (int)told->word.length,
                       told->word.at);
    }
    bool same = pk_same(pk_canonical(arena, &after), pk_canonical(arena, minutes));
    if (arena->failed)
        return PK_ENOMEM;
    if (!same || after_log.event.count != count + 1 ||
        after_log.event.items[count].kind != event->kind)
        return pk_fail(error, PK_EINPUT,
                       "this front matter is written in a way that "
                       "nothing can be added to; write `approval:` on a line of its own");
    return PK_OK;
}

enum pk_status pk_log_add(struct pk_arena *arena, const struct pk_minutes *minutes,
                          const struct pk_event *event, struct pk_edit *edit,
                          struct pk_error *error)
{
    struct place place = {.before = "", .behind = ""};
    struct pk_buffer out = {.arena = arena};
    struct pk_view line_end = line_end_of(minutes);
    *error = (struct pk_error){0};
    if (!is_sound(event, error))
        return PK_EINPUT;
    enum pk_status status = find_place(minutes, &place, error);
    if (status != PK_OK)
        return status;
    put_lines(&out, place.before, line_end);
    put_entry(&out, event, &place, line_end);
    put_lines(&out, place.behind, line_end);
    *edit = (struct pk_edit){place.span, pk_written(&out)};
    return arena->failed ? PK_ENOMEM : check(arena, minutes, edit, event, error);
}
