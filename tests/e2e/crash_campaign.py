#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills station, signer and worker at every edge of a unit's way, and at random; then runs the same scans again.

An edge is a call that makes something durable or sends something (see tests/support/syscall_probe.c). After each kill and
re-run: every unit recorded once, no board voided that was good, and the PKCS#11 shim's own log of C_Sign agrees with ledger and
journal; of reworked units the chain of superseded certificates is whole. Shortened to every few edges unless KEYSTAMP_FULL is set.
"""

import collections
import hashlib
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from station import BIN, LIB, Station  # noqa: E402

FULL = bool(os.environ.get("KEYSTAMP_FULL"))
MODES = os.environ.get("KEYSTAMP_MODES", "x509 sas imported").split()
PROBE = next(LIB.glob("*syscall_probe*.so"))


class Wrong(Exception):
    pass


def expect(condition, what):
    if not condition:
        raise Wrong(what)


def check_records(station, batch, mode, scans, made_by=""):
    """What must hold after any kill, once the same scans were run again."""
    rows = station.journal("select state, scan, uid, count(*) from unit where batch = ? group by scan, state, uid", batch)
    recorded = [r for r in rows if r[0] == "RECORDED"]
    expect(len(recorded) == scans and all(r[3] == 1 for r in recorded), f"{batch}: recorded {recorded} of {scans}")
    expect(len({r[2] for r in recorded}) == scans, f"{batch}: a board twice")
    alive = [r for r in rows if r[0] not in ("RECORDED", "VOID")]
    expect(not alive, f"{batch}: left {alive}")
    good = {r[2] for r in recorded}
    lost = [r for r in rows if r[0] == "VOID" and r[2] not in good]
    expect(not lost, f"{batch}: a good board was voided: {lost}")
    if mode in ("sas", "imported"):
        derived = station.ledger("select count(distinct id) from derivation where batch = ?", batch)[0][0]
        expect(derived == scans, f"{batch}: {derived} keys given out for {scans} units")
        kept = station.ledger("select count(*) from sealed join derivation using(batch, id) where batch = ? and key is not null", batch)[0][0]
        expect(kept == 0, f"{batch}: {kept} imported keys of recorded units are still there")
        return
    if made_by:
        return  # a key that the station made dies with it, and its certificate is void
    # a certificate that was issued to a board that makes its own key is never voided: the board still has the key
    voided = station.journal("select scan from unit where batch = ? and state = 'VOID' and length(certificate) > 0", batch)
    expect(not voided, f"{batch}: issued and voided: {voided}")


def restart_boards(station):
    """The same ones, with empty flash."""
    station.stop_boards()
    station.start_boards()


def make_for_rework(station, batch, scans):
    """A unit of this batch was recorded, and a supervisor wants it made anew; its board lies there again, erased."""
    station.uid = os.urandom(8).hex()  # a board that no point before has seen
    restart_boards(station)
    run(station, batch, scans, check=True)
    device = station.journal("select id from unit where batch = ?", batch)[0][0]
    station.command("unit", "rework", device, "--reason", "campaign")
    restart_boards(station)


def check_rework(station, batch, mode):
    units = station.journal("select id, uid, state, void_for, credential, supersedes, certificate is not null from unit where batch = ? order by number",
                            batch)
    expect(len({unit[0] for unit in units}) == 1 and len({unit[1] for unit in units}) == 1, f"{batch}: another ID or board: {units}")
    expect([unit[2] for unit in units].count("RECORDED") == 1 and units[-1][2] == "RECORDED", f"{batch}: {[unit[2] for unit in units]}")
    expect([unit[3] for unit in units].count("rework") == 1 and units[0][3] == "rework", f"{batch}: voided for {[unit[3] for unit in units]}")
    if mode == "sas":
        expect(len({unit[4] for unit in units if unit[4]}) == 1, f"{batch}: an ID with two keys")
        derived = station.ledger("select count(distinct id) from derivation where batch = ?", batch)[0][0]
        expect(derived == 1, f"{batch}: {derived} keys derived")
        return
    before = None
    for unit in units:
        if unit[6]:
            expect(unit[5] == before, f"{batch}: the chain of superseded certificates is broken: {units}")
            before = unit[4]
    live = station.ledger("select count(*) from serial where batch = ? and state = 'issued' and void_at is null", batch)[0][0]
    expect(live == 1, f"{batch}: {live} live certificates")


def check_signatures(station):
    """Each C_Sign with the CA's key, by what it signed, against ledger and journal."""
    lines = [line.split() for line in station.signature_log.read_text().splitlines() if line.startswith("C_Sign key=01 ")]
    signed = collections.Counter(dict(word.split("=", 1) for word in words[1:])["hash"] for words in lines)
    intents = {hashlib.sha256(tbs).hexdigest(): state for tbs, state in
               station.ledger("select tbs, state from serial where state in ('issued', 'intended', 'interrupted')")}
    twice = [one for one in intents if signed[one] > 1]
    expect(not twice, f"{len(twice)} intents were signed more than once")
    unsigned = [one for one, state in intents.items() if state == "issued" and signed[one] == 0]
    expect(not unsigned, f"{len(unsigned)} leaves that the token never signed")
    # self-tests are noted before they sign: one of a worker that was killed may never have signed
    others = sum(count for one, count in signed.items() if one not in intents)
    noted = station.ledger("select count(*) from signature where slot = 'primary' and purpose <> 'leaf'")[0][0]
    expect(others <= noted, f"{others} CA signatures for no intent, and {noted} that the ledger knows")
    known = {row[0] for row in station.journal("select serial from unit where serial is not null and length(serial) > 0")}
    intended = {row[0] for row in station.ledger("select serial from serial where state in ('issued', 'intended', 'interrupted')")}
    expect(intended <= known, f"{len(intended - known)} signed serials that the journal does not know")


