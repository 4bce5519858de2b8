/* cli.h - what the files of the command-line program share. */
#ifndef PK_CLI_H
#define PK_CLI_H

#include "protokol.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>

/* -- What the user asked for -- */

/* Options as typed; NULL or false: not given. */
struct cli_settings {
    const char *format, *profile, *language, *detail, *today, *fail_on, *stdin_name, *files_from;
    const char *from, *me, *color, *baseline, *write_baseline, *max_findings, *jobs;
    const char *kind, *output, *mail;
    bool help, fix, diff, quiet, stats, mark, all, only_minutes, bom, schema, each, force, plain;
    PK_LIST(struct pk_value) value; /* --set key=value */
    PK_LIST(struct pk_value) word;  /* of the filter, each by its option */
    PK_LIST(struct pk_value) said;  /* of an event, likewise */
};

struct cli {
    const struct cli_command *command;
    struct cli_settings set;
    PK_LIST(const char *) operand; /* paths, rules: what is no option */

    const struct pk_format *format; /* the settings, understood */
    struct pk_report report;        /* likewise, of lint */
    const struct pk_report_format *report_format;
    bool reported;   /* the report has begun */
    bool for_people; /* format is text */
    enum pk_severity fail_on;
    uint32_t max_findings; /* to be shown */
    uint32_t jobs;         /* threads that read documents */
    struct pk_date today;
    struct pk_filter filter;

    struct pk_arena arena;   /* of the whole run */
    struct pk_arena *page;   /* of one document */
    struct cli_bytes *bytes; /* the document as it was read */
    struct cli_shelf *shelf;
    const struct pk_language *language;       /* of the first document: of headings */
    void *own;                                /* of the command that runs */
    PK_LIST(const struct pk_profile *) named; /* whose rules that cannot be run were named */
    uint32_t records;                         /* told so far */
    bool found;                               /* something of severity fail_on or worse */
    bool trouble;                             /* something could not be done */
};

/* Commands as bits, so that an option can say where it belongs. */
enum {
    CLI_NEW = 1,
    CLI_LINT = 2,
    CLI_ACTIONS = 4,
    CLI_DECISIONS = 8,
    CLI_OUTLINE = 16,
    CLI_RULES = 32,
    CLI_EXPLAIN = 64,
    CLI_PROFILES = 128,
    CLI_CHECK = 256,
    CLI_RECORD = 512,
    CLI_STATUS = 1024,
    CLI_DIFF = 1 << 14,
    CLI_SEND = 2048,
    CLI_EXPORT = 1 << 15,
    CLI_READERS = CLI_LINT | CLI_ACTIONS | CLI_DECISIONS | CLI_OUTLINE,
};

struct cli_command {
    const char *name;
    unsigned bit;
    void (*run)(struct cli *);
    const char *operand; /* "PATH..."; NULL: takes none */
    bool needs_operand;
    const char *summary;
    const char *more; /* for its own help */
};

/* -- options.c: the words of a command line -- */

/* Fills `set` and `operand`, then the settings understood. False: said why not. */
bool cli_parse(struct cli *, int count, char **words);
void cli_options_help(const struct cli_command *, FILE *);
void cli_formats_help(const struct cli_command *, FILE *);

/* -- complain.c: what goes to standard error -- */

