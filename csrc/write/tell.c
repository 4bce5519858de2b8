/* tell.c - the records that programs are told: their members, names and order. */
#include "write/write.h"

/* -- Members -- */

static void tell_text(struct pk_sink *sink, const char *key, struct pk_view value)
{
    sink->text(sink, pk_view_of(key), value);
}

static void tell_number(struct pk_sink *sink, const char *key, uint32_t value)
{
    sink->number(sink, pk_view_of(key), value);
}

static void tell_truth(struct pk_sink *sink, const char *key, bool value)
{
    sink->truth(sink, pk_view_of(key), value);
}

/* An empty value means that there is none. */
static void tell_optional(struct pk_sink *sink, const char *key, struct pk_view value)
{
    if (value.length)
        tell_text(sink, key, value);
    else
        sink->nothing(sink, pk_view_of(key));
}

static void tell_date(struct pk_sink *sink, struct pk_view key, struct pk_date date)
{
    char iso[16];
    struct pk_arena none = {0};
    struct pk_buffer out = {&none, iso, 0, sizeof iso};
    pk_date_write(&out, date);
    sink->text(sink, key, pk_written(&out));
}

static void tell_time(struct pk_sink *sink, const char *key, struct pk_time time)
{
    char clock[8];
    struct pk_arena none = {0};
    struct pk_buffer out = {&none, clock, 0, sizeof clock};
    if (time.given) {
        pk_put_number(&out, (uint32_t)time.hour, 2);
        pk_putc(&out, ':');
        pk_put_number(&out, (uint32_t)time.minute, 2);
    }
    tell_optional(sink, key, pk_written(&out));
}

static void tell_place(struct pk_sink *sink, const struct pk_minutes *minutes, struct pk_span span)
{
    struct pk_place place = pk_place_of(minutes, span);
    tell_number(sink, "line", place.line);
    tell_number(sink, "column", place.column);
    tell_number(sink, "end_line", place.end_line);
    tell_number(sink, "end_column", place.end_column);
}

static void open_record(struct pk_sink *sink, const char *key)
{
    sink->open(sink, pk_view_of(key), '{');
}

static void close_record(struct pk_sink *sink)
{
    sink->close(sink, '}');
}

static void open_list(struct pk_sink *sink, const char *key)
{
    sink->open(sink, pk_view_of(key), '[');
}

static void close_list(struct pk_sink *sink)
{
    sink->close(sink, ']');
}

static void open_in_file(struct pk_sink *sink, struct pk_view file)
{
    open_record(sink, NULL);
    if (file.length)
        tell_text(sink, "file", file);
}

/* -- Findings -- */

void pk_tell_edit(struct pk_sink *sink, const struct pk_minutes *minutes,
                  const struct pk_edit *edit)
{
    open_record(sink, NULL);
    tell_place(sink, minutes, edit->span);
    tell_text(sink, "text", edit->text);
    close_record(sink);
}

static void tell_edits(struct pk_sink *sink, const struct pk_minutes *minutes,
                       const struct pk_fix *fix)
{
    open_list(sink, "edits");
    for (uint32_t i = 0; i < fix->edit.count; i++)
        pk_tell_edit(sink, minutes, &fix->edit.items[i]);
    close_list(sink);
}

static void tell_fix(struct pk_sink *sink, const struct pk_minutes *minutes,
                     const struct pk_fix *fix)
{
    open_record(sink, NULL);
    tell_text(sink, "title", fix->title);
    tell_truth(sink, "choice", fix->choice);
    tell_edits(sink, minutes, fix);
    close_record(sink);
}

void pk_tell_diagnostic(struct pk_sink *sink, const struct pk_minutes *minutes, struct pk_view file,
                        const struct pk_diagnostic *diagnostic)
{
    open_in_file(sink, file);
    tell_place(sink, minutes, diagnostic->span);
    tell_text(sink, "rule", pk_view_of(diagnostic->rule->id));
    tell_text(sink, "severity", pk_view_of(pk_severities[diagnostic->severity]));
    tell_text(sink, "message", diagnostic->message);
    if (diagnostic->rule->link)
        tell_text(sink, "link", pk_view_of(diagnostic->rule->link));
    open_list(sink, "fixes");
    for (uint32_t i = 0; i < diagnostic->fix.count; i++)
        tell_fix(sink, minutes, &diagnostic->fix.items[i]);
    close_list(sink);
    close_record(sink);
}

