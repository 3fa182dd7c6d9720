#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A shift of 200 units over eight fixtures in a real window, bad boards among them, and a longer one that shows that memory has an end.

Each fixture's operator scans, waits for the verdict, touches Seen where it is a FAIL or an ERROR, and scans the next. Fixtures 1 to 6 have scanners of their
own on serial ports, 7 and 8 one that types. Which boards are bad, and how, comes from a seed; each must get the verdict that belongs to its fault, all others PASS.
KEYSTAMP_FULL: 20,000 units, on sixteen fixtures; SQLite's page caches fill, which have an end, and are full before the last quarter."""

import collections
import contextlib
import os
import random
import time

from kiosk_scanner import Port
from kiosk_shift import ERROR, FAIL, PASS, Station, begin, main_of
from support.station import LIB

FULL = bool(os.environ.get("KEYSTAMP_FULL"))
SEED = 20261130
BATCH = "long"
# what keystamp-board calls the fault, and what the station must say of the board
FAULTS = {"wrong-proof": "FAIL", "refuses:commit": "FAIL", "silent:prove": "ERROR", "nonsense:keygen": "ERROR", "drops:commit": "ERROR"}
# the middle of the button on each of eight tiles, four in a row
SEEN = [(164 + 317 * (n % 4), 362 + 309 * (n // 4)) for n in range(8)]


class Bench:
    """One fixture and whoever stands at it."""

    def __init__(self, number, scan, faults):
        self.name = f"F{number}"
        self.scan = scan
        self.faults = faults  # board's number: fault
        self.board = 0        # how many were put on
        self.waiting = None   # the serial number that was scanned last, until its verdict
        self.scanned_at = 0
        self.button = SEEN[number - 1] if number <= 8 else None

    def expected(self, board):
        return FAULTS[self.faults[board]] if board in self.faults else "PASS"


def seeded(fixtures, boards, bad):
    """Bad boards, never two in a row on one fixture: three equal failures would stop it."""
    chance = random.Random(SEED)
    places = chance.sample([(fixture, board) for fixture in range(1, fixtures + 1) for board in range(2, boards, 2)], bad)
    kinds = list(FAULTS)
    faults = collections.defaultdict(dict)
    for n, (fixture, board) in enumerate(places):
        faults[fixture][board] = kinds[n % len(kinds)]
    return faults


def memory(kiosk):
    """What the kiosk's process holds, KiB."""
    with open(f"/proc/{kiosk.program.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def work(station, kiosk, benches, boards):
    """Until each bench's boards have their verdict. Returns the verdicts as (expected, seen) and the memory on the way."""
    count, verdicts, held = boards * len(benches), [], []
    done = station.journal("SELECT coalesce(max(rowid), 0) FROM job")[0][0]
    at = {bench.name: bench for bench in benches}
    last = time.monotonic()
    while len(verdicts) < count:
        for bench in benches:
            if bench.waiting is None and bench.board < boards:
                bench.board += 1
                bench.waiting = f"SN-{bench.name}-{bench.board}"
                bench.scanned_at = 0
            # a board that was not there yet, or a fixture that was not free: scanned again after a while
            if bench.waiting and time.monotonic() - bench.scanned_at > 3:
                bench.scanned_at = time.monotonic()
                bench.scan(bench.waiting)
        for row, scan, fixture, verdict in station.journal("SELECT rowid, scan, fixture, verdict FROM job WHERE rowid > ? AND verdict IS NOT NULL ORDER BY rowid", done):
            done = row
            bench = at[fixture]
            assert scan == bench.waiting, f"{fixture}: {scan} is not {bench.waiting}"
            verdicts.append((bench.expected(bench.board), verdict))
            bench.waiting = None
            last = time.monotonic()
            if verdict != "PASS":
                time.sleep(0.3)  # an operator looks first
                kiosk.touch(*bench.button)
            if len(verdicts) % (count // 20) == 0:
                held.append(memory(kiosk))
        assert time.monotonic() - last < 60, f"nothing more comes; waiting: {[bench.waiting for bench in benches]}"
        time.sleep(0.02)
    return verdicts, held


def one_kiosk(end, pictures, fixtures, boards, faults):
    """A station and its kiosk, in the batch; and a bench for each fixture."""
    options = [word for fixture, bad in faults.items() for board, fault in bad.items() for word in ("--fault", f"{fault}@{fixture}.{board}")]
    station = end.enter_context(Station(fixtures=fixtures, feed=boards + 1, board_options=options))
    station.start_boards()
    station.create_batch(BATCH, "x509", fixtures * boards)
    typed = (7, 8) if fixtures == 8 else ()
    ports = {n: Port(station.folder / f"scanner-{n}") for n in range(1, fixtures + 1) if n not in typed}
    with station.config.open("a") as config:
        for n, port in ports.items():
            config.write(f'[[scanner]]\nname = "S{n}"\nlink = "serial:{port.name}"\nfixture = "F{n}"\n')
    kiosk = begin(end, station, pictures, lambda: station.journal("SELECT scan, fixture, verdict, reason, detail FROM job ORDER BY rowid DESC LIMIT 20"),
                  "--batch", BATCH, preload=next(LIB.glob("*pty_as_serial*.so")))

    def type_it(n):
        def scan(text):
            kiosk.scan(f"F{n}")
            kiosk.scan(text)
        return scan
    benches = [Bench(n, ports[n].scan if n in ports else type_it(n), faults.get(n, {})) for n in range(1, fixtures + 1)]
    return station, kiosk, benches


def shift(pictures):
    boards = 25 if FULL else 8
    faults = seeded(8, boards, 15 if FULL else 5)
    with contextlib.ExitStack() as end:
        station, kiosk, benches = one_kiosk(end, pictures, 8, boards, faults)
        begun = time.monotonic()
        verdicts, _ = work(station, kiosk, benches, boards)
        took = time.monotonic() - begun
        kiosk.look("1-shift-done")
        seen = collections.Counter(verdicts)
        assert all(expected == verdict for expected, verdict in seen), seen
        bad = sum(len(each) for each in faults.values())
        assert seen["PASS", "PASS"] == 8 * boards - bad
        assert station.journal("SELECT count(*) FROM unit WHERE state = 'RECORDED'") == [(8 * boards - bad,)]
        # the last word on each tile stands: all touched that had to be, green where a PASS was last
        assert kiosk.share(FAIL) == 0 and kiosk.share(ERROR) == 0 and kiosk.share(PASS) > 0.3
        print(f"{8 * boards} units over 8 fixtures in {took:.0f} s: {dict(seen)}")


def long(pictures):
    fixtures, boards = (16, 1280) if FULL else (16, 15)
    with contextlib.ExitStack() as end:
        station, kiosk, benches = one_kiosk(end, pictures, fixtures, boards, {})
        verdicts, held = work(station, kiosk, benches, boards)
        kiosk.look("2-long-done")
        assert set(verdicts) == {("PASS", "PASS")}, collections.Counter(verdicts)
        late, last = held[len(held) * 3 // 4 - 1], held[-1]
        grown = (last - late) * 1024 / (fixtures * boards / 4)
        print(f"{fixtures * boards} units over {fixtures} fixtures; the kiosk holds {held[0]} KiB at first, {held[len(held) // 2 - 1]} after half of them, {last} at the end: "
              f"{grown:.0f} bytes a unit in the last quarter")
        assert grown < (500 if FULL else 20_000), held


if __name__ == "__main__":
    main_of(__doc__, "kiosk: every board of a long shift got its verdict, and memory is flat", shift, long)
