/* lint.h - run the rules over minutes; what a rule may call.
 *
 * A rule is one file in rules/: a struct pk_rule named after the file, with a
 * check that looks at the minutes and reports. The build gathers the files;
 * the order of findings is the order of the text.
 */
#ifndef PK_LINT_H
#define PK_LINT_H

#include "approval/approval.h"
#include "profile/style.h"
#include "read/minutes.h"

enum pk_severity { PK_HINT, PK_INFO, PK_WARNING, PK_ERROR, PK_OFF };
extern const char *const pk_severities[]; /* "hint", "info", "warning", "error", "off" */

struct pk_fix {
    struct pk_view title;         /* what it does, in the document's language */
    PK_LIST(struct pk_edit) edit; /* in the order of the text, not overlapping */
    bool choice;                  /* offered for a person to choose, never made by itself */
};

struct pk_diagnostic {
    struct pk_span span;
    const struct pk_rule *rule;
    enum pk_severity severity;
    struct pk_view message; /* in the document's language */
    uint64_t said;          /* a digest of the message, whatever its language and its numbers */
    const struct pk_rule *about; /* of finding-limit: the rule that was ended; else NULL */
    PK_LIST(struct pk_fix) fix;
};

struct pk_findings {
    PK_LIST(struct pk_diagnostic) diagnostic; /* by start, then rule id, then as reported */
    PK_LIST(const struct pk_rule *) ended;    /* those with more findings than a rule may have */
};

struct pk_lint; /* one run */

/* A number that a profile may set for a rule. */
struct pk_rule_option {
    const char *name; /* NULL: no more options */
    uint32_t value[PK_DETAILS];
};
#define PK_RULE_OPTIONS 4
#define PK_RULE_GROUPS  5

struct pk_rule {
    const char *id;            /* "action-owner"; for ever */
    enum pk_severity severity; /* unless the profile says otherwise */
    const char *summary;       /* English, one line: what holds in good minutes */
    const char *help;          /* English: why, and how to mend it */
    const char *link;          /* NULL, or where more is told */
    struct pk_rule_option option[PK_RULE_OPTIONS];
    /* A rule that looks for words: the names of the groups they are in; see below. Words in no
     * group are in the first. */
    const char *words[PK_RULE_GROUPS];
    bool listed; /* it looks them up in names and dates (pk_is_listed), not in running text */
    void (*check)(struct pk_lint *);
    void (*review)(struct pk_lint *); /* NULL, or asked when all have checked: of suppressions */
};

extern const struct pk_rule *const pk_rules[]; /* in alphabetical order; NULL-ended */
extern const uint32_t pk_rules_count;
extern const bool pk_rules_offering[];               /* a mend; in their order */
const struct pk_rule *pk_rule_of(struct pk_view id); /* or NULL */
bool pk_rule_offers(const struct pk_rule *);         /* a mend, where there is one */
/* In that language; English where it has no words for it. */
struct pk_view pk_rule_summary(const struct pk_rule *, const struct pk_language *);
struct pk_view pk_rule_help(const struct pk_rule *, const struct pk_language *);
/* The house's own rules of a profile, "House.Words". */
struct pk_style_rules {
    PK_LIST(const struct pk_rule *) rule;
};
void pk_style_rules(struct pk_arena *, const struct pk_profile *, struct pk_style_rules *);
/* Of a profile and its files that cannot be rules the next one at or behind *number that it has
 * not turned off; *number moves behind it. NULL: no more. */
const struct pk_style_trouble *pk_style_trouble_next(const struct pk_profile *, uint32_t *number);
/* A profile's setting for a rule, PK_OFF among them. In a profile's `rules:`
 *
 *     action-due: off                                      a severity
 *     sentence-length: {severity: hint, max: 30}           with options
 *     person-role: {severity: {brief: off, standard: info}}
 *     paragraph-length: {max: {brief: 60, standard: 100}}  by level of detail
 *
 * A level that is not named has the rule's own value. A rule that looks for words
 * may be given more of them, and phrases to leave alone:
 *
 *     tone-slang: {words: [ping: ask, circle back], except: [offline]}
 *     tone-hedge: {words: {en: [by and large], de: [eventuell]}}
 *     tone-emotive: {except: "*", words: [outrageous]}     its own only
 */
enum pk_severity pk_rule_severity(const struct pk_rule *, const struct pk_profile *,
                                  enum pk_detail);
