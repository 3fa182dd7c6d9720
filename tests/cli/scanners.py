#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What labels of a line look like, tried and run; and scanners on serial ports that the station reads itself."""

import json
import os
import pty
import signal
import subprocess
import time
import tty
import unittest

from station_case import PROGRAM, StationCase  # which knows where station lies
from station import LIB

GS = "\x1d"
FORMAT = '[scan]\ntake = "acme-{21}"\nneed = ["01=09501101530003", "10"]\n'
PRELOAD = {"LD_PRELOAD": str(next(LIB.glob("*pty_as_serial*.so")))}


def label(serial, gtin="09501101530003"):
    return f"]d201{gtin}21{serial}{GS}10LOT-7"


class Scanners(StationCase):
    options = {"fixtures": 2, "feed": 100}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ports = {}
        text = cls.station.config.read_text() + FORMAT
        for name, fixture in (("any", ""), ("second", "F2")):
            master, slave = pty.openpty()
            tty.setraw(slave)
            cls.ports[name] = master
            cls.addClassCleanup(os.close, master)
            cls.addClassCleanup(os.close, slave)
            text += f'[[scanner]]\nname = "{name}"\nlink = "serial:{os.ttyname(slave)}"\nfixture = "{fixture}"\n'
        cls.station.config.write_text(text)
        cls.station.command("batch", "create", "acme", "--mode", "x509", "--scope-id", "0ne00TEST01", "--pattern", "acme-{seq:03}", "--match",
                            "--first", "1", "--count", "50")

    def send(self, port, text):
        os.write(self.ports[port], text.encode("latin-1"))

    def test_a_payload_is_shown_step_by_step(self):
        with self.nothing_issued():
            tried = self.json("scan", "try", "--batch", "acme", label("007"))["scans"][0]
        self.assertEqual(tried["scan"], "]d201095011015300032100" + "7<GS>10LOT-7")
        self.assertEqual(tried["symbology"], "]d2 GS1 Data Matrix")
        self.assertEqual(tried["elements"], [{"ai": "01", "value": "09501101530003"}, {"ai": "21", "value": "007"}, {"ai": "10", "value": "LOT-7"}])
        self.assertEqual((tried["text"], tried["device"]), ("acme-007", "acme-007"))
        words = self.keystamp("scan", "try", "--batch", "acme", tried["scan"]).stdout
        self.assertIn("(01)09501101530003(21)007(10)LOT-7", words)
        self.assertIn("acme-007", words)

    def test_each_bad_payload_has_its_own_reason_and_next_step(self):
        bad = {label("007", "09501101530004"): "scan-misread", label("007", "10614141000415"): "scan-foreign", label("007")[:20]: "scan-cut",
               label("007")[3:] * 2: "scan-twice", "]C0" + label("007")[3:]: "scan-foreign", label("099"): "not-in-batch", "": "bad-scan",
               label("007").replace(GS, ""): "scan-foreign"}
        with self.nothing_issued():
            tried = self.json("scan", "try", "--batch", "acme", *[payload or " " for payload in bad], code=1)["scans"]
        self.assertEqual([scan.get("error", {}).get("code") for scan in tried], list(bad.values()), tried)
        for scan in tried:
            self.assertTrue(scan["error"]["next"])
        self.assertEqual(self.keystamp("scan", "try", "-", stdin="F2\n" + label("008") + "\n").stdout.count("scan      "), 2)

    def test_a_file_of_scans_is_read_by_the_same_rule(self):
        self.keystamp("run", "acme", "--scans", self.scans("good", "F1," + label("040"), "F2,(01)09501101530003(21)041(10)X"))
        done = self.json("run", "acme", "--scans", self.scans("bad", "F1," + label("042", "09501101530004"), "F1,acme-042"), code=1)
        self.assertEqual([unit["error"]["code"] for unit in done["units"]], ["scan-misread", "scan-foreign"])
        self.assertEqual(self.station.journal("select count(*) from unit where scan = 'acme-042'"), [(0,)])

    def test_the_test_code_is_drawn_and_shows_a_wrong_keyboard(self):
        picture = self.station.folder / "code.png"
        text = self.json("scan", "code", "--out", picture)["text"]
        self.assertTrue(picture.read_bytes().startswith(b"\x89PNG"))
        self.assertTrue(self.json("scan", "try", text)["scans"][0]["keyboard"]["right"])
        done = self.keystamp("scan", "try", "KEZSTAMPßzyaqwm-öÖ?\"1", code=1)
        self.assertIn("keyboard  de, and the scanner types on a US one", done.stdout)
        self.refused("io-fault", 3, "scan", "code", "--out", "/nowhere/code.png")

    def test_what_a_format_can_never_match_is_a_configuration_error(self):
        before = self.station.config.read_text()
        self.addCleanup(self.station.config.write_text, before)
        self.station.config.write_text(before.replace("{21}", "{77}"))
        error = self.refused("bad-config", 2, "scan", "try", "x")
        self.assertIn("scan.take names {77}", error["detail"])

    def test_scanners_on_serial_ports_feed_a_run_until_it_is_stopped(self):
        run = subprocess.Popen([PROGRAM, "--config", str(self.station.config), "run", "acme", "--scanners", "--json"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **PRELOAD})
        self.addCleanup(run.kill)
        for _ in range(2):
            self.assertRegex(run.stderr.readline(), "^scanner (any|second): listens$")
        self.send("second", label("001") + "\r\n")            # its own fixture's
        self.send("any", "F1\r")                              # a fixture's label
        self.send("any", label("002") + "\r" + "x" * 5000)    # and then rubbish without end
        self.send("any", "\r" + label("003", "09501101530004") + "\r")
        self.wait_for_recorded("acme-001", "acme-002")
        self.send("second", label("004") + "\r")
        self.wait_for_recorded("acme-004")
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 1, err)
        units = json.loads(out)["units"]
        self.assertEqual({unit["scan"]: unit["fixture"] for unit in units if unit["verdict"] == "PASS"},
                         {"acme-001": "F2", "acme-002": "F1", "acme-004": "F2"})
        self.assertEqual(sorted(unit["error"]["code"] for unit in units if unit["verdict"] is None), ["bad-scan", "scan-misread"])

    def wait_for_recorded(self, *ids):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if {row[0] for row in self.station.journal("select id from unit where state = 'RECORDED'")} >= set(ids):
                return
            time.sleep(0.1)
        self.fail(f"never recorded: {ids}")

    def test_preflight_has_a_line_for_each_scanner(self):
        checks = {check["name"]: check for check in self.json("preflight", env=PRELOAD)["checks"]}
        self.assertTrue(checks["scanner any"]["good"], checks)
        self.assertIn("for F2", checks["scanner second"]["detail"])
        self.assertNotIn("scanner any", {c["name"] for c in self.json("preflight", code=3)["checks"] if c["good"]})  # no port without the shim


if __name__ == "__main__":
    unittest.main(verbosity=2)
