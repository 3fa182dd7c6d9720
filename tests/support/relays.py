# SPDX-License-Identifier: Apache-2.0
"""Real UARTs between a real station and real boards, but for the wire: the program `relay`."""

import json
import subprocess

from station import BIN


class Relays:
    """One relay process, with a UART of `baud` before each of the boards' links. `accounts` once it is over: per link the bytes each
    way, the wire's busy seconds, and the first and last moment."""

    def __init__(self, links, baud, *options):
        words = [BIN / "relay", "--baud", str(baud), *options]
        for link in links:
            words += ["--to", link]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        self.links = [self.process.stdout.readline().split()[1] for _ in links]
        self.accounts = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.accounts = [json.loads(line) for line in self.process.stdout]
        self.process.wait()
        self.process.stdout.close()


def span(accounts):
    return max(each["last"] for each in accounts) - min(each["first"] for each in accounts)