/* Likewise the value of one of the rule's options. */
uint32_t pk_rule_value(const struct pk_rule *, const struct pk_rule_option *,
                       const struct pk_profile *, enum pk_detail);
/* PK_EINPUT, with a place, where `rules:` names a rule, an option, a level, a
 * severity or a group of words there is not. The profile loader stands below the rules and cannot
 * tell: whoever has loaded a profile asks this. */
enum pk_status pk_rules_check(const struct pk_profile *, struct pk_error *);
/* Likewise for every profile of a library, and for the words in its languages. */
enum pk_status pk_library_check(const struct pk_library *, struct pk_error *);
/* Is a user's YAML sound, laid over what is built in and the user's other files?
 * A file in a folder named "language" is a language, one with a kind of Vale's rules in
 * `extends:` a rule, any other a profile. */
enum pk_status pk_check(struct pk_view yaml, const char *file, struct pk_error *);
/* Likewise; `told` hears of every problem there is, where pk_check stops at the first. */
enum pk_status pk_check_each(struct pk_view yaml, const char *file,
                             void (*told)(void *, const struct pk_error *), void *);

/* What it costs is bounded: a rule takes time in proportion to the document, and is ended - told
 * by a finding of finding-limit at that place, in `ended` - where it has more than a thousand
 * findings for each 256 KB begun. The limit counts and looks at no clock: the same document has
 * the same findings everywhere. */
enum pk_status pk_lint(const struct pk_minutes *, struct pk_findings *out);

/* -- What a rule may call -- */

const struct pk_minutes *pk_minutes_of(const struct pk_lint *);

/* A finding; does not come back where the rule has had enough of them, so that a rule holds
 * nothing that is not the arena's. The message is English and the key of its translation; %1 to %3
 * in it become the arguments. Give it a fix with pk_report_fix at once. */
void pk_report(struct pk_lint *, struct pk_span, const char *message);
void pk_report1(struct pk_lint *, struct pk_span, const char *message, struct pk_view);
void pk_report2(struct pk_lint *, struct pk_span, const char *message, struct pk_view,
                struct pk_view);
void pk_report3(struct pk_lint *, struct pk_span, const char *message, struct pk_view,
                struct pk_view, struct pk_view);
/* How grave a finding of the running rule is by a setting beside `rules` (a severity, or a map
 * by level of detail); the rule's own severity where that says nothing. */
enum pk_severity pk_severity_set(const struct pk_lint *, const struct pk_yaml *setting);
/* Makes the last finding that grave. */
void pk_grade(struct pk_lint *, enum pk_severity);
/* A mend of the last finding, whose title may hold %1. */
struct pk_fix *pk_offer(struct pk_lint *, const char *title, struct pk_view);
void pk_offer_edit(struct pk_lint *, struct pk_fix *, struct pk_span, struct pk_view text);

/* An option of the running rule, at the document's level of detail. */
uint32_t pk_option(const struct pk_lint *, const char *option);
struct pk_view pk_number(struct pk_lint *, uint32_t); /* as digits, for a message */
/* Does a placeholder lie in or touch the span? Then the template's own rule speaks. */
bool pk_has_placeholder(const struct pk_minutes *, struct pk_span);
/* Does the block stand in a block quote? */
bool pk_is_quoted(const struct pk_minutes *, uint32_t block);
/* The place to speak of the document as a whole: its title, or its first line. */
struct pk_span pk_document_span(const struct pk_minutes *);
/* Has nothing been said here: no letter and no digit, or a word for a missing value ("TBD")? */
bool pk_is_blank_value(const struct pk_minutes *, struct pk_view);
/* A finding if the profile asks for this field and the minutes have no value for it. */
void pk_require_field(struct pk_lint *, enum pk_field_kind, const char *missing, const char *blank);
/* Do first or last lines or headings tell it (a day, an hour, a place) in a form that is read as no
 * field? Where there is a label for it, no. */
bool pk_hints_field(const struct pk_minutes *, enum pk_field_kind);

/* The log of approval, read once for all rules. */
struct pk_approval {
    struct pk_log log;
    struct pk_standing standing; /* where there is an event */
};
const struct pk_approval *pk_approval_of(struct pk_lint *); /* NULL: there is no log */
/* The place to speak of an entry of it: its first line. */
struct pk_span pk_entry_span(const struct pk_minutes *, struct pk_span entry);

