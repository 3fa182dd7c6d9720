#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is proven without the journal, and what keeps the journal: proofs, checkpoints, backups, a copy put back, the clock."""

import json
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


if __name__ == "__main__":
    unittest.main()
