/* page.c - run pandoc, which writes pages; its arguments are a list, and no shell sees them. */
#define _XOPEN_SOURCE 700

#include "face/export.h"
#include "face/pandoc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* CommonMark and what minutes have beside it; nothing that reads files or passes code on. Raw HTML
 * is read as such for the filter to take away. */
#define READER                                                                                     \
    "commonmark+pipe_tables+strikeout+task_lists+autolink_bare_uris+footnotes+definition_lists"

/* What makes a PDF, the best for any script first. */
static const struct {
    const char *name;
    bool tex;
    bool any_script; /* writes Cyrillic, too */
} engines[] = {
    {"weasyprint", false, true}, {"wkhtmltopdf", false, true}, {"xelatex", true, true},
    {"lualatex", true, true},    {"typst", false, true},       {"pdflatex", true, false},
};
enum { ENGINES = sizeof engines / sizeof *engines };

/* -- Programs -- */

/* -1: there is none. */
static int engine(struct cli *cli, bool cyrillic)
{
    for (int i = 0; i < ENGINES; i++) {
        if ((engines[i].any_script || !cyrillic) && pandoc_program(&cli->arena, engines[i].name))
            return i;
    }
    return -1;
}

bool page_can_be_written(struct cli *cli, const char *format, bool cyrillic)
{
    if (!pandoc_program(&cli->arena, "pandoc"))
        cli_trouble(cli, "export needs the program pandoc; it is in the package pandoc "
                         "(apt install pandoc, brew install pandoc)");
    else if (strcmp(format, "pdf") == 0 && engine(cli, cyrillic) < 0)
        cli_trouble(cli,
                    "a pdf needs one of weasyprint, wkhtmltopdf, xelatex, lualatex%s beside "
                    "pandoc (apt install weasyprint), or export odt and let LibreOffice "
                    "print it",
                    cyrillic ? "" : ", pdflatex");
    else
        return true;
    return false;
}

/* -- Arguments -- */

struct words {
    PK_LIST(char *) word;
};

static void add(struct cli *cli, struct words *words, const char *option, struct pk_view value)
{
    struct pk_buffer out = {.arena = &cli->arena};
    pk_puts(&out, option);
    pk_put(&out, value);
    struct pk_view whole = pk_copy(&cli->arena, pk_written(&out));
    char *word = whole.at ? pk_alloc(&cli->arena, whole.length + 1) : NULL;
    if (!word)
        return;
    memcpy(word, whole.at, whole.length);
    *pk_push(&cli->arena, &words->word) = word;
}

/* The house's document of that ending. */
static const char *reference_of(const struct page *page)
{
    for (uint32_t i = 0; i < page->profile->paper.reference.count; i++) {
        const char *path = page->profile->paper.reference.items[i];
        const char *dot = strrchr(path, '.');
        if (dot && strcasecmp(dot + 1, page->format) == 0)
            return path;
    }
    return NULL;
}

static void add_pdf(struct cli *cli, const struct page *page, struct words *words)
{
    int found = engine(cli, page->paper.cyrillic);
    if (found < 0)
        return;
    add(cli, words, "--pdf-engine=", pk_view_of(pandoc_program(&cli->arena, engines[found].name)));
    if (engines[found].tex && page->paper.cyrillic)
        add(cli, words, "--variable=mainfont:", PK_VIEW("DejaVu Serif"));
    if (engines[found].tex)
        add(cli, words, "--variable=geometry:", PK_VIEW("margin=25mm"));
}

static void arguments(struct cli *cli, const struct page *page, const char *file,
                      const char *filter, struct words *words)
{
    const char *reference = reference_of(page);
    bool pages = strcmp(page->format, "docx") == 0 || strcmp(page->format, "odt") == 0;
    add(cli, words, "pandoc", PK_VIEW(""));
    add(cli, words, "--from=" READER, page->plain ? PK_VIEW("+hard_line_breaks") : PK_VIEW(""));
    add(cli, words, "--to=", pk_view_of(page->format));
    add(cli, words, "--standalone", PK_VIEW(""));
    add(cli, words, "--quiet", PK_VIEW(""));
    add(cli, words, "--lua-filter=", pk_view_of(filter));
    add(cli, words, "--metadata=title:", page->paper.title);
    add(cli, words, "--metadata=lang:", page->paper.language);
    if (pages && page->paper.sections)
        add(cli, words, "--shift-heading-level-by=-1", PK_VIEW(""));
    if (reference)
        add(cli, words, "--reference-doc=", pk_view_of(reference));
    if (strcmp(page->format, "html") == 0)
        add(cli, words, "--variable=header-includes:",
            PK_VIEW("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'\">"));
    if (strcmp(page->format, "pdf") == 0)
        add_pdf(cli, page, words);
    add(cli, words, "--output=", pk_view_of(file));
    add(cli, words, "-", PK_VIEW(""));
    *pk_push(&cli->arena, &words->word) = NULL;
}

/* pandoc takes its arguments to be in the encoding of the locale. */
static void speak_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *locale = NULL;
    for (int i = 0; i < 3 && !(locale && locale[0]); i++)
        locale = getenv(names[i]);
    const char *encoding = locale ? strrchr(locale, '.') : NULL;
    if (!encoding || (strcasecmp(encoding, ".UTF-8") != 0 && strcasecmp(encoding, ".utf8") != 0))
        setenv("LC_ALL", "C.UTF-8", 1);
}

/* -- The run -- */

static int start(const char *path, char **words, int input, pid_t *id)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGINT);
    sigaddset(&defaults, SIGXFSZ);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int why = posix_spawn(id, path, &actions, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return why;
}

/* A reader that ends early says itself why. */
static void feed(int file, struct pk_view text)
{
    while (text.length) {
        ssize_t put = write(file, text.at, text.length);
        if (put < 0 && errno != EINTR)
            return;
        text = pk_view_part(text, put > 0 ? (size_t)put : 0, text.length);
    }
}

bool page_write(struct cli *cli, const struct page *page, const char *file, const char *filter)
{
    struct words words = {0};
    int ends[2], why, status = 0;
    pid_t id;
    const char *path = pandoc_program(&cli->arena, "pandoc");
    arguments(cli, page, file, filter, &words);
    if (!path || cli->arena.failed || pipe(ends) != 0) {
        cli_trouble(cli, "%s: pandoc cannot be run", page->output);
        return false;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    speak_utf8();
    signal(SIGINT, SIG_IGN); /* it ends pandoc, and we tidy up */
    why = start(path, words.word.items, ends[0], &id);
    close(ends[0]);
    if (why == 0)
        feed(ends[1], page->paper.text);
    close(ends[1]);
    while (why == 0 && waitpid(id, &status, 0) < 0)
        why = errno == EINTR ? 0 : errno;
    if (why == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    cli_trouble(cli, "%s: not written, pandoc %s", page->output,
                why ? strerror(why) : "says why above");
    return false;
}
