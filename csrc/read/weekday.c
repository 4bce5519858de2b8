/* weekday.c - the weekday that stands beside a date. */
#include "read/read.h"

bool pk_is_foreign(const struct pk_reader *reader, const struct pk_phrase *phrase)
{
    enum { SHORT = 3 /* bytes */ };
    return phrase->folded.length <= SHORT && reader->minutes->language &&
           phrase->meaning.language != reader->minutes->language->index;
}

static bool parts(uint32_t codepoint)
{
    return codepoint == ',' || codepoint == '.' || codepoint == '(' || codepoint == ')' ||
           codepoint == '/' || codepoint == '|' || pk_is_space(codepoint);
}

/* German "so" is a small word and "So" a Sunday. */
static bool is_small_word(struct pk_view text, size_t at, const struct pk_phrase *phrase)
{
    enum { SHORT = 3 /* bytes: no Russian one */ };
    return phrase->folded.length <= SHORT && text.at[at] >= 'a' && text.at[at] <= 'z';
}

/* Which weekday the word at `at` is, and behind it; 0: none. "Mon-Wed" are several. */
static int weekday_at(const struct pk_reader *reader, struct pk_view text, size_t at, size_t *end)
{
    const struct pk_phrase *phrase = pk_phrase_at(reader, text, at, PK_WORD_WEEKDAY, end);
    if (!phrase || pk_is_foreign(reader, phrase) || is_small_word(text, at, phrase))
        return 0;
    size_t width, next = pk_skip_blanks(text, *end);
    uint32_t behind = pk_char_at(text, next, &width);
    uint32_t before = pk_char_before(text, pk_skip_back(text, at));
    bool joined =
        (width && (pk_is_dash(behind) || behind == '\'' || behind == 0x2019)) || pk_is_dash(before);
    return joined ? 0 : phrase->meaning.value;
}

/* Where the word that ends before `end` starts, and in *last where it ends. */
static size_t word_before(struct pk_view text, size_t end, size_t *last)
{
    size_t width;
    while (end && parts(pk_decode_before(text, end, &width)))
        end -= width;
    *last = end;
    while (end && pk_is_word(pk_decode_before(text, end, &width)))
        end -= width;
    return end;
}

static int weekday_before(const struct pk_reader *reader, struct pk_view text, size_t from,
                          struct pk_range *found)
{
    enum { ARTICLE = 3 /* bytes: "the", "den" */ };
    size_t last, end;
    size_t at = word_before(text, from, &last);
    int weekday = weekday_at(reader, text, at, &end);
    if (!weekday && last - at <= ARTICLE && last > at) {
        at = word_before(text, at, &last);
        weekday = weekday_at(reader, text, at, &end);
    }
    *found = (struct pk_range){at, end};
    return weekday && end == last ? weekday : 0;
}

static int weekday_behind(const struct pk_reader *reader, struct pk_view text, size_t from,
                          struct pk_range *found)
{
    size_t width, end;
    while (from < text.length && parts(pk_char_at(text, from, &width)))
        from += width;
    int weekday = from < text.length ? weekday_at(reader, text, from, &end) : 0;
    *found = (struct pk_range){from, weekday ? end : from};
    return weekday;
}

static uint32_t line_of(const struct pk_reader *reader, const struct pk_flow *flow,
                        struct pk_range range)
{
    return pk_line_at(&reader->minutes->blocks, pk_span_in(flow, range).start);
}

int pk_weekday_beside(const struct pk_reader *reader, const struct pk_flow *flow,
                      const struct pk_when *when, struct pk_range *weekday)
{
    if (when->range != PK_NO_RANGE)
        return 0;
    uint32_t line = line_of(reader, flow, when->words);
    int found = weekday_before(reader, flow->text, when->words.start, weekday);
    if (found && line_of(reader, flow, *weekday) == line)
        return found;
    found = weekday_behind(reader, flow->text, when->words.end, weekday);
    return found && line_of(reader, flow, *weekday) == line ? found : 0;
}
