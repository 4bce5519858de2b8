/* with_library.h - for tests of what is read: the library that is built in, and an arena. */
#include "test.h"

#include "protokol.h"

static struct pk_library *library;
static struct pk_arena arena;

static int set_up(void **state)
{
    struct pk_error error;
    (void)state;
    pk_arena_init(&arena);
    return (int)pk_library_open(&library, &error);
}

static int tear_down(void **state)
{
    (void)state;
    pk_arena_free(&arena);
    pk_library_close(library);
    return 0;
}
