/* sarif.c - findings as a SARIF 2.1.0 log (OASIS), for code scanning. */
#include "write/report.h"

#include <stdio.h>
#include <stdlib.h>

/* The sink's members by C strings. */
static void text(struct pk_sink *sink, const char *key, struct pk_view value)
{
    sink->text(sink, pk_view_of(key), value);
}

static void word(struct pk_sink *sink, const char *key, const char *value)
{
    text(sink, key, pk_view_of(value));
}

static void number(struct pk_sink *sink, const char *key, uint32_t value)
{
    sink->number(sink, pk_view_of(key), value);
}

static void open(struct pk_sink *sink, const char *key, char bracket)
{
    sink->open(sink, pk_view_of(key), bracket);
}

static void message(struct pk_sink *sink, const char *key, struct pk_view value)
{
    open(sink, key, '{');
    text(sink, "text", pk_trim(value));
    sink->close(sink, '}');
}

/* -- Rules -- */

/* "action-owner" is ActionOwner. */
static void tell_name(struct pk_sink *sink, struct pk_arena *arena, const char *id)
{
    struct pk_buffer name = {.arena = arena};
    bool starts = true;
    for (; *id; id++) {
        if (*id != '-')
            pk_putc(&name, starts && *id >= 'a' && *id <= 'z' ? (char)(*id - 32) : *id);
        starts = *id == '-';
    }
    text(sink, "name", pk_written(&name));
}

static void tell_rule(struct pk_sink *sink, const struct pk_report *report,
                      const struct pk_rule *rule)
{
    enum pk_severity severity = rule->severity;
    if (report->profile)
        severity = pk_rule_severity(rule, report->profile, report->detail);
    open(sink, NULL, '{');
    word(sink, "id", rule->id);
    tell_name(sink, report->out->arena, rule->id);
    message(sink, "shortDescription", pk_rule_summary(rule, report->language));
    message(sink, "fullDescription", pk_rule_summary(rule, report->language));
    open(sink, "help", '{');
    text(sink, "text", pk_trim(pk_rule_help(rule, report->language)));
    text(sink, "markdown", pk_trim(pk_rule_help(rule, report->language)));
    sink->close(sink, '}');
    open(sink, "defaultConfiguration", '{');
    sink->truth(sink, PK_VIEW("enabled"), severity != PK_OFF);
    word(sink, "level", severity == PK_OFF ? "none" : pk_level(severity, "note"));
    sink->close(sink, '}');
    sink->close(sink, '}');
}

/* A language by the pattern of the schema: it begins with two letters. */
static bool is_language(const struct pk_language *language)
{
    size_t width;
    struct pk_view id = language ? language->id : PK_VIEW("");
    return id.length >= 2 && pk_decode(id, &width) < 0x80 &&
           pk_is_letter((unsigned char)id.at[0]) && (unsigned char)id.at[1] < 0x80 &&
           pk_is_letter((unsigned char)id.at[1]);
}

