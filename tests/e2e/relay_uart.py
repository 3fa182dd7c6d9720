#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whole jobs through a relay that is a UART: they pass at its pace and byte by byte, take no less time than their bytes do, and one that
loses its link is taken up again."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from relays import Relays, span  # noqa: E402
from station import Station  # noqa: E402

COUNT = 2


def run(station, boards, batch, baud, *options, count=COUNT):
    with Relays(boards, baud, *options) as relays:
        station.use_links(relays.links)
        done = station.command("run", batch, "--scans", station.write_scans(batch, count))
    return done, relays.accounts


def recorded(station, batch):
    return station.journal("select count(*) from unit where batch = ? and state = 'RECORDED'", batch)[0][0]


def check_pace(accounts, least, most):
    """`least`, `most`: the rates between which its bytes went."""
    (account,) = accounts
    counted = account["to_board"] + account["from_board"]
    longest = counted * 10 / least
    assert counted > 1000 and account["wire"] <= longest + 0.001, account
    assert account["wire"] >= max(account["to_board"], account["from_board"]) * 10 / most, account
    assert span(accounts) >= account["wire"], account
    return f"{counted} bytes took the wire {account['wire']:.2f} s of {span(accounts):.2f} s"


def main():
    with Station(fixtures=1, feed=10) as station:
        station.start_boards()
        boards = list(station.links)
        for batch, options in (("paced", ()), ("dripping", ("--drip",))):
            station.create_batch(batch, "x509", COUNT)
            _, accounts = run(station, boards, batch, 115200, *options)
            assert recorded(station, batch) == COUNT
            print(f"{batch}: {check_pace(accounts, 115200, 115200)}")

        station.create_batch("cut", "x509", 1)
        # in the middle of the credential; the run tries its unit again, over a link that is there again
        said = run(station, boards, "cut", 115200, "--fault", "unplug@1500", count=1)[0].stdout
        assert "ERROR" in said.splitlines()[0] and recorded(station, "cut") == 1, said
        print("cut: an ERROR, then recorded")

    with Station(fixtures=1, feed=10, driver="esp32c3", driver_options={"baud": 921600}) as station:
        station.start_boards()
        boards = list(station.links)
        station.create_batch("faster", "x509", COUNT)
        _, accounts = run(station, boards, "faster", 115200)
        assert recorded(station, "faster") == COUNT
        print(f"faster: {check_pace(accounts, 115200, 921600)}")
        assert accounts[0]["wire"] < (accounts[0]["to_board"] + accounts[0]["from_board"]) * 10 / 200000, "the rate was changed"


if __name__ == "__main__":
    main()
