/* Plain file calls, as POSIX has them. */
#include "disk.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Far above what the system hands out. */
#define FIRST_FILE (1 << 24)

static pthread_mutex_t files_mutex = PTHREAD_MUTEX_INITIALIZER;
static Handle **files;
static int files_room;

static int fail(int error) { return errno = error, -1; }

static int file_of(Handle *handle) {
    pthread_mutex_lock(&files_mutex);
    int file = 0;
    while (file < files_room && files[file]) file += 1;
    if (file == files_room) {
        int room = files_room ? 2 * files_room : 64;
        Handle **more = realloc(files, (size_t)room * sizeof(*more));
        if (!more) file = -1;
        else {
            memset(more + files_room, 0, (size_t)(room - files_room) * sizeof(*more));
            files = more;
            files_room = room;
        }
    }
    if (file >= 0) files[file] = handle;
    pthread_mutex_unlock(&files_mutex);
    return file < 0 ? -1 : FIRST_FILE + file;
}

/* With its disk locked; NULL with errno. */
static Handle *handle_of(int file, int is_closed) {
    pthread_mutex_lock(&files_mutex);
    int index = file - FIRST_FILE;
    Handle *handle = index >= 0 && index < files_room ? files[index] : NULL;
    if (handle && is_closed) files[index] = NULL;
    pthread_mutex_unlock(&files_mutex);
    if (!handle) return errno = EBADF, NULL;
    pthread_mutex_lock(&handle->disk->mutex);
    return handle;
}

static int done(SimDisk *disk, int error) {
    sim_unlock(disk);
    return error ? fail(error) : 0;
}

int simdisk_status(const char *path, SimStatus *status) {
    const char *name;
    SimDisk *disk = sim_disk_of(path, &name);
    if (!disk) return -1;
    if (disk->is_dead) return done(disk, EIO);
    *status = (SimStatus){S_IFDIR | 0700, 0, 0};
    if (!*name) return done(disk, 0);
    Name *found = sim_name(disk, name);
    Node *node = found ? found->written : NULL;
    if (!node) return done(disk, ENOENT);
    if (!node->is_folder) status->mode = S_IFREG | 0600;
    status->size = node->size;
    status->changed = node->changed;
    return done(disk, 0);
}

int simdisk_open(const char *path, int flags) {
    const char *name;
    SimDisk *disk = sim_disk_of(path, &name);
    if (!disk) return -1;
    Handle *handle = NULL;
    int error = sim_open(disk, name, flags, &handle);
    sim_unlock(disk);
    if (error) return fail(error);
    int file = file_of(handle);
    if (file >= 0) return file;
    pthread_mutex_lock(&handle->disk->mutex);
    sim_close(handle);
    return fail(ENFILE);
}

int simdisk_close(int file) {
    Handle *handle = handle_of(file, 1);
    if (!handle) return -1;
    sim_close(handle);
    return 0;
}

int64_t simdisk_read(int file, void *bytes, size_t count) {
    Handle *handle = handle_of(file, 0);
    if (!handle) return -1;
    if (!sim_is_alive(handle)) return done(handle->disk, EIO);
    if (!handle->node || handle->node->is_folder) return done(handle->disk, EISDIR);
    int there = sim_node_read(handle->node, bytes, count, handle->offset);
    handle->offset += there;
    sim_unlock(handle->disk);
    return there;
}

int64_t simdisk_write(int file, const void *bytes, size_t count) {
    Handle *handle = handle_of(file, 0);
    if (!handle) return -1;
    int error = sim_write(handle, bytes, count, handle->offset);
    if (!error) handle->offset += (int64_t)count;
    return done(handle->disk, error) ? -1 : (int64_t)count;
}

int64_t simdisk_pwrite(int file, const void *bytes, size_t count, int64_t offset) {
    Handle *handle = handle_of(file, 0);
    if (!handle) return -1;
    int error = sim_write(handle, bytes, count, offset);
    return done(handle->disk, error) ? -1 : (int64_t)count;
}

int simdisk_sync(int file) {
    Handle *handle = handle_of(file, 0);
    return handle ? done(handle->disk, sim_sync(handle)) : -1;
}

