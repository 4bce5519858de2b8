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

static void add(struct pk_lint *lint, struct pk_span span, struct pk_view message, uint64_t said)
{
    struct pk_diagnostic *found = pk_push(lint->minutes->arena, &lint->findings->diagnostic);
    found->span = span;
    found->rule = lint->rule;
    found->severity = lint->severity;
    found->message = message;
    found->said = said;
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
        ask(&lint);
    }
}

enum pk_status pk_lint(const struct pk_minutes *minutes, struct pk_findings *out)
{
    struct pk_looked looked = {0};
    struct pk_suppressions suppressions;
    struct pk_lint lint = {
        .minutes = minutes, .findings = out, .looked = &looked, .suppressions = &suppressions};
    memset(out, 0, sizeof *out);
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
