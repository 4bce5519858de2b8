/* item.c - take an item apart: what is to be done, by whom, by when, and is it done. */
#include "read/read.h"

#include <string.h>

enum { SHORTEST = 2 /* letters a text must have */ };

/* A due phrase is cut out where it stands apart from the sentence: machine signs,
 * brackets, a label, or the item's edge. */
static void cut_due(struct pk_item *item)
{
    struct pk_view text = item->flow->text;
    struct pk_range whole = item->when.whole;
    size_t width;
    uint32_t first = pk_char_at(text, whole.start, &width);
    bool signs = !pk_is_word(first) || item->when.words.start > whole.start;
    size_t behind = pk_skip_blanks(text, whole.end);
    while (behind < item->range.end &&
           (text.at[behind] == '.' || text.at[behind] == ')' || text.at[behind] == ';'))
        behind = pk_skip_blanks(text, behind + 1);
    bool edge = behind >= item->range.end || whole.start <= item->range.start;
    uint32_t before = pk_char_before(text, pk_skip_back(text, whole.start));
    bool bracket = whole.end < text.length &&
                   (text.at[whole.end] == ')' || text.at[whole.end] == ']') &&
                   (before == '(' || before == '[' || before == ',' || before == ';');
    if (signs || edge || bracket)
        pk_cut(item, whole);
}

void pk_take_apart(const struct pk_reader *reader, struct pk_item *item, bool firm)
{
    struct pk_view text = item->flow->text;
    item->range = pk_trim_range(text, item->range);
    if (pk_when_due(reader, text, item->range, &item->when))
        cut_due(item);
    pk_cut_marks(reader, item);
    if (item->owners)
        return;
    struct pk_range start = item->range;
    struct pk_range due = item->when.whole;
    if (due.start <= start.start && due.end > start.start) { /* "bis Freitag: Anna ..." */
        item->range.start = due.end;
        item->range = pk_trim_signs(text, item->range);
    }
    pk_find_owners(reader, item, firm);
    item->range.start = start.start;
}

/* -- The state an item is in -- */

static bool state_of_sign(uint32_t sign, enum pk_state *state)
{
    bool done = sign == 0x2705 || sign == 0x2713 || sign == 0x2714 || sign == 0x2611;
    if (!done && sign != 0x274C && sign != 0x2610)
        return false;
    *state = done ? PK_DONE : PK_OPEN;
    return true;
}

static bool state_of_word(const struct pk_reader *reader, struct pk_view word, enum pk_state *state)
{
    size_t width;
    if (pk_phrase_whole(reader, word, PK_WORD_CANCELLED))
        *state = PK_CANCELLED;
    else if (pk_phrase_whole(reader, word, PK_WORD_DONE))
        *state = PK_DONE;
    else if (pk_phrase_whole(reader, word, PK_WORD_OPEN))
        *state = PK_OPEN;
    else
        return state_of_sign(pk_decode(word, &width), state);
    return true;
}

bool pk_state_of_cell(const struct pk_reader *reader, struct pk_view cell, enum pk_state *state)
{
    cell = pk_trim(cell);
    if (!cell.length)
        return false;
    if (cell.length == 1 && (*cell.at | 32) == 'x') {
        *state = PK_DONE;
        return true;
    }
    return state_of_word(reader, cell, state);
}

size_t pk_state_leads(const struct pk_reader *reader, struct pk_view cell, enum pk_state *state)
{
    static const struct {
        enum pk_word_kind kind;
        enum pk_state state;
    } kinds[] = {
        {PK_WORD_CANCELLED, PK_CANCELLED}, {PK_WORD_DONE, PK_DONE}, {PK_WORD_OPEN, PK_OPEN}};
    size_t start = pk_skip_blanks(cell, 0), width, end;
    if (state_of_sign(pk_char_at(cell, start, &width), state))
        return start + width;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!pk_phrase_at(reader, cell, start, kinds[i].kind, &end))
            continue;
        size_t next = pk_skip_blanks(cell, end);
        uint32_t behind = pk_char_at(cell, next, &width);
        bool dash = pk_is_dash(behind) && next > end;
        if (next < cell.length && !dash && (behind > 0x7F || !strchr(",;:.(", (int)behind)))
            continue;
        *state = kinds[i].state;
        return end;
    }
    return 0;
}

