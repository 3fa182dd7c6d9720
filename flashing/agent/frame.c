/* SPDX-License-Identifier: Apache-2.0 */
#include "flashing/agent/frame.h"

enum { OUTSIDE, SAW_06, SAW_04, INSIDE };

static const char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

uint16_t ks_crc16(uint16_t crc, const uint8_t *bytes, size_t length) {
    /* CRC-16/XMODEM, polynomial 1021, four bits at a time */
    static const uint16_t table[16] = {0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5, 0x60C6, 0x70E7,
                                       0x8108, 0x9129, 0xA14A, 0xB16B, 0xC18C, 0xD1AD, 0xE1CE, 0xF1EF};
    for (size_t i = 0; i < length; ++i) {
        crc = (uint16_t)((crc << 4) ^ table[((crc >> 12) ^ (bytes[i] >> 4)) & 0x0F]);
        crc = (uint16_t)((crc << 4) ^ table[((crc >> 12) ^ bytes[i]) & 0x0F]);
    }
    return crc;
}

static int digit(uint8_t c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

static bool take(ks_deframer *d, uint8_t byte) {
    if (d->have == sizeof d->bytes) return false;
    d->bytes[d->have++] = byte;
    return true;
}

/* Four base64 characters; 64 stands for '='. */
static bool take_quad(ks_deframer *d) {
    const uint8_t *q = d->quad;
    d->quads = 0;
    if (q[0] > 63 || q[1] > 63 || (q[2] > 63 && q[3] < 64)) return false;
    if (!take(d, (uint8_t)((q[0] << 2) | (q[1] >> 4)))) return false;
    if (q[2] > 63) return true;
    if (!take(d, (uint8_t)((q[1] << 4) | (q[2] >> 2)))) return false;
    if (q[3] > 63) return true;
    return take(d, (uint8_t)((q[2] << 6) | q[3]));
}

/* At the end of a line: is the message whole? */
static size_t finish(ks_deframer *d) {
    size_t total;
    d->state = OUTSIDE;
    if (!d->open || d->quads != 0) {
        d->open = false;
        return 0;
    }
    if (d->have < 2) return 0;
    total = ((size_t)d->bytes[0] << 8) | d->bytes[1]; /* message and CRC */
    if (d->have < total + 2) return 0;
    d->open = false;
    if (d->have != total + 2 || total < 2) return 0;
    if (ks_crc16(0, d->bytes + 2, total) != 0) return 0; /* over message and CRC it comes to nought */
    return total - 2;
}

static void start_line(ks_deframer *d, bool first) {
    if (first) {
        d->open = true;
        d->have = 0;
        d->quads = 0;
    }
    d->line = 2;
    d->state = INSIDE;
}

size_t ks_deframe(ks_deframer *d, uint8_t byte) {
    int value;
    if (byte == 0x06 || byte == 0x04) { /* never inside a line: another one starts */
        d->state = byte == 0x06 ? SAW_06 : SAW_04;
        return 0;
    }
    switch (d->state) {
        case SAW_06:
        case SAW_04:
            if (byte == (d->state == SAW_06 ? 0x09 : 0x14)) {
                start_line(d, d->state == SAW_06);
            } else {
                d->state = OUTSIDE;
            }
            return 0;
        case INSIDE:
            break;
        default:
            return 0;
    }
    if (byte == '\n') return finish(d);
    if (byte == '\r') return 0;
    value = byte == '=' ? 64 : digit(byte);
    if (value < 0 || ++d->line >= KS_LINE_MAX) { /* the last of the 127 is the line feed */
        d->open = false;
        d->state = OUTSIDE;
        return 0;
    }
    d->quad[d->quads++] = (uint8_t)value;
    if (d->quads == 4 && !take_quad(d)) d->open = false;
    return 0;
}

/* One line being made. */
typedef struct {
    ks_port *port;
    uint8_t text[KS_LINE_MAX];
    uint8_t used;
    uint8_t group[3];
    uint8_t held;
} line_writer;

static void end_line(line_writer *w) {
    w->text[w->used++] = '\n';
    ks_port_write(w->port, w->text, w->used);
    w->text[0] = 0x04;
    w->text[1] = 0x14;
    w->used = 2;
}

static void put_group(line_writer *w) {
    const uint8_t *g = w->group;
    uint8_t *to = w->text + w->used;
    to[0] = (uint8_t)kDigits[g[0] >> 2];
    to[1] = (uint8_t)kDigits[((g[0] << 4) | (g[1] >> 4)) & 63];
    to[2] = w->held > 1 ? (uint8_t)kDigits[((g[1] << 2) | (g[2] >> 6)) & 63] : '=';
    to[3] = w->held > 2 ? (uint8_t)kDigits[g[2] & 63] : '=';
    w->used = (uint8_t)(w->used + 4);
    w->held = 0;
    w->group[1] = w->group[2] = 0;
}

static void put_bytes(line_writer *w, const uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; ++i) {
        if (w->held == 3) put_group(w);
        if (w->used + 4 > KS_LINE_MAX - 1) end_line(w);
        w->group[w->held++] = bytes[i];
    }
}

void ks_send_frame(ks_port *port, const uint8_t *message, size_t length) {
    line_writer w = {.port = port, .text = {0x06, 0x09}, .used = 2};
    const uint16_t crc = ks_crc16(0, message, length);
    const uint8_t front[2] = {(uint8_t)((length + 2) >> 8), (uint8_t)(length + 2)};
    const uint8_t back[2] = {(uint8_t)(crc >> 8), (uint8_t)crc};
    put_bytes(&w, front, 2);
    put_bytes(&w, message, length);
    put_bytes(&w, back, 2);
    if (w.held > 0) put_group(&w);
    end_line(&w);
}
