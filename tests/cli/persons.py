#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may be at the station: added and removed by a supervisor, by badge, and named by what they do."""

import json
import os
import unittest

from station_case import StationCase, Terminal


class PersonsCase(StationCase):
    def rows(self, kind):
        lines = self.station.journal("select line from audit where line like ?", f'%"kind":"{kind}"%')
        return [json.loads(line) for line, in lines]

    def names(self):
        return {person["name"]: person["role"] for person in self.json("person", "list")}


class AddedAndRemoved(PersonsCase):
    def test_a_supervisor_adds_and_removes_persons_and_nobody_else_does(self):
        add = ["person", "add", "erika", "--role", "operator"]
        wrong = self.keystamp(*add, "--auth-fd", "{fd}", code=2, fds=["not the passphrase\n"], stdin="BADGE-0001\n")
        self.assertIn("passphrase is wrong", wrong.stderr)
        self.assertEqual((self.names(), self.rows("person-add")), ({}, []))
        self.assertIn("asks for no badge", self.keystamp("person", "list").stdout)

        self.keystamp(*add, stdin="BADGE-0001\n")
        self.json("person", "add", "bert", "--role", "auditor", stdin="BADGE-0002")
        self.assertEqual(self.names(), {"erika": "operator", "bert": "auditor"})
        self.assertEqual(self.refused("person-exists", 2, *add, stdin="BADGE-0003\n")["detail"], "erika")
        self.assertIn("erika", self.refused("person-exists", 2, "person", "add", "carl", "--role", "operator", stdin="BADGE-0001\n")["detail"])
        self.refused("bad-usage", 2, "person", "add", "carl", "--role", "boss", stdin="BADGE-0003\n")
        self.refused("bad-usage", 2, "person", "add", "carl", "--role", "operator", stdin="abc\n")
        self.refused("bad-usage", 2, "person", "add", "carl", "--role", "operator", stdin="")
        self.refused("unknown-person", 2, "person", "remove", "carl")

        self.keystamp("person", "remove", "bert")
        self.assertEqual(self.names(), {"erika": "operator"})
        self.assertEqual([(r["person"], r["role"], r["who"]) for r in self.rows("person-add")],
                         [("erika", "operator", "demo"), ("bert", "auditor", "demo")])
        self.assertEqual([(r["person"], r["who"]) for r in self.rows("person-remove")], [("bert", "demo")])
        self.assertEqual(self.station.ledger("select supervisor, act, about from act where act like 'person-%' order by rowid"),
                         [("demo", "person-add", "erika, operator"), ("demo", "person-add", "bert, auditor"), ("demo", "person-remove", "bert")])
        # a badge is nowhere as it was scanned
        for folder, _, files in os.walk(self.station.folder):
            for file in files:
                path = os.path.join(folder, file)
                if os.path.isfile(path) and not file.endswith(".sock"):
                    with open(path, "rb") as content:
                        self.assertNotIn(b"BADGE-0001", content.read(), path)
        self.keystamp("preflight")


class AtWork(PersonsCase):
    def test_a_terminal_shows_nothing_of_a_badge(self):
        terminal = Terminal("--config", self.station.config, "person", "add", "Grete Z.", "--role", "operator")
        terminal.wait_for("badge of Grete Z.: ")
        terminal.enter("BADGE-0009")
        shown, code = terminal.end()
        self.assertEqual(code, 0, shown)
        self.assertNotIn("BADGE-0009", shown)
        self.assertIn("Grete Z.", self.names())
        self.keystamp("person", "remove", "Grete Z.")

    def test_a_run_carries_its_person(self):
        self.keystamp("person", "add", "otto", "--role", "operator", stdin="BADGE-0010\n")
        self.station.create_batch("named", "x509", 4)
        with self.nothing_issued():
            self.refused("unknown-person", 2, "run", "named", "--scans", self.scans("named.scans", "F1,n-1"), "--as", "nobody")
        self.json("run", "named", "--scans", self.scans("named.scans", "F1,n-1"), "--as", "otto")
        self.json("run", "named", "--scans", self.scans("named.scans", "F2,n-2"))
        of = lambda kind: [row.get("who") for row in self.rows(kind) if row["batch"] == "named"]
        self.assertEqual((of("issue"), of("record")), (["otto", None], ["otto", None]))
        self.assertEqual([job["who"] for job in self.json("unit", "show", "named-000001")["jobs"]], ["otto"])
        self.keystamp("batch", "close", "named")
        self.keystamp("audit", "verify")


if __name__ == "__main__":
    unittest.main(verbosity=2)
