/* export.c - protokol export: the final text as a page for everybody. */
#define _XOPEN_SOURCE 700 /* mkdtemp, realpath */

#include "face/export.h"
#include "face/pandoc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* -- Where it goes -- */

static bool is_same_file(const char *path, const struct stat *there)
{
    struct stat about;
    return strcmp(path, "-") != 0 && stat(path, &about) == 0 && about.st_dev == there->st_dev &&
           about.st_ino == there->st_ino;
}

/* "minutes.docx" beside "minutes.md". NULL: said why there is none. */
static const char *output_of(struct cli *cli, const char *source, const char *format)
{
    struct pk_buffer out = {.arena = &cli->arena};
    if (cli->set.output && cli->set.output[0])
        return cli->set.output;
    if (strcmp(source, "-") == 0) {
        cli_trouble(cli, "standard input has no name: --output FILE tells where it goes");
        return NULL;
    }
    const char *slash = strrchr(source, '/'), *base = slash ? slash + 1 : source;
    const char *dot = strrchr(base, '.');
    size_t stem = dot && dot > base ? (size_t)(dot - source) : strlen(source);
    pk_put(&out, (struct pk_view){source, stem});
    pk_putf(&out, ".%s", format);
    return pk_copy(&cli->arena, pk_written(&out)).at;
}

static bool may_be_written(struct cli *cli, const char *source, const char *output)
{
    struct stat there;
    if (strcmp(output, "-") == 0) {
        cli_trouble(cli, "--output wants the name of a file");
        return false;
    }
    if (lstat(output, &there) != 0)
        return true;
    if (is_same_file(source, &there) || (stat(output, &there) == 0 && is_same_file(source, &there)))
        cli_trouble(cli, "%s: is the document itself; --output FILE names another", output);
    else if (S_ISDIR(there.st_mode))
        cli_trouble(cli, "%s: is a folder", output);
    else if (!cli->set.force)
        cli_trouble(cli, "%s: is there already; --force replaces it", output);
    else
        return true;
    return false;
}

/* All of it or nothing; what came to be there meanwhile is replaced only where that was asked. */
static const char *put_in_place(const char *fresh, const char *output, bool force)
{
    int file = open(fresh, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return strerror(errno);
    fsync(file);
    close(file);
    if (!force && link(fresh, output) == 0)
        return NULL;
    if (!force && (errno == EEXIST || access(output, F_OK) == 0))
        return "is there already; --force replaces it";
    return rename(fresh, output) == 0 ? NULL : strerror(errno);
}

/* -- The page -- */

static void make_page(struct cli *cli, const struct page *page, const char *folder)
{
    const char *filter = NULL, *fresh = NULL;
    struct pk_buffer first = {.arena = &cli->arena}, second = {.arena = &cli->arena};
    pk_putf(&first, "%s/words.lua", folder);
    pk_putf(&second, "%s/page.%s", folder, page->format);
    filter = pk_copy(&cli->arena, pk_written(&first)).at;
    fresh = pk_copy(&cli->arena, pk_written(&second)).at;
    const char *why = cli->arena.failed ? "out of memory" : pandoc_write_filter(filter);
    if (why) {
        cli_trouble(cli, "%s: %s", page->output, why);
    } else if (page_write(cli, page, fresh, filter)) {
        why = put_in_place(fresh, page->output, cli->set.force);
        if (why)
            cli_trouble(cli, "%s: %s", page->output, why);
        else
            printf("%s\n", page->output);
    }
    if (filter && fresh) {
        unlink(filter);
        unlink(fresh);
    }
}

/* Files are made in a folder of their own beside the page, so that a name is all that changes. */
static void make_beside(struct cli *cli, const struct page *page)
{
    const char *slash = strrchr(page->output, '/');
    struct pk_buffer out = {.arena = &cli->arena};
    pk_put(&out, (struct pk_view){page->output, slash ? (size_t)(slash - page->output) + 1 : 0});
    pk_puts(&out, slash ? ".protokol-XXXXXX" : "./.protokol-XXXXXX");
    char *folder = malloc(out.length + 1);
    if (folder) {
        memcpy(folder, out.bytes, out.length);
        folder[out.length] = '\0';
    }
    if (!folder || !mkdtemp(folder)) {
        cli_trouble(cli, "%s: %s", page->output, strerror(folder ? errno : ENOMEM));
    } else {
        make_page(cli, page, folder);
        rmdir(folder);
    }
    free(folder);
}

static bool is_plain(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot, ".txt") == 0;
}

static void export(struct cli *cli, struct cli_document *document)
{
    struct page page = {.format = cli->operand.items[0],
                        .source = document->name,
                        .plain = is_plain(document->name),
                        .profile = document->minutes.profile};
    struct pk_error error = {0};
    page.output = output_of(cli, page.source, page.format);
    if (!page.output || !may_be_written(cli, page.source, page.output))
        return;
    if (pk_paper_of(cli->page, &document->minutes, pk_view_of(document->name), &page.paper,
                    &error) != PK_OK)
        cli_trouble(cli, "%s: %s", document->name, error.message);
    else if (page_can_be_written(cli, page.format, page.paper.cyrillic))
        make_beside(cli, &page);
}

void cli_run_export(struct cli *cli)
{
    static const char *const formats[] = {"html", "docx", "pdf", "odt"};
    struct cli_names known = {0};
    bool found = false;
    if (cli->operand.count != 2) {
        cli_trouble(cli, "export wants a format and a document; see protokol export --help");
        return;
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        *pk_push(&cli->arena, &known.name) = formats[i];
        found = found || strcmp(cli->operand.items[0], formats[i]) == 0;
    }
    if (found)
        cli_one_document(cli, cli->operand.items[1], export);
    else
        cli_unknown(cli, "format", cli->operand.items[0], &known);
}
