/* A disk with bad moments, put before libc by LD_PRELOAD: bench/failing_disk_drill.py.

   In files below FAILING_FOLDER, one call in FAILING_ONE_IN fails at random: a write
   writes half and says so, or fails with EIO, as reads, syncs and truncations do. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static _Thread_local unsigned int dice;

static int fails(int fd) {
    static const char *folder, *one_in;
    if (!folder) {
        folder = getenv("FAILING_FOLDER");
        one_in = getenv("FAILING_ONE_IN");
    }
    if (!folder || !one_in) return 0;
    if (!dice) dice = atoi(getenv("FAILING_SEED") ?: "1") * 7919u + getpid();
    if (rand_r(&dice) % atoi(one_in)) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return !strncmp(path, folder, strlen(folder));
}

static int failed(void) {
    errno = EIO;
    return -1;
}

#define REAL(type, name, ...)                                             \
    static type (*real)(__VA_ARGS__);                                     \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name);

#define WRITE(name)                                                       \
    ssize_t name(int fd, const void *data, size_t size) {                 \
        REAL(ssize_t, name, int, const void *, size_t)                    \
        if (!fails(fd)) return real(fd, data, size);                      \
        return rand_r(&dice) % 2 && size > 1 ? real(fd, data, size / 2)   \
                                             : failed();                  \
    }

#define PWRITE(name)                                                      \
    ssize_t name(int fd, const void *data, size_t size, off_t at) {       \
        REAL(ssize_t, name, int, const void *, size_t, off_t)             \
        if (!fails(fd)) return real(fd, data, size, at);                  \
        return rand_r(&dice) % 2 && size > 1                              \
                   ? real(fd, data, size / 2, at)                         \
                   : failed();                                            \
    }

#define PREAD(name)                                                       \
    ssize_t name(int fd, void *data, size_t size, off_t at) {             \
        REAL(ssize_t, name, int, void *, size_t, off_t)                   \
        return fails(fd) ? failed() : real(fd, data, size, at);           \
    }

#define SYNC(name)                                                        \
    int name(int fd) {                                                    \
        REAL(int, name, int)                                              \
        return fails(fd) ? failed() : real(fd);                           \
    }

#define TRUNCATE(name)                                                    \
    int name(int fd, off_t size) {                                        \
        REAL(int, name, int, off_t)                                       \
        return fails(fd) ? failed() : real(fd, size);                     \
    }

WRITE(write)
PWRITE(pwrite)
PWRITE(pwrite64)
PREAD(pread)
PREAD(pread64)
SYNC(fsync)
SYNC(fdatasync)
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

ssize_t read(int fd, void *data, size_t size) {
    REAL(ssize_t, read, int, void *, size_t)
    return fails(fd) ? failed() : real(fd, data, size);
}
