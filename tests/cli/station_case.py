# SPDX-License-Identifier: Apache-2.0
"""What the tests of `keystamp` share: a real station for a class of tests, and ways to call the command."""

import contextlib
import json
import os
import pathlib
import pty
import select
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from station import BIN, Station  # noqa: E402

PROGRAM = str(BIN / "keystamp")


def call(*words, stdin=None, fds=(), env=None, timeout=120):
    """Runs `keystamp words`. `fds`: texts to be read from descriptors, in the order of the words "{fd}"."""
    words = [str(w) for w in words]
    pipes = []
    for text in fds:
        read, write = os.pipe()
        os.write(write, text.encode())
        os.close(write)
        pipes.append(read)
        words[words.index("{fd}")] = str(read)
    try:
        return subprocess.run([PROGRAM, *words], input=stdin, stdin=None if stdin is not None else subprocess.DEVNULL,
                              capture_output=True, text=True, pass_fds=pipes, timeout=timeout, start_new_session=True,
                              env={k: v for k, v in {**os.environ, **(env or {})}.items() if k != "KEYSTAMP_CONFIG"})
    finally:
        for pipe in pipes:
            os.close(pipe)


class Terminal:
    """`keystamp words` at a terminal of its own."""

    def __init__(self, *words):
        self.shown = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            with contextlib.suppress(BaseException):
                os.execv(PROGRAM, [PROGRAM, *[str(w) for w in words]])
            os._exit(127)

    def wait_for(self, text, seconds=60):
        """Reads until `text` is shown; returns all that was shown up to it, and forgets it."""
        end = time.monotonic() + seconds
        while text.encode() not in self.shown:
            if not self._read(end):
                raise AssertionError(f"never shown: {text!r}; but {self.shown!r}")
        at = self.shown.index(text.encode()) + len(text)
        before, self.shown = self.shown[:at], self.shown[at:]
        return before.decode(errors="replace")

    def enter(self, text):
        os.write(self.fd, text.encode() + b"\n")

    def end(self, seconds=60):
        """What was shown last, and the exit code."""
        end = time.monotonic() + seconds
        while self._read(end):
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return self.shown.decode(errors="replace"), os.waitstatus_to_exitcode(status)

    def _read(self, end):
        ready, _, _ = select.select([self.fd], [], [], max(0, end - time.monotonic()))
        if not ready:
            raise AssertionError(f"nothing more is shown after {self.shown!r}")
        try:
            block = os.read(self.fd, 4096)
        except OSError:  # EIO: the other side is closed
            return False
        self.shown += block
        return bool(block)


class StationCase(unittest.TestCase):
    """One station for all tests of a class; set `options` for more than the defaults."""

    options = {"fixtures": 2, "feed": 500}

    @classmethod
    def setUpClass(cls):
        cls.station = Station(**cls.options)
        cls.addClassCleanup(cls.station.close)
        cls.station.start_boards()
        cls.passphrase = (cls.station.folder / "supervisor.pass").read_text().strip()

    def keystamp(self, *words, code=0, **options):
        done = call("--config", self.station.config, *words, **options)
        self.assertEqual(done.returncode, code, f"keystamp {words}\n{done.stdout}\n{done.stderr}")
        return done

    def json(self, *words, code=0, **options):
        return json.loads(self.keystamp(*words, "--json", code=code, **options).stdout)

    def refused(self, reason, code, *words, **options):
        """The command says this reason, in words and as JSON, names a next step, and exits with that code."""
        done = self.keystamp(*words, "--json", code=code, **options)
        error = json.loads(done.stdout)["error"]
        self.assertEqual(error["code"], reason, error)
        self.assertIn(error["cause"], done.stderr)
        self.assertIn(error["next"], done.stderr)
        self.assertTrue(error["next"])
        return error

    def enrol(self, name):
        """One more supervisor; their passphrase."""
        passphrase = f"the passphrase of {name}"
        done = subprocess.run([BIN / "keystamp-signer", "add-supervisor", name, "--config", self.station.config], input=passphrase + "\n",
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return passphrase

    def release(self, batch, code=0):
        """A second supervisor lets a batch be as long as the first one asked."""
        return self.keystamp("batch", "release", batch, "--as", "anna", "--auth-fd", "{fd}", fds=[self.enrol("anna") + "\n"], code=code)

    def counts(self):
        """Everything that was ever signed, derived or begun."""
        return {
            "serials": self.station.ledger("select count(*) from serial")[0][0],
            "derived": self.station.ledger("select count(*) from derivation")[0][0],
            "units": self.station.journal("select count(*) from unit")[0][0],
        }

    @contextlib.contextmanager
    def nothing_issued(self):
        before = self.counts()
        yield
        self.assertEqual(self.counts(), before)

    def scans(self, name, *lines):
        path = self.station.folder / name
        path.write_text("".join(line + "\n" for line in lines))
        return path
