# SPDX-License-Identifier: Apache-2.0
"""How long the kiosk takes from its start to the first picture of its batches, beside a bare Qt Quick window, in turns on one screen."""

import os
import statistics
import subprocess
import time

from station import BIN, Station

TURNS = 7


def screen():
    read, write = os.pipe()
    program = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"], pass_fds=[write],
                               stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        return program, answer.readline().strip()


def seconds(words, env, said=None):
    """From the start of a program to the line "ready" that it writes to `said`, its standard output where there is none."""
    start = time.monotonic()
    program = subprocess.Popen([*map(str, words)], env=env, stdout=None if said else subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=[said[1]] if said else [])
    if said:
        os.close(said[1])
    with os.fdopen(said[0]) if said else program.stdout as lines:
        line = lines.readline()
        took = time.monotonic() - start
        assert line.strip() in (b"ready", "ready"), f"{words[0]} was not ready"
        program.terminate()
        lines.read()
    program.wait(timeout=60)
    return took


def kiosk(station, env):
    said = os.pipe()
    return seconds([BIN / "keystamp-station", "--config", station.config, "--windowed", "--measure-fd", said[1]], env, said)


def measure(name):
    display, number = screen()
    try:
        env = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}
        env.pop("WAYLAND_DISPLAY", None)
        with Station(fixtures=8) as station:
            station.start_boards()
            station.create_batch("start-up", "x509", 20)
            with station.own_signer():
                ours, bare = [], []
                for _ in range(TURNS):
                    bare.append(seconds([BIN / "bare_window"], env))
                    ours.append(kiosk(station, env))
    finally:
        display.terminate()
        display.wait()
    ours, bare = statistics.median(ours) * 1000, statistics.median(bare) * 1000
    return {"name": name, "ours": ours, "peer": bare, "unit": "ms", "ratio": ours / bare, "aim": "<= 2 x its time", "holds": ours / bare <= 2}


ROWS = {"start-up": (measure, "start-up")}
