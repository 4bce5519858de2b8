/* table.c - a number for each key: a hash table with chains. */
#include "text/table.h"

#include <string.h>

enum { FIRST_ROOM = 32 };

struct pk_table_entry {
    struct pk_view key;
    uint32_t hash, number;
    struct pk_table_entry *next;
};

/* FNV-1a, as in words.c. */
static uint32_t hash_of(struct pk_view key)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key.length; i++)
        hash = (hash ^ (unsigned char)key.at[i]) * 16777619u;
    return hash;
}

static struct pk_table_entry *entry_of(const struct pk_table *table, struct pk_view key,
                                       uint32_t hash)
{
    struct pk_table_entry *entry = table->room ? table->bucket[hash & (table->room - 1)] : NULL;
    while (entry && !(entry->hash == hash && pk_same(entry->key, key)))
        entry = entry->next;
    return entry;
}

static bool make_room(struct pk_arena *arena, struct pk_table *table)
{
    if (table->count < table->room)
        return true;
    uint32_t room = table->room ? table->room * 2 : FIRST_ROOM;
    struct pk_table_entry **bucket = pk_alloc(arena, room * sizeof(struct pk_table_entry *));
    if (!bucket)
        return false;
    for (uint32_t i = 0; i < table->room; i++)
        for (struct pk_table_entry *entry = table->bucket[i], *next; entry; entry = next) {
            next = entry->next;
            entry->next = bucket[entry->hash & (room - 1)];
            bucket[entry->hash & (room - 1)] = entry;
        }
    table->bucket = bucket;
    table->room = room;
    return true;
}

uint32_t *pk_table_at(struct pk_arena *arena, struct pk_table *table, struct pk_view key)
{
    uint32_t hash = hash_of(key);
    struct pk_table_entry *entry = entry_of(table, key, hash);
    if (entry)
        return &entry->number;
    if (!make_room(arena, table) || !(entry = pk_alloc(arena, sizeof *entry))) {
        memset(arena->spill, 0, sizeof arena->spill);
        return (uint32_t *)(void *)arena->spill;
    }
    struct pk_table_entry **place = &table->bucket[hash & (table->room - 1)];
    *entry = (struct pk_table_entry){key, hash, 0, *place};
    *place = entry;
    table->count++;
    return &entry->number;
}

uint32_t pk_table_find(const struct pk_table *table, struct pk_view key)
{
    const struct pk_table_entry *entry = entry_of(table, key, hash_of(key));
    return entry ? entry->number : 0;
}
