/* SQLite's locks and shared memory, for connections of this process. */
#include "disk.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

int sim_lock(Handle *handle, int level) {
    Node *node = handle->node;
    if (!sim_is_alive(handle)) return SQLITE_IOERR_LOCK;
    if (handle->lock >= level) return SQLITE_OK;
    if (handle->lock == SQLITE_LOCK_NONE) {
        if (node->has_pending || node->has_exclusive) return SQLITE_BUSY;
        node->shared_count += 1;
        handle->lock = SQLITE_LOCK_SHARED;
    }
    if (level == SQLITE_LOCK_SHARED) return SQLITE_OK;
    if (handle->lock < SQLITE_LOCK_RESERVED) {
        if (node->has_reserved) return SQLITE_BUSY;
        node->has_reserved = 1;
        handle->lock = SQLITE_LOCK_RESERVED;
    }
    if (level == SQLITE_LOCK_RESERVED) return SQLITE_OK;
    node->has_pending = 1;
    handle->lock = SQLITE_LOCK_PENDING;
    if (node->shared_count > 1) return SQLITE_BUSY;
    node->has_exclusive = 1;
    handle->lock = SQLITE_LOCK_EXCLUSIVE;
    return SQLITE_OK;
}

void sim_unlock_to(Handle *handle, int level) {
    Node *node = handle->node;
    if (handle->lock <= level || handle->process != handle->disk->process) return;
    if (handle->lock >= SQLITE_LOCK_EXCLUSIVE) node->has_exclusive = 0;
    if (handle->lock >= SQLITE_LOCK_PENDING) node->has_pending = 0;
    if (handle->lock >= SQLITE_LOCK_RESERVED) node->has_reserved = 0;
    if (level == SQLITE_LOCK_NONE) node->shared_count -= 1;
    handle->lock = level;
}

static int join(Handle *handle) {
    if (handle->shm) return 1;
    Node *node = handle->node;
    if (!node->shm) {
        node->shm = calloc(1, sizeof(Shm));
        if (!node->shm) return 0;
    }
    node->shm->refs += 1;
    handle->shm = node->shm;
    return 1;
}

int sim_shm_map(Handle *handle, int region, int size, int extend, void volatile **memory) {
    *memory = NULL;
    if (!sim_is_alive(handle)) return SQLITE_IOERR_SHMMAP;
    if (!join(handle)) return SQLITE_NOMEM;
    Shm *shm = handle->shm;
    if (region >= shm->region_count) {
        if (!extend) return SQLITE_OK;
        void **regions = realloc(shm->regions, (size_t)(region + 1) * sizeof(*regions));
        if (!regions) return SQLITE_NOMEM;
        shm->regions = regions;
        while (shm->region_count <= region) {
            void *made = calloc(1, (size_t)size);
            if (!made) return SQLITE_NOMEM;
            shm->regions[shm->region_count++] = made;
        }
    }
    *memory = shm->regions[region];
    return SQLITE_OK;
}

static void give_back(Handle *handle, int slot) {
    Shm *shm = handle->shm;
    unsigned bit = 1u << slot;
    if (handle->shared_mask & bit) shm->shared[slot] -= 1;
    if (handle->exclusive_mask & bit) shm->exclusive[slot] = 0;
    handle->shared_mask &= ~bit;
    handle->exclusive_mask &= ~bit;
}

static int is_free(const Handle *handle, int slot, int is_shared) {
    const Shm *shm = handle->shm;
    unsigned bit = 1u << slot;
    int others = shm->shared[slot] - ((handle->shared_mask & bit) != 0);
    int is_taken = shm->exclusive[slot] && !(handle->exclusive_mask & bit);
    return !is_taken && (is_shared || others == 0);
}

int sim_shm_lock(Handle *handle, int offset, int count, int flags) {
    if (!handle->shm) return SQLITE_IOERR_SHMLOCK;
    if (flags & SQLITE_SHM_UNLOCK) {
        for (int i = offset; i < offset + count; i++) give_back(handle, i);
        return SQLITE_OK;
    }
    if (!sim_is_alive(handle)) return SQLITE_IOERR_SHMLOCK;
    int is_shared = (flags & SQLITE_SHM_SHARED) != 0;
    for (int i = offset; i < offset + count; i++) {
        if (!is_free(handle, i, is_shared)) return SQLITE_BUSY;
    }
    for (int i = offset; i < offset + count; i++) {
        unsigned bit = 1u << i;
        if (is_shared) {
            if (!(handle->shared_mask & bit)) handle->shm->shared[i] += 1;
            handle->shared_mask |= bit;
        } else {
            handle->shm->exclusive[i] = 1;
            handle->exclusive_mask |= bit;
        }
    }
    return SQLITE_OK;
}

void sim_shm_leave(Handle *handle) {
    Shm *shm = handle->shm;
    if (!shm) return;
    for (int i = 0; i < SIM_SHM_LOCKS; i++) give_back(handle, i);
    handle->shm = NULL;
    if (--shm->refs > 0) return;
    if (handle->node->shm == shm) handle->node->shm = NULL;
    for (int i = 0; i < shm->region_count; i++) free(shm->regions[i]);
    free(shm->regions);
    free(shm);
}
