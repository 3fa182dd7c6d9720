/* SPDX-License-Identifier: Apache-2.0 */
#include "flashing/agent/store.h"

#include <string.h>

#define MARK_MAGIC 0x4B534331u  /* "KSC1" */
#define DRAFT_MAGIC 0x4B534431u /* "KSD1" */

/* commit mark */
#define MARK_SEQUENCE 4
#define MARK_LENGTH 8
#define MARK_CRC 12 /* of draft and stream */
#define MARK_HASH 16
#define MARK_CREDENTIAL 48
#define MARK_END 80 /* CRC of all before */

/* draft */
#define DRAFT_SEQUENCE 4
#define DRAFT_MODE 8
#define DRAFT_HAS_KEY 9
#define DRAFT_ID_LENGTH 10
#define DRAFT_SCOPE_LENGTH 11
#define DRAFT_ID 12
#define DRAFT_SCOPE 76
#define DRAFT_KEY 140
#define DRAFT_PUBLIC 172
#define DRAFT_END 236 /* CRC of all before */

#define BLOCK 64u

void ks_wipe(void *memory, size_t length) {
    volatile uint8_t *at = memory;
    while (length-- > 0) *at++ = 0;
}

uint32_t ks_get32(const uint8_t *at) {
    return ((uint32_t)at[0] << 24) | ((uint32_t)at[1] << 16) | ((uint32_t)at[2] << 8) | at[3];
}

void ks_put32(uint8_t *at, uint32_t value) {
    at[0] = (uint8_t)(value >> 24);
    at[1] = (uint8_t)(value >> 16);
    at[2] = (uint8_t)(value >> 8);
    at[3] = (uint8_t)value;
}

static uint32_t crc32_add(uint32_t crc, const uint8_t *bytes, size_t length) {
    /* CRC-32/ISO-HDLC (zlib's), four bits at a time; start with 0xFFFFFFFF, invert at the end */
    static const uint32_t table[16] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
                                       0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                       0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
    for (size_t i = 0; i < length; ++i) {
        crc ^= bytes[i];
        crc = (crc >> 4) ^ table[crc & 0x0F];
        crc = (crc >> 4) ^ table[crc & 0x0F];
    }
    return crc;
}

static uint32_t crc32_of(const uint8_t *bytes, size_t length) { return ~crc32_add(0xFFFFFFFFu, bytes, length); }

unsigned ks_store_spare(const ks_store *store) { return store->current ^ 1u; }

/* CRC over draft and stream as they are in the flash. */
static int record_crc(ks_store *store, unsigned page, uint32_t stream_length, uint32_t *result) {
    uint8_t block[BLOCK];
    uint32_t crc = 0xFFFFFFFFu;
    uint32_t at = KS_DRAFT_AT;
    uint32_t end = KS_DRAFT_AT + KS_DRAFT_SIZE;
    for (;;) {
        while (at < end) {
            const uint32_t part = end - at < BLOCK ? end - at : BLOCK;
            if (ks_port_flash_read(store->port, page, at, block, part) != 0) return KS_RC_FLASH;
            crc = crc32_add(crc, block, part);
            at += part;
        }
        if (end > KS_STREAM_AT || stream_length == 0) break;
        at = KS_STREAM_AT;
        end = KS_STREAM_AT + stream_length;
    }
    ks_wipe(block, sizeof block);
    *result = ~crc;
    return KS_OK;
}

static bool is_blank(ks_store *store, unsigned page, uint32_t at, uint32_t end) {
    uint8_t block[BLOCK];
    while (at < end) {
        const uint32_t part = end - at < BLOCK ? end - at : BLOCK;
        if (ks_port_flash_read(store->port, page, at, block, part) != 0) return false;
        uint8_t all = 0xFF; /* without a branch for each byte */
        for (uint32_t i = 0; i < part; ++i) all &= block[i];
        if (all != 0xFF) return false;
        at += part;
    }
    return true;
}

static bool read_mark(ks_store *store, unsigned page, uint8_t mark[KS_MARK_SIZE]) {
    uint32_t crc;
    if (ks_port_flash_read(store->port, page, KS_MARK_AT, mark, KS_MARK_SIZE) != 0) return false;
    if (ks_get32(mark) != MARK_MAGIC || ks_get32(mark + MARK_END) != crc32_of(mark, MARK_END)) return false;
    if (ks_get32(mark + MARK_LENGTH) > KS_STREAM_MAX) return false;
    if (record_crc(store, page, ks_get32(mark + MARK_LENGTH), &crc) != KS_OK) return false;
    return crc == ks_get32(mark + MARK_CRC);
}

