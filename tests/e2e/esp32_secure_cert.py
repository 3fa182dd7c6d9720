#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A unit whose certificate went to esp_secure_cert, read out of its flash by a reader that shares nothing with ours: Espressif's
published layout with struct and zlib, its PEM by OpenSSL."""

import hashlib
import os
import pathlib
import struct
import subprocess
import sys
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from esp_rom import Rom  # noqa: E402
from station import BIN, Station  # noqa: E402

CA_CERT, DEVICE_CERT, PRIVATE_KEY, INTEGRITY = 0, 1, 2, 9
SECURE_CERT, NVS = (0xD000, 0x2000), (0x190000, 0x6000)


def entries(partition):
    """{type: value} of a TLV partition whose every CRC is right."""
    found, at = {}, 0
    while partition[at:at + 4] == struct.pack("<I", 0xBA5EBA11):
        flags, kind, subtype, length = struct.unpack_from("<BxxxBBH", partition, at + 4)
        end = at + 12 + (length + 15) // 16 * 16
        crc, = struct.unpack_from("<I", partition, end)
        assert crc == zlib.crc32(partition[at:end], 0xFFFFFFFF), f"entry at {at:#x}"
        assert (flags, subtype) == (0, 0) and partition[at + 5:at + 8] == bytes(3) and kind not in found
        if kind == INTEGRITY:
            assert partition[at + 12:end] == hashlib.sha256(partition[:at]).digest()
        found[kind] = partition[at + 12:at + 12 + length]
        at = end + 4
    assert set(partition[at:]) == {0xFF}, "something lies behind the entries"
    assert list(found)[-1] == INTEGRITY
    return found


def openssl(*words, data=None):
    return subprocess.run(["openssl", *map(str, words)], input=data, check=True, capture_output=True).stdout


def check(station, rom, device):
    found = entries(rom.read(*SECURE_CERT))
    assert sorted(found) == [CA_CERT, DEVICE_CERT, PRIVATE_KEY, INTEGRITY], sorted(found)
    texts = {kind: found[kind][:-1] for kind in (CA_CERT, DEVICE_CERT, PRIVATE_KEY)}
    assert all(found[kind][-1] == 0 and 0 not in text for kind, text in texts.items()), "PEM ends with its one zero"
    chain = station.folder / "chain.pem"
    chain.write_bytes(texts[DEVICE_CERT])
    certificates = texts[DEVICE_CERT].count(b"BEGIN CERTIFICATE")
    assert certificates == 2 and texts[DEVICE_CERT].endswith(texts[CA_CERT]), "leaf, then its issuer"
    openssl("verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", station.folder / "ca/root.pem", "-untrusted", chain, chain)
    assert openssl("x509", "-noout", "-pubkey", data=texts[DEVICE_CERT]) == openssl("pkey", "-pubout", data=texts[PRIVATE_KEY])
    subject = openssl("x509", "-noout", "-subject", "-nameopt", "RFC2253", data=texts[DEVICE_CERT]).decode().strip()
    assert subject == f"subject=CN={device}", subject

    strings = rom.read(*NVS)
    assert device.encode() + b"\0" in strings and b"0ne00TEST01\0" in strings, "scope and device ID stay in NVS"
    assert b"PRIVATE KEY" not in strings and b"CERTIFICATE" not in strings, "and nothing of the credential does"


def main():
    with Station(fixtures=1, driver="esp32c3", driver_options={"store": "esp_secure_cert", "secure_cert_offset": 0xD000}) as station:
        board = pathlib.Path(station.folder) / "board.sock"
        # on a link without control lines the loader goes on when the job is over, and can be asked
        station.boards = subprocess.Popen([BIN / "keystamp-board", "--driver", "esp32c3", "--listen", f"unix:{board}"],
                                          stdout=subprocess.PIPE, text=True)
        assert station.boards.stdout.readline().startswith("listening ")
        station.use_links([f"unix:{board}"])
        station.create_batch("tlv", "x509", 1)
        station.command("run", "tlv", "--scans", station.write_scans("tlv", 1))
        (device, state), = station.journal("select id, state from unit where batch = 'tlv'")
        assert state == "RECORDED", state
        check(station, Rom(f"unix:{board}"), device)
        print(f"{device}: chain, key, issuer and SHA-256 are where Espressif's manager looks; scope and device ID in NVS")


if __name__ == "__main__":
    main()
