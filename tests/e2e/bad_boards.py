#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A feed with bad boards in it: each costs its own verdict, nothing is issued to a board that never spoke, and the line goes on."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from station import Station  # noqa: E402

# board on the fixture: fault, verdict, reason, whether anything may have been issued for it
BAD = {
    2: ("silent", "ERROR", "board-silent", False),
    4: ("nonsense", "ERROR", "board-nonsense", False),
    6: ("refuses", "FAIL", "board-refused", True),
    8: ("wrong-proof", "FAIL", "proof-failed", True),
    10: ("swapped", "FAIL", "wrong-uid", True),
    12: ("locked", None, "board-holds-other-id", False),
}
COUNT = 14


def check(station, mode):
    batch = f"bad-{mode}"
    station.create_batch(batch, mode, COUNT)
    done = station.command("run", batch, "--scans", station.write_scans(batch, COUNT), "--json", check=False)
    assert done.returncode in (1, 3), f"exit {done.returncode}: {done.stderr}"
    units = {u["scan"]: u for u in json.loads(done.stdout)["units"]}
    assert len(units) == COUNT, f"{len(units)} outcomes of {COUNT} scans"
    for n in range(1, COUNT + 1):
        outcome = units[f"{batch}-sn-{n - 1}"]
        fault, verdict, reason, issued = BAD.get(n, (None, "PASS", None, True))
        assert outcome["verdict"] == verdict, f"{mode}, board {n} ({fault}): {outcome}, expected {verdict}"
        if reason:
            assert outcome["error"]["code"] == reason, f"{mode}, board {n} ({fault}): {outcome}, expected {reason}"
            assert outcome["error"]["next"], f"{mode}, board {n}: no next step"
        if not issued:
            rows = station.journal("select state, length(credential) from unit where scan = ? and credential is not null "
                                   "and length(credential) > 0", outcome["scan"])
            assert not rows, f"{mode}, board {n} ({fault}): issued {rows}"
    recorded = station.journal("select count(*) from unit where batch = ? and state = 'RECORDED'", batch)[0][0]
    assert recorded == COUNT - len(BAD), f"{recorded} recorded"
    print(f"{mode}: {recorded} good boards recorded, {len(BAD)} bad ones each with its own verdict")


def main():
    faults = [word for n, (fault, *_) in BAD.items() for word in ("--fault", f"{fault}@{n}")]
    for mode in ("x509", "sas"):
        with Station(fixtures=1, feed=50, board_options=faults) as station:
            station.start_boards()
            check(station, mode)


if __name__ == "__main__":
    main()