/* Is this action still to be done, and fit to be judged? Not where a placeholder is in
 * it, where it says "none", or where a mere sentence was read as one. */
bool pk_is_waiting(struct pk_lint *, const struct pk_action *);
/* The next action that is waiting, from *at on (0 at first); NULL: no more. */
const struct pk_action *pk_next_waiting(struct pk_lint *, uint32_t *at);
/* Likewise with words for when it is due; words that several share come once. */
const struct pk_action *pk_next_due(struct pk_lint *, uint32_t *at);
/* The list or table whose item or row the block is; 0: none. */
uint32_t pk_list_around(const struct pk_minutes *, uint32_t block);
/* Do the two stand in one list, so that one cannot be a summary or a part of the other? */
bool pk_are_beside(const struct pk_minutes *, const struct pk_action *, const struct pk_action *);
/* A day as the language of the document writes it. */
struct pk_view pk_day(struct pk_lint *, struct pk_date);
/* A mend of the last finding: the action is due on that day, and at the time of day it was. Where
 * its words cannot be replaced by a date with grammar in mind, nothing is offered: NULL. */
struct pk_fix *pk_offer_day(struct pk_lint *, const struct pk_action *, struct pk_date,
                            const char *title);
/* A mend of the last finding: the section (its number in the profile) put in at its place. */
void pk_offer_section(struct pk_lint *, uint32_t section, const char *title);
/* A finding for each person present without what `has` looks for (%1: the name);
 * where they are many, a single one at the first (%2: how many others). */
void pk_require_of_people(struct pk_lint *,
                          bool (*has)(const struct pk_minutes *, const struct pk_person *),
                          const char *one, const char *many);

/* What one look at all words of the document has told, in the order of the text: the places to
 * which rules that look for such things may go. */
struct pk_sight {
    uint32_t block, at, width; /* offset in its flow; bytes */
    uint32_t hash;             /* pk_hash_word */
};
struct pk_sight_name {
    uint32_t hash; /* pk_hash_word */
    uint32_t at, end;
};
struct pk_sight_names {
    uint32_t block;
    struct pk_sight_name word[2];
};
struct pk_sights {
    PK_LIST(struct pk_sight) listed;      /* words that some rule looks for */
    PK_LIST(struct pk_sight_names) names; /* two capitalised words with a blank between them */
    uint8_t *trait;                       /* by block: enum pk_trait, or-ed */
};
enum pk_trait {
    PK_TRAIT_SHOUTS = 1, /* it may hold a row of capitals or of exclamation marks */
    PK_TRAIT_VEILED = 2, /* or a quotation or an address */
};
const struct pk_sights *pk_sights_of(struct pk_lint *); /* NULL: no memory */

/* How many words of blocks.words are in HTML comments. */
uint32_t pk_words_in_comments(const struct pk_lint *);

/* Running text, stretch by stretch: what readers see as a paragraph, also
 * within list items; not headings, tables, code, front matter, or the lists of
 * people and attachments. Lines that were plainly not wrapped but ended by the
 * writer are stretches of their own. */
struct pk_stretch {
    uint32_t block;
    uint32_t segment, segment_count; /* its lines, in blocks.segment */
    struct pk_span span;
    uint32_t words; /* that it has at most, as pk_spoken_words counts them */
};
const struct pk_stretch *pk_stretches_of(struct pk_lint *, uint32_t *count);
const struct pk_flow *pk_stretch_flow(struct pk_lint *, const struct pk_stretch *);
/* Likewise without a run: one after another, from a zeroed one on. */
struct pk_prose {
    struct pk_stretch here;
    uint32_t line, widest, section, skip_until; /* where to go on */
    bool everywhere; /* set it to have the lists of people and attachments, too */
};
bool pk_prose_next(const struct pk_minutes *, struct pk_prose *);
/* Words as readers count them: runs of non-space with a letter or digit; links and HTML comments
 * do not count. */
uint32_t pk_spoken_words(struct pk_view);
/* No fewer words than that. */
uint32_t pk_words_at_most(struct pk_view);
/* Are they more than that? Quick to say no. */
bool pk_speaks_beyond(struct pk_view, uint32_t words);

/* -- Topics --
 *
 * The headings of a section of topics, each with what stands below it. */
struct pk_topic {
    uint32_t block, end; /* its heading; past its last block */
};

