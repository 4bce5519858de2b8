/* faults.c - whatever piece of memory there is none for, the core says so: no crash, no leak, and
 * no half result that is given out as a whole one.
 *
 *     faults           the first pieces of each job, then some in between
 *     faults all       each piece, one after another
 *
 * Its arenas have small chunks, so that nearly each piece is asked of the system. */
#include "chunk.h"
#include "memory.h"

#include "protokol.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char text[] =
    "---\ntitle: Kick-off\nlang: en\nseries: plant\ndistribution: [Ben Lee <ben@example.com>]\n"
    "approval:\n  - time: 2027-03-01T09:30:00+01:00\n    event: sent\n    who: \"Anna Muster\"\n"
    "    revision: 1\n    to: [\"ben@example.com\"]\n    reference: \"<r1@example.com>\"\n"
    "    digest: \"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n"
    "  - time: 2027-03-02T09:30:00+01:00\n    event: objection\n    who: Ben\n    revision: 1\n"
    "    number: 1\n    item: A1\n    text: |\n      not by then\n"
    "---\n# Minutes of the negotiation\n\nDate: 2027-03-01, 3/4/2027\nPlace: room 4\n\n"
    "## Participants\n\n- Anna Muster (chair), Beta GmbH, anna@example.com\n- Ben Lee\n"
    "- Ирина Петрова, директор\n\n"
    "## Agreements\n\n1. Price: the the price is fixed, by the way, until June. (5 : 0)\n"
    "2. Срок поставки -- как можно скорее, наверное!!!\n\n"
    "<!-- protokol-disable tone-hedge -->\n## Topics\n\nWe should maybe talk. See "
    "[the plan](https://example.com), `code` and *more*.\n<!-- protokol-enable -->\n\n"
    "<!-- internal -->\nThey bluff.\n<!-- /internal -->\n\n"
    "| Action | Owner | Due |\n|---|---|---|\n| Send the draft | Anna | Friday |\n"
    "| Call them | somebody | 30 February |\n\n## Next steps\n\n- [ ] A1: Anna sends the draft by "
    "9 March 2027\n- [x] Ben: the list (due: soon)\n- [ ] {{who does what by when}}\n\n"
    "Ben will call Anna by 3 April. ACTION: Carla to check the LEASE AGREEMENT AT ONCE.\n";

static const char profile[] =
    "extends: meeting\nname: {en: Ours}\ntitle: {en: [Our minutes]}\n"
    "sections:\n  - id: budget\n    title: {en: [Budget], de: [Budget]}\n    pattern: '^cost.*'\n"
    "    required: true\n    body: \"- {{what}}\\n\"\n"
    "rules: {tone-hedge: off, item-length: {severity: error, max: 5}}\n"
    "aliases: {Anna Muster: [AM]}\nholidays: [2027-03-08, 05-01]\nstyles: [House]\n";

static const char style[] = "extends: substitution\nmessage: \"Write '%s', not '%s'\"\n"
                            "level: warning\nignorecase: true\nswap:\n  utilise: use\n"
                            "  '(?:the|a) (?:price|cost)s?': fee\n  fixed: set\n";

static const char reply[] =
    "From: =?utf-8?q?Ben_L=C3=A4e?= <ben@example.com>\r\nTo: anna@example.com\r\n"
    "Date: Tue, 2 Mar 2027 09:30:00 +0100\r\nMessage-ID: <x@example.com>\r\n"
    "In-Reply-To: <r1@example.com>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "z8s=\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>ok</p>\r\n--b--\r\n";

enum { SMALL = 64, MIDDLING = 2048, USUAL = 64 * 1024 };
size_t chunk_size = USUAL;

static struct pk_library *library;
static char folder[] = "/tmp/protokol-faults-XXXXXX";

/* -- What is done with little memory -- */

/* What a job has said, when it says that all went well. */
struct job_arena {
    struct pk_arena arena;
    struct pk_buffer out;
    struct pk_minutes minutes;
};

static enum pk_status read_minutes(struct job_arena *job)
{
    struct pk_error error = {0};
    struct pk_read_options options = {.name = PK_VIEW("a.md"), .today = {2027, 3, 5}};
    return pk_read(&job->arena, library, pk_view_of(text), &options, &job->minutes, &error);
}