/* The draft's bytes; its sequence in *sequence. */
static int load_draft(ks_store *store, unsigned page, ks_draft *draft, uint32_t *sequence) {
    uint8_t raw[KS_DRAFT_SIZE];
    int rc = KS_RC_FLASH;
    if (ks_port_flash_read(store->port, page, KS_DRAFT_AT, raw, sizeof raw) == 0 && ks_get32(raw) == DRAFT_MAGIC &&
        ks_get32(raw + DRAFT_END) == crc32_of(raw, DRAFT_END) && raw[DRAFT_ID_LENGTH] <= KS_ID_MAX &&
        raw[DRAFT_SCOPE_LENGTH] <= KS_SCOPE_MAX) {
        *sequence = ks_get32(raw + DRAFT_SEQUENCE);
        draft->identity.mode = raw[DRAFT_MODE];
        draft->identity.id_length = raw[DRAFT_ID_LENGTH];
        draft->identity.scope_length = raw[DRAFT_SCOPE_LENGTH];
        memcpy(draft->identity.id, raw + DRAFT_ID, KS_ID_MAX);
        memcpy(draft->identity.scope, raw + DRAFT_SCOPE, KS_SCOPE_MAX);
        draft->has_key = raw[DRAFT_HAS_KEY] == 1;
        memcpy(draft->key, raw + DRAFT_KEY, KS_EC_KEY);
        memcpy(draft->public_xy, raw + DRAFT_PUBLIC, KS_EC_PUBLIC);
        rc = KS_OK;
    }
    ks_wipe(raw, sizeof raw);
    return rc;
}

int ks_store_read_draft(ks_store *store, unsigned page, ks_draft *draft) {
    uint32_t sequence;
    return load_draft(store, page, draft, &sequence);
}

/* Takes what a mark says into the store. A mark of no stream is an erased board's. */
static void adopt(ks_store *store, unsigned page, const uint8_t mark[KS_MARK_SIZE]) {
    store->current = (uint8_t)page;
    store->sequence = ks_get32(mark + MARK_SEQUENCE);
    store->stream_length = ks_get32(mark + MARK_LENGTH);
    store->held = store->stream_length != 0;
    memcpy(store->stream_hash, mark + MARK_HASH, KS_HASH);
    memcpy(store->credential, mark + MARK_CREDENTIAL, KS_HASH);
}

bool ks_store_open(ks_store *store, ks_port *port, ks_draft *draft) {
    uint8_t mark[KS_MARK_SIZE];
    uint32_t sequence = 0;
    bool any = false;
    memset(store, 0, sizeof *store);
    store->port = port;
    for (unsigned page = 0; page < 2; ++page) {
        if (!read_mark(store, page, mark)) continue;
        /* after a power cut both may be whole: the later one counts */
        if (!any || (int32_t)(ks_get32(mark + MARK_SEQUENCE) - store->sequence) > 0) adopt(store, page, mark);
        any = true;
    }
    if (store->held) {
        if (load_draft(store, store->current, draft, &sequence) != KS_OK) {
            store->held = false; /* cannot be: the mark's CRC covers it */
        } else {
            store->identity = draft->identity;
        }
        store->locked = !is_blank(store, store->current, KS_LOCK_AT, KS_LOCK_AT + KS_LOCK_SIZE);
    }
    ks_wipe(draft, sizeof *draft);
    /* A draft that is not meant to follow this credential is the rest of an erase that was cut short. */
    if (load_draft(store, ks_store_spare(store), draft, &sequence) == KS_OK && sequence == store->sequence + 1) return true;
    ks_wipe(draft, sizeof *draft);
    return false;
}

bool ks_store_stream_is_blank(ks_store *store) {
    const unsigned spare = ks_store_spare(store);
    return is_blank(store, spare, KS_MARK_AT, KS_DRAFT_AT) && is_blank(store, spare, KS_STREAM_AT, KS_PAGE_SIZE);
}

int ks_store_drop(ks_store *store) {
    const unsigned spare = ks_store_spare(store);
    if (is_blank(store, spare, 0, KS_PAGE_SIZE)) return KS_OK;
    return ks_port_flash_erase(store->port, spare) == 0 ? KS_OK : KS_RC_FLASH;
}

int ks_store_write_draft(ks_store *store, const ks_draft *draft) {
    uint8_t raw[KS_DRAFT_SIZE];
    int rc = ks_store_drop(store);
    if (rc != KS_OK) return rc;
    memset(raw, 0xFF, sizeof raw);
    ks_put32(raw, DRAFT_MAGIC);
    ks_put32(raw + DRAFT_SEQUENCE, store->sequence + 1);
    raw[DRAFT_MODE] = draft->identity.mode;
    raw[DRAFT_HAS_KEY] = draft->has_key ? 1 : 0;
    raw[DRAFT_ID_LENGTH] = draft->identity.id_length;
    raw[DRAFT_SCOPE_LENGTH] = draft->identity.scope_length;
    memcpy(raw + DRAFT_ID, draft->identity.id, KS_ID_MAX);
    memcpy(raw + DRAFT_SCOPE, draft->identity.scope, KS_SCOPE_MAX);
    memcpy(raw + DRAFT_KEY, draft->key, KS_EC_KEY);
    memcpy(raw + DRAFT_PUBLIC, draft->public_xy, KS_EC_PUBLIC);
    ks_put32(raw + DRAFT_END, crc32_of(raw, DRAFT_END));
    if (ks_port_flash_write(store->port, ks_store_spare(store), KS_DRAFT_AT, raw, sizeof raw) != 0) rc = KS_RC_FLASH;
    ks_wipe(raw, sizeof raw);
    return rc;
}

