#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The emulated STM32 and Debian's stm32flash: it writes, verifies and reads; and what the station wrote into the credential page is read
with it and taken apart by a reader that shares nothing with ours (flashing/boards/stm32.md with struct, zlib and OpenSSL)."""

import hashlib
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from station import BIN, LIB, Station  # noqa: E402

PAGE, END = 0x0801F800, 0x08020000
DEVICE_ID, SCOPE_ID, SAS_KEY, PRIVATE_KEY, CERTIFICATE = range(1, 6)


def stm32flash(port, *words):
    # a pseudo-terminal has no parity
    done = subprocess.run(["stm32flash", "-m", "8n1", "-b", "115200", *map(str, words), str(port)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


class Board:
    """One board on a pseudo-terminal."""

    def __init__(self, driver, folder):
        self.port = pathlib.Path(folder) / f"tty-{driver}"
        self.process = subprocess.Popen([BIN / "keystamp-board", "--driver", driver, "--listen", f"pty:{self.port}"], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().startswith("listening ")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def check_tool(driver, folder):
    image, back = pathlib.Path(folder) / "image.bin", pathlib.Path(folder) / "back.bin"
    image.write_bytes(os.urandom(5000))
    with Board(driver, folder) as board:
        said = stm32flash(board.port, "-w", image, "-v", "-S", "0x08004000:8192")
        assert "Wrote and verified" in said, said
        # it knows a loader that was synced before: -c
        stm32flash(board.port, "-c", "-r", back, "-S", "0x08004000:5000")
        assert back.read_bytes() == image.read_bytes()
    print(f"{driver}: stm32flash wrote, verified and read {len(image.read_bytes())} bytes")


def fields(page):
    """[(tag, value)] of a page whose every CRC is right."""
    magic, version, kind, length, crc = struct.unpack_from("<4sBBxxII", page)
    assert (magic, version) == (b"KSID", 1)
    assert struct.unpack_from("<I", page, 28)[0] == zlib.crc32(page[:28])
    body = page[64:64 + length]
    assert crc == zlib.crc32(body)
    assert set(page[64 + length:]) <= {0xFF}, "something lies behind it"
    found = []
    while body:
        tag, size = struct.unpack_from("<HH", body)
        found.append((tag, body[4:4 + size]))
        body = body[4 + (size + 3) // 4 * 4:]
    return kind, found


def openssl(*words, data):
    return subprocess.run(["openssl", *words], input=data, check=True, capture_output=True).stdout


def check_page(folder, mode):
    """A unit of a real run, read out by stm32flash: go = 0 leaves the chip in its loader."""
    with Station(fixtures=1, driver="stm32", driver_options={"page": PAGE, "go": 0}) as station, Board("stm32", folder) as board:
        station.use_links([f"serial:{board.port}"])
        station.create_batch("page", mode, 1)
        # the terminal passes for a serial port
        station.command("run", "page", "--scans", station.write_scans("page", 1), env={"LD_PRELOAD": str(LIB / "libpty_as_serial.so")})
        (device, state, credential, leaf), = station.journal("select id, state, credential, certificate from unit where batch = 'page'")
        assert state == "RECORDED", state
        out = pathlib.Path(folder) / "page.bin"
        stm32flash(board.port, "-c", "-r", out, "-S", f"{PAGE:#x}:{END - PAGE}")
        kind, found = fields(out.read_bytes())
        values = dict(reversed(found))  # of several certificates the first
        assert values[DEVICE_ID] == device.encode() and values[SCOPE_ID] == b"0ne00TEST01", values
        if mode == "sas":
            assert kind == 1 and hashlib.sha256(values[SAS_KEY]).digest() == credential
        else:
            assert kind == 2 and values[CERTIFICATE] == leaf
            private = openssl("pkey", "-inform", "DER", "-pubout", data=values[PRIVATE_KEY])
            assert private == openssl("x509", "-inform", "DER", "-noout", "-pubkey", data=leaf)
            assert [tag for tag, _ in found].count(CERTIFICATE) == 2, "leaf and intermediate"
        print(f"{mode}: what a station wrote for {device} is read by stm32flash, and its CRCs, key and certificate fit")


def main():
    with tempfile.TemporaryDirectory() as folder:
        for driver in ("stm32", "stm32f1"):
            check_tool(driver, folder)
        for mode in ("sas", "x509"):
            check_page(folder, mode)


if __name__ == "__main__":
    main()
