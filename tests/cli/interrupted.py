#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Units that were interrupted: tried again, waited for, resolved; a run that is stopped; a file of scans that is long."""

import json
import signal
import subprocess
import time
import unittest

from station_case import PROGRAM, StationCase, call


class Interrupted(StationCase):
    # each test has a fixture of its own, whose first boards are made for it
    options = {"fixtures": 4, "feed": 20, "board_options": [
        "--fault", "drops:commit@1.1,once", "--fault", "silent:commit@2.1", "--fault", "slow@3.1,ms=400", "--fault", "slow@3.2,ms=400"]}

    def create(self, name, mode="x509", count=5):
        self.station.create_batch(name, mode, count)
        return name

    def popen(self, *words):
        return subprocess.Popen([PROGRAM, "--config", str(self.station.config), *map(str, words)], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_until(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, "never came true")
            time.sleep(0.02)

    def test_a_scan_that_ended_in_error_on_its_bound_board_is_tried_again(self):
        self.create("again")
        run = self.json("run", "again", "--scans", self.scans("again", "F1,again-1"))
        self.assertEqual([(u["attempt"], u["outcome"]) for u in run["units"]], [(1, "error"), (2, "recorded")])
        self.assertEqual((run["summary"]["recorded"], run["summary"]["error"]), (1, 0))
        shown = self.json("unit", "show", "again-000001")
        self.assertEqual([u["state"] for u in shown["units"]], ["RECORDED"])

    def test_an_unresolved_unit_keeps_its_batch_open_until_a_supervisor_resolves_it(self):
        self.create("lost")
        # its board is taken off in the middle; the next one on that fixture is refused for it
        run = self.json("run", "lost", "--scans", self.scans("lost", "F2,lost-1", "F2,lost-2"), code=1)
        last = {u["scan"]: u for u in run["units"]}
        self.assertEqual(last["lost-1"]["error"]["code"], "id-held-by-other-board")
        self.assertEqual(last["lost-2"]["outcome"], "recorded")
        waiting = self.json("batch", "show", "lost")["waiting"]
        self.assertEqual([u["scan"] for u in waiting], ["lost-1"])
        device = waiting[0]["id"]
        error = self.refused("unresolved", 1, "batch", "close", "lost")
        self.assertIn(device, error["detail"])
        self.assertEqual(self.json("batch", "show", "lost")["state"], "open")

        nobody = ["unit", "resolve", device, "--reason", "board lost"]
        done = self.keystamp(*nobody, "--auth-fd", "{fd}", code=2, fds=["not the passphrase\n"])
        self.assertIn("passphrase is wrong", done.stderr)
        self.assertEqual(self.json("batch", "show", "lost")["waiting"], waiting)
        self.refused("bad-usage", 2, "unit", "resolve", device, "--reason", "  ")

        self.keystamp(*nobody)
        shown = self.json("unit", "show", device)
        self.assertEqual((shown["units"][-1]["state"], shown["units"][-1]["voidReason"]), ("VOID", "board lost"))
        closed = self.json("batch", "close", "lost")
        self.assertEqual(set(closed["reconciliation"].values()), {2})
        self.assertEqual((closed["recorded"], closed["voided"]), (1, 1))

    def test_a_stopped_run_ends_its_jobs_and_the_next_one_goes_on_with_them(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            name = self.create(f"stopped-{number.name.lower()}")
            run = self.popen("run", name, "--scans", "-", "--json")
            run.stdin.write(f"F3,{name}-1\n")
            run.stdin.flush()
            self.wait_until(lambda: self.station.journal("select count(*) from unit where batch = ?", name)[0][0] == 1)
            run.send_signal(number)
            out, err = run.communicate(timeout=60)
            told = json.loads(out)
            self.assertEqual(run.returncode, 1, err)
            self.assertTrue(told["stopped"])
            self.assertEqual([u["outcome"] for u in told["units"]], ["aborted"], told)
            again = self.json("run", name, "--scans", self.scans(name, f"F3,{name}-1"))
            self.assertEqual([u["outcome"] for u in again["units"]], ["recorded"])

    def test_twenty_thousand_lines_stream(self):
        self.create("long")
        self.keystamp("run", "long", "--scans", self.scans("long-1", "F4,long-1"))
        path = self.station.folder / "long"
        path.write_text("F4,long-1\n" * 20_000)
        with self.nothing_issued():
            done = call("--config", self.station.config, "run", "long", "--scans", path, "--json")
        told = json.loads(done.stdout)
        self.assertEqual((len(told["units"]), told["summary"]["alreadyRecorded"]), (20_000, 20_000))
        self.assertEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
