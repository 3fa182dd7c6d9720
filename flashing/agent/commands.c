/* SPDX-License-Identifier: Apache-2.0 */
#include "flashing/agent/commands.h"

#include <string.h>

/* What a reply carries around a part of the CSR: header, keys, lengths. */
#define CSR_OVERHEAD 64u

static bool find(const ks_request *request, const char *key, uint8_t major, ks_item *item) {
    return ks_cbor_find(request->map, request->length, key, major, item);
}

static bool find_hash(const ks_request *request, const char *key, ks_item *item) {
    return find(request, key, KS_CBOR_BYTES, item) && item->value == KS_HASH;
}

/* A device ID: lower case letters, digits, hyphens; no hyphen at the ends. */
static bool is_device_id(const ks_item *item) {
    if (item->value == 0 || item->value > KS_ID_MAX) return false;
    for (uint32_t i = 0; i < item->value; ++i) {
        const uint8_t c = item->data[i];
        const bool inner = i > 0 && i + 1 < item->value;
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && inner))) return false;
    }
    return true;
}

static bool is_scope(const ks_item *item) {
    if (item->value == 0 || item->value > KS_SCOPE_MAX) return false;
    for (uint32_t i = 0; i < item->value; ++i) {
        if (item->data[i] <= 0x20 || item->data[i] > 0x7E) return false;
    }
    return true;
}

static bool same_identity(const ks_identity *a, const ks_identity *b) {
    return a->mode == b->mode && a->id_length == b->id_length && a->scope_length == b->scope_length &&
           memcmp(a->id, b->id, a->id_length) == 0 && memcmp(a->scope, b->scope, a->scope_length) == 0;
}

static void close_session(ks_agent *agent) {
    agent->open = false;
    agent->draft_stored = false;
    agent->stream_blank = false;
    agent->received = 0;
    agent->csr_length = 0;
    ks_wipe(&agent->draft, sizeof agent->draft);
}

static bool has_pending_key(const ks_agent *agent) { return agent->draft_stored && agent->draft.has_key; }

static void hash_public(ks_agent *agent, uint8_t digest[KS_HASH]) {
    uint8_t spki[KS_SPKI_SIZE];
    ks_sha256 hash;
    ks_der_spki(agent->draft.public_xy, spki);
    ks_port_sha256_start(agent->port, &hash);
    ks_port_sha256_add(agent->port, &hash, spki, sizeof spki);
    ks_port_sha256_end(agent->port, &hash, digest);
}

static int info(ks_agent *agent, ks_writer *reply) {
    const ks_store *store = &agent->store;
    uint8_t uid[KS_UID_MAX];
    const size_t uid_length = ks_port_uid(agent->port, uid);
    const bool pending = has_pending_key(agent);
    ks_cbor_map(reply, 8u + (store->held ? 4u : 0u) + (pending ? 1u : 0u));
    ks_cbor_key(reply, "ver");
    ks_cbor_uint(reply, 1);
    ks_cbor_key(reply, "uid");
    ks_cbor_bytes(reply, uid, uid_length);
    ks_cbor_key(reply, "fam");
    ks_cbor_key(reply, ks_port_family(agent->port));
    ks_cbor_key(reply, "fw");
    ks_cbor_key(reply, ks_port_firmware(agent->port));
    ks_cbor_key(reply, "caps");
    ks_cbor_uint(reply, KS_CAP_PROVE | (ks_port_makes_keys(agent->port) ? KS_CAP_KEYGEN : 0u));
    ks_cbor_key(reply, "max");
    ks_cbor_uint(reply, KS_MESSAGE_MAX);
    ks_cbor_key(reply, "room");
    ks_cbor_uint(reply, KS_STREAM_MAX);
    ks_cbor_key(reply, "lock");
    ks_cbor_bool(reply, store->locked);
    if (store->held) {
        ks_cbor_key(reply, "mode");
        ks_cbor_uint(reply, store->identity.mode);
        ks_cbor_key(reply, "id");
        ks_cbor_text(reply, store->identity.id, store->identity.id_length);
        ks_cbor_key(reply, "scope");
        ks_cbor_text(reply, store->identity.scope, store->identity.scope_length);
        ks_cbor_key(reply, "cred");
        ks_cbor_bytes(reply, store->credential, KS_HASH);
    }
    if (pending) {
        uint8_t digest[KS_HASH];
        hash_public(agent, digest);
        ks_cbor_key(reply, "pend");
        ks_cbor_bytes(reply, digest, KS_HASH);
    }
    return KS_OK;
}

