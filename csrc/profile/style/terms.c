/* terms.c - what a rule looks for: plain words into the table, the rest into patterns. */
#include "profile/style/style.h"

#include <stdlib.h>
#include <string.h>

enum {
    ENTRY_LIMIT = 60000, /* their numbers are 16 bits */
    RULE_LIMIT = 60000,
    CHUNK = 12000, /* bytes: PCRE2 compiles no pattern of more than 64 KiB */
};

/* -- Plain words -- */

static bool is_joint(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == '-' || codepoint == '\'' || codepoint == 0x2019;
}

bool pk_style_is_plain(struct pk_view text)
{
    bool joint = true;
    size_t width;
    for (size_t at = 0; at < text.length; at += width) {
        uint32_t codepoint = pk_decode(pk_view_part(text, at, text.length), &width);
        bool word = pk_is_word(codepoint);
        if (!word && (joint || !is_joint(codepoint)))
            return false;
        joint = !word;
    }
    return text.length && !joint;
}

/* -- Patterns from many -- */

/* One of many that become a pattern together. */
struct piece {
    struct pk_view text;
    struct pk_yaml at; /* a scalar: the pattern as its author wrote it */
    uint32_t entry;
};

struct pieces {
    PK_LIST(struct piece) piece;
    bool caseless, word, marked;
};

static struct pk_yaml key_as_scalar(const struct pk_yaml *member)
{
    struct pk_yaml key = {.kind = PK_YAML_SCALAR, .value = member->key};
    key.line = member->key_line;
    key.column = member->key_column;
    return key;
}

static enum pk_status add_piece(struct pk_style_reader *reader, struct pieces *pieces,
                                const struct pk_yaml *at, uint32_t entry)
{
    struct piece *piece = pk_push(&reader->library->arena, &pieces->piece);
    piece->at = *at;
    piece->entry = entry;
    return pk_style_translate(&reader->library->arena, at, at->value, &piece->text, reader->error);
}

enum pk_status pk_style_pattern(struct pk_style_reader *reader, const struct pk_yaml *at,
                                bool caseless, struct pk_pattern **out)
{
    struct pk_pattern_source source = {.file = reader->rule->file, .at = at, .caseless = caseless};
    *out = NULL;
    if (at->kind != PK_YAML_SCALAR || !at->value.length)
        return pk_fail_at(reader->error, at, "a pattern is wanted here");
    enum pk_status status =
        pk_style_translate(&reader->library->arena, at, at->value, &source.text, reader->error);
    return status ? status : pk_pattern_make(reader->library, &source, out, reader->error);
}

/* Which of them is it that does not compile? */
static enum pk_status blame(struct pk_style_reader *reader, const struct pieces *pieces,
                            uint32_t first, uint32_t end)
{
    struct pk_error whole = *reader->error;
    for (uint32_t i = first; i < end; i++) {
        struct pk_pattern *alone;
        if (pk_style_pattern(reader, &pieces->piece.items[i].at, false, &alone) == PK_EINPUT)
            return PK_EINPUT;
    }
    *reader->error = whole;
    return PK_EINPUT;
}

static enum pk_status compile(struct pk_style_reader *reader, const struct pieces *pieces,
                              uint32_t first, uint32_t end, struct pk_pattern **out)
{
    struct pk_arena *arena = &reader->library->arena;
    struct pk_buffer text = {.arena = arena};
    pk_puts(&text, pieces->word ? "\\b" : "");
    pk_puts(&text, pieces->marked ? "(?|" : "(?:");
    for (uint32_t i = first; i < end; i++) {
        const struct piece *piece = &pieces->piece.items[i];
        pk_puts(&text, i > first ? "|" : "");
        pk_puts(&text, pieces->marked ? "(?:" : "");
        pk_put(&text, piece->text);
        if (pieces->marked)
            pk_putf(&text, ")(*:%u)", piece->entry);
    }
    pk_puts(&text, pieces->word ? ")\\b" : ")");
    struct pk_yaml *at = pk_alloc(arena, sizeof *at);
    if (!at)
        return pk_fail(reader->error, PK_ENOMEM, "out of memory");
    *at = pieces->piece.items[first].at;
    struct pk_pattern_source source = {
        .text = pk_written(&text),
        .file = reader->rule->file,
        .at = at,
        .caseless = pieces->caseless,
    };
    enum pk_status status = pk_pattern_make(reader->library, &source, out, reader->error);
    return status == PK_EINPUT ? blame(reader, pieces, first, end) : status;
}

