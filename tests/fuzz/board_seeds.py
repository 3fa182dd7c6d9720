# SPDX-License-Identifier: Apache-2.0
"""First inputs of the targets agent, replies, esp32 and console: sessions and partitions as the published formats have them."""

import base64
import binascii
import hashlib
import pathlib
import struct
import tempfile
import zlib

from cbor import encode

GROUP, OS = 0x4B53, 0
INFO, BEGIN, KEYGEN, CSR, PUT, COMMIT, PROVE, LOCK, ERASE = range(9)
RESET = 5
READ, WRITE = 0, 2


def chunks(*parts):
    return b"".join(b"|KS|" + kind.encode() + content for kind, content in parts)


def message(command, op=WRITE, group=GROUP, sequence=0, **fields):
    body = encode(fields)
    return struct.pack(">BBHHBB", 1 << 3 | op, 0, len(body), group, sequence, command) + body


def frame(content):
    """In lines of 127 bytes, as SMP's console has it."""
    whole = struct.pack(">H", len(content) + 2) + content + struct.pack(">H", binascii.crc_hqx(content, 0))
    lines = [base64.b64encode(whole[at:at + 93]) for at in range(0, len(whole), 93)]
    return b"".join((b"\x06\x09" if at == 0 else b"\x04\x14") + line + b"\n" for at, line in enumerate(lines))


def part(kind, value):
    return struct.pack(">BH", kind, len(value)) + value


def agent(leaf, issuer, key):
    x509 = ("M", message(BEGIN, mode=0, id="acme-1", scope="0ne00TEST01"))
    sas = ("M", message(BEGIN, mode=1, id="acme-1", scope="0ne00TEST01"))
    info, reset = ("M", message(INFO, READ)), ("M", message(RESET, group=OS))
    prove = ("M", message(PROVE, READ, nonce=bytes(32)))
    keyed = part(1, leaf) + part(2, issuer) + part(3, key)
    return {
        "sas": chunks(info, sas, ("C", part(4, b"k" * 32)), reset, prove, info, ("M", message(LOCK)), ("M", message(ERASE))),
        "x509": chunks(x509, ("C", keyed), reset, prove, ("M", message(ERASE)), info),
        "keygen": chunks(x509, ("M", message(KEYGEN)), ("M", message(CSR, READ, off=100)), ("P", b""), info, x509, ("M", message(KEYGEN))),
        "leaf-alone": chunks(x509, ("C", part(1, leaf))),
        "wrong-parts": chunks(sas, ("C", part(4, b"k" * 31)), ("C", part(9, b"")), ("C", part(1, leaf) * 2)),
        "put": chunks(sas, ("M", message(PUT, off=0, data=bytes(64))), ("M", message(PUT, off=64, data=b"rest")),
                      ("M", message(COMMIT, len=68, sha=bytes(32)))),
        "line": chunks(("R", b"[00:00:01] <inf> boot\r\n" + frame(message(INFO, READ)) + frame(message(99)) + b"\x06\x09AA")),
        "indefinite": chunks(("M", struct.pack(">BBHHBB", 8, 0, 2, GROUP, 0, INFO) + b"\xbf\xff")),
        "unknown": chunks(("M", message(7, group=1)), ("M", b"\x0a\x00\x00\x00\x4b\x53\x00\x01")),
    }


def replies():
    info = {"ver": 1, "uid": b"\x4b\x53\x01", "fam": "keystamp-agent host", "fw": "0.1.0", "caps": 3, "max": 2048, "room": 7680, "lock": False}
    held = {**info, "mode": 1, "id": "acme-1", "scope": "0ne00TEST01", "cred": bytes(32), "pend": bytes(32)}
    maps = [info, {}, {"len": 6, "off": 0, "data": b"csr"}, {"len": 6, "off": 3, "data": b"end"}, {"off": 35}, {"cred": bytes(32)}, {},
            {"proof": bytes(70)}, {}]
    hello = frame(b"Hello, world!")
    return {
        "session": chunks(*(("M", encode(each)) for each in maps)),
        "held": chunks(("M", encode(held))),
        "refusals": chunks(*(("M", encode(each)) for each in ({"err": {"group": GROUP, "rc": 2}}, {"rc": 8}, {"err": {}}, {"rc": 0}))),
        "nested": chunks(("M", b"\x81" * 60), ("M", b"\xbf\x61a\x9f\xff\xff")),
        "deep": chunks(("M", b"\x81" * 8100)),
        "beyond-all-memory": chunks(("M", b"\xbb" + b"\xff" * 8)),
        "large": chunks(("M", encode({"len": 4000, "off": 0, "data": bytes(600)}))),
        "noise": chunks(("R", b"log line\r\n" + hello + b"\x06\x09!!!!\n")),
        "frames": chunks(("F", hello + b"\x04\x14QUJD\n" + frame(bytes(300)))),
        "telnet": chunks(("T", b"x\xff\xfd\x2c\xff\xfa\x2c\x65\x00\xff\xff\x00\x01\xff\xf0y\xff\xff\xff\xf1z")),
    }


