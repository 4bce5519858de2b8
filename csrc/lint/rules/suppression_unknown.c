/* suppression_unknown.c - a comment that silences rules names rules that there are. */
#include "lint/suppress.h"
#include "profile/schema.h"

enum { MOST_RULES = 512 };

static struct pk_fix *offer(struct pk_lint *lint, struct pk_span span, const char *meant)
{
    struct pk_fix *fix = pk_offer(lint, "write \"%1\"", pk_view_of(meant));
    pk_offer_edit(lint, fix, span, pk_view_of(meant));
    return fix;
}

static void check_word(struct pk_lint *lint, const struct pk_suppression *comment)
{
    struct pk_view word = pk_slice(pk_minutes_of(lint)->blocks.text, comment->word);
    const char *meant = pk_nearest(word, pk_suppress_words, 5);
    pk_report1(lint, comment->word,
               "\"%1\" is no word for this; there are off, off-line, off-next-line, off-file, on",
               word);
    if (meant) /* it may silence a lot */
        offer(lint, comment->word, meant)->choice = true;
}

static void check_rule(struct pk_lint *lint, struct pk_span span, const char *const *ids,
                       uint32_t count)
{
    struct pk_view word = pk_slice(pk_minutes_of(lint)->blocks.text, span);
    const char *meant = pk_nearest(word, ids, count);
    if (!meant) {
        pk_report1(lint, span, "there is no rule \"%1\"", word);
        return;
    }
    pk_report2(lint, span, "there is no rule \"%1\"; did you mean \"%2\"?", word,
               pk_view_of(meant));
    offer(lint, span, meant);
}

static void check(struct pk_lint *lint)
{
    const char *ids[MOST_RULES];
    uint32_t count = 0;
    for (; count < MOST_RULES && pk_rules[count]; count++)
        ids[count] = pk_rules[count]->id;
    for (uint32_t i = 0; i < lint->suppressions->comment.count; i++) {
        const struct pk_suppression *comment = &lint->suppressions->comment.items[i];
        if (comment->kind == PK_SUPPRESS_UNKNOWN)
            check_word(lint, comment);
        for (uint32_t j = 0; j < comment->rule.count; j++)
            if (!comment->rule.items[j].slot)
                check_rule(lint, comment->rule.items[j].span, ids, count);
    }
}

const struct pk_rule pk_rule_suppression_unknown = {
    .id = "suppression-unknown",
    .severity = PK_WARNING,
    .summary = "a comment that silences rules names rules that there are",
    .help = "A comment may silence findings, and one that names a rule there is not silences "
            "nothing. Write the rule's name as a finding shows it:\n\n"
            "    <!-- protokol: off-line action-due -- the client names the day in May -->",
    .check = check,
};
