#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is proven without the journal, and what keeps the journal: proofs, checkpoints, backups, a copy put back, the clock."""

import fcntl
import hashlib
import json
import sqlite3
import subprocess
import unittest

from station_case import Station, StationCase, call


class Provable(StationCase):
    options = {"fixtures": 1, "feed": 100}

    def recorded(self, name, count=2):
        self.station.create_batch(name, "sas", count)
        return self.json("run", name, "--scans", self.station.write_scans(name, count))

    def size(self):
        return self.station.journal("select max(number) from audit")[0][0]

    def test_a_run_ends_under_a_signed_checkpoint(self):
        run = self.recorded("shift")
        signed = self.station.journal("select size from checkpoint order by number desc limit 1")[0][0]
        self.assertEqual(run["checkpoint"], signed)
        self.assertEqual(signed, self.size() - 1, "only the checkpoint's own row is behind it")

    def test_a_checkpoint_is_signed_at_any_time_and_stock_openssl_verifies_it(self):
        self.recorded("now", 1)
        text = self.keystamp("audit", "checkpoint").stdout
        lines = text.splitlines(keepends=True)
        self.assertEqual((lines[0], int(lines[1])), ("test-line\n", self.size() - 1))
        folder = self.station.folder
        (folder / "head").write_text("".join(lines[:3]))
        signature = subprocess.run(["base64", "-d"], input=lines[4].split()[-1].encode(), check=True, capture_output=True).stdout
        (folder / "head.sig").write_bytes(signature)
        subprocess.run(["openssl", "dgst", "-sha256", "-verify", folder / "audit.pub.pem", "-signature", folder / "head.sig", folder / "head"],
                       check=True, capture_output=True)
        kept = folder / "kept.checkpoint"
        kept.write_text(text)
        self.recorded("after", 1)
        self.keystamp("audit", "export", "--out", folder / "log.jsonl")
        self.assertEqual(call("audit", "verify", folder / "log.jsonl", "--key", folder / "audit.pub.pem", "--checkpoint", kept).returncode, 0)
        self.assertEqual(self.json("audit", "checkpoint")["size"], self.size() - 1)

    def test_a_units_rows_are_proven_on_another_machine_with_the_key_alone(self):
        self.recorded("proven")
        folder = self.station.folder
        proof = folder / "proof.json"
        made = self.json("audit", "prove", "PROVEN-000001", "--out", proof)
        self.assertEqual([row["kind"] for row in made["rows"]], ["issue", "record"])
        size = self.size()
        self.keystamp("audit", "prove", "proven-000002", "--out", folder / "other.json")
        self.assertEqual(self.size(), size, "the run's own checkpoint reaches to both")
        verify = ["audit", "verify", "--proof", proof, "--key", folder / "audit.pub.pem", "--json"]
        done = call(*verify)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["id"], "proven-000001")
        whole = proof.read_text()
        for changed in (whole.replace("record", "recorb", 1), whole[:-3], (folder / "other.json").read_text().replace("000002", "000001")):
            proof.write_text(changed)
            done = call(*verify)
            self.assertEqual((done.returncode, json.loads(done.stdout)["error"]["code"]), (1, "records-altered"), done.stdout)
        self.refused("unknown-unit", 2, "audit", "prove", "never-1")
        self.refused("bad-usage", 2, "audit", "verify", folder / "log", "--proof", proof)

    def test_a_proof_of_rows_that_no_checkpoint_reaches_signs_one_first(self):
        self.recorded("young", 1)
        self.keystamp("sas", "derive", "young-000001", "--slot", "primary")  # an audit row about it, behind the run's checkpoint
        made = self.json("audit", "prove", "young-000001", "--out", self.station.folder / "young.json")
        self.assertEqual(len(made["rows"]), 3)
        self.assertEqual(made["checkpoint"]["size"], self.size() - 1)

    def test_a_backup_of_a_journal_in_use_is_one_whole_file_and_an_older_one_is_replaced(self):
        self.recorded("copied")
        out = self.station.folder / "copy.db"
        for _ in range(2):
            made = self.json("journal", "backup", "--out", out)
            self.assertEqual(made["rows"], self.size())
            self.assertEqual([path.name for path in self.station.folder.glob("copy.db*")], ["copy.db"])
            self.recorded(f"more-{made['rows']}", 1)
        done = subprocess.run(["sqlite3", out, "pragma integrity_check; select count(*) from unit"], check=True, capture_output=True, text=True)
        self.assertEqual(done.stdout.split(), ["ok", str(made["units"])])
        self.refused("bad-usage", 2, "journal", "backup", "--out", self.station.folder / "data/journal.db")
        self.refused("io-fault", 3, "journal", "backup", "--out", "/proc/nowhere/copy.db")

    def test_journal_check_says_what_it_found(self):
        report = self.json("journal", "check")
        self.assertTrue(report["good"])
        self.assertEqual([c["name"] for c in report["checks"]], ["journal", "ledger", "clock"])
        self.assertIn(f"{self.size()} audit rows", report["checks"][0]["detail"])
        self.assertIn("The journal is whole", self.keystamp("journal", "check").stdout)

    def append_row(self, station, time):
        """An audit row of that time, as a clock gone wrong once may have left it."""
        db = sqlite3.connect(station.folder / "data/journal.db")
        number, line = db.execute("select number, line from audit order by number desc limit 1").fetchone()
        previous = hashlib.sha256(line.encode()).hexdigest()
        db.execute("insert into audit values(?, ?)",
                   (number + 1, f'{{"n":{number + 1},"time":"{time}","kind":"x","prev":"{previous}"}}'))
        db.commit()
        db.close()

    def test_a_clock_that_does_not_fit_stops_issuing_until_a_supervisor_says_that_it_is_right(self):
        with Station(fixtures=1, feed=9) as station:
            station.start_boards()
            station.create_batch("late", "sas", 2)
            self.append_row(station, "2199-01-01T00:00:00.000Z")
            run = ["run", "late", "--scans", station.write_scans("late", 2), "--json"]
            done = station.command(*run, check=False)
            self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
            units = json.loads(done.stdout)["units"]
            self.assertEqual({unit["error"]["code"] for unit in units}, {"clock-wrong"})
            self.assertIn("rebase-clock", units[0]["error"]["next"])
            self.assertEqual(station.journal("select count(*) from unit")[0][0], 0)
            bad = [c["name"] for c in json.loads(station.command("journal", "check", "--json", check=False).stdout)["checks"] if not c["good"]]
            self.assertEqual(bad, ["clock"])
            rebase = ["--config", station.config, "journal", "rebase-clock", "--reason", "the battery was changed", "--json"]
            wrong = call(*rebase, "--auth-fd", "{fd}", fds=["no passphrase"])
            self.assertEqual((wrong.returncode, json.loads(wrong.stdout)["error"]["code"]), (2, "passphrase-wrong"))
            self.assertEqual(call(*rebase).returncode, 0)
            self.assertEqual(call(*rebase).returncode, 2, "now it fits")
            self.assertEqual(json.loads(station.command(*run).stdout)["summary"]["recorded"], 2)
            station.command("journal", "check")
            station.command("audit", "verify")
            self.assertEqual(station.ledger("select count(*) from act where act = 'journal-rebase-clock'")[0][0], 1)
            self.assertEqual(station.journal("select count(*) from audit where line like '%\"kind\":\"clock-rebase\"%battery%demo%'")[0][0], 1)


