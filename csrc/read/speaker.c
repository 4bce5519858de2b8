/* speaker.c - what somebody takes on in words of their own: "Anna: I'll order the paint." */
#include "read/read.h"

enum { LONGEST_NAME = 60 /* bytes */, TAKES_ON = 1, VERB = 2, ONLY_TALKS = 3 };

/* "Anna:", "Ann Lee (Birch):" at the start of a line: the name, and *behind the colon. */
static bool speaker_at(const struct pk_reader *reader, struct pk_view text, struct pk_range line,
                       struct pk_range *name, size_t *behind)
{
    size_t limit = line.start + LONGEST_NAME < line.end ? line.start + LONGEST_NAME : line.end;
    size_t colon = line.start, end;
    while (colon < limit && text.at[colon] != ':')
        colon++;
    if (colon == limit || pk_name_at(reader, text, line.start, &end) < PK_HEARD_NAME)
        return false;
    *name = (struct pk_range){line.start + (text.at[line.start] == '@'), end};
    *behind = colon + 1;
    size_t next = pk_skip_blanks(text, end);
    return next == colon || (text.at[next] == '(' && text.at[colon - 1] == ')');
}

/* The next stretch of one speaker's, from its first line to the next speaker's. */
static bool next_turn(struct pk_pledges *all)
{
    const struct pk_block *leaf = pk_block_of(all->reader, all->leaf);
    bool begun = false;
    for (; all->line < leaf->segment_count; all->line++) {
        struct pk_range line = pk_flow_line(all->reader, all->leaf, all->flow, all->line), name;
        size_t behind;
        if (line.start < all->range.start)
            line.start = all->range.start;
        if (line.end <= line.start)
            continue;
        bool speaks = speaker_at(all->reader, all->flow->text, line, &name, &behind);
        if (begun && speaks)
            return true;
        if (speaks) {
            begun = true;
            all->speaker = name;
            all->from = behind;
        } else if (!begun && all->grouped) {
            begun = true;
            all->speaker = (struct pk_range){0, 0};
            all->from = line.start;
        }
        all->end = line.end;
    }
    return begun;
}

bool pk_next_pledge(struct pk_pledges *all, struct pk_pledge *out)
{
    struct pk_range sentence;
    size_t end;
    if (!(pk_kinds_in(all->reader, all->flow->text) & PK_KIND(PK_WORD_SELF)))
        return false;
    for (;;) {
        struct pk_view text = pk_view_part(all->flow->text, 0, all->end);
        while (all->from < all->end && pk_sentence(all->reader->minutes, text, &all->from,
                                                   &sentence.start, &sentence.end)) {
            const struct pk_phrase *self =
                pk_phrase_at(all->reader, text, sentence.start, PK_WORD_SELF, &end);
            size_t last = pk_skip_back(text, sentence.end);
            bool asks = last > sentence.start && text.at[last - 1] == '?';
            if (!self || self->meaning.value == ONLY_TALKS || asks)
                continue;
            out->speaker = all->speaker;
            size_t verb = pk_skip_blanks(text, pk_word_end(text, sentence.start));
            out->task.start = self->meaning.value == VERB ? verb : pk_skip_blanks(text, end);
            out->task.end = sentence.end;
            return true;
        }
        if (!next_turn(all))
            return false;
    }
}