static enum pk_status ended(const struct job_arena *job)
{
    return job->arena.failed ? PK_ENOMEM : PK_OK;
}

static enum pk_status open_library(struct job_arena *job)
{
    struct pk_error error = {0};
    struct pk_library *fresh = NULL;
    enum pk_status status = pk_library_open(&fresh, &error);
    if (status == PK_OK)
        pk_putf(&job->out, "%u words", fresh->words.count);
    pk_library_close(fresh);
    return status == PK_OK ? ended(job) : status;
}

static enum pk_status lint(struct job_arena *job)
{
    struct pk_findings findings = {0};
    enum pk_status status = read_minutes(job);
    if (status == PK_OK)
        status = pk_lint(&job->minutes, &findings);
    for (uint32_t i = 0; status == PK_OK && i < findings.diagnostic.count; i++)
        pk_text_diagnostic(&job->out, &job->minutes, PK_VIEW("a.md"),
                           &findings.diagnostic.items[i]);
    return status == PK_OK ? ended(job) : status;
}

static enum pk_status report(struct job_arena *job)
{
    struct pk_findings findings = {0};
    struct pk_edits edits = {0};
    enum pk_status status = read_minutes(job);
    if (status == PK_OK)
        status = pk_lint(&job->minutes, &findings);
    for (size_t i = 0; status == PK_OK && pk_report_formats[i]; i++) {
        const struct pk_report_format *format = pk_report_formats[i];
        struct pk_report told = {.out = &job->out,
                                 .version = PK_VERSION,
                                 .language = job->minutes.language,
                                 .profile = job->minutes.profile};
        struct pk_reported of = {&job->minutes, PK_VIEW("a.md"), &findings};
        if (format->head)
            format->head(&told);
        format->document(&told, &of);
        if (format->tail)
            format->tail(&told);
    }
    if (status == PK_OK) {
        pk_gather(&job->arena, &findings, &edits);
        pk_text_diff(&job->out, PK_VIEW("a.md"), pk_view_of(text), &edits);
    }
    return status == PK_OK ? ended(job) : status;
}

static enum pk_status export(struct job_arena *job) {
    enum pk_status status = read_minutes(job);
    struct pk_origin origin = {&job->minutes, PK_VIEW("a.md"), job->minutes.language};
    for (size_t i = 0; status == PK_OK && pk_formats[i];
         i++){const struct pk_format *format = pk_formats[i];
              if (format->head) format->head(&job->out, PK_ACTIONS, job->minutes.language);
              for (uint32_t j = 0; format->action && j < job->minutes.action.count; j++)
                  format->action(&job->out, &origin, &job->minutes.action.items[j]);
              for (uint32_t j = 0; format->decision && j < job->minutes.decision.count; j++)
                  format->decision(&job->out, &origin, &job->minutes.decision.items[j]);}
if (status == PK_OK)
{
    struct pk_json json = pk_json_to(&job->out);
    pk_tell_outline(&json.sink, &job->minutes, PK_VIEW("a.md"));
    pk_text_outline(&job->out, &job->minutes, PK_VIEW("a.md"));
}
return status == PK_OK ? ended(job) : status;
}

static enum pk_status choose(struct job_arena *job)
{
    static const char *const words[] = {"open", "sort=due", "group=owner"};
    struct pk_filter filter = {.today = {2027, 3, 5}};
    struct pk_error error = {0};
    enum pk_status status = read_minutes(job);
    for (size_t i = 0; status == PK_OK && i < sizeof words / sizeof *words; i++)
        status = pk_filter_word(&job->arena, &filter, pk_view_of(words[i]), &error);
    struct pk_choice choice = {.filter = &filter};
    for (uint32_t i = 0; status == PK_OK && i < job->minutes.action.count; i++)
        pk_choose(&job->arena, &choice, &job->minutes.action.items[i], PK_VIEW("a.md"), i);
    if (status == PK_OK)
        pk_choice_sort(&choice);
    for (uint32_t i = 0; i < choice.chosen.count; i++)
        pk_put(&job->out, choice.chosen.items[i].heading);
    return status == PK_OK ? ended(job) : status;
}

