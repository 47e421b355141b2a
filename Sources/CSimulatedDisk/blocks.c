/* The bytes of a file, in two images that share what is the same. */
#include "disk.h"
#include <stdlib.h>
#include <string.h>

Block *sim_block_keep(Block *block) {
    if (block) __atomic_add_fetch(&block->refs, 1, __ATOMIC_RELAXED);
    return block;
}

void sim_block_drop(Block *block) {
    if (block && __atomic_sub_fetch(&block->refs, 1, __ATOMIC_ACQ_REL) == 0) free(block);
}

static Block *block_new(void) {
    Block *block = malloc(sizeof(Block));
    if (block) block->refs = 1;
    return block;
}

Node *sim_node_new(int is_folder) {
    Node *node = calloc(1, sizeof(Node));
    if (!node) return NULL;
    node->refs = 1;
    node->is_folder = is_folder;
    return node;
}

Node *sim_node_keep(Node *node) {
    if (node) node->refs += 1;
    return node;
}

void sim_node_drop(Node *node) {
    if (!node || --node->refs > 0) return;
    for (size_t i = 0; i < node->slot_count; i++) {
        sim_block_drop(node->slots[i].written);
        sim_block_drop(node->slots[i].synced);
    }
    free(node->slots);
    free(node->dirty);
    free(node);
}

static int mark_dirty(Node *node, size_t index) {
    Slot *slot = &node->slots[index];
    if (slot->is_dirty) return 1;
    if (node->dirty_count == node->dirty_room) {
        size_t room = node->dirty_room ? 2 * node->dirty_room : 16;
        uint32_t *dirty = realloc(node->dirty, room * sizeof(*dirty));
        if (!dirty) return 0;
        node->dirty = dirty;
        node->dirty_room = room;
    }
    slot->is_dirty = 1;
    node->dirty[node->dirty_count++] = (uint32_t)index;
    return 1;
}

static int grow_slots(Node *node, size_t count) {
    if (count <= node->slot_count) return 1;
    size_t room = node->slot_count ? node->slot_count : 4;
    while (room < count) room *= 2;
    Slot *slots = realloc(node->slots, room * sizeof(*slots));
    if (!slots) return 0;
    memset(slots + node->slot_count, 0, (room - node->slot_count) * sizeof(*slots));
    node->slots = slots;
    node->slot_count = room;
    return 1;
}

Node *sim_node_copy(const Node *node) {
    Node *copy = sim_node_new(node->is_folder);
    if (!copy) return NULL;
    copy->size = node->size;
    copy->synced_size = node->synced_size;
    copy->reserved = node->reserved;
    copy->changed = node->changed;
    if (!grow_slots(copy, node->slot_count)) return sim_node_drop(copy), NULL;
    for (size_t i = 0; i < node->slot_count; i++) {
        copy->slots[i].written = sim_block_keep(node->slots[i].written);
        copy->slots[i].synced = sim_block_keep(node->slots[i].synced);
        if (node->slots[i].is_dirty && !mark_dirty(copy, i)) return sim_node_drop(copy), NULL;
    }
    return copy;
}

/* A block that only the written image has, with what it held. */
static Block *own(Node *node, size_t index, int is_overwritten) {
    Slot *slot = &node->slots[index];
    if (!mark_dirty(node, index)) return NULL;
    if (slot->written && __atomic_load_n(&slot->written->refs, __ATOMIC_ACQUIRE) == 1) {
        return slot->written;
    }
    Block *block = block_new();
    if (!block) return NULL;
    if (!is_overwritten) {
        if (slot->written) memcpy(block->bytes, slot->written->bytes, SIM_BLOCK);
        else memset(block->bytes, 0, SIM_BLOCK);
    }
    sim_block_drop(slot->written);
    slot->written = block;
    return block;
}

