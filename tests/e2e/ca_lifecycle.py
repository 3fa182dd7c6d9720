#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A factory's CAs and group keys from an empty token on: request, a root of stock OpenSSL, install, roll, renewal, group keys in
halves. The token is no demo's: PIN and passphrases come by descriptor, the signer runs by itself."""

import base64
import collections
import hashlib
import hmac
import json
import os
import pathlib
import re
import secrets
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from station_case import BIN, Station, call  # noqa: E402
from station import LIB, SOFTHSM  # noqa: E402

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PIN = "271828"
PEOPLE = {"anna": "anna's passphrase", "bert": "bert's passphrase"}
CODE = "106A5SD242AF512B3498BD6098C4941E66R34H268DDB3288"
CA_EXTENSIONS = "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"


def openssl(*words, check=True, **options):
    return subprocess.run(["openssl", *map(str, words)], check=check, capture_output=True, **options)


class Factory(Station):
    """A station with a token of its own PIN, two supervisors, and a signer as systemd would run it."""

    signer = None
    slots = {"primary": ("01", "ca/primary.pem", "11"), "secondary": ("02", "ca/secondary.pem", "12")}

    def _write_config(self, log_signatures):
        environment = {"SOFTHSM2_CONF": self.folder / "softhsm2.conf", "KEYSTAMP_PKCS11_LOG_MODULE": SOFTHSM,
                       "KEYSTAMP_PKCS11_LOG": self.signature_log}
        text = f"""
[station]
name = "line-1"
data = "data"
[signer]
start = false
module = "{next(LIB.glob("*pkcs11*log*.so"))}"
token_label = "line-1"
environment = {{ {", ".join(f'{name} = "{value}"' for name, value in environment.items())} }}
root = "ca/root.pem"
wrapping_key = "31"
[signer.audit]
key = "21"
[profile]
validity_days = 3650
backdate_hours = 12
organisation = "Acme"
eku = ["clientAuth", "serverAuth"]
key = ["P-256", "RSA-3072"]
[supervisor]
name = "anna"
"""
        for slot, (key, certificate, group) in self.slots.items():
            text += f'[signer.{slot}]\nca_key = "{key}"\nca_cert = "{certificate}"\ngroup_key = "{group}"\n'
        for n, link in enumerate(self.links):
            text += f'[[fixture]]\nname = "F{n + 1}"\nlink = "{link}"\n'
        self.config.write_text(text)

    def _make_token(self):
        for folder in ("tokens", "data", "ca"):
            (self.folder / folder).mkdir()
        conf = self.folder / "softhsm2.conf"
        conf.write_text(f"directories.tokendir = {self.folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
        env = {**os.environ, "SOFTHSM2_CONF": str(conf)}
        self.call(["softhsm2-util", "--init-token", "--free", "--label", "line-1", "--so-pin", PIN, "--pin", PIN], env=env)
        self.call(["pkcs11-tool", "--module", SOFTHSM, "--token-label", "line-1", "--login", "--pin", PIN, "--keypairgen", "--key-type",
                   "EC:prime256v1", "--id", "21", "--label", "audit"], env=env)
        pair = re.search(r"^(pkcs11-tool .*--usage-wrap)$", (SOURCE / "docs/hsm.md").read_text(), re.M).group(1)
        self.call(["sh", "-c", self.in_its_token(pair) + " --pin " + PIN], env=env)
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-nodes", "-keyout", self.folder / "root.key",
                "-out", self.folder / "ca/root.pem", "-subj", "/CN=Acme root", "-days", "9000",
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        for name, passphrase in PEOPLE.items():
            self.call([BIN / "keystamp-signer", "add-supervisor", name, "--config", self.config], input=passphrase + "\n")

    def in_its_token(self, line):
        """A documented line, for this token."""
        return line.replace("MODULE", SOFTHSM).replace("LABEL", "line-1")

    def start_signer(self):
        read, write = os.pipe()
        os.write(write, PIN.encode() + b"\n")
        os.close(write)
        log = (self.folder / "signer.log").open("a")
        self.signer = subprocess.Popen([str(BIN / "keystamp-signer"), "--config", str(self.config), "--pin-fd", str(read)],
                                       pass_fds=[read], stderr=log)
        os.close(read)
        log.close()

    def stop_signer(self):
        if self.signer:
            self.signer.terminate()
            self.signer.wait()
            self.signer = None

    def close(self):
        self.stop_signer()
        super().close()

    def give_slot(self, slot, key, certificate):
        """Another key and file for a slot, as an engineer writes them into the configuration."""
        self.slots = {**self.slots, slot: (key, certificate, self.slots[slot][2])}
        self._write_config(True)
        self.stop_signer()
        self.start_signer()

    def certify(self, csr, days=5000, extensions=CA_EXTENSIONS, root=None):
        """What the root's keeper does, with stock OpenSSL."""
        root = root or self.folder / "ca/root.pem"
        file = self.folder / "extensions.cnf"
        file.write_text(extensions)
        out = csr.with_suffix(".pem")
        openssl("x509", "-req", "-in", csr, "-CA", root, "-CAkey", self.folder / "root.key", "-set_serial", str(secrets.randbits(64)), "-days", days,
                "-extfile", file, "-out", out, "-sha256")
        return out


class CaLifecycle(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.station = Factory(fixtures=2, feed=500)
        cls.addClassCleanup(cls.station.close)
        cls.station.start_boards()
        cls.station.start_signer()
        cls.folder = cls.station.folder

    def keystamp(self, *words, code=0, by=None, stdin=None, passphrase=None):
        fds = []
        if by:
            words = (*words, "--as", by, "--auth-fd", "{fd}")
            fds.append((passphrase or PEOPLE[by]) + "\n")
        done = call("--config", self.station.config, *words, "--json", stdin=stdin, fds=fds)
        self.assertEqual(done.returncode, code, f"keystamp {words}\n{done.stdout}\n{done.stderr}")
        return json.loads(done.stdout)

    def refused(self, reason, code, says, *words, **options):
        error = self.keystamp(*words, code=code, **options)["error"]
        self.assertEqual(error["code"], reason, error)
        self.assertIn(says, error["detail"])
        self.assertTrue(error["next"])

    def slot(self, name):
        return next(s for s in self.keystamp("ca", "show")["slots"] if s["slot"] == name)

    def check(self, name, code=0):
        return next(c for c in self.keystamp("preflight", code=code)["checks"] if c["name"] == name)

    def create(self, name, *words, code=0, mode="x509"):
        return self.keystamp("batch", "create", name, "--mode", mode, "--scope-id", "0ne00TEST01", "--pattern", name + "-{seq:03}", "--count", "9",
                             *words, by="anna", code=code)

    def run_units(self, batch, *serials):
        scans = self.folder / f"{batch}.scans"
        scans.write_text("".join(f"F{n % 2 + 1},{serial}\n" for n, serial in enumerate(serials)))
        return [u["id"] for u in self.keystamp("run", batch, "--scans", scans)["units"]]

    def verify_leaf(self, device, ca):
        """Stock OpenSSL takes the recorded leaf below this CA, which alone issued it."""
        unit = self.keystamp("unit", "show", device)["units"][0]
        leaf = self.folder / "leaf.der"
        leaf.write_bytes(base64.b64decode(unit["certificate"]))
        openssl("verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", self.folder / "ca/root.pem", "-untrusted", ca, leaf)
        return unit

    def request(self, slot, *words):
        csr = self.folder / f"{slot}-{secrets.token_hex(4)}.csr"
        made = self.keystamp("ca", "request", "--slot", slot, "--out", csr, *words, by="anna")
        text = openssl("req", "-in", csr, "-verify", "-noout", "-text").stdout.decode()
        self.assertIn("CA:TRUE, pathlen:0", text)
        self.assertIn("Certificate Sign, CRL Sign", text)
        return csr, made

    def test_from_an_empty_token_to_a_renewed_ca(self):
        self.an_empty_token_issues_nothing()
        first_ca = self.a_root_makes_it_a_ca()
        keys = self.group_keys_come_in_halves()
        self.a_group_key_comes_wrapped(keys["primary"])
        self.preflight_shows_what_every_leaf_gets()
        self.an_idle_slot_that_waits_is_no_fault()
        self.create("first")
        self.verify_leaf(self.run_units("first", "sn-1", "sn-2")[0], first_ca)
        second_ca = self.the_other_slot_is_rolled_to()
        self.what_was_begun_goes_on_and_what_is_new_is_on_the_new_slot(first_ca, second_ca, keys)
        self.each_slot_proves_itself(first_ca, second_ca)
        self.a_new_key_beside_the_live_one(first_ca, second_ca)
        self.a_ca_that_ends_is_told_of()
        self.nothing_was_signed_that_the_ledger_does_not_know()

    def an_empty_token_issues_nothing(self):
        shown = self.keystamp("ca", "show")
        self.assertEqual(shown["active"], "primary")
        self.assertFalse(shown["demo"])
        self.assertIn("ca request --slot primary", self.slot("primary")["next"])
        self.assertFalse(self.check("primary CA", code=3)["good"])
        self.create("never", code=3)
        self.refused("signer-refused", 3, "primary.pem", "ca", "prove", CODE, "--slot", "primary", "--out", self.folder / "no.cer", by="anna")
        self.refused("signer-refused", 3, "secondary.pem", "ca", "roll", "--slot", "secondary", by="anna")

    def a_root_makes_it_a_ca(self):
        out = self.folder / "wrong.csr"
        ask = ("ca", "request", "--slot", "primary", "--out", out)
        self.refused("passphrase-wrong", 2, "anna", *ask, by="anna", passphrase="a wrong one")
        for subject in ("Acme", "O=Acme", "CN=a,CN=b", "CN=a,C=Germany", "CN=" + "x" * 65):
            self.refused("bad-usage", 2, "subject", *ask, "--subject", subject, by="anna")
        self.assertFalse(out.exists())
        self.assertEqual(self.station.ledger("select count(*) from signature where purpose <> 'self-test'")[0][0], 0)

        csr, made = self.request("primary", "--subject", "CN=Acme line 1 CA,O=Acme")
        self.assertEqual((made["newKey"], made["key"], made["keyType"]), (True, "01", "EC P-256"))
        again, same = self.request("primary")
        self.assertFalse(same["newKey"], "the key is there: asked for again, not made again")
        self.refused("bad-usage", 2, "EC P-256", *ask, "--key", "rsa-3072", by="anna")

        install = ("ca", "install", "--slot", "primary")
        other = self.folder / "other.pem"
        openssl("req", "-x509", "-key", self.folder / "root.key", "-out", other, "-subj", "/CN=Other root", "-days", "9")
        bad = {
            "not for the primary slot's key": self.folder / "ca/root.pem",
            "chain to the root": self.station.certify(csr, root=other),
        }
        for says, chain in bad.items():
            self.refused("chain-refused", 2, says, *install, chain, by="anna")
        for says, extensions in (("path length", CA_EXTENSIONS.replace(",pathlen:0", "")), ("no CA", CA_EXTENSIONS.replace("TRUE,pathlen:0", "FALSE")),
                                 ("keyCertSign", CA_EXTENSIONS.replace("keyCertSign,", "")),
                                 ("leaves out clientAuth", CA_EXTENSIONS + "extendedKeyUsage=serverAuth,emailProtection\n")):
            self.refused("chain-refused", 2, says, *install, self.station.certify(csr, extensions=extensions), by="anna")
        nothing = self.folder / "nothing.pem"
        nothing.write_text("no certificate")
        self.refused("chain-refused", 2, "no certificate", *install, nothing, by="anna")
        self.refused("bad-usage", 2, "none.pem", *install, self.folder / "none.pem", by="anna")
        chain = self.station.certify(csr)
        self.refused("passphrase-wrong", 2, "bert", *install, chain, by="bert", passphrase="a wrong one")
        self.assertFalse((self.folder / "ca/primary.pem").exists(), "nothing of all that was taken")

        worker = self.keystamp("ca", "show")["worker"]
        self.keystamp(*install, chain, by="bert")
        shown = self.keystamp("ca", "show")
        self.assertEqual(shown["worker"], worker, "it works without a new start")
        self.assertTrue(self.slot("primary")["usable"])
        self.assertEqual(self.slot("primary")["subject"], "CN=Acme line 1 CA,O=Acme")
        # the certificate of the same key renewed: same name, the old one kept
        renewal, made = self.request("primary")
        self.assertEqual(made["subject"], "CN=Acme line 1 CA,O=Acme")
        self.refused("bad-usage", 2, "keeps that name", *ask, "--subject", "CN=Another", by="anna")
        self.refused("chain-refused", 2, "cannot become", *install, self.station.certify(again), by="anna")
        before = (self.folder / "ca/primary.pem").read_text()
        renewed = self.station.certify(renewal)
        self.keystamp(*install, renewed, by="anna")
        self.assertEqual([p.read_text() for p in (self.folder / "ca").glob("primary.pem.before-*")], [before])
        self.assertIn(("anna", "ca-install"), self.station.ledger("select supervisor, act from act"))
        self.assertEqual(len(self.station.journal("select 1 from audit where line like '%\"ca-install\"%'")), 2)
        return renewed

    def group_keys_come_in_halves(self):
        whole = {slot: base64.b64encode(secrets.token_bytes(64)).decode() for slot in ("primary", "secondary")}
        self.refused("signer-refused", 3, "demo", "sas", "import", "--slot", "primary", by="anna", stdin=whole["primary"] + "\n")
        first, second = self.split(whole["primary"])

        def enter(half, share, by, slot="primary", *words, **options):
            return self.keystamp("sas", "import", "--slot", slot, "--half", half, *words, by=by, stdin=share + "\n", **options)

        held = enter(1, first, "anna")
        self.assertEqual((held["complete"], held["waitsFor"]), (False, 2))
        self.assertLessEqual(held["secondsLeft"], 15 * 60)
        self.assertEqual(self.slot("primary")["heldHalf"], 1)
        for by, half, share, says in (("anna", 2, second, "another supervisor"), ("bert", 1, first, "entered by anna")):
            self.refused("signer-refused", 3, says, "sas", "import", "--slot", "primary", "--half", half, by=by, stdin=share + "\n")
        short = base64.b64encode(b"x" * 32).decode()
        self.refused("bad-usage", 2, "no one key", "sas", "import", "--slot", "primary", "--half", 2, by="bert", stdin=short + "\n")
        self.refused("bad-usage", 2, "zeros", "sas", "import", "--slot", "primary", "--half", 2, by="bert", stdin=first + "\n")
        # lost with the worker: nothing of it is anywhere else
        os.kill(self.keystamp("ca", "show")["worker"], 9)
        self.assertIsNone(self.slot("primary")["heldHalf"])
        held = enter(2, second, "bert")
        self.assertEqual((held["complete"], held["waitsFor"]), (False, 1), "no first half: this one is it")
        self.assertFalse(self.slot("primary")["groupKey"])
        self.assertTrue(enter(1, first, "anna")["complete"])
        self.assertTrue(self.slot("primary")["groupKey"])
        self.derives("primary", whole["primary"])
        self.refused("signer-refused", 3, "--replace", "sas", "import", "--slot", "primary", "--half", 1, by="anna", stdin=first + "\n")
        kept = b"".join(p.read_bytes() for p in self.folder.rglob("*") if p.is_file() and "tokens" not in p.parts)
        for secret in (first, second, whole["primary"]):
            self.assertNotIn(secret.encode(), kept)
            self.assertNotIn(base64.b64decode(secret), kept)
        self.never_readable("11")
        return whole

    def wrap(self, key):
        """By the lines that `sas import --help` gives."""
        text = call("sas", "import", "--help").stdout
        (self.folder / "group-key.txt").write_text(key)
        env = {**os.environ, "SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}
        for line in (re.search(r"pkcs11-tool .*", text).group(0), re.search(r"base64 -d .*", text).group(0)):
            subprocess.run(["sh", "-c", self.station.in_its_token(line)], cwd=self.folder, env=env, check=True, capture_output=True)
        return self.folder / "group-key.wrapped"

    def a_group_key_comes_wrapped(self, before):
        key = base64.b64encode(secrets.token_bytes(64)).decode()
        wrapped = self.wrap(key)
        bring = ("sas", "import", "--slot", "primary", "--wrapped")
        self.refused("signer-refused", 3, "--replace", *bring, wrapped, by="anna")
        self.refused("passphrase-wrong", 2, "bert", *bring, wrapped, "--replace", by="bert", passphrase="a wrong one")
        self.refused("bad-usage", 2, "none.wrapped", *bring, self.folder / "none.wrapped", by="bert")
        garbled = self.folder / "garbled.wrapped"
        garbled.write_bytes(wrapped.read_bytes()[:-1] + b"x")
        self.refused("bad-usage", 2, "does not decrypt", *bring, garbled, "--replace", by="bert")
        self.refused("bad-usage", 2, "would have 384", *bring, self.folder / "group-key.txt", "--replace", by="bert")
        self.derives("primary", before)
        self.assertTrue(self.keystamp(*bring, wrapped, "--replace", by="bert")["wrapped"])
        self.derives("primary", key)
        self.never_readable("11")
        digest = hashlib.sha256(wrapped.read_bytes()).hexdigest()
        self.assertIn(("bert", "primary group key, wrapped, SHA-256 " + digest), self.station.ledger("select supervisor, about from act where act = 'import'"))
        self.assertEqual(len(self.station.journal("select 1 from audit where line like '%\"wrapped\"%'")), 1)
        self.keystamp(*bring, self.wrap(before), "--replace", by="anna")
        self.derives("primary", before)

    def preflight_shows_what_every_leaf_gets(self):
        check = self.check("leaf profile")
        self.assertTrue(check["good"])
        self.assertEqual(check["detail"], "valid 3650 days from 12 h before; clientAuth, serverAuth; O=Acme; keys P-256, RSA-3072")

    def split(self, key):
        """By the line that `sas import --help` gives."""
        text = call("sas", "import", "--help").stdout
        program = re.search(r"python3 -c '([^']+)'", text).group(1)
        halves = subprocess.run([sys.executable, "-c", program], input=key + "\n", check=True, capture_output=True, text=True).stdout.split()
        self.assertEqual(len(halves), 2)
        return halves

    def derives(self, slot, group_key):
        expected = hmac.new(base64.b64decode(group_key), b"any-device", hashlib.sha256).digest()
        derived = self.keystamp("sas", "derive", "any-device", "--slot", slot, by="anna")
        self.assertEqual(base64.b64decode(derived["key"]), expected)

    def never_readable(self, key):
        env = {**os.environ, "SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}
        tool = ["pkcs11-tool", "--module", SOFTHSM, "--token-label", "line-1", "--login", "--pin", PIN]
        said = subprocess.run([*tool, "--list-objects", "--type", "secrkey", "--id", key], env=env, check=True, capture_output=True, text=True).stdout
        access = [word.strip() for word in re.search(r"Access:(.*)", said).group(1).split(",")]
        self.assertIn("sensitive", access)
        self.assertNotIn("extractable", access)
        read = subprocess.run([*tool, "--read-object", "--type", "secrkey", "--id", key], env=env, capture_output=True, text=True)
        self.assertNotEqual(read.returncode, 0, read.stdout)

    def an_idle_slot_that_waits_is_no_fault(self):
        self.assertIn("ca request --slot secondary", self.check("secondary CA")["next"])
        self.assertTrue(self.check("self-test")["good"])

    def the_other_slot_is_rolled_to(self):
        roll = ("ca", "roll", "--slot", "secondary")
        self.refused("signer-refused", 3, "secondary.pem", *roll, by="anna")
        csr, made = self.request("secondary", "--key", "ec-p384")
        self.assertEqual((made["newKey"], made["keyType"]), (True, "EC P-384"))
        self.assertIn("secondary", made["subject"])
        chain = self.station.certify(csr)
        self.refused("chain-refused", 2, "not for the primary slot's key", "ca", "install", "--slot", "primary", chain, by="anna")
        self.keystamp("ca", "install", "--slot", "secondary", chain, by="anna")
        self.refused("signer-refused", 3, "no group key", *roll, by="anna")
        return chain

    def what_was_begun_goes_on_and_what_is_new_is_on_the_new_slot(self, first_ca, second_ca, keys):
        first, second = self.split(keys["secondary"])
        for half, share, by in ((1, first, "anna"), (2, second, "bert")):
            self.keystamp("sas", "import", "--slot", "secondary", "--half", half, by=by, stdin=share + "\n")
        self.create("sas-before", mode="sas")
        self.refused("passphrase-wrong", 2, "anna", "ca", "roll", "--slot", "secondary", by="anna", passphrase="a wrong one")
        self.assertEqual(self.keystamp("ca", "show")["active"], "primary")
        self.keystamp("ca", "roll", "--slot", "secondary", by="anna")
        self.assertEqual(self.keystamp("ca", "show")["active"], "secondary")
        self.assertEqual(len(self.station.journal("select 1 from audit where line like '%\"ca-roll\"%'")), 1)
        self.assertEqual(self.create("second")["slot"], "secondary")
        self.assertEqual(self.create("third", "--slot", "primary")["slot"], "primary")
        self.assertEqual(self.verify_leaf(self.run_units("second", "sn-3")[0], second_ca)["slot"], "secondary")
        self.assertEqual(self.verify_leaf(self.run_units("first", "sn-4")[0], first_ca)["slot"], "primary")
        self.assertEqual(self.create("sas-after", mode="sas")["slot"], "secondary")
        for batch, slot in (("sas-before", "primary"), ("sas-after", "secondary")):
            device = self.run_units(batch, batch + "-sn")[0]
            key = hmac.new(base64.b64decode(keys[slot]), device.encode(), hashlib.sha256).digest()
            unit = self.keystamp("unit", "show", device)["units"][0]
            self.assertEqual(unit["credentialSha256"], hashlib.sha256(key).hexdigest())

    def each_slot_proves_itself(self, first_ca, second_ca):
        ask = ("ca", "prove", CODE, "--slot", "primary", "--out", self.folder / "no.cer")
        self.refused("passphrase-wrong", 2, "anna", *ask, by="anna", passphrase="a wrong one")
        self.assertFalse((self.folder / "no.cer").exists())
        for slot, ca in (("primary", first_ca), ("secondary", second_ca)):
            for file, words, form in (("proof.cer", (), "DER"), ("proof.pem", (), "PEM"), ("proof2.cer", ("--pem",), "PEM")):
                out = self.folder / file
                self.assertEqual(self.keystamp("ca", "prove", CODE, "--slot", slot, "--out", out, *words, by="anna")["form"], form.lower())
                self.assertEqual(out.read_bytes().startswith(b"-----BEGIN CERTIFICATE-----"), form == "PEM")
                text = openssl("x509", "-inform", form, "-in", out, "-noout", "-subject", "-ext", "extendedKeyUsage").stdout.decode()
                self.assertRegex(text, rf"CN ?= ?{CODE}")
                self.assertNotIn("Client Authentication", text)
                pem = openssl("x509", "-inform", form, "-in", out).stdout
                (self.folder / "proof-as.pem").write_bytes(pem)
                openssl("verify", "-x509_strict", "-CAfile", self.folder / "ca/root.pem", "-untrusted", ca, self.folder / "proof-as.pem")
                openssl("verify", "-partial_chain", "-CAfile", ca, self.folder / "proof-as.pem")
        self.assertEqual(self.station.ledger("select supervisor, count(*) from act where act = 'ca-prove' and about = ? group by supervisor", CODE),
                         [("anna", 6)])
        self.assertEqual(len(self.station.journal("select 1 from audit where line like '%\"ca-proof\"%\"who\":\"anna\"%'")), 6)

    def a_new_key_beside_the_live_one(self, first_ca, second_ca):
        old = self.slot("primary")["sha256"].lower()
        self.station.give_slot("primary", "03", "ca/primary-2027.pem")
        self.assertIn("ca request --slot primary", self.check("primary CA")["next"], "a shift may start meanwhile")
        csr, made = self.request("primary", "--key", "rsa-3072")
        self.assertEqual((made["newKey"], made["key"], made["keyType"]), (True, "03", "RSA 3072"))
        chain = self.station.certify(csr)
        self.keystamp("ca", "install", "--slot", "primary", chain, by="anna")
        self.keystamp("ca", "roll", "--slot", "primary", by="bert")
        self.assertEqual(self.create("fourth")["slot"], "primary")
        self.verify_leaf(self.run_units("fourth", "sn-5")[0], chain)
        # a batch of the CA before is exported and verified all the same
        self.keystamp("batch", "close", "first")
        out = self.folder / "manifest-first"
        self.keystamp("manifest", "export", "first", "--out", out)
        self.assertIn(old, json.loads((out / "manifest.json").read_text())["ca"].values())
        audit = self.folder / "audit.pub.pem"
        audit.write_text(self.keystamp("ca", "show")["auditKey"])
        done = call("manifest", "verify", out, "--key", audit, "--json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def a_ca_that_ends_is_told_of(self):
        self.assertEqual(self.check("primary CA")["next"], "")
        csr, _ = self.request("primary")
        for days, says in ((60, "renew it now"), (2000, "leaves are shortened")):
            self.keystamp("ca", "install", "--slot", "primary", self.station.certify(csr, days=days), by="anna")
            check = self.check("primary CA")
            self.assertTrue(check["good"])
            self.assertIn(says, check["next"])
            self.assertIn(f"{days - 1} days", check["next"])
            shown = self.slot("primary")
            self.assertEqual((shown["daysLeft"], shown["next"]), (days - 1, check["next"]))
        for when, says in ((("20200101000000Z", "20210101000000Z"), "ended on 2021-01-01"), (("20900101000000Z", "20910101000000Z"), "not valid before 2090")):
            database = self.folder / "index.txt"
            database.write_text("")
            config = self.folder / "ca.cnf"
            config.write_text(f"[ca]\ndefault_ca=d\n[d]\ndatabase={database}\nnew_certs_dir={self.folder}\nrand_serial=yes\npolicy=p\ndefault_md=sha256\n"
                              f"unique_subject=no\n[p]\ncommonName=supplied\norganizationName=optional\n[x]\n{CA_EXTENSIONS}")
            chain = self.folder / "ends.pem"
            openssl("ca", "-config", config, "-batch", "-notext", "-preserveDN", "-in", csr, "-cert", self.folder / "ca/root.pem", "-keyfile", self.folder / "root.key",
                    "-extensions", "x", "-startdate", when[0], "-enddate", when[1], "-out", chain)
            self.refused("chain-refused", 2, "expired" if "ended" in says else "not valid before", "ca", "install", "--slot", "primary", chain, by="anna")
            place = self.folder / "ca/primary-2027.pem"
            place.write_text(chain.read_text())  # as if time had passed
            self.station.stop_signer()
            self.station.start_signer()
            check = self.check("primary CA", code=3)
            self.assertFalse(check["good"])
            self.assertIn(says, check["next"])
            self.assertFalse(self.slot("primary")["valid"])

    def nothing_was_signed_that_the_ledger_does_not_know(self):
        signed = collections.Counter()
        for line in self.station.signature_log.read_text().splitlines():
            call_, *fields = line.split()
            fields = dict(f.split("=", 1) for f in fields)
            if call_ == "C_Sign" and fields["key"] in ("01", "02", "03"):
                signed["secondary" if fields["key"] == "02" else "primary"] += 1
        known = dict(self.station.ledger("select slot, count(*) from signature where slot in ('primary', 'secondary') group by slot"))
        self.assertEqual(dict(signed), known)
        purposes = dict(self.station.ledger("select purpose, count(*) from signature group by purpose"))
        self.assertEqual(purposes["ca-request"], self.station.ledger("select count(*) from act where act = 'ca-request'")[0][0])


if __name__ == "__main__":
    unittest.main(verbosity=2)