/* Where "(#12)" at the end of the range opens; its end: none stands there. */
static size_t reference_at(struct pk_view text, struct pk_range range)
{
    size_t at = range.end;
    if (at <= range.start || text.at[at - 1] != ')')
        return range.end;
    for (at--; at > range.start && text.at[at - 1] >= '0' && text.at[at - 1] <= '9'; at--)
        ;
    bool reference = at > range.start + 2 && text.at[at - 1] == '#' && text.at[at - 2] == '(';
    return reference ? at - 2 : range.end;
}

/* Struck, with what came of it behind: "~~Anna to write a proposal~~ (#12)". */
static bool is_struck_for(const struct pk_item *item)
{
    size_t end = reference_at(item->flow->text, item->range);
    return end < item->range.end &&
           pk_all_in_style(item->flow, (struct pk_range){item->range.start, end}, PK_STRUCK);
}

/* "Done: ..." at `at`: a state that stands as a label. */
static bool take_state_label(const struct pk_reader *reader, struct pk_item *item, size_t at,
                             enum pk_state *state)
{
    size_t end;
    if (pk_phrase_at(reader, item->flow->text, at, PK_WORD_DONE, &end))
        *state = PK_DONE;
    else if (pk_phrase_at(reader, item->flow->text, at, PK_WORD_CANCELLED, &end))
        *state = PK_CANCELLED;
    else
        return false;
    if (!pk_label_ends(item->flow, at, &end) || end >= item->range.end)
        return false;
    item->said = (struct pk_range){at, end};
    pk_cut(item, item->said);
    if (at == item->range.start)
        item->range.start = end;
    return true;
}

/* Where the words behind "Anna: " begin; the start where no label stands there. */
static size_t behind_first_label(const struct pk_item *item)
{
    enum { LONGEST_LABEL = 80 /* bytes */ };
    struct pk_view text = item->flow->text;
    struct pk_view words = pk_view_part(text, item->range.start, item->range.end);
    size_t room = words.length <= LONGEST_LABEL ? words.length : LONGEST_LABEL + 1;
    const char *colon = room ? memchr(words.at, ':', room) : NULL;
    return colon ? pk_skip_blanks(text, (size_t)(colon - text.at) + 1) : item->range.start;
}

/* Does a line end at this blank of the flow? */
static bool line_ends(const struct pk_reader *reader, const struct pk_flow *flow, size_t blank)
{
    struct pk_view all = reader->minutes->blocks.text;
    size_t at = pk_flow_span(flow, blank, blank + 1).start;
    while (at < all.length && (all.at[at] == ' ' || all.at[at] == '\\' || all.at[at] == '\r'))
        at++;
    return at < all.length && all.at[at] == '\n';
}

/* What stands behind a state that begins a line, "Done - see the wiki": nothing, or a sign. */
static bool stands_apart(struct pk_view text, size_t end, size_t limit)
{
    size_t width, next = pk_skip_blanks(text, end);
    if (next >= limit)
        return true;
    uint32_t sign = pk_char_at(text, next, &width);
    return sign == '.' || sign == ',' || sign == ';' || sign == ':' || sign == '!' ||
           (next > end && (pk_is_dash(sign) || sign == '('));
}

