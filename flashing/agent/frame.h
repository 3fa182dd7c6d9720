/* SPDX-License-Identifier: Apache-2.0 */
/* The console framing of SMP: lines of base64 with a length in front and a CRC-16/XMODEM behind. */
#ifndef KEYSTAMP_AGENT_FRAME_H
#define KEYSTAMP_AGENT_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flashing/agent/port.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    uint8_t bytes[KS_MESSAGE_MAX + 4]; /* length, message, CRC */
    uint16_t have;
    uint8_t state;
    uint8_t line;    /* characters of this line so far */
    uint8_t quad[4]; /* base64 digits not yet decoded */
    uint8_t quads;
    bool open; /* a frame has begun and nothing of it was wrong so far */
} ks_deframer;

/* Takes one received byte. Returns the length of a whole message, which begins at bytes + 2, or 0. Whatever is no frame
 * (noise, log lines, a broken frame) is dropped; the next frame start is found anywhere. */
size_t ks_deframe(ks_deframer *deframer, uint8_t byte);

/* Sends a message as lines through ks_port_write. */
void ks_send_frame(ks_port *port, const uint8_t *message, size_t length);

uint16_t ks_crc16(uint16_t crc, const uint8_t *bytes, size_t length);

#ifdef __cplusplus
}
#endif
#endif