static void head(struct pk_report *report)
{
    struct pk_json json = pk_json_to(report->out);
    struct pk_sink *sink = &json.sink;
    open(sink, NULL, '{');
    word(sink, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    word(sink, "version", "2.1.0");
    open(sink, "runs", '[');
    open(sink, NULL, '{');
    open(sink, "tool", '{');
    open(sink, "driver", '{');
    word(sink, "name", "protokol");
    word(sink, "version", report->version);
    word(sink, "semanticVersion", report->version);
    if (is_language(report->language))
        text(sink, "language", report->language->id);
    open(sink, "rules", '[');
    for (const struct pk_rule *const *rule = pk_rules; *rule; rule++) {
        pk_putc(report->out, '\n');
        tell_rule(sink, report, *rule);
    }
    sink->close(sink, ']');
    sink->close(sink, '}');
    sink->close(sink, '}');
    if (is_language(report->language))
        text(sink, "language", report->language->id);
    word(sink, "columnKind", "unicodeCodePoints");
    pk_puts(report->out, ",\"newlineSequences\":[\"\\r\\n\",\"\\n\",\"\\r\"],\"results\":[");
}

/* -- Places -- */

/* A path as a URI reference (RFC 3986): relative ones stay so, without "./" in front. */
static struct pk_view uri_of(struct pk_arena *arena, struct pk_view path)
{
    struct pk_buffer uri = {.arena = arena};
    while (pk_starts(path, PK_VIEW("./")) && path.length > 2)
        path = pk_view_part(path, 2, path.length);
    if (pk_starts(path, PK_VIEW("/")))
        pk_puts(&uri, "file://");
    for (size_t i = 0; i < path.length; i++) {
        unsigned char byte = (unsigned char)path.at[i];
        bool plain = byte < 0x80 && (pk_is_letter(byte) || pk_is_digit(byte) || byte == '-' ||
                                     byte == '.' || byte == '_' || byte == '~' || byte == '/');
        if (plain)
            pk_putc(&uri, (char)byte);
        else
            pk_putf(&uri, "%%%02X", byte);
    }
    return pk_written(&uri);
}

/* What is told of one document. */
struct telling {
    struct pk_sink *sink;
    const struct pk_minutes *minutes;
    struct pk_view uri;
    struct pk_gauge found[2], edited[2];
};

static void tell_region(struct telling *telling, const char *key, struct pk_gauge gauge[2],
                        struct pk_span span)
{
    struct pk_sink *sink = telling->sink;
    struct pk_place place = pk_place_in_codepoints(gauge, telling->minutes, span);
    open(sink, key, '{');
    number(sink, "startLine", place.line);
    number(sink, "startColumn", place.column);
    number(sink, "endLine", place.end_line);
    number(sink, "endColumn", place.end_column);
    sink->close(sink, '}');
}

static void tell_artifact(struct telling *telling)
{
    open(telling->sink, "artifactLocation", '{');
    text(telling->sink, "uri", telling->uri);
    telling->sink->close(telling->sink, '}');
}

static void tell_location(struct telling *telling, struct pk_span span)
{
    struct pk_sink *sink = telling->sink;
    open(sink, "locations", '[');
    open(sink, NULL, '{');
    open(sink, "physicalLocation", '{');
    tell_artifact(telling);
    tell_region(telling, "region", telling->found, span);
    sink->close(sink, '}');
    sink->close(sink, '}');
    sink->close(sink, ']');
}

static void tell_fix(struct telling *telling, const struct pk_fix *fix)
{
    struct pk_sink *sink = telling->sink;
    open(sink, NULL, '{');
    message(sink, "description", fix->title);
    open(sink, "artifactChanges", '[');
    open(sink, NULL, '{');
    tell_artifact(telling);
    open(sink, "replacements", '[');
    for (uint32_t i = 0; i < fix->edit.count; i++) {
        open(sink, NULL, '{');
        tell_region(telling, "deletedRegion", telling->edited, fix->edit.items[i].span);
        open(sink, "insertedContent", '{');
        text(sink, "text", fix->edit.items[i].text);
        sink->close(sink, '}');
        sink->close(sink, '}');
    }
    sink->close(sink, ']');
    sink->close(sink, '}');
    sink->close(sink, ']');
    sink->close(sink, '}');
}

static void tell_fixes(struct telling *telling, const struct pk_diagnostic *found)
{
    bool any = false;
    for (uint32_t i = 0; i < found->fix.count; i++) {
        if (!found->fix.items[i].edit.count)
            continue;
        if (!any)
            open(telling->sink, "fixes", '[');
        any = true;
        tell_fix(telling, &found->fix.items[i]);
    }
    if (any)
        telling->sink->close(telling->sink, ']');
}

/* -- Which finding it is, wherever it has moved -- */

struct print {
    uint64_t hash;
    uint32_t index, nth; /* among its equals, from 1 */
};

/* FNV-1a, 64 bits (Fowler, Noll, Vo). Figures and blanks do not count. */
static uint64_t hashed(uint64_t hash, struct pk_view view)
{
    for (size_t i = 0; i < view.length; i++) {
        unsigned char byte = (unsigned char)view.at[i];
        if (byte > ' ' && !pk_is_digit(byte))
            hash = (hash ^ byte) * 0x100000001B3u;
    }
    return (hash ^ 0xFF) * 0x100000001B3u;
}

/* The rule, what it says and the words it says it of; not where they stand. */
static uint64_t hash_of(const struct pk_minutes *minutes, const struct pk_diagnostic *found)
{
    enum { MOST = 256 /* bytes that tell one line from another */ };
    const struct pk_blocks *blocks = &minutes->blocks;
    uint32_t line = pk_line_at(blocks, found->span.start);
    struct pk_view words = pk_slice(blocks->text, found->span);
    struct pk_view all = pk_slice(
        blocks->text, (struct pk_span){blocks->line.items[line], pk_line_end(blocks, line)});
    uint64_t hash = hashed(0xCBF29CE484222325u, pk_view_of(found->rule->id));
    hash ^= found->said;
    hash = hashed(hash, pk_view_part(words, 0, MOST));
    return hashed(hash, pk_view_part(all, 0, MOST));
}

static int by_hash(const void *a, const void *b)
{
    const struct print *left = a, *right = b;
    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static int by_index(const void *a, const void *b)
{
    const struct print *left = a, *right = b;
    return left->index < right->index ? -1 : left->index > right->index;
}

/* One for each finding; NULL: none, or no memory. */
static struct print *prints_of(struct pk_arena *arena, const struct pk_reported *of)
{
    uint32_t count = of->findings->diagnostic.count;
    struct print *print = count ? pk_alloc(arena, count * sizeof *print) : NULL;
    if (!print)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        print[i] = (struct print){hash_of(of->minutes, &of->findings->diagnostic.items[i]), i, 1};
    qsort(print, count, sizeof *print, by_hash);
    for (uint32_t i = 1; i < count; i++)
        if (print[i].hash == print[i - 1].hash)
            print[i].nth = print[i - 1].nth + 1;
    qsort(print, count, sizeof *print, by_index);
    return print;
}

/* -- Results -- */

static uint32_t index_of(const struct pk_rule *rule)
{
    uint32_t index = 0;
    while (pk_rules[index] && pk_rules[index] != rule)
        index++;
    return index;
}

static void tell_result(struct telling *telling, const struct pk_diagnostic *found,
                        const struct print *print)
{
    struct pk_sink *sink = telling->sink;
    char digits[40];
    snprintf(digits, sizeof digits, "%016llx:%u", (unsigned long long)print->hash, print->nth);
    open(sink, NULL, '{');
    word(sink, "ruleId", found->rule->id);
    if (found->rule->check) /* a house's own rules are not in the list above */
        number(sink, "ruleIndex", index_of(found->rule));
    word(sink, "level", pk_level(found->severity, "note"));
    message(sink, "message", found->message);
    tell_location(telling, found->span);
    open(sink, "partialFingerprints", '{');
    word(sink, "protokol/v1", digits);
    sink->close(sink, '}');
    tell_fixes(telling, found);
    open(sink, "properties", '{');
    word(sink, "severity", pk_severities[found->severity]);
    if (found->rule->link)
        word(sink, "helpUri", found->rule->link);
    sink->close(sink, '}');
    sink->close(sink, '}');
}

static void document(struct pk_report *report, const struct pk_reported *of)
{
    struct pk_json json = pk_json_to(report->out);
    struct pk_arena *arena = report->out->arena;
    struct telling telling = {.sink = &json.sink, .minutes = of->minutes};
    struct print *print = prints_of(arena, of);
    telling.uri = uri_of(arena, of->file);
    for (uint32_t i = 0; print && i < of->findings->diagnostic.count; i++) {
        json.comma = false;
        pk_puts(report->out, report->findings || i ? ",\n" : "\n");
        tell_result(&telling, &of->findings->diagnostic.items[i], &print[i]);
    }
}

static void tail(struct pk_report *report)
{
    pk_putf(report->out, "],\"invocations\":[{\"executionSuccessful\":%s,\"exitCode\":%d}]}]}\n",
            report->status > 1 ? "false" : "true", report->status);
}

const struct pk_report_format pk_report_sarif = {
    .name = "sarif",
    .summary = "SARIF 2.1.0, for code scanning",
    .head = head,
    .document = document,
    .tail = tail,
};
