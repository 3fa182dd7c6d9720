#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A journal that was put back from a copy that is too old, and no newer one exists: what it lacks is told, and a supervisor has it go on."""

import csv
import json
import os
import subprocess
import unittest

from station_case import StationCase


class Reconciled(StationCase):
    def run_batch(self, batch, *lines, code=0):
        return {u["scan"]: u for u in self.json("run", batch, "--scans", self.scans(f"{batch}.scans", *lines), code=code)["units"]}

    def bare_boards(self):
        self.station.stop_boards()
        self.station.start_boards()

    def test_what_was_lost_comes_back_void_and_the_station_goes_on(self):
        station = self.station
        ids = self.scans("keys.csv", "key-1", "key-2")
        self.station.create_batch("leaves", "x509", 10)
        self.keystamp("batch", "create", "keys", "--mode", "sas", "--scope-id", "0ne00TEST01", "--ids", ids, "--count", "2")
        self.assertEqual(self.json("journal", "reconcile")["lost"], [])
        self.run_batch("leaves", "F1,sn-1")
        reworked = self.json("unit", "show", "leaves-000001")["units"][0]
        copy = station.folder / "friday.db"
        self.keystamp("journal", "backup", "--out", copy)

        # the days after it: two more units, one of each mode, one that is reworked, a batch, and a signed log
        self.run_batch("leaves", "F1,sn-2")
        self.keystamp("unit", "rework", "leaves-000001", "--reason", "flash replaced")
        self.bare_boards()
        self.run_batch("leaves", "F1,sn-1")
        station.create_batch("late", "x509", 3)
        self.run_batch("late", "F2,late-1")
        self.run_batch("keys", "F2,key-1")
        checkpoint = station.folder / "kept.checkpoint"
        self.keystamp("audit", "export", "--out", station.folder / "kept.jsonl")
        os.rename(station.folder / "kept.jsonl.checkpoint", checkpoint)
        station.end_signer()

        subprocess.run(f"rm {station.folder}/data/journal.db*", shell=True, check=True)
        self.keystamp("journal", "restore", copy, code=1)
        self.refused("records-altered", 1, "run", "leaves", "--scans", self.scans("no", "F1,sn-9"))

        told = self.json("journal", "reconcile", code=1)
        self.assertEqual((told["done"], told["batches"]), (False, ["late"]))
        self.assertEqual(sorted(lost["id"] for lost in told["lost"]), ["key-1", "leaves-000001", "leaves-000002"])
        self.assertEqual([unit["id"] for unit in told["superseded"]], ["leaves-000001"])
        self.assertGreater(told["checkpoint"]["size"], 0)
        error = self.refused("bad-usage", 2, "journal", "reconcile", "--reason", "disk died")
        self.assertIn("late", error["detail"])
        station.create_batch("late", "x509", 3)
        rows = station.journal("select count(*) from audit")
        self.keystamp("journal", "reconcile", "--reason", "disk died", "--auth-fd", "{fd}", code=2, fds=["not the passphrase\n"])
        self.refused("bad-usage", 2, "journal", "reconcile", "--reason", "  ")
        self.assertEqual(station.journal("select count(*) from audit"), rows, "nobody's word changes nothing")

        done = self.json("journal", "reconcile", "--reason", "disk died")
        self.assertEqual((done["done"], len(done["lost"]), done["batches"]), (True, 4, []))
        self.assertEqual(self.json("journal", "reconcile")["lost"], [])
        self.keystamp("journal", "check")
        self.keystamp("audit", "verify")
        self.assertIn("do not verify", self.keystamp("audit", "verify", "--checkpoint", checkpoint, code=1).stderr, "whoever kept the old one sees it")
        line = station.journal("select line from audit where line like '%\"journal-reconcile\"%'")
        self.assertEqual(len(line), 1)
        admitted = json.loads(line[0][0])
        self.assertEqual((admitted["leaves"], admitted["keys"], admitted["superseded"], admitted["reason"], admitted["who"]),
                         (3, 1, 1, "disk died", "demo"))
        self.assertEqual(admitted["checkpoint"], told["checkpoint"])
        acts = [row[0] for row in station.ledger("select act from act where act in ('journal-reconcile', 'log-set-back') order by n")]
        self.assertEqual(acts, ["journal-reconcile", "log-set-back"])

        # no second live certificate: all that was lost is void, at the signer, too, and in its CRL
        self.assertEqual(station.ledger("select count(*) from serial where state = 'issued' and void_at is null"), [(0,)])
        crl = self.json("ca", "crl", "--slot", "primary", "--out", station.folder / "primary.crl")
        self.assertEqual(crl["revoked"], 4)
        # a lost ID is given to no new label; a lost key to no board
        self.bare_boards()
        again = self.run_batch("leaves", "F1,sn-2", "F1,sn-3")
        self.assertEqual(sorted(u["id"] for u in again.values()), ["leaves-000003", "leaves-000004"])
        self.assertEqual(self.run_batch("keys", "F2,key-1", code=1)["key-1"]["error"]["code"], "id-held-by-other-board")
        self.assertEqual(self.run_batch("keys", "F2,key-2")["key-2"]["outcome"], "recorded")

        for batch, counted in (("leaves", 5), ("keys", 2), ("late", 1)):
            closed = self.json("batch", "close", batch)
            self.assertEqual(set(closed["reconciliation"].values()), {counted}, batch)
            folder = station.folder / f"{batch}-manifest"
            self.keystamp("manifest", "export", batch, "--out", folder)
            self.keystamp("manifest", "verify", folder, "--key", station.folder / "audit.pub.pem")
        with (station.folder / "leaves-manifest/units.csv").open() as file:
            listed = list(csv.DictReader(file))
        lost = [row for row in listed if row["reason"] == "disk died"]
        self.assertEqual(sorted(row["id"] for row in lost), ["leaves-000001", "leaves-000001", "leaves-000002"])
        chain = [row for row in listed if row["id"] == "leaves-000001"]
        self.assertEqual([row["supersedes"] for row in chain], ["", reworked["thumbprintSha256"].upper()])
        self.refused("bad-usage", 2, "journal", "reconcile", "--reason", "once more")


if __name__ == "__main__":
    unittest.main()
