/* with_arena.h - for tests that need memory and no library: an arena, fresh for each of them. */
#include "test.h"

#include "text/text.h"

static struct pk_arena arena;

static int set_up(void **state)
{
    (void)state;
    pk_arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pk_arena_free(&arena);
    return 0;
}
