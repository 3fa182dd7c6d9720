/* SPDX-License-Identifier: Apache-2.0 */
#include "flashing/agent/port/microbit/microbit_port.h"

#include <string.h>

#include "flashing/agent/port/microbit/nrf51.h"

/* ---- the unit's own page: eight bytes of UID, then settings. FF throughout: the silicon's number, and keys are made here.
 * It is for emulators, in which every chip has the same number, and for products that number their boards themselves. */
extern const uint8_t unit_page[];
extern uint8_t agent_pages[];
#define UNIT_UID 8u
#define UNIT_NO_KEYS 8u /* 00: the station makes the keys */

static void read_flash(uint8_t *into, const volatile uint8_t *from, size_t length) {
    while (length-- > 0) *into++ = *from++;
}

/* ---- UART */

#define RING 512u /* a power of two */
static volatile uint8_t ring[RING];
static volatile uint16_t ring_in;
static volatile uint16_t ring_out;

void ks_microbit_uart_interrupt(void) {
    while (UART_RXDRDY != 0) {
        if ((uint16_t)(ring_in - ring_out) == RING) {
            UART_INTENCLR = UART_INT_RXDRDY; /* left in the UART, which has room for six more, until there is room here */
            return;
        }
        UART_RXDRDY = 0;
        ring[ring_in % RING] = (uint8_t)UART_RXD;
        ring_in = (uint16_t)(ring_in + 1);
    }
}

size_t ks_microbit_receive(uint8_t *into, size_t room) {
    size_t length = 0;
    /* With interrupts held back none can come between the look and the sleep; it ends the sleep all the same. */
    __asm volatile("cpsid i" ::: "memory");
    while (ring_in == ring_out) {
        __asm volatile("wfi\n cpsie i\n isb\n cpsid i" ::: "memory");
    }
    __asm volatile("cpsie i" ::: "memory");
    while (length < room && ring_out != ring_in) {
        into[length++] = ring[ring_out % RING];
        ring[ring_out % RING] = 0;
        ring_out = (uint16_t)(ring_out + 1);
    }
    UART_INTENSET = UART_INT_RXDRDY;
    return length;
}

void ks_port_write(ks_port *port, const uint8_t *bytes, size_t length) {
    (void)port;
    for (size_t i = 0; i < length; ++i) {
        UART_TXDRDY = 0;
        UART_TXD = bytes[i];
        while (UART_TXDRDY == 0) {
        }
    }
}

static void start_uart(void) {
    GPIO_OUTSET = 1u << PIN_TXD;
    GPIO_DIRSET = 1u << PIN_TXD;
    UART_PSELTXD = PIN_TXD;
    UART_PSELRXD = PIN_RXD;
    UART_BAUDRATE = UART_115200;
    UART_ENABLE = 4;
    UART_RXDRDY = 0;
    UART_INTENSET = UART_INT_RXDRDY;
    NVIC_ISER = 1u << UART_IRQ;
    UART_STARTRX = 1;
    UART_STARTTX = 1;
}

/* ---- random source */

#define PATIENCE 1000000u
/* SP 800-90B, repetition count test: at 4 bits of entropy a byte, as low as nobody has seen, 6 equal ones in a row come by chance
 * once in a million bytes. */
#define REPETITIONS 6u

bool ks_microbit_random(uint8_t *into, size_t length) {
    unsigned equal = 1;
    bool good = true;
    RNG_CONFIG = 1;
    RNG_VALRDY = 0;
    RNG_START = 1;
    for (size_t i = 0; i < length && good; ++i) {
        uint32_t patience = PATIENCE;
        while (RNG_VALRDY == 0 && --patience > 0) {
        }
        RNG_VALRDY = 0;
        into[i] = (uint8_t)RNG_VALUE;
        equal = i > 0 && into[i] == into[i - 1] ? equal + 1 : 1;
        good = patience > 0 && equal < REPETITIONS;
    }
    RNG_STOP = 1;
    return good;
}

