/* The names on a disk, as written and as synced. */
#include "disk.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

size_t sim_parent_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) : 0;
}

Name *sim_name(SimDisk *disk, const char *path) {
    for (size_t i = 0; i < disk->name_count; i++) {
        if (strcmp(disk->names[i].path, path) == 0) return &disk->names[i];
    }
    return NULL;
}

Name *sim_name_make(SimDisk *disk, const char *path) {
    Name *name = sim_name(disk, path);
    if (name) return name;
    if (disk->name_count == disk->name_room) {
        size_t room = disk->name_room ? 2 * disk->name_room : 16;
        Name *names = realloc(disk->names, room * sizeof(*names));
        if (!names) return NULL;
        disk->names = names;
        disk->name_room = room;
    }
    char *copy = strdup(path);
    if (!copy) return NULL;
    name = &disk->names[disk->name_count++];
    *name = (Name){copy, NULL, NULL, 0};
    return name;
}

void sim_name_set(SimDisk *disk, Name *name, Node *written, uint64_t change) {
    sim_node_keep(written);
    sim_node_drop(name->written);
    name->written = written;
    name->change = change;
    /* Whoever watches the folder sees that its names changed. */
    char parent[1024];
    size_t length = sim_parent_length(name->path);
    if (length == 0 || length >= sizeof(parent)) return;
    memcpy(parent, name->path, length);
    parent[length] = 0;
    Name *folder = sim_name(disk, parent);
    if (folder && folder->written) folder->written->changed += 1;
}

int sim_has_folder(SimDisk *disk, const char *path) {
    size_t length = sim_parent_length(path);
    if (length == 0) return 1;
    for (size_t i = 0; i < disk->name_count; i++) {
        Name *name = &disk->names[i];
        if (strlen(name->path) == length && memcmp(name->path, path, length) == 0) {
            return name->written && name->written->is_folder;
        }
    }
    return 0;
}

void sim_folder_sync(SimDisk *disk, const char *folder) {
    size_t length = strlen(folder);
    for (size_t i = 0; i < disk->name_count; i++) {
        Name *name = &disk->names[i];
        if (sim_parent_length(name->path) != length) continue;
        if (memcmp(name->path, folder, length) != 0) continue;
        sim_node_keep(name->written);
        sim_node_drop(name->synced);
        name->synced = name->written;
    }
    sim_names_sweep(disk);
}

/* Forgets names that nothing has in either image. */
void sim_names_sweep(SimDisk *disk) {
    size_t kept = 0;
    for (size_t i = 0; i < disk->name_count; i++) {
        Name name = disk->names[i];
        if (name.written || name.synced) disk->names[kept++] = name;
        else free(name.path);
    }
    disk->name_count = kept;
}

/* ---- What lies on a disk ---- */

const char *simdisk_name(SimDisk *disk, size_t index) {
    pthread_mutex_lock(&disk->mutex);
    const char *found = NULL;
    for (size_t i = 0; i < disk->name_count && !found; i++) {
        if (disk->names[i].written && index-- == 0) found = disk->names[i].path;
    }
    sim_unlock(disk);
    return found;
}

int simdisk_is_folder(SimDisk *disk, const char *path) {
    pthread_mutex_lock(&disk->mutex);
    Name *name = sim_name(disk, path);
    int is_folder = name && name->written && name->written->is_folder;
    sim_unlock(disk);
    return is_folder;
}

int64_t simdisk_size(SimDisk *disk, const char *path) {
    pthread_mutex_lock(&disk->mutex);
    Name *name = sim_name(disk, path);
    int64_t size = name && name->written ? name->written->size : -1;
    sim_unlock(disk);
    return size;
}

int simdisk_discard(SimDisk *disk, const char *path) {
    pthread_mutex_lock(&disk->mutex);
    Name *name = sim_name(disk, path);
    int was_there = name && name->written;
    if (name) {
        sim_name_set(disk, name, NULL, 0);
        sim_node_drop(name->synced);
        name->synced = NULL;
        sim_names_sweep(disk);
    }
    sim_unlock(disk);
    return was_there ? 0 : -1;
}

int simdisk_adopt(SimDisk *disk, SimDisk *from, const char *path) {
    pthread_mutex_lock(&from->mutex);
    Name *source = sim_name(from, path);
    Node *node = source && source->written ? sim_node_copy(source->written) : NULL;
    sim_unlock(from);
    if (!node) return -1;
    pthread_mutex_lock(&disk->mutex);
    Name *name = sim_name_make(disk, path);
    if (name) {
        sim_name_set(disk, name, node, 0);
        sim_node_drop(name->synced);
        name->synced = sim_node_keep(node);
    }
    sim_node_drop(node);
    sim_unlock(disk);
    return name ? 0 : -1;
}

int simdisk_flip_bit(SimDisk *disk, const char *path, uint64_t bit) {
    pthread_mutex_lock(&disk->mutex);
    Name *name = sim_name(disk, path);
    Node *node = name ? name->written : NULL;
    int64_t at = (int64_t)(bit / 8);
    unsigned char byte;
    int is_there = node && at < node->size && sim_node_read(node, &byte, 1, at) == 1;
    if (is_there) {
        byte ^= (unsigned char)(1u << (bit % 8));
        is_there = sim_node_write(node, &byte, 1, at);
    }
    if (is_there) {
        Slot *slot = &node->slots[at / SIM_BLOCK];
        sim_block_drop(slot->synced);
        slot->synced = sim_block_keep(slot->written);
    }
    sim_unlock(disk);
    return is_there ? 0 : -1;
}
