/* SPDX-License-Identifier: Apache-2.0 */
/* The commands of the agent's group. Each reads its request map, writes its reply map and returns KS_OK or KS_RC_*. */
#ifndef KEYSTAMP_AGENT_COMMANDS_H
#define KEYSTAMP_AGENT_COMMANDS_H

#include "flashing/agent/agent.h"
#include "flashing/agent/cbor.h"

typedef struct {
    const uint8_t *map;
    size_t length;
} ks_request;

/* Whether the group has this command with this operation (KS_OP_READ or KS_OP_WRITE). */
bool ks_command_exists(uint8_t command, uint8_t op);
int ks_command(ks_agent *agent, uint8_t command, const ks_request *request, ks_writer *reply);

/* The credential stream: its parts held against the identity; the credential's digest. KS_RC_CREDENTIAL, KS_RC_KEY. */
int ks_credential_check(ks_agent *agent, unsigned page, uint32_t stream_length, const ks_draft *draft,
                        uint8_t digest[KS_HASH]);
/* Proof over a nonce with the credential in the flash; returns its length in *length. */
int ks_credential_prove(ks_agent *agent, const uint8_t nonce[KS_NONCE], uint8_t proof[KS_SIGNATURE_MAX], size_t *length);

#endif
