/* baseline.c - findings that are known: recorded in a file, and hidden while they stay.
 *
 * An entry is a line of the file: count, rule, digest and file with tabs between. The digest is of
 * the words of the finding's line and of what it says, so that it stands when lines move. The
 * file's path counts from the folder of the baseline.
 */
#define _XOPEN_SOURCE 700 /* getcwd */

#include "face/linting.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char head[] = "# protokol baseline 1: count, rule, digest, file; "
                           "written by protokol lint --write-baseline\n";

struct entry {
    struct pk_view file; /* absolute */
    struct pk_view rule;
    uint64_t digest;
    uint32_t count, used; /* how many are known, and how many of them are still there */
    bool judged;          /* its file has been looked at */
};

struct cli_baseline {
    PK_LIST(struct entry) known;    /* sorted, each once */
    PK_LIST(struct entry) recorded; /* as met */
    struct pk_view here;            /* the working directory */
};

/* -- Paths -- */

/* "a/./b/../c" is "a/c"; told by the names alone. */
static struct pk_view absolute(struct cli *cli, const struct cli_baseline *baseline,
                               struct pk_view folder, struct pk_view path)
{
    struct pk_buffer out = {.arena = &cli->arena};
    struct pk_view part[] = {baseline->here, folder, path};
    size_t first = path.length && path.at[0] == '/' ? 2 : folder.length && folder.at[0] == '/';
    for (size_t i = first; i < 3; i++)
        for (size_t at = 0, end; at < part[i].length; at = end + 1) {
            const char *slash = memchr(part[i].at + at, '/', part[i].length - at);
            end = slash ? (size_t)(slash - part[i].at) : part[i].length;
            struct pk_view name = pk_view_part(part[i], at, end);
            if (!name.length || pk_is(name, "."))
                continue;
            if (pk_is(name, "..")) {
                while (out.length && out.bytes[--out.length] != '/')
                    ;
                continue;
            }
            pk_putc(&out, '/');
            pk_put(&out, name);
        }
    return pk_copy(&cli->arena, pk_written(&out));
}

static struct pk_view folder_of(struct cli *cli, const struct cli_baseline *baseline,
                                const char *path)
{
    const char *slash = strrchr(path, '/');
    struct pk_view folder = {path, slash ? (size_t)(slash - path) + 1 : 0};
    return absolute(cli, baseline, PK_VIEW(""), folder);
}

/* The path of a file as seen from a folder, both absolute. */
static void put_relative(struct pk_buffer *out, struct pk_view folder, struct pk_view file)
{
    size_t common = 0;
    for (size_t i = 0; i <= folder.length && i < file.length; i++) {
        bool ends = i == folder.length || folder.at[i] == '/';
        if (ends && file.at[i] == '/')
            common = i;
        if (i == folder.length || folder.at[i] != file.at[i])
            break;
    }
    for (size_t i = common; i < folder.length; i++)
        if (folder.at[i] == '/')
            pk_puts(out, "../");
    for (size_t i = common + 1; i < file.length; i++)
        if (file.at[i] == '\n' || file.at[i] == '\r' || file.at[i] == '\\')
            pk_puts(out, file.at[i] == '\n' ? "\\n" : file.at[i] == '\r' ? "\\r" : "\\\\");
        else
            pk_putc(out, file.at[i]);
}

static struct pk_view unescaped(struct cli *cli, struct pk_view path)
{
    struct pk_buffer out = {.arena = &cli->arena};
    for (size_t i = 0; i < path.length; i++) {
        bool escape = path.at[i] == '\\' && i + 1 < path.length;
        char c = path.at[i += escape];
        pk_putc(&out, !escape ? c : c == 'n' ? '\n' : c == 'r' ? '\r' : c);
    }
    return pk_written(&out);
}

/* -- Order -- */

static int compare_views(struct pk_view a, struct pk_view b)
{
    size_t length = a.length < b.length ? a.length : b.length;
    int order = length ? memcmp(a.at, b.at, length) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = compare_views(a->file, b->file);
    order = order ? order : compare_views(a->rule, b->rule);
    return order ? order : (a->digest > b->digest) - (a->digest < b->digest);
}

/* Sorted, and each once. Returns how many they are. */
static uint32_t put_in_order(struct entry *entry, uint32_t count)
{
    uint32_t kept = 0;
    if (count)
        qsort(entry, count, sizeof *entry, compare);
    for (uint32_t i = 0; i < count; i++)
        if (kept && compare(&entry[kept - 1], &entry[i]) == 0)
            entry[kept - 1].count += entry[i].count;
        else
            entry[kept++] = entry[i];
    return kept;
}

