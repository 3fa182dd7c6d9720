#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sixteen fixtures, five of them with something terrible on them: each has its own verdict and takes the next board; the good ones
are not held up; and a station that waits for boards leaves its processor alone."""

import collections
import itertools
import json
import os
import random
import select
import socket
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from station import BIN, Station  # noqa: E402

FIXTURES = 16
ROUNDS = 6          # at most: the machine may have other work, which the two runs of a round then share unevenly
GOOD_SCANS = 25     # enough to be at work for as long as the bad boards are bad
BAD_SCANS = 3       # that meet the bad board; then a good one lies there
SLOWER = 2.5        # times a job on a good fixture may take beside bad ones
WAITING = 0.20      # of a core


def stall(_conn, _board):
    """Takes everything in and says nothing."""


def garbage(conn, _board):
    """Noise in a trickle, for ever."""
    while True:
        conn.sendall(random.randbytes(64))
        time.sleep(0.01)


def flood(conn, _board):
    """Noise as fast as it goes."""
    noise = random.randbytes(65536)
    while True:
        conn.sendall(noise)


def drip(conn, board):
    """The board's own answers, a byte a second."""
    threading.Thread(target=pump, args=(conn, board), daemon=True).start()
    while one := board.recv(1):
        conn.sendall(one)
        time.sleep(1)


def unplug(conn, board):
    """A good board whose cable is pulled somewhere in the middle of its job."""
    left = random.randrange(1, 400)
    while left > 0:
        ready, _, _ = select.select([conn, board], [], [])
        for source, sink in ((conn, board), (board, conn)):
            if source in ready:
                data = source.recv(min(left, 4096))
                if not data:
                    return
                sink.sendall(data)
                left -= len(data)


BAD = {  # by fixture: what is on it, and what may be said of it
    "F1": (stall, {"board-silent"}),
    "F2": (garbage, {"board-nonsense"}),
    "F3": (flood, {"board-nonsense"}),
    "F4": (unplug, {"link-lost"}),
    "F5": (drip, {"board-nonsense"}),
}


def pump(source, sink):
    """All that comes, until somebody leaves; then both have left."""
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    for each in (source, sink):
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Peer:
    """Stands between the station and a board: bad for the first `bad` connections, and out of the way from then on."""

    def __init__(self, path, board, act):
        self.board, self.act, self.bad = board, act, 0
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen(16)
        self.link = f"unix:{path}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            conn, _ = self.listener.accept()
            bad, self.bad = self.bad > 0, self.bad - 1
            threading.Thread(target=self.serve, args=(conn, bad), daemon=True).start()

    def serve(self, conn, bad):
        with conn, socket.socket(socket.AF_UNIX) as board:
            board.connect(self.board.removeprefix("unix:"))
            if bad:
                try:
                    self.act(conn, board)
                    if self.act is stall:
                        while conn.recv(65536):
                            pass
                except OSError:
                    pass  # the station left
                return
            threading.Thread(target=pump, args=(conn, board), daemon=True).start()
            pump(board, conn)


def labels(peers, fixture, scans):
    """A board that was unplugged in its job is scanned again; the others are never bound to what was scanned."""
    again = BAD_SCANS if peers[fixture].act is unplug and peers[fixture].bad > 0 else 0
    return [f"{fixture}-{max(0, n - again)}" for n in range(scans)]


def run_batch(station, peers, batch, mode, scans):
    """What came of each scan, in its order, by fixture."""
    station.create_batch(batch, mode, FIXTURES * GOOD_SCANS)
    path = station.folder / f"{batch}.scans"
    lines = [[f"{fixture},{batch}-{label}\n" for label in labels(peers, fixture, count)] for fixture, count in scans.items()]
    path.write_text("".join("".join(filter(None, turn)) for turn in itertools.zip_longest(*lines)))
    done = station.command("run", batch, "--scans", path, "--json", check=False)
    told = collections.defaultdict(list)
    for unit in json.loads(done.stdout)["units"]:
        told[unit["fixture"]].append(unit)
    return told


def all_recorded(units):
    others = [unit for unit in units if unit["outcome"] != "recorded"]
    assert not others, others[:3]


def median_of_good(told):
    times = [unit["milliseconds"] for fixture, units in told.items() if fixture not in BAD for unit in units]
    assert len(times) == (FIXTURES - len(BAD)) * GOOD_SCANS, len(times)
    return statistics.median(times)