void pk_tell_change(struct pk_sink *sink, const struct pk_minutes *minutes,
                    const struct pk_change *change)
{
    open_record(sink, NULL);
    tell_place(sink, minutes, change->span);
    tell_text(sink, "text", change->fix.title);
    tell_text(sink, "from", pk_view_of(pk_states[change->from]));
    tell_text(sink, "to", pk_view_of(pk_states[change->to]));
    tell_edits(sink, minutes, &change->fix);
    close_record(sink);
}

/* -- Actions and decisions -- */

static struct pk_view section_title(const struct pk_minutes *minutes, int section)
{
    static const struct pk_view none;
    return section < 0 ? none : minutes->section.items[section].title;
}

void pk_tell_action(struct pk_sink *sink, const struct pk_minutes *minutes, struct pk_view file,
                    const struct pk_action *action)
{
    open_in_file(sink, file);
    tell_place(sink, minutes, action->span);
    tell_text(sink, "text", action->text);
    open_list(sink, "owners");
    for (uint32_t i = 0; i < action->owner.count; i++)
        tell_text(sink, NULL, action->owner.items[i].name);
    close_list(sink);
    if (action->due.year)
        tell_date(sink, PK_VIEW("due"), action->due);
    else
        sink->nothing(sink, PK_VIEW("due"));
    tell_optional(sink, "due_text", action->due_text);
    tell_truth(sink, "done", action->state == PK_DONE);
    tell_text(sink, "status", pk_view_of(pk_states[action->state]));
    tell_optional(sink, "id", action->id);
    tell_optional(sink, "section", section_title(minutes, action->section));
    tell_text(sink, "source", pk_view_of(pk_sources_names[action->source]));
    tell_text(sink, "key", pk_view_of(pk_identity_of(action).uuid));
    tell_time(sink, "due_time", action->due_time);
    tell_truth(sink, "due_ambiguous", action->due_ambiguous);
    open_list(sink, "people");
    for (uint32_t i = 0; i < action->owner.count; i++) {
        if (action->owner.items[i].full_name.length)
            tell_text(sink, NULL, action->owner.items[i].full_name);
    }
    close_list(sink);
    close_record(sink);
}

static void tell_count(struct pk_sink *sink, const char *key, int count)
{
    if (count < 0)
        sink->nothing(sink, pk_view_of(key));
    else
        tell_number(sink, key, (uint32_t)count);
}

static void tell_votes(struct pk_sink *sink, const struct pk_votes *votes)
{
    if (!votes->given) {
        sink->nothing(sink, PK_VIEW("votes"));
        return;
    }
    open_record(sink, "votes");
    tell_count(sink, "for", votes->in_favour);
    tell_count(sink, "against", votes->against);
    tell_count(sink, "abstained", votes->abstained);
    tell_truth(sink, "unanimous", votes->unanimous);
    close_record(sink);
}

void pk_tell_decision(struct pk_sink *sink, const struct pk_minutes *minutes, struct pk_view file,
                      const struct pk_decision *decision)
{
    open_in_file(sink, file);
    tell_place(sink, minutes, decision->span);
    tell_text(sink, "text", decision->text);
    tell_optional(sink, "id", decision->id);
    tell_optional(sink, "section", section_title(minutes, decision->section));
    tell_votes(sink, &decision->votes);
    close_record(sink);
}

/* -- Outline -- */

/* Members of "meeting" that are always there, null where the document has none. */
static const enum pk_field_kind always[] = {PK_FIELD_DATE, PK_FIELD_TIME, PK_FIELD_PLACE};

static bool is_always(enum pk_field_kind kind)
{
    return kind == always[0] || kind == always[1] || kind == always[2];
}