class Restored(unittest.TestCase):
    """A copy is put back over a journal that was lost, damaged or is still whole."""

    def restore(self, copy, *words, **options):
        done = call("--config", self.station.config, "journal", "restore", copy, "--json", *words, **options)
        return done.returncode, json.loads(done.stdout or "{}")

    def setUp(self):
        self.station = Station(fixtures=1, feed=20)
        self.addCleanup(self.station.close)
        self.station.start_boards()
        self.station.create_batch("kept", "x509", 4)
        self.station.command("run", "kept", "--scans", self.station.write_scans("kept", 2))
        self.copy = self.station.folder / "copy.db"
        self.station.command("journal", "backup", "--out", self.copy)
        self.journal = self.station.folder / "data/journal.db"

    def lose(self):
        for path in self.station.folder.glob("data/journal.db*"):
            path.unlink()

    def beside(self):
        return sorted(path for path in self.station.folder.glob("data/journal.db.*"))

    def test_the_newest_copy_brings_a_lost_journal_back_and_the_line_goes_on(self):
        self.lose()
        code, told = self.restore(self.copy)
        self.assertEqual((code, told["units"], told["kept"]), (0, 2, None), told)
        self.station.command("run", "kept", "--scans", self.station.write_scans("kept", 2, start=2))
        self.station.command("batch", "close", "kept")
        self.assertEqual(self.station.journal("select count(*) from audit where line like '%\"kind\":\"journal-restore\"%'")[0][0], 1)
        self.assertEqual(self.station.ledger("select count(*) from act where act = 'journal-restore'")[0][0], 1)

    def test_a_damaged_journal_is_kept_beside_under_a_dated_name(self):
        whole = self.journal.read_bytes()
        damaged = whole[:8192] + b"\xff" * 40960 + whole[49152:]
        self.journal.write_bytes(damaged)
        code, told = self.restore(self.copy)
        self.assertEqual(code, 0, told)
        self.assertEqual([str(path) for path in self.beside()], [told["kept"]])
        self.assertRegex(told["kept"], r"journal\.db\.before-\d{8}T\d{6}Z$")
        self.station.command("journal", "check")

    def test_an_older_copy_is_put_back_and_nothing_is_issued_on_it(self):
        self.station.command("run", "kept", "--scans", self.station.write_scans("kept", 2, start=2))
        signed = self.station.journal("select max(size) from checkpoint")[0][0]
        held = self.station.journal("select max(number) from audit")[0][0]
        self.lose()
        code, told = self.restore(self.copy)
        self.assertEqual((code, told["error"]["code"]), (1, "records-altered"), told)
        rows = self.station.journal("select max(number) from audit")[0][0]
        self.assertLess(rows, held)
        self.assertIn(f"signed {signed} audit rows, it has {rows}", told["error"]["detail"])
        serials = self.station.ledger("select count(*) from serial")
        done = self.station.command("run", "kept", "--scans", self.station.write_scans("kept", 1, start=5), "--json", check=False)
        self.assertEqual((done.returncode, json.loads(done.stdout)["error"]["code"]), (1, "records-altered"), done.stdout)
        self.assertIn("rows are missing", done.stderr)
        self.assertEqual(self.station.ledger("select count(*) from serial"), serials)
        self.assertEqual(self.station.command("journal", "check", check=False).returncode, 3)
        # a newer copy would be let in over it: it is not one that has all
        self.assertEqual(self.restore(self.copy)[0], 1)

    def test_what_needs_no_restoring_or_is_no_copy_changes_nothing(self):
        before = self.journal.read_bytes()
        garbage = self.station.folder / "garbage.db"
        garbage.write_bytes(b"SQLite format 3\0" + bytes(5000))
        empty = self.station.folder / "empty.db"
        empty.write_bytes(b"")
        cut = self.station.folder / "cut.db"
        cut.write_bytes(self.copy.read_bytes()[:-8192])
        altered = self.station.folder / "altered.db"
        altered.write_bytes(self.copy.read_bytes().replace(b'"fixture":"F1"', b'"fixture":"F2"', 1))
        for copy, exit_code in ((self.copy, 2), (empty, 2), (self.station.folder / "none.db", 2), (garbage, 3), (cut, 3), (altered, 1)):
            code, told = self.restore(copy)
            self.assertEqual(code, exit_code, (copy, told))
        self.assertEqual(self.journal.read_bytes(), before)
        self.assertEqual(self.beside(), [])

    def test_a_wrong_passphrase_or_a_run_changes_nothing(self):
        self.lose()
        code, told = self.restore(self.copy, "--auth-fd", "{fd}", fds=["no passphrase"])
        self.assertEqual((code, told["error"]["code"]), (2, "passphrase-wrong"))
        self.assertFalse(self.journal.exists())
        with open(self.station.folder / "data/run.lock", "a+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            code, told = self.restore(self.copy)
            self.assertEqual((code, told["error"]["code"]), (3, "journal-busy"))
        self.assertFalse(self.journal.exists())
        other = sqlite3.connect(self.copy)
        self.assertEqual(other.execute("select count(*) from unit").fetchone(), (2,), "the copy is only read")
        other.close()


if __name__ == "__main__":
    unittest.main()
