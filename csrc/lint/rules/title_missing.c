/* title_missing.c - minutes say by their title what they are. */
#include "lint/lint.h"

/* A line alone at the top is read as a title, marked as one or not: "Team sync, 4 March". */
static bool opens_with_line(const struct pk_blocks *blocks)
{
    enum { LONGEST = 100 /* letters */ };
    for (uint32_t i = 1; i < blocks->block.count; i++) {
        const struct pk_block *block = &blocks->block.items[i];
        if (block->kind == PK_FRONT_MATTER || block->comment || block->kind == PK_BREAK)
            continue;
        if (block->kind != PK_PARAGRAPH || block->parent != 0)
            return false;
        struct pk_view line = pk_slice(blocks->text, blocks->segment.items[block->segment]);
        for (size_t at = 0; at < line.length; at++)
            if (line.at[at] == ':')
                return false;
        return pk_codepoints(line) <= LONGEST && line.at[line.length - 1] != '.';
    }
    return false;
}

/* Where a title would stand: behind the front matter. */
static uint32_t top_of(const struct pk_blocks *blocks)
{
    const struct pk_block *first =
        blocks->block.count > 1 ? &blocks->block.items[1] : &blocks->block.items[0];
    bool bom = pk_starts(blocks->text, PK_VIEW("\xEF\xBB\xBF"));
    if (first->kind != PK_FRONT_MATTER)
        return bom ? 3 : 0;
    return first->end_line < blocks->line.count ? blocks->line.items[first->end_line]
                                                : (uint32_t)blocks->text.length;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_blocks *blocks = &minutes->blocks;
    if (pk_trim(minutes->title).length || opens_with_line(blocks))
        return;
    struct pk_span place = pk_document_span(minutes);
    if (place.end == place.start && !pk_trim(blocks->text).length)
        return; /* nothing is written yet */
    struct pk_view title = pk_profile_title(
        minutes->profile, pk_language_to_write(minutes->library, minutes->language));
    uint32_t top = top_of(blocks);
    struct pk_buffer line = {.arena = minutes->arena};
    bool front = top > 3;
    pk_puts(&line, front ? "\n#" : "#");
    pk_putc(&line, ' ');
    pk_put(&line, title);
    pk_puts(&line, front ? "\n" : "\n\n");
    pk_report1(lint, place, "the title is missing, such as \"%1\"", title);
    struct pk_fix *fix = pk_offer(lint, "put \"%1\" at the top", title);
    fix->choice = true; /* what these minutes are, the writer knows */
    pk_offer_edit(lint, fix, (struct pk_span){top, top}, pk_written(&line));
}

const struct pk_rule pk_rule_title_missing = {
    .id = "title-missing",
    .severity = PK_INFO,
    .summary = "minutes say by their title what they are",
    .help = "A title tells readers and programs that these are minutes, and of what: it stands in "
            "lists of files, in the subject of a mail, in search results. Open with one:\n\n"
            "    # Minutes of the negotiation: prices for 2027",
    .check = check,
};
