#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Batches of mode imported: IoT Central's keys from its export or a Connect page into virtual boards, sealed by the HSM meanwhile,
gone afterwards; and what may go wrong on the way."""

import base64
import hashlib
import os
import sqlite3
import unittest

from station_case import StationCase, Terminal  # which knows where station lies
from station import LIB, SOFTHSM

HEADER = ("IOTC_DEVICEID,IOTC_DEVICENAME,IOTC_SASKEY_PRIMARY,IOTC_SASKEY_SECONDARY,IOTC_X509THUMBPRINT_PRIMARY,"
          "IOTC_X509THUMBPRINT_SECONDARY\r\n")
SCOPE = ("--scope-id", "0ne00ABCDEF")


class ImportCase(StationCase):
    def setUp(self):
        self.keys = {}

    def export(self, name, count, size=32):
        """A file as IoT Central writes it, for devices `name-1` and on; keeps their keys."""
        rows = ["\ufeff" + HEADER]
        for n in range(1, count + 1):
            primary, secondary = os.urandom(size), os.urandom(size)
            self.keys[f"{name}-{n}"] = primary
            self.keys[f"{name}-{n}, secondary"] = secondary
            rows.append(f'{name}-{n},"Pump {n}, north",{base64.b64encode(primary).decode()},{base64.b64encode(secondary).decode()},,\r\n')
        path = self.station.folder / f"{name}-export.csv"
        path.write_text("".join(rows), newline="")
        return path

    def create(self, name, path, *options, **more):
        return self.keystamp("batch", "create", name, "--mode", "imported", *SCOPE, "--ids", path, *options, **more)

    def run_all(self, batch, ids, code=0):
        scans = self.scans(f"{batch}.scans", *(f"F{n % self.station.fixtures + 1},{one}" for n, one in enumerate(ids)))
        return self.json("run", batch, "--scans", scans, code=code)["units"]

    def credentials(self, batch):
        return dict(self.station.journal("select id, credential from unit where batch = ? and state = 'RECORDED'", batch))

    def held(self, batch):
        return self.station.ledger("select count(*) from sealed where batch = ? and key is not null", batch)[0][0]

    def change_ledger(self, statement, *values):
        self.station.end_signer()
        ledger = sqlite3.connect(self.station.folder / "data/ledger.db")
        ledger.execute(statement, values)
        ledger.commit()
        ledger.close()

    def expect_no_key(self, *texts):
        """Neither in a file that the station leaves nor in what it said."""
        places = [(str(path), path.read_bytes()) for path in self.station.folder.rglob("*") if path.is_file()]
        places += [("output", text.encode()) for text in texts]
        self.assertGreater(len(places), 8)
        for id_, key in self.keys.items():
            for form in (key, base64.b64encode(key), key.hex().encode(), key.hex().upper().encode()):
                for place, content in places:
                    self.assertNotIn(form, content, f"the key of {id_} is in {place}")


class Imported(ImportCase):
    options = {"fixtures": 2, "feed": 500}

    def test_an_export_is_flashed_and_no_key_stays(self):
        path = self.export("pump", 12)
        made = self.create("pumps", path)
        self.assertIn(f"shred -u {path}", made.stdout)
        path.unlink()  # as it says
        self.expect_no_key(made.stdout, made.stderr)
        self.assertEqual(self.held("pumps"), 12)
        ids = [f"pump-{n}" for n in range(1, 13)]
        units = self.run_all("pumps", ids)
        # PASS is an HMAC by the board over a fresh nonce, verified with the imported key
        self.assertEqual([unit["verdict"] for unit in units], ["PASS"] * 12)
        self.assertEqual(self.credentials("pumps"), {one: hashlib.sha256(self.keys[one]).digest() for one in ids})
        self.assertEqual(self.station.journal("select distinct origin, evidence from unit where batch = 'pumps'"), [("imported", "proof")])
        self.assertEqual(self.held("pumps"), 0)
        self.assertEqual(self.station.ledger("select count(distinct id) from derivation where batch = 'pumps'"), [(12,)])
        self.expect_no_key(*(str(unit) for unit in units))

        closed = self.json("batch", "close", "pumps")
        self.assertEqual(closed["reconciliation"], {"ledger": 12, "journal": 12, "manifest": 12})
        folder = self.station.folder / "manifest"
        self.keystamp("manifest", "export", "pumps", "--out", folder)
        self.keystamp("manifest", "verify", folder, "--key", self.station.folder / "audit.pub.pem")
        rows = (folder / "units.csv").read_text().splitlines()
        self.assertEqual(sum(",imported," in row for row in rows), 12)
        error = self.refused("bad-usage", 2, "batch", "export", "pumps", "--form", "iotc-devices", "--out", self.station.folder / "x.csv")
        self.assertIn("not kept here", error["detail"])
        self.expect_no_key()

    def test_a_recorded_unit_is_reworked_only_with_its_key_anew(self):
        path = self.export("redo", 2)
        self.create("redos", path)
        self.assertEqual(self.run_all("redos", ["redo-1"])[0]["verdict"], "PASS")
        error = self.refused("bad-usage", 2, "unit", "rework", "redo-1", "--reason", "cracked")
        self.assertIn("import it anew", error["detail"])
        self.create("again", path)
        self.keystamp("unit", "rework", "redo-1", "--reason", "cracked")
        self.keystamp("batch", "close", "again")
        self.assertEqual(self.held("again"), 0, "what nobody used goes with its batch")
        self.keystamp("unit", "scrap", "redo-1", "--reason", "gone", code=2)  # it is void already

    def test_a_key_that_outlived_its_record_goes_at_the_next_run(self):
        # as if the station had died between the two
        self.create("owed", self.export("owe", 2))
        ((sealed,),) = self.station.ledger("select key from sealed where id = 'owe-1'")
        self.assertEqual(self.run_all("owed", ["owe-1"])[0]["verdict"], "PASS")
        self.change_ledger("update sealed set key = ?, gone_at = null where id = 'owe-1'", sealed)
        self.assertEqual(self.held("owed"), 2)
        self.assertEqual(self.run_all("owed", ["owe-2"])[0]["verdict"], "PASS")
        self.assertEqual(self.held("owed"), 0)

    def test_more_devices_come_with_their_keys(self):
        self.create("grows", self.export("grow", 1))
        more = self.export("more", 2)
        error = self.refused("bad-csv", 2, "batch", "extend", "grows", "--ids", self.scans("plain", "more-1"), "--reason", "two more")
        self.assertIn("IOTC_SASKEY_PRIMARY", error["detail"])
        self.enrol("anna")
        self.assertIn("shred", self.keystamp("batch", "extend", "grows", "--ids", more, "--reason", "two more").stdout)
        self.assertEqual(self.held("grows"), 3, "the keys are here, and wait")
        self.release("grows")
        self.assertEqual([unit["verdict"] for unit in self.run_all("grows", ["more-1", "more-2", "grow-1"])], ["PASS"] * 3)

    def test_an_export_on_standard_input_gives_the_secondary_keys(self):
        path = self.export("pipe", 1)
        self.create("pipes", "-", "--slot", "secondary", stdin=path.read_text())
        self.run_all("pipes", ["pipe-1"])
        self.assertEqual(self.credentials("pipes"), {"pipe-1": hashlib.sha256(self.keys["pipe-1, secondary"]).digest()})

    def test_a_single_device_comes_from_its_connect_page(self):
        key = os.urandom(32)
        self.keys["single"] = key
        self.keystamp("batch", "create", "single", "--mode", "imported", "--connect",
                      stdin=f"0ne00SINGLE\nDesk-7\n{base64.b64encode(key).decode()}\n")
        self.assertEqual(self.station.journal("select scope_id, count, spare from batch where name = 'single'"), [("0ne00SINGLE", 1, 0)])
        self.assertEqual(self.run_all("single", ["desk-7"])[0]["verdict"], "PASS")
        self.assertEqual(self.credentials("single"), {"desk-7": hashlib.sha256(key).digest()})
        self.expect_no_key()

    def test_a_single_device_is_asked_for_and_its_key_is_not_shown(self):
        key = base64.b64encode(os.urandom(32)).decode()
        terminal = Terminal("--config", self.station.config, "batch", "create", "typed", "--mode", "imported", "--connect")
        shown = ""
        for prompt, answer in (("ID scope: ", "0ne00TYPED1"), ("Device ID: ", "desk-8"), ("Primary key: ", key)):
            shown += terminal.wait_for(prompt)
            terminal.enter(answer)
        last, code = terminal.end()
        self.assertEqual(code, 0, last)
        self.assertIn("0ne00TYPED1", shown + last)
        self.assertNotIn(key, shown + last)

    def test_what_is_wrong_is_said_without_a_key_and_leaves_nothing(self):
        good = self.export("bad", 3)
        key = base64.b64encode(self.keys["bad-2"]).decode()
        files = {"no key": good.read_text().replace(key, ""), "short": good.read_text().replace(key, key[:-3]),
                 "columns swapped": good.read_text().replace("bad-2,", f"{key},"), "twice": good.read_text().replace("bad-3", "bad-1"),
                 "no header": f"bad-1,x,{key},,,\n"}
        for what, text in files.items():
            with self.subTest(what):
                path = self.station.folder / "bad.csv"
                path.write_text(text)
                error = self.refused("bad-csv", 2, "batch", "create", "bad", "--mode", "imported", *SCOPE, "--ids", path)
                self.assertIn("line ", error["detail"])
                self.assertNotIn(key[:16], str(error))
        for lines in (f"0ne00ABCDEF\n{key}\ndesk-9\n", f"{key}\ndesk-9\n0ne00ABCDEF\n", "0ne00ABCDEF\ndesk-9\n", f"0ne00ABCDEF\ndesk-9\n{key[:-4]}\n"):
            error = self.refused("bad-usage", 2, "batch", "create", "bad", "--mode", "imported", "--connect", stdin=lines)
            self.assertNotIn(key[:16], str(error))
        self.refused("bad-usage", 2, "batch", "create", "bad", "--mode", "imported", *SCOPE)
        self.refused("bad-usage", 2, "batch", "create", "bad", "--mode", "sas", "--connect")
        self.assertEqual(self.station.journal("select count(*) from batch where name = 'bad'"), [(0,)])
        self.assertEqual(self.station.ledger("select count(*) from grant_ where batch = 'bad'"), [(0,)])


class Spoilt(ImportCase):
    options = {"fixtures": 1, "feed": 10}

    def test_a_sealed_key_opens_for_no_other_device_and_goes_with_its_scrapped_unit(self):
        self.create("swaps", self.export("swap", 2))
        ((other,),) = self.station.ledger("select key from sealed where id = 'swap-2'")
        self.change_ledger("update sealed set key = ? where id = 'swap-1'", other)
        self.assertEqual(self.run_all("swaps", ["swap-1"], code=3)[0]["verdict"], "ERROR")
        self.assertEqual(self.station.journal("select state, credential from unit"), [("INTENDED", None)])
        self.assertEqual(self.held("swaps"), 2)
        self.keystamp("unit", "scrap", "swap-1", "--reason", "fell down")
        self.assertEqual(self.station.ledger("select id from sealed where key is not null"), [("swap-2",)])


class SealingKey(StationCase):
    options = {"fixtures": 1, "feed": 50}

    def configure(self, change):
        self.station.end_signer()
        self.station.config.write_text(change(self.station.config.read_text()))

    def check(self, code=0):
        checks = {check["name"]: check for check in self.json("preflight", code=code)["checks"]}
        return checks.get("sealing key")

    def create(self, name):
        return ("batch", "create", name, "--mode", "imported", *SCOPE, "--connect")

    def test_its_life(self):
        key = base64.b64encode(os.urandom(32)).decode()
        device = f"{{}}\n{key}\n"
        self.configure(lambda text: text.replace('sealing_key = "41"\n', ""))
        self.assertIsNone(self.check())
        error = self.refused("key-missing", 3, *self.create("none"), stdin=device.format("a-1"))
        self.assertIn("sealing_key", error["detail"])

        self.configure(lambda text: text.replace('root = "ca', 'sealing_key = "42"\nroot = "ca'))
        found = self.check()
        self.assertTrue(found["good"])
        self.assertIn("not made yet", found["detail"])
        self.keystamp(*self.create("first"), stdin=device.format("a-1"))
        self.assertEqual(self.station.ledger("select supervisor, about from act where act = 'make-sealing-key'"), [("demo", "42")])
        self.assertIn("1 imported keys wait", self.check()["detail"])

        self.configure(lambda text: text.replace('sealing_key = "42"', 'sealing_key = "43"'))
        found = self.check(code=3)
        self.assertFalse(found["good"])
        self.assertIn("not in the HSM", found["detail"])
        self.assertIn("import those keys anew", found["next"])
        self.refused("key-missing", 3, *self.create("second"), stdin=f"a-2\n{key}\n")

        shim = next(LIB.glob("*pkcs11*quirks*.so"))
        self.configure(lambda text: text.replace(f'module = "{SOFTHSM}"', f'module = "{shim}"').replace(
            "environment = {", f'environment = {{ KEYSTAMP_PKCS11_QUIRKS = "no-gcm", KEYSTAMP_PKCS11_QUIRKS_MODULE = "{SOFTHSM}",'))
        self.assertIn("no CKM_AES_GCM", self.check(code=3)["detail"])
        error = self.refused("signer-refused", 3, *self.create("third"), stdin=f"a-3\n{key}\n")
        self.assertIn("no CKM_AES_GCM", error["detail"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
