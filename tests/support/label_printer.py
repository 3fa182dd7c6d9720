# SPDX-License-Identifier: Apache-2.0
"""A label printer at the network that answers ~HS: keeps what it would print, and may be off or out of labels."""

import re
import socket
import threading


class LabelPrinter:
    def __init__(self):
        self.labels = []
        self.paper_out = False
        self._listener = None
        self.port = 0
        self.turn_on()

    @property
    def address(self):
        return f"tcp:127.0.0.1:{self.port}"

    def turn_on(self):
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def turn_off(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def ids(self, prefix):
        """Of the labels that came out, in their order."""
        return [re.search(r"\^FD(" + prefix + r"-\d+)", label).group(1) for label in self.labels]

    def _serve(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)

    def _talk(self, connection):
        got = ""
        while block := connection.recv(4096):
            got += block.decode()
            while label := re.search(r"\^XA.*?\^XZ", got, re.DOTALL):
                self.labels.append(label.group())
                got = got.replace(label.group(), "", 1)
            while "~HS" in got:
                got = got.replace("~HS", "", 1)
                paper = int(self.paper_out)
                connection.sendall(f"\x02030,{paper},0,1245,000,0,0,0,000,0,0,0\x03\r\n"
                                   "\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n".encode())