static int begin(ks_agent *agent, const ks_request *request) {
    ks_item mode;
    ks_item id;
    ks_item scope;
    ks_identity identity;
    if (agent->store.locked) return KS_RC_LOCKED;
    if (!find(request, "mode", KS_CBOR_UINT, &mode) || mode.value > KS_MODE_SAS) return KS_RC_ARGUMENT;
    if (!find(request, "id", KS_CBOR_TEXT, &id) || !is_device_id(&id)) return KS_RC_ARGUMENT;
    if (!find(request, "scope", KS_CBOR_TEXT, &scope) || !is_scope(&scope)) return KS_RC_ARGUMENT;
    memset(&identity, 0, sizeof identity);
    identity.mode = (uint8_t)mode.value;
    identity.id_length = (uint8_t)id.value;
    identity.scope_length = (uint8_t)scope.value;
    memcpy(identity.id, id.data, id.value);
    memcpy(identity.scope, scope.data, scope.value);
    if (agent->draft_stored && same_identity(&agent->draft.identity, &identity)) {
        agent->stream_blank = agent->stream_blank && agent->received == 0;
        agent->received = 0; /* the key stays, the half-written stream does not count */
        agent->open = true;
        return KS_OK;
    }
    close_session(agent);
    if (ks_store_drop(&agent->store) != KS_OK) return KS_RC_FLASH;
    agent->draft.identity = identity;
    agent->open = true;
    return KS_OK;
}

static int store_draft(ks_agent *agent) {
    const int rc = ks_store_write_draft(&agent->store, &agent->draft);
    agent->draft_stored = rc == KS_OK;
    agent->stream_blank = agent->draft_stored;
    agent->received = 0;
    return rc;
}

static int reply_csr(ks_agent *agent, uint32_t offset, ks_writer *reply) {
    const size_t room = (size_t)(reply->end - reply->at) - CSR_OVERHEAD;
    size_t part;
    if (agent->csr_length == 0) {
        agent->csr_length = (uint16_t)ks_der_csr(agent->port, agent->draft.key, agent->draft.public_xy,
                                                 agent->draft.identity.id, agent->draft.identity.id_length, agent->csr);
        if (agent->csr_length == 0) return KS_RC_CRYPTO;
    }
    if (offset > agent->csr_length) return KS_RC_OFFSET;
    part = agent->csr_length - offset;
    if (part > room) part = room;
    ks_cbor_map(reply, 3);
    ks_cbor_key(reply, "len");
    ks_cbor_uint(reply, agent->csr_length);
    ks_cbor_key(reply, "off");
    ks_cbor_uint(reply, offset);
    ks_cbor_key(reply, "data");
    ks_cbor_bytes(reply, agent->csr + offset, part);
    return KS_OK;
}

static int keygen(ks_agent *agent, ks_writer *reply) {
    int rc;
    if (agent->store.locked) return KS_RC_LOCKED;
    if (!agent->open) return KS_RC_ORDER;
    if (agent->draft.identity.mode != KS_MODE_X509 || !ks_port_makes_keys(agent->port)) return KS_RC_UNSUPPORTED;
    if (!has_pending_key(agent)) {
        if (ks_port_ec_keygen(agent->port, agent->draft.key, agent->draft.public_xy) != 0) return KS_RC_CRYPTO;
        agent->draft.has_key = true;
        agent->csr_length = 0;
        rc = store_draft(agent);
        if (rc != KS_OK) return rc;
    }
    return reply_csr(agent, 0, reply);
}

static int csr(ks_agent *agent, const ks_request *request, ks_writer *reply) {
    ks_item offset;
    if (!agent->open || !has_pending_key(agent)) return KS_RC_ORDER;
    if (!find(request, "off", KS_CBOR_UINT, &offset)) return KS_RC_ARGUMENT;
    return reply_csr(agent, offset.value, reply);
}

/* Whether these bytes are what was received there before: a request that is sent again after its reply was lost. */
static int compare_stream(ks_agent *agent, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    const unsigned page = ks_store_spare(&agent->store);
    while (length > 0) {
        uint8_t block[64];
        const uint32_t part = length < sizeof block ? length : (uint32_t)sizeof block;
        bool same;
        if (ks_port_flash_read(agent->port, page, KS_STREAM_AT + offset, block, part) != 0) return KS_RC_FLASH;
        same = memcmp(block, bytes, part) == 0;
        ks_wipe(block, sizeof block);
        if (!same) return KS_RC_OFFSET;
        offset += part;
        bytes += part;
        length -= part;
    }
    return KS_OK;
}

static int reply_offset(const ks_agent *agent, ks_writer *reply) {
    ks_cbor_map(reply, 1);
    ks_cbor_key(reply, "off");
    ks_cbor_uint(reply, agent->received);
    return KS_OK;
}

