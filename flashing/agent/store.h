/* SPDX-License-Identifier: Apache-2.0 */
/* The two credential pages. At any moment one of them at most is the board's credential; it changes by the one write of
 * a commit mark, so that a power cut leaves the old credential or the new one, whole. Layout: flashing/PROTOCOL.md. */
#ifndef KEYSTAMP_AGENT_STORE_H
#define KEYSTAMP_AGENT_STORE_H

#include "flashing/agent/port.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KS_MARK_AT 0x000u   /* commit mark */
#define KS_MARK_SIZE 0x060u
#define KS_LOCK_AT 0x060u
#define KS_LOCK_SIZE 0x010u
#define KS_DRAFT_AT 0x080u
#define KS_DRAFT_SIZE 0x100u
#define KS_STREAM_AT 0x200u
#define KS_STREAM_MAX (KS_PAGE_SIZE - KS_STREAM_AT)

typedef struct {
    uint8_t mode;
    uint8_t id_length;
    uint8_t scope_length;
    char id[KS_ID_MAX];
    char scope[KS_SCOPE_MAX];
} ks_identity;

/* Who a page is for, and the key that was made for it here. */
typedef struct {
    ks_identity identity;
    bool has_key;
    uint8_t key[KS_EC_KEY];
    uint8_t public_xy[KS_EC_PUBLIC];
} ks_draft;

typedef struct {
    ks_port *port;
    uint8_t current; /* the page of the credential; the other one is the spare */
    uint32_t sequence;
    /* what the current page holds */
    bool held;
    bool locked;
    uint32_t stream_length;
    uint8_t stream_hash[KS_HASH];
    uint8_t credential[KS_HASH];
    ks_identity identity;
} ks_store;

/* Reads both pages. `draft` gets the draft on the spare page where a whole one is there; returns whether one is. */
bool ks_store_open(ks_store *store, ks_port *port, ks_draft *draft);

unsigned ks_store_spare(const ks_store *store);
/* Whether the spare's stream and mark are erased, so that a stream can be written behind the draft that is there. */
bool ks_store_stream_is_blank(ks_store *store);
/* Erases the spare. */
int ks_store_drop(ks_store *store);
/* Erases the spare and writes the draft on it. */
int ks_store_write_draft(ks_store *store, const ks_draft *draft);
/* offset: a multiple of 16; a last part of less than 16 bytes is padded with FF. */
int ks_store_write_stream(ks_store *store, uint32_t offset, const uint8_t *bytes, size_t length);
/* Makes the spare the board's credential and erases the old page. */
int ks_store_commit(ks_store *store, const ks_identity *identity, uint32_t stream_length,
                    const uint8_t stream_hash[KS_HASH], const uint8_t credential[KS_HASH]);
int ks_store_lock(ks_store *store);
/* The same way: commits a page that holds nothing. */
int ks_store_erase(ks_store *store);

int ks_store_read_draft(ks_store *store, unsigned page, ks_draft *draft);
int ks_store_hash(ks_store *store, unsigned page, uint32_t offset, size_t length, uint8_t digest[KS_HASH]);

/* Overwrites a secret; not optimised away. */
void ks_wipe(void *memory, size_t length);
uint32_t ks_get32(const uint8_t *at);
void ks_put32(uint8_t *at, uint32_t value);

#ifdef __cplusplus
}
#endif
#endif
