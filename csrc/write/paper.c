/* paper.c - write the final text, with what the profile wants to be added to it. */
#include "write/paper.h"

#include "write/write.h"

#include <string.h>

/* -- The text itself -- */

struct body {
    const struct pk_minutes *minutes; /* of the public text */
    const struct pk_block *heading;   /* of the title; NULL: none, it stays in the text */
    bool *field;                      /* by line: a field begins there */
};

static const struct pk_block *title_heading(const struct pk_minutes *minutes, bool *others)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    const struct pk_block *found = NULL;
    bool titled = minutes->title_span.end > minutes->title_span.start;
    uint32_t line = pk_line_at(blocks, minutes->title_span.start);
    *others = false;
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        const struct pk_block *block = &blocks->block.items[i];
        if (block->kind != PK_HEADING || block->level != 1)
            continue;
        if (titled && block->line <= line && line < block->end_line)
            found = block;
        else
            *others = true;
    }
    return found;
}

static struct pk_view line_of(const struct pk_blocks *blocks, uint32_t line)
{
    size_t end = line + 1 < blocks->line.count ? blocks->line.items[line + 1] : blocks->text.length;
    struct pk_view text = pk_view_part(blocks->text, blocks->line.items[line], end);
    while (text.length && strchr("\r\n", text.at[text.length - 1]) && text.at[text.length - 1])
        text.length--;
    return text;
}

/* "Date: ..." above "Place: ...": two lines, where CommonMark would join them. */
static void put_body(struct pk_buffer *out, const struct body *body)
{
    const struct pk_blocks *blocks = &body->minutes->blocks;
    const struct pk_block *front = blocks->block.count > 1 ? &blocks->block.items[1] : NULL;
    uint32_t first = front && front->kind == PK_FRONT_MATTER ? front->end_line : 0;
    for (uint32_t line = first; line < blocks->line.count; line++) {
        struct pk_view text = line_of(blocks, line);
        if (body->heading && body->heading->line <= line && line < body->heading->end_line)
            continue;
        if (line == 0 && pk_starts(text, PK_VIEW("\xEF\xBB\xBF")))
            text = pk_view_part(text, 3, text.length);
        pk_put(out, text);
        if (pk_trim(text).length && line + 1 < blocks->line.count && body->field[line + 1])
            pk_puts(out, "  ");
        pk_putc(out, '\n');
    }
}

/* -- What is added to it -- */

/* So that it reads as it is, whatever Markdown would make of it. */
static void put_escaped(struct pk_buffer *out, struct pk_view text)
{
    struct pk_buffer plain = {.arena = out->arena};
    pk_text_plain(&plain, text);
    for (size_t i = 0; i < plain.length; i++) {
        char byte = plain.bytes[i];
        bool sign = byte > ' ' && byte < 0x7f && !((byte | 32) >= 'a' && (byte | 32) <= 'z') &&
                    !(byte >= '0' && byte <= '9');
        if (sign)
            pk_putc(out, '\\');
        pk_putc(out, byte);
    }
}

static void put_heading(struct pk_buffer *out, const char *marks, struct pk_view words,
                        struct pk_view name)
{
    pk_puts(out, marks);
    put_escaped(out, words);
    if (name.length) {
        pk_puts(out, ": ");
        put_escaped(out, name);
    }
    pk_puts(out, "\n\n");
}

static bool holds(struct pk_view text, struct pk_view part)
{
    for (size_t i = 0; part.length && i + part.length <= text.length; i++) {
        if (memcmp(text.at + i, part.at, part.length) == 0)
            return true;
    }
    return false;
}

enum { LONGEST_NAME = 400 /* bytes of an organisation that are compared */ };

/* "Oak" is of the client "Oak GmbH". */
static bool is_clients(struct pk_arena *arena, const struct pk_person *person,
                       struct pk_view client)
{
    struct pk_view one = pk_folded(arena, pk_trim(person->organisation));
    return one.length && client.length && one.length < LONGEST_NAME &&
           (holds(one, client) || holds(client, one));
}

static void put_signers(struct pk_buffer *out, const struct pk_minutes *minutes,
                        const bool *of_client, bool clients)
{
    static const char line[] = "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_";
    const struct pk_language *language = minutes->language;
    const struct pk_view heads[] = {pk_label(language, "name"), pk_label(language, "role"),
                                    pk_say(language, "Signature"), pk_label(language, "date")};
    for (size_t i = 0; i < 4; i++) {
        pk_puts(out, "| ");
        put_escaped(out, heads[i]);
        pk_putc(out, ' ');
    }
    pk_puts(out, "|\n| --- | --- | --- | --- |\n");
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (!person->present || of_client[i] != clients)
            continue;
        pk_puts(out, "| ");
        put_escaped(out, person->name);
        pk_puts(out, " | ");
        put_escaped(out, person->role);
        pk_putf(out, " | %s | %.*s |\n", line, 20, line);
    }
    pk_puts(out, "\n");
}