static enum pk_status toggle(struct job_arena *job)
{
    struct pk_changes changes = {0};
    struct pk_candidates found = {0};
    enum pk_status status = read_minutes(job);
    if (status != PK_OK)
        return status;
    struct pk_toggle all = {.end_line = job->minutes.blocks.line.count, .to = -1};
    pk_toggle(&job->minutes, &all, &changes);
    for (uint32_t i = 0; i < changes.change.count; i++) {
        struct pk_json json = pk_json_to(&job->out);
        pk_tell_change(&json.sink, &job->minutes, &changes.change.items[i]);
    }
    pk_complete(&job->minutes, (uint32_t)sizeof text - 40, &found);
    for (uint32_t i = 0; i < found.candidate.count; i++)
        pk_put(&job->out, found.candidate.items[i].text);
    return ended(job);
}

static enum pk_status carry(struct job_arena *job)
{
    struct pk_carried carried = {0};
    struct pk_error error = {0};
    enum pk_status status = read_minutes(job);
    if (status != PK_OK)
        return status;
    struct pk_template form = {.library = library,
                               .profile = job->minutes.profile,
                               .language = job->minutes.language,
                               .detail = PK_DETAILED};
    pk_carry_over(&job->minutes, &form, &carried);
    status = pk_template_check(&job->arena, &form, &error);
    if (status == PK_OK)
        pk_write_template(&job->out, &form);
    return status == PK_OK ? ended(job) : status;
}

/* A project's profile with a house's own rules, from files; then its rules are run. */
static enum pk_status load_profile(struct job_arena *job)
{
    struct pk_sources sources = {0};
    struct pk_library *own = NULL;
    struct pk_error error = {0};
    enum pk_status status = pk_sources_find(&job->arena, folder, &sources);
    if (status == PK_OK)
        status = pk_library_load(&sources, &own, &error);
    if (status == PK_OK)
        status = pk_library_check(own, &error);
    if (status == PK_OK) {
        struct pk_template form = {.library = own,
                                   .profile = own->preferred,
                                   .language = pk_library_language(own, PK_VIEW("en")),
                                   .detail = PK_BRIEF};
        pk_puts(&job->out, own->preferred->styles->trouble.count ? "trouble" : "");
        pk_write_template(&job->out, &form);
    }
    if (status == PK_OK)
        status = ended(job);
    if (status == PK_OK) {
        struct pk_findings findings = {0};
        status = read_minutes(job);
        job->minutes.profile = own->preferred;
        if (status == PK_OK)
            status = pk_lint(&job->minutes, &findings);
        for (uint32_t i = 0; status == PK_OK && i < findings.diagnostic.count; i++)
            pk_put(&job->out, findings.diagnostic.items[i].message);
        status = status == PK_OK ? ended(job) : status;
    }
    pk_library_close(own);
    return status;
}

static enum pk_status check_files(struct job_arena *job)
{
    struct pk_error error = {0};
    (void)job;
    return pk_check(PK_VIEW(style), "/nowhere/House/Words.yml", &error);
}

static enum pk_status record(struct job_arena *job)
{
    struct pk_log log;
    struct pk_stood stood;
    struct pk_edit edit = {0};
    struct pk_edits edits = {0};
    struct pk_error error = {0};
    struct pk_event event = {.kind = PK_EVENT_SENT,
                             .time = PK_VIEW("2027-03-03T09:30:00+01:00"),
                             .who = PK_VIEW("Anna Muster")};
    enum pk_status status = read_minutes(job);
    if (status != PK_OK)
        return status;
    struct pk_digest digest = pk_digest_of(pk_canonical(&job->arena, &job->minutes));
    pk_log_read(&job->arena, &job->minutes, &log);
    *pk_push(&job->arena, &event.to.name) = PK_VIEW("ben@example.com");
    pk_event_complete(&job->arena, &log, &digest, &event);
    status = pk_log_add(&job->arena, &job->minutes, &event, &edit, &error);
    if (status != PK_OK)
        return status;
    *pk_push(&job->arena, &edits.edit) = edit;
    pk_text_diff(&job->out, PK_VIEW("a.md"), pk_view_of(text), &edits);
    pk_stood_of(&job->arena, &job->minutes, &stood);
    struct pk_json json = pk_json_to(&job->out);
    pk_tell_status(&json.sink, &job->arena, &stood, PK_VIEW("a.md"));
    pk_text_status(&job->out, &stood, PK_VIEW("a.md"));
    return ended(job);
}

