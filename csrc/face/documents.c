/* documents.c - read one document, and have its command tell of it. */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

/* Page memory beyond this goes back, so that one large document makes no other one large. */
enum { KEPT_BYTES = 1024 * 1024 };

static struct pk_read_options options_for(const struct cli *cli,
                                          const struct cli_document *document)
{
    return (struct pk_read_options){
        .name = pk_view_of(document->name),
        .profile = pk_view_of(cli->set.profile),
        .language = pk_view_of(cli->set.language),
        .detail = pk_view_of(cli->set.detail),
        .today = cli->today,
    };
}

bool cli_read_minutes(struct cli *cli, struct cli_document *document, struct pk_view text,
                      struct pk_minutes *minutes)
{
    struct pk_error error = {0};
    struct pk_read_options options = options_for(cli, document);
    enum pk_status status = pk_read(cli->page, document->library, text, &options, minutes, &error);
    if (status == PK_OK)
        return true;
    cli_trouble(cli, "%s: %s", document->name,
                status == PK_ENOMEM ? "out of memory" : error.message);
    return false;
}

/* Is it text of another encoding, of which next to nothing can be read? NULL, or what to say:
 * UTF-16 begins with its mark; of the others none can be told for certain. */
static const char *foreign(struct pk_view text)
{
    enum { SLIPS = 8 }; /* bad bytes that may be in any text */
    size_t bad = 0, good = 0, width;
    if (pk_starts(text, PK_VIEW("\xFF\xFE")) || pk_starts(text, PK_VIEW("\xFE\xFF")))
        return "not UTF-8 but UTF-16: convert it (iconv -f UTF-16 -t UTF-8)";
    for (size_t at = 0; at < text.length; at += width) {
        struct pk_view rest = pk_view_part(text, at, text.length);
        if ((unsigned char)*rest.at < 0x80) {
            width = rest.length > 1 && (unsigned char)rest.at[1] < 0x80 ? pk_plain_start(rest) : 1;
            continue;
        }
        pk_decode(rest, &width);
        bad += width == 1;
        good += width > 1;
    }
    return bad > SLIPS && bad > good ? "not UTF-8: save it as UTF-8" : NULL;
}

/* -- On its way -- */

void cli_reading_begin(struct cli_reading *reading, const char *path, bool named)
{
    pk_arena_reset(&reading->page);
    reading->path = pk_copy(&reading->page, pk_view_of(path)).at;
    reading->named = named;
    reading->book = NULL;
    reading->why = NULL;
    reading->read = false;
    memset(&reading->document, 0, sizeof reading->document);
}

/* Of a document whose bytes are here. */
static void work_on(const struct cli *cli, struct cli_reading *reading,
                    const struct cli_visit *visit)
{
    struct cli_document *document = &reading->document;
    struct pk_view text = cli_text(&reading->bytes);
    struct pk_read_options options = options_for(cli, document);
    /* One named outright is always read; one met in a folder, if it is minutes. */
    bool is = cli->set.all || (reading->named && !cli->set.only_minutes);
    enum pk_status status =
        is ? pk_read(&reading->page, document->library, text, &options, &document->minutes,
                     &reading->error)
           : pk_read_if_minutes(&reading->page, document->library, text, &options,
                                &document->minutes, &is, &reading->error);
    if (status == PK_ENOMEM)
        reading->why = "out of memory";
    else if (is)
        reading->why = foreign(text);
    if (reading->why || !is)
        return;
    reading->read = status == PK_OK;
    if (status != PK_OK)
        reading->why = reading->error.message;
    else if (visit->work)
        visit->work(cli, &reading->page, document);
}

void cli_reading_work(const struct cli *cli, struct cli_reading *reading,
                      const struct cli_visit *visit)
{
    struct cli_document *document = &reading->document;
    bool standard_input = strcmp(reading->path, "-") == 0;
    reading->why =
        reading->page.failed ? "out of memory" : cli_read_file(&reading->bytes, reading->path);
    document->path = document->name = reading->path;
    if (reading->why)
        return;
    if (standard_input && cli->set.stdin_name)
        document->name = cli->set.stdin_name;
    document->library = cli_find_library(cli, document->name, &reading->book);
    if (document->library)
        work_on(cli, reading, visit);
    else if (!reading->book)
        reading->why = "out of memory";
}

/* With too little memory what was told is not whole; this is said once. */
static void tell_with(struct cli *cli, struct cli_reading *reading, const struct cli_visit *visit)
{
    struct cli_document *document = &reading->document;
    struct pk_arena *page = cli->page;
    struct cli_bytes *bytes = cli->bytes;
    bool trouble = cli->trouble;
    cli->page = &reading->page;
    cli->bytes = &reading->bytes;
    cli->trouble = false;
    visit->tell(cli, document);
    if (reading->page.failed && !cli->trouble)
        cli_trouble(cli, "%s: out of memory", document->name);
    cli->trouble = cli->trouble || trouble;
    cli->page = page;
    cli->bytes = bytes;
}

void cli_reading_tell(struct cli *cli, struct cli_reading *reading, const struct cli_visit *visit)
{
    struct cli_document *document = &reading->document;
    if (reading->book && !document->library) {
        document->library = cli_library_of(cli, reading->book);
        if (document->library) /* it was mended this moment */
            work_on(cli, reading, visit);
    }
    if (reading->why)
        cli_trouble(cli, "%s: %s", document->name, reading->why);
    if (reading->read) {
        if (!cli->language)
            cli->language = document->minutes.language;
        tell_with(cli, reading, visit);
    }
    if (reading->bytes.room > KEPT_BYTES)
        cli_reading_free(reading);
}

void cli_reading_free(struct cli_reading *reading)
{
    pk_arena_free(&reading->page);
    free(reading->bytes.at);
    memset(&reading->bytes, 0, sizeof reading->bytes);
}

void cli_one_document(struct cli *cli, const char *path,
                      void (*tell)(struct cli *, struct cli_document *))
{
    struct cli_visit visit = {.tell = tell};
    struct cli_reading *reading = calloc(1, sizeof *reading);
    if (!reading) {
        cli_trouble(cli, "%s: out of memory", path);
        return;
    }
    cli_reading_begin(reading, path, true);
    cli_reading_work(cli, reading, &visit);
    cli_reading_tell(cli, reading, &visit);
    cli_reading_free(reading);
    free(reading);
}