/* ---- flash */

/* The one place where flash changes: a word written, or the erase of a page begun. Left whole: the power-cut test stops here. */
__attribute__((noipa)) static void change(uint32_t mode, volatile uint32_t *at, uint32_t value) {
    NVMC_CONFIG = mode;
    *at = value;
    while (NVMC_READY == 0) {
    }
    NVMC_CONFIG = NVMC_READ;
}

static bool in_page(unsigned page, uint32_t offset, size_t length) {
    return page <= 1 && offset <= KS_PAGE_SIZE && length <= KS_PAGE_SIZE - offset;
}

static uint8_t *place(unsigned page, uint32_t offset) { return agent_pages + page * KS_PAGE_SIZE + offset; }

int ks_port_flash_read(ks_port *port, unsigned page, uint32_t offset, uint8_t *into, size_t length) {
    (void)port;
    if (!in_page(page, offset, length)) return -1;
    read_flash(into, place(page, offset), length);
    return 0;
}

int ks_port_flash_write(ks_port *port, unsigned page, uint32_t offset, const uint8_t *bytes, size_t length) {
    (void)port;
    if (!in_page(page, offset, length) || offset % 16 != 0 || length % 16 != 0) return -1;
    for (size_t i = 0; i < length; i += 4) {
        volatile uint32_t *at = (volatile uint32_t *)(void *)place(page, offset + (uint32_t)i);
        uint32_t word;
        memcpy(&word, bytes + i, sizeof word);
        change(NVMC_WRITE, at, word);
        if (*at != word) return -1;
    }
    return 0;
}

int ks_port_flash_erase(ks_port *port, unsigned page) {
    (void)port;
    if (page > 1) return -1;
    for (uint32_t at = 0; at < KS_PAGE_SIZE; at += NVMC_PAGE) {
        change(NVMC_ERASE, &NVMC_ERASEPAGE, (uint32_t)(uintptr_t)place(page, at));
    }
    return 0;
}

/* ---- the rest */

void ks_microbit_restart(void) {
    SCB_AIRCR = SCB_AIRCR_RESET;
    for (;;) {
    }
}

void ks_port_reset(ks_port *port) {
    (void)port; /* the reply is out: ks_port_write has waited for its last byte */
    ks_microbit_restart();
}

size_t ks_port_uid(ks_port *port, uint8_t uid[KS_UID_MAX]) {
    bool seeded = false;
    (void)port;
    read_flash(uid, unit_page, UNIT_UID);
    for (unsigned i = 0; i < UNIT_UID; ++i) seeded = seeded || uid[i] != 0xFF;
    if (!seeded) {
        for (unsigned i = 0; i < UNIT_UID; ++i) uid[i] = (uint8_t)(FICR_DEVICEID[i / 4] >> (8 * (i % 4)));
    }
    return UNIT_UID;
}

const char *ks_port_family(ks_port *port) {
    (void)port;
    return "keystamp-agent microbit";
}

const char *ks_port_firmware(ks_port *port) {
    (void)port;
    return KEYSTAMP_VERSION;
}

bool ks_port_makes_keys(ks_port *port) { return port->makes_keys; }

/* A product would set UICR.RBPCONF here, which closes the debug port until a mass erase. */
void ks_port_lock(ks_port *port) { (void)port; }

void ks_microbit_init(struct ks_port *port) {
    uint8_t first[4];
    uint8_t settings;
    CLOCK_HFCLKSTART = 1;
    while (CLOCK_HFCLKSTARTED == 0) {
    }
    start_uart();
    /* Also, QEMU looks for bytes that came before its UART was on only when something else happens: a random byte does. */
    port->makes_keys = ks_microbit_random(first, sizeof first);
    read_flash(&settings, unit_page + UNIT_NO_KEYS, 1);
    if (settings == 0) port->makes_keys = false;
}
