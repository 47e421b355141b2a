/* What the parts of the simulated disk share. */
#ifndef SIM_DISK_INTERNAL_H
#define SIM_DISK_INTERNAL_H

#include "CSimulatedDisk.h"
#include <pthread.h>

#define SIM_ROOT "/lucky-simulated-disk/"
#define SIM_BLOCK 4096
#define SIM_SECTOR 512
#define SIM_SHM_LOCKS 8

/* Bytes that images, and copies of disks, share until one of them writes. */
typedef struct {
    int refs;
    unsigned char bytes[SIM_BLOCK];
} Block;

/* NULL: zeros. */
typedef struct {
    Block *written;
    Block *synced;
    int is_dirty;
} Slot;

typedef struct {
    int refs;
    int region_count;
    void **regions;
    int shared[SIM_SHM_LOCKS];
    int exclusive[SIM_SHM_LOCKS];
} Shm;

/* A file or a folder, by whatever names. */
typedef struct Node {
    int refs;
    int is_folder;
    int64_t size, synced_size;
    /* Room taken ahead of what is written. */
    int64_t reserved;
    int64_t changed;
    Slot *slots;
    size_t slot_count;
    uint32_t *dirty;
    size_t dirty_count, dirty_room;
    /* SQLite's locks. */
    int shared_count, has_reserved, has_pending, has_exclusive;
    int is_leased;
    Shm *shm;
} Node;

/* One name, as written and as synced; NULL: nothing has it. */
typedef struct {
    char *path;
    Node *written;
    Node *synced;
    /* Which call changed it last: both names of a rename bear the same. */
    uint64_t change;
} Name;

typedef struct {
    uint64_t at;
    int kind, is_forever;
} Fault;

struct SimDisk {
    pthread_mutex_t mutex;
    /* The owner's and those of open files. */
    int refs;
    uint32_t id;
    char root[40];
    Name *names;
    size_t name_count, name_room;
    int is_dead;
    /* Counts processes: what an earlier one had open is dead. */
    uint64_t process;
    uint64_t calls, strikes[3], changes;
    uint64_t written, syncs;
    uint64_t kill_at;
    Fault fault;
    /* In bytes of whole blocks; negative: no bound. */
    int64_t capacity;
};

/* An open file of one process. */
typedef struct {
    SimDisk *disk;
    Node *node;
    uint64_t process;
    /* A folder's, for its sync. */
    char *path;
    int64_t offset;
    int lock;
    int has_lease;
    Shm *shm;
    unsigned shared_mask, exclusive_mask;
} Handle;

/* disks.c: a disk by its root, locked; NULL with errno where there is none. */
SimDisk *sim_disk_of(const char *path, const char **name);
void sim_unlock(SimDisk *disk);
/* Gives the lock and one reference back. */
void sim_leave(SimDisk *disk);

/* faults.c: 0, or the errno with which a call fails. */
int sim_strike(SimDisk *disk, int kind);
int sim_has_room(SimDisk *disk, Node *node, int64_t size, int64_t reserved);
uint64_t sim_next(uint64_t *state);

/* blocks.c */
Block *sim_block_keep(Block *block);
void sim_block_drop(Block *block);
Node *sim_node_new(int is_folder);
Node *sim_node_keep(Node *node);
void sim_node_drop(Node *node);
Node *sim_node_copy(const Node *node);
int sim_node_read(const Node *node, void *bytes, size_t count, int64_t offset);
int sim_node_write(Node *node, const void *bytes, size_t count, int64_t offset);
void sim_node_truncate(Node *node, int64_t size);
/* `is_kept`: what was dirty is durable now; else it never will be, unless it is written again. */
void sim_node_sync(Node *node, int is_kept);
void sim_node_cut_power(Node *node, int how, uint64_t *random);

/* names.c: names are below the root, the root's is empty. */
Name *sim_name(SimDisk *disk, const char *path);
Name *sim_name_make(SimDisk *disk, const char *path);
void sim_name_set(SimDisk *disk, Name *name, Node *written, uint64_t change);
int sim_has_folder(SimDisk *disk, const char *path);
void sim_folder_sync(SimDisk *disk, const char *folder);
void sim_names_sweep(SimDisk *disk);
size_t sim_parent_length(const char *path);

/* handles.c: all with the disk locked; 0 or an errno. */
int sim_open(SimDisk *disk, const char *path, int flags, Handle **handle);
void sim_close(Handle *handle);
int sim_is_alive(const Handle *handle);
int sim_write(Handle *handle, const void *bytes, size_t count, int64_t offset);
int sim_sync(Handle *handle);
int sim_remove(SimDisk *disk, const char *path);

/* locks.c: SQLite results, with the disk locked. */
int sim_lock(Handle *handle, int level);
void sim_unlock_to(Handle *handle, int level);
int sim_shm_map(Handle *handle, int region, int size, int extend, void volatile **memory);
int sim_shm_lock(Handle *handle, int offset, int count, int flags);
void sim_shm_leave(Handle *handle);

#endif
