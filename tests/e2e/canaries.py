#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""PIN, passphrase, group key, a derived key and imported ones as canaries: looked for in every file that the station leaves, in what /proc tells of
its processes, and in what a forced core would be. None of them may be found."""

import base64
import hashlib
import hmac
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from station import BIN, Station  # noqa: E402

NOBODY = 65534


def pipe_with(*texts):
    """A descriptor for each text, to be read by a child."""
    ends = []
    for text in texts:
        read, write = os.pipe()
        os.write(write, text + b"\n")
        os.close(write)
        ends.append(read)
    return ends


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it took too long")
        time.sleep(0.02)


def no_limit_on_cores():
    # what the programs set for themselves must not come from here
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


class Canaries(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.station = Station(fixtures=1, feed=5)
        cls.station.start_boards()
        folder = cls.station.folder
        cls.pin = (folder / "pin").read_bytes().strip()
        cls.passphrase = (folder / "supervisor.pass").read_bytes().strip()
        cls.group_key = os.urandom(64)
        # a demo's files are the one place where both may stand; without them it is a station whose people hold them
        for name in ("pin", "supervisor.pass"):
            (folder / name).unlink()
        text = cls.station.config.read_text().replace('pin_file = "pin"\n', "").replace('passphrase_file = "supervisor.pass"\n', "")
        cls.station.config.write_text(text)
        cls.shown = b""
        cls.signer = cls.start(BIN / "keystamp-signer")
        until((folder / "data" / "signer.sock").exists)
        cls.command("sas", "import", "--slot", "primary", "--replace", given=base64.b64encode(cls.group_key))
        cls.command("batch", "create", "c1", "--mode", "sas", "--scope-id", "0ne00ABCDEF", "--pattern", "c1-{seq}", "--count", "3")
        cls.import_keys()
        # a run that waits for scans: the third program that has met secrets, while it can be looked at
        cls.run_ = cls.start(BIN / "keystamp", "run", "c1", "--scans", "-", stdin=subprocess.PIPE)
        cls.run_.stdin.write(b"F1,first\n")
        cls.run_.stdin.flush()
        recorded = lambda: cls.station.journal("select id from unit where batch = 'c1' and state = 'RECORDED'")
        until(recorded)
        derived = hmac.new(cls.group_key, recorded()[0][0].encode(), hashlib.sha256).digest()
        cls.secrets = {"PIN": cls.pin, "passphrase": cls.passphrase, "group key": cls.group_key, "device key": derived, **cls.imported}

    @classmethod
    def import_keys(cls):
        """Two devices with their keys from the cloud; the first one's board has its key, the second one's waits in the ledger."""
        cls.imported = {f"{slot} key of {device}": os.urandom(32) for device in ("c2-1", "c2-2") for slot in ("primary", "secondary")}
        rows = ["IOTC_DEVICEID,IOTC_SASKEY_PRIMARY,IOTC_SASKEY_SECONDARY"]
        for device in ("c2-1", "c2-2"):
            rows.append(",".join([device, *(base64.b64encode(cls.imported[f"{slot} key of {device}"]).decode() for slot in ("primary", "secondary"))]))
        cls.command("batch", "create", "c2", "--mode", "imported", "--scope-id", "0ne00ABCDEF", "--ids", "-", given="\n".join(rows).encode())
        scans = cls.station.folder / "c2.scans"
        scans.write_text("F1,c2-1\n")
        cls.command("run", "c2", "--scans", scans, supervised=False)
        assert cls.station.journal("select id, state from unit where batch = 'c2'") == [("c2-1", "RECORDED")]
        assert cls.station.ledger("select id from sealed where key is not null") == [("c2-2",)]

    @classmethod
    def tearDownClass(cls):
        for process in (cls.run_, cls.signer):
            process.kill()
            process.wait()
        cls.run_.stdin.close()
        cls.station.close()

    @classmethod
    def start(cls, program, *words, **options):
        log = (cls.station.folder / f"{program.name}.out").open("wb")
        with log:
            return subprocess.Popen([program, "--config", cls.station.config, *words], stdout=log, stderr=log, cwd=cls.station.folder,
                                    preexec_fn=no_limit_on_cores, **options)

    @classmethod
    def command(cls, *words, given=None, supervised=True):
        pin, passphrase = pipe_with(cls.pin, cls.passphrase)
        authority = ("--auth-fd", str(passphrase)) if supervised else ()
        done = subprocess.run([BIN / "keystamp", "--config", cls.station.config, *words, "--pin-fd", str(pin), *authority],
                              input=given, pass_fds=(pin, passphrase), capture_output=True, cwd=cls.station.folder, start_new_session=True)
        os.close(pin)
        os.close(passphrase)
        assert done.returncode == 0, done.stderr
        cls.shown += done.stdout + done.stderr

    def processes(self):
        found = self.station.signer_pids()
        return {"supervisor": found["signer"], "worker": found["worker"], "run": self.run_.pid}

    def forms(self):
        for name, secret in self.secrets.items():
            yield name, secret
            yield name + " in base64", base64.b64encode(secret)
            yield name + " in hex", secret.hex().encode()
            yield name + " in HEX", secret.hex().upper().encode()

    def expect_none(self, place, content):
        for name, form in self.forms():
            self.assertNotIn(form, content, f"{name} is in {place}")

    def test_no_file_and_no_output_holds_one(self):
        files = [path for path in self.station.folder.rglob("*") if path.is_file()]
        self.assertGreater(len(files), 8)
        for path in files:
            self.expect_none(path, path.read_bytes())
        self.expect_none("what was shown", self.shown)

    def test_the_search_would_find_one(self):
        kept = self.station.folder / "kept"
        kept.write_bytes(b"before" + base64.b64encode(self.group_key) + b"after")
        try:
            with self.assertRaises(AssertionError):
                self.test_no_file_and_no_output_holds_one()
        finally:
            kept.unlink()

    def test_no_command_line_environment_or_map_shows_one(self):
        for name, pid in self.processes().items():
            for file in ("cmdline", "environ", "maps", "status"):
                path = pathlib.Path(f"/proc/{pid}/{file}")
                try:
                    self.expect_none(path, path.read_bytes())
                except PermissionError:
                    self.assertNotEqual(os.geteuid(), 0, name)  # not even that is shown to others

    def test_pin_and_passphrase_lie_in_locked_pages_that_no_core_holds(self):
        if os.geteuid() != 0:
            self.skipTest("nobody but root can read the programs' memory, which is what the next test shows")
        seen = 0
        for name in ("supervisor", "worker"):
            for begin, end, flags, what in self.mappings(self.processes()[name]):
                content = self.memory(self.processes()[name], begin, end)
                for form in (self.pin, self.passphrase):
                    if form not in content:
                        continue
                    seen += 1
                    self.assertTrue({"lo", "dd"} <= flags, f"{name}: in {what or 'plain memory'} at {begin:x}, flags {sorted(flags)}")
        self.assertGreater(seen, 0, "the supervisor must have the PIN somewhere")

    @staticmethod
    def mappings(pid):
        begin = end = 0
        what = ""
        for line in pathlib.Path(f"/proc/{pid}/smaps").read_text().splitlines():
            words = line.split()
            if "-" in words[0] and not words[0].endswith(":"):
                begin, end = (int(part, 16) for part in words[0].split("-"))
                readable, what = words[1].startswith("r"), words[5] if len(words) > 5 else ""
            if words[0] == "VmFlags:" and readable:
                yield begin, end, set(words[1:]), what

    @staticmethod
    def memory(pid, begin, end):
        try:
            with open(f"/proc/{pid}/mem", "rb") as memory:
                memory.seek(begin)
                return memory.read(end - begin)
        except (OSError, OverflowError):
            return b""  # a guard, or what only the kernel reads

    def as_a_plain_user(self, act):
        """Runs `act(station)` as a user who is not root, over a station of that user; what it returns."""
        station = Station(fixtures=0)
        for name in ("keystamp", "keystamp-signer"):  # others may not reach where the project lies
            shutil.copy2(BIN / name, station.folder)
        if os.geteuid() == 0:
            for path in [station.folder, *station.folder.rglob("*")]:
                os.chown(path, NOBODY, NOBODY)
        child = os.fork()
        if child == 0:
            code = 99
            try:
                if os.geteuid() == 0:
                    os.setgroups([])
                    os.setgid(NOBODY)
                    os.setuid(NOBODY)
                code = act(station)
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        station.close()
        return code

    def test_another_program_of_the_same_user_cannot_look(self):
        def opens(pid, file):
            try:
                with open(f"/proc/{pid}/{file}", "rb"):
                    return True
            except PermissionError:
                return False

        def look(station):
            signer = subprocess.Popen([station.folder / "keystamp-signer", "--config", station.config], stderr=subprocess.DEVNULL)
            try:
                until(lambda: len(station.signer_pids()) == 2 and (station.folder / "data/signer.sock").exists())
                # a worker that has just begun has no PIN yet, and closes itself before it is given one
                until(lambda: not any(opens(pid, file) for pid in station.signer_pids().values() for file in ("mem", "environ", "maps", "auxv")), 10)
                return 0
            finally:
                signer.terminate()
                signer.wait()

        self.assertEqual(self.as_a_plain_user(look), 0, "99: it can be opened")

    def test_no_program_starts_without_memory_that_can_be_locked(self):
        def starve(station):
            resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, 0))
            for words in (["keystamp-signer"], ["keystamp-signer", f"--worker={os.getpid()}"], ["keystamp", "ca", "show"]):
                done = subprocess.run([station.folder / words[0], *words[1:], "--config", station.config], capture_output=True, text=True, timeout=60)
                if done.returncode != 3 or "memlock" not in done.stderr:
                    return 1
            return 0

        self.assertEqual(self.as_a_plain_user(starve), 0)

    def test_z_a_forced_core_is_none(self):
        processes = self.processes()
        for name, pid in processes.items():
            core = next(line for line in pathlib.Path(f"/proc/{pid}/limits").read_text().splitlines() if line.startswith("Max core file"))
            self.assertEqual(core.split()[4:6], ["0", "0"], name)
        os.kill(processes["worker"], signal.SIGQUIT)
        until(lambda: self.station.signer_pids().get("worker") not in (None, processes["worker"]))
        for process in (self.run_, self.signer):
            os.kill(process.pid, signal.SIGABRT)
            _, status = os.waitpid(process.pid, 0)
            process.returncode = -signal.SIGABRT
            self.assertTrue(os.WIFSIGNALED(status))
            self.assertFalse(os.WCOREDUMP(status), "the kernel says that it wrote a core")
        cores = [path for path in self.station.folder.rglob("*core*") if path.is_file()]
        self.assertEqual(cores, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
