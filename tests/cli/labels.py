#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Labels of what `keystamp run` has recorded: printed by a queue of their own, said where they are missing, printed again on demand."""

import json
import unittest

from station_case import StationCase, call
from label_printer import LabelPrinter


class Labels(StationCase):
    options = {"fixtures": 2, "feed": 50}

    def setUp(self):
        self.printer = LabelPrinter()
        self.addCleanup(self.printer.turn_off)
        self.bare = self.station.config.read_text()
        self.addCleanup(lambda: self.station.config.write_text(self.bare))
        self.configure(f'printer = "{self.printer.address}"\n')

    def configure(self, label):
        self.station.config.write_text(self.bare.replace("[[fixture]]", f"[label]\n{label}[[fixture]]", 1))

    def audited(self, kind):
        return [json.loads(line) for line, in self.station.journal(
            "select line from audit where json_extract(line, '$.kind') = ? order by number", kind)]

    def test_each_recorded_unit_gets_its_label_and_the_log_with_it_is_signed(self):
        self.station.create_batch("each", "x509", 10)
        run = self.json("run", "each", "--scans", self.station.write_scans("each", 4))
        self.assertEqual(run["withoutLabel"], [])
        self.assertEqual(sorted(self.printer.ids("each")), [f"each-{n:06}" for n in range(1, 5)])
        self.assertEqual(len([row for row in self.audited("label-print") if row["batch"] == "each"]), 4)
        # p50 and p95 of what the HSM was asked for
        self.assertEqual(run["hsmLatency"]["requests"], 4)
        self.assertLessEqual(0 < run["hsmLatency"]["p50Microseconds"], run["hsmLatency"]["p95Microseconds"])
        rows = self.station.journal("select max(number) from audit")[0][0]
        self.assertEqual(run["checkpoint"], rows - 1)

    def test_a_printer_that_is_off_costs_no_unit_and_what_it_owes_is_said_and_printed_by_the_next_run(self):
        self.station.create_batch("off", "sas", 10)
        self.printer.turn_off()
        done = self.keystamp("run", "off", "--scans", self.station.write_scans("off", 2), code=0)
        for unit in ("off-000001", "off-000002"):
            self.assertIn(f"has no label yet: {unit}", done.stderr)
        self.assertIn("The label printer does not answer", done.stderr)
        self.printer.turn_on()
        run = self.json("run", "off", "--scans", self.scans("none"))
        self.assertEqual(run["withoutLabel"], [])
        self.assertEqual(sorted(self.printer.ids("off")), ["off-000001", "off-000002"])

    def test_a_label_is_printed_again_with_a_reason_that_the_log_keeps(self):
        self.station.create_batch("again", "sas", 10)
        self.json("run", "again", "--scans", self.station.write_scans("again", 1))
        self.json("unit", "label", "again-000001", "--reason", "the first one tore", "--as", "eve")
        self.assertEqual(self.printer.ids("again"), ["again-000001"] * 2)
        row = self.audited("label-reprint")[-1]
        self.assertEqual([row["id"], row["reason"], row["who"]], ["again-000001", "the first one tore", "eve"])
        self.assertIn("is not recorded", self.refused("bad-usage", 2, "unit", "label", "again-000002")["detail"])
        self.printer.paper_out = True
        self.refused("printer-empty", 3, "unit", "label", "again-000001")

    def test_preflight_asks_the_printer(self):
        line = lambda: next(c for c in json.loads(call("--config", self.station.config, "preflight", "--json").stdout)["checks"] if c["name"] == "printer")
        self.assertTrue(line()["good"], line())
        self.printer.paper_out = True
        self.assertFalse(line()["good"])
        self.assertIn("out of labels", line()["detail"])
        self.printer.turn_off()
        self.assertIn("does not answer", line()["detail"])
        self.printer.turn_on()

    def test_a_label_is_looked_at_before_it_is_printed(self):
        picture = self.station.folder / "label.png"
        shown = self.json("label", "preview", "--sample", "--out", picture)
        self.assertEqual(picture.read_bytes()[:4], b"\x89PNG")
        self.assertIn("^FDsample-000017", shown["zpl"])
        self.refused("unknown-unit", 2, "label", "preview", "none-000001", "--out", picture)
        self.refused("bad-usage", 2, "label", "preview", "--sample", "--out", "label.gif")
        self.assertEqual(self.printer.labels, [])
        (self.station.folder / "bad.zpl").write_text("^XA\n^FD{id}^FS\n^FD{colour}^FS^XZ")
        self.configure(f'printer = "{self.printer.address}"\ntemplate = "bad.zpl"\n')
        self.assertIn("bad.zpl:3: ^FD has {colour}", self.refused("bad-config", 2, "label", "preview", "--sample", "--out", picture)["detail"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
