/* pattern.c - patterns that a profile's author wrote: the one file that sees PCRE2.
 *
 * A pattern can be made to take for ever, by mistake or not, so every search
 * has limits. PROTOKOL_NO_JIT=1 in the environment leaves the compiler out.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "profile/load.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

enum {
    LENGTH_LIMIT = 2000, /* bytes of a pattern */
    MATCH_LIMIT = 10000,
    DEPTH_LIMIT = 1000,
    HEAP_LIMIT = 4096, /* KiB */
};

struct pk_pattern {
    struct pk_pattern *older;
    pcre2_code *code;
    pcre2_match_context *limits;
    struct pk_view text, place;
};

static bool jit_wanted(void)
{
    const char *no = getenv("PROTOKOL_NO_JIT");
    return !no || strcmp(no, "1") != 0;
}

static enum pk_status fail_compile(const struct pk_yaml *at, int code, size_t offset,
                                   struct pk_error *error)
{
    PCRE2_UCHAR why[160];
    if (code == PCRE2_ERROR_HEAP_FAILED)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    if (pcre2_get_error_message(code, why, sizeof why) < 0)
        why[0] = '\0';
    return pk_fail_at(error, at, "in the pattern, after %zu bytes: %s", offset, (const char *)why);
}

static struct pk_view place_of(struct pk_arena *arena, const struct pk_yaml *at,
                               struct pk_view file)
{
    struct pk_buffer place = {.arena = arena};
    pk_put(&place, file);
    pk_putf(&place, ":%u:%u", at->line, at->column);
    return pk_written(&place);
}

enum pk_status pk_pattern_new(struct pk_library *library, const struct pk_yaml *at,
                              struct pk_view file, struct pk_pattern **out, struct pk_error *error)
{
    int code = 0;
    size_t offset = 0;
    *out = NULL;
    if (at->value.length > LENGTH_LIMIT)
        return pk_fail_at(error, at, "a pattern of more than %d bytes", LENGTH_LIMIT);
    struct pk_pattern *pattern = pk_alloc(&library->arena, sizeof *pattern);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    if (!pattern || !limits) {
        pcre2_match_context_free(limits);
        return pk_fail(error, PK_ENOMEM, "out of memory");
    }
    pcre2_set_match_limit(limits, MATCH_LIMIT);
    pcre2_set_depth_limit(limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(limits, HEAP_LIMIT);
    uint32_t options =
        PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_CASELESS;
    pattern->code =
        pcre2_compile((PCRE2_SPTR)at->value.at, at->value.length, options, &code, &offset, NULL);
    if (!pattern->code) {
        pcre2_match_context_free(limits);
        return fail_compile(at, code, offset, error);
    }
    if (jit_wanted()) /* where there is none, pcre2_match interprets */
        pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    pattern->limits = limits;
    pattern->text = at->value;
    pattern->place = place_of(&library->arena, at, file);
    pattern->older = library->patterns;
    library->patterns = pattern;
    *out = pattern;
    return PK_OK;
}

struct pk_view pk_pattern_text(const struct pk_pattern *pattern)
{
    return pattern->text;
}

struct pk_view pk_pattern_place(const struct pk_pattern *pattern)
{
    return pattern->place;
}

void pk_patterns_free(struct pk_pattern *newest)
{
    for (struct pk_pattern *pattern = newest; pattern; pattern = pattern->older) {
        pcre2_match_context_free(pattern->limits);
        pcre2_code_free(pattern->code);
    }
}

/* Whatever else goes wrong in a search (a limit of matches, depth, heap or the
 * compiler's stack; no memory) means the pattern costs too much here. */
static enum pk_match answer(int code)
{
    if (code >= 0)
        return PK_MATCH;
    return code == PCRE2_ERROR_NOMATCH ? PK_NO_MATCH : PK_MATCH_LIMIT;
}

enum pk_match pk_pattern_find(const struct pk_pattern *pattern, struct pk_view text, size_t from,
                              size_t *start, size_t *end)
{
    *start = *end = 0;
    if (from > text.length)
        return PK_NO_MATCH;
    if (!text.at) /* PCRE2 before 10.40 wants a pointer even to nothing */
        text = PK_VIEW("");
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    if (!data)
        return PK_MATCH_LIMIT;
    enum pk_match match = answer(pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.length, from,
                                             0, data, pattern->limits));
    if (match == PK_MATCH) {
        const size_t *found = pcre2_get_ovector_pointer(data);
        *end = found[1];
        *start = found[0] < found[1] ? found[0] : found[1]; /* \K may set it behind the end */
    }
    pcre2_match_data_free(data);
    return match;
}
