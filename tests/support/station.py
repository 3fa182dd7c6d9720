# SPDX-License-Identifier: Apache-2.0
"""A throw-away station for end-to-end tests and benchmarks: real token, real signer, real virtual boards, real journal."""

import base64
import contextlib
import csv
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("KEYSTAMP_BIN", ROOT / "build/release/bin"))
LIB = pathlib.Path(os.environ.get("KEYSTAMP_TEST_LIB", ROOT / "build/release/tests/support"))
SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"


class Station:
    """`fixtures` boards served by one keystamp-board; everything lies in `folder`, which goes when the test ends."""

    def __init__(self, fixtures=4, feed=1000, folder=None, log_signatures=False, board_options=(),
                 driver="agent", driver_options=None, listen=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="keystamp-"))
        self.own_folder = folder is None
        self.folder.mkdir(parents=True, exist_ok=True)
        self.fixtures = fixtures
        self.feed = feed
        self.board_options = list(board_options)
        self.driver = driver
        self.driver_options = driver_options or {}
        # what an ESP32 or an STM32 is reset by goes over RFC 2217
        self.listen = listen or ("rfc2217" if driver.startswith(("esp32", "stm32")) else "unix")
        self.boards = None
        self.uid = os.urandom(8).hex()  # the same boards, erased, after a restart of them
        self.links = [f"unix:{self.folder}/board-{n + 1}.sock" for n in range(fixtures)]
        self.signature_log = self.folder / "signatures.log"
        self.config = self.folder / "station.toml"
        self._write_config(log_signatures)
        self._make_token()

    def _make_token(self):
        self.call([BIN / "keystamp-signer", "make-demo-token", "--config", self.config])

    def _write_config(self, log_signatures):
        module = SOFTHSM
        environment = {"SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}
        if log_signatures:
            module = next(LIB.glob("*pkcs11*log*.so"))
            environment |= {"KEYSTAMP_PKCS11_LOG_MODULE": SOFTHSM, "KEYSTAMP_PKCS11_LOG": str(self.signature_log)}
        pairs = ", ".join(f'{name} = "{value}"' for name, value in environment.items())
        text = f"""
[station]
name = "test-line"
data = "data"
[signer]
module = "{module}"
token_label = "keystamp-demo"
environment = {{ {pairs} }}
root = "ca/root.pem"
sealing_key = "41"
pin_file = "pin"
[signer.primary]
ca_key = "01"
ca_cert = "ca/primary.pem"
group_key = "11"
[signer.secondary]
ca_key = "02"
ca_cert = "ca/secondary.pem"
group_key = "12"
[signer.audit]
key = "21"
[supervisor]
name = "demo"
passphrase_file = "supervisor.pass"
"""
        if self.driver_options:
            text += f"[driver.{self.driver}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in self.driver_options.items())
        self.config.write_text(text + self._fixtures())

    def _fixtures(self):
        return "".join(f'[[fixture]]\nname = "F{n + 1}"\nlink = "{link}"\ndriver = "{self.driver}"\n' for n, link in enumerate(self.links))

    def start_boards(self):
        # one program serves consecutive fixtures: board.sock-1, board.sock-2 ... as its lines say
        listen = f"unix:{self.folder}/board.sock" if self.listen == "unix" else f"{self.listen}:127.0.0.1:0"
        self.boards = subprocess.Popen(
            [BIN / "keystamp-board", "--listen", listen, "--driver", self.driver, "--fixtures", str(self.fixtures),
             "--feed", str(self.feed), "--uid", self.uid, *self.board_options],
            stdout=subprocess.PIPE, text=True)
        for n in range(self.fixtures):
            line = self.boards.stdout.readline().split()
            assert line and line[0] == "listening", f"keystamp-board said {line}"
            self.links[n] = line[1]
        self.use_links(self.links)

    def use_links(self, links):
        """The fixtures' links, for boards that somebody else has put there."""
        self.links = list(links)
        self.config.write_text(self.config.read_text().split("[[fixture]]")[0] + self._fixtures())

    def stop_boards(self):
        if self.boards:
            self.boards.terminate()
            self.boards.wait()
            self.boards.stdout.close()
            self.boards = None

    @staticmethod
    def call(words, **options):
        return subprocess.run([str(w) for w in words], check=True, capture_output=True, text=True, **options)

    def command(self, *words, env=None, check=True):
        """`keystamp --config ... words`; returns the finished process."""
        done = subprocess.run([str(BIN / "keystamp"), "--config", str(self.config), *map(str, words)],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              env={**os.environ, **(env or {})})
        if check and done.returncode != 0:
            raise AssertionError(f"keystamp {' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def create_batch(self, name, mode, count, spare=None):
        """Of mode imported for the labels of write_scans(), with keys that nobody keeps."""
        if mode == "imported":
            export = self.folder / f"{name}-export.csv"
            export.write_text("IOTC_DEVICEID,IOTC_SASKEY_PRIMARY\n" + "".join(
                f"{name}-sn-{n},{base64.b64encode(os.urandom(32)).decode()}\n" for n in range(count)))
            self.command("batch", "create", name, "--mode", mode, "--scope-id", "0ne00TEST01", "--ids", export)
            export.unlink()
            return
        self.command("batch", "create", name, "--mode", mode, "--scope-id", "0ne00TEST01", "--pattern", name + "-{seq:06}",
                     "--first", "1", "--count", str(count), *(["--spare", str(spare)] if spare is not None else []))

    def run_to_the_end(self, batch, count):
        """The batch's scans of write_scans(), once more to no effect, and its close. Returns what was shown."""
        done = self.command("run", batch, "--scans", self.write_scans(batch, count))
        again = self.command("run", batch, "--scans", self.write_scans(batch, count), check=False)
        assert f"{count} already recorded" in again.stdout, again.stdout + again.stderr
        self.command("batch", "close", batch)
        return done.stdout + done.stderr + again.stdout

    def manifest_rows(self, batch):
        """Of units.csv, exported and verified."""
        out = self.folder / f"{batch}-manifest"
        self.command("manifest", "export", batch, "--out", out)
        self.command("manifest", "verify", out, "--key", self.folder / "audit.pub.pem")
        with open(out / "units.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def write_scans(self, batch, count, start=0):
        """`count` serial numbers, dealt to the fixtures in turn."""
        path = self.folder / f"{batch}-{start}.scans"
        path.write_text("".join(f"F{n % self.fixtures + 1},{batch}-sn-{n}\n" for n in range(start, start + count)))
        return path

    def journal(self, query, *arguments):
        return self._rows("journal.db", query, arguments)

    def ledger(self, query, *arguments):
        return self._rows("ledger.db", query, arguments)

    def _rows(self, name, query, arguments):
        db = sqlite3.connect(f"file:{self.folder}/data/{name}?mode=ro", uri=True)
        try:
            return db.execute(query, arguments).fetchall()
        finally:
            db.close()

    def status(self):
        return json.loads(self.command("ca", "show", "--json").stdout)

    def signer_pids(self):
        """Supervisor and worker of this station: those whose command line names its configuration."""
        found, signers, parent = {}, [], None
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if words and words[0].endswith(b"keystamp-signer") and str(self.config).encode() in words:
                    if any(w.startswith(b"--worker") for w in words):
                        found["worker"] = int(entry.name)
                        parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                    else:
                        signers.append(int(entry.name))
            except OSError:
                continue
        # beside the one that has the worker may be one that came too late and leaves again, or one that was forked and is no worker yet
        if signers:
            found["signer"] = parent if parent in signers else signers[0]
        return found

    def wait_for_signer_to_leave(self, seconds=15):
        end = time.monotonic() + seconds
        while self.signer_pids():
            if time.monotonic() > end:
                raise AssertionError(f"the signer stayed: {self.signer_pids()}")
            time.sleep(0.02)

    @contextlib.contextmanager
    def own_signer(self, env=None):
        """A signer that this test started, ready for requests, so that it can be measured or killed; gives its processes."""
        self.end_signer()
        process = subprocess.Popen([BIN / "keystamp-signer", "--config", self.config], stderr=subprocess.DEVNULL,
                                   env={**os.environ, **(env or {})})
        try:
            self.command("ca", "show")  # waits until it is ready
            yield self.signer_pids()
        finally:
            process.terminate()
            process.wait()
            # where it was killed, the station has started another
            self.end_signer()

    def end_signer(self):
        """Tells the signer to leave, rather than wait until it sees that nobody needs it."""
        for name, pid in self.signer_pids().items():
            if name == "signer":
                try:
                    os.kill(pid, signal.SIGTERM)
                except ProcessLookupError:
                    pass
        self.wait_for_signer_to_leave()

    def close(self):
        self.stop_boards()
        for pid in self.signer_pids().values():
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
