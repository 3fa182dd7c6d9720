/* SPDX-License-Identifier: Apache-2.0 */
/* Start-up, and the product: a loop that hands the agent what the UART has received and sleeps in between. */
#include "flashing/agent/agent.h"
#include "flashing/agent/port/microbit/microbit_port.h"
#include "flashing/agent/port/microbit/nrf51.h"

extern uint32_t data_load[], data_start[], data_end[], bss_start[], bss_end[], stack_top[];

int main(void);
void reset(void);
void fault(void);

/* What the stack has not used yet; so that its need can be read from memory. */
#define STACK_PAINT 0x5AC4A1E5u

void reset(void) {
    const uint32_t *from = data_load;
    uint32_t *stack;
    __asm volatile("mov %0, sp" : "=r"(stack));
    for (uint32_t *to = data_start; to < data_end; ++to) *to = *from++;
    for (uint32_t *to = bss_start; to < bss_end; ++to) *to = 0;
    for (volatile uint32_t *to = bss_end; to < stack; ++to) *to = STACK_PAINT;
    (void)main();
    fault();
}

/* Anything that must not happen: start anew, as after a power cut. */
void fault(void) { ks_microbit_restart(); }

typedef void (*handler)(void);
__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    handler system[15];
    handler peripheral[32];
} vectors = {stack_top,
             {reset, fault, fault, [10] = fault, [13] = fault, [14] = fault},
             {[UART_IRQ] = ks_microbit_uart_interrupt}};

static ks_agent agent;
static ks_port port;

int main(void) {
    uint8_t received[64];
    ks_microbit_init(&port);
    ks_agent_init(&agent, &port);
    for (;;) {
        const size_t length = ks_microbit_receive(received, sizeof received);
        ks_agent_input(&agent, received, length);
        ks_wipe(received, length); /* it may have been a key */
    }
}
