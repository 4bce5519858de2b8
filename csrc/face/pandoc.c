/* pandoc.c - Markdown as HTML by pandoc, where it is installed; silence where it is not. */
#include "face/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* As GitHub's, but that HTML in it stays text: nothing of it runs in the mail of somebody else. */
#define MARKDOWN                                                                                   \
    ("markdown_strict-raw_html+pipe_tables+task_lists+lists_without_preceding_blankline+strikeout" \
     "+backtick_code_blocks+intraword_underscores+autolink_bare_uris+startnum+hard_line_breaks+"   \
     "space_in_atx_header")

/* The sandbox reads and fetches nothing that the text names. */
static bool start(int in, int out, pid_t *child)
{
    char *words[] = {"pandoc",    "--from",      MARKDOWN,         "--to", "html",
                     "--sandbox", "--wrap=none", "--no-highlight", NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool ready =
        posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) == 0 &&
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0;
    bool started = ready && posix_spawnp(child, words[0], &actions, NULL, words, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started;
}

static bool run(FILE *in, FILE *out)
{
    pid_t child;
    int status;
    if (!start(fileno(in), fileno(out), &child))
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

struct pk_view cli_html(struct pk_arena *arena, struct pk_view markdown)
{
    struct pk_view html = {"", 0};
    FILE *in = tmpfile(), *out = tmpfile(); /* no pipes: neither has to wait for the other */
    if (in && out && fwrite(markdown.at, 1, markdown.length, in) == markdown.length &&
        fflush(in) == 0 && lseek(fileno(in), 0, SEEK_SET) == 0 && run(in, out))
        html = all_of(arena, out);
    if (in)
        fclose(in);
    if (out)
        fclose(out);
    return html;
}
