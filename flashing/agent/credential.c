/* SPDX-License-Identifier: Apache-2.0 */
/* What a credential stream must be, and what is done with the one that is held. Read from flash each time: nothing of it
 * stays in RAM. */
#include <string.h>

#include "flashing/agent/commands.h"

#define PART_HEADER 3u
#define PKCS8_MAX 160u

typedef struct {
    uint32_t leaf_at; /* offsets in the page; length 0 where there is none */
    uint32_t leaf_length;
    uint32_t key_at;
    uint32_t key_length;
    uint32_t sas_at;
    uint32_t intermediates;
} parts;

static int find_parts(ks_agent *agent, unsigned page, uint32_t stream_length, parts *found) {
    uint32_t at = KS_STREAM_AT;
    const uint32_t end = KS_STREAM_AT + stream_length;
    memset(found, 0, sizeof *found);
    while (at < end) {
        uint8_t head[PART_HEADER];
        uint32_t length;
        if (end - at < PART_HEADER) return KS_RC_CREDENTIAL;
        if (ks_port_flash_read(agent->port, page, at, head, sizeof head) != 0) return KS_RC_FLASH;
        at += PART_HEADER;
        length = ((uint32_t)head[1] << 8) | head[2];
        if (length == 0 || length > end - at) return KS_RC_CREDENTIAL;
        switch (head[0]) {
            case KS_PART_LEAF:
                if (found->leaf_length != 0) return KS_RC_CREDENTIAL;
                found->leaf_at = at;
                found->leaf_length = length;
                break;
            case KS_PART_INTERMEDIATE:
                if (found->leaf_length == 0) return KS_RC_CREDENTIAL;
                found->intermediates++;
                break;
            case KS_PART_PRIVATE_KEY:
                if (found->key_length != 0) return KS_RC_CREDENTIAL;
                found->key_at = at;
                found->key_length = length;
                break;
            case KS_PART_SAS_KEY:
                if (found->sas_at != 0 || length != KS_HASH) return KS_RC_CREDENTIAL;
                found->sas_at = at;
                break;
            default:
                return KS_RC_CREDENTIAL;
        }
        at += length;
    }
    return KS_OK;
}

/* The scalar: of the stream's private key where it has one, else of the key that was made here. */
static int load_key(ks_agent *agent, unsigned page, const parts *found, const ks_draft *draft, uint8_t key[KS_EC_KEY]) {
    uint8_t pkcs8[PKCS8_MAX];
    int rc = KS_OK;
    if (found->key_length == 0) {
        if (!draft->has_key) return KS_RC_CREDENTIAL;
        memcpy(key, draft->key, KS_EC_KEY);
        return KS_OK;
    }
    if (found->key_length > sizeof pkcs8) return KS_RC_CREDENTIAL;
    if (ks_port_flash_read(agent->port, page, found->key_at, pkcs8, found->key_length) != 0) {
        rc = KS_RC_FLASH;
    } else if (!ks_der_private_key(pkcs8, found->key_length, key)) {
        rc = KS_RC_CREDENTIAL;
    }
    ks_wipe(pkcs8, sizeof pkcs8);
    return rc;
}

/* Whether the leaf certifies this key: its SubjectPublicKeyInfo stands in it. */
static int leaf_has_key(ks_agent *agent, unsigned page, const parts *found, const uint8_t public_xy[KS_EC_PUBLIC]) {
    uint8_t spki[KS_SPKI_SIZE];
    uint8_t window[KS_SPKI_SIZE + 64];
    uint32_t at = found->leaf_at;
    const uint32_t end = found->leaf_at + found->leaf_length;
    ks_der_spki(public_xy, spki);
    while (end - at >= KS_SPKI_SIZE) {
        const uint32_t part = end - at < sizeof window ? end - at : (uint32_t)sizeof window;
        if (ks_port_flash_read(agent->port, page, at, window, part) != 0) return KS_RC_FLASH;
        for (uint32_t i = 0; i + KS_SPKI_SIZE <= part; ++i) {
            if (window[i] == spki[0] && memcmp(window + i, spki, KS_SPKI_SIZE) == 0) return KS_OK;
        }
        at += part - KS_SPKI_SIZE + 1;
    }
    return KS_RC_KEY;
}

