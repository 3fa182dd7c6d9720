/* SPDX-License-Identifier: Apache-2.0 */
/* The cryptography, from BearSSL: constant time on a Cortex-M0, no heap. */
#include <bearssl.h>
#include <string.h>

#include "flashing/agent/port/microbit/microbit_port.h"
#include "flashing/agent/store.h"

_Static_assert(sizeof(br_sha256_context) <= sizeof(ks_sha256), "ks_sha256 has no room");

#define CURVE (&br_ec_p256_m15)
#define SEED 48u /* SP 800-90A: 256 bits and a nonce of half that */

/* BearSSL leaves copies of what it worked with on the stack. Called right after it, each of these overwrites where they were. */
__attribute__((noipa)) static void scrub_hash(void) {
    uint8_t dead[512];
    ks_wipe(dead, sizeof dead);
}

__attribute__((noipa)) static void scrub_curve(void) {
    uint8_t dead[3584];
    ks_wipe(dead, sizeof dead);
}

static br_sha256_context *context_of(ks_sha256 *hash) { return (br_sha256_context *)(void *)hash; }

void ks_port_sha256_start(ks_port *port, ks_sha256 *hash) {
    (void)port;
    br_sha256_init(context_of(hash));
}

void ks_port_sha256_add(ks_port *port, ks_sha256 *hash, const uint8_t *bytes, size_t length) {
    (void)port;
    br_sha256_update(context_of(hash), bytes, length);
    scrub_hash();
}

void ks_port_sha256_end(ks_port *port, ks_sha256 *hash, uint8_t digest[KS_HASH]) {
    (void)port;
    br_sha256_out(context_of(hash), digest);
    scrub_hash();
}

int ks_port_hmac(ks_port *port, const uint8_t key[32], const uint8_t *message, size_t length, uint8_t mac[KS_HASH]) {
    br_hmac_key_context prepared;
    br_hmac_context context;
    (void)port;
    br_hmac_key_init(&prepared, &br_sha256_vtable, key, 32);
    br_hmac_init(&context, &prepared, 0);
    br_hmac_update(&context, message, length);
    br_hmac_out(&context, mac);
    ks_wipe(&prepared, sizeof prepared);
    ks_wipe(&context, sizeof context);
    scrub_hash();
    return 0;
}

/* Whether 0 < scalar < the group's order, in constant time: BearSSL multiplies by anything. */
static bool is_scalar(const uint8_t key[KS_EC_KEY]) {
    size_t length;
    const unsigned char *order = CURVE->order(BR_EC_secp256r1, &length);
    uint32_t borrow = 0;
    uint32_t bits = 0;
    for (size_t i = KS_EC_KEY; i-- > 0;) {
        borrow = ((uint32_t)key[i] - order[i] - borrow) >> 31;
        bits |= key[i];
    }
    return length == KS_EC_KEY && borrow == 1 && bits != 0;
}

int ks_port_ec_public(ks_port *port, const uint8_t key[KS_EC_KEY], uint8_t public_xy[KS_EC_PUBLIC]) {
    uint8_t point[BR_EC_KBUF_PUB_MAX_SIZE];
    br_ec_public_key made;
    uint8_t scalar[KS_EC_KEY];
    const br_ec_private_key private_key = {BR_EC_secp256r1, scalar, KS_EC_KEY};
    size_t length;
    (void)port;
    if (!is_scalar(key)) return -1;
    memcpy(scalar, key, KS_EC_KEY);
    length = br_ec_compute_pub(CURVE, &made, point, &private_key);
    ks_wipe(scalar, sizeof scalar);
    scrub_curve();
    if (length != 1 + KS_EC_PUBLIC) return -1;
    memcpy(public_xy, point + 1, KS_EC_PUBLIC);
    return 0;
}

int ks_port_ec_keygen(ks_port *port, uint8_t key[KS_EC_KEY], uint8_t public_xy[KS_EC_PUBLIC]) {
    uint8_t seed[SEED];
    br_hmac_drbg_context drbg;
    br_ec_private_key made;
    size_t length = 0;
    if (ks_microbit_random(seed, sizeof seed)) { /* a new generator for each key: there is nothing to keep secret in between */
        br_hmac_drbg_init(&drbg, &br_sha256_vtable, seed, sizeof seed);
        length = br_ec_keygen(&drbg.vtable, CURVE, &made, key, BR_EC_secp256r1);
    }
    ks_wipe(seed, sizeof seed);
    ks_wipe(&drbg, sizeof drbg);
    scrub_hash();
    return length == KS_EC_KEY ? ks_port_ec_public(port, key, public_xy) : -1;
}

int ks_port_ec_sign(ks_port *port, const uint8_t key[KS_EC_KEY], const uint8_t digest[KS_HASH], uint8_t signature[64]) {
    uint8_t scalar[KS_EC_KEY];
    const br_ec_private_key private_key = {BR_EC_secp256r1, scalar, KS_EC_KEY};
    size_t length;
    (void)port;
    memcpy(scalar, key, KS_EC_KEY);
    length = br_ecdsa_i15_sign_raw(CURVE, &br_sha256_vtable, digest, &private_key, signature); /* RFC 6979: needs no randomness */
    ks_wipe(scalar, sizeof scalar);
    scrub_curve();
    return length == 64 ? 0 : -1;
}
