/* minutes.c - any bytes, read and linted, told in every format, toggled and mended. */
#include "fuzz.h"

#include <string.h>

static const struct pk_view file = {"a \"b\".md", 8};

/* -- Telling -- */

static void check_record(struct pk_buffer *out)
{
    fuzz_require(fuzz_is_json(pk_written(out)), "a record is JSON");
    out->length = 0;
}

static void tell_records(struct pk_buffer *out, const struct pk_minutes *minutes,
                         const struct pk_findings *findings)
{
    struct pk_json json = pk_json_to(out);
    pk_tell_outline(&json.sink, minutes, file);
    check_record(out);
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        json = pk_json_to(out);
        pk_tell_action(&json.sink, minutes, file, &minutes->action.items[i]);
        check_record(out);
    }
    for (uint32_t i = 0; i < minutes->decision.count; i++) {
        json = pk_json_to(out);
        pk_tell_decision(&json.sink, minutes, file, &minutes->decision.items[i]);
        check_record(out);
    }
    for (uint32_t i = 0; i < findings->diagnostic.count; i++) {
        json = pk_json_to(out);
        pk_tell_diagnostic(&json.sink, minutes, file, &findings->diagnostic.items[i]);
        check_record(out);
    }
    pk_text_outline(out, minutes, file);
    out->length = 0;
}

static void put_records(struct pk_buffer *out, const struct pk_minutes *minutes,
                        const struct pk_format *format)
{
    struct pk_origin origin = {minutes, file, minutes->language};
    uint32_t count = format->action ? minutes->action.count : 0;
    if (format->head)
        format->head(out, PK_ACTIONS, minutes->language);
    for (uint32_t i = 0; i < count; i++) {
        if (i && format->between)
            pk_puts(out, format->between);
        format->action(out, &origin, &minutes->action.items[i]);
        if (format->after)
            pk_puts(out, format->after);
    }
    if (!count && format->none)
        out->length = 0;
    pk_puts(out, count || !format->none ? format->tail : format->none);
    if (strcmp(format->name, "json") == 0)
        fuzz_require(fuzz_is_json(pk_written(out)), "a list of actions is JSON");
    out->length = 0;
    for (uint32_t i = 0; format->decision && i < minutes->decision.count; i++)
        format->decision(out, &origin, &minutes->decision.items[i]);
    out->length = 0;
}

static void put_report(struct pk_buffer *out, const struct pk_minutes *minutes,
                       const struct pk_findings *findings, const struct pk_report_format *format)
{
    struct pk_report report = {.out = out,
                               .version = PK_VERSION,
                               .language = minutes->language,
                               .profile = minutes->profile,
                               .detail = minutes->detail};
    struct pk_reported of = {minutes, file, findings};
    if (format->head)
        format->head(&report);
    format->document(&report, &of);
    report.findings = findings->diagnostic.count;
    if (format->tail)
        format->tail(&report);
    if (strcmp(format->name, "json") == 0 || strcmp(format->name, "sarif") == 0)
        fuzz_require(fuzz_is_json(pk_written(out)), "a report is JSON");
    out->length = 0;
}

/* In one format of each kind: they take longer than all the rest. */
static void tell(const struct pk_minutes *minutes, const struct pk_findings *findings)
{
    struct pk_buffer out = {.arena = minutes->arena};
    size_t formats = 0, reports = 0, chosen = minutes->blocks.text.length;
    while (pk_formats[formats])
        formats++;
    while (pk_report_formats[reports])
        reports++;
    tell_records(&out, minutes, findings);
    put_records(&out, minutes, pk_formats[chosen % formats]);
    put_report(&out, minutes, findings, pk_report_formats[chosen % reports]);
}

/* -- Changing -- */

static void toggle(const struct pk_minutes *minutes)
{
    enum { LONGEST_MARK = 64 /* bytes: what says a state, or the day of it */ };
    for (int to = -1; to <= PK_CANCELLED; to++) {
        struct pk_toggle all = {.end_line = minutes->blocks.line.count, .to = to};
        struct pk_changes changes = {0};
        struct pk_minutes after;
        pk_toggle(minutes, &all, &changes);
        for (uint32_t i = 0; i < changes.change.count; i++) {
            const struct pk_change *change = &changes.change.items[i];
            struct pk_view text = fuzz_apply(minutes->arena, minutes->blocks.text,
                                             change->fix.edit.items, change->fix.edit.count);
            for (uint32_t e = 0; e < change->fix.edit.count; e++) {
                struct pk_span gone = change->fix.edit.items[e].span;
                fuzz_require(gone.end - gone.start <= LONGEST_MARK, "only marks are taken away");
            }
            if (i == 0)
                fuzz_read(minutes->arena, minutes->library, text, "a.md", &after);
        }
    }
}

