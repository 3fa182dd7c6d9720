#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A CA is verified at the kiosk, in a real window: its certificate is kept, the stand-in's portal gives a code for it, the code is scanned and signed
after the passphrase, and the portal takes what was written. Then new batches are rolled to the other CA.

Real token, signer and portal check; codes and passphrases are typed by xdotool. --pictures DIR keeps the pictures."""

import contextlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from ca_portal import add_ca, verify  # noqa: E402
from cloud import Cloud  # noqa: E402
from kiosk_shift import CAS, MENU, begin, main_of, until  # noqa: E402
from support.station import Station  # noqa: E402

VERIFY = (320, 740)          # of the primary CA
VERIFY_BELOW = (320, 695)    # the same where what was done stands below
ROLL = (1110, 675)           # of the secondary CA
ROLL_NOW = (1101, 151)
NO_CODE = (760, 750)
KEEP_HERE = (640, 223)


def cas(pictures):
    with Station(fixtures=1) as station, Cloud(station.folder) as cloud, contextlib.ExitStack() as end:
        passphrase = (station.folder / "supervisor.pass").read_text().strip()
        kiosk = begin(end, station, pictures, lambda: station.ledger("SELECT supervisor, act, about FROM act"))

        files = {what: station.folder / f"data/cloud/keystamp-primary-{what}.cer" for what in ("ca", "proof")}
        changed = lambda before: until("the page is another one", lambda: kiosk.look("look").read_bytes() != before)

        def touch(place, name):
            """And waits until the page shows that it was."""
            before = kiosk.look(name).read_bytes()
            kiosk.touch(*place)
            changed(before)

        until("the batches are there", lambda: kiosk.share("#E7EAED", "30-batches") > 0.3)
        touch(MENU, "31-batches")
        touch(CAS, "32-menu")
        until("the cards are there", lambda: kiosk.share("#0072B2", "33-cas") > 0.001)

        # ---- the portal wants the certificate before it gives a code
        touch(VERIFY, "33-cas")
        touch(NO_CODE, "34-code")
        kiosk.touch(*KEEP_HERE)
        until("the certificate is kept", files["ca"].exists)
        code = add_ca(cloud, "primary", files["ca"])
        assert not files["proof"].exists()

        # ---- with the code, scanned
        until("the cards are there again", lambda: kiosk.share("#0072B2", "35-kept") > 0.001)
        touch(VERIFY_BELOW, "35-kept")
        before = kiosk.look("36-code").read_bytes()
        kiosk.scan(code)
        changed(before)
        touch(KEEP_HERE, "37-place")
        kiosk.scan(passphrase)
        until("the proof is there", files["proof"].exists)
        assert verify(cloud, "primary", files["proof"])
        until("the cards are there", lambda: kiosk.share("#0072B2", "38-done") > 0.001)

        # ---- rolled, once it was asked
        touch(ROLL, "38-done")
        assert station.status()["active"] == "primary"
        touch(ROLL_NOW, "39-asked")
        kiosk.scan(passphrase)
        until("it is rolled", lambda: station.status()["active"] == "secondary")
        kiosk.look("40-rolled")


if __name__ == "__main__":
    main_of(__doc__, "kiosk: a CA's certificate kept, its code signed and taken by the portal, new batches rolled to the other CA", cas)
