/* crew.c - have several threads read documents, and tell of these in the order they came in.
 *
 * Documents stand in a ring: they are given at one end, taken by whoever is free, and told of, by
 * the thread that gives, at the other. So what is said is the same whatever the number of threads.
 */
#include "face/cli.h"

#include <stdlib.h>
#include <string.h>

enum {
    EACH = 4,                /* documents in the ring, for each thread */
    LARGE = 8 * 1024 * 1024, /* bytes read and not told of; more are read when these are gone */
    STACK = 8 * 1024 * 1024, /* as the first thread has it; some C libraries give little */
};

struct place {
    struct cli_reading reading;
    bool done;
};

struct cli_crew {
    struct cli *cli;
    const struct cli_visit *visit;
    struct place *ring;
    uint32_t room, threads;
    pthread_t *thread;

    pthread_mutex_t lock; /* of all that follows, and of each place's `done` */
    pthread_cond_t more;  /* to take; or the end */
    pthread_cond_t next;  /* can be told of */
    uint64_t told, taken, given;
    size_t bytes; /* of documents that were read and not told of */
    bool waiting; /* to tell */
    bool to_the_end;
    bool ended;
};

struct cli_crew *cli_crew_new(struct cli *cli, const struct cli_visit *visit)
{
    struct cli_crew *crew = calloc(1, sizeof *crew);
    if (!crew)
        return NULL;
    crew->cli = cli;
    crew->visit = visit;
    crew->room = cli->jobs > 1 ? cli->jobs * EACH : 1;
    crew->ring = calloc(crew->room, sizeof *crew->ring);
    crew->thread = calloc(cli->jobs, sizeof *crew->thread);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->more, NULL);
    pthread_cond_init(&crew->next, NULL);
    if (crew->ring && crew->thread)
        return crew;
    cli_crew_free(crew);
    return NULL;
}

static struct place *place_of(struct cli_crew *crew, uint64_t number)
{
    return &crew->ring[number % crew->room];
}

/* -- In the threads -- */

/* Is it worth waking the thread that tells? While there is enough to take, let it gather. */
static bool is_time(struct cli_crew *crew)
{
    bool few =
        crew->to_the_end || crew->bytes >= LARGE || crew->given - crew->taken <= crew->room / 4;
    return few && crew->told < crew->given && place_of(crew, crew->told)->done;
}

/* Large documents are not piled up; the one that is waited for is always read. */
static bool may_take(const struct cli_crew *crew)
{
    return crew->taken < crew->given && (crew->bytes < LARGE || crew->taken == crew->told);
}

static void *work(void *argument)
{
    struct cli_crew *crew = argument;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (!may_take(crew) && !crew->ended)
            pthread_cond_wait(&crew->more, &crew->lock);
        if (crew->ended)
            break;
        struct place *place = place_of(crew, crew->taken++);
        pthread_mutex_unlock(&crew->lock);
        cli_reading_work(crew->cli, &place->reading, crew->visit);
        pthread_mutex_lock(&crew->lock);
        crew->bytes += place->reading.bytes.length;
        place->done = true;
        if (crew->waiting && is_time(crew))
            pthread_cond_signal(&crew->next);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static bool hire(struct cli_crew *crew)
{
    pthread_attr_t attributes;
    bool hired = false;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    if (pthread_attr_setstacksize(&attributes, STACK) == 0)
        hired = pthread_create(&crew->thread[crew->threads], &attributes, work, crew) == 0;
    pthread_attr_destroy(&attributes);
    crew->threads += hired;
    return hired;
}

/* -- In the thread that gives -- */

static void tell_next(struct cli_crew *crew)
{
    struct place *place = place_of(crew, crew->told);
    size_t length = place->reading.bytes.length;
    bool large = crew->bytes >= LARGE;
    pthread_mutex_unlock(&crew->lock);
    if (!cli_out_is_closed())
        cli_reading_tell(crew->cli, &place->reading, crew->visit);
    pthread_mutex_lock(&crew->lock);
    place->done = false;
    crew->bytes -= length;
    crew->told++;
    if (large)
        pthread_cond_broadcast(&crew->more);
}

/* Waits until it is time, and tells of all that were read. */
static void tell(struct cli_crew *crew)
{
    while (!is_time(crew)) {
        crew->waiting = true;
        pthread_cond_wait(&crew->next, &crew->lock);
        crew->waiting = false;
    }
    while (crew->told < crew->given && place_of(crew, crew->told)->done)
        tell_next(crew);
}

/* The first document is read here: often it is the only one. */
static void read_here(struct cli_crew *crew, const char *path, bool named)
{
    struct cli_reading *reading = &crew->ring[0].reading;
    cli_reading_begin(reading, path, named);
    cli_reading_work(crew->cli, reading, crew->visit);
    cli_reading_tell(crew->cli, reading, crew->visit);
}

void cli_crew_give(struct cli_crew *crew, const char *path, bool named)
{
    bool first = !crew->given, alone = crew->cli->jobs < 2;
    if (!first && !alone && crew->threads < crew->cli->jobs)
        hire(crew);
    if (first || !crew->threads) {
        crew->given = crew->taken = crew->told = 1;
        read_here(crew, path, named);
        return;
    }
    pthread_mutex_lock(&crew->lock);
    if (crew->given - crew->told == crew->room)
        tell(crew);
    cli_reading_begin(&place_of(crew, crew->given)->reading, path, named);
    crew->given++;
    pthread_cond_signal(&crew->more);
    pthread_mutex_unlock(&crew->lock);
}

void cli_crew_wait(struct cli_crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    crew->to_the_end = true;
    while (crew->told < crew->given)
        tell(crew);
    crew->to_the_end = false;
    pthread_mutex_unlock(&crew->lock);
}

void cli_crew_free(struct cli_crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    crew->ended = true;
    pthread_cond_broadcast(&crew->more);
    pthread_mutex_unlock(&crew->lock);
    for (uint32_t i = 0; i < crew->threads; i++)
        pthread_join(crew->thread[i], NULL);
    for (uint32_t i = 0; crew->ring && i < crew->room; i++)
        cli_reading_free(&crew->ring[i].reading);
    pthread_cond_destroy(&crew->next);
    pthread_cond_destroy(&crew->more);
    pthread_mutex_destroy(&crew->lock);
    free(crew->thread);
    free(crew->ring);
    free(crew);
}
