// SPDX-License-Identifier: Apache-2.0
// A preload library that is a disk which fails: from a process's Nth write or sync under a folder on, every one of them does, in all
// processes that carry it, until somebody takes the mark away.
//
//   KEYSTAMP_DISK_FOLDER=FOLDER   whose files are meant
//   KEYSTAMP_DISK_VICTIM=WHO      station | signer | worker: whose calls are counted
//   KEYSTAMP_DISK_COUNT=FILE      a 64-bit counter of them
//   KEYSTAMP_DISK_FAIL_AT=N       the Nth of them makes the mark and fails
//   KEYSTAMP_DISK_ERRNO=NUMBER    with this error: 28 is ENOSPC, 5 is EIO
//   KEYSTAMP_DISK_MARK=FILE       the disk fails while it is there
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "tests/support/preload.h"

static _Atomic uint64_t *g_count;
static _Atomic uint64_t g_mine;
static uint64_t g_failAt;
static int g_victim;
static int g_errno;
static const char *g_folder;
static const char *g_mark;

__attribute__((constructor)) static void begin(void) {
    g_folder = getenv("KEYSTAMP_DISK_FOLDER");
    g_mark = getenv("KEYSTAMP_DISK_MARK");
    const char *victim = getenv("KEYSTAMP_DISK_VICTIM");
    const char *failAt = getenv("KEYSTAMP_DISK_FAIL_AT");
    const char *number = getenv("KEYSTAMP_DISK_ERRNO");
    const char *count = getenv("KEYSTAMP_DISK_COUNT");
    g_victim = victim != NULL && isVictim(victim);
    if (failAt != NULL) g_failAt = strtoull(failAt, NULL, 10);
    if (number != NULL) g_errno = (int)strtol(number, NULL, 10);
    const int fd = count == NULL ? -1 : open(count, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return;
    void *page = ftruncate(fd, sizeof *g_count) != 0 ? MAP_FAILED : mmap(NULL, sizeof *g_count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (page != MAP_FAILED) g_count = page;
    close(fd);
}

static int isMeant(int fd) {
    char link[64];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, sizeof path);
    const size_t folder = g_folder == NULL ? 0 : strlen(g_folder);
    return folder != 0 && length > (ssize_t)folder && strncmp(path, g_folder, folder) == 0 && path[folder] == '/';
}

// Whether this call fails; errno says how.
static int fails(int fd) {
    const int before = errno;
    if (!isMeant(fd)) {
        errno = before;
        return 0;
    }
    if (g_victim) {
        if (g_count != NULL) atomic_fetch_add(g_count, 1);
        if (atomic_fetch_add(&g_mine, 1) + 1 == g_failAt && g_mark != NULL) {
            const int mark = open(g_mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
            if (mark >= 0) close(mark);
        }
    }
    const int failing = g_mark != NULL && access(g_mark, F_OK) == 0;
    errno = failing ? g_errno : before;
    return failing;
}

int fsync(int fd) {
    REAL(fsync)
    return fails(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
    REAL(fdatasync)
    return fails(fd) ? -1 : real(fd);
}

ssize_t write(int fd, const void *bytes, size_t size) {
    REAL(write)
    return fails(fd) ? -1 : real(fd, bytes, size);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
    REAL(pwrite)
    return fails(fd) ? -1 : real(fd, bytes, size, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    REAL(pwrite64)
    return fails(fd) ? -1 : real(fd, bytes, size, at);
}
