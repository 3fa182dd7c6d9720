/* SPDX-License-Identifier: Apache-2.0 */
/* The few DER structures of a P-256 board. */
#ifndef KEYSTAMP_AGENT_DER_H
#define KEYSTAMP_AGENT_DER_H

#include "flashing/agent/port.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KS_SPKI_SIZE 91u
#define KS_SIGNATURE_MAX 72u
#define KS_CSR_MAX 288u

/* SubjectPublicKeyInfo of a P-256 key (RFC 5480). */
void ks_der_spki(const uint8_t public_xy[KS_EC_PUBLIC], uint8_t spki[KS_SPKI_SIZE]);
/* r ‖ s to ECDSA-Sig-Value (RFC 3279); returns its length. */
size_t ks_der_signature(const uint8_t raw[64], uint8_t der[KS_SIGNATURE_MAX]);
/* PKCS #10 (RFC 2986) with subject CN = id and no attributes, signed with ecdsa-with-SHA256. Its length, 0 for a fault. */
size_t ks_der_csr(ks_port *port, const uint8_t key[KS_EC_KEY], const uint8_t public_xy[KS_EC_PUBLIC], const char *id,
                  size_t id_length, uint8_t csr[KS_CSR_MAX]);
/* The scalar of a P-256 key in PKCS #8 (RFC 5208, RFC 5915). False for anything else. */
bool ks_der_private_key(const uint8_t *pkcs8, size_t length, uint8_t key[KS_EC_KEY]);

#ifdef __cplusplus
}
#endif
#endif
