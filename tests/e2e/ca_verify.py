#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`keystamp ca verify`: what it says, asks and writes, and that the stand-in's own proof-of-possession check takes it."""

import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from ca_portal import guided, pem, verify  # noqa: E402
from cloud import Cloud  # noqa: E402
from station import BIN, Station  # noqa: E402
from station_case import Terminal  # noqa: E402


def openssl(*words):
    return subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, text=True).stdout


def proofs(station):
    return station.ledger("select count(*) from signature where purpose = 'prove'")[0][0]


def both_cas(station, cloud):
    """Both of them, each with the code that the portal gave for the very file that was written."""
    folder = station.folder / "stick"
    out = guided(station, cloud, folder)
    for slot in ("primary", "secondary"):
        proof = folder / f"keystamp-{slot}-proof.cer"
        assert str(proof) in out, out
        assert verify(cloud, slot, proof)
        text = openssl("x509", "-inform", "DER", "-in", proof, "-noout", "-subject", "-issuer", "-ext", "keyUsage,extendedKeyUsage")
        assert "TLS Web Client Authentication" not in text, text
    assert "Prepare the secondary CA" in out and "Prepare the primary CA" not in out, out
    assert "It is idle: `keystamp ca roll --slot secondary`" in out, out
    rows = [json.loads(line) for line, in station.journal("select line from audit where line like '%\"kind\":\"ca-proof\"%'")]
    assert [(row["slot"], row["who"]) for row in rows] == [("primary", "demo"), ("secondary", "demo")], rows


def one_ca_for_a_script(station, cloud):
    """JSON on standard output and nothing else there; one slot; a PEM of what it wrote verifies by OpenSSL alone."""
    folder = station.folder / "script"
    done = subprocess.run([BIN / "keystamp", "--config", station.config, "ca", "verify", "--slot", "secondary", "--out", folder, "--json"],
                          input="  ABC-123  \r\n", capture_output=True, text=True, start_new_session=True, check=True)
    (one,) = json.loads(done.stdout)
    assert (one["slot"], one["code"]) == ("secondary", "ABC-123"), one
    assert one["prepareBy"] < one["rollBy"] < one["notAfter"] and one["uploadBy"] < one["rollBy"], one
    proof, ca = (folder / name for name in ("proof.pem", "ca.pem"))
    proof.write_text(pem(pathlib.Path(one["proof"]).read_bytes()))
    ca.write_text(pem(pathlib.Path(one["ca"]).read_bytes()))
    openssl("verify", "-partial_chain", "-x509_strict", "-trusted", ca, proof)


def at_a_terminal(station):
    """A damaged code is explained and asked for again; an empty line leaves a CA out; then the passphrase, without echo."""
    text = station.config.read_text()
    station.config.write_text(text.replace('passphrase_file = "supervisor.pass"\n', ""))
    folder = station.folder / "terminal"
    terminal = Terminal("--config", station.config, "ca", "verify", "--out", folder)
    terminal.wait_for("Verification code for the primary CA (an empty line leaves it out): ")
    terminal.enter("ABC 123")
    terminal.wait_for("a blank at character 4")
    terminal.wait_for("(an empty line leaves it out): ")
    terminal.enter("ABC123")
    terminal.wait_for("Verification code for the secondary CA (an empty line leaves it out): ")
    terminal.enter("")
    terminal.wait_for("Passphrase of supervisor demo: ")
    passphrase = (station.folder / "supervisor.pass").read_text().strip()
    terminal.enter(passphrase)
    shown, code = terminal.end()
    station.config.write_text(text)
    assert code == 0 and "read back and checked" in shown and passphrase not in shown, shown
    assert sorted(path.name for path in folder.iterdir()) == ["keystamp-primary-ca.cer", "keystamp-primary-proof.cer", "keystamp-secondary-ca.cer"]


def what_is_damaged_is_explained(station):
    before = proofs(station)
    for code, why in (('"ABC123"', "quotation mark at character 1"), ("ABC 123", "blank at character 4"), ("A" * 65, "65 characters"),
                      ("ABC\u200b123", "at character 4 that no code has"), ("ABC\x07", "at character 4")):
        for words, given in ((("ca", "verify", "--slot", "primary", "--out", station.folder / "bad"), code), (("ca", "prove", code, "--slot", "primary", "--out", "x.cer"), "")):
            done = subprocess.run([BIN / "keystamp", "--config", station.config, *map(str, words)], input=given + "\n", capture_output=True, text=True,
                                  start_new_session=True, check=False)
            assert done.returncode == 2 and why in done.stderr, f"{words}: {done.stderr}"
    done = subprocess.run([BIN / "keystamp", "--config", station.config, "ca", "verify", "--out", station.folder / "none"], input="\n\n", capture_output=True,
                          text=True, start_new_session=True, check=False)
    assert done.returncode == 2 and "no CA was to be verified" in done.stderr, done.stderr
    assert proofs(station) == before, "nothing was signed for any of them"
    done = station.command("ca", "verify", "--slot", "primary", "--out", "/proc/no-such-stick", check=False)
    assert done.returncode == 3 and "no-such-stick" in done.stderr, done.stderr
    assert proofs(station) == before, "a medium that takes nothing is found before the signature"


def main():
    with Station(fixtures=1) as station, Cloud(station.folder) as cloud, station.own_signer():
        both_cas(station, cloud)
        one_ca_for_a_script(station, cloud)
        at_a_terminal(station)
        what_is_damaged_is_explained(station)
    print("both CAs verified by the portal's check; damaged codes explained; nothing signed for them")


if __name__ == "__main__":
    main()
