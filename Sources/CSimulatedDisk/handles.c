/* Open files of one process, and what it does with them. */
#include "disk.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

static Node *node_at(SimDisk *disk, const char *path, int flags, int *error) {
    Name *name = sim_name(disk, path);
    Node *node = name ? name->written : NULL;
    *error = 0;
    if (node && (flags & O_CREAT) && (flags & O_EXCL)) return *error = EEXIST, NULL;
    if (node || !(flags & O_CREAT)) {
        if (!node) *error = ENOENT;
        return node;
    }
    if (!sim_has_folder(disk, path)) return *error = ENOENT, NULL;
    if ((*error = sim_strike(disk, SIM_CALL_ANY))) return NULL;
    name = sim_name_make(disk, path);
    node = name ? sim_node_new(0) : NULL;
    if (!node) return *error = ENOMEM, NULL;
    sim_name_set(disk, name, node, ++disk->changes);
    sim_node_drop(node);
    return node;
}

int sim_open(SimDisk *disk, const char *path, int flags, Handle **handle) {
    int error = 0;
    if (disk->is_dead) return EIO;
    Node *node = *path ? node_at(disk, path, flags, &error) : NULL;
    if (error) return error;
    if ((flags & O_TRUNC) && node && node->size > 0) {
        if ((error = sim_strike(disk, SIM_CALL_WRITE))) return error;
        sim_node_truncate(node, 0);
    }
    int is_folder = !node || node->is_folder;
    Handle *made = calloc(1, sizeof(Handle));
    if (!made) return ENOMEM;
    if (is_folder && !(made->path = strdup(path))) return free(made), ENOMEM;
    made->disk = disk;
    made->node = sim_node_keep(node);
    made->process = disk->process;
    disk->refs += 1;
    *handle = made;
    return 0;
}

int sim_is_alive(const Handle *handle) {
    return !handle->disk->is_dead && handle->process == handle->disk->process;
}

/* Gives the disk's lock back. */
void sim_close(Handle *handle) {
    SimDisk *disk = handle->disk;
    sim_shm_leave(handle);
    if (handle->process == disk->process) {
        sim_unlock_to(handle, 0);
        if (handle->has_lease) handle->node->is_leased = 0;
    }
    sim_node_drop(handle->node);
    free(handle->path);
    free(handle);
    sim_leave(disk);
}

int sim_write(Handle *handle, const void *bytes, size_t count, int64_t offset) {
    if (!sim_is_alive(handle)) return EIO;
    if (!handle->node || handle->node->is_folder) return EISDIR;
    int error = sim_strike(handle->disk, SIM_CALL_WRITE);
    if (error) return error;
    if (!sim_has_room(handle->disk, handle->node, offset + (int64_t)count, 0)) return ENOSPC;
    handle->disk->written += count;
    return sim_node_write(handle->node, bytes, count, offset) ? 0 : ENOMEM;
}

int sim_sync(Handle *handle) {
    if (!sim_is_alive(handle)) return EIO;
    int error = sim_strike(handle->disk, SIM_CALL_SYNC);
    handle->disk->syncs += 1;
    if (handle->path) {
        if (!error) sim_folder_sync(handle->disk, handle->path);
    } else {
        /* A dead process syncs nothing; what a disk refused to sync is not tried again. */
        if (!handle->disk->is_dead) sim_node_sync(handle->node, !error);
    }
    return error;
}

int sim_remove(SimDisk *disk, const char *path) {
    if (disk->is_dead) return EIO;
    Name *name = sim_name(disk, path);
    if (!name || !name->written) return ENOENT;
    if (name->written->is_folder) return EISDIR;
    int error = sim_strike(disk, SIM_CALL_ANY);
    if (error) return error;
    sim_name_set(disk, name, NULL, ++disk->changes);
    sim_names_sweep(disk);
    return 0;
}
