/* run.c - run the house's own rules over minutes. */
#include "lint/style/style.h"
#include "text/table.h"

#include <stdlib.h>
#include <string.h>

static void (*const kinds[PK_STYLE_RUN])(struct pk_style_run *, enum pk_style_unit) = {
    [PK_STYLE_EXISTENCE] = pk_run_matches,
    [PK_STYLE_SUBSTITUTION] = pk_run_matches,
    [PK_STYLE_OCCURRENCE] = pk_run_occurrence,
    [PK_STYLE_REPETITION] = pk_run_repetition,
    [PK_STYLE_CONSISTENCY] = pk_run_consistency,
    [PK_STYLE_CONDITIONAL] = pk_run_conditional,
    [PK_STYLE_CAPITALIZATION] = pk_run_capitalization,
    [PK_STYLE_METRIC] = pk_run_metric,
};

/* -- Rules of a style as rules -- */

static const enum pk_severity severities[PK_STYLE_LEVELS] = {
    [PK_STYLE_SUGGESTION] = PK_INFO,
    [PK_STYLE_WARNING] = PK_WARNING,
    [PK_STYLE_ERROR] = PK_ERROR,
};

static const char *help_of(struct pk_arena *arena, const struct pk_style_rule *rule)
{
    struct pk_buffer help = {.arena = arena};
    pk_put(&help, pk_trim(rule->description));
    pk_puts(&help, help.length ? "\n\n" : "");
    pk_put(&help, rule->link);
    pk_puts(&help, rule->link.length ? "\n\n" : "");
    pk_puts(&help, "    ");
    pk_put(&help, rule->file);
    return pk_copy(arena, pk_written(&help)).at;
}

/* A summary is the message with "..." for what it would name. */
static const char *summary_of(struct pk_arena *arena, struct pk_view message)
{
    struct pk_buffer summary = {.arena = arena};
    for (size_t i = 0; i < message.length; i++) {
        bool gap = message.at[i] == '%' && i + 1 < message.length && message.at[i + 1] == 's';
        if (gap)
            pk_puts(&summary, "...");
        else
            pk_putc(&summary, message.at[i]);
        i += gap;
    }
    return pk_copy(arena, pk_written(&summary)).at;
}

static struct pk_rule *as_rule(struct pk_arena *arena, const struct pk_style_rule *style)
{
    struct pk_rule *rule = pk_alloc(arena, sizeof *rule);
    if (!rule)
        return NULL;
    rule->id = style->id.at;
    rule->severity = severities[style->level];
    rule->summary = summary_of(arena, style->message);
    rule->help = help_of(arena, style);
    rule->link = style->link.length ? style->link.at : NULL;
    return rule->summary && rule->help ? rule : NULL;
}

void pk_style_rules(struct pk_arena *arena, const struct pk_profile *profile,
                    struct pk_style_rules *out)
{
    *out = (struct pk_style_rules){0};
    for (uint32_t i = 0; profile->styles && i < profile->styles->rule.count; i++) {
        struct pk_rule *rule = as_rule(arena, profile->styles->rule.items[i]);
        if (rule)
            *pk_push(arena, &out->rule) = rule;
    }
}

const struct pk_style_trouble *pk_style_trouble_next(const struct pk_profile *profile,
                                                     uint32_t *number)
{
    const struct pk_styles *styles = profile->styles;
    while (styles && *number < styles->trouble.count) {
        const struct pk_style_trouble *trouble = styles->trouble.items[(*number)++];
        struct pk_rule rule = {.id = trouble->id.at, .severity = PK_ERROR};
        if (pk_rule_severity(&rule, profile, profile->detail) != PK_OFF)
            return trouble;
    }
    return NULL;
}

/* -- The run -- */

/* What a rule may take of the thread's time, for each megabyte begun. */
static uint64_t time_for(const struct pk_minutes *minutes)
{
    return UINT64_C(50000000) * (1 + (minutes->blocks.text.length >> 20));
}

/* Two scopes of a rule may hold the same words: a finding is told once. */
static void drop_doubles(struct pk_arena *arena, struct pk_findings *findings, uint32_t first)
{
    struct pk_table seen = {0};
    uint32_t kept = first;
    for (uint32_t i = first; i < findings->diagnostic.count; i++) {
        const struct pk_diagnostic *found = &findings->diagnostic.items[i];
        char key[sizeof found->span + sizeof found->rule];
        memcpy(key, &found->span, sizeof found->span);
        memcpy(key + sizeof found->span, &found->rule, sizeof found->rule);
        uint32_t *number =
            pk_table_at(arena, &seen, pk_copy(arena, (struct pk_view){key, sizeof key}));
        if (!*number)
            findings->diagnostic.items[kept++] = *found;
        *number = 1;
    }
    findings->diagnostic.count = kept;
}

