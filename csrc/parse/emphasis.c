/* emphasis.c - pair the runs of '*', '_' and '~' (CommonMark 6.2 and its appendix). */
#include "parse/inline.h"

static bool is_mark(uint32_t codepoint) /* Unicode punctuation and symbols */
{
    return codepoint < 0x80 ? pk_is_ascii_mark((char)codepoint)
                            : !pk_is_word(codepoint) && !pk_is_space(codepoint);
}

void pk_add_delimiters(struct pk_inline *in, uint32_t at, uint32_t length)
{
    size_t width;
    uint32_t behind = at + length;
    uint32_t before = at ? pk_decode_before(in->text, at, &width) : ' ';
    uint32_t after = behind < in->text.length
                         ? pk_decode(pk_view_part(in->text, behind, in->text.length), &width)
                         : ' ';
    bool touches_before = !pk_is_space(before), touches_after = !pk_is_space(after);
    bool left = touches_after && (!is_mark(after) || !touches_before || is_mark(before));
    bool right = touches_before && (!is_mark(before) || !touches_after || is_mark(after));

    if (!in->room->delimiters.count)
        *pk_push(in->arena, &in->room->delimiters) = (struct pk_delimiters){0};
    struct pk_delimiters *run = pk_push(in->arena, &in->room->delimiters);
    if (in->arena->failed)
        return;
    bool within = in->text.at[at] == '_';
    *run = (struct pk_delimiters){
        .at = at,
        .length = length,
        .whole = length,
        .mark = in->text.at[at],
        .can_open = left && (!within || !right || is_mark(before)),
        .can_close = right && (!within || !left || is_mark(after)),
        .touches_before = touches_before,
        .touches_after = touches_after,
        .previous = in->last,
    };
    in->room->delimiters.items[in->last].next = in->room->delimiters.count - 1;
    in->last = in->room->delimiters.count - 1;
}

static void unlink_run(struct pk_inline *in, uint32_t index)
{
    struct pk_delimiters *all = in->room->delimiters.items, *run = &all[index];
    all[run->previous].next = run->next;
    if (run->next)
        all[run->next].previous = run->previous;
    else
        in->last = run->previous;
}

/* The innermost marks of both runs become a pair. */
static void pair(struct pk_inline *in, struct pk_delimiters *opener, struct pk_delimiters *closer)
{
    uint32_t used = opener->length >= 2 && closer->length >= 2 ? 2 : 1;
    enum pk_fate open = used == 2 ? PK_OPEN_STRONG : PK_OPEN_EMPHASIS;
    if (opener->mark == '~')
        open = PK_OPEN_STRUCK;
    uint32_t start = opener->at + opener->length - used;
    for (uint32_t i = 0; i < used; i++) {
        in->fate[start + i] = (uint8_t)(i ? PK_DROP : open);
        in->fate[closer->at + i] = (uint8_t)(i ? PK_DROP : open + 1);
    }
    opener->length -= used;
    closer->length -= used;
    closer->at += used;
}

static bool is_pair(const struct pk_delimiters *opener, const struct pk_delimiters *closer)
{
    if (!opener->can_open || opener->mark != closer->mark)
        return false;
    if (opener->mark == '~') /* GFM 6.5; single ones stay, they say "about" */
        return opener->whole == 2 && closer->whole == 2;
    bool both = opener->can_close || closer->can_open; /* the rule of three */
    return !both || (opener->whole + closer->whole) % 3 != 0 ||
           (opener->whole % 3 == 0 && closer->whole % 3 == 0);
}

/* Below these no opener was found for closers of that sort. */
static uint32_t *floor_of(uint32_t floors[18], const struct pk_delimiters *closer)
{
    uint32_t mark = closer->mark == '*' ? 0 : closer->mark == '_' ? 1 : 2;
    return &floors[(mark * 2 + closer->can_open) * 3 + closer->whole % 3];
}

/* Renderers leave the "**" of "**Agreed:**Anna" alone, for want of a blank behind it; whoever
 * wrote it meant strong. */
static void pair_what_touches(struct pk_inline *in, uint32_t bottom)
{
    struct pk_delimiters *all = in->room->delimiters.items;
    uint32_t opener = 0;
    for (uint32_t i = bottom ? all[bottom].next : all[0].next; i; i = all[i].next) {
        if (all[i].mark != '*' || all[i].length != 2)
            continue;
        if (opener && all[i].touches_before) {
            pair(in, &all[opener], &all[i]);
            opener = 0;
        } else {
            opener = all[i].touches_after ? i : 0;
        }
    }
}

void pk_pair_delimiters(struct pk_inline *in, uint32_t bottom)
{
    if (!in->room->delimiters.count || in->arena->failed)
        return;
    struct pk_delimiters *all = in->room->delimiters.items;
    uint32_t floors[18];
    for (int i = 0; i < 18; i++)
        floors[i] = bottom;

    uint32_t closer = all[bottom].next;
    while (closer) {
        if (!all[closer].can_close) {
            closer = all[closer].next;
            continue;
        }
        uint32_t *floor = floor_of(floors, &all[closer]), opener = all[closer].previous;
        while (opener > *floor && !is_pair(&all[opener], &all[closer]))
            opener = all[opener].previous;
        if (opener <= *floor) {
            uint32_t next = all[closer].next;
            *floor = all[closer].previous;
            closer = next;
            continue;
        }
        all[opener].next = closer; /* what stands between them has found no partner */
        all[closer].previous = opener;
        pair(in, &all[opener], &all[closer]);
        if (!all[opener].length)
            unlink_run(in, opener);
        if (!all[closer].length) {
            uint32_t next = all[closer].next;
            unlink_run(in, closer);
            closer = next;
        }
    }
    pair_what_touches(in, bottom);
    all[bottom].next = 0;
    in->last = bottom;
}
