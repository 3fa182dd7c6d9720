/* SPDX-License-Identifier: Apache-2.0 */
#include "flashing/agent/cbor.h"

#include <string.h>

#define MAJOR_ARRAY 4
#define MAJOR_MAP 5
#define MAJOR_TAG 6
#define MAJOR_SIMPLE 7
#define INDEFINITE_MAP 0xBF
#define BREAK 0xFF

typedef struct {
    const uint8_t *at;
    const uint8_t *end;
} reader;

static bool read_item(reader *r, ks_item *item) {
    if (r->at == r->end) return false;
    const uint8_t first = *r->at++;
    const uint8_t info = first & 0x1F;
    item->major = (uint8_t)(first >> 5);
    item->data = NULL;
    item->value = info;
    if (info > 27) return false;
    if (info >= 24) {
        const size_t width = (size_t)1 << (info - 24);
        if ((size_t)(r->end - r->at) < width) return false;
        item->value = 0;
        for (size_t i = 0; i < width; ++i) {
            /* a float is skipped, so its bits may be lost; a number or length beyond 32 bits is refused */
            if ((item->value >> 24) != 0 && item->major != MAJOR_SIMPLE) return false;
            item->value = (item->value << 8) | r->at[i];
        }
        r->at += width;
    }
    if (item->major == KS_CBOR_BYTES || item->major == KS_CBOR_TEXT) {
        if (item->value > (size_t)(r->end - r->at)) return false;
        item->data = r->at;
        r->at += item->value;
    }
    return true;
}

/* One value with all that is nested in it; a counter, so that nesting costs no stack. */
static bool read_value(reader *r, ks_item *value) {
    ks_item inner;
    uint32_t left;
    if (!read_item(r, value)) return false;
    inner = *value;
    left = 0;
    for (;;) {
        uint32_t more = 0;
        if (inner.major == MAJOR_ARRAY) more = inner.value;
        if (inner.major == MAJOR_MAP) more = inner.value > 0xFFFF ? 0xFFFFFF : 2 * inner.value;
        if (inner.major == MAJOR_TAG) more = 1;
        if (more > (size_t)(r->end - r->at)) return false; /* each takes a byte at least */
        left += more;
        if (left == 0) return true;
        if (left > (size_t)(r->end - r->at)) return false;
        --left;
        if (!read_item(r, &inner)) return false;
    }
}

/* Walks the map; stops at `key` where one is given. */
static bool walk(const uint8_t *map, size_t length, const char *key, uint8_t major, ks_item *found) {
    reader r = {map, map + length};
    ks_item head;
    ks_item name;
    ks_item value;
    const bool indefinite = length > 0 && map[0] == INDEFINITE_MAP;
    uint32_t pairs = 0;
    if (indefinite) {
        r.at++;
    } else {
        if (!read_item(&r, &head) || head.major != MAJOR_MAP) return false;
        pairs = head.value;
    }
    for (;;) {
        if (indefinite) {
            if (r.at == r.end) return false;
            if (*r.at == BREAK) {
                r.at++;
                break;
            }
        } else if (pairs-- == 0) {
            break;
        }
        if (!read_item(&r, &name) || name.major != KS_CBOR_TEXT || !read_value(&r, &value)) return false;
        if (key != NULL && name.value == strlen(key) && memcmp(name.data, key, name.value) == 0) {
            if (value.major != major) return false;
            *found = value;
            return true;
        }
    }
    return key == NULL && r.at == r.end;
}

bool ks_cbor_is_map(const uint8_t *map, size_t length) { return walk(map, length, NULL, 0, NULL); }

bool ks_cbor_find(const uint8_t *map, size_t length, const char *key, uint8_t major, ks_item *item) {
    return walk(map, length, key, major, item);
}

static void put(ks_writer *w, const uint8_t *bytes, size_t length) {
    if (length > (size_t)(w->end - w->at)) {
        w->full = true;
        return;
    }
    if (length > 0) memcpy(w->at, bytes, length);
    w->at += length;
}

static void head(ks_writer *w, uint8_t major, uint32_t value) {
    uint8_t bytes[5];
    const uint8_t top = (uint8_t)(major << 5);
    bytes[1] = (uint8_t)(value >> 24);
    bytes[2] = (uint8_t)(value >> 16);
    bytes[3] = (uint8_t)(value >> 8);
    bytes[4] = (uint8_t)value;
    if (value < 24) {
        bytes[4] = (uint8_t)(top | value);
        put(w, &bytes[4], 1);
    } else if (value <= 0xFF) {
        bytes[3] = (uint8_t)(top | 24);
        put(w, &bytes[3], 2);
    } else if (value <= 0xFFFF) {
        bytes[2] = (uint8_t)(top | 25);
        put(w, &bytes[2], 3);
    } else {
        bytes[0] = (uint8_t)(top | 26);
        put(w, bytes, 5);
    }
}

void ks_cbor_map(ks_writer *writer, uint32_t pairs) { head(writer, MAJOR_MAP, pairs); }

void ks_cbor_text(ks_writer *writer, const char *text, size_t length) {
    head(writer, KS_CBOR_TEXT, (uint32_t)length);
    put(writer, (const uint8_t *)text, length);
}

void ks_cbor_key(ks_writer *writer, const char *key) { ks_cbor_text(writer, key, strlen(key)); }

void ks_cbor_bytes(ks_writer *writer, const uint8_t *bytes, size_t length) {
    head(writer, KS_CBOR_BYTES, (uint32_t)length);
    put(writer, bytes, length);
}

void ks_cbor_uint(ks_writer *writer, uint32_t value) { head(writer, KS_CBOR_UINT, value); }

void ks_cbor_bool(ks_writer *writer, bool value) { head(writer, MAJOR_SIMPLE, value ? 21 : 20); }