int ks_store_write_stream(ks_store *store, uint32_t offset, const uint8_t *bytes, size_t length) {
    const unsigned spare = ks_store_spare(store);
    const size_t whole = length & ~(size_t)15;
    uint8_t tail[16];
    int rc = KS_OK;
    if (whole > 0 && ks_port_flash_write(store->port, spare, KS_STREAM_AT + offset, bytes, whole) != 0) return KS_RC_FLASH;
    if (whole == length) return KS_OK;
    memset(tail, 0xFF, sizeof tail);
    memcpy(tail, bytes + whole, length - whole);
    if (ks_port_flash_write(store->port, spare, KS_STREAM_AT + offset + (uint32_t)whole, tail, sizeof tail) != 0) {
        rc = KS_RC_FLASH;
    }
    ks_wipe(tail, sizeof tail);
    return rc;
}

int ks_store_hash(ks_store *store, unsigned page, uint32_t offset, size_t length, uint8_t digest[KS_HASH]) {
    uint8_t block[BLOCK];
    ks_sha256 hash;
    ks_port_sha256_start(store->port, &hash);
    while (length > 0) {
        const size_t part = length < BLOCK ? length : BLOCK;
        if (ks_port_flash_read(store->port, page, offset, block, part) != 0) return KS_RC_FLASH;
        ks_port_sha256_add(store->port, &hash, block, part);
        offset += (uint32_t)part;
        length -= part;
    }
    ks_port_sha256_end(store->port, &hash, digest);
    ks_wipe(block, sizeof block);
    ks_wipe(&hash, sizeof hash);
    return KS_OK;
}

/* Writes the mark on the spare, reads all of it back, and only then erases the other page. */
static int mark_spare(ks_store *store, uint32_t stream_length, const uint8_t *stream_hash, const uint8_t *credential) {
    const unsigned spare = ks_store_spare(store);
    uint8_t mark[KS_MARK_SIZE];
    uint8_t back[KS_MARK_SIZE];
    uint32_t crc;
    if (record_crc(store, spare, stream_length, &crc) != KS_OK) return KS_RC_FLASH;
    memset(mark, 0xFF, sizeof mark);
    ks_put32(mark, MARK_MAGIC);
    ks_put32(mark + MARK_SEQUENCE, store->sequence + 1);
    ks_put32(mark + MARK_LENGTH, stream_length);
    ks_put32(mark + MARK_CRC, crc);
    memcpy(mark + MARK_HASH, stream_hash, KS_HASH);
    memcpy(mark + MARK_CREDENTIAL, credential, KS_HASH);
    ks_put32(mark + MARK_END, crc32_of(mark, MARK_END));
    if (ks_port_flash_write(store->port, spare, KS_MARK_AT, mark, sizeof mark) != 0) return KS_RC_FLASH;
    if (!read_mark(store, spare, back) || memcmp(mark, back, sizeof mark) != 0) return KS_RC_FLASH;
    adopt(store, spare, mark);
    /* The old page's secrets go at once. If this fails the new credential counts all the same. */
    (void)ks_store_drop(store);
    return KS_OK;
}

int ks_store_commit(ks_store *store, const ks_identity *identity, uint32_t stream_length,
                    const uint8_t stream_hash[KS_HASH], const uint8_t credential[KS_HASH]) {
    const int rc = mark_spare(store, stream_length, stream_hash, credential);
    if (rc == KS_OK) store->identity = *identity;
    return rc;
}

int ks_store_lock(ks_store *store) {
    static const uint8_t zeros[KS_LOCK_SIZE] = {0};
    if (store->locked) return KS_OK;
    if (ks_port_flash_write(store->port, store->current, KS_LOCK_AT, zeros, sizeof zeros) != 0) return KS_RC_FLASH;
    store->locked = true;
    return KS_OK;
}

int ks_store_erase(ks_store *store) {
    static const uint8_t nothing[KS_HASH] = {0};
    int rc = ks_store_drop(store);
    if (rc != KS_OK || !store->held) return rc;
    rc = mark_spare(store, 0, nothing, nothing);
    if (rc == KS_OK) memset(&store->identity, 0, sizeof store->identity);
    return rc;
}
