/* Disks in memory that fail on demand, for SQLite and for plain file calls.
 *
 * A disk keeps two images of every file and folder: what was written, and what was synced. A killed
 * process leaves the written image; a power cut leaves the synced one and what the cut let through
 * of the rest. Nothing happens by chance or by time: its owner says what fails, and when.
 *
 * Every path below a disk's root belongs to it. Calls are safe from any thread.
 */
#ifndef C_SIMULATED_DISK_H
#define C_SIMULATED_DISK_H

#include <stddef.h>
#include <stdint.h>

typedef struct SimDisk SimDisk;

/* Registers the SQLite VFS, as the default of the process: what lies on no simulated disk goes on
 * to the VFS that was the default before. Any number of times. 0: done. */
int simdisk_install(void);

/* A new, empty disk; or a copy of one as it stands, with both images and no faults. */
SimDisk *simdisk_create(void);
SimDisk *simdisk_copy(SimDisk *disk);
/* The disk is gone for everybody but open files. */
void simdisk_destroy(SimDisk *disk);
/* Such as /lucky-simulated-disk/00000007, without a slash at its end. */
const char *simdisk_root(SimDisk *disk);

/* ---- What befalls a disk ---- */

enum { SIM_CALL_ANY = 0, SIM_CALL_WRITE = 1, SIM_CALL_SYNC = 2 };

/* How many calls there were that change what is on the disk: write, truncate, sync, create, rename,
 * remove, allocate, make a folder. And how many of them a fault struck: in how many the
 * process died, how many failed, how many found no room. */
enum { SIM_STRIKE_KILLED = 0, SIM_STRIKE_FAILED = 1, SIM_STRIKE_FULL = 2 };
uint64_t simdisk_calls(SimDisk *disk);
/* Bytes of the writes that were done, and syncs of files and folders. */
uint64_t simdisk_written(SimDisk *disk);
uint64_t simdisk_syncs(SimDisk *disk);
uint64_t simdisk_strikes(SimDisk *disk, int cause);
/* The nth such call from now, 1 the next, and all that follow, fail, and nothing of them happens:
 * the process is dead. 0: no such call. */
void simdisk_kill_at(SimDisk *disk, uint64_t nth);
/* The process is dead at once. */
void simdisk_kill(SimDisk *disk);
/* A new process may come: what the old one had open stays dead, its locks are gone. */
void simdisk_revive(SimDisk *disk);
int simdisk_is_dead(SimDisk *disk);
/* The nth call of a kind from now fails with EIO; `forever`: those after it too. 0: none does. What
 * a failed sync was to make durable stays as it was, also when a later one succeeds. */
void simdisk_fail_at(SimDisk *disk, int kind, uint64_t nth, int forever);
/* How many more bytes fit, counted in whole blocks; negative: no bound. */
void simdisk_set_room(SimDisk *disk, int64_t bytes);

enum { SIM_POWER_LOST = 0, SIM_POWER_KEPT = 1, SIM_POWER_TORN = 2 };

/* The power goes: the process is dead, and of what was not synced all is lost, all is kept, or the
 * seed picks, for each 512 bytes, each length and each name. */
void simdisk_cut_power(SimDisk *disk, int how, uint64_t seed);

/* ---- What lies on a disk, without faults and without a process ---- */

/* The path below the root of file or folder `index`, in the order made; NULL: no more. Valid until
 * the disk changes. */
const char *simdisk_name(SimDisk *disk, size_t index);
int simdisk_is_folder(SimDisk *disk, const char *name);
/* Takes a file or folder of another disk, both images, in place of what has the name here. */
int simdisk_adopt(SimDisk *disk, SimDisk *from, const char *name);
/* 0: it was there. */
int simdisk_discard(SimDisk *disk, const char *name);
/* Turns one bit in both images, counted from the first byte's lowest. 0: the file has it. */
int simdisk_flip_bit(SimDisk *disk, const char *name, uint64_t bit);
/* Bytes; negative: no such file. */
int64_t simdisk_size(SimDisk *disk, const char *name);

/* ---- Plain file calls, with POSIX's results: negative (or -1) and errno ---- */

typedef struct {
    uint32_t mode;
    int64_t size;
    /* Grows with every change of a folder's names or a file's bytes. */
    int64_t changed;
} SimStatus;

int simdisk_status(const char *path, SimStatus *status);
/* The bytes of a path's disk, and those that are free; -1 where there is no bound. */
int simdisk_room(const char *path, int64_t *all, int64_t *left);
/* O_CREAT, O_EXCL and O_TRUNC count; every file can be read and written. */
int simdisk_open(const char *path, int flags);
int simdisk_close(int file);
int64_t simdisk_read(int file, void *bytes, size_t count);
int64_t simdisk_write(int file, const void *bytes, size_t count);
int64_t simdisk_pwrite(int file, const void *bytes, size_t count, int64_t offset);
int simdisk_sync(int file);
/* As posix_fallocate: 0, or the error. */
int simdisk_allocate(int file, int64_t bytes);
/* As flock's exclusive one that does not wait. */
int simdisk_lock(int file);
int simdisk_rename(const char *path, const char *target);
int simdisk_unlink(const char *path);
int simdisk_mkdir(const char *path);
/* The name of entry `index` of a folder; -1: no more. */
int simdisk_entry(const char *folder, size_t index, char *name, size_t room);

#endif
