/* pattern.c - patterns that a profile's author wrote: the one file that sees PCRE2.
 *
 * A pattern can be made to take for ever, by mistake or not, so every search
 * has limits. PROTOKOL_NO_JIT=1 in the environment leaves the compiler out.
 */
#define _XOPEN_SOURCE         700 /* clock_gettime */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "profile/load.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    LENGTH_LIMIT = 2000, /* bytes of a pattern */
    LONG_LIMIT = 60000,  /* of one that is put together from many */
    MATCH_LIMIT = 10000,
    DEPTH_LIMIT = 1000,
    HEAP_LIMIT = 4096, /* KiB */
};

/* Of a matcher, in which tries are as many as the length of the text allows: so that
 * they take no more time in a long text than in a short one. */
enum {
    TRIES = 200000000,
    FEWEST_TRIES = 500,
    MOST_TRIES = 100000,
    GROUPS = 20,
    STARTS_A_LOOK = 16,      /* at the clock */
    STACK_START = 32 * 1024, /* bytes, of compiled patterns */
    STACK_LIMIT = 512 * 1024,
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

/* What Go's regexp2 takes and PCRE2 does not, by the error it gives. */
static const char *nearest_to(int code)
{
    switch (code) {
    case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH:
        return "; nearest: one alternative a length, as in (?<!a|aa|aaa), or what comes before "
               "with \\K behind it";
    case PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY:
        return "; nearest: a script, as in \\p{Cyrillic}, or a category, as in \\p{Lu}";
    default:
        return "";
    }
}

static enum pk_status fail_compile(const struct pk_yaml *at, int code, size_t offset,
                                   struct pk_error *error)
{
    PCRE2_UCHAR why[160];
    if (code == PCRE2_ERROR_HEAP_FAILED)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    if (pcre2_get_error_message(code, why, sizeof why) < 0)
        why[0] = '\0';
    return pk_fail_at(error, at, "in the pattern, after %zu bytes: %s%s", offset, (const char *)why,
                      nearest_to(code));
}

static struct pk_view place_of(struct pk_arena *arena, const struct pk_yaml *at,
                               struct pk_view file)
{
    struct pk_buffer place = {.arena = arena};
    pk_put(&place, file);
    pk_putf(&place, ":%u:%u", at->line, at->column);
    return pk_written(&place);
}

/* Before the first alternative stands a callout: it is passed at each start of a match. */
static pcre2_code *compile(struct pk_view text, uint32_t options, int *code, size_t *offset)
{
    static const char callout[] = "(?C1)";
    size_t ahead = sizeof callout - 1;
    char *whole = malloc(ahead + text.length);
    if (!whole) {
        *code = PCRE2_ERROR_HEAP_FAILED;
        return NULL;
    }
    memcpy(whole, callout, ahead);
    memcpy(whole + ahead, text.at, text.length);
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)whole, ahead + text.length, options, code, offset, NULL);
    *offset = *offset > ahead ? *offset - ahead : 0;
    free(whole);
    return compiled;
}