/* A line of its own below the item that begins with its state: "Done", "In progress. See #5". */
static bool take_state_line(const struct pk_reader *reader, struct pk_item *item,
                            enum pk_state *state)
{
    enum { FURTHEST = 200 /* bytes before the end */ };
    struct pk_view text = pk_view_part(item->flow->text, 0, item->range.end);
    size_t end, at = item->range.start;
    if (item->range.end > at + FURTHEST)
        at = item->range.end - FURTHEST;
    for (; at + 1 < text.length; at++) {
        if (text.at[at] != ' ' || !line_ends(reader, item->flow, at))
            continue;
        bool done = pk_phrase_at(reader, text, at + 1, PK_WORD_DONE, &end);
        bool dropped = !done && pk_phrase_at(reader, text, at + 1, PK_WORD_CANCELLED, &end);
        if (!done && !dropped && !pk_phrase_at(reader, text, at + 1, PK_WORD_OPEN, &end))
            continue;
        if (!stands_apart(text, end, text.length))
            continue;
        *state = done ? PK_DONE : dropped ? PK_CANCELLED : PK_OPEN;
        if (done || dropped)
            item->said = (struct pk_range){at + 1, end};
        pk_cut(item, (struct pk_range){at + 1, text.length});
        item->range.end = at;
        return true;
    }
    return false;
}

/* "(done) ...", "✅ ...", "Done: ...", "Anna: DONE - ...", "... (erledigt)", "... - done". */
enum pk_state pk_state_in_words(const struct pk_reader *reader, struct pk_item *item)
{
    struct pk_view text = item->flow->text;
    struct pk_range range = item->range;
    enum pk_state state = PK_OPEN;
    size_t width, end;
    static const uint64_t states =
        PK_KIND(PK_WORD_DONE) | PK_KIND(PK_WORD_CANCELLED) | PK_KIND(PK_WORD_OPEN);
    if (pk_all_in_style(item->flow, range, PK_STRUCK)) {
        item->said = range;
        return PK_CANCELLED;
    }
    if (is_struck_for(item)) {
        item->said = (struct pk_range){range.start, reference_at(text, range)};
        return PK_DONE;
    }
    if (!(pk_kinds_in(reader, text) & states) && !pk_may_hold(reader, text, ""))
        return PK_OPEN;
    uint32_t first = pk_char_at(text, range.start, &width);
    if (first == '(') {
        end = range.start + 1;
        while (end < range.end && text.at[end] != ')' && text.at[end] != ',')
            end++;
        if (state_of_word(reader, pk_view_part(text, range.start + 1, end), &state)) {
            while (end < range.end && text.at[end] != ')')
                end++;
            item->said = (struct pk_range){range.start, end < range.end ? end + 1 : end};
            pk_cut(item, item->said);
            item->range.start = pk_skip_blanks(text, end + 1);
            return state;
        }
    } else if (!pk_is_word(first) &&
               state_of_word(reader, pk_view_part(text, range.start, range.start + width),
                             &state)) {
        item->said = (struct pk_range){range.start, range.start + width};
        item->range.start = pk_skip_blanks(text, range.start + width);
        return state;
    }
    if (take_state_label(reader, item, range.start, &state) ||
        take_state_label(reader, item, behind_first_label(item), &state) ||
        take_state_line(reader, item, &state))
        return state;
    struct pk_range last = pk_trim_range(text, range);
    if (last.end > last.start && memchr(".!;:", text.at[last.end - 1], 4))
        last.end--;
    bool square = last.end > last.start && text.at[last.end - 1] == ']';
    bool bracket = square || (last.end > last.start && text.at[last.end - 1] == ')');
    size_t from = last.end > 32 + last.start ? last.end - 32 : last.start, open = last.end;
    for (end = last.end - bracket; open > from; open -= width) {
        uint32_t sign = pk_decode_before(text, open, &width);
        bool dash = !bracket && pk_is_dash(sign) && open < text.length && text.at[open] == ' ';
        if (!(bracket ? sign == (square ? (uint32_t)'[' : (uint32_t)'(') : dash))
            continue;
        if (!state_of_word(reader, pk_trim(pk_view_part(text, open, end)), &state))
            break;
        item->said = (struct pk_range){open - width, last.end};
        pk_cut(item, item->said);
        item->range.end = pk_skip_back(text, item->said.start);
        return state;
    }
    return PK_OPEN;
}

/* -- What is left of it -- */

