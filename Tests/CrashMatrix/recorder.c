// Preloaded into lucky or lucky-hub: writes down, in order and with their bytes, all that the
// program does to the folders of LUCKY_CRASH_ROOTS, and what it says; fails or kills on request.
//
//   LUCKY_CRASH_ROOTS   absolute folders, separated by colons
//   LUCKY_CRASH_LOG     the file that gets the events, appended; see events.py for its form
//   LUCKY_CRASH_FAULT   kill:N       SIGKILL instead of the Nth event
//                       enospc:N     from the Nth event on, whatever needs room fails
//                       eio-once:N   the Nth event fails
//                       eio-ever:N   from the Nth event on, all fail
//                       drop-sync:1  syncs say that they are done and do nothing
//   LUCKY_CRASH_SLOW    milliseconds that each sync takes
//
// One lock is held over call and note, so that the order of the notes is that of the calls. The
// calls are made as system calls: nothing of libc's is looked up.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int log_file = -1;
static const char *roots = "";
static char fault[16];
static long fault_at = 0, events = 0, slow_sync = 0;

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("LUCKY_CRASH_LOG"), *wish = getenv("LUCKY_CRASH_FAULT");
    if (getenv("LUCKY_CRASH_ROOTS")) roots = getenv("LUCKY_CRASH_ROOTS");
    if (wish) sscanf(wish, "%15[^:]:%ld", fault, &fault_at);
    if (getenv("LUCKY_CRASH_SLOW")) slow_sync = atol(getenv("LUCKY_CRASH_SLOW"));
    if (!path) return;
    int file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    // Out of the way of programs that count on small numbers.
    log_file = fcntl(file, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, file);
}

struct head {
    uint8_t kind, spare[3];
    int32_t pid;
    uint64_t node;
    int64_t at;
    uint32_t path_bytes, data_bytes;
};

// With the lock. One system call: programs that run side by side share the file.
static void note(char kind, uint64_t node, int64_t at, const char *path, const struct iovec *data,
                 int parts, size_t bytes) {
    if (log_file < 0) return;
    struct head head = {kind, {0}, getpid(), node, at, path ? strlen(path) : 0, 0};
    struct iovec out[66] = {{&head, sizeof head}, {(void *)path, head.path_bytes}};
    int count = 2;
    for (int i = 0; i < parts && count < 66 && bytes > 0; i++) {
        size_t part = data[i].iov_len < bytes ? data[i].iov_len : bytes;
        out[count++] = (struct iovec){data[i].iov_base, part};
        head.data_bytes += part;
        bytes -= part;
    }
    int kept = errno;
    size_t all = sizeof head + head.path_bytes + head.data_bytes;
    if (syscall(SYS_writev, log_file, out, count) != (long)all) abort();
    errno = kept;
}

static int ends(const char *path, const char *tail) {
    size_t a = strlen(path), b = strlen(tail);
    return a >= b && strcmp(path + a - b, tail) == 0;
}

// Below a root, and not memory shared between processes, which no power cut leaves behind.
static int is_ours(const char *path) {
    if (ends(path, "-shm")) return 0;
    for (const char *root = roots; *root;) {
        size_t length = strcspn(root, ":");
        if (length && strncmp(path, root, length) == 0 &&
            (path[length] == '/' || path[length] == 0))
            return 1;
        root += length + (root[length] == ':');
    }
    return 0;
}

// Absolute, without "//" and "/./"; links are not followed.
static void absolute(int folder, const char *path, char out[PATH_MAX]) {
    char whole[PATH_MAX * 2] = "";
    if (path[0] != '/') {
        char link[64];
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d",
                 folder);
        ssize_t length = readlink(link, whole, PATH_MAX - 1);
        whole[length > 0 ? length : 0] = 0;
        strcat(whole, "/");
    }
    strncat(whole, path, PATH_MAX - 1);
    size_t to = 0;
    for (size_t i = 0; whole[i] && to < PATH_MAX - 1; i++) {
        if (whole[i] == '/' && (whole[i + 1] == '/' || whole[i + 1] == 0) && to + i > 0) continue;
        if (whole[i] == '/' && whole[i + 1] == '.' && whole[i + 2] == '/') { i++; continue; }
        out[to++] = whole[i];
    }
    out[to] = 0;
}

