/* action_duplicate.c - the same action does not stand in a list twice. */
#include "lint/run.h"
#include "text/table.h"

/* "Revisit" may be said of many things. */
static bool tells_enough(const struct pk_action *action)
{
    return pk_spoken_words(action->text) >= (action->owner.count ? 2 : 4);
}

/* A full stop is no difference; that an id is the same does not make the words so. */
static struct pk_view words_of(const struct pk_action *action)
{
    struct pk_view text = pk_trim(action->text);
    while (text.length && (text.at[text.length - 1] == '.' || text.at[text.length - 1] == ';'))
        text.length--;
    return text;
}

static bool are_due_apart(const struct pk_action *one, const struct pk_action *other)
{
    return one->due_text.length && other->due_text.length &&
           (one->dated != PK_DATED || other->dated != PK_DATED ||
            pk_date_compare(one->due, other->due) != 0);
}

/* A digest of its words, whatever their case. */
static uint64_t digest_of(struct pk_view text)
{
    uint64_t digest = PK_DIGEST;
    size_t width;
    for (size_t at = 0; at < text.length; at += width) {
        struct pk_view rest = pk_view_part(text, at, text.length);
        if (pk_is_word(pk_decode(rest, &width)))
            digest = (digest ^ pk_hash_word(rest, &width)) * UINT64_C(0x100000001b3);
    }
    return digest;
}

/* Have two of them the same words? */
static bool some_are_alike(struct pk_lint *lint)
{
    const struct pk_action *action;
    PK_LIST(uint64_t) digest = {0};
    for (uint32_t at = 0; (action = pk_next_waiting(lint, &at));)
        *pk_push(pk_minutes_of(lint)->arena, &digest) = digest_of(action->text);
    if (digest.count)
        pk_sort_keys(digest.items, digest.count);
    for (uint32_t i = 1; i < digest.count; i++)
        if (digest.items[i] == digest.items[i - 1])
            return true;
    return false;
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    const struct pk_action *action;
    struct pk_table seen = {0}; /* the item's key -> its number, from 1 */
    if (!some_are_alike(lint))
        return;
    for (uint32_t at = 0; (action = pk_next_waiting(lint, &at));) {
        if (!tells_enough(action))
            continue;
        struct pk_identity identity = pk_identity_of(action);
        struct pk_view key = pk_copy(minutes->arena, pk_view_of(identity.uuid));
        uint32_t *number = pk_table_at(minutes->arena, &seen, key);
        const struct pk_action *first = *number ? &minutes->action.items[*number - 1] : NULL;
        if (first && pk_are_beside(minutes, first, action) && !are_due_apart(first, action) &&
            pk_same_folded(words_of(first), words_of(action)))
            pk_report1(lint, action->span, "the same action stands in line %1: keep one of them",
                       pk_number(lint, pk_line_at(&minutes->blocks, first->span.start) + 1));
        *number = at;
    }
}

const struct pk_rule pk_rule_action_duplicate = {
    .id = "action-duplicate",
    .severity = PK_WARNING,
    .summary = "the same action does not stand in a list twice",
    .help = "An action that stands twice is done twice, or closed once and chased for ever. Keep "
            "one, or say in what they differ. Same words and owners in one list count; what is due "
            "on different days, or was noted under a topic and again in the list of actions, does "
            "not:\n\n"
            "    - [ ] Anna: send the revised offer\n"
            "    - [ ] Anna: send the revised offer",
    .check = check,
};