static void sort_cuts(struct pk_item *item)
{
    for (uint32_t i = 1; i < item->cuts; i++) {
        for (uint32_t j = i; j > 0 && item->cut[j].start < item->cut[j - 1].start; j--) {
            struct pk_range swap = item->cut[j];
            item->cut[j] = item->cut[j - 1];
            item->cut[j - 1] = swap;
        }
    }
}

static bool is_between(char byte)
{
    return byte == ' ' || byte == ',' || byte == ';' || byte == ':' || byte == '|' || byte == '/';
}

/* "(owner: Nele, due: 5 August)": cuts that only signs part are one, and the brackets around
 * them go with them. */
static void join_cuts(struct pk_item *item)
{
    struct pk_view text = item->flow->text;
    uint32_t count = 0;
    for (uint32_t i = 0; i < item->cuts; i++) {
        size_t at = count ? item->cut[count - 1].end : 0;
        while (count && at < item->cut[i].start && is_between(text.at[at]))
            at++;
        if (count && at >= item->cut[i].start) {
            if (item->cut[i].end > item->cut[count - 1].end)
                item->cut[count - 1].end = item->cut[i].end;
        } else {
            item->cut[count++] = item->cut[i];
        }
    }
    item->cuts = count;
    for (uint32_t i = 0; i < count; i++) {
        size_t start = item->cut[i].start, end = item->cut[i].end;
        while (start > item->range.start && is_between(text.at[start - 1]))
            start--;
        while (end < text.length && is_between(text.at[end]))
            end++;
        bool opens =
            start > item->range.start && (text.at[start - 1] == '(' || text.at[start - 1] == '[');
        bool closes = end < text.length && (text.at[end] == ')' || text.at[end] == ']');
        if (opens && closes)
            item->cut[i] = (struct pk_range){start - 1, end + 1};
    }
}

static bool is_wordless(struct pk_view view)
{
    size_t width, letters = 0;
    for (size_t at = 0; at < view.length && letters < SHORTEST; at += width) {
        uint32_t codepoint = pk_char_at(view, at, &width);
        letters += pk_is_letter(codepoint) || pk_is_digit(codepoint);
    }
    return letters < SHORTEST;
}

/* One stretch: a view of the flow. Several: joined by blanks in the arena. */
struct pk_view pk_text_left(struct pk_reader *reader, struct pk_item *item)
{
    struct pk_view text = item->flow->text;
    struct pk_buffer out = {.arena = reader->arena};
    struct pk_range rest = item->range;
    struct pk_view only = {0};
    uint32_t pieces = 0;
    sort_cuts(item);
    join_cuts(item);
    for (uint32_t i = 0; i <= item->cuts; i++) {
        size_t end = i < item->cuts ? item->cut[i].start : item->range.end;
        struct pk_range piece = {rest.start, end < item->range.end ? end : item->range.end};
        if (i < item->cuts && item->cut[i].end > rest.start)
            rest.start = item->cut[i].end;
        if (piece.start >= piece.end)
            continue;
        bool edges = item->cuts > 0;
        piece = edges ? pk_trim_signs(text, piece) : pk_trim_range(text, piece);
        struct pk_view view = pk_view_part(text, piece.start, piece.end);
        if (is_wordless(view) && item->cuts)
            continue;
        if (pieces++ == 0) {
            only = view;
            continue;
        }
        if (pieces == 2)
            pk_put(&out, only);
        pk_putc(&out, ' ');
        pk_put(&out, view);
    }
    struct pk_view left = pieces > 1 ? pk_all_written(&out) : only;
    return left.length ? left : pk_view_part(text, item->range.start, item->range.end);
}

bool pk_says_nothing(const struct pk_reader *reader, struct pk_view text)
{
    text = pk_trim(text);
    if (text.length && text.at[text.length - 1] == '.')
        text.length--;
    return is_wordless(text) || pk_phrase_whole(reader, text, PK_WORD_NOBODY);
}

/* -- An id of its own: "[id:: 7]", "id:7", "🆔 7", "^note-7" at the end -- */