// What a descriptor is: its node where it is ours, 0 where not. A file that lost its name is not.
static uint64_t node_of(int file, char path[PATH_MAX], int *is_folder) {
    struct stat info;
    int kept = errno;
    if (fstat(file, &info) != 0 || !(S_ISREG(info.st_mode) || S_ISDIR(info.st_mode))) {
        errno = kept;
        return 0;
    }
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    errno = kept;
    *is_folder = S_ISDIR(info.st_mode);
    return is_ours(path) ? info.st_ino : 0;
}

// Counts an event that is about to happen. Returns the errno it must fail with, or 0.
static int strike(int needs_room) {
    events++;
    if (strcmp(fault, "kill") == 0 && events == fault_at) kill(getpid(), SIGKILL);
    if (strcmp(fault, "enospc") == 0 && events >= fault_at && needs_room) return ENOSPC;
    if (strcmp(fault, "eio-once") == 0 && events == fault_at) return EIO;
    if (strcmp(fault, "eio-ever") == 0 && events >= fault_at) return EIO;
    return 0;
}

static long failed(int code) {
    pthread_mutex_unlock(&turn);
    errno = code;
    return -1;
}

// MARK: Writing

static ssize_t write_parts(int file, const struct iovec *parts, int count, int64_t at) {
    char path[PATH_MAX];
    int is_folder;
    if (file == 1) {
        pthread_mutex_lock(&turn);
        ssize_t done = syscall(SYS_writev, file, parts, count);
        if (done > 0) note('O', 0, 0, NULL, parts, count, done);
        pthread_mutex_unlock(&turn);
        return done;
    }
    pthread_mutex_lock(&turn);
    uint64_t node = node_of(file, path, &is_folder);
    if (!node) {
        pthread_mutex_unlock(&turn);
        // Not under the lock: a socket may make the caller wait. Noted before it is sent.
        struct stat info;
        if (fstat(file, &info) == 0 && S_ISSOCK(info.st_mode) && count > 0) {
            size_t all = 0;
            for (int i = 0; i < count; i++) all += parts[i].iov_len;
            pthread_mutex_lock(&turn);
            note('S', 0, 0, NULL, parts, count, all);
            pthread_mutex_unlock(&turn);
        }
        return at < 0 ? syscall(SYS_writev, file, parts, count)
                      : syscall(SYS_pwritev, file, parts, count, at, 0L);
    }
    int code = strike(1);
    if (code) return failed(code);
    struct stat info;
    if (at < 0) {
        fstat(file, &info);
        at = fcntl(file, F_GETFL) & O_APPEND ? info.st_size : lseek(file, 0, SEEK_CUR);
        ssize_t done = syscall(SYS_writev, file, parts, count);
        if (done > 0) note('W', node, at, NULL, parts, count, done);
        pthread_mutex_unlock(&turn);
        return done;
    }
    ssize_t done = syscall(SYS_pwritev, file, parts, count, at, 0L);
    if (done > 0) note('W', node, at, NULL, parts, count, done);
    pthread_mutex_unlock(&turn);
    return done;
}

EXPORT ssize_t write(int file, const void *data, size_t bytes) {
    struct iovec part = {(void *)data, bytes};
    return write_parts(file, &part, 1, -1);
}
EXPORT ssize_t writev(int file, const struct iovec *parts, int count) {
    return write_parts(file, parts, count, -1);
}
EXPORT ssize_t pwrite(int file, const void *data, size_t bytes, off_t at) {
    struct iovec part = {(void *)data, bytes};
    return write_parts(file, &part, 1, at);
}
EXPORT ssize_t pwrite64(int file, const void *data, size_t bytes, off64_t at) {
    return pwrite(file, data, bytes, at);
}
EXPORT ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) {
    return write_parts(file, parts, count, at);
}
EXPORT ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t at) {
    return write_parts(file, parts, count, at);
}
EXPORT ssize_t send(int file, const void *data, size_t bytes, int flags) {
    struct iovec part = {(void *)data, bytes};
    pthread_mutex_lock(&turn);
    note('S', 0, 0, NULL, &part, 1, bytes);
    pthread_mutex_unlock(&turn);
    return syscall(SYS_sendto, file, data, bytes, flags, NULL, 0);
}
// Copies within the kernel cannot be noted: say so, and the caller falls back to writing.
EXPORT ssize_t sendfile(int out, int in, off_t *at, size_t bytes) {
    char path[PATH_MAX];
    int is_folder;
    pthread_mutex_lock(&turn);
    int ours = node_of(out, path, &is_folder) != 0;
    pthread_mutex_unlock(&turn);
    if (ours) { errno = EINVAL; return -1; }
    return syscall(SYS_sendfile, out, in, at, bytes);
}

