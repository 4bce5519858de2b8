/* person_duplicate.c - nobody is in the list of people twice. */
#include "lint/lint.h"
#include "read/stem.h"
#include "text/table.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 5 };

static int compare_words(const void *left, const void *right)
{
    const struct pk_name_word *a = left, *b = right;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->bytes, b->bytes, shorter);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

/* The words of the name in alphabetical order: "Muster, Anna" is Anna Muster. Empty for one word
 * alone, which two may bear. */
static struct pk_view key_of(struct pk_arena *arena, const struct pk_person *person)
{
    struct pk_name_word word[MOST_WORDS];
    struct pk_view rest = person->name;
    struct pk_buffer key = {.arena = arena};
    uint32_t count = 0, whole = 0;
    while (count < MOST_WORDS && pk_take_name_word(&rest, &word[count])) {
        whole += word[count].letters > 1;
        count++;
    }
    if (count < 2 || !whole)
        return PK_VIEW("");
    qsort(word, count, sizeof *word, compare_words);
    for (uint32_t i = 0; i < count; i++) {
        pk_put(&key, (struct pk_view){word[i].bytes, word[i].length});
        pk_putc(&key, '\n');
    }
    return pk_all_written(&key);
}

/* Two of one name differ in something that is said of both. */
static bool are_two(const struct pk_person *a, const struct pk_person *b)
{
    struct pk_view one[] = {a->role, a->organisation}, other[] = {b->role, b->organisation};
    for (int i = 0; i < 2; i++)
        if (one[i].length && other[i].length && !pk_same_folded(one[i], other[i]))
            return true;
    return a->contact.count && b->contact.count &&
           !pk_same_folded(a->contact.items[0], b->contact.items[0]);
}

/* -- Which list somebody stands in -------------------------------------------------------- */

/* People come in the order of the text, those of labelled lines first. */
struct lists {
    bool one_of_each; /* a single list of those present, at most one of those absent */
    uint32_t next, line, section;
};

static bool is_list(const struct pk_section *section)
{
    return section->kind == PK_SECTION_PARTICIPANTS || section->kind == PK_SECTION_ABSENT;
}

static struct lists find_lists(const struct pk_minutes *minutes)
{
    uint32_t present = 0, absent = 0;
    for (uint32_t i = 0; i < minutes->section.count; i++) {
        present += minutes->section.items[i].kind == PK_SECTION_PARTICIPANTS;
        absent += minutes->section.items[i].kind == PK_SECTION_ABSENT;
    }
    return (struct lists){.one_of_each = present == 1 && absent <= 1};
}

/* A key's first part: that of a section, of the front matter, or of a line. */
static void put_list(struct pk_buffer *out, const struct pk_minutes *minutes, struct lists *lists,
                     const struct pk_person *person)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    if (person->line < lists->line)
        lists->next = lists->section = 0;
    lists->line = person->line;
    while (lists->next < minutes->section.count &&
           minutes->section.items[lists->next].line <= person->line) {
        lists->section =
            is_list(&minutes->section.items[lists->next]) ? lists->next + 1 : lists->section;
        lists->next++;
    }
    bool inside =
        lists->section && person->line < minutes->section.items[lists->section - 1].end_line;
    bool front = blocks->block.count > 1 && blocks->block.items[1].kind == PK_FRONT_MATTER &&
                 person->line < blocks->block.items[1].end_line;
    if (inside)
        pk_putf(out, "s%u\n", lists->one_of_each ? 0 : (unsigned)lists->section);
    else
        pk_putf(out, front ? "f\n" : "l%u\n", (unsigned)person->line);
}

/* -- The finding ---------------------------------------------------------------------------- */

static struct pk_span line_of(const struct pk_blocks *blocks, uint32_t line)
{
    uint32_t end = line + 1 < blocks->line.count ? blocks->line.items[line + 1]
                                                 : (uint32_t)blocks->text.length;
    return (struct pk_span){blocks->line.items[line], end};
}

/* An item or row that says the same again may go. */
static void offer_removal(struct pk_lint *lint, const struct pk_person *first,
                          const struct pk_person *second)
{
    const struct pk_blocks *blocks = &pk_minutes_of(lint)->blocks;
    struct pk_span line = line_of(blocks, second->line);
    struct pk_view text = pk_trim(pk_slice(blocks->text, line));
    bool entry =
        text.length && (*text.at == '-' || *text.at == '*' || *text.at == '+' || *text.at == '|');
    if (!entry || first->line == second->line ||
        !pk_same(text, pk_trim(pk_slice(blocks->text, line_of(blocks, first->line)))))
        return;
    pk_offer_edit(lint, pk_offer(lint, "take the second entry out", text), line, PK_VIEW(""));
}

/* An empty box among the members, and an apology below: both say that somebody was not there. */
static bool is_excused(const struct pk_minutes *minutes, const struct pk_person *first,
                       const struct pk_person *second)
{
    struct pk_view line =
        pk_trim(pk_slice(minutes->blocks.text, line_of(&minutes->blocks, first->line)));
    bool box = line.length > 4 && line.at[2] == '[' && line.at[3] == ' ' && line.at[4] == ']';
    return !first->present && !second->present && box;
}

static void report(struct pk_lint *lint, const struct pk_person *first,
                   const struct pk_person *second)
{
    struct pk_view line = pk_number(lint, first->line + 1);
    if (first->present != second->present) {
        pk_report1(lint, second->span, "%1 is listed as present and as absent", second->name);
        return;
    }
    pk_report2(lint, second->span, "%1 is listed already, on line %2", second->name, line);
    offer_removal(lint, first, second);
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    struct lists lists = find_lists(minutes);
    struct pk_table seen = {0};
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        struct pk_view name = key_of(minutes->arena, person);
        struct pk_buffer key = {.arena = minutes->arena};
        if (!name.length || pk_has_placeholder(minutes, person->whole))
            continue;
        put_list(&key, minutes, &lists, person);
        pk_put(&key, name);
        uint32_t *number = pk_table_at(minutes->arena, &seen, pk_all_written(&key));
        if (!*number)
            *number = i + 1;
        else if (!are_two(&minutes->person.items[*number - 1], person) &&
                 !is_excused(minutes, &minutes->person.items[*number - 1], person))
            report(lint, &minutes->person.items[*number - 1], person);
    }
}

const struct pk_rule pk_rule_person_duplicate = {
    .id = "person-duplicate",
    .severity = PK_WARNING,
    .summary = "nobody is in the list of people twice",
    .help = "Whoever stands in the list twice is counted twice and gets two copies; whoever is "
            "listed as present and as absent was where? Take one entry out. Two people of one name "
            "are told apart by position, organisation or address:\n\n"
            "    - Anna Muster, head of purchasing\n"
            "    - Anna Muster, legal department",
    .check = check,
};