static enum pk_status make(struct pk_library *library, const struct pk_pattern_source *source,
                           uint32_t options, struct pk_pattern **out, struct pk_error *error)
{
    int code = 0;
    size_t offset = 0;
    struct pk_pattern *pattern = pk_alloc(&library->arena, sizeof *pattern);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    struct pk_view text = source->text.at ? source->text : PK_VIEW("");
    if (!pattern || !limits) {
        pcre2_match_context_free(limits);
        return pk_fail(error, PK_ENOMEM, "out of memory");
    }
    pcre2_set_match_limit(limits, MATCH_LIMIT);
    pcre2_set_depth_limit(limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(limits, HEAP_LIMIT);
    pattern->code = compile(text, options, &code, &offset);
    if (!pattern->code) {
        pcre2_match_context_free(limits);
        return fail_compile(source->at, code, offset, error);
    }
    if (jit_wanted()) /* where there is none, pcre2_match interprets */
        pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    pattern->limits = limits;
    pattern->text = text;
    pattern->place = place_of(&library->arena, source->at, source->file);
    pattern->older = library->patterns;
    library->patterns = pattern;
    *out = pattern;
    return PK_OK;
}

/* No memory for a pattern is none for the library: nobody shall take it for a broken one. */
static enum pk_status noted(struct pk_library *library, enum pk_status status)
{
    library->arena.failed = library->arena.failed || status == PK_ENOMEM;
    return status;
}

enum pk_status pk_pattern_new(struct pk_library *library, const struct pk_yaml *at,
                              struct pk_view file, struct pk_pattern **out, struct pk_error *error)
{
    *out = NULL;
    if (at->value.length > LENGTH_LIMIT)
        return pk_fail_at(error, at, "a pattern of more than %d bytes", LENGTH_LIMIT);
    struct pk_pattern_source source = {.text = at->value, .at = at, .file = file};
    return noted(library, make(library, &source,
                               PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
                                   PCRE2_NEVER_BACKSLASH_C | PCRE2_CASELESS,
                               out, error));
}

enum pk_status pk_pattern_make(struct pk_library *library, const struct pk_pattern_source *source,
                               struct pk_pattern **out, struct pk_error *error)
{
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_MULTILINE |
                       PCRE2_DUPNAMES | (source->caseless ? PCRE2_CASELESS : 0);
    *out = NULL;
    if (source->text.length > LONG_LIMIT)
        return pk_fail_at(error, source->at, "a pattern of more than %d bytes", LONG_LIMIT);
    return noted(library, make(library, source, options, out, error));
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
 * compiler's stack; a recursion without end) means the pattern costs too much here. */
static enum pk_match answer(int code)
{
    if (code >= 0)
        return PK_MATCH;
    if (code == PCRE2_ERROR_NOMEMORY)
        return PK_MATCH_NO_MEMORY;
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
        return PK_MATCH_NO_MEMORY;
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

/* -- Many searches -- */

struct pk_matcher {
    pcre2_match_data *data;
    pcre2_match_context *limits;
    pcre2_jit_stack *stack;
    uint64_t allowed, look_at, begun; /* nanoseconds; the next look by the wall's clock */
    uint32_t starts;
};

static uint64_t now(clockid_t clock)
{
    struct timespec time = {0};
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* The wall's clock is cheap to read and never behind the thread's own, which decides. */
static bool is_late(struct pk_matcher *matcher)
{
    uint64_t wall = now(CLOCK_MONOTONIC), spent;
    if (!matcher->allowed || wall < matcher->look_at)
        return false;
    spent = now(CLOCK_THREAD_CPUTIME_ID) - matcher->begun;
    if (spent >= matcher->allowed)
        return true;
    matcher->look_at = wall + matcher->allowed - spent;
    return false;
}

/* The limit of tries counts anew from each start, and not what a single repeat runs over: in a
 * long text many starts, none of them too costly, can take hours. */
static int at_start(pcre2_callout_block *block, void *matcher)
{
    struct pk_matcher *its = matcher;
    (void)block;
    return ++its->starts % STARTS_A_LOOK == 0 && is_late(its) ? PCRE2_ERROR_CALLOUT : 0;
}

struct pk_matcher *pk_matcher_new(void)
{
    struct pk_matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher)
        return NULL;
    matcher->data = pcre2_match_data_create(GROUPS, NULL);
    matcher->limits = pcre2_match_context_create(NULL);
    if (!matcher->data || !matcher->limits) {
        pk_matcher_free(matcher);
        return NULL;
    }
    pcre2_set_depth_limit(matcher->limits, MOST_TRIES);
    pcre2_set_heap_limit(matcher->limits, HEAP_LIMIT);
    matcher->stack = jit_wanted() ? pcre2_jit_stack_create(STACK_START, STACK_LIMIT, NULL) : NULL;
    pcre2_set_callout(matcher->limits, at_start, matcher);
    if (matcher->stack)
        pcre2_jit_stack_assign(matcher->limits, NULL, matcher->stack);
    return matcher;
}

void pk_matcher_free(struct pk_matcher *matcher)
{
    if (!matcher)
        return;
    pcre2_jit_stack_free(matcher->stack);
    pcre2_match_context_free(matcher->limits);
    pcre2_match_data_free(matcher->data);
    free(matcher);
}

void pk_matcher_begin(struct pk_matcher *matcher, uint64_t nanoseconds)
{
    matcher->allowed = nanoseconds;
    matcher->begun = now(CLOCK_THREAD_CPUTIME_ID);
    matcher->look_at = now(CLOCK_MONOTONIC) + nanoseconds;
}

static uint32_t tries_in(size_t length)
{
    size_t tries = TRIES / (length + 1);
    return (uint32_t)(tries < FEWEST_TRIES ? FEWEST_TRIES
                      : tries > MOST_TRIES ? MOST_TRIES
                                           : tries);
}

static void set_groups(const struct pk_matcher *matcher, struct pk_found *found, int code)
{
    const size_t *pair = pcre2_get_ovector_pointer(matcher->data);
    PCRE2_SPTR mark = pcre2_get_mark(matcher->data);
    uint32_t count = code == 0 ? GROUPS : (uint32_t)code;
    found->end = pair[1];
    found->start = pair[0] < pair[1] ? pair[0] : pair[1]; /* \K may set it behind the end */
    for (uint32_t i = 0; i < PK_FOUND_GROUPS; i++) {
        bool set = i < count && pair[2 * i] != PCRE2_UNSET && pair[2 * i] <= pair[2 * i + 1];
        found->group[i][0] = set ? pair[2 * i] : 0;
        found->group[i][1] = set ? pair[2 * i + 1] : 0;
    }
    found->mark = 0;
    for (; mark && *mark >= '0' && *mark <= '9'; mark++)
        found->mark = found->mark * 10 + (uint32_t)(*mark - '0');
}

enum pk_match pk_matcher_find(struct pk_matcher *matcher, const struct pk_pattern *pattern,
                              struct pk_view text, size_t from, struct pk_found *found)
{
    if (from > text.length)
        return PK_NO_MATCH;
    if (!text.at) /* PCRE2 before 10.40 wants a pointer even to nothing */
        text = PK_VIEW("");
    if (is_late(matcher))
        return PK_MATCH_LIMIT;
    pcre2_set_match_limit(matcher->limits, tries_in(text.length));
    int code = pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.length, from,
                           PCRE2_NO_UTF_CHECK, matcher->data, matcher->limits);
    if (code >= 0)
        set_groups(matcher, found, code);
    return answer(code);
}
