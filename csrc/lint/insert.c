/* insert.c - the mend that puts a missing section in at its place. */
#include "lint/run.h"
#include "profile/template.h"

/* Can a section stand beside it? Not where it stands in another, as each topic's decisions do, or
 * in a list or a quote. */
static bool is_neighbour(const struct pk_minutes *minutes, const struct pk_section *section,
                         uint32_t inside)
{
    return section->block >= inside && section->profile_section >= 0 &&
           minutes->blocks.block.items[section->block].parent == 0;
}

/* Where a section is put: behind a neighbour or before it. NULL: there is none. */
struct spot {
    const struct pk_section *neighbour;
    bool behind;
};

/* The place at which the fewest sections are on the wrong side - in order, none is - and of several
 * the one behind the section that is nearest before it in the profile. */
static struct spot find_spot(const struct pk_minutes *minutes, int number)
{
    struct spot spot = {NULL, false};
    uint32_t inside = 0;
    int wrong = 0, least = 0; /* more than at the start of the text */
    int nearest = -1;         /* number of the section that it is behind */
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        const struct pk_section *section = &minutes->section.items[i];
        if (!is_neighbour(minutes, section, inside))
            continue;
        inside = section->end;
        int other = section->profile_section < number ? section->profile_section : -1;
        wrong += section->profile_section < number ? -1 : 1;
        bool better = wrong < least || (wrong == least && other >= nearest);
        if (better || !spot.neighbour)
            spot = (struct spot){section, better};
        nearest = better ? other : nearest;
        least = wrong < least ? wrong : least;
    }
    return spot;
}

static bool is_known(const struct pk_minutes *minutes, uint32_t block)
{
    for (uint32_t i = 0; i < minutes->section.count; i++)
        if (minutes->section.items[i].block == block)
            return true;
    return false;
}

/* The line behind a section. Where nothing stands right under it, "## Agenda" above "## Pumps", the
 * titles that follow are what was talked about, and belong to it. */
static uint32_t line_behind(const struct pk_minutes *minutes, const struct pk_section *section)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    bool topics = section->kind == PK_SECTION_AGENDA || section->kind == PK_SECTION_TOPICS;
    bool umbrella = topics && section->first >= section->end;
    uint32_t line = section->end_line;
    for (uint32_t i = section->end; umbrella && i < blocks->block.count;
         i = blocks->block.items[i].next) {
        const struct pk_block *block = &blocks->block.items[i];
        if (block->kind == PK_HEADING && (block->level < section->level || is_known(minutes, i)))
            return block->line;
        line = blocks->block.items[0].end_line;
    }
    return line;
}

static uint32_t offset_of_line(const struct pk_blocks *blocks, uint32_t line)
{
    return line < blocks->line.count ? blocks->line.items[line] : (uint32_t)blocks->text.length;
}

static const char *line_end_of(const struct pk_blocks *blocks)
{
    uint32_t first = blocks->line.count > 1 ? blocks->line.items[1] : 0;
    if (first > 1 && blocks->text.at[first - 2] == '\r' && blocks->text.at[first - 1] == '\n')
        return "\r\n";
    return first && blocks->text.at[first - 1] == '\r' ? "\r" : "\n";
}

/* In the neighbour's manner: a heading of its level, or a line in bold, with or
 * without a colon. A line that is neither needs its colon to be a title. */
static void put_title(struct pk_buffer *out, const struct pk_minutes *minutes,
                      const struct pk_section *neighbour, struct pk_view title)
{
    struct pk_view text = minutes->blocks.text;
    struct pk_span span = neighbour ? neighbour->span : (struct pk_span){0, 0};
    uint8_t level = neighbour ? neighbour->level : 2;
    struct pk_view before = pk_view_part(text, 0, span.start);
    struct pk_view behind = pk_view_part(text, span.end, text.length);
    bool bold = before.length > 1 && pk_is(pk_view_part(before, span.start - 2, span.start), "**");
    if (level <= 6) {
        pk_put(out, pk_view_part(PK_VIEW("######"), 0, level));
        pk_putc(out, ' ');
        pk_put(out, title);
    } else {
        pk_puts(out, bold ? "**" : "");
        pk_put(out, title);
        pk_puts(out, !bold                               ? ":"
                     : pk_starts(behind, PK_VIEW(":"))   ? ":**"
                     : pk_starts(behind, PK_VIEW("**:")) ? "**:"
                                                         : "**");
    }
    pk_puts(out, "\n\n");
}

