/* SPDX-License-Identifier: Apache-2.0 */
/* The agent's port to the nRF51822 of the micro:bit, and to QEMU's: UART, NVMC flash, RNG; BearSSL. */
#ifndef KEYSTAMP_AGENT_MICROBIT_PORT_H
#define KEYSTAMP_AGENT_MICROBIT_PORT_H

#include "flashing/agent/port.h"

struct ks_port {
    bool makes_keys;
};

/* Clock, UART, random source; reads the unit's page. */
void ks_microbit_init(struct ks_port *port);
/* What the UART has received, at least one byte; sleeps until there is one. */
size_t ks_microbit_receive(uint8_t *into, size_t room);
void ks_microbit_uart_interrupt(void);
__attribute__((noreturn)) void ks_microbit_restart(void);
/* Bytes of the hardware's random source, unconditioned. False where it does not deliver, or is stuck. */
bool ks_microbit_random(uint8_t *into, size_t length);

#endif
