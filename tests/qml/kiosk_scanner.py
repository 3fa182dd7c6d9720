#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The kiosk hears a scanner on a serial port: a fixture's own one, from scan to RECORDED, pulled and plugged in again."""

import os
import pathlib
import pty
import subprocess
import sys
import time
import tty

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.station import BIN, LIB, Station  # noqa: E402


class Port:
    """A serial scanner under a name that stays the same when it is plugged in again."""

    def __init__(self, name):
        self.name = name
        self.plug()

    def plug(self):
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.name.symlink_to(os.ttyname(self.slave))

    def pull(self):
        self.name.unlink()
        os.close(self.slave)
        os.close(self.master)

    def scan(self, text):
        os.write(self.master, text.encode() + b"\r\n")


def until_recorded(station, port, kiosk, serial, seconds=60):
    """Scans again, as an operator does, until the station has it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert kiosk.poll() is None, f"the kiosk ended with {kiosk.returncode}"
        port.scan("]d20109501101530003" + "21" + serial)
        for _ in range(30):
            if station.journal("select fixture from unit where scan = ? and state = 'RECORDED'", serial) == [("F2",)]:
                return
            time.sleep(0.1)
    raise AssertionError(f"{serial} was never recorded on F2")


def hears():
    with Station(fixtures=2) as station:
        station.start_boards()
        station.create_batch("heard", "x509", 10)
        port = Port(station.folder / "scanner")
        with station.config.open("a") as config:
            config.write(f'[scan]\ntake = "{{21}}"\n[[scanner]]\nname = "S1"\nlink = "serial:{port.name}"\nfixture = "F2"\n')
        kiosk = subprocess.Popen([BIN / "keystamp-station", "--config", station.config, "--windowed", "--batch", "heard"],
                                 env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software",
                                      "LD_PRELOAD": str(next(LIB.glob("*pty_as_serial*.so")))})
        try:
            until_recorded(station, port, kiosk, "SN-1")
            port.pull()
            port.plug()
            until_recorded(station, port, kiosk, "SN-2")
            port.scan("010950110153000421SN-3")  # misread
            time.sleep(1)
            assert station.journal("select count(*) from unit") == [(2,)]
        finally:
            kiosk.terminate()
            assert kiosk.wait(timeout=60) == 0


if __name__ == "__main__":
    hears()
