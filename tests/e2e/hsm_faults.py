#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every PKCS#11 call of the signer × every fault, during a running batch; then the HSM heals and the same boards are scanned again.

Under test are the real programs with real boards, over SoftHSM behind tests/support/pkcs11_fault.cpp (and behind that pkcs11_log.c, which
counts what really reached the token). Whatever strikes: it is said within a request's deadline, healed within ten seconds and by nobody's
hand, no unit is lost or recorded twice, journal, ledger and the log of C_Sign agree, and after CKR_PIN_* nobody logs in until a person
has entered a PIN. KEYSTAMP_FULL strikes with everything; otherwise with one fault of each kind.
"""

import collections
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

from crash_campaign import Wrong, check_records, check_signatures, expect
from station import BIN, LIB, SOFTHSM, Station

FULL = bool(os.environ.get("KEYSTAMP_FULL"))
SAID, HEALED = 5.0, 10.0  # the promises, in seconds
SLACK = 3.0  # a machine that has other things to do

CKR = {
    "HOST_MEMORY": "2", "GENERAL_ERROR": "5", "FUNCTION_FAILED": "6", "DEVICE_ERROR": "30", "DEVICE_MEMORY": "31", "DEVICE_REMOVED": "32",
    "KEY_HANDLE_INVALID": "60", "OBJECT_HANDLE_INVALID": "82", "PIN_INCORRECT": "a0", "PIN_EXPIRED": "a3", "PIN_LOCKED": "a4",
    "SESSION_CLOSED": "b0", "SESSION_COUNT": "b1", "SESSION_HANDLE_INVALID": "b3", "TOKEN_NOT_PRESENT": "e0", "USER_NOT_LOGGED_IN": "101",
    "CRYPTOKI_NOT_INITIALIZED": "190",
}
KINDS = [*CKR, "hang", "crash", "reboot"]
AT_WORK = ["C_SignInit", "C_Sign"]  # each unit; the others when a worker starts or leaves
ONLY_BY_HAND = {"C_CreateObject", "C_DestroyObject", "C_GenerateKey", "C_GenerateKeyPair", "C_InitToken"}  # no batch calls these

Cell = collections.namedtuple("Cell", "function fault mode after", defaults=("",))
Row = collections.namedtuple("Row", "cell said said_in healed_in logins units")


class FaultyStation(Station):
    """Its signer is a process of ours, behind the shim."""

    def __init__(self):
        super().__init__(fixtures=2, log_signatures=True)
        self.fault_file = self.folder / "fault"
        self.fault_log = self.folder / "fault.log"
        log = next(LIB.glob("*pkcs11_log*.so"))
        more = {"KEYSTAMP_PKCS11_FAULT_MODULE": log, "KEYSTAMP_PKCS11_FAULT": self.fault_file, "KEYSTAMP_PKCS11_FAULT_LOG": self.fault_log}
        text = self.config.read_text().replace(f'module = "{log}"', f'module = "{next(LIB.glob("*pkcs11_fault*.so"))}"')
        pairs = ", ".join(f'{name} = "{value}"' for name, value in more.items())
        self.config.write_text(text.replace("environment = { ", f"environment = {{ {pairs}, "))
        self.start_boards()
        self.signer_words = open(self.folder / "signer.log", "w")
        self.signer = subprocess.Popen([BIN / "keystamp-signer", "--config", self.config], stderr=self.signer_words)
        self.command("ca", "show")

    def close(self):
        self.signer.terminate()
        self.signer.wait()
        self.signer_words.close()
        super().close()

    def functions(self):
        return {line.split()[1] for line in self.fault_log.read_text().splitlines() if line.startswith("seen ")}

    def struck(self):
        return sum(1 for line in self.fault_log.read_text().splitlines() if line.startswith("struck "))

    def logins(self):
        """C_Login that the token, or a fault in its place, has seen."""
        struck = sum(1 for line in self.fault_log.read_text().splitlines() if line.startswith("struck C_Login "))
        return struck + sum(1 for line in self.signature_log.read_text().splitlines() if line.startswith("C_Login "))

    def strike(self, cell):
        file = self.fault_file.with_suffix(".new")
        file.write_text(f"{cell.function} {CKR.get(cell.fault, cell.fault)} {cell.after}\n")
        file.rename(self.fault_file)

    def heal(self):
        self.fault_file.unlink(missing_ok=True)

    def fresh_worker(self):
        """The worker leaves in good order, as after any fault, and another starts: calls that only those moments make."""
        pid = self.signer_pids().get("worker")
        if not pid:
            return
        os.kill(pid, signal.SIGTERM)
        # until it serves nobody any more; one that hangs as it leaves stays
        end = time.monotonic() + 1
        while pathlib.Path(f"/proc/{pid}").exists() and time.monotonic() < end:
            time.sleep(0.01)

    def run_with_pin(self, batch, scans):
        with open(self.folder / "pin") as pin:
            return subprocess.run([BIN / "keystamp", "--config", self.config, "run", batch, "--scans", scans, "--pin-fd", str(pin.fileno())],
                                  pass_fds=[pin.fileno()], stdin=subprocess.DEVNULL, capture_output=True, text=True)


class Run:
    """A batch at work that takes scans as they come; its words with their times."""

    def __init__(self, station, batch, env=None):
        self.lines = []
        self.more = threading.Condition()
        self.process = subprocess.Popen([BIN / "keystamp", "--config", station.config, "run", batch, "--scans", "-"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1, start_new_session=True,
                                        env={**os.environ, **(env or {})})
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self.more:
                self.lines.append((time.monotonic(), line.rstrip()))
                self.more.notify_all()
        with self.more:
            self.lines.append((time.monotonic(), "(the end)"))
            self.more.notify_all()
        self.process.stdout.close()

    def scan(self, lines):
        self.process.stdin.write("".join(lines))
        self.process.stdin.flush()

    def wait_for(self, pattern, count=1, seconds=60):
        """Until so many lines say it, or the run has ended."""
        def enough():
            return sum(1 for _, line in self.lines if re.search(pattern, line)) >= count or self.lines[-1:] and self.lines[-1][1] == "(the end)"
        with self.more:
            return self.more.wait_for(enough, seconds)

    def said(self):
        """The first trouble, and when."""
        for at, line in self.lines:
            expect(not re.search(r"\sFAIL\s\s", line), f"a fault of the HSM was called a bad board: {line}")
            if re.search(r"\sERROR\s\s|^keystamp: ", line):
                return at, re.sub(r"^F\d\s+\S+\s+\S+\s+ERROR\s+|^keystamp: ", "", line)
        return None

    def end(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()
        self.reader.join()


def by_hand(station, batch, scans):
    """After CKR_PIN_* nobody has logged in; then a person enters the PIN."""
    logins = station.logins()
    again = station.command("run", batch, "--scans", scans, check=False)
    expect(again.returncode == 3 and "PIN" in again.stderr, f"nobody has entered a PIN: {again.stdout}{again.stderr}")
    station.fresh_worker()
    station.command("run", batch, "--scans", scans, check=False)
    expect(station.logins() == logins, f"{station.logins() - logins} logins with a PIN that was refused")
    healed_at = time.monotonic()
    done = station.run_with_pin(batch, scans)
    expect(done.returncode == 0, f"a person has entered the PIN: {done.stdout}{done.stderr}")
    return healed_at, time.monotonic() - healed_at


def strike_once(station, cell, number):
    batch, units = f"c{number}", 4
    station.create_batch(batch, cell.mode, units, spare=20)
    scans = station.write_scans(batch, units)
    lines = scans.read_text().splitlines(keepends=True)
    run = Run(station, batch)
    run.scan(lines[:2])
    run.wait_for(r"\sPASS$", 2)
    expect(not run.said(), f"before anything struck: {run.lines}")
    logins, struck = station.logins(), station.struck()
    station.strike(cell)
    if cell.function not in AT_WORK:
        station.fresh_worker()
    begun = time.monotonic()
    run.scan(lines[2:])
    both = r"\s(PASS|ERROR\s.*|FAIL\s.*)$"
    expect(run.wait_for(both, 3), "nothing was said in a minute: it hangs")  # two were there before
    said = run.said()
    if not said:
        run.wait_for(both, 4)
        said = run.said()
    healed_at = time.monotonic()
    station.heal()
    run.end()  # what ended in ERROR is tried once more

    while True:
        done = station.command("run", batch, "--scans", scans, check=False)
        healed_in = time.monotonic() - healed_at
        if done.returncode == 0:
            break
        if cell.fault.startswith("PIN_") and "PIN" in done.stderr:
            healed_at, healed_in = by_hand(station, batch, scans)
            break
        expect(healed_in < 60, f"not healed in a minute: {done.stdout}{done.stderr}")
    if cell.function == "C_Login" and cell.fault.startswith("PIN_"):
        expect(station.logins() == logins + 2, f"{station.logins() - logins} logins: one is refused, one a person's")
    expect(station.struck() > struck, "the fault never struck")
    said_in = said[0] - begun if said else 0.0
    expect(said_in < SAID + SLACK, f"said after {said_in:.1f} s: {said}")
    expect(healed_in < HEALED + SLACK, f"healed after {healed_in:.1f} s")
    check_records(station, batch, cell.mode, units)
    station.command("batch", "close", batch)
    return Row(cell, said[1] if said else "nothing: no unit met it", said_in, healed_in, station.logins() - logins, units)


def campaign(cells):
    """One station's share; a new station after one that was wrong. Returns its rows and what was wrong."""
    rows, wrong = [], []
    left = list(enumerate(cells))
    while left:
        with FaultyStation() as station:
            try:
                while left:
                    number, cell = left.pop(0)
                    rows.append(strike_once(station, cell, number))
                cell = None
                check_signatures(station)
            except (Wrong, AssertionError) as problem:
                words = (station.folder / "signer.log").read_text().splitlines()[-12:]
                wrong.append(f"{' '.join(cell) if cell else 'signatures'}: {problem}\n    " + "\n    ".join(words))
                station.heal()
                if os.environ.get("KEYSTAMP_FAULTS_VERBOSE"):
                    print("WRONG", wrong[-1], flush=True)
    return rows, wrong