/* A heading in the body stands right below the title; below one that is no heading it is a mere
 * line. */
static void put_body(struct pk_buffer *out, struct pk_view body, uint8_t level)
{
    bool starts_line = true;
    for (size_t at = 0; at < body.length; at++) {
        size_t marks = 0;
        while (starts_line && at + marks < body.length && body.at[at + marks] == '#')
            marks++;
        if (marks && pk_starts(pk_view_part(body, at + marks, body.length), PK_VIEW(" "))) {
            at += marks + (level > 6);
            pk_put(out, pk_view_part(PK_VIEW("######"), 0, level > 6 ? 0 : level + 1u));
        }
        starts_line = body.at[at] == '\n';
        pk_putc(out, body.at[at]);
    }
}

static struct pk_view with_line_ends(struct pk_arena *arena, struct pk_view text, const char *end)
{
    struct pk_buffer out = {.arena = arena};
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] == '\n')
            pk_puts(&out, end);
        else
            pk_putc(&out, text.at[i]);
    return pk_written(&out);
}

/* How many line ends stand right before the offset, 2 at most; the start of the text has them. */
static int line_ends_before(struct pk_view text, uint32_t offset)
{
    int count = 0;
    while (offset && count < 2) {
        char c = text.at[--offset];
        if (c != '\n' && c != '\r')
            return count;
        if (c == '\n' && offset && text.at[offset - 1] == '\r')
            offset--;
        count++;
    }
    return 2;
}

/* Does the finding before the last one insert at this place, too? Then its text stands before. */
static bool follows_another(const struct pk_lint *lint, uint32_t at)
{
    uint32_t count = lint->findings->diagnostic.count;
    if (count < 2)
        return false;
    const struct pk_diagnostic *before = &lint->findings->diagnostic.items[count - 2];
    return before->rule == lint->rule && before->fix.count && before->fix.items[0].edit.count &&
           before->fix.items[0].edit.items[0].span.start == at;
}

/* Does the text end within a code fence or a comment that nobody closed? What is put
 * behind it would be a part of it. */
static bool ends_open(const struct pk_blocks *blocks)
{
    const struct pk_block *last = &blocks->block.items[blocks->block.count - 1];
    struct pk_view text = pk_slice(blocks->text, last->span);
    if (last->parent != 0 || !text.length)
        return false;
    if (last->kind == PK_CODE)
        return last->fenced && last->segment_count + 1 >= last->end_line - last->line;
    if (last->kind != PK_HTML || !last->comment)
        return false;
    while (text.length && !pk_starts(text, PK_VIEW("-->")))
        text = pk_view_part(text, 1, text.length);
    return !text.length;
}

void pk_offer_section(struct pk_lint *lint, uint32_t number, const char *offer)
{
    const struct pk_minutes *minutes = lint->minutes;
    const struct pk_blocks *blocks = &minutes->blocks;
    /* Where nothing is written yet a template is wanted; in a language that is only read there is
     * none. */
    if (!pk_trim(blocks->text).length || !minutes->language->labels)
        return;
    struct spot spot = find_spot(minutes, (int)number);
    const struct pk_section *neighbour = spot.neighbour;
    uint32_t at = (uint32_t)blocks->text.length;
    if (neighbour)
        at =
            offset_of_line(blocks, spot.behind ? line_behind(minutes, neighbour) : neighbour->line);
    bool last = at == blocks->text.length;
    if (last && ends_open(blocks))
        return;
    int line_ends = follows_another(lint, at) ? last : 2 - line_ends_before(blocks->text, at);

    struct pk_view title =
        pk_section_title(&minutes->profile->section.items[number], minutes->language);
    struct pk_template template = {.library = minutes->library,
                                   .profile = minutes->profile,
                                   .language = minutes->language,
                                   .detail = minutes->detail};
    struct pk_buffer body = {.arena = minutes->arena}, out = {.arena = minutes->arena};
    pk_write_section_body(&body, &template, number);
    pk_put(&out, pk_view_part(PK_VIEW("\n\n"), 0, (size_t)line_ends));
    put_title(&out, minutes, neighbour, title);
    put_body(&out, pk_written(&body), neighbour ? neighbour->level : 2);
    if (!last)
        pk_putc(&out, '\n');
    struct pk_fix *fix = pk_offer(lint, offer, title);
    pk_offer_edit(lint, fix, (struct pk_span){at, at},
                  with_line_ends(minutes->arena, pk_written(&out), line_end_of(blocks)));
}
