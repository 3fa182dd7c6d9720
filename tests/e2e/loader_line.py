#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Batches of 20, sas and x509, over four boards of one family in one command: each unit recorded once, the record says how it was shown, and
no device's key is in anything that the station leaves."""

import os
import pathlib
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from canary import expect_no_key  # noqa: E402
from station import Station  # noqa: E402

COUNT = 20
FAMILIES = {
    "stm32": ({"page": 0x0801F800, "entry": "rts-resets"}, {"sas": "read-back", "x509": "read-back"}),
    "linux": ({"user": "gateway", "password_file": "PASSWORD", "folder": "~/azure", "uid": "cat ~/../serial"}, {"sas": "proof", "x509": "proof"}),
}


def check(station, mode, evidence):
    batch = f"line-{mode}"
    station.create_batch(batch, mode, COUNT)
    shown = station.run_to_the_end(batch, COUNT)
    rows = station.manifest_rows(batch)
    assert len(rows) == COUNT and len({row["uid"] for row in rows}) == COUNT, f"{len(rows)} rows"
    for row in rows:
        assert row["state"] == "RECORDED" and row["evidence"] == evidence, row
    if mode == "sas":
        expect_no_key(station, [row["id"] for row in rows], shown)
    assert "virtual-board" not in shown and "PRIVATE KEY" not in shown
    said, = station.journal("select distinct family, firmware, origin from unit where batch = ?", batch)
    print(f"{mode}: {COUNT} units recorded once, shown by {evidence}; {said}")


def give_password(station, path):
    """The gateways' password, in a file of the station's user alone, whose name the configuration has."""
    path.touch(mode=0o600)
    path.write_text("virtual-board\n")
    path.chmod(0o400)
    station.config.write_text(station.config.read_text().replace("PASSWORD", str(path)))


def check_requirement(station):
    """A batch that requires what no board of the line can show: each scan is refused, and nothing is issued for it."""
    made = station.command("batch", "create", "strict", "--mode", "x509", "--scope-id", "0ne00TEST01", "--pattern", "strict-{seq}", "--count", "4", "--require", "proof")
    assert "requires    proof" in made.stdout, made.stdout
    done = station.command("run", "strict", "--scans", station.write_scans("strict", 4), check=False)
    assert done.returncode == 1 and "4 refused" in done.stdout, done.stdout + done.stderr
    assert "requires proof" in done.stdout and "with driver stm32 is shown by read-back at most" in done.stdout, done.stdout
    assert station.journal("select count(*) from unit where batch = 'strict'") == [(0,)]
    print(done.stdout.splitlines()[0])


def main():
    driver = sys.argv[1]
    options, evidence = FAMILIES[driver]
    for mode in ("sas", "x509"):
        with tempfile.TemporaryDirectory() as elsewhere, Station(fixtures=4, feed=50, driver=driver, driver_options=dict(options)) as station:
            give_password(station, pathlib.Path(elsewhere) / "password")
            station.start_boards()
            if evidence[mode] != "proof":
                check_requirement(station)
            check(station, mode, evidence[mode])


if __name__ == "__main__":
    main()
