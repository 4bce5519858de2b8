/* suppress.c - leave out the findings that a writer has silenced. */
#include "lint/suppress.h"

#include <stdlib.h>
#include <string.h>

/* What silences: the comment and, of the rules it names, which. */
struct holder {
    uint32_t comment; /* its number + 1; 0: nobody */
    uint32_t rule;
};

/* A rule, or all (slot 0), silenced on a line. */
struct on_line {
    uint32_t line, slot;
    struct holder holder;
};

struct silence {
    struct pk_suppressions *all;
    struct holder *file, *region;  /* by slot */
    bool *lifted;                  /* by slot: "on" for that rule while all are off */
    PK_LIST(uint32_t) began, rose; /* slots that may have a region, that may be lifted */
    PK_LIST(struct on_line) line;
    uint32_t next; /* of the comments */
};

static bool *used_of(const struct silence *silence, struct holder holder)
{
    struct pk_suppression *comment = &silence->all->comment.items[holder.comment - 1];
    return comment->rule.count ? &comment->rule.items[holder.rule].used : &comment->used;
}

/* -- Lines and files -- */

static int compare(const void *left, const void *right)
{
    const struct on_line *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    return (a->holder.comment > b->holder.comment) - (a->holder.comment < b->holder.comment);
}

static void hold(struct pk_arena *arena, struct silence *silence, uint32_t slot,
                 struct holder holder)
{
    const struct pk_suppression *comment = &silence->all->comment.items[holder.comment - 1];
    if (comment->kind == PK_SUPPRESS_FILE && !silence->file[slot].comment)
        silence->file[slot] = holder;
    else if (comment->kind == PK_SUPPRESS_LINE || comment->kind == PK_SUPPRESS_NEXT)
        *pk_push(arena, &silence->line) = (struct on_line){comment->line, slot, holder};
}

/* Of the same on one line the first holds. */
static void prepare(struct pk_arena *arena, struct silence *silence)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < silence->all->comment.count; i++) {
        const struct pk_suppression *comment = &silence->all->comment.items[i];
        if (!comment->rule.count)
            hold(arena, silence, 0, (struct holder){i + 1, 0});
        for (uint32_t j = 0; j < comment->rule.count; j++)
            if (comment->rule.items[j].slot)
                hold(arena, silence, comment->rule.items[j].slot, (struct holder){i + 1, j});
    }
    struct on_line *line = silence->line.items;
    if (silence->line.count)
        qsort(line, silence->line.count, sizeof *line, compare);
    for (uint32_t i = 0; i < silence->line.count; i++)
        if (!kept || line[kept - 1].line != line[i].line || line[kept - 1].slot != line[i].slot)
            line[kept++] = line[i];
    silence->line.count = kept;
}

static struct holder holder_on(const struct silence *silence, uint32_t line, uint32_t slot)
{
    uint32_t low = 0, high = silence->line.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct on_line *at = &silence->line.items[middle];
        if (at->line < line || (at->line == line && at->slot < slot))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == silence->line.count || silence->line.items[low].line != line ||
        silence->line.items[low].slot != slot)
        return (struct holder){0, 0};
    return silence->line.items[low].holder;
}

/* -- Regions -- */

/* A rule that is off already is so by the first that said it. */
static void begin(struct pk_arena *arena, struct silence *silence, uint32_t slot,
                  struct holder holder)
{
    if (!silence->region[slot].comment) {
        silence->region[slot] = holder;
        *pk_push(arena, &silence->began) = slot;
    }
    silence->lifted[slot] = false;
}

static bool end(struct silence *silence, uint32_t slot, uint32_t comment)
{
    struct holder holder = silence->region[slot];
    if (!holder.comment)
        return false;
    silence->all->comment.items[holder.comment - 1].ends_at = (int32_t)comment;
    silence->region[slot] = (struct holder){0, 0};
    return true;
}

static void lower_all(struct silence *silence)
{
    while (silence->rose.count)
        silence->lifted[silence->rose.items[--silence->rose.count]] = false;
}

static int compare_slots(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void end_all(struct silence *silence, uint32_t number)
{
    struct pk_suppression *comment = &silence->all->comment.items[number];
    uint32_t last = 0, *slot = silence->began.items, count = silence->began.count;
    lower_all(silence);
    if (count)
        qsort(slot, count, sizeof *slot, compare_slots);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t held = silence->region[slot[i]].comment;
        if (!end(silence, slot[i], number))
            continue;
        comment->used = true;
        comment->ended += held != last;
        last = held;
    }
    silence->began.count = 0;
}

