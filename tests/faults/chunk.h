/* chunk.h - arenas whose chunks are as large as a test wants them; read before arena.c. */
#ifndef CHUNK_H
#define CHUNK_H

#include <stddef.h>

extern size_t chunk_size; /* bytes; stays the same as long as an arena is in use */
#define CHUNK chunk_size

#endif
