/* SPDX-License-Identifier: Apache-2.0 */
/* The agent's port to this machine: OpenSSL, flash in memory or in a file, replies through a callback. */
#ifndef KEYSTAMP_AGENT_HOST_PORT_H
#define KEYSTAMP_AGENT_HOST_PORT_H

#include "flashing/agent/port.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ks_port {
    /* Set by the program. */
    uint8_t uid[KS_UID_MAX];
    size_t uid_length;
    bool makes_keys;
    const char *firmware; /* the version of Keystamp, unless set */
    void (*send)(void *context, const uint8_t *bytes, size_t length);
    void *context;

    uint8_t flash[2][KS_PAGE_SIZE];
    int flash_file; /* -1: memory only */

    /* Set by the agent; the program then starts it anew. */
    bool reset;

    /* Faults for tests. */
    bool corrupt;      /* signatures and HMACs come out wrong */
    long power_left;   /* bytes that flash still takes before the power goes; -1: for ever */
    bool power_gone;   /* it went: flash takes nothing more */
    uint8_t torn_bits; /* of the byte at which it went: those not yet programmed, or not yet erased */
    bool erase_upwards; /* which way an interrupted erase has got; a real one goes any way */
    unsigned long flash_bytes; /* programmed or erased so far */

    /* The key that was last used, as OpenSSL wants it: to make it takes longer than to sign. It is looked up by the scalar
     * that the agent has read from flash, so it stands for no state of the board's and outlives a reset. */
    void *key;
    uint8_t key_scalar[KS_EC_KEY];
};

/* Zeroes it, with blank flash. */
void ks_host_init(struct ks_port *port);
/* Flash in a file, made blank where it is not there; what is written to it is on the disk. False with errno. */
bool ks_host_open_flash(struct ks_port *port, const char *path);
/* Before the agent is started anew. */
void ks_host_restart(struct ks_port *port);
void ks_host_free(struct ks_port *port);

#ifdef __cplusplus
}
#endif
#endif
