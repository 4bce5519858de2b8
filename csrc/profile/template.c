/* template.c - write a profile out as minutes that wait to be filled in. */
#include "profile/template.h"

#include "profile/load.h"

#include <string.h>

/* Where in the text to come a value would stand, and so what it must not hold. */
struct position {
    bool front;                   /* in the front matter: a YAML scalar */
    bool table;                   /* in a table's row */
    bool quoted;                  /* between the author's own quotation marks */
    const struct pk_known *known; /* NULL, or the entry that is written */
    const char *key;              /* behind its value in a row stands the entry's tail */
};

static struct pk_view rest_of(struct pk_view view, size_t from)
{
    return pk_view_part(view, from, view.length);
}

/* -- Values -- */

/* Is it the same text without quotes in YAML: letters, digits and blanks, a letter first? */
static bool is_plain_yaml(struct pk_view value)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "null"};
    size_t width;
    for (size_t i = 0; i < value.length; i += width) {
        uint32_t codepoint = pk_decode(rest_of(value, i), &width);
        bool fits =
            i ? pk_is_word(codepoint) || codepoint == ' ' || codepoint == '-' || codepoint == '.'
              : pk_is_letter(codepoint);
        if (!fits)
            return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (pk_same_folded(value, pk_view_of(words[i])))
            return false;
    }
    return value.length > 0;
}

/* One line, whatever the value holds. */
static void put_value(struct pk_buffer *out, struct pk_view value, struct position at)
{
    if (!value.length)
        return;
    bool quotes = at.front && !at.quoted && !is_plain_yaml(value);
    size_t width;
    if (quotes)
        pk_putc(out, '"');
    for (size_t i = 0; i < value.length; i += width) {
        uint32_t codepoint = pk_decode(rest_of(value, i), &width);
        bool escaped = i > 0 && value.at[i - 1] == '\\';
        if (codepoint < 0x20 || codepoint == 0x7F || codepoint == 0x85 || codepoint == 0x2028 ||
            codepoint == 0x2029) {
            pk_putc(out, ' ');
            continue;
        }
        if (at.front && (quotes || at.quoted) && (codepoint == '"' || codepoint == '\\'))
            pk_putc(out, '\\');
        if (at.table && codepoint == '|' && !escaped)
            pk_putc(out, '\\');
        pk_put(out, pk_view_part(value, i, i + width));
    }
    if (quotes)
        pk_putc(out, '"');
}

static void put_placeholder(struct pk_buffer *out, struct pk_view prompt, struct position at)
{
    bool quotes = at.front && !at.quoted;
    pk_puts(out, quotes ? "\"{{" : "{{");
    at.quoted = at.front;
    put_value(out, prompt, at);
    pk_puts(out, quotes ? "}}\"" : "}}");
}

/* -- Keys -- */

/* By the profile's own words, then the language's; empty: neither has it. */
static struct pk_view word_of(const struct pk_template *template, const struct pk_yaml *own,
                              const struct pk_yaml *common, struct pk_view key)
{
    const struct pk_yaml *maps[] = {pk_in_language(own, template->language->id), common};
    for (size_t i = 0; i < 2; i++) {
        const struct pk_yaml *member =
            maps[i] && maps[i]->kind == PK_YAML_MAP ? maps[i]->first : NULL;
        while (member && !pk_same(member->key, key))
            member = member->next;
        struct pk_view word = pk_first_word(member);
        if (word.length)
            return word;
    }
    return PK_VIEW("");
}

static struct pk_view field_label(const struct pk_template *template, struct pk_view id)
{
    const struct pk_profile *profile = template->profile;
    for (uint32_t i = 0; i < profile->field.count; i++) {
        if (pk_same(profile->field.items[i].id, id))
            return pk_first_word(
                pk_in_language(profile->field.items[i].labels, template->language->id));
    }
    return PK_VIEW("");
}

static struct pk_view label_of(const struct pk_template *template, struct pk_view key)
{
    if (pk_is(key, "profile"))
        return template->profile->id;
    if (pk_is(key, "lang"))
        return template->language->id;
    if (pk_is(key, "detail"))
        return pk_view_of(pk_details[template->detail]);
    if (pk_is(key, "title"))
        return pk_profile_title(template->profile, template->language);
    struct pk_view label = field_label(template, key);
    if (!label.length)
        label = word_of(template, template->profile->labels, template->language->labels, key);
    return label.length ? label : key;
}

static struct pk_view value_in(const struct pk_value *value, uint32_t count, struct pk_view key)
{
    for (uint32_t i = 0; i < count; i++) {
        if (pk_same(value[i].key, key))
            return pk_trim(value[i].value);
    }
    return PK_VIEW("");
}

