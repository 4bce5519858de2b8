/* compose.c - make one list of edits of two, the second of which follows upon the first. */
#include "lint/run.h"

/* What comes of an old text of `length` bytes, told piece by piece. */
struct composing {
    struct pk_edits *out;
    struct pk_buffer fresh; /* what stands behind old byte `done`, which was kept */
    uint32_t done;
    const struct pk_edits *second;
    uint32_t next; /* of the second edits */
    bool written;  /* the text of that one */
    uint32_t at;   /* byte of the text between */
};

static void end_edit(struct composing *composing, uint32_t old)
{
    struct pk_buffer *fresh = &composing->fresh;
    if (fresh->length || old > composing->done)
        *pk_push(fresh->arena, &composing->out->edit) = (struct pk_edit){
            .span = {composing->done, old},
            .text = pk_copy(fresh->arena, pk_written(fresh)),
        };
    fresh->length = 0;
}

/* Some of a piece stays: bytes of the old text from `old` on, or text that the first put in. */
static void keep(struct composing *composing, struct pk_view text, uint32_t old, uint32_t length)
{
    if (text.at) {
        pk_put(&composing->fresh, text);
        return;
    }
    end_edit(composing, old);
    composing->done = old + length;
}

static void write_next(struct composing *composing)
{
    if (!composing->written)
        pk_put(&composing->fresh, composing->second->edit.items[composing->next].text);
    composing->written = true;
}

/* A piece of the text between: `text`, or, where that is at NULL, old bytes. */
static void put_piece(struct composing *composing, struct pk_view text, uint32_t old,
                      uint32_t length)
{
    const struct pk_edits *second = composing->second;
    uint32_t start = composing->at, end = start + length;
    while (composing->at < end) {
        const struct pk_edit *next =
            composing->next < second->edit.count ? &second->edit.items[composing->next] : NULL;
        uint32_t at = composing->at - start;
        uint32_t until = next && next->span.start < end ? next->span.start : end;
        if (next && next->span.start <= composing->at) {
            write_next(composing);
            composing->at = next->span.end < end ? next->span.end : end;
            if (next->span.end <= end) {
                composing->next++;
                composing->written = false;
            }
            continue;
        }
        keep(composing, text.at ? pk_view_part(text, at, until - start) : text, old + at,
             until - composing->at);
        composing->at = until;
    }
}

void pk_compose(struct pk_arena *arena, const struct pk_edits *first, const struct pk_edits *second,
                size_t length, struct pk_edits *out)
{
    static const struct pk_view old = {NULL, 0};
    struct composing composing = {.out = out, .fresh = {.arena = arena}, .second = second};
    uint32_t done = 0;
    for (uint32_t i = 0; i < first->edit.count; i++) {
        const struct pk_edit *edit = &first->edit.items[i];
        put_piece(&composing, old, done, edit->span.start - done);
        if (edit->text.length)
            put_piece(&composing, edit->text, 0, (uint32_t)edit->text.length);
        done = edit->span.end;
    }
    put_piece(&composing, old, done, (uint32_t)length - done);
    for (; composing.next < second->edit.count; composing.next++, composing.written = false)
        write_next(&composing);
    end_edit(&composing, (uint32_t)length);
}