def functions_of_a_batch():
    with FaultyStation() as station:
        for mode in ("x509", "sas"):
            station.create_batch(mode, mode, 2)
            station.command("run", mode, "--scans", station.write_scans(mode, 2))
        station.fresh_worker()
        station.command("preflight", check=False)
        return sorted(station.functions() - ONLY_BY_HAND)


def cells_of(functions):
    if not FULL:
        return [Cell("C_Sign", "SESSION_HANDLE_INVALID", "x509"), Cell("C_Sign", "hang", "x509"), Cell("C_Sign", "crash", "x509", "after"),
                Cell("C_SignInit", "USER_NOT_LOGGED_IN", "sas"), Cell("C_Sign", "reboot", "sas"), Cell("C_Sign", "reboot", "x509"),
                Cell("C_Login", "PIN_INCORRECT", "x509"), Cell("C_Login", "PIN_LOCKED", "x509"), Cell("C_Login", "PIN_EXPIRED", "sas"),
                Cell("C_OpenSession", "DEVICE_REMOVED", "x509"), Cell("C_Initialize", "crash", "x509"), Cell("C_FindObjects", "DEVICE_ERROR", "sas"),
                Cell("C_GetAttributeValue", "SESSION_CLOSED", "x509")]
    cells = [Cell(function, fault, "x509") for function in functions for fault in KINDS]
    cells += [Cell(function, fault, "sas") for function in AT_WORK + ["C_FindObjects"] for fault in KINDS]
    # made, and its answer lost
    cells += [Cell("C_Sign", fault, mode, "after") for mode in ("x509", "sas") for fault in KINDS]
    cells += [Cell("C_Login", fault, "x509", "after") for fault in ("DEVICE_ERROR", "hang", "crash")]
    return cells