static void tell_field(struct pk_sink *sink, struct pk_view key, const struct pk_field *field)
{
    if (field->date.year)
        tell_date(sink, key, field->date);
    else
        sink->text(sink, key, field->value);
}

/* Is there an earlier field of that name? The ids are the profile's, few and short. */
static bool is_told(const struct pk_field *field, struct pk_view *told, uint32_t *count)
{
    for (uint32_t i = 0; i < *count; i++)
        if (pk_same(told[i], field->id))
            return true;
    told[(*count)++] = field->id;
    return false;
}

static void tell_meeting(struct pk_sink *sink, const struct pk_minutes *minutes)
{
    enum { ROOM = 64 };
    struct pk_view told[ROOM];
    uint32_t count = 0;

    open_record(sink, "meeting");
    tell_optional(sink, "title", minutes->title);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        struct pk_view key = pk_view_of(pk_field_kinds[always[i]]);
        const struct pk_field *field = pk_minutes_field(minutes, always[i]);
        if (field)
            tell_field(sink, key, field);
        else
            sink->nothing(sink, key);
    }
    for (uint32_t i = 0; i < minutes->field.count && count < ROOM; i++) {
        const struct pk_field *field = &minutes->field.items[i];
        if (field->id.length && field->value.length && !is_always(field->kind) &&
            !pk_is(field->id, "title") && !is_told(field, told, &count))
            tell_field(sink, field->id, field);
    }
    const struct pk_field *date = pk_minutes_field(minutes, PK_FIELD_DATE);
    if (date && date->ambiguous)
        tell_truth(sink, "date_ambiguous", true);
    close_record(sink);
}

static void tell_people(struct pk_sink *sink, const struct pk_minutes *minutes)
{
    open_list(sink, "people");
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        open_record(sink, NULL);
        tell_text(sink, "name", person->name);
        tell_optional(sink, "role", person->role);
        tell_optional(sink, "organisation", person->organisation);
        open_list(sink, "contacts");
        for (uint32_t j = 0; j < person->contact.count; j++)
            tell_text(sink, NULL, person->contact.items[j]);
        close_list(sink);
        tell_truth(sink, "present", person->present);
        tell_number(sink, "line", person->line + 1);
        close_record(sink);
    }
    close_list(sink);
}

struct pk_view pk_section_id(const struct pk_minutes *minutes, const struct pk_section *section)
{
    if (section->profile_section >= 0)
        return minutes->profile->section.items[section->profile_section].id;
    if (section->kind != PK_SECTION_OTHER)
        return pk_view_of(pk_section_kinds[section->kind]);
    return (struct pk_view){0};
}

static void tell_sections(struct pk_sink *sink, const struct pk_minutes *minutes)
{
    open_list(sink, "sections");
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        open_record(sink, NULL);
        tell_optional(sink, "id", pk_section_id(minutes, section));
        tell_text(sink, "title", section->title);
        tell_number(sink, "level", section->level);
        tell_number(sink, "line", section->line + 1);
        tell_number(sink, "end_line", section->end_line + 1);
        close_record(sink);
    }
    close_list(sink);
}

static void tell_point(struct pk_sink *sink, const struct pk_minutes *minutes,
                       const struct pk_point *point)
{
    open_record(sink, NULL);
    tell_text(sink, "text", point->text);
    tell_place(sink, minutes, point->span);
    tell_optional(sink, "id", point->id);
    tell_optional(sink, "section", section_title(minutes, point->section));
    close_record(sink);
}

static void tell_points(struct pk_sink *sink, const struct pk_minutes *minutes)
{
    open_list(sink, "questions");
    for (uint32_t i = 0; i < minutes->question.count; i++)
        tell_point(sink, minutes, &minutes->question.items[i]);
    close_list(sink);
    open_list(sink, "risks");
    for (uint32_t i = 0; i < minutes->risk.count; i++)
        tell_point(sink, minutes, &minutes->risk.items[i]);
    close_list(sink);
}

