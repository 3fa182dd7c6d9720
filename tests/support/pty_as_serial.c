// SPDX-License-Identifier: Apache-2.0
// A preload library that makes libserialport take /dev/pts/N for a serial port: it invents the port's entry in sysfs and
// the modem lines, which a pseudo-terminal has not. All else goes through to the kernel.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char kEntry[] = "/sys/class/tty/pts/";
static const char kTarget[] = "../../devices/virtual/tty/pts";

static int isOurs(const char *path) { return strncmp(path, kEntry, sizeof kEntry - 1) == 0; }

static int pretendLink(struct stat *into) {
    memset(into, 0, sizeof *into);
    into->st_mode = S_IFLNK | 0777;
    return 0;
}

// libserialport was built when lstat was still a macro of the C library
int __lxstat(int version, const char *path, struct stat *into);
int __lxstat(int version, const char *path, struct stat *into) {
    static int (*next)(int, const char *, struct stat *);
    if (isOurs(path)) return pretendLink(into);
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "__lxstat");
    return next(version, path, into);
}

int lstat(const char *path, struct stat *into) {
    static int (*next)(const char *, struct stat *);
    if (isOurs(path)) return pretendLink(into);
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "lstat");
    return next(path, into);
}

ssize_t readlink(const char *path, char *into, size_t size) {
    static ssize_t (*next)(const char *, char *, size_t);
    if (isOurs(path)) {
        const size_t length = sizeof kTarget - 1 < size ? sizeof kTarget - 1 : size;
        memcpy(into, kTarget, length);
        return (ssize_t)length;
    }
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "readlink");
    return next(path, into, size);
}

int ioctl(int fd, unsigned long request, ...) {
    static int (*next)(int, unsigned long, ...);
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "ioctl");
    const int result = next(fd, request, argument);
    if (result == 0 || (errno != ENOTTY && errno != EINVAL)) return result;
    switch (request) {
        case TIOCMGET:
            *(int *)argument = TIOCM_DTR | TIOCM_RTS;
            return 0;
        case TIOCMSET:
        case TIOCMBIS:
        case TIOCMBIC:
            return 0;
        default:
            return result;
    }
}