def main():
    begun = time.monotonic()
    functions = functions_of_a_batch()
    cells = cells_of(functions)
    only = os.environ.get("KEYSTAMP_FAULTS_ONLY")  # a regular expression over a row's first words
    if only:
        cells = [cell for cell in cells if re.search(only, " ".join(cell))]
    stations = min(len(cells), int(os.environ.get("KEYSTAMP_FAULTS_STATIONS", "3")))
    with concurrent.futures.ThreadPoolExecutor(stations) as pool:
        shares = list(pool.map(campaign, [cells[n::stations] for n in range(stations)]))
    rows = sorted((row for share, _ in shares for row in share), key=lambda row: cells.index(row.cell))
    wrong = [words for _, share in shares for words in share]
    print(f"{'call':20} {'fault':24} {'batch':5} {'said':>5} {'healed':>6} {'logins':>6} {'lost':>4} {'twice':>5}  what was said")
    for row in rows:
        cell = row.cell
        print(f"{cell.function:20} {(cell.fault + ' ' + cell.after).strip():24} {cell.mode:5} {row.said_in:5.1f} {row.healed_in:6.1f} "
              f"{row.logins:6} {0:4} {0:5}  {row.said[:150]}")
    print(f"{len(functions)} calls of a signer at work: {' '.join(functions)}")
    if rows:
        print(f"{len(rows)} faults of {len(cells)}: said in {max(row.said_in for row in rows):.1f} s at most, healed in "
              f"{max(row.healed_in for row in rows):.1f} s at most, {sum(row.units for row in rows)} units, 0 lost, 0 twice; "
              f"{time.monotonic() - begun:.0f} s")
    if wrong:
        sys.exit("WRONG:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
