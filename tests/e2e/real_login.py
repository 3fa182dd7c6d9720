#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Units behind the machine's own agetty and login (util-linux, PAM), on bash and on dash: `keystamp run` logs in with a password, provisions
and logs out, and the user's home has the identity and no history. It takes root and a mount namespace, where /etc/passwd and /etc/shadow are
a scratch folder's."""

import ctypes
import os
import pathlib
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from station import Station  # noqa: E402

SKIPPED = 77
PASSWORD = "correct horse 4711"
USER, UID = "ks-gateway", 64123
CLONE_NEWNS = 0x20000


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def enter_own_accounts(folder, shell):
    """This process, and what it starts, sees one more user, whose home is in `folder`."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() != 0 or libc.unshare(CLONE_NEWNS) != 0:
        return False
    for name, line in (("passwd", f"{USER}:x:{UID}:{UID}::{folder}/home:{shell}\n"),
                       ("shadow", f"{USER}:{hashed()}:19000:0:99999:7:::\n"), ("group", f"{USER}:x:{UID}:\n")):
        mine = folder / name
        mine.write_text(pathlib.Path("/etc", name).read_text() + line)
        mine.chmod(0o600 if name == "shadow" else 0o644)
        if subprocess.run(["mount", "--bind", mine, f"/etc/{name}"], capture_output=True).returncode != 0:
            return False
    return True


def hashed():
    return subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=PASSWORD, text=True, capture_output=True, check=True).stdout.strip()


class Gateway:
    """A pseudo-terminal with agetty on it, started again whenever a session ends, and a socket for the station."""

    def __init__(self, folder):
        self.link = f"unix:{folder}/gateway.sock"
        self.transcript = bytearray()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.link.removeprefix("unix:"))
        self._listener.listen()
        self._closed = False
        self.master, self._slave = os.openpty()
        self._start()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def _start(self):
        name = os.ttyname(self._slave)
        self.getty = subprocess.Popen(["setsid", "agetty", "--noclear", "--nohostname", "--local-line", name.removeprefix("/dev/"), "vt100"])

    def _carry(self):
        station = None
        while not self._closed:
            if self.getty.poll() is not None:
                self._start()
            watched = [self._listener, self.master] + ([station] if station else [])
            for each in select.select(watched, [], [], 0.1)[0]:
                if each is self._listener:
                    station = self._listener.accept()[0]
                elif each == self.master:
                    said = os.read(self.master, 4096)
                    self.transcript += said
                    if station:
                        station.sendall(said)
                else:
                    told = station.recv(4096)
                    if told:
                        os.write(self.master, told)
                    else:
                        station.close()
                        station = None

    def wait_for_prompt(self):
        """Logged out: getty is back."""
        end = time.monotonic() + 20
        while not self.transcript.rstrip().endswith(b"login:"):
            assert time.monotonic() < end, self.transcript[-200:]
            time.sleep(0.02)

    def close(self):
        self._closed = True
        self._thread.join()
        os.killpg(self.getty.pid, signal.SIGKILL)
        self.getty.wait()


def check(shell):
    with tempfile.TemporaryDirectory() as name, Station(fixtures=1, driver="linux") as station:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        home = folder / "home"
        home.mkdir(mode=0o700)
        os.chown(home, UID, UID)
        if not enter_own_accounts(folder, shell):
            skip("no root, or no mount namespace")
        password = folder / "password"
        password.touch(mode=0o600)
        password.write_text(PASSWORD + "\n")
        password.chmod(0o400)
        station.config.write_text(f'[driver.linux]\nuser = "{USER}"\npassword_file = "{password}"\nfolder = "~/azure"\n' + station.config.read_text())
        gateway = Gateway(folder)
        try:
            station.use_links([gateway.link])
            station.create_batch("real", "x509", 1)
            station.command("run", "real", "--scans", station.write_scans("real", 1))
            (device, state, evidence, origin), = station.journal("select id, state, evidence, origin from unit")
            assert (state, evidence, origin) == ("RECORDED", "proof", "board"), (state, evidence, origin)
            identity = home / "azure/identity"
            assert (identity / "device_id").read_text() == device + "\n"
            subprocess.run(["openssl", "verify", "-CAfile", station.folder / "ca/root.pem", "-untrusted", identity / "cert.pem", identity / "cert.pem"],
                           check=True, capture_output=True)
            key = (identity / "key.pem").read_bytes().splitlines()[1]
            gateway.wait_for_prompt()
        finally:
            gateway.close()
        left = sorted(each.name for each in home.iterdir())
        assert left == ["azure"], left
        assert sorted(each.name for each in (home / "azure").iterdir()) == ["identity"]
        for secret in (PASSWORD.encode(), key):
            assert secret not in gateway.transcript, "it was echoed"
        print(f"{shell}: logged in by agetty and login, recorded with a key made there and its proof, logged out; the home has the identity alone")


def main():
    for shell in ("/bin/bash", "/bin/dash"):
        pid = os.fork()  # a namespace for each
        if pid == 0:
            check(shell)
            sys.stdout.flush()
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code != 0:
            sys.exit(code)


if __name__ == "__main__":
    main()
