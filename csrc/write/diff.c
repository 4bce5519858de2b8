/* diff.c - edits as a unified diff, which people read and patch(1) applies. */
#include "write/write.h"

#include <string.h>

enum { CONTEXT = 3 /* lines */ };

/* Old bytes [start, end), whole lines, become `text`. Only LF ends a line here, as patch has it. */
struct change {
    size_t start, end;
    struct pk_view text;
};

struct diff {
    struct pk_buffer *out;
    struct pk_view old;
    PK_LIST(struct change) change;
    size_t counted, lines; /* line ends before byte `counted` of the old text */
    long shift;            /* by how many lines the new text is ahead of the old */
};

/* -- Lines -- */

static size_t line_start(struct pk_view text, size_t at)
{
    while (at && text.at[at - 1] != '\n')
        at--;
    return at;
}

/* Behind the line that byte `at` is in. */
static size_t line_end(struct pk_view text, size_t at)
{
    const char *end = at < text.length ? memchr(text.at + at, '\n', text.length - at) : NULL;
    return end ? (size_t)(end - text.at) + 1 : text.length;
}

static size_t count_lines(struct pk_view text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length; at = line_end(text, at))
        count++;
    return count;
}

/* -- From edits to whole lines -- */

/* Leaves out the lines that are the same before and after. */
static struct change trimmed(struct pk_view old, struct change change)
{
    for (;;) {
        struct pk_view was = pk_view_part(old, change.start, change.end);
        size_t first = line_end(was, 0);
        if (!was.length || first != line_end(change.text, 0) ||
            !pk_same(pk_view_part(was, 0, first), pk_view_part(change.text, 0, first)))
            break;
        change.start += first;
        change.text = pk_view_part(change.text, first, change.text.length);
    }
    for (;;) {
        struct pk_view was = pk_view_part(old, change.start, change.end);
        if (!was.length || !change.text.length)
            return change;
        size_t last = line_start(was, was.length - 1);
        size_t other = line_start(change.text, change.text.length - 1);
        struct pk_view line = pk_view_part(was, last, was.length);
        if (!pk_same(line, pk_view_part(change.text, other, change.text.length)))
            return change;
        change.end -= line.length;
        change.text.length = other;
    }
}

/* Does an edit that begins at `at` touch the lines up to `end`? The last may have no line end. */
static bool touches(struct pk_view old, size_t at, size_t end)
{
    return at < end || (at == end && end && old.at[end - 1] != '\n');
}

/* The edits that touch the same lines make one change. */
static void find_changes(struct diff *diff, const struct pk_edits *edits)
{
    struct pk_view old = diff->old;
    for (uint32_t i = 0; i < edits->edit.count;) {
        struct pk_buffer text = {.arena = diff->out->arena};
        struct change change = {.start = line_start(old, edits->edit.items[i].span.start)};
        size_t done = change.start;
        change.end = done;
        do {
            const struct pk_edit *edit = &edits->edit.items[i++];
            pk_put(&text, pk_view_part(old, done, edit->span.start));
            pk_put(&text, edit->text);
            done = edit->span.end;
            change.end = line_end(old, done);
        } while (i < edits->edit.count &&
                 touches(old, edits->edit.items[i].span.start, change.end));
        pk_put(&text, pk_view_part(old, done, change.end));
        change.text = pk_written(&text);
        change = trimmed(old, change);
        if (change.end > change.start || change.text.length)
            *pk_push(diff->out->arena, &diff->change) = change;
    }
}

/* -- Writing -- */

static void put_lines(struct pk_buffer *out, char mark, struct pk_view text)
{
    for (size_t at = 0, end; at < text.length; at = end) {
        end = line_end(text, at);
        pk_putc(out, mark);
        pk_put(out, pk_view_part(text, at, end));
        if (text.at[end - 1] != '\n')
            pk_puts(out, "\n\\ No newline at end of file\n");
    }
}

static size_t back(struct pk_view text, size_t at)
{
    for (int i = 0; i < CONTEXT && at; i++)
        at = line_start(text, at - 1);
    return at;
}

static size_t onward(struct pk_view text, size_t at)
{
    for (int i = 0; i < CONTEXT; i++)
        at = line_end(text, at);
    return at;
}

/* Where there is no line, the one before is named. */
static void put_range(struct pk_buffer *out, char mark, size_t before, size_t count)
{
    pk_putf(out, " %c%zu,%zu", mark, count ? before + 1 : before, count);
}

/* The changes whose surroundings meet: [first, the one given back). */
static uint32_t put_hunk(struct diff *diff, uint32_t first)
{
    const struct change *change = diff->change.items;
    size_t start = back(diff->old, change[first].start), end = start, added = 0, removed = 0;
    uint32_t last = first;
    do {
        added += count_lines(change[last].text);
        removed += count_lines(pk_view_part(diff->old, change[last].start, change[last].end));
        end = onward(diff->old, change[last].end);
        last++;
    } while (last < diff->change.count && back(diff->old, change[last].start) <= end);

    size_t lines = count_lines(pk_view_part(diff->old, start, end));
    diff->lines += count_lines(pk_view_part(diff->old, diff->counted, start));
    diff->counted = start;
    pk_puts(diff->out, "@@");
    put_range(diff->out, '-', diff->lines, lines);
    put_range(diff->out, '+', (size_t)((long)diff->lines + diff->shift), lines - removed + added);
    pk_puts(diff->out, " @@\n");
    diff->shift += (long)added - (long)removed;

    size_t at = start;
    for (uint32_t i = first; i < last; i++) {
        put_lines(diff->out, ' ', pk_view_part(diff->old, at, change[i].start));
        put_lines(diff->out, '-', pk_view_part(diff->old, change[i].start, change[i].end));
        put_lines(diff->out, '+', change[i].text);
        at = change[i].end;
    }
    put_lines(diff->out, ' ', pk_view_part(diff->old, at, end));
    return last;
}

void pk_text_diff(struct pk_buffer *out, struct pk_view file, struct pk_view old,
                  const struct pk_edits *edits)
{
    static const char *const heads[] = {"--- ", "+++ "};
    struct diff diff = {.out = out, .old = old};
    find_changes(&diff, edits);
    for (int i = 0; diff.change.count && i < 2; i++) {
        pk_puts(out, heads[i]);
        pk_text_path(out, file);
        /* Without it a name would end at its first blank. */
        pk_puts(out, file.length && memchr(file.at, ' ', file.length) ? "\t\n" : "\n");
    }
    for (uint32_t i = 0; i < diff.change.count;)
        i = put_hunk(&diff, i);
}