static enum pk_status compare(struct job_arena *job)
{
    struct pk_comparison comparison;
    struct pk_minutes old;
    struct pk_error error = {0};
    struct pk_read_options options = {.name = PK_VIEW("a.md")};
    struct pk_view before = pk_view_part(pk_view_of(text), 0, sizeof text - 90);
    enum pk_status status = pk_read(&job->arena, library, before, &options, &old, &error);
    if (status == PK_OK)
        status = read_minutes(job);
    if (status != PK_OK)
        return status;
    pk_compare(&job->arena, &old, &job->minutes, &comparison);
    for (uint32_t i = 0; i < comparison.difference.count; i++)
        pk_text_difference(&job->out, &comparison, PK_VIEW("r1.md"), PK_VIEW("a.md"),
                           &comparison.difference.items[i]);
    pk_put(&job->out, pk_comparison_message(&job->arena, &comparison));
    return ended(job);
}

static enum pk_status mail(struct job_arena *job)
{
    struct pk_error error = {0};
    struct pk_buffer page = {.arena = &job->arena};
    struct pk_paper paper;
    struct pk_mail mail = {.kind = PK_MAIL_CHECK,
                           .from = PK_VIEW("Anna Muster <anna@example.com>"),
                           .time = PK_VIEW("2027-03-01T09:30:00+01:00"),
                           .message_id = PK_VIEW("<m1@example.com>"),
                           .filename = PK_VIEW("a.md")};
    enum pk_status status = read_minutes(job);
    if (status != PK_OK)
        return status;
    pk_mail_people(&job->arena, &job->minutes, &mail);
    *pk_push(&job->arena, &mail.to.name) = PK_VIEW("Ben Lee <ben@example.com>");
    pk_mail_page(&page, &job->minutes, &mail);
    mail.html = pk_written(&page);
    status = pk_mail_write(&job->out, &job->minutes, &mail, &error);
    if (status == PK_OK)
        status = pk_paper_of(&job->arena, &job->minutes, PK_VIEW("a.md"), &paper, &error);
    if (status == PK_OK)
        pk_put(&job->out, paper.text);
    return status == PK_OK ? ended(job) : status;
}

static enum pk_status read_reply(struct job_arena *job)
{
    struct pk_reply answer;
    struct pk_error error = {0};
    struct pk_log log;
    struct pk_event event = {.kind = PK_EVENT_CONFIRMED};
    enum pk_status status = read_minutes(job);
    if (status == PK_OK)
        status = pk_reply_read(&job->arena, PK_VIEW(reply), &answer, &error);
    if (status != PK_OK)
        return status;
    pk_log_read(&job->arena, &job->minutes, &log);
    pk_reply_event(&job->arena, &answer, &log, &event);
    pk_put(&job->out, event.who);
    pk_put(&job->out, event.reference);
    pk_put(&job->out, answer.text);
    return ended(job);
}

static enum pk_status write_schema(struct job_arena *job)
{
    pk_write_profile_schema(&job->out);
    pk_write_language_schema(&job->out);
    return ended(job);
}

/* -- The walk -- */

static const struct job {
    const char *name;
    enum pk_status (*run)(struct job_arena *);
    bool opens; /* a library: large; with small chunks that takes long */
    bool known; /* but how that fails is known by now */
} jobs[] = {
    {"open a library", open_library, true, false},
    {"lint", lint, false, false},
    {"report", report, false, false},
    {"export", export, false, false},
    {"choose", choose, false, false},
    {"toggle and complete", toggle, false, false},
    {"carry over into a template", carry, false, false},
    {"load a profile", load_profile, true, true},
    {"check a style", check_files, true, true},
    {"record", record, false, false},
    {"compare", compare, false, false},
    {"mail", mail, false, false},
    {"reply", read_reply, false, false},
    {"schema", write_schema, false, false},
};

