#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""200 units over 16 boards at once, in each mode, without an error; records, signatures and manifest agree."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from crash_campaign import check_signatures  # noqa: E402
from station import Station  # noqa: E402


def check_batch(station, batch, count):
    """Each of its `count` units is recorded once, on a board of its own, by a job that passed, from all fixtures; it closes, and its
    manifest verifies."""
    states = station.journal("select state, count(*), count(distinct uid), count(distinct id) from unit "
                             "where batch = ? group by state", batch)
    assert states == [("RECORDED", count, count, count)], states
    jobs = station.journal("select verdict, count(*) from job where batch = ? group by verdict", batch)
    assert jobs == [("PASS", count)], jobs
    fixtures = station.journal("select count(distinct fixture) from unit where batch = ?", batch)[0][0]
    assert fixtures == station.fixtures, fixtures
    station.command("batch", "close", batch)
    folder = station.folder / batch
    station.command("manifest", "export", batch, "--out", folder)
    station.command("manifest", "verify", folder, "--key", station.folder / "audit.pub.pem")


def check_leaves(station, batch, count):
    """The batch's leaves are all that were ever signed."""
    serials = station.journal("select count(distinct serial) from unit where batch = ?", batch)[0][0]
    assert serials == count, serials
    check_signatures(station)
    leaves = station.ledger("select count(*) from serial where state = 'issued'")[0][0]
    assert leaves == count, leaves


def main():
    with Station(fixtures=16, log_signatures=True) as station:
        station.start_boards()
        for mode in ("x509", "sas"):
            batch = f"sixteen-{mode}"
            station.create_batch(batch, mode, 200)
            station.command("run", batch, "--scans", station.write_scans(batch, 200))
            check_batch(station, batch, 200)
        check_leaves(station, "sixteen-x509", 200)
        print("2 x 200 units over 16 boards, no error; 200 leaves, 200 signatures, manifests verified")


if __name__ == "__main__":
    main()
