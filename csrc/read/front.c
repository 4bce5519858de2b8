/* front.c - the front matter of minutes, as YAML. */
#include "read/minutes.h"

static const struct pk_block *front_of(const struct pk_minutes *minutes)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    const struct pk_block *front = blocks->block.count > 1 ? &blocks->block.items[1] : NULL;
    return front && front->kind == PK_FRONT_MATTER && front->segment_count ? front : NULL;
}

uint32_t pk_front_start(const struct pk_minutes *minutes)
{
    const struct pk_block *front = front_of(minutes);
    return front ? minutes->blocks.segment.items[front->segment].start : 0;
}

enum pk_status pk_front_read(struct pk_minutes *minutes)
{
    const struct pk_blocks *blocks = &minutes->blocks;
    const struct pk_block *front = front_of(minutes);
    struct pk_yaml *root = NULL;
    enum pk_status status = PK_OK;
    if (front) {
        const struct pk_span *segment = blocks->segment.items + front->segment;
        struct pk_span whole = {segment[0].start, segment[front->segment_count - 1].end};
        status = pk_yaml_read(minutes->arena, pk_slice(blocks->text, whole), &root,
                              &minutes->front_error);
    }
    if (status != PK_OK) {
        minutes->front_error.line += front->line + 1;
        root = NULL;
    }
    minutes->front = root && root->kind == PK_YAML_MAP ? root : NULL;
    return status;
}
