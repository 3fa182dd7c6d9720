#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every command of `keystamp` on a real token, a real signer and virtual boards: what it prints, as text and JSON, and how it exits."""

import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import unittest

from station_case import PROGRAM, Station, StationCase, call

KEY = "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw=="
VECTOR = ("sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6", "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=")


class Commands(StationCase):
    def batch(self, name, mode="x509", count=6):
        self.station.create_batch(name, mode, count)
        return name

    def recorded(self, name, mode="x509", count=2):
        self.batch(name, mode)
        scans = self.station.write_scans(name, count)
        self.keystamp("run", name, "--scans", scans)
        return scans

    def test_preflight_finds_a_ready_station_good(self):
        report = self.json("preflight")
        self.assertTrue(report["good"])
        names = [c["name"] for c in report["checks"]]
        for wanted in ("signer", "leaf profile", "HSM", "primary CA", "secondary CA", "self-test", "journal", "clock", "disk", "supervisor",
                       "fixture F1", "fixture F2"):
            self.assertIn(wanted, names)
        self.assertIn("The station is ready", self.keystamp("preflight").stdout)

    def test_preflight_names_a_fixture_whose_link_cannot_be_opened(self):
        text = self.station.config.read_text()
        other = self.station.folder / "dead-link.toml"
        other.write_text(text + f'[[fixture]]\nname = "F9"\nlink = "unix:{self.station.folder}/nobody.sock"\n')
        done = call("--config", other, "preflight", "--json")
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        bad = [c for c in json.loads(done.stdout)["checks"] if not c["good"]]
        self.assertEqual([c["name"] for c in bad], ["fixture F9"])
        self.assertTrue(bad[0]["next"])

    def test_batch_create_list_and_show_agree(self):
        made = self.json("batch", "create", "order-1", "--mode", "sas", "--scope-id", "0ne00ABCDEF", "--pattern", "o1-{seq:04}",
                         "--first", "7", "--count", "100")
        self.assertEqual((made["spare"], made["cap"], made["first"], made["state"]), (10, 110, 7, "open"))
        self.assertEqual(made["createdBy"], "demo")
        self.assertIn("order-1", [b["name"] for b in self.json("batch", "list")])
        self.assertEqual(self.json("batch", "show", "order-1"), made)
        self.assertIn("o1-{seq:04} from 7 to 116", self.keystamp("batch", "show", "order-1").stdout)

    def test_a_batch_of_a_csv_takes_its_ids_and_no_others(self):
        csv = self.station.folder / "ids.csv"
        csv.write_bytes("\ufeffIOTC_DeviceID,IOTC_DeviceName\r\nList-One,First\r\nlist-two,\r\n".encode())
        made = self.json("batch", "create", "listed", "--mode", "x509", "--scope-id", "0ne00ABCDEF", "--ids", csv)
        self.assertEqual((made["count"], made["ids"]), (2, "list"))
        with self.nothing_issued():
            run = self.json("run", "listed", "--scans", self.scans("listed-0", "F1,list-three"), code=1)
        self.assertEqual(run["units"][0]["error"]["code"], "not-in-batch")
        run = self.json("run", "listed", "--scans", self.scans("listed-1", "F1,LIST-ONE"))
        self.assertEqual(run["units"][0]["id"], "list-one")

    def test_a_matching_batch_takes_only_ids_of_its_range(self):
        self.keystamp("batch", "create", "matched", "--mode", "sas", "--scope-id", "0ne00ABCDEF", "--pattern", "m-{seq:03}", "--match",
                      "--first", "10", "--count", "5", "--spare", "0")
        with self.nothing_issued():
            run = self.json("run", "matched", "--scans", self.scans("matched-0", "F1,m-009", "F1,m-015", "F1,other-1", "F1,-bad-"), code=1)
        self.assertEqual([u["error"]["code"] for u in run["units"]], ["not-in-batch", "not-in-batch", "not-in-batch", "bad-device-id"])
        run = self.json("run", "matched", "--scans", self.scans("matched-1", "F1,M-012"))
        self.assertEqual(run["units"][0]["id"], "m-012")

    def test_pause_stops_a_batch_and_resume_lets_it_go_on(self):
        self.batch("paused")
        self.assertEqual(self.json("batch", "pause", "paused")["state"], "paused")
        with self.nothing_issued():
            self.refused("batch-not-open", 1, "run", "paused", "--scans", self.scans("p", "F1,p-1"))
        self.assertEqual(self.json("batch", "resume", "paused")["state"], "open")
        self.keystamp("run", "paused", "--scans", self.scans("p", "F1,p-1"))

    def test_run_tells_each_units_end_and_a_second_run_finds_them_done(self):
        self.batch("twice")
        scans = self.station.write_scans("twice", 4)
        first = self.json("run", "twice", "--scans", scans)
        self.assertEqual(first["summary"]["recorded"], 4)
        self.assertEqual({u["outcome"] for u in first["units"]}, {"recorded"})
        self.assertEqual({u["fixture"] for u in first["units"]}, {"F1", "F2"})
        self.assertEqual({u["verdict"] for u in first["units"]}, {"PASS"})
        with self.nothing_issued():
            again = self.keystamp("run", "twice", "--scans", scans)
        self.assertIn("0 recorded, 4 already recorded", again.stdout)

    def test_run_reads_standard_input_and_only_the_fixtures_it_may(self):
        self.batch("piped")
        run = self.json("run", "piped", "--scans", "-", "--fixture", "F2", stdin="piped-a\nF1,piped-b\nF9,piped-c\n", code=1)
        ends = {u["scan"]: u for u in run["units"]}
        self.assertEqual((ends["piped-a"]["outcome"], ends["piped-a"]["fixture"]), ("recorded", "F2"))
        self.assertEqual(ends["piped-b"]["error"]["code"], "unknown-fixture")
        self.assertEqual(ends["piped-c"]["error"]["code"], "unknown-fixture")

    def test_run_takes_a_fixtures_label_before_its_scan(self):
        self.batch("labels")
        run = self.json("run", "labels", "--scans", "-", stdin="F1\nlabels-a\nF2\nlabels-b\n")
        self.assertEqual({u["scan"]: u["fixture"] for u in run["units"]}, {"labels-a": "F1", "labels-b": "F2"})

    def test_unit_show_tells_its_whole_life(self):
        self.recorded("life", count=1)
        unit = self.json("unit", "show", "LIFE-000001")
        self.assertEqual(unit["units"][0]["state"], "RECORDED")
        self.assertEqual(unit["jobs"][0]["verdict"], "PASS")
        der = base64.b64decode(unit["units"][0]["certificate"])
        self.assertEqual(hashlib.sha1(der).hexdigest().upper(), unit["units"][0]["thumbprintSha1"])
        self.assertIn("RECORDED", self.keystamp("unit", "show", "life-000001").stdout)

    def test_unit_resolve_refuses_what_needs_no_resolving(self):
        self.recorded("settled", count=1)
        self.refused("bad-usage", 2, "unit", "resolve", "settled-000001", "--reason", "lost")
        self.refused("unknown-unit", 2, "unit", "resolve", "never-1", "--reason", "lost")

    def test_close_counts_ledger_journal_and_rows_alike(self):
        for mode, count in (("x509", 3), ("sas", 2)):
            name = f"closing-{mode}"
            self.recorded(name, mode, count)
            closed = self.json("batch", "close", name)
            self.assertEqual(closed["state"], "closed")
            self.assertEqual(set(closed["reconciliation"].values()), {count})
            self.refused("batch-not-open", 1, "batch", "close", name)
            self.refused("batch-not-open", 1, "batch", "resume", name)

    def test_a_manifest_verifies_anywhere_and_no_longer_once_touched(self):
        self.recorded("handed")
        folder = self.station.folder / "handed"
        self.json("manifest", "export", "handed", "--out", folder)
        key = self.station.folder / "audit.pub.pem"
        # no configuration: another machine
        done = call("manifest", "verify", folder, "--key", key, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["recorded"], 2)
        units = folder / "units.csv"
        units.write_text(units.read_text().replace("RECORDED", "VOID", 1))
        done = call("manifest", "verify", folder, "--key", key, "--json")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertEqual(json.loads(done.stdout)["error"]["code"], "records-altered")
        for words in ((folder / "none", "--key", key), (folder, "--key", folder / "none.pem")):
            self.assertEqual(call("manifest", "verify", *words).returncode, 2)

    def test_an_exported_audit_log_verifies_anywhere_and_misses_no_cut(self):
        self.recorded("logged", count=1)
        log = self.station.folder / "audit.jsonl"
        made = self.json("audit", "export", "--out", log)
        signed = made["signedRows"]  # the checkpoint is itself logged, behind them
        self.assertEqual(len(log.read_text().splitlines()), signed + 1)
        key = self.station.folder / "audit.pub.pem"
        verify = ["audit", "verify", log, "--key", key, "--json"]
        done = call(*verify)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["rows"], signed + 1)
        self.assertEqual(json.loads(done.stdout)["checkpoint"]["size"], signed)
        whole = log.read_text()
        lines = whole.splitlines(keepends=True)
        for altered in ("".join(lines[:signed - 1]), "".join(lines[1:]), "".join(lines[:2] + lines[1:]), whole.replace('"', "'", 1)):
            log.write_text(altered)
            self.assertEqual(call(*verify).returncode, 1)
        log.write_text(whole)
        (self.station.folder / "audit.jsonl.checkpoint").unlink()
        self.assertEqual(call(*verify).returncode, 2, "without a checkpoint a cut would not be missed")

    def test_audit_verify_checks_this_stations_journal_with_the_signers_key(self):
        self.recorded("own-log", count=1)
        self.keystamp("batch", "close", "own-log")
        report = self.json("audit", "verify")
        self.assertTrue(report["verified"])
        self.assertGreaterEqual(report["rows"], report["checkpoint"]["size"])
        wrong = self.station.folder / "wrong.pem"
        subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", wrong], check=True)
        public = subprocess.run(["openssl", "pkey", "-in", wrong, "-pubout"], check=True, capture_output=True).stdout
        wrong.write_bytes(public)
        self.refused("records-altered", 1, "audit", "verify", "--key", wrong)

    def test_a_journal_that_was_set_back_is_found_by_the_signers_memory(self):
        with Station(fixtures=1, feed=9) as station:
            station.start_boards()
            station.create_batch("set-back", "sas", 2)
            station.end_signer()
            older = (station.folder / "data/journal.db").read_bytes()
            station.command("run", "set-back", "--scans", station.write_scans("set-back", 1))
            station.command("batch", "close", "set-back")
            station.end_signer()
            for path in station.folder.glob("data/journal.db*"):
                path.unlink()
            (station.folder / "data/journal.db").write_bytes(older)
            done = station.command("audit", "verify", "--json", check=False)
            self.assertEqual((done.returncode, json.loads(done.stdout)["error"]["code"]), (1, "records-altered"), done.stdout)
            done = station.command("preflight", "--json", check=False)
            self.assertEqual(done.returncode, 3)
            self.assertEqual([c["good"] for c in json.loads(done.stdout)["checks"] if c["name"] == "journal"], [False])

    def test_ca_show_names_both_slots(self):
        shown = self.json("ca", "show")
        self.assertTrue(shown["loggedIn"] and shown["demo"])
        self.assertEqual([s["slot"] for s in shown["slots"]], ["primary", "secondary"])
        for slot in shown["slots"]:
            self.assertTrue(slot["usable"] and slot["groupKey"])
            self.assertIn("BEGIN CERTIFICATE", slot["certificate"])
        self.assertIn("primary", self.keystamp("ca", "show").stdout)

    def test_ca_prove_signs_the_code_and_nothing_that_authenticates(self):
        out = self.station.folder / "proof.cer"
        code = "106A5SD242AF512B3498BD6098C4941E66R34H268DDB3288"
        ((proven,),) = self.station.ledger("select count(*) from act where act = 'ca-prove'")
        self.keystamp("ca", "prove", code, "--slot", "secondary", "--out", out)
        self.assertEqual(self.station.ledger("select supervisor, about from act where act = 'ca-prove'")[proven:], [("demo", code)])
        text = subprocess.run(["openssl", "x509", "-in", out, "-noout", "-text"], check=True, capture_output=True, text=True).stdout
        self.assertRegex(text, rf"Subject: .*CN ?= ?{code}")
        self.assertNotIn("TLS Web Client Authentication", text)
        issuer = self.station.folder / "ca/secondary.pem"
        subprocess.run(["openssl", "verify", "-partial_chain", "-CAfile", issuer, out], check=True, capture_output=True)

    def test_an_imported_group_key_derives_the_published_vector(self):
        self.refused("signer-refused", 3, "sas", "import", "--slot", "primary", stdin=KEY + "\n")
        self.keystamp("sas", "import", "--slot", "secondary", "--replace", stdin=KEY + "\n")
        device, key = VECTOR
        self.assertEqual(self.keystamp("sas", "derive", device.upper(), "--slot", "secondary").stdout.strip(), key)
        self.assertEqual(self.json("sas", "derive", device, "--slot", "secondary"), {"id": device, "slot": "secondary", "key": key})
        expected = base64.b64encode(hmac.new(base64.b64decode(KEY), b"other-1", hashlib.sha256).digest()).decode()
        self.assertEqual(self.keystamp("sas", "derive", "other-1", "--slot", "secondary").stdout.strip(), expected)
        rows = self.station.journal("select count(*) from audit where line like '%key-derived%'")
        self.assertGreaterEqual(rows[0][0], 3)

    def test_a_group_key_that_is_none_is_refused(self):
        for text in ("", "\n", "not base64!\n", base64.b64encode(b"x" * 15).decode(), base64.b64encode(b"x" * 65).decode()):
            done = self.keystamp("sas", "import", "--slot", "secondary", "--replace", code=2, stdin=text)
            self.assertNotIn(text.strip() or "\0", done.stderr)

    def test_usage_errors_exit_2_and_say_where_help_is(self):
        for words in ((), ("nonsense",), ("batch",), ("batch", "create"), ("run", "x"), ("ca", "prove", "x", "--slot", "third", "--out", "y"),
                      ("batch", "create", "x", "--mode", "imported", "--scope-id", "0ne00ABCDEF", "--pattern", "x-{seq}", "--count", "1")):
            done = self.keystamp(*words, code=2)
            self.assertIn("--help", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_help_has_examples_at_every_level_and_exits_0(self):
        def walk(words):
            done = self.keystamp(*words, "--help")
            self.assertRegex(done.stdout, r"(Examples|A shift):", words)
            block = re.search(r"^Subcommands:\n((?:  .*\n?)+)", done.stdout, re.M)
            for name in re.findall(r"^  (\S+)", block.group(1), re.M) if block else []:
                yield from walk([*words, name])
            yield " ".join(words)
        found = set(walk([]))
        self.assertLessEqual({"preflight", "run", "batch create", "batch close", "unit resolve", "manifest verify", "audit export",
                              "ca prove", "ca crl", "sas import", "sas derive", "unit rework", "unit scrap", "batch extend", "batch release",
                              "cloud register", "cloud connection-string", "board check", "board try"}, found)

    def test_a_missing_configuration_or_data_folder_says_what_to_do(self):
        done = call("--config", self.station.folder / "none.toml", "batch", "list")
        self.assertEqual(done.returncode, 2)
        self.assertIn("none.toml", done.stderr)
        other = self.station.folder / "no-data.toml"
        other.write_text(self.station.config.read_text().replace('data = "data"', 'data = "elsewhere"'))
        done = call("--config", other, "batch", "list")
        self.assertEqual(done.returncode, 2)
        self.assertIn("install -d", done.stderr)

    def test_only_one_run_at_a_time_and_it_is_named(self):
        self.batch("alone")
        read, write = os.pipe()
        first = subprocess.Popen([PROGRAM, "--config", str(self.station.config), "run", "alone", "--scans", "-"],
                                 stdin=read, stdout=subprocess.PIPE, text=True)
        os.close(read)
        os.write(write, b"F1,alone-1\n")
        self.assertIn("PASS", first.stdout.readline())  # it is at work now
        error = self.refused("journal-busy", 3, "run", "alone", "--scans", self.scans("a", "F1,alone-2"))
        self.assertIn(str(first.pid), error["detail"])
        self.assertTrue(self.json("batch", "list"), "others may look")
        self.assertTrue(self.json("preflight")["good"], "a line at work is no trouble")
        os.close(write)
        first.communicate(timeout=60)
        self.assertEqual(first.returncode, 0)


if __name__ == "__main__":
    assert shutil.which("openssl")
    unittest.main(verbosity=2)
