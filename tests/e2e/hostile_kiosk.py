#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A kiosk in the wrong hands: a raw client of the signer's socket that replays, widens and breaks every kind of request. In the end
ledger and PKCS#11 shim show the few signatures that were granted and no other, from the worker that was there from the beginning."""

import base64
import collections
import fcntl
import hashlib
import json
import os
import struct
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cbor import Pairs, Raw, encode  # noqa: E402
from signer_line import Line  # noqa: E402
from station import BIN, Station  # noqa: E402

SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW
ROOT = hashlib.sha256(b"\0the first row").digest()  # of a log of one row (RFC 6962)
SCOPE = "test-line"


def memfd(content=b"", seals=SEALS, size=None):
    fd = os.memfd_create("hostile", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(fd, content)
    if size is not None:
        os.ftruncate(fd, size)
    if seals:
        fcntl.fcntl(fd, fcntl.F_ADD_SEALS, seals)
    return fd


class HostileKiosk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.station = Station(fixtures=1, log_signatures=True)
        cls.signer = subprocess.Popen([BIN / "keystamp-signer", "--config", cls.station.config], stderr=subprocess.DEVNULL)
        cls.path = cls.station.folder / "data" / "signer.sock"
        end = time.monotonic() + 30
        while not cls.listens():
            assert time.monotonic() < end, "no signer"
            time.sleep(0.02)
        cls.passphrase = (cls.station.folder / "supervisor.pass").read_text().strip().encode()
        with cls.line() as line:
            assert line.ask("hello", version=1)["state"] == "ready"
            cls.worker = line.ask("status")["worker"]
            # what a supervisor did allow
            for batch, mode, slot, cap in (("b1", "x509", "primary", 4), ("b2", "x509", "secondary", 2), ("s1", "sas", "primary", 2),
                                           ("f1", "x509", "primary", 1)):
                cls.must(line.ask("open-grant", [cls.passphrase], grant=cls.grant(batch, mode, slot, cap), supervisor="demo"))
            # and what a good kiosk had of it
            cls.csr = cls.new_csr("b1-0001")
            cls.serial = cls.must(line.ask("reserve", batch="b1", id="b1-0001", job="good"))["serial"]
            cls.intent = {"batch": "b1", "job": "good", "id": "b1-0001", "serial": cls.serial, "csr": cls.csr}
            cls.leaf = cls.must(line.ask("issue", **cls.intent))["certificate"]
            cls.key = cls.must(line.ask("derive", batch="s1", id="s1-0001", job="good"))["secrets"][0]
            # IoT Central's keys: one that a board is about to get, one that a board has, one that waits, beyond the cap of two
            cls.imported = {f"i1-000{n}": os.urandom(32) for n in (1, 2, 3)}
            cls.must(line.ask("open-grant", [cls.passphrase], supervisor="demo", grant=cls.grant(
                "i1", "imported", cap=2, pattern="", first=0, last=0, ids=list(cls.imported))))
            cls.must(line.ask("seal-keys", [cls.pack(*cls.imported.values())], batch="i1", ids=list(cls.imported)))
            for name in ("i1-0001", "i1-0002"):
                assert cls.must(line.ask("unseal", batch="i1", id=name, job="good"))["secrets"][0] == cls.imported[name]
            cls.must(line.ask("forget-keys", batch="i1", ids=["i1-0002"]))
            cls.head = {"origin": SCOPE, "size": 1, "root": ROOT, "proof": []}
            cls.must(line.ask("sign-checkpoint", **cls.head))
            cls.must(line.ask("sign-manifest", json=cls.manifest()))
        cls.good = cls.evidence()

    @classmethod
    def tearDownClass(cls):
        cls.signer.terminate()
        cls.signer.wait()
        cls.station.close()

    @classmethod
    def listens(cls):
        # the socket has its name a moment before anybody listens
        try:
            cls.line().close()
        except OSError:
            return False
        return True

    @classmethod
    def line(cls):
        return Line(cls.path)

    @staticmethod
    def must(answer):
        assert answer is not None and "error" not in answer, answer
        return answer

    @staticmethod
    def grant(batch, mode="x509", slot="primary", cap=4, **changes):
        return {"batch": batch, "mode": mode, "slot": slot, "cap": cap, "pattern": batch + "-{seq:04}", "first": 1, "last": 9, "ids": [],
                **changes}

    @staticmethod
    def pack(*keys):
        return b"".join(bytes([len(key)]) + key for key in keys)

    @staticmethod
    def manifest(batch="b1", origin=SCOPE, size=1, root=ROOT.hex()):
        return (f'{{"format":1,"batch":"{batch}","checkpoint":{{"origin":"{origin}","size":{size},"root":"{root}"}},'
                f'"files":{{"units.csv":"{"a" * 64}"}}}}').encode()

    @classmethod
    def new_csr(cls, name):
        key = cls.station.folder / "hostile.key"
        return subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                               "-subj", f"/CN={name}", "-outform", "DER"], check=True, capture_output=True).stdout

    @classmethod
    def evidence(cls):
        """What was really signed and kept: C_Sign by key in the shim's log, rows of the ledger."""
        lines = [line.split() for line in cls.station.signature_log.read_text().splitlines()]
        signed = collections.Counter(words[1] for words in lines if words[0] == "C_Sign")
        rows = cls.station.ledger
        return {
            "C_Sign": dict(signed),
            "C_Login": sum(words[0] == "C_Login" for words in lines),
            "objects": sum(words[0] in ("C_CreateObject", "C_DestroyObject", "C_GenerateKey", "C_GenerateKeyPair") for words in lines),
            "leaves": rows("select batch, id from serial where state <> 'reserved' order by batch, id"),
            "signatures": dict(rows("select purpose, count(*) from signature group by purpose")),
            "derivations": rows("select batch, id, count(*) from derivation group by batch, id"),
            "checkpoints": rows("select origin, size from checkpoint"),
            "grants": rows("select batch, mode, slot, cap from grant_ order by batch"),
            "acts": rows("select act, about from act where supervisor = 'demo' order by n"),
        }

    def setUp(self):
        self.before = self.evidence()

    def refused(self, answer, *codes):
        self.assertIsNotNone(answer, "hung up")
        self.assertIn("error", answer)
        if codes:
            self.assertIn(answer["error"]["code"], codes, answer)

    def nothing_was_signed(self):
        self.assertEqual(self.evidence(), self.before)

    # ---- replayed and widened

    def test_a_replay_gives_what_was_given_and_no_second_signature(self):
        with self.line() as line:
            for _ in range(3):
                self.assertEqual(line.ask("issue", **self.intent)["certificate"], self.leaf)
                self.assertEqual(line.ask("derive", batch="s1", id="s1-0001", job="good")["secrets"][0], self.key)
        before = {**self.before, "C_Sign": {**self.before["C_Sign"], "key=11": self.before["C_Sign"]["key=11"] + 3}}
        self.assertEqual(self.evidence(), before)

    def test_an_imported_key_is_opened_for_its_own_board_until_it_is_gone(self):
        with self.line() as line:
            for batch, name, code in (("i1", "i1-0002", "signer-refused"), ("i1", "i1-0003", "cap-reached"), ("i1", "i1-0004", "not-granted"),
                                      ("i2", "i1-0001", "not-granted"), ("s1", "i1-0001", "not-granted"), ("s1", "s1-0001", "not-granted")):
                self.refused(line.ask("unseal", batch=batch, id=name, job="hostile"), code)
            self.refused(line.ask("unseal", batch="i1", id="i1-0002", job="good"), "signer-refused")
            self.refused(line.ask("unseal", batch="i1", id="i1-0001", job="x" * 200), "bad-usage")
            self.refused(line.ask("derive", batch="i1", id="i1-0001", job="hostile"), "not-granted")
            key = self.pack(os.urandom(32))
            # what is there, or was, is not replaced; a key that is gone does not come back by its own value either
            for batch, name, code in (("i1", "i1-0001", "signer-refused"), ("i1", "i1-0002", "signer-refused"), ("i1", "i1-0009", "not-granted"),
                                      ("s1", "s1-0001", "not-granted"), ("i2", "i1-0001", "not-granted")):
                self.refused(line.ask("seal-keys", [key], batch=batch, ids=[name]), code)
            self.must(line.ask("seal-keys", [self.pack(self.imported["i1-0002"])], batch="i1", ids=["i1-0002"]))
            self.refused(line.ask("unseal", batch="i1", id="i1-0002", job="good"), "signer-refused")
            for ids, secrets in ((["i1-0003"], []), (["i1-0003"], [b""]), (["i1-0003"], [b"\xff" + b"k" * 32]), (["i1-0003"], [key + b"\x00"]),
                                 (["i1-0003", "i1-0001"], [key]), ([], [key]), (["i1-0003"] * 61, [key * 61]), (["I 3"], [key]),
                                 (["i1-0003"], [self.pack(b"k" * 15)]), (["i1-0003"], [self.pack(b"k" * 65)])):
                self.refused(line.ask("seal-keys", secrets, batch="i1", ids=ids))
            self.refused(line.ask("forget-keys", batch="s1", ids=["s1-0001"]), "not-granted")
            self.refused(line.ask("held-keys", batch="i9"), "not-granted")
            self.assertEqual(line.ask("held-keys", batch="i1")["ids"], ["i1-0001", "i1-0003"])
            self.assertEqual(self.must(line.ask("unseal", batch="i1", id="i1-0001", job="good"))["secrets"][0], self.imported["i1-0001"])
            self.refused(line.ask("open-grant", [self.passphrase], supervisor="demo", grant=self.grant("i3", "imported")), "bad-usage")
        self.nothing_was_signed()

    def test_a_leaf_outside_its_grant_is_refused(self):
        other = self.new_csr("b1-0001")
        with self.line() as line:
            for batch, name in (("b9", "b1-0002"), ("b1", "b1-0010"), ("b1", "b1-00002"), ("b1", "b2-0001"), ("s1", "s1-0001"), ("", "b1-0002")):
                self.refused(line.ask("reserve", batch=batch, id=name, job="x"), "not-granted")
            self.refused(line.ask("reserve", batch="b1", id="b1-0001", job="x"), "signer-refused")
            self.refused(line.ask("reserve", batch="b1", id="b1-0002", job="x" * 200), "bad-usage")
            for change in ({"batch": "b2"}, {"id": "b1-0002", "csr": self.new_csr("b1-0002")}, {"job": "other"}, {"csr": other},
                           {"serial": os.urandom(16)}, {"serial": b""}, {"serial": self.serial + b"\0"}):
                self.refused(line.ask("issue", **{**self.intent, **change}), "signer-refused", "not-granted", "csr-refused")
        self.nothing_was_signed()

    def test_b_serials_of_other_jobs_and_batches_fit_nothing_else(self):
        with self.line() as line:
            first = self.must(line.ask("reserve", batch="b2", id="b2-0001", job="one"))["serial"]
            good = {"batch": "b2", "id": "b2-0001", "job": "one", "serial": first, "csr": self.new_csr("b2-0001")}
            for change in ({"job": "two"}, {"batch": "b1"}, {"id": "b2-0002", "csr": self.new_csr("b2-0002")}, {"csr": self.csr},
                           {"csr": good["csr"][:-1]}, {"csr": good["csr"] + b"\0"}, {"csr": b""}, {"csr": b"\x30" * 9000},
                           {"csr": self.new_csr("b2-0002")}):
                self.refused(line.ask("issue", **{**good, **change}))
            self.must(line.ask("void-serial", serial=first))
            self.refused(line.ask("issue", **good), "signer-refused")
            self.refused(line.ask("void-serial", serial=os.urandom(16)), "signer-refused")
        self.nothing_was_signed()

    def test_c_voiding_cannot_widen_the_cap(self):
        # one of four leaves is gone; a kiosk that declares all of its leaves void has three more, whichever IDs it takes
        with self.line() as line:
            got = 0
            for n in range(8):
                name = f"b1-000{1 + n % 3}"
                for row in self.station.ledger("select serial from serial where id = ?", name):
                    self.must(line.ask("void-serial", serial=row[0]))
                reserved = line.ask("reserve", batch="b1", id=name, job=f"greedy {n}")
                if "error" in reserved:
                    self.refused(reserved, "cap-reached")
                    continue
                job = {"batch": "b1", "id": name, "job": f"greedy {n}", "serial": reserved["serial"], "csr": self.new_csr(name)}
                got += "certificate" in line.ask("issue", **job)
        self.assertEqual(got, 3)
        now = self.evidence()
        self.assertEqual(now["C_Sign"]["key=01"], self.before["C_Sign"]["key=01"] + 3)
        self.assertEqual(self.station.ledger("select count(*) from serial where batch = 'b1' and state = 'issued'")[0][0], 4)
        live = self.station.ledger("select id, count(*) from serial where state = 'issued' and void_at is null group by id having count(*) > 1")
        self.assertEqual(live, [])

    def test_serials_cannot_be_hoarded(self):
        with self.line() as line:
            answers = [line.ask("reserve", batch="f1", id=f"f1-000{1 + n % 9}", job="hoard") for n in range(70)]
        self.assertEqual(sum("serial" in answer for answer in answers), 65)
        self.refused(answers[-1], "cap-reached")
        self.nothing_was_signed()

    def test_keys_outside_their_grant_are_refused(self):
        with self.line() as line:
            for batch, name in (("s1", "s1-0010"), ("s9", "s1-0001"), ("b1", "b1-0001"), ("s1", "b1-0001")):
                self.refused(line.ask("derive", batch=batch, id=name, job="x"), "not-granted")
            self.refused(line.ask("derive", batch="s1", id="s1-0001", job=""), "bad-usage")
        self.nothing_was_signed()

    # ---- what takes a supervisor

    def test_d_nothing_of_a_supervisors_goes_without_the_passphrase(self):
        wide = {"grant": self.grant("b1", cap=400), "supervisor": "demo"}
        fresh = {"grant": self.grant("b7"), "supervisor": "demo"}
        derive = {"ids": ["s1-0005"], "slots": ["primary"], "supervisor": "demo"}
        bring = {"slot": "primary", "replace": True, "supervisor": "demo"}
        prove = {"code": "b1-0001", "slot": "primary", "supervisor": "demo"}  # an ID is a code, too
        key = os.urandom(32)
        with self.line() as line:
            # the right one, for other terms than were granted
            self.refused(line.ask("open-grant", [self.passphrase], **wide), "signer-refused")
            self.refused(line.ask("open-grant", [self.passphrase], grant=self.grant("b1", slot="secondary"), supervisor="demo"), "signer-refused")
            self.refused(line.ask("open-grant", [self.passphrase], grant=self.grant("b1", last=99), supervisor="demo"), "signer-refused")
            # none, as a field, in the wrong place
            for op, fields in (("open-grant", fresh), ("derive-for", derive), ("prove-ca", prove), ("import-group-key", bring),
                               ("import-wrapped-group-key", {**bring, "wrapped": os.urandom(256)})):
                self.refused(line.ask(op, **fields), "bad-usage")
                self.refused(line.ask(op, passphrase=self.passphrase, **fields), "bad-usage")
            self.refused(line.ask("import-group-key", [self.passphrase], **bring), "bad-usage", "passphrase-wrong")
            # another one who comes as if nobody were there yet
            self.refused(line.ask("enrol-first-supervisor", [b"long enough"], supervisor="mallory"), "supervisor-exists")
            self.refused(line.ask("enrol-first-supervisor", [b"another passphrase"], supervisor="demo"), "supervisor-exists")
            # the right one, for more at once than there may be
            for change in ({"ids": []}, {"ids": ["s1-0005"] * 501}, {"slots": []}, {"slots": ["primary"] * 3}, {"slots": ["third"]}):
                self.refused(line.ask("derive-for", [self.passphrase], **{**derive, **change}), "bad-usage")
            self.refused(line.ask("import-group-key", [self.passphrase, key], **bring))
            # wrong ones, of known and unknown people, until they are not looked at any more; then the right one waits too
            for who in ("nobody", "", "demo"):
                begun = time.monotonic()
                answers = [line.ask("open-grant", [b"a guess"], grant=self.grant("b7"), supervisor=who) for _ in range(6)]
                for answer in answers:
                    self.refused(answer, "passphrase-wrong")
                self.assertIn("is taken in", answers[-1]["error"]["detail"])
            again = line.ask("open-grant", [self.passphrase], grant=self.grant("b1"), supervisor="demo")
            if time.monotonic() - begun < 1.8:
                self.refused(again, "passphrase-wrong")
        self.nothing_was_signed()

    def test_d_guesses_from_all_sides_kill_no_worker(self):
        answers = []

        def guess(n):
            with self.line() as line:
                answers.append(line.ask("derive-for", [b"guess"], ids=["s1-0005"], slots=["primary"], supervisor=f"nobody {n}"))

        threads = [threading.Thread(target=guess, args=(n,)) for n in range(25)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(answers), 25)
        for answer in answers:
            self.refused(answer, "passphrase-wrong")
        self.nothing_was_signed()

    def test_a_wrong_pin_costs_no_login_where_somebody_is_logged_in(self):
        with self.line() as line:
            for pin in (b"000000", b"", b"\0" * 4000):
                line.ask("login", [pin])
            self.refused(line.ask("login"), "bad-usage")
        self.nothing_was_signed()

    # ---- signatures of the audit key, proofs

    def test_checkpoints_only_of_the_log_that_was_signed(self):
        root = os.urandom(32)
        with self.line() as line:
            for change in ({"origin": "line-2"}, {"origin": ""}, {"origin": "a\nb"}, {"origin": "x" * 300}, {"root": root}, {"root": b""},
                           {"size": 0}, {"size": 2, "root": root},
                           {"size": 5, "root": ROOT, "proof": [root]}, {"proof": [root]}, {"proof": [b""] * 5000},
                           {"size": 2 ** 63}):
                self.refused(line.ask("sign-checkpoint", **{**self.head, **change}), "records-altered", "bad-usage")
            self.refused(line.ask("sign-checkpoint", digest=root), "bad-usage")
        self.nothing_was_signed()

    def test_a_log_that_was_cut_is_signed_only_with_its_own_word_and_a_supervisors(self):
        last = {"size": 1, "root": base64.b64encode(ROOT).decode()}
        good = {"n": 1, "kind": "journal-reconcile", "checkpoint": last, "reason": "none", "who": "demo"}

        def ask(line, row, supervisor="demo", secret=self.passphrase, **change):
            text = row if isinstance(row, str) else json.dumps(row)
            head = {"origin": SCOPE, "size": 1, "root": hashlib.sha256(b"\0" + text.encode()).digest(), "line": text, "number": 1, "path": []}
            return line.ask("sign-set-back-log", [secret], **{**head, **change}, supervisor=supervisor)

        with self.line() as line:
            self.refused(ask(line, {**good, "who": "nobody"}, "nobody", b"guessed"), "passphrase-wrong")
            # with a passphrase that was overheard, too: the log must say what it hides
            for change in ({"n": 2}, {"kind": "void"}, {"reason": ""}, {"who": "nobody"}, {"checkpoint": {**last, "size": 0}},
                           {"checkpoint": {**last, "root": ""}}, {"checkpoint": None}, {"reason": 1}):
                self.refused(ask(line, {**good, **change}), "signer-refused")
            plain = json.dumps(good)
            for text in ("", "[]", plain + "\0", "\ufeff" + plain, plain[:-1] + ', "who": "demo"}', plain + plain):
                self.refused(ask(line, text), "signer-refused")
            for change in ({"root": ROOT}, {"number": 0}, {"number": 2}, {"size": 0}, {"size": 2}, {"path": [ROOT]}, {"size": 2 ** 63},
                           {"origin": "line-2"}):
                self.refused(ask(line, good, **change), "signer-refused", "records-altered", "bad-usage")
        self.nothing_was_signed()

    def test_manifests_only_of_granted_batches_and_the_last_checkpoint(self):
        good = self.manifest()
        twice = good.replace(b'"format":1,', b'"format":1,"format":1,')
        with self.line() as line:
            for json in (b"", b"\0" * 32, os.urandom(32), good + b"\0more", b"\xef\xbb\xbf" + good, twice, good + good, b"[" * 50000,
                         self.manifest(batch="b9"), self.manifest(batch=""), self.manifest(origin="line-2"), self.manifest(size=2),
                         self.manifest(root="00" * 32), good.replace(b"units.csv", b"../units.csv"), good[:-1]):
                self.refused(line.ask("sign-manifest", json=json), "signer-refused", "records-altered", "not-granted")
            self.refused(line.ask("sign-manifest", json=good.decode()), "bad-usage")
        self.nothing_was_signed()

    def test_no_proof_for_what_is_no_code(self):
        with self.line() as line:
            for code in ("", "x" * 65, "a\nb", "a\0b", "é", "a,CN=b1-0001\r"):
                self.refused(line.ask("prove-ca", [self.passphrase], code=code, slot="primary", supervisor="demo"), "bad-usage")
            for slot in ("", "third", "root"):
                self.refused(line.ask("prove-ca", [self.passphrase], code="0123456789ABCDEF", slot=slot, supervisor="demo"))
            for op in ("sign", "sign-digest", "", "ISSUE", "x" * 60000):
                self.refused(line.ask(op, digest=os.urandom(32)), "bad-usage")
        self.nothing_was_signed()

    # ---- malformed

    REQUESTS = {
        "enrol-first-supervisor": {"supervisor": "x"},
        "open-grant": {"grant": grant.__func__("b8"), "supervisor": "x"},
        "reserve": {"batch": "b1", "id": "b1-0009", "job": "x"},
        "issue": {"batch": "b1", "id": "b1-0009", "job": "x", "serial": b"\x41", "csr": b"\x30"},
        "void-serial": {"serial": b"\x41"},
        "serial-record": {"serial": b"\x41"},
        "derive": {"batch": "s1", "id": "s1-0009", "job": "x"},
        "derive-for": {"ids": ["s1-0009"], "slots": ["primary"], "supervisor": "x"},
        "prove-ca": {"code": "0123", "slot": "primary", "supervisor": "x"},
        "import-group-key": {"slot": "primary", "replace": True, "supervisor": "x"},
        "sign-checkpoint": {"origin": "o", "size": 1, "root": b"\0" * 32, "proof": [b"\0" * 32]},
        "sign-set-back-log": {"origin": "o", "size": 1, "root": b"\0" * 32, "line": "{}", "number": 1, "path": [], "supervisor": "x"},
        "sign-manifest": {"json": b"{}"},
        "counts": {"batch": "b1"},
    }

    def test_a_field_that_is_missing_or_of_another_kind_is_refused(self):
        odd = (None, True, -1, 2 ** 64 - 1, 1.5, b"\0", "", "\0", [], [[1]], {}, {"a": b"b"})
        with self.line() as line:
            for op, fields in self.REQUESTS.items():
                for field in fields:
                    rest = {name: value for name, value in fields.items() if name != field}
                    self.refused(line.ask(op, **rest))
                    for value in odd:
                        if type(value) is not type(fields[field]):
                            self.refused(line.ask(op, **rest, **{field: value}))
        self.nothing_was_signed()

    def hung_up_on(self, frame, descriptors=(), more=()):
        """Sent to a connection of its own; it must be refused and closed."""
        with self.line() as line:
            try:
                line.send(frame, descriptors)
                for another in more:
                    line.send(another)
            except OSError:
                return  # larger than a socket takes
            answer = line.answer()
            if answer is not None:
                self.refused(answer, "bad-usage")

    def test_cut_doubled_and_swollen_messages_are_refused(self):
        whole = encode({"op": "issue", **self.intent})
        for length in range(0, len(whole) - 1, 7):
            self.hung_up_on(whole[:length] or b"\xff")
        fields = {"batch": "b2", "id": "b2-0001", "job": "twice"}
        for name, value in {"op": "reserve", **fields}.items():
            self.hung_up_on(encode(Pairs([("op", "reserve"), *fields.items(), (name, value)])))
        deep = encode({"op": "counts", "batch": Raw(b"\x81" * 5000 + b"\x00")})
        long_number = Raw(b"\x1b" + b"\0" * 7 + b"\x01")
        for frame in (deep, b"\xa1" * 60000, b"\x9b" + b"\xff" * 8, b"\xbf\x62op\x66status\xff", b"\xc1\xa1\x62op\x66status", b"\x00", b"\xf6",
                      encode(["op", "status"]), encode({"op": "status"}) + b"\0", encode({"op": "status", "n": long_number}),
                      b"\xa1\x00\x00", os.urandom(1000), os.urandom(65536), b"\xa1\x62op\x7a\xff\xff\xff\xff", b"a" * 66000, b"a" * 200000):
            self.hung_up_on(frame)
        for count in (1, 2, 3, 2 ** 63, -1, "1", None, [1]):
            self.hung_up_on(encode({"op": "login", "secrets": count}), more=[b"no tag"] * 2)
        self.hung_up_on(encode({"op": "login", "secrets": 1}), more=[b"S" + b"x" * 5000])
        self.hung_up_on(encode({"op": "login", "secrets": 1}))  # it never comes
        self.nothing_was_signed()

    def test_descriptors_that_are_no_sealed_memfd_are_refused(self):
        body = encode({"op": "counts", "batch": "b1"})
        said = encode({"memfd": len(body)})
        pipe = os.pipe()
        zero = os.open("/dev/zero", os.O_RDONLY)
        file = os.open(self.station.config, os.O_RDONLY)
        tricks = {
            "unsealed": (said, [memfd(body, 0)]),
            "half sealed": (said, [memfd(body, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK)]),
            "a lying size": (encode({"memfd": len(body) + 1}), [memfd(body)]),
            "no size": (encode({"memfd": None}), [memfd(body)]),
            "a pipe": (said, [pipe[0]]),
            "a device": (said, [zero]),
            "a file": (encode({"memfd": os.fstat(file).st_size}), [file]),
            "none": (said, []),
            "two": (said, [memfd(body), memfd(body)]),
            "many": (said, [zero] * 40),
            "empty": (encode({"memfd": 0}), [memfd(b"")]),
            "huge": (encode({"memfd": 1 << 40}), [memfd(b"", SEALS, 1 << 40)]),
            "just too large": (encode({"memfd": (16 << 20) + 1}), [memfd(b"", SEALS, (16 << 20) + 1)]),
            "zeros": (encode({"memfd": 1 << 20}), [memfd(b"", SEALS, 1 << 20)]),
            "another one inside": (encode({"memfd": len(said)}), [memfd(said)]),
        }
        many = encode({"op": "counts", "batch": Raw(b"\x9a" + struct.pack(">I", 4 << 20) + b"\0" * (4 << 20))})
        tricks["many items"] = (encode({"memfd": len(many)}), [memfd(many)])
        for name, (frame, descriptors) in tricks.items():
            with self.subTest(name):
                self.hung_up_on(frame, descriptors)
        # one that comes with an ordinary request is closed, whatever it is
        before = len(os.listdir(f"/proc/{self.worker}/fd")) if os.geteuid() == 0 else None
        with self.line() as line:
            for _ in range(50):
                line.send(encode({"op": "signatures"}), [zero])
                self.must(line.answer())
            if before is not None:
                self.assertLessEqual(len(os.listdir(f"/proc/{self.worker}/fd")), before + 2)
        self.nothing_was_signed()

    # ---- who may speak, and how much of it

    def test_another_user_is_turned_away(self):
        if os.geteuid() != 0:
            self.skipTest("only root can become another user")
        os.chmod(self.path, 0o777)
        for folder in (self.station.folder, self.path.parent):
            os.chmod(folder, 0o755)
        child = os.fork()
        if child == 0:
            os.setgid(65534)
            os.setuid(65534)
            try:
                os._exit(1 if Line(self.path).ask("status") else 0)
            except ConnectionError:
                os._exit(0)
            except BaseException:
                os._exit(9)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0, "1: it was answered")

    def hold(self, count):
        mine = [self.line() for _ in range(count)]
        for line in mine[::2]:
            try:
                line.send(encode({"op": "login", "secrets": 1}))  # half of a message, and then silence
            except OSError:
                pass
        self.held = mine

    def test_one_that_holds_all_connections_keeps_nobody_out(self):
        held = [self.line() for _ in range(60)]
        for line in held:
            try:
                line.send(encode({"op": "status"}))
            except OSError:
                pass
        served = sum(line.answer() is not None for line in held)
        self.assertTrue(20 < served <= 32, served)
        children = []
        for _ in range(6):
            ready, child = os.pipe(), os.fork()
            if child == 0:
                try:
                    self.hold(30)
                finally:
                    os.write(ready[1], b"1")
                    time.sleep(60)
                    os._exit(0)
            os.read(ready[0], 1)
            children.append(child)
        try:
            shown = self.station.command("ca", "show", "--json")
            self.assertIn('"ready"', shown.stdout)
        finally:
            for child in children:
                os.kill(child, 9)
                os.waitpid(child, 0)
            for line in held:
                line.close()

    # ---- and after all that

    def test_z_the_signer_still_serves_a_good_kiosk_and_has_signed_nothing_else(self):
        with self.line() as line:
            self.assertEqual(line.ask("status")["worker"], self.worker, "the worker was lost on the way")
            serial = self.must(line.ask("reserve", batch="b2", id="b2-0005", job="good"))["serial"]
            csr = self.new_csr("b2-0005")
            self.must(line.ask("issue", batch="b2", id="b2-0005", job="good", serial=serial, csr=csr))
            self.must(line.ask("derive", batch="s1", id="s1-0002", job="good"))
            self.refused(line.ask("derive", batch="s1", id="s1-0003", job="x"), "cap-reached")
        now = self.evidence()
        self.assertEqual(now["grants"], self.good["grants"])
        self.assertEqual(now["acts"], self.good["acts"])
        self.assertEqual(now["checkpoints"], self.good["checkpoints"])
        self.assertEqual(now["objects"], self.good["objects"])
        self.assertEqual(now["C_Login"], self.good["C_Login"])
        self.assertEqual(now["signatures"], {**self.good["signatures"], "leaf": 5})
        self.assertEqual(now["C_Sign"]["key=01"] - self.good["C_Sign"]["key=01"], 3)
        self.assertEqual(now["C_Sign"]["key=02"] - self.good["C_Sign"].get("key=02", 0), 1)
        self.assertEqual(now["C_Sign"]["key=21"], self.good["C_Sign"]["key=21"])
        self.assertEqual(now["derivations"], [("i1", "i1-0001", 1), ("i1", "i1-0002", 1), ("s1", "s1-0001", 1), ("s1", "s1-0002", 1)])


if __name__ == "__main__":
    unittest.main(verbosity=2)