static uint32_t units_of(const struct pk_style_rule *rule)
{
    uint32_t count = 0;
    for (int unit = 0; unit < PK_UNITS; unit++)
        count += pk_has_unit(rule, (enum pk_style_unit)unit);
    return count;
}

/* Until it is done, or has more findings than a rule may. */
static void run_until_limit(struct pk_style_run *run, enum pk_style_unit unit)
{
    jmp_buf end;
    run->lint.end = &end;
    if (setjmp(end))
        run->given_up = true;
    else
        kinds[run->rule->kind](run, unit);
}

static void run_rule(struct pk_style_run *run, uint32_t number, enum pk_style_unit unit,
                     const struct pk_rule *rule, enum pk_severity severity)
{
    run->rule = run->styles->rule.items[number];
    run->number = number;
    run->lint.rule = rule;
    run->lint.severity = severity;
    run->lint.messages = NULL;
    run->lint.told = run->told[number];
    run->reported = run->rule->kind < PK_STYLE_RUN ? run->told[number] : 0;
    run->given_up = run->dead[number];
    run->first_met = NULL;
    if (!run->given_up) {
        pk_matcher_begin(run->matcher, time_for(run->minutes));
        run_until_limit(run, unit);
    }
    run->told[number] = run->reported;
    run->dead[number] = run->given_up;
}

static bool prepare(struct pk_style_run *run)
{
    struct pk_arena *arena = run->minutes->arena;
    uint32_t count = run->styles->rule.count;
    run->word = pk_alloc(arena, (count + 1) * sizeof *run->word);
    run->active = pk_alloc(arena, (count + 1) * sizeof *run->active);
    run->dead = pk_alloc(arena, (count + 1) * sizeof *run->dead);
    run->told = pk_alloc(arena, (count + 1) * sizeof *run->told);
    run->matcher = pk_matcher_new();
    if (!run->word || !run->active || !run->dead || !run->told || !run->matcher)
        return false;
    pk_pieces_find(run);
    return !arena->failed;
}

static void run_unit(struct pk_style_run *run, enum pk_style_unit unit,
                     const struct pk_style_rules *rules, const enum pk_severity *severity)
{
    bool wanted = false;
    for (uint32_t i = 0; i < rules->rule.count; i++) {
        run->active[i] = severity[i] != PK_OFF && pk_has_unit(run->styles->rule.items[i], unit);
        wanted = wanted || run->active[i];
    }
    if (!wanted)
        return;
    pk_find_words(run, unit);
    for (uint32_t i = 0; i < rules->rule.count; i++)
        if (run->active[i])
            run_rule(run, i, unit, rules->rule.items[i], severity[i]);
}

enum pk_status pk_lint_styles(const struct pk_minutes *minutes, struct pk_findings *findings)
{
    struct pk_style_run run = {
        .minutes = minutes,
        .styles = minutes->profile->styles,
        .lint = {.minutes = minutes, .findings = findings, .most = pk_findings_most(minutes)},
    };
    struct pk_style_rules rules;
    if (!run.styles || !run.styles->rule.count)
        return PK_OK;
    uint32_t first = findings->diagnostic.count;
    pk_style_rules(minutes->arena, minutes->profile, &rules);
    enum pk_severity *severity =
        pk_alloc(minutes->arena, (rules.rule.count + 1) * sizeof *severity);
    bool ready = severity && rules.rule.count == run.styles->rule.count && prepare(&run);
    bool doubles = false;
    for (uint32_t i = 0; ready && i < rules.rule.count; i++) {
        severity[i] = pk_rule_severity(rules.rule.items[i], minutes->profile, minutes->detail);
        doubles = doubles || units_of(run.styles->rule.items[i]) > 1;
    }
    for (int unit = 0; ready && unit < PK_UNITS; unit++)
        run_unit(&run, (enum pk_style_unit)unit, &rules, severity);
    if (doubles)
        drop_doubles(minutes->arena, findings, first);
    pk_matcher_free(run.matcher);
    return ready && !minutes->arena->failed ? PK_OK : PK_ENOMEM;
}
