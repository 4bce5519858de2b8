/* place.c - turn byte offsets into lines and columns. */
#include "write/write.h"

struct pk_place pk_place_of(const struct pk_minutes *minutes, struct pk_span span)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    uint32_t first = pk_line_at(blocks, span.start);
    uint32_t last = pk_line_at(blocks, span.end);
    return (struct pk_place){
        .line = first + 1,
        .column = span.start - blocks->line.items[first] + 1,
        .end_line = last + 1,
        .end_column = span.end - blocks->line.items[last] + 1,
    };
}
