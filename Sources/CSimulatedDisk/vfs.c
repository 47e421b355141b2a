/* The simulated disk as SQLite's VFS, in front of the one that was there. */
#include "disk.h"
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>

typedef struct {
    sqlite3_file base;
    Handle *handle;
    /* As the system's VFS: a new journal's name is synced with its first sync. */
    int syncs_folder;
    char folder[512];
} SimFile;

static sqlite3_vfs *below;
/* Whether this thread's last lock was refused by a simulated disk: then a wait takes no time. */
static _Thread_local int was_busy;

static Handle *enter(sqlite3_file *file) {
    Handle *handle = ((SimFile *)file)->handle;
    pthread_mutex_lock(&handle->disk->mutex);
    return handle;
}

static int leave(Handle *handle, int result) {
    sim_unlock(handle->disk);
    return result;
}

static int leave_lock(Handle *handle, int result) {
    was_busy = result == SQLITE_BUSY;
    return leave(handle, result);
}

static int file_close(sqlite3_file *file) {
    sim_close(enter(file));
    return SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    Handle *handle = enter(file);
    if (!sim_is_alive(handle)) return leave(handle, SQLITE_IOERR_READ);
    int there = sim_node_read(handle->node, bytes, (size_t)count, offset);
    return leave(handle, there == count ? SQLITE_OK : SQLITE_IOERR_SHORT_READ);
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    Handle *handle = enter(file);
    int error = sim_write(handle, bytes, (size_t)count, offset);
    return leave(handle, !error ? SQLITE_OK : error == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    Handle *handle = enter(file);
    int error = sim_is_alive(handle) ? sim_strike(handle->disk, SIM_CALL_WRITE) : EIO;
    if (!error) sim_node_truncate(handle->node, size);
    return leave(handle, error ? SQLITE_IOERR_TRUNCATE : SQLITE_OK);
}

static int sync_folder(SimDisk *disk, const char *folder) {
    if (sim_strike(disk, SIM_CALL_SYNC)) return SQLITE_IOERR_DIR_FSYNC;
    sim_folder_sync(disk, folder);
    return SQLITE_OK;
}

static int file_sync(sqlite3_file *file, int flags) {
    SimFile *this = (SimFile *)file;
    Handle *handle = enter(file);
    (void)flags;
    if (sim_sync(handle)) return leave(handle, SQLITE_IOERR_FSYNC);
    if (!this->syncs_folder) return leave(handle, SQLITE_OK);
    int result = sync_folder(handle->disk, this->folder);
    if (result == SQLITE_OK) this->syncs_folder = 0;
    return leave(handle, result);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    Handle *handle = enter(file);
    *size = handle->node->size;
    return leave(handle, sim_is_alive(handle) ? SQLITE_OK : SQLITE_IOERR_FSTAT);
}

static int file_lock(sqlite3_file *file, int level) {
    Handle *handle = enter(file);
    return leave_lock(handle, sim_lock(handle, level));
}

static int file_unlock(sqlite3_file *file, int level) {
    Handle *handle = enter(file);
    sim_unlock_to(handle, level);
    return leave(handle, SQLITE_OK);
}

static int file_is_reserved(sqlite3_file *file, int *is_reserved) {
    Handle *handle = enter(file);
    *is_reserved = handle->node->has_reserved;
    return leave(handle, SQLITE_OK);
}

static int file_control(sqlite3_file *file, int code, void *argument) {
    (void)file;
    (void)code;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *file) {
    (void)file;
    return SIM_BLOCK;
}

static int characteristics(sqlite3_file *file) {
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int shm_map(
    sqlite3_file *file, int region, int size, int extend, void volatile **memory
) {
    Handle *handle = enter(file);
    return leave(handle, sim_shm_map(handle, region, size, extend, memory));
}

static int shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    Handle *handle = enter(file);
    int result = sim_shm_lock(handle, offset, count, flags);
    return flags & SQLITE_SHM_UNLOCK ? leave(handle, result) : leave_lock(handle, result);
}

static void shm_barrier(sqlite3_file *file) { leave(enter(file), SQLITE_OK); }

static int shm_unmap(sqlite3_file *file, int is_deleted) {
    Handle *handle = enter(file);
    (void)is_deleted;
    sim_shm_leave(handle);
    return leave(handle, SQLITE_OK);
}

static const sqlite3_io_methods methods = {
    2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock,
    file_unlock, file_is_reserved, file_control, sector_size, characteristics, shm_map, shm_lock,
    shm_barrier, shm_unmap, NULL, NULL,
};

static int is_simulated(const char *path) {
    return path && strncmp(path, SIM_ROOT, sizeof(SIM_ROOT) - 1) == 0;
}

static int vfs_open(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *flags_out
) {
    (void)vfs;
    if (!is_simulated(path)) return below->xOpen(below, path, file, flags, flags_out);
    SimFile *this = (SimFile *)file;
    memset(this, 0, sizeof(*this));
    const char *name;
    SimDisk *disk = sim_disk_of(path, &name);
    if (!disk) return SQLITE_CANTOPEN;
    int how = (flags & SQLITE_OPEN_CREATE ? O_CREAT : 0)
        | (flags & SQLITE_OPEN_EXCLUSIVE ? O_EXCL : 0);
    int error = sim_open(disk, name, how, &this->handle);
    if (!error && this->handle->path) error = EISDIR;
    size_t length = sim_parent_length(name);
    if (!error && length < sizeof(this->folder)) memcpy(this->folder, name, length);
    if (error && this->handle) {
        sim_close(this->handle);
        return SQLITE_CANTOPEN;
    }
    sim_unlock(disk);
    if (error) return SQLITE_CANTOPEN;
    int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
    this->syncs_folder = (flags & SQLITE_OPEN_CREATE) && (flags & journals);
    this->base.pMethods = &methods;
    if (flags_out) *flags_out = flags;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int syncs_folder) {
    (void)vfs;
    if (!is_simulated(path)) return below->xDelete(below, path, syncs_folder);
    const char *name;
    SimDisk *disk = sim_disk_of(path, &name);
    if (!disk) return SQLITE_IOERR_DELETE_NOENT;
    char folder[512] = {0};
    size_t length = sim_parent_length(name);
    if (length < sizeof(folder)) memcpy(folder, name, length);
    int error = sim_remove(disk, name);
    int result = error == 0 ? SQLITE_OK
        : error == ENOENT ? SQLITE_IOERR_DELETE_NOENT : SQLITE_IOERR_DELETE;
    if (result == SQLITE_OK && syncs_folder) result = sync_folder(disk, folder);
    sim_unlock(disk);
    return result;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *is_there) {
    (void)vfs;
    if (!is_simulated(path)) return below->xAccess(below, path, flags, is_there);
    SimStatus status;
    int result = simdisk_status(path, &status);
    *is_there = result == 0 && (flags != SQLITE_ACCESS_EXISTS || status.size > 0);
    return result != 0 && errno == EIO ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int room, char *full) {
    (void)vfs;
    if (!is_simulated(path)) return below->xFullPathname(below, path, room, full);
    size_t length = strlen(path);
    if (length >= (size_t)room) return SQLITE_CANTOPEN;
    memcpy(full, path, length + 1);
    return SQLITE_OK;
}

static void *vfs_dl_open(sqlite3_vfs *vfs, const char *path) {
    (void)vfs;
    return below->xDlOpen(below, path);
}

static void vfs_dl_error(sqlite3_vfs *vfs, int room, char *words) {
    (void)vfs;
    below->xDlError(below, room, words);
}

static void (*vfs_dl_sym(sqlite3_vfs *vfs, void *library, const char *symbol))(void) {
    (void)vfs;
    return below->xDlSym(below, library, symbol);
}

static void vfs_dl_close(sqlite3_vfs *vfs, void *library) {
    (void)vfs;
    below->xDlClose(below, library);
}

static int vfs_randomness(sqlite3_vfs *vfs, int count, char *bytes) {
    (void)vfs;
    return below->xRandomness(below, count, bytes);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return was_busy ? microseconds : below->xSleep(below, microseconds);
}

static int vfs_time(sqlite3_vfs *vfs, double *time) {
    (void)vfs;
    return below->xCurrentTime(below, time);
}

static int vfs_last_error(sqlite3_vfs *vfs, int room, char *words) {
    (void)vfs;
    return below->xGetLastError(below, room, words);
}

static int vfs_time_64(sqlite3_vfs *vfs, sqlite3_int64 *time) {
    (void)vfs;
    return below->xCurrentTimeInt64(below, time);
}

static sqlite3_vfs simulated = {
    .iVersion = 2, .zName = "lucky-simulated", .xOpen = vfs_open, .xDelete = vfs_delete,
    .xAccess = vfs_access, .xFullPathname = vfs_full_path, .xDlOpen = vfs_dl_open,
    .xDlError = vfs_dl_error, .xDlSym = vfs_dl_sym, .xDlClose = vfs_dl_close,
    .xRandomness = vfs_randomness, .xSleep = vfs_sleep, .xCurrentTime = vfs_time,
    .xGetLastError = vfs_last_error, .xCurrentTimeInt64 = vfs_time_64,
};

int simdisk_install(void) {
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    int result = SQLITE_OK;
    if (!below) {
        result = sqlite3_initialize();
        sqlite3_vfs *before = result == SQLITE_OK ? sqlite3_vfs_find(NULL) : NULL;
        if (before) {
            int room = (int)sizeof(SimFile);
            simulated.szOsFile = before->szOsFile > room ? before->szOsFile : room;
            simulated.mxPathname = before->mxPathname;
            below = before;
            result = sqlite3_vfs_register(&simulated, 1);
        } else if (result == SQLITE_OK) {
            result = SQLITE_ERROR;
        }
    }
    pthread_mutex_unlock(&mutex);
    return result;
}
