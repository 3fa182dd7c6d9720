#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`keystamp cloud reconcile` and `cloud show`: real units against lists as IoT Central and DPS give them; what is told, kept and refused."""

import csv
import json
import unittest

from station_case import StationCase

KEY = "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc="
EXPORT = "IOTC_DEVICEID,IOTC_DEVICENAME,IOTC_SASKEY_PRIMARY,IOTC_SASKEY_SECONDARY,IOTC_X509THUMBPRINT_PRIMARY,IOTC_X509THUMBPRINT_SECONDARY"


class CloudLists(StationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station.create_batch("b", "x509", 4)
        cls.station.command("run", "b", "--scans", cls.station.write_scans("b", 4))
        cls.ids = [f"b-{n:06}" for n in (1, 2, 3, 4)]
        cls.station.command("unit", "scrap", cls.ids[3], "--reason", "cracked")

    def devices(self, **states):
        """IoT Central's REST list: b-000001 is `_1` and so on."""
        path = self.station.folder / "devices.json"
        path.write_text(json.dumps({"value": [
            {"id": self.ids[int(n[1:]) - 1], "displayName": n, "enabled": state != "blocked", "provisioned": state == "provisioned", "simulated": False}
            for n, state in states.items()]}))
        return path

    def test_the_story_of_a_batch(self):
        done = self.json("cloud", "reconcile", self.devices(_1="provisioned", _2="registered", _4="provisioned"), code=1)
        self.assertEqual([(one["what"], one["id"]) for one in done["findings"]], [("missing", self.ids[2]), ("not-blocked", self.ids[3])])
        self.assertTrue(all(one["next"] for one in done["findings"]))
        self.assertEqual(done["states"]["provisioned"], {"recorded": 1, "void": 1, "atWork": 0})
        said = self.keystamp("cloud", "reconcile", self.devices(_1="provisioned", _2="registered", _4="provisioned"), code=1).stdout
        for words in ("VOID, AND NOT BLOCKED: 1", "RECORDED, AND NOT IN THE CLOUD: 1", self.ids[2], self.ids[3], "iotc-devices, 3 devices"):
            self.assertIn(words, said)

        self.assertEqual(self.json("unit", "show", self.ids[2])["cloud"]["state"], "missing")
        self.assertIn("in the cloud provisioned at", self.keystamp("unit", "show", self.ids[0]).stdout)
        self.assertEqual(self.json("batch", "show", "b")["cloud"], {"registered": 1, "provisioned": 1, "missing": 1, "toBlock": 1})
        self.assertIn("1 void and not blocked", self.keystamp("batch", "show", "b").stdout)

        out = self.station.folder / "b.csv"
        shown = self.json("cloud", "show", "b", "--out", out)
        self.assertEqual(shown["cloud"], {"registered": 1, "provisioned": 1, "blocked": 0, "missing": 1, "untold": 0})
        rows = list(csv.DictReader(out.read_text().splitlines()))
        self.assertEqual([(row["id"], row["unit"], row["cloud"], row["needs"]) for row in rows],
                         list(zip(self.ids, ["RECORDED"] * 3 + ["VOID"], ["provisioned", "registered", "missing", "provisioned"], ["", "", "import", "block"])))

        # what had to be done was done; and one was blocked, and is so no more
        done = self.json("cloud", "reconcile", self.devices(_1="blocked", _2="registered", _3="registered", _4="blocked"))
        self.assertEqual({(one["id"], one["from"], one["to"]) for one in done["changes"]},
                         {(self.ids[0], "provisioned", "blocked"), (self.ids[2], "missing", "registered"), (self.ids[3], "provisioned", "blocked")})
        done = self.json("cloud", "reconcile", self.devices(_1="provisioned", _2="registered", _3="registered", _4="blocked"))
        self.assertEqual(done["changes"], [{"id": self.ids[0], "from": "blocked", "to": "provisioned"}])
        self.assertFalse(done["needsSomebody"])
        self.keystamp("journal", "check")

    def test_a_filtered_view_is_refused_until_somebody_says_that_it_is_whole(self):
        self.json("batch", "create", "view", "--mode", "x509", "--scope-id", "0ne00TEST03", "--pattern", "view-{seq}", "--count", "3")
        self.json("run", "view", "--scans", self.scans("view.scans", *(f"F1,sn-view-{n}" for n in range(3))))
        place = self.station.folder / "view.csv"
        place.write_text(f"{EXPORT}\nview-1,one,{KEY},{KEY},,\n")
        kept = "select (select count(*) from audit), (select count(*) from cloud_device)"
        before = self.station.journal(kept)
        error = self.refused("bad-usage", 2, "cloud", "reconcile", place)
        self.assertIn("2 of the units here would become missing by lists that name 1 device; nothing was recorded", error["detail"])
        self.assertIn("--whole", error["detail"])
        self.assertEqual(self.station.journal(kept), before)
        done = self.json("cloud", "reconcile", place, "--whole", code=1)
        self.assertEqual([(one["what"], one["id"]) for one in done["findings"]], [("missing", "view-2"), ("missing", "view-3")])
        self.assertEqual(self.station.journal("select count(*) from audit where line like '%\"cloud-reconcile\"%\"whole\":true%'"), [(1,)])

        # one device's JSON, as its address gives it, is a word about that one alone
        place.write_text(json.dumps({"id": "view-2", "displayName": "two", "enabled": True, "provisioned": True}))
        self.assertEqual(self.json("cloud", "reconcile", place, code=1)["changes"], [{"id": "view-2", "from": "missing", "to": "provisioned"}])
        self.assertEqual(self.json("batch", "show", "view")["cloud"], {"registered": 1, "provisioned": 1, "missing": 1})

    def test_a_key_made_on_its_board_is_not_tried_and_the_report_says_so(self):
        words = ("--mode", "x509", "--scope-id", "0ne00TEST02", "--pattern", "own-{seq}", "--count", "2")
        for bad in ("3/2", "0/5", "1", "a/b", "-1/5", "1/0"):
            self.keystamp("batch", "create", "own", *words, f"--sample={bad}", code=2)
        imported = self.station.folder / "keys.csv"
        imported.write_text(f"IOTC_DEVICEID,IOTC_SASKEY_PRIMARY\npump-1,{KEY}\n")
        self.refused("bad-usage", 2, "batch", "create", "own", "--mode", "imported", "--scope-id", "0ne00TEST01", "--ids", imported, "--sample", "1/2")
        self.assertEqual(self.json("batch", "create", "own", *words, "--sample", "1/2")["sample"], {"of": 1, "every": 2})
        self.json("run", "own", "--scans", self.scans("own.scans", "F1,sn-own-1", "F1,sn-own-2"))
        self.assertIn("sample 1 of 2: none yet", self.keystamp("cloud", "show", "own", "--out", self.station.folder / "own.csv").stdout)
        rows = list(csv.DictReader((self.station.folder / "own.csv").read_text().splitlines()))
        self.assertEqual([row["sample"] for row in rows], ["not tried: its key never left its board; shown by proof", ""])

    def test_nothing_of_a_list_that_is_refused_is_kept_and_no_key_is_told(self):
        place = self.station.folder / "list"
        before = self.station.journal("select count(*) from audit")
        for content, why in ((f"{EXPORT}\n{self.ids[0]},one,{KEY},{KEY},,\n{self.ids[1]},two\n", "line 3: 2 fields, 6 expected"),
                             (f"{EXPORT}\n{self.ids[0].upper()},one,{KEY},{KEY},,\n", "in another case"),
                             (f"{EXPORT}\nforeign-1,one,{KEY},{KEY},,\n", "a list of another application"),
                             ('{"value":[{"id":"' + self.ids[0] + '","provisioned":tr', "damaged, or cut"),
                             ("IOTC_DEVICEID,IOTC_DEVICENAME\nb-000001,one\n", "this goes into IoT Central")):
            place.write_text(content)
            error = self.refused("bad-csv", 2, "cloud", "reconcile", place)
            self.assertIn(why, error["detail"])
            self.assertNotIn(KEY, json.dumps(error))
        self.refused("bad-csv", 2, "cloud", "reconcile", self.station.folder / "none")
        self.refused("unknown-batch", 2, "cloud", "show", "none")
        self.assertEqual(self.station.journal("select count(*) from audit"), before)


if __name__ == "__main__":
    unittest.main()