/* Where the first of these signs may stand; the range's end: none does. */
static size_t first_of_id(struct pk_view text, struct pk_range range)
{
    struct pk_view part = pk_view_part(text, range.start, range.end);
    const char *at = part.at, *end = part.at + part.length, *colon;
    for (; at < end && (colon = memchr(at, ':', (size_t)(end - at))); at = colon + 1) {
        if (colon - part.at > 2 && colon[-1] == 'd' && colon[-2] == 'i')
            return range.start;
    }
    const char *sign = memchr(part.at, 0xF0, part.length);
    return sign ? range.start + (size_t)(sign - part.at) : range.end;
}

static struct pk_range id_in(struct pk_view text, struct pk_range range, struct pk_range *value)
{
    static const struct pk_view openings[] = {
        {"[id:: ", 6}, {"[id::", 5}, {"(id:: ", 6}, {"{id:", 4}, {"\xF0\x9F\x86\x94 ", 5}};
    for (size_t at = first_of_id(text, range); at < range.end; at++) {
        char byte = text.at[at];
        if (byte != '[' && byte != '(' && byte != '{' && byte != '\xF0')
            continue;
        for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
            if (!pk_starts(pk_view_part(text, at, range.end), openings[i]))
                continue;
            size_t start = at + openings[i].length, end = start, width;
            for (; end < range.end; end += width) {
                uint32_t sign = pk_char_at(text, end, &width);
                if (!pk_is_word(sign) && sign != '-' && sign != '.')
                    break;
            }
            *value = (struct pk_range){start, end};
            bool closes = end < range.end && byte != '\xF0';
            return (struct pk_range){at, closes ? end + 1 : end};
        }
    }
    size_t at = range.end;
    while (at > range.start &&
           (pk_is_word((unsigned char)text.at[at - 1]) || text.at[at - 1] == '-'))
        at--;
    bool anchor = at > range.start + 1 && text.at[at - 1] == '^' && text.at[at - 2] == ' ';
    *value = (struct pk_range){at, anchor ? range.end : at};
    return (struct pk_range){anchor ? at - 1 : at, anchor ? range.end : at};
}

struct pk_view pk_take_id(struct pk_item *item)
{
    struct pk_range value, whole = id_in(item->flow->text, item->range, &value);
    if (value.start >= value.end)
        return PK_VIEW("");
    pk_cut(item, whole);
    if (whole.end == item->range.end) {
        item->range.end = whole.start;
        item->range = pk_trim_range(item->flow->text, item->range);
    }
    return pk_view_part(item->flow->text, value.start, value.end);
}

/* -- Into the minutes -- */

void pk_set_due(struct pk_action *action, const struct pk_item *item)
{
    if (item->when.words.start < item->when.words.end) /* also of "TBD", which is no date */
        action->due_span = pk_span_in(item->flow, item->when.words);
    if (item->when.dated == PK_DATED_NONE)
        return;
    action->dated = item->when.dated;
    action->due = item->when.dated == PK_DATED ? item->when.date : (struct pk_date){0};
    action->due_time = item->when.time;
    action->due_ambiguous = item->when.dated == PK_DATED && item->when.ambiguous;
    action->due_text = pk_view_part(item->flow->text, item->when.words.start, item->when.words.end);
    action->due_relative = item->when.dated == PK_DATED && item->when.relative;
    action->due_opener = item->when.opener;
    bool told = item->when.day.end > item->when.day.start;
    action->due_day = told ? pk_span_in(item->flow, item->when.day) : action->due_span;
}

void pk_set_owners(struct pk_reader *reader, struct pk_action *action, const struct pk_item *item)
{
    for (uint32_t i = 0; i < item->owners; i++) {
        struct pk_owner *owner = pk_push(reader->arena, &action->owner);
        owner->name = pk_view_part(item->flow->text, item->owner[i].start, item->owner[i].end);
        owner->span = pk_span_in(item->flow, item->owner[i]);
        owner->person = -1;
    }
}
