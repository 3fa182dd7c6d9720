#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is refused is refused with its cause and next step, and nothing is issued for it."""

import unittest

from station_case import StationCase


class Refusals(StationCase):
    options = {"fixtures": 1, "feed": 100}

    def create(self, name, *words, code=0, **options):
        return self.keystamp("batch", "create", name, "--mode", "x509", "--scope-id", "0ne00ABCDEF", *words, code=code, **options)

    def refused_batch(self, reason, *words, name="never", code=2):
        error = self.refused(reason, code, "batch", "create", name, "--mode", "x509", "--scope-id", "0ne00ABCDEF", *words)
        self.assertEqual(self.station.journal("select count(*) from batch where name = ?", name)[0][0], 0)
        return error

    def test_an_id_outside_the_rule(self):
        self.create("rule", "--pattern", "r-{seq:03}", "--match", "--first", "1", "--count", "10")
        lines = ["-r-001", "r_001", "r.001", "x" * 65, "r 001", "r-001-"]
        with self.nothing_issued():
            run = self.json("run", "rule", "--scans", self.scans("rule", *[f"F1,{line}" for line in lines]), code=1)
        self.assertEqual({u["outcome"] for u in run["units"]}, {"refused"})
        self.assertLessEqual({u["error"]["code"] for u in run["units"]}, {"bad-device-id", "bad-scan"})
        self.assertEqual(run["summary"]["refused"], len(lines))

    def test_over_the_cap(self):
        self.create("capped", "--pattern", "c-{seq:03}", "--first", "1", "--count", "2", "--spare", "0")
        self.keystamp("run", "capped", "--scans", self.scans("c2", "F1,c-a", "F1,c-b"))
        with self.nothing_issued():
            run = self.json("run", "capped", "--scans", self.scans("c3", "F1,c-c"), code=1)
        self.assertEqual(run["units"][0]["error"]["code"], "cap-reached")
        self.assertIsNone(run["units"][0]["verdict"])

    def test_already_recorded_before_its_fixture_is_touched(self):
        self.create("once", "--pattern", "once-{seq:03}", "--first", "1", "--count", "5")
        scan = self.scans("once", "F1,once-sn")
        first = self.json("run", "once", "--scans", scan)["units"][0]
        with self.nothing_issued():
            again = self.json("run", "once", "--scans", scan)["units"][0]
        self.assertEqual(again["outcome"], "already-recorded")
        shown = self.json("unit", "show", first["id"])
        self.assertEqual([u["state"] for u in shown["units"]], ["RECORDED"])

    def test_a_csv_that_cannot_be_used_names_its_lines(self):
        bad = {
            "twice.csv": "IOTC_DEVICEID,IOTC_DEVICENAME\nsame-1,\nother,\nSAME-1,\n",
            "rule.csv": "IOTC_DEVICEID,IOTC_DEVICENAME\nfine-1,\nnot_fine,\n",
            "empty.csv": "",
        }
        for file, text in bad.items():
            path = self.station.folder / file
            path.write_text(text)
            error = self.refused_batch("bad-csv", "--ids", path)
            if text:
                self.assertRegex(error["detail"], r"\b[34]\b")
        (self.station.folder / "binary.csv").write_bytes(bytes(range(256)) * 8)
        self.refused_batch("bad-csv", "--ids", self.station.folder / "binary.csv")
        done = self.create("never", "--ids", self.station.folder / "none.csv", code=None)
        self.assertIn(done.returncode, (2, 3))

    def test_orders_that_make_no_sense(self):
        pattern = ("--pattern", "p-{seq:03}", "--first", "1")
        self.refused_batch("bad-usage", *pattern, "--count", "0")
        self.refused_batch("bad-usage", *pattern, "--count", "200001")
        self.refused_batch("bad-usage", *pattern, "--count", "990")  # with spares beyond 999
        self.refused_batch("bad-usage", "--pattern", "p-{nothing}", "--count", "1")
        self.refused_batch("bad-usage", *pattern)
        self.refused_batch("bad-usage", *pattern, "--count", "1", name="Upper")
        self.refused_batch("bad-device-id", "--pattern", "p" * 60 + "-{seq:09}", "--count", "1")
        self.assertEqual(self.keystamp("batch", "create", "x", "--mode", "sas", "--scope-id", "0ne-!", *pattern, "--count", "1", code=2).stdout, "")

    def test_a_batch_that_exists_or_does_not(self):
        self.create("there", "--pattern", "t-{seq:03}", "--count", "5")
        self.refused("batch-exists", 2, "batch", "create", "there", "--mode", "sas", "--scope-id", "0ne00ABCDEF", "--pattern", "t-{seq:03}",
                     "--count", "5")
        for words in (("batch", "show", "gone"), ("batch", "close", "gone"), ("batch", "pause", "gone"),
                      ("run", "gone", "--scans", self.scans("g", "F1,g-1")), ("manifest", "export", "gone", "--out", self.station.folder / "g")):
            self.refused("unknown-batch", 2, *words)

    def test_a_damaged_scan_costs_its_line_alone(self):
        self.create("damaged", "--pattern", "d-{seq:03}", "--first", "1", "--count", "5")
        path = self.station.folder / "damaged"
        path.write_bytes(b"F1,\xff\xfe\x01\nF1,\nF1," + b"y" * 5000 + b"\nF1,d-good\n")
        run = self.json("run", "damaged", "--scans", path, code=1)
        self.assertEqual(run["summary"]["recorded"], 1)
        self.assertEqual(run["summary"]["fail"] + run["summary"]["error"], 0)

    def keystamp(self, *words, code=0, **options):
        if code is not None:
            return super().keystamp(*words, code=code, **options)
        from station_case import call
        return call("--config", self.station.config, *words, **options)


if __name__ == "__main__":
    unittest.main(verbosity=2)