int ks_credential_check(ks_agent *agent, unsigned page, uint32_t stream_length, const ks_draft *draft,
                        uint8_t digest[KS_HASH]) {
    parts found;
    uint8_t key[KS_EC_KEY];
    uint8_t public_xy[KS_EC_PUBLIC];
    int rc = find_parts(agent, page, stream_length, &found);
    if (rc != KS_OK) return rc;
    if (draft->identity.mode == KS_MODE_SAS) {
        if (found.sas_at == 0 || found.leaf_length != 0 || found.key_length != 0) return KS_RC_CREDENTIAL;
        return ks_store_hash(&agent->store, page, found.sas_at, KS_HASH, digest);
    }
    if (found.leaf_length == 0 || found.sas_at != 0) return KS_RC_CREDENTIAL;
    rc = load_key(agent, page, &found, draft, key);
    if (rc == KS_OK) {
        if (found.key_length == 0) {
            memcpy(public_xy, draft->public_xy, sizeof public_xy);
        } else if (ks_port_ec_public(agent->port, key, public_xy) != 0) {
            rc = KS_RC_CREDENTIAL; /* a scalar out of range */
        }
    }
    ks_wipe(key, sizeof key);
    if (rc == KS_OK) rc = leaf_has_key(agent, page, &found, public_xy);
    if (rc == KS_OK) rc = ks_store_hash(&agent->store, page, found.leaf_at, found.leaf_length, digest);
    return rc;
}

/* domain ‖ nonce ‖ UID ‖ device ID ‖ scope ID ‖ SHA-256 of the credential */
#define MESSAGE_MAX (sizeof(KS_PROOF_DOMAIN) + KS_NONCE + KS_UID_MAX + KS_ID_MAX + KS_SCOPE_MAX + KS_HASH)

static size_t build_message(ks_agent *agent, const uint8_t nonce[KS_NONCE], const ks_identity *identity,
                            const uint8_t digest[KS_HASH], uint8_t message[MESSAGE_MAX]) {
    uint8_t *at = message;
    memcpy(at, KS_PROOF_DOMAIN, sizeof(KS_PROOF_DOMAIN));
    at += sizeof(KS_PROOF_DOMAIN);
    memcpy(at, nonce, KS_NONCE);
    at += KS_NONCE;
    at += ks_port_uid(agent->port, at);
    memcpy(at, identity->id, identity->id_length);
    at += identity->id_length;
    memcpy(at, identity->scope, identity->scope_length);
    at += identity->scope_length;
    memcpy(at, digest, KS_HASH);
    at += KS_HASH;
    return (size_t)(at - message);
}

static int sign_message(ks_agent *agent, const uint8_t key[KS_EC_KEY], const uint8_t *message, size_t message_length,
                        uint8_t proof[KS_SIGNATURE_MAX], size_t *length) {
    uint8_t hashed[KS_HASH];
    uint8_t raw[64];
    ks_sha256 hash;
    ks_port_sha256_start(agent->port, &hash);
    ks_port_sha256_add(agent->port, &hash, message, message_length);
    ks_port_sha256_end(agent->port, &hash, hashed);
    if (ks_port_ec_sign(agent->port, key, hashed, raw) != 0) return KS_RC_CRYPTO;
    *length = ks_der_signature(raw, proof);
    return KS_OK;
}

int ks_credential_prove(ks_agent *agent, const uint8_t nonce[KS_NONCE], uint8_t proof[KS_SIGNATURE_MAX], size_t *length) {
    const unsigned page = agent->store.current;
    ks_draft draft;
    parts found;
    uint8_t message[MESSAGE_MAX];
    uint8_t digest[KS_HASH];
    uint8_t key[KS_EC_KEY];
    size_t message_length;
    int rc;
    if (!agent->store.held) return KS_RC_EMPTY;
    rc = ks_store_read_draft(&agent->store, page, &draft);
    if (rc == KS_OK) rc = find_parts(agent, page, agent->store.stream_length, &found);
    if (rc == KS_OK) {
        const bool sas = draft.identity.mode == KS_MODE_SAS;
        rc = sas ? ks_store_hash(&agent->store, page, found.sas_at, KS_HASH, digest)
                 : ks_store_hash(&agent->store, page, found.leaf_at, found.leaf_length, digest);
        if (rc == KS_OK) {
            message_length = build_message(agent, nonce, &draft.identity, digest, message);
            if (sas) {
                *length = KS_HASH;
                if (ks_port_flash_read(agent->port, page, found.sas_at, key, sizeof key) != 0) rc = KS_RC_FLASH;
                else if (ks_port_hmac(agent->port, key, message, message_length, proof) != 0) rc = KS_RC_CRYPTO;
            } else {
                rc = load_key(agent, page, &found, &draft, key);
                if (rc == KS_OK) rc = sign_message(agent, key, message, message_length, proof, length);
            }
        }
    }
    ks_wipe(key, sizeof key);
    ks_wipe(&draft, sizeof draft);
    return rc;
}
