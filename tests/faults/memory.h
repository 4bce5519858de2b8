/* memory.h - an allocator that fails when it is told to (memory.c). */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>

/* From the `at`-th allocation from now on, `count` of them fail; at 0: none. */
void memory_fail(unsigned long at, unsigned long count);
/* Until it is false again, none is refused or counted as asked for: those are not meant. */
bool memory_spare(bool); /* what held before */
/* Has one failed since? */
bool memory_failed(void);
/* How many were asked for since. */
unsigned long memory_asked(void);
/* How many pieces are held. */
long memory_live(void);

#endif
