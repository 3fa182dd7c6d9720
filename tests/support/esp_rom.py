# SPDX-License-Identifier: Apache-2.0
"""Reads an emulated ESP32's flash through its ROM loader, sharing nothing with the product: Espressif's serial protocol, and RFC 2217
where the link is one (then the board is reset into its loader first)."""

import socket
import struct

SPI_ATTACH, READ_FLASH_SLOW, BLOCK = 0x0D, 0x0E, 64
IAC, WILL, SB, SE, COM_PORT, SET_CONTROL = 255, 251, 250, 240, 44, 5
DTR_ON, DTR_OFF, RTS_ON, RTS_OFF = 8, 9, 11, 12


class Rom:
    def __init__(self, link):
        scheme, rest = link.split(":", 1)
        self.telnet = scheme == "rfc2217"
        if scheme == "unix":
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.connect(rest)
        else:
            self.socket = socket.create_connection(rest.rsplit(":", 1))
        self.socket.settimeout(30)
        if self.telnet:
            self.socket.sendall(bytes([IAC, WILL, COM_PORT]))
            for line in (DTR_OFF, RTS_ON, DTR_ON, RTS_OFF, DTR_OFF):
                self.socket.sendall(bytes([IAC, SB, COM_PORT, SET_CONTROL, line, IAC, SE]))
        self.ask(SPI_ATTACH, bytes(8))

    def _byte(self):
        byte = self.socket.recv(1)[0]
        if not self.telnet or byte != IAC:
            return byte
        verb = self.socket.recv(1)[0]
        if verb == IAC:
            return IAC
        if verb == SB:
            while self.socket.recv(1)[0] != SE:
                pass
        else:
            self.socket.recv(1)
        return self._byte()

    def _packet(self):
        packet = bytearray()
        while True:
            byte = self._byte()
            if byte != 0xC0:
                packet.append(byte)
            elif packet:
                return bytes(packet).replace(b"\xdb\xdc", b"\xc0").replace(b"\xdb\xdd", b"\xdb")

    def ask(self, op, data):
        packet = struct.pack("<BBHI", 0, op, len(data), 0) + data
        frame = b"\xc0" + packet.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc") + b"\xc0"
        self.socket.sendall(frame.replace(b"\xff", b"\xff\xff") if self.telnet else frame)
        while True:
            reply = self._packet()  # or what the chip said when it started
            if reply[:2] == bytes([1, op]):
                assert reply[-4] == 0, reply.hex()
                return reply[8:-4]

    def read(self, offset, size):
        return b"".join(self.ask(READ_FLASH_SLOW, struct.pack("<II", offset + at, BLOCK)) for at in range(0, size, BLOCK))
