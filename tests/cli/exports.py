#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`keystamp batch export`: every form of real batches, as the programs read it that it is for; and what is not exported."""

import base64
import csv
import hashlib
import json
import sqlite3
import subprocess
import unittest

from station_case import StationCase


def run(*words, data=None):
    return subprocess.run([str(w) for w in words], input=data, capture_output=True, check=True).stdout


class Exports(StationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station.create_batch("leaves", "x509", 12)
        cls.station.command("run", "leaves", "--scans", cls.station.write_scans("leaves", 12))
        cls.station.create_batch("keys", "sas", 3)
        cls.station.command("run", "keys", "--scans", cls.station.write_scans("keys", 3))
        cls.out = cls.station.folder / "out"
        cls.out.mkdir()

    def export(self, batch, form, *words, **options):
        made = self.json("batch", "export", batch, "--form", form, "--out", self.out / f"{batch}-{form}-{self.id()}", *words, **options)
        return made, self.out / f"{batch}-{form}-{self.id()}"

    def test_every_form_says_what_it_is_and_suits_a_batch_or_says_why_not(self):
        forms = [form["form"] for form in self.json("batch", "export", "--form", "list")]
        self.assertEqual(forms, ["iotc-import", "iotc-devices", "dps-bulk", "dps-group", "units", "spreadsheet", "block-list", "cloud-states", "report"])
        for form in forms:
            made, _ = self.export("leaves", form)
            self.assertEqual(made["units"], {"dps-group": made["units"], "block-list": 0}.get(form, 12), form)
        self.refused("bad-usage", 2, "batch", "export", "leaves", "--form", "nonsense")
        self.refused("unknown-batch", 2, "batch", "export", "none", "--form", "units")
        self.refused("bad-usage", 2, "batch", "export", "keys", "--form", "dps-group", "--out", self.out / "no.json")

    def test_dps_takes_ten_enrolments_a_request(self):
        _, folder = self.export("leaves", "dps-bulk")
        bodies = [json.loads(path.read_text()) for path in sorted(folder.iterdir())]
        self.assertEqual([len(body["enrollments"]) for body in bodies], [10, 2])
        self.assertEqual({body["mode"] for body in bodies}, {"create"})
        ids = [one["registrationId"] for body in bodies for one in body["enrollments"]]
        self.assertEqual(ids, [row[0] for row in self.station.journal("select id from unit where batch = 'leaves' order by number")])

    def test_keys_leave_only_encrypted_and_by_a_supervisor(self):
        place = self.out / "refused"
        self.refused("bad-usage", 2, "batch", "export", "keys", "--form", "iotc-devices", "--out", place)
        key, certificate = self.station.folder / "cloud.key", self.station.folder / "cloud.pem"
        run("openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=cloud", "-days", "2", "-keyout", key, "-out", certificate)
        wrong = self.keystamp("batch", "export", "keys", "--form", "iotc-devices", "--recipient", certificate, "--out", place, "--auth-fd", "{fd}",
                              code=2, fds=["not the passphrase\n"])
        self.assertIn("passphrase is wrong", wrong.stderr)
        self.assertFalse(place.exists())
        self.assertEqual(self.station.journal("select count(*) from audit where line like '%keys-exported%'"), [(0,)])

        _, sealed = self.export("keys", "iotc-devices", "--recipient", certificate)
        device = self.station.journal("select id, credential from unit where batch = 'keys' order by number limit 1")[0]
        self.assertNotIn(device[0].encode(), sealed.read_bytes())
        text = run("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-inkey", key, "-in", sealed).decode("utf-8-sig")
        rows = list(csv.reader(text.splitlines()))
        self.assertEqual((len(rows), {len(row) for row in rows}), (4, {6}))
        row = next(row for row in rows if row[0] == device[0])
        self.assertEqual(hashlib.sha256(base64.b64decode(row[2])).digest(), device[1], "the key that the board holds")
        (line,), = self.station.journal("select line from audit where line like '%keys-exported%'")
        self.assertEqual(json.loads(line)["who"], "demo")

    def test_what_is_void_is_listed_to_be_blocked(self):
        device = self.station.journal("select id, certificate from unit where batch = 'leaves' and state = 'RECORDED' order by number desc limit 1")[0]
        key = self.station.journal("select id from unit where batch = 'keys' order by number desc limit 1")[0][0]
        for one in (device[0], key):
            self.json("unit", "scrap", one, "--reason", "cracked")
        _, listed = self.export("leaves", "block-list")
        row, = csv.DictReader(listed.read_text().splitlines())
        self.assertEqual((row["block"], row["id"], row["for"], row["reason"]), ("certificate", device[0], "scrap", "cracked"))
        self.assertEqual(row["sha1"], hashlib.sha1(device[1]).hexdigest().upper())
        _, listed = self.export("keys", "block-list")
        row, = csv.DictReader(listed.read_text().splitlines())
        self.assertEqual((row["block"], row["id"], row["sha256"]), ("device", key, ""))

    def test_the_report_shows_its_checkpoint_as_text_and_code(self):
        _, report = self.export("leaves", "report")
        text = run("pdftotext", "-layout", report, "-").decode()
        self.assertIn("leaves", text)
        run("pdftoppm", "-r", "200", "-png", report, report.with_suffix(""))
        # a page without a code makes zbarimg say so by its exit code
        pages = sorted(str(page) for page in self.out.glob(f"{report.stem}*.png"))
        codes = subprocess.run(["zbarimg", "--quiet", "--raw", *pages], capture_output=True, text=True).stdout
        origin, size, root = self.station.journal("select origin, size, root from checkpoint order by number desc limit 1")[0]
        self.assertIn(f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n", codes)

    def test_a_gap_is_explained_before_anything_leaves(self):
        self.station.create_batch("gap", "x509", 2)
        self.station.command("run", "gap", "--scans", self.station.write_scans("gap", 2))
        ledger = sqlite3.connect(self.station.folder / "data/ledger.db", timeout=10)
        serial, = ledger.execute("select serial from serial where batch = 'gap' limit 1").fetchone()
        ledger.execute("update serial set state = 'interrupted', certificate = null where serial = ?", (serial,))
        ledger.commit()
        ledger.close()
        for words in (("batch", "export", "gap", "--form", "units", "--out", self.out / "gap"), ("manifest", "export", "gap", "--out", self.out / "gap")):
            error = self.refused("reconciliation-gap", 1, *words)
            self.assertIn(serial.hex(), error["detail"])
            self.assertFalse((self.out / "gap").exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
