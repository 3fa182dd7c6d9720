#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A disk that is full (ENOSPC) or broken (EIO) from each write and sync of station and signer on, while a unit is made; then it is well
again, and the same scan is read by the same process, or by the next where that one could not go on.

While it fails nothing is called PASS that is not recorded, and the cause is named; afterwards the unit is recorded once, and journal,
ledger and the log of C_Sign agree. KEYSTAMP_FULL tries every call, otherwise some of them.
"""

import errno
import os
import re
import struct
import sys
import time

from crash_campaign import Wrong, check_records, check_signatures, expect
from hsm_faults import Run
from station import LIB, Station

FULL = bool(os.environ.get("KEYSTAMP_FULL"))
SHIM = next(LIB.glob("*disk_fault*.so"))
# SQLite tells a shared-memory file that cannot grow as an I/O error
NAMED = {errno.ENOSPC: r"disk is full|disk I/O error|No space left on device", errno.EIO: r"disk I/O error|Input/output error"}
ENDS = r"\s(PASS|ERROR\s.*|FAIL\s.*|refused\s.*)$|^keystamp: |^\(the end\)$"


class FailingDisk:
    def __init__(self, station, victim, number=0, at=0):
        self.mark, self.count = station.folder / "failing", station.folder / "calls"
        self.mark.unlink(missing_ok=True)
        self.count.unlink(missing_ok=True)
        self.env = {"LD_PRELOAD": str(SHIM), "KEYSTAMP_DISK_FOLDER": str(station.folder / "data"), "KEYSTAMP_DISK_VICTIM": victim,
                    "KEYSTAMP_DISK_COUNT": str(self.count), "KEYSTAMP_DISK_FAIL_AT": str(at), "KEYSTAMP_DISK_ERRNO": str(number),
                    "KEYSTAMP_DISK_MARK": str(self.mark)}

    def calls(self):
        return struct.unpack("Q", self.count.read_bytes())[0]


def new_batch(station, name, mode):
    station.create_batch(name, mode, 3)
    station.end_signer()  # the run starts one that carries the shim
    return station.write_scans(name, 1)


def count_calls(station, mode, victim):
    scans = new_batch(station, f"count-{victim}-{mode}", mode)
    disk = FailingDisk(station, victim)
    station.command("run", scans.stem.rsplit("-", 1)[0], "--scans", scans, env=disk.env)
    station.end_signer()
    return disk.calls()


def offer(run, scans):
    """To a run that may have ended."""
    try:
        run.scan([scans.read_text()])
    except OSError:
        pass


def fail_from(station, mode, victim, number, at):
    """Whether it failed while the unit was made, rather than after its PASS or never."""
    batch = f"{victim}-{mode}-{errno.errorcode[number].lower()}-{at}"
    scans = new_batch(station, batch, mode)
    disk = FailingDisk(station, victim, number, at)
    run = Run(station, batch, disk.env)
    offer(run, scans)
    expect(run.wait_for(ENDS), f"{batch}: nothing was said in a minute")
    passed = any(re.search(r"\sPASS$", line) for _, line in run.lines)
    struck = disk.mark.exists()
    if passed:
        rows = station.journal("select state from unit where batch = ?", batch)
        expect([row[0] for row in rows] == ["RECORDED"], f"{batch}: PASS, but the journal has {rows}")
    elif struck:
        words = "\n".join(line for _, line in run.lines)
        expect(re.search(NAMED[number], words), f"{batch}: the cause is not named:\n{words}")
        expect(not re.search(r"\sFAIL\s", words), f"{batch}: a full disk was called a bad board:\n{words}")
    disk.mark.unlink(missing_ok=True)
    if not passed:
        offer(run, scans)
        run.wait_for(r"\sPASS$|^\(the end\)$", 1, 20)
    went_on = any(re.search(r"\sPASS$", line) for _, line in run.lines)
    run.end()
    if disk.mark.exists():
        disk.mark.unlink()  # it failed at the very end
    elif not struck:
        station.end_signer()  # whose worker has not come to that call yet
    end = time.monotonic() + 30
    while True:
        again = station.command("run", batch, "--scans", scans, check=False)
        if again.returncode == 0 or time.monotonic() > end:
            break
    expect(again.returncode == 0, f"{batch}: after it was well again: exit {again.returncode}\n{again.stdout}{again.stderr}\n" +
           "\n".join(line for _, line in run.lines))
    check_records(station, batch, mode, 1)
    station.command("batch", "close", batch)
    return struck and not passed, went_on


def main():
    begun = time.monotonic()
    tried = struck = went_on = 0
    with Station(fixtures=1, log_signatures=True) as station:
        station.start_boards()
        for victim in ("station", "worker"):
            for mode in ("x509", "sas"):
                calls = count_calls(station, mode, victim)
                expect(calls > 0, f"{victim}: no write was seen")
                for number in (errno.ENOSPC, errno.EIO):
                    for at in range(1, calls + 1, 1 if FULL else max(1, calls // 4)):
                        tried += 1
                        hit, same = fail_from(station, mode, victim, number, at)
                        struck += hit
                        went_on += hit and same
                print(f"{victim:8} {mode}: {calls} writes and syncs of a run", flush=True)
        expect(struck > 0, "the disk never failed while a unit was made")
        expect(went_on > 0, "no process ever went on")
        check_signatures(station)
    print(f"{tried} failures, {struck} while a unit was made, {went_on} of them healed in the same process; none lost, none twice; "
          f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(f"WRONG: {wrong}")
