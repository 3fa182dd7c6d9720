# SPDX-License-Identifier: Apache-2.0
"""How long the kiosk takes from its start to the first picture of its batches, beside a bare Qt Quick window, in turns on one screen."""

import contextlib
import statistics
import subprocess
import time

from screen import Screen
from station import BIN, Station

TURNS = 7


def seconds(words, env):
    """From the start of a program to the line "ready" on its standard output."""
    start = time.monotonic()
    with subprocess.Popen([*map(str, words)], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        line = program.stdout.readline()
        took = time.monotonic() - start
        assert line == b"ready\n", f"{words[0]} was not ready"
        program.terminate()
        program.stdout.read()
    return took


def measure(name):
    with contextlib.closing(Screen(1280, 800)) as screen, Station(fixtures=8) as station:
        station.start_boards()
        station.create_batch("start-up", "x509", 20)
        with station.own_signer():
            ours, bare = [], []
            for _ in range(TURNS):
                bare.append(seconds([BIN / "bare_window"], screen.env))
                ours.append(seconds([BIN / "keystamp-station", "--config", station.config, "--windowed", "--measure-fd", 1], screen.env))
    ours, bare = statistics.median(ours) * 1000, statistics.median(bare) * 1000
    return {"name": name, "ours": ours, "peer": bare, "unit": "ms", "ratio": ours / bare, "aim": "<= 2 x its time", "holds": ours / bare <= 2}


ROWS = {"start-up": (measure, "start-up")}
