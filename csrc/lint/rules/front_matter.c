/* front_matter.c - the front matter can be read, and names what there is. */
#include "lint/lint.h"

/* Line and column count from 1; a place past the text becomes its end. */
static struct pk_span span_at(const struct pk_blocks *blocks, uint32_t line, uint32_t column)
{
    uint32_t lines = blocks->line.count, length = (uint32_t)blocks->text.length;
    uint32_t start = line && line <= lines ? blocks->line.items[line - 1] : 0;
    uint32_t end = line && line < lines ? blocks->line.items[line] : length;
    while (end > start && (blocks->text.at[end - 1] == '\n' || blocks->text.at[end - 1] == '\r'))
        end--;
    uint32_t at = column ? start + column - 1 : start;
    return (struct pk_span){at < end ? at : start, end};
}

static bool is_profile(const struct pk_library *library, struct pk_view id)
{
    return pk_library_profile(library, id);
}

static bool is_language(const struct pk_library *library, struct pk_view id)
{
    return pk_library_language(library, id);
}

static bool is_level(const struct pk_library *library, struct pk_view id)
{
    (void)library;
    for (int i = 0; i < PK_DETAILS; i++)
        if (pk_is(id, pk_details[i]))
            return true;
    return false;
}

static const struct choice {
    const char *key;
    bool (*is_known)(const struct pk_library *, struct pk_view id);
    const char *unknown;
} choices[] = {
    {"protokol", is_profile, "there is no kind of minutes \"%1\""},
    {"lang", is_language, "there is no language \"%1\""},
    {"detail", is_level, "\"%1\" is no level of detail: brief, standard or detailed"},
};

static void check_choice(struct pk_lint *lint, const struct choice *choice)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_yaml *value = pk_yaml_get(minutes->front, choice->key);
    if (!value || value->kind != PK_YAML_SCALAR || pk_is_blank_value(minutes, value->value) ||
        choice->is_known(minutes->library, value->value))
        return;
    /* The front matter opens on the line before its first. */
    pk_report1(lint, span_at(&minutes->blocks, value->line + 1, value->column), choice->unknown,
               value->value);
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_error *error = &minutes->front_error;
    if (error->message[0])
        pk_report1(lint, span_at(&minutes->blocks, error->line, error->column),
                   "the front matter cannot be read: %1", pk_view_of(error->message));
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        check_choice(lint, &choices[i]);
}

const struct pk_rule pk_rule_front_matter = {
    .id = "front-matter",
    .severity = PK_ERROR,
    .summary = "the front matter can be read and names what there is",
    .help =
        "The lines between --- at the top are YAML; while they are broken, nothing in them "
        "counts: neither the date nor the kind of minutes. A kind, language or level that does "
        "not exist is as if it were not named. Mend the place that is shown; most often a value "
        "with a colon in it needs quotes:\n\n"
        "    subject: \"Prices: the second round\"",
    .check = check,
};