def crc(content):
    return struct.pack("<I", zlib.crc32(content, 0xFFFFFFFF))


def table(*entries):
    body = b"".join(struct.pack("<HBBII16sI", 0x50AA, kind, subtype, offset, size, label, 0) for label, kind, subtype, offset, size in entries)
    return body + b"\xeb\xeb" + b"\xff" * 14 + hashlib.md5(body).digest() + b"\xff" * 32


def nvs_entry(space, kind, name, data, more=b""):
    more += b"\xff" * (-len(more) % 32)
    head = struct.pack("<BBBB", space, kind, 1 + len(more) // 32, 0xFF)
    rest = name.encode().ljust(16, b"\0") + data
    return head + crc(head + rest) + rest + more


def nvs(strings, name_space="identity"):
    entries = nvs_entry(0, 1, name_space, b"\x01" + b"\xff" * 7)
    for name, text in strings.items():
        value = text.encode() + b"\0"
        entries += nvs_entry(1, 0x21, name, struct.pack("<HH", len(value), 0xFFFF) + crc(value), value)
    head = struct.pack("<I", 0) + b"\xfe" + b"\xff" * 19
    bitmap = bytearray(b"\xff" * 32)
    for entry in range(len(entries) // 32):
        bitmap[entry // 4] &= ~(1 << 2 * (entry % 4)) & 0xFF
    return b"\xfe\xff\xff\xff" + head + crc(head) + bytes(bitmap) + entries


def tlv(kind, value):
    body = struct.pack("<IB3xBBH", 0xBA5EBA11, 0, kind, 0, len(value)) + value
    body += bytes(-len(value) % 16)
    return body + crc(body)


def secure_cert(*entries):
    body = b"".join(tlv(kind, value) for kind, value in entries)
    return body + tlv(9, hashlib.sha256(body).digest())


def pem(label, content):
    lines = base64.encodebytes(content).replace(b"\n", b"")
    lines = b"".join(lines[at:at + 64] + b"\n" for at in range(0, len(lines), 64))
    return b"-----BEGIN " + label + b"-----\n" + lines + b"-----END " + label + b"-----\n"


def slip(op, value=0, data=b""):
    packet = struct.pack("<BBHI", 1, op, len(data) + 4, value) + data + bytes(4)
    return b"\xc0" + packet.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc") + b"\xc0"


def esp32(leaf, key):
    partitions = [(b"nvs", 1, 2, 0x9000, 0x4000), (b"esp_secure_cert", 0x3F, 6, 0xD000, 0x2000), (b"factory", 0, 0, 0x10000, 0x180000),
                  (b"fctry", 1, 2, 0x190000, 0x6000)]
    named = {"scope_id": "0ne00TEST01", "device_id": "acme-1"}
    sas = nvs({**named, "sas_key": base64.b64encode(b"k" * 32).decode()})
    x509 = nvs({**named, "cert": pem(b"CERTIFICATE", leaf).decode(), "key": pem(b"PRIVATE KEY", key).decode()})
    certificate = secure_cert((0, b"issuer\0"), (1, pem(b"CERTIFICATE", leaf) + b"\0"), (2, pem(b"PRIVATE KEY", key) + b"\0"))
    info = struct.pack("<IB7xII", 0, 0, 5, 0)
    conversation = [slip(8) * 8, slip(0x14, data=info), slip(0x0A, 0x1234), slip(0x0D), slip(0x0B), slip(0x0E, data=bytes(64)),
                    slip(0x0E, data=b"\xc0\xdb" * 32), slip(0x0E, data=bytes(64)), slip(0x0E, data=bytes(64)),
                    slip(0x13, data=hashlib.md5(b"").hexdigest().encode()), slip(2), slip(3)]
    return {
        "conversation": chunks(*(("R", each) for each in conversation)),
        "boot": chunks(("R", b"ESP-ROM:esp32c3\r\nrst:0x1\r\nwaiting for download\r\n" + slip(8)), ("R", b"\xc0\x01\x14\x04\x00\0\0\0\0\1\5\0\0\xc0")),
        "table": chunks(("T", table(*partitions))),
        "table-cut": chunks(("T", table(*partitions)[:40])),
        "sas": chunks(("N", sas), ("n", sas)),
        "x509": chunks(("N", x509), ("n", x509)),
        "pages": chunks(("n", sas.ljust(4096, b"\xff") + x509)),
        "other": chunks(("n", nvs({"ssid": "hall 7"}, "wifi"))),
        "secure-cert": chunks(("N", nvs(named)), ("S", certificate), ("s", certificate)),
        "secure-cert-other": chunks(("s", tlv(3, b"a key of the DS peripheral") + b"\xff" * 64)),
        "secure-cert-cut": chunks(("N", nvs(named)), ("S", certificate[:700] + b"\xff" * 100)),
    }


def console(csr):
    """What each console answers to a driver that asks for its UID and identity, and then writes."""
    prompt = b"\r\n# "
    version = b"\r\nDevKitSDK version: 2.0.0\r\nMico version: 31620002.049\r\nMAC address: c8:93:46:00:11:22\r\n" + prompt
    help_ = b"\r\nConfiguration console:\r\n - help: Help document.\r\nDevice id = 00112233445566778899aabbccddeeff\r\n" + prompt
    settings = (b"\r\nWi-Fi SSID = hall\r\nWi-Fi password = 7\r\nId scope of Azure IoT DPS = 0ne00TEST01\r\nRegistration id of Azure IoT DPS = acme-1\r\n"
                b"Symmetric key of Azure IoT DPS = " + base64.b64encode(b"k" * 32) + b"\r\n" + prompt)
    ok, none = b"OK\r\n", b"+CME ERROR: 513\r\n"
    imei, firmware = b"355025930000000\r\nOK\r\n", b"mfw_nrf91x1_2.0.2\r\nOK\r\n"
    digest = b"0" * 64
    note = b'%CMNG: 4712,4,"' + digest + b'","acme-1;0ne00TEST01;' + digest + b";" + digest + b";" + digest + b'"\r\n\r\nOK\r\n'
    lists = [b'%CMNG: 4711,' + kind + b',"' + digest + b'"\r\n\r\nOK\r\n' for kind in (b"1", b"2")]
    request = base64.urlsafe_b64encode(csr).rstrip(b"=") + b".0oRDoQEm"
    shell = b"\x1b[1;32muart:~$ \x1b[m"
    sha = base64.b64encode(bytes(32))
    told = b"acme-1;0ne00TEST01;" + digest + b";" + sha + b";" + sha
    folded = b"".join(told[at:at + 32] + b"\r\n" for at in range(0, len(told), 32))
    look = [b"Length: 8\r\nID: 0x0011223344556677\r\n", b"Zephyr version 3.7.0\r\n", folded,
            b"4711,PK," + sha + b",0\r\n4711,SERV," + sha + b",0\r\n2 credentials found.\r\n"]
    return {
        "az3166": chunks(("A", prompt), ("A", version), ("A", version), ("A", version), ("A", b"\r\nINFO: Set DPS connection string successfully.\r\n" + prompt),
                         ("A", b"Reboot\r\n")),
        "az3166-refuses": chunks(("A", prompt), *[("A", version)] * 3, ("A", b"\r\nERROR: Failed to write EEPROM: 0x05.\r\n" + prompt)),
        "wio": chunks(("W", prompt), *[("W", help_), ("W", settings)] * 2, ("W", b"\r\nSet symmetric key successfully.\r\n" + prompt)),
        "nrf91": chunks(("N", ok), ("N", ok), *[("N", each) for each in [imei, firmware, note, *lists] * 2], ("N", imei), ("N", none), ("N", ok),
                        ("N", b'%KEYGEN: "' + request + b'"\r\n\r\nOK\r\n')),
        "zephyr": chunks(*[("Z", shell)] * 3, *[("Z", each + b"uart:~$ ") for each in look * 2], ("Z", b"There is no TLS credential\r\nuart:~$ ")),
        "garbled": chunks(("A", b"\xff\x1b[\x1b[1m" + version[:50] + prompt), ("W", settings), ("N", b"+CME ERROR: 99999999999999999999\r\n"), ("Z", b"uart:~$ " * 40)),
        "profile": chunks(("P", (pathlib.Path(__file__).resolve().parents[2] / "flashing/console/example.toml").read_bytes())),
        "request": chunks(("C", request), ("C", b"-----BEGIN CERTIFICATE REQUEST-----\n" + base64.encodebytes(csr) + b"-----END CERTIFICATE REQUEST-----\n")),
    }


def write(corpus, openssl):
    with tempfile.TemporaryDirectory() as made:
        key = pathlib.Path(made) / "key.pem"
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(key))
        pkcs8 = openssl("pkcs8", "-topk8", "-nocrypt", "-in", str(key), "-outform", "DER")
        csr = openssl("req", "-new", "-key", str(key), "-subj", "/CN=acme-1", "-outform", "DER")
        leaf = openssl("req", "-x509", "-key", str(key), "-subj", "/CN=acme-1", "-days", "3650", "-outform", "DER")
    for target, seeds in (("agent", agent(leaf, leaf, pkcs8)), ("replies", replies()), ("esp32", esp32(leaf, pkcs8)),
                          ("console", console(csr))):
        (corpus / target).mkdir(parents=True, exist_ok=True)
        for title, content in seeds.items():
            (corpus / target / title).write_bytes(content)