def run(station, batch, scans, env=None, check=False):
    return station.command("run", batch, "--scans", scans, env=env, check=check)


def count_edges(station, counted, batch, scans):
    counts = station.folder / "counts"
    counts.unlink(missing_ok=True)
    env = {"LD_PRELOAD": str(PROBE), "KEYSTAMP_PROBE_COUNTS": str(counts), "KEYSTAMP_PROBE_VICTIM": counted}
    station.end_signer()  # the one that the run starts is the one that is probed
    done = run(station, batch, scans, env)
    expect(done.returncode == 0, f"the run to count edges: {done.stderr}")
    station.end_signer()
    edges = struct.unpack("QQ", counts.read_bytes())[1]
    expect(edges > 0, f"{counted}: no edge was seen")
    return edges


def at_every_edge(station, counted, mode, victim=None, made_by="", rework=False):
    """Kills `victim` before each edge of `counted`, which is itself the victim unless said otherwise."""
    victim = victim or counted
    title = f"{victim}-at-{counted}-{mode}{made_by}" + ("-rework" if rework else "")
    station.create_batch(f"count-{title}", mode, 5)
    scans = station.write_scans(f"count-{title}", 1)
    if rework:
        make_for_rework(station, f"count-{title}", scans)
    edges = count_edges(station, counted, f"count-{title}", scans)
    # the first run of a batch has a few edges more than those that a later one takes: go a little past the end
    stride = 1 if FULL else max(1, edges // (3 if rework else 6))
    done = 0
    for n in range(1, edges + 1, stride):
        batch = f"{title}-{n}"
        station.create_batch(batch, mode, 5)
        scans = station.write_scans(batch, 1)
        if rework:
            make_for_rework(station, batch, scans)
        killed = station.folder / "killed"
        killed.unlink(missing_ok=True)
        env = {"LD_PRELOAD": str(PROBE), "KEYSTAMP_PROBE_VICTIM": counted, "KEYSTAMP_PROBE_KILL_AT": str(n),
               "KEYSTAMP_PROBE_KILLED": str(killed)}
        if victim == counted:
            station.end_signer()
            run(station, batch, scans, env)
        else:
            with station.own_signer() as pids:
                run(station, batch, scans, env | {"KEYSTAMP_PROBE_KILL_PID": str(pids[victim])})
        if killed.exists():
            done += 1
        again = run(station, batch, scans)
        try:
            expect(again.returncode == 0, f"the same scan again: exit {again.returncode}\n{again.stdout}{again.stderr}")
            if rework:
                check_rework(station, batch, mode)
            else:
                check_records(station, batch, mode, 1, made_by)
            station.command("batch", "close", batch)  # signer and journal agree about every serial
        except Wrong as wrong:
            raise Wrong(f"{victim} killed at edge {n} of {edges} of {counted} ({mode}{made_by}): {wrong}") from None
    expect(done > 0, f"{victim}: nothing was killed")
    check_signatures(station)
    what = mode + made_by + (" rework" if rework else "")
    print(f"{victim:8} killed at {counted:8} {what}: {done} kills at {edges} edges, every unit recorded once", flush=True)


def at_random(mode, points, seed):
    """All three, at `points` random moments of runs of 16 fixtures."""
    dice = random.Random(seed)
    with Station(fixtures=16, log_signatures=True) as station:
        station.kills = 0
        station.start_boards()
        tried = 0
        took = 0.2  # seconds of the last run that nobody stopped, to kill within
        while station.kills < points:
            expect(tried < 10 * points, f"{station.kills} kills in {tried} runs: they end too soon to be killed")
            batch, count = f"random-{mode}-{tried}", 48
            tried += 1
            # a killed worker may cost each fixture at work a serial
            station.create_batch(batch, mode, count, spare=16)
            scans = station.write_scans(batch, count)
            victim = dice.choice(["station", "signer", "worker"])
            begun = time.monotonic()
            process = subprocess.Popen([BIN / "keystamp", "--config", station.config, "run", batch, "--scans", scans],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0.0, took))
            pid = process.pid if victim == "station" else station.signer_pids().get(victim)
            if pid and process.poll() is None:
                try:
                    os.kill(pid, signal.SIGKILL)
                    station.kills += 1
                except ProcessLookupError:
                    pass
                process.wait()
            else:
                process.wait()
                took = min(took, time.monotonic() - begun) * 0.9
            for attempt in range(3):  # a unit whose job saw the kill says ERROR; the operator scans it again
                again = run(station, batch, scans)
                if again.returncode == 0:
                    break
            expect(again.returncode == 0, f"seed {seed}, {victim} killed, run {tried}: {again.stdout[-600:]}{again.stderr[-2000:]}")
            check_records(station, batch, mode, count)
            station.command("batch", "close", batch)
        check_signatures(station)
        audit = station.command("audit", "verify")
        print(f"random   {mode}: {station.kills} kills in {tried} runs of 48 units over 16 fixtures; {audit.stdout.strip()}")


def main():
    begun = time.monotonic()
    for made_by, options in (("", []), ("-station-key", ["--no-keygen"])):
        if made_by and "x509" not in MODES:
            continue
        with Station(fixtures=1, log_signatures=True, board_options=options) as station:
            station.start_boards()
            for mode in ("x509",) if made_by else MODES:
                for counted in ("station", "worker", "signer"):
                    at_every_edge(station, counted, mode, made_by=made_by)
                for victim in ("signer", "worker"):
                    at_every_edge(station, "station", mode, victim, made_by)
    with Station(fixtures=1, log_signatures=True) as station:
        station.start_boards()
        for mode in ("x509", "sas"):
            for counted in ("station", "worker"):
                at_every_edge(station, counted, mode, rework=True)
    points, seed = (200, 1) if FULL else (6, int(time.time()))
    print(f"seed {seed}")
    for n, mode in enumerate(MODES):
        at_random(mode, points // len(MODES), seed + n)
    print(f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(f"WRONG: {wrong}")
