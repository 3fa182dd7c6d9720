#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The signer's memory stays flat: 20,000 requests by 16 connections (1,000,000 with KEYSTAMP_FULL), half derivations, a tenth leaves."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from station import BIN, Station  # noqa: E402

REQUESTS = 1_000_000 if os.environ.get("KEYSTAMP_FULL") else 20_000
# what threads' own heaps and SQLite's caches still take after the first quarter; a leak of 500 bytes a request shows even in the short run
MOST_KB = 8 * 1024


def main():
    with Station(fixtures=1) as station:
        with station.own_signer():
            print("requests  seconds  resident kB")
            samples = []
            load = subprocess.Popen([BIN / "signer_load", station.config, "mix", str(REQUESTS)], stdout=subprocess.PIPE, text=True)
            for line in load.stdout:
                print(line, end="", flush=True)
                samples.append(int(line.split()[2]))
            assert load.wait() == 0, "a request failed"
            starts = station.signer_pids()
        assert len(samples) == 20 and "worker" in starts, samples
        grown = max(samples[5:]) - samples[4]
        assert grown <= MOST_KB, f"the worker grew by {grown} kB after the first quarter"
        issued = station.ledger("select count(*) from serial where state = 'issued'")[0][0]
        derived = station.ledger("select count(distinct id) from derivation")[0][0]
        assert (issued, derived) == (REQUESTS // 10, REQUESTS // 2), (issued, derived)
        print(f"{REQUESTS} requests: {issued} leaves, {derived} keys; {grown} kB more after the first quarter")


if __name__ == "__main__":
    main()