// MARK: Lengths

static int set_length(int file, off_t length) {
    char path[PATH_MAX];
    int is_folder;
    pthread_mutex_lock(&turn);
    uint64_t node = node_of(file, path, &is_folder);
    int code = node ? strike(0) : 0;
    if (code) return failed(code);
    int done = syscall(SYS_ftruncate, file, length);
    if (node && done == 0) note('T', node, length, NULL, NULL, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
EXPORT int ftruncate(int file, off_t length) { return set_length(file, length); }
EXPORT int ftruncate64(int file, off64_t length) { return set_length(file, length); }
EXPORT int truncate(const char *path, off_t length) {
    int file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
    if (file < 0) return -1;
    int done = set_length(file, length);
    int kept = errno;
    syscall(SYS_close, file);
    errno = kept;
    return done;
}
static int reserve(int file, int mode, off_t at, off_t bytes) {
    char path[PATH_MAX];
    int is_folder;
    pthread_mutex_lock(&turn);
    uint64_t node = node_of(file, path, &is_folder);
    int code = node ? strike(1) : 0;
    if (code) return failed(code);
    int done = syscall(SYS_fallocate, file, mode, at, bytes);
    if (node && done == 0) note('A', node, at + bytes, NULL, NULL, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
EXPORT int fallocate(int file, int mode, off_t at, off_t bytes) {
    return reserve(file, mode, at, bytes);
}
EXPORT int fallocate64(int file, int mode, off64_t at, off64_t bytes) {
    return reserve(file, mode, at, bytes);
}
EXPORT int posix_fallocate(int file, off_t at, off_t bytes) {
    return reserve(file, 0, at, bytes) == 0 ? 0 : errno;
}
EXPORT int posix_fallocate64(int file, off64_t at, off64_t bytes) {
    return posix_fallocate(file, at, bytes);
}

// MARK: Syncs

static int sync_file(int file, int call) {
    char path[PATH_MAX];
    int is_folder = 0;
    pthread_mutex_lock(&turn);
    uint64_t node = node_of(file, path, &is_folder);
    if (node && slow_sync) {
        // Not under the lock: whoever is not synced goes on meanwhile.
        pthread_mutex_unlock(&turn);
        usleep(slow_sync * 1000);
        pthread_mutex_lock(&turn);
    }
    if (node && strcmp(fault, "drop-sync") == 0) {
        events++;
        pthread_mutex_unlock(&turn);
        return 0;
    }
    int code = node ? strike(0) : 0;
    if (code) return failed(code);
    // Noted instead of done: the replay decides what a power cut leaves.
    int done = node ? 0 : syscall(call, file);
    if (node) note('F', node, 0, is_folder ? path : NULL, NULL, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
EXPORT int fsync(int file) { return sync_file(file, SYS_fsync); }
EXPORT int fdatasync(int file) { return sync_file(file, SYS_fdatasync); }

// MARK: Names

static int open_file(int folder, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    absolute(folder, name, path);
    if (!(flags & (O_CREAT | O_TRUNC)) || !is_ours(path))
        return syscall(SYS_openat, folder, name, flags, mode);
    struct stat info;
    pthread_mutex_lock(&turn);
    int is_new = fstatat(AT_FDCWD, path, &info, 0) != 0;
    int cuts = !is_new && (flags & O_TRUNC) && info.st_size > 0;
    int code = is_new || cuts ? strike(is_new) : 0;
    if (code) return failed(code);
    int file = syscall(SYS_openat, folder, name, flags, mode);
    if (file >= 0 && fstat(file, &info) == 0) {
        if (is_new) note('C', info.st_ino, 0, path, NULL, 0, 0);
        if (cuts) note('T', info.st_ino, 0, NULL, NULL, 0, 0);
    }
    pthread_mutex_unlock(&turn);
    return file;
}

#define MODE(last)                              \
    mode_t mode = 0;                            \
    if (flags & (O_CREAT | O_TMPFILE)) {        \
        va_list rest;                           \
        va_start(rest, last);                   \
        mode = va_arg(rest, mode_t);            \
        va_end(rest);                           \
    }
EXPORT int open(const char *path, int flags, ...) {
    MODE(flags)
    return open_file(AT_FDCWD, path, flags, mode);
}
EXPORT int open64(const char *path, int flags, ...) {
    MODE(flags)
    return open_file(AT_FDCWD, path, flags, mode);
}
EXPORT int openat(int folder, const char *path, int flags, ...) {
    MODE(flags)
    return open_file(folder, path, flags, mode);
}
EXPORT int openat64(int folder, const char *path, int flags, ...) {
    MODE(flags)
    return open_file(folder, path, flags, mode);
}
EXPORT int creat(const char *path, mode_t mode) {
    return open_file(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
EXPORT int mkstemp(char *pattern) {
    static unsigned number = 0;
    char digits[16];
    for (int tries = 0; tries < 1000; tries++) {
        snprintf(digits, sizeof digits, "%06x", (getpid() * 4099u + number++) & 0xffffff);
        memcpy(pattern + strlen(pattern) - 6, digits, 6);
        int file = open_file(AT_FDCWD, pattern, O_RDWR | O_CREAT | O_EXCL, 0600);
        if (file >= 0 || errno != EEXIST) return file;
    }
    return -1;
}

EXPORT int mkdirat(int folder, const char *name, mode_t mode) {
    char path[PATH_MAX];
    struct stat info;
    absolute(folder, name, path);
    if (!is_ours(path)) return syscall(SYS_mkdirat, folder, name, mode);
    pthread_mutex_lock(&turn);
    int is_new = fstatat(AT_FDCWD, path, &info, 0) != 0;
    int code = is_new ? strike(1) : 0;
    if (code) return failed(code);
    int done = syscall(SYS_mkdirat, folder, name, mode);
    if (done == 0) note('D', 0, 0, path, NULL, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
EXPORT int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

// Two names travel as one path with a zero byte written as a line break between them.
static int two_names(char kind, int a, const char *from, int b, const char *to, unsigned flags) {
    char first[PATH_MAX], second[PATH_MAX], both[PATH_MAX * 2 + 2];
    absolute(a, from, first);
    absolute(b, to, second);
    int ours = is_ours(first) || is_ours(second);
    pthread_mutex_lock(&turn);
    int code = ours ? strike(1) : 0;
    if (code) return failed(code);
    int done = kind == 'R' ? syscall(SYS_renameat2, a, from, b, to, flags)
                           : syscall(SYS_linkat, a, from, b, to, flags);
    snprintf(both, sizeof both, "%s\n%s", first, second);
    if (ours && done == 0) note(kind, 0, 0, both, NULL, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
EXPORT int rename(const char *from, const char *to) {
    return two_names('R', AT_FDCWD, from, AT_FDCWD, to, 0);
}
EXPORT int renameat(int a, const char *from, int b, const char *to) {
    return two_names('R', a, from, b, to, 0);
}
EXPORT int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    return two_names('R', a, from, b, to, flags);
}
EXPORT int link(const char *from, const char *to) {
    return two_names('L', AT_FDCWD, from, AT_FDCWD, to, 0);
}
EXPORT int linkat(int a, const char *from, int b, const char *to, int flags) {
    return two_names('L', a, from, b, to, flags);
}
EXPORT int unlinkat(int folder, const char *name, int flags) {
    char path[PATH_MAX];
    struct stat info;
    absolute(folder, name, path);
    if (!is_ours(path)) return syscall(SYS_unlinkat, folder, name, flags);
    pthread_mutex_lock(&turn);
    int is_there = fstatat(AT_FDCWD, path, &info, AT_SYMLINK_NOFOLLOW) == 0;
    int code = is_there ? strike(0) : 0;
    if (code) return failed(code);
    int done = syscall(SYS_unlinkat, folder, name, flags);
    if (done == 0) note('U', 0, 0, path, NULL, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
EXPORT int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
EXPORT int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
EXPORT int remove(const char *path) {
    struct stat info;
    int is_folder = fstatat(AT_FDCWD, path, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
                    S_ISDIR(info.st_mode);
    return unlinkat(AT_FDCWD, path, is_folder ? AT_REMOVEDIR : 0);
}
