// SPDX-License-Identifier: Apache-2.0
// A preload library that counts a process's durable and outgoing calls and can kill it before the Nth of them, so that a
// test can stop station, signer and worker at every edge of the way of a unit.
//
//   KEYSTAMP_PROBE_COUNTS=FILE    two 64-bit counters, shared by all processes: fsyncs, edges (fsyncs and messages)
//   KEYSTAMP_PROBE_VICTIM=WHO     station | signer | worker: which process is counted for the kill
//   KEYSTAMP_PROBE_KILL_AT=N      SIGKILL before its Nth edge; once, in whichever process gets there first
//   KEYSTAMP_PROBE_KILL_PID=PID   that process instead of the counted one
//   KEYSTAMP_PROBE_KILLED=FILE    made when it was done
#define _GNU_SOURCE
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "tests/support/preload.h"

struct counters {
    _Atomic uint64_t fsyncs;
    _Atomic uint64_t edges;
};

static struct counters *g_counts;
static _Atomic uint64_t g_mine;
static uint64_t g_killAt;
static pid_t g_target; // 0: this process
static int g_victim;

__attribute__((constructor)) static void begin(void) {
    const char *counts = getenv("KEYSTAMP_PROBE_COUNTS");
    if (counts != NULL) {
        const int fd = open(counts, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd >= 0 && ftruncate(fd, sizeof(struct counters)) == 0) {
            void *page = mmap(NULL, sizeof(struct counters), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
            if (page != MAP_FAILED) g_counts = page;
        }
        if (fd >= 0) close(fd);
    }
    const char *victim = getenv("KEYSTAMP_PROBE_VICTIM");
    const char *killAt = getenv("KEYSTAMP_PROBE_KILL_AT");
    g_victim = victim != NULL && isVictim(victim);
    if (killAt != NULL) g_killAt = strtoull(killAt, NULL, 10);
    const char *target = getenv("KEYSTAMP_PROBE_KILL_PID");
    if (target != NULL) g_target = (pid_t)strtol(target, NULL, 10);
}

static void edge(int isFsync) {
    if (g_counts != NULL && isFsync) atomic_fetch_add(&g_counts->fsyncs, 1);
    if (!g_victim) return;
    if (g_counts != NULL) atomic_fetch_add(&g_counts->edges, 1);
    if (atomic_fetch_add(&g_mine, 1) + 1 != g_killAt) return;
    const char *killed = getenv("KEYSTAMP_PROBE_KILLED");
    if (killed == NULL) return;
    const int fd = open(killed, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) kill(g_target != 0 ? g_target : getpid(), SIGKILL);
}

static int isSocket(int fd) {
    struct stat info;
    return fstat(fd, &info) == 0 && S_ISSOCK(info.st_mode);
}

int fsync(int fd) {
    REAL(fsync)
    edge(1);
    return real(fd);
}

int fdatasync(int fd) {
    REAL(fdatasync)
    edge(1);
    return real(fd);
}

ssize_t send(int fd, const void *bytes, size_t size, int flags) {
    REAL(send)
    edge(0);
    return real(fd, bytes, size, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    REAL(sendmsg)
    edge(0);
    return real(fd, message, flags);
}

ssize_t write(int fd, const void *bytes, size_t size) {
    REAL(write)
    if (g_victim && isSocket(fd)) edge(0);
    return real(fd, bytes, size);
}
