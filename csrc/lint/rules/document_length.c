/* document_length.c - minutes are short. */
#include "lint/lint.h"

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t words = minutes->blocks.words - pk_words_in_comments(lint),
             max = pk_option(lint, "max");
    if (words > max)
        pk_report2(lint, pk_document_span(minutes),
                   "the minutes have %1 words; at most %2 are wanted", pk_number(lint, words),
                   pk_number(lint, max));
}

const struct pk_rule pk_rule_document_length = {
    .id = "document-length",
    .severity = PK_INFO,
    .summary = "minutes are short",
    .help = "Long minutes are not read, and what is not read is not agreed. Keep what was settled "
            "and why; move the rest to an attachment, or choose a fuller level of detail. Words of "
            "the text count, not front matter, code or comments. `max` sets how many:\n\n"
            "    rules: {document-length: {max: {brief: 300, standard: 1000}}}",
    .option = {{"max", {400, 1200, 3000}}},
    .check = check,
};