/* One look at a text that is being mended. */
struct look {
    struct pk_minutes minutes;
    struct pk_findings findings;
};

static void look_at(struct pk_arena *arena, struct pk_view text, const char *name,
                    struct look *look)
{
    *look = (struct look){0};
    fuzz_read(arena, fuzz_library(), text, name, &look->minutes);
    fuzz_require(pk_lint(&look->minutes, &look->findings) == PK_OK, "any minutes can be linted");
    fuzz_check_findings(&look->minutes, &look->findings);
}

struct refused {
    PK_LIST(uint64_t) said;
};

static bool is_refused(const struct refused *refused, uint64_t said)
{
    for (uint32_t i = 0; i < refused->said.count; i++)
        if (refused->said.items[i] == said)
            return true;
    return false;
}

static void choose(struct pk_arena *arena, const struct look *look, const struct refused *refused,
                   uint32_t most, struct pk_edits *edits)
{
    struct pk_findings chosen = {0};
    for (uint32_t i = 0; i < look->findings.diagnostic.count; i++) {
        const struct pk_diagnostic *found = &look->findings.diagnostic.items[i];
        if (pk_certain_fix(found) && chosen.diagnostic.count < most &&
            !is_refused(refused, found->said))
            *pk_push(arena, &chosen.diagnostic) = *found;
    }
    pk_gather(arena, &chosen, edits);
}

/* What `lint --fix` makes of it: rounds of mends, each kept if it makes things better. */
static struct pk_view mend(struct pk_arena *arena, const struct look *first, const char *name)
{
    enum { MOST_TRIES = 200 };
    struct look now = *first, next;
    struct pk_edits all = {0};
    struct refused refused = {0};
    uint32_t most = UINT32_MAX;
    bool mended = false;
    for (int i = 0; i < MOST_TRIES; i++) {
        struct pk_edits edits = {0}, both = {0};
        choose(arena, &now, &refused, most, &edits);
        if (!edits.edit.count && !mended)
            break;
        if (!edits.edit.count) {
            refused = (struct refused){0};
            mended = false;
            most = UINT32_MAX;
            continue;
        }
        struct pk_view text =
            fuzz_apply(arena, now.minutes.blocks.text, edits.edit.items, edits.edit.count);
        look_at(arena, text, name, &next);
        if (pk_is_better(arena, &now.findings, &next.findings)) {
            pk_compose(arena, &all, &edits, first->minutes.blocks.text.length, &both);
            all = both;
            now = next;
            most = most > UINT32_MAX / 2 ? UINT32_MAX : most * 2;
            mended = refused.said.count > 0;
        } else if (edits.mended.count == 1) {
            *pk_push(arena, &refused.said) = edits.mended.items[0]->said;
            most = UINT32_MAX;
        } else {
            most = edits.mended.count / 2;
        }
    }
    struct pk_view at_once =
        fuzz_apply(arena, first->minutes.blocks.text, all.edit.items, all.edit.count);
    fuzz_require(pk_same(at_once, now.minutes.blocks.text), "mends composed are mends in turn");
    return now.minutes.blocks.text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pk_arena arena;
    struct look look, again;
    struct pk_view text = {(const char *)data, size};
    const char *name = size % 8 == 7 ? "a.txt" : "a.md";
    pk_arena_init(&arena);
    bool is;
    fuzz_require(pk_is_minutes(fuzz_library(), text, pk_view_of(name), &is) == PK_OK,
                 "any bytes are minutes or not");
    look_at(&arena, text, name, &look);
    tell(&look.minutes, &look.findings);
    toggle(&look.minutes);
    struct pk_view once = mend(&arena, &look, name);
    if (!pk_same(once, text)) {
        look_at(&arena, once, name, &again);
        fuzz_require(pk_same(mend(&arena, &again, name), once), "mended twice is mended once");
    }
    pk_arena_free(&arena);
    return 0;
}