struct pk_topics {
    PK_LIST(struct pk_topic) topic; /* in the order of the text */
};

void pk_find_topics(const struct pk_minutes *, struct pk_topics *out);
struct pk_span pk_topic_span(const struct pk_minutes *, const struct pk_topic *); /* all of it */
struct pk_view pk_topic_title(const struct pk_minutes *, const struct pk_topic *);

/* -- Rules that look for words --
 *
 * Such a rule names its groups in `.words`. The words stand in the language files and in
 * profiles, under the rule's id, and are data:
 *
 *     rules:
 *       tone-slang:
 *         words: [asap: by a date, no-brainer]          all in the rule's first group
 *         words: {claim: [legally binding], penalty: [late fee, forfeit]}
 *         except: [not legally binding]                 phrases it leaves alone
 *
 * `word: better` says what to write instead; it may be a list to choose from. Every form that
 * readers meet is listed; case and white space do not count, ё is е; the longest phrase wins. A
 * word found is a whole word of the document's language: no part of another, of a compound with
 * a hyphen, of an address or a file's name. It stands in a paragraph, list item or table
 * cell outside the lists of people and attachments; not in a quotation, a link, code, or what is
 * struck; nor in a sentence that holds a placeholder.
 *
 * All rules' words are found in one walk, whose cost does not grow with their number. */
struct pk_found_word {
    struct pk_span span;
    struct pk_view text;            /* as it stands there */
    const char *group;              /* one of the rule's */
    const struct pk_yaml *better;   /* NULL: nothing */
    uint32_t block;                 /* the paragraph or cell */
    enum pk_section_kind section;   /* the innermost around it that is of a kind */
    const struct pk_action *action; /* the item it stands in; NULL: none */
    const struct pk_decision *decision;
    struct pk_view sentence; /* around it, without markup */
    size_t start, end;       /* of the word there */
};

/* Words that are no running text: the longest of the running rule's words at the very start of
 * `text`, its group; *length is set. NULL: none. */
const char *pk_listed_at(const struct pk_lint *, struct pk_view text, size_t *length);
bool pk_is_listed(const struct pk_lint *, struct pk_view text); /* the whole of it */
/* What stands beside that word in the list, "Kate: [Katherine, Catherine]": is it, or is among it,
 * this text, case aside? */
bool pk_is_listed_for(const struct pk_lint *, struct pk_view word, struct pk_view text);

/* Those of the running rule, in the order of the text. */
const struct pk_found_word *pk_found_words(struct pk_lint *, uint32_t *count);
/* Mends of the last finding: what is better in its place, in small or capital letters as it
 * stands there. A choice; made by itself only where there is one and the group is "exact". */
void pk_offer_better(struct pk_lint *, const struct pk_found_word *, const char *title);

/* -- Applying edits -- */

/* The text with the edits made. Edits that overlap one before them in the text
 * are left out, and those that reach past its end; *applied (may be NULL) says
 * how many were made. Insertions at one place keep their order. Without memory
 * none is made and the text itself comes back. */
struct pk_view pk_apply(struct pk_arena *, struct pk_view text, const struct pk_edit *,
                        uint32_t count, uint32_t *applied);

/* The first fix of a finding that is no choice; NULL: none is certain. */
const struct pk_fix *pk_certain_fix(const struct pk_diagnostic *);

/* The edits of the certain fix of every finding, in the order of the text; a fix
 * that would touch bytes an earlier one changes is left out as a whole. */
struct pk_edits {
    PK_LIST(struct pk_edit) edit;
    PK_LIST(const struct pk_diagnostic *) mended; /* whose fix is among them */
};
void pk_gather(struct pk_arena *, const struct pk_findings *, struct pk_edits *);

/* Has a mend mended: are there fewer findings after it, and none that was not there before,
 * told by rule and message? A placeholder for the writer to fill in does not count, nor do rules
 * that were ended before it; then no more are well, too. */
bool pk_is_better(struct pk_arena *, const struct pk_findings *before,
                  const struct pk_findings *after);
/* The edits that do at once what `first` and then, to the text that leaves, `second` does.
 * Both are in the order of the text and do not overlap, as pk_gather gives them. */
void pk_compose(struct pk_arena *, const struct pk_edits *first, const struct pk_edits *second,
                size_t length, struct pk_edits *out);

#endif
