/* SPDX-License-Identifier: Apache-2.0 */
#include "flashing/agent/der.h"

#include <string.h>

#define SEQUENCE 0x30
#define SET 0x31
#define INTEGER 0x02
#define BIT_STRING 0x03
#define OCTET_STRING 0x04
#define UTF8_STRING 0x0C

/* SEQUENCE { SEQUENCE { ecPublicKey, prime256v1 }, BIT STRING { 04, X, Y } }, up to X */
static const uint8_t kSpkiFront[27] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06,
                                       0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
static const uint8_t kCommonName[5] = {0x06, 0x03, 0x55, 0x04, 0x03};
/* AlgorithmIdentifier ecdsa-with-SHA256 */
static const uint8_t kSignatureAlgorithm[12] = {0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02};
/* SEQUENCE { ecPublicKey, prime256v1 } */
static const uint8_t *const kAlgorithm = kSpkiFront + 2;
#define ALGORITHM_SIZE 21u

void ks_der_spki(const uint8_t public_xy[KS_EC_PUBLIC], uint8_t spki[KS_SPKI_SIZE]) {
    memcpy(spki, kSpkiFront, sizeof kSpkiFront);
    memcpy(spki + sizeof kSpkiFront, public_xy, KS_EC_PUBLIC);
}

/* Built from the end to the front, so that each length is known when it is written. */
typedef struct {
    uint8_t *at;
    uint8_t *end;
} builder;

static void prepend(builder *b, const void *bytes, size_t length) {
    b->at -= length;
    memcpy(b->at, bytes, length);
}

static void prepend_byte(builder *b, uint8_t byte) { *--b->at = byte; }

/* Tag and length in front of the `length` bytes that stand there. */
static void wrap(builder *b, uint8_t tag, size_t length) {
    prepend_byte(b, (uint8_t)length);
    if (length > 0xFF) {
        prepend_byte(b, (uint8_t)(length >> 8));
        prepend_byte(b, 0x82);
    } else if (length > 0x7F) {
        prepend_byte(b, 0x81);
    }
    prepend_byte(b, tag);
}

static size_t put_integer(uint8_t *to, const uint8_t value[32]) {
    size_t skip = 0;
    size_t pad;
    while (skip < 31 && value[skip] == 0) ++skip;
    pad = (value[skip] & 0x80) != 0 ? 1 : 0; /* a leading one bit would be a sign */
    to[0] = INTEGER;
    to[1] = (uint8_t)(32 - skip + pad);
    to[2] = 0;
    memcpy(to + 2 + pad, value + skip, 32 - skip);
    return 2 + pad + 32 - skip;
}

size_t ks_der_signature(const uint8_t raw[64], uint8_t der[KS_SIGNATURE_MAX]) {
    size_t length = put_integer(der + 2, raw);
    length += put_integer(der + 2 + length, raw + 32);
    der[0] = SEQUENCE;
    der[1] = (uint8_t)length;
    return length + 2;
}

size_t ks_der_csr(ks_port *port, const uint8_t key[KS_EC_KEY], const uint8_t public_xy[KS_EC_PUBLIC], const char *id,
                  size_t id_length, uint8_t csr[KS_CSR_MAX]) {
    static const uint8_t version[3] = {INTEGER, 1, 0};
    static const uint8_t attributes[2] = {0xA0, 0};
    uint8_t request[196];
    uint8_t digest[KS_HASH];
    uint8_t raw[64];
    uint8_t signature[KS_SIGNATURE_MAX];
    ks_sha256 hash;
    builder info = {request + sizeof request, request + sizeof request};
    builder whole = {csr + KS_CSR_MAX, csr + KS_CSR_MAX};
    uint8_t *name_end;
    size_t length;

    prepend(&info, attributes, sizeof attributes);
    prepend(&info, public_xy, KS_EC_PUBLIC);
    prepend(&info, kSpkiFront, sizeof kSpkiFront);
    name_end = info.at;
    prepend(&info, id, id_length);
    wrap(&info, UTF8_STRING, id_length);
    prepend(&info, kCommonName, sizeof kCommonName);
    wrap(&info, SEQUENCE, (size_t)(name_end - info.at));
    wrap(&info, SET, (size_t)(name_end - info.at));
    wrap(&info, SEQUENCE, (size_t)(name_end - info.at));
    prepend(&info, version, sizeof version);
    wrap(&info, SEQUENCE, (size_t)(info.end - info.at));
    length = (size_t)(info.end - info.at);

    ks_port_sha256_start(port, &hash);
    ks_port_sha256_add(port, &hash, info.at, length);
    ks_port_sha256_end(port, &hash, digest);
    if (ks_port_ec_sign(port, key, digest, raw) != 0) return 0;

    {
        const size_t signature_length = ks_der_signature(raw, signature);
        prepend(&whole, signature, signature_length);
        prepend_byte(&whole, 0); /* no unused bits */
        wrap(&whole, BIT_STRING, signature_length + 1);
    }
    prepend(&whole, kSignatureAlgorithm, sizeof kSignatureAlgorithm);
    prepend(&whole, info.at, length);
    wrap(&whole, SEQUENCE, (size_t)(whole.end - whole.at));
    length = (size_t)(whole.end - whole.at);
    memmove(csr, whole.at, length);
    return length;
}

/* A definite-length element of this tag; leaves *at behind its header and returns its length, or -1. */
static long enter(const uint8_t **at, const uint8_t *end, uint8_t tag) {
    size_t length;
    if (end - *at < 2 || (*at)[0] != tag) return -1;
    length = (*at)[1];
    *at += 2;
    if (length == 0x81) {
        if (*at == end) return -1;
        length = *(*at)++;
    } else if (length > 0x7F) {
        return -1; /* no P-256 key is that long */
    }
    if (length > (size_t)(end - *at)) return -1;
    return (long)length;
}

bool ks_der_private_key(const uint8_t *pkcs8, size_t length, uint8_t key[KS_EC_KEY]) {
    const uint8_t *at = pkcs8;
    const uint8_t *end = pkcs8 + length;
    const long outer = enter(&at, end, SEQUENCE);
    if (outer < 0 || at + outer != end) return false;
    if (enter(&at, end, INTEGER) != 1 || *at++ != 0) return false;
    if ((size_t)(end - at) < ALGORITHM_SIZE || memcmp(at, kAlgorithm, ALGORITHM_SIZE) != 0) return false;
    at += ALGORITHM_SIZE;
    if (enter(&at, end, OCTET_STRING) < 0) return false;
    if (enter(&at, end, SEQUENCE) < 0) return false;
    if (enter(&at, end, INTEGER) != 1 || *at++ != 1) return false;
    if (enter(&at, end, OCTET_STRING) != KS_EC_KEY) return false;
    memcpy(key, at, KS_EC_KEY);
    return true;
}
