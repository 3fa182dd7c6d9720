#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Batches of ESP32s behind serial device servers: each unit recorded once, and the record says what was and was not shown."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from station import Station  # noqa: E402

COUNT = 20


def check(station, mode):
    batch = f"esp-{mode}"
    station.create_batch(batch, mode, COUNT)
    station.run_to_the_end(batch, COUNT)
    rows = station.manifest_rows(batch)
    assert len(rows) == COUNT and len({row["uid"] for row in rows}) == COUNT, f"{len(rows)} rows"
    for row in rows:
        assert row["state"] == "RECORDED" and row["evidence"] == "digest", row
        assert row["locked"] == "no" and "flash readable" in row["firmware"], row
        assert len(row["uid"]) == 12, row
    print(f"{mode}: {COUNT} units recorded once, by the ROM's digest, not locked, and marked as readable")


def main():
    for mode, driver in (("sas", "esp32"), ("x509", "esp32c3")):
        with Station(fixtures=4, feed=50, driver=driver) as station:
            station.start_boards()
            check(station, mode)


if __name__ == "__main__":
    main()
