/* SPDX-License-Identifier: Apache-2.0 */
/* What a board must give the agent. Each port defines struct ks_port and these functions; the agent calls them from the
 * one thread (or main loop) that calls ks_agent_input. Functions that return int: 0 is good, anything else is a fault. */
#ifndef KEYSTAMP_AGENT_PORT_H
#define KEYSTAMP_AGENT_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flashing/agent/protocol.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One credential page. Two of them, each made of whole erase units of its own. */
#ifndef KS_PAGE_SIZE
#define KS_PAGE_SIZE 8192u
#endif
/* Largest SMP message (header and body) taken in; announced by info. Costs this much RAM. */
#ifndef KS_MESSAGE_MAX
#define KS_MESSAGE_MAX 2048u
#endif

typedef struct ks_port ks_port;

/* Room for any SHA-256 context. */
typedef struct {
    uint64_t words[20];
} ks_sha256;

/* Sends bytes on the serial link; blocks until they are taken. */
void ks_port_write(ks_port *port, const uint8_t *bytes, size_t length);
/* Restarts the board. May return where the program restarts the agent itself (ks_agent_init) after it. */
void ks_port_reset(ks_port *port);

/* The silicon's own number, 1 to KS_UID_MAX bytes; returns its length. The same at each call. */
size_t ks_port_uid(ks_port *port, uint8_t uid[KS_UID_MAX]);
/* Static texts: what sort of board, which firmware. */
const char *ks_port_family(ks_port *port);
const char *ks_port_firmware(ks_port *port);
/* Whether ks_port_ec_keygen has a random source fit for keys. */
bool ks_port_makes_keys(ks_port *port);

/* Flash: page 0 or 1. Erased bytes read FF. Writes are at multiples of 16, of multiples of 16 bytes, into erased bytes,
 * once. A read has no alignment. When a write or erase returns 0 it is in the flash. */
int ks_port_flash_read(ks_port *port, unsigned page, uint32_t offset, uint8_t *into, size_t length);
int ks_port_flash_write(ks_port *port, unsigned page, uint32_t offset, const uint8_t *bytes, size_t length);
int ks_port_flash_erase(ks_port *port, unsigned page);
/* Called after the lock is written: readout protection, debug port off, where the product wants it. May do nothing. */
void ks_port_lock(ks_port *port);

void ks_port_sha256_start(ks_port *port, ks_sha256 *hash);
void ks_port_sha256_add(ks_port *port, ks_sha256 *hash, const uint8_t *bytes, size_t length);
void ks_port_sha256_end(ks_port *port, ks_sha256 *hash, uint8_t digest[KS_HASH]);
int ks_port_hmac(ks_port *port, const uint8_t key[32], const uint8_t *message, size_t length, uint8_t mac[KS_HASH]);

/* P-256. `key` is the private scalar, big-endian, or a secure element's handle for it in the same 32 bytes. */
int ks_port_ec_keygen(ks_port *port, uint8_t key[KS_EC_KEY], uint8_t public_xy[KS_EC_PUBLIC]);
int ks_port_ec_public(ks_port *port, const uint8_t key[KS_EC_KEY], uint8_t public_xy[KS_EC_PUBLIC]);
/* signature is r ‖ s, 32 bytes each, big-endian */
int ks_port_ec_sign(ks_port *port, const uint8_t key[KS_EC_KEY], const uint8_t digest[KS_HASH], uint8_t signature[64]);

#ifdef __cplusplus
}
#endif
#endif
