#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the first inputs of tests/fuzz/corpus: real requests of every kind, real CSRs and sloppy ones. They are kept in the tree;
run this again where a request was added. What a fuzzer found since stays as it is."""

import base64
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import board_seeds  # noqa: E402
from cbor import encode  # noqa: E402

CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"
DEVICE = "b1-0001"


def der(tag, *content):
    body = b"".join(content)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    width = (len(body).bit_length() + 7) // 8
    return bytes([tag, 0x80 | width]) + len(body).to_bytes(width, "big") + body


def items(content):
    """The elements of a DER content, each whole."""
    at = 0
    while at < len(content):
        size, head = content[at + 1], 2
        if size & 0x80:
            head = 2 + (size & 0x7f)
            size = int.from_bytes(content[at + 2:at + head], "big")
        yield content[at:at + head + size]
        at += head + size


def inside(element):
    return element[2 + (element[1] & 0x7f if element[1] & 0x80 else 0):]


def openssl(*words):
    return subprocess.run(["openssl", *words], check=True, capture_output=True).stdout


def csr(folder, algorithm, subject=f"/CN={DEVICE}", digest="-sha256", extensions=()):
    key = folder / "key.pem"
    openssl("genpkey", "-out", str(key), *algorithm)
    added = [word for extension in extensions for word in ("-addext", extension)]
    return openssl("req", "-new", "-key", str(key), "-subj", subject, digest, "-outform", "DER", *added)


def with_signature(request, change):
    """The same request, its ECDSA signature's r and s encoded otherwise."""
    info, algorithm, signature = items(inside(request))
    r, s = items(inside(inside(signature)[1:]))
    return der(0x30, info, algorithm, der(0x03, b"\0", change(inside(r), inside(s))))


def write_csrs():
    ec = ("-algorithm", "EC", "-pkeyopt")
    p256, p384 = (*ec, "ec_paramgen_curve:P-256"), (*ec, "ec_paramgen_curve:P-384")
    rsa = ("-algorithm", "RSA", "-pkeyopt")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        good = csr(folder, p256)
        seeds = {
            "p256": good,
            "p384": csr(folder, p384, digest="-sha384"),
            "p521": csr(folder, (*ec, "ec_paramgen_curve:P-521")),
            "rsa2048": csr(folder, (*rsa, "rsa_keygen_bits:2048")),
            "rsa1024": csr(folder, (*rsa, "rsa_keygen_bits:1024")),
            "no-name": csr(folder, p256, subject="/"),
            "other-name": csr(folder, p256, subject="/CN=b1-0002"),
            "two-names": csr(folder, p256, subject=f"/CN={DEVICE}/CN={DEVICE}"),
            "more-names": csr(folder, p256, subject=f"/O=acme/CN={DEVICE}"),
            "extensions": csr(folder, p256, extensions=("basicConstraints=critical,CA:TRUE", "subjectAltName=DNS:other")),
            "sha1": csr(folder, p256, digest="-sha1"),
            "long-lengths": with_signature(good, lambda r, s: b"\x30\x81" + bytes([len(r) + len(s) + 4]) + der(2, r) + der(2, s)),
            "padded-integers": with_signature(good, lambda r, s: der(0x30, der(2, b"\0\0", r), der(2, b"\0", s))),
            "bare-integers": with_signature(good, lambda r, s: der(0x30, der(2, r.lstrip(b"\0")), der(2, s.lstrip(b"\0")))),
            "zero-signature": with_signature(good, lambda r, s: der(0x30, der(2, b"\0"), der(2, b"\0"))),
            "trailing": good + b"\0",
            "cut": good[:-9],
        }
        for title, text in seeds.items():
            (CORPUS / "csr" / title).write_bytes(text)
        return good


def request(op, secrets=(), **fields):
    body = {"op": op, **fields}
    if secrets:
        body["secrets"] = len(secrets)
    return [b"F" + encode(body), *(b"FS" + secret for secret in secrets)]


