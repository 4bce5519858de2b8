/* dialect.c - Vale's patterns are Go's regexp2 (.NET's); say them as PCRE2 does, or what is
 * nearest.
 *
 * What has an exact equal is written anew: \u0416 is \x{0416}. What has none is
 * refused with the nearest there is, for PCRE2 would take some of it and mean
 * something else.
 */
#include "profile/style/style.h"

#include <string.h>

#define SHOWN(view) (int)((view).length > 60 ? 60 : (view).length), (view).at

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool has_hex(struct pk_view text, size_t at, size_t digits)
{
    for (size_t i = 0; i < digits; i++)
        if (at + i >= text.length || !is_hex(text.at[at + i]))
            return false;
    return true;
}

/* \p{IsCyrillic}: a block in .NET, where PCRE2 knows scripts. */
static enum pk_status refuse_block(const struct pk_yaml *at, struct pk_view text, size_t start,
                                   struct pk_error *error)
{
    const char *end = memchr(text.at + start, '}', text.length - start);
    struct pk_view whole =
        pk_view_part(text, start, end ? (size_t)(end - text.at) + 1 : text.length);
    struct pk_view name = pk_view_part(whole, 5, whole.length);
    return pk_fail_at(error, at, "PCRE2 knows no Unicode blocks, as %.*s is; nearest: \\%c{%.*s",
                      SHOWN(whole), text.at[start + 1], SHOWN(name));
}

/* [a-z-[aeiou]]: PCRE2 would read another class and a "]". */
static enum pk_status refuse_subtraction(const struct pk_yaml *at, struct pk_view text,
                                         size_t start, size_t minus, struct pk_error *error)
{
    size_t end = minus + 1;
    while (end < text.length && text.at[end] != ']')
        end += text.at[end] == '\\' ? 2 : 1;
    struct pk_view whole = pk_view_part(text, start, end + 2);
    struct pk_view taken = pk_view_part(text, minus + 1, end + 1);
    struct pk_view from = pk_view_part(text, start, minus);
    return pk_fail_at(error, at,
                      "PCRE2 takes no characters out of a class, as %.*s does; nearest: "
                      "(?!%.*s)%.*s]",
                      SHOWN(whole), SHOWN(taken), SHOWN(from));
}

/* (?<open-close>...) */
static bool is_balancing(struct pk_view text, size_t at)
{
    if (!pk_starts(pk_view_part(text, at, text.length), PK_VIEW("(?<")) || at + 3 >= text.length ||
        text.at[at + 3] == '=' || text.at[at + 3] == '!')
        return false;
    for (size_t i = at + 3; i < text.length && text.at[i] != '>'; i++)
        if (text.at[i] == '-')
            return true;
    return false;
}

/* The end of a class that opens at `at`, or *minus where another is taken out of it. */
static size_t class_end(struct pk_view text, size_t at, size_t *minus)
{
    size_t i = at + 1;
    if (i < text.length && text.at[i] == '^')
        i++;
    if (i < text.length && text.at[i] == ']')
        i++;
    for (; i < text.length && text.at[i] != ']'; i++) {
        if (text.at[i] == '\\') {
            i++;
        } else if (text.at[i] == '[' && i + 1 < text.length && text.at[i + 1] == ':') {
            const char *end = memchr(text.at + i + 2, ']', text.length - i - 2);
            i = end ? (size_t)(end - text.at) : i;
        } else if (text.at[i] == '-' && i + 1 < text.length && text.at[i + 1] == '[' &&
                   i > at + 1) {
            *minus = i;
            return i;
        }
    }
    return i;
}

/* \u0416 and \p{Is...}; *step bytes were taken. */
static enum pk_status take_escape(struct pk_buffer *out, const struct pk_yaml *at,
                                  struct pk_view text, size_t i, size_t *step,
                                  struct pk_error *error)
{
    char next = i + 1 < text.length ? text.at[i + 1] : '\0';
    struct pk_view rest = pk_view_part(text, i + 2, text.length);
    if (next == 'u' && has_hex(text, i + 2, 4)) {
        pk_putf(out, "\\x{%.4s}", text.at + i + 2);
        *step = 6;
        return PK_OK;
    }
    if ((next == 'p' || next == 'P') && pk_starts(rest, PK_VIEW("{Is")))
        return refuse_block(at, text, i, error);
    pk_put(out, pk_view_part(text, i, i + 2));
    *step = 2;
    return PK_OK;
}

static enum pk_status take_class(struct pk_buffer *out, const struct pk_yaml *at,
                                 struct pk_view text, size_t *i, struct pk_error *error)
{
    size_t minus = 0, end = class_end(text, *i, &minus), step;
    if (minus)
        return refuse_subtraction(at, text, *i, minus, error);
    while (*i <= end && *i < text.length) {
        step = 1;
        if (text.at[*i] != '\\')
            pk_putc(out, text.at[*i]);
        else if (take_escape(out, at, text, *i, &step, error) != PK_OK)
            return PK_EINPUT;
        *i += step;
    }
    return PK_OK;
}

enum pk_status pk_style_translate(struct pk_arena *arena, const struct pk_yaml *at,
                                  struct pk_view text, struct pk_view *out, struct pk_error *error)
{
    struct pk_buffer plain = {.arena = arena};
    size_t step;
    enum pk_status status = PK_OK;
    for (size_t i = 0; i < text.length && status == PK_OK; i += step) {
        step = 1;
        if (text.at[i] == '\\') {
            status = take_escape(&plain, at, text, i, &step, error);
        } else if (text.at[i] == '[') {
            step = 0;
            status = take_class(&plain, at, text, &i, error);
        } else if (is_balancing(text, i)) {
            status = pk_fail_at(error, at,
                                "PCRE2 has no balancing groups, as %.*s is; nearest: a group that "
                                "calls itself, \\((?:[^()]|(?R))*\\)",
                                (int)(text.length - i < 20 ? text.length - i : 20), text.at + i);
        } else {
            pk_putc(&plain, text.at[i]);
        }
    }
    *out = pk_written(&plain);
    return status;
}