/* Compiles them, as many together as a pattern holds. The list grows by what comes out. */
static enum pk_status
compile_all(struct pk_style_reader *reader, const struct pieces *pieces,
            void (*take)(struct pk_style_reader *, void *, struct pk_pattern *), void *to)
{
    uint32_t first = 0;
    size_t length = 0;
    for (uint32_t i = 0; i < pieces->piece.count; i++) {
        struct pk_pattern *pattern = NULL;
        length += pieces->piece.items[i].text.length + 12;
        if (length < CHUNK && i + 1 < pieces->piece.count)
            continue;
        enum pk_status status = compile(reader, pieces, first, i + 1, &pattern);
        if (status != PK_OK)
            return status;
        take(reader, to, pattern);
        first = i + 1;
        length = 0;
    }
    return PK_OK;
}

static void take_for_rule(struct pk_style_reader *reader, void *to, struct pk_pattern *pattern)
{
    struct pk_style_rule *rule = to;
    *pk_push(&reader->library->arena, &rule->pattern) = pattern;
}

static void take_for_list(struct pk_style_reader *reader, void *to, struct pk_pattern *pattern)
{
    struct pk_style_list *list = to;
    *pk_push(&reader->library->arena, &list->pattern) = pattern;
}

/* The members of a list, or a scalar as the only one. */
static const struct pk_yaml *members(const struct pk_yaml *node)
{
    return node && node->kind != PK_YAML_SCALAR ? node->first : node;
}

static uint32_t count_of(const struct pk_yaml *node)
{
    uint32_t count = 0;
    if (node && node->kind == PK_YAML_SCALAR)
        return 1;
    for (const struct pk_yaml *item = members(node); item; item = item->next)
        count++;
    return count;
}

/* -- Lists of exceptions -- */

enum pk_status pk_style_read_list(struct pk_style_reader *reader, const struct pk_yaml *node,
                                  struct pk_style_list *list)
{
    struct pk_arena *arena = &reader->library->arena;
    struct pieces pieces = {.word = true};
    const struct pk_yaml *item = members(node);
    for (uint32_t left = count_of(node); left; left--, item = item->next) {
        if (item->kind != PK_YAML_SCALAR)
            return pk_fail_at(reader->error, item, "a word or pattern is wanted here");
        if (!pk_trim(item->value).length)
            continue;
        if (!pk_style_is_plain(item->value)) {
            enum pk_status status = add_piece(reader, &pieces, item, 0);
            if (status != PK_OK)
                return status;
            continue;
        }
        if (list->entry.count == ENTRY_LIMIT)
            return pk_fail_at(reader->error, item, "more than %d words", ENTRY_LIMIT);
        struct pk_meaning meaning = {.value = (uint16_t)list->entry.count};
        pk_words_add(arena, &list->words, item->value, meaning);
        *pk_push(arena, &list->entry) = item->value;
    }
    return compile_all(reader, &pieces, take_for_list, list);
}

/* -- Entries -- */

static enum pk_status add_entry(struct pk_style_reader *reader, struct pieces *pieces,
                                const struct pk_yaml *key, struct pk_view value)
{
    struct pk_arena *arena = &reader->library->arena;
    struct pk_style_rule *rule = reader->rule;
    if (key->kind != PK_YAML_SCALAR)
        return pk_fail_at(reader->error, key, "a word or pattern is wanted here");
    if (!pk_trim(key->value).length)
        return PK_OK;
    if (rule->entry.count == ENTRY_LIMIT)
        return pk_fail_at(reader->error, key, "more than %d words", ENTRY_LIMIT);
    uint32_t number = rule->entry.count;
    struct pk_style_entry *entry = pk_push(arena, &rule->entry);
    entry->key = key->value;
    entry->value = value;
    if (rule->nonword || !pk_style_is_plain(key->value) || reader->styles->rule.count >= RULE_LIMIT)
        return add_piece(reader, pieces, key, number);
    entry->plain = true;
    return PK_OK;
}

