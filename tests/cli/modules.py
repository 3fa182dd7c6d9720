#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A token without HMAC for group keys, as a TPM is: x509 units are made, sas batches are refused before anything is begun."""

import unittest

from station_case import StationCase  # which knows where station lies
from station import LIB, SOFTHSM

WHY = "takes keys of 32 bytes at most"


class TokenWithoutHmac(StationCase):
    options = {"fixtures": 1, "feed": 100}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station.end_signer()
        shim = next(LIB.glob("*pkcs11*quirks*.so"))
        text = cls.station.config.read_text()
        text = text.replace(f'module = "{SOFTHSM}"', f'module = "{shim}"')
        text = text.replace("environment = {", f'environment = {{ KEYSTAMP_PKCS11_QUIRKS = "short-hmac", '
                                               f'KEYSTAMP_PKCS11_QUIRKS_MODULE = "{SOFTHSM}",')
        cls.with_groups = text
        cls.without_groups = text.replace('group_key = "11"\n', "").replace('group_key = "12"\n', "")

    def configure(self, text):
        self.station.end_signer()
        self.station.config.write_text(text)

    def preflight(self, code):
        return {check["name"]: check for check in self.json("preflight", code=code)["checks"]}

    def test_a_unit_with_a_certificate_is_made_and_preflight_says_what_is_missing(self):
        self.configure(self.without_groups)
        found = self.preflight(0)["HSM abilities"]
        self.assertTrue(found["good"])
        self.assertIn(WHY, found["detail"])
        self.keystamp("batch", "create", "leaf", "--mode", "x509", "--scope-id", "0ne00ABCDEF", "--pattern", "l-{seq:03}", "--first",
                      "1", "--count", "2")
        run = self.json("run", "leaf", "--scans", self.scans("leaf", "F1,l-a"))
        self.assertEqual(run["units"][0]["verdict"], "PASS")

    def test_sas_is_refused_by_preflight_and_by_batch_create(self):
        self.configure(self.with_groups)
        found = self.preflight(3)["HSM abilities"]
        self.assertFalse(found["good"])
        self.assertIn(WHY, found["detail"])
        self.assertIn("group_key", found["next"])
        error = self.refused("signer-refused", 3, "batch", "create", "keys", "--mode", "sas", "--scope-id", "0ne00ABCDEF", "--pattern",
                             "k-{seq:03}", "--first", "1", "--count", "2")
        self.assertIn(WHY, error["detail"])
        self.assertEqual(self.station.journal("select count(*) from batch where name = 'keys'")[0][0], 0)


if __name__ == "__main__":
    unittest.main()