def check_bad(fixture, units, expected):
    """Its first scans say what is on it and nothing else; the ones after them are recorded."""
    first = [unit for unit in units if unit["attempt"] == 1]
    for unit in first[:BAD_SCANS]:
        assert unit["verdict"] == "ERROR" and unit["error"]["code"] in expected, f"{fixture}: {unit}"
    for unit in first[BAD_SCANS:]:
        assert unit["outcome"] == "recorded", f"{fixture} does not take the next board: {unit}"
    for unit in units[len(first):]:
        assert unit["outcome"] == "recorded", f"{fixture}, tried again: {unit}"


def compare(station, peers, name, mode):
    """How much longer a job on a good fixture takes beside bad ones."""
    told = run_batch(station, peers, f"alone-{name}", mode, {f"F{f + 1}": GOOD_SCANS for f in range(FIXTURES)})
    all_recorded([unit for units in told.values() for unit in units])
    alone = max(median_of_good(told), 1)
    for fixture in BAD:
        peers[fixture].bad = BAD_SCANS
    scans = {f"F{f + 1}": BAD_SCANS + 2 if f"F{f + 1}" in BAD else GOOD_SCANS for f in range(FIXTURES)}
    told = run_batch(station, peers, f"beside-{name}", mode, scans)
    for fixture, units in told.items():
        if fixture in BAD:
            check_bad(fixture, units, BAD[fixture][1])
        else:
            all_recorded(units)
    beside = median_of_good(told)
    print(f"{mode}: a job on a good fixture takes {alone} ms among good ones, {beside} ms beside {len(BAD)} bad ones: {beside / alone:.2f} times")
    return beside / alone


def bad_beside_good(station, peers):
    for mode in ("x509", "sas"):
        ratios = []
        while not ratios or min(ratios) > SLOWER:
            assert len(ratios) < ROUNDS, f"{mode}: good fixtures are held up: {ratios}"
            ratios.append(compare(station, peers, f"{mode}-{len(ratios)}", mode))


def processor_time(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def share(pid, seconds):
    """Of a core, over these seconds."""
    begun, used = time.monotonic(), processor_time(pid)
    time.sleep(seconds)
    return (processor_time(pid) - used) / (time.monotonic() - begun)


def waits_without_work(station, peers):
    for peer in peers.values():
        peer.act, peer.bad = stall, 1_000_000
    station.create_batch("waits", "x509", FIXTURES)
    process = subprocess.Popen([BIN / "keystamp", "--config", station.config, "run", "waits", "--scans", "-"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        time.sleep(1)
        idle = share(process.pid, 3)  # nobody scans; the fixtures are asked whether a board has come
        for f in range(FIXTURES):
            process.stdin.write(f"F{f + 1},waits-{f}\n")
        process.stdin.flush()
        jobs = share(process.pid, 1.5)  # a board that says nothing is given two seconds
        ends = [process.stdout.readline() for _ in range(FIXTURES)]
        assert all("ERROR" in end for end in ends), ends
    finally:
        process.stdin.close()
        process.stdout.read()
        process.stdout.close()
        process.wait()
    print(f"the station's processor time while {FIXTURES} boards stall: {100 * jobs:.1f} % of a core in jobs, {100 * idle:.1f} % between them")
    assert jobs <= WAITING and idle <= WAITING


def main():
    seed = int(os.environ.get("KEYSTAMP_SEED", random.randrange(1 << 32)))
    print(f"KEYSTAMP_SEED={seed}")
    random.seed(seed)
    with Station(fixtures=FIXTURES, feed=100_000) as station:
        station.start_boards()
        peers = {f"F{n + 1}": Peer(station.folder / f"peer-{n + 1}.sock", link, BAD.get(f"F{n + 1}", (stall,))[0])
                 for n, link in enumerate(station.links)}
        text = station.config.read_text()
        station.config.write_text(text.replace('data = "data"\n', 'data = "data"\nstop_after = 0\n'))
        # the good ones without anything between, for what stands there is bad company
        station.use_links([peers[fixture].link if fixture in BAD else link for fixture, link in zip(peers, station.links)])
        bad_beside_good(station, peers)
        station.use_links([peer.link for peer in peers.values()])
        waits_without_work(station, peers)


if __name__ == "__main__":
    main()
