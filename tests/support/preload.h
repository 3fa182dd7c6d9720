// SPDX-License-Identifier: Apache-2.0
// What the preload libraries share: which of Keystamp's processes this one is, and the functions that they stand before.
// Define _GNU_SOURCE first.
#pragma once

#include <dlfcn.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/// `who`: station (`keystamp run`), signer or worker.
static int isVictim(const char *who) {
    char line[4096] = {0};
    const int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    const ssize_t size = fd < 0 ? 0 : read(fd, line, sizeof line - 2);
    if (fd >= 0) close(fd);
    const char *program = strrchr(line, '/') != NULL ? strrchr(line, '/') + 1 : line;
    int worker = 0;
    int run = 0;
    for (const char *word = line; word < line + size; word += strlen(word) + 1) {
        worker |= strncmp(word, "--worker", 8) == 0;
        run |= strcmp(word, "run") == 0;
    }
    const int signer = strcmp(program, "keystamp-signer") == 0;
    if (strcmp(who, "worker") == 0) return signer && worker;
    if (strcmp(who, "signer") == 0) return signer && !worker;
    return strcmp(program, "keystamp") == 0 && run;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (real == NULL) { \
        void *found = dlsym(RTLD_NEXT, #name); \
        memcpy(&real, &found, sizeof real); \
    }
