/* scan.c - say what kind of line this is. */
#include "parse/scan.h"

#include <string.h>

bool pk_is_all_blank(struct pk_view line)
{
    for (size_t i = 0; i < line.length; i++)
        if (!pk_is_blank(line.at[i]))
            return false;
    return true;
}

struct pk_view pk_trim_blanks(struct pk_view view)
{
    while (view.length && pk_is_blank(view.at[0])) {
        view.at++;
        view.length--;
    }
    while (view.length && pk_is_blank(view.at[view.length - 1]))
        view.length--;
    return view;
}

static size_t run_of(struct pk_view line, char mark)
{
    size_t length = 0;
    while (length < line.length && line.at[length] == mark)
        length++;
    return length;
}

static struct pk_view rest_of(struct pk_view line, size_t start)
{
    return pk_view_part(line, start, line.length);
}

bool pk_scan_break(struct pk_view line)
{
    char mark = line.length ? line.at[0] : 0;
    if (mark != '-' && mark != '*' && mark != '_')
        return false;
    size_t marks = 0;
    for (size_t i = 0; i < line.length; i++) {
        if (line.at[i] == mark)
            marks++;
        else if (!pk_is_blank(line.at[i]))
            return false;
    }
    return marks >= 3;
}

uint8_t pk_scan_setext(struct pk_view line)
{
    char mark = line.length ? line.at[0] : 0;
    if (mark != '=' && mark != '-')
        return 0;
    if (!pk_is_all_blank(rest_of(line, run_of(line, mark))))
        return 0;
    return mark == '=' ? 1 : 2;
}

uint8_t pk_scan_heading(struct pk_view line, struct pk_view *words)
{
    size_t level = run_of(line, '#');
    if (level < 1 || level > 6 || (level < line.length && !pk_is_blank(line.at[level])))
        return 0;
    *words = pk_trim_blanks(rest_of(line, level));
    size_t end = words->length;
    while (end && words->at[end - 1] == '#')
        end--;
    if (end == 0 || pk_is_blank(words->at[end - 1])) /* a closing sequence */
        *words = pk_trim_blanks(pk_view_part(*words, 0, end));
    return (uint8_t)level;
}

bool pk_scan_fence(struct pk_view line, struct pk_fence *fence)
{
    char mark = line.length ? line.at[0] : 0;
    if (mark != '`' && mark != '~')
        return false;
    size_t length = run_of(line, mark);
    if (length < 3)
        return false;
    *fence = (struct pk_fence){mark, (uint32_t)length, pk_trim_blanks(rest_of(line, length))};
    return mark != '`' || !fence->info.length || !memchr(fence->info.at, '`', fence->info.length);
}

bool pk_scan_fence_end(struct pk_view line, const struct pk_fence *fence)
{
    size_t length = run_of(line, fence->mark);
    return length >= fence->length && pk_is_all_blank(rest_of(line, length));
}

bool pk_scan_marker(struct pk_view line, struct pk_marker *marker)
{
    size_t width = 0;
    uint32_t number = 0;
    char kind = line.length ? line.at[0] : 0;
    if (pk_is_ascii_digit(kind)) {
        for (; width < line.length && width < 10 && pk_is_ascii_digit(line.at[width]); width++)
            number = number * 10 + (uint32_t)(line.at[width] - '0');
        kind = width < 10 && width < line.length ? line.at[width] : 0;
        if (kind != '.' && kind != ')')
            return false;
    } else if (kind != '-' && kind != '+' && kind != '*') {
        return false;
    }
    width++;
    if (width < line.length && !pk_is_blank(line.at[width]))
        return false;
    *marker = (struct pk_marker){kind, number, (uint32_t)width, true};
    marker->empty = pk_is_all_blank(rest_of(line, width));
    return true;
}

uint32_t pk_scan_box(struct pk_view line, enum pk_task *task)
{
    static const struct {
        char box[4];
        enum pk_task task;
    } known[] = {
        {"[ ]", PK_TASK_OPEN},    {"[]", PK_TASK_OPEN},     {"[x]", PK_TASK_DONE},
        {"[X]", PK_TASK_DONE},    {"[-]", PK_TASK_DROPPED}, {"[/]", PK_TASK_STARTED},
        {"[>]", PK_TASK_CARRIED},
    };
    if (!line.length || line.at[0] != '[')
        return 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct pk_view box = pk_view_of(known[i].box);
        if (!pk_starts(line, box))
            continue;
        if (box.length < line.length && !pk_is_blank(line.at[box.length]))
            continue;
        *task = known[i].task;
        return (uint32_t)box.length;
    }
    return 0;
}