static void end_rule(struct pk_arena *arena, struct silence *silence, uint32_t number,
                     struct pk_suppressed *rule)
{
    struct pk_suppression *comment = &silence->all->comment.items[number];
    rule->used = end(silence, rule->slot, number);
    comment->ended += rule->used;
    if (!silence->region[0].comment || silence->lifted[rule->slot])
        return;
    silence->lifted[rule->slot] = true;
    *pk_push(arena, &silence->rose) = rule->slot;
    rule->used = true;
    comment->ended++;
}

static void turn(struct pk_arena *arena, struct silence *silence, uint32_t number)
{
    struct pk_suppression *comment = &silence->all->comment.items[number];
    bool off = comment->kind == PK_SUPPRESS_OFF;
    if (!off && comment->kind != PK_SUPPRESS_ON)
        return;
    if (!comment->rule.count && off) {
        lower_all(silence);
        begin(arena, silence, 0, (struct holder){number + 1, 0});
    } else if (!comment->rule.count) {
        end_all(silence, number);
    }
    for (uint32_t i = 0; i < comment->rule.count; i++) {
        struct pk_suppressed *rule = &comment->rule.items[i];
        if (rule->slot && off)
            begin(arena, silence, rule->slot, (struct holder){number + 1, i});
        else if (rule->slot)
            end_rule(arena, silence, number, rule);
    }
}

/* -- Findings -- */

/* Slot 0: no comment names the rule. */
static uint32_t slot_of(const struct pk_suppressions *all, const struct pk_rule *rule)
{
    return pk_table_find(&all->slot, pk_view_of(rule->id));
}

static struct holder first_of(struct holder a, struct holder b)
{
    return a.comment ? a : b;
}

/* What silences a slot - a rule by name, or all - between two lines. */
static struct holder holder_of(const struct silence *silence, uint32_t first, uint32_t last,
                               uint32_t slot, bool lifted)
{
    struct holder region = lifted ? (struct holder){0, 0} : silence->region[slot];
    struct holder found = first_of(holder_on(silence, first, slot), holder_on(silence, last, slot));
    return first_of(found, first_of(region, silence->file[slot]));
}

/* What is wrong with a suppression is silenced only by name. */
static bool is_about_comments(const struct pk_rule *rule)
{
    return pk_starts(pk_view_of(rule->id), PK_VIEW("suppression-"));
}

/* That a rule was ended is silenced with the rule. */
static struct holder holder_of_about(const struct silence *silence, uint32_t first, uint32_t last,
                                     const struct pk_diagnostic *found)
{
    uint32_t slot = found->about ? slot_of(silence->all, found->about) : 0;
    return slot ? holder_of(silence, first, last, slot, false) : (struct holder){0, 0};
}

static bool is_silenced(const struct pk_minutes *minutes, const struct silence *silence,
                        const struct pk_diagnostic *found)
{
    uint32_t first = pk_line_at(&minutes->blocks, found->span.start);
    bool empty = found->span.end == found->span.start;
    uint32_t last = pk_line_at(&minutes->blocks, found->span.end - !empty);
    uint32_t slot = slot_of(silence->all, found->rule);
    struct holder holder = holder_of_about(silence, first, last, found);
    if (!holder.comment && slot)
        holder = holder_of(silence, first, last, slot, false);
    if (!holder.comment && !is_about_comments(found->rule))
        holder = holder_of(silence, first, last, 0, silence->lifted[slot]);
    if (!holder.comment)
        return false;
    *used_of(silence, holder) = true;
    return true;
}

void pk_suppress(const struct pk_minutes *minutes, struct pk_suppressions *all,
                 struct pk_findings *findings)
{
    size_t slots = all->slot.count + 1;
    struct silence silence = {.all = all};
    silence.file = pk_alloc(minutes->arena, slots * sizeof *silence.file);
    silence.region = pk_alloc(minutes->arena, slots * sizeof *silence.region);
    silence.lifted = pk_alloc(minutes->arena, slots);
    if (!all->comment.count || minutes->arena->failed)
        return;
    prepare(minutes->arena, &silence);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < findings->diagnostic.count; i++) {
        const struct pk_diagnostic found = findings->diagnostic.items[i];
        while (silence.next < all->comment.count &&
               all->comment.items[silence.next].span.start <= found.span.start)
            turn(minutes->arena, &silence, silence.next++);
        if (!is_silenced(minutes, &silence, &found))
            findings->diagnostic.items[kept++] = found;
    }
    if (kept < findings->diagnostic.count)
        memset(findings->diagnostic.items + kept, 0,
               (findings->diagnostic.count - kept) * sizeof *findings->diagnostic.items);
    findings->diagnostic.count = kept; /* what is pushed next finds its room zeroed */
    while (silence.next < all->comment.count)
        turn(minutes->arena, &silence, silence.next++);
}
