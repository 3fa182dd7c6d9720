# SPDX-License-Identifier: Apache-2.0
"""The signer's socket, spoken without hsm/client."""

import socket

from cbor import decode, encode


class Line:
    """One connection."""

    def __init__(self, path, seconds=30):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.settimeout(seconds)
        self.socket.connect(str(path))

    def send(self, frame, descriptors=()):
        if descriptors:
            socket.send_fds(self.socket, [frame], list(descriptors))
        else:
            self.socket.send(frame)

    def answer(self):
        """The next answer, or None where the signer has hung up."""
        try:
            frame = self.socket.recv(1 << 17)
        except ConnectionError:
            return None
        if not frame:
            return None
        body = decode(frame)
        body["secrets"] = [self.socket.recv(4096)[1:] for _ in range(body.get("secrets", 0))]
        return body

    def ask(self, op, secrets=(), **fields):
        body = {"op": op, **fields}
        if secrets:
            body["secrets"] = len(secrets)
        self.send(encode(body))
        for secret in secrets:
            self.send(b"S" + secret)
        return self.answer()

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
