/* The disks of this process, found by the number in their root. */
#include "disk.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t table_mutex = PTHREAD_MUTEX_INITIALIZER;
static SimDisk **table;
static uint32_t table_room, last_id;

static void delete_disk(SimDisk *disk) {
    for (size_t i = 0; i < disk->name_count; i++) {
        sim_node_drop(disk->names[i].written);
        sim_node_drop(disk->names[i].synced);
        free(disk->names[i].path);
    }
    free(disk->names);
    pthread_mutex_destroy(&disk->mutex);
    free(disk);
}

void sim_unlock(SimDisk *disk) { pthread_mutex_unlock(&disk->mutex); }

void sim_leave(SimDisk *disk) {
    int refs = --disk->refs;
    pthread_mutex_unlock(&disk->mutex);
    if (refs == 0) delete_disk(disk);
}

SimDisk *simdisk_create(void) {
    SimDisk *disk = calloc(1, sizeof(SimDisk));
    if (!disk) return NULL;
    pthread_mutex_init(&disk->mutex, NULL);
    disk->refs = 1;
    disk->capacity = -1;
    pthread_mutex_lock(&table_mutex);
    /* Numbers of disks that are gone serve again. */
    uint32_t id = 0;
    for (uint32_t i = 1; i <= table_room && id == 0; i++) {
        uint32_t next = (last_id + i) % table_room;
        if (!table[next]) id = next + 1;
    }
    if (id == 0) {
        uint32_t room = table_room ? 2 * table_room : 64;
        SimDisk **disks = realloc(table, room * sizeof(*disks));
        if (!disks) {
            pthread_mutex_unlock(&table_mutex);
            return delete_disk(disk), NULL;
        }
        memset(disks + table_room, 0, (room - table_room) * sizeof(*disks));
        id = table_room + 1;
        table = disks;
        table_room = room;
    }
    disk->id = id;
    last_id = id - 1;
    table[id - 1] = disk;
    snprintf(disk->root, sizeof(disk->root), SIM_ROOT "%08u", id);
    pthread_mutex_unlock(&table_mutex);
    return disk;
}

SimDisk *simdisk_copy(SimDisk *disk) {
    SimDisk *copy = simdisk_create();
    if (!copy) return NULL;
    pthread_mutex_lock(&disk->mutex);
    pthread_mutex_lock(&copy->mutex);
    for (size_t i = 0; i < disk->name_count; i++) {
        Name *name = &disk->names[i];
        Node *written = name->written ? sim_node_copy(name->written) : NULL;
        Node *synced = name->synced == name->written
            ? sim_node_keep(written) : sim_node_copy(name->synced ? name->synced : name->written);
        if (!name->synced && synced && synced != written) sim_node_drop(synced), synced = NULL;
        Name *made = sim_name_make(copy, name->path);
        if (!made) continue;
        made->written = written;
        made->synced = synced;
        made->change = name->change;
    }
    copy->changes = disk->changes;
    copy->capacity = disk->capacity;
    sim_unlock(copy);
    sim_unlock(disk);
    return copy;
}

void simdisk_destroy(SimDisk *disk) {
    pthread_mutex_lock(&table_mutex);
    table[disk->id - 1] = NULL;
    pthread_mutex_unlock(&table_mutex);
    pthread_mutex_lock(&disk->mutex);
    disk->is_dead = 1;
    sim_leave(disk);
}

const char *simdisk_root(SimDisk *disk) { return disk->root; }

SimDisk *sim_disk_of(const char *path, const char **name) {
    size_t prefix = sizeof(SIM_ROOT) - 1;
    errno = ENOENT;
    if (strncmp(path, SIM_ROOT, prefix) != 0) return NULL;
    uint32_t id = 0;
    const char *at = path + prefix;
    for (; *at >= '0' && *at <= '9'; at++) id = 10 * id + (uint32_t)(*at - '0');
    if (*at && *at != '/') return NULL;
    pthread_mutex_lock(&table_mutex);
    SimDisk *disk = id >= 1 && id <= table_room ? table[id - 1] : NULL;
    if (disk) pthread_mutex_lock(&disk->mutex);
    pthread_mutex_unlock(&table_mutex);
    if (disk && name) *name = *at ? at + 1 : at;
    return disk;
}
