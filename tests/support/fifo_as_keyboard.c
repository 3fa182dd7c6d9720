// SPDX-License-Identifier: Apache-2.0
// A preload library that makes a FIFO of `struct input_event` a keyboard: it answers what libevdev asks of one. Grabs are counted;
// FIFO_AS_KEYBOARD_GRABBED in the environment makes it one that another program has.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <linux/input.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

int fifo_as_keyboard_grabs = 0;

static int isFifo(int fd) {
    struct stat status;
    return fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

static int answer(unsigned long request, void *into) {
    const unsigned number = _IOC_NR(request);
    const size_t size = _IOC_SIZE(request);
    if (request == EVIOCGRAB) {
        if (getenv("FIFO_AS_KEYBOARD_GRABBED") != NULL) {
            errno = EBUSY;
            return -1;
        }
        fifo_as_keyboard_grabs += into != NULL;
        return 0;
    }
    if (_IOC_DIR(request) != _IOC_READ) return 0;
    memset(into, 0, size);
    if (request == EVIOCGVERSION) *(int *)into = EV_VERSION;
    if (number == 0x06) memcpy(into, "FIFO", size < 5 ? size : 5);  // EVIOCGNAME
    if (number == 0x20) *(unsigned char *)into = 1u << EV_SYN | 1u << EV_KEY | 1u << EV_MSC;  // EVIOCGBIT(0)
    if (number == 0x20 + EV_KEY) memset(into, 0xff, size < 32 ? size : 32);
    return (int)size;
}

int ioctl(int fd, unsigned long request, ...) {
    static int (*next)(int, unsigned long, ...);
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "ioctl");
    if (_IOC_TYPE(request) == 'E' && isFifo(fd)) return answer(request, argument);
    return next(fd, request, argument);
}
