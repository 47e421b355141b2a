/* What befalls a disk. Nothing here is left to chance but what a seed decides. */
#include "disk.h"
#include <errno.h>

/* SplitMix64. */
uint64_t sim_next(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

int sim_strike(SimDisk *disk, int kind) {
    if (disk->is_dead) return EIO;
    disk->calls += 1;
    if (disk->kill_at && --disk->kill_at == 0) {
        disk->is_dead = 1;
        disk->strikes[SIM_STRIKE_KILLED] += 1;
        return EIO;
    }
    Fault *fault = &disk->fault;
    if (!fault->at || (fault->kind != SIM_CALL_ANY && fault->kind != kind)) return 0;
    if (fault->at > 1) return fault->at -= 1, 0;
    if (!fault->is_forever) fault->at = 0;
    disk->strikes[SIM_STRIKE_FAILED] += 1;
    return EIO;
}

static int64_t taken(const Node *node) {
    int64_t blocks = (node->size + SIM_BLOCK - 1) / SIM_BLOCK * SIM_BLOCK;
    return blocks > node->reserved ? blocks : node->reserved;
}

static int64_t all_taken(const SimDisk *disk) {
    int64_t sum = 0;
    for (size_t i = 0; i < disk->name_count; i++) {
        if (disk->names[i].written) sum += taken(disk->names[i].written);
    }
    return sum;
}

int sim_has_room(SimDisk *disk, Node *node, int64_t size, int64_t reserved) {
    if (disk->capacity < 0) return 1;
    Node grown = *node;
    if (size > grown.size) grown.size = size;
    if (reserved > grown.reserved) grown.reserved = reserved;
    int64_t more = taken(&grown) - taken(node);
    if (more <= 0 || all_taken(disk) + more <= disk->capacity) return 1;
    disk->strikes[SIM_STRIKE_FULL] += 1;
    return 0;
}

void simdisk_set_room(SimDisk *disk, int64_t bytes) {
    pthread_mutex_lock(&disk->mutex);
    disk->capacity = bytes < 0 ? -1 : all_taken(disk) + bytes;
    sim_unlock(disk);
}

int simdisk_room(const char *path, int64_t *all, int64_t *left) {
    const char *name;
    SimDisk *disk = sim_disk_of(path, &name);
    if (!disk) return -1;
    int is_bounded = disk->capacity >= 0;
    int64_t taken = all_taken(disk);
    *all = disk->capacity;
    *left = disk->capacity > taken ? disk->capacity - taken : 0;
    sim_unlock(disk);
    return is_bounded ? 0 : -1;
}

uint64_t simdisk_calls(SimDisk *disk) {
    pthread_mutex_lock(&disk->mutex);
    uint64_t calls = disk->calls;
    sim_unlock(disk);
    return calls;
}

uint64_t simdisk_written(SimDisk *disk) {
    pthread_mutex_lock(&disk->mutex);
    uint64_t written = disk->written;
    sim_unlock(disk);
    return written;
}

uint64_t simdisk_syncs(SimDisk *disk) {
    pthread_mutex_lock(&disk->mutex);
    uint64_t syncs = disk->syncs;
    sim_unlock(disk);
    return syncs;
}

uint64_t simdisk_strikes(SimDisk *disk, int cause) {
    pthread_mutex_lock(&disk->mutex);
    uint64_t strikes = disk->strikes[cause];
    sim_unlock(disk);
    return strikes;
}

void simdisk_kill_at(SimDisk *disk, uint64_t nth) {
    pthread_mutex_lock(&disk->mutex);
    disk->kill_at = nth;
    sim_unlock(disk);
}

void simdisk_fail_at(SimDisk *disk, int kind, uint64_t nth, int forever) {
    pthread_mutex_lock(&disk->mutex);
    disk->fault = (Fault){nth, kind, forever};
    sim_unlock(disk);
}

void simdisk_kill(SimDisk *disk) {
    pthread_mutex_lock(&disk->mutex);
    disk->is_dead = 1;
    sim_unlock(disk);
}

int simdisk_is_dead(SimDisk *disk) {
    pthread_mutex_lock(&disk->mutex);
    int is_dead = disk->is_dead;
    sim_unlock(disk);
    return is_dead;
}

void simdisk_revive(SimDisk *disk) {
    pthread_mutex_lock(&disk->mutex);
    disk->is_dead = 0;
    disk->kill_at = 0;
    disk->process += 1;
    for (size_t i = 0; i < disk->name_count; i++) {
        Node *node = disk->names[i].written;
        if (!node) continue;
        node->shared_count = node->has_reserved = node->has_pending = node->has_exclusive = 0;
        node->is_leased = 0;
        /* Whoever still has it gives it back when closed. */
        node->shm = NULL;
    }
    sim_unlock(disk);
}

static void cut_names(SimDisk *disk, int how, uint64_t seed) {
    for (size_t i = 0; i < disk->name_count; i++) {
        Name *name = &disk->names[i];
        if (name->written == name->synced) continue;
        uint64_t change = seed ^ name->change;
        int is_kept = how == SIM_POWER_KEPT || (how == SIM_POWER_TORN && (sim_next(&change) & 1));
        Node *node = sim_node_keep(is_kept ? name->written : name->synced);
        sim_node_drop(name->written);
        sim_node_drop(name->synced);
        name->written = node;
        name->synced = sim_node_keep(node);
    }
    sim_names_sweep(disk);
}

void simdisk_cut_power(SimDisk *disk, int how, uint64_t seed) {
    pthread_mutex_lock(&disk->mutex);
    disk->is_dead = 1;
    uint64_t random = seed;
    /* First what a name that comes back may lead to, then what the names of today do. */
    for (size_t i = 0; i < disk->name_count; i++) {
        Node *synced = disk->names[i].synced;
        if (synced) sim_node_cut_power(synced, how, &random);
    }
    for (size_t i = 0; i < disk->name_count; i++) {
        Name *name = &disk->names[i];
        Node *written = name->written;
        if (written && written != name->synced) sim_node_cut_power(written, how, &random);
    }
    cut_names(disk, how, seed);
    sim_unlock(disk);
}
