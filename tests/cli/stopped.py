#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A fixture whose boards all fail their proof stops the line there, and nowhere else."""

import unittest

from station_case import StationCase

BAD = [word for n in range(1, 20) for word in ("--fault", f"wrong-proof@1.{n}")]


class Stopped(StationCase):
    options = {"fixtures": 2, "feed": 30, "board_options": BAD}

    def run_batch(self, name, *fixtures, code=1):
        return self.json("run", name, "--scans", self.scans(name, *[f"{f},{name}-{n}" for n, f in enumerate(fixtures)]), code=code)

    def audited(self, batch, kind):
        return [row[0] for row in self.station.journal(
            "select line from audit where json_extract(line, '$.kind') = ? and json_extract(line, '$.batch') = ?", kind, batch)]

    def test_after_three_equal_failures_the_fixture_takes_no_more_scans(self):
        self.station.create_batch("three", "sas", 20)
        run = self.run_batch("three", *["F1", "F2"] * 5)
        bad = [u for u in run["units"] if u["fixture"] == "F1"]
        self.assertEqual([u["error"]["code"] for u in bad], ["proof-failed"] * 3 + ["fixture-stopped"] * 2)
        self.assertEqual([u["verdict"] for u in bad], ["FAIL"] * 3 + [None] * 2)
        self.assertEqual([u["fixtureStopped"] for u in bad], [False] * 2 + [True] * 3)
        for refused in bad[3:]:
            self.assertIn("F1: 3 times in a row proof-failed", refused["error"]["detail"])
            self.assertIn("contacts", refused["error"]["next"])
            self.assertEqual(self.station.journal("select count(*) from unit where scan = ?", refused["scan"]), [(0,)])
        self.assertEqual([u["outcome"] for u in run["units"] if u["fixture"] == "F2"], ["recorded"] * 5)
        self.assertEqual(run["summary"]["stoppedFixtures"], ["F1"])
        self.assertEqual(len(self.audited("three", "fixture-stopped")), 1)
        # a person has looked after it and runs what is left
        again = self.keystamp("run", "three", "--scans", self.scans("left", "F1,three-6", "F1,three-8"), code=1)
        self.assertEqual(again.stdout.count("FAIL  "), 2, again.stdout)

    def test_a_person_reads_which_fixture_stopped_why_and_what_to_do(self):
        self.station.create_batch("words", "x509", 20)
        done = self.keystamp("run", "words", "--scans", self.scans("words", *[f"F1,words-{n}" for n in range(4)]), code=1)
        stop = [line for line in done.stdout.splitlines() if "F1: 3 times in a row proof-failed" in line]
        self.assertEqual(len(stop), 2, done.stdout)  # where it stopped, and the scan that was refused
        for line in stop:
            self.assertIn("takes no more scans", line)
            self.assertIn("Check its contacts", line)
        self.assertIn("; stopped: F1", done.stdout.splitlines()[-1])

    def test_where_it_is_configured_never_to_stop_it_goes_on(self):
        self.station.create_batch("never", "sas", 20)
        before = self.station.config.read_text()
        self.station.config.write_text(before.replace('data = "data"\n', 'data = "data"\nstop_after = 0\n'))
        try:
            run = self.run_batch("never", *["F1"] * 5)
        finally:
            self.station.config.write_text(before)
        self.assertEqual([u["error"]["code"] for u in run["units"]], ["proof-failed"] * 5)
        self.assertEqual(run["summary"]["stoppedFixtures"], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