/* "protokol: " and the message; the run ends with status 2. */
void cli_trouble(struct cli *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Likewise what should be known, though nothing is wrong. */
void cli_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A core error: file:line:column: message, as far as there is a place. */
/* What is no trouble of this run, and yet to be told. */
void cli_warn(const struct pk_error *);
void cli_error(struct cli *, const struct pk_error *);

/* What there is, to say what may have been meant; kept in the arena of the run. */
struct cli_names {
    PK_LIST(const char *) name;
};
/* unknown rule "action-ovner": did you mean "action-owner"? */
void cli_unknown(struct cli *, const char *what, const char *word, const struct cli_names *known);

/* -- output.c: what goes to standard output -- */

void cli_put(struct pk_view);
/* Puts out what is held back. False: standard output takes nothing more. */
bool cli_flush(void);
/* Likewise at the end, and says what went wrong. */
void cli_end_output(struct cli *);
/* A record as its format writes it, with what that puts around it. */
void cli_put_record(struct cli *, struct pk_view record);
void cli_end_records(struct cli *);
/* The findings of a document, in the format of lint. */
void cli_report(struct cli *, const struct pk_reported *, FILE *to);
/* Likewise in two steps, for a format that is `apart`: written out in any thread, and put. */
struct pk_view cli_reported(const struct cli *, struct pk_arena *, const struct pk_reported *);
void cli_put_report(struct cli *, struct pk_view text, uint32_t findings);
void cli_end_report(struct cli *);
int cli_status(const struct cli *); /* what the run would end with by now */
/* Of what is said once: --lang, that of the first document, or the user's own; NULL: no library. */
const struct pk_language *cli_heading_language(struct cli *);
bool cli_out_is_closed(void); /* nobody reads on, or the disk is full */

/* -- files.c: whole files, read and replaced -- */

/* Memory that the next file is read into. */
struct cli_bytes {
    char *at;
    size_t length, room;
    struct stat stat; /* of the file as it was read */
};

/* NULL, or why it cannot be read. "-" is standard input. */
const char *cli_read_file(struct cli_bytes *, const char *path);
struct pk_view cli_text(const struct cli_bytes *);
/* All of the new text or all of the old: written beside the file, then renamed
 * over it. Mode and links stay. NULL, or why it cannot be done. */
const char *cli_replace_file(const char *path, struct pk_view text, const struct stat *as_read);
/* Likewise whatever was there, if anything was. */
const char *cli_write_file(const char *path, struct pk_view text);
/* Clears away what writers that died left beside that file. */
void cli_clear_fresh(const char *path);

/* -- shelf.c: libraries by folder -- */

struct cli_book;
struct cli_shelf {
    pthread_mutex_t lock; /* of all that follows */
    struct cli_book *book;
    struct cli_book *last; /* of the last folder asked for */
    char *last_folder;
};

/* The library for a document at that path, in any thread, without a word. NULL: there is none, and
 * cli_library_of the book says why; without memory not even a book. */
const struct pk_library *cli_find_library(const struct cli *, const char *path, struct cli_book **);
/* NULL: broken, or without the profile or language that the user named; said once. */
const struct pk_library *cli_library_of(struct cli *, struct cli_book *);
/* Both. */
const struct pk_library *cli_library_for(struct cli *, const char *path);
void cli_shelf_free(struct cli_shelf *);
/* --lang, the user's locale, or English. */
const struct pk_language *cli_language(const struct cli *, const struct pk_library *);
/* --profile, or the one preferred here. */
const struct pk_profile *cli_profile(const struct cli *, const struct pk_library *);
enum pk_detail cli_detail(const struct cli *, const struct pk_profile *);

/* -- documents.c: a document, read and told of -- */

struct cli_document {
    const char *path; /* as the user knows it; "-": standard input */
    const char *name; /* likewise, but --stdin-name for standard input */
    const struct pk_library *library;
    struct pk_minutes minutes;
    void *own; /* what the command worked out; in page memory */
};

/* What a command does with each document. */
struct cli_visit {
    /* In any thread, and so without a word: fills `own`. NULL: nothing. */
    void (*work)(const struct cli *, struct pk_arena *, struct cli_document *);
    /* In the order of the documents. */
    void (*tell)(struct cli *, struct cli_document *);
};

/* A document on its way from a path to what is said of it; zeroed at first, then used again. */
struct cli_reading {
    const char *path;
    bool named; /* outright, not met in a folder */
    struct cli_bytes bytes;
    struct pk_arena page;
    struct cli_document document;
    struct cli_book *book;
    const char *why; /* it cannot be read; NULL: it can */
    struct pk_error error;
    bool read;
};

void cli_reading_begin(struct cli_reading *, const char *path, bool named); /* copies the path */
void cli_reading_work(const struct cli *, struct cli_reading *, const struct cli_visit *);
void cli_reading_tell(struct cli *, struct cli_reading *, const struct cli_visit *);
void cli_reading_free(struct cli_reading *);

void cli_one_document(struct cli *, const char *path,
                      void (*tell)(struct cli *, struct cli_document *));
/* Reads the minutes of a text into page memory. False: said why not. */
bool cli_read_minutes(struct cli *, struct cli_document *, struct pk_view text,
                      struct pk_minutes *);

/* -- crew.c: threads that read documents -- */

struct cli_crew;
struct cli_crew *cli_crew_new(struct cli *, const struct cli_visit *); /* NULL: no memory */
void cli_crew_give(struct cli_crew *, const char *path, bool named);
void cli_crew_wait(struct cli_crew *); /* until all that was given is told of */
void cli_crew_free(struct cli_crew *);

/* -- walk.c: every document the paths lead to -- */

void cli_each_document(struct cli *, const struct cli_visit *);

/* -- record.c, mail.c, pandoc.c: what mails and the log are made of -- */

/* Local time with its offset, as RFC 3339 has it. */
struct pk_view cli_now(struct cli *);
/* What --mail says of an event. False: said why not. */
bool cli_take_mail(struct cli *, const struct pk_minutes *, const struct pk_log *,
                   const struct pk_digest *, struct pk_event *);
/* Markdown as HTML; empty where there is no pandoc. */
struct pk_view cli_html(struct pk_arena *, struct pk_view markdown);

/* -- The commands -- */

void cli_run_new(struct cli *);
void cli_run_lint(struct cli *);
void cli_run_actions(struct cli *);
void cli_run_decisions(struct cli *);
void cli_run_outline(struct cli *);
void cli_run_rules(struct cli *);
void cli_run_explain(struct cli *);
void cli_run_profiles(struct cli *);
void cli_run_check(struct cli *);
void cli_run_record(struct cli *);
void cli_events_help(FILE *); /* what each event says */
void cli_run_status(struct cli *);
void cli_run_diff(struct cli *);
void cli_run_send(struct cli *);
void cli_run_export(struct cli *);

#endif
