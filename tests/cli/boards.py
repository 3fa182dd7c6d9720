#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A board that nobody has listed: its profile is checked, tried, and a batch is run with it. The board is a console of this test's own."""

import re
import shutil
import socketserver
import threading
import unittest

from station_case import StationCase  # which knows where station lies
from station import ROOT, Station

EXAMPLE = ROOT / "flashing/console/example.toml"
PROMPT = b"acme> "


class Acme(socketserver.StreamRequestHandler):
    """The console of an `Acme node`. A node leaves the fixture when its connection closes and it has an identity."""

    nodes = 1
    stays = False
    spoils = False  # the key that it is given
    held = {"scope": "", "device": "", "key": ""}

    def handle(self):
        cls = type(self)
        if len(cls.held["device"]) > 1 and not cls.stays:
            cls.nodes += 1
            cls.held = {"scope": "", "device": "", "key": ""}
        for line in self.rfile:
            self.wfile.write(self.answer(line.decode().split()).encode() + b"\r\n" + PROMPT)

    def answer(self, words):
        cls = type(self)
        if words == ["id"]:
            return f"serial {cls.nodes:012X} firmware 1.4\r\nwifi_key=of-the-factory"
        if words == ["get", "identity"]:
            return " ".join(f"{name}={value}" for name, value in cls.held.items())
        if words[:2] == ["put", "identity"] and len(words) == 5:
            cls.held = dict(zip(("scope", "device", "key"), words[2:]))
            if cls.spoils:
                cls.held["key"] = cls.held["key"].swapcase()
            return "done"
        return "error 7 what?"


class Boards(StationCase):
    options = {"fixtures": 1, "driver": "console", "driver_options": {"profile": "acme-node.toml"}}

    @classmethod
    def setUpClass(cls):
        cls.station = Station(**cls.options)
        cls.addClassCleanup(cls.station.close)
        shutil.copy(EXAMPLE, cls.station.folder / "acme-node.toml")
        path = str(cls.station.folder / "acme.sock")
        server = socketserver.ThreadingUnixStreamServer(path, Acme)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        cls.station.use_links([f"unix:{path}"])

    def profile(self, name, change=lambda text: text):
        path = self.station.folder / name
        path.write_text(change(EXAMPLE.read_text()))
        return path

    def test_a_profile_is_checked_and_its_first_error_has_its_line(self):
        good = self.json("board", "check", EXAMPLE)
        self.assertEqual((good["name"], good["modes"], good["evidence"]), ("Acme node", ["sas"], "read-back"))
        self.assertIn("evidence  read-back", self.keystamp("board", "check", EXAMPLE).stdout)
        for name in ("az3166", "nrf91", "wio-terminal", "zephyr-cred"):
            self.assertTrue(self.json("board", "check", name)["steps"])
        bad = self.profile("bad.toml", lambda text: text.replace("device_id = 2", "device = 'x'"))
        line = bad.read_text().split("device = 'x'")[0].count("\n") + 1
        error = self.refused("bad-config", 2, "board", "check", bad)
        self.assertEqual(error["detail"], f"{bad}:{line}: capture.device must be a whole number")
        self.assertIn("there is az3166", self.refused("bad-config", 2, "board", "check", "nowhere")["detail"])

    def test_a_board_is_tried_line_by_line_and_secrets_are_masked(self):
        with self.nothing_issued():
            shown = self.keystamp("board", "try", EXAMPLE, "--fixture", "F1").stdout
        self.assertIn("> id\n< serial ", shown)
        self.assertIn("wifi_key=**** ", shown.replace("\n", " "))
        self.assertNotIn("of-the-factory", shown)
        self.assertRegex(shown, r"UID       [0-9a-f]{12}\nfirmware  1\.4\nholds     no identity\n")
        with self.nothing_issued():
            written = self.json("board", "try", EXAMPLE, "--fixture", "F1", "--write", "sas")
        texts = [line["text"] for line in written["transcript"]]
        self.assertIn("put identity 0ne00000000 keystamp-try {sas_key}", texts)
        self.assertTrue(any("key=****" in text for text in texts), texts)
        self.assertFalse(re.search(r"[A-Za-z0-9+/]{43}=", "\n".join(texts)), texts)
        self.assertEqual(Acme.held["device"], "-", "it was erased")
        error = self.refused("bad-config", 2, "board", "try", EXAMPLE, "--fixture", "F1", "--write", "x509")
        self.assertIn("takes no x509 credentials", error["detail"])
        self.refused("unknown-fixture", 2, "board", "try", EXAMPLE, "--fixture", "F9")

    def test_a_try_that_fails_leaves_nothing_behind(self):
        Acme.spoils = True
        self.addCleanup(setattr, Acme, "spoils", False)
        error = self.refused("board-nonsense", 3, "board", "try", EXAMPLE, "--fixture", "F1", "--write", "sas")
        self.assertIn("it holds something else than it was sent", error["detail"])
        self.assertIn("what was written was erased again", error["detail"])
        self.assertEqual(Acme.held["device"], "-")

    def test_what_the_fixtures_own_profile_is_told_is_not_told_to_another_one(self):
        before = self.station.config.read_text()
        self.addCleanup(self.station.config.write_text, before)
        self.profile("zoned.toml", lambda text: text.replace("[[uid]]", '[options]\nzone = "1"\n[[uid]]'))
        self.station.config.write_text(before.replace('profile = "acme-node.toml"', 'profile = "zoned.toml"\nzone = "7"'))
        self.assertIn("firmware  1.4", self.keystamp("board", "try", EXAMPLE, "--fixture", "F1").stdout)
        self.assertIn("firmware  1.4", self.keystamp("board", "try", self.station.folder / "zoned.toml", "--fixture", "F1").stdout)

    def test_a_batch_of_them_is_run(self):
        self.station.create_batch("acme", "sas", 3)
        self.keystamp("run", "acme", "--scans", self.station.write_scans("acme", 3))
        units = self.station.journal("select state, evidence, family, firmware from unit where batch = 'acme'")
        self.assertEqual(units, [("RECORDED", "read-back", "Acme node", "1.4")] * 3)
        self.assertEqual(self.station.journal("select count(distinct uid) from unit")[0][0], 3)
        Acme.stays = True
        self.addCleanup(setattr, Acme, "stays", False)
        self.station.create_batch("leaves", "x509", 1)
        with self.nothing_issued():
            done = self.json("run", "leaves", "--scans", self.station.write_scans("leaves", 1), code=1)
        self.assertIn("takes no x509 credentials; use a batch of another mode", done["units"][0]["error"]["detail"])
        # a board with an identity is not tried upon
        error = self.refused("board-holds-other-id", 1, "board", "try", EXAMPLE, "--fixture", "F1", "--write", "sas")
        self.assertIn("holds acme-000003; try with a blank board", error["detail"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