static void put_key(struct pk_buffer *out, const struct pk_template *template, struct pk_view key,
                    struct position at)
{
    struct pk_view value = value_in(template->value, template->value_count, key);
    if (at.known)
        value = value_in(at.known->value, at.known->value_count, key);
    put_value(out, value, at);
    if (at.known && at.table && pk_is(key, at.key) && at.known->tail.length) {
        pk_putc(out, ' ');
        put_value(out, at.known->tail, at);
    }
    if (value.length || at.known)
        return;
    struct pk_view prompt =
        word_of(template, template->profile->prompts, template->language->prompts, key);
    if (!prompt.length)
        prompt = field_label(template, key);
    put_placeholder(out, prompt.length ? prompt : key, at);
}

/* -- Texts -- */

/* At "{{key}}" or "${key}": the bytes of it, 0: neither. */
static size_t mark_at(struct pk_view text, const char *open, const char *close, struct pk_view *key)
{
    if (!pk_starts(text, pk_view_of(open)))
        return 0;
    size_t from = strlen(open), at = from;
    while (at < text.length && text.at[at] != '\n' &&
           !pk_starts(rest_of(text, at), pk_view_of(close)))
        at++;
    if (at == text.length || text.at[at] == '\n')
        return 0;
    *key = pk_trim(pk_view_part(text, from, at));
    return key->length ? at + strlen(close) : 0;
}

static bool is_row(struct pk_view line)
{
    return pk_starts(pk_trim(line), PK_VIEW("|"));
}

static void put_marks(struct pk_buffer *out, const struct pk_template *template,
                      struct pk_view line, struct position at)
{
    bool front = at.front;
    for (size_t i = 0; i < line.length;) {
        struct pk_view key, rest = rest_of(line, i);
        size_t length = mark_at(rest, "{{", "}}", &key);
        if (length)
            put_key(out, template, key, at);
        else if ((length = mark_at(rest, "${", "}", &key)) != 0)
            put_value(out, label_of(template, key), at);
        else
            pk_put(out, pk_view_part(line, i, i + (length = 1)));
        if (length == 1 && line.at[i] == '"')
            at.quoted = front && !at.quoted;
        i += length;
    }
}

static void put_line(struct pk_buffer *out, const struct pk_template *template, struct pk_view line,
                     bool front)
{
    put_marks(out, template, line, (struct position){.front = front, .table = is_row(line)});
    pk_putc(out, '\n');
}

/* -- Entries that are known beforehand -- */

/* Does the line ask for that key - or, without one, for anything the entry has no value for? */
static bool asks(struct pk_view line, const char *wanted, const struct pk_known *known)
{
    size_t length;
    for (size_t i = 0; i < line.length; i += length ? length : 1) {
        struct pk_view key;
        length = mark_at(rest_of(line, i), "{{", "}}", &key);
        if (!length)
            continue;
        if (wanted ? pk_is(key, wanted)
                   : known && !value_in(known->value, known->value_count, key).length)
            return true;
    }
    return false;
}

/* Is a value known that the line has no place for? */
static bool leaves_out(struct pk_view line, const struct pk_known *known)
{
    for (uint32_t i = 0; i < known->value_count; i++) {
        struct pk_view key = known->value[i].key, rest = line, found;
        size_t length = 0;
        for (; rest.length; rest = rest_of(rest, length ? length : 1)) {
            length = mark_at(rest, "{{", "}}", &found);
            if (length && pk_same(found, key))
                break;
        }
        if (!rest.length)
            return true;
    }
    return false;
}

static void put_known(struct pk_buffer *out, const struct pk_template *template,
                      struct pk_view line, const struct pk_filling *filling)
{
    for (uint32_t i = 0; i < filling->count; i++) {
        const struct pk_known *known = &filling->known[i];
        struct position at = {.table = is_row(line), .known = known, .key = filling->key};
        bool own = known->own_line || asks(line, NULL, known) || leaves_out(line, known);
        if (at.table || !own)
            put_marks(out, template, line, at);
        else
            put_value(out, known->line, at);
        if (!at.table && known->tail.length) {
            pk_putc(out, ' ');
            put_value(out, known->tail, at);
        }
        pk_putc(out, '\n');
    }
}

/* -- Line by line -- */

/* What is known stands where it is first asked for (`filling` may be NULL); blank lines at the end
 * are left out. */
