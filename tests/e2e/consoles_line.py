#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Batches of twenty boards with a console, each driver's, over an emulated line: each unit recorded once, the record says what the board
showed, and no key is in any file, output or transcript."""

import base64
import hashlib
import hmac
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from canary import expect_in_no_file, expect_none  # noqa: E402
from station import BIN, Station  # noqa: E402

COUNT = 20
WAYS = (("az3166", "sas", "accepted", "unix"), ("wio-terminal", "sas", "read-back", "unix"), ("nrf91", "x509", "digest", "tcp"),
        ("zephyr-cred", "sas", "digest", "unix"), ("zephyr-cred", "x509", "digest", "rfc2217"))


def check(station, driver, mode, evidence):
    batch = f"{driver}-{mode}"
    group_key = os.urandom(64)
    subprocess.run([BIN / "keystamp", "--config", station.config, "sas", "import", "--slot", "primary", "--replace"], check=True, capture_output=True,
                   input=base64.b64encode(group_key))
    tried = station.command("board", "try", driver, "--fixture", "F1", "--write", mode)
    station.create_batch(batch, mode, COUNT)
    shown = station.run_to_the_end(batch, COUNT)
    rows = station.manifest_rows(batch)
    assert len(rows) == COUNT and len({row["uid"] for row in rows}) == COUNT, f"{len(rows)} rows"
    for row in rows:
        assert row["state"] == "RECORDED" and row["evidence"] == evidence and row["locked"] == "no", row
        assert row["key"] == ("derived" if mode == "sas" else "board" if driver == "nrf91" else "station"), row
    keys = [hmac.new(group_key, row["id"].encode(), hashlib.sha256).digest() for row in rows] if mode == "sas" else []
    expect_in_no_file(station, [*keys, group_key])
    expect_none(keys, "what was shown", (shown + tried.stdout + tried.stderr).encode())
    for part in (tried.stdout, shown):
        assert "PRIVATE KEY" not in part, "a private key is shown"
    print(f"{driver}, {mode}: {COUNT} units recorded once by {evidence}, no key in any file or transcript")


def main():
    for driver, mode, evidence, kind in WAYS:
        with Station(fixtures=4, feed=50, driver=driver, listen=kind) as station:
            station.start_boards()
            check(station, driver, mode, evidence)


if __name__ == "__main__":
    main()
