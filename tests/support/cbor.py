# SPDX-License-Identifier: Apache-2.0
"""The CBOR (RFC 8949) that the signer's socket speaks, written here anew so that tests share no code with what they test."""

import struct


def _head(major, value):
    for code, limit, form in ((24, 1 << 8, ">B"), (25, 1 << 16, ">H"), (26, 1 << 32, ">I"), (27, 1 << 64, ">Q")):
        if value < 24:
            return bytes([major << 5 | value])
        if value < limit:
            return bytes([major << 5 | code]) + struct.pack(form, value)
    raise ValueError(value)


class Raw(bytes):
    """Bytes that stand in a message as they are."""


class Pairs(list):
    """A map as a list of pairs, so that a key may stand twice."""


def encode(value):
    if isinstance(value, Raw):
        return bytes(value)
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if value is None:
        return b"\xf6"
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, float):
        short = struct.pack(">f", value)
        return b"\xfa" + short if struct.unpack(">f", short)[0] == value else b"\xfb" + struct.pack(">d", value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, (dict, Pairs)):
        pairs = list(value.items()) if isinstance(value, dict) else value
        return _head(5, len(pairs)) + b"".join(encode(key) + encode(item) for key, item in pairs)
    return _head(4, len(value)) + b"".join(encode(item) for item in value)


def decode(text):
    value, end = _decode(text, 0)
    assert end == len(text), "bytes after its end"
    return value


def _decode(text, at):
    major, info = text[at] >> 5, text[at] & 31
    at += 1
    if major == 7:
        if info in (26, 27):
            form, width = (">f", 4) if info == 26 else (">d", 8)
            return struct.unpack(form, text[at:at + width])[0], at + width
        return {20: False, 21: True, 22: None}[info], at
    if info >= 24:
        width = 1 << (info - 24)
        info = int.from_bytes(text[at:at + width], "big")
        at += width
    if major < 2:
        return (info if major == 0 else -1 - info), at
    if major < 4:
        part = text[at:at + info]
        return (part if major == 2 else part.decode()), at + info
    items = []
    for _ in range(info * (major - 3)):
        item, at = _decode(text, at)
        items.append(item)
    return (items if major == 4 else dict(zip(items[::2], items[1::2]))), at
