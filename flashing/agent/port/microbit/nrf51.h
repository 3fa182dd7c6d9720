/* SPDX-License-Identifier: Apache-2.0 */
/* The registers of the nRF51822 that the port uses (Nordic's nRF51 Series Reference Manual, by its names). */
#ifndef KEYSTAMP_MICROBIT_NRF51_H
#define KEYSTAMP_MICROBIT_NRF51_H

#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(address))

#define CLOCK_HFCLKSTART REG(0x40000000u)
#define CLOCK_HFCLKSTARTED REG(0x40000100u)

#define UART_STARTRX REG(0x40002000u)
#define UART_STARTTX REG(0x40002008u)
#define UART_RXDRDY REG(0x40002108u)
#define UART_TXDRDY REG(0x4000211Cu)
#define UART_INTENSET REG(0x40002304u)
#define UART_INTENCLR REG(0x40002308u)
#define UART_ENABLE REG(0x40002500u)
#define UART_PSELTXD REG(0x4000250Cu)
#define UART_PSELRXD REG(0x40002514u)
#define UART_RXD REG(0x40002518u)
#define UART_TXD REG(0x4000251Cu)
#define UART_BAUDRATE REG(0x40002524u)
#define UART_INT_RXDRDY (1u << 2)
#define UART_IRQ 2u
#define UART_115200 0x01D7E000u

#define RNG_START REG(0x4000D000u)
#define RNG_STOP REG(0x4000D004u)
#define RNG_VALRDY REG(0x4000D100u)
#define RNG_CONFIG REG(0x4000D504u) /* bit 0: bias correction */
#define RNG_VALUE REG(0x4000D508u)

#define NVMC_READY REG(0x4001E400u)
#define NVMC_CONFIG REG(0x4001E504u)
#define NVMC_ERASEPAGE REG(0x4001E508u)
#define NVMC_READ 0u
#define NVMC_WRITE 1u
#define NVMC_ERASE 2u
#define NVMC_PAGE 1024u

#define FICR_DEVICEID ((const volatile uint32_t *)0x10000060u) /* two words */

#define GPIO_OUTSET REG(0x50000508u)
#define GPIO_DIRSET REG(0x50000518u)

#define NVIC_ISER REG(0xE000E100u)
#define SCB_AIRCR REG(0xE000ED0Cu)
#define SCB_AIRCR_RESET 0x05FA0004u

/* micro:bit: the pins of its USB serial port */
#define PIN_TXD 24u
#define PIN_RXD 25u

#endif