static int longer_first(const void *a, const void *b)
{
    const struct piece *one = a, *other = b;
    size_t left = one->at.value.length, right = other->at.value.length;
    if (left != right)
        return left > right ? -1 : 1;
    return one->entry < other->entry ? -1 : one->entry > other->entry;
}

static enum pk_status read_map(struct pk_style_reader *reader, const char *key)
{
    const struct pk_yaml *map = pk_style_key(reader->tree, key);
    struct pieces pieces = {
        .caseless = reader->rule->ignorecase, .word = !reader->rule->nonword, .marked = true};
    bool pairs = reader->rule->kind == PK_STYLE_CONSISTENCY;
    if (!map || !map->first)
        return pk_fail_at(reader->error, reader->tree, "no `%s:` in this rule", key);
    for (const struct pk_yaml *member = map->first; member; member = member->next) {
        struct pk_yaml word = key_as_scalar(member);
        if (member->kind != PK_YAML_SCALAR)
            return pk_fail_at(reader->error, member, "a text is wanted here");
        enum pk_status status = add_entry(reader, &pieces, &word, member->value);
        if (status == PK_OK && pairs) /* the entries of a pair follow each other */
            status = add_entry(reader, &pieces, member, member->value);
        if (status != PK_OK)
            return status;
    }
    if (pieces.piece.count)
        qsort(pieces.piece.items, pieces.piece.count, sizeof *pieces.piece.items, longer_first);
    return compile_all(reader, &pieces, take_for_rule, reader->rule);
}

static enum pk_status join(struct pk_style_reader *reader, const struct pk_yaml *list,
                           const char *between, struct pk_buffer *out)
{
    const struct pk_yaml *item = members(list);
    for (uint32_t left = count_of(list), some = 0; left; left--, item = item->next) {
        struct pk_view text;
        if (item->kind != PK_YAML_SCALAR)
            return pk_fail_at(reader->error, item, "a word or pattern is wanted here");
        if (!pk_trim(item->value).length)
            continue;
        enum pk_status status =
            pk_style_translate(&reader->library->arena, item, item->value, &text, reader->error);
        if (status != PK_OK)
            return status;
        pk_puts(out, some++ ? between : "");
        pk_put(out, text);
    }
    return PK_OK;
}

/* `raw` stands before the tokens, or behind them with `append`: one pattern. */
static enum pk_status read_raw(struct pk_style_reader *reader, const struct pk_yaml *raw,
                               const struct pk_yaml *tokens)
{
    struct pk_buffer text = {.arena = &reader->library->arena};
    bool word = !reader->rule->nonword && count_of(tokens);
    enum pk_status status = reader->rule->append ? PK_OK : join(reader, raw, "", &text);
    if (count_of(tokens) && status == PK_OK) {
        pk_puts(&text, word ? "\\b(?:" : "(?:");
        status = join(reader, tokens, "|", &text);
        pk_puts(&text, word ? ")\\b" : ")");
    }
    if (reader->rule->append && status == PK_OK)
        status = join(reader, raw, "", &text);
    struct pk_pattern_source source = {.text = pk_written(&text), .file = reader->rule->file};
    source.at = members(raw);
    source.caseless = reader->rule->ignorecase;
    struct pk_pattern *pattern;
    if (status == PK_OK)
        status = pk_pattern_make(reader->library, &source, &pattern, reader->error);
    if (status == PK_OK)
        take_for_rule(reader, reader->rule, pattern);
    return status;
}

static enum pk_status read_tokens(struct pk_style_reader *reader)
{
    const struct pk_yaml *tokens = pk_style_key(reader->tree, "tokens");
    const struct pk_yaml *raw = pk_style_key(reader->tree, "raw");
    struct pieces pieces = {.caseless = reader->rule->ignorecase, .word = !reader->rule->nonword};
    const struct pk_yaml *item = members(tokens);
    if (!count_of(tokens) && !count_of(raw))
        return pk_fail_at(reader->error, reader->tree, "no `tokens:` in this rule");
    if (count_of(raw))
        return read_raw(reader, raw, tokens);
    for (uint32_t left = count_of(tokens); left; left--, item = item->next) {
        enum pk_status status = add_entry(reader, &pieces, item, (struct pk_view){0});
        if (status != PK_OK)
            return status;
    }
    return compile_all(reader, &pieces, take_for_rule, reader->rule);
}