/* How many bytes were there; the rest are zeros. */
int sim_node_read(const Node *node, void *bytes, size_t count, int64_t offset) {
    size_t there = 0;
    if (offset < node->size) {
        int64_t left = node->size - offset;
        there = (int64_t)count < left ? count : (size_t)left;
    }
    unsigned char *target = bytes;
    for (size_t done = 0; done < there;) {
        size_t index = (size_t)((offset + (int64_t)done) / SIM_BLOCK);
        size_t start = (size_t)((offset + (int64_t)done) % SIM_BLOCK);
        size_t part = SIM_BLOCK - start;
        if (part > there - done) part = there - done;
        const Block *block = index < node->slot_count ? node->slots[index].written : NULL;
        if (block) memcpy(target + done, block->bytes + start, part);
        else memset(target + done, 0, part);
        done += part;
    }
    if (there < count) memset(target + there, 0, count - there);
    return (int)there;
}

/* 0: no memory. */
int sim_node_write(Node *node, const void *bytes, size_t count, int64_t offset) {
    const unsigned char *source = bytes;
    int64_t end = offset + (int64_t)count;
    if (!grow_slots(node, (size_t)((end + SIM_BLOCK - 1) / SIM_BLOCK))) return 0;
    for (size_t done = 0; done < count;) {
        size_t index = (size_t)((offset + (int64_t)done) / SIM_BLOCK);
        size_t start = (size_t)((offset + (int64_t)done) % SIM_BLOCK);
        size_t part = SIM_BLOCK - start;
        if (part > count - done) part = count - done;
        Block *block = own(node, index, part == SIM_BLOCK);
        if (!block) return 0;
        memcpy(block->bytes + start, source + done, part);
        done += part;
    }
    if (end > node->size) node->size = end;
    node->changed += 1;
    return 1;
}

void sim_node_truncate(Node *node, int64_t size) {
    size_t whole = (size_t)((size + SIM_BLOCK - 1) / SIM_BLOCK);
    for (size_t i = whole; i < node->slot_count; i++) {
        if (!node->slots[i].written || !mark_dirty(node, i)) continue;
        sim_block_drop(node->slots[i].written);
        node->slots[i].written = NULL;
    }
    size_t rest = (size_t)(size % SIM_BLOCK);
    if (rest && whole <= node->slot_count && node->slots[whole - 1].written) {
        Block *block = own(node, whole - 1, 0);
        if (block) memset(block->bytes + rest, 0, SIM_BLOCK - rest);
    }
    node->size = size;
    if (node->reserved > size) node->reserved = size;
    node->changed += 1;
}

void sim_node_sync(Node *node, int is_kept) {
    for (size_t i = 0; i < node->dirty_count; i++) {
        Slot *slot = &node->slots[node->dirty[i]];
        slot->is_dirty = 0;
        if (!is_kept) continue;
        sim_block_drop(slot->synced);
        slot->synced = sim_block_keep(slot->written);
    }
    node->dirty_count = 0;
    if (is_kept) node->synced_size = node->size;
}

static void tear(Slot *slot, uint64_t *random) {
    Block *torn = block_new();
    if (!torn) return;
    for (size_t at = 0; at < SIM_BLOCK; at += SIM_SECTOR) {
        const Block *from = sim_next(random) & 1 ? slot->written : slot->synced;
        if (from) memcpy(torn->bytes + at, from->bytes + at, SIM_SECTOR);
        else memset(torn->bytes + at, 0, SIM_SECTOR);
    }
    sim_block_drop(slot->written);
    slot->written = torn;
}

void sim_node_cut_power(Node *node, int how, uint64_t *random) {
    int is_long = how == SIM_POWER_KEPT || (how == SIM_POWER_TORN && (sim_next(random) & 1));
    for (size_t i = 0; i < node->slot_count; i++) {
        Slot *slot = &node->slots[i];
        slot->is_dirty = 0;
        if (slot->written == slot->synced) continue;
        if (how == SIM_POWER_TORN) {
            tear(slot, random);
        } else if (how == SIM_POWER_LOST) {
            sim_block_drop(slot->written);
            slot->written = sim_block_keep(slot->synced);
        }
        sim_block_drop(slot->synced);
        slot->synced = sim_block_keep(slot->written);
    }
    node->dirty_count = 0;
    /* Bytes beyond the end read as zeros if the file grows again. */
    sim_node_truncate(node, is_long ? node->size : node->synced_size);
    sim_node_sync(node, 1);
}
