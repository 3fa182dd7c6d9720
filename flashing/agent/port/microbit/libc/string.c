/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

void *memcpy(void *to, const void *from, size_t length) {
    unsigned char *t = to;
    const unsigned char *f = from;
    while (length-- > 0) *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t length) {
    unsigned char *t = to;
    const unsigned char *f = from;
    if (t <= f) return memcpy(to, from, length);
    while (length-- > 0) t[length] = f[length];
    return to;
}

void *memset(void *to, int value, size_t length) {
    unsigned char *t = to;
    while (length-- > 0) *t++ = (unsigned char)value;
    return to;
}

int memcmp(const void *left, const void *right, size_t length) {
    const unsigned char *l = left;
    const unsigned char *r = right;
    for (; length > 0; --length, ++l, ++r) {
        if (*l != *r) return *l < *r ? -1 : 1;
    }
    return 0;
}

size_t strlen(const char *text) {
    const char *end = text;
    while (*end != '\0') ++end;
    return (size_t)(end - text);
}
