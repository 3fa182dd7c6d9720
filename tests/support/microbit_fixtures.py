# SPDX-License-Identifier: Apache-2.0
"""Fixtures with emulated micro:bits on them. The serial adapter is the fixture's: its link stays open while boards are changed."""

import os
import selectors
import shutil
import socket
import subprocess
import threading
import time

from station import BIN, ROOT

FIRMWARE = BIN.parent / "microbit/microbit.elf"


class MicrobitFixture:
    """Listens as `link`. A board that was taken off is gone: the next one has a blank flash and a UID of its own."""

    def __init__(self, folder, number):
        self.folder = folder / f"microbit-{number}"
        self.uids = []
        self.link = f"unix:{folder}/microbit-{number}.sock"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.link.removeprefix("unix:"))
        self._listener.listen()
        self._wake, self._woken = socket.socketpair()
        self._machine = self._board = self._station = None
        self._lock = threading.Lock()
        self._closed = False
        self.next_board()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def next_board(self):
        """Takes the board off, and puts a fresh one on. Before the machine starts, its serial port is connected."""
        with self._lock:
            self._take_off()
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir()
            self.uids.append(os.urandom(8).hex())
            self._machine = self._start()
            self._board = self._connect()
        self._wake.send(b"x")

    def _start(self):
        return subprocess.Popen([ROOT / "tests/support/microbit", FIRMWARE, self.folder, self.uids[-1]])

    def close(self):
        self._closed = True
        self._wake.send(b"x")
        self._thread.join()
        self._take_off()
        for each in (self._listener, self._station, self._wake, self._woken):
            if each:
                each.close()

    def _connect(self):
        end = time.monotonic() + 60
        while True:
            board = socket.socket(socket.AF_UNIX)
            try:
                board.connect(f"{self.folder}/serial")
                return board
            except OSError:
                board.close()
                if self._machine.poll() is not None or time.monotonic() > end:
                    raise AssertionError("QEMU did not start") from None
                time.sleep(0.005)

    def _take_off(self):
        if self._machine:
            self._machine.kill()
            self._machine.wait()
            self._board.close()
            self._machine = self._board = None

    def _carry(self):
        """Bytes between station and board, whatever comes and goes on either side."""
        while not self._closed:
            with selectors.DefaultSelector() as watched:
                with self._lock:
                    board = self._board
                for each in (self._listener, self._woken, self._station, board):
                    if each and each.fileno() >= 0:
                        watched.register(each, selectors.EVENT_READ)
                ready = [key.fileobj for key, _ in watched.select()]
            if self._woken in ready:
                self._woken.recv(16)
            elif self._listener in ready:
                if self._station:
                    self._station.close()
                self._station, _ = self._listener.accept()
            else:
                for each in ready:
                    self._pass_on(each, board if each is self._station else self._station)

    def _pass_on(self, source, to):
        try:
            block = source.recv(4096)
        except OSError:  # the board was taken off in between
            block = b""
        if block and to:
            try:
                to.sendall(block)
            except OSError:
                pass
        elif not block and source is self._station:
            self._station.close()
            self._station = None
        elif not block:
            time.sleep(0.005)  # until the next board is there