static struct entry *find(const struct cli_baseline *baseline, const struct entry *wanted)
{
    return baseline->known.count ? bsearch(wanted, baseline->known.items, baseline->known.count,
                                           sizeof *wanted, compare)
                                 : NULL;
}

/* The first entry of a file, or where it would stand. */
static uint32_t first_of(const struct cli_baseline *baseline, struct pk_view file)
{
    uint32_t low = 0, high = baseline->known.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_views(baseline->known.items[middle].file, file) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* -- Reading -- */

static bool number_of(struct pk_view digits, unsigned base, uint64_t *out)
{
    uint64_t number = 0;
    for (size_t i = 0; i < digits.length; i++) {
        char c = digits.at[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                : base;
        if (digit >= base)
            return false;
        number = number * base + digit;
    }
    *out = number;
    return digits.length > 0 && digits.length <= 16;
}

/* The bytes up to the next tab, which is taken too. */
static struct pk_view take_cell(struct pk_view *line)
{
    const char *tab = line->length ? memchr(line->at, '\t', line->length) : NULL;
    size_t length = tab ? (size_t)(tab - line->at) : line->length;
    struct pk_view cell = pk_view_part(*line, 0, length);
    *line = pk_view_part(*line, length + 1, line->length);
    return cell;
}

static bool read_entry(struct cli *cli, struct cli_baseline *baseline, struct pk_view folder,
                       struct pk_view line)
{
    uint64_t count = 0;
    struct entry entry = {0};
    if (!number_of(take_cell(&line), 10, &count) || !count || count > UINT32_MAX)
        return false;
    entry.count = (uint32_t)count;
    entry.rule = pk_copy(&cli->arena, take_cell(&line));
    if (!entry.rule.length || !number_of(take_cell(&line), 16, &entry.digest) || !line.length)
        return false;
    entry.file = absolute(cli, baseline, folder, unescaped(cli, line));
    *pk_push(&cli->arena, &baseline->known) = entry;
    return true;
}

static bool read_entries(struct cli *cli, struct cli_baseline *baseline, const char *path)
{
    struct cli_bytes bytes = {0};
    const char *why = cli_read_file(&bytes, path);
    struct pk_view folder = folder_of(cli, baseline, path), text = cli_text(&bytes);
    for (uint32_t number = 1; !why && text.length; number++) {
        const char *end = memchr(text.at, '\n', text.length);
        size_t length = end ? (size_t)(end - text.at) : text.length;
        struct pk_view line = pk_view_part(text, 0, length);
        text = pk_view_part(text, length + 1, text.length);
        if (line.length && line.at[line.length - 1] == '\r')
            line.length--;
        if (!line.length || line.at[0] == '#' || read_entry(cli, baseline, folder, line))
            continue;
        cli_trouble(cli, "%s:%u: no entry of a baseline", path, number);
        free(bytes.at);
        return false;
    }
    if (why)
        cli_trouble(cli, "%s: %s", path, why);
    free(bytes.at);
    return !why;
}

bool cli_open_baseline(struct cli *cli)
{
    struct cli_linting *linting = cli->own;
    if (!cli->set.baseline && !cli->set.write_baseline)
        return true;
    char *here = getcwd(NULL, 0);
    struct cli_baseline *baseline = pk_alloc(&cli->arena, sizeof *baseline);
    if (!baseline || !here) {
        cli_trouble(cli, "the working directory: %s", strerror(here ? ENOMEM : errno));
        free(here);
        return false;
    }
    baseline->here = pk_copy(&cli->arena, pk_view_of(here));
    free(here);
    if (cli->set.baseline && !read_entries(cli, baseline, cli->set.baseline))
        return false;
    baseline->known.count = put_in_order(baseline->known.items, baseline->known.count);
    linting->baseline = baseline;
    return true;
}

/* -- Findings -- */

/* What stands before the first letter of a line - a mark, a box, a number - may change. */
static uint64_t digest_of(const struct pk_minutes *minutes, const struct pk_diagnostic *found)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    uint32_t line = pk_line_at(blocks, found->span.start), after = line + 1;
    size_t end = after < blocks->line.count ? blocks->line.items[after] : blocks->text.length;
    struct pk_view words = pk_trim(pk_view_part(blocks->text, blocks->line.items[line], end));
    for (size_t at = 0, width; at < words.length; at += width)
        if (pk_is_letter(pk_decode(pk_view_part(words, at, words.length), &width))) {
            words = pk_view_part(words, at, words.length);
            break;
        }
    return pk_digest(found->said, words);
}

void cli_hide_known(struct cli *cli, const struct cli_document *document,
                    const struct pk_minutes *minutes, struct pk_findings *findings)
{
    const struct cli_linting *linting = cli->own;
    const struct cli_baseline *baseline = linting->baseline;
    struct pk_view file = absolute(cli, baseline, PK_VIEW(""), pk_view_of(document->name));
    uint32_t kept = 0, all = findings->diagnostic.count;
    for (uint32_t i = first_of(baseline, file); i < baseline->known.count; i++) {
        struct entry *entry = &baseline->known.items[i];
        if (!pk_same(entry->file, file))
            break;
        entry->judged = true;
        entry->used = 0;
    }
    for (uint32_t i = 0; i < all; i++) {
        const struct pk_diagnostic found = findings->diagnostic.items[i];
        struct entry *entry = find(baseline, &(struct entry){
                                                 .file = file,
                                                 .rule = pk_view_of(found.rule->id),
                                                 .digest = digest_of(minutes, &found),
                                             });
        if (entry && entry->used < entry->count)
            entry->used++;
        else
            findings->diagnostic.items[kept++] = found;
    }
    findings->diagnostic.count = kept;
}

void cli_record(struct cli *cli, const struct cli_document *document,
                const struct pk_minutes *minutes, const struct pk_findings *findings)
{
    struct cli_linting *linting = cli->own;
    struct cli_baseline *baseline = linting->baseline;
    struct pk_view file = absolute(cli, baseline, PK_VIEW(""), pk_view_of(document->name));
    for (uint32_t i = 0; i < findings->diagnostic.count; i++) {
        const struct pk_diagnostic *found = &findings->diagnostic.items[i];
        *pk_push(&cli->arena, &baseline->recorded) = (struct entry){
            .file = file,
            .rule = pk_copy(&cli->arena, pk_view_of(found->rule->id)),
            .digest = digest_of(minutes, found),
            .count = 1,
        };
    }
}

/* -- The end -- */

/* Files that were not looked at keep their entries, if they are still there. */
static uint32_t drop_unneeded(struct cli_baseline *baseline)
{
    uint32_t unneeded = 0;
    bool there = false;
    for (uint32_t i = 0; i < baseline->known.count; i++) {
        struct entry *entry = &baseline->known.items[i];
        if (!i || !pk_same(entry->file, entry[-1].file))
            there = entry->judged || access(entry->file.at, F_OK) == 0;
        if (!entry->judged && there)
            entry->used = entry->count;
        unneeded += entry->count - entry->used;
        entry->count = entry->used;
    }
    return unneeded;
}

static void write_entries(struct cli *cli, const struct cli_baseline *baseline,
                          const struct entry *entry, uint32_t entries)
{
    const char *path = cli->set.write_baseline;
    struct pk_view folder = folder_of(cli, baseline, path);
    struct pk_buffer out = {.arena = &cli->arena};
    uint32_t sum = 0;
    pk_puts(&out, head);
    for (uint32_t i = 0; i < entries; i++) {
        if (!entry[i].count)
            continue;
        pk_putf(&out, "%u\t%.*s\t%016llx\t", entry[i].count, (int)entry[i].rule.length,
                entry[i].rule.at, (unsigned long long)entry[i].digest);
        put_relative(&out, folder, entry[i].file);
        pk_putc(&out, '\n');
        sum += entry[i].count;
    }
    if (cli->arena.failed)
        return; /* said when the run ends */
    const char *why = cli_write_file(path, pk_written(&out));
    if (why)
        cli_trouble(cli, "%s: %s", path, why);
    else if (!cli->set.quiet)
        cli_note(sum == 1 ? "%u finding recorded in %s" : "%u findings recorded in %s", sum, path);
}

void cli_end_baseline(struct cli *cli)
{
    struct cli_linting *linting = cli->own;
    struct cli_baseline *baseline = linting->baseline;
    if (!baseline)
        return;
    uint32_t unneeded = drop_unneeded(baseline);
    if (unneeded && !cli->set.quiet)
        cli_note(unneeded == 1 ? "%u entry of the baseline is no longer needed%s"
                               : "%u entries of the baseline are no longer needed%s",
                 unneeded, cli->set.write_baseline ? "" : "; --write-baseline takes them out");
    if (!cli->set.write_baseline)
        return;
    if (cli->set.baseline) {
        write_entries(cli, baseline, baseline->known.items, baseline->known.count);
        return;
    }
    uint32_t count = put_in_order(baseline->recorded.items, baseline->recorded.count);
    write_entries(cli, baseline, baseline->recorded.items, count);
}

uint32_t cli_hidden(const struct cli *cli)
{
    const struct cli_linting *linting = cli->own;
    const struct cli_baseline *baseline = linting->baseline;
    uint32_t hidden = 0;
    for (uint32_t i = 0; baseline && i < baseline->known.count; i++)
        hidden += baseline->known.items[i].judged ? baseline->known.items[i].used : 0;
    return hidden;
}
