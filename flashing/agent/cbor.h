/* SPDX-License-Identifier: Apache-2.0 */
/* As much CBOR (RFC 8949) as SMP needs: a map of text keys, read in place; and a writer into a fixed buffer. */
#ifndef KEYSTAMP_AGENT_CBOR_H
#define KEYSTAMP_AGENT_CBOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KS_CBOR_UINT 0
#define KS_CBOR_BYTES 2
#define KS_CBOR_TEXT 3

typedef struct {
    uint8_t major;
    uint32_t value;      /* the number, or the length of data */
    const uint8_t *data; /* bytes and texts; inside the message */
} ks_item;

/* Whether the bytes are one well-formed map with text keys and nothing after it. Lengths are definite, but for the map
 * itself, which may be of indefinite length; numbers fit 32 bits. */
bool ks_cbor_is_map(const uint8_t *map, size_t length);
/* The value of a key of that major type in a map that ks_cbor_is_map has accepted. */
bool ks_cbor_find(const uint8_t *map, size_t length, const char *key, uint8_t major, ks_item *item);

/* Writes nothing past the end; `full` then stays true. */
typedef struct {
    uint8_t *at;
    uint8_t *end;
    bool full;
} ks_writer;

void ks_cbor_map(ks_writer *writer, uint32_t pairs);
void ks_cbor_text(ks_writer *writer, const char *text, size_t length);
void ks_cbor_key(ks_writer *writer, const char *key);
void ks_cbor_bytes(ks_writer *writer, const uint8_t *bytes, size_t length);
void ks_cbor_uint(ks_writer *writer, uint32_t value);
void ks_cbor_bool(ks_writer *writer, bool value);

#ifdef __cplusplus
}
#endif
#endif
