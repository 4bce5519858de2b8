/* about.c - protokol rules, explain, profiles, check: what protokol knows and expects. */
#include "face/cli.h"

#include <string.h>

/* Whose words and severities are shown: those that hold in the current folder. */
struct view {
    const struct pk_profile *profile;
    const struct pk_language *language;
    enum pk_detail detail;
};

static const struct pk_library *look(struct cli *cli, struct view *view)
{
    const struct pk_library *library = cli_library_for(cli, "./any.md");
    if (!library)
        return NULL;
    view->profile = cli_profile(cli, library);
    view->language = cli_language(cli, library);
    view->detail = cli_detail(cli, view->profile);
    return library;
}

/* -- Rules -- */

static struct pk_view severity_of(const struct pk_rule *rule, const struct view *view)
{
    return pk_view_of(pk_severities[pk_rule_severity(rule, view->profile, view->detail)]);
}

static void put_rule_record(struct cli *cli, const struct pk_rule *rule, const struct view *view)
{
    struct pk_buffer out = {.arena = &cli->arena};
    struct pk_json json = pk_json_to(&out);
    pk_tell_rule(&json.sink, rule, view->profile, view->detail, view->language);
    cli_put_record(cli, pk_written(&out));
}

/* "max=30 min=2" */
static struct pk_view options_of(struct pk_arena *arena, const struct pk_rule *rule,
                                 const struct view *view)
{
    struct pk_buffer out = {.arena = arena};
    for (int i = 0; i < PK_RULE_OPTIONS && rule->option[i].name; i++)
        pk_putf(&out, "%s%s=%u", i ? " " : "", rule->option[i].name,
                pk_rule_value(rule, &rule->option[i], view->profile, view->detail));
    return pk_written(&out);
}

/* A cell that is empty, where at == NULL would end the row. */
static struct pk_view cell(struct pk_view text)
{
    return text.length ? text : PK_VIEW("");
}

static void put_trouble_record(struct cli *cli, const struct pk_style_trouble *trouble)
{
    struct pk_buffer out = {.arena = &cli->arena};
    struct pk_json json = pk_json_to(&out);
    pk_tell_style_trouble(&json.sink, trouble);
    cli_put_record(cli, pk_written(&out));
}

static struct pk_view place_and_reason(struct cli *cli, const struct pk_error *error)
{
    struct pk_buffer out = {.arena = &cli->arena};
    pk_puts(&out, error->file);
    if (error->line)
        pk_putf(&out, ":%u:%u", error->line, error->column ? error->column : 1);
    pk_putf(&out, ": %s", error->message);
    return pk_written(&out);
}

/* The built-in ones, then the house's own. */
static struct pk_style_rules all_rules(struct cli *cli, const struct view *view)
{
    struct pk_style_rules all = {0}, own;
    for (const struct pk_rule *const *rule = pk_rules; *rule; rule++)
        *pk_push(&cli->arena, &all.rule) = *rule;
    pk_style_rules(&cli->arena, view->profile, &own);
    for (uint32_t i = 0; i < own.rule.count; i++)
        *pk_push(&cli->arena, &all.rule) = own.rule.items[i];
    return all;
}

void cli_run_rules(struct cli *cli)
{
    struct view view;
    struct {
        PK_LIST(struct pk_row) row;
    } table = {0};
    if (!look(cli, &view))
        return;
    struct pk_style_rules rules = all_rules(cli, &view);
    for (uint32_t i = 0; i < rules.rule.count; i++) {
        const struct pk_rule *rule = rules.rule.items[i];
        if (!cli->for_people) {
            put_rule_record(cli, rule, &view);
            continue;
        }
        *pk_push(&cli->arena, &table.row) = (struct pk_row){{
            pk_view_of(rule->id),
            severity_of(rule, &view),
            pk_view_of(pk_rule_offers(rule) ? "fix" : ""),
            cell(options_of(&cli->arena, rule, &view)),
            pk_rule_summary(rule, view.language),
        }};
    }
    const struct pk_style_trouble *trouble;
    for (uint32_t i = 0; (trouble = pk_style_trouble_next(view.profile, &i));) {
        if (!cli->for_people) {
            put_trouble_record(cli, trouble);
            continue;
        }
        *pk_push(&cli->arena, &table.row) = (struct pk_row){{
            trouble->id,
            PK_VIEW("not run"),
            PK_VIEW(""),
            PK_VIEW(""),
            place_and_reason(cli, &trouble->error),
        }};
    }
    struct pk_buffer out = {.arena = &cli->arena};
    pk_text_rows(&out, table.row.items, table.row.count);
    cli_put(pk_written(&out));
    cli_end_records(cli);
}

/* "  severity: info (brief off, standard info, detailed warning)", and so each option; these are
 * words of a profile, whatever the language. */
