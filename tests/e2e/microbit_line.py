#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`keystamp run` over four fixtures with the agent's firmware on emulated micro:bits, boards changed by hand after each PASS: what
line_of_sixteen.py asks of the host's agent, asked of firmware that makes its keys itself."""

import contextlib
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from line_of_sixteen import check_batch, check_leaves  # noqa: E402
from microbit_fixtures import MicrobitFixture  # noqa: E402
from station import BIN, Station  # noqa: E402

FIXTURES = 4
UNITS = 40 if os.environ.get("KEYSTAMP_FULL") else 12


def run_by_hand(station, batch, fixtures, units):
    """An operator: a scan for each fixture; where one has passed, the next board and the next scan."""
    scans = iter(f"{batch}-sn-{n}" for n in range(units))
    with subprocess.Popen([BIN / "keystamp", "--config", station.config, "run", batch, "--scans", "-"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as line:
        def scan(number):
            serial = next(scans, None)
            if serial:
                line.stdin.write(f"F{number + 1},{serial}\n")
                line.stdin.flush()

        for number in range(FIXTURES):
            scan(number)
        ended = 0
        while ended < units:
            text = line.stdout.readline()
            assert " PASS" in text, f"keystamp run said {text!r}"
            ended += 1
            number = int(text.split()[0].removeprefix("F")) - 1
            fixtures[number].next_board()
            scan(number)
        line.stdin.close()
        rest = line.stdout.read()
    assert line.returncode == 0, rest
    return rest


def main():
    with contextlib.ExitStack() as stack:
        station = stack.enter_context(Station(fixtures=FIXTURES, log_signatures=True))
        fixtures = [MicrobitFixture(station.folder, n + 1) for n in range(FIXTURES)]
        for each in fixtures:
            stack.callback(each.close)
        station.use_links(each.link for each in fixtures)
        for mode in ("x509", "sas"):
            batch = f"microbit-{mode}"
            station.create_batch(batch, mode, UNITS)
            summary = run_by_hand(station, batch, fixtures, UNITS)
            check_batch(station, batch, UNITS)
            said = station.journal("select distinct family from unit where batch = ?", batch)
            assert said == [("keystamp-agent microbit",)], said
            put_on = {uid for each in fixtures for uid in each.uids}
            seen = {bytes(row[0]).hex() for row in station.journal("select uid from unit where batch = ?", batch)}
            assert seen <= put_on, seen - put_on
            print(summary.strip())
        check_leaves(station, "microbit-x509", UNITS)
        origins = station.journal("select distinct origin from unit where batch = 'microbit-x509'")
        assert origins == [("board",)], origins
        print(f"2 x {UNITS} units over {FIXTURES} emulated micro:bits, keys made on them, manifests verified")


if __name__ == "__main__":
    main()
