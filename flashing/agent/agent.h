/* SPDX-License-Identifier: Apache-2.0 */
/* The Keystamp agent: what a board runs to be given its identity and to prove that it has it. Protocol and flash layout:
 * flashing/PROTOCOL.md. C11, no heap, of the C library only memcpy, memmove, memset, memcmp, strlen.
 *
 * One thread (or main loop) at a time. Stack: under 2 KiB beside what the port's functions take. */
#ifndef KEYSTAMP_AGENT_AGENT_H
#define KEYSTAMP_AGENT_AGENT_H

#include "flashing/agent/der.h"
#include "flashing/agent/frame.h"
#include "flashing/agent/port.h"
#include "flashing/agent/store.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KS_REPLY_MAX 640u

typedef struct {
    ks_port *port;
    ks_store store;
    ks_deframer deframer;
    uint8_t reply[KS_REPLY_MAX];

    /* The draft on the spare page: who it is for, and the key made for it. Valid when draft_stored. */
    ks_draft draft;
    bool draft_stored;
    bool stream_blank; /* the stream behind the stored draft is erased as far as `received` on */

    bool open; /* a session is: begin was said, for draft.identity */
    uint32_t received;
    uint8_t csr[KS_CSR_MAX];
    uint16_t csr_length;
} ks_agent;

/* At power-on and after each reset; reads the flash. */
void ks_agent_init(ks_agent *agent, ks_port *port);
/* Received bytes, as they come. Replies go out by ks_port_write before it returns. */
void ks_agent_input(ks_agent *agent, const uint8_t *bytes, size_t length);

#ifdef __cplusplus
}
#endif
#endif
