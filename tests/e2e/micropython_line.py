#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A batch of 20 of each mode over emulated micro:bits with Debian's MicroPython, boards changed by hand after each PASS; no
device's key is in anything that the station leaves."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from canary import expect_no_key  # noqa: E402
from microbit_fixtures import MicrobitFixture  # noqa: E402
from microbit_line import run_by_hand  # noqa: E402
from station import ROOT, Station  # noqa: E402

FIXTURES = 4
UNITS = 20


class MicropythonFixture(MicrobitFixture):
    """Chips of QEMU all have one number: each board gets one in a file, as a product's own firmware would."""

    def _start(self):
        return subprocess.Popen([ROOT / "tests/support/micropython", self.folder])

    def _connect(self):
        board = super()._connect()
        tell(board, f"f=open('serial','w');f.write('{self.uids[-1]}');f.close()")
        return board


def hear(board, words):
    heard = b""
    end = time.monotonic() + 20
    while words not in heard:
        assert time.monotonic() < end, heard
        heard += board.recv(4096)
    return heard


def tell(board, code):
    """Over the raw REPL; what it printed. Said again where the emulated chip, on a machine that is busy, lost a byte of it."""
    board.settimeout(20)
    said = b""
    for _ in range(5):
        board.sendall(b"\r\x03\x03\r\x01")
        hear(board, b"CTRL-B to exit\r\n>")
        board.sendall(code.encode() + b"\x04")
        said = hear(board, b"\x04>")
        if said.startswith(b"OK") and said.endswith(b"\x04\x04>"):
            board.setblocking(True)
            return said[2:-3].decode()
    raise AssertionError(said)


def main():
    with Station(fixtures=FIXTURES, driver="micropython", driver_options={"uid": "open('serial').read()"}) as station:
        fixtures = [MicropythonFixture(station.folder, n + 1) for n in range(FIXTURES)]
        try:
            station.use_links(each.link for each in fixtures)
            for mode in ("sas", "x509"):
                batch = f"python-{mode}"
                station.create_batch(batch, mode, UNITS)
                summary = run_by_hand(station, batch, fixtures, UNITS)
                rows = station.journal("select state, evidence, family, uid, id from unit where batch = ?", batch)
                if mode == "sas":
                    expect_no_key(station, [row[4] for row in rows], summary)
                assert len(rows) == UNITS and {row[:3] for row in rows} == {("RECORDED", "read-back", "micro:bit with nRF51822")}, rows
                assert {bytes(row[3]).hex() for row in rows} <= {uid for each in fixtures for uid in each.uids}
                print(summary.strip())
        finally:
            for each in fixtures:
                each.close()
        print(f"2 x {UNITS} units over {FIXTURES} micro:bits with MicroPython, shown by read-back")


if __name__ == "__main__":
    main()
