/* SPDX-License-Identifier: Apache-2.0 */
/* All of the C library that the agent and BearSSL want; a product that has a C library leaves this folder out. */
#ifndef KEYSTAMP_MICROBIT_STRING_H
#define KEYSTAMP_MICROBIT_STRING_H

#include <stddef.h>

void *memcpy(void *to, const void *from, size_t length);
void *memmove(void *to, const void *from, size_t length);
void *memset(void *to, int value, size_t length);
int memcmp(const void *left, const void *right, size_t length);
size_t strlen(const char *text);

#endif