static void put_signatures(struct pk_buffer *out, const struct pk_minutes *minutes)
{
    const struct pk_language *language = minutes->language;
    const struct pk_field *field = pk_minutes_field(minutes, PK_FIELD_CLIENT);
    struct pk_view name = field ? field->value : PK_VIEW("");
    struct pk_view client = pk_folded(out->arena, pk_view_part(pk_trim(name), 0, LONGEST_NAME));
    bool *of_client = pk_alloc(out->arena, minutes->person.count + 1);
    uint32_t theirs = 0, ours = 0;
    for (uint32_t i = 0; of_client && i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        of_client[i] = is_clients(out->arena, person, client);
        theirs += person->present && of_client[i];
        ours += person->present && !of_client[i];
    }
    if (!theirs && !ours)
        return;
    put_heading(out, "\n## ", pk_say(language, "Signatures"), PK_VIEW(""));
    if (theirs) {
        put_heading(out, "### ", pk_say(language, "For the client"), name);
        put_signers(out, minutes, of_client, true);
    }
    if (theirs && ours)
        put_heading(out, "### ", pk_say(language, "For our side"), PK_VIEW(""));
    if (ours)
        put_signers(out, minutes, of_client, false);
}

/* "Ben Lee" of "Ben Lee <ben@example.com>", or all of it. */
static struct pk_view name_in(struct pk_view address)
{
    const char *bracket = address.length ? memchr(address.at, '<', address.length) : NULL;
    size_t length = bracket ? (size_t)(bracket - address.at) : address.length;
    struct pk_view name = pk_trim(pk_view_part(address, 0, length));
    if (name.length > 1 && name.at[0] == '"' && name.at[name.length - 1] == '"')
        name = pk_view_part(name, 1, name.length - 1);
    return name.length ? name : address;
}

static void put_receiver(struct pk_buffer *out, struct pk_view name, struct pk_view organisation)
{
    pk_puts(out, "- ");
    put_escaped(out, name);
    if (organisation.length) {
        pk_puts(out, ", ");
        put_escaped(out, organisation);
    }
    pk_putc(out, '\n');
}

static void put_distribution(struct pk_buffer *out, const struct pk_minutes *minutes)
{
    const struct pk_yaml *informed = pk_yaml_get(minutes->front, "distribution");
    informed = informed && informed->kind == PK_YAML_LIST ? informed->first : NULL;
    if (!minutes->person.count && !informed)
        return;
    put_heading(out, "\n## ", pk_say(minutes->language, "Distribution"), PK_VIEW(""));
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        put_receiver(out, person->name, person->organisation);
    }
    for (; informed; informed = informed->next) {
        if (informed->kind == PK_YAML_SCALAR && informed->value.length)
            put_receiver(out, name_in(informed->value), PK_VIEW(""));
    }
}

/* -- All of it -- */

static bool has_cyrillic(struct pk_view text)
{
    size_t width;
    for (; text.length; text = pk_view_part(text, width, text.length)) {
        if (pk_is_cyrillic(pk_decode(text, &width)))
            return true;
    }
    return false;
}

static struct pk_view stem_of(struct pk_view name)
{
    size_t start = name.length, end = name.length;
    while (start > 0 && name.at[start - 1] != '/')
        start--;
    for (size_t i = start + 1; i < name.length; i++)
        end = name.at[i] == '.' ? i : end;
    return pk_view_part(name, start, end);
}

enum pk_status pk_paper_of(struct pk_arena *arena, const struct pk_minutes *minutes,
                           struct pk_view name, struct pk_paper *paper, struct pk_error *error)
{
    struct pk_minutes public;
    struct pk_read_options options = {.name = name,
                                      .profile = minutes->profile->id,
                                      .language = minutes->language->id,
                                      .detail = pk_view_of(pk_details[minutes->detail]),
                                      .today = minutes->today};
    enum pk_status status =
        pk_read(arena, minutes->library, pk_public_text(arena, minutes), &options, &public, error);
    if (status != PK_OK)
        return status;
    struct pk_buffer title = {.arena = arena}, text = {.arena = arena};
    bool others;
    struct body body = {.minutes = &public, .heading = title_heading(&public, &others)};
    body.field = pk_alloc(arena, public.blocks.line.count + 1);
    if (!body.field)
        return pk_fail(error, PK_ENOMEM, "out of memory");
    for (uint32_t i = 0; i < public.field.count; i++) {
        const struct pk_field *field = &public.field.items[i];
        if (!field->front_matter && field->label.end > field->label.start)
            body.field[pk_line_at(&public.blocks, field->label.start)] = true;
    }
    put_body(&text, &body);
    if (minutes->profile->paper.signatures)
        put_signatures(&text, &public);
    if (minutes->profile->paper.distribution)
        put_distribution(&text, &public);
    pk_text_plain(&title, public.title.length ? public.title : stem_of(name));
    *paper = (struct pk_paper){.title = pk_written(&title),
                               .language = public.language->id,
                               .text = pk_written(&text),
                               .sections = body.heading && !others,
                               .cyrillic = has_cyrillic(pk_written(&text))};
    return arena->failed ? pk_fail(error, PK_ENOMEM, "out of memory") : PK_OK;
}
