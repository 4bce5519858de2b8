/* pandoc.c - Markdown as HTML by pandoc, where it is installed; silence where it is not. */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include "face/pandoc.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* As GitHub's, but that HTML in it stays text: nothing of it runs in the mail of somebody else. */
#define MARKDOWN                                                                                   \
    ("markdown_strict-raw_html+pipe_tables+task_lists+lists_without_preceding_blankline+strikeout" \
     "+backtick_code_blocks+intraword_underscores+autolink_bare_uris+startnum+hard_line_breaks+"   \
     "space_in_atx_header")

/* Run by pandoc on what it has read, before anything is written or fetched: raw HTML goes, but for
 * line breaks; an image becomes a link to it, so that no file is read; a link leads to a page,
 * to an address, or nowhere. */
static const char filter_text[] =
    "local schemes = { http = true, https = true, mailto = true, tel = true }\n"
    "local function leads(target)\n"
    "  local scheme = target:gsub('[%c%s]', ''):match('^[^/?#]*'):match('^([^:]*):')\n"
    "  return not scheme or schemes[scheme:lower()] == true\n"
    "end\n"
    "local function link(element, words)\n"
    "  local target = element.target or element.src\n"
    "  return leads(target) and pandoc.Link(words, target) or pandoc.Span(words)\n"
    "end\n"
    "return { {\n"
    "  RawInline = function(raw)\n"
    "    local line_break = raw.text:lower():match('^<br%s*/?>$')\n"
    "    return line_break and pandoc.LineBreak() or {}\n"
    "  end,\n"
    "  RawBlock = function()\n"
    "    return {}\n"
    "  end,\n"
    "  Link = function(element)\n"
    "    return link(element, element.content)\n"
    "  end,\n"
    "  Image = function(element)\n"
    "    local words = element.caption\n"
    "    return link(element, #words > 0 and words or { pandoc.Str(element.src) })\n"
    "  end,\n"
    "} }\n";

const char *pandoc_write_filter(const char *path)
{
    struct pk_view filter = {filter_text, sizeof filter_text - 1};
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const char *why = file >= 0 && pk_write_all(file, filter) ? NULL : strerror(errno);
    if (file >= 0 && close(file) != 0 && !why)
        why = strerror(errno);
    return why;
}

const char *pandoc_program(struct pk_arena *arena, const char *name)
{
    const char *path = getenv("PATH");
    for (const char *at = path ? path : ""; *at;) {
        size_t length = strcspn(at, ":");
        struct pk_buffer out = {.arena = arena};
        struct stat about;
        pk_put(&out, (struct pk_view){at, length});
        pk_putf(&out, "/%s", name);
        const char *file = pk_copy(arena, pk_written(&out)).at;
        if (*at == '/' && file && access(file, X_OK) == 0 && stat(file, &about) == 0 &&
            S_ISREG(about.st_mode))
            return file;
        at += length + (at[length] == ':');
    }
    return NULL;
}

/* The sandbox reads and fetches nothing that the text names. */
static bool start(const char *program, char *filter, int in, int out, pid_t *child)
{
    char *words[] = {"pandoc",      "--from",         MARKDOWN,       "--to", "html", "--sandbox",
                     "--wrap=none", "--no-highlight", "--lua-filter", filter, NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool ready =
        posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) == 0 &&
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0;
    bool started = ready && posix_spawn(child, program, &actions, NULL, words, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started;
}

static bool run(const char *program, char *filter, FILE *in, FILE *out)
{
    pid_t child;
    int status;
    if (!start(program, filter, fileno(in), fileno(out), &child))
        return false;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static struct pk_view all_of(struct pk_arena *arena, FILE *file)
{
    struct pk_buffer text = {.arena = arena};
    char piece[4096];
    rewind(file);
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
        pk_put(&text, (struct pk_view){piece, got});
    return pk_written(&text);
}

static struct pk_view convert(struct pk_arena *arena, const char *program, struct pk_view markdown,
                              char *filter)
{
    struct pk_view html = {"", 0};
    FILE *in = tmpfile(), *out = tmpfile(); /* no pipes: neither has to wait for the other */
    if (in && out && fwrite(markdown.at, 1, markdown.length, in) == markdown.length &&
        fflush(in) == 0 && lseek(fileno(in), 0, SEEK_SET) == 0 && run(program, filter, in, out))
        html = all_of(arena, out);
    if (in)
        fclose(in);
    if (out)
        fclose(out);
    return html;
}

/* In a folder of its own, which nobody else can write to. */
struct pk_view cli_html(struct pk_arena *arena, struct pk_view markdown)
{
    struct pk_view html = {"", 0};
    const char *program = pandoc_program(arena, "pandoc"), *place = getenv("TMPDIR");
    struct pk_buffer name = {.arena = arena};
    pk_putf(&name, "%s/protokol-XXXXXX", place && place[0] ? place : "/tmp");
    pk_putc(&name, '\0');
    if (arena->failed || !program || !mkdtemp(name.bytes))
        return html;
    struct pk_buffer filter = {.arena = arena};
    pk_putf(&filter, "%s/filter.lua", name.bytes);
    pk_putc(&filter, '\0');
    if (!arena->failed && !pandoc_write_filter(filter.bytes))
        html = convert(arena, program, markdown, filter.bytes);
    if (!arena->failed)
        unlink(filter.bytes);
    rmdir(name.bytes);
    return html;
}
