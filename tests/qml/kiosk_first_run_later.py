#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A first run with a scanner on a serial port, in a real window: it gives the first supervisor's badge and the test code, and is not heard while a
passphrase is entered. The rest is left out by Later: the batches are there, nothing was made, and the next start begins as ever.

Real token, signer, virtual board and journal; name and passphrase are typed by xdotool. --pictures DIR keeps the pictures."""

import contextlib
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "support")]
from kiosk_first_run import BADGE, BAR, INK, NAME, PASSPHRASE, SURFACE, TEST_CODE, FirstRun, begins_as_ever, make_new  # noqa: E402
from kiosk_scanner import Port  # noqa: E402
from kiosk_shift import begin, main_of, until  # noqa: E402
from support.station import LIB, Station  # noqa: E402

LATER = (1125, 40 + BAR)


def later(pictures):
    with Station(fixtures=1) as station, contextlib.ExitStack() as end:
        station.start_boards()
        make_new(station)
        port = Port(station.folder / "scanner")
        with station.config.open("a") as config:
            config.write(f'[[scanner]]\nname = "S1"\nlink = "serial:{port.name}"\n')
        kiosk = begin(end, station, pictures, lambda: (
            station.journal("SELECT name, role, removed_at FROM person"), station.ledger("SELECT supervisor, act, about FROM act")),
            window=FirstRun, preload=next(LIB.glob("*pty_as_serial*.so")))
        acts = lambda: [act for act, in station.ledger("SELECT act FROM act WHERE supervisor <> '' ORDER BY n")]

        # ---- the badge comes from the port, and with it the name stands
        until("the first step is there", kiosk.may_go_on)
        kiosk.go_on()
        until("a name is wanted", kiosk.writes)
        kiosk.scan(NAME)
        port.scan(BADGE)
        until("name and badge are there", kiosk.may_go_on)
        kiosk.look("60-scanned")
        kiosk.go_on()
        until("a passphrase is asked for", lambda: not kiosk.may_go_on() and not kiosk.logged_in())
        kiosk.call("xdotool", "type", "--delay", "5", PASSPHRASE[:4])
        port.scan(BADGE)
        kiosk.scan(PASSPHRASE[4:])
        kiosk.scan(PASSPHRASE)
        until("the supervisor is enrolled and logged in", lambda: kiosk.logged_in() and acts() == ["enrol", "person-add", "person-login"])

        # ---- the test code from there is the right one, and the badge is known
        until("the scanner's step is there", lambda: kiosk.may_go_on() and not kiosk.writes())
        port.scan(TEST_CODE)
        until("the test code is right", lambda: kiosk.strip() == SURFACE)
        kiosk.look("61-test-code")
        before = kiosk.bar()
        port.scan(BADGE)
        until("the bar says who it is", lambda: kiosk.bar() != before)

        # ---- Later, while the fixtures are looked at
        kiosk.go_on()
        until("another step is there", lambda: kiosk.strip() != SURFACE)
        kiosk.look("62-fixtures")
        kiosk.touch(*LATER)
        until("the batches are there", lambda: not kiosk.may_go_on() and kiosk.strip() == SURFACE)
        kiosk.look("63-batches")
        assert kiosk.logged_in() and not station.journal("SELECT 1 FROM batch")
        port.scan("no-batch")
        until("a scan is for the batches", lambda: kiosk.strip() == INK)
        kiosk.look("64-no-batch")
        kiosk.close()
        begins_as_ever(end, station, pictures)


if __name__ == "__main__":
    main_of(__doc__, "kiosk: a first run over a serial scanner, and the rest of it left for later", later)