static void put_text(struct pk_buffer *out, const struct pk_template *template, struct pk_view text,
                     const struct pk_filling *filling)
{
    while (text.length && strchr(" \t\r\n", text.at[text.length - 1]))
        text.length--;
    bool front = false, placed = false;
    for (uint32_t number = 0; text.length; number++) {
        const char *end = memchr(text.at, '\n', text.length);
        size_t length = end ? (size_t)(end - text.at) : text.length;
        struct pk_view line = pk_view_part(text, 0, length);
        bool fence = pk_is(pk_trim(line), "---");
        front = fence ? number == 0 : front;
        bool asked = filling && asks(line, filling->key, NULL);
        if (asked && !placed)
            put_known(out, template, line, filling);
        placed = placed || asked;
        /* cppcheck-suppress nullPointer ; nothing is asked without it */
        if (!asked || filling->more)
            put_line(out, template, line, front && !fence);
        text = rest_of(text, length + (end ? 1 : 0));
    }
}

/* The heading of a profile that writes none of its own: all that it asks for. */
static void put_default_head(struct pk_buffer *out, const struct pk_template *template)
{
    put_text(out, template,
             PK_VIEW("---\nprotokol: ${profile}\nlang: ${lang}\ndetail: ${detail}\n---\n\n"
                     "# ${title}\n"),
             NULL);
    bool first = true;
    for (uint32_t i = 0; i < template->profile->field.count; i++) {
        const struct pk_profile_field *field = &template->profile->field.items[i];
        if (!field->required[template->detail])
            continue;
        pk_puts(out, first ? "\n- **" : "- **");
        put_value(out, label_of(template, field->id), (struct position){0});
        pk_puts(out, ":** ");
        put_key(out, template, field->id, (struct position){0});
        pk_putc(out, '\n');
        first = false;
    }
}

/* A text for one language is a form of its own; what stands for all of them can be lent. */
static struct pk_view lent_by(const struct pk_template *template,
                              const struct pk_profile_section *section)
{
    const struct pk_yaml *text = section->body.text[template->detail];
    bool own = text && text->kind == PK_YAML_MAP;
    return own ? PK_VIEW("") : pk_text_for(&section->body, template->detail, template->language);
}

/* A section's own body, else that of its kind in the first profile that lends one. */
static struct pk_view body_of(const struct pk_template *template,
                              const struct pk_profile_section *section)
{
    const struct pk_library *library = template->library;
    struct pk_view body = pk_text_for(&section->body, template->detail, template->language);
    if (pk_trim(body).length || section->kind == PK_SECTION_OTHER)
        return body;
    for (uint32_t i = 0; i < library->profile.count; i++) {
        const struct pk_profile *profile = library->profile.items[i];
        for (uint32_t j = 0; j < profile->section.count; j++) {
            const struct pk_profile_section *like = &profile->section.items[j];
            body = lent_by(template, like);
            if (like->kind == section->kind && pk_trim(body).length)
                return body;
        }
    }
    return PK_VIEW("");
}

static const struct pk_filling *filling_of(const struct pk_template *template, uint32_t section)
{
    for (uint32_t i = 0; i < template->filling_count; i++) {
        if (template->filling[i].section == section && template->filling[i].count)
            return &template->filling[i];
    }
    return NULL;
}

static struct pk_template to_write(const struct pk_template *asked)
{
    struct pk_template template = *asked;
    template.language = pk_language_to_write(asked->library, asked->language);
    return template;
}

static void put_body(struct pk_buffer *out, const struct pk_template *template, uint32_t index)
{
    const struct pk_profile_section *section = &template->profile->section.items[index];
    const struct pk_filling *filling = filling_of(template, index);
    struct pk_view body = body_of(template, section);
    if (filling && !asks(body, filling->key, NULL)) { /* it has no place for what is known */
        put_known(out, template, PK_VIEW(""), filling);
        pk_putc(out, '\n');
    }
    if (pk_trim(body).length) {
        put_text(out, template, body, filling);
        return;
    }
    put_placeholder(out, pk_section_title(section, template->language), (struct position){0});
    pk_putc(out, '\n');
}

void pk_write_section_body(struct pk_buffer *out, const struct pk_template *asked, uint32_t index)
{
    struct pk_template template = to_write(asked);
    put_body(out, &template, index);
}

void pk_write_template(struct pk_buffer *out, const struct pk_template *asked)
{
    const struct pk_template own = to_write(asked), *template = &own;
    struct pk_view head =
        pk_text_for(&template->profile->head, template->detail, template->language);
    if (pk_trim(head).length)
        put_text(out, template, head, NULL);
    else
        put_default_head(out, template);
    for (uint32_t i = 0; i < template->profile->section.count; i++) {
        const struct pk_profile_section *section = &template->profile->section.items[i];
        if (!section->required[template->detail] && !filling_of(template, i))
            continue;
        pk_puts(out, "\n## ");
        put_value(out, pk_section_title(section, template->language), (struct position){0});
        pk_puts(out, "\n\n");
        put_body(out, template, i);
    }
}