static void put_settings(struct pk_buffer *out, const struct pk_rule *rule, const struct view *view)
{
    struct pk_view severity = severity_of(rule, view);
    pk_putf(out, "\n  severity: %.*s", (int)severity.length, severity.at);
    for (int i = 0; i < PK_DETAILS; i++)
        pk_putf(out, "%s%s %s", i ? ", " : " (", pk_details[i],
                pk_severities[pk_rule_severity(rule, view->profile, (enum pk_detail)i)]);
    pk_puts(out, ")\n");
    for (int i = 0; i < PK_RULE_OPTIONS && rule->option[i].name; i++) {
        const struct pk_rule_option *option = &rule->option[i];
        pk_putf(out, "  %s: %u", option->name,
                pk_rule_value(rule, option, view->profile, view->detail));
        for (int j = 0; j < PK_DETAILS; j++)
            pk_putf(out, "%s%s %u", j ? ", " : " (", pk_details[j],
                    pk_rule_value(rule, option, view->profile, (enum pk_detail)j));
        pk_puts(out, ")\n");
    }
    if (pk_rule_offers(rule))
        pk_puts(out, "  fix: protokol lint --fix\n");
}

static void put_explanation(struct cli *cli, const struct pk_rule *rule, const struct view *view)
{
    struct pk_buffer out = {.arena = &cli->arena};
    struct pk_view severity = severity_of(rule, view);
    pk_putf(&out, "%s%s (%.*s)\n", cli->records++ ? "\n" : "", rule->id, (int)severity.length,
            severity.at);
    pk_put(&out, pk_trim(pk_rule_summary(rule, view->language)));
    pk_puts(&out, "\n\n");
    pk_put(&out, pk_trim(pk_rule_help(rule, view->language)));
    pk_putc(&out, '\n');
    put_settings(&out, rule, view);
    cli_put(pk_written(&out));
}

void cli_run_explain(struct cli *cli)
{
    struct view view;
    if (!look(cli, &view))
        return;
    struct pk_style_rules rules = all_rules(cli, &view);
    for (uint32_t i = 0; i < cli->operand.count; i++) {
        const char *id = cli->operand.items[i];
        const struct pk_rule *rule = NULL;
        for (uint32_t j = 0; j < rules.rule.count && !rule; j++)
            rule = strcmp(rules.rule.items[j]->id, id) == 0 ? rules.rule.items[j] : NULL;
        if (rule && cli->for_people) {
            put_explanation(cli, rule, &view);
        } else if (rule) {
            put_rule_record(cli, rule, &view);
        } else {
            struct cli_names known = {0};
            for (uint32_t j = 0; j < rules.rule.count; j++)
                *pk_push(&cli->arena, &known.name) = rules.rule.items[j]->id;
            cli_unknown(cli, "rule", id, &known);
        }
    }
    cli_end_records(cli);
}

/* -- Profiles -- */

void cli_run_profiles(struct cli *cli)
{
    struct view view;
    struct {
        PK_LIST(struct pk_row) row;
    } table = {0};
    const struct pk_library *library = look(cli, &view);
    for (uint32_t i = 0; library && i < library->profile.count; i++) {
        const struct pk_profile *profile = library->profile.items[i];
        struct pk_buffer out = {.arena = &cli->arena};
        struct pk_json json = pk_json_to(&out);
        if (!cli->for_people) {
            pk_tell_profile(&json.sink, profile, view.language);
            cli_put_record(cli, pk_written(&out));
            continue;
        }
        *pk_push(&cli->arena, &table.row) = (struct pk_row){{
            profile->id,
            pk_profile_name(profile, view.language),
            profile->file.length ? profile->file : PK_VIEW("built in"),
        }};
    }
    struct pk_buffer out = {.arena = &cli->arena};
    pk_text_rows(&out, table.row.items, table.row.count);
    cli_put(pk_written(&out));
    if (library)
        cli_end_records(cli);
}

/* -- Checking what users wrote -- */

/* Whom to tell of which file. */
struct checking {
    struct cli *cli;
    const char *path;
};

static void tell_problem(void *user, const struct pk_error *error)
{
    const struct checking *checking = user;
    struct pk_error placed = *error;
    if (!placed.file[0])
        snprintf(placed.file, sizeof placed.file, "%s", checking->path);
    cli_error(checking->cli, &placed);
}

static void check_file(struct cli *cli, const char *path)
{
    struct checking checking = {cli, path};
    const char *why = cli_read_file(cli->bytes, path);
    if (why) {
        cli_trouble(cli, "%s: %s", path, why);
        return;
    }
    if (pk_check_each(cli_text(cli->bytes), path, tell_problem, &checking) != PK_OK)
        return;
    struct pk_buffer out = {.arena = &cli->arena};
    pk_text_path(&out, pk_view_of(path));
    pk_puts(&out, ": fine\n");
    cli_put(pk_written(&out));
}

/* As JSON: of profiles, or of languages where that is asked for. */
static void put_schema(struct cli *cli)
{
    const char *of = cli->operand.count ? cli->operand.items[0] : "profile";
    struct pk_buffer out = {.arena = &cli->arena};
    if (cli->operand.count > 1 || (strcmp(of, "profile") != 0 && strcmp(of, "language") != 0)) {
        cli_trouble(cli, "--schema is that of a \"profile\" or a \"language\"");
        return;
    }
    if (strcmp(of, "profile") == 0)
        pk_write_profile_schema(&out);
    else
        pk_write_language_schema(&out);
    cli_put(pk_written(&out));
}

void cli_run_check(struct cli *cli)
{
    if (cli->set.schema) {
        put_schema(cli);
        return;
    }
    for (uint32_t i = 0; i < cli->operand.count; i++)
        check_file(cli, cli->operand.items[i]);
}
