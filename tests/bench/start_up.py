# SPDX-License-Identifier: Apache-2.0
"""start-up: the kiosk from its start to the first picture of an open station, beside the least Qt Quick program to its own."""

import contextlib
import os
import subprocess
import time

from station import BIN, Station

TIMES = 7


@contextlib.contextmanager
def screen():
    """A virtual screen's environment."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            yield {**os.environ, "DISPLAY": f":{answer.readline().strip()}", "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}
    finally:
        server.terminate()
        server.wait()


def until_ready(env, *words):
    """Milliseconds until it says so on a descriptor, whose number is the last word."""
    read, write = os.pipe()
    begin = time.monotonic()
    program = subprocess.Popen([*map(str, words), str(write)], env=env, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as said:
        line = said.readline()
        span = 1000 * (time.monotonic() - begin)
        program.terminate()
        program.wait(timeout=60)
    assert line == "ready\n", f"{words[0]} said {line!r}"
    return span


def measure(name):
    with Station(fixtures=4) as station, screen() as env, station.own_signer():
        station.create_batch("bench", "x509", 100)
        ours, bare = [], []
        for _ in range(TIMES):  # in turn, so that a machine whose speed drifts favours neither
            bare.append(until_ready(env, BIN / "bare_window"))
            ours.append(until_ready(env, BIN / "keystamp-station", "--config", station.config, "--windowed", "--measure-fd"))
    ratio = min(ours) / min(bare)
    return {"name": name, "ours": min(ours), "peer": min(bare), "unit": "ms", "ratio": ratio, "aim": "<= 2 x bare window", "holds": ratio <= 2}


ROWS = {"start-up": (measure, "start-up")}