def write_requests(good_csr):
    passphrase = b"correct horse battery"
    reserved, issued, interrupted = (b"\x40" + digit * 15 for digit in (b"\x11", b"\x22", b"\x33"))
    grant = {"batch": "b2", "mode": "x509", "slot": "primary", "cap": 3, "pattern": "b2-{seq:04}", "first": 1, "last": 9, "ids": []}
    listed = {**grant, "batch": "b3", "mode": "sas", "slot": "secondary", "pattern": "", "first": 0, "last": 0, "ids": ["left", "right"]}
    device = {"batch": "b1", "id": DEVICE, "job": "job"}
    key = {"batch": "s1", "id": "s1-0001", "job": "job"}
    empty_root = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    checkpoint = {"origin": "test-line", "size": 0, "root": empty_root, "proof": []}
    manifest = (b'{"format":1,"batch":"b1","checkpoint":{"origin":"test-line","size":0,"root":"' + empty_root.hex().encode() +
                b'"},"files":{"units.csv":"' + b"a" * 64 + b'"}}')
    admission = ('{"n":1,"kind":"journal-reconcile","checkpoint":{"size":0,"root":"' + base64.b64encode(empty_root).decode() +
                 '"},"reason":"r","who":"demo"}')
    set_back = {"origin": "test-line", "size": 1, "root": hashlib.sha256(b"\0" + admission.encode()).digest(), "line": admission, "number": 1,
                "path": []}
    seeds = {
        "void-reserved": request("void-serial", serial=reserved) + request("issue", **device, serial=reserved, csr=good_csr),
        "hello": request("hello", version=1),
        "status": request("status"),
        "login": request("login", [b"1234"]),
        "open-grant": request("open-grant", [passphrase], grant=grant, supervisor="demo"),
        "enrol-first-supervisor": request("enrol-first-supervisor", [passphrase], supervisor="demo"),
        "open-grant-listed": request("open-grant", [passphrase], grant=listed, supervisor="demo"),
        "open-grant-wrong": request("open-grant", [b"wrong"], grant=grant, supervisor="demo"),
        "open-grant-stranger": request("open-grant", [b"wrong"], grant=grant, supervisor="nobody"),
        "reserve": request("reserve", **device),
        "issue": request("issue", **device, serial=reserved, csr=good_csr),
        "issue-twice": request("issue", **device, serial=reserved, csr=good_csr) * 2,
        "issue-other": request("issue", **{**device, "id": "b1-0002"}, serial=issued, csr=good_csr),
        "void-and-reserve": request("void-serial", serial=issued) + request("reserve", **{**device, "id": "b1-0002"}),
        "derive": request("derive", **key),
        "seal-keys": request("seal-keys", [b"\x20" + b"k" * 32], batch="i1", ids=["i1-0001"]),
        "unseal": request("unseal", batch="i1", id="i1-0001", job="job"),
        "forget-keys": request("forget-keys", batch="i1", ids=["i1-0001"]),
        "held-keys": request("held-keys", batch="i1"),
        "derive-for": request("derive-for", [passphrase], ids=["s1-0001", "s1-0002"], slots=["primary", "secondary"],
                              supervisor="demo"),
        "prove-ca": request("prove-ca", [passphrase], code="0123456789ABCDEF", slot="secondary", supervisor="demo"),
        "import-group-key": request("import-group-key", [b"k" * 32, passphrase], slot="primary", replace=True, supervisor="demo"),
        "import-wrapped-group-key": request("import-wrapped-group-key", [passphrase], slot="primary", wrapped=b"w" * 256, replace=True,
                                            supervisor="demo"),
        "sign-checkpoint": request("sign-checkpoint", **checkpoint),
        "sign-manifest": request("sign-checkpoint", **checkpoint) + request("sign-manifest", json=manifest),
        "sign-set-back-log": request("sign-checkpoint", **checkpoint) + request(
            "sign-set-back-log", [passphrase], **set_back, supervisor="demo"),
        "issuances": request("issuances", batch="b1", after=0) + request("used-batches"),
        "last-checkpoint": request("last-checkpoint"),
        "counts": request("counts", batch="b1"),
        "signatures": request("signatures"),
        "self-test": request("self-test"),
        "large": [b"M" + encode({"op": "counts", "batch": "b1"})],
        "nested": [b"F" + b"\x81" * 40],
    }
    for name, serial in (("reserved", reserved), ("issued", issued), ("interrupted", interrupted), ("unknown", b"\x41")):
        seeds["serial-record-" + name] = request("serial-record", serial=serial)
    for title, frames in seeds.items():
        (CORPUS / "requests" / title).write_bytes(b"".join(b"|KS|" + frame for frame in frames))


if __name__ == "__main__":
    for target in ("csr", "requests"):
        (CORPUS / target).mkdir(parents=True, exist_ok=True)
    write_requests(write_csrs())
    board_seeds.write(CORPUS, openssl)
