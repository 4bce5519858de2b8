/* differing.c - say what differs in words. */
#include "approval/compare.h"

/* By enum pk_differing; each is a key of `says`. */
static const char *const said[PK_DIFFERINGS] = {"added",         "removed",        "reworded",
                                                "owner changed", "due date moved", "state changed",
                                                "vote changed"};

static void put_quoted(struct pk_buffer *out, struct pk_view text)
{
    pk_putc(out, '"');
    pk_put(out, text);
    pk_putc(out, '"');
}

struct pk_view pk_difference_message(struct pk_arena *arena, const struct pk_language *language,
                                     const struct pk_difference *difference)
{
    struct pk_buffer out = {.arena = arena};
    bool reworded = difference->how == PK_IS_REWORDED;
    bool told = difference->before.length || difference->after.length;
    pk_put(&out, pk_say(language, said[difference->how]));
    pk_puts(&out, ": ");
    pk_put(&out, pk_say(language, pk_compared[difference->what]));
    pk_putc(&out, ' ');
    if (difference->id.length) {
        bool field = difference->what == PK_COMPARED_FIELD;
        pk_put(&out,
               field ? pk_label(language, pk_copy(arena, difference->id).at) : difference->id);
        pk_putc(&out, ' ');
    }
    put_quoted(&out, reworded ? difference->before : difference->text);
    if (!told)
        return pk_written(&out);
    pk_puts(&out, reworded ? " -> " : ": ");
    if (reworded) {
        put_quoted(&out, difference->after);
        return pk_written(&out);
    }
    pk_put(&out, difference->before);
    pk_puts(&out, " -> ");
    pk_put(&out, difference->after);
    return pk_written(&out);
}

struct pk_view pk_comparison_message(struct pk_arena *arena, const struct pk_comparison *comparison)
{
    const struct pk_language *language = comparison->new_minutes->language;
    const struct {
        const char *said;
        uint32_t count;
    } sums[] = {{"added", comparison->added},
                {"removed", comparison->removed},
                {"changed", comparison->changed}};
    struct pk_buffer out = {.arena = arena};
    if (!comparison->difference.count)
        return pk_say(language, comparison->around
                                    ? "the items are the same, words around them differ"
                                    : "nothing differs");
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        if (!sums[i].count)
            continue;
        pk_puts(&out, out.length ? ", " : "");
        pk_put(&out, pk_say(language, sums[i].said));
        pk_putf(&out, ": %u", sums[i].count);
    }
    return pk_written(&out);
}
