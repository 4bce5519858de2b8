/* lint.c - run the rules over minutes and put their findings in order. */
#include "lint/suppress.h"

#include <stdlib.h>
#include <string.h>

const char *const pk_severities[] = {"hint", "info", "warning", "error", "off", NULL};

const struct pk_rule *pk_rule_of(struct pk_view id)
{
    for (const struct pk_rule *const *rule = pk_rules; *rule; rule++)
        if (pk_is(id, (*rule)->id))
            return *rule;
    return NULL;
}

bool pk_rule_offers(const struct pk_rule *rule)
{
    for (uint32_t i = 0; pk_rules[i]; i++)
        if (pk_rules[i] == rule)
            return pk_rules_offering[i];
    return false;
}

const struct pk_minutes *pk_minutes_of(const struct pk_lint *lint)
{
    return lint->minutes;
}

/* -- Reporting -- */

/* The rule goes no further: run_rule() goes on, and whoever looks for what else it may have left
 * undone finds it all in the arena. */
static _Noreturn void end_rule(struct pk_lint *lint, struct pk_span span)
{
    *pk_push(lint->minutes->arena, &lint->findings->ended) = lint->rule;
    pk_report_ended(lint, span);
    longjmp(*lint->end, 1);
}

static void add(struct pk_lint *lint, struct pk_span span, struct pk_view message, uint64_t said)
{
    if (lint->end && lint->told++ == lint->most)
        end_rule(lint, span);
    struct pk_diagnostic *found = pk_push(lint->minutes->arena, &lint->findings->diagnostic);
    *found = (struct pk_diagnostic){
        .span = span,
        .rule = lint->rule,
        .severity = lint->severity,
        .message = message,
        .said = said,
        .about = lint->about,
    };
    lint->last = found;
}

void pk_report_ready(struct pk_lint *lint, struct pk_span span, struct pk_view message)
{
    add(lint, span, message, pk_said("%1", (struct pk_view[3]){message}));
}

void pk_report3(struct pk_lint *lint, struct pk_span span, const char *message,
                struct pk_view first, struct pk_view second, struct pk_view third)
{
    const struct pk_view argument[3] = {first, second, third};
    add(lint, span, pk_message(lint, message, argument), pk_said(message, argument));
}

void pk_report2(struct pk_lint *lint, struct pk_span span, const char *message,
                struct pk_view first, struct pk_view second)
{
    pk_report3(lint, span, message, first, second, PK_VIEW(""));
}

void pk_report1(struct pk_lint *lint, struct pk_span span, const char *message,
                struct pk_view first)
{
    pk_report2(lint, span, message, first, PK_VIEW(""));
}

void pk_report(struct pk_lint *lint, struct pk_span span, const char *message)
{
    pk_report1(lint, span, message, PK_VIEW(""));
}

void pk_grade(struct pk_lint *lint, enum pk_severity severity)
{
    lint->last->severity = severity;
}

struct pk_fix *pk_offer(struct pk_lint *lint, const char *title, struct pk_view argument)
{
    struct pk_fix *fix = pk_push(lint->minutes->arena, &lint->last->fix);
    fix->title = pk_message(lint, title, (struct pk_view[3]){argument, {"", 0}, {"", 0}});
    return fix;
}

void pk_offer_edit(struct pk_lint *lint, struct pk_fix *fix, struct pk_span span,
                   struct pk_view text)
{
    struct pk_edit *edit = pk_push(lint->minutes->arena, &fix->edit);
    edit->span = span;
    edit->text = text;
}

struct pk_lint pk_lint_as(const struct pk_lint *other, const struct pk_rule *rule)
{
    const struct pk_minutes *minutes = other->minutes;
    return (struct pk_lint){
        .minutes = minutes,
        .findings = other->findings,
        .rule = rule,
        .severity = pk_rule_severity(rule, minutes->profile, minutes->detail),
        .messages = pk_yaml_get(pk_yaml_get(minutes->language->rules, rule->id), "messages"),
    };
}

/* -- The run -- */

static int compare_keys(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

void pk_sort_keys(uint64_t *key, uint32_t count)
{
    qsort(key, count, sizeof *key, compare_keys);
}

/* Findings come by rule; they go out by place, and by rule at one place. */
static void sort_findings(struct pk_arena *arena, struct pk_findings *findings)
{
    uint32_t count = findings->diagnostic.count;
    if (count < 2)
        return;
    uint64_t *key = pk_alloc(arena, count * sizeof *key);
    struct pk_diagnostic *sorted = pk_alloc(arena, count * sizeof *sorted);
    if (!key || !sorted)
        return;
    for (uint32_t i = 0; i < count; i++)
        key[i] = (uint64_t)findings->diagnostic.items[i].span.start << 32 | i;
    pk_sort_keys(key, count);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = findings->diagnostic.items[key[i] & UINT32_MAX];
    findings->diagnostic.items = sorted;
    findings->diagnostic.room = count;
}

/* Until it is done, or has more findings than it may. */
static void run_rule(struct pk_lint *lint, void (*ask)(struct pk_lint *))
{
    jmp_buf end;
    /* cppcheck-suppress autoVariables ; only what `ask` calls leaps there */
    lint->end = &end;
    if (!setjmp(end))
        ask(lint);
}

static void run(struct pk_lint *shared, bool review)
{
    for (const struct pk_rule *const *rule = pk_rules; *rule; rule++) {
        void (*ask)(struct pk_lint *) = review ? (*rule)->review : (*rule)->check;
        struct pk_lint lint = *shared;
        lint.rule = *rule;
        lint.number = (uint32_t)(rule - pk_rules);
        lint.severity = lint.setting[lint.number].severity;
        if (!ask || lint.severity == PK_OFF)
            continue;
        lint.messages = pk_yaml_get(lint.setting[lint.number].language, "messages");
        run_rule(&lint, ask);
    }
}

static enum pk_status lint_all(const struct pk_minutes *minutes, struct pk_looked *looked,
                               struct pk_findings *out)
{
    struct pk_suppressions suppressions;
    struct pk_lint lint = {
        .minutes = minutes, .findings = out, .looked = looked, .suppressions = &suppressions};
    memset(out, 0, sizeof *out);
    lint.most = pk_findings_most(minutes);
    lint.setting = pk_rule_settings(minutes);
    if (!lint.setting)
        return PK_ENOMEM;
    pk_find_suppressions(minutes, &suppressions);
    run(&lint, false);
    if (pk_lint_styles(minutes, out) != PK_OK)
        return PK_ENOMEM;
    sort_findings(minutes->arena, out);
    if (suppressions.comment.count) {
        pk_suppress(minutes, &suppressions, out);
        run(&lint, true);
        sort_findings(minutes->arena, out);
        pk_suppress(minutes, &suppressions, out); /* what is found in the comments, too */
    }
    return minutes->arena->failed ? PK_ENOMEM : PK_OK;
}

enum pk_status pk_lint(const struct pk_minutes *minutes, struct pk_findings *out)
{
    enum { LARGE = 256 * 1024 };
    struct pk_looked looked = {.arena = minutes->arena};
    if (minutes->blocks.text.length < LARGE)
        return lint_all(minutes, &looked, out);
    struct pk_arena
        own; /* what is looked up is as long as the text, and nobody asks for it later */
    pk_arena_init(&own);
    pk_arena_widen(&own);
    looked.arena = &own;
    enum pk_status status = lint_all(minutes, &looked, out);
    minutes->arena->failed = minutes->arena->failed || own.failed;
    status = own.failed ? PK_ENOMEM : status;
    pk_arena_free(&own);
    return status;
}