/* What is repeated is a pattern even where it is a word: it is compared with the next. */
static enum pk_status read_repeated(struct pk_style_reader *reader)
{
    const struct pk_yaml *tokens = pk_style_key(reader->tree, "tokens");
    struct pieces pieces = {.caseless = reader->rule->ignorecase};
    const struct pk_yaml *item = members(tokens);
    if (!count_of(tokens))
        return pk_fail_at(reader->error, reader->tree, "no `tokens:` in this rule");
    for (uint32_t left = count_of(tokens); left; left--, item = item->next) {
        if (item->kind != PK_YAML_SCALAR)
            return pk_fail_at(reader->error, item, "a word or pattern is wanted here");
        enum pk_status status = add_piece(reader, &pieces, item, 0);
        if (status != PK_OK)
            return status;
    }
    return compile_all(reader, &pieces, take_for_rule, reader->rule);
}

static enum pk_status read_one(struct pk_style_reader *reader, const char *key)
{
    const struct pk_yaml *at = pk_style_key(reader->tree, key);
    struct pk_pattern *pattern;
    if (!at)
        return pk_fail_at(reader->error, reader->tree, "no `%s:` in this rule", key);
    enum pk_status status = pk_style_pattern(reader, at, reader->rule->ignorecase, &pattern);
    if (status == PK_OK)
        take_for_rule(reader, reader->rule, pattern);
    return status;
}

static enum pk_status read_capitalization(struct pk_style_reader *reader)
{
    static const char *const known[] = {"$title", "$sentence", "$lower", "$upper"};
    const struct pk_yaml *at = pk_style_key(reader->tree, "match");
    if (!at || at->kind != PK_YAML_SCALAR)
        return pk_fail_at(reader->error, reader->tree, "no `match:` in this rule");
    reader->rule->match = at->value;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (pk_is(at->value, known[i]))
            return PK_OK;
    const char *nearest =
        at->value.length && at->value.at[0] == '$' ? pk_nearest(at->value, known, 4) : NULL;
    if (nearest)
        return pk_fail_at(reader->error, at, "no match \"%.*s\": did you mean \"%s\"?",
                          (int)at->value.length, at->value.at, nearest);
    return read_one(reader, "match");
}

static enum pk_status read_metric(struct pk_style_reader *reader)
{
    static const char *const parts[] = {"formula", "condition"};
    struct pk_arena *arena = &reader->library->arena;
    for (int i = 0; i < 2; i++) {
        const struct pk_yaml *at = pk_style_key(reader->tree, parts[i]);
        if (!at || at->kind != PK_YAML_SCALAR)
            return pk_fail_at(reader->error, reader->tree, "no `%s:` in this rule", parts[i]);
        enum pk_status status =
            i ? pk_condition_read(arena, at->value, &reader->rule->condition, reader->error)
              : pk_formula_read(arena, at->value, &reader->rule->formula, reader->error);
        if (status != PK_OK) {
            reader->error->line = at->line;
            reader->error->column = at->column;
            return status;
        }
    }
    return PK_OK;
}

enum pk_status pk_style_read_terms(struct pk_style_reader *reader)
{
    enum pk_status status;
    switch (reader->rule->kind) {
    case PK_STYLE_EXISTENCE:
        return read_tokens(reader);
    case PK_STYLE_SUBSTITUTION:
        return read_map(reader, "swap");
    case PK_STYLE_CONSISTENCY:
        return read_map(reader, "either");
    case PK_STYLE_REPETITION:
        return read_repeated(reader);
    case PK_STYLE_OCCURRENCE:
        return read_one(reader, "token");
    case PK_STYLE_CONDITIONAL:
        status = read_one(reader, "first");
        return status ? status : read_one(reader, "second");
    case PK_STYLE_CAPITALIZATION:
        return read_capitalization(reader);
    default:
        return read_metric(reader);
    }
}
