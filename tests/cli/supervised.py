#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a supervisor decides after the fact: rework, scrap, a longer batch, and the CRL that tells the world."""

import csv
import hashlib
import os
import subprocess
import unittest

from station_case import StationCase


def openssl(*words, data=None, code=0):
    done = subprocess.run(["openssl", *map(str, words)], input=data, capture_output=True)
    assert done.returncode == code, f"openssl {words}: exit {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}"
    return done.stdout.decode() + done.stderr.decode()


class Supervised(StationCase):
    def setUp(self):
        self.station.uid = os.urandom(8).hex()  # boards that no test before has seen
        self.erase_boards()

    def erase_boards(self):
        """The same boards with empty flash, as after a repair."""
        self.station.stop_boards()
        self.station.start_boards()

    def run_scans(self, batch, *lines, code=0):
        units = self.json("run", batch, "--scans", self.scans(f"{batch}.scans", *lines), code=code)["units"]
        return {unit["scan"]: unit for unit in units}

    def units(self, device):
        return self.json("unit", "show", device)["units"]

    def by_nobody(self, *words):
        """Refused for a wrong passphrase, and nothing has changed."""
        before = self.station.journal("select number, state from unit")
        done = self.keystamp(*words, "--auth-fd", "{fd}", code=2, fds=["not the passphrase\n"])
        self.assertIn("passphrase is wrong", done.stderr)
        self.assertEqual(self.station.journal("select number, state from unit"), before)

    def create(self, name, mode, *words):
        self.json("batch", "create", name, "--mode", mode, "--scope-id", "0ne00TEST01", *words)

    def pem_of(self, certificate):
        return openssl("x509", "-inform", "DER", data=certificate).encode()

    def test_a_reworked_unit_gets_a_certificate_that_supersedes_its_old_one(self):
        self.station.create_batch("again", "x509", 3)
        device = self.run_scans("again", "F1,sn-1")["sn-1"]["id"]
        self.refused("bad-usage", 2, "unit", "rework", device, "--reason", " ")
        self.refused("unknown-unit", 2, "unit", "rework", "again-000009", "--reason", "why not")
        self.by_nobody("unit", "rework", device, "--reason", "flash replaced")
        done = self.keystamp("unit", "rework", device, "--reason", "flash replaced, RMA 118")
        self.assertIn("Scan its label again", done.stdout)
        self.assertEqual([(u["state"], u["voidedFor"]) for u in self.units(device)], [("VOID", "rework")])
        self.refused("unknown-unit", 2, "unit", "rework", device, "--reason", "once more")

        self.erase_boards()
        self.assertEqual(self.run_scans("again", "F1,sn-1")["sn-1"]["id"], device)
        old, new = self.units(device)
        self.assertEqual((old["state"], new["state"], old["uid"]), ("VOID", "RECORDED", new["uid"]))
        self.assertNotEqual(old["thumbprintSha256"], new["thumbprintSha256"])
        self.assertEqual((old["supersedes"], new["supersedes"]), (None, old["thumbprintSha256"]))
        # a third one goes on with the chain
        self.json("unit", "rework", device, "--reason", "flash replaced again")
        self.erase_boards()
        self.run_scans("again", "F1,sn-1")
        self.assertEqual([u["supersedes"] for u in self.units(device)], [None, old["thumbprintSha256"], new["thumbprintSha256"]])

        self.keystamp("batch", "close", "again")
        folder = self.station.folder / "again-manifest"
        self.keystamp("manifest", "export", "again", "--out", folder)
        self.keystamp("manifest", "verify", folder, "--key", self.station.folder / "audit.pub.pem")
        rows = list(csv.DictReader((folder / "units.csv").open()))
        self.assertEqual([r["supersedes"] for r in rows], ["", old["thumbprintSha256"], new["thumbprintSha256"]])
        acts = self.station.ledger("select supervisor, act from act where about like ? || ',%'", device)
        self.assertEqual(acts, [("demo", "unit-rework")] * 2)
        done = self.keystamp("unit", "rework", device, "--reason", "after the batch was closed")
        self.assertIn("again is closed", done.stdout)
        self.create("later", "x509", "--ids", self.scans("later.csv", device))
        self.erase_boards()
        self.assertEqual(self.run_scans("later", f"F1,{device}")[device]["outcome"], "recorded")

    def test_a_reworked_sas_unit_gets_the_same_key_on_the_same_board_only(self):
        self.create("keys", "sas", "--ids", self.scans("keys.csv", "key-1", "key-2"))
        self.assertEqual(self.run_scans("keys", "F1,key-1")["key-1"]["outcome"], "recorded")
        self.json("unit", "rework", "key-1", "--reason", "flash replaced")
        other = self.run_scans("keys", "F2,key-1", code=1)["key-1"]
        self.assertEqual(other["error"]["code"], "id-held-by-other-board")
        self.erase_boards()
        self.assertEqual(self.run_scans("keys", "F1,key-1")["key-1"]["outcome"], "recorded")
        old, new = self.units("key-1")
        self.assertEqual((old["credentialSha256"], old["uid"]), (new["credentialSha256"], new["uid"]))
        self.assertEqual(self.station.journal("select used from batch where name = 'keys'"), [(1,)], "the key is the ID's: no second place")
        self.keystamp("batch", "close", "keys")

    def test_a_scrapped_board_is_refused_for_good(self):
        self.station.create_batch("thrown", "x509", 3)
        device = self.run_scans("thrown", "F2,cracked")["cracked"]["id"]
        self.by_nobody("unit", "scrap", device, "--reason", "cracked")
        self.keystamp("unit", "scrap", device, "--reason", "cracked, RMA 119")
        self.assertEqual([(u["state"], u["voidedFor"]) for u in self.units(device)], [("VOID", "scrap")])
        self.erase_boards()
        for label in ("cracked", "another label"):
            with self.nothing_issued():
                self.assertEqual(self.run_scans("thrown", f"F2,{label}", code=1)[label]["error"]["code"], "board-scrapped")
        self.keystamp("preflight", code=0)
        self.keystamp("batch", "close", "thrown")

    def test_a_batch_is_extended_by_two_supervisors_and_by_nobody_else(self):
        self.station.create_batch("short", "x509", 1, spare=0)
        self.run_scans("short", "F1,a")
        self.assertEqual(self.run_scans("short", "F2,b", code=1)["b"]["error"]["code"], "cap-reached")
        more = ["batch", "extend", "short", "--count", "1", "--reason", "one more was ordered"]
        self.by_nobody(*more)
        self.refused("bad-usage", 2, "batch", "extend", "short", "--count", "0", "--reason", "none")
        self.refused("bad-usage", 2, "batch", "extend", "short", "--count", "1", "--reason", " ")
        self.refused("bad-usage", 2, "batch", "extend", "short", "--ids", self.scans("no.csv", "x-1"), "--reason", "a list")
        self.refused("unknown-batch", 2, "batch", "extend", "none", "--count", "1", "--reason", "none")
        self.assertIn("add-supervisor", self.refused("second-supervisor", 1, *more)["next"])
        self.assertIn("no other is enrolled", self.refused("second-supervisor", 1, *more)["detail"])
        self.refused("bad-usage", 2, "batch", "release", "short")
        self.enrol("anna")
        asked = self.json(*more)
        self.assertEqual((asked["count"], asked["extension"]["count"], asked["extension"]["who"]), (1, 2, "demo"))
        self.assertIn("keystamp batch release short", self.keystamp("batch", "show", "short").stdout)
        self.assertEqual(self.run_scans("short", "F2,b", code=1)["b"]["error"]["code"], "cap-reached", "it is not released yet")
        self.assertEqual(self.station.ledger("select cap, last from grant_ where batch = 'short'"), [(1, 1)])
        self.refused("second-supervisor", 1, "batch", "release", "short")
        self.by_nobody("batch", "release", "short", "--as", "anna")
        released = self.release("short")
        self.assertIn("as demo asked", released.stderr, "what is released is shown first")
        self.assertNotIn("waits for its release", released.stdout)
        self.refused("bad-usage", 2, "batch", "release", "short")
        self.assertEqual(self.run_scans("short", "F2,b")["b"]["id"], "short-000002")
        self.assertEqual(self.run_scans("short", "F1,c", code=1)["c"]["error"]["code"], "cap-reached")
        self.assertEqual(self.station.ledger("select cap, last from grant_ where batch = 'short'"), [(2, 2)])
        self.keystamp("batch", "close", "short")
        self.refused("batch-not-open", 1, *more)

        self.create("list", "x509", "--ids", self.scans("list.csv", "l-1"), "--spare", "0")
        self.refused("bad-csv", 2, "batch", "extend", "list", "--ids", self.scans("same.csv", "l-2", "l-1"), "--reason", "more")
        self.assertEqual(self.run_scans("list", "F1,l-2", code=1)["l-2"]["error"]["code"], "not-in-batch")
        extended = self.json("batch", "extend", "list", "--ids", self.scans("more.csv", "l-2", "l-3"), "--reason", "second delivery")["extension"]
        self.assertEqual((extended["count"], extended["spare"], extended["ids"]), (3, 0, 2))
        self.assertEqual(self.run_scans("list", "F1,l-2", code=1)["l-2"]["error"]["code"], "not-in-batch", "it is not released yet")
        self.release("list")
        self.assertEqual(self.run_scans("list", "F1,l-2")["l-2"]["outcome"], "recorded")
        extended = self.json("batch", "extend", "list", "--count", "4", "--reason", "boards were reworked")
        self.assertEqual((extended["extension"]["count"], extended["extension"]["spare"]), (3, 4))
        self.release("list")
        self.assertEqual(self.station.ledger("select cap, listed from grant_ where batch = 'list'"), [(7, 3)])
        self.assertEqual(self.station.journal("select count(*) from audit where line like '%\"batch-extend\"%'"), [(3,)])
        self.assertEqual(self.station.journal("select count(*) from audit where line like '%\"batch-release\"%\"asked\":\"demo\",\"who\":\"anna\"%'"), [(3,)])
        self.keystamp("preflight", code=0)

    def test_a_crl_lists_what_is_void_and_nothing_else(self):
        ca = self.station.folder / "ca/primary.pem"
        chain = self.station.folder / "chain.pem"
        chain.write_text(ca.read_text() + (self.station.folder / "ca/root.pem").read_text())
        self.station.create_batch("revoked", "x509", 5)
        runs = self.run_scans("revoked", "F1,r-1", "F2,r-2", "F1,r-3")
        devices = [runs[f"r-{n}"]["id"] for n in (1, 2, 3)]
        out = self.station.folder / "primary.crl"
        self.by_nobody("ca", "crl", "--slot", "primary", "--out", out)
        self.assertFalse(out.exists())
        first = self.json("ca", "crl", "--slot", "primary", "--out", out)
        self.json("unit", "scrap", devices[0], "--reason", "cracked")
        self.json("unit", "rework", devices[1], "--reason", "flash replaced")
        second = self.json("ca", "crl", "--slot", "primary", "--out", out)
        self.assertGreater(second["number"], first["number"])
        self.assertEqual(second["revoked"], first["revoked"] + 2)
        text = openssl("crl", "-in", out, "-inform", "DER", "-CAfile", ca, "-noout", "-text")
        self.assertIn("verify OK", text)
        void = self.station.journal("select serial from unit where state = 'VOID' and certificate is not null")
        self.assertEqual(sorted(line.split(":")[1].strip() for line in text.splitlines() if "Serial Number:" in line),
                         sorted(serial.hex().upper() for (serial,) in void))
        pem = self.station.folder / "crl.pem"
        self.json("ca", "crl", "--slot", "primary", "--out", pem)
        for n, device in enumerate(devices):
            leaf = self.station.folder / f"leaf-{n}.pem"
            leaf.write_bytes(self.pem_of(self.station.journal("select certificate from unit where id = ?", device)[0][0]))
            said = openssl("verify", "-crl_check", "-CRLfile", pem, "-partial_chain", "-trusted", ca, leaf, code=0 if n == 2 else 2)
            self.assertIn("OK" if n == 2 else "certificate revoked", said)
        other = self.json("ca", "crl", "--slot", "secondary", "--out", self.station.folder / "secondary.crl")
        self.assertEqual(other["revoked"], 0)
        self.assertEqual(self.station.ledger("select count(*) from signature where purpose = 'crl'"), [(4,)])
        rows = self.station.journal("select line from audit where line like '%\"kind\":\"crl\"%'")
        self.assertEqual(len(rows), 4)
        self.assertIn(hashlib.sha256(out.read_bytes()).hexdigest(), rows[1][0])


if __name__ == "__main__":
    unittest.main(verbosity=2)