static void tell_headings(struct pk_sink *sink, const struct pk_minutes *minutes)
{
    open_list(sink, "headings");
    for (uint32_t i = 0; i < minutes->blocks.block.count; i++) {
        const struct pk_block *block = &minutes->blocks.block.items[i];
        if (block->kind != PK_HEADING)
            continue;
        struct pk_flow flow = {0};
        pk_flow(minutes->arena, &minutes->blocks, i, &flow);
        open_record(sink, NULL);
        tell_number(sink, "level", block->level);
        tell_text(sink, "title", pk_trim(flow.text));
        tell_number(sink, "line", block->line + 1);
        close_record(sink);
    }
    close_list(sink);
}

void pk_tell_outline(struct pk_sink *sink, const struct pk_minutes *minutes, struct pk_view file)
{
    open_in_file(sink, file);
    tell_text(sink, "profile", minutes->profile->id);
    tell_text(sink, "language", minutes->language->id);
    tell_meeting(sink, minutes);
    tell_people(sink, minutes);
    tell_sections(sink, minutes);
    tell_headings(sink, minutes);
    tell_points(sink, minutes);
    close_record(sink);
}

/* -- Rules and profiles -- */

/* An option with what it is here, and at each level of detail. */
static void tell_option(struct pk_sink *sink, const struct pk_rule *rule,
                        const struct pk_rule_option *option, const struct pk_profile *profile,
                        enum pk_detail detail)
{
    open_record(sink, NULL);
    tell_text(sink, "name", pk_view_of(option->name));
    tell_number(sink, "value", pk_rule_value(rule, option, profile, detail));
    for (int i = 0; i < PK_DETAILS; i++)
        tell_number(sink, pk_details[i], pk_rule_value(rule, option, profile, (enum pk_detail)i));
    close_record(sink);
}

void pk_tell_rule(struct pk_sink *sink, const struct pk_rule *rule,
                  const struct pk_profile *profile, enum pk_detail detail,
                  const struct pk_language *language)
{
    open_record(sink, NULL);
    tell_text(sink, "id", pk_view_of(rule->id));
    tell_text(sink, "severity", pk_view_of(pk_severities[pk_rule_severity(rule, profile, detail)]));
    tell_text(sink, "summary", pk_rule_summary(rule, language));
    tell_text(sink, "help", pk_rule_help(rule, language));
    tell_truth(sink, "mends", pk_rule_offers(rule));
    open_list(sink, "options");
    for (int i = 0; i < PK_RULE_OPTIONS && rule->option[i].name; i++)
        tell_option(sink, rule, &rule->option[i], profile, detail);
    close_list(sink);
    tell_text(sink, "default_severity", pk_view_of(pk_severities[rule->severity]));
    tell_text(sink, "profile", profile->id);
    tell_text(sink, "detail", pk_view_of(pk_details[detail]));
    tell_text(sink, "language", language->id);
    if (rule->link)
        tell_text(sink, "link", pk_view_of(rule->link));
    close_record(sink);
}

void pk_tell_style_trouble(struct pk_sink *sink, const struct pk_style_trouble *trouble)
{
    const struct pk_error *error = &trouble->error;
    open_record(sink, NULL);
    tell_text(sink, "id", trouble->id);
    tell_text(sink, "severity", PK_VIEW("off"));
    tell_text(sink, "summary", pk_view_of(error->message));
    tell_text(sink, "help", PK_VIEW(""));
    open_record(sink, "problem");
    tell_text(sink, "message", pk_view_of(error->message));
    tell_text(sink, "file", pk_view_of(error->file));
    if (error->line) {
        tell_number(sink, "line", error->line);
        tell_number(sink, "column", error->column ? error->column : 1);
    }
    close_record(sink);
    close_record(sink);
}

void pk_tell_profile(struct pk_sink *sink, const struct pk_profile *profile,
                     const struct pk_language *language)
{
    open_record(sink, NULL);
    tell_text(sink, "id", profile->id);
    tell_text(sink, "name", pk_profile_name(profile, language));
    tell_optional(sink, "file", profile->file);
    close_record(sink);
}