static int allocate(Handle *handle, int64_t bytes) {
    Node *node = handle->node;
    if (!sim_is_alive(handle)) return EIO;
    if (!node || node->is_folder) return EISDIR;
    int error = sim_strike(handle->disk, SIM_CALL_WRITE);
    if (error) return error;
    if (!sim_has_room(handle->disk, node, bytes, bytes)) return ENOSPC;
    if (node->reserved < bytes) node->reserved = bytes;
    if (node->size < bytes) node->size = bytes;
    return 0;
}

int simdisk_allocate(int file, int64_t bytes) {
    Handle *handle = handle_of(file, 0);
    if (!handle) return EBADF;
    int error = allocate(handle, bytes);
    sim_unlock(handle->disk);
    return error;
}

int simdisk_lock(int file) {
    Handle *handle = handle_of(file, 0);
    if (!handle) return -1;
    if (!sim_is_alive(handle)) return done(handle->disk, EIO);
    if (handle->has_lease) return done(handle->disk, 0);
    if (!handle->node || handle->node->is_leased) return done(handle->disk, EWOULDBLOCK);
    handle->node->is_leased = handle->has_lease = 1;
    return done(handle->disk, 0);
}

int simdisk_rename(const char *path, const char *target) {
    const char *from;
    SimDisk *disk = sim_disk_of(path, &from);
    if (!disk) return -1;
    size_t root = strlen(disk->root);
    int is_here = strncmp(target, disk->root, root) == 0 && target[root] == '/';
    if (!is_here) return done(disk, EXDEV);
    const char *to = target + root + 1;
    if (disk->is_dead) return done(disk, EIO);
    Name *source = sim_name(disk, from);
    if (!source || !source->written || !sim_has_folder(disk, to)) return done(disk, ENOENT);
    if (source->written->is_folder) return done(disk, EINVAL);
    int error = sim_strike(disk, SIM_CALL_ANY);
    if (error) return done(disk, error);
    Name *goal = sim_name_make(disk, to);
    if (!goal) return done(disk, ENOMEM);
    /* A new name may have moved the others. */
    source = sim_name(disk, from);
    uint64_t change = ++disk->changes;
    if (source != goal) {
        sim_name_set(disk, goal, source->written, change);
        sim_name_set(disk, source, NULL, change);
    }
    sim_names_sweep(disk);
    return done(disk, 0);
}

int simdisk_unlink(const char *path) {
    const char *name;
    SimDisk *disk = sim_disk_of(path, &name);
    return disk ? done(disk, sim_remove(disk, name)) : -1;
}

int simdisk_mkdir(const char *path) {
    const char *name;
    SimDisk *disk = sim_disk_of(path, &name);
    if (!disk) return -1;
    if (disk->is_dead) return done(disk, EIO);
    Name *found = *name ? sim_name(disk, name) : NULL;
    if (!*name || (found && found->written)) return done(disk, EEXIST);
    if (!sim_has_folder(disk, name)) return done(disk, ENOENT);
    int error = sim_strike(disk, SIM_CALL_ANY);
    if (error) return done(disk, error);
    Name *made = sim_name_make(disk, name);
    Node *node = made ? sim_node_new(1) : NULL;
    if (!node) return done(disk, ENOMEM);
    sim_name_set(disk, made, node, ++disk->changes);
    sim_node_drop(node);
    return done(disk, 0);
}

int simdisk_entry(const char *folder, size_t index, char *name, size_t room) {
    const char *below;
    SimDisk *disk = sim_disk_of(folder, &below);
    if (!disk) return -1;
    size_t length = strlen(below);
    for (size_t i = 0; i < disk->name_count; i++) {
        const char *path = disk->names[i].path;
        if (!disk->names[i].written || sim_parent_length(path) != length) continue;
        if (memcmp(path, below, length) != 0 || index-- > 0) continue;
        const char *last = path + length + (length > 0);
        if (strlen(last) >= room) return done(disk, ENAMETOOLONG);
        strcpy(name, last);
        return done(disk, 0);
    }
    return done(disk, ENOENT);
}
