#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A longer batch, clicked in a real window: one supervisor asks for it and cannot release it, another one takes over and does.

Real token, signer and journal; badges, lines and passphrases are typed by xdotool. --pictures DIR keeps the pictures."""

import contextlib
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from kiosk_shift import EXTEND, MORE, begin, main_of, until  # noqa: E402
from support.station import BIN, Station  # noqa: E402

BATCH, SELECTED, INK = "order-1", "#0072B2", "16191D"
FIRST, SECOND, HERS = "BADGE-0001", "BADGE-0002", "an unlikely goose"
BAR = 38
PERSON = (700, 44)
MORE, EXTEND = (MORE[0], MORE[1] + BAR), (EXTEND[0], EXTEND[1] + BAR)  # *Release it* stands where *Extend* does


def extended(pictures):
    with Station(fixtures=1) as station, contextlib.ExitStack() as end:
        station.create_batch(BATCH, "x509", 5)
        call = lambda given, *words: subprocess.run(list(map(str, words)), input=given + "\n", text=True, check=True, capture_output=True)
        call(HERS, BIN / "keystamp-signer", "add-supervisor", "anna", "--config", station.config)
        for name, badge in (("demo", FIRST), ("anna", SECOND)):
            call(badge, BIN / "keystamp", "--config", station.config, "person", "add", name, "--role", "supervisor")
        passphrase = (station.folder / "supervisor.pass").read_text().strip()

        kiosk = begin(end, station, pictures, lambda: (
            station.journal("SELECT name, count, spare FROM batch"), station.ledger("SELECT supervisor, act, about FROM act")))

        logged_in = lambda: kiosk.colour_at(*PERSON) == "DDE1E5"
        ordered = lambda: station.journal("SELECT count, spare FROM batch")
        cap = lambda: station.ledger("SELECT cap FROM grant_")
        acts = lambda: [(who, act) for who, act in station.ledger("SELECT supervisor, act FROM act WHERE act LIKE '%-grant' ORDER BY n")]
        releases = lambda: kiosk.colour_at(EXTEND[0], EXTEND[1] - 28) == INK  # a dark button

        def writes():
            kiosk.touch(*MORE)
            time.sleep(0.5)
            kiosk.touch(*EXTEND)
            return kiosk.share(SELECTED) > 0.0005

        def log_in(badge, words):
            kiosk.scan(badge)
            until("the passphrase is asked for", lambda: kiosk.colour_at(*PERSON) == "E7EAED")
            kiosk.scan(words)
            until("the supervisor is logged in", logged_in)

        # ---- one asks for three more
        until("the kiosk is locked", lambda: kiosk.colour_at(*PERSON) == "FFFFFF")
        log_in(FIRST, passphrase)
        until("a number is wanted", writes)
        kiosk.look("60-how-many")
        kiosk.scan("3")
        kiosk.scan("ordered by phone")
        until("the passphrase is asked for", lambda: not logged_in())
        kiosk.look("61-asks")
        kiosk.scan(passphrase)
        until("it waits", lambda: acts() == [("demo", "extend-grant")] and logged_in())
        kiosk.look("62-waits")
        assert ordered() == [(5, 5)] and cap() == [(10,)], (ordered(), cap())
        assert not releases(), "who asked cannot release"

        # ---- another one takes over and releases it
        log_in(SECOND, HERS)
        until("the batch is open, with its release", lambda: kiosk.touch(*MORE) or releases())
        kiosk.look("63-release")
        kiosk.touch(*EXTEND)
        until("the passphrase is asked for", lambda: not logged_in())
        kiosk.look("64-releases")
        kiosk.scan(HERS)
        until("it is released", lambda: acts() == [("demo", "extend-grant"), ("anna", "release-grant")] and ordered() == [(8, 5)])
        assert cap() == [(13,)], cap()
        until("and it says so", lambda: logged_in() and not releases())
        kiosk.look("65-released")
        kiosk.close()


if __name__ == "__main__":
    main_of(__doc__, "kiosk: a longer batch, asked for by one supervisor and released by another", extended)