static int put(ks_agent *agent, const ks_request *request, ks_writer *reply) {
    ks_item offset;
    ks_item data;
    int rc;
    if (agent->store.locked) return KS_RC_LOCKED;
    if (!agent->open) return KS_RC_ORDER;
    if (!find(request, "off", KS_CBOR_UINT, &offset)) return KS_RC_ARGUMENT;
    if (!find(request, "data", KS_CBOR_BYTES, &data) || data.value == 0) return KS_RC_ARGUMENT;
    if (offset.value > KS_STREAM_MAX || data.value > KS_STREAM_MAX - offset.value) return KS_RC_TOO_BIG;
    if (offset.value % KS_PUT_ALIGN != 0) return KS_RC_OFFSET;
    if (offset.value != agent->received) {
        /* The last one again, because its reply was lost; or a new stream from its start. */
        rc = offset.value + data.value == agent->received ? compare_stream(agent, offset.value, data.data, data.value)
                                                          : KS_RC_OFFSET;
        if (rc == KS_OK) return reply_offset(agent, reply);
        if (rc != KS_RC_OFFSET || offset.value != 0) return rc;
        agent->stream_blank = false;
    }
    if (offset.value == 0) {
        const bool blank = agent->draft_stored && (agent->stream_blank || ks_store_stream_is_blank(&agent->store));
        rc = blank ? KS_OK : store_draft(agent);
        if (rc != KS_OK) return rc;
    }
    agent->stream_blank = false;
    rc = ks_store_write_stream(&agent->store, offset.value, data.data, data.value);
    if (rc != KS_OK) return rc;
    agent->received = offset.value + data.value;
    return reply_offset(agent, reply);
}

static int commit(ks_agent *agent, const ks_request *request, ks_writer *reply) {
    ks_store *store = &agent->store;
    ks_item length;
    ks_item hash;
    uint8_t digest[KS_HASH];
    int rc = KS_OK;
    if (!find(request, "len", KS_CBOR_UINT, &length) || !find_hash(request, "sha", &hash)) return KS_RC_ARGUMENT;
    if (agent->open || !store->held || store->stream_length != length.value ||
        memcmp(store->stream_hash, hash.data, KS_HASH) != 0) {
        if (store->locked) return KS_RC_LOCKED;
        if (!agent->open || agent->received == 0) return KS_RC_ORDER;
        if (agent->received != length.value) return KS_RC_MISMATCH;
        rc = ks_store_hash(store, ks_store_spare(store), KS_STREAM_AT, length.value, digest);
        if (rc != KS_OK) return rc;
        if (memcmp(digest, hash.data, KS_HASH) != 0) return KS_RC_MISMATCH;
        rc = ks_credential_check(agent, ks_store_spare(store), length.value, &agent->draft, digest);
        if (rc != KS_OK) return rc;
        rc = ks_store_commit(store, &agent->draft.identity, length.value, hash.data, digest);
        if (rc != KS_OK) return rc;
        close_session(agent);
    } /* else: committed before, and only the reply was lost */
    ks_cbor_map(reply, 1);
    ks_cbor_key(reply, "cred");
    ks_cbor_bytes(reply, store->credential, KS_HASH);
    return KS_OK;
}

static int prove(ks_agent *agent, const ks_request *request, ks_writer *reply) {
    ks_item nonce;
    uint8_t proof[KS_SIGNATURE_MAX];
    size_t length = 0;
    int rc;
    if (!find_hash(request, "nonce", &nonce)) return KS_RC_ARGUMENT;
    rc = ks_credential_prove(agent, nonce.data, proof, &length);
    if (rc != KS_OK) return rc;
    ks_cbor_map(reply, 1);
    ks_cbor_key(reply, "proof");
    ks_cbor_bytes(reply, proof, length);
    return KS_OK;
}

static int lock(ks_agent *agent) {
    int rc;
    if (!agent->store.held) return KS_RC_EMPTY;
    if (agent->store.locked) return KS_OK;
    close_session(agent);
    rc = ks_store_drop(&agent->store);
    if (rc == KS_OK) rc = ks_store_lock(&agent->store);
    if (rc == KS_OK) ks_port_lock(agent->port);
    return rc;
}

static int erase(ks_agent *agent) {
    if (agent->store.locked) return KS_RC_LOCKED;
    close_session(agent);
    return ks_store_erase(&agent->store);
}

bool ks_command_exists(uint8_t command, uint8_t op) {
    static const uint8_t ops[] = {KS_OP_READ,  KS_OP_WRITE, KS_OP_WRITE, KS_OP_READ, KS_OP_WRITE,
                                  KS_OP_WRITE, KS_OP_READ,  KS_OP_WRITE, KS_OP_WRITE};
    return command < sizeof ops && ops[command] == op;
}

int ks_command(ks_agent *agent, uint8_t command, const ks_request *request, ks_writer *reply) {
    uint8_t *const start = reply->at;
    int rc;
    switch (command) {
        case KS_CMD_INFO: rc = info(agent, reply); break;
        case KS_CMD_BEGIN: rc = begin(agent, request); break;
        case KS_CMD_KEYGEN: rc = keygen(agent, reply); break;
        case KS_CMD_CSR: rc = csr(agent, request, reply); break;
        case KS_CMD_PUT: rc = put(agent, request, reply); break;
        case KS_CMD_COMMIT: rc = commit(agent, request, reply); break;
        case KS_CMD_PROVE: rc = prove(agent, request, reply); break;
        case KS_CMD_LOCK: rc = lock(agent); break;
        case KS_CMD_ERASE: rc = erase(agent); break;
        default: rc = KS_RC_UNKNOWN; break;
    }
    if (rc == KS_OK && reply->at == start) ks_cbor_map(reply, 0);
    return reply->full ? KS_RC_UNKNOWN : rc;
}