struct outcome {
    enum pk_status status;
    uint64_t said; /* FNV-1a, 64 bits */
    unsigned long asked;
    bool reached; /* the piece that is refused */
    long held;
};

static struct outcome run(const struct job *job, unsigned long at, unsigned long count)
{
    struct job_arena room;
    struct outcome outcome = {.said = 14695981039346656037u};
    long before = memory_live();
    memset(&room, 0, sizeof room);
    pk_arena_init(&room.arena);
    room.out.arena = &room.arena;
    chunk_size = job->opens ? MIDDLING : SMALL;
    memory_fail(at, count);
    outcome.status = job->run(&room);
    outcome.asked = memory_asked();
    outcome.reached = memory_failed();
    memory_fail(0, 0);
    struct pk_view said = pk_written(&room.out);
    for (size_t i = 0; outcome.status == PK_OK && i < said.length; i++)
        outcome.said = (outcome.said ^ (unsigned char)said.at[i]) * 1099511628211u;
    pk_arena_free(&room.arena);
    outcome.held = memory_live() - before;
    return outcome;
}

/* One piece refused, or all from there on. */
static bool try(const struct job *job, unsigned long at, unsigned long count,
                const struct outcome *whole, bool *reached)
{
    struct outcome outcome = run(job, at, count);
    *reached = outcome.reached;
    bool said =
        outcome.status == PK_ENOMEM || (outcome.status == PK_OK && outcome.said == whole->said);
    if (said && outcome.held == 0)
        return true;
    printf("%s, piece %lu%s: status %d, %s, %ld pieces lost\n", job->name, at,
           count > 1 ? " and all behind it" : "", (int)outcome.status,
           outcome.status != PK_OK       ? "not told that there is no memory"
           : outcome.said == whole->said ? "the whole result"
                                         : "half a result",
           outcome.held);
    return false;
}

static bool walk(const struct job *job, unsigned long from, unsigned long tries)
{
    struct outcome whole = run(job, 0, 0);
    whole = run(job, 0, 0); /* what is kept for good is kept by now */
    unsigned long last = whole.asked;
    if (whole.status != PK_OK || whole.held)
        printf("%s: status %d, %ld pieces lost, without a fault\n", job->name, (int)whole.status,
               whole.held);
    unsigned long step = tries && last > from + tries ? (last - from) / tries : 1, bad = 0,
                  tried = 0;
    bool reached = true;
    for (unsigned long at = from + 1; reached; at += step) {
        bool good = try(job, at, 1, &whole, &reached);
        if (reached)
            good = try(job, at, ULONG_MAX / 2, &whole, &reached) && good;
        bad += !good;
        tried += reached;
        if (bad > 20)
            break;
    }
    printf("%s: %lu of %lu pieces, %lu badly\n", job->name, tried, last, bad);
    return whole.status == PK_OK && !whole.held && !bad && tried;
}

static void put_file(const char *name, const char *content)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fputs(content, file) < 0 || fclose(file) != 0)
        abort();
}

static void put_folder(const char *name)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (mkdir(path, 0700) != 0)
        abort();
}

static void put_files(void)
{
    if (!mkdtemp(folder))
        abort();
    put_folder("House");
    put_folder("language");
    put_file(".protokol.yaml", profile);
    put_file("House/Words.yml", style);
    setenv("XDG_CONFIG_HOME", folder, 1);
}

static void clear_files(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    if (system(command) != 0)
        abort();
}

int main(int count, char **words)
{
    struct pk_error error;
    bool all = count > 1 && strcmp(words[1], "all") == 0;
    const char *only = count > 2 ? words[2] : NULL;
    int passed = 0, failed = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    put_files();
    if (pk_library_open(&library, &error) != PK_OK)
        return 2;
    unsigned long opening = run(&jobs[0], 0, 0).asked;
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        if (only && !strstr(jobs[i].name, only))
            continue;
        bool good = walk(&jobs[i], jobs[i].known ? opening : 0, all ? 0 : 40);
        passed += good;
        failed += !good;
    }
    pk_library_close(library);
    clear_files();
    printf("faults: %d passed, %d failed\n", passed, failed);
    return failed != 0;
}
